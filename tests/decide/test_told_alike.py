"""What is told of a case is the same whatever was asked before: what is kept between cases follows from them."""

from __future__ import annotations

import datetime as dt
import json

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.evaluate.books import book, rule
from tests.strategies.laws import EXAMPLES, law
from tests.strategies.programs import FIRST, SECOND, clocks, programs
from tests.strategies.vocabulary import given_facts

from mutandis.backends.engine import Engine
from mutandis.decide.json_text import as_json
from mutandis.decide.result import as_data
from mutandis.link.program import Program

few = settings(law, max_examples=max(EXAMPLES // 3, 1))
"""Each example makes an engine for every case."""


@few
@given(programs(), st.lists(given_facts(), min_size=2, max_size=4), clocks)
def test_a_case_asked_after_others_is_told_as_if_it_were_asked_alone(
    program: Program, cases: list[dict[str, object]], at: dt.date | None
) -> None:
    engine = Engine(program)
    for action in (FIRST, SECOND):
        alone = [as_json(Engine(program).decide(action, case, at)) for case in cases]
        assert [as_json(engine.decide(action, case, at)) for case in cases] == alone
        assert [as_json(engine.decide(action, case, at)) for case in reversed(cases)] == alone[::-1]


def test_the_text_of_a_question_asked_before_is_not_written_again() -> None:
    rules = book(rule("(1)", "may: do thing", "when: it.read"), rule("(2)", "define: it.read", "when: it.judged"))
    first = as_json(rules.decide("do thing", {"it.judged": True}))
    assert as_json(rules.decide("do thing", {"it": {"judged": "yes"}})) is first
    assert as_json(rules.decide("do thing", {"it.judged": False})) != first
    # What is taken as given is told in a note of the decision's own.
    given = [
        rules.decide("do thing", {"it.read": True}),
        rules.decide("do thing", {"it.read": True, "it.judged": True}),
    ]
    assert all(json.loads(as_json(one)) == as_data(one) for one in given)
