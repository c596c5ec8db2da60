"""What narrows a reference: `Article 5 (excluding paragraph (2))`, `each subparagraph other than subparagraph 3`.

A bracket that narrows may stand between the members of a list or before the law they belong to; the list goes on
behind it. What it names is a part of the provision before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mutandis_text.references import english
from mutandis_text.references.syntax import LawName, LawNameKind, Level, Mention, MentionKind, Place, Relative, Target
from mutandis_text.references.tokens import Token, TokenKind, word_at

_LONGEST = 60
"""Tokens of a bracket that narrows; where it does not close within them, it is none."""

_MOST_THINGS = 3
"""Words for what a narrowing bracket speaks of, apart from `cases falling under` and the like."""

_MOST_WORDS = 9
"""Words of `(excluding a person whose license was revoked under …`."""

_LONGEST_GLOSS = 16
"""Tokens of a heading in brackets; longer ones say something else."""

_NEAR_QUOTED = 40
_NEAR = 10
"""Tokens between a provision and `its proviso`; farther away something else may be meant."""


def skip_narrowing(tokens: Sequence[Token], at: int) -> int:
    """The index behind a bracket that narrows what stands before it; `at` itself where none stands there."""
    return skip_bracket(tokens, at) if opens_narrowing(tokens, at) else at


def skip_bracket(tokens: Sequence[Token], at: int) -> int:
    """The index behind any bracket that opens here; `at` itself where none does, or it does not close soon."""
    depth = 0
    for index in range(at, min(at + _LONGEST, len(tokens))):
        depth += (tokens[index].text == "(") - (tokens[index].text == ")")
        if depth == 0:
            return index + 1 if index > at else at
    return at


def skip_gloss(tokens: Sequence[Token], at: int) -> int:
    """The index behind `(Theft of Wood)`, the heading printed behind a number; `at` itself where none stands there."""
    if word_at(tokens, at) != "(" or word_at(tokens, at + 1) in english.NO_GLOSS:
        return at
    for index in range(at + 1, min(at + _LONGEST_GLOSS, len(tokens))):
        token = tokens[index]
        if token.text == ")":
            capital = tokens[at + 1].is_capitalised
            # In small letters only where a law is named right behind.
            behind = (word_at(tokens, index + 1), index + 3 < len(tokens) and tokens[index + 3].is_capitalised)
            return index + 1 if index > at + 1 and (capital or behind == ("of", True)) else at
        if token.text == "." and word_at(tokens, index - 1) == "etc":
            continue
        if token.kind in (TokenKind.NUMBER, TokenKind.BRACKET, TokenKind.QUOTE) or token.text in ("(", ";", "."):
            return at
    return at


def skip_aside(tokens: Sequence[Token], at: int) -> int:
    """The index behind a gloss or behind `(excluding paragraph (3))`; `at` itself where neither stands there."""
    behind = skip_gloss(tokens, at)
    return skip_narrowing(tokens, at) if behind == at else behind


def skip_exclusion(tokens: Sequence[Token], at: int) -> int:
    """The index behind `, with the exception of the subparagraphs,`; `at` itself where none stands there."""
    if at >= len(tokens) or tokens[at].text != ",":
        return at
    for words in english.EXCLUDES:
        if tuple(token.lower for token in tokens[at + 1 : at + 1 + len(words)]) == words:
            closing = range(at + 1 + len(words), min(at + 1 + len(words) + _NEAR, len(tokens)))
            return next((index + 1 for index in closing if tokens[index].text == ","), at)
    return at


def opens_narrowing(tokens: Sequence[Token], at: int) -> bool:
    """True for `(excluding …`, `(limited to …`, `(only …`, `(proviso to …`."""
    if at + 1 >= len(tokens) or tokens[at].text != "(":
        return False
    narrows = tokens[at + 1].lower in english.NARROWS or _names_sentence(tokens, at)
    return narrows or _opens_behind_gloss(tokens, at) or _opens_behind_case(tokens, at)


def _opens_behind_gloss(tokens: Sequence[Token], at: int) -> bool:
    """True for `(Attempts; limited to those of Article 3)`: the heading, then what narrows."""
    if not tokens[at + 1].is_capitalised:
        return False
    for index in range(at + 2, min(at + _LONGEST_GLOSS, len(tokens) - 1)):
        if tokens[index].text in (";", ":"):
            return tokens[index + 1].lower in english.NARROWS
        if tokens[index].text in ("(", ")", "."):
            return False
    return False


def _opens_behind_case(tokens: Sequence[Token], at: int) -> bool:
    """True for `(in the case of paragraph (2), limited to boats)`: the case, then what narrows."""
    if word_at(tokens, at + 1) != "in" or not {"case", "cases"} & {word_at(tokens, at + 2), word_at(tokens, at + 3)}:
        return False
    comma = next((k for k in range(at + 4, min(at + _LONGEST_GLOSS, len(tokens))) if tokens[k].text in ",)"), at)
    return word_at(tokens, comma) == "," and word_at(tokens, comma + 1) in english.NARROWS


def _names_sentence(tokens: Sequence[Token], at: int) -> bool:
    """True for `(proviso to subparagraph 2)`, `(latter part of paragraph (1))` behind a provision."""
    behind = (word_at(tokens, at + 2), word_at(tokens, at + 3))
    return word_at(tokens, at + 1) in english.SENTENCES and ("to" in behind or "of" in behind)


def note_bracket(tokens: Sequence[Token], targets: tuple[Target, ...], behind: int) -> tuple[Target, ...]:
    """The targets, the last of them with the bracket that narrows it (also behind `thereof`)."""
    behind += word_at(tokens, behind) == "thereof"
    if not opens_narrowing(tokens, behind):
        return targets
    return (*targets[:-1], replace(targets[-1], narrowed=behind))


def find_brackets(tokens: Sequence[Token], mention: Mention) -> list[tuple[int, int, Target]]:
    """The brackets that narrow what a mention names, from where to where, each with the target before it."""
    held = {target.narrowed: target for target in mention.targets if target.narrowed}
    if (mention.targets or mention.kind is MentionKind.LAW) and opens_narrowing(tokens, mention.last):
        # Behind the name of a law: `the Roads Act (excluding Articles 5 and 7)`.
        held.setdefault(mention.last, mention.targets[-1] if mention.targets else Target(Place()))
    ends = ((opening, skip_narrowing(tokens, opening), held[opening]) for opening in sorted(held))
    return [(opening, close, target) for opening, close, target in ends if close > opening]


def narrow_inside(
    tokens: Sequence[Token], before: Mention, holder: Target, opening: int, inside: Sequence[Mention]
) -> list[Mention]:
    """What a bracket names, as parts of what stands before it."""
    found: list[Mention] = []
    for mention in inside:
        own = mention if found else _point_at(holder, mention, before.law)
        found.append(_narrow(tokens, before.law, mention, holder, opening) if own is mention else own)
        opening = mention.last - 1
    return found


def _point_at(holder: Target, mention: Mention, law: LawName | None) -> Mention:
    """`Article 4 (excluding paragraph (2) of the said Article)`: the Article that stands before the bracket."""
    top = {one.first.parts[0] if one.first.parts else None for one in mention.targets}
    level, part = next(iter(top), None) or (None, None)
    named = holder.first.part(level) if level is not None else None
    pointing = part is not None and part.relative is Relative.SAME and part.count == 1
    if len(top) != 1 or not pointing or level is None or named is None or named.relative is not None or mention.law:
        return mention
    above = Target(Place(tuple((own, one) for own, one in holder.first.parts if own <= level)))
    below = (_drop_top(one) for one in mention.targets)
    return replace(mention, law=law, targets=tuple(one.inside(above) for one in below))


def _drop_top(target: Target) -> Target:
    """The target without the highest level it names."""
    last = target.last and replace(target.last, parts=target.last.parts[1:])
    return replace(target, first=replace(target.first, parts=target.first.parts[1:]), last=last)


def narrow_next(tokens: Sequence[Token], found: Sequence[Mention], mention: Mention) -> tuple[Mention, Mention]:
    """`Article 5, except paragraph (2)`, `each subparagraph other than subparagraph 3 of Article 5`: the last of those
    found and the next one."""
    before = found[-1]
    if not before.targets or not mention.targets or (mention.law and before.targets[-1].first.parts):
        return before, mention
    opening = before.last - (tokens[before.last].text != ",")
    between = [token.lower for token in tokens[opening + 1 : mention.first]]
    last, first = before.targets[-1].first, mention.targets[0].first
    if _is_its_own(tokens, before, mention):
        within = _part_above(last, first.highest)
        if within is not None:
            return before, _put_inside(mention, within, before.law)
    excluded = find_exclusion(tokens, mention.first) < mention.first
    if not between or not excluded or not all(word in english.NARROWING for word in between):
        return before, mention
    if last.each is None or last.parts:
        narrowed = _narrow(tokens, before.law, mention, before.targets[-1], opening)
        return before, _leave_open(tokens, found, mention, narrowed)
    if first.highest is None or first.deepest is not last.each:
        return before, mention
    holder = Target(Place(tuple((level, part) for level, part in first.parts if level < last.each)))
    return replace(before, targets=tuple(one.inside(holder) for one in before.targets), law=mention.law), mention


def _leave_open(tokens: Sequence[Token], found: Sequence[Mention], mention: Mention, narrowed: Mention) -> Mention:
    """`Article 6 shall not apply to renewal under paragraph (1), except for subparagraph 3`: of 6, if (1) has none."""
    farther = found[-2] if len(found) > 1 and tokens[found[-1].last].text == "," else None
    if narrowed is mention or farther is None or not farther.targets or farther.law is not found[-1].law:
        return narrowed
    within = _part_above(farther.targets[-1].first, mention.targets[0].first.highest)
    if within is None:
        return narrowed
    others = (one.inside(Target(within)) for one in mention.targets)
    pairs = zip(narrowed.targets, others, strict=True)
    return replace(narrowed, targets=tuple(replace(one, otherwise=other) for one, other in pairs))


def _is_its_own(tokens: Sequence[Token], before: Mention, mention: Mention) -> bool:
    """True for `its proviso`, `paragraph (2) thereof` close behind the provision meant."""
    behind = tokens[mention.last].lower if mention.last < len(tokens) else ""
    own = tokens[mention.first - 1].lower == "its" or behind in ("thereof", "thereto")
    tops = {one.first.highest for one in mention.targets}
    article = behind == "thereof" and tops == {Level.ARTICLE}
    # `"A" in subparagraph 3 of paragraph (1) shall be read as "B", and "C" in subparagraph 4 thereof as "D"`
    quoted = any(token.kind is TokenKind.QUOTE for token in tokens[before.last : mention.first])
    near = mention.first - before.last <= (_NEAR_QUOTED if quoted else _NEAR)
    return own and len(tops) == 1 and (article or near)


def _put_inside(mention: Mention, holder: Place, law: LawName | None) -> Mention:
    return replace(mention, targets=tuple(one.inside(Target(holder)) for one in mention.targets), law=law)


def _narrow(tokens: Sequence[Token], law: LawName | None, mention: Mention, holder: Target, opening: int) -> Mention:
    between = [token.lower for token in tokens[opening + 1 : mention.first]]
    named = not between and opening < len(tokens) and _names_sentence(tokens, opening)
    if mention.kind is not MentionKind.PROVISION or mention.law is not None or not (between or named):
        return mention
    exact = all(word in english.NARROWING for word in between) or word_at(tokens, mention.last) == "thereof"
    if law is not None and not holder.first.parts:
        return replace(mention, law=law) if exact else mention
    other = [word for word in between if word not in english.NARROWING | english.CASES]
    # `(limited to vessels falling under subparagraph 1)`: whatever it is that falls under it.
    cases = len(other) <= _MOST_THINGS and all(word.isalpha() for word in other) and opens_narrowing(tokens, opening)
    cases = cases or not other or exact
    top = mention.targets[0].first.highest or mention.targets[0].first.each
    within = _part_above(holder.first, top)
    if within is None or any(part.relative for one in mention.targets for _, part in one.first.parts):
        return mention
    if law is not None and top is Level.ARTICLE and _speaks_of_law(tokens, law, opening):
        # `Article 15 of the Salt Act (limited to attempts under Articles 3 and 4)`: of the law named there.
        return _put_inside(mention, within, law)
    if not cases:
        return mention
    if exact or (law is not None and opening < law.first and within.parts):
        return _put_inside(mention, within, law)
    # `(excluding cases falling under paragraph (2))` may also speak of the provision's own neighbours.
    if law is not None or not within.parts:
        return mention
    return replace(
        mention, targets=tuple(replace(one.inside(Target(within)), otherwise=one) for one in mention.targets)
    )


def _speaks_of_law(tokens: Sequence[Token], law: LawName, opening: int) -> bool:
    """True for a narrowing bracket about the law; one that includes more behind its name may speak of any law."""
    more = word_at(tokens, opening + 1) in english.ADDS and law.last <= opening
    return law.kind in (LawNameKind.NAMED, LawNameKind.SAME) and opens_narrowing(tokens, opening) and not more


def _part_above(holder: Place, top: Level | None) -> Place | None:
    """What of the holder stands above a level: all of it, or less for `paragraphs (1) through (5) (excluding (3))`."""
    if top is None:
        return replace(holder, sentence="", each=None)
    if holder.highest is None or (holder.highest >= top and top is not Level.ARTICLE):
        return None
    return Place(tuple((level, part) for level, part in holder.parts if level < top))


def find_exclusion(tokens: Sequence[Token], at: int) -> int:
    """Where `excluding`, `except for`, `other than` begins that takes out what begins at a token; `at` if none does."""
    back = at = min(at, len(tokens))
    while back > 0 and tokens[back - 1].lower in english.BEFORE_EXCLUDED:
        back -= 1
    for words in english.EXCLUDES:
        for end in range(back, min(back + 2, at) + 1):
            if tuple(token.lower for token in tokens[max(end - len(words), 0) : end]) == words:
                return end - len(words)
    # `(excluding a request referred to in Article 8)`: whatever it is that is under it.
    for start in range(max(back - _MOST_WORDS, 0), back) if back < at else ():
        between = [token.lower for token in tokens[start + 1 : back]]
        plain = (
            between[:1] == ["excluding"]
            and all(word.isalpha() for word in between)
            and not english.VERBS & set(between)
        )
        if tokens[start].text == "(" and plain:
            return start + 1
    return at
