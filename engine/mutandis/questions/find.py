"""Finding an action or a fact by the words a person has for it.

An action is looked for in its label, its name, the other words that people have for it (`also`), and the summaries of
the norms about it; a fact in its question, what it says, its name, and the other words for its term. Rare words count
for more than common ones, and what has more of the words stands first.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping

from mutandis.arguments import check_count, check_text
from mutandis.dataclass import dataclass
from mutandis.link.program import Program
from mutandis.link.read_through import facts_read
from mutandis.link.reads import of_component
from mutandis.vocabulary import FactDeclaration

_WORD = re.compile(r"[a-z0-9]+")
_SMALL = frozenset(
    _WORD.findall(
        "a allowed an and any are as at be been but by can could did do does for from had has have he her him his "
        "how i if in into is it its like may me must my no not of on or our she shall should so somebody some "
        "someone than that the their them then there they this to us want wanted wants was we were what when where "
        "whether which who whom whose why will wish wishes with would you your"
    )
)
_ENDINGS = ("ations", "ation", "ings", "ing", "ary", "ies", "ied", "es", "ed", "e", "s", "y")
_SHORTEST = 4
"""Of so many letters on, a word is found within longer ones: `phone` in `telephone`."""
_MOST_OF = 0.6
"""A word that has so much of a longer one, from its beginning, is like it: not `comply` like `complaint`."""


@dataclass(frozen=True, slots=True)
class FoundAction:
    """An action that the words speak of: how it is written, its label, who acts, the articles that speak of it."""

    action: str
    label: str
    by: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoundFact:
    """A fact that the words speak of, and the question that asks for it."""

    fact: str
    question: str


@dataclass(frozen=True, slots=True)
class Found:
    """What the words speak of, the best match first in each."""

    actions: tuple[FoundAction, ...]
    facts: tuple[FoundFact, ...]


Texts = tuple[tuple[float, frozenset[str]], ...]
"""The words of a thing, with the weight of where they stand."""


class Finder:
    """What there is to find in a rulebook, gathered once; `find` may be called from any number of threads."""

    __slots__ = ("_actions", "_facts", "_program")

    def __init__(self, program: Program, gathered: object = None) -> None:
        """`gathered` is what `as_data` gave of a finder of the same program; without it all of it is gathered now."""
        self._program = program
        if isinstance(gathered, dict):
            read = ({name: _read(texts) for name, texts in gathered[kind].items()} for kind in ("actions", "facts"))
            self._actions, self._facts = read
            return
        vocabulary = program.vocabulary
        said = {name: frozenset(_stems(_said(declared))) for name, declared in vocabulary.facts.items()}
        self._actions = {name: _texts(program, name, said) for name in vocabulary.actions}
        self._facts = {
            name: (
                (1.0 + 8.0 / max(len(said[name]), 4), said[name]),
                (1.5, frozenset(_stems(name))),
                (1.0, frozenset(_stems(_also(program, name.partition(".")[0])))),
            )
            for name, declared in vocabulary.facts.items()
            if declared.question
        }

    def as_data(self) -> dict[str, dict[str, list[list[object]]]]:
        """What was gathered, in JSON's own types."""
        return {
            kind: {name: [[weight, sorted(held)] for weight, held in texts] for name, texts in things.items()}
            for kind, things in (("actions", self._actions), ("facts", self._facts))
        }

    def find(self, words: str, most: int = 8) -> Found:
        """The actions and facts that `words` speak of, up to `most` of each; none where no word is met."""
        check_text("words", words, "telephone calls of a juvenile", may_be_empty=True)
        check_count("most", most)
        wanted = tuple(dict.fromkeys(_stems(words)))
        facts = self._program.vocabulary.facts
        return Found(
            tuple(_action(self._program, name) for name in _ranked(self._actions, wanted)[:most]),
            tuple(FoundFact(name, facts[name].question) for name in _ranked(self._facts, wanted)[:most]),
        )


def _read(texts: list[tuple[float, list[str]]]) -> Texts:
    return tuple((weight, frozenset(held)) for weight, held in texts)


def _also(program: Program, term: str) -> str:
    """The other words that people have for the term and its kinds."""
    terms = program.vocabulary.terms
    return " ".join(terms[kind].also for kind in program.vocabulary.kinds_of(term) if kind in terms)


def _said(declared: FactDeclaration) -> str:
    return " ".join((declared.question, declared.says, *(label for _, label in declared.values)))


def _texts(program: Program, name: str, said: Mapping[str, frozenset[str]]) -> Texts:
    """The words that stand for an action: its label, the fewer the better, its name, other words for it and for its
    term, what the norms about it say, and what the facts say that they read."""
    component = program.components.get(name)
    norms = component.norms if component is not None else ()
    declared = program.vocabulary.actions[name]
    label = frozenset(_stems(declared.label))
    of_term = frozenset(_stems(_also(program, declared.term)))
    summaries = frozenset(stem for norm in norms for stem in _stems(norm.summary))
    read = facts_read(program, of_component(component)) if component is not None else ()
    facts = frozenset(stem for fact in read for stem in said.get(fact, ()))
    return (
        (2.0 + 2.0 / max(len(label), 1), label),
        (2.0, frozenset(_stems(name))),
        (2.0, frozenset(_stems(declared.also))),
        (1.3 + 1.0 / max(len(of_term), 4), of_term),
        (1.2, summaries),
        (0.5, facts),
    )


def _action(program: Program, name: str) -> FoundAction:
    declared, component = program.vocabulary.actions[name], program.components.get(name)
    norms = component.norms if component is not None else ()
    articles = sorted({norm.citation.article_citation() for norm in norms if not norm.derived})
    return FoundAction(name, declared.label, declared.by, tuple(map(str, articles)))


def _ranked(things: Mapping[str, Texts], wanted: tuple[str, ...]) -> list[str]:
    """The things with any of the words, best first; equal ones by name. What has half of the words counts a quarter."""
    common = Counter(word for texts in things.values() for word in frozenset().union(*(held for _, held in texts)))
    scores: dict[str, float] = {}
    met: Counter[str] = Counter()
    for stem in wanted:
        like = {word: likeness for word in common if (likeness := _likeness(stem, word))}
        rare = {word: math.log(1 + len(things) / common[word]) for word in like}
        for name, texts in things.items():
            best = [like[word] * rare[word] * weight for weight, held in texts for word in held & like.keys()]
            if best:
                met[name] += 1
                scores[name] = scores.get(name, 0.0) + max(best)
    ranked = {name: score * (met[name] / len(wanted)) ** 2 for name, score in scores.items()}
    return sorted(ranked, key=lambda name: (-ranked[name], name))


def _likeness(stem: str, word: str) -> float:
    """How well a word matches what is looked for: the same, beginning alike, or with it inside."""
    if word == stem:
        return 1.0
    if min(len(stem), len(word)) < _SHORTEST:
        return 0.0
    if word.startswith(stem) or (stem.startswith(word) and len(word) > _MOST_OF * len(stem)):
        return 0.7
    return 0.5 if stem in word else 0.0


def _stems(text: str) -> tuple[str, ...]:
    """The words of a text that tell something, without their endings.

    >>> _stems("The visits of a lawyer under disciplinary action"), _stems("discipline")
    (('visit', 'lawyer', 'under', 'disciplin', 'action'), ('disciplin',))
    """
    return tuple(_stem(word) for word in _WORD.findall(text.lower()) if word not in _SMALL)


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
