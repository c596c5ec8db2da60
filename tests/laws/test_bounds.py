"""Laws about limits: what an open parameter may be, and what is said of a bound that is not wholly known."""

from __future__ import annotations

import datetime as dt

from hypothesis import assume, given
from hypothesis import strategies as st
from tests.strategies.deciders import decide
from tests.strategies.laws import law, without_presumption
from tests.strategies.programs import FIRST, Shape, clocks, noons, programs
from tests.strategies.vocabulary import PARAMETERS, given_facts, known_facts, values_of

from mutandis.calendar.dates import compare_times
from mutandis.decide.result import Limit, Verdict
from mutandis.link.program import Program
from mutandis.values import UNKNOWN, Duration

BOUNDED = Shape(directions=("may", "limits", "may"), most_norms=3, opaque=False, orders=False, always=True)
HOW = {d.name: d for d in PARAMETERS}


def plain(value: object) -> object:
    """A value as it is compared: base units of a duration."""
    return value.amount if isinstance(value, Duration) else value


def meets(limit: Limit, value: object) -> bool:
    """True if a parameter of this value keeps the limit."""
    bound, given_value = plain(limit.inner), plain(value)
    if isinstance(bound, dt.date) and isinstance(given_value, dt.date):
        order = compare_times(given_value, bound)
    else:
        order = (given_value > bound) - (given_value < bound)  # type: ignore[operator]  # values of one type
    return {
        "at_most": order <= 0,
        "less_than": order < 0,
        "at_least": order >= 0,
        "more_than": order > 0,
        "exactly": order == 0,
    }[limit.relation]


# A moment, for a day leaves `now` open, and none leaves `today` open too: then not every fact is known.
@law
@given(programs(BOUNDED), known_facts(parameters=False), noons, st.data())
def test_giving_the_parameter_permits_exactly_within_the_bound(
    program: Program, facts: dict[str, object], at: dt.date, data: st.DataObject
) -> None:
    before = decide(program, FIRST, facts, at=at, holidays=frozenset())
    assume(before.verdict == Verdict.CONDITIONAL and not before.unmet)
    given_values = {name: data.draw(values_of(HOW[name], whole=True)) for name in HOW if name not in facts}
    after = decide(program, FIRST, {**facts, **given_values}, at=at, holidays=frozenset())
    assert after.verdict in (Verdict.PERMITTED, Verdict.FORBIDDEN)

    def allows(norm: str) -> bool:
        mine = [limit for limit in before.limits if limit.norm == norm and limit.actual is None]
        return all(meets(limit, given_values[limit.parameter]) for limit in mine)

    within = any(allows(cited.norm) for cited in before.cited)
    assert (after.verdict == Verdict.PERMITTED) == within


@law
@given(programs(BOUNDED), given_facts(), known_facts(), clocks)
def test_the_true_bound_lies_between_the_inner_and_the_outer_one(
    program: Program, facts: dict[str, object], truth: dict[str, object], at: dt.date
) -> None:
    facts = {name: value for name, value in without_presumption(facts).items() if value is not UNKNOWN}
    full = {**{name: value for name, value in truth.items() if name not in HOW}, **facts}
    before, after = decide(program, FIRST, facts, at=at), decide(program, FIRST, full, at=at)
    exact = {(limit.norm, limit.provision, limit.parameter, limit.relation): limit for limit in after.limits}
    for limit in before.limits:
        true = exact.get((limit.norm, limit.provision, limit.parameter, limit.relation))
        if true is None or true.inner is None:
            continue
        inner, outer, value = plain(limit.inner), plain(limit.outer), plain(true.inner)
        if limit.relation in ("at_least", "more_than"):
            inner, outer = outer, inner
        assert inner is None or inner <= value  # type: ignore[operator]  # values of one type
        assert outer is None or value <= outer  # type: ignore[operator]  # values of one type


@law
@given(programs(BOUNDED), known_facts(parameters=False), clocks)
def test_with_every_fact_known_the_inner_bound_is_the_outer_one(
    program: Program, facts: dict[str, object], at: dt.date
) -> None:
    decision = decide(program, FIRST, facts, at=at, holidays=frozenset())
    assert all(limit.inner == limit.outer for limit in decision.limits)
