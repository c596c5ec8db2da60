"""Says what a reference does: cites, under, notwithstanding, proviso, mutatis mutandis, deeming …

Decided from the words around the mention, strongest first; the first kind whose words are there is taken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from itertools import pairwise

from mutandis_text.references import english
from mutandis_text.references.grammar import Wording
from mutandis_text.references.narrowing import find_exclusion, skip_bracket
from mutandis_text.references.syntax import LawNameKind, Mention, MentionKind
from mutandis_text.references.tokens import Token, word_at

_REACH = 10
"""How many words `notwithstanding` looks ahead (`notwithstanding the measures referred to in paragraph (1)`: five)."""


class ReferenceKind(StrEnum):
    """What a reference does with its target."""

    CITES = "cites"
    UNDER = "under"
    NOTWITHSTANDING = "notwithstanding"
    PROVISO = "proviso"
    MUTATIS_MUTANDIS = "mutatis mutandis"
    DEFINITION = "definition"
    DELEGATION = "delegation"
    DEEMING = "deeming"
    EXCLUDING = "excluding"


_ASIDE = (ReferenceKind.EXCLUDING, ReferenceKind.DEFINITION)
"""What stands between two references of a list, most often in brackets, and says something of its own."""


_PLAIN = (ReferenceKind.CITES, ReferenceKind.UNDER, ReferenceKind.PROVISO)
"""What a list that is left out may hold behind its first member."""


def classify_mentions(wording: Wording) -> tuple[ReferenceKind, ...]:
    """The kind of each mention of a sentence, in their order."""
    tokens = wording.tokens
    deemed = next((at for at, token in enumerate(tokens) if token.lower in english.DEEMED), len(tokens))
    starts = [find_exclusion(tokens, mention.first) for mention in wording.mentions]
    excluding = [first < mention.first for first, mention in zip(starts, wording.mentions, strict=True)]
    left_out = {
        first: mention.last
        for first, mention, leaves_out in zip(starts, wording.mentions, excluding, strict=True)
        if leaves_out
    }
    kinds = [
        _classify(wording, mention, deemed, left_out, leaves_out)
        for mention, leaves_out in zip(wording.mentions, excluding, strict=True)
    ]
    # `Act A and the Act B shall apply mutatis mutandis`: what holds of the last of a pair holds of both.
    listed: set[int] = set()
    spoken = [at for at, kind in enumerate(kinds) if kind not in _ASIDE]
    for index, following in zip(spoken[-2::-1], spoken[:0:-1], strict=True):
        first = skip_bracket(tokens, wording.mentions[index].last)
        between = [token.lower for token in tokens[first : wording.mentions[following].first]]
        # `the Act A, the Act B and the Act C`: the comma goes on where an `and` closes the list.
        laws = all(
            one.kind is MentionKind.LAW and one.law is not None and one.law.kind is LawNameKind.NAMED
            for one in (wording.mentions[index], wording.mentions[following])
        )
        joined = bool(english.JOINTS & set(between)) or (laws and following in listed and "," in between)
        if not joined or not all(word in english.BETWEEN_JOINED for word in between):
            continue
        listed.add(index)
        if kinds[following] is ReferenceKind.MUTATIS_MUTANDIS:
            kinds[index] = ReferenceKind.MUTATIS_MUTANDIS
    # `with the exception of Chapter V, Article 67 and Article 68,`: all of the list is left out.
    for place, (mention, further) in enumerate(pairwise(wording.mentions)):
        if kinds[place] is ReferenceKind.EXCLUDING and kinds[place + 1] in _PLAIN:
            words = [token.lower for token in tokens[mention.last : further.first]]
            joint = english.JOINTS & set(words) and "," not in words
            listed_on = words[:1] == [","] and len(further.targets) > 1 and not _acts(tokens, further.last)
            if (joint or listed_on) and all(word in english.BETWEEN_JOINED | english.BEFORE_EXCLUDED for word in words):
                kinds[place + 1] = ReferenceKind.EXCLUDING
    # `under this Act or Article 5 of the Act B`: both are acted under.
    for index, following in pairwise(spoken):
        one, other = wording.mentions[index], wording.mentions[following]
        between = [token.lower for token in tokens[one.last : other.first]]
        row = between == [","] and len(other.targets) > 1 and not _acts(tokens, other.last)
        if (index in listed or row) and kinds[index] is ReferenceKind.UNDER and kinds[following] is ReferenceKind.CITES:
            kinds[following] = ReferenceKind.UNDER
    return tuple(kinds)


def _acts(tokens: Sequence[Token], at: int) -> bool:
    """True if a verb stands here: what is before it is the subject of a clause, not the end of a list."""
    return at < len(tokens) and tokens[at].lower in english.VERBS


def _classify(
    wording: Wording, mention: Mention, deemed: int, left_out: Mapping[int, int], leaves_out: bool
) -> ReferenceKind:
    if mention.kind is MentionKind.DEFINITION:
        return ReferenceKind.DEFINITION
    if mention.kind is MentionKind.DELEGATION:
        return ReferenceKind.DELEGATION
    tokens = wording.tokens
    if leaves_out:
        return ReferenceKind.EXCLUDING
    if _applies_mutatis(tokens, mention, left_out):
        return ReferenceKind.MUTATIS_MUTANDIS
    if _stands_notwithstanding(tokens, mention):
        return ReferenceKind.NOTWITHSTANDING
    if _deems(tokens, mention, deemed):
        return ReferenceKind.DEEMING
    if any(target.first.sentence == "proviso" for target in mention.targets):
        return ReferenceKind.PROVISO
    return ReferenceKind.UNDER if _stands_under(tokens, mention) else ReferenceKind.CITES


def _applies_mutatis(tokens: Sequence[Token], mention: Mention, left_out: Mapping[int, int]) -> bool:
    """`left_out` maps the first token of what is excluded to the one behind it."""
    index = mention.last
    depth = 0
    while index < len(tokens):
        token = tokens[index]
        if token.text == "(":
            depth += 1
        elif token.text == ")" and depth:
            depth -= 1
        elif index in left_out and not depth:
            index = left_out[index]
            continue
        elif not depth and _applies_modified(tokens, index):
            return True
        elif token.lower == "mutatis" and not depth:
            return not _reports(tokens, index)
        elif not depth and token.lower not in english.BETWEEN_MUTATIS:
            break
        index += 1
    # `… shall be governed mutatis mutandis by Article 5`, `… apply mutatis mutandis Article 5`
    back = mention.first - 1
    while back >= 0 and tokens[back].lower in ("by", "the", "provisions", "of", "in", "accordance", "with"):
        back -= 1
    if back < 0 or tokens[back].lower != "mutandis":
        return False
    # `Article 22 as applied mutatis mutandis in Article 48`, `cases applied mutatis mutandis in it`: 48 applies it.
    aux = {token.lower for token in tokens[max(back - 5, 0) : back - 2]}
    return not (tokens[back - 2].lower == "applied" and not aux & english.AUXILIARIES)


def _applies_modified(tokens: Sequence[Token], at: int) -> bool:
    """True at `accordingly` of `shall apply accordingly`, and at `with the necessary modifications` behind the verb."""
    if word_at(tokens, at - 1) not in ("apply", "applies", "applied"):
        return False
    if tokens[at].lower in english.ACCORDINGLY:
        return True
    said = [word_at(tokens, at + step) for step in range(5)]
    return said[0] == "with" and bool({"necessary", "appropriate"} & set(said)) and bool(english.MODIFIED & set(said))


def _reports(tokens: Sequence[Token], mutatis: int) -> bool:
    """True for `Article 9 applied mutatis mutandis under Article 11`: it is Article 11 that applies it."""
    verb, behind = tokens[mutatis - 1].lower, [token.lower for token in tokens[mutatis + 2 : mutatis + 4]]
    shall = tokens[max(mutatis - 3, 0) : mutatis]
    told = verb == "applied" and all(token.lower not in english.AUXILIARIES for token in shall)
    named = behind[:1] in (["under"], ["by"]) or behind in (["pursuant", "to"], ["in", "accordance"])
    return named and (told or all(token.lower not in ("shall", "may") for token in shall))


def _stands_notwithstanding(tokens: Sequence[Token], mention: Mention) -> bool:
    behind = [token.lower for token in tokens[mention.last : mention.last + 2]]
    if behind[:1] == ["notwithstanding"] and (len(behind) == 1 or behind[1] in (",", ".", ";", ":")):
        return True  # `Article 5 of the Salt Act notwithstanding, …`
    for back in range(1, _REACH + 1):
        index = mention.first - back
        if index < 0 or tokens[index].text in (",", ";", ".", ":"):
            return False
        if tokens[index].lower in ("notwithstanding", "despite"):
            return True
        if tokens[index].lower == "derogation" and word_at(tokens, index - 1) in ("of", "by", "in"):
            return True  # `by way of derogation from paragraph 1`
        if index == 0 and tokens[0].text == "Contrary" and word_at(tokens, 1) == "to":
            return True  # that opens a sentence; `who, contrary to Article 5, sells` breaks it
        if tokens[index].lower in ("irrespective", "regardless") and tokens[index + 1].lower == "of":
            return all(token.lower in english.SMALL for token in tokens[index + 2 : mention.first])
    return False


def _deems(tokens: Sequence[Token], mention: Mention, deemed: int) -> bool:
    """True for `shall be deemed … when Article 127 is applied`, and for what `shall be deemed` itself follows.

    `deemed` is the first token that says so, or one behind the last.
    """
    behind = [t.lower for t in tokens[mention.last : mention.last + 4]]
    if behind[:2] in (["shall", "be"], ["is", "to"]) and any(word in english.DEEMED for word in behind):
        # `Persons under Article 2 shall be deemed …`: it is the persons who are deemed something.
        return not _stands_under(tokens, mention)
    said = mention.first > deemed
    clause = [t.lower for t in tokens[max(mention.first - 4, 0) : mention.first]]
    applied = any(t.lower in ("applied", "application", "applying") for t in tokens[mention.last : mention.last + 3])
    purposes = any(word in clause for word in ("purposes", "application", "applying"))
    return said and (applied or purposes)


def _stands_under(tokens: Sequence[Token], mention: Mention) -> bool:
    back = mention.first
    while back > 0 and tokens[back - 1].lower in english.SMALL:
        back -= 1
    before = [t.lower for t in tokens[max(back - 4, 0) : back]]
    for words in english.UNDER:
        if tuple(before[-len(words) :]) == words:
            # `falls under paragraph (1) 2` says what a thing is, not by what power something is done.
            return not (words == ("under",) and len(before) > 1 and before[-2] in ("fall", "falls", "falling", "fell"))
    return False
