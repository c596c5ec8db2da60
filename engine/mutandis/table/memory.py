"""What is remembered of a question between tables: plans, what vectors came to, and the outcomes that rows have."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import field
from threading import RLock
from typing import Final

import polars as pl

from mutandis.backends.columns.nodes import Sort, X
from mutandis.backends.columns.outline import OutlineSlots, outline_slots
from mutandis.backends.columns.plan import ColumnPlan
from mutandis.backends.unit import Unit
from mutandis.dataclass import dataclass
from mutandis.decide.decision import CompiledDecision
from mutandis.decide.names import Names
from mutandis.decide.outline import Outline, Outlines
from mutandis.decide.result import Decision
from mutandis.decide.shape import Shape
from mutandis.table.members import columns_read

MOST_BITS: Final = 62
"""How many slots fit one number."""
MOST_LOOKED_UP: Final = 16
"""Up to how many slots there is a place for every vector; beyond, the vectors that occur are joined."""
MOST_QUESTIONS: Final = 16
"""Of how many questions is remembered what vectors came to."""
MOST_OUTCOMES: Final = 1 << 16
"""With so many outcomes a memory is made anew."""
MOST_PLANS: Final = 32
"""How many plans are remembered of one question."""
ERROR: Final = 0
"""The outcome of a row that has a value the vocabulary does not allow."""

Outcome = Shape | Outline | Decision | None
"""What rows come to: a shape, the outline of one, a decision made row by row, or None for a row that is in error."""


@dataclass(slots=True)
class Planned:
    """A plan with what it has come to so far: `bits` are the slots that differ from row to row.

    It `settles` rows where each slot can be known, and all fit one number.
    """

    unit: Unit
    plan: ColumnPlan
    names: Names
    bits: list[X]
    settles: bool
    outlines: Outlines
    seen: dict[int, int] = field(default_factory=dict)
    table: pl.Series = field(default_factory=lambda: pl.Series([], dtype=pl.UInt32))
    members_read: dict[str, dict[str, Sort]] = field(init=False)
    _outline: OutlineSlots | None = None

    def __post_init__(self) -> None:
        self.members_read = columns_read(self.plan.tops())
        if self.can_look_up:
            self.table = pl.repeat(None, 1 << len(self.bits), dtype=pl.UInt32, eager=True)

    @property
    def can_look_up(self) -> bool:
        """True where there is a place for every vector."""
        return len(self.bits) <= MOST_LOOKED_UP

    @property
    def outline(self) -> OutlineSlots:
        """The slots that outlines are worked out from."""
        if self._outline is None:
            self._outline = outline_slots(self.unit.plan, self.plan, self.names)
        return self._outline

    def looked_up(self, part: pl.DataFrame) -> pl.DataFrame:
        """Some rows with the codes of their vectors, null where these were not met before."""
        if not self.can_look_up or "key" not in part.columns:
            return part
        return part.hstack([self.table.gather(part["key"]).alias("code")])


class Memories:
    """The memories of the questions asked last, each until it has too much in it."""

    def __init__(self) -> None:
        self._of: dict[Hashable, Memory] = {}
        self._lock = RLock()

    def of(self, question: Hashable) -> Memory:
        """The memory of a question, which tables that use it at the same time share."""
        with self._lock:
            found = self._of.pop(question, None)
            if found is None or len(found.outcomes) > MOST_OUTCOMES:
                found = Memory()
            self._of[question] = found
            if len(self._of) > MOST_QUESTIONS:
                del self._of[next(iter(self._of))]
            return found


@dataclass(slots=True)
class Memory:
    """`outcomes` are what rows came to, by their codes. Whoever adds to them or to the plans holds the `lock`."""

    outcomes: list[Outcome] = field(default_factory=lambda: [None])
    plans: dict[Hashable, Planned] = field(default_factory=dict)
    lock: RLock = field(default_factory=RLock)
    _shapes: dict[int, int] = field(default_factory=dict)
    _outlines: dict[Outline, int] = field(default_factory=dict)

    def code_of_shape(self, shape: Shape) -> int:
        """The code of a shape."""
        code = self._shapes.get(id(shape))
        if code is None:
            code = self._shapes[id(shape)] = self._add(shape)  # which keeps it, and its id
        return code

    def code_of_outline(self, outline: Outline) -> int:
        """The code of an outline."""
        code = self._outlines.get(outline)
        if code is None:
            code = self._outlines[outline] = self._add(outline)
        return code

    def code_of(self, decision: Decision | None) -> int:
        """The code of a decision made row by row; None stands for a case that contradicts itself."""
        if decision is None:
            return ERROR
        if isinstance(decision, CompiledDecision):
            return self.code_of_shape(decision._shape)
        return self._add(decision)

    def keep(self, key: Hashable, planned: Planned) -> Planned:
        """Remember a plan."""
        if len(self.plans) >= MOST_PLANS:
            self.plans.clear()
        self.plans[key] = planned
        return planned

    def _add(self, outcome: Outcome) -> int:
        self.outcomes.append(outcome)
        return len(self.outcomes) - 1
