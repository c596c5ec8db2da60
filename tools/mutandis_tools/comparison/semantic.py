"""What an amendment makes otherwise of each action, over all cases: proved the same, shown by a case, or searched.

The same is asked of the values of facts that rules give: of those whose rules are others, and of those that no action
reads, which would be said nothing of otherwise.

An action of which nothing differs that it is decided by is the same by structure. The others are turned into terms of
the solver, by both rulebooks over one case and for every version of the law, and asked about aspect by aspect. A case
that the solver finds is decided by both rulebooks before anybody is told of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field, replace
from typing import Any, Literal, Protocol

from mutandis.api import Rulebook
from mutandis.backends.solver import terms as s
from mutandis.backends.solver.action import Lowering, provisions_of
from mutandis.backends.solver.case import CaseTerms, in_order
from mutandis.backends.solver.search import STEPS, OutOfSteps, Search, small_heap
from mutandis.backends.solver.terms import NotLowered, Term
from mutandis.citation import Citation, parse_citation
from mutandis.dataclass import dataclass
from mutandis.ir.component import Lowered, PartsLowering
from mutandis.link.program import Component, Program
from mutandis.vocabulary import FactDeclaration
from mutandis_tools.comparison.answers import Answer, Asked, Aspect, Decider, bound_by, differing, given_by
from mutandis_tools.comparison.dependence import (
    Node,
    Reads,
    alike_on,
    decided_by,
    otherwise_on,
    touched_by_amendment,
)
from mutandis_tools.comparison.questions import DecisionQuestions, Questions, ValueQuestions
from mutandis_tools.comparison.renaming import Renaming
from mutandis_tools.comparison.searched import cases_at_corners
from mutandis_tools.comparison.variables import case_about, versions_of
from mutandis_tools.comparison.widened import with_new_values
from mutandis_tools.comparison.witness import Witness, at_boundaries, cut_down, shown_by, shown_in

Standing = Literal["proved", "differs", "searched", "added", "removed"]
MOST_ASKED = 40
"""How many facts of cases are asked whether they could be others, to find the case with the fewest."""
MOST_FRUITLESS = 3
"""After so many other cases that did not have fewer facts none is looked for."""
CASES = 20_000
"""How many cases are tried where nothing is proved."""


@dataclass(frozen=True, slots=True)
class SubjectDifference:
    """What was found out about one action, or the value of one fact.

    `proved`: no complete case within `bounds` is decided otherwise. `differs`: `witnesses` show how; `complete` where
    the solver showed that there are no other transitions. `searched`: `tried` cases showed none, and `reasons` say why
    nothing was proved. `added` and `removed`: only one rulebook has the action; `witnesses` of one that is new show
    what is said of it, against a rulebook that has its default and says nothing.
    """

    subject: Node
    standing: Standing
    witnesses: tuple[Witness, ...] = ()
    complete: bool = True
    tried: int = 0
    reasons: tuple[str, ...] = ()
    bounds: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The action, or the fact, as the new rulebook calls it."""
        return self.subject[1]


