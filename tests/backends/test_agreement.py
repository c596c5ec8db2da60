"""Every back end finds the same slots and decides alike, on random rulebooks and cases."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from tests.strategies.laws import law
from tests.strategies.programs import FIRST, SECOND, clocks, programs
from tests.strategies.vocabulary import given_facts, known_facts

from mutandis.api import Rulebook
from mutandis.backends.engine import Engine
from mutandis.backends.interpret import interpreter
from mutandis.backends.sparing import OFTEN, sparing
from mutandis.backends.unit import Unit
from mutandis.decide.bearer import speaks_of
from mutandis.decide.json_text import as_json
from mutandis.decide.result import NOTHING_SAID, as_data
from mutandis.decide.ternary import TRUE, ValueConflict, is_known
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
def test_a_compiled_decision_is_the_interpreter_s(
    program: Program,
    facts: list[dict[str, object]],
    at: dt.date | None,
    law_as_of: dt.date | None,
    by: str | None,
    holidays: frozenset[dt.date] | None,
) -> None:
    compiled, others = Engine(program), (interpreter(program), sparing(program))
    for case in facts:
        for action in (FIRST, SECOND):
            decision = compiled.decide(action, case, at, law_as_of, by, holidays)
            found = as_data(decision)
            assert json.loads(as_json(decision)) == found
            for other in others:
                assert as_data(other.decide(action, case, at, law_as_of, by, holidays)) == found


def test_what_is_asked_often_is_compiled_and_decides_as_before() -> None:
    library = Rulebook.load(Path(__file__).parents[1] / "library")
    decider = sparing(library.program)
    cases = [
        {"reader.class": name, **length} for name in ("adult", "child") for length in ({}, {"loan.length": "40 days"})
    ]
    for number in range(2 * OFTEN):
        facts = library.read(cases[number % len(cases)]).native
        expected = as_data(library.decide("lend book", facts, trusted=True))
        assert as_data(decider.decide("lend book", facts)) == expected


@law
@asked
def test_both_back_ends_find_the_same_slots(
    program: Program,
    facts: list[dict[str, object]],
    at: dt.date | None,
    law_as_of: dt.date | None,
    by: str | None,
    holidays: frozenset[dt.date] | None,
) -> None:
    units = [e.unit(FIRST, by, law_as_of or dt.date(2020, 3, 1)) for e in (Engine(program), interpreter(program))]
    for case in facts:
        compiled, interpreted = (_slots(unit, case, at, holidays) for unit in units)
        assert interpreted == compiled


def _slots(unit: Unit, case: dict[str, object], at: dt.date | None, holidays: frozenset[dt.date] | None) -> object:
    try:
        truths, numbers, open_, names = unit.read(case, at, holidays, None)
    except ValueConflict as conflict:
        return conflict.fact, conflict.values, conflict.entries
    waits = [names.waits(truth) if truth < TRUE else truth for truth in truths]
    return waits, [number if is_known(number) else repr(names.waits(number.truth)) for number in numbers], open_


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
        actions = sorted(
            name
            for name, component in program.components.items()
            if component.norms and speaks_of(component, by, program.vocabulary)
        )
        one_by_one = [alone.decide(action, case, at, law_as_of, by, holidays) for action in actions]
        expected = [as_data(decision) for decision in one_by_one if decision.verdict not in NOTHING_SAID]
        assert [as_data(decision) for decision in together.assess(case, at, law_as_of, by, holidays)] == expected


def test_a_reader_that_is_compiled_finds_what_the_walked_one_did() -> None:
    book = Rulebook.load(Path(__file__).parents[1] / "library")
    unit = sparing(book.program).unit("lend book", None, dt.date.max)
    facts = {"reader.class": "child"}
    found = [unit.read(facts, None, None, None)[:3] for _ in range(2 * OFTEN)]
    assert unit.walked == OFTEN
    assert found == [found[0]] * (2 * OFTEN)
