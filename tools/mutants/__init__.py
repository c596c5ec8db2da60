"""Faults planted in rule files: how many of them the checks, the cases and the official texts find."""
