"""What can never happen under one rulebook, and what can and should not: proved, or shown by a case."""
