"""Which parts of the rulebook the cases try, in both directions.

A *part* is a rule, a ground, an exclusion, a requirement, a value of a definition, a penalty, a clause that applies
other provisions, or a line of its construal. In one case it

- *holds* if it comes out true: a rule's or penalty's trigger (of wording that is not held: that
  it is in force), a ground's or exclusion's own condition, a requirement that is met, a value that is given;
- *does not hold* if it finds it false;
- is not tried at all if it is not known, or if the action asked about never reads it.

A part of a rule that applies by a clause counts wherever it is read, and so do the clause and the lines of its
construal, with the trigger of the norm that was read under them. What cannot fail (a rule without a condition,
always in force) needs only one direction.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from mutandis.backends.interpret.case import Case
from mutandis.condition.tree import Expression
from mutandis.decide.ternary import ValueConflict
from mutandis.link.program import Derivation, LinkedExclusion, LinkedGround, LinkedPenalty, Norm, Program, Step
from mutandis.rulebook.law import ALWAYS
from mutandis.rulebook.model import Article, Exclusion, Ground, Rule

PartKind = Literal["rule", "ground", "exclusion", "requirement", "value", "penalty", "clause", "construal"]
PART_KINDS: Final[tuple[PartKind, ...]] = (
    "rule",
    "ground",
    "exclusion",
    "requirement",
    "value",
    "penalty",
    "clause",
    "construal",
)
_NOT_TRIED: Final = frozenset({"states", "delegate"})


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """One thing a case can try. `rule` is the rule's id, `place` the citation, `detail` what differs there."""

    kind: PartKind
    rule: str
    place: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class TriedCase:
    """What one case asks: the actions it is decided about, or the derived facts; its checked facts and its dates."""

    name: str
    actions: tuple[str, ...]
    facts: Mapping[str, object]
    at: dt.date | None
    law_as_of: dt.date | None = None
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Exercise:
    """The cases in which a part held, and those in which it did not. `can_fail` is False for what always holds."""

    part: Part
    can_fail: bool
    held: tuple[str, ...]
    not_held: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        """True if the cases try it in every direction it has."""
        return bool(self.held) and (bool(self.not_held) or not self.can_fail)


def exercise_parts(articles: Iterable[Article], program: Program, cases: Iterable[TriedCase]) -> tuple[Exercise, ...]:
    """Every part of the rulebook with the cases that try it, in the order of the articles."""
    parts = {part: can_fail for article in articles for rule in article.rules for part, can_fail in parts_of(rule)}
    held: dict[Part, list[str]] = {part: [] for part in parts}
    not_held: dict[Part, list[str]] = {part: [] for part in parts}
    for case in cases:
        for part, truth in sorted(_try(program, case)):
            target = held if truth else not_held
            if part in target:
                target[part].append(case.name)
    return tuple(Exercise(p, can_fail, tuple(held[p]), tuple(not_held[p])) for p, can_fail in parts.items())


# --- what there is to try ---------------------------------------------------------------------------------------------


def parts_of(rule: Rule) -> Iterator[tuple[Part, bool]]:
    """The parts of `rule`, each with whether it can fail; none for a rule that only states or delegates."""
    if rule.effect in _NOT_TRIED:
        return
    if rule.effect == "apply":
        if rule.apply:
            yield Part("clause", "", str(rule.at)), bool(rule.when or rule.unless)
        for construal in rule.construe:
            yield Part("construal", "", str(rule.at), construal.source), True
        return
    kind: PartKind = "penalty" if rule.effect == "penalty" else "rule"
    conditional = bool(rule.when or rule.grounds or rule.unless) or rule.force != ALWAYS
    yield Part(kind, rule.id, str(rule.at)), conditional
    if kind == "rule" and rule.penalty is not None:
        yield Part("penalty", rule.id, str(rule.at)), conditional
    yield from ((part, True) for part in _ground_parts(rule.id, rule.grounds))
    for number, exclusion in zip(_numbers(str(e.citation) for e in rule.unless), rule.unless, strict=True):
        yield from ((part, True) for part in _exclusion_parts(rule.id, number, exclusion))
    for number, requirement in zip(_numbers(str(r.citation) for r in rule.requires), rule.requires, strict=True):
        yield Part("requirement", rule.id, str(requirement.citation), number), True
    if len(rule.entries) > 1 or any(entry.when is not None for entry in rule.entries):
        for number, entry in zip(_numbers(str(e.citation) for e in rule.entries), rule.entries, strict=True):
            yield Part("value", rule.id, str(entry.citation), number), entry.when is not None or conditional


def _ground_parts(rule: str, grounds: Iterable[Ground | LinkedGround]) -> Iterator[Part]:
    for ground in grounds:
        yield Part("ground", rule, str(ground.citation))
        yield from _ground_parts(rule, ground.grounds)


def _exclusion_parts(rule: str, number: str, exclusion: Exclusion) -> Iterator[Part]:
    yield Part("exclusion", rule, str(exclusion.citation), number)
    yield from _ground_parts(rule, exclusion.grounds)


