"""The tree behind a decision, for a terminal: from the verdict to each fact."""

from __future__ import annotations

import re

from mutandis.explain import Explanation, as_text
from mutandis_tools.report.lines import Line, Piece, Style, line, printable

_INDENT = "  "
_STANDING = re.compile(r": (yes|no|not known|disputed)$")
_STYLES: dict[str, Style] = {"yes": "good", "no": "bad", "not known": "open", "disputed": "bad"}


def explanation_text(explanation: Explanation, title: str = "", *, brief: bool = False) -> tuple[Line, ...]:
    """The whole tree, or with `brief` only what carries the verdict; `title` (the case's) stands above it."""
    lines = [line(Piece(printable(title), "heading"))] if title else []
    written = as_text(explanation, whole=not brief).splitlines()
    entries = [((len(text) - len(text.lstrip())) // len(_INDENT), text.lstrip()) for text in written]
    for (depth, words), stem in zip(entries, _stems([depth for depth, _ in entries]), strict=True):
        lines.append(_branch(stem, words) if depth else line(Piece(printable(words), "strong")))
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


def _branch(stem: str, words: str) -> Line:
    found = _STANDING.search(words)
    if found is None:
        return line(Piece(stem, "quiet"), printable(words))
    told = printable(words[: found.start(1)])
    return line(Piece(stem, "quiet"), told, Piece(found[1], _STYLES[found[1]]))
