"""Write the tables of the grammar that stands in the engine."""

from __future__ import annotations

from grammar.tables import TABLES, write_tables

TABLES.write_text(write_tables(), encoding="utf-8")
