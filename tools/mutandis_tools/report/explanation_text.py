"""The tree behind a decision, for a terminal: from the verdict to each fact."""

from __future__ import annotations

import re
import textwrap

from mutandis.explain import Explanation, ShownFact, as_text, value_as_text
from mutandis_tools.report.lines import Line, Piece, Style, line, printable

_INDENT = "  "
_STANDING = re.compile(r": (yes|no|not known|disputed)(?=$| \(|, found by )|(?:^|: )(it is not known) whether ")
_STYLES: dict[str, Style] = {
    "yes": "good",
    "no": "bad",
    "not known": "open",
    "it is not known": "open",
    "disputed": "bad",
}
# What is deep in the tree still gets so many columns.
_LEAST = 24


def explanation_text(
    explanation: Explanation, title: str = "", *, brief: bool = False, every_wording: bool = False, columns: int = 100
) -> tuple[Line, ...]:
    """The whole tree, or with `brief` only what carries the verdict; `title` (the case's) stands above it."""
    return _tree(as_text(explanation, whole=not brief, every_wording=every_wording), title, columns)


def value_explanation_text(fact: ShownFact, title: str = "", *, columns: int = 100) -> tuple[Line, ...]:
    """The tree behind the value of a fact."""
    return _tree(value_as_text(fact), title, columns)


def _tree(written: str, title: str, columns: int) -> tuple[Line, ...]:
    lines = [line(Piece(printable(title), "heading"))] if title else []
    entries = [((len(text) - len(text.lstrip())) // len(_INDENT), text.lstrip()) for text in written.splitlines()]
    depths = [depth for depth, _ in entries]
    for (depth, words), stem, below in zip(entries, _stems(depths), [*depths[1:], 0], strict=True):
        if depth:
            lines.extend(_branch(stem, words, columns, has_children=below > depth))
        else:
            lines.append(line(Piece(printable(words), "strong")))
    return tuple(lines)


def _stems(depths: list[int]) -> list[str]:
    """What stands before each entry of a tree, from the entries' depths in order."""
    stems: list[str] = []
    # Read backwards: an entry is the last of its level if none at that level follows before a shallower one.
    open_levels: set[int] = set()
    for depth in reversed(depths):
        mark = "├─ " if depth in open_levels else "└─ "
        stems.append("".join("│  " if level in open_levels else "   " for level in range(1, depth)) + mark)
        open_levels = {level for level in open_levels if level < depth} | {depth}
    return stems[::-1]


def _branch(stem: str, words: str, columns: int, *, has_children: bool) -> list[Line]:
    """One entry in as many lines as it needs; the stem goes on beside those that follow."""
    after = stem[:-3] + ("│  " if stem.endswith("├─ ") else "   ") + ("│  " if has_children else "   ")
    texts = textwrap.wrap(
        printable(words), max(columns - len(stem), _LEAST), subsequent_indent=" " * 3, break_on_hyphens=False
    )
    lines: list[Line] = []
    for number, text in enumerate(texts or [""]):
        lines.append(_coloured(stem if number == 0 else after, text if number == 0 else text[3:]))
    return lines


def _coloured(stem: str, text: str) -> Line:
    found = _STANDING.search(text)
    if found is None:
        return line(Piece(stem, "quiet"), text)
    start, end = found.span(found.lastindex or 0)
    said = text[start:end]
    return line(Piece(stem, "quiet"), text[:start], Piece(said, _STYLES[said]), text[end:])
