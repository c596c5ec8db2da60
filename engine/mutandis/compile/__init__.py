"""From the linked program to Python code objects, per action and in-force interval, and the run-time they need."""
