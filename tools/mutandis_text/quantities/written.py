"""How a quantity is written: the value and its unit, without what bounds it."""

from __future__ import annotations

from dataclasses import replace

from mutandis_text.quantities import english
from mutandis_text.quantities.find import Quantity
from mutandis_text.quantities.numerals import print_value


def print_quantity(quantity: Quantity) -> str:
    """`20 day per year`, `end of February, each year`, `2001-01-31`: the value, without what bounds it."""
    if quantity.date:
        return quantity.date
    if quantity.unit.startswith(english.DAY_IN_A_YEAR):
        return quantity.unit + (f", each {quantity.per}" if quantity.per else "")
    if quantity.unit == "o'clock":
        hour, minutes = divmod(int(quantity.values[0] * 60), 60)
        return f"{hour}:{minutes:02}"
    values = " to ".join(print_value(value) for value in quantity.values)
    per = f" per {quantity.per}" if quantity.per else ""
    return f"{values} {quantity.unit}{per}" if quantity.unit else f"{values}{per}"


def counted(quantity: Quantity) -> str:
    """The same with the unit in the number it needs: `15 days`."""
    many = quantity.unit in english.COUNTED and quantity.values[-1] != 1
    return print_quantity(replace(quantity, unit=f"{quantity.unit}s") if many else quantity)
