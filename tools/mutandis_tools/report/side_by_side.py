"""Text in columns beside each other, as lines: the official wording on the left, the rules on the right."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from mutandis.dataclass import dataclass
from mutandis_tools.report.lines import BLANK, Line, Piece, Style, line, printable, width

_GAP = "  "
_LEAST = 24
"""A column narrower than this is not readable; the columns then stand below each other."""


@dataclass(frozen=True, slots=True)
class Row:
    """One place with its texts, one for each column; a text may have several paragraphs."""

    place: str
    cells: tuple[tuple[str, ...], ...]
    remark: str = ""


def side_by_side(rows: Iterable[Row], columns: int, columns_wide: int) -> Iterator[Line]:
    """The rows in `columns` columns of a terminal `columns_wide` wide; each row begins with its place."""
    each = (columns_wide - len(_GAP) * (columns - 1)) // max(columns, 1)
    for row in rows:
        remark: tuple[Piece, ...] = (Piece(f"  {row.remark}", "warning"),) if row.remark else ()
        yield (Piece(row.place, "place"), *remark)
        if each < _LEAST:
            for cell in row.cells:
                yield from (line(text) for text in _wrap(cell, columns_wide))
        else:
            yield from _beside([_wrap(cell, each) for cell in row.cells], each)
        yield BLANK


def _beside(cells: list[list[str]], each: int) -> Iterator[Line]:
    for texts in zip_longest(*cells, fillvalue=""):
        pieces: list[Piece] = []
        for index, text in enumerate(texts):
            style: Style = "" if index == 0 else "strong"
            padding = " " * max(each - width(text), 0) + _GAP if index < len(texts) - 1 else ""
            pieces.append(Piece(text + padding, style))
        yield tuple(pieces)


def _wrap(paragraphs: Iterable[str], columns: int) -> list[str]:
    wrapped: list[str] = []
    for text in map(printable, paragraphs):
        indent = " " * (len(text) - len(text.lstrip()))
        wrapped += textwrap.wrap(text, columns, subsequent_indent=f"{indent}  " if indent else "") or [""]
    return wrapped
