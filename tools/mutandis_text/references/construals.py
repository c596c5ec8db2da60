"""Reads a construal clause: `"A" and "B" shall be construed as "C", "D" as "E", respectively`.

Quoted phrases on either side of each `as` (or of a bare `deemed`); a list between two `as` is split where a comma ends
the first pair. Two lists of equal length with `respectively` go pairwise, otherwise every source becomes every target.
"""

from __future__ import annotations

from collections.abc import Sequence

from mutandis.dataclass import dataclass
from mutandis_text.references import english
from mutandis_text.references.tokens import Token, TokenKind, cut_tokens, trim_phrase


@dataclass(frozen=True, slots=True)
class ConstrualPair:
    """What is read as what: phrases of the text; several targets mean either of them."""

    sources: tuple[str, ...]
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Phrase:
    words: str
    first: int
    last: int


def reads_as_construal(text: str) -> bool:
    """True if a sentence holds quoted phrases that shall be construed as others."""
    return bool(read_construals(text))


def read_construals(text: str) -> tuple[ConstrualPair, ...]:
    """The pairs a sentence states, in order; none where it states none.

    >>> read_construals('"head of a probation office" shall be construed as "Agency."')
    (ConstrualPair(sources=('head of a probation office',), targets=('Agency',)),)
    """
    tokens = cut_tokens(text)
    if not any(t.lower in english.CONSTRUED for t in tokens):
        return ()
    phrases = _find_phrases(text, tokens)
    # Runs of phrases between one `as` and the next; the first run stands before the first `as`.
    runs: list[list[_Phrase]] = [[]]
    for before, phrase in zip([None, *phrases], phrases, strict=False):
        between = tokens[before.last : phrase.first] if before else ()
        if runs[-1] and any(t.lower in english.CONSTRUED_AS for t in between):
            runs.append([])
        runs[-1].append(phrase)
    if len(runs) < 2 or not runs[0]:
        return ()
    respectively = any(t.lower == "respectively" for t in tokens)
    pairs: list[ConstrualPair] = []
    sources = runs[0]
    for number, run in enumerate(runs[1:], 1):
        split = len(run) if number == len(runs) - 1 else _split_run(tokens, run)
        pairs.extend(_pair(sources, run[:split], respectively))
        sources = run[split:]
    return tuple(pairs)


def _pair(sources: list[_Phrase], targets: list[_Phrase], respectively: bool) -> list[ConstrualPair]:
    if respectively and len(sources) == len(targets) > 1:
        return [ConstrualPair((s.words,), (t.words,)) for s, t in zip(sources, targets, strict=True)]
    return [ConstrualPair(tuple(s.words for s in sources), tuple(t.words for t in targets))]


def _split_run(tokens: Sequence[Token], run: list[_Phrase]) -> int:
    for index in range(1, len(run)):
        if any(t.text in (",", ";") for t in tokens[run[index - 1].last : run[index].first]):
            return index
        # American typography puts the comma inside the quotation: `"B," "C" as "D"`.
        if tokens[run[index - 1].last - 2].text in (",", ";"):
            return index
    return 1


def _find_phrases(text: str, tokens: Sequence[Token]) -> list[_Phrase]:
    phrases: list[_Phrase] = []
    opened: int | None = None
    for index, token in enumerate(tokens):
        if token.kind is not TokenKind.QUOTE or token.text in "'‘’":
            continue
        if opened is None or token.text == "“":
            opened = index
            continue
        phrases.append(_Phrase(trim_phrase(text[tokens[opened].end : token.start]), opened, index + 1))
        opened = None
    return phrases
