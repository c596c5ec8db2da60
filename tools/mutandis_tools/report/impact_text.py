"""What an amendment changes for a population, for a terminal: a chart, and each kind of change with samples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mutandis_tools.names import Names
from mutandis_tools.report.lines import BLANK, Line, Piece, Style, line, printable

if TYPE_CHECKING:
    from mutandis.table.impact import Flip, Impact

_LONGEST_BAR = 30
_FULL, _PART = "█", " ▏▎▍▌▋▊▉"


def impact_text(found: Impact, names: Names, columns: int) -> tuple[Line, ...]:
    """The sum, a chart from what to what, and each kind of change with what it goes by, most cases first."""
    share = f" ({found.changed / found.rows:.1%})" if found.rows else ""
    asked = f"{found.actions:,} action{'' if found.actions == 1 else 's'}"
    lines: list[Line] = [
        line(Piece(f"{found.changed:,}", "strong"), f" of {found.rows:,} cases{share} come out otherwise on {asked}")
    ]
    if found.flips:
        lines += [BLANK, *_chart(found, min(_LONGEST_BAR, columns // 3))]
    for flip in found.flips:
        lines += [BLANK, *_flip(flip, names)]
    return tuple(lines)


def _chart(found: Impact, longest: int) -> list[Line]:
    counted: dict[tuple[str, str], int] = {}
    for flip in found.flips:
        counted[flip.before, flip.after] = counted.get((flip.before, flip.after), 0) + flip.count
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


def _flip(flip: Flip, names: Names) -> list[Line]:
    head = f"{_name(flip.before)} → {_name(flip.after)}"
    lines = [
        line(Piece(f"{flip.count:,}", "strong"), f"  {printable(names.action(flip.action))}: ", Piece(head, "strong"))
    ]
    by: tuple[tuple[str, tuple[str, ...], Style], ...] = (
        ("by", flip.by, "place"),
        ("no longer by", flip.no_longer, "place"),
        ("waits for", flip.missing, "fact"),
    )
    for words, told, style in by:
        if told:
            lines.append(
                line("    ", Piece(f"{words} ", "quiet"), Piece(printable(", ".join(told)), style, hangs=True))
            )
    for sample in flip.samples:
        shown = ", ".join(f"{name} {value}" for name, value in sample.columns.items())
        lines.append(line("    ", Piece(printable(f"row {sample.row}" + (f": {shown}" if shown else "")), "quiet")))
    return lines


def _name(verdict: str) -> str:
    return verdict.replace("_", " ") if verdict != "absent" else "no such action"
