"""The difference between two wordings, word by word."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import Literal

from mutandis.dataclass import dataclass

QUOTE = '"'
"""Wording is compared with plain quotation marks."""


_BEFORE = frozenset("([£$€¥₩")
"""Signs that stand close to what follows them."""
_FEWEST_KEPT = 4
"""Of so many words one at least is kept where a wording was changed and not replaced."""


@dataclass(frozen=True, slots=True)
class WordEdit:
    """A stretch of words: kept (`old` equals `new`), removed (`new` empty), added (`old` empty) or replaced."""

    kind: Literal["kept", "removed", "added", "replaced"]
    old: tuple[str, ...]
    new: tuple[str, ...]


def find_word_edits(old: Sequence[str], new: Sequence[str]) -> tuple[WordEdit, ...]:
    """The edits that turn one wording into the other; the kept stretches are among them.

    >>> [(edit.kind, edit.old, edit.new) for edit in find_word_edits(["15", "days"], ["20", "days"])]
    [('replaced', ('15',), ('20',)), ('kept', ('days',), ('days',))]
    """
    kinds: dict[str, Literal["kept", "removed", "added", "replaced"]] = {
        "equal": "kept",
        "delete": "removed",
        "insert": "added",
        "replace": "replaced",
    }
    matcher = difflib.SequenceMatcher(a=old, b=new, autojunk=False)
    kept = sum(size for _, _, size in matcher.get_matching_blocks())
    if old and new and _FEWEST_KEPT * kept < max(len(old), len(new)):
        # What only shares its small words is another sentence.
        return (WordEdit("replaced", tuple(old), tuple(new)),)
    edits = [
        WordEdit(kinds[tag], tuple(old[i1:i2]), tuple(new[j1:j2])) for tag, i1, i2, j1, j2 in matcher.get_opcodes()
    ]
    return tuple(_slide(edits))


def _slide(edits: list[WordEdit]) -> list[WordEdit]:
    """`(1{+) or (2+})` as `(1) {+or (2)+}`: what was put in or taken out does not begin with a sign that closes."""
    for at in range(1, len(edits) - 1):
        before, one, after = edits[at - 1 : at + 2]
        run = one.new if one.kind == "added" else one.old if one.kind == "removed" else ()
        if before.kind == after.kind == "kept" and run[:1] == after.old[:1] and run[:1] in ((")",), ("]",)):
            moved, run, rest = run[:1], (*run[1:], *run[:1]), after.old[1:]
            edits[at - 1] = WordEdit("kept", (*before.old, *moved), (*before.new, *moved))
            edits[at] = WordEdit(one.kind, () if one.kind == "added" else run, run if one.kind == "added" else ())
            edits[at + 1] = WordEdit("kept", rest, rest)
    return [one for one in edits if one.old or one.new]


def join_words(words: Sequence[str], *, quoted: bool = False) -> str:
    """Words and signs put together as they are printed; `quoted`: a quotation is open before the first of them.

    >>> join_words(("the", "term", '"', "lamp", '"', "(", "red", ")", "means", "20", "%", "."))
    'the term "lamp" (red) means 20%.'
    >>> join_words(("before", "6", "a", ".", "m", "."))
    'before 6 a.m.'
    """
    parts: list[str] = []
    last = before = ""
    for word in words:
        shortened = last == "." and len(before) == len(word) == 1 and word.isalpha() and before.isalpha()
        parts.append(word if shortened or stands_close(last, word, quoted=quoted) else f" {word}")
        quoted = quoted is not (word == QUOTE)
        before, last = last, word
    return "".join(parts)


def stands_close(last: str, word: str, *, quoted: bool) -> bool:
    """Whether no space stands between two words or signs; `quoted`: a quotation is open before `word`.

    >>> [stands_close('"', "a", quoted=inside) for inside in (True, False)], stands_close("lamp", ",", quoted=False)
    ([True, False], True)
    """
    if word == "'" and last.endswith("s"):
        return True  # `15 days' leave`
    return not last or last in _BEFORE or word in ",.;:)]%‰" or (quoted and QUOTE in (last, word))
