"""Splits a provision's wording into main sentence, provisos, latter parts and further sentences.

One scan marks where sentences may end (outside brackets, not after abbreviations), another finds the openers; both are
linear. `find_list_lead` states which sentence a list belongs to.
"""

from __future__ import annotations

import re

from mutandis.dataclass import dataclass
from mutandis_text.document import ListLead, SentenceKind
from mutandis_text.structure import english

_OPENING = "([“"
_CLOSING = ")]”"


@dataclass(frozen=True, slots=True)
class SentenceSpan:
    """One sentence as offsets into the text that was split; `certain` is False where a mere `However` opened it."""

    kind: SentenceKind
    start: int
    end: int
    certain: bool = True


def split_sentences(text: str) -> list[SentenceSpan]:
    """The sentences of a provision's wording in order; white space between them belongs to none."""
    cuts = [0]
    levels = _bracket_levels(text)
    provided = english.PROVISO.search(text) is not None
    for match in english.BOUNDARY.finditer(text):
        at = match.end()
        if levels is not None and levels[at - 1]:
            continue
        if provided and text[at : at + 1] == "h":
            continue  # `…; however, …: Provided, That`: only that opens a proviso.
        if _starts_sentence(text, match, at):
            cuts.append(at)
    spans: list[SentenceSpan] = []
    for index, start in enumerate(cuts):
        end = cuts[index + 1] if index + 1 < len(cuts) else len(text)
        stretch = text[start:end]
        low = start + len(stretch) - len(stretch.lstrip())
        high = start + len(stretch.rstrip())
        if low < high:
            spans.append(_classify(text, low, high, first=not spans))
    return spans


def _starts_sentence(text: str, match: re.Match[str], at: int) -> bool:
    before = text[max(0, match.start() - 12) : match.start() + 1]
    sign = text[match.start()]
    if english.PROVISO.match(text, at):
        # A small `provided that` after a comma is a condition inside the sentence, not a proviso.
        return sign != "," or text[at] == "P"
    if sign != ".":
        # `…: However, …` and `…; In such cases` occur; any other capital after a semicolon is no new sentence.
        return sign in ";:" and bool(english.LATTER.match(text, at) or english.HOWEVER.match(text, at))
    if before.endswith("etc.") or any(char in _CLOSING for char in match["close"] or ""):
        return bool(english.AFTER_ETC.match(text, at))
    if english.ABBREVIATION.search(before):
        return bool(english.LATTER.match(text, at))
    return True


def _classify(text: str, start: int, end: int, *, first: bool) -> SentenceSpan:
    if english.PROVISO.match(text, start, end):
        return SentenceSpan(SentenceKind.PROVISO, start, end)
    if not first and english.HOWEVER.match(text, start, end):
        return SentenceSpan(SentenceKind.PROVISO, start, end, certain=False)
    if not first and english.LATTER.match(text, start, end):
        return SentenceSpan(SentenceKind.LATTER, start, end)
    return SentenceSpan(SentenceKind.MAIN if first else SentenceKind.FURTHER, start, end)


def _bracket_levels(text: str) -> bytearray | None:
    """For each character, 1 if it stands inside brackets; None where brackets do not balance."""
    levels = bytearray(len(text))
    depth = 0
    for index, char in enumerate(text):
        if char in _OPENING:
            depth += 1
        elif char in _CLOSING:
            depth -= 1
            if depth < 0:
                return None
        levels[index] = 1 if depth else 0
    return levels if depth == 0 else None


def opens_added_sentence(text: str) -> bool:
    """True if a text starts as a proviso or a latter part does."""
    return bool(english.PROVISO.match(text) or english.LATTER.match(text) or english.HOWEVER.match(text))


def announces_list(text: str) -> bool:
    """True if a sentence's words announce a list (`any of the following`, `as follows`)."""
    return bool(english.ANNOUNCES.search(text))


def find_list_lead(sentences: list[str]) -> ListLead:
    """Which of the sentences the list below belongs to, by the rule stated at `ListLead`."""
    if len(sentences) == 1:
        return ListLead(0, True, "the only sentence")
    announcing = [index for index, sentence in enumerate(sentences) if announces_list(sentence)]
    if len(announcing) == 1:
        return ListLead(announcing[0], True, "the only sentence that announces a list")
    if not announcing and not english.FINISHED.search(sentences[-1]):
        return ListLead(len(sentences) - 1, True, "the list goes on with the sentence above it")
    if announcing:
        return ListLead(announcing[-1], False, "the last of several sentences that announce a list")
    return ListLead(len(sentences) - 1, False, "no sentence announces a list; the last one stands above it")
