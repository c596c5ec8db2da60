"""Laws about what is not known: learning narrows, nothing true is left out, what is called irrelevant is."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.strategies.deciders import decide, reading_of
from tests.strategies.laws import law, reachable, with_component, with_norm, without_presumption
from tests.strategies.programs import FIRST, SECOND, Shape, clocks, components, programs
from tests.strategies.vocabulary import PARAMETERS, STATED, given_facts, known_facts, values_of

from mutandis.dataclass import replace
from mutandis.decide.order import OUT
from mutandis.decide.result import Verdict
from mutandis.link.check_definitions import check_definitions
from mutandis.link.program import Program
from mutandis.values import UNKNOWN, OpenList, Period, Unknown

BOTH = pytest.mark.parametrize("action", [FIRST, SECOND])
DECLARED = {d.name: d for d in STATED}
HOW = {d.name: d for d in PARAMETERS}


def is_open(value: object) -> bool:
    """True if the case leaves part of the value unknown: a member's attribute, further members, a period's end."""
    if isinstance(value, Period):
        return value.until is None
    members = value.members if isinstance(value, OpenList) else value
    if not isinstance(members, tuple):
        return isinstance(value, Unknown)
    return isinstance(value, OpenList) or any(set(m) != {"ok", "length", "on"} for m in members)


def unknown_in(facts: dict[str, object]) -> list[str]:
    """The facts, parameters aside, that the case leaves open."""
    return [name for name in DECLARED if name not in facts or is_open(facts[name])]


@law
@given(programs(apart=True))
def test_check_is_silent_about_definitions_that_are_kept_apart(program: Program) -> None:
    assert list(check_definitions(program.derived, program.vocabulary)) == []


@law
@given(programs(apart=True), given_facts(), clocks, st.data())
@BOTH
def test_one_more_fact_never_widens_the_answer(
    action: str, program: Program, facts: dict[str, object], at: dt.date, data: st.DataObject
) -> None:
    facts = without_presumption(facts)
    choices = [name for name in unknown_in(facts) if facts.get(name, UNKNOWN) is UNKNOWN]
    assume(choices)
    name = data.draw(st.sampled_from(choices))
    value = data.draw(values_of(DECLARED[name]))
    before = decide(program, action, facts, at=at)
    after = decide(program, action, {**facts, name: value}, at=at)
    assert reachable(after) <= reachable(before)


@law
@given(programs(apart=True), given_facts(), known_facts(), clocks)
@BOTH
def test_the_truth_is_among_the_verdicts_said_to_be_reachable(
    action: str, program: Program, facts: dict[str, object], truth: dict[str, object], at: dt.date
) -> None:
    facts = without_presumption(facts)
    missing = unknown_in(facts)
    full = {**facts, **{name: truth[name] for name in missing}}
    # A list or period of which part was known goes on having that part.
    assume(all(facts.get(name, UNKNOWN) is UNKNOWN for name in missing))
    before = decide(program, action, facts, at=at)
    after = decide(program, action, full, at=at)
    assert reachable(after) <= reachable(before)


@law
@given(programs(apart=True), given_facts(), clocks)
@BOTH
def test_enumerating_never_adds_to_what_the_linear_pass_allows(
    action: str, program: Program, facts: dict[str, object], at: dt.date | None
) -> None:
    reading = reading_of(program, action, facts, at)
    statuses = reading.run()
    assert reading.reachable(statuses) <= reading.verdicts(statuses)


@law
@given(programs(apart=True), given_facts(), clocks)
@BOTH
def test_under_a_choice_norms_that_do_not_rest_on_it_stand_as_before(
    action: str, program: Program, facts: dict[str, object], at: dt.date | None
) -> None:
    reading = reading_of(program, action, facts, at)
    statuses, unknown = reading.run(), reading.unknown()
    again = reading.resting_on([one.norm for one in unknown])
    for number in range(3):
        fixed = {(one.norm, one.part, one.index): one.values[number % len(one.values)] for one in unknown}
        chosen = replace(reading, fixed=fixed)
        anew, whole = chosen.run(known=statuses, again=again), chosen.run()
        for found, wanted in zip(anew, whole, strict=True):
            assert (found.triggered, found.effective) == (wanted.triggered, wanted.effective)
            assert wanted.effective == OUT or found == wanted
        assert chosen.verdicts(anew) == chosen.verdicts(whole)


@law
@given(programs(), known_facts(parameters=False), clocks)
@BOTH
def test_with_every_fact_known_nothing_is_undetermined_for_facts(
    action: str, program: Program, facts: dict[str, object], at: dt.date
) -> None:
    decision = decide(program, action, facts, at=at, holidays=frozenset())
    if decision.cause == "facts":
        assert set(decision.missing) <= {"today", "now"} | set(HOW)
        assert at is None or not isinstance(at, dt.datetime)


@law
@given(programs(apart=True), given_facts(), clocks, st.data())
@BOTH
def test_a_fact_called_irrelevant_changes_nothing(
    action: str, program: Program, facts: dict[str, object], at: dt.date, data: st.DataObject
) -> None:
    before = decide(program, action, facts, at=at)
    names = [one.fact for one in before.irrelevant if one.fact in DECLARED]
    assume(names)
    name = data.draw(st.sampled_from(names))
    value = data.draw(values_of(DECLARED[name]))
    after = decide(program, action, {**facts, name: value}, at=at)
    assert (after.verdict, after.reachable) == (before.verdict, before.reachable)


@law
@given(programs(), given_facts(), clocks, st.data())
def test_wording_that_is_not_held_never_narrows_the_answer(
    program: Program, facts: dict[str, object], at: dt.date, data: st.DataObject
) -> None:
    extra = data.draw(components(FIRST, Shape(most_norms=1, opaque=False)))
    assume(extra.norms)
    opaque = replace(extra.norms[0], key="extra", opaque="an earlier wording")
    before = decide(program, FIRST, facts, at=at)
    more = with_norm(program.components[FIRST], opaque)
    assume(opaque.direction != "limits")
    after = decide(with_component(program, more), FIRST, facts, at=at)
    if before.verdict == Verdict.CONDITIONAL or after.verdict == Verdict.CONDITIONAL:
        assert reachable(before) & reachable(after)
    else:
        assert reachable(before) <= reachable(after)
