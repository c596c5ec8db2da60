"""What is wrong with the layout of a file that is not YAML, or that YAML reads otherwise than it looks.

Knows lines and their indentation, and nothing of YAML's grammar: where the parser stopped, the line there and the ones
above are looked at as a person would. Each slip says where it is and how the line should read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mutandis.dataclass import dataclass
from mutandis.diagnostic_codes import diagnose
from mutandis.diagnostics import Diagnostic
from mutandis.source import Span

SPECIAL_SPACE = r"[\u00a0\u2000-\u200b\u202f\u3000]"
"""Signs that look like a blank and are none to YAML."""
_NO_BLANK = re.compile(
    r"^(?P<lead>\s*(?:- +)*)(?P<key>[a-z_]{2,}|main|\d+|\([a-z]{1,2}\)|\(\d+\))(?P<here>:)(?P<rest>(?![/:\s])\S.*)$"
)
_FLOW_NO_BLANK = re.compile(r"[{,]\s*(?P<key>[a-z_]{2,})(?P<here>:)(?P<rest>(?![/:\s])[^,}\]]+)")
_NO_COLON = re.compile(r"^(?P<lead>\s*(?:- +)*)(?P<key>[a-z_]{2,})(?P<here>\s*(?:=|：)\s*|\s+)(?P<rest>\S.*)$")
_KEY = re.compile(r"^\s*(?:- +)*(?P<key>[^\s:][^:]*):(?:\s|$)")
_INTRODUCES = re.compile(r":\s*[|>]?[+-]?\d?\s*$")
_LONGEST_SHOWN = 40

_LINES = (
    (re.compile(r"^\s*(?P<here>-{2}|-{4,}|—+|–+|={3,}|\*{3,})\s*$"), "does not part documents", "write `---`"),
    (re.compile(r"^\s*(?P<here>//|/\*|--(?=\s)|;)"), "does not begin a comment", "a comment begins with `#`"),
    (
        re.compile(rf"^\s*(?:(?:- +)*[a-z_]+:)?(?P<here>{SPECIAL_SPACE})"),
        "is a space of a special kind",
        "type an ordinary one: it was copied from elsewhere",
    ),
    (re.compile(r"^\s*(?P<here>-)(?=[a-z(]\S*:\s)"), "has no space after it", "write `- at: …`"),
    (re.compile(r"^\s*(?:- +)?(?P<here>[•‣◦▪·])"), "does not begin an item", "write `- …`"),
    (
        re.compile(r"^\s*(?:- +)?[a-z][a-z0-9_.]*:\s+(?P<here>\?)\s*$"),
        "is no value",
        "leave the line out: what is not given is not known",
    ),
    (
        re.compile(r"^\s*(?:- +)?(?P<here>\d+[.)])\s"),
        "does not number an item",
        "write `1: …` where the law numbers grounds, `- …` where all must hold",
    ),
)


@dataclass(frozen=True, slots=True)
class _Open:
    """A column in which keys or items stand, and the last line that has one there."""

    column: int
    row: int
    is_list: bool


def find_layout_fault(
    problem: str, position: tuple[int, int], context: tuple[int, int] | None, lines: Sequence[str], file: str
) -> Diagnostic | None:
    """The slip that made the parser stop at `position` (line and column from 0) saying `problem`, if it is one."""
    row = position[0]
    above = next((n for n in range(min(row, len(lines)) - 1, -1, -1) if lines[n].strip()), None)
    rows = [n for n in (row, context[0] if context else None, above) if n is not None and n < len(lines)]
    for number in dict.fromkeys(rows):
        found = find_line_fault(lines[number], number, file)
        if found is not None:
            return found
    if "could not find expected ':'" in problem:
        for number in (rows[1:2] or []) + rows[2:] + rows[:1]:
            found = _find_without_colon(lines, number, file)
            if found is not None:
                return found
        return None
    return _find_indentation(lines, row, file) if row < len(lines) else None


def find_line_fault(line: str, number: int, file: str) -> Diagnostic | None:
    """The slip that one line (from 0) shows by itself: a key without a blank, another mark for an item or a comment."""
    for pattern, wrong, help in _LINES:
        match = pattern.match(line)
        if match is not None:
            shown = match["here"] if match["here"].strip() else f"U+{ord(match['here'][0]):04X}"
            return _tell(f"`{shown}` {wrong}", help, file, number, *match.span("here"))
    match = _NO_BLANK.match(line) or _FLOW_NO_BLANK.search(line)
    if match is None:
        return None
    help = f"write `{match['key']}: {_shorten(match['rest'])}`"
    return _tell(f"`{match['key']}:` has no space after its colon", help, file, number, *match.span("here"))


def find_swallowed_key(lines: Sequence[str], first: int, last: int, file: str) -> Diagnostic | None:
    """The line, of those that a text goes on over (from 0, `first` excluded), that was meant as a key or an item."""
    found = (find_line_fault(lines[number], number, file) for number in range(first + 1, min(last + 1, len(lines))))
    return next((fault for fault in found if fault is not None), None)


def _find_without_colon(lines: Sequence[str], number: int, file: str) -> Diagnostic | None:
    line = lines[number]
    indent = _indent(line)
    above = next((n for n in range(number - 1, -1, -1) if lines[n].strip()), None)
    if above is not None and _INTRODUCES.search(lines[above]) and _column_of_key(lines[above]) >= indent:
        key = _KEY.match(lines[above])
        name = key["key"] if key is not None else lines[above].strip()
        return _tell(
            f"this belongs to `{name}` above, and is not indented under it",
            f"indent it by {_column_of_key(lines[above]) + 2} spaces",
            file,
            number,
            indent,
            len(line.rstrip()),
        )
    match = _NO_COLON.match(line)
    if match is None:
        return None
    help = f"write `{match['key']}: {_shorten(match['rest'])}`"
    return _tell(f"`{match['key']}` has no colon after it", help, file, number, *match.span("key"))


def _find_indentation(lines: Sequence[str], number: int, file: str) -> Diagnostic | None:
    """The line stands in a column in which nothing above it does, or in one where only items of a list do."""
    line = lines[number]
    indent, is_item = _indent(line), line.lstrip().startswith("- ")
    if not (is_item or _KEY.match(line)):
        return None
    open_here = _open_at(lines, number)
    if is_item and any(level.column == indent and not level.is_list for level in open_here):
        return _tell(
            "an item of a list stands among keys",
            "write `name: …`, as the lines above",
            file,
            number,
            indent,
            len(line.rstrip()),
        )
    levels = [level for level in open_here if level.is_list == is_item]
    if not levels or any(level.column == indent for level in levels):
        return None
    nearest = min(levels, key=lambda level: (abs(level.column - indent), -level.column))
    beside = "items" if is_item else "keys"
    way = "too few" if nearest.column > indent else "too many"
    off = abs(nearest.column - indent)
    return _tell(
        f"this line has {off} space{'s' if off > 1 else ''} {way} before it: the {beside} above have {nearest.column}",
        f"indent it by {nearest.column} spaces, as in line {nearest.row + 1}",
        file,
        number,
        indent,
        len(line.rstrip()),
    )


def find_key_among_items(lines: Sequence[str], number: int, file: str) -> Diagnostic | None:
    """A key in the column in which a list above it has its items."""
    line = lines[number]
    key, indent = _KEY.match(line), _indent(line)
    if key is None or line.lstrip().startswith("- "):
        return None
    items = [level for level in _open_at(lines, number) if level.column == indent and level.is_list]
    if not items:
        return None
    first = f"begin it with `- ` as line {items[-1].row + 1}, or take the `- ` out there"
    return _tell("a key stands among the items of a list", first, file, number, indent, len(line.rstrip()))


def _open_at(lines: Sequence[str], number: int) -> list[_Open]:
    """The columns that are open where line `number` begins, outermost first; those deeper than it count too."""
    start = next((n + 1 for n in range(number - 1, -1, -1) if lines[n].startswith("---")), 0)
    levels: list[_Open] = []
    block = -1
    for row in range(start, number):
        line = lines[row]
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        indent = _indent(line)
        if 0 <= block < indent:
            continue
        block = -1
        for column, is_list in _columns(line):
            levels = [level for level in levels if level.column < column]
            levels.append(_Open(column, row, is_list))
        if re.search(r":\s*[|>][+-]?\d?\s*$", line):
            block = _column_of_key(line)
    return levels


def _columns(line: str) -> Iterator[tuple[int, bool]]:
    """The columns in which a line opens or goes on with a list or a mapping."""
    column = _indent(line)
    while line[column:].startswith("- "):
        yield column, True
        column += 1 + len(line[column + 1 :]) - len(line[column + 1 :].lstrip(" "))
    if _KEY.match(line[column:]):
        yield column, False


def _column_of_key(line: str) -> int:
    return len(line) - len(re.sub(r"^\s*(?:- +)*", "", line))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _shorten(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"


def _tell(message: str, help: str, file: str, row: int, start: int, end: int) -> Diagnostic:
    return diagnose("yaml-syntax", message, help, Span(file, row + 1, start + 1, row + 1, max(end, start + 1) + 1))
