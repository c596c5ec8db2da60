"""Finds every phrase of a sentence that refers somewhere, left to right.

Places (`reference_places`) and names of laws (`law_names`) are put together: chains joined by `and` and `or` are one
mention, and the law named behind the last of them is the law of all that name an article. Definitions (`hereinafter
referred to as`) and delegations (`prescribed by Presidential Decree`) are mentions too. Nothing is resolved.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from mutandis.dataclass import dataclass
from mutandis_text.lines.numbering import number_key
from mutandis_text.references import english
from mutandis_text.references.delegations import read_delegation
from mutandis_text.references.divisions import read_divisions
from mutandis_text.references.law_names import find_law_names
from mutandis_text.references.lookahead import announces_list, opens_article
from mutandis_text.references.meanings import find_meanings
from mutandis_text.references.narrowing import find_brackets, narrow_inside, narrow_next, note_bracket, skip_aside
from mutandis_text.references.places import read_articles, read_chain, read_further_articles
from mutandis_text.references.syntax import (
    DivisionName,
    LawName,
    LawNameKind,
    Level,
    Mention,
    MentionKind,
    Part,
    Relative,
    Target,
)
from mutandis_text.references.tokens import Token, TokenKind, cut_tokens, word_at

_AMONG = 20
"""How many tokens behind `among crimes of …` the chapter may stand that they are named in."""

_TO_INSTRUMENT = 14
"""How many tokens behind `the Addenda` the number of their instrument may stand."""

_MOST_PARTS = 24
"""Tokens of `(3)(a) and (b), 4(1)` behind the number of a section."""

_QUOTED = 60
"""How many tokens back an opening quotation mark is looked for."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence cut into tokens, with what it mentions."""

    text: str
    tokens: tuple[Token, ...]
    mentions: tuple[Mention, ...]

    def span(self, mention: Mention) -> tuple[int, int]:
        """The characters a mention covers."""
        return self.tokens[mention.first].start, self.tokens[mention.last - 1].end

    def stretches(self, mention: Mention) -> list[tuple[int, int]]:
        """The same without the brackets inside a list, which say something of their own."""
        start, end = self.span(mention)
        found: list[tuple[int, int]] = []
        for opening, close, _ in find_brackets(self.tokens, mention):
            if opening < mention.last:
                found.append((start, self.tokens[opening].start))
                start = self.tokens[close - 1].end
        return [*found, (start, end)]


@lru_cache(maxsize=4096)
def find_mentions(text: str) -> Wording:
    """Every mention in a sentence, left to right; only what stands in a bracket of a list overlaps another.

    References and quantities of a text both ask for those of its sentences, which are found once.

    >>> wording = find_mentions("Article 95 (4) through (6) shall apply mutatis mutandis.")
    >>> [wording.text[slice(*wording.span(m))] for m in wording.mentions]
    ['Article 95 (4) through (6)']
    """
    tokens = cut_tokens(text)
    laws = {name.first: name for name in find_law_names(text, tokens)}
    return Wording(text, tokens, find_meanings(text, tokens, _read_span(tokens, 0, len(tokens), laws)))


def _read_span(tokens: Sequence[Token], start: int, end: int, laws: dict[int, LawName]) -> list[Mention]:
    """The mentions between two tokens; those of a bracket inside a list stand behind the list's own."""
    found: list[Mention] = []
    index = start
    while index < end:
        mentions = _read_at(tokens, index, laws)
        if found and len(mentions) == 1:
            found[-1], mention = narrow_next(tokens, found, mentions[0])
            mentions = (mention,)
        index = mentions[-1].last if mentions else index + 1
        for mention in mentions:
            found.append(mention)
            for opening, close, holder in find_brackets(tokens, mention):
                found += narrow_inside(tokens, mention, holder, opening, _read_span(tokens, opening + 1, close, laws))
                index = max(index, close)
    return found


