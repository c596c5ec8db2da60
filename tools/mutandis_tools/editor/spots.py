"""Where a cursor stands in a file of YAML that is being typed: under which keys, and whether a key may come there.

It is told from lines and their indentation, which need not read as YAML while they are typed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from mutandis.dataclass import dataclass

_KEY = re.compile(r"""(\s*(?:-\s+)*)("[^"]*"|'[^']*'|[^\s:#{}\[\]"'|>&*-][^:#{}\[\]"']*?)\s*:(?:\s+|$)""")
_BEGUN = re.compile(r"""\s*(?:-\s+)*[\w. /()"'-]*""")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place between the keys of a file.

    `path` has the keys that it stands under, outermost first. `takes_key` where a key may be written, `takes_value`
    where the value of the last key may; `given` are the other keys of the mapping it is in. `begins` is the column at
    which the key or value began.
    """

    path: tuple[str, ...]
    takes_key: bool
    takes_value: bool
    given: tuple[str, ...]
    begins: int

    @property
    def key(self) -> str:
        """The key whose value is written, or that the mapping stands under; empty at the top of a document."""
        return self.path[-1] if self.path else ""


def spot_at(lines: Sequence[str], row: int, column: int) -> Spot:
    """The spot of a cursor, row and column from 0."""
    line = lines[row]
    before = line[:column]
    match = _KEY.match(before)
    start = len(before) - len(before.lstrip(" -")) if match is None else len(match[1])
    if not line.strip():
        start = column
    above = _above(lines, row, start)
    path = tuple(key for key, _, _ in reversed(above))
    if match is not None:
        inner = _flow(before[match.end() :], match.end())
        return _under((*path, _bare(match[2])), inner, match.end(), lines, row)
    if above:
        _, key_row, value = above[0]
        text = lines[key_row][value:].partition(" #")[0].strip() if key_row < row else ""
        if text[:1] in ("{", "["):
            whole = "\n".join((lines[key_row][value:], *lines[key_row + 1 : row], before))
            return _under(path, _flow(whole, column - len(whole)), column, lines, row)
        inner = _flow(before[start:], start)
        if inner is not None:
            return _under(path, inner, start, lines, row)
        is_begun = _BEGUN.fullmatch(before) is not None
        return Spot(path, not text and is_begun, True, sibling_keys(lines, row), start)
    return Spot((), True, False, sibling_keys(lines, row), start)


@dataclass(frozen=True, slots=True)
class _Inside:
    path: tuple[str, ...]
    is_key: bool
    given: tuple[str, ...]
    begins: int


def _under(path: tuple[str, ...], inside: _Inside | None, begins: int, lines: Sequence[str], row: int) -> Spot:
    if inside is None:
        return Spot(path, False, True, (), begins)
    rest = re.split(r"[\[\]{}]", lines[row][inside.begins :], maxsplit=1)[0] if inside.is_key else ""
    later = tuple(_bare(one) for one in re.findall(r",\s*([\w ]+):\s", rest))
    return Spot((*path, *inside.path), inside.is_key, not inside.is_key, (*inside.given, *later), inside.begins)


def _flow(text: str, offset: int) -> _Inside | None:
    """Where the end of `text` stands in its `{}` and `[]`; None outside of them. `offset` is the text's own column."""
    stack: list[list[str]] = []  # each mapping's keys, the last one "" before its colon; a list is `["["]`
    begins = [0]
    quote = ""
    for at, letter in enumerate(text):
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "\"'" and not text[begins[-1] : at].strip():
            quote = letter
        elif letter in "{[" and (stack or not text[:at].strip()) and not text[begins[-1] : at].strip():
            stack.append([""] if letter == "{" else ["["])
            begins.append(at + 1)
        elif letter in "}]" and stack:
            stack.pop()
            begins.pop()
        elif letter == "," and stack:
            if stack[-1][-1] not in ("", "["):
                stack[-1].append("")
            begins[-1] = at + 1
        elif letter == ":" and stack and stack[-1][-1] == "" and text[at + 1 : at + 2] in (" ", ""):
            stack[-1][-1] = _bare(text[begins[-1] : at].strip())
            begins[-1] = at + 1
    if not stack:
        return None
    path = tuple(one[-1] for one in stack if one[-1] not in ("", "["))
    start = begins[-1] + len(text[begins[-1] :]) - len(text[begins[-1] :].lstrip())
    return _Inside(path, stack[-1][-1] == "", tuple(one for one in stack[-1][:-1] if one), offset + start)


def _above(lines: Sequence[str], row: int, indent: int) -> list[tuple[str, int, int]]:
    """The keys under which a line of that indent stands, nearest first, each with its row and its value's column."""
    found: list[tuple[str, int, int]] = []
    limit = indent
    for at in range(row - 1, -1, -1):
        line = lines[at]
        if not limit or line.startswith("---"):
            break
        match = _KEY.match(line)
        if match is not None and not line.lstrip().startswith("#") and _indent(line) < limit:
            if len(match[1]) < limit:
                found.append((_bare(match[2]), at, match.end()))
            # A list may begin at the column of the key that it stands under.
            limit = _indent(line) + ("-" in match[1])
    return found


def keys_above(lines: Sequence[str], row: int, indent: int) -> list[str]:
    """The keys under which a line of that indent stands, the nearest first, up to the beginning of the document."""
    return [key for key, _, _ in _above(lines, row, indent)]


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
            match = _KEY.match(line)
            start = len(line) - len(line.lstrip(" -"))
            if line.startswith("---") or start < column or (starts and not is_up):
                break
            if match is not None and start == column and at != row:
                found.append(_bare(match[2]))
            if starts and is_up:
                break
    return tuple(found)


def _bare(key: str) -> str:
    return key.strip("\"'")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
