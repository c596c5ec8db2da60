"""Text with a meaning for each stretch of it, before anyone has said whether it is shown in colour.

Reports return lines of pieces. `plain` joins them; the terminal gives every style a colour, or none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Literal

from mutandis.dataclass import dataclass

Style = Literal["", "heading", "strong", "quiet", "error", "warning", "note", "good", "bad", "open", "place", "fact"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text in one style."""

    text: str
    style: Style = ""
    hangs: bool = False
    """What does not fit on the line goes on below the beginning of this piece."""


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


_WORDS = re.compile(r"\s+|\S+")
_BETWEEN_NUMBERS = re.compile(r"(?<=\d,)(?=\d)")
_DEEPEST = 0.6
"""Text that goes on below is not indented further than this part of the width."""


def fold(lines: Iterable[Line], columns: int) -> Iterator[Line]:
    """The lines, those wider than `columns` broken at blanks.

    A word longer than a line is broken anywhere, a path nowhere: it is there to be copied. The numbers of lines behind
    it (`cases/a.yaml:12,40`) may stand below it.
    """
    for one in lines:
        if sum(width(piece.text) for piece in one) <= columns:
            yield one
        else:
            yield from _folded(one, columns)


def _folded(one: Line, columns: int) -> Iterator[Line]:
    text = "".join(piece.text for piece in one)
    indent = " " * min(_hang(one, text), int(columns * _DEEPEST))
    current: list[Piece] = []
    used = 0
    for piece in one:
        for word in _words(piece.text):
            if used + width(word.rstrip()) > columns and current and "".join(p.text for p in current).strip():
                yield _stripped(current)
                current, used = [Piece(indent)], len(indent)
            if word.isspace() and current and used == len(indent) and current[0].text == indent and len(current) == 1:
                continue  # a line that goes on does not begin with the blank it was broken at
            while used + width(word) > columns and not word.isspace() and "/" not in word:
                room = max(columns - used, 1)
                current.append(Piece(word[:room], piece.style))
                yield _stripped(current)
                word = word[room:]
                current, used = [Piece(indent)], len(indent)
            current.append(Piece(word, piece.style))
            used += width(word)
    yield _stripped(current)


def _words(text: str) -> Iterator[str]:
    """The words of a text and the blanks between them; the numbers behind a path each for themselves."""
    for word in _WORDS.findall(text):
        yield from _BETWEEN_NUMBERS.split(word) if "/" in word and ":" in word else (word,)


def _hang(one: Line, text: str) -> int:
    """How far what goes on below is indented: to the piece that hangs, else two more than the line itself."""
    before = 0
    for piece in one:
        if piece.hangs:
            return before
        before += width(piece.text)
    return len(text) - len(text.lstrip()) + 2


def _stripped(pieces: list[Piece]) -> Line:
    kept = list(pieces)
    while kept and not kept[-1].text.strip():
        kept.pop()
    if kept:
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip())
    return tuple(kept)
