"""Where something stands in a file.

Every node read from a person's file carries a `Span`; diagnostics, graph edges and coverage point back through
it. Lines and columns count from 1, columns in characters, the end is exclusive.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of one file: `file` as it was named by the reader, lines and columns from 1, end exclusive."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


NOWHERE = Span("", 0, 0, 0, 0)
"""The span of something that no file holds (built by a program or a test)."""


class Origin(NamedTuple):
    """Where a text that was lifted out of a file stood, line by line.

    `starts` has, for each line of the text, the offset at which it begins and the line and column where that offset
    stands in the file. An origin without starts is nowhere.
    """

    file: str
    starts: tuple[tuple[int, int, int], ...]

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column in the file of the character at `offset` of the text; (0, 0) where there is none."""
        if len(self.starts) == 1:  # a text of one line, as most are
            begin, line, column = self.starts[0]
            return (line, column + offset - begin)
        if not self.starts:
            return (0, 0)
        index = max(0, bisect_right(self.starts, offset, key=lambda start: start[0]) - 1)
        begin, line, column = self.starts[index]
        return (line, column + offset - begin)

    def span(self, start: int, end: int) -> Span:
        """The stretch of the file that holds the text from offset `start` to `end` (excluded)."""
        if not self.starts:
            return NOWHERE
        line, column = self.position(start)
        if end <= start:
            return Span(self.file, line, column, line, column)
        # The end is one past the last character, so that a stretch which ends a line does not reach into the next.
        end_line, end_column = self.position(end - 1)
        return Span(self.file, line, column, end_line, end_column + 1)

    def after(self, offset: int) -> Origin:
        """The origin of the text less its first `offset` characters."""
        if not self.starts or offset == 0:
            return self
        later = tuple((begin - offset, line, column) for begin, line, column in self.starts if begin > offset)
        return Origin(self.file, ((0, *self.position(offset)), *later))


NO_ORIGIN = Origin("", ())
"""The origin of a text that no file holds."""


def origin_of_text(text: str, file: str = "") -> Origin:
    """The origin of a text that is itself the whole file `file`."""
    starts = [(0, 1, 1)]
    for offset, character in enumerate(text):
        if character == "\n":
            starts.append((offset + 1, len(starts) + 1, 1))
    return Origin(file, tuple(starts))
