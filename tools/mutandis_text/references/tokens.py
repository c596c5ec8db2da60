"""Splits the wording of a sentence into the tokens that references are made of.

Every token keeps its offsets in the text it was cut from. Numbers keep their branches (`16-2`), a number or letter in
brackets is one token (`(1)`, `(a)`, `(iv)`), everything else is a word or a sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum

from mutandis.dataclass import dataclass
from mutandis_text.lines.english import ORDINALS
from mutandis_text.lines.numbering import read_branch, read_sign

_DEFINES = r",?\s+(?:means?|includes?|refers?\s+to|ha(?:s|ve)\s+the\s+meanings?)\b"
"""What stands behind the closing mark of a term that is given its meaning, where a plain apostrophe closes it."""
_IN_ROW = rf"(?:{'|'.join(ORDINALS)})"
IN_ROW = "°"
"""Behind the number of a paragraph told by its place (`the second paragraph`), which may be printed without one."""
_UNNUMBERED = rf"(?:{'|'.join(ORDINALS)}|last)\ssubparagraph\b(?!\s?[(\d])"
"""A part of the law of the European Union that has no number, and so no id of its own."""
_TOKEN = re.compile(
    r"(?P<bracket>\(\s?(?:\d{1,4}(?:-\d{1,4})*|(?<![A-Za-z]\()[a-z]{1,2}|(?<![A-Za-z]\()[ivx]{1,5})\s?\))"
    r"|(?P<sign_number>[\u2460-\u2487])"
    rf"|(?P<unnumbered>,\s(?:the\s)?{_UNNUMBERED}|\b{_UNNUMBERED}\sof\b)"
    rf"|(?P<in_row>\b{_IN_ROW}(?:(?:,\s(?:and\s|or\s)?|\s(?:and|or|to)\s)(?:the\s)?{_IN_ROW}){{0,8}}\sparagraphs?\b(?!\s?\())"
    r"|(?P<number>(?<![A-Za-z])[LRD]\.\s?\d{2,5}(?:-\d+)+|\d{1,60}(?:\s(?:bis|ter|quater)\b|:\d{1,5}|(?:-\d{1,60})*))"
    rf"|(?P<word>[A-Za-z](?:[A-Za-z]|['’](?!{_DEFINES}))*(?:-[A-Za-z]+)*)"
    rf"|(?P<quote>[\"“”‘’]|(?<![A-Za-z])'(?=[A-Za-z][^'’]{{0,80}}'{_DEFINES})|(?<=[A-Za-z])'(?={_DEFINES}))"
    r"|(?P<sign>\S)"
)
_FOOTNOTE = frozenset("*†‡¹²³⁴⁵⁶⁷⁸⁹")
"""Marks of footnotes, where they stand right behind a word or number."""


class TokenKind(StrEnum):
    """What a token is."""

    WORD = "word"
    NUMBER = "number"
    BRACKET = "bracket"
    QUOTE = "quote"
    SIGN = "sign"


@dataclass(frozen=True, slots=True)
class Token:
    """One token. `text` is as printed; of a bracket, what stands inside it. `lower` is the same without regard to
    capitals."""

    kind: TokenKind
    text: str
    start: int
    end: int
    lower: str

    @property
    def is_capitalised(self) -> bool:
        """True for a word that begins with a capital."""
        return self.kind is TokenKind.WORD and self.text[0].isupper()


def word_at(tokens: Sequence[Token], at: int) -> str:
    """The token at an index in small letters; empty before the first and behind the last."""
    return tokens[at].lower if 0 <= at < len(tokens) else ""


def trim_phrase(text: str) -> str:
    """A phrase from inside quotation marks without the comma or stop that American typography puts there.

    >>> trim_phrase("ship, etc."), trim_phrase("ship,")
    ('ship, etc.', 'ship')
    """
    trimmed = text.strip(" ,.;")
    return f"{trimmed}." if re.search(r"\betc$", trimmed) else trimmed


def cut_tokens(text: str) -> tuple[Token, ...]:
    """All tokens of a text, in order.

    >>> [token.text for token in cut_tokens("Article 97 (1) 1")]
    ['Article', '97', '1', '1']
    """
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text):
        if match.group() in _FOOTNOTE and tokens and tokens[-1].end == match.start():
            continue
        if match["sign_number"]:
            sign = read_sign(match.group())
            tokens.append(Token(TokenKind.BRACKET, sign, match.start(), match.end(), sign))
            continue
        if match["unnumbered"]:
            continue
        if match["in_row"]:
            tokens += _cut_row(match.group(), match.start())
            continue
        kind = TokenKind(str(match.lastgroup))
        printed = match.group().strip("() ") if kind is TokenKind.BRACKET else match.group()
        printed = read_branch(printed) if kind is TokenKind.NUMBER else printed
        tokens.append(Token(kind, printed, match.start(), match.end(), printed.lower()))
    return tuple(tokens)


def _cut_row(text: str, start: int) -> Iterator[Token]:
    """`first and third paragraphs` as if `paragraphs (1) and (3)` were printed: the noun stands on the first letter."""
    words = list(re.finditer(r"[a-z]+|,", text))
    noun = words.pop().group()
    last = words[-1].start()
    yield Token(TokenKind.WORD, noun, start, start + 1, noun)
    for word in words:
        said, first = word.group(), word.start()
        end = start + (len(text) if first == last else word.end())
        if said in ORDINALS:
            number = f"{ORDINALS.index(said) + 1}{IN_ROW}"
            yield Token(TokenKind.BRACKET, number, start + first + (first == 0), end, number)
        elif said != "the":
            kind = TokenKind.SIGN if said == "," else TokenKind.WORD
            yield Token(kind, said, start + first, end, said)