def _read_at(tokens: Sequence[Token], at: int, laws: dict[int, LawName]) -> tuple[Mention, ...]:
    definition = _read_definition(tokens, at)
    if definition is not None:
        return (definition,)
    delegation = read_delegation(tokens, at)
    if delegation is not None:
        return (delegation,)
    behind = announces_list(tokens, at)
    if behind is not None:
        return (Mention(MentionKind.OWN_LIST, at, behind),)
    places = _read_places(tokens, at, laws)
    if places:
        return places
    divisions = read_divisions(tokens, at)
    if divisions is not None:
        divisions = _read_sections(tokens, divisions, laws)
        law = _law_behind(tokens, divisions[1], laws)
        last = divisions[1] if law is None else law.last
        former = _is_former(tokens, at) or (law is not None and law.former)
        return (Mention(MentionKind.DIVISION, at, last, law=law, former=former, divisions=divisions[0]),)
    name = laws.get(at)
    if name is not None and not _is_title_only(tokens, name):
        former = _is_former(tokens, at)
        # `the former provisions of the Harbor Act` are of the law of that name, `the former Harbor Act` is another.
        replaced = former and word_at(tokens, at - 1) != "of"
        return (Mention(MentionKind.LAW, at, name.last, law=replace(name, former=replaced), former=former),)
    return ()


_Sections = tuple[tuple[DivisionName, ...], int]


def _read_sections(tokens: Sequence[Token], read: _Sections, laws: dict[int, LawName]) -> _Sections:
    """Over the parts of `Sections 3(1)(a) and 4(2) to (4) of the Harbours Act`, where that law is named behind them."""
    names, index = read
    for token in tokens[index : index + _MOST_PARTS]:
        joint = token.lower in english.JOINTS | english.RANGE | {","} and index > read[1]
        number = token.kind is TokenKind.NUMBER and word_at(tokens, index - 1) in english.JOINTS | {","}
        if token.kind is not TokenKind.BRACKET and not joint and not number:
            break
        names = (*names, replace(names[0], part=Part(token.text), last=None)) if number else names
        index += 1
    return (names, index) if _law_behind(tokens, index, laws) is not None else read


def _is_title_only(tokens: Sequence[Token], name: LawName) -> bool:
    """True for `the Code` and such, which name no law without a longer name."""
    return name.kind is LawNameKind.PLAIN and name.name.lower() not in ("act", "decree", "law")


# --- provisions -------------------------------------------------------------------------------------------------------


def _read_places(tokens: Sequence[Token], at: int, laws: dict[int, LawName]) -> tuple[Mention, ...]:
    chain = read_chain(tokens, at)
    if chain is None:
        return ()
    targets, index = chain
    targets = note_bracket(tokens, targets, index)
    # A chain that brought its own law ends the list: `Article 5 of the Act and paragraph (1)` is two mentions.
    parts: _Parts = [(targets, at, index)]
    law = _law_behind(tokens, index, laws) or _treaty_of_annex(tokens, targets, index, laws)
    while law is None:
        further = _read_on(tokens, parts, index)
        if further is not None:
            parts.append((further[0], index + 1, further[1]))
            index = further[1]
            law = _law_behind(tokens, index, laws)
            continue
        joint = _read_joint(tokens, index) or _read_opening_joint(tokens, at, index)
        if joint is None:
            break
        step, ranges = joint
        following = read_chain(tokens, step) or _read_bare_articles(tokens, step, parts[-1][0][-1])
        if following is None:
            break
        behind = note_bracket(tokens, following[0], following[1])
        if ranges:
            first = parts[-1][0][-1]
            narrowed = behind[0].narrowed or first.narrowed
            parts[-1] = (
                (*parts[-1][0][:-1], replace(behind[0], first=first.first, last=behind[0].first, narrowed=narrowed)),
                parts[-1][1],
                following[1],
            )
        else:
            parts.append((behind, step, following[1]))
        index = following[1]
        law = _law_behind(tokens, index, laws)
    if law is None and (closed := _close_list(tokens, parts, index)) is not None:
        parts, index = closed
        law = _law_behind(tokens, index, laws)
    if law is None and word_at(tokens, index) == "thereof" and tokens[at].lower in ("article", "articles"):
        law = _law_before(laws, at, index)
    former = _is_former(tokens, at) or (law is not None and law.former)
    aside = skip_aside(tokens, index)
    addenda = _behind_addenda(tokens, aside) if law is None else None
    last = law.last if law is not None else addenda or index
    if law is not None and law.first > aside and _behind_among(tokens, aside) is not None:
        last = index
    if addenda is not None and word_at(tokens, last) in ("to", "of") and last + 1 in laws:
        # `Article 2 of the Addenda to the Civil Act`
        law = laws[last + 1]
        last = law.last
    words = _read_instrument(tokens, last) if addenda is not None else ""
    mention = Mention(MentionKind.PROVISION, at, last, (), law, former, addenda is not None, words)
    whole = tuple(target for part, _, _ in parts for target in part)
    if law is None or (law.kind in (LawNameKind.OWN, LawNameKind.PLAIN) and len(parts) == 1):
        return (replace(mention, targets=whole),)
    # Paragraphs without an article are this law's own, whatever law is named behind the articles.
    cut = next((i for i, (part, _, _) in enumerate(parts) if _numbers_article(part[0])), None)
    if cut in (0, None):
        return (replace(mention, targets=whole),)
    own = tuple(target for part, _, _ in parts[:cut] for target in part)
    rest = tuple(target for part, _, _ in parts[cut:] for target in part)
    return (
        replace(mention, targets=own, law=None, last=parts[(cut or 1) - 1][2]),
        replace(mention, targets=rest, first=parts[cut or 0][1]),
    )


