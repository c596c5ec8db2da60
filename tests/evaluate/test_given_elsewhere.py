"""A derived fact that is stated where no definition in force speaks of it is a fact like any other; and what each
question makes of one that is stated."""

import datetime as dt

import pytest
from tests.link.books import program

from mutandis.api import Rulebook
from mutandis.decide.result import Note, Verdict
from mutandis.diagnostics import CaseError
from mutandis.explain import explain, explain_value
from mutandis.facts import Facts
from mutandis.questions import next_question, start_interview, when, why_not

ARTICLES = """\
law: act
article: 1
title: Visits
rules:
  - at: (1)
    summary: The visits of the sentenced may be stopped.
    may: suspend visit
    by: warden
    when: inmate.class is sentenced
  - at: (2)
    summary: Not those of the ill.
    must_not: suspend visit
    by: warden
    despite: (1)
    when: inmate.ill
  - at: (3)
    summary: Nor those of the young who are calm.
    must_not: suspend visit
    by: warden
    despite: (1)
    when: inmate.calm and inmate.young
---
law: act
article: 2
title: Definitions
rules:
  - at: .1
    summary: Since 2010 the young are unsentenced, the others sentenced.
    define: inmate.class
    as:
      main: {when: inmate.young, value: unsentenced}
      (a): {when: not inmate.young, value: sentenced}
    since: 2010-01-01
"""
SINCE = dt.date(2010, 1, 1)
BEFORE = dt.date(2009, 12, 31)
NOTE = Note("act/2.1(a)", "`inmate.class` is taken as given, in place of this definition")
AGAINST = {"inmate.class": "sentenced", "inmate.young": True, "inmate.calm": False, "inmate.ill": False}


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return Rulebook(program(*ARTICLES.split("---\n")))


def test_before_there_is_a_definition_a_stated_fact_is_like_any_other(book: Rulebook) -> None:
    for reference in (False, True):
        decision = book.decide("suspend visit", AGAINST, at=BEFORE, reference=reference)
        assert (decision.verdict, decision.notes) == (Verdict.PERMITTED, ())
        assert book.value("inmate.class", AGAINST, at=BEFORE).value == "sentenced"
        (assessed,) = book.assess(AGAINST, at=BEFORE)
        assert (assessed.verdict, assessed.notes) == (Verdict.PERMITTED, ())


def test_once_there_is_one_it_stands_in_its_place(book: Rulebook) -> None:
    facts = {"inmate.class": "sentenced", "inmate.calm": False, "inmate.ill": False}
    assert book.decide("suspend visit", facts, at=SINCE).notes == (NOTE,)
    with pytest.raises(CaseError, match="something else follows"):
        book.decide("suspend visit", AGAINST, at=SINCE)


def test_nothing_stated_where_nothing_defines_is_none(book: Rulebook) -> None:
    found = book.value("inmate.class", {"inmate.young": False}, at=BEFORE)
    assert (found.known, found.value) == (True, None)


def test_all_time_is_looked_at_with_what_is_stated(book: Rulebook) -> None:
    facts = Facts({"inmate.class": "sentenced", "inmate.calm": False, "inmate.ill": False})
    (spell,) = when(book, "suspend visit", facts).spells
    assert (spell.verdict, spell.first, spell.last) == (Verdict.PERMITTED, None, None)
    young = when(book, "suspend visit", Facts({"inmate.young": False, "inmate.ill": False})).spells
    assert [(one.verdict, one.first) for one in young] == [
        (Verdict.FORBIDDEN_BY_DEFAULT, None),
        (Verdict.PERMITTED, SINCE),
    ]


def test_an_explanation_reads_what_is_stated(book: Rulebook) -> None:
    facts = book.read({"inmate.class": "sentenced", "inmate.calm": False, "inmate.ill": False})
    decision = book.decide("suspend visit", facts, at=SINCE)
    shown = explain(decision, book.program, facts, at=SINCE)
    (norm,) = [norm for norm in shown.deciding if norm.place.id == "act/1(1)"]
    (condition,) = norm.conditions
    (fact,) = condition.facts
    assert (condition.standing, fact.origin, fact.derivations) == ("holds", "stated", ())
    assert explain_value("inmate.class", book.program, facts, at=SINCE).origin == "stated"


def test_questions_ask_nothing_that_a_stated_fact_stands_for(book: Rulebook) -> None:
    facts = book.read({"inmate.class": "sentenced", "inmate.calm": False})
    question = next_question(book, "suspend visit", facts, at=SINCE)
    assert question is not None
    assert question.fact == "inmate.ill"
    assert {verdict for _, left in question.outcomes for verdict in left} == {Verdict.PERMITTED, Verdict.FORBIDDEN}
    assert next_question(book, "suspend visit", book.read({**facts, "inmate.ill": False}), at=SINCE) is None


def test_an_answer_that_what_is_stated_rules_out_is_not_reckoned_with(book: Rulebook) -> None:
    facts = book.read({"inmate.class": "sentenced", "inmate.calm": True, "inmate.ill": False})
    question = next_question(book, "suspend visit", facts, at=SINCE)
    assert question is not None
    # The young are not sentenced, so only one answer is left; the other is told as the contradiction that it is.
    assert (question.fact, question.outcomes) == ("inmate.young", ((False, (Verdict.PERMITTED,)),))
    interview = start_interview(book, "suspend visit", facts, at=SINCE)
    assert interview.answer(False).decision.verdict is Verdict.PERMITTED
    with pytest.raises(CaseError, match="something else follows"):
        interview.answer(True)


def test_what_would_have_to_change_is_looked_for_among_what_counts(book: Rulebook) -> None:
    facts = book.read({"inmate.class": "unsentenced", "inmate.calm": False, "inmate.ill": False})
    ((change,),) = [one.changes for one in why_not(book, "suspend visit", facts, Verdict.PERMITTED, at=SINCE).results]
    assert (change.fact, change.after) == ("inmate.class", "sentenced")


def test_no_change_contradicts_what_is_stated(book: Rulebook) -> None:
    facts = book.read({"inmate.class": "sentenced", "inmate.young": False, "inmate.calm": True, "inmate.ill": False})
    found = why_not(book, "suspend visit", facts, Verdict.FORBIDDEN, at=SINCE)
    # That the inmate is young would do, but not of somebody who is stated to be sentenced.
    assert [[(c.fact, c.after) for c in one.changes] for one in found.results if len(one.changes) == 1] == [
        [("inmate.ill", True)]
    ]
