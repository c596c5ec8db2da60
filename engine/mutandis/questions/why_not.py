"""What would have to be different for another verdict (S45).

Sets of changed facts are tried by size, then by declared weight, then in declared order. A set is looked into only if
the wanted verdict is reachable once all its facts are unknown: reachable sets never leave out what can come true, so
nothing is missed. Every result has been decided again, and none of its parts does it alone. Findings are somebody's
judgement and are changed only where that is asked for; a fact of several values is tried with sets of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import combinations
from math import inf
from time import monotonic
from typing import Any, Final

from mutandis.dataclass import dataclass
from mutandis.decide.result import Decision, Verdict
from mutandis.diagnostics import ContradictionError
from mutandis.questions.candidates import candidate_values, values_named
from mutandis.questions.decider import Decider, Matter, fact_of, matter_of, possible_verdicts, verdicts_of
from mutandis.questions.support import declared_order, facts_in
from mutandis.values import UNKNOWN, Duration, Number, Period

MOST_RESULTS: Final = 3
MOST_CHANGES: Final = 4
"""How many facts one result may change: an answer of five changes helps nobody, and the search grows by the power."""
_FEW: Final = 4
"""All sets are tried of so many values, sixteen; of more not all."""

_MANY: Final = 6
"""Of more values that conditions name than so many, sets are made of the first: sixty-four decisions are enough."""

MOST_DECISIONS: Final = 4000
"""How often the search may decide: under a second compiled, and said in the result when it was not enough."""
_OF_OPEN: Final = 8
"""As how many decisions one that is left open counts: all that is possible is then looked at, which takes longer."""


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that would be different: its value now (`UNKNOWN` where the case has none) and then.

    `owner` is the role whose finding it is, empty where it is a plain fact.
    """

    fact: str
    label: str
    before: object
    after: object
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """Facts that together give the wanted verdict, none of them alone, and the decision they give."""

    changes: tuple[Change, ...]
    weight: int
    decision: Decision


@dataclass(frozen=True, slots=True)
class WhyNot:
    """The answer to why a verdict is not another.

    `results` are the smallest changes that give it. `impossible`: proved that no change of the changeable facts does.
    `searched_to` is the largest number of changed facts that was searched in full, `decisions` what it took. `left_out`
    are facts that the action reads and the search kept as they are: findings not asked for, lists, what is fixed.
    """

    decision: Decision
    wanted: tuple[Verdict, ...]
    results: tuple[Changes, ...]
    impossible: bool
    searched_to: int
    decisions: int
    left_out: tuple[str, ...] = ()


class _SpentError(Exception):
    """The search has decided as often as it may, or its time is up."""


Answer = Any
"""What a matter is answered with: a decision, or the value of a fact."""


@dataclass(slots=True)
class Search:
    """A search for changes. `answer` answers a matter, `gives` says whether an answer is wanted, `may` whether it
    leaves what is wanted possible."""

    matter: Matter
    answer: Callable[[Matter], Answer]
    gives: Callable[[Answer], bool]
    may: Callable[[Answer], bool]
    left: int
    end: float = inf
    made: int = 0

    def answered(self, matter: Matter) -> Answer | None:
        """The answer; None where the case would contradict what it states of a derived fact (S30)."""
        if self.left <= 0 or (self.end < inf and monotonic() > self.end):
            raise _SpentError
        self.left -= 1
        self.made += 1
        try:
            return self.answer(matter)
        except ContradictionError:
            return None

    def is_wanted(self, matter: Matter) -> bool:
        """True if the answer is one that is wanted."""
        answer = self.answered(matter)
        if isinstance(answer, Decision) and answer.verdict is Verdict.UNDETERMINED:
            self.left -= _OF_OPEN - 1
        return answer is not None and self.gives(answer)

    def reaches(self, names: Iterable[str]) -> bool:
        """True if what is wanted is not ruled out once these facts are unknown."""
        matter = self.matter
        for name in names:
            matter = matter.having(name, UNKNOWN)
        answer = self.answered(matter)
        return answer is not None and self.may(answer)

    def flips(self, names: tuple[str, ...]) -> Iterator[tuple[tuple[str, object], ...]]:
        """Every assignment of other values to all of `names` that gives the wanted verdict, nearest values first."""
        yield from self._assign(self.matter, names, ())

    def _assign(
        self, matter: Matter, names: tuple[str, ...], done: tuple[tuple[str, object], ...]
    ) -> Iterator[tuple[tuple[str, object], ...]]:
        if not names:
            if self.is_wanted(matter):
                yield done
            return
        name, rest = names[0], names[1:]
        now = fact_of(self.matter.facts, name)
        values = [v for v in values_to_try(matter, name) if v != now or type(v) is not type(now)]
        for value in sorted(values, key=lambda v: distance(now, v)):
            yield from self._assign(matter.having(name, value), rest, (*done, (name, value)))