# --- what a case tries ------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Trial:
    """One case under way: the parts found true and false."""

    case: Case
    found: set[tuple[Part, bool]] = field(default_factory=set)

    def note(self, part: Part, truth: object) -> None:
        if isinstance(truth, bool):
            self.found.add((part, truth))

    def steps(self, sources: Iterable[tuple[Step, ...]], truth: object) -> None:
        for chain in sources:
            for step in chain:
                self.note(Part("clause", "", str(step.citation)), truth)
                for source, _ in step.construals:
                    self.note(Part("construal", "", str(step.citation), source), truth)


def _try(program: Program, tried: TriedCase) -> frozenset[tuple[Part, bool]]:
    case = Case(program, tried.facts, tried.at, tried.law_as_of)
    trial = _Trial(case)
    for action in tried.actions:
        component = program.components.get(action)
        if component is None:
            continue
        try:
            read = [(case.triggered(n), tuple(case.meets(r) for r in n.requires)) for n in component.norms]
        except ValueConflict:
            # Rules disagree about a fact: the case is decided under each value, and no part of it counts as tried.
            continue
        for norm, (trigger, requires) in zip(component.norms, read, strict=True):
            _try_norm(trial, norm, trigger, requires)
        for penalty in component.penalties:
            _try_penalty(trial, penalty)
    for name in tried.values:
        if name in program.derived:
            try:
                case.fact(name)
            except ValueConflict:
                continue
    for name in case.derived_read:
        for derivation in program.derived[name].derivations:
            _try_derivation(trial, derivation)
    return frozenset(trial.found)


def _try_norm(trial: _Trial, norm: Norm, trigger: object, requires: tuple[object, ...]) -> None:
    if norm.derived == "unless":
        return
    if norm.opaque and not isinstance(trigger, bool):
        # Of wording that is not held all a case can try is whether it is in force (S41).
        trigger = True
    trial.note(Part("rule", norm.rule, str(norm.citation)), trigger)
    trial.steps(norm.sources, trigger)
    _try_grounds(trial, norm.rule, norm.grounds, norm.governed_by)
    _try_exclusions(trial, norm.rule, norm.exclusions, norm.governed_by)
    if trigger is True:
        # How an action must be done is asked only of a norm that speaks.
        numbers = _numbers(str(requirement.citation) for requirement in norm.requires)
        for number, requirement, truth in zip(numbers, norm.requires, requires, strict=True):
            trial.note(Part("requirement", norm.rule, str(requirement.citation), number), truth)


def _try_grounds(trial: _Trial, rule: str, grounds: Iterable[LinkedGround], governed_by: Expression | None) -> None:
    for ground in grounds:
        trial.note(Part("ground", rule, str(ground.citation)), trial.case.ground(ground, governed_by))
        _try_grounds(trial, rule, ground.grounds, governed_by)


def _try_exclusions(
    trial: _Trial, rule: str, exclusions: Iterable[LinkedExclusion], governed_by: Expression | None
) -> None:
    listed = tuple(exclusions)
    for number, exclusion in zip(_numbers(str(e.citation) for e in listed), listed, strict=True):
        part = Part("exclusion", rule, str(exclusion.citation), number)
        trial.note(part, trial.case.exclusion(exclusion, governed_by))
        _try_grounds(trial, rule, exclusion.grounds, governed_by)


def _try_penalty(trial: _Trial, penalty: LinkedPenalty) -> None:
    trial.note(Part("penalty", penalty.rule, str(penalty.citation)), trial.case.triggered(penalty))
    _try_grounds(trial, penalty.rule, penalty.grounds, None)
    _try_exclusions(trial, penalty.rule, penalty.exclusions, None)


def _try_derivation(trial: _Trial, derivation: Derivation) -> None:
    case = trial.case
    trigger = case.triggered(derivation)
    if derivation.opaque and not isinstance(trigger, bool):
        trigger = True
    trial.steps(derivation.sources, trigger)
    if derivation.kind == "ground":
        # What `case falls under` reads is another rule's ground, whose own norm is tried where it is asked about.
        return
    trial.note(Part("rule", derivation.rule, str(derivation.citation)), trigger)
    _try_grounds(trial, derivation.rule, derivation.grounds, derivation.governed_by)
    _try_exclusions(trial, derivation.rule, derivation.exclusions, derivation.governed_by)
    for number, entry in zip(_numbers(str(e.citation) for e in derivation.entries), derivation.entries, strict=True):
        trial.note(Part("value", derivation.rule, str(entry.citation), number), case.gives(entry, derivation))


def _numbers(places: Iterable[str]) -> tuple[str, ...]:
    """For each place how many equal ones stand before it: what parts at one place."""
    seen: Counter[str] = Counter()
    numbers: list[str] = []
    for place in places:
        numbers.append(str(seen[place]))
        seen[place] += 1
    return tuple(numbers)
