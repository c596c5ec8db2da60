"""What can be folded away in a file: what stands below a line and further to the right, comments, and documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mutandis.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Fold:
    """From the row that stays to the last that is folded, from 0."""

    start: int
    end: int
    is_comment: bool = False


def folds_of(lines: Sequence[str]) -> tuple[Fold, ...]:
    """All folds, in the order of their first rows. Lines that do not read as YAML fold as they are indented."""
    found = [*_comments(lines), *_documents(lines), *_blocks(lines)]
    return tuple(sorted(dict.fromkeys(found), key=lambda one: (one.start, -one.end)))


def _comments(lines: Sequence[str]) -> Iterator[Fold]:
    start = None
    for row, line in enumerate([*lines, ""]):
        if line.lstrip().startswith("#"):
            start = row if start is None else start
        else:
            if start is not None and row - start > 1:
                yield Fold(start, row - 1, True)
            start = None


def _documents(lines: Sequence[str]) -> Iterator[Fold]:
    """Each document of a file that has several, from its first line with something on it."""
    breaks = [row for row, line in enumerate(lines) if line.startswith("---")]
    if not breaks:
        return
    for start, end in zip([-1, *breaks], [*breaks, len(lines)], strict=True):
        rows = [row for row in range(start + 1, end) if lines[row].strip()]
        if len(rows) > 1:
            yield Fold(rows[0], rows[-1])


def _blocks(lines: Sequence[str]) -> Iterator[Fold]:
    written = [(row, line) for row, line in enumerate(lines) if line.strip() and not line.startswith("---")]
    open_rows: list[tuple[int, int]] = []
    last = -1
    for row, line in [*written, (len(lines), "")]:
        indent = len(line) - len(line.lstrip()) if line else -1
        while open_rows and indent <= open_rows[-1][1]:
            start, _ = open_rows.pop()
            if last > start:
                yield Fold(start, last)
        open_rows.append((row, indent))
        last = row
