"""A decision for a terminal."""

from __future__ import annotations

from mutandis.evaluate.result import Decision, Verdict
from mutandis_tools.names import Names
from mutandis_tools.report.decision_outline import Outline, outline_decision
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
# Heads up to this width share a column; a longer one has its text on the next line.
_COLUMN = 30


def decision_text(decision: Decision, names: Names, title: str = "") -> tuple[Line, ...]:
    """The whole decision, a section for each thing it has to say; `title` (the case's) stands above it."""
    outline = outline_decision(decision, names)
    head = [line(Piece(printable(title), "heading"))] if title else []
    return (*head, *_answer(outline), *_sections(outline), BLANK, _foot(outline))


def _answer(outline: Outline) -> list[Line]:
    style = _VERDICT_STYLES[outline.verdict]
    lines = [line(Piece(printable(outline.action), "strong"), ": ", Piece(outline.answer, style))]
    if outline.explanation:
        lines.append(line("  ", printable(outline.explanation)))
    return lines


def _sections(outline: Outline) -> list[Line]:
    lines: list[Line] = []
    for section in outline.sections:
        lines.append(BLANK)
        lines.append(line(Piece(section.title, "heading")))
        heads = [width(item.head) for item in section.items if width(item.head) <= _COLUMN]
        column = max(heads, default=0)
        for item in section.items:
            head = printable(item.head)
            if item.text and width(head) > column:
                lines.append(line("  ", Piece(head, "place")))
                lines.append(line("  " + " " * column + "  ", printable(item.text)))
            else:
                pad = " " * (column - width(head) + 2) if item.text else ""
                lines.append(line("  ", Piece(head, "place"), pad, printable(item.text)))
            lines.extend(line("  " + " " * column + "  ", Piece(printable(one), "quiet")) for one in item.more)
    return lines


def _foot(outline: Outline) -> Line:
    return line(Piece(f"rulebook {outline.content_hash[:12] or 'without a hash'}", "quiet"))
