"""What of the vocabulary a sentence of the official text speaks of: whose act it is, facts and actions to begin with.

Only labels are compared, word by word, without endings: what is found is a suggestion to a drafter, who decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from mutandis.dataclass import dataclass
from mutandis.rulebook.fact_declaration import law_of_file
from mutandis.vocabulary import Vocabulary

_MODAL = re.compile(r"\b(?:shall|may|must|need(?=\s+not\b))\b", re.IGNORECASE)
_WORD = re.compile(r"[a-z]+(?:'s)?", re.IGNORECASE)
_GLOSS = re.compile(r"\([^()]*\)")
PARTICIPLE = r"(?:\w+ly\s+)?(?:\w+ed|given|made|kept|held|paid|sent|set|taken|put|borne|drawn|heard|shown|told|done)\b"
_PASSIVE = re.compile(rf"(?i)\s*(?:,[^,]*,)?\s*(?:not\s+|only\s+|also\s+)*be\s+{PARTICIPLE}")
_AGENT = re.compile(r"(?is)(?<!ion\s)(?<!ions\s)\bby\s+(?:the\s+|an?\s+|each\s+|any\s+)?(?:relevant\s+)?(.{1,80})")
_PRONOUN = re.compile(r"(?i)\b(?:he|she|it|they)\s*$")
_HIM = re.compile(r"(?i)\s*(?:not\s+)?\w+\s+(?:him|her|them|it)\b")
_STATE = re.compile(r"(?i)\s*(?:,[^,]*,)?\s*(?:also\s+|only\s+)*(?:contain|accommodate|constitute|consist|comprise)\b")
"""A verb that says how something is; nobody does it."""
_CALLED = re.compile(
    r"([^.;:]*?)\s*\((?:hereinafter|hereafter)\s+referred\s+to\s+as\s+(?:the\s+)?[\"“]([^\"“”]{1,60})[\"”][^()]*\)"
)
"""The words before it have the name in the bracket."""
_OPENS_OTHERWISE = re.compile(
    r"(?i)\s*(?:\(\d+\)\s*)?(?:(?:every|each)\s+(?:year|quarter|month|week|day)\b|provided|where|when|if|in|on|upon|after|before|once|as|for|to|under|with|pursuant|notwithstanding"
    r"|except|unless|until|within|even|during|by|among|of|at|according)\b"
)
"""How a sentence begins of which the subject stands behind a comma; of others a comma parts members of a list."""
_DETERMINERS = frozenset(
    _WORD.findall("the a an any each every such relevant concerned other another his her its their")
)
_PREPOSITIONS = frozenset(_WORD.findall("of to for from in with on by under against between among than"))
_EMPTY = frozenset(
    _WORD.findall("""
    a an and any as at be been by for from has have if in into is it its no not of on or other out own shall such
    than that the their there this those to under upon was were what when which who whom whose will with within
    """)
)
_ENDINGS = ("'s", "al", "ies", "ing", "ed", "es", "s", "y", "e")
_SUBORDINATE = frozenset(_WORD.findall("where when if that which who whom whose whether as unless because"))
"""Words that begin a clause whose `may` or `shall` is not that of the sentence."""
_NEAR = 4
"""So many words behind `shall` or `may` the verb of the sentence stands among."""
_MOST = 8
"""So many suggestions are read; more are passed over."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """What of the vocabulary a sentence speaks of. `by` acts, `to` is who is acted on; empty where no role is named.

    `actions` are those whose verb is that of the sentence, `others` are only spoken of. The longest labels come first.
    """

    by: str
    to: str
    actions: tuple[str, ...]
    others: tuple[str, ...]
    facts: tuple[str, ...]


class Words:
    """The labels of a vocabulary as one law uses it, taken apart once."""

    def __init__(self, vocabulary: Vocabulary, law: str) -> None:
        self._roles = [
            (name, _content(label))
            for name, term in vocabulary.terms.items()
            if term.role and law_of_file(term.span.file) in ("", law)
            for label in (term.label, *term.also.split(","))
            if label.strip()
        ]
        # Of "parole review board" the last word says what it is, of "sender of money" the first.
        self._compounds = {
            name
            for name, term in vocabulary.terms.items()
            if term.role and _EMPTY.isdisjoint(_WORD.findall(term.label.lower()))
        }
        self._labels = {name: term.label for name, term in vocabulary.terms.items() if term.role}
        self._pairs = {pair for _, own in self._roles for pair in pairwise(own)}
        self._names = {n for n, term in vocabulary.terms.items() if term.role and term.label.istitle()}
        self._actions = [
            (name, _content(one.label))
            for name, one in vocabulary.actions.items()
            if law_of_file(one.span.file) in ("", law)
        ]
        self._does = {name: one.by for name, one in vocabulary.actions.items()}
        self._facts = [
            (name, _content(f"{vocabulary.terms[term].label} {fact.label}"))
            for name, fact in vocabulary.facts.items()
            if law_of_file(fact.span.file) in ("", law) and (term := name.partition(".")[0]) in vocabulary.terms
        ]

    def suggest(self, text: str, heading: str = "") -> Suggested:
        """What `text`, one sentence, may speak of; `heading` is that of its article."""
        text = self._lengthen(text, heading)
        words = frozenset(_content(text))
        by, to = self._parties(_GLOSS.sub(" ", self._shorten(text)))
        modal = _main_modal(text)
        verb = _content(text[modal.end() :])[:_NEAR] if modal else ()
        actions = [(name, label) for name, label in self._actions if label and words.issuperset(label)]
        done = [(name, label) for name, label in actions if label[0] in verb]
        if not by and done:
            # Nobody is named: who does it by the vocabulary.
            doers = {self._does[name] for name, _ in done}
            by = doers.pop() if len(doers) == 1 else ""
        return Suggested(
            by,
            to,
            tuple(_fullest(done)),
            tuple(_fullest(one for one in actions if one not in done)),
            tuple(_fullest((name, whole) for name, whole in self._facts if words.issuperset(whole))),
        )

    def _lengthen(self, text: str, heading: str) -> str:
        """`The committee` as the one whose whole name the heading of the article has (`Disciplinary Committee`)."""
        named = {name for _, name in self._roles_in(heading)} & self._compounds
        label = self._labels[named.pop()] if len(named) == 1 else ""
        kind = label.rpartition(" ")[2]
        return re.sub(rf"(?i)\bthe {kind}\b(?! of\b)", f"the {label}", text) if kind != label else text

    def _shorten(self, text: str) -> str:
        """The text with the name of a role where the sentence first says who is called so."""
        called = _CALLED.match(text)
        if called is None or _content(called[2]) not in {own for _, own in self._roles}:
            return text
        if called[1].endswith(called[2]):
            return text  # of "the chairperson of the Salt Board (… the “Board”)" only the last words are called so
        opening = _OPENS_OTHERWISE.match(text)
        return f"{opening[0] if opening else ''} {called[2]}{text[called.end() :]}"

    def _parties(self, text: str) -> tuple[str, str]:
        """Who acts and on whom. In the passive only who is named with `by` acts, and the subject is acted on."""
        modal = _main_modal(text)
        if modal is None:
            return "", ""
        before, after = text[: modal.start()], text[modal.end() :]
        if _STATE.match(after):
            return "", ""
        # Who acts stands in the clause of the verb: in others stands of whom, or when.
        opens_otherwise = _OPENS_OTHERWISE.match(before) is not None
        clause = before.rpartition(",")[2] if opens_otherwise else before.partition(",")[0]
        named = next(self._subjects(before), "")
        subject = named if _PRONOUN.search(clause) else next(self._subjects(clause), "")
        if _PASSIVE.match(after):
            agent = _AGENT.search(after)
            by = next((name for at, name in self._roles_in(agent.group(1)) if at == 0), "") if agent else ""
            return by, subject if subject != by else ""
        if _HIM.match(after):
            return subject, named if named != subject else ""
        return subject, next((name for name in self._recipients(after) if name != subject), "")

    def _subjects(self, clause: str) -> Iterator[str]:
        """The roles in the clause before the verb that no preposition leads in (`the period of an inmate`)."""
        words = _WORD.findall(clause.lower())
        return (name for at, name in self._roles_in(clause) if not _is_led_in(words, at))

    def _recipients(self, after: str) -> Iterator[str]:
        """The roles that stand right behind the verb, then those behind `to` or `for`."""
        words = _WORD.findall(after.lower())
        behind_to = []
        for at, name in self._roles_in(after):
            lead = _lead(words, at)
            if lead == words[0]:
                yield name
            elif lead in ("to", "for"):
                behind_to.append(name)
        yield from behind_to

    def _role_at(self, words: Sequence[str], at: int) -> tuple[int, str]:
        """The role whose whole label stands there, the longest, with its length."""
        here = [(len(own), name) for name, own in self._roles if own and tuple(words[at : at + len(own)]) == own]
        return max(here, key=lambda one: one[0], default=(1, ""))

    def _shortened(self, words: Sequence[str], at: int, length: int) -> tuple[int, str] | None:
        """The one role of which only the beginning or the end stands there, and more than of any other: `the chief
        director`, `the Review Board`.
        """
        whole = length if self._role_at(words, at)[1] else 0
        begun = {
            (max(_common(own, words[at:]), _ends(own, words, at) if name in self._compounds else 0), name)
            for name, own in self._roles
            if own[1:]
        }
        most = max((shared for shared, _ in begun), default=0)
        names = [name for shared, name in begun if shared == most]
        return (most, names[0]) if most > whole and len(names) == 1 and words[at] != "person" else None

    def _roles_in(self, text: str) -> Iterator[tuple[int, str]]:
        """The roles that the text names with the place of the word each begins at; of two at one place the longer."""
        written = _WORD.findall(text)
        spoken = [word.lower() for word in written]
        raw = [(at, _stem(word)) for at, word in enumerate(spoken) if word not in _EMPTY | _DETERMINERS]
        words = tuple(stem for _, stem in raw)
        at = 0
        while at < len(words):
            length, name = self._role_at(words, at)
            place = raw[at][0]
            short = self._shortened(words, at, length)
            # One word is a shortened label only where nothing follows it: "public officials" are no public prosecutors.
            if short is not None and (short[0] > 1 or not spoken[place + 1 :]):
                length, name = short
            if name and not (length == 1 and self._is_other(words[at : at + 2], written[place : place + 2], name)):
                yield place, name
            at += length

    def _is_other(self, words: Sequence[str], written: Sequence[str], name: str) -> bool:
        """True for one word of a label that does not stand for the role here. `words` and `written` begin with it."""
        # "a person subject to …", "a person who …" is no person in general; a juvenile reformatory is no juvenile.
        if written[1:] and (words[0] == "person" or tuple(words) in self._pairs):
            return True
        # "Director" is what one law calls somebody so; "directors" are others.
        return name in self._names and written[0].islower()


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words both begin with."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _ends(own: Sequence[str], words: Sequence[str], at: int) -> int:
    """With how many words that stand there the label ends, all but the first of it at most."""
    longest = range(min(len(own) - 1, len(words) - at), 0, -1)
    return next((n for n in longest if tuple(words[at : at + n]) == tuple(own[-n:])), 0)


def _main_modal(text: str) -> re.Match[str] | None:
    """The `shall` or `may` of the sentence: the first that stands in no clause of its own, else the first."""
    found = list(_MODAL.finditer(text))
    for modal in found:
        clause = text[: modal.start()].rpartition(",")[2]
        if _SUBORDINATE.isdisjoint(_WORD.findall(clause.lower())):
            return modal
    return found[0] if found else None


def names_nobody(text: str) -> bool:
    """True for a sentence in the passive without an agent, or about `he`, `she`, `it`: whose act it is says another."""
    modal = _main_modal(text)
    if modal is None:
        return False
    before, after = text[: modal.start()], text[modal.end() :]
    return _PRONOUN.search(before) is not None or (_PASSIVE.match(after) is not None and _AGENT.search(after) is None)


def _is_led_in(words: Sequence[str], at: int) -> bool:
    """True for what a preposition leads in, whatever stands between: `of a correctional institution`."""
    for place in range(at - 1, max(-1, at - _NEAR - 1), -1):
        if words[place] in _PREPOSITIONS:
            return True
        if words[place] in ("or", "and"):  # what leads in the first of both leads in the other
            return _is_led_in(words, place)
        if words[place] in _DETERMINERS:
            before = next((n for n in range(place - 1, -1, -1) if words[n] not in _DETERMINERS), 0)
            return words[before] in _PREPOSITIONS or (words[before] in ("or", "and") and _is_led_in(words, before))
    return False


def _lead(words: Sequence[str], at: int) -> str:
    """The word before the one at `at`, articles and the like passed over; empty where there is none."""
    return next((word for word in reversed(words[:at]) if word not in _DETERMINERS), "")


def _fullest(found: Iterable[tuple[str, tuple[str, ...]]]) -> Iterator[str]:
    """The names, those of the longest labels first."""
    listed = sorted(found, key=lambda one: -len(one[1]))
    return (name for name, _ in listed[:_MOST])


def _content(text: str) -> tuple[str, ...]:
    """The words of the text that mean something, without their endings."""
    return tuple(_stem(word) for word in _WORD.findall(text.lower()) if word not in _EMPTY)


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word
