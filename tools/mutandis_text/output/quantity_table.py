"""Shows quantities of a text on a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.table import Table

from mutandis_text.quantities.find import Bound, Quantity
from mutandis_text.quantities.written import counted

_BOUND_SIGNS = {
    Bound.EXACT: "",
    Bound.AT_MOST: "at most ",
    Bound.LESS_THAN: "less than ",
    Bound.AT_LEAST: "at least ",
    Bound.MORE_THAN: "more than ",
    Bound.BETWEEN: "",
}


def quantity_table(quantities: Iterable[Quantity]) -> Table:
    """One row per quantity."""
    table = Table()
    for name in ("provision", "role", "quantity", "in the words of the law"):
        table.add_column(name, overflow="fold")
    for one in quantities:
        sign = "" if one.unit.startswith("end of ") else _BOUND_SIGNS[one.bound]
        shown = f"{sign}{counted(one)}"
        table.add_row(one.provision, one.role.value, shown, one.raw)
    return table
