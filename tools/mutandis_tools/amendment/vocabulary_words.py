"""What of the vocabulary a sentence of the official text speaks of: whose act it is, facts and actions to begin with.

Only labels are compared, word by word, without endings: what is found is a suggestion to a drafter, who decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from mutandis.dataclass import dataclass
from mutandis.rulebook.fact_declaration import law_of_file
from mutandis.vocabulary import Vocabulary

_MODAL = re.compile(r"\b(?:shall|may|must)\b", re.IGNORECASE)
_WORD = re.compile(r"[a-z]+(?:'s)?", re.IGNORECASE)
_EMPTY = frozenset(
    [
        "a",
        "an",
        "and",
        "any",
        "as",
        "at",
        "be",
        "been",
        "by",
        "for",
        "from",
        "has",
        "have",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "no",
        "not",
        "of",
        "on",
        "or",
        "other",
        "out",
        "own",
        "shall",
        "such",
        "than",
        "that",
        "the",
        "their",
        "there",
        "this",
        "those",
        "to",
        "under",
        "upon",
        "was",
        "were",
        "what",
        "when",
        "which",
        "who",
        "whom",
        "whose",
        "will",
        "with",
        "within",
    ]
)
_ENDINGS = ("'s", "ies", "ing", "ed", "es", "s", "y", "e")
_MOST = 8
"""So many suggestions are read; more are passed over."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """What of the vocabulary a sentence speaks of. `by` acts, `to` is who is acted on; empty where no role is named."""

    by: str
    to: str
    actions: tuple[str, ...]
    facts: tuple[str, ...]


class Words:
    """The labels of a vocabulary as one law uses it, taken apart once."""

    def __init__(self, vocabulary: Vocabulary, law: str) -> None:
        self._roles = [
            (name, _content(term.label)) for name, term in vocabulary.terms.items() if term.role and term.label
        ]
        self._actions = [
            (name, _content(one.label))
            for name, one in vocabulary.actions.items()
            if law_of_file(one.span.file) in ("", law)
        ]
        self._facts = [
            (name, _content(f"{vocabulary.terms[term].label} {fact.label}"))
            for name, fact in vocabulary.facts.items()
            if law_of_file(fact.span.file) in ("", law) and (term := name.partition(".")[0]) in vocabulary.terms
        ]

    def suggest(self, text: str) -> Suggested:
        """What `text`, one sentence, may speak of."""
        modal = _MODAL.search(text)
        before, after = (text[: modal.start()], text[modal.end() :]) if modal else ("", text)
        # Who acts stands in the clause of the verb: in others stands of whom, or when.
        by = next(self._roles_in(before.rpartition(",")[2]), "")
        words = frozenset(_content(text))
        return Suggested(
            by,
            next((role for role in self._roles_in(after) if role != by), ""),
            tuple(_fullest((name, label) for name, label in self._actions if label and words.issuperset(label))),
            tuple(_fullest((name, whole) for name, whole in self._facts if words.issuperset(whole))),
        )

    def _roles_in(self, text: str) -> Iterator[str]:
        """The roles that the text names, in its order; of two at one place the longer name."""
        words = _content(text)
        at = 0
        while at < len(words):
            here = [(len(own), name) for name, own in self._roles if own and words[at : at + len(own)] == own]
            length, name = max(here, key=lambda one: one[0], default=(1, ""))
            if name:
                yield name
            at += length


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
