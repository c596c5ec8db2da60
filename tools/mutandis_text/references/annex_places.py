"""Reads attached tables and forms with their entries: `attached Table 1, subparagraph 2 (a) or (c)`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mutandis_text.lines.numbering import roman_value
from mutandis_text.references import english
from mutandis_text.references.lookahead import is_count, numbered_level, opens_clause
from mutandis_text.references.syntax import Level, Part, Place, Read, Target
from mutandis_text.references.tokens import Token, TokenKind, word_at

Descend = Callable[[Sequence[Token], int, Place, Level], tuple[Place, int]]
"""Reads the lower levels printed right behind a place of some level."""


def read_annex(tokens: Sequence[Token], at: int, descend: Descend) -> Read | None:
    """`attached Table 1`, `the attached Form`, `attached Tables 1 and 2`, `Table 3`: in the place of an article."""
    attached = word_at(tokens, at) in english.ATTACHED
    noun = at + attached
    kind = english.ANNEXES.get(word_at(tokens, noun))
    if kind is None or not (attached or tokens[noun].is_capitalised):
        return None
    index = _skip_no(tokens, noun + 1)
    numbered = index < len(tokens) and (tokens[index].kind is TokenKind.NUMBER or _is_roman(tokens, noun, index))
    if not numbered:
        whole = Place(((Level.ARTICLE, Part(kind)),))
        return ((Target(whole),), noun + 1) if attached else None
    place, index = _read_item(tokens, index, kind, descend)
    targets = [Target(place)]
    one, closed = tokens[noun].lower == kind, 0
    while True:
        comma = word_at(tokens, index) == ","
        word = word_at(tokens, index + comma)
        ranging = word in english.RANGE and not comma
        if word in ("and", "or") or ranging:
            step = _skip_no(tokens, index + comma + 1)
        elif comma:
            # Looked for once: up to where the list closes each of its commas goes on with it.
            closed = closed if index < closed else _find_close(tokens, index, place if one else None, kind, descend)
            if index >= closed:
                break
            step = index + 1
        else:
            break
        following = _read_entry(tokens, step, place, descend) if one else None
        if following is None and step < len(tokens) and tokens[step].kind is TokenKind.NUMBER:
            following = None if is_count(tokens, step, step + 1) else _read_item(tokens, step, kind, descend)
        if following is None:
            break
        place, index = following
        if ranging:
            targets[-1] = Target(targets[-1].first, place)
        else:
            targets.append(Target(place))
    return tuple(targets), index


def _find_close(tokens: Sequence[Token], at: int, before: Place | None, kind: str, descend: Descend) -> int:
    """Where the `or` of `subparagraph 2, 2-2 or 3` stands, from one of its commas on; 0 where the list has none."""
    while word_at(tokens, at) == ",":
        step = at + 1
        if step >= len(tokens) or is_count(tokens, step, step + 1):
            return 0
        following = _read_entry(tokens, step, before, descend) if before is not None else None
        if following is None and tokens[step].kind is TokenKind.NUMBER:
            following = _read_item(tokens, step, kind, descend)
        if following is None:
            return 0
        at = following[1]
    return at if word_at(tokens, at) in english.JOINTS else 0


def _is_roman(tokens: Sequence[Token], noun: int, at: int) -> bool:
    """True for the `II` of `Annex II`, `Schedule IV`."""
    said = tokens[at].text
    return tokens[noun].is_capitalised and said.isupper() and roman_value(said.lower()) is not None


def _skip_no(tokens: Sequence[Token], at: int) -> int:
    return at + 2 if word_at(tokens, at) == "no" and word_at(tokens, at + 1) == "." else at


def _read_item(tokens: Sequence[Token], at: int, kind: str, descend: Descend) -> tuple[Place, int]:
    """The annex of a number, with the entry that is named behind it."""
    place = Place(((Level.ARTICLE, Part(f"{kind}-{tokens[at].lower}")),))
    comma = word_at(tokens, at + 1) == ","
    noun = at + 1 + comma
    level = numbered_level(tokens, noun) if noun + 1 < len(tokens) else None
    if level is None or level is Level.ARTICLE or tokens[noun + 1].kind not in (TokenKind.NUMBER, TokenKind.BRACKET):
        return place, at + 1
    if comma and opens_clause(tokens, noun + 2):
        return place, at + 1
    return descend(tokens, noun + 2, place.with_part(level, Part(tokens[noun + 1].text)), level)


def _read_entry(tokens: Sequence[Token], at: int, before: Place, descend: Descend) -> tuple[Place, int] | None:
    """`subparagraph 2 or 3 (a)`, `2 (a) and (c)`: a further entry of the one annex that is named."""
    if at >= len(tokens) or len(before.parts) == 1 or is_count(tokens, at, at + 1):
        return None
    token = tokens[at]
    letter = token.kind is TokenKind.BRACKET and not token.text[:1].isdigit()
    level = before.deepest if letter else before.parts[1][0]
    if level is None or (letter and level is not Level.ITEM) or not (letter or token.kind is TokenKind.NUMBER):
        return None
    return descend(tokens, at + 1, before.with_part(level, Part(token.text)), level)
