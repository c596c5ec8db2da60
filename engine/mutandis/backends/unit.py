"""One action, one bearer, one in-force interval: what reads a case for it, and the shapes cases have led to so far.

A `Backend` gives a unit the functions that read; what follows from what they find is the same for every back end.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from threading import Lock
from typing import Any, Protocol

from mutandis.backends.detail import detail_of
from mutandis.condition import tree as t
from mutandis.dataclass import dataclass
from mutandis.decide.asked import Again, Setting
from mutandis.decide.conflict import ValueConflict, decide_under_each
from mutandis.decide.decision import decision_of
from mutandis.decide.names import Names
from mutandis.decide.order import Reading
from mutandis.decide.plan import Detail, Plan
from mutandis.decide.result import NOTHING_SAID, Decision
from mutandis.decide.shape import Shape, shape_of
from mutandis.decide.ternary import FALSE, TRUE, frozen
from mutandis.ir import nodes as n
from mutandis.ir.component import Lowered, lower_component
from mutandis.link.program import Program
from mutandis.link.reads import facts_read, of_component, of_deadlines, of_norm, presumed_events
from mutandis.values import UNKNOWN

MOST_SHAPES = 4096
"""How many shapes of one kind a unit remembers; a component rarely has a hundred that occur."""


Function = Callable[..., Any]


class Backend(Protocol):
    """What reads cases. A reading function is called with the facts, `at`, `today`, `now`, a `Call` and the
    caller's holidays.
    """

    def total(self, unit: Unit) -> Function | None:
        """What decides a case in which all is known at once, and hands others back; None if there is nothing faster.

        `f(facts, at, today, now, call, holidays)`, the last five may be left out.
        """
        ...

    def reader(self, unit: Unit, choosing: bool) -> Function:
        """What finds the slots of the unit's plan: truths, numbers, and the open parameters as bits.

        With `choosing`, derived facts named in `call.choices` have the value it gives. Raises `ValueConflict`.
        """
        ...

    def detailed(self, lowered: Lowered, wanted: Sequence[n.Node], names: Names, choosing: bool) -> Function:
        """What finds what each of the wanted nodes comes to. Raises `ValueConflict`."""
        ...

    def together(self, units: Sequence[Unit]) -> Function | None:
        """What decides about all units at once, None if there is nothing faster than one by one.

        `f(facts, at, today, now, holidays, add)` hands to `add` every decision in which the law says something.
        """
        ...


class Applications(Protocol):
    """Tells whether a norm elsewhere is effective in a case."""

    def applies(self, citation: str, call: Call) -> int:
        """`P applies` as a truth over the names of `call` (S38)."""
        ...

    def unit(self, action: str, by: str | None, version: dt.date) -> Unit:
        """The unit for the norms about an action that bind a bearer, or anybody."""
        ...

    def effective(self, citation: str, version: dt.date) -> tuple[tuple[Unit, int], ...]:
        """The units that tell whether a norm at that place is effective, and its position in each."""
        ...


@dataclass(slots=True)
class Call:
    """What a reading function is handed besides facts and clock: names the case brings, choices, references; and of a
    question asked again how it is."""

    applications: Applications
    version: dt.date
    facts: Mapping[str, object]
    at: dt.date | None
    holidays: frozenset[dt.date] | None
    names: Names
    choices: Mapping[str, object]
    again: Again | None = None
    asked: dict[str, int] = field(default_factory=dict)

    def applies(self, citation: str) -> int:
        """`P applies`, asked once."""
        if citation not in self.asked:
            self.asked[citation] = self.applications.applies(citation, self)
        return self.asked[citation]


def asked_units(applications: Applications, citations: Iterable[str], version: dt.date) -> Iterator[Unit]:
    """What tells whether the norms at these places apply, and the norms that those ask about in turn."""
    pending, seen = list(citations), set[str]()
    while pending:
        citation = pending.pop()
        if citation not in seen:
            seen.add(citation)
            for unit, _ in applications.effective(citation, version):
                yield unit
                pending += unit.lowered.applies


def read_by_norms(applications: Applications, citations: Iterable[str], version: dt.date) -> set[str]:
    """The facts that tell whether the norms at these places apply, and the norms that those ask about in turn."""
    return set[str]().union(*(unit.reads for unit in asked_units(applications, citations, version)))


def clocks(at: dt.date | None) -> tuple[object, object]:
    """`today` and `now`, `UNKNOWN` where `at` does not say."""
    if isinstance(at, dt.datetime):
        return at.date(), at
    return (UNKNOWN if at is None else at), UNKNOWN


class TotalShapes(dict[tuple[object, ...], Shape]):
    """The shapes that cases with everything known have led to, by their truths; a new one is worked out when asked for.

    None where a yes/no fact is said to be unknown: it can get this far, and the case is not total after all.
    `untriggered` is the shape in which no truth holds, once there was such a case.
    """

    __slots__ = ("_unit", "untriggered")

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self.untriggered: Shape | None = None

    def __missing__(self, truths: tuple[object, ...]) -> Shape | None:
        if UNKNOWN in truths:
            return None
        known = tuple(TRUE if truth else FALSE for truth in truths)
        unit = self._unit
        shape = shape_of(unit, Reading(unit.plan, unit.names, known, (), frozenset()), True)
        _remember(self, truths, shape)
        if not any(truths):
            self.untriggered = shape
        return shape


@dataclass(slots=True)
class Unit:
    """`version` is any version date of the interval. `asks` is True where conditions say `P applies`, `compares` where
    the milder law is to be found (S42). Each function is made at first use. `memory` keeps what explanations work out
    from the unit alone.
    """

    program: Program
    plan: Plan
    version: dt.date
    backend: Backend
    applications: Applications
    done: str
    lowered: Lowered = field(init=False)
    reads: frozenset[str] = field(init=False)
    names: Names = field(init=False)
    asks: bool = False
    compares: bool = False
    total_shapes: TotalShapes = field(init=False)
    ternary_shapes: dict[Any, Shape] = field(default_factory=dict)
    memory: dict[str, Any] = field(default_factory=dict)
    _untouched: tuple[Shape, tuple[Any, ...]] | None = None
    _total: dict[bool, Function] = field(default_factory=dict)
    _ternary: dict[bool, Function] = field(default_factory=dict)
    _detail: dict[bool, tuple[Function, Detail, Lowered, Names]] = field(default_factory=dict)
    _conditions: dict[tuple[int, ...], _Conditions] = field(default_factory=dict)
    _facts: list[tuple[str, ...]] = field(default_factory=list)
    _events: tuple[tuple[str, str, dt.date | None, dt.date | None], ...] | None = None
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self.total_shapes = TotalShapes(self)
        self.lowered = lower_component(self.program, self.plan.component, self.version)
        self.names = _names_of(self.lowered)
        self.reads = frozenset(fact.name for fact in self.lowered.facts)
        self.asks = bool(self.lowered.applies)
        self.compares = any(norm.milder for norm in self.plan.component.norms)

    def reads_throughout(self) -> frozenset[str]:
        """What it reads, and what tells whether the norms that it asks about apply."""
        return self.reads | read_by_norms(self.applications, self.lowered.applies, self.version)

    def turns_on(self) -> frozenset[str]:
        """The facts that the verdict can turn on."""
        found: frozenset[str] | None = self.memory.get("turns on")
        if found is None:
            found = self.memory["turns on"] = frozenset[str]().union(*(unit.reads for unit in self._asked()))
        return found

    def is_timed(self) -> bool:
        """True where the clock, or a day off, may tell as well."""
        found: bool | None = self.memory.get("is timed")
        if found is None:
            found = self.memory["is timed"] = any(unit.lowered.clocks for unit in self._asked())
        return found

    def _asked(self) -> tuple[Unit, ...]:
        return (self, *asked_units(self.applications, self.lowered.applies, self.version))

    def derives(self) -> frozenset[str]:
        """The derived facts that the verdict can turn on."""
        read = (facts_read(self.program, of_component(unit.plan.component)) for unit in self._asked())
        return frozenset(name for names in read for name in names if name in self.program.derived)

    @property
    def can_be_total(self) -> bool:
        """False where wording that is not held keeps every case from being total."""
        norms = (slots.norm for slots in self.plan.norms)
        return not any(
            norm.opaque and (norm.governed_by is not None or norm.force.holds(self.version)) for norm in norms
        )

    def _detailed(self, choosing: bool) -> tuple[Function, Detail, Lowered, Names]:
        component = self.plan.component
        read = facts_read(self.program, [*of_component(component), *of_deadlines(component)])
        # What a norm that is asked about reads may be a fiction that the decision rests on.
        also = [*([self.done] if self.done else []), *(name for name in read if name in self.program.derived)]
        lowered = lower_component(
            self.program, component, self.version, deadlines=True, also=[t.Fact(name) for name in also]
        )
        detail, wanted = detail_of(lowered, lowered.also[0] if self.done else None)
        # Names of its own: those of the unit stay as they are once its shapes are remembered by them.
        names = _names_of(lowered)
        return self.backend.detailed(lowered, wanted, names, choosing), detail, lowered, names

    def _kept(self, store: dict[bool, Any], choosing: bool, make: Callable[[], Any]) -> Any:
        found = store.get(choosing)
        if found is None:
            # One thread at a time; a second one finds the first one's work.
            with self._lock:
                found = store.get(choosing)
                if found is None:
                    found = store[choosing] = make()
        return found

    def call(
        self,
        facts: Mapping[str, object],
        at: dt.date | None,
        holidays: frozenset[dt.date] | None,
        choices: Mapping[str, object] | None,
        read: tuple[Lowered, Names] | None = None,
        again: Again | None = None,
    ) -> Call:
        """What compiled code is handed besides facts and clock; `read` is what it reads, with the names of that."""
        lowered, names = read or (self.lowered, self.names)
        # The names are a copy where the case may bring some of its own.
        brings = lowered.members or lowered.applies
        own = names.copy() if brings else names
        return Call(self.applications, self.version, facts, at, holidays, own, choices or {}, again)

    # --- shapes -------------------------------------------------------------------------------------------------------

    @property
    def decide(self) -> Callable[..., Decision]:
        """What decides: `f(facts, at, today, now, call, holidays)`, the last five may be left out."""
        decide: Function = self._kept(self._total, False, self._make_total)
        return decide

    def _make_total(self) -> Function:
        total = self.backend.total(self) if self.can_be_total else None
        return total or (
            lambda facts, at=None, today=None, now=None, call=None, holidays=None: self.decide_in_doubt(
                facts, at, holidays
            )
        )

    def decide_in_doubt(
        self, facts: Mapping[str, object], at: dt.date | None, holidays: frozenset[dt.date] | None
    ) -> Decision:
        """The decision about a case in which something may not be known."""
        try:
            return self.decide_with(facts, at, holidays, None)
        except ValueConflict as conflict:
            return decide_under_each(
                self.program, lambda choices: self.decide_with(facts, at, holidays, choices), conflict
            )

    def assess_in_doubt(
        self,
        facts: Mapping[str, object],
        at: dt.date | None,
        holidays: frozenset[dt.date] | None,
        add: Callable[[Decision], None],
    ) -> None:
        """Hand to `add` the decision about a case in which something may not be known, if the law says something."""
        decision = self.decide_in_doubt(facts, at, holidays)
        if decision.verdict not in NOTHING_SAID:
            add(decision)

    def decide_with(
        self,
        facts: Mapping[str, object],
        at: dt.date | None,
        holidays: frozenset[dt.date] | None,
        choices: Mapping[str, object] | None,
        call: Call | None = None,
    ) -> Decision:
        """The decision where derived facts named in `choices` have the values it gives. Raises `ValueConflict`."""
        untouched = choices is None and self._is_untouched_by(facts, at)
        if untouched and self._untouched is not None:
            shape, numbers = self._untouched
        else:
            truths, numbers, open_, names = self.read(facts, at, holidays, choices, call)
            shape = self.shape_of_read(truths, numbers, open_, names)
            if untouched:
                self._untouched = shape, numbers
        return decision_of(shape, numbers, facts, Setting(at, holidays, choices))

    def decide_again(self, facts: Mapping[str, object], setting: Setting, again: Again) -> Decision:
        """The decision about another case, the fastest way there is. Raises `ValueConflict`."""
        at, holidays, choices = setting
        if self.asks:
            return self.decide_with(facts, at, holidays, choices, self.call(facts, at, holidays, choices, again=again))
        if choices:
            return self.decide_with(facts, at, holidays, choices)
        if again.in_doubt:
            return self.decide_in_doubt(facts, at, holidays)
        today, now = clocks(at)
        decided: Decision = self.decide(facts, at, today, now, None, holidays)
        return decided

    def rests_on(self) -> frozenset[str]:
        """The facts, stated and derived, that what it finds can rest on: its own, and those of norms it asks about."""
        found: frozenset[str] | None = self.memory.get("rests on")
        if found is None:
            units = self._asked()
            derived = frozenset(fact.name for unit in units for fact in unit.lowered.derived)
            found = self.memory["rests on"] = derived.union(*(unit.reads for unit in units))
        return found

    def of_anybody(self, facts: Mapping[str, object], setting: Setting) -> Decision | None:
        """The decision about nobody in particular; None where the unit is about just that (S48)."""
        component = self.plan.component
        if component is self.program.components.get(component.action):
            return None
        whole = self.applications.unit(component.action, None, self.version)
        return whole.decide_in_doubt(facts, setting.at, setting.holidays)

    def _is_untouched_by(self, facts: Mapping[str, object], at: dt.date | None) -> bool:
        """True if nothing that the unit reads is stated, so that all such cases come out alike."""
        clocks_read = self.lowered.clocks
        if self.asks or "days_off" in clocks_read or (at is not None and clocks_read):
            return False
        return facts.keys().isdisjoint(self.reads)

    def read(
        self,
        facts: Mapping[str, object],
        at: dt.date | None,
        holidays: frozenset[dt.date] | None,
        choices: Mapping[str, object] | None,
        call: Call | None = None,
    ) -> tuple[tuple[int, ...], tuple[Any, ...], int, Names]:
        """What is found of the case: truths, numbers, the open parameters as bits, the names waited for.

        Raises `ValueConflict`.
        """
        choosing = bool(choices)
        function = self._ternary.get(choosing)
        if function is None:
            function = self._kept(self._ternary, choosing, lambda: self.backend.reader(self, choosing))
        today, now = clocks(at)
        if call is None and (choosing or self.lowered.members or self.asks):
            call = self.call(facts, at, holidays, choices)
        names = self.names if call is None else call.names
        truths, numbers, open_ = function(facts, at, today, now, call, holidays)
        return truths, numbers, open_, names

    def shape_of_read(self, truths: tuple[int, ...], numbers: tuple[Any, ...], open_: int, names: Names) -> Shape:
        """The shape of a case in which something is not known."""
        key: Any = truths
        if open_:
            key = (key, open_, frozen(numbers[: self.plan.bounds]))
        if names is not self.names and len(names.numbers) > len(self.names.numbers):
            key = (key, tuple(names.numbers)[len(self.names.numbers) :])
        shape = self.ternary_shapes.get(key)
        if shape is None:
            shape = shape_of(self, self.reading(truths, numbers, open_, names), False)
            _remember(self.ternary_shapes, key, shape)
        return shape

    def reading(self, truths: tuple[int, ...], numbers: tuple[Any, ...], open_: int, names: Names) -> Reading:
        """What was read, as the order among norms is worked out from."""
        parameters = frozenset(p for k, p in enumerate(self.plan.parameters) if open_ >> k & 1)
        return Reading(self.plan, names, truths, numbers, parameters)

    def status_of(
        self, position: int, facts: Mapping[str, object], at: dt.date | None, call: Call
    ) -> tuple[int, Names]:
        """Whether the norm at `position` is effective, as a truth, and the names it waits for."""
        inner = self.call(facts, at, call.holidays, call.choices, again=call.again) if self.asks else None
        shape = self.shape_of_read(*self.read(facts, at, call.holidays, call.choices, inner))
        return shape.reading.whether_effective(position, shape.statuses), shape.reading.names

    # --- explanations -------------------------------------------------------------------------------------------------

    def detail(
        self,
        facts: Mapping[str, object],
        at: dt.date | None,
        holidays: frozenset[dt.date] | None,
        choices: Mapping[str, object] | None,
        settle: bool = True,
    ) -> tuple[tuple[Any, ...], Detail, Names]:
        """What the detailed function finds, where it puts it, and the names it waits for.

        Where rules give a fact different values the first serves; without `settle`, raises `ValueConflict`.
        """
        choosing = bool(choices)
        function, places, lowered, names = self._kept(self._detail, choosing, lambda: self._detailed(choosing))
        call = self.call(facts, at, holidays, choices, (lowered, names))
        today, now = clocks(at)
        try:
            return function(facts, at, today, now, call, holidays), places, call.names
        except ValueConflict as conflict:
            if not settle:
                raise
            # The verdict does not turn on it, or it would have been decided under each: the first value serves.
            return self.detail(facts, at, holidays, {**(choices or {}), conflict.fact: conflict.values[0]})

    def truths_of(
        self,
        conditions: tuple[t.Expression, ...],
        facts: Mapping[str, object],
        at: dt.date | None,
        holidays: frozenset[dt.date] | None,
        choices: Mapping[str, object] | None,
    ) -> tuple[int, ...]:
        """The truth of each of some conditions, whether or not a norm of the unit has them."""
        # By identity: conditions are trees, which are long to hash; those that are kept are not freed for others.
        key = tuple(map(id, conditions))
        kept = self._conditions.get(key)
        if kept is None:
            nothing = replace(self.plan.component, norms=(), penalties=())
            lowered = lower_component(self.program, nothing, self.version, also=conditions)
            names = _names_of(lowered)
            function = self.backend.detailed(lowered, lowered.also, names, True)
            kept = _Conditions(conditions, function, lowered, names)
            if len(self._conditions) >= MOST_SHAPES:
                self._conditions.clear()
            self._conditions[key] = kept
        call = self.call(facts, at, holidays, choices, (kept.lowered, kept.names))
        found: tuple[int, ...] = kept.function(facts, at, *clocks(at), call, holidays)
        return found

    def events(self) -> tuple[tuple[str, str, dt.date | None, dt.date | None], ...]:
        """The events that clauses presume to be under the law applied, as `presumed_events` tells them."""
        if self._events is None:
            self._events = presumed_events(self.program, self.plan.component, self.version)
        return self._events

    def facts_in_order(self) -> tuple[str, ...]:
        """Every fact the component's norms read, in order of first reading."""
        return self._all_facts()[-1]

    def facts_by_norm(self) -> list[tuple[str, ...]]:
        """The facts that each norm reads."""
        return self._all_facts()[:-1]

    def _all_facts(self) -> list[tuple[str, ...]]:
        if not self._facts:
            norms = [slots.norm for slots in self.plan.norms]
            by_norm = [facts_read(self.program, of_norm(norm)) for norm in norms]
            together = facts_read(self.program, [e for norm in norms for e in of_norm(norm)])
            self._facts = [*by_norm, together]
        return self._facts


@dataclass(frozen=True, slots=True)
class _Conditions:
    """Conditions that were asked about, and what finds their truths."""

    conditions: tuple[t.Expression, ...]
    function: Function
    lowered: Lowered
    names: Names


def _names_of(lowered: Lowered) -> Names:
    names = Names()
    for kind, name in lowered.waits:
        names.truth_of(kind, name)
    return names


def _remember(shapes: dict[Any, Shape], key: Any, shape: Shape) -> None:
    if len(shapes) >= MOST_SHAPES:
        shapes.clear()
    shapes[key] = shape
