"""What stands under the cursor: a name, an action or a citation."""

from __future__ import annotations

import re

from mutandis.dataclass import dataclass

_NAME = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?")
_ACTION = re.compile(r"[a-z][a-z0-9_]* [a-z][a-z0-9_]*")
_CITATION = re.compile(
    r"(?:[a-z][a-z0-9-]*/)?(?:addenda-[0-9]+(?:/[0-9]+)?|[0-9]+(?:-[0-9]+)*)?(?:\([0-9a-z-]+\))*(?:\.?[0-9]+(?:-[0-9]+)*)?"
    r"(?:\([a-z]\))?(?: (?:main|proviso|former|latter))?"
)
_BARE = re.compile(r"[0-9]+(?:-[0-9]+)*")
_CITING = re.compile(
    r"(?:\b(?:despite|subject_to|instead_of|apply|of|at|within|tests|cites|breaches|penalties|opens|defines|article):"
    r"|\bunder\b|^\s*-)(?:[^A-Za-z]|\bto\b)*$"
)
"""What stands before a number that is an article, and no quantity."""


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
    """What may be a citation under the cursor: it has a number, and a bare one stands where provisions are named."""
    found = _under(_CITATION, line, column)
    if found is None or not any(letter.isdigit() for letter in found.text):
        return None
    is_bare = _BARE.fullmatch(found.text) is not None
    return None if is_bare and _CITING.search(line[: found.start]) is None else found


def _under(pattern: re.Pattern[str], line: str, column: int) -> Word | None:
    for match in pattern.finditer(line):
        if match.group() and match.start() <= column <= match.end():
            return Word(match.group().strip(), match.start(), match.end())
    return None


def _is_letter(letter: str) -> bool:
    return letter.isalnum() or letter in "_."
