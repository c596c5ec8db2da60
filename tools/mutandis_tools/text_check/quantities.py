"""Whether each quantity of a statute stands in the rules of its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mutandis.citation import Citation, CitationError, parse_citation
from mutandis.datatypes import UNIT_IN_BASE
from mutandis_text.document import StatuteDocument
from mutandis_text.quantities.find import Quantity, Role, find_quantities
from mutandis_tools.text_check.instruments import Enforcement
from mutandis_tools.text_check.parts import Number, Part, Parts


def find_unsaid_quantities(
    document: StatuteDocument, parts: Parts, enforcement: Enforcement
) -> Iterator[tuple[Citation, Quantity]]:
    """The quantities that no rule of their place has, in reading order; of addenda, nor the law's `instruments`."""
    for quantity in find_quantities(document):
        try:
            place = parse_citation(quantity.provision)
        except CitationError:  # an attached table or form: rules do not stand there
            continue
        said = {number for part in parts.at(place) for number in part.numbers}
        said |= enforcement.numbers(place)
        if not _wanted(quantity) <= said and not _is_multiplied(quantity, parts.at(place)):
            yield place, quantity


def _wanted(quantity: Quantity) -> set[Number]:
    """The quantity's values as numbers of rules: lengths in the base unit of their family."""
    if quantity.date is not None:
        return {("date", value) for value in quantity.values}
    if quantity.unit == "won":
        return {("won", value) for value in quantity.values}
    if quantity.unit in UNIT_IN_BASE and quantity.role is not Role.FREQUENCY:
        family, size = UNIT_IN_BASE[quantity.unit]
        return {(family, value * size) for value in quantity.values}
    return {("", value) for value in quantity.values}


def _is_multiplied(quantity: Quantity, parts: Sequence[Part]) -> bool:
    """True for a share that rules say the other way round: a majority as twice the number being more than all."""
    share = quantity.values[0]
    return quantity.role is Role.SHARE and share > 0 and any(("", 1 / share) in part.numbers for part in parts)
