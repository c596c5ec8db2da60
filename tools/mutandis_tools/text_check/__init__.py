"""Rules compared with the numbers and the references of the official text."""
