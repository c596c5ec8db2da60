"""The most decisive question comes first, and interviews end."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies.laws import law
from tests.strategies.programs import FIRST, Shape, clocks, programs
from tests.strategies.vocabulary import STATED, given_facts, values_of

from mutandis.backends.interpret import interpreter
from mutandis.decide.result import Verdict
from mutandis.diagnostics import CaseError
from mutandis.link.program import Program
from mutandis.questions import Decider, next_question, start_interview
from mutandis.questions.decider import declaration_of, with_fact
from mutandis.questions.support import component_conditions, facts_in
from mutandis.values import UNKNOWN, OpenList

DAY = dt.date(2020, 3, 1)
LOAN = {"loan.length": 10}


def test_the_question_whose_worst_answer_leaves_least_open_comes_first(library: Decider) -> None:
    answers: dict[str, tuple[object, ...]] = {
        "reader.class": ("adult", "child", "guest"),
        "reader.fees_owed": (10000, 10001),
        "book.rare": (True, False),
    }
    worst = {
        name: max(len(library.decide("lend book", {**LOAN, name: value}, at=DAY).reachable) for value in values)
        for name, values in answers.items()
    }
    question = next_question(library, "lend book", LOAN, at=DAY)
    assert question is not None
    assert worst[question.fact] == min(worst.values()) < worst["book.rare"]
    assert max(len(left) for _, left in question.outcomes) == worst[question.fact]


def test_a_question_says_what_it_is_about_and_why(library: Decider) -> None:
    question = next_question(library, "lend book", {**LOAN, "reader.fees_owed": 0}, at=DAY)
    assert question is not None
    assert (question.fact, question.text) == ("reader.class", "Which class of reader is it?")
    assert question.choices == (("adult", "adult reader"), ("child", "child"), ("guest", "guest"))
    assert [r.provision for r in question.reasons] == ["statute/1(1)"]
    assert question.owner == ""
    assert dict(question.outcomes)["adult"] == (Verdict.PERMITTED,)
    assert dict(question.outcomes)["guest"] == (Verdict.FORBIDDEN_BY_DEFAULT,)


def test_a_finding_names_the_role_whose_it_is(library: Decider) -> None:
    question = next_question(library, "repair book", {}, at=DAY)
    assert question is not None
    assert (question.fact, question.owner) == ("book.damaged", "librarian")


def test_nothing_is_asked_once_the_answer_is_settled(library: Decider) -> None:
    facts = {**LOAN, "reader.class": "adult", "reader.fees_owed": 0}
    assert next_question(library, "lend book", facts, at=DAY) is None


def test_what_was_asked_or_is_said_to_be_unknown_is_not_asked(library: Decider) -> None:
    facts: dict[str, object] = {**LOAN, "reader.fees_owed": 0}
    assert next_question(library, "lend book", facts, asked=("reader.class", "book.rare"), at=DAY) is None
    question = next_question(library, "lend book", {**facts, "reader.class": UNKNOWN}, at=DAY)
    assert question is not None
    assert question.fact == "book.rare"


def test_what_was_asked_is_a_fact_of_the_rulebook(library: Decider) -> None:
    assert next_question(library, "lend book", {}, asked=("today",), at=DAY) is not None
    with pytest.raises(CaseError, match=r"the rulebook has no fact `book\.rar`") as told:
        next_question(library, "lend book", {}, asked=("book.rar",), at=DAY)
    assert "book.rare" in told.value.diagnostics[0].help


def test_an_interview_goes_on_until_the_answer_is_settled(library: Decider) -> None:
    interview = start_interview(library, "lend book", LOAN, at=DAY)
    answers = {"reader.class": "child", "reader.fees_owed": "0 won", "book.rare": "no"}
    asked = []
    while interview.question is not None:
        asked.append(interview.question.fact)
        interview = interview.answer(answers[interview.question.fact])
    assert sorted(asked) == ["book.rare", "reader.class", "reader.fees_owed"]
    assert interview.decision.verdict == Verdict.PERMITTED
    assert interview.is_settled
    assert interview.facts["book.rare"] is False
    assert interview.possible == {Verdict.PERMITTED}


def test_an_answer_that_the_vocabulary_does_not_allow_is_refused_with_a_diagnostic(library: Decider) -> None:
    interview = start_interview(library, "lend book", {**LOAN, "reader.fees_owed": 0}, at=DAY)
    with pytest.raises(CaseError) as refused:
        interview.answer("grown-up")
    assert refused.value.diagnostics[0].slug == "value-not-listed"


def test_nothing_can_be_answered_where_nothing_was_asked(library: Decider) -> None:
    settled = start_interview(library, "repair book", {"book.damaged": True}, at=DAY)
    assert settled.question is None
    with pytest.raises(ValueError, match="no question is open"):
        settled.answer("yes")


def test_a_member_of_a_list_is_changed_where_it_stands() -> None:
    facts: dict[str, object] = {"it.parts": OpenList(({"ok": True}, {}))}
    changed = with_fact(facts, "it.parts[2].ok", False)
    assert changed["it.parts"] == OpenList(({"ok": True}, {"ok": False}))
    with pytest.raises(KeyError):
        with_fact(facts, "it.parts[3].ok", False)


SMALL = Shape(most_norms=3)


@law
@given(programs(SMALL), given_facts(), clocks, st.data())
def test_interviews_end_after_at_most_as_many_questions_as_there_are_facts(
    program: Program, facts: dict[str, object], at: dt.date, data: st.DataObject
) -> None:
    interview = start_interview(interpreter(program), FIRST, facts, at=at, holidays=frozenset())
    read = facts_in(program, component_conditions(program, program.components[FIRST]))
    # An answer about a list can bring members of which something is to be asked: three attributes each.
    most = len(read) + 3 * 3
    unsure = False
    declared = {d.name: d for d in STATED}
    for _ in range(most + 1):
        question = interview.question
        if question is None:
            break
        assert question.fact not in interview.asked
        declaration = declaration_of(program.vocabulary, question.fact)
        assert declaration is not None
        answer = data.draw(st.one_of(values_of(declaration), st.just(UNKNOWN)))
        unsure = unsure or answer is UNKNOWN or isinstance(answer, OpenList) or question.fact not in declared
        interview = interview.answer(answer)
    assert interview.question is None
    if interview.decision.verdict == Verdict.UNDETERMINED and interview.decision.cause == "facts":
        left = set(interview.decision.missing) - {"today", "now"}
        said = {name for name, value in interview.facts.items() if value is UNKNOWN or not isinstance(value, bool)}
        assert all(name in interview.asked or name.partition("[")[0] in said for name in left)
