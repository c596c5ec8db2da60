"""A provision as a person types it: as rule files name it, or copied from an answer (`Act Art. 41 (4) 3, proviso`)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from mutandis.citation import Citation, CitationError, parse_citation
from mutandis.rulebook.model import Law

_UNIT = re.compile(r"(?:articles?|arts?|sections?|secs?|§+)(?![a-z])\.?\s*", re.IGNORECASE)
_PARTS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"addenda of no\.?\s*(\d+),?\s*(?:art\.|article)?\s*", re.IGNORECASE), r"addenda-\1/"),
    (re.compile(r",?\s*subparagraph\s+(\d+(?:-\d+)?)", re.IGNORECASE), r".\1"),
    (re.compile(r"paragraph\s+\(?(\d+(?:-\d+)?)\)?", re.IGNORECASE), r"(\1)"),
    (re.compile(r"item\s+\(?([a-z])\)?(?![a-z])", re.IGNORECASE), r"(\1)"),
    (re.compile(r"\b(main sentence|former part|latter part)\b", re.IGNORECASE), lambda m: m[1].split()[0].lower()),
)
_NONE = "none"
_SENTENCE = re.compile(r"\b(main|proviso|former|latter)$", re.IGNORECASE)


def read_provision(text: str, laws: Mapping[str, Law]) -> Citation:
    """The provision meant by `text`; the law may be left out where the rulebook has one.

    Raises `CitationError` where it is none.
    """
    only = next(iter(laws)) if len(laws) == 1 else ""
    try:
        return parse_citation(text, law=only)
    except CitationError as error:
        law, place = _law_of(text.strip(), laws)
        try:
            found = parse_citation(_written(place), law=law or only or _NONE)
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


def _written(place: str) -> str:
    """`, Article 77 (1) 2, proviso` as `77(1)2 proviso`."""
    place = _UNIT.sub("", place.strip(" ,/"), count=1)
    for pattern, written in _PARTS:
        place = pattern.sub(written, place)
    sentence = _SENTENCE.search(place)
    head = place[: sentence.start()] if sentence else place
    return re.sub(r"[\s,]+", "", head).rstrip("/") + (f" {sentence[1].lower()}" if sentence else "")
