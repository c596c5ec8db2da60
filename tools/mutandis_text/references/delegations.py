"""Reads what is left to another instrument: `prescribed by Presidential Decree`, `determined by the Minister`."""

from __future__ import annotations

from collections.abc import Sequence

from mutandis_text.references import english
from mutandis_text.references.syntax import Mention, MentionKind
from mutandis_text.references.tokens import Token, TokenKind, word_at

_AFFAIRS = 10
"""How many tokens behind a comma the name of a ministry may go on (`Food, Agriculture, Forestry and Fisheries`)."""

_QUOTED = 60
"""How many tokens back an opening quotation mark is looked for."""


def read_delegation(tokens: Sequence[Token], at: int) -> Mention | None:
    """`prescribed by Presidential Decree`, `determined by the Minister of Justice`, outside quotation marks.

    Also `prescribed in Presidential Decree`, `provided in Ordinance of the Ministry of Justice`.
    """
    named = word_at(tokens, at) in ("in", "of") and _names_instrument(tokens, at + 1)
    if word_at(tokens, at) != "by" and not named:
        return None
    back = next((b for b in (1, 2, 3) if word_at(tokens, at - b) in english.DELEGATING), 0)
    if word_at(tokens, at) == "of":
        # `pursuant to the provisions of Cabinet Order`
        back = 4 if [t.lower for t in tokens[max(at - 4, 0) : at]] == english.BY_PROVISIONS else 0
    if not back:
        return None
    if sum(t.kind is TokenKind.QUOTE and t.text in '"“”' for t in tokens[max(at - _QUOTED, 0) : at]) % 2:
        return None
    first = at + 1 + (word_at(tokens, at + 1) == "the")
    index = end = first
    while index < len(tokens):
        plain = ("ordinance", "municipal", "rule", "rules") if index == first else ("ordinance", "rule", "rules")
        if tokens[index].is_capitalised or word_at(tokens, index) in plain:
            end = index = index + 1
        elif (
            (word_at(tokens, index) in ("of", "the") and index > first)
            or _lists_affairs(tokens, first, index)
            or (word_at(tokens, index) in ("and", "for") and index > first and _ministry(tokens, first, index))
        ):
            index += 1
        else:
            break
    phrase = [t.text for t in tokens[first:end]]
    if not any(word.lower() in english.AUTHORITIES for word in phrase) or phrase[-1] in ("Article", "Articles"):
        return None
    return Mention(MentionKind.DELEGATION, at - (back == 1), end, words=" ".join(phrase))


def _lists_affairs(tokens: Sequence[Token], first: int, comma: int) -> bool:
    """True at the comma of `Ministry of Land, Infrastructure and Transport`: capitals go on up to an `and`."""
    if word_at(tokens, comma) != "," or not any(word_at(tokens, k) in english.MINISTRIES for k in range(first, comma)):
        return False
    for index in range(comma + 1, min(comma + _AFFAIRS, len(tokens) - 1)):
        if word_at(tokens, index) == "and":
            return index > comma + 1 and tokens[index + 1].is_capitalised and not _is_instrument(tokens[index + 1])
        if _is_instrument(tokens[index]) or not (tokens[index].is_capitalised or tokens[index].text == ","):
            return False
    return False


def _is_instrument(token: Token) -> bool:
    return token.lower in english.AUTHORITIES or token.lower in ("presidential", "prime", "ministry", "head")


def _names_instrument(tokens: Sequence[Token], at: int) -> bool:
    """True at the kind of instrument that something is left to, without an article: `Presidential Decree`."""
    return (word_at(tokens, at), word_at(tokens, at + 1)) in english.INSTRUMENTS


def _ministry(tokens: Sequence[Token], first: int, index: int) -> bool:
    """True if an `and` stands inside the name of a ministry (`Ministry of Science and Technology`)."""
    named = any(word_at(tokens, k) in english.MINISTRIES for k in range(first, index))
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    goes_on = following is not None and following.is_capitalised and not _is_instrument(following)
    return named and goes_on and word_at(tokens, index - 1) != "justice"
