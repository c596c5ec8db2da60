"""The grammar of divisions: `this Chapter`, `Chapters II and III`, `Section 2 of Chapter III`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mutandis_text.document import DivisionKind
from mutandis_text.lines.numbering import roman_value
from mutandis_text.references import english
from mutandis_text.references.syntax import DivisionName, Part
from mutandis_text.references.tokens import Token, TokenKind

_LONGEST_TITLE = 20
"""Tokens of a title printed behind a number."""
_MOST_NESTED = 5
"""A subsection of a section of a chapter of a part of a book."""


def read_divisions(tokens: Sequence[Token], at: int, depth: int = 0) -> tuple[tuple[DivisionName, ...], int] | None:
    """The divisions named from token `at` on, with the index behind them, or None."""
    relative = english.RELATIVES.get(tokens[at].lower) if at < len(tokens) else None
    noun = at + (relative is not None)
    kind = _kind(tokens, noun)
    if kind is None:
        return None
    if relative is not None and _read_number(tokens, noun + 1) is not None:
        # `Provided, That Chapter III`
        return None
    if relative is not None:
        names: tuple[DivisionName, ...] = (DivisionName(kind, Part(relative=relative)),)
        index = noun + 1
    else:
        numbered = _read_numbers(tokens, noun + 1, kind)
        if numbered is None:
            return None
        names, index = numbered
        index = _skip_title(tokens, index)
    inner = _read_inner(tokens, index, names, depth)
    if inner is not None:
        return inner
    if index + 1 < len(tokens) and tokens[index].lower in ("of", "in") and depth < _MOST_NESTED:
        outer = read_divisions(tokens, index + 1 + (tokens[index + 1].lower == "the"), depth + 1)
        if outer is not None and _DEPTH[outer[0][0].kind] < _DEPTH[kind]:
            names, index = tuple(replace(name, inside=outer[0][0]) for name in names), outer[1]
    return names, index


def _skip_title(tokens: Sequence[Token], at: int) -> int:
    """The index behind `Crimes of Arson`, the title printed behind a number, where the division is part of another."""
    bracket = at < len(tokens) and tokens[at].text == "("
    if at >= len(tokens) or not (bracket or (tokens[at].is_capitalised and _kind(tokens, at) is None)):
        return at
    for index in range(at + 1, min(at + _LONGEST_TITLE, len(tokens) - 1)):
        token = tokens[index]
        outer = index + 1 + (tokens[index + 1].lower == "the")
        behind = token.lower in ("of", "in") and (not bracket or tokens[index - 1].text == ")")
        if behind and _kind(tokens, outer) is not None and _read_number(tokens, outer + 1) is not None:
            return index
        if token.text in (".", ";", ":") or token.lower in english.VERBS:
            return at
    return at


def _read_inner(
    tokens: Sequence[Token], index: int, names: tuple[DivisionName, ...], depth: int
) -> tuple[tuple[DivisionName, ...], int] | None:
    """`Part II, Chapter I or II`: from the outer division to the inner ones."""
    at = index + (index < len(tokens) and tokens[index].text == ",")
    if len(names) != 1 or names[0].last is not None or depth >= _MOST_NESTED or _kind(tokens, at) is None:
        return None
    inner = read_divisions(tokens, at, depth + 1)
    if inner is None or _DEPTH[inner[0][0].kind] <= _DEPTH[names[0].kind] or inner[0][0].inside is not None:
        return None
    return tuple(replace(name, inside=names[0]) for name in inner[0]), inner[1]


_DEPTH = {kind: depth for depth, kind in enumerate(DivisionKind)}


def _kind(tokens: Sequence[Token], at: int) -> DivisionKind | None:
    if at >= len(tokens) or not tokens[at].is_capitalised:
        return None
    return english.DIVISIONS.get(tokens[at].lower)


def _read_numbers(tokens: Sequence[Token], at: int, kind: DivisionKind) -> tuple[tuple[DivisionName, ...], int] | None:
    first = _read_number(tokens, at)
    if first is None:
        return None
    number, index = first
    names = [DivisionName(kind, Part(number))]
    while index < len(tokens):
        step = index + (tokens[index].text == ",")
        word = tokens[step].lower if step < len(tokens) else ""
        ranging = word in english.RANGE and step == index
        step += word in ("and", "or") or ranging
        # The noun may come again (`Chapter II or Chapter III`).
        step += step > index and _kind(tokens, step) is kind
        following = _read_number(tokens, step) if step > index else None
        if following is None:
            break
        if ranging:
            names[-1] = replace(names[-1], last=Part(following[0]))
        else:
            names.append(DivisionName(kind, Part(following[0])))
        index = following[1]
    return tuple(names), index


def _read_number(tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
    """`3`, `3-2`, `III`, `III-2` as the document numbers divisions (`3`, `3-2`)."""
    if at >= len(tokens):
        return None
    token = tokens[at]
    if token.kind is TokenKind.NUMBER:
        return token.text, at + 1
    value = roman_value(token.text.lower()) if token.text.isupper() and not set(token.text) - set("IVXL") else None
    if value is None:
        return None
    if at + 2 < len(tokens) and tokens[at + 1].text == "-" and tokens[at + 2].kind is TokenKind.NUMBER:
        return f"{value}-{tokens[at + 2].text}", at + 3
    return str(value), at + 1
