"""A decision for a terminal."""

from __future__ import annotations

import textwrap

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
# Lines are broken at this width, so that a note stays in its column on any terminal and on a page.
_WIDTH = 110
_NARROWEST = 50
# Heads up to this width share a column; a longer one has its text on the next line.
_COLUMN = 30


def decision_text(decision: Decision, names: Names, title: str = "", where: str = "") -> tuple[Line, ...]:
    """The whole decision, a section for each thing it has to say; `title` (the case's) stands above it.

    `where` says which rulebook decided, beside its hash.
    """
    outline = outline_decision(decision, names)
    head = [line(Piece(printable(title), "heading"))] if title else []
    return (*head, *_answer(outline), *_sections(outline), BLANK, _foot(outline, where))


def _answer(outline: Outline) -> list[Line]:
    style = _VERDICT_STYLES[outline.verdict]
    lines = [line(Piece(printable(outline.action), "strong"), ": ", Piece(outline.answer, style))]
    if outline.explanation:
        lines.append(line("  ", printable(outline.explanation)))
    return lines


def _sections(outline: Outline) -> list[Line]:
    lines: list[Line] = []
    for section in outline.sections:
        lines += [BLANK, line(Piece(section.title, "heading"))]
        column = max((width(item.head) for item in section.items if width(item.head) <= _COLUMN), default=0)
        for item in section.items:
            lines.extend(_item(item, column))
    return lines


def _item(item: Item, column: int) -> list[Line]:
    """The head, its text beside it (below it, where the head is long), and what hangs on it."""
    head = printable(item.head)
    indent = " " * (column + 4)
    text = _wrapped(item.text, len(indent))
    beside = text[:1] if width(head) <= column or not text else []
    gap = " " * (column - width(head) + 2) if beside else ""
    lines = [line("  ", Piece(head, "place"), gap, *beside)]
    lines.extend(line(indent, one) for one in text[len(beside) :])
    lines.extend(line(indent, Piece(one, "quiet")) for more in item.more for one in _wrapped(more, len(indent)))
    return lines


def _wrapped(text: str, indent: int) -> list[str]:
    return textwrap.wrap(printable(text), max(_WIDTH - indent, _NARROWEST), break_long_words=False)


def _foot(outline: Outline, where: str) -> Line:
    told = f"rulebook {outline.content_hash[:12] or 'without a hash'}"
    return line(Piece(f"{told}, {printable(where)}" if where else told, "quiet"))
