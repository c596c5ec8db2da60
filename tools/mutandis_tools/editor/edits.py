"""Changes of texts as an editor takes them: stretches of files, and what is put in their place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mutandis.dataclass import dataclass
from mutandis.source import Span


@dataclass(frozen=True, slots=True)
class Edit:
    """`text` in the place of a stretch of a file."""

    span: Span
    text: str


def edits_between(name: str, before: str, after: str) -> tuple[Edit, ...]:
    """What makes `after` of `before`: line by line where they have equally many, else the stretch that differs."""
    if before == after:
        return ()
    old, new = before.split("\n"), after.split("\n")
    if len(old) == len(new):
        return tuple(
            Edit(*_within_line(name, row, one, other))
            for row, (one, other) in enumerate(zip(old, new, strict=True), start=1)
            if one != other
        )
    shorter = min(len(old), len(new))
    above = next((row for row in range(shorter) if old[row] != new[row]), shorter)
    below = next((n for n in range(shorter - above) if old[-1 - n] != new[-1 - n]), shorter - above)
    kept = "\n".join(new[above : len(new) - below])
    if below:
        # Up to the beginning of the first line that stays.
        lines = new[above : len(new) - below]
        return (Edit(Span(name, above + 1, 1, len(old) - below + 1, 1), "".join(f"{line}\n" for line in lines)),)
    if above == len(old):  # only lines at the end are new
        return (Edit(_end(name, old), "\n" + kept),)
    if above == len(new):  # only lines at the end are gone
        return (Edit(Span(name, above, len(old[above - 1]) + 1, len(old), len(old[-1]) + 1), ""),)
    return (Edit(Span(name, above + 1, 1, len(old), len(old[-1]) + 1), kept),)


def _within_line(name: str, row: int, one: str, other: str) -> tuple[Span, str]:
    shorter = min(len(one), len(other))
    head = next((at for at in range(shorter) if one[at] != other[at]), shorter)
    tail = next((n for n in range(shorter - head) if one[-1 - n] != other[-1 - n]), shorter - head)
    return Span(name, row, head + 1, row, len(one) - tail + 1), other[head : len(other) - tail]


def _end(name: str, lines: list[str]) -> Span:
    return Span(name, len(lines), len(lines[-1]) + 1, len(lines), len(lines[-1]) + 1)


def applied(text: str, edits: Iterator[Edit] | tuple[Edit, ...]) -> str:
    """The text with edits of it made; they do not overlap."""
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    for edit in sorted(edits, key=lambda one: one.span, reverse=True):
        begin = starts[edit.span.line - 1] + edit.span.column - 1
        end = starts[edit.span.end_line - 1] + edit.span.end_column - 1
        text = text[:begin] + edit.text + text[end:]
    return text


Edits = Mapping[str, tuple[Edit, ...]]
"""The edits of each file, by its name in the rulebook."""
