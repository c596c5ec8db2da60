"""One action, one bearer, one in-force interval: what reads a case for it, and the shapes cases have led to so far.

A back end (`backend.Backend`) gives a unit the functions that read; what follows from what they find is alike for all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import field
from threading import Lock
from typing import TYPE_CHECKING, Any

from mutandis.dataclass import dataclass
from mutandis.decide.asked import Again, Setting
from mutandis.decide.decision import decision_of
from mutandis.decide.names import Names
from mutandis.decide.order import Reading
from mutandis.decide.plan import Plan
from mutandis.decide.result import NOTHING_SAID, Decision
from mutandis.decide.shape import Shape, shape_of
from mutandis.decide.ternary import FALSE, TRUE, ValueConflict, frozen
from mutandis.ir.component import Lowered, lower_component
from mutandis.link.program import Program
from mutandis.values import UNKNOWN

if TYPE_CHECKING:
    from mutandis.backends.backend import Applications, Backend
    from mutandis.backends.explained import Explained

MOST_SHAPES = 4096
"""How many shapes of one kind a unit remembers; a component rarely has a hundred that occur."""


Function = Callable[..., Any]


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
    from the unit alone. `walked` is how many times it was read by walking, `readers` what reads it, by whether derived
    facts have values that are chosen.
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
    walked: int = 0
    readers: dict[bool, Function] = field(default_factory=dict)
    _untouched: tuple[Shape, tuple[Any, ...]] | None = None
    _total: dict[bool, Function] = field(default_factory=dict)
    _explained: Explained | None = None
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self.total_shapes = TotalShapes(self)
        self.lowered = lower_component(self.program, self.plan.component, self.version)
        self.names = names_of(self.lowered)
        self.reads = frozenset(fact.name for fact in self.lowered.facts)
        self.asks = bool(self.lowered.applies)

    @property
    def can_be_total(self) -> bool:
        """False where wording that is not held keeps every case from being total."""
        norms = (slots.norm for slots in self.plan.norms)
        return not any(
            norm.opaque and (norm.governed_by is not None or norm.force.holds(self.version)) for norm in norms
        )

    def kept(self, store: dict[bool, Any], choosing: bool, make: Callable[[], Any]) -> Any:
        """What `make` makes, once."""
        found = store.get(choosing)
        if found is None:
            # One thread at a time; a second one finds the first one's work.
            with self._lock:
                found = store.get(choosing)
                if found is None:
                    found = store[choosing] = make()
        return found

    @property
    def explained(self) -> Explained:
        """What explanations ask of the unit; imported with the first of them."""
        if self._explained is None:
            from mutandis.backends.explained import Explained

            self._explained = Explained(self)  # two threads may both come here: one of the two stays
        return self._explained

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
        asked = dict(again.applied) if again is not None else {}
        return Call(self.applications, self.version, facts, at, holidays, own, choices or {}, again, asked)

    # --- shapes -------------------------------------------------------------------------------------------------------

    @property
    def decide(self) -> Callable[..., Decision]:
        """What decides: `f(facts, at, today, now, call, holidays)`, the last five may be left out."""
        decide: Function = self.kept(self._total, False, self._make_total)
        return decide

    def decided(self, facts: Mapping[str, object], at: dt.date | None, holidays: frozenset[dt.date] | None) -> Decision:
        """The decision about one case: read by `decide` once the unit was asked often."""
        if self.walked < self.backend.often:
            return self.decide_in_doubt(facts, at, holidays)
        today, now = clocks(at)
        call = self.call(facts, at, holidays, None) if self.asks else None
        decided: Decision = self.decide(facts, at, today, now, call, holidays)
        return decided

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
            from mutandis.decide.conflict import decide_under_each

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

    def _is_untouched_by(self, facts: Mapping[str, object], at: dt.date | None) -> bool:
        """True if nothing that the unit reads is stated, so that all such cases come out alike."""
        clocks_read = self.lowered.always
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
        function = self.readers.get(choosing)
        if function is None:
            function = self.kept(self.readers, choosing, lambda: self.backend.reader(self, choosing))
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


def names_of(lowered: Lowered) -> Names:
    """What lowered conditions wait for, numbered."""
    names = Names()
    for kind, name in lowered.waits:
        names.truth_of(kind, name)
    return names


def _remember(shapes: dict[Any, Shape], key: Any, shape: Shape) -> None:
    if len(shapes) >= MOST_SHAPES:
        shapes.clear()
    shapes[key] = shape
