"""The vocabulary: the nouns, facts and actions that a case may speak of and a rule may ask.

What the files declare, merged over the shared and the laws' vocabularies. Conditions are checked against it, rules are
linked by it, cases are read by it; every part keeps its span.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from fractions import Fraction
from typing import Literal

from mutandis.calendar.counting import Counting
from mutandis.citation import Citation, CitationRange
from mutandis.dataclass import dataclass, replace
from mutandis.datatypes import DataType
from mutandis.source import NOWHERE, Span
from mutandis.values import UNKNOWN, Unknown

Scalar = bool | str | int | Fraction | None


@dataclass(frozen=True, slots=True)
class FactDeclaration:
    """`term.attribute` as declared. A fact of a kind is inherited by its sub-kinds as a fact of their own.

    `says` is the fact as an affirmative sentence (`statement` tells it); empty where none is declared.
    `values` maps each enumeration value to its label; `value_provisions` to the provision that creates it.
    `minimum`/`maximum` bound counts, numbers and durations (base units). `weight` is its cost in `why_not`;
    `changeable` is False for what nobody can change (age, past dates). `derived` marks a fact that rules define.
    `counting` is how a period, or one that begins with this date or moment, is counted. `suspended` names, for a
    period, the facts that give the first and the last day of each span that does not count.
    """

    name: str
    type: DataType
    question: str
    label: str = ""
    says: str = ""
    unit: str = ""
    found_by: str = ""
    parameter: bool = False
    derived: bool = False
    changeable: bool = True
    weight: int = 1
    presume: Scalar = None
    has_presumption: bool = False
    presumed_from: Citation | None = None
    minimum: int | None = None
    maximum: int | None = None
    values: tuple[tuple[str, str], ...] = ()
    value_provisions: tuple[tuple[str, CitationRange], ...] = ()
    counting: Counting | None = None
    suspended: tuple[tuple[str, str], ...] = ()
    extends: str = ""
    span: Span = field(default=NOWHERE, compare=False)

    @property
    def absent(self) -> Scalar | Unknown:
        """What it is where nobody says: what is presumed, else not known."""
        return self.presume if self.has_presumption else UNKNOWN

    @property
    def least(self) -> int | None:
        """The least value: what is declared, else that counts, sums and lengths are nothing at least."""
        is_amount = self.type.kind in ("count", "money") or self.type.family is not None
        return 0 if self.minimum is None and is_amount else self.minimum


@dataclass(frozen=True, slots=True)
class Term:
    """A noun of the law. `kind_of` names its kind; `attributes` are those declared on it, not the inherited ones.

    `also` are other words that people have for it. `list_of` is set when the term's facts are found in list members
    (variable attributes), never as single facts.
    """

    name: str
    label: str
    attributes: tuple[FactDeclaration, ...]
    kind_of: str = ""
    role: bool = False
    definition: str = ""
    also: str = ""
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Division:
    """A division of the service that carries a law out: its title, the service and the part of it, what it does.

    `source` says what the duties are taken from.
    """

    name: str
    """The name it is declared under."""
    title: str
    service: str
    part: str
    """The part of the service it belongs to; may be empty."""
    duties: str
    """What it does, in our words."""
    source: str
    """What the duties are taken from."""


@dataclass(frozen=True, slots=True)
class ActionDeclaration:
    """`verb object`. `default` is what holds when no rule speaks; `group` names its set of mutually exclusive actions.

    `done` is the fact (date or moment, or yes/no) that records its performance; `continuing` is True of what nothing
    brings to an end, so that a duty to do it goes on as long as its grounds hold. `restricts` are the actions it takes
    away while it is required, or in force: which the fact `in_force` says, yes/no or the provision behind it. `adverse`
    is True where the action is against the person it is done to (whose better outcome S42 asks for). `also` are other
    words that people have for it. `division` is the division that handles its matter, where one is declared.
    """

    verb: str
    term: str
    label: str
    default: Literal["forbidden", "silent"]
    by: str = ""
    group: str = ""
    done: str = ""
    adverse: bool = False
    restricts: tuple[str, ...] = ()
    in_force: str = ""
    also: str = ""
    continuing: bool = False
    division: Division | None = None
    span: Span = field(default=NOWHERE, compare=False)

    @property
    def name(self) -> str:
        """`verb object`."""
        return f"{self.verb} {self.term}"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything a case may say and a rule may ask, merged over the shared and the laws' vocabularies.

    `facts` has one entry for every fact, inherited ones written out under each sub-kind; `actions` likewise.
    """

    terms: Mapping[str, Term]
    facts: Mapping[str, FactDeclaration]
    actions: Mapping[str, ActionDeclaration]
    # Filled when first asked for: opening a bundle must not read every term of it. Two threads fill in the same.
    _kinds: dict[str, tuple[str, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _sub_kinds: dict[str, tuple[str, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _by_term: dict[str, tuple[str, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _currencies: list[frozenset[str]] = field(default_factory=list, init=False, repr=False, compare=False)
    _values: list[frozenset[str]] = field(default_factory=list, init=False, repr=False, compare=False)
    _lists: list[Mapping[str, str]] = field(default_factory=list, init=False, repr=False, compare=False)
    _called: dict[frozenset[str], set[str]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def _chain(self, term: str) -> tuple[str, ...]:
        chain: list[str] = []
        while term and term not in chain:
            chain.append(term)
            declared = self.terms.get(term)
            term = declared.kind_of if declared else ""
        return tuple(chain)

    @property
    def currencies(self) -> frozenset[str]:
        """The currencies that facts are declared in; never empty."""
        if not self._currencies:
            used = {fact.type.currency for fact in self.facts.values() if fact.type.currency}
            self._currencies.append(frozenset(used or {"won"}))
        return self._currencies[0]

    @property
    def values(self) -> frozenset[str]:
        """The words that facts have as values."""
        if not self._values:
            self._values.append(frozenset(word for fact in self.facts.values() for word in fact.type.values))
        return self._values[0]

    @property
    def lists(self) -> Mapping[str, str]:
        """The facts that are lists, each with the term of its members."""
        if not self._lists:
            self._lists.append({name: fact.type.term for name, fact in self.facts.items() if fact.type.term})
        return self._lists[0]

    def has_fact_at(self, name: str) -> bool:
        """True for a fact, and for one of a list's member: `confinement.extensions[1].period`."""
        whole, bracket, rest = name.partition("[")
        if not bracket or not (term := self.lists.get(whole)):
            return not bracket and name in self.facts
        attribute = rest.partition("].")[2]
        return not attribute or self.has_fact_at(f"{term}.{attribute}")

    def with_lists(self, lists: Mapping[str, str]) -> Vocabulary:
        """The vocabulary with its lists known, so that no fact is read to find them."""
        known = replace(self)
        known._lists.append(lists)
        return known

    def kinds_of(self, term: str) -> tuple[str, ...]:
        """The term and its kinds, nearest first: `("visit", "contact")`. A term not declared is its only kind."""
        chain = self._kinds.get(term)
        if chain is None:
            chain = self._kinds[term] = self._chain(term)
        return chain

    def sub_kinds(self, term: str) -> tuple[str, ...]:
        """The term and all that are kinds of it, in declared order."""
        if not self._sub_kinds:
            found: dict[str, list[str]] = {}
            for name in self.terms:
                for kind in self.kinds_of(name):
                    found.setdefault(kind, []).append(name)
            self._sub_kinds.update({kind: tuple(names) for kind, names in found.items()})
        return self._sub_kinds.get(term, ())

    def facts_about(self, term: str) -> tuple[str, ...]:
        """The names of a term's facts, in declared order."""
        if not self._by_term:
            found: dict[str, list[str]] = {}
            for name in self.facts:
                found.setdefault(name.partition(".")[0], []).append(name)
            self._by_term.update({named: tuple(names) for named, names in found.items()})
        return self._by_term.get(term, ())

    def is_of_role(self, fact: str) -> bool:
        """True for a fact that tells of a role."""
        term = self.terms.get(fact.partition(".")[0])
        return term is not None and term.role

    def is_at_home(self, name: str, law: str) -> bool:
        """True for a term, fact or action that the vocabulary of `law` or the shared one declares, it or its term."""
        term = name.rpartition(" ")[2].partition(".")[0]
        found = (self.facts.get(name), self.actions.get(name), self.terms.get(term))
        return not law or any(one is not None and _is_of(one.span.file, law) for one in found)

    def _labels(self, name: str) -> Iterator[str]:
        """What a person may call a fact, a term or an action, where it has a label."""
        term = self.terms.get(name.partition(".")[0])
        for declared in (self.actions.get(name), self.terms.get(name)):
            if declared is not None:
                yield declared.label
        if (fact := self.facts.get(name)) is not None:
            label = fact.label or name.partition(".")[2].replace("_", " ")
            yield from (label, f"{label} {term.label if term is not None else ''}", fact.says)

    def did_you_mean(self, name: str, law: str, otherwise: str, among: Iterable[str] | None = None) -> str:
        """A help line that names the nearest of `among` (facts, where it is None), the law's own and shared ones first.

        A name of another law is told as such; what something is called by its label, by its name.
        """
        from mutandis.suggest import by_label, did_you_mean_here, suggest  # deciding suggests nothing

        names = list(self.facts if among is None else among)
        called = by_label(self._called, (*self.terms, *self.facts, *self.actions), self._labels, name)
        if meant := [one for one in names if one in called] if called else []:
            return suggest(meant[:3], otherwise)
        return did_you_mean_here(name, names, lambda one: self.is_at_home(one, law), otherwise)


def _is_of(file: str, law: str) -> bool:
    return "/" not in file or file.startswith(f"{law}/")
