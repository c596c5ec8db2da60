"""Where the truths and values of a component stand in what its compiled function returns.

A plan is fixed for one action, one bearer and one in-force interval; compiled code fills its slots, `order` reads them.
`Detail` is the same for the detailed function, which explanations read.
"""

from __future__ import annotations

from dataclasses import field

from mutandis.dataclass import dataclass
from mutandis.link.program import Component, Direction, LinkedGround, LinkedRequirement, Norm, Program, Relation
from mutandis.vocabulary import FactDeclaration


@dataclass(frozen=True, slots=True)
class BoundSlot:
    """A bound: its parameter, its relation, and where its value stands among the numbers."""

    parameter: str
    relation: str
    value: int


@dataclass(frozen=True, slots=True)
class RequirementSlot:
    """A requirement, where its truth stands, and its bound."""

    requirement: LinkedRequirement
    truth: int
    bound: BoundSlot | None


@dataclass(frozen=True, slots=True)
class GroundSlot:
    """A ground, where its truth stands, and the grounds inside it."""

    ground: LinkedGround
    truth: int
    inner: tuple[GroundSlot, ...]


@dataclass(frozen=True, slots=True)
class BeatSlot:
    """A beat on a norm: the beater's position, and the grounds and exclusions it fells (none: the whole norm)."""

    beater: int
    relation: Relation
    grounds: frozenset[int] = frozenset()
    exclusions: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class NormSlots:
    """A norm: where its truths stand, what beats it (whole, or in part), which limits bind it.

    `exempting` is, for each of a duty's exclusions, the position of the exemption that it yields.
    """

    norm: Norm
    direction: Direction
    base: int
    grounds: tuple[GroundSlot, ...]
    exclusions: tuple[int, ...]
    exempting: tuple[int | None, ...]
    requires: tuple[RequirementSlot, ...]
    beats: tuple[BeatSlot, ...]
    part_beats: tuple[BeatSlot, ...]
    limits: tuple[int, ...]

    def places(self) -> tuple[list[int], list[int]]:
        """The places of its truths besides its base, and of its bounds."""
        grounds, truths = list(self.grounds), [*self.exclusions, *(q.truth for q in self.requires)]
        while grounds:
            ground = grounds.pop()
            truths.append(ground.truth)
            grounds.extend(ground.inner)
        return truths, [q.bound.value for q in self.requires if q.bound is not None]


@dataclass(frozen=True, slots=True)
class Plan:
    """The slots of a component.

    `truths` and `bounds` are how many of each there are. `penalties` says where each penalty's truth stands,
    `parameters` has the parameters that bounds are on. The numbers that a function returns are the values of the bounds
    and then those of these parameters.
    """

    component: Component
    norms: tuple[NormSlots, ...]
    penalties: tuple[int, ...]
    parameters: dict[str, FactDeclaration]
    truths: int
    bounds: int


def plan_component(program: Program, component: Component) -> Plan:
    """Give every part of the component its slot, in the order of the component."""
    counter = _Counter()
    parameters: dict[str, FactDeclaration] = {}
    norms: list[NormSlots] = []
    limits = [i for i, n in enumerate(component.norms) if n.direction == "limits"]
    lifted = {(b.beater, b.beaten) for b in component.beats if b.relation == "lifts"}
    exempting = {norm.exempts: position for position, norm in enumerate(component.norms) if norm.exempts is not None}
    for position, norm in enumerate(component.norms):
        base = counter.truth()
        grounds = tuple(_plan_ground(g, counter) for g in norm.grounds)
        exclusions = tuple(counter.truth() for _ in norm.exclusions)
        requires: list[RequirementSlot] = []
        for requirement in norm.requires:
            bound: BoundSlot | None = None
            if requirement.bound is not None:
                parameter = requirement.bound.parameter
                parameters[parameter] = program.vocabulary.facts[parameter]
                bound = BoundSlot(parameter, requirement.bound.relation, counter.bound())
            requires.append(RequirementSlot(requirement, counter.truth(), bound))
        beats = [b for b in component.beats if b.beaten == position]
        norms.append(
            NormSlots(
                norm=norm,
                direction=norm.direction,
                base=base,
                grounds=grounds,
                exclusions=exclusions,
                exempting=tuple(exempting.get((norm.key, k)) for k in range(len(exclusions))),
                requires=tuple(requires),
                beats=tuple(BeatSlot(b.beater, b.relation) for b in beats if not b.part),
                part_beats=tuple(
                    BeatSlot(
                        b.beater,
                        b.relation,
                        frozenset(k for k, g in enumerate(norm.grounds) if g.citation in b.part),
                        frozenset(k for k, e in enumerate(norm.exclusions) if e.citation in b.part),
                    )
                    for b in beats
                    if b.part
                ),
                limits=tuple(i for i in limits if (position, i) not in lifted),
            )
        )
    penalties = tuple(counter.truth() for _ in component.penalties)
    return Plan(component, tuple(norms), penalties, parameters, counter.truths, counter.bounds)


@dataclass(slots=True)
class _Counter:
    truths: int = 0
    bounds: int = 0

    def truth(self) -> int:
        self.truths += 1
        return self.truths - 1

    def bound(self) -> int:
        self.bounds += 1
        return self.bounds - 1


def _plan_ground(ground: LinkedGround, counter: _Counter) -> GroundSlot:
    truth = counter.truth()
    return GroundSlot(ground, truth, tuple(_plan_ground(g, counter) for g in ground.grounds))


@dataclass(frozen=True, slots=True)
class Detail:
    """Where the detailed function puts what it finds: positions in the tuple it returns.

    Per norm: its force, its `when` conditions, its grounds, its exclusions, its deadline (None where it has none),
    and where that is so long after an event, the event and the length (`reckoned`).
    `done` is the fact that records the performance (`done_by_rule` per norm, where a rule gives or deems it);
    `derived` per derived fact its value and the truths of its entries; `triggers` all that tells why a norm is not
    triggered.
    """

    force: list[int] = field(default_factory=list)
    when: list[list[int]] = field(default_factory=list)
    grounds: list[list[int]] = field(default_factory=list)
    exclusions: list[list[int]] = field(default_factory=list)
    deadlines: list[int | None] = field(default_factory=list)
    reckoned: list[tuple[int, int] | None] = field(default_factory=list)
    done: list[int] = field(default_factory=list)
    done_by_rule: list[int | None] = field(default_factory=list)
    derived: dict[str, tuple[int, list[int]]] = field(default_factory=dict)
    triggers: list[int] = field(default_factory=list)
