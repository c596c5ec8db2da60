"""A derived fact may be stated: then it is taken as given in place of its definition, and told so (S30)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from tests.link.books import program

from mutandis.api import Rulebook
from mutandis.backends.interpret import interpreter
from mutandis.decide.result import Decision, Note, Verdict
from mutandis.diagnostics import CaseError
from mutandis.facts import Facts

ARTICLES = """\
law: act
article: 1
title: Visits
rules:
  - at: (1)
    summary: The visits of the calm may be stopped.
    may: suspend visit
    by: warden
    when: inmate.calm
  - at: (2)
    summary: The sentenced get a book.
    must: deliver book
    by: warden
    when: inmate.class is sentenced
---
law: act
article: 2
title: Definitions
rules:
  - at: .1
    summary: The ill are calm.
    define: inmate.calm
    when: inmate.ill
  - at: .2
    summary: The young are unsentenced, the others sentenced.
    define: inmate.class
    as:
      main: {when: inmate.young, value: unsentenced}
      (a): {when: not inmate.young, value: sentenced}
"""
Ask = Callable[[str, dict[str, object]], Decision]


def deciders() -> tuple[Ask, ...]:
    book = Rulebook(program(*ARTICLES.split("---\n")))
    return (
        lambda action, facts: book.decide(action, facts),
        lambda action, facts: book.decide(action, facts, at=dt.date(2020, 1, 1)),
        lambda action, facts: book.prepare(action)(facts),
        lambda action, facts: book.decide(action, Facts(dict(facts))),
        lambda action, facts: interpreter(book.program).decide(action, facts),
        lambda action, facts: next(d for d in book.assess(facts) if d.action == action),
    )


@pytest.mark.parametrize("ask", deciders())
def test_what_is_stated_stands_in_place_of_the_definition(ask: Ask) -> None:
    decision = ask("suspend visit", {"inmate.calm": True})
    assert (decision.verdict, decision.missing) == (Verdict.PERMITTED, ())
    assert decision.notes == (Note("act/2.1", "`inmate.calm` is taken as given, in place of this definition"),)


@pytest.mark.parametrize("ask", deciders())
def test_it_is_the_definition_that_gives_the_value_that_is_told(ask: Ask) -> None:
    decision = ask("deliver book", {"inmate.class": "sentenced"})
    assert (decision.verdict, [note.provision for note in decision.notes]) == (Verdict.REQUIRED, ["act/2.2(a)"])


@pytest.mark.parametrize("ask", deciders())
def test_what_the_question_does_not_turn_on_is_not_told(ask: Ask) -> None:
    decision = ask("suspend visit", {"inmate.calm": True, "inmate.class": "sentenced"})
    assert [note.provision for note in decision.notes] == ["act/2.1"]


@pytest.mark.parametrize("ask", deciders())
def test_facts_from_which_something_else_follows_are_refused(ask: Ask) -> None:
    with pytest.raises(CaseError) as refused:
        ask(
            "suspend visit",
            {"inmate.calm": True, "inmate.ill": False, "inmate.class": "sentenced", "inmate.young": True},
        )
    told = [(d.slug, d.message.split("`")[1], d.provision) for d in refused.value.diagnostics]
    assert told == [
        ("derived-fact-given", "inmate.calm", "act/2.1"),
        ("derived-fact-given", "inmate.class", "act/2.2"),
    ]


@pytest.mark.parametrize("ask", deciders()[:-1])
def test_facts_that_say_the_same_or_not_enough_may_stand_beside_it(ask: Ask) -> None:
    for facts in ({"inmate.ill": True}, {"inmate.young": True}, {}):
        assert ask("suspend visit", {"inmate.calm": True, **facts}).verdict is Verdict.PERMITTED


def test_the_value_of_a_stated_fact_is_what_was_stated() -> None:
    book = Rulebook(program(*ARTICLES.split("---\n")))
    found = book.value("inmate.calm", {"inmate.calm": True})
    assert (found.known, found.value, found.provisions) == (True, True, ())
    assert book.value("inmate.calm", {"inmate.ill": True}).provisions == ("act/2.1",)
