"""`check --deep`: every action and every definition by cases, over all cases within bounds.

Each action is lowered once for the newest version of the law; older versions are asked only about what does not happen
in the newest. A case that the solver finds is decided before anybody is told of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import field

from mutandis.api import Rulebook
from mutandis.backends.solver import terms as s
from mutandis.backends.solver.action import Lowering, provisions_of
from mutandis.backends.solver.bounds import Bounds
from mutandis.backends.solver.case import CaseTerms
from mutandis.backends.solver.nodes import Terms
from mutandis.backends.solver.outcome import Outcome
from mutandis.backends.solver.search import Case, OutOfSteps, Search, small_heap
from mutandis.backends.solver.terms import NotLowered, Term
from mutandis.condition import tree as t
from mutandis.dataclass import dataclass
from mutandis.decide.bearer import for_bearer
from mutandis.decide.result import Decision, Verdict
from mutandis.decide.result_parts import FactValue
from mutandis.link.program import Component, DerivedFact
from mutandis.link.reads import times_of
from mutandis.rulebook.law import Interval
from mutandis_tools.comparison.answers import Asked
from mutandis_tools.comparison.dependence import Reads, decided_by, lowered_on
from mutandis_tools.comparison.variables import case_about, versions_of
from mutandis_tools.comparison.witness import without_the_rest
from mutandis_tools.deep.claims import Claim, answers_that_matter, claims_about, meetings
from mutandis_tools.deep.findings import DeepFinding, DeepReport, Sureness
from mutandis_tools.deep.kept import Found, KeptFindings
from mutandis_tools.deep.search import never

STEPS = 500_000
"""How many steps of the solver one question may take."""


@dataclass(slots=True)
class _Deep:
    """One rulebook, and what was found so far."""

    rulebook: Rulebook
    steps: int
    reads: Reads
    provisions: tuple[str, ...]
    matters: dict[str, bool] = field(default_factory=dict)
    found: Found = field(default_factory=Found)

    def part(self, subject: tuple[str, str]) -> Found:
        """Everything about one action or definition."""
        self.found = Found()
        kind, name = subject
        if kind == "action":
            self._action(name)
        else:
            self._definition(name)
        return self.found

    def take(self, found: Found) -> None:
        """Take over which questions matter."""
        for name, matters in found.matters.items():
            self.matters[name] = self.matters.get(name, False) or matters

    def _action(self, action: str) -> None:
        days = versions_of([(self.reads, ("action", action))])
        failing: dict[str, Claim] = {}
        first = True
        for day in reversed(days):
            try:
                failing = self._version(action, day, None if first else failing)
            except NotLowered as reason:
                self.found.open_ = f"not lowered: {reason.reason}"
                # Nothing is known of this action, so nothing is said of the questions that it asks.
                self.found.matters = {name: True for kind, name in self.reads.all(("action", action)) if kind == "fact"}
                return
            first = False
            if not failing:
                return
        for claim in failing.values():
            if claim.unless not in failing:
                sure: Sureness = "searched" if claim.kind == "never-decisive" else "proved"
                self.found.findings.append(
                    DeepFinding(claim.kind, action, claim.provision, claim.text, sure, other=claim.other)
                )

    def _version(self, action: str, day: dt.date | None, wanted: dict[str, Claim] | None) -> dict[str, Claim]:
        """The claims that fail on this version, of those wanted; None: all, and what else is asked of the newest."""
        on = dt.date.max if day is None else day
        case, outcome = self._asked(action, on)
        claims = claims_about(outcome)
        if wanted is not None:
            claims = {name: claim for name, claim in claims.items() if name in wanted}
        pairs = meetings(outcome) if wanted is None else {}
        answers = {} if wanted is not None else self._open_questions(case, outcome)
        search = self._search(case, outcome)
        impossible, unsettled = never(search, {name: claim.term for name, claim in claims.items()})
        if unsettled:
            self.found.open_ = "the solver ran out of steps"
        if pairs:
            self._meet(action, search, case, outcome, pairs, day)
        if answers:
            self._matter(search, answers)
        self.found.bounds = tuple(dict.fromkeys((*self.found.bounds, *case.bounds.told(case))))
        failing = {name: claims[name] for name in claims if name in impossible}
        possible = self._of_bearers(action, on, failing) if failing else set()
        return {name: claim for name, claim in failing.items() if name not in possible}

    def _of_bearers(self, action: str, on: dt.date, failing: dict[str, Claim]) -> set[str]:
        """The claims that fail where nobody in particular is asked about, and hold where one whose rule it is is (S48):
        then what only others may or must do falls away.
        """
        program, found = self.rulebook.program, set[str]()
        whole = program.components[action]
        for by in dict.fromkeys(party for claim in failing.values() for party in claim.by):
            component = for_bearer(whole, by, program.vocabulary)
            if component == whole:
                continue
            case, outcome = self._asked(action, on, component)
            claims = claims_about(outcome)
            wanted = {name: claims[name].term for name, one in failing.items() if by in one.by and name in claims}
            impossible, unsettled = never(self._search(case, outcome), wanted)
            if unsettled:
                self.found.open_ = "the solver ran out of steps"
            found |= wanted.keys() - impossible
        return found

    def _asked(self, action: str, on: dt.date, component: Component | None = None) -> tuple[CaseTerms, Outcome]:
        """The variables of a case about an action on this version, and what comes out of it.

        `component`: what is said of the action to one bearer. Raises `NotLowered`.
        """
        program = self.rulebook.program
        case = case_about(decided_by(self.reads, ("action", action), on), self.provisions)
        return case, Lowering(program, on, case).outcome_of(component or program.components[action])

    def _search(self, case: CaseTerms, outcome: Outcome) -> Search:
        """What looks for such cases, once all that is asked about has its variables.

        Raises `NotLowered` where there are none, since every complete case is open.
        """
        search = Search(case, self.steps)
        search.require([s.no(outcome.clash)])
        if outcome.only_settled:
            search.require([s.no(outcome.open_)])
            with suppress(OutOfSteps):
                if search.find([]) is None:
                    raise NotLowered("conditions that stay open in every complete case")
        return search

    # --- conflicts ----------------------------------------------------------------------------------------------------

    def _meet(
        self,
        action: str,
        search: Search,
        case: CaseTerms,
        outcome: Outcome,
        pairs: dict[tuple[int, int], s.Term],
        day: dt.date | None,
    ) -> None:
        told: set[frozenset[str]] = set()

        def seen(pair: tuple[int, int], model: Case) -> None:
            places = frozenset(str(outcome.norms[position].norm.citation) for position in pair)
            if places in told:
                return
            told.add(places)
            nice = search.nicer([pairs[pair]], model, case.usual(day))
            asked = Asked(*case.read_case(nice), day)
            decided = self._decide(action, asked)
            if decided.verdict is not Verdict.CONFLICT:
                self.found.open_ = "a conflict that the solver found was not confirmed by deciding"
                return
            wanted = set(decided.citations)
            asked = without_the_rest(asked, lambda other: self._conflicts(action, other, wanted))
            one, two = sorted(places) if len(places) > 1 else (*places, *places)
            text = f"{one} and {two} conflict, and nothing says which gives way"
            cites = self._decide(action, asked).citations
            self.found.findings.append(DeepFinding("conflict", action, one, text, "case", asked, cites, two))

        impossible, unsettled = never(search, pairs, seen)
        self.found.disjoint += len(impossible)
        if unsettled:
            self.found.open_ = "the solver ran out of steps"

    def _conflicts(self, action: str, case: Asked, cited: Collection[str]) -> bool:
        decided = self._decide(action, case)
        return decided.verdict is Verdict.CONFLICT and set(decided.citations) == cited

    def _decide(self, action: str, case: Asked) -> Decision:
        return self.rulebook.decide(action, case.facts, at=case.at, law_as_of=case.law_as_of, holidays=(), trusted=True)

    # --- questions ----------------------------------------------------------------------------------------------------

    def _open_questions(self, case: CaseTerms, outcome: Outcome) -> dict[str, s.Term]:
        """Where the answer to each question matters of which that was not seen yet."""
        self.found.questions = tuple(case.questions())
        names = [name for name in self.found.questions if not self.matters.get(name)]
        found = answers_that_matter(case, outcome, names)
        # What cannot be asked about is taken to matter: nothing is said of it.
        self.found.matters.update({name: True for name in names if name not in found})
        return found

    def _matter(self, search: Search, answers: dict[str, s.Term]) -> None:
        impossible, _ = never(search, answers)
        self.found.matters.update({name: name not in impossible for name in answers})

    def idle_questions(self, tidy: Callable[[], None]) -> list[DeepFinding]:
        """The questions whose answer mattered nowhere, under an older version of the law neither."""
        program, idle = self.rulebook.program, [name for name, matters in self.matters.items() if not matters]
        for action in program.components:
            subject = ("action", action)
            read = [name for name in idle if ("fact", name) in self.reads.all(subject)]
            if not read:
                continue
            asked = [lowered_on(program, subject, dt.date.max)]
            for day in reversed(versions_of([(self.reads, subject)])[:-1]):
                assert day is not None  # the only one of an action that never changes is the newest
                if not read:
                    break
                lowered = lowered_on(program, subject, day)
                if lowered not in asked:
                    asked.append(lowered)
                    matter = self._that_matter(read, action, day)
                    idle, read = ([name for name in names if name not in matter] for names in (idle, read))
                    tidy()
        text = "no decision about any action turns on the answer"
        return [DeepFinding("question-never-matters", name, "", text, "proved") for name in idle]

    def _that_matter(self, facts: Collection[str], action: str, day: dt.date) -> set[str]:
        """Of these facts the ones whose answer matters under an older version of the law, or of which that is not
        known."""
        try:
            case, outcome = self._asked(action, day)
            questions = set(case.questions())
            asked = [name for name in facts if name in questions]
            impossible, unsettled = never(self._search(case, outcome), answers_that_matter(case, outcome, asked))
        except NotLowered:
            return set(facts)
        return {name for name in asked if name not in impossible or name in unsettled}

    # --- definitions --------------------------------------------------------------------------------------------------

    def _definition(self, fact: str) -> None:
        """Cases that a definition by cases leaves out, and those in which it gives two values."""
        program = self.rulebook.program
        derived = program.derived[fact]
        place = str(derived.derivations[0].citation)
        case = CaseTerms(Bounds(), self.provisions)
        try:
            terms = Lowering(program, dt.date.max, case).terms
            clash, left_out = terms.clash_of(fact), terms.left_out(fact)
        except NotLowered as reason:
            self.found.open_ = f"not lowered: {reason.reason}"
            return
        entries = sum(len(one.entries) for one in derived.derivations)
        search = Search(case, self.steps)
        try:
            two = search.find([clash])
            wanted = [left_out, s.no(clash), *_in_force(derived, terms)]
            gap = search.find(wanted) if entries > 1 and derived.type.kind != "yes_no" else None
        except OutOfSteps:
            self.found.open_ = "the solver ran out of steps"
            return
        if two is not None:
            asked = without_the_rest(self._case(case, two), lambda other: self._has_two(fact, other))
            if self._has_two(fact, asked):
                text = "rules give it different values in one case"
                self.found.findings.append(DeepFinding("two-values", fact, place, text, "case", asked))
        if gap is not None and not derived.base:
            asked = without_the_rest(self._case(case, gap), lambda other: self._has_none(fact, other))
            if self._has_none(fact, asked):
                text = "none of its cases holds, so it has no value"
                self.found.findings.append(DeepFinding("gap", fact, place, text, "case", asked))

    def _case(self, case: CaseTerms, model: Case) -> Asked:
        return Asked(*case.read_case(model))

    def _value(self, fact: str, case: Asked) -> FactValue:
        return self.rulebook.value(fact, case.facts, at=case.at, law_as_of=case.law_as_of, holidays=(), trusted=True)

    def _has_none(self, fact: str, case: Asked) -> bool:
        found = self._value(fact, case)
        return found.known and found.value is None

    def _has_two(self, fact: str, case: Asked) -> bool:
        return bool(self._value(fact, case).conflicting)


def _in_force(derived: DerivedFact, terms: Terms) -> list[Term]:
    """Where no day that governs a definition lies before the first on which it is in force: there it gives nothing."""
    first: dict[t.Expression, dt.date] = {}
    for one in derived.derivations:
        if one.governed_by is not None:
            since = one.force.since or dt.date.min
            first[one.governed_by] = min(since, first.get(one.governed_by, since))
    lower = terms.parts.lowering.lower
    return [terms.truth(lower(when)).yes for event, day in first.items() for when in times_of(Interval(day), event)]


def check_deeply(
    rulebook: Rulebook,
    *,
    actions: Collection[str] | None = None,
    steps: int = STEPS,
    told: Callable[[int, int], None] | None = None,
    keep: bool = False,
) -> DeepReport:
    """Ask about every action, or those named, and about every definition by cases that they read.

    `told` hears of progress. With `keep`, what was found before of parts that nothing changed is not asked again, and
    what is found is kept in the user's cache folder.

    Raises `NoSolverError` where the solver is not installed.
    """
    s.z3()
    program = rulebook.program
    reads, provisions = Reads(program), provisions_of([program])
    deep = _Deep(rulebook, steps, reads, provisions)
    kept = KeptFindings(reads, provisions, steps) if keep else None
    chosen = [name for name in program.components if actions is None or name in actions]
    facts = [name for name in program.derived if not name.startswith("§") and " as of " not in name]
    if actions is not None:
        read = {name for action in chosen for kind, name in reads.all(("action", action)) if kind == "fact"}
        facts = [name for name in facts if name in read]
    parts = [*(("action", name) for name in chosen), *(("fact", name) for name in facts)]
    whole: dict[str, Found] = {}
    with small_heap() as tidy:
        for number, subject in enumerate(parts):
            if told is not None:
                told(number, len(parts))
            found = kept.fetch(subject, deep.matters) if kept is not None else None
            if found is None:
                found = deep.part(subject)
                tidy()
                if kept is not None:
                    kept.keep(subject, found)
            deep.take(found)
            whole[subject[1]] = found
        idle = deep.idle_questions(tidy) if actions is None else []
    if kept is not None:
        kept.save()
    findings = [one for found in whole.values() for one in found.findings]
    return DeepReport(
        (*findings, *idle),
        len(chosen),
        len(facts),
        sum(found.disjoint for found in whole.values()),
        {name: found.open_ for name, found in whole.items() if found.open_},
        tuple(dict.fromkeys(bound for found in whole.values() for bound in found.bounds)),
    )
