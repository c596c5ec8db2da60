"""`Asked`: one question about one case, which a decision is worked out from, and what a unit remembers of questions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Any, NamedTuple

from mutandis.dataclass import dataclass
from mutandis.decide.names import Names
from mutandis.decide.plan import Detail
from mutandis.decide.shape import Shape
from mutandis.link.program import Program
from mutandis.values import OpenList

if TYPE_CHECKING:
    from mutandis.decide.explains import Explains


class Setting(NamedTuple):
    """What a case is decided with besides its facts: the clock, the caller's holidays, and the values chosen for
    derived facts that rules contradict each other on.
    """

    at: dt.date | None
    holidays: frozenset[dt.date] | None
    choices: Mapping[str, object] | None


PLAIN = Setting(None, None, None)


class Again(NamedTuple):
    """How a question is asked again: much speaks for something in it not being known (`in_doubt`); `changed` are the
    facts, and the norms elsewhere by what asks about them, that are otherwise, None where nobody can say; `found` is
    what was found of what rests on nothing that was changed: whether norms elsewhere are effective, by the unit that
    tells and their position in it, and bounds on members; `applied` is what norms elsewhere are taken to be.
    """

    in_doubt: bool
    changed: frozenset[str] | None
    found: dict[Any, Any]
    applied: Mapping[str, int] = {}


MEASURES = "measures"
"""Under which a shape remembers whether its decisions rest on how long a period lasts, or on members of lists."""
MOST_ASKED = 64
"""How many questions a unit remembers with what was worked out of them: as many as are looked at side by side,
explained after they were decided, or asked again; an action of a rulebook's cases rarely has more."""


@dataclass(slots=True, eq=False)
class Asked:
    """One question about one case, and the numbers that the compiled function found.

    `worked_out` has what several parts of the decision rest on, by what it is; `again` says how it was asked, of a
    question asked again.
    """

    shape: Shape
    numbers: tuple[Any, ...]
    facts: Mapping[str, object]
    setting: Setting
    worked_out: dict[str, Any] = field(default_factory=dict)
    again: Again | None = None

    @property
    def at(self) -> dt.date | None:
        """The clock."""
        return self.setting.at

    @property
    def holidays(self) -> frozenset[dt.date] | None:
        """The caller's holidays."""
        return self.setting.holidays

    @property
    def choices(self) -> Mapping[str, object] | None:
        """The values chosen for derived facts."""
        return self.setting.choices

    @property
    def unit(self) -> Explains:
        """The compiled code that decided."""
        return self.shape.unit

    @property
    def program(self) -> Program:
        """The linked rulebook."""
        return self.unit.program

    def detail(self) -> tuple[tuple[Any, ...], Detail, Names]:
        """What the detailed function finds in this case, where it puts it, and the names it waits for."""
        found: tuple[tuple[Any, ...], Detail, Names] | None = self.worked_out.get("detail")
        if found is None:
            again = self.looked_at_again()
            found = self.worked_out["detail"] = self.unit.explained.detail(self.facts, *self.setting, again=again)
        return found

    def looked_at_again(self, otherwise: Iterable[str] = ()) -> Again:
        """How the case is read once more, with facts `otherwise`: norms elsewhere are as they were found before."""
        again = self.again or Again(False, frozenset(), self.worked_out.setdefault("found", {}))
        return again if again.changed is None else again._replace(changed=again.changed.union(otherwise))


def asked_of(shape: Shape, numbers: tuple[Any, ...], facts: Mapping[str, object], setting: Setting) -> Asked:
    """The question about a case of this shape, with what was worked out of it if it was asked before."""
    if setting.choices is not None or not MOST_ASKED:
        return Asked(shape, numbers, facts, setting)
    memory = shape.unit.memory
    known: dict[object, Asked] | None = memory.get("asked")
    if known is None:
        known = memory["asked"] = {}
    key: tuple[object, ...] = (shape, setting.at, setting.holidays, *facts.items())
    try:
        found = known.get(key)
    except TypeError:  # lists of members have no hash
        key = (shape, setting.at, setting.holidays, *[(name, hashable(value)) for name, value in facts.items()])
        found = known.get(key)
    if found is None:
        found = Asked(shape, numbers, facts, setting)
        if len(known) >= MOST_ASKED:
            known.clear()
        known[key] = found
    return found


def hashable(value: object) -> object:
    """A fact's value with lists of members by what these state."""
    if isinstance(value, OpenList):
        return "open", hashable(value.members)
    if isinstance(value, (tuple, list)):
        return tuple(map(hashable, value))
    if isinstance(value, Mapping):
        return tuple([(name, hashable(stated)) for name, stated in value.items()])
    return value
