"""No trial that is spared would say more: of a fact that nothing waits for, of figures that rest on nothing that is
tried, of norms elsewhere that do not ask about the one that is tried."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from tests.evaluate.books import VOCABULARY, book, decide, rule
from tests.strategies.laws import EXAMPLES, law
from tests.strategies.programs import FIRST, SECOND, clocks, programs
from tests.strategies.vocabulary import given_facts

from mutandis.backends.engine import Engine
from mutandis.backends.unit import Unit
from mutandis.decide import turning
from mutandis.decide.asked import Again, Asked
from mutandis.decide.counterfactual import answer_of, may_turn_on_unknown, otherwise, stands_in, turns_on
from mutandis.decide.decision import CompiledDecision, asked_again
from mutandis.decide.figures import are_alike
from mutandis.decide.member_limits import _on_member, member_limits
from mutandis.decide.members import Member
from mutandis.decide.plan import NormSlots
from mutandis.decide.ternary import ValueConflict
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


def _asked_again(asked: Asked, changes: list[tuple[dict[str, object], str]]) -> list[tuple[CompiledDecision, Again]]:
    """The question with each of these facts stated otherwise."""
    found: list[tuple[CompiledDecision, Again]] = []
    for stated, name in changes:
        # What is found is shared by all of them, as it is where they are tried.
        again = Again(not asked.shape.is_total, frozenset((name,)), asked.worked_out.setdefault("found", {}))
        try:
            other = asked.unit.explained.decide_again({**asked.facts, **stated}, asked.setting, again)
        except ValueConflict:
            continue
        if isinstance(other, CompiledDecision):
            found.append((other, again))
    return found


@few
@given(programs(), given_facts(), clocks)
def test_figures_that_are_not_worked_out_again_are_the_same(
    program: Program, case: dict[str, object], at: dt.date | None
) -> None:
    engine, declared = Engine(program), program.vocabulary.facts
    for action in (FIRST, SECOND):
        decision = engine.decide(action, case, at)
        if isinstance(decision, CompiledDecision):
            asked = decision._asked()
            names = [name for name in asked.unit.explained.facts_in_order() if name in declared]
            tried = [({n: v}, n) for n in names for v in (*otherwise(case.get(n, UNKNOWN), declared[n]), UNKNOWN)]
            for other, again in _asked_again(asked, tried):
                alike = are_alike(asked, asked_again(other, again))
                assert not alike or answer_of(other).parts[1::2] == answer_of(decision).parts[1::2], again.changed
                whole = answer_of(decision).stands_in(answer_of(other))
                assert stands_in(asked, other, again) == whole, again.changed


WITH_FIGURES = book(
    rule("(1)", "may: do thing", "when: it.judged or it.a"),
    rule("(2)", "limits: do thing", "requires: every p in it.parts has (p.days <= how.days)"),
)
FIGURES: dict[str, object] = {"it.judged": True, "it.a": True, "it.parts": ({"days": 3},), "how.days": 5}


def test_what_is_measured_is_measured_once_where_nothing_it_rests_on_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    measured: list[Asked] = []

    def counted(asked: Asked) -> object:
        measured.append(asked)
        return member_limits(asked)

    monkeypatch.setattr("mutandis.decide.payload.member_limits", counted)
    decision = WITH_FIGURES.decide("do thing", WITH_FIGURES.read(FIGURES))
    assert [(one.parameter, one.binding) for one in decision.limits] == [("it.parts[1].days", True)]
    assert decision.findings == ()
    assert len(measured) == 1


def test_a_member_that_is_as_it_was_is_not_asked_again_what_binds_it(monkeypatch: pytest.MonkeyPatch) -> None:
    of_members = book(
        rule("(1)", "may: do thing", "when: it.a or it.judged"),
        rule("(2)", "limits: do thing", "requires: every p in it.parts has (p.good or p.days <= it.used)"),
        vocabulary=VOCABULARY.replace("Is it good?", "Is it good?, found_by: warden"),
    )
    read: list[int] = []

    def counted(asked: Asked, norm: NormSlots, of_list: object, member: Member, waits: bool) -> object:
        read.append(member.number)
        return _on_member(asked, norm, of_list, member, waits)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr("mutandis.decide.member_limits._on_member", counted)
    parts = tuple({"days": days, "good": False} for days in (3, 4, 5))
    decision = of_members.decide(
        "do thing", of_members.read({"it.a": False, "it.judged": True, "it.parts": parts, "it.used": "6 days"})
    )
    assert [one.fact for one in decision.findings] == ["it.judged", *(f"it.parts[{k}].good" for k in (1, 2, 3))]
    # Each once, and once more where it itself is found to be good.
    assert sorted(read) == [1, 1, 2, 2, 3, 3]


def test_what_members_are_asked_waits_for_no_fact_that_is_not_said_unless_it_is_open() -> None:
    bounded = book(
        rule("(1)", "may: do thing", "when: it.a"),
        rule("(2)", "limits: do thing", "requires: every p in it.parts has (p.days <= it.used)"),
        rule("(3)", "define: it.used", "as: if it.b then (if it.judged then 9 days else 5 days) else 5 days"),
    )

    def waits(facts: dict[str, object]) -> bool:
        decision = bounded.decide("do thing", bounded.read({"it.a": True, "it.parts": ({"days": 3},), **facts}))
        assert isinstance(decision, CompiledDecision)
        return may_turn_on_unknown(decision._asked(), "it.judged")

    assert waits({"it.b": True})
    assert not waits({"it.b": False})


def test_a_day_that_is_due_is_reckoned_again_where_what_it_rests_on_is_tried() -> None:
    book_of_days = book(
        rule("(1)", "must: do thing", "deadline: {by: it.due}", "when: it.a"),
        rule("(2)", "define: it.due", "as: it.on", "when: it.judged"),
        rule("(3)", "define: it.due", "as: it.until", "when: not it.judged"),
    )
    facts: dict[str, object] = {"it.a": True, "it.judged": True, "it.on": "2020-03-05", "it.until": "2020-03-09"}
    decision = book_of_days.decide("do thing", book_of_days.read(facts))
    assert [one.fact for one in decision.findings] == ["it.judged"]
    assert ("defines", "act/1(2)") in {(one.role, one.provision) for one in decision.authority}


def test_a_day_of_a_duty_that_would_join_is_reckoned() -> None:
    two = book(
        rule("(1)", "must: do thing", "deadline: by it.on + 5 days"),
        rule("(2)", "must: do thing", "when: it.judged", "deadline: by it.until"),
    )
    facts: dict[str, object] = {"it.judged": False, "it.on": "2020-02-28", "it.until": "2020-03-03"}
    assert [one.fact for one in two.decide("do thing", two.read(facts)).findings] == ["it.judged"]


def test_a_bound_that_is_not_known_is_no_equal_of_one_that_is() -> None:
    bounded = book(
        rule("(1)", "may: do thing", "requires: how.days <= it.used"),
        rule("(2)", "define: it.used", "as: 5 days"),
    )
    decision = bounded.decide("do thing", bounded.read({"how.days": 3}))
    assert ("defines", "act/1(2)") in {(one.role, one.provision) for one in decision.authority}


def test_a_norm_elsewhere_is_not_read_again_where_another_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    apart = book(
        rule("(1)", "must: tell thing", "when: it.a"),
        rule("(2)", "must: burn thing", "when: it.b"),
        rule("(3)", "must: keep thing", "when: it.c"),
        rule("(4)", "may: do thing", "when: (1) applies or (2) applies or (3) applies"),
    )
    read: list[str] = []
    status_of = Unit.status_of

    def counted(unit: Unit, *case: object) -> object:
        read.append(unit.plan.component.action)
        return status_of(unit, *case)  # type: ignore[arg-type]  # as it was called

    decision = apart.decide("do thing", apart.read({"it.a": False, "it.b": True, "it.c": False}))
    assert decision.verdict.value == "permitted"
    monkeypatch.setattr(Unit, "status_of", counted)
    assert {one.provision for one in decision.authority} >= {"act/1(2)", "act/1(4)"}
    assert read.count("tell thing") <= 1


@pytest.mark.parametrize(
    "resting",
    [
        ("may: do thing", "requires: every p in it.parts has (not (1(9) applies) or p.days <= 30 days)"),
        (
            "must: do thing",
            "when: it.b or 1(9) applies",
            "deadline: {by: if 1(9) applies then it.on + 10 days else it.on + 20 days}",
        ),
        ("may: do thing", "requires: not (1(9) applies) or how.days <= 30 days"),
    ],
)
def test_figures_that_rest_on_whether_a_norm_elsewhere_applies_tell_it(resting: tuple[str, ...]) -> None:
    asking = book(rule("(1)", *resting), rule("(9)", "may: tell thing", "when: it.a"))
    facts: dict[str, object] = {"it.a": True, "it.b": True, "it.on": "2020-03-01"}
    decision = decide(asking, {**facts, "it.parts": [{"days": 10}], "how.days": 10})
    assert decision.limits or decision.deadlines
    assert ("defines", "act/1(9)") in {(one.role, one.provision) for one in decision.authority}
