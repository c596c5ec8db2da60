"""Wording with what was removed and added, in stretches that know whether they stand close to what is before them.

What the stretches show (colour, tags, stars) is the reports'; where a space stands is said here alone, from the words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal

from mutandis.dataclass import dataclass
from mutandis_text.comparison.word_difference import QUOTE, WordEdit, join_words, stands_close

_AROUND = 8
"""Words kept on either side of a difference; enough to find the place."""

Side = Literal["both", "old", "new"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of wording: `kept`, `removed` or `added`; `close` where no space stands before it."""

    kind: Literal["kept", "removed", "added"]
    text: str
    close: bool = True


def mark_words(edits: Iterable[WordEdit], *, whole: bool = False, side: Side = "both") -> Iterator[Mark]:
    """The wording with what was removed and added; long kept stretches are cut unless `whole`.

    `side`: only what the older or the newer text says, with the changes marked.
    """
    # Whether a quotation is open, in each text: one may have quotation marks that the other has not.
    quoted = {"old": False, "new": False}
    last = ""
    for edit in edits:
        shown: list[tuple[Literal["kept", "removed", "added"], tuple[str, ...], bool]] = []
        if edit.kind == "kept":
            shown.append(("kept", edit.old, quoted["old" if side == "old" else "new"]))
        else:
            shown += [("removed", edit.old, quoted["old"])] if side != "new" else []
            shown += [("added", edit.new, quoted["new"])] if side != "old" else []
        for kind, words, inside in shown:
            if words:
                text = join_words(words, quoted=inside) if whole or kind != "kept" else _cut(words, quoted=inside)
                yield Mark(kind, text, stands_close(last, words[0], quoted=inside))
                last = words[-1]
        quoted["old"] ^= edit.old.count(QUOTE) % 2 == 1
        quoted["new"] ^= edit.new.count(QUOTE) % 2 == 1


def join_marks(marks: Iterable[Mark], show: Callable[[Mark], str]) -> str:
    """The stretches put together as `show` has each."""
    return "".join(f"{'' if mark.close else ' '}{show(mark)}" for mark in marks if mark.text)


def _cut(words: tuple[str, ...], *, quoted: bool) -> str:
    if len(words) <= 2 * _AROUND:
        return join_words(words, quoted=quoted)
    inside = quoted ^ (words[:-_AROUND].count(QUOTE) % 2 == 1)
    return f"{join_words(words[:_AROUND], quoted=quoted)} … {join_words(words[-_AROUND:], quoted=inside)}"
