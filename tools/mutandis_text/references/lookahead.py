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
