"""What tokens show from where they stand: a level, a count, the opening of an article or of a clause."""

from __future__ import annotations

from collections.abc import Sequence

from mutandis_text.references import english
from mutandis_text.references.syntax import Level
from mutandis_text.references.tokens import Token, TokenKind, word_at


def noun_level(token: Token) -> Level | None:
    """The level a noun names; `article` and `clause` only with a capital (the small words are things)."""
    if token.kind is not TokenKind.WORD:
        return None
    level = english.NOUNS.get(token.lower)
    thing = level is Level.ARTICLE or token.lower in ("clause", "clauses")
    return None if thing and not token.is_capitalised else level


def numbered_level(tokens: Sequence[Token], at: int) -> Level | None:
    """The level of a noun that a number follows; some are one only before it (`subsection (1)`, `point (b)`)."""
    level = noun_level(tokens[at])
    said = english.NUMBERED.get(tokens[at].lower) if level is None and at + 1 < len(tokens) else None
    if said is None:
        return level
    number = tokens[at + 1]
    if said is Level.ITEM and number.text[:1].isdigit() and not is_count(tokens, at + 1, at + 2):
        # `point (1)`; `Annex II, point 3`
        placed = number.kind is TokenKind.BRACKET or (at > 1 and tokens[at - 2].text[:1].isupper())
        return Level.SUBPARAGRAPH if placed else None
    if said is Level.SUBPARAGRAPH:
        beside = at > 0 and (tokens[at - 1].kind in (TokenKind.NUMBER, TokenKind.BRACKET))
        opened = number.kind is TokenKind.NUMBER and (beside or word_at(tokens, at - 1) in english.BEFORE_NUMBER)
        return said if opened and tokens[at].kind is TokenKind.WORD and not is_count(tokens, at + 1, at + 2) else None
    fits = number.kind is TokenKind.BRACKET and number.text[:1].isdigit() == (said is Level.PARAGRAPH)
    return said if fits else None


def opens_article(tokens: Sequence[Token], at: int) -> bool:
    """True at the number of `317 (2)`, `356 subparagraph 6`: what stands behind is part of an article."""
    behind = tokens[at + 1] if at + 1 < len(tokens) else None
    if behind is None:
        return False
    return (behind.kind is TokenKind.BRACKET and behind.text[:1].isdigit()) or noun_level(behind) is Level.SUBPARAGRAPH


def is_subitem(tokens: Sequence[Token], at: int) -> bool:
    """True at the `1` of `item (a) 1)`."""
    return at < len(tokens) and tokens[at].kind is TokenKind.NUMBER and word_at(tokens, at + 1) == ")"


def opens_clause(tokens: Sequence[Token], at: int) -> bool:
    """True at a verb or at `of` before a place; not at `of the Salt Act`, which goes on with what stands before."""
    if word_at(tokens, at) != "of":
        return word_at(tokens, at) in english.VERBS
    name = at + 1 + (word_at(tokens, at + 1) in ("the", "this"))
    return not (name < len(tokens) and tokens[name].is_capitalised and noun_level(tokens[name]) is None)


def is_count(tokens: Sequence[Token], at: int, after: int) -> bool:
    """True for `3 persons` behind a place: a number that counts something."""
    if at >= len(tokens) or tokens[at].kind is not TokenKind.NUMBER:
        return False
    following = word_at(tokens, after)
    return (
        following in english.COUNTED
        or following in ("%", "/")
        or (following == "or" and word_at(tokens, after + 1) in ("more", "less"))
    )


def points_back(tokens: Sequence[Token], noun: int, level: Level) -> bool:
    """True for `that paragraph`; not for `provided that paragraph (1) applies` and `such item` of goods."""
    numbered = noun + 1 < len(tokens) and tokens[noun + 1].kind in (TokenKind.NUMBER, TokenKind.BRACKET)
    return level <= Level.SUBPARAGRAPH and not numbered


def plural_below(tokens: Sequence[Token], index: int) -> Level | None:
    """`Article 8, paragraphs 1` before an index: the level that further numbers without brackets have."""
    noun, number = tokens[index - 2], tokens[index - 1]
    level = noun_level(noun) if number.kind is TokenKind.NUMBER and noun.lower.endswith("s") else None
    return level if level is Level.PARAGRAPH else None


def announces_list(tokens: Sequence[Token], at: int) -> int | None:
    """The index behind `the following subparagraphs` (which points at the list below), or None."""
    level = noun_level(tokens[at + 1]) if at + 1 < len(tokens) else None
    numbered = at + 2 < len(tokens) and tokens[at + 2].kind in (TokenKind.NUMBER, TokenKind.BRACKET)
    if level is None or numbered:
        return None  # `the following items (a) through (c)`: the numbers say which.
    if tokens[at].lower in english.OF_EACH:
        return at + 2 if level is Level.SUBPARAGRAPH and word_at(tokens, at + 2) not in ("of", "in") else None
    return at + 2 if tokens[at].lower == "following" and tokens[at + 1].lower.endswith("s") else None
