"""Whether a rulebook under new names is the old one, name for name.

Linking tells names only by whether they are the same. So of a rulebook whose every rule, declaration and case is the
old one with one name for another, and in which nobody had the new one, linking finds what it found before, and it need
not be linked again. Two things join facts by their attributes and actions by their verbs, whatever their terms:
variables of lists, and clauses that construe one term as another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from typing import TYPE_CHECKING

from mutandis.condition.tree import Attribute
from mutandis.rulebook.case_file import CaseFile
from mutandis.rulebook.model import Rule
from mutandis.rulebook.rereading import Rereading
from mutandis.source import Span
from mutandis.vocabulary import ActionDeclaration, Division, FactDeclaration, Vocabulary
from mutandis_tools.opening import Opened, read_case
from mutandis_tools.renaming.part import Change, errors_of, part_with

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_FOR_PEOPLE = frozenset({"summary", "note", "title", "label", "question", "says", "definition", "also"})
"""Fields of rules and declarations with what is told to a person, some of it made of names."""
_OTHERWISE = frozenset({(FactDeclaration, "values"), (ActionDeclaration, "verb")})
"""What goes with the type of a fact, and with the name of an action."""


def is_image(part: Opened, over: Mapping[str, str], change: Change, again: Rereading) -> bool:
    """True if the part, which has no errors, is the same with these texts but for the name; False where in doubt."""
    vocabulary = part.source.vocabulary
    rules = [rule for article in part.source.articles for rule in article.rules]
    if errors_of(part) or _is_construed_apart(rules, vocabulary, change):
        return False
    then = part_with(part, over, again)
    if errors_of(then) or (part.source.laws, part.source.days_off) != (then.source.laws, then.source.days_off):
        return False
    image = _Image(change, change.is_shared(vocabulary))
    return (
        image.alike(vocabulary, then.source.vocabulary)
        and image.alike(part.source.articles, then.source.articles)
        and image.alike([*map(_asked, part.cases.cases)], [*map(_asked, then.cases.cases)])
        and image.alike(_facts(part), _facts(then))
    )


def _is_construed_apart(rules: Iterable[Rule], vocabulary: Vocabulary, change: Change) -> bool:
    """True if a clause construes one of the terms as one with a fact or action of the name that does not change, or
    the other way round."""
    for rule in rules:
        for construal in rule.construe:
            together = {construal.source, *construal.targets}
            if together & {*change.kinds} and any(change.has(vocabulary, one) for one in together - {*change.kinds}):
                return True
    return False


def _asked(case: CaseFile) -> object:
    return case.law, case.tests, case.at, case.law_as_of, case.ask, case.expect, case.holidays


def _facts(part: Opened) -> list[Mapping[str, object]]:
    return [read_case(part, case).facts.native for case in part.cases.cases]


@cache
def _compared(kind: type[DataclassInstance]) -> tuple[str, ...]:
    """The fields of a class that count."""
    left = _FOR_PEOPLE | {name for owner, name in _OTHERWISE if owner is kind}
    return tuple(field.name for field in fields(kind) if field.compare and field.name not in left)


class _Image:
    """Holds what was against what is, field by field; places do not count."""

    def __init__(self, change: Change, shared: bool) -> None:
        self.change, self.shared = change, shared
        self.was, self.taken = change.pattern(change.old), change.pattern(change.new)
        self.becomes = rf"\g<1>{change.new}\g<2>"

    def alike(self, was: object, now: object) -> bool:
        if isinstance(was, str):
            if self.change.old not in was and self.change.new not in was:
                return was == now
            return self.taken.search(was) is None and self.was.sub(self.becomes, was) == now
        if was is None or isinstance(was, int):
            return was == now
        if isinstance(was, Span):
            return True
        if isinstance(was, tuple):
            return isinstance(now, tuple) and len(was) == len(now) and all(map(self.alike, was, now))
        match was, now:
            case Division(), Division():
                return was == now
            case ActionDeclaration(), ActionDeclaration() if not self.alike(was.name, now.name):
                return False
            case Attribute(), Attribute() if was.attribute in (self.change.old, self.change.new):
                return self._members(was.attribute, now.attribute) and self.alike(was.variable, now.variable)
            case Mapping(), Mapping():
                named = {self._key(name): value for name, value in was.items()}
                return named.keys() == now.keys() and all(self.alike(one, now[name]) for name, one in named.items())
            case Sequence(), Sequence():
                return self.alike(tuple(was), tuple(now))
        if not is_dataclass(was) or isinstance(was, type) or type(was) is not type(now):
            return was == now
        return all(self.alike(getattr(was, name), getattr(now, name)) for name in _compared(type(was)))

    def _members(self, was: str, now: str) -> bool:
        """A member's attribute under its new name; whose it is, is not told here where several terms have it."""
        return not self.shared and was == self.change.old and now == self.change.new

    def _key(self, name: object) -> object:
        return self.was.sub(self.becomes, name) if isinstance(name, str) else name
