"""Giving something another name wherever a rulebook says it."""
