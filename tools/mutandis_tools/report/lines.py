"""Text with a meaning for each stretch of it, before anyone has said whether it is shown in colour.

Reports return lines of pieces. `plain` joins them; the terminal gives every style a colour, or none.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Style = Literal["", "heading", "strong", "quiet", "error", "warning", "note", "good", "bad", "open", "place", "fact"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text in one style."""

    text: str
    style: Style = ""


Line = tuple[Piece, ...]
BLANK: Line = ()


def line(*parts: str | Piece) -> Line:
    """A line of these parts, in their order."""
    return tuple(Piece(part) if isinstance(part, str) else part for part in parts)


def plain(lines: Iterable[Line]) -> str:
    """The lines as text without styles; no line ends in blanks, and the last ends in a line end."""
    return "".join("".join(piece.text for piece in one).rstrip() + "\n" for one in lines)


def printable(text: str) -> str:
    """`text` with everything that could steer a terminal or break a line made visible.

    What a drafter or a caller wrote goes to a terminal only through here.

    >>> printable("a\\x1b[31mb\\tc")
    'a\ufffd[31mb c'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(" " if c in "\t\n\r" else "\ufffd" if unicodedata.category(c) in _STEERING else c for c in text)


# Control, format (which holds the marks that turn the direction of writing), surrogate, unassigned, line separators.
_STEERING = frozenset({"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"})


def width(text: str) -> int:
    """How many columns of a terminal `text` takes: Korean and other wide characters take two.

    >>> width("수용자 a")
    8
    """
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in ("W", "F") else 1 for c in text
    )
