"""A name that is misspelt where it is declared, told there: all that names it as it was meant follows from that."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from mutandis.diagnostics import OF_A_NAME, Diagnostic, Label
from mutandis.source import NOWHERE, Span
from mutandis.vocabulary import Vocabulary

_OF_NAMES = OF_A_NAME - {"not-a-role", "dangling-citation", "unit-mismatch"}
_OF_CASES = frozenset({"unknown-fact", "unknown-question", "value-not-listed"})
_MOST_SHOWN = 4
_MEANT = re.compile(r"did you mean `([^`]+)`\?")
_NAMED = re.compile(r"`([^`]+)`")


def tell_misspelt(
    found: Sequence[Diagnostic], vocabulary: Vocabulary, files: Mapping[str, str]
) -> tuple[Diagnostic, ...]:
    """The diagnostics, sorted, with one in the place of those of a name that is near to a declared one which nothing
    names, where files beside each other have it: that the declaration is misspelt is then likelier than that all are.
    """
    groups: dict[tuple[str, str], list[Diagnostic]] = {}
    for one in found:
        pair = _name_and_meant(one)
        if pair is not None:
            groups.setdefault(pair, []).append(one)
    for (name, meant), alike in groups.items():
        declared = _declared_at(meant, name, alike, vocabulary)
        is_spread = len({one.span.file for one in alike}) > 1
        if declared.line and is_spread and not _is_named(meant.rpartition(".")[2], files):
            first = min(alike, key=lambda one: one.slug in _OF_CASES)
            places = tuple(Label(one.span, "named here") for one in alike)
            more = [label for one in alike for label in one.labels if label.text == "and here"]
            many = len(places) + len(more)
            message = f"`{meant}` is declared and named nowhere; `{name}` is named in {many} places and not declared"
            help = f"write `{name}` here, or `{meant}` where it is named"
            labels = (*places, *(replace(label, text="named here") for label in more))[:_MOST_SHOWN]
            told = replace(first, message=message, help=help, span=declared, labels=labels)
            found = [told if one is first else one for one in found if one is first or one not in alike]
    return tuple(sorted(found, key=lambda one: one.span))


def _name_and_meant(one: Diagnostic) -> tuple[str, str] | None:
    """The name that is not declared, of a value the value alone, and the declared one it is near to."""
    meant, named = _MEANT.match(one.help), _NAMED.findall(one.message)
    if one.slug not in _OF_NAMES or meant is None or not named:
        return None
    return (named[-1] if one.slug in ("value-not-listed", "unknown-choice") else named[0]), meant[1]


def _declared_at(meant: str, name: str, alike: Iterable[Diagnostic], vocabulary: Vocabulary) -> Span:
    """Where what was meant is declared: an action, a fact, a term, or the fact that has the value."""
    for declared in (vocabulary.actions.get(meant), vocabulary.facts.get(meant), vocabulary.terms.get(meant)):
        if declared is not None:
            return declared.span
    facts = {fact for one in alike for fact in _NAMED.findall(one.message) if fact in vocabulary.facts}
    return vocabulary.facts[facts.pop()].span if len(facts) == 1 else NOWHERE


def _is_named(word: str, files: Mapping[str, str]) -> bool:
    """True where a file has the word besides where it is declared."""
    whole = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])")
    return sum(len(whole.findall(text)) for text in files.values()) > 1
