"""A unit whose periods are counted otherwise than an article of the Civil Act has it, or the place that a vocabulary
names (S43, S50): where the answer would be another, it rests on that article.

Due days are left as they are: each tells how it was counted itself.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

from mutandis.calendar.counting import CIVIL, Counting
from mutandis.calendar.dates import EndOfMonth
from mutandis.condition import tree as t
from mutandis.dataclass import replace
from mutandis.datatypes import DAYS, YES_NO
from mutandis.decide.explains import Recounted
from mutandis.decide.plan import plan_component
from mutandis.link.linked_parts import map_derivation, map_norm
from mutandis.link.program import DerivedFact, Norm
from mutandis.link.read_through import facts_read
from mutandis.link.reads import of_component, of_deadlines, of_derivation, references
from mutandis.link.rewriting import rewrite

if TYPE_CHECKING:
    from mutandis.backends.unit import Unit

_Counted = t.Arithmetic | t.EndOf | t.WithinAfter | t.PeriodWithin
_Way = Callable[[_Counted], t.Expression | None]
"""What a place would have instead; None where it says nothing of the node."""
_BY_THE_CALENDAR: Final = ("civil", "from_midnight", "age")
"""The clocks whose months and years the Civil Act counts."""
_A_DAY: Final = t.Length(1, "day", type=DAYS)


def recounted(unit: Unit) -> tuple[Recounted, ...]:
    """Each place by which the unit counts, with the other ways there are."""
    program = unit.program
    read = [*of_component(unit.plan.component)]
    names = sorted(references(program, [*read, *of_deadlines(unit.plan.component)])[0])
    read += [e for name in names for one in program.derived[name].derivations for e in of_derivation(one)]
    counted = [node for expression in read for node in t.walk(expression) if isinstance(node, _Counted)]
    ways = [*(_of_the_civil_act() if "civil-act" in program.laws else ())]
    ways += [(place, (_by_statute(place),)) for place in sorted({_counting(node).provision for node in counted} - {""})]
    found: list[Recounted] = []
    for place, otherwise in ways:
        own = [node for node in counted if any(way(node) is not None for way in otherwise)]
        if own:
            units = tuple(_counting_so(unit, names, way) for way in otherwise)
            found.append(Recounted(place, frozenset(facts_read(program, own)), units))
    return tuple(found)


def _by_statute(place: str) -> _Way:
    return lambda node: _civil(node) if _counting(node).provision == place else None


def _of_the_civil_act() -> Iterator[tuple[str, tuple[_Way, ...]]]:
    yield "civil-act/157", (_first_day_in,)
    yield "civil-act/157 proviso", (lambda node: _civil(node) if _is_plainly(node, "from_midnight") else None,)
    yield "civil-act/158", (lambda node: _civil(node) if _is_plainly(node, "age") else None,)
    yield "civil-act/160", tuple(map(_months_ending, get_args(EndOfMonth)))
    yield "civil-act/161", (_as_it_falls,)


def _counting(node: _Counted) -> Counting:
    return node.counting or CIVIL


def _is_plainly(node: _Counted, *clocks: str) -> bool:
    counting = _counting(node)
    return counting.clock in clocks and not counting.provision and counting.end_of_month is None


def _civil(node: _Counted) -> t.Expression:
    """As the Civil Act counts elsewhere: an age is reached a day later, the day of birth being left out."""
    civil = replace(node, counting=CIVIL)
    is_age = isinstance(node, t.Arithmetic) and node.operator == "+" and _counting(node).clock == "age"
    return _a_day_on(civil, "+") if is_age and _family(node) else civil


def _family(node: _Counted) -> str:
    """Of what length it counts: `days`, `months`; empty for hours, working days, and what is no length."""
    lengths = (node.left, node.right) if isinstance(node, t.Arithmetic) else (node.length,)
    types = [one.type for one in lengths if one.type is not None and one.type.kind == "duration"]
    dated = not isinstance(node, t.Arithmetic) or (node.type is not None and node.type.kind in ("date", "moment"))
    family = types[0].family if len(types) == 1 and dated else None
    return family if family in ("days", "months") else ""


def _first_day_in(node: _Counted) -> t.Expression | None:
    if isinstance(node, t.Arithmetic) or not _is_plainly(node, "civil") or not _family(node):
        return None
    if isinstance(node, t.WithinAfter):
        return _a_day_shorter(node)
    return replace(node, counting=Counting("from_midnight"))


def _a_day_shorter(node: t.WithinAfter) -> t.Expression | None:
    """Within so long less a day: it holds, and would of the day after too (before, of the day before)."""
    of = node.subject.type
    if of is None or of.kind != "date":
        return None
    counted = replace(node, counting=Counting("from_midnight"))
    next_to_it = _a_day_on(node.subject, "+" if node.side == "after" else "-")
    return t.And((counted, replace(counted, subject=next_to_it)), span=node.span, type=YES_NO)


def _a_day_on(node: t.Expression, sign: Literal["+", "-"]) -> t.Expression:
    return t.Arithmetic(sign, node, _A_DAY, span=node.span, type=node.type)


def _months_ending(end: EndOfMonth) -> _Way:
    def way(node: _Counted) -> t.Expression | None:
        if _family(node) != "months" or not _is_plainly(node, *_BY_THE_CALENDAR):
            return None
        return replace(node, counting=Counting(_counting(node).clock, end))

    return way


def _as_it_falls(node: _Counted) -> t.Expression | None:
    anchor = node.anchor.type if isinstance(node, t.EndOf) else None
    if not isinstance(node, t.EndOf) or anchor is None or anchor.kind != "date":
        return None
    if not _is_plainly(node, "civil") or not _family(node):
        return None
    sides = (node.anchor, node.length, CIVIL)
    if node.side == "after":
        return t.Arithmetic("+", *sides, span=node.span, type=node.type)
    return t.Arithmetic("-", *sides, span=node.span, type=node.type)


def _counting_so(unit: Unit, names: list[str], way: _Way) -> Unit:
    def change(expression: t.Expression) -> t.Expression:
        return rewrite(expression, otherwise)

    def otherwise(node: t.Expression) -> t.Expression | None:
        found = way(node) if isinstance(node, _Counted) else None
        # What is inside is counted so, too.
        return None if found is None else t.mapped(found, change)

    def in_norm(norm: Norm) -> Norm:
        return replace(map_norm(norm, change), deadline=norm.deadline)

    program, component = unit.program, unit.plan.component
    component = replace(component, norms=tuple(map(in_norm, component.norms)))
    derived: dict[str, DerivedFact] = {}
    for name in names:
        fact = program.derived[name]
        derived[name] = replace(fact, derivations=tuple(map_derivation(one, change) for one in fact.derivations))
    components: Any = program.components  # of a bundle each is decoded when it is asked for: they are not copied
    others: Any = program.derived
    program = replace(
        program,
        components=ChainMap({component.action: component}, components),
        derived=ChainMap(derived, others),
    )
    plan = plan_component(program, component)
    return type(unit)(program, plan, unit.version, unit.backend, unit.applications, unit.done)