_Parts = list[tuple[tuple[Target, ...], int, int]]


def _read_on(tokens: Sequence[Token], parts: _Parts, index: int) -> tuple[tuple[Target, ...], int] | None:
    """`subparagraph 2 of Article 302 (2), 317 (2) 3-2, the proviso to Article 335 (1), 335-2 and …`: behind a comma."""
    if word_at(tokens, index) != "," or not _numbers_article(parts[-1][0][-1]):
        return None
    further = read_further_articles(tokens, index + 1)
    if further is not None:
        return further
    step = index + 1 + (word_at(tokens, index + 1) == "the")
    chain = read_chain(tokens, step)
    if chain is None or not _numbers_article(chain[0][0]) or tokens[step].lower in ("article", "articles"):
        return None
    behind = _read_joint(tokens, chain[1])
    joined = None
    if behind is not None:
        joined = read_chain(tokens, behind[0]) or _read_bare_articles(tokens, behind[0], chain[0][-1])
    if joined is not None and len(parts[0][0]) > 1 and _numbers_article(joined[0][0]):
        return chain  # `Articles 51, 67, paragraph (2) of Article 68 and Article 70`
    last = chain[1] if joined is None else joined[1]
    return chain if read_further_articles(tokens, last + 1) is not None and word_at(tokens, last) == "," else None


def _read_bare_articles(tokens: Sequence[Token], at: int, before: Target) -> tuple[tuple[Target, ...], int] | None:
    """`paragraph (1) of Article 34, and 35 through 37`: numbers alone that go on from the article before."""
    part = (before.last or before.first).part(Level.ARTICLE)
    plain = at < len(tokens) and tokens[at].kind is TokenKind.NUMBER and part is not None and part.relative is None
    if not plain or part is None or number_key(tokens[at].text) < number_key(part.number):
        return None
    found = read_articles(tokens, at)
    ends = (
        found is None
        or opens_article(tokens, at)
        or word_at(tokens, found[1]) in english.VERBS | {"of", ",", ".", ";", ")", ""}
    )
    return found if ends else None


def _close_list(tokens: Sequence[Token], parts: _Parts, index: int) -> tuple[_Parts, int] | None:
    """`subparagraph 1, or any of subparagraphs 3 to 5, of Article 18`: behind a comma the article is that of all."""
    if word_at(tokens, index) != "," or word_at(tokens, index + 1) != "of" or len(parts) == 1:
        return None
    holder = read_chain(tokens, index + 2)
    if (
        holder is None
        or not _numbers_article(holder[0][0])
        or any(_numbers_article(one) for p in parts for one in p[0])
    ):
        return None
    return [(tuple(one.inside(holder[0][0]) for one in part), at, end) for part, at, end in parts], holder[1]


def _is_former(tokens: Sequence[Token], at: int) -> bool:
    """True behind `former`, `the former provisions of`: what is named is an earlier wording."""
    back = at - 1
    if [word_at(tokens, back - 1), word_at(tokens, back)] == ["provisions", "of"]:
        back -= 2
    elif word_at(tokens, back) == "the" and word_at(tokens, back - 1) in english.FORMER:
        back -= 1
    return word_at(tokens, back) in english.FORMER


def _numbers_article(target: Target) -> bool:
    """True if an article is named by number; `paragraph (2) of this Article` is the law's own as `paragraph (2)` is."""
    part = target.first.part(Level.ARTICLE)
    return part is not None and part.relative in (None, Relative.SAME)


