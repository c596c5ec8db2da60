"""Recognises the names of laws in running text: `the Criminal Procedure Act`, `the Act on Probation, etc.`.

A name is built around a head word (Act, Decree, Regulations …): capitalised words with small joining words before it,
or, after `Act on`, behind it. `the Act`, `this Act`, `the same Act`, `the Enforcement Decree of the same Act` are names
too, told apart by `LawNameKind`; what they stand for is for the resolution to say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from mutandis_text.references import english
from mutandis_text.references.syntax import LawName, LawNameKind
from mutandis_text.references.tokens import Token, TokenKind, word_at

_CENTURIES = ("15", "16", "17", "18", "19", "20")

_MOST_JOINED = 7
"""Words that may stand between `Regulation and` and the head of the name."""


def slug_law(name: str) -> str:
    """The id of a law outside the rulebook, after `ext:`.

    >>> slug_law("Act on Probation, etc.")
    'act-on-probation-etc'
    """
    return re.sub(r"[^a-z0-9]+", "-", name.lower().replace("'", "").replace("’", "")).strip("-")


def find_law_names(text: str, tokens: Sequence[Token]) -> tuple[LawName, ...]:
    """Every name of a law in the text, left to right, none inside another."""
    found: list[LawName] = []
    index = 0
    while index < len(tokens):
        numbered = _read_numbered(text, tokens, index)
        if numbered is not None:
            found.append(numbered)
            index = numbered.last
            continue
        if not _is_head(tokens, index):
            index += 1
            continue
        floor = found[-1].last if found else 0
        name = _read_name(text, tokens, index, floor)
        if name is None:
            index += 1
            continue
        if found and found[-1].last > name.first:
            found.pop()
        found.append(name)
        index = max(name.last, index + 1)
    return tuple(found)


def _read_numbered(text: str, tokens: Sequence[Token], at: int) -> LawName | None:
    """`Regulation (EU) No 1169/2011`, `Directive 2001/110/EC`: named by a number alone."""
    if tokens[at].text not in english.NUMBERED_LAWS:
        return None
    if word_at(tokens, at - 1) in ("that", "same", "said"):
        first = at - 1 - (word_at(tokens, at - 2) == "the")
        return LawName(LawNameKind.SAME, tokens[at].text, first, at + 1)
    step = at + 1
    if word_at(tokens, step) == "(":
        step = next((k + 1 for k in range(step, min(step + 6, len(tokens))) if tokens[k].text == ")"), step)
    step += word_at(tokens, step) == "no"
    step += word_at(tokens, step) == "."
    shape = tokens[step : step + 3]
    if [token.kind for token in shape[::2]] != [TokenKind.NUMBER] * 2 or shape[1].text != "/":
        return None
    last = step + 3
    if word_at(tokens, last) == "/" and last + 1 < len(tokens) and tokens[last + 1].text.isupper():
        last += 2
    first = at - (word_at(tokens, at - 1) == "the")
    return LawName(LawNameKind.NAMED, _printed(text, tokens, at, last), first, last)


def _is_year(token: Token) -> bool:
    """True for the year behind the name of an Act (`the Water Act 1945`)."""
    return token.kind is TokenKind.NUMBER and len(token.text) == 4 and token.text[:2] in _CENTURIES


def _is_head(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    if not token.is_capitalised or token.lower not in english.HEADS:
        return False
    following = tokens[index + 1].lower if index + 1 < len(tokens) else ""
    # `Act No. 16345` names an instrument, `Presidential Decree` a kind of instrument.
    if token.lower == "code" and following == "of":
        return False
    if _names_on(tokens, index):
        return False
    if token.lower in english.TREATIES and index + 1 < len(tokens) and tokens[index + 1].is_capitalised:
        return False  # `the Convention Center`, `the Chemical Weapons Convention Implementation Act`
    return following not in ("no", "nos") and not (index > 0 and tokens[index - 1].lower == "presidential")


def _names_on(tokens: Sequence[Token], index: int) -> bool:
    """True for the `Regulation` of `the Land Use Regulation Act`: the head of the name comes right behind."""
    head = index + 1
    if head < len(tokens) and tokens[head].lower == "and" and tokens[index].lower == "regulation":
        # `the Land Regulation and Fair Use Act`
        head += 1
        while (
            head < min(index + _MOST_JOINED, len(tokens))
            and tokens[head].is_capitalised
            and not _is_law_head(tokens[head])
        ):
            head += 1
    return head < len(tokens) and tokens[head].is_capitalised and _is_law_head(tokens[head])


def _is_law_head(token: Token) -> bool:
    return token.lower in ("act", "code", "law")


def _read_name(text: str, tokens: Sequence[Token], head: int, floor: int) -> LawName | None:
    first = _extend_left(tokens, head, floor)
    last = head + 1
    before = tokens[first - 1].lower if first > 0 else ""
    of_law: LawName | None = None
    if tokens[head].lower in english.ENFORCING and first < head and tokens[head - 1].lower == "enforcement":
        of_law = _read_decree_of(text, tokens, last)
        if last < len(tokens) and tokens[last].lower in ("thereof", "thereunder"):
            of_law = LawName(LawNameKind.SAME, "Act", last, last + 1)
        if of_law is not None:
            last = of_law.last
    elif tokens[head].lower != "constitution" and before not in english.RELATIVE:
        last = _extend_right(tokens, last)
    bare = " ".join(t.lower for t in tokens[first:last]) in (*english.HEADS, "enforcement decree")
    if bare:
        return _read_bare(tokens, first, last, before)
    if before in english.RELATIVE and of_law is None and last == head + 1:
        # `this Enforcement Decree`, `the same Special Act`: by its head only.
        return _read_bare(tokens, head, last, before, first)
    if tokens[head].lower == "ordinance" and (last == head + 1 or tokens[head + 1].lower == "of"):
        return None  # an ordinance of a ministry is a kind of instrument: a delegation
    common = tokens[head].lower in ("rules", "rule", "regulations", "regulation", "statute") and last == head + 1
    if common and (first == head or before not in ("the", "of", "under", "by", "and", "or", "to")):
        return None
    dated = tokens[head].lower in english.DATED and last == head + 1 and last < len(tokens)
    last += dated and _is_year(tokens[last])
    name = _printed(text, tokens, first, last)
    start = first - 1 if before == "the" else first
    return LawName(
        LawNameKind.NAMED, name, start, last, of_law if of_law and of_law.kind is not LawNameKind.NAMED else None
    )


def _read_decree_of(text: str, tokens: Sequence[Token], at: int) -> LawName | None:
    if at + 2 >= len(tokens) or tokens[at].lower != "of":
        return None
    for head in range(at + 1, min(at + 30, len(tokens))):
        if not _is_head(tokens, head):
            continue
        # A decree of a decree of a law does not exist; looking one level down keeps the reading linear.
        inner = _read_name(text, tokens, head, at + 1) if tokens[head].lower != "decree" else None
        if inner is not None and inner.first <= at + 2:
            return inner
        return None
    return None


def _read_bare(tokens: Sequence[Token], first: int, last: int, before: str, start: int | None = None) -> LawName | None:
    begin = (first if start is None else start) - 1
    head = tokens[last - 1].text
    if before in english.RELATIVE:
        kind = LawNameKind.OWN if english.RELATIVE[before] == "this" else LawNameKind.SAME
        begin -= begin > 0 and tokens[begin - 1].lower == "the"
        return LawName(kind, head, begin, last)
    if before == "the" and head.lower() in ("act", "decree", "law", "code", *english.TREATIES):
        return LawName(LawNameKind.PLAIN, head, begin, last)
    if head.lower() == "constitution":
        return LawName(LawNameKind.NAMED, "Constitution", begin + (before != "the"), last)
    return None


def _extend_left(tokens: Sequence[Token], head: int, floor: int) -> int:
    first = index = head
    while index > floor:
        index -= 1
        token = tokens[index]
        part = token.lower not in english.HEADS - english.TREATIES or _names_on(tokens, index)
        if token.is_capitalised and not _stands_apart(tokens, index) and part:
            # A capital at the start of the sentence belongs to it only if it is not a small word (`Under …`).
            if token.lower in english.JOINS or (index == 0 and token.lower in ("under", "pursuant", "as", "except")):
                break
            first = index
        elif token.lower in ("of", "and", "on", "for", "in", "etc", "to", "or", "against") or token.text in (",", "."):
            if token.text == "." and not (index > 0 and tokens[index - 1].lower == "etc"):
                break
            if token.text == "," and tokens[index + 1].lower != "etc" and not _closes_list(tokens, index, head):
                break
            continue
        else:
            break
    return first


def _stands_apart(tokens: Sequence[Token], index: int) -> bool:
    """True for a word that is no part of a name; `Presidential` is one, but not of `Presidential Decree`."""
    if tokens[index].lower == "presidential" and index + 1 < len(tokens):
        return tokens[index + 1].lower in ("decree", "decrees")
    return tokens[index].lower in english.NO_PART


def _closes_list(tokens: Sequence[Token], comma: int, head: int) -> bool:
    """True if words after the comma run on to the head as a list (`A, B and C Act`)."""
    between = tokens[comma + 1 : head]
    plain = all(t.is_capitalised or t.lower in ("and", "or") or t.text == "," for t in between)
    return plain and any(t.lower in ("and", "or") for t in between)


def _extend_right(tokens: Sequence[Token], last: int) -> int:
    """Over `on the … of … and …` after the head word, as far as capitalised words go."""
    start = last
    if last + 1 < len(tokens) and tokens[last].lower in english.OPENING_TO and tokens[last + 1].lower == "to":
        last += 1  # `the Convention relating to the …`
    if last + 1 >= len(tokens) or tokens[last].lower not in english.OPENING:
        return start
    if not (tokens[last + 1].is_capitalised or (tokens[last + 1].lower == "the" and last + 2 < len(tokens))):
        return start
    index, end = last + (tokens[last].lower not in english.JOINS), start
    while index < len(tokens):
        token = tokens[index]
        if token.is_capitalised and not _stands_apart(tokens, index):
            end = index = index + 1
            continue
        if token.lower == "etc" and index > last:
            end = index = index + 1
            if index < len(tokens) and tokens[index].text == ".":
                end = index = index + 1
            continue
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        if following is None:
            break
        if token.lower in english.JOINS:
            # `… Act on A and the Review Commission`: a new noun phrase, not part of the name.
            if token.lower in ("and", "or") and following.lower == "the" and _names_body(tokens, index + 2):
                break
            if following.is_capitalised and following.lower in english.NO_PART:
                break
            if not following.is_capitalised and following.lower not in english.JOINS:
                break
            index += 1
            continue
        if token.text == "," and (following.lower == "etc" or _lists_on(tokens, index)):
            index += 1
            continue
        break
    return end


def _names_body(tokens: Sequence[Token], at: int) -> bool:
    """True if a phrase of capitalised words ends in an authority (`Review Commission`) or a law, or there is none."""
    index = at
    while index < len(tokens) and tokens[index].is_capitalised:
        index += 1
    return (
        index == at or tokens[at].lower in english.NO_PART or tokens[index - 1].lower in english.BODIES | english.HEADS
    )


def _lists_on(tokens: Sequence[Token], comma: int) -> bool:
    index = comma + 1
    while index < len(tokens):
        token = tokens[index]
        if (
            token.is_capitalised and token.lower not in english.NO_PART and token.lower not in english.HEADS
        ) or token.text == ",":
            index += 1
        elif token.lower in ("and", "or"):
            following = tokens[index + 1] if index + 1 < len(tokens) else None
            return (
                following is not None
                and following.is_capitalised
                and following.lower not in english.NO_PART | english.HEADS
            )
        else:
            return False
    return False


def _printed(text: str, tokens: Sequence[Token], first: int, last: int) -> str:
    assert all(t.kind is not TokenKind.QUOTE for t in tokens[first:last])
    return re.sub(r"\s+", " ", text[tokens[first].start : tokens[last - 1].end])
