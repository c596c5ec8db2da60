"""Laws about verdicts: one for every case, whatever the order of the norms, and what one more norm can do."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.strategies.deciders import decide, reading_of
from tests.strategies.laws import doubled, law, orders, reachable, rearranged, with_component, with_norm
from tests.strategies.programs import FIRST, SECOND, Shape, clocks, components, programs
from tests.strategies.vocabulary import given_facts, known_facts

from mutandis.condition import tree as t
from mutandis.datatypes import YES_NO
from mutandis.decide.order import MOST_ENUMERATED
from mutandis.decide.result import Verdict
from mutandis.link.program import LinkedRequirement, Program

BOTH = pytest.mark.parametrize("action", [FIRST, SECOND])
PERMISSIONS = Shape(directions=("may",), orders=False, opaque=False)
FEW = Shape(most_norms=3)


@law
@given(programs(), given_facts(), clocks)
@BOTH
def test_every_case_has_exactly_one_verdict(
    action: str, program: Program, facts: dict[str, object], at: dt.date
) -> None:
    decision = decide(program, action, facts, at=at)
    assert decision.reachable
    if decision.verdict == Verdict.UNDETERMINED:
        assert len(decision.reachable) > 1
        assert decision.cause in ("facts", "wording", "parameters", "undefined")
    else:
        assert decision.reachable == (decision.verdict,)
        assert decision.cause in ("", "values")
        assert decision.missing == ()


@law
@given(programs(FEW), given_facts(), clocks, st.data())
@BOTH
def test_the_order_of_norms_changes_nothing(
    action: str, program: Program, facts: dict[str, object], at: dt.date, data: st.DataObject
) -> None:
    component = program.components[action]
    order = data.draw(orders(component))
    other = with_component(program, rearranged(component, order))
    # What asks about a norm by its place asks about the same norm.
    moved = {c: tuple((a, order.index(i) if a == action else i) for a, i in ps) for c, ps in program.effective.items()}
    before = decide(program, action, facts, at=at)
    after = decide(replace(other, effective=moved), action, facts, at=at)
    assert (before.verdict, before.reachable, before.cause) == (after.verdict, after.reachable, after.cause)
    assert before.missing == after.missing
    assert set(before.citations) == set(after.citations)
    assert set(before.breaches) == set(after.breaches)
    assert {c.norm: c.status for c in before.considered} == {c.norm: c.status for c in after.considered}


def unknown_things(program: Program, action: str, facts: dict[str, object], at: dt.date | None) -> int:
    """How many triggers and outcomes the case leaves open."""
    return len(reading_of(program, action, facts, at).unknown())


@law
@given(programs(FEW, apart=True), given_facts(), clocks, st.data())
@BOTH
def test_a_norm_said_twice_says_it_once(
    action: str, program: Program, facts: dict[str, object], at: dt.date, data: st.DataObject
) -> None:
    component = program.components[action]
    assume(component.norms)
    position = data.draw(st.integers(0, len(component.norms) - 1))
    twice = with_component(program, doubled(component, position))
    moved = {c: tuple((a, i + (a == action and i > position)) for a, i in ps) for c, ps in program.effective.items()}
    twice = replace(twice, effective=moved)
    # Past the number that is enumerated the answer is the linear pass's: sound, but it may be wider (S31).
    assume(unknown_things(twice, action, facts, at) <= MOST_ENUMERATED)
    before = decide(program, action, facts, at=at)
    after = decide(twice, action, facts, at=at)
    assert (before.verdict, before.reachable) == (after.verdict, after.reachable)
    assert before.citations == after.citations
    assert before.missing == after.missing


@law
@given(programs(PERMISSIONS), known_facts(parameters=False), clocks, st.data())
def test_among_permissions_alone_one_more_never_removes_permission(
    program: Program, facts: dict[str, object], at: dt.date, data: st.DataObject
) -> None:
    extra = data.draw(components(FIRST, replace(PERMISSIONS, most_norms=1)))
    component = program.components[FIRST]
    more = component
    for norm in extra.norms:
        more = with_norm(more, replace(norm, key="extra"))
    before = decide(program, FIRST, facts, at=at).verdict
    after = decide(with_component(program, more), FIRST, facts, at=at).verdict
    if before == Verdict.PERMITTED:
        assert after == Verdict.PERMITTED
    if before == Verdict.CONDITIONAL:
        assert after in (Verdict.CONDITIONAL, Verdict.PERMITTED)


@law
@given(programs(apart=True), given_facts(), clocks, st.data())
def test_a_breached_permission_changes_only_the_default(
    program: Program, facts: dict[str, object], at: dt.date, data: st.DataObject
) -> None:
    extra = data.draw(components(FIRST, Shape(directions=("may",), most_norms=1, opaque=False)))
    component = program.components[FIRST]
    never = LinkedRequirement(component.norms[0].citation, t.Truth(False, type=YES_NO)) if component.norms else None
    assume(never is not None and extra.norms)
    assert never is not None
    breached = replace(extra.norms[0], key="extra", requires=(never,))
    before = decide(program, FIRST, facts, at=at)
    after = decide(with_component(program, with_norm(component, breached)), FIRST, facts, at=at)
    by_default = {Verdict.FORBIDDEN_BY_DEFAULT, Verdict.EXEMPT, Verdict.SILENT}
    if before.verdict in by_default:
        assert reachable(after) <= {before.verdict, Verdict.FORBIDDEN}
    else:
        assert reachable(after) - {Verdict.FORBIDDEN} <= reachable(before)
        assert reachable(before) - by_default <= reachable(after)
