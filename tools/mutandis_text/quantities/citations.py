"""Finds the stretches of a text whose numbers only cite (`Article 15 (2) 3`)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mutandis_text.quantities import english


def find_citations(text: str) -> Iterator[tuple[int, int]]:
    """From where to where each of them goes."""
    for match in english.REFERENCE.finditer(text):
        end = match.end()
        # `Article 5 and 10 days` cites Article 5 only: a number with a unit behind it is no citation.
        last = re.search(r"(\d+)\s*$", text[match.start() : end])
        unit = english.UNIT.match(text, match.start() + last.end(1)) if last else None
        if last and unit and re.search(r"(?:and|or|,)\s*$", text[match.start() : match.start() + last.start(1)]):
            end = match.start() + last.start(1)
        yield match.start(), end
    for match in english.NUMBER_OF_LAW.finditer(text):
        yield match.span()
