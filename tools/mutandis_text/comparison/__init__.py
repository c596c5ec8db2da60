"""Locks, and what a newer text changed against a lock or an older text."""
