"""Where something stands in a file.

Every node read from a person's file carries a `Span`; diagnostics, graph edges and coverage point back through
it. Lines and columns count from 1, columns in characters, the end is exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
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