def why_not(
    decider: Decider,
    action: str,
    facts: Mapping[str, object],
    wanted: Verdict | Iterable[Verdict],
    *,
    at: dt.date | None = None,
    law_as_of: dt.date | None = None,
    by: str | None = None,
    holidays: frozenset[dt.date] | None = None,
    most_results: int = MOST_RESULTS,
    most_changes: int = MOST_CHANGES,
    most_decisions: int = MOST_DECISIONS,
    most_seconds: float | None = None,
    findings: bool = False,
) -> WhyNot:
    """What would have to be different for `wanted`, the smallest changes first; `findings` may change where asked for.

    A search that is given `most_seconds` ends then with what it has found, and says how far it came (`searched_to`).
    No result and `impossible` is a proper answer: no change of facts flips it. Raises `CaseError` for an action that is
    not declared.
    """
    matter = matter_of(decider, action, facts, at, law_as_of, by, holidays)
    goal = verdicts_of(wanted)
    ordered = tuple(v for v in Verdict if v in goal)
    decision = matter.decide()
    if decision.verdict in goal:
        return WhyNot(decision, ordered, (), False, 0, 1)

    def may(answer: Decision) -> bool:
        return bool(goal & possible_verdicts(answer)) or Verdict.CONFLICT in goal

    end = end_of(most_seconds)
    search = Search(matter, Matter.decide, lambda answer: answer.verdict in goal, may, most_decisions, end)
    found = find_changes(search, most_results=most_results, most_changes=most_changes, findings=findings)
    results = tuple(Changes(one.changes, one.weight, one.answer) for one in found.results)
    return WhyNot(decision, ordered, results, found.impossible, found.searched_to, search.made + 1, found.left_out)


def end_of(most_seconds: float | None) -> float:
    """When a search ends that may take so many seconds from now."""
    return inf if most_seconds is None else monotonic() + most_seconds


@dataclass(frozen=True, slots=True)
class Flip:
    """Facts that together give what is wanted, none of them alone, and the answer they give."""

    changes: tuple[Change, ...]
    weight: int
    answer: Answer


@dataclass(frozen=True, slots=True)
class Found:
    """The smallest changes of a search, as `WhyNot` has them."""

    results: tuple[Flip, ...]
    impossible: bool
    searched_to: int
    left_out: tuple[str, ...]


def find_changes(
    search: Search, *, most_results: int = MOST_RESULTS, most_changes: int = MOST_CHANGES, findings: bool = False
) -> Found:
    """The smallest changes that give what is wanted, which the matter as it stands does not."""
    matter = search.matter
    names = changeable_facts(matter, findings=findings)
    left_out = tuple(name for name in _facts_read(matter) if name not in names)
    results: list[Flip] = []
    searched_to = 0
    try:
        if not search.reaches(names):
            return Found((), True, len(names), left_out)
        for size in range(1, min(most_changes, len(names)) + 1):
            for combination in _by_weight(matter, names, size):
                if len(results) >= most_results:
                    break
                if any({c.fact for c in r.changes} <= set(combination) for r in results):
                    continue
                if search.reaches(combination) and (found := _nearest(search, combination)) is not None:
                    results.append(found)
            if len(results) >= most_results:
                break
            searched_to = size
    except _SpentError:
        pass
    results.sort(key=lambda r: (len(r.changes), r.weight))
    return Found(tuple(results), False, searched_to, left_out)