def _read_joint(tokens: Sequence[Token], at: int) -> tuple[int, bool] | None:
    """The index behind a joint between two chains, and whether it makes a range; a bare comma joins nothing."""
    at = skip_aside(tokens, at)
    index = at + (word_at(tokens, at) == ",")
    word = word_at(tokens, index)
    if word in ("and", "or"):
        index += 1
        if word_at(tokens, index) == "/" and word_at(tokens, index + 1) == "or":
            index += 2
        return index + (word_at(tokens, index) == "the"), False
    if word in ("through", "to", "~") and index == at:
        return index + 1 + (word_at(tokens, index + 1) == "the"), True
    return None


def _read_opening_joint(tokens: Sequence[Token], at: int, index: int) -> tuple[int, bool] | None:
    """`Article 59 (2), Articles 61 and 62 shall apply`: what opens a sentence before a comma belongs to its subject."""
    before = [token.lower for token in tokens[: min(at, 4)]]  # no more than tells
    if before not in ([], ["the", "provisions", "of"]) or word_at(tokens, index) != ",":
        return None
    following = read_chain(tokens, index + 1) if word_at(tokens, index + 1) == "articles" else None
    return (index + 1, False) if following is not None and len(following[0]) > 1 else None


def _law_before(laws: dict[int, LawName], at: int, thereof: int) -> LawName | None:
    """`Article 8 of the Salt Act, in conjunction with Article 4 thereof`: the law named last in the sentence."""
    before = [name for first, name in laws.items() if first < at]
    named = before[-1] if before else None
    return replace(named, first=thereof, last=thereof + 1) if named and named.kind is LawNameKind.NAMED else None


def _law_behind(tokens: Sequence[Token], index: int, laws: dict[int, LawName]) -> LawName | None:
    index = skip_aside(tokens, index)
    # `Article 7, paragraph 2, subparagraph (c), of the Convention`
    index += word_at(tokens, index) == "," and word_at(tokens, index + 1) == "of" and index + 2 in laws
    if (behind := _behind_among(tokens, index)) is not None:
        return _law_among(tokens, behind, laws)
    if word_at(tokens, index) != "of":
        return None
    if word_at(tokens, index + 1) != "the" or word_at(tokens, index + 2) not in english.FORMER:
        if index + 1 in laws:
            return laws[index + 1]
        # `Article 297 of Chapter XXXII of Part II of the Criminal Act`
        divisions = read_divisions(tokens, index + 1)
        return _law_behind(tokens, divisions[1], laws) if divisions is not None else None
    # `Article 5 of the former Penal Act`, `of the previous Act`
    name = laws.get(index + 3)
    if name is None and word_at(tokens, index + 3) in ("act", "decree", "law", "rules"):
        name = LawName(LawNameKind.PLAIN, tokens[index + 3].text, index + 3, index + 4)
    return replace(name, former=True) if name is not None else None


def _treaty_of_annex(
    tokens: Sequence[Token], targets: tuple[Target, ...], index: int, laws: dict[int, LawName]
) -> LawName | None:
    """`Annex 13 to the Convention on Boats`: the treaty."""
    named = laws.get(index + 1) if word_at(tokens, index) == "to" else None
    part = targets[0].first.part(Level.ARTICLE)
    annex = part is not None and part.number.partition("-")[0] in english.ANNEXES
    return named if annex and named is not None and english.TREATIES & set(named.name.lower().split()) else None


def _behind_among(tokens: Sequence[Token], at: int) -> int | None:
    """Where it goes on behind `among`, or `, among`; None where another word stands there."""
    at += word_at(tokens, at) == ","
    return at + 1 if word_at(tokens, at) == "among" else None


def _law_among(tokens: Sequence[Token], at: int, laws: dict[int, LawName]) -> LawName | None:
    """`Articles 88 and 89 among crimes of arson provided for in Chapter I of Part II of the Criminal Act`: that Act.

    Its name is left to the chapter's own mention; the place ends where it is printed.
    """
    for index in range(at, min(at + _AMONG, len(tokens))):
        divisions = read_divisions(tokens, index) if tokens[index].is_capitalised else None
        if divisions is not None:
            return _law_behind(tokens, divisions[1], laws)
        plain = tokens[index].kind is TokenKind.WORD or tokens[index].text == ","
        if not plain or tokens[index].is_capitalised or tokens[index].lower in english.VERBS:
            return None
    return None


