"""Check: definitions of one fact by bands, between which a stretch is left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from mutandis.condition.render import render
from mutandis.condition.tree import Compare, Expression, Not
from mutandis.diagnostic_codes import diagnose
from mutandis.diagnostics import Diagnostic, Label
from mutandis.link.check_definitions import entries_of
from mutandis.link.exclusive import literals_of
from mutandis.link.program import Derivation, DerivedFact
from mutandis.link.spans import Point, Span, span_of

Band = tuple[Span, list[Expression], Derivation]
"""Where a value is given, the comparisons that say so, and the definition."""


def check_gaps(facts: Mapping[str, DerivedFact]) -> Iterator[Diagnostic]:
    """`gap-between-bands`, once for each stretch that lies between two bands and in none.

    Only where every value of the fact goes by comparing one and the same thing with something written out, all else
    being alike. A yes/no fact is no where none of its definitions holds, so bands leave nothing out.
    """
    for fact in facts.values():
        entries = [] if fact.type.kind == "yes_no" else [one for one, _ in entries_of(fact, facts)]
        reached: Band | None = None
        for band in _bands(entries):
            if reached is not None and (gap := _between(reached, band)):
                yield _tell(fact.base or fact.name, gap, reached[2], band[2])
            if reached is None or _reaches_further(band[0], reached[0]):
                reached = band


def _bands(entries: list[Derivation]) -> list[Band]:
    """The bands that the values are given in, from the lowest on; none where something else tells when they are."""
    if len({(one.force, one.governed_by, one.exclusions, one.sources) for one in entries}) != 1:
        return []
    said = [list(literals_of(one.when)) for one in entries]
    things: set[tuple[str, object]] = set()
    bands: list[Band] = []
    for one, literals in zip(entries, said, strict=True):
        own = [literal for literal in literals if not all(literal in others for others in said)]
        spans = [found for literal in own if (found := span_of(literal)) is not None]
        if one.grounds or not own or len(spans) < len(own):
            return []
        things |= {(render(subject), span.unit) for subject, span in spans}
        whole = spans[0][1]
        for _, span in spans[1:]:
            whole = whole.meet(span)
        bands.append((whole, own, one))
    return sorted(bands, key=_beginning) if len(things) == 1 else []


def _beginning(band: Band) -> tuple[Any, ...]:
    span = band[0]
    return () if span.low is None else (span.low, span.low_open)


def _reaches_further(span: Span, other: Span) -> bool:
    if other.high is None or span.high is None:
        return other.high is not None
    return (span.high, not span.high_open) > (other.high, not other.high_open)


def _between(below: Band, above: Band) -> str:
    """The condition for what lies above the one band and below the other; empty where nothing does."""
    high, low = below[0].high, above[0].low
    if high is None or low is None:
        return ""
    subject, ends = _compared(below[1]), {**_ends(below[1]), **_ends(above[1])}
    if high == low:
        is_left_out = below[0].high_open and above[0].low_open
        return f"{render(subject)} is {ends[high]}" if is_left_out else ""
    step = _step(subject, below[0].unit)
    is_next = step is not None and not below[0].high_open and not above[0].low_open and low - high == step  # type: ignore[operator]  # of one unit
    if high > low or is_next:  # type: ignore[operator]  # of one unit
        return ""
    first, last = ("<=" if is_open else "<" for is_open in (below[0].high_open, above[0].low_open))
    return f"{ends[high]} {first} {render(subject)} and {render(subject)} {last} {ends[low]}"


def _step(subject: Expression, unit: object) -> Fraction | dt.timedelta | None:
    """How far one value lies from the next; None where between two there is always another."""
    if unit in ("date", "moment"):
        return dt.timedelta(days=1) if unit == "date" else dt.timedelta(minutes=1)
    is_whole = subject.type is not None and subject.type.kind in ("count", "duration")
    return Fraction(1) if is_whole else None


def _compare(literal: Expression) -> Compare:
    compare = literal.operand if isinstance(literal, Not) else literal
    assert isinstance(compare, Compare)  # it has a span
    return compare


def _compared(literals: list[Expression]) -> Expression:
    return _compare(literals[0]).left


def _ends(literals: list[Expression]) -> dict[Point, str]:
    """What is written for each end of a band."""
    written: dict[Point, str] = {}
    for literal in literals:
        found = span_of(literal)
        assert found is not None  # it is of a band
        for end in (found[1].low, found[1].high):
            if end is not None:
                written[end] = render(_compare(literal).right)
    return written


def _tell(name: str, gap: str, below: Derivation, above: Derivation) -> Diagnostic:
    labels = (Label(below.span, "a value up to there"), Label(above.span, "a value from there on"))
    return diagnose(
        "gap-between-bands",
        f"nothing gives `{name}` where `{gap}`",
        "let one value begin where the other ends; what the text leaves out say in a `note`",
        above.span,
        labels if below.span != above.span else (),
        str(above.citation),
    )
