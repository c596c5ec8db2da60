"""A fact that the case leaves unknown is not tried otherwise where nothing waits for it: no trial would say more."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from tests.evaluate.books import book, rule
from tests.strategies.laws import EXAMPLES, law
from tests.strategies.programs import FIRST, SECOND, clocks, programs
from tests.strategies.vocabulary import given_facts

from mutandis.backends.engine import Engine
from mutandis.decide import turning
from mutandis.decide.asked import Asked
from mutandis.decide.counterfactual import may_turn_on_unknown, otherwise, turns_on
from mutandis.decide.decision import CompiledDecision
from mutandis.link.program import Program
from mutandis.values import UNKNOWN

few = settings(law, max_examples=max(EXAMPLES // 3, 1))


def spared(asked: Asked) -> list[str]:
    """The facts of a unit that the case leaves unknown and that nothing found of it waits for."""
    names = asked.unit.explained.facts_in_order()
    unknown = [n for n in names if n not in asked.program.derived and asked.facts.get(n, UNKNOWN) is UNKNOWN]
    declared = asked.program.vocabulary.facts
    tried = [n for n in unknown if n in declared and (n in asked.facts or not declared[n].has_presumption)]
    return [name for name in tried if not may_turn_on_unknown(asked, name)]


@few
@given(programs(), given_facts(), clocks)
def test_no_trial_that_is_spared_would_make_another_answer(
    program: Program, case: dict[str, object], at: dt.date | None
) -> None:
    engine = Engine(program)
    for action in (FIRST, SECOND):
        decision = engine.decide(action, case, at)
        if isinstance(decision, CompiledDecision):
            asked = decision._asked()
            for name in spared(asked):
                tried = otherwise(UNKNOWN, program.vocabulary.facts[name])
                assert not turns_on(asked, [({name: value}, {}) for value in tried]), name


def test_what_waits_is_tried_and_what_does_not_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []

    def told(asked: Asked, changes: list[tuple[dict[str, object], dict[str, object]]]) -> bool:
        tried.extend(name for stated, _ in changes for name in stated)
        return turns_on(asked, changes)

    monkeypatch.setattr(turning, "turns_on", told)
    rules = book(
        rule("(1)", "may: do thing", "when: it.a", "unless: it.judged"),
        rule("(2)", "must_not: do thing", "when: it.b"),
    )
    assert rules.decide("do thing", {"it.a": False, "it.b": True}).findings == ()
    assert tried == []
    assert [one.fact for one in rules.decide("do thing", {"it.a": True, "it.b": False}).findings] == ["it.judged"]
    assert set(tried) == {"it.judged"}