def _behind_addenda(tokens: Sequence[Token], index: int) -> int | None:
    """Where it goes on behind `of the Addenda`; None where other words stand there."""
    step = index + 1 + (word_at(tokens, index + 1) in ("the", "this"))
    named = word_at(tokens, index) == "of" and word_at(tokens, step) in ("addenda", "addendum")
    return step + 1 if named else None


def _read_instrument(tokens: Sequence[Token], at: int) -> str:
    """The number of the instrument whose addenda are meant: `to the Harbor Act (Act No. 9897)`; empty if none is."""
    for index in range(at, min(at + _TO_INSTRUMENT, len(tokens) - 2)):
        if tokens[index].lower in english.VERBS or tokens[index].text in (";", "."):
            return ""
        if tokens[index].lower == "no" and tokens[index + 1].text == ".":
            return tokens[index + 2].text
    return ""


# --- definitions --------------------------------------------------------------------------------------


def _read_definition(tokens: Sequence[Token], at: int) -> Mention | None:
    """`hereinafter referred to as "X" in this Article`, `hereinafter the same shall apply`."""
    shared = word_at(tokens, at) == "the" and [word_at(tokens, at + k) for k in range(1, 4)] == [
        "same",
        "shall",
        "apply",
    ]
    if (
        word_at(tokens, at) not in ("hereinafter", "hereafter")
        and not _names_behind(tokens, at)
        and not (shared and word_at(tokens, at + 4) in ("hereinafter", "hereafter", "in"))
    ):
        return None
    index, depth, words, quoted = at, 0, [], False
    while index < len(tokens):
        token = tokens[index]
        if token.kind is TokenKind.QUOTE and not (token.text in "'’" and not quoted):
            quoted = not quoted
            words += ["\n"] * quoted
        elif token.text == "(":
            depth += 1
        elif token.text == ")" or (token.text in (";", ".") and not quoted and word_at(tokens, index - 1) != "etc"):
            if depth == 0:
                break
            depth -= token.text == ")"
        elif quoted:
            words.append(token.text)
        index += 1
    scope, divisions = _read_scope(tokens, at, index)
    said = (" ".join(part.split()).replace(" .", ".").replace(" ,", ",") for part in " ".join(words).split("\n"))
    terms = tuple(dict.fromkeys(term.rstrip(",") for term in said if term.rstrip(",")))
    return Mention(MentionKind.DEFINITION, at, index, scope, words=", ".join(terms), terms=terms, divisions=divisions)


def _names_behind(tokens: Sequence[Token], at: int) -> bool:
    """True for `referred to as "X" hereinafter`."""
    if word_at(tokens, at) not in ("referred", "called") or word_at(tokens, at - 1) in ("hereinafter", "hereafter"):
        return False
    opening = at + (3 if word_at(tokens, at) == "referred" else 1)
    if opening >= len(tokens) or tokens[opening].kind is not TokenKind.QUOTE:
        return False
    closing = range(opening + 1, min(opening + _QUOTED, len(tokens)))
    close = next((index for index in closing if tokens[index].kind is TokenKind.QUOTE), opening)
    return word_at(tokens, close + 1) in ("hereinafter", "hereafter")


def _read_scope(tokens: Sequence[Token], at: int, end: int) -> tuple[tuple[Target, ...], tuple[DivisionName, ...]]:
    for index in range(at, end):
        if word_at(tokens, index) == "in":
            chain = read_chain(tokens, index + 1)
            if chain is not None and chain[1] <= end:
                return _read_scopes(tokens, *chain, end), ()
            divisions = read_divisions(tokens, index + 1)
            if divisions is not None and divisions[1] <= end:
                return (), divisions[0]
    return (), ()


def _read_scopes(tokens: Sequence[Token], targets: tuple[Target, ...], index: int, end: int) -> tuple[Target, ...]:
    """`hereafter in this paragraph, Article 16, and Articles 18 through 20`: all of them."""
    while index < end:
        step, ranges = _read_joint(tokens, index) or (index + (word_at(tokens, index) == ","), False)
        following = read_chain(tokens, step) if step > index else None
        if following is None or following[1] > end:
            break
        new = following[0]
        if ranges:
            targets, new = (*targets[:-1], replace(targets[-1], last=new[0].first)), new[1:]
        targets, index = (*targets, *new), following[1]
    return targets
