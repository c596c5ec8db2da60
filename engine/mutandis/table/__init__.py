"""Whole tables of cases decided at once (`Rulebook.decide_table`)."""
