"""What is compiled decides as the reference interpreter does, on random rulebooks and cases."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st
from tests.strategies.laws import law
from tests.strategies.programs import FIRST, SECOND, clocks, programs
from tests.strategies.vocabulary import given_facts, known_facts

from mutandis.compile.engine import Engine
from mutandis.decide.result import NOTHING_SAID, as_data
from mutandis.evaluate.reference import decide
from mutandis.link.program import Program

asked = given(
    program=programs(),
    facts=st.lists(st.one_of(given_facts(), known_facts(), known_facts(parameters=False)), min_size=1, max_size=3),
    at=clocks,
    law_as_of=st.none() | st.just(dt.date(2020, 3, 15)),
    by=st.sampled_from((None, None, "warden")),
    holidays=st.sampled_from((None, frozenset[dt.date](), frozenset({dt.date(2020, 3, 2), dt.date(2020, 3, 3)}))),
)


@law
@asked
def test_a_compiled_decision_is_the_reference_s(
    program: Program,
    facts: list[dict[str, object]],
    at: dt.date | None,
    law_as_of: dt.date | None,
    by: str | None,
    holidays: frozenset[dt.date] | None,
) -> None:
    engine = Engine(program)
    for case in facts:
        for action in (FIRST, SECOND):
            expected = decide(program, action, case, at=at, law_as_of=law_as_of, by=by, holidays=holidays)
            found = engine.decide(action, case, at=at, law_as_of=law_as_of, by=by, holidays=holidays)
            assert as_data(found) == as_data(expected)


@law
@asked
def test_an_assessment_is_every_decision_that_says_something(
    program: Program,
    facts: list[dict[str, object]],
    at: dt.date | None,
    law_as_of: dt.date | None,
    by: str | None,
    holidays: frozenset[dt.date] | None,
) -> None:
    together, alone = Engine(program), Engine(program)
    for case in facts:
        actions = sorted(name for name, component in program.components.items() if component.norms)
        one_by_one = [alone.decide(action, case, at, law_as_of, by, holidays) for action in actions]
        expected = [as_data(decision) for decision in one_by_one if decision.verdict not in NOTHING_SAID]
        assert [as_data(decision) for decision in together.assess(case, at, law_as_of, by, holidays)] == expected
