"""What stands at a place of a file: the name or citation under the cursor, and what kind of thing may come next."""

from __future__ import annotations

import re
from collections.abc import Sequence

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
_KEY = re.compile(r"^(\s*(?:- )*)([a-z][a-z0-9_.]*):(?:\s|$)")
_ANY_KEY = re.compile(r"^\s*(?:- )*([^\s:#]+):(?:\s|$)")
_FLOW_KEY = re.compile(r"[{,]\s*([a-z_]+):\s(?=[^,{}]*$)")


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


def key_above(lines: Sequence[str], row: int, column: int) -> str:
    """The key that the value at a place belongs to: of its own line, else the nearest above further to the left."""
    flow = _FLOW_KEY.findall(lines[row][:column])
    if flow:
        return str(flow[-1])
    match = _KEY.match(lines[row])
    if match is not None and column >= match.end():
        return match.group(2)
    indent = _indent(lines[row]) + lines[row].lstrip().startswith("-") if lines[row].strip() else column
    return next(iter(keys_above(lines, row, indent)), "")


def keys_above(lines: Sequence[str], row: int, indent: int) -> list[str]:
    """The keys under which a line of that indent stands, the nearest first, up to the beginning of the document."""
    found: list[str] = []
    limit = indent
    for above in reversed(lines[:row]):
        if not limit or above.startswith("---"):
            break
        match = _KEY.match(above)
        if match is not None and _indent(above) < limit:
            if len(match.group(1)) < limit:
                found.append(match.group(2))
            # A list may begin at the column of the key that it stands under.
            limit = _indent(above) + ("-" in match.group(1))
    return found


def sibling_keys(lines: Sequence[str], row: int) -> tuple[str, ...]:
    """The keys of the mapping that a row is in, its own left out, as far as the lines show them."""
    column = len(lines[row]) - len(lines[row].lstrip(" -"))
    found: list[str] = []
    for rows, is_up in ((range(row, -1, -1), True), (range(row + 1, len(lines)), False)):
        for at in rows:
            line = lines[at]
            if not line.strip() or line.lstrip().startswith("#"):
                continue
            starts = line[:column].endswith("- ") and not line[:column].strip(" -")
            match = _ANY_KEY.match(line)
            start = len(line) - len(line.lstrip(" -"))
            if line.startswith("---") or start < column or (starts and not is_up):
                break
            if match is not None and start == column and at != row:
                found.append(match.group(1))
            if starts and is_up:
                break
    return tuple(found)


def _under(pattern: re.Pattern[str], line: str, column: int) -> Word | None:
    for match in pattern.finditer(line):
        if match.group() and match.start() <= column <= match.end():
            return Word(match.group().strip(), match.start(), match.end())
    return None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _is_letter(letter: str) -> bool:
    return letter.isalnum() or letter in "_."
