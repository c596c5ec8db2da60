"""The value of one fact, for a terminal: what it comes to, by which provisions, or what it waits for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mutandis.decide.result import EXCLUDED_BY
from mutandis.decide.result_parts import FactValue
from mutandis.explain.spoken import Spoken
from mutandis_tools.names import Names
from mutandis_tools.report.lines import BLANK, Line, Piece, line, printable


def value_text(value: FactValue, names: Names, rulebook: str, title: str = "") -> tuple[Line, ...]:
    """The value and what it rests on; `title` (the case's) stands above it, `rulebook` below."""
    lines = [line(Piece(printable(title), "heading"))] if title else []
    lines.append(line(Piece(printable(names.fact(value.fact)), "strong"), ": ", Piece(said_of(value, names), "strong")))
    spoken = names.spoken(fact=value.fact)
    if value.provisions:
        lines += [BLANK, line(Piece("Comes nearest" if value.failed else "Under", "heading"))]
        lines += [line("  ", Piece(names.provision(place), "place")) for place in value.provisions]
        lines += _failing(value.failed, spoken, names)
    if value.rests_on:
        lines += [BLANK, line(Piece("Rests on", "heading"))]
        for behind in value.rests_on:
            of = "".join(f", on {printable(names.fact(name))}" for name in behind.facts if not name.startswith("§"))
            figure = f": {printable(behind.text)}" if behind.text else ""
            lines.append(line("  ", Piece(names.provision(behind.provision), "place"), f"{of}{figure}"))
            lines += _failing(behind.conditions, spoken, names)
            lines += [line(f"    kept away by {names.provision(place)}") for place in behind.kept_away_by]
    if value.presumptions:
        lines += [BLANK, line(Piece("Presumed", "heading"))]
        for taken in value.presumptions:
            by = f", by {names.provision(taken.provision)}" if taken.provision else ""
            said = printable(names.value(taken.fact, taken.value))
            lines.append(line(f"  {printable(names.fact(taken.fact))}: {said}{by}"))
    if value.missing:
        lines += [BLANK, line(Piece("Missing", "heading"))]
        lines += [line("  ", printable(names.question(name))) for name in value.missing]
    if value.wording:
        lines += [BLANK, line(Piece("Wording that the rulebook does not hold", "heading"))]
        lines += [line("  ", Piece(names.provision(place), "place")) for place in value.wording]
    return (*lines, BLANK, line(Piece(f"rulebook {printable(rulebook)}", "quiet")))


def _failing(conditions: Iterable[str], spoken: Spoken | None, names: Names) -> Iterator[Line]:
    """What keeps a definition from giving its value: the conditions that fail, and what excludes it."""
    for one in conditions:
        if one.startswith(EXCLUDED_BY):
            yield line(f"    kept away by {names.provision(one.removeprefix(EXCLUDED_BY))}")
        else:
            yield line(f"    fails: {printable(one if spoken is None else spoken.condition(one))}")


def said_of(value: FactValue, names: Names) -> str:
    """The value in words: what it is, that it is not known, or the values that rules give it."""
    if value.conflicting:
        return f"in conflict: {' against '.join(printable(names.value(value.fact, one)) for one in value.conflicting)}"
    return printable(names.value(value.fact, value.value)) if value.known else "not known"
