"""What came of deciding a log again, for a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mutandis_tools.names import Names
from mutandis_tools.report.impact_text import chart, flip_lines
from mutandis_tools.report.lines import BLANK, Line, Piece, line, printable

if TYPE_CHECKING:
    from mutandis_log.replay import Group, Replayed


def replay_text(found: Replayed, names: Names, columns: int) -> tuple[Line, ...]:
    """The sum, a chart from what to what, each kind of flip with samples, and what else is another."""
    if not (found.decided or found.refused or found.left_out):
        return (line("there is no entry to decide again"),)
    others = found.decided - found.identical - found.flipped
    lines: list[Line] = [
        line(Piece(f"{found.decided:,}", "strong"), f" {_plural(found.decided)} decided again, ", *_by(found)),
        _counted(found.identical, "identical", "good"),
    ]
    if found.flipped:
        lines.append(_counted(found.flipped, "with another verdict", "bad"))
    if others:
        lines.append(_counted(others, "with the same verdict, but another answer", "open"))
    lines += [_group(one, "not decided: ") for one in (*found.refused, *found.left_out)]
    if found.flips:
        lines += [BLANK, *chart(((flip.before, flip.after, flip.count) for flip in found.flips), columns)]
    for flip in found.flips:
        lines += [BLANK, *flip_lines(flip, names), line("    ", Piece(_entries(flip.samples), "quiet"))]
    if found.otherwise:
        lines += [BLANK, line(Piece("another answer with the same verdict, by part", "heading"))]
        lines += [_group(one, "") for one in found.otherwise]
    return tuple(lines)


def _by(found: Replayed) -> Iterable[str]:
    for what, same in (("rulebook", found.same_rulebook), ("program", found.same_program)):
        some = f"{same:,} of them " if 0 < same < found.decided else ""
        yield f"{', ' if what == 'program' else ''}{some}by {'the same' if same else 'another'} {what}"


def _counted(count: int, what: str, style: str) -> Line:
    return line(f"{count:>8,}  ", Piece(what, style))  # type: ignore[arg-type] # one of the styles


def _group(one: Group, before: str) -> Line:
    return line(f"{one.count:>8,}  {before}{printable(one.what)}", Piece(f"  {_entries(one.samples)}", "quiet"))


def _plural(count: int) -> str:
    return "entry" if count == 1 else "entries"


def _entries(samples: Iterable[int]) -> str:
    told = [f"{seq:,}" for seq in samples]
    return f"{_plural(len(told))} {', '.join(told)}" if told else ""