def changeable_facts(matter: Matter, *, findings: bool = False) -> tuple[str, ...]:
    """The facts the answer reads that somebody could change, in declared order; lists are left to the caller.

    A finding is changed by whoever finds it, not by who asks: it is among them only with `findings`.
    """
    facts = matter.program.vocabulary.facts
    return tuple(
        name
        for name in _facts_read(matter)
        if facts[name].changeable and facts[name].type.kind != "list" and (findings or not facts[name].found_by)
    )


def _facts_read(matter: Matter) -> tuple[str, ...]:
    """The declared facts that the answer reads, in declared order."""
    facts = matter.program.vocabulary.facts
    read = facts_in(matter.program, matter.conditions())
    order = declared_order(matter.program)
    known = (name for name in read if name in facts and name != matter.fact)
    return tuple(sorted(known, key=lambda n: order[n]))


def values_to_try(matter: Matter, name: str) -> tuple[object, ...]:
    """The values that stand for all values of a fact; of one with several at once, sets of them.

    All sets of a few values are tried. Of many: none, each alone, all, one more or one less than now, and the sets of
    those that conditions name.
    """
    values = candidate_values(matter, name)
    sets = [one for one in values if isinstance(one, frozenset)]
    each = sorted(frozenset[str]().union(*sets))
    if not sets or len(each) < 2:
        return values
    some: list[frozenset[str]] = []
    if len(each) > _FEW:
        now = fact_of(matter.facts, name)
        held: frozenset[str] = now if isinstance(now, frozenset) else frozenset()
        named = [one for one in each if one in values_named(matter, name)]
        some = [frozenset(each), frozenset(named), *(held | {one} for one in each), *(held - {one} for one in each)]
        each = named[:_MANY]
    some += [frozenset(chosen) for size in range(2, len(each) + 1) for chosen in combinations(each, size)]
    return tuple(dict.fromkeys((*values, *some)))


def _by_weight(matter: Matter, names: tuple[str, ...], size: int) -> list[tuple[str, ...]]:
    facts = matter.program.vocabulary.facts
    # `combinations` keeps declared order and the sort is stable, so equal weights stay in declared order.
    return sorted(combinations(names, size), key=lambda chosen: sum(facts[n].weight for n in chosen))


def _nearest(search: Search, names: tuple[str, ...]) -> Flip | None:
    """The first assignment to `names` that flips and of which no part does."""
    for assignment in search.flips(names):
        if any(_gives(search, part) for k in range(1, len(assignment)) for part in combinations(assignment, k)):
            continue
        matter = search.matter
        for name, value in assignment:
            matter = matter.having(name, value)
        answer = search.answer(matter)
        facts = search.matter.program.vocabulary.facts
        changes = tuple(
            Change(name, facts[name].label or name, fact_of(search.matter.facts, name), value, facts[name].found_by)
            for name, value in assignment
        )
        return Flip(changes, sum(facts[c.fact].weight for c in changes), answer)
    return None


def _gives(search: Search, part: tuple[tuple[str, object], ...]) -> bool:
    matter = search.matter
    for name, value in part:
        matter = matter.having(name, value)
    return search.is_wanted(matter)


def distance(now: object, then: object) -> Fraction:
    """How far a value is from another of its kind; 0 where its kind has no order."""
    if isinstance(now, dt.date) and isinstance(then, dt.date):
        return abs(_instant(now) - _instant(then))
    if isinstance(now, Duration) and isinstance(then, Duration):
        return _apart(now.amount, then.amount) if now.family == then.family else Fraction(0)
    if isinstance(now, Period) and isinstance(then, Period):
        if now.until is not None and then.until is not None:
            return abs(_instant(now.until) - _instant(then.until))
        return Fraction(0)
    if isinstance(now, bool) or isinstance(then, bool):
        return Fraction(0)
    if isinstance(then, frozenset):
        return Fraction(len(then ^ now) if isinstance(now, frozenset) else len(then))
    if isinstance(now, int | Fraction) and isinstance(then, int | Fraction):
        return _apart(now, then)
    return Fraction(0)


def _apart(one: Number, other: Number) -> Fraction:
    gap = Fraction(one) - Fraction(other)
    return gap if gap >= 0 else -gap


def _instant(time: dt.date) -> Fraction:
    minutes = time.hour * 60 + time.minute if isinstance(time, dt.datetime) else 0
    return time.toordinal() + Fraction(minutes, 1440)
