"""What an amendment changes for a population, for a terminal: a chart, and each kind of change with samples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from mutandis.decide.flip import ABSENT, BREACHED, Flip
from mutandis_tools.names import Names
from mutandis_tools.report.lines import BLANK, Line, Piece, Style, line, printable

if TYPE_CHECKING:
    from mutandis.table.impact import Impact, Sample

_LONGEST_BAR = 30
_ERROR = "error"
_FULL, _PART = "█", " ▏▎▍▌▋▊▉"


def impact_text(found: Impact, names: Names, columns: int) -> tuple[Line, ...]:
    """The sum, a chart from what to what, and each kind of change with what it goes by, most cases first."""
    share = f" ({found.changed / found.rows:.1%})" if found.rows else ""
    asked = f"{found.actions:,} action{'' if found.actions == 1 else 's'}"
    cases, come = ("case" if found.rows == 1 else "cases"), ("comes" if found.changed == 1 else "come")
    lines: list[Line] = [
        line(
            Piece(f"{found.changed:,}", "strong"), f" of {found.rows:,} {cases}{share} {come} out otherwise on {asked}"
        )
    ]
    flips = [flip for flip in found.flips if _ERROR not in (flip.before, flip.after)]
    if flips:
        lines += [BLANK, *chart(((flip.before, flip.after, flip.count) for flip in flips), columns)]
    for flip in flips:
        lines += [BLANK, *flip_lines(flip, names), *_rows(flip)]
    for side, which in (("before", "older"), ("after", "newer")):
        unread = [flip for flip in found.flips if getattr(flip, side) == _ERROR]
        if unread:
            # A row has it on every action: told once, of the action that has most.
            most = max(unread, key=lambda flip: flip.count)
            many = "case" if most.count == 1 else "cases"
            told = f"  {many} of which the {which} rulebook cannot read all that is stated"
            lines += [BLANK, line(Piece(f"{most.count:,}", "strong"), told), *_rows(most)]
    return tuple(lines)


def _rows(flip: Flip[Sample]) -> Iterator[Line]:
    for sample in flip.samples:
        shown = ", ".join(f"{name} {value}" for name, value in sample.columns.items())
        yield line("    ", Piece(printable(f"row {sample.row}" + (f": {shown}" if shown else "")), "quiet"))


def chart(flips: Iterable[tuple[str, str, int]], columns: int) -> list[Line]:
    """A bar for each pair of verdicts before and after, with how many cases went that way."""
    longest = min(_LONGEST_BAR, columns // 3)
    counted: dict[tuple[str, str], int] = {}
    for before, after, count in flips:
        counted[before, after] = counted.get((before, after), 0) + count
    most = max(counted.values())
    rows = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    told = [(f"{_name(before)} → {_name(after)}", count) for (before, after), count in rows]
    wide, number = max(len(text) for text, _ in told), max(len(f"{count:,}") for _, count in told)
    lines: list[Line] = []
    for text, count in told:
        bar = Piece(_bar(count / most, longest), "open")
        lines.append(line(f"  {text:<{wide}}  ", Piece(f"{count:>{number},}", "strong"), " ", bar))
    return lines


def _bar(share: float, longest: int) -> str:
    eighths = max(1, round(share * longest * 8))
    return _FULL * (eighths // 8) + _PART[eighths % 8].strip()


def flip_lines(flip: Flip[Any], names: Names) -> list[Line]:
    """How many went from what to what on an action, and by what."""
    head = f"{_name(flip.before)} → {_name(flip.after)}"
    lines = [
        line(Piece(f"{flip.count:,}", "strong"), f"  {printable(names.action(flip.action))}: ", Piece(head, "strong"))
    ]
    by: tuple[tuple[str, tuple[str, ...], Style], ...] = (
        ("by", tuple(_place(one, names) for one in flip.by), "place"),
        ("no longer by", tuple(_place(one, names) for one in flip.no_longer), "place"),
        ("waits for", tuple(map(names.fact, flip.missing)), "fact"),
    )
    for words, told, style in by:
        if told:
            said = printable(("; " if style == "fact" else ", ").join(told))
            lines.append(line("    ", Piece(f"{words} ", "quiet"), Piece(said, style, hangs=True)))
    return lines


def _place(told: str, names: Names) -> str:
    """A provision that an answer rests on, or finds breached."""
    place = told.removesuffix(BREACHED)
    return names.provision(place) + (" (breached)" if place != told else "")


def _name(verdict: str) -> str:
    return verdict.replace("_", " ") if verdict != ABSENT else "no such action"
