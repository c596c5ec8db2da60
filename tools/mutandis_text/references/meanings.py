"""Finds definitions in a sentence: `The term "ferry" means …`, `"Day" in paragraph (1) means …`.

The definition goes over the words that name the term; where another mention stands in them, over the verb alone, so
that mentions never overlap. A term explained for one provision (`care under Article 5 means …`) has that provision as
its scope, any other that of the sentence (`for the purposes of this Chapter`), which may be none: the whole law.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from mutandis_text.references import english
from mutandis_text.references.syntax import Mention, MentionKind, Relative
from mutandis_text.references.tokens import Token, TokenKind, trim_phrase, word_at

_LONGEST_TERM = 24
"""Tokens between the start of a sentence and the provision that uses its term."""


def find_meanings(text: str, tokens: Sequence[Token], mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions with the definitions among them, left to right."""
    found: list[Mention] = []
    ends = {mention.last: mention for mention in mentions if mention.kind is MentionKind.PROVISION}
    firsts = [mention.first for mention in mentions]
    quoted = False
    for index, token in enumerate(tokens):
        if token.kind is TokenKind.QUOTE and token.text in '"“”':
            quoted = not quoted
        elif not quoted and _defines(tokens, index) and not _announces(tokens, index):
            meaning = _read_meaning(text, tokens, index, ends)
            if meaning is not None:
                if meaning.targets == () and meaning.divisions == ():
                    meaning = _with_scope(meaning, tokens, mentions[: bisect_left(firsts, index)])
                found.append(_keep_apart(meaning, index, mentions, firsts))
    return tuple(sorted((*mentions, *found), key=lambda mention: mention.first)) if found else tuple(mentions)


def _defines(tokens: Sequence[Token], at: int) -> bool:
    """True at `means`; behind a term in quotation marks at `refers to`, and at `is a` where it opens the sentence."""
    word, behind = tokens[at].lower, tokens[at + 1].lower if at + 1 < len(tokens) else ""
    if word in ("means", "mean"):
        return True
    if tokens[0].kind is TokenKind.QUOTE and behind in ("to", "the", "any") and _is_used(tokens, at):
        # `"Crimes" referred to in Article 2 are the following`
        following = tokens[at + 2].lower if at + 2 < len(tokens) else ""
        return word in ("refers", "refer") or (word in ("is", "are") and following in ("following", "of"))
    if (
        tokens[0].kind is TokenKind.QUOTE
        and word in ("has", "have")
        and behind in ("the", "same")
        and word_at(tokens, at + 2) in ("meaning", "meanings")
    ):
        return True
    if at == 0 or tokens[at - 1].kind is not TokenKind.QUOTE:
        return False
    if word in ("refers", "refer"):
        return behind == "to"
    opens = tokens[0].kind is TokenKind.QUOTE and all(t.kind is not TokenKind.QUOTE for t in tokens[1 : at - 1])
    if word in ("includes", "include") and opens:
        return True
    return word in ("is", "are") and behind in ("a", "an", "any") and opens


def _is_used(tokens: Sequence[Token], verb: int) -> bool:
    """True if the words before the verb are a term in quotation marks and the provision that uses it."""
    close = [at for at, token in enumerate(tokens[:verb]) if token.kind is TokenKind.QUOTE]
    behind = tokens[close[-1] + 1].lower if len(close) == 2 and close[-1] + 1 < verb else ""
    return behind in english.USES


def _announces(tokens: Sequence[Token], verb: int) -> bool:
    """True for `The terms used in this Act mean as follows`: the list below defines, not this sentence."""
    behind = " ".join(token.lower for token in tokens[verb + 1 : verb + 3])
    return behind in ("as follows", "the following") and all(t.kind is not TokenKind.QUOTE for t in tokens[:verb])


def _read_meaning(text: str, tokens: Sequence[Token], verb: int, ends: dict[int, Mention]) -> Mention | None:
    end = verb - (verb > 0 and tokens[verb - 1].lower in (",", "shall", "thereof"))
    place = ends.get(end) or ends.get(_before_bracket(tokens, end))
    if place is not None:
        left = place.first
        while left > 0 and tokens[left - 1].lower in english.USES:
            left -= 1
        if left == place.first:
            return None
        terms, first = _quoted_terms(text, tokens, left)
        if not terms:
            terms, first = _subject(text, tokens, left)
        if not terms:
            return None
        words = ", ".join(terms)
        return Mention(
            MentionKind.DEFINITION, first, left, place.targets, place.law, place.former, words=words, terms=terms
        )
    bracket = _before_bracket(tokens, end)
    if bracket < end and tokens[bracket - 1].kind is TokenKind.QUOTE:
        end = bracket  # `The term "lamp of the sea" (hereinafter referred to as "lamp") means`
    terms, first = _quoted_terms(text, tokens, end - 3 if _used_in_this(tokens, end) else _before_use(tokens, end))
    if not terms and tokens[0].kind is TokenKind.QUOTE and tokens[verb - 1].text == ",":
        terms, first = _term_in_relation(text, tokens, verb)
    if not terms and tokens[verb - 1].text == ",":
        terms, first = _term_before_clause(text, tokens, verb - 1)
    if not terms:
        terms, first = _named_term(text, tokens, end)
    if not terms:
        return None
    return Mention(MentionKind.DEFINITION, first, verb + 1, words=", ".join(terms), terms=terms)


