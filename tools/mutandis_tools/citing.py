"""A provision as a person types it: as rule files name it, or copied from an answer (`Act Art. 41 (4) 3, proviso`)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from mutandis.citation import Citation, CitationError, parse_citation
from mutandis.rulebook.law import Law
from mutandis.rulebook.meant import as_citation

_NONE = "none"
_ADDENDA = re.compile(r"^addenda of no\.?\s*(\d+),?\s*(?:art\.|article)?\s*(?=$|\d)", re.IGNORECASE)


def read_provision(text: str, laws: Mapping[str, Law]) -> Citation:
    """The provision meant by `text`; the law may be left out where the rulebook has one.

    Raises `CitationError` where it is none.
    """
    only = next(iter(laws)) if len(laws) == 1 else ""
    try:
        return parse_citation(text, law=only)
    except CitationError as error:
        law, place = _law_of(text.strip(), laws)
        place = _ADDENDA.sub(r"addenda-\1/", place.strip(" ,/")).rstrip("/")
        try:
            found = parse_citation(as_citation(place), law=law or only or _NONE)
        except CitationError:
            raise error from None
        if found.law == _NONE:
            raise CitationError(f"`{text}` does not say which law") from None
        return found


def form_of(laws: Mapping[str, Law]) -> str:
    """How a provision of the rulebook is written."""
    law = next(iter(laws), "act")
    return f"write it as {law}/41 or {law}/77(1)2"


def _law_of(text: str, laws: Mapping[str, Law]) -> tuple[str, str]:
    """The law whose id, short name or title the text begins with, the longest first; and what follows."""
    names = {name.lower(): id for id, law in laws.items() for name in (id, law.short, law.title) if name}
    for name in sorted(names, key=len, reverse=True):
        rest = text[len(name) :]
        if text.lower().startswith(name) and not rest[:1].isalnum():
            return names[name], rest
    return "", text
