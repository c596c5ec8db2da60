"""Places as an editor counts them: rows from 0, columns in the units that were agreed on.

Editors count UTF-16 units unless they ask for another encoding; a character outside the basic plane is then two.
"""

from __future__ import annotations

from typing import Literal

Encoding = Literal["utf-8", "utf-16", "utf-32"]


def units(line: str, column: int, encoding: Encoding) -> int:
    """How many units the first `column` characters of a line take."""
    head = line[: max(column, 0)]
    if encoding == "utf-32":
        return len(head)
    if encoding == "utf-8":
        return len(head.encode("utf-8", "surrogatepass"))
    return len(head.encode("utf-16-le", "surrogatepass")) // 2


def column(line: str, count: int, encoding: Encoding) -> int:
    """The column of the character that `count` units lead to, or into; the line's end where there are fewer."""
    if count <= 0:
        return 0
    if encoding == "utf-32":
        return min(count, len(line))
    passed = 0
    for at, character in enumerate(line):
        if passed >= count:
            return at
        passed += units(character, 1, encoding)
        if passed > count:
            return at  # in the middle of a character
    return len(line)