def _before_bracket(tokens: Sequence[Token], end: int) -> int:
    """Where `(hereinafter referred to as the “Act”)` opens that ends here; `end` where none does."""
    depth = 0
    for index in range(end - 1, max(end - _LONGEST_TERM, -1), -1):
        depth += (tokens[index].text == ")") - (tokens[index].text == "(")
        if depth == 0:
            return index if index < end - 1 else end
    return end


def _used_in_this(tokens: Sequence[Token], end: int) -> bool:
    """True for `"quay" in this Act means`: where the term is used stands behind it."""
    if end < 4 or tokens[end - 4].kind is not TokenKind.QUOTE:
        return False
    return tokens[end - 3].lower == "in" and tokens[end - 2].lower == "this" and tokens[end - 1].is_capitalised


def _before_use(tokens: Sequence[Token], end: int) -> int:
    """Where `as used in this Chapter and the next` opens behind a quoted term that ends here; `end` where none does."""
    said = range(end - 1, max(end - _LONGEST_TERM, 0), -1)
    use = next((at for at in said if [tokens[at].lower, word_at(tokens, at + 1)] == ["as", "used"]), end)
    return use if tokens[use - 1].kind is TokenKind.QUOTE else end


def _quoted_terms(text: str, tokens: Sequence[Token], end: int) -> tuple[tuple[str, ...], int]:
    """The quoted terms that end right before `end` (`"landing" and "quay"`), and where the first one opens."""
    terms: list[str] = []
    first = close = end
    while close > 1 and tokens[close - 1].kind is TokenKind.QUOTE:
        opening = close - 2
        while opening >= 0 and tokens[opening].kind is not TokenKind.QUOTE and close - opening < _LONGEST_TERM:
            opening -= 1
        if opening < 0 or tokens[opening].kind is not TokenKind.QUOTE:
            break
        terms.insert(0, trim_phrase(text[tokens[opening].end : tokens[close - 1].start]))
        first = close = opening
        while close > 0 and tokens[close - 1].lower in (",", "and", "or"):
            close -= 1
    if terms and first > 0 and tokens[first - 1].lower in english.TERM_NOUNS:
        first -= 1
    return tuple(term for term in terms if term), first


def _term_in_relation(text: str, tokens: Sequence[Token], verb: int) -> tuple[tuple[str, ...], int]:
    """`"owner", in relation to a mooring, means`: the term that opens the sentence."""
    close = next((at for at in range(2, min(verb, _LONGEST_TERM)) if tokens[at].kind is TokenKind.QUOTE), verb)
    behind = [word_at(tokens, close + step) for step in range(1, 5)]
    return _quoted_terms(text, tokens, close + 1) if behind == [",", "in", "relation", "to"] else ((), verb)


def _term_before_clause(text: str, tokens: Sequence[Token], end: int) -> tuple[tuple[str, ...], int]:
    """`The expression "quay" in this Act, which stands for a place, means`: the term that opens the sentence."""
    at = next((at for at in range(min(end, 4)) if tokens[at].lower in english.TERM_NOUNS), None)
    if at is None or tokens[at + 1].kind is not TokenKind.QUOTE:
        return (), end
    closing = range(at + 2, min(at + 2 + _LONGEST_TERM, end))
    close = next((index for index in closing if tokens[index].kind is TokenKind.QUOTE), end)
    behind = [token.lower for token in tokens[close + 1 : close + 6]]
    clause = any(one == "," and word in ("which", "that", "who") for one, word in pairwise(behind))
    return _quoted_terms(text, tokens, close + 1) if clause else ((), end)


def _named_term(text: str, tokens: Sequence[Token], end: int) -> tuple[tuple[str, ...], int]:
    """`The term ferryman means`: the words behind the noun, without quotation marks."""
    for index in range(end - 1, max(end - _LONGEST_TERM, -1), -1):
        word = tokens[index].lower
        if word in english.VERBS or tokens[index].text in (".", ";"):
            break
        if word in english.TERM_NOUNS and index + 1 < end:
            return (_printed(text, tokens, index + 1, end),), index
    return (), end


def _subject(text: str, tokens: Sequence[Token], end: int) -> tuple[tuple[str, ...], int]:
    """The words from the start of the sentence, without quotation marks: a short noun phrase."""
    if not 0 < end <= _LONGEST_TERM or any(token.lower in english.VERBS for token in tokens[:end]):
        return (), end
    first = 1 if end > 1 and tokens[0].lower in ("a", "an", "the") else 0
    return (_printed(text, tokens, first, end),), 0


def _printed(text: str, tokens: Sequence[Token], first: int, last: int) -> str:
    return re.sub(r"\s+", " ", text[tokens[first].start : tokens[last - 1].end]).strip(" ,")


def _with_scope(meaning: Mention, tokens: Sequence[Token], before: Sequence[Mention]) -> Mention:
    """`for the purposes of this Chapter`, `as used in this Article` in the same sentence."""
    for mention in before:
        if mention.first > 0 and tokens[mention.first - 1].lower not in ("in", "of", "under"):
            continue
        names = tuple(name for name in mention.divisions if name.part.relative is Relative.THIS)
        places = tuple(
            target
            for target in mention.targets
            if target.first.parts and target.first.parts[0][1].relative is Relative.THIS
        )
        if names or places:
            return replace(meaning, targets=places, divisions=names)
    return meaning


def _keep_apart(meaning: Mention, verb: int, mentions: Sequence[Mention], firsts: Sequence[int]) -> Mention:
    at = bisect_left(firsts, meaning.last) - 1
    if at < 0 or mentions[at].last <= meaning.first:
        return meaning
    return replace(meaning, first=verb, last=verb + 1)
