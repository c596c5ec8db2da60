"""Whether a provision, written in a column of text, lies in ranges of provisions (`operations.falls_under`).

A place is inside another one if its text goes on from there with a further part: after `act/45(3)` anything may stand,
after `act/45` no further digit. In a range from `25(1)1` to `25(1)5` each number is such a place, and its branches
(`25(1)2-2`) lie between it and the next. All this is true of places as citations are printed; `PRINTED` tells these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from sqlglot import exp

from mutandis.backends.columns.nodes import NotLowered
from mutandis.citation import Citation, CitationRange
from mutandis.dataclass import replace

MOST_PLACES: Final = 100
"""Of how many numbers a range may be."""
_NUMBER: Final = "[0-9]+(-[0-9]+)*"
PRINTED: Final = (
    f"^(ext:[a-z0-9-]+(/[A-Za-z0-9().-]+)?|[a-z][a-z0-9-]*/(addenda-[0-9]+(-[0-9]+)?(/[0-9]+(-[0-9]+)?)?|{_NUMBER})"
    f"([(]{_NUMBER}[)]({_NUMBER})?|[.]{_NUMBER})?([(][a-z][a-z]?[)]([(][ivx]+[)])?)?( (main|former|latter|proviso))?)$"
)
"""What places look like as they are printed, but for those that begin with a letter."""
_SENTENCES: Final = ("former", "latter", "proviso")
_INSIDE: Final = ("", "(", ")", ".", " ")
"""What may stand after a number that a place ends with, where that place goes on or ends."""


def falls_under(place: exp.Expression, ranges: Iterable[CitationRange], negated: bool) -> exp.Expression:
    """Whether the place lies in one of the ranges. Raises `NotLowered`."""
    found = exp.paren(exp.or_(*(_in_range(place, one) for one in ranges)))
    return exp.not_(found) if negated else found


def _in_range(place: exp.Expression, one: CitationRange) -> exp.Expression:
    if one.first != one.last:
        return exp.paren(exp.or_(*(_begins(place, stem, ends) for stem, ends in _stems(one))))
    first = one.first
    if first.is_external:
        return exp.EQ(this=place.copy(), expression=exp.Literal.string(str(first)))
    if _leaves_out(first):
        raise NotLowered(f"asks what falls under `{first}`, a place with a part left out")
    stem = str(first.without_sentence())
    inside = _begins(place, stem, None if stem.endswith(")") else _INSIDE)
    match first.sentence:
        case "":
            return inside
        case "main":
            others = [exp.not_(_has_sentence(place, sentence)) for sentence in _SENTENCES]
            return exp.paren(exp.and_(inside, *others))
    return exp.paren(exp.and_(inside, _has_sentence(place, first.sentence)))


def _leaves_out(place: Citation) -> bool:
    """True where a part is given and one above it is not, which then may be any."""
    parts = (place.paragraph, place.subparagraph, place.item, place.subitem)
    given = [bool(part) for part in parts]
    return place.is_lettered or given != sorted(given, reverse=True)


def _stems(one: CitationRange) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The beginnings of the places in a range, each with what may come next."""
    levels = ("item", "subparagraph", "paragraph")
    name = next((name for name in levels if getattr(one.first, name)), "article")
    begun = one.first.without_sentence()
    low, high = getattr(one.first, name), getattr(one.last, name)
    apart = _with(begun, name, high) != one.last.without_sentence()
    if apart or not (low.isdigit() and high.isdigit()) or one.first.is_external or _leaves_out(one.first):
        raise NotLowered(f"asks what falls under `{one}`, a range that is not of plain numbers")
    if int(high) - int(low) > MOST_PLACES:
        raise NotLowered(f"asks what falls under `{one}`, which has very many places")
    for number in range(int(low), int(high) + 1):
        text = str(_with(begun, name, str(number)))
        yield text.removesuffix(")"), _INSIDE if number == int(high) else (*_INSIDE, "-")


def _with(place: Citation, level: str, value: str) -> Citation:
    part: dict[str, Any] = {level: value}
    return replace(place, **part)


def _begins(place: exp.Expression, stem: str, ends: tuple[str, ...] | None) -> exp.Expression:
    head = exp.EQ(this=_part(place, 1, len(stem)), expression=exp.Literal.string(stem))
    if ends is None:
        return exp.paren(head)
    after = _part(place, len(stem) + 1, 1)
    return exp.paren(exp.and_(head, exp.In(this=after, expressions=[exp.Literal.string(end) for end in ends])))


def _part(place: exp.Expression, start: int, length: int) -> exp.Expression:
    return exp.Substring(this=place.copy(), start=exp.Literal.number(start), length=exp.Literal.number(length))


def _has_sentence(place: exp.Expression, sentence: str) -> exp.Expression:
    return exp.Like(this=place.copy(), expression=exp.Literal.string(f"% {sentence}"))
