"""From a linked rulebook and the facts of a case to a decision."""