@dataclass(frozen=True, slots=True)
class SemanticDifference:
    """What was found out about every action; `same` are those of which nothing differs that they are decided by.

    `values` are the facts whose rules are others, and those that no action reads and of which anything else differs.
    `stated` are the facts that rules give in one of the two rulebooks alone: cases are compared that state them.
    `widened` are those that can be more now: the older rules are asked as if they knew what is new of them.
    """

    same: tuple[str, ...]
    actions: tuple[SubjectDifference, ...]
    renaming: Renaming = field(default_factory=Renaming)
    stated: tuple[str, ...] = ()
    values: tuple[SubjectDifference, ...] = ()
    widened: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is done for one action: steps of the solver for each question; cases where nothing is proved, spread
    over the versions of the law.
    """

    steps: int = STEPS
    cases: int = CASES


PLAIN = Effort()
AS_DECLARED = "as it was declared"
"""The bound of a fact that could be something before and cannot be now: no case of the two has that."""


@dataclass(frozen=True, slots=True)
class AskedAbout:
    """One version of the law that the solver was asked about: its day, the variables of a case, what was asked."""

    day: dt.date | None
    case: CaseTerms
    questions: Questions


class Known(Protocol):
    """What was found before."""

    def fetch(self, subject: Node) -> SubjectDifference | None:
        """What was found of the action or fact as it is; None where it was not asked about."""

    def keep(self, found: SubjectDifference) -> None:
        """Remember it."""


def compare_meaning(
    old: Rulebook,
    new: Rulebook,
    *,
    renaming: Renaming | None = None,
    effort: Effort = PLAIN,
    told: Callable[[int, int], None] | None = None,
    days: tuple[dt.date, dt.date] | None = None,
    known: Known | None = None,
    doubt: Callable[[SubjectDifference, Decider, Sequence[AskedAbout]], None] | None = None,
) -> SemanticDifference:
    """Compare every action; `renaming` says what has another name now, `told` hears of progress, `known` remembers,
    and `doubt` is handed each answer with what was asked for it.

    With `days` both are one rulebook, and it is the law as of two days that is compared. A fact that rules give in one
    of the two alone is one of the case in both, since a case may state it there too (S30).

    Raises `NoSolverError` where the solver is not installed.
    """
    s.z3()
    names = renaming or Renaming()
    stated = _given_in_one(old.program, new.program, names)
    if stated:
        old, new = Rulebook(old.program.taking(stated)), Rulebook(new.program.taking(stated.values()))
    knowing, widened = with_new_values(old.program, new.program, names)
    if widened:
        old = Rulebook(knowing)
    before, after = old.program, new.program
    readers, provisions = (
        (Reads(before), Reads(after)),
        in_order((*map(names.new_place, provisions_of([before])), *provisions_of([after]))),
    )
    touched = (
        touched_by_amendment(before, after, names.facts, names.places, has_holidays=False)
        if days is None
        else otherwise_on(after, days)
    )
    asked = [one for one in touched if one[0] == "action" or _is_asked(one[1], readers, names, days)]
    added: list[Node] = [("action", name) for name in after.components if name not in before.components]
    found = [
        SubjectDifference(("action", name), "removed") for name in before.components if name not in after.components
    ]
    without = Rulebook(_silent_on(after, [name for _, name in added])) if added else new
    reads_without = Reads(without.program)
    with small_heap() as tidy:
        for number, subject in enumerate((*added, *asked)):
            if told is not None:
                told(number, len(added) + len(asked))
            one = None if known is None else known.fetch(subject)
            if one is None:
                is_new = number < len(added)
                decider = Decider(without, new, subject) if is_new else Decider(old, new, subject, names, days)
                sides = (reads_without, readers[1]) if is_new else readers
                comparison = _Comparison(decider, effort, sides, provisions, frozenset(stated.values()), is_new)
                one = comparison.compared()
                if is_new:
                    one = replace(one, standing="added")
                if doubt is not None:
                    doubt(one, decider, comparison.asked)
                del comparison
                tidy()
                if known is not None:
                    known.keep(one)
            found.append(one)
    untouched = tuple(
        name for name in after.components if name in before.components and ("action", name) not in touched
    )
    actions, values = (tuple(one for one in found if one.subject[0] == kind) for kind in ("action", "fact"))
    return SemanticDifference(untouched, actions, names, tuple(stated.values()), values, widened)


def _silent_on(program: Program, actions: Iterable[str]) -> Program:
    """The program as if nothing were said of the actions: what its rules say of them is what is new."""
    bare = {name: Component(name, program.components[name].default, (), ()) for name in actions}
    return replace(program, components={**program.components, **bare})


def _is_asked(fact: str, readers: tuple[Reads, Reads], names: Renaming, days: tuple[dt.date, dt.date] | None) -> bool:
    """True of a fact that other rules give now, and of one that no action reads."""
    before, after = (reader.program for reader in readers)
    if days is not None:
        given = [PartsLowering(after, day).derived(after.derived[fact]) for day in days]
        return given[0] != given[1] or not readers[1].is_read_by_actions(fact)
    was = names.old_fact(fact)
    return before.derived[was] != after.derived[fact] or not any(
        reader.is_read_by_actions(name) for reader, name in zip(readers, (was, fact), strict=True)
    )


def _given_in_one(old: Program, new: Program, names: Renaming) -> dict[str, str]:
    """The facts that both programs declare and rules of one alone give, by their old names with the new ones."""
    pairs = [(name, names.facts.get(name, name)) for name in old.vocabulary.facts]
    both = [(was, is_) for was, is_ in pairs if is_ in new.vocabulary.facts]
    return {was: is_ for was, is_ in both if (was in old.derived) is not (is_ in new.derived)}


@dataclass(slots=True)
class _Comparison:
    """One action of two rulebooks, and what was found so far."""

    decider: Decider
    effort: Effort
    readers: tuple[Reads, Reads]
    provisions: tuple[str, ...]
    stated: frozenset[str] = frozenset()
    is_new: bool = False
    witnesses: list[Witness] = field(default_factory=list)
    reasons: dict[str, None] = field(default_factory=dict)
    bounds: dict[str, None] = field(default_factory=dict)
    shown: set[tuple[object, ...]] = field(default_factory=set)
    tried: int = 0
    versions: int = 1
    asked: list[AskedAbout] = field(default_factory=list)

    def compared(self) -> SubjectDifference:
        """Every version of the law, the newest first."""
        reads = self.readers[1].all(self.decider.subject)
        given = sorted(name for kind, name in reads if kind == "fact" and name in self.stated)
        self.bounds.update((f"cases that state `{name}`, which rules give in one of the two", None) for name in given)
        self.bounds.update((f"`{name}` {AS_DECLARED}", None) for name in self._read_with(_may_be))
        pair = self.decider.days
        versions = [None] if pair is not None else versions_of(self._sides())
        self.versions = len(versions)
        has_same_names = pair is None and self._has_same_names()
        for day in reversed(versions):
            if has_same_names and alike_on(self.readers, self.decider.subject, day or dt.date.max):
                continue
            try:
                self._version(day)
            except NotLowered as not_lowered:
                self._search(day, not_lowered.reason)
        standing: Standing = "differs" if self.witnesses else "searched" if self.reasons else "proved"
        return SubjectDifference(
            self.decider.subject,
            standing,
            tuple(self.witnesses),
            not self.reasons,
            self.tried,
            tuple(self.reasons),
            tuple(self.bounds),
        )

    def _sides(self) -> tuple[tuple[Reads, Node], tuple[Reads, Node]]:
        return (self.readers[0], self.decider.old_subject), (self.readers[1], self.decider.subject)

    def _has_same_names(self) -> bool:
        """True where nothing that decides about the subject was renamed or stands in an article that was renumbered."""
        renaming = self.decider.renaming
        renamed: set[object] = {*renaming.facts, *renaming.facts.values()}
        renamed.update(_article(parse_citation(place)) for pair in renaming.places.items() for place in pair)
        for reader, subject in self._sides():
            for kind, name in reader.all(subject):
                component = reader.program.components.get(name) if kind == "action" else None
                if kind == "fact" and (name in renamed or (renaming.places and name in renaming.citing)):
                    return False
                if component is not None and not renamed.isdisjoint(map(_article, _cited(component))):
                    return False
        return True

    # --- proof --------------------------------------------------------------------------------------------------------

    def _version(self, day: dt.date | None) -> None:
        on = dt.date.max if day is None else day
        was, is_ = self.decider.days or (on, on)
        case = case_about((one for _, one in self._lowered(was, is_)), self.provisions, self._presumed_otherwise())
        questions = self._questions(case, was, is_)
        self.asked.append(AskedAbout(day, case, questions))
        if not questions.is_settled:
            search = Search(case, self.effort.steps)
            search.require(questions.kept_to)
            try:
                if questions.turns_on_settled and search.find([]) is None:
                    raise NotLowered("conditions that stay open in every complete case")
                self._ask(search, case, questions, day)
                if questions.turns_on_settled and case.given:
                    told = ", ".join(f"`{name}`" for name in sorted(case.given))
                    reason = f"an order among many norms that stay open where a case does not state {told}"
                    self._search(day, reason, self.effort.cases // 5)  # all that is settled was asked about
            except OutOfSteps:
                self._search(day, "the solver ran out of steps")
        self.bounds.update(dict.fromkeys((*case.bounds.told(case), *questions.bounds)))

    def _lowered(self, *on: dt.date) -> list[tuple[Program, Lowered]]:
        """What each of the two is decided by."""
        return [
            (reader.program, one)
            for (reader, subject), day in zip(self._sides(), on, strict=True)
            for one in decided_by(reader, subject, day)
        ]

    def _questions(self, case: CaseTerms, was: dt.date, is_: dt.date) -> Questions:
        renaming, ((old, (_, called)), (new, (kind, name))) = self.decider.renaming, self._sides()
        before = Lowering(old.program, was, case, renaming.facts, renaming.stated_place)
        after = Lowering(new.program, is_, case)
        if kind == "fact":
            return ValueQuestions(before.terms, after.terms, (called, name))
        return DecisionQuestions(before.outcome(called), after.outcome(name), renaming.old_place)

    def _presumed_otherwise(self) -> frozenset[str]:
        """The facts read of which something else is presumed: they are asked about not given, too."""
        return frozenset(self._read_with(lambda fact: (fact.has_presumption, fact.presume)))

    def _read_with(self, declared: Callable[[FactDeclaration], object]) -> Iterator[str]:
        """The facts read that both declare and of whose declaration something differs, by their new names."""
        before, after = (reader.program.vocabulary.facts for reader in self.readers)
        for kind, name in sorted(self.readers[1].all(self.decider.subject)):
            was, is_ = before.get(self.decider.renaming.old_fact(name)), after.get(name)
            if kind == "fact" and was is not None and is_ is not None and declared(was) != declared(is_):
                yield name

    def _ask(self, search: Search, case: CaseTerms, questions: Questions, day: dt.date | None) -> None:
        for aspect in questions.aspects:
            while True:
                model = search.find(questions.wanted(aspect))
                if model is None:
                    if questions.loosen(aspect):
                        continue
                    break
                preferred = [*questions.plain(aspect), *case.usual(day)]
                model = search.nicer(questions.wanted(aspect), model, preferred)
                asked = replace(_read(case, model), law_as_of=day)
                alike = questions.alike(aspect, model)
                # What the model says is put aside in any case, so that the next question is another one.
                questions.answered(aspect, model)
                old, new = self.decider.answers(asked)
                if aspect in differing(old, new) and shown_by(aspect, old, new) in self.shown:
                    continue
                if aspect not in differing(old, new):
                    told = f"the solver's case on {aspect} was not confirmed by deciding it"
                    self._search(day, f"{told} ({old.verdict}, {new.verdict})")
                    continue
                cut = cut_down(self.decider, asked, aspect)
                if cut is not None:
                    self._keep(self._fewest(self._witness(cut, aspect), search, case, alike), day)
                if aspect == "citations":
                    self._ask_each_bearer(asked, old, new, day)

    def _ask_each_bearer(self, asked: Asked, old: Answer, new: Answer, day: dt.date | None) -> None:
        """What each may and must do whom the same places bind by one rulebook alone."""
        was, is_ = bound_by(old), bound_by(new)
        words = [book.vocabulary for book in (self.decider.old, self.decider.new)]
        parties = {party for place in was.keys() & is_.keys() for party in was[place] ^ is_[place]}
        parties |= {one.actions[self.decider.subject[1]].by for one in words if parties}
        for by in sorted(party for party in parties if all(party in one.terms for one in words)):
            of_one = replace(asked, by=by)
            old, new = self.decider.answers(of_one)
            for aspect in differing(old, new)[:1]:
                is_shown = (*shown_by(aspect, old, new), by) in map(shown_in, self.witnesses)
                cut = None if is_shown else cut_down(self.decider, of_one, aspect)
                if cut is not None:
                    self._keep(self._witness(cut, aspect), day)

    def _witness(self, cut: Asked, aspect: Aspect) -> Witness:
        return at_boundaries(self.decider, cut, aspect, self.decider.new.vocabulary)

    def _fewest(self, found: Witness, search: Search, case: CaseTerms, alike: list[Term]) -> Witness:
        """A case with fewer facts, as long as one turns up: each fact is asked whether it could be another.

        Where it could not, no case shows the same without it. With all but one of its facts needed by every case, the
        one found, of which none can be left out, has the fewest.
        """
        shown = shown_by(found.aspect, found.old, found.new)
        open_, needed, fruitless = list(found.case.facts), 0, 0
        for _ in range(MOST_ASKED):
            if not open_ or fruitless == MOST_FRUITLESS:
                break
            name = open_.pop(0)
            value = found.case.facts[name]
            apart = case.apart(name, value, *found.spans.get(name, (value, value)))
            if apart is None:
                continue
            try:
                model = search.glance([*alike, apart])
            except OutOfSteps:
                continue
            if model is None:
                needed += 1
                continue
            other = replace(_read(case, model), law_as_of=found.case.law_as_of)
            if shown_by(found.aspect, *self.decider.answers(other)) != shown:
                continue
            cut = cut_down(self.decider, other, found.aspect)
            if cut is not None and len(cut.facts) < len(found.case.facts):
                found, open_, needed, fruitless = self._witness(cut, found.aspect), list(cut.facts), 0, 0
            else:
                fruitless += 1
        return replace(found, fewest=needed >= len(found.case.facts) - 1)

    def _keep(self, witness: Witness, day: dt.date | None) -> None:
        shown = shown_in(witness)
        if day in self._new_days and witness.case.law_as_of is None:
            # The amendment says from when it holds, so the case has to say of which law it tells.
            dated = replace(witness.case, law_as_of=day)
            if self.decider.answers(dated) == (witness.old, witness.new):
                witness = replace(witness, case=dated)
        if shown not in map(shown_in, self.witnesses):
            self.witnesses.append(witness)
        if witness.case.by is None:
            self.shown.add(shown[:-1])

    @property
    def _new_days(self) -> set[dt.date | None]:
        """The days from which something holds that only the new rulebook has; of an action that is new, none."""
        if self.is_new:
            return set()
        old, new = (set(versions_of([side])) for side in self._sides())
        return {day for day in new - old if self.decider.days is None}

    # --- search -------------------------------------------------------------------------------------------------------

    def _search(self, day: dt.date | None, reason: str, cases: int | None = None) -> None:
        self.reasons[reason] = None
        on = dt.date.max if day is None else day
        lowered = self._lowered(*(self.decider.days or (on, on)))
        count = -(-(self.effort.cases if cases is None else cases) // self.versions)
        renamed, presumed = self.decider.renaming.facts, self._presumed_otherwise()
        unsaid = presumed.union(map(self.decider.renaming.old_fact, presumed))
        for case in cases_at_corners(lowered, count, self.decider.subject[1], self.provisions, unsaid):
            self.tried += 1
            facts = {renamed.get(name, name): value for name, value in case.facts.items()}
            asked = replace(case, facts=facts, law_as_of=day)
            old, new = self.decider.answers(asked)
            for aspect in differing(old, new):
                key = shown_by(aspect, old, new)
                # Of amounts there is any number of pairs: one case for those that the same places give is enough.
                found = given_by(old, new) if self.decider.is_about_amount else key
                if not self.shown & {key, found}:
                    self.shown |= {key, found}
                    cut = cut_down(self.decider, asked, aspect)
                    if cut is not None:
                        self._keep(self._witness(cut, aspect), day)


def _article(place: Citation) -> tuple[str, str]:
    return place.law, place.article


def _cited(component: Component) -> Iterator[Citation]:
    """Where what is said of an action stands, and the clauses it came by."""
    yield from (penalty.citation for penalty in component.penalties)
    for norm in component.norms:
        yield norm.citation
        yield from (step.citation for chain in norm.sources for step in chain)


def _may_be(fact: FactDeclaration) -> object:
    """What bounds the values of a fact."""
    return fact.type, fact.minimum, fact.maximum


def _read(case: CaseTerms, model: Callable[[Term], Any]) -> Asked:
    facts, at = case.read_case(model)
    return Asked(facts, at)
