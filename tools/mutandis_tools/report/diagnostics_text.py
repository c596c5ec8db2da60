"""Diagnostics for a person: what is wrong, the line it stands in with the place underlined, what to do next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from mutandis.dataclass import dataclass
from mutandis.diagnostics import Diagnostic, Severity
from mutandis.source import NOWHERE, Span
from mutandis_tools.report.lines import BLANK, Line, Piece, Style, line, printable, width

# A line longer than this is cut to a window around the place, so that a condition of 100,000 characters stays readable.
_WINDOW = 110
_MARGIN = 8
"""What stands before a source line: its number, a bar."""


def diagnostics_text(
    diagnostics: Iterable[Diagnostic],
    texts: Mapping[str, str],
    shown_files: Mapping[str, str] | None = None,
    columns: int = _WINDOW + _MARGIN,
) -> tuple[Line, ...]:
    """Every diagnostic with its lines of `texts` (by file name), a blank line after each.

    `shown_files` says how a file is named to the reader, where that is not its name in the rulebook. Source lines are
    cut around the place to fit in `columns`.
    """
    written = _Writer(
        {file: text.splitlines() for file, text in texts.items()}, shown_files or {}, min(columns - _MARGIN, _WINDOW)
    )
    return tuple(one for diagnostic in diagnostics for one in (*written.diagnostic(diagnostic), BLANK))


def summary_text(diagnostics: Sequence[Diagnostic]) -> str:
    """How many of what: `2 errors, 1 warning`; `nothing to mend` where there is none."""
    counted: list[str] = []
    for severity in Severity:
        number = sum(d.severity is severity for d in diagnostics)
        if number:
            counted.append(f"{number} {severity.value}{'' if number == 1 else 's'}")
    return ", ".join(counted) or "nothing to mend"


@dataclass(frozen=True, slots=True)
class _Writer:
    texts: Mapping[str, list[str]]
    shown_files: Mapping[str, str]
    window: int

    def diagnostic(self, diagnostic: Diagnostic) -> list[Line]:
        style: Style = diagnostic.severity.value
        lines = [
            line(
                Piece(f"{diagnostic.severity.value} {diagnostic.code}", style),
                Piece(f" {diagnostic.slug}: "),
                Piece(printable(diagnostic.message), "strong"),
            )
        ]
        here = " ".join(label.text for label in diagnostic.labels if label.span == diagnostic.span != NOWHERE)
        labels = [label for label in diagnostic.labels if label.span not in (NOWHERE, diagnostic.span)]
        margin = max((len(str(span.line)) for span in (diagnostic.span, *(lb.span for lb in labels))), default=1)
        lines.extend(self._snippet(diagnostic.span, here, style, "^", margin))
        for label in labels:
            lines.extend(self._snippet(label.span, label.text, "note", "-", margin))
        for label in diagnostic.labels:
            if label.span == NOWHERE:
                lines.append(line(" " * margin, Piece(" = ", "quiet"), printable(label.text)))
        if diagnostic.help:
            lines.append(line(" " * margin, Piece(" = help: ", "quiet"), Piece(printable(diagnostic.help), hangs=True)))
        if diagnostic.provision:
            lines.append(line(" " * margin, Piece(" = provision: ", "quiet"), printable(diagnostic.provision)))
        return lines

    def _snippet(self, span: Span, text: str, style: Style, mark: str, margin: int) -> list[Line]:
        if span == NOWHERE:
            return []
        file = printable(self.shown_files.get(span.file, span.file))
        lines = [line(" " * margin, Piece("--> ", "quiet"), Piece(f"{file}:{span.line}:{span.column}", "place"))]
        source = self.texts.get(span.file, [])
        if not 1 <= span.line <= len(source):
            return [*lines, line(" " * margin, Piece(" | ", "quiet"), printable(text))] if text else lines
        whole = source[span.line - 1]
        start = min(max(span.column - 1, 0), len(whole))
        end = min(span.end_column - 1, len(whole)) if span.end_line == span.line else len(whole.rstrip())
        end = max(end, start)
        shown, left = _window(whole, start, self.window)
        before = shown[: start - left]
        marked = shown[start - left : end - left]
        lines.append(line(Piece(f"{span.line:>{margin}} | ", "quiet"), printable(shown)))
        room = max(self.window - width(printable(before)), 1)
        underline = mark * max(min(width(printable(marked)), room), 1)
        tail = f" {printable(text)}" if text else ""
        lines.append(
            line(" " * margin, Piece(" | ", "quiet"), " " * width(printable(before)), Piece(underline + tail, style))
        )
        return lines


def _window(text: str, start: int, window: int) -> tuple[str, int]:
    """The part of `text` to show around offset `start`, and the offset at which that part begins."""
    if width(text) <= window:
        return text, 0
    left = max(0, min(start - window // 3, len(text) - window))
    shown = text[left : left + window]
    # The marks of a cut take the place of a character, so that every column stays where it is.
    if left:
        shown = "…" + shown[1:]
    if left + window < len(text):
        shown = shown[:-1] + "…"
    return shown, left
