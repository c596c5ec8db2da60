"""What is decided for each combination of what norms come to, worked out when a query is written.

A norm comes to a few digits: whether it is triggered and whether its requirements are met, each maybe not known.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from math import prod
from typing import Final

from sqlglot import exp

from mutandis.backends.columns.nodes import X, walk
from mutandis.backends.columns.plan import ColumnPlan
from mutandis.backends.unit import Unit
from mutandis.dataclass import dataclass
from mutandis.decide.plan import NormSlots
from mutandis.decide.ternary import FALSE, TRUE, UNDEFINED
from mutandis.sql.expressions import PREFIX

MOST_COMBINATIONS: Final = 8_000
"""Of how many combinations of what norms come to the decisions are written into a query."""
KEY: Final = f"{PREFIX}key"
DIGITS: Final = (FALSE, TRUE, UNDEFINED)


class TooMany(Exception):  # no error: the sign that the query reckons the order itself
    """Norms may come to more things together than are decided beforehand."""


@dataclass(slots=True)
class _Norm:
    """A norm in a key: its digits, and for each combination of these the truths of its slots."""

    digits: list[_Digit]
    combinations: list[tuple[tuple[int, ...], dict[int, int]]]
    is_whole: bool


@dataclass(frozen=True, slots=True)
class _Digit:
    """A truth in a key, and what it may come to: false, true, not known, or waiting for parameters (and for facts)."""

    x: X
    values: tuple[int, ...]
    of: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Folded:
    """Requirements of a norm in one digit, and whether each is met but for parameters."""

    places: list[int]
    known: list[X]
    digit: _Digit
    waits: tuple[int, ...]
    """A truth that waits for parameters, and one that waits for more besides."""

    def truths(self, own: int, which: int) -> dict[int, int]:
        """Truths of the requirements that come to the same together: of two of them, the others are met."""
        parameter, more = self.waits
        first, second = ((TRUE, own), (parameter, own), (more, own), (parameter, more))[which]
        if own == FALSE:
            first = FALSE
        return dict.fromkeys(self.places, TRUE) | {self.places[0]: first, self.places[1]: second}


Item = int | str
"""What is cited: a norm by its position, whose grounds are those that hold, or a place."""
Outcomes = dict[tuple[str, tuple[Item, ...]], list[int]]
"""What is decided, a verdict and what is cited, each with the keys that lead to it."""


@dataclass(frozen=True, slots=True)
class Beforehand:
    """The decisions of a unit whose slots a plan finds."""

    unit: Unit
    plan: ColumnPlan

    def norms(self) -> list[_Norm]:
        """What each norm may come to. Raises `TooMany`."""
        return [self._norm(slots) for slots in self.unit.plan.norms]

    def _norm(self, slots: NormSlots) -> _Norm:
        """What of a norm stands in the key: whether it is triggered and its requirements are met, or all its slots."""
        m, known = self.plan.lowering.maker, [slot.known for slot in self.plan.slots]
        requires = [q.truth for q in slots.requires]
        others = slots.places()[0]
        if slots.part_beats or any(at is not None for at in slots.exempting):
            places = [slots.base, *others]
            digits = [self._waiting(p) if p in requires else self._digit(known[p]) for p in places]
            _few(prod(len(d.values) for d in digits))
            every = product(*(d.values for d in digits))
            return _Norm(digits, [(values, dict(zip(places, values, strict=True))) for values in every], True)
        is_triggered = triggered(self.plan, slots)
        apart = [place for place in requires if self._waiting(place).of != DIGITS]
        together = [place for place in requires if place not in apart]
        folded = [self._folded(places) for places in self._asked_alike(apart) if len(places) > 1]
        apart = [place for place in apart if not any(place in one.places for one in folded)]
        met = m.all_of(*(known[place] for place in together), *(x for one in folded for x in one.known))
        digits = [self._digit(is_triggered), self._digit(met), *(one.digit for one in folded)]
        digits += map(self._waiting, apart)
        _few(prod(len(d.values) for d in digits))
        combinations: list[tuple[tuple[int, ...], dict[int, int]]] = []
        for values in product(*(d.values for d in digits)):
            trigger, own, *rest = values
            truths = dict.fromkeys(others, trigger if trigger == FALSE else TRUE)
            truths.update(dict.fromkeys(slots.exclusions, FALSE))
            truths.update(dict.fromkeys(together, own))
            for one, which in zip(folded, rest, strict=False):
                truths.update(one.truths(own, which))
            truths.update(zip(apart, rest[len(folded) :], strict=True))
            truths[slots.base] = trigger
            combinations.append((values, truths))
        return _Norm(digits, combinations, False)

    def _digit(self, x: X) -> _Digit:
        if x.op == "lit":
            values: tuple[int, ...] = (UNDEFINED if x.setting is None else TRUE if x.setting else FALSE,)
        else:
            values = (FALSE, TRUE) if x.sure else DIGITS
        return _Digit(self.plan.lowering.maker.make("digit", (x,), "number"), values, DIGITS)

    def _waiting(self, place: int) -> _Digit:
        """A requirement, told apart by whether it waits for parameters, for something else, or for both."""
        slot, names, m = self.plan.slots[place], self.plan.lowering.names, self.plan.lowering.maker
        plain = self._digit(slot.known)
        waits = [~x.setting for x in walk([slot.waits]) if x.op == "lit" and isinstance(x.setting, int)]
        bits = 0
        for found in waits:
            bits |= found
        if UNDEFINED not in plain.values or not bits & names.parameters:
            return plain
        others = names.facts | names.wording
        parameter = ~(_lowest(names.parameters) | 1)
        both = parameter & ~(_lowest(bits & others) | 1)
        values = (*plain.values, parameter, *([both] if bits & others else []))
        x = m.make("digit", (slot.known, slot.waits), "number", (~names.parameters, ~others))
        return _Digit(x, values, (*DIGITS, parameter, both))

    def _asked_alike(self, places: Sequence[int]) -> list[list[int]]:
        """Requirements of a norm, together those whose conditions the same norms ask: what parameters come to is
        thought through for these together (`decide.requirements.open_in`). In the order of their conditions."""
        norms: dict[object, set[int]] = {}
        conditions: dict[int, object] = {}
        for at, slots in enumerate(self.unit.plan.norms):
            for q in slots.requires:
                conditions[q.truth] = q.requirement.condition
                norms.setdefault(q.requirement.condition, set()).add(at)
        order = list(norms)
        found: dict[frozenset[int], list[int]] = {}
        for place in sorted(places, key=lambda place: order.index(conditions[place])):
            found.setdefault(frozenset(norms[conditions[place]]), []).append(place)
        return list(found.values())

    def _folded(self, places: list[int]) -> _Folded:
        """Requirements of a norm that may wait for parameters as one digit: do some for them alone, some for more.

        What they may come to together is the worst of each (`decide.order.worse`), which hangs on no more than that.
        """
        m = self.plan.lowering.maker
        each = [self._waiting(place) for place in places]
        waits = [[m.compare("eq", one.x, m.lit(k, "number")) for one in each] for k in (3, 4)]
        alone, more = (m.holds(m.any_of(*some)) for some in waits)
        zero, one, two, both = (m.lit(k, "number") for k in range(4))
        x = m.case(alone, m.case(more, both, one), m.case(more, two, zero))
        boths = [one.of[-1] for one in each if one.of[-1] != one.of[-2]]
        digit = _Digit(x, (0, 1, 2, 3) if boths else (0, 1), (0, 1, 2, 3))
        known = [m.any_of(self.plan.slots[place].known, *(some[k] for some in waits)) for k, place in enumerate(places)]
        return _Folded(places, known, digit, (each[0].of[-2], boths[0] if boths else UNDEFINED))

    def outcomes(self, norms: list[_Norm]) -> Outcomes:
        """What is decided for each combination of what norms come to."""
        _few(prod(len(norm.combinations) for norm in norms))
        unit, names = self.unit, self.plan.lowering.names
        digits = [digit for norm in norms for digit in norm.digits]
        places = places_of(digits)
        found: Outcomes = {}
        numbers = (None,) * (unit.plan.bounds + len(unit.plan.parameters))
        for chosen in product(*(norm.combinations for norm in norms)):
            truths = [FALSE] * unit.plan.truths
            for _, mine in chosen:
                for place, truth in mine.items():
                    truths[place] = truth
            shape = unit.shape_of_read(tuple(truths), numbers, 0, names)
            items: list[Item] = []
            for (position, _), cited in zip(shape.picked, shape.cited, strict=True):
                items += cited.provisions if norms[position].is_whole else [position]
            values = [value for values, _ in chosen for value in values]
            key = sum(d.of.index(v) * place for d, v, place in zip(digits, values, places, strict=True))
            found.setdefault((shape.verdict.value, tuple(dict.fromkeys(items))), []).append(key)
        return found

    def code(self, outcomes: Outcomes) -> exp.Expression:
        """The number of what is decided."""
        most = max(range(len(outcomes)), key=lambda k: len(list(outcomes.values())[k]))
        if len(outcomes) == 1:
            return exp.Literal.number(0)
        found = exp.Case()
        for code, keys in enumerate(outcomes.values()):
            if code != most:
                of_these = [exp.Literal.number(key) for key in sorted(keys)]
                found.when(exp.In(this=exp.column(KEY), expressions=of_these), exp.Literal.number(code), copy=False)
        return found.else_(exp.Literal.number(most), copy=False)


def _few(count: int) -> None:
    if count > MOST_COMBINATIONS:
        raise TooMany


def triggered(plan: ColumnPlan, slots: NormSlots) -> X:
    """Whether a norm is triggered; of one that gives way in part, whether it may be."""
    m, known = plan.lowering.maker, [slot.known for slot in plan.slots]
    if slots.part_beats:
        return known[slots.base]
    grounds = [m.any_of(*(known[g.truth] for g in slots.grounds))] if slots.grounds else []
    return m.all_of(known[slots.base], *grounds, *(m.negate(known[e]) for e in slots.exclusions))


def places_of(digits: Sequence[_Digit]) -> list[int]:
    """What each digit counts in a key."""
    found, place = [], 1
    for digit in digits:
        found.append(place)
        place *= len(digit.of)
    return found


def _lowest(bits: int) -> int:
    return bits & -bits
