"""Linked programs at random: two actions, derived facts, a fiction, norms of every direction with every kind of order.

A program is well formed: typed conditions, parameters only in requirements, limits before permissions, beaters before
what they beat, derivations that read only earlier facts, the second action asking about the first and never back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal, TypeVar

from hypothesis import strategies as st
from hypothesis.vendor.pretty import RepresentationPrinter
from tests.strategies.describe import describe
from tests.strategies.linked_conditions import (
    ASKED,
    FICTION,
    GROUND,
    TYPES,
    amount,
    compare,
    conditions,
    counts,
    dates,
    fact,
    length,
    plus,
)
from tests.strategies.vocabulary import DAYS_AT_MONTH_ENDS, DERIVED_TYPES, VOCABULARY

from mutandis.citation import Citation, CitationRange, parse_citation
from mutandis.condition import tree as t
from mutandis.datatypes import DAYS, YES_NO
from mutandis.link.program import (
    Beat,
    Bound,
    Component,
    Derivation,
    DerivedFact,
    Direction,
    LinkedEntry,
    LinkedExclusion,
    LinkedGround,
    LinkedPenalty,
    LinkedRequirement,
    Norm,
    Program,
    Step,
)
from mutandis.rulebook.law import ALWAYS, Deadline, Interval, Law, PenaltyOption

T = TypeVar("T")
NO_PLACE = parse_citation("act/99")
Relation = Literal["<", "<=", ">", ">=", "is"]
FIRST, SECOND = "do thing", "tell thing"
LAWS = {"act": Law("act", "Act on Things", "Act", 1), "decree": Law("decree", "Decree on Things", "Decree", 2, "act")}


# --- requirements -----------------------------------------------------------------------------------------------------


@cache
def _bounded() -> st.SearchStrategy[LinkedRequirement]:
    """Requirements that are linear in one parameter, with the bound the linker would give them."""
    place = NO_PLACE
    used = fact("it.used")

    def on_days(relation: Relation, n: int, shape: str) -> LinkedRequirement:
        mine, limit = fact("how.days"), length(n, "day")
        if shape == "used":
            condition = compare(relation, plus(used, mine, DAYS), limit)
            bound = Bound("how.days", relation, plus(limit, used, DAYS, "-"))
        elif shape == "derived":
            share = t.If(fact("it.a"), limit, length(n + 3, "day"), type=DAYS)
            condition, bound = compare(relation, mine, share), Bound("how.days", relation, share)
        elif shape == "flipped":
            condition = compare(relation, limit, mine)
            bound = Bound("how.days", _mirror(relation), limit)
        else:
            condition, bound = compare(relation, mine, limit), Bound("how.days", relation, limit)
        return LinkedRequirement(place, condition, ("how.days",), bound)

    def on_count(relation: Relation, limit: t.Expression) -> LinkedRequirement:
        return LinkedRequirement(
            place,
            compare(relation, fact("how.count"), limit),
            ("how.count",),
            Bound("how.count", relation, limit),
        )

    def on_rate(relation: Relation, n: int) -> LinkedRequirement:
        return LinkedRequirement(
            place,
            compare(relation, fact("how.rate"), amount(n)),
            ("how.rate",),
            Bound("how.rate", relation, amount(n)),
        )

    def on_date(relation: Relation, limit: t.Expression) -> LinkedRequirement:
        return LinkedRequirement(
            place, compare(relation, fact("how.on"), limit), ("how.on",), Bound("how.on", relation, limit)
        )

    relations: tuple[Relation, ...] = ("<", "<=", ">", ">=", "is")
    relation = st.sampled_from(relations)
    return st.one_of(
        st.builds(on_days, relation, st.integers(0, 12), st.sampled_from(("plain", "used", "derived", "flipped"))),
        st.builds(on_count, relation, counts()),
        st.builds(on_rate, relation, st.integers(0, 6)),
        st.builds(on_date, relation, dates()),
    )


def _mirror(relation: Relation) -> Relation:
    mirrored: dict[Relation, Relation] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "is": "is"}
    return mirrored[relation]


@cache
def requirements() -> st.SearchStrategy[LinkedRequirement]:
    """Requirements of every sort: bounded, on a parameter without a bound, on facts alone; their place is set later."""
    place = NO_PLACE
    heard = LinkedRequirement(place, fact("how.heard"), ("how.heard",))
    within = LinkedRequirement(
        place, t.PeriodWithin(fact("how.period"), length(10, "day"), type=YES_NO), ("how.period",)
    )
    excepted = LinkedRequirement(place, t.Or((fact("how.heard"), fact("it.c")), type=YES_NO), ("how.heard",))
    opaque = LinkedRequirement(
        place, t.Or((compare("<=", fact("how.days"), length(3, "day")), fact("it.b")), type=YES_NO), ("how.days",)
    )
    return st.one_of(
        _bounded(),
        st.sampled_from((heard, within, excepted, opaque)),
        conditions(derived=False).map(lambda c: LinkedRequirement(place, c)),
    )


# --- norms ------------------------------------------------------------------------------------------------------------

forces = st.sampled_from(
    (
        *[ALWAYS] * 6,
        Interval(dt.date(2020, 2, 29)),
        Interval(None, dt.date(2020, 3, 1)),
        Interval(dt.date(2020, 1, 31), dt.date(2020, 4, 1)),
    )
)


def _some(draw: st.DrawFn, strategy: st.SearchStrategy[T], most: int) -> tuple[T, ...]:
    return tuple(draw(strategy) for _ in range(draw(_up_to(most))))


@cache
def _one_of(choices: tuple[T, ...]) -> st.SearchStrategy[T]:
    # Strategies made once are validated once: programs draw thousands of times.
    return st.sampled_from(choices)


@cache
def _up_to(most: int) -> st.SearchStrategy[int]:
    return st.integers(0, most)


@dataclass(frozen=True, slots=True)
class Shape:
    """What random programs are made of; the laws switch off what they do not speak about."""

    directions: tuple[Direction, ...] = ("may", "must_not", "may", "must", "limits", "may", "need_not", "disapply")
    derived: bool = True
    opaque: bool = True
    requires: bool = True
    orders: bool = True
    most_norms: int = 5
    simple: bool = False
    always: bool = False  # every norm is triggered, and permissions have a requirement


ANY_SHAPE = Shape()


def _grounds(
    draw: st.DrawFn, citation: Citation, condition: st.SearchStrategy[t.Expression]
) -> tuple[LinkedGround, ...]:
    def one(number: int) -> LinkedGround:
        place = replace(citation, subparagraph=str(number), sentence="")
        inner: tuple[LinkedGround, ...] = ()
        if draw(_up_to(4)) == 4:
            inner = tuple(
                LinkedGround(replace(place, item=letter), draw(condition))
                for letter in ("a", "b")[: draw(st.integers(1, 2))]
            )
        when = draw(condition) if not inner or draw(_up_to(1)) == 1 else None
        unless = draw(condition) if draw(_up_to(4)) == 4 else None
        return LinkedGround(place, when, inner, unless, draw(forces))

    return tuple(one(k) for k in range(1, draw(_one_of((0, 0, 0, 1, 2, 3))) + 1))


def _exclusions(
    draw: st.DrawFn, citation: Citation, condition: st.SearchStrategy[t.Expression]
) -> tuple[LinkedExclusion, ...]:
    if draw(_up_to(2)) < 2:
        return ()
    place = replace(citation, sentence="proviso")
    grounds: tuple[LinkedGround, ...] = ()
    if draw(_up_to(3)) == 3:
        grounds = (LinkedGround(replace(place, subparagraph="1"), draw(condition)),)
    return (LinkedExclusion(place, draw(condition), grounds, draw(forces)),)


def _norm(draw: st.DrawFn, shape: Shape, action: str, number: int, direction: Direction, *, asking: bool) -> Norm:
    law = draw(_one_of(("act", "act", "decree"))) if shape.orders else "act"
    citation = parse_citation(f"{law}/{number}(1)")
    simple = shape.simple or draw(_up_to(1)) == 0
    condition = conditions(derived=shape.derived, asking=asking, simple=simple)
    requires: tuple[LinkedRequirement, ...] = ()
    may_require = action == FIRST and direction in ("may", "must", "limits")
    if shape.requires and may_require:
        most = 2 if direction != "limits" else 1
        requires = _some(draw, requirements(), most)
        if direction == "limits" and not requires:
            requires = (draw(requirements()),)
    deadline = None
    if direction == "must" and draw(_up_to(1)) == 1:
        relations: tuple[Literal["by", "on", "before"], ...] = ("by", "on", "before")
        deadline = Deadline(draw(_one_of(relations)), draw(dates()), "", draw(_one_of(("", "civil"))))
    governed_by = draw(_one_of((None, None, None, fact("it.on"))))
    sources: tuple[tuple[Step, ...], ...] = ()
    if draw(_up_to(3)) == 3:
        sources = ((Step(parse_citation("act/70(4)"), (("thing", "other thing"),), "It applies to other things."),),)
    if shape.always:
        own = requires or ((draw(_bounded()),) if may_require else ())
        own = tuple(replace(r, citation=citation) for r in own)
        return Norm(f"{citation}#{action}", f"{citation}#{action}", citation, direction, action, "", requires=own)
    opaque = "an earlier wording" if shape.opaque and draw(_up_to(11)) == 11 else ""
    external: tuple[Citation, ...] = ()
    if direction == "disapply" and shape.opaque and draw(_up_to(3)) == 3:
        external = (parse_citation("ext:former-act/1"),)
    return Norm(
        key=f"{citation}#{action}",
        rule=f"{citation}#{action}",
        citation=citation,
        direction=direction,
        action=action,
        summary=f"What {citation} says.",
        by=draw(_one_of(((), ("warden",), ("doctor",)))),
        when=tuple(draw(condition) for _ in range(draw(_one_of((0, 0, 1, 1, 2))))),
        grounds=_grounds(draw, citation, condition),
        exclusions=_exclusions(draw, citation, condition),
        requires=tuple(replace(r, citation=citation) for r in requires),
        deadline=deadline,
        force=draw(forces),
        governed_by=governed_by,
        sources=sources,
        external=external,
        rank=1 if law == "act" else 2,
        opaque=opaque,
        note=draw(_one_of(("", "", "The text leaves this open."))),
    )


_OPPOSED = (
    {"must_not", "may"},
    {"must_not", "must"},
    {"must", "need_not"},
)


def _beats(draw: st.DrawFn, norms: Sequence[Norm]) -> tuple[Beat, ...]:
    found: list[Beat] = []
    for beater in range(len(norms)):
        for beaten in range(len(norms)):
            if beater == beaten or draw(_up_to(2)) < 2:
                continue
            mine, theirs = norms[beater].direction, norms[beaten].direction
            if mine == "may" and theirs == "limits" and beaten < beater:
                found.append(Beat(beater, beaten, "lifts"))
            if beater > beaten:
                continue
            relations: list[str] = []
            if {mine, theirs} in _OPPOSED:
                relations += ["despite", "instead_of"]
                if norms[beater].rank < norms[beaten].rank:
                    relations.append("rank")
            elif mine == theirs == "limits":
                relations.append("despite")
            elif mine == "disapply" and theirs != "disapply":
                relations.append("disapply")
            elif theirs not in ("limits", "disapply") and mine not in ("limits", "disapply"):
                relations.append("instead_of")
            if not relations:
                continue
            relation = draw(_one_of(tuple(relations)))
            part: tuple[Citation, ...] = ()
            places = [g.citation for g in norms[beaten].grounds] + [e.citation for e in norms[beaten].exclusions]
            if relation in ("despite", "instead_of", "disapply") and places and draw(_up_to(2)) == 2:
                part = (draw(_one_of(tuple(places))),)
            found.append(Beat(beater, beaten, relation, part))
    return tuple(found)


_RANK_OF_DIRECTION = {"disapply": 0, "limits": 1}


@cache
def _norm_counts(most: int) -> st.SearchStrategy[int]:
    # Two or three norms in most programs: enough to oppose and order each other, few enough to be in force together.
    return st.sampled_from([k for k in (1, 0, 2, 2, 3, 3, 4, 5) if k <= most])


@st.composite
def components(draw: st.DrawFn, action: str, shape: Shape = ANY_SHAPE) -> Component:
    """Everything said about one action: up to `shape.most_norms` norms and the orders among them."""
    usable = [d for d in shape.directions if action == FIRST or d != "limits"]
    directions = [draw(_one_of(tuple(usable))) for _ in range(draw(_norm_counts(shape.most_norms)))]
    directions.sort(key=lambda d: _RANK_OF_DIRECTION.get(d, 2))
    base = 1 if action == FIRST else 21
    norms = tuple(
        _norm(draw, shape, action, base + i, d, asking=action == SECOND and shape.derived)
        for i, d in enumerate(directions)
    )
    beats = _beats(draw, norms) if shape.orders else ()
    penalties: tuple[LinkedPenalty, ...] = ()
    punished = draw(_up_to(1)) == 1
    if norms and punished:
        of = CitationRange(norms[-1].citation, norms[-1].citation)
        option = PenaltyOption("fine", None, "fine up to 200 won")
        when = _some(draw, conditions(derived=False), 1)
        place = parse_citation("act/60")
        penalties = (LinkedPenalty("act/60", place, (of,), (option,), when, summary="It is fined."),)
    default = VOCABULARY.actions[action].default
    return Component(action, default, norms, beats, penalties)


@cache
def _or_ground() -> st.SearchStrategy[t.Expression]:
    return st.one_of(conditions(derived=False), st.just(fact(GROUND)))


@st.composite
def _derivations(draw: st.DrawFn, name: str, earlier: bool, *, apart: bool) -> DerivedFact:
    kind = "deem" if name == FICTION else "ground" if name == GROUND else "define"
    value: Callable[[], t.Expression]
    if name in ("it.due",):
        value = lambda: draw(dates())  # noqa: E731  # one line per fact reads better than a function each
    elif name == "it.share":
        value = lambda: draw(counts())  # noqa: E731
    elif kind == "define":
        value = lambda: t.Truth(draw(_up_to(1)) == 1, type=YES_NO)  # noqa: E731
    else:
        value = lambda: t.Truth(True, type=YES_NO)  # noqa: E731
    shared = value()
    found = []
    if apart and kind == "define" and draw(_up_to(1)):
        found.append(_one_or_the_other(name, draw(conditions(derived=False)), value))
        return DerivedFact(name, TYPES[name], tuple(found))
    for number in range(draw(st.integers(0 if kind != "ground" else 1, 2))):
        citation = parse_citation(f"act/{80 + number}(1)")
        condition = conditions(derived=False, simple=draw(_up_to(1)) == 0)
        if earlier and draw(_up_to(3)) == 3:
            condition = _or_ground()
        entries = tuple(
            LinkedEntry(
                replace(citation, subparagraph=str(k)),
                draw(condition) if draw(_up_to(1)) else None,
                shared if apart else value(),
                draw(forces),
            )
            for k in range(1, draw(_one_of((1, 1, 2))) + 1)
        )
        found.append(
            Derivation(
                rule=f"{citation}#{name}",
                citation=citation,
                kind=kind,  # type: ignore[arg-type]  # one of the kinds
                entries=entries,
                when=_some(draw, condition, 1),
                exclusions=_exclusions(draw, citation, condition),
                force=draw(forces),
                note=draw(_one_of(("", "", "Read this way."))),
            )
        )
    return DerivedFact(name, TYPES[name], tuple(found), "it.a" if kind == "deem" else "")


def _one_or_the_other(name: str, condition: t.Expression, value: Callable[[], t.Expression]) -> Derivation:
    """A definition with one value where the condition holds and another where it does not."""
    citation = parse_citation("act/80(1)")
    cases = ((condition, value()), (t.Not(condition, type=YES_NO), value()))
    entries = tuple(
        LinkedEntry(replace(citation, subparagraph=str(k)), when, given) for k, (when, given) in enumerate(cases, 1)
    )
    return Derivation(rule=f"{citation}#{name}", citation=citation, kind="define", entries=entries)


class DrawnProgram(Program):
    """A program that a failing test shows in a few lines instead of forty thousand characters."""

    __slots__ = ()

    def _repr_pretty_(self, printer: RepresentationPrinter, cycle: bool) -> None:
        printer.text(f"\n{describe(self)}\n")


@st.composite
def programs(draw: st.DrawFn, shape: Shape = ANY_SHAPE, *, apart: bool = False) -> Program:
    """Linked programs of a shape. `apart`: no two rules give a derived fact different values in one case."""
    derived: dict[str, DerivedFact] = {}
    for name in (GROUND, FICTION, *DERIVED_TYPES):
        found = (
            draw(_derivations(name, bool(derived), apart=apart))
            if shape.derived
            else DerivedFact(name, TYPES[name], ())
        )
        derived[name] = found
    first = draw(components(FIRST, shape))
    second = draw(components(SECOND, shape)) if shape.derived else Component(SECOND, "silent", (), ())
    effective = {
        place: tuple((FIRST, i) for i, n in enumerate(first.norms) if str(n.citation) == place) for place in ASKED
    }
    return DrawnProgram(LAWS, VOCABULARY, {FIRST: first, SECOND: second}, derived, effective, "0" * 64)


noons = st.sampled_from(DAYS_AT_MONTH_ENDS).map(lambda d: dt.datetime(d.year, d.month, d.day, 12))
"""Moments a case is decided at."""
clocks = st.one_of(st.none(), st.sampled_from(DAYS_AT_MONTH_ENDS), noons)
"""The day or moment a case is decided at; None: not said."""
