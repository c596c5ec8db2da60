"""The grammar of places: `Article 97 (1) 2 through 4`, `the proviso to paragraph (4)`, `each subparagraph of …`.

A recursive descent over tokens. Each function reads at an index and returns what it read with the index behind it, or
None where the phrase is not there; nothing is resolved.

    chain  := group [("of" | "to" | "in" | "under") ["the"] chain]
    group  := sentences | every | relative | annex | noun numbers
    numbers:= number [gloss] {("," | "and" | "or" | "through" | "to") number [gloss]}

A gloss is the heading of an article in brackets behind its number; an annex is an attached table or form, which stands
in the place of an article.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mutandis_text.references import english
from mutandis_text.references.annex_places import read_annex
from mutandis_text.references.lookahead import (
    is_count,
    is_subitem,
    noun_level,
    numbered_level,
    opens_article,
    opens_clause,
    plural_below,
    points_back,
)
from mutandis_text.references.narrowing import (
    find_exclusion,
    opens_narrowing,
    skip_aside,
    skip_exclusion,
    skip_gloss,
    skip_narrowing,
)
from mutandis_text.references.syntax import ALL, Level, Part, Place, Read, Relative, Target
from mutandis_text.references.tokens import Token, TokenKind, word_at
from mutandis_text.references.weighing import weigh_articles

_DEEPEST = 6
"""A chain has at most a sentence, a sub-item, an item, a subparagraph, a paragraph and an article."""

_AMENDED = 20
"""Tokens between `the amended provisions of` and a place of the list behind it."""


def read_chain(tokens: Sequence[Token], at: int, depth: int = 0) -> Read | None:
    """A group with what it is part of: `subparagraph 14 of Article 108`. `depth` counts the groups around it."""
    group = _read_group(tokens, at, inner=depth > 0) if depth <= _DEEPEST else None
    if group is None:
        return None
    targets, index = group
    container = _read_container(tokens, index, targets, depth)
    if container is not None:
        outer, index = container
        targets = tuple(inner.inside(holder) for holder in outer for inner in targets)
    elif any(t.first.sentence and not t.first.parts for t in targets) and not _stands_alone(tokens, at, index):
        return None
    return targets, index


def _read_container(tokens: Sequence[Token], index: int, targets: tuple[Target, ...], depth: int) -> Read | None:
    opening = index
    by_sentence = bool(targets[0].first.sentence) and not targets[0].first.parts
    openers = ("to", "of", "in", "under") if by_sentence or targets[0].first.each else ("of", "in", "under")
    index = skip_aside(tokens, skip_exclusion(tokens, index) if by_sentence else index)
    if word_at(tokens, index) not in openers:
        return None
    after = index + 1 + (word_at(tokens, index + 1) == "the")
    for start in dict.fromkeys((index + 1, after)):
        container = read_chain(tokens, start, depth + 1) if start < len(tokens) else None
        if container is None:
            continue
        top = targets[0].first.highest or targets[0].first.each
        deepest = container[0][0].first.deepest
        # `paragraph (1) in Article 5`: yes; `Article 5 in paragraph (1)`: two references.
        if by_sentence or (top is not None and deepest is not None and deepest < top):
            if by_sentence:
                first, *rest = container[0]
                shared = (replace(t, first=replace(t.first, shared_sentence=True)) for t in rest)
                return (first, *shared), container[1]
            if targets[0].first.each is not None and opens_narrowing(tokens, opening):
                # `each subparagraph (excluding subparagraph 1) of Article 2`
                return tuple(replace(t, narrowed=opening) for t in container[0]), container[1]
            return container
    return None


def _stands_alone(tokens: Sequence[Token], at: int, index: int) -> bool:
    """True for `under the proviso,` and `(excluding the latter part)`: a sentence word without a place of its own."""
    narrowed = find_exclusion(tokens, at) < at or [word_at(tokens, at - 3), word_at(tokens, at - 2)] == [
        "limited",
        "to",
    ]
    if word_at(tokens, at - 1) == "its" or word_at(tokens, index) in ("thereof", "thereto"):
        return True
    clear = narrowed or tokens[index - 1].lower != "part" or word_at(tokens, at - 2) == "under"
    return word_at(tokens, at - 1) == "the" and clear


def _read_group(tokens: Sequence[Token], at: int, *, inner: bool) -> Read | None:
    if at >= len(tokens):
        return None
    return (
        _read_sentences(tokens, at)
        or _read_every(tokens, at)
        or _read_relative(tokens, at)
        or read_annex(tokens, at, _descend)
        or _read_noun(tokens, at, inner=inner)
        or _read_subitem(tokens, at)
        or _read_number_of_case(tokens, at)
    )


def _read_number_of_case(tokens: Sequence[Token], at: int) -> Read | None:
    """`(in the case of 137 (1) 6, …)` behind a list of articles: the number alone."""
    cases = word_at(tokens, at - 1) == "of" and word_at(tokens, at - 2) in ("case", "cases")
    opening = next((k for k in range(at - 3, max(at - 6, -1), -1) if tokens[k].text == "("), None) if cases else None
    return read_further_articles(tokens, at) if opening is not None and opens_article(tokens, at) else None


def _read_sentences(tokens: Sequence[Token], at: int) -> Read | None:
    """`proviso`, `main sentence`, `former part`, `latter part`, joined by `and` or `or`."""
    word = _sentence_word(tokens, at)
    if word is None:
        return None
    found = [Target(Place(sentence=word[0]))]
    index = word[1]
    while word_at(tokens, index) in ("and", "or"):
        word = _sentence_word(tokens, index + 1 + (word_at(tokens, index + 1) == "the"))
        if word is None:
            break
        found.append(Target(Place(sentence=word[0])))
        index = word[1]
    return tuple(found), index


def _sentence_word(tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
    word, following = word_at(tokens, at), word_at(tokens, at + 1)
    if word in english.LEAD_NOUNS and find_exclusion(tokens, at + 3) == at + 1:
        # `the part other than the subparagraphs of Article 5`: the words above the list.
        every = _read_every(
            tokens, at + 3 + (word_at(tokens, at + 3) == "the" and word_at(tokens, at + 4) in english.EVERY)
        )
        every = every or _read_every(tokens, at + 3 + (word_at(tokens, at + 3) == "the"))
        return ("main", every[1]) if every is not None else None
    if word in ("proviso", "provisos"):
        if following == "that":
            return None  # `with the proviso that` opens a condition
        return "proviso", at + 1
    if word == "main" and following in ("sentence", "clause", "body", "text", "part", "provision"):
        return "main", at + 2
    if word in ("former", "latter", "first", "second") and following in ("part", "sentence", "clause", "portion"):
        return {"first": "former", "second": "latter"}.get(word, word), at + 2
    return None


def _read_every(tokens: Sequence[Token], at: int) -> Read | None:
    """`each subparagraph`, `any of the subparagraphs`, `the subparagraphs` of something."""
    index = at
    if word_at(tokens, index) in english.EVERY:
        index += 1
        if word_at(tokens, index) in ("one", "or"):
            index += 1 if word_at(tokens, index) == "one" else 2
        index += word_at(tokens, index) == "of"
        index += word_at(tokens, index) == "the"
    level = noun_level(tokens[index]) if index < len(tokens) else None
    if level is None or level is Level.ARTICLE:
        return None
    plural = tokens[index].lower.endswith("s")
    if index == at and not plural:
        return None
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if following is not None and following.kind in (TokenKind.NUMBER, TokenKind.BRACKET):
        # `any of subparagraphs 1 through 3`: the numbers say which.
        return _read_noun(tokens, index) if index > at else None
    if index == at and word_at(tokens, index + 1) not in ("of", "in", "under"):
        return None
    return (Target(Place(each=level)),), index + 1


def _read_relative(tokens: Sequence[Token], at: int) -> Read | None:
    counted = word_at(tokens, at) in english.COUNTS  # `the two preceding Articles`
    at += counted
    relative = english.RELATIVES.get(word_at(tokens, at))
    if relative is None or (counted and relative not in (Relative.PRECEDING, Relative.FOLLOWING)):
        return None
    index, count = at + 1, english.COUNTS[word_at(tokens, at - 1)] if counted else 1
    if relative in (Relative.PRECEDING, Relative.FOLLOWING) and word_at(tokens, index) in english.COUNTS:
        count = english.COUNTS[word_at(tokens, index)]
        index += 1
    level = noun_level(tokens[index]) if index < len(tokens) else None
    if relative in (Relative.THIS, Relative.SAME) and level is None and index < len(tokens):
        # `the same Table`: in the place of an article.
        annex = tokens[index].is_capitalised and tokens[index].lower in english.ANNEXES
        level = Level.ARTICLE if annex else None
    if level is None:
        return None
    plural = tokens[index].lower.endswith("s")
    if plural and relative is Relative.SAME and points_back(tokens, index, level):
        # `the said paragraphs`: all that were named last.
        return (Target(Place(((level, Part(relative=relative, count=ALL)),))),), index + 1
    if plural and count == 1:
        return None
    if tokens[at].lower in ("that", "such") and not points_back(tokens, index, level):
        return None
    annexed = english.ANNEXES.get(tokens[index].lower, "")
    place = Place(((level, Part(annexed, relative=relative, count=count)),))
    place, index = _descend(tokens, index + 1, place, level)
    if relative is Relative.THIS and place.deepest is Level.ARTICLE:
        return _read_others(tokens, Target(place), index)
    return (Target(place),), index


def _read_others(tokens: Sequence[Token], own: Target, index: int) -> Read:
    """`this Article or 28-3`: a bare number joined to it is an article, if nothing stands behind that it counts."""
    joined = word_at(tokens, index) in ("and", "or")
    item = _read_item(tokens, index + 1, Level.ARTICLE, None) if joined else None
    if item is None or tokens[index + 1].kind is not TokenKind.NUMBER:
        return (own,), index
    behind = word_at(tokens, item[1])
    plain = "-" in tokens[index + 1].text or not behind.isalpha() or behind in english.VERBS | english.JOINTS
    if not plain or is_count(tokens, index + 1, item[1]):
        return (own,), index
    others, index = _read_list(tokens, Level.ARTICLE, item, plural=False)
    return (own, *others), index


def _read_noun(tokens: Sequence[Token], at: int, *, inner: bool = False) -> Read | None:
    """A noun with its numbers; `inner`: a part of the first was named before it."""
    level = numbered_level(tokens, at)
    if level is None:
        return None
    item = _read_item(tokens, at + 1, level, None)
    if item is None:
        return None
    return _read_list(tokens, level, item, plural=tokens[at].lower.endswith("s"), inner=inner)


def read_further_articles(tokens: Sequence[Token], at: int) -> Read | None:
    """`335-2 (1) and (3), 356`: a list of articles without the noun, which a branch or paragraph shows to be one."""
    number = tokens[at] if at < len(tokens) else None
    if number is None or number.kind is not TokenKind.NUMBER:
        return None
    return read_articles(tokens, at) if "-" in number.text or opens_article(tokens, at) else None


def read_articles(tokens: Sequence[Token], at: int) -> Read | None:
    """A list of articles at a number."""
    item = _read_item(tokens, at, Level.ARTICLE, None)
    if item is None or is_count(tokens, at, item[1]):
        return None
    return _read_list(tokens, Level.ARTICLE, item, plural=True)


def _read_list(
    tokens: Sequence[Token], level: Level, item: tuple[Place, int], *, plural: bool, inner: bool = False
) -> Read:
    place, index = item
    targets = [Target(place)]
    unsure: set[int] = set()
    named: Level | None = None
    # Invariant: up to `kept`, `end` the list is sure; a member behind a bare comma is so once an `and` closes it.
    kept, end = 1, index
    while True:
        glossed, sure = skip_gloss(tokens, index), False
        step = skip_narrowing(tokens, glossed)
        if step > glossed:
            targets[-1] = replace(targets[-1], narrowed=glossed)
        comma = word_at(tokens, step) == ","
        step += comma
        joint = word_at(tokens, step)
        if joint in ("and", "or"):
            if inner and comma and level is Level.ARTICLE and not plural and word_at(tokens, step + 1).isdigit():
                break  # `paragraph (1) of Article 34, and 35 through 37`: the others are whole.
            step, sure = step + 1, True
            if word_at(tokens, step) == "/" and word_at(tokens, step + 1) == "or":
                step += 2
        elif joint in english.RANGE and not comma:
            step, sure = step + 1, True
        elif not comma:
            break
        elif glossed > index:
            # `1 (Felling), 2 (Burning)`: a number behind a gloss goes on with the list.
            sure = True
        named = plural_below(tokens, index) or (named if tokens[index - 1].kind is TokenKind.NUMBER else None)
        said = _sentence_of_number(tokens, step) if level is Level.ARTICLE and plural else None
        following = (
            _read_item(tokens, said[1], level, None) if said is not None else _read_item(tokens, step, level, place)
        )
        if said is not None and following is not None:
            following = (replace(following[0], sentence=said[0]), following[1])
        if named is not None and step < len(tokens) and tokens[step].kind is TokenKind.NUMBER:
            following = _descend(tokens, step + 1, place.with_part(named, Part(tokens[step].text)), named)
        if following is None or is_count(tokens, step, following[1]):
            break
        # `Article 15 (1), (3) or Article 16`: what names a paragraph alone goes on with the list.
        bracket = tokens[step].kind is TokenKind.BRACKET and comma
        sure = sure or (bracket and word_at(tokens, following[1]) in english.JOINTS)
        # `Articles 5, 7 (2), the proviso to Article 9, and 10`: what begins with its own noun goes on with the list.
        sure = sure or (plural and comma and _begins_with_sentence(tokens, following[1]))
        before = place
        place, index = following
        if joint in english.RANGE:
            targets[-1] = Target(before, place, narrowed=targets[-1].narrowed)
        else:
            bare = index == step + 1 and place.deepest is Level.SUBPARAGRAPH
            unsure |= {len(targets)} if plural and bare and level is Level.ARTICLE else set()
            targets.append(Target(place))
        if sure:
            kept, end = len(targets), index
    return weigh_articles(targets[:kept], unsure), end


def _begins_with_sentence(tokens: Sequence[Token], at: int) -> bool:
    """True for `, the proviso to …`, `and the latter part of …`, `and paragraph (2) of …`, `, Article 9 (1)`."""
    joint = word_at(tokens, at)
    step = at + 1 + (word_at(tokens, at + 1) == "the")
    if joint not in (",", "and", "or") or step >= len(tokens):
        return False
    below = noun_level(tokens[step])
    numbered = step + 1 < len(tokens) and tokens[step + 1].kind is TokenKind.NUMBER
    placed = step + 1 < len(tokens) and tokens[step + 1].kind in (TokenKind.NUMBER, TokenKind.BRACKET)
    of_article = placed and word_at(tokens, step + 2) == "of" and word_at(tokens, step + 3) == "article"
    goes_on = numbered if below is Level.ARTICLE else below is not None and (joint != "," or of_article)
    return goes_on or _sentence_word(tokens, step) is not None


def _sentence_of_number(tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
    """`the second sentence of 393 (1)` in a list of articles: the sentence, and where the number stands."""
    word = _sentence_word(tokens, at + (word_at(tokens, at) == "the"))
    if word is None or word_at(tokens, word[1]) not in ("of", "to"):
        return None
    number = word[1] + 1
    return (word[0], number) if number < len(tokens) and tokens[number].kind is TokenKind.NUMBER else None


def _read_item(tokens: Sequence[Token], at: int, noun: Level, before: Place | None) -> tuple[Place, int] | None:
    """One member of a list of numbers; levels it leaves out are those of the member before it."""
    if at >= len(tokens):
        return None
    token = tokens[at]
    level = _level_of(tokens, at, noun, before)
    if level is None:
        return None
    place = replace(before or Place(), sentence="").with_part(level, Part(token.text))
    return _descend(tokens, at + 1 + (level is Level.SUBITEM and is_subitem(tokens, at)), place, level)


def _read_subitem(tokens: Sequence[Token], at: int) -> Read | None:
    """`3) of item (a)`, `3) or 4) of the same item`: below an item a number alone says its level."""
    if not is_subitem(tokens, at):
        return None
    place = Place(((Level.SUBITEM, Part(tokens[at].text)),))
    targets, index = _read_list(tokens, Level.SUBITEM, (place, at + 2), plural=False)
    noun = index + 1 + (word_at(tokens, index + 1) == "the")
    noun += word_at(tokens, noun) in english.RELATIVES
    named = noun < len(tokens) and word_at(tokens, index) == "of" and noun_level(tokens[noun]) is Level.ITEM
    return (targets, index) if named else None


def _level_of(tokens: Sequence[Token], at: int, noun: Level, before: Place | None) -> Level | None:
    token = tokens[at]
    digits = token.text[:1].isdigit()
    deepest = before.deepest if before is not None else None
    if deepest is Level.SUBITEM and is_subitem(tokens, at):
        return Level.SUBITEM
    if token.kind is TokenKind.NUMBER:
        if deepest is None:
            return noun if noun <= Level.SUBPARAGRAPH else None
        if noun is Level.ARTICLE and deepest >= Level.SUBPARAGRAPH and not opens_article(tokens, at):
            return Level.SUBPARAGRAPH
        if noun is Level.PARAGRAPH and deepest >= Level.SUBPARAGRAPH:
            return Level.SUBPARAGRAPH
        return noun if noun <= Level.SUBPARAGRAPH else None
    if token.kind is TokenKind.BRACKET and digits:
        if deepest is None:
            return noun if noun in (Level.PARAGRAPH, Level.SUBPARAGRAPH) else None
        return Level.SUBPARAGRAPH if noun is Level.SUBPARAGRAPH else Level.PARAGRAPH
    letter = token.kind is TokenKind.BRACKET or (
        token.kind is TokenKind.WORD and len(token.text) == 1 and token.text != "a"
    )
    if letter and not digits and token.lower.isalpha():
        if deepest is None:
            # `subparagraph (i)`: an entry of a list in letters right below a paragraph.
            # `paragraph (a)`: so the British name what others call an item.
            return Level.ITEM if noun in (Level.PARAGRAPH, Level.SUBPARAGRAPH) else noun if noun >= Level.ITEM else None
        return deepest if deepest >= Level.ITEM and token.kind is TokenKind.BRACKET else None
    return None


def _descend(tokens: Sequence[Token], at: int, place: Place, level: Level) -> tuple[Place, int]:
    """The lower levels printed right behind: `(1)`, `2`, `(a)`, or with their nouns (`Article 5 paragraph (1)`)."""
    index = at
    while index < len(tokens):
        token = tokens[index]
        digits = token.text[:1].isdigit()
        if level is Level.ARTICLE and token.text == "(" and (behind := skip_gloss(tokens, index)) > index:
            if behind >= len(tokens) or tokens[behind].kind is not TokenKind.BRACKET:
                break
            index, token = behind, tokens[behind]
            digits = token.text[:1].isdigit()
        if token.kind is TokenKind.BRACKET and digits and level is Level.ARTICLE:
            level = Level.PARAGRAPH
        elif token.kind is TokenKind.NUMBER and level is Level.PARAGRAPH and not is_count(tokens, index, index + 1):
            if place.part(Level.PARAGRAPH) and tokens[index - 1].kind is not TokenKind.BRACKET:
                break
            level = Level.SUBPARAGRAPH
        elif token.kind is TokenKind.BRACKET and not digits and level is not Level.SUBITEM:
            level = Level.SUBITEM if level is Level.ITEM else Level.ITEM
        elif level is Level.ITEM and is_subitem(tokens, index):
            index, level = index + 1, Level.SUBITEM
        else:
            named = _named_below(tokens, index, level)
            if named is None:
                break
            index, level = named
            token = tokens[index]
            if level is Level.ITEM and token.text.isdigit() and place.part(Level.SUBPARAGRAPH) is None:
                level = Level.SUBPARAGRAPH  # `Article 2, Item 3`
        place = place.with_part(level, Part(token.text))
        index += 1
    if word_at(tokens, index) == "proviso":
        return replace(place, sentence="proviso"), index + 1
    sentence = _bracketed_sentence(tokens, index) if place.parts else None
    return (place, index) if sentence is None else (replace(place, sentence=sentence[0]), sentence[1])


def _bracketed_sentence(tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
    """`(main sentence)`, `(limited to the proviso)` behind a number: that sentence alone, and the list goes on.

    So `, first sentence,`, where no other place stands behind it.
    """
    if (
        word_at(tokens, at) == ","
        and word_at(tokens, at + 1) in english.SENTENCES_IN_ROW
        and word_at(tokens, at + 2) == "sentence"
    ):
        behind = at + 3 + (word_at(tokens, at + 3) == ",")
        own = behind == at + 4 or word_at(tokens, behind) not in ("of", "to")
        word = _sentence_word(tokens, at + 1)
        return (word[0] if word is not None else "", at + 3) if own else None
    if word_at(tokens, at) != "(":
        return None
    step = at + 1
    if word_at(tokens, step) == "only" or [word_at(tokens, step), word_at(tokens, step + 1)] == ["limited", "to"]:
        step += 1 if word_at(tokens, step) == "only" else 2
    word = _sentence_word(tokens, step + (word_at(tokens, step) == "the"))
    if word is None:
        return None
    close = word[1] + (word_at(tokens, word[1]) == "only")
    return (word[0], close + 1) if word_at(tokens, close) == ")" else None


def _named_below(tokens: Sequence[Token], at: int, level: Level) -> tuple[int, Level] | None:
    """Index of the number and its level in `paragraph (1)` right behind an Article (also behind a comma)."""
    comma = word_at(tokens, at) == ","
    index = at + comma
    below = numbered_level(tokens, index) if index < len(tokens) else None
    if below is None or below <= level or index + 1 >= len(tokens):
        return None
    if tokens[index + 1].kind not in (TokenKind.NUMBER, TokenKind.BRACKET):
        return None
    if tokens[index].lower.endswith("s"):
        # `Article 7-8, subparagraphs 3 and 4`: the article's own, if no clause opens with them and none else has them.
        end = index + 1
        while end < len(tokens) and (
            tokens[end].text[:1].isdigit() or word_at(tokens, end) in english.RANGE | english.JOINTS
        ):
            end += 1
        pointed = noun_level(tokens[index]) is None and (below is Level.ITEM or not comma)
        return (index + 1, below) if pointed or (level is Level.ARTICLE and not opens_clause(tokens, end)) else None
    # `under Article 12, paragraph (1) shall apply`: the comma ends a clause there.
    amended = any(token.lower == "amended" for token in tokens[max(at - _AMENDED, 0) : at])
    joined = word_at(tokens, index + 2) in ("and", "or") and not _has_article(tokens, index + 3)
    force = any(word in english.FORCE for word in (word_at(tokens, index + k) for k in range(3, 7)))
    verb = (amended or force) and word_at(tokens, index + 2) in english.VERBS
    if comma and joined:
        # `Article 3, subparagraph 2 or 3, 4 (1) or 18`: where articles go on behind it, it is the article's own.
        run = next((k for k in range(index + 3, len(tokens)) if not tokens[k].text[:1].isdigit()), len(tokens))
        joined = (
            level is not Level.ARTICLE or read_further_articles(tokens, run + 1) is None or word_at(tokens, run) != ","
        )
    # `Article 4, paragraph (2), item (i) is`: commas part the levels.
    parted = level is Level.PARAGRAPH and [word_at(tokens, at - 3), word_at(tokens, at - 2)] == [",", "paragraph"]
    parted = parted or (word_at(tokens, index + 2) == "of" and word_at(tokens, index + 4) == "same")
    if comma and not parted and (joined or (opens_clause(tokens, index + 2) and not verb)):
        return None
    return index + 1, below


def _has_article(tokens: Sequence[Token], at: int) -> bool:
    """True at `Article 5`, and at `paragraph (1) of Article 5`: whole without what stands before it."""
    part = at + 2 < len(tokens) and noun_level(tokens[at]) is not None and word_at(tokens, at + 2) == "of"
    return "article" in [word_at(tokens, one).removesuffix("s") for one in (at, at + 3)[: 1 + part]]
