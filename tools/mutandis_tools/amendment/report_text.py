"""The report of an amendment for a terminal, as lines of pieces."""

from __future__ import annotations

from collections.abc import Iterator

from mutandis_text.comparison.compare import ChangeOf
from mutandis_tools.amendment.facts import (
    Fact,
    list_tasks,
    summarise,
    tell,
    tell_instrument,
    tell_shifted,
)
from mutandis_tools.amendment.marks import Mark, join_marks, mark_words
from mutandis_tools.amendment.reach import AmendmentReport, Reached
from mutandis_tools.amendment.sheets import make_sheets
from mutandis_tools.report.lines import BLANK, Line, Piece, Style, line, printable
from mutandis_tools.report.side_by_side import Row, side_by_side

_STYLE: dict[ChangeOf, Style] = {
    ChangeOf.INSERTED: "good",
    ChangeOf.DELETED: "bad",
    ChangeOf.MOVED: "fact",
    ChangeOf.RENUMBERED: "fact",
    ChangeOf.REWORDED: "open",
    ChangeOf.HEADING_TOO: "note",
    ChangeOf.HEADING: "note",
    ChangeOf.PUNCTUATION: "quiet",
    ChangeOf.ANNOTATION: "quiet",
}
_SIGNS = {"kept": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}
_MARKS: dict[str, Style] = {"kept": "", "removed": "bad", "added": "good"}


def check_lines(report: AmendmentReport) -> Iterator[Line]:
    """Every change with its words and what it reaches; nothing else."""
    yield line(Piece(summarise(report), "heading"))
    yield from _instruments(report)
    for reached in report.reached:
        yield from _change(reached, report)
    for reference in report.broken:
        # Whether it held before, only the older text tells.
        label = "broken now: " if report.has_old else "broken, now or before: "
        yield line(label, Piece(reference.origin, "place"), f", {printable(reference.raw)}: {reference.broken}")
    for shifted in report.shifted:
        yield line(
            "see whether it is meant: ",
            Piece(shifted.origin, "place"),
            f" still says {printable(shifted.raw)}: {tell_shifted(shifted)}",
        )
    if not report.has_old and any(ChangeOf.REWORDED in one.change.changes for one in report.reached):
        yield line(Piece("Give the older text with --old to see its words and what referred to them.", "quiet"))


def report_lines(report: AmendmentReport, columns: int) -> Iterator[Line]:
    """The whole report: worklist first, then each article before and after, side by side on a terminal so wide."""
    yield line(Piece(f"{printable(report.title or report.law)}: what the newer text changed", "heading"))
    yield line(summarise(report))
    yield from _instruments(report)
    yield BLANK
    tasks = list_tasks(report)
    yield line(Piece("To do" if tasks else "Nothing is to be done", "heading"))
    for task in tasks:
        ids = f": {', '.join(task.ids)}" if task.ids else ""
        yield line(f"  [ ] {printable(task.words)}{printable(ids)}")
    for sheet in make_sheets(report):
        yield BLANK
        yield line(Piece(printable(sheet.title), "heading"))
        if sheet.skeleton:
            yield line(Piece("  begin its rules: ", "quiet"), sheet.skeleton)
        yield BLANK
        rows = [
            Row(
                row.name,
                ((_signed(row.old, "not at hand: give --old" if row.old is None else ""),), (_signed(row.new, ""),)),
                row.what,
            )
            for row in sheet.rows
        ]
        for row, shown in zip(sheet.rows, rows, strict=True):
            yield from (one for one in side_by_side([shown], 2, columns) if one)
            if row.reached is not None:
                yield from (_fact(fact) for fact in tell(row.reached, report))
            yield BLANK


def _signed(marks: tuple[Mark, ...] | None, otherwise: str) -> str:
    if marks is None:
        return otherwise
    return printable(join_marks(marks, lambda mark: mark.text.join(_SIGNS[mark.kind])))


def _instruments(report: AmendmentReport) -> Iterator[Line]:
    for record in report.instruments:
        first, *rest = tell_instrument(record)
        yield line(printable(first))
        yield from (line(Piece(f"  {printable(text)}", "quiet")) for text in rest)


def _change(reached: Reached, report: AmendmentReport) -> Iterator[Line]:
    change = reached.change
    pieces = [Piece(reached.name, "strong")]
    for kind in change.changes:
        pieces.append(Piece("  "))
        pieces.append(Piece(kind.value, _STYLE[kind]))
    if change.follows:
        pieces.append(Piece("  (with the provision it stands in)", "quiet"))
    yield tuple(pieces)
    if change.edits:
        words = [Piece("    ")]
        for mark in mark_words(change.edits):
            told = printable(mark.text).join(_SIGNS[mark.kind])
            words += [Piece("" if mark.close else " "), Piece(told, _MARKS[mark.kind])]
        yield tuple(words)
    yield from (_fact(fact) for fact in tell(reached, report))


def _fact(fact: Fact) -> Line:
    told = ", ".join(fact.ids)
    told = f"{told} ({fact.words})" if told and fact.words else told or fact.words
    return line(f"    {printable(fact.label)}{': ' if told else ''}", printable(told))
