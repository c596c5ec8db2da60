"""What stands at a place of a file: the name or citation under the cursor, and what kind of thing may come next."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NAME = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?")
_ACTION = re.compile(r"[a-z][a-z0-9_]* [a-z][a-z0-9_]*")
_CITATION = re.compile(
    r"(?:[a-z][a-z0-9-]*/)?(?:addenda-[0-9]+(?:/[0-9]+)?|[0-9]+(?:-[0-9]+)*)?(?:\([0-9a-z-]+\))*(?:\.?[0-9]+(?:-[0-9]+)*)?"
    r"(?:\([a-z]\))?(?: (?:main|proviso|former|latter))?"
)
_KEY = re.compile(r"^(\s*(?:- )?)([a-z_]+):(?:\s|$)")


@dataclass(frozen=True, slots=True)
class Word:
    """A stretch of one line, columns from 0, end exclusive."""

    text: str
    start: int
    end: int


def name_at(line: str, column: int) -> Word | None:
    """The dotted or plain name under the cursor."""
    return _under(_NAME, line, column)


def action_at(line: str, column: int) -> Word | None:
    """The two words, verb and object, of which the cursor is in one."""
    for start in range(len(line)):
        match = _ACTION.match(line, start)
        if match is not None and (start == 0 or not _is_letter(line[start - 1])) and start <= column <= match.end():
            return Word(match.group(), start, match.end())
    return None


def citation_at(line: str, column: int) -> Word | None:
    """What may be a citation under the cursor: it has a number."""
    found = _under(_CITATION, line, column)
    return found if found is not None and any(letter.isdigit() for letter in found.text) else None


def key_above(lines: list[str], row: int, column: int) -> str:
    """The key that the value at a place belongs to: of its own line, else the nearest above further to the left."""
    match = _KEY.match(lines[row])
    if match is not None and column >= match.end():
        return match.group(2)
    indent = len(lines[row]) - len(lines[row].lstrip()) if lines[row].strip() else column
    for above in reversed(lines[:row]):
        match = _KEY.match(above)
        if match is not None and len(match.group(1)) < max(indent, 1):
            return match.group(2)
    return ""


def _under(pattern: re.Pattern[str], line: str, column: int) -> Word | None:
    for match in pattern.finditer(line):
        if match.group() and match.start() <= column <= match.end():
            return Word(match.group().strip(), match.start(), match.end())
    return None


def _is_letter(letter: str) -> bool:
    return letter.isalnum() or letter in "_."
