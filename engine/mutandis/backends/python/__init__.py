"""The back end that compiles a unit to Python code objects."""
