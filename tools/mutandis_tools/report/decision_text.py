"""A decision for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

from mutandis.decide.result import Decision, Verdict
from mutandis_tools.names import Names
from mutandis_tools.report.decision_outline import Item, Outline, outline_decision
from mutandis_tools.report.lines import BLANK, Line, Piece, Style, line, printable, width

_VERDICT_STYLES: dict[Verdict, Style] = {
    Verdict.PERMITTED: "good",
    Verdict.CONDITIONAL: "good",
    Verdict.EXEMPT: "good",
    Verdict.FORBIDDEN: "bad",
    Verdict.FORBIDDEN_BY_DEFAULT: "bad",
    Verdict.CONFLICT: "bad",
    Verdict.REQUIRED: "strong",
    Verdict.SILENT: "quiet",
    Verdict.UNDETERMINED: "open",
}
# Text beside a head is never squeezed into less than this.
_NARROWEST = 30
# Heads up to this part of the width share a column; a longer one has its text on the next line.
_COLUMN = 0.32
_BELOW = 6
"""How far text is indented that stands below a long head."""


def decision_text(
    decision: Decision,
    names: Names,
    title: str = "",
    where: str = "",
    columns: int = 100,
    everything: bool = False,
    facts: Mapping[str, object] | None = None,
) -> tuple[Line, ...]:
    """The whole decision, a section for each thing it has to say, in `columns` columns.

    `title` (the case's) stands above it; `where` says which rulebook decided, beside its hash. With `everything`, what
    no longer matters is told too.
    """
    outline = outline_decision(decision, names, everything, facts)
    head = [line(Piece(printable(title), "heading"))] if title else []
    return (
        *head,
        *_answer(outline),
        *_sections(outline, columns),
        BLANK,
        *_in_passing("presumed", outline.standing, columns),
        *_in_passing("handled by", outline.handled_by, columns),
        _foot(outline, where),
    )


def _answer(outline: Outline) -> list[Line]:
    style = _VERDICT_STYLES[outline.verdict]
    lines = [line(Piece(printable(outline.action), "strong"), ": ", Piece(outline.answer, style))]
    if outline.explanation:
        lines.append(line("  ", printable(outline.explanation)))
    return lines


def _sections(outline: Outline, columns: int) -> list[Line]:
    lines: list[Line] = []
    for section in outline.sections:
        lines += [BLANK, line(Piece(section.title, "heading"))]
        short = [width(item.head) for item in section.items if item.text and width(item.head) <= columns * _COLUMN]
        for item in section.items:
            lines.extend(_item(item, max(short, default=0), columns))
    return lines


def _item(item: Item, column: int, columns: int) -> list[Line]:
    """The head, its text beside it (below it, where the head is long), and what hangs on it."""
    head = printable(item.head)
    is_beside = width(head) <= column and bool(item.text)
    indent = " " * (column + 4 if is_beside else _BELOW)
    room = max(columns - len(indent), _NARROWEST)
    text = _wrapped(item.text, room)
    beside = text[:1] if is_beside else []
    gap = " " * (column - width(head) + 2) if beside else ""
    lines = [line("  ", Piece(head, "place"), gap, *beside)]
    lines.extend(line(indent, one) for one in text[len(beside) :])
    lines.extend(line(indent, Piece(one, "quiet")) for more in item.more for one in _wrapped(more, room))
    return lines


def _wrapped(text: str, room: int) -> list[str]:
    return textwrap.wrap(printable(text), room, break_long_words=False, break_on_hyphens=False)


def _in_passing(what: str, told: str, columns: int) -> list[Line]:
    if not told:
        return []
    first, *others = _wrapped(f"{what}: {told}", columns)
    return [line(Piece(first, "quiet")), *(line("  ", Piece(one, "quiet")) for one in others)]


def _foot(outline: Outline, where: str) -> Line:
    told = f"rulebook {outline.content_hash[:12] or 'without a hash'}"
    return line(Piece(f"{told}, {printable(where)}" if where else told, "quiet"))
