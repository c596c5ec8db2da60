"""Splits a provision's wording into main sentence, provisos, latter parts and further sentences.

One scan marks where sentences may end (outside brackets, not after abbreviations), another finds the openers; both are
linear. `find_list_lead` states which sentence a list belongs to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mutandis_tools.text.document import ListLead, SentenceKind

_PROVISO = re.compile(r"(?:provided,?\s+(?:that|however)|provided\s+(?:further|always),?\s+that)\b", re.IGNORECASE)
_HOWEVER = re.compile(r"However,\s")
_LATTER = re.compile(
    r"In\s+(?:any\s+|either\s+|all\s+)?(?:such|this|that|these|those)\s+(?:an?\s+)?(?:cases?|events?|instances?)\b"
)
_BOUNDARY = re.compile(
    r"[.;:,](?P<close>[\"”’')\]]{0,4})\s{1,200}(?=[\"“‘'(\[]{0,3}[A-Z])|[.;:,]\s{0,200}(?=[Pp]rovided,?\s)"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:etc|e\.g|i\.e|cf|vs|No|Nos|Art|Arts|Mr|Mrs|Ms|Dr|St|Inc|Co|Ltd|Corp|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|"
    r"Sept|Oct|Nov|Dec|[A-Z]))\.$"
)
_AFTER_ETC = re.compile(r"[\"“‘']?(?:In (?:such|this|these|that)|The |This |These |Where |When |If |However,|Provided)")
_OPENING = "([“"
_CLOSING = ")]”"

_ANNOUNCES = re.compile(
    r"\bas\s+follows\b|\b(?:the|any|each|either|one|all|both|none)\s+(?:of\s+)?(?:the\s+)?following\b"
    r"(?!\s+(?:(?:fiscal|calendar|school|business|academic|working)\s+)?(?:day|year|month|week|quarter|date|semester)s?\b)"
    r"|\b(?:listed|enumerated|specified|set\s+forth|prescribed|described|mentioned)\s+below\b|\bfollowing:$",
    re.IGNORECASE,
)


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
    for match in _BOUNDARY.finditer(text):
        at = match.end()
        if levels is not None and levels[at - 1]:
            continue
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
    if _PROVISO.match(text, at):
        # A small `provided that` after a comma is a condition inside the sentence, not a proviso.
        return sign != "," or text[at] == "P"
    if sign != ".":
        # `…: However, …` and `…; In such cases` occur; any other capital after a semicolon is no new sentence.
        return sign in ";:" and bool(_LATTER.match(text, at) or _HOWEVER.match(text, at))
    if before.endswith("etc.") or any(char in _CLOSING for char in match["close"] or ""):
        return bool(_AFTER_ETC.match(text, at))
    if _ABBREVIATION.search(before):
        return bool(_LATTER.match(text, at))
    return True


def _classify(text: str, start: int, end: int, *, first: bool) -> SentenceSpan:
    if _PROVISO.match(text, start, end):
        return SentenceSpan(SentenceKind.PROVISO, start, end)
    if not first and _HOWEVER.match(text, start, end):
        return SentenceSpan(SentenceKind.PROVISO, start, end, certain=False)
    if not first and _LATTER.match(text, start, end):
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
    return bool(_PROVISO.match(text) or _LATTER.match(text) or _HOWEVER.match(text))


def announces_list(text: str) -> bool:
    """True if a sentence's words announce a list (`any of the following`, `as follows`)."""
    return bool(_ANNOUNCES.search(text))


def find_list_lead(sentences: list[str]) -> ListLead:
    """Which of the sentences the list below belongs to, by the rule stated at `ListLead`."""
    if len(sentences) == 1:
        return ListLead(0, True, "the only sentence")
    announcing = [index for index, sentence in enumerate(sentences) if announces_list(sentence)]
    if len(announcing) == 1:
        return ListLead(announcing[0], True, "the only sentence that announces a list")
    if announcing:
        return ListLead(announcing[-1], False, "the last of several sentences that announce a list")
    return ListLead(len(sentences) - 1, False, "no sentence announces a list; the last one stands above it")
