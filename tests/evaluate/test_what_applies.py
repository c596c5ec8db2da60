"""`P applies`: a norm is effective there, a definition or fiction gives a value, an exclusion excludes."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from tests.evaluate.books import LAW, book, decide, rule, verdict

from mutandis import Rulebook
from mutandis.backends.unit import Unit
from mutandis.link.linker import link
from mutandis.oracle import Oracle
from mutandis.rulebook.load import load_text


def asked(reference: str, *rules: str) -> list[str]:
    """What is said of `tell thing`, which must be done where the reference holds, under a to c in turn."""
    rulebook = book(rule("(9)", "must: tell thing", f"when: {reference}"), *rules)
    cases = [{"it.a": True, "it.b": True}, {"it.a": True, "it.b": False}, {"it.a": False, "it.b": True}]
    return [verdict(rulebook, {"it.c": False, "it.d": False, **case}, "tell thing") for case in cases]


YES, NO = "required", "silent"
UNLESS = ("when: it.a", "unless: {at: (1) proviso, when: it.b}")


@pytest.mark.parametrize("effect", ["must: keep thing", "may: do thing", "must_not: keep thing", "define: it.read"])
def test_a_proviso_applies_where_it_keeps_its_rule_away(effect: str) -> None:
    assert asked("(1) proviso applies", rule("(1)", effect, *UNLESS)) == [YES, NO, NO]
    # That the case falls under it says nothing of the rest of the rule.
    assert asked("case falls under (1) proviso", rule("(1)", effect, *UNLESS)) == [YES, NO, YES]


@pytest.mark.parametrize("effect", ["must: keep thing", "may: do thing", "must_not: keep thing", "define: it.read"])
def test_a_paragraph_does_not_apply_where_its_proviso_does(effect: str) -> None:
    assert asked("(1) applies", rule("(1)", effect, *UNLESS)) == [NO, YES, NO]


ON_GROUND = ("when: it.a", "unless: {at: (1) proviso, when: not it.c, grounds: {1: it.d, 2: it.b}}")


@pytest.mark.parametrize("effect", ["must: keep thing", "may: do thing", "must_not: keep thing", "define: it.read"])
@pytest.mark.parametrize("through", [False, True])
def test_a_ground_of_a_proviso_applies_where_that_keeps_its_rule_away_on_it(effect: str, through: bool) -> None:
    clause = rule("(1)", "apply: (2)", *ON_GROUND)
    rules = (clause, rule("(2)", effect)) if through else (rule("(1)", effect, *ON_GROUND),)
    assert asked("(1)2 applies", *rules) == [YES, NO, NO]
    assert asked("(1)1 applies", *rules) == [NO, NO, NO]
    assert asked("case falls under (1)2", *rules) == [YES, NO, YES]
    # Where the proviso's own condition fails none of its grounds applies, though the paragraph does.
    by_day = [line.replace("not it.c", "it.c") for line in ON_GROUND]
    rules = (rule("(1)", "apply: (2)", *by_day), rule("(2)", effect)) if through else (rule("(1)", effect, *by_day),)
    assert asked("(1)2 applies", *rules) == [NO, NO, NO]


@pytest.mark.parametrize("effect", ["must: keep thing", "may: do thing"])
def test_a_ground_within_a_ground_of_a_proviso_applies_with_that(effect: str) -> None:
    inner = "unless: {at: (1) proviso, grounds: {1: it.a, 2: {when: it.b, grounds: {(a): it.a, (b): it.c}}}}"
    assert asked("(1)2(a) applies", rule("(1)", effect, inner)) == [YES, NO, NO]
    assert asked("(1)2(b) applies", rule("(1)", effect, inner)) == [NO, NO, NO]


def test_of_a_proviso_of_what_brings_nothing_the_case_is_asked_whether_it_falls_under_that_alone() -> None:
    idle = rule("(1)", "apply: (2) proviso", "unless: {at: (1) proviso, when: it.b}")
    brought = rule("(2)", "must_not: keep thing", "unless: {at: (2) proviso, when: it.c}")
    beside = rule("(1) proviso", "may: do thing", "when: it.a")
    first = rule("(3)", "must_not: do thing", "despite: (1) proviso")
    assert asked("(1) proviso applies", idle, brought) == [YES, NO, YES]
    assert asked("(1) proviso applies", idle, brought, beside, first) == [YES, NO, YES]


def test_a_definition_applies_while_it_gives_a_value_and_nothing_goes_before_it() -> None:
    first = rule("(1)", "define: it.due", "as: it.on", "when: it.a")
    second = rule("(2)", "define: it.due", "as: 2020-01-01", "when: it.b", "instead_of: (1)")
    assert asked("(1) applies", first) == [YES, YES, NO]
    assert asked("(1) applies", first, second) == [NO, YES, NO]
    assert asked("case falls under (1)", first, second) == [YES, YES, NO]


def test_a_fiction_applies_while_something_is_read_by_it() -> None:
    first = rule("(1)", "deem: it.kind", "as: red", "when: it.a")
    second = rule("(2)", "deem: it.kind", "as: green", "when: it.b", "despite: (1)")
    assert asked("(1) applies", first) == [YES, YES, NO]
    assert asked("(1) applies", first, second) == [NO, YES, NO]


@pytest.mark.parametrize(
    ("value", "falls"),
    [("yes", [YES, YES, NO]), ("no", [YES, YES, NO]), ("it.b", [YES, NO, NO]), ("not it.b", [NO, YES, NO])],
)
def test_a_case_falls_under_a_definition_whose_conditions_are_met(value: str, falls: list[str]) -> None:
    # What a definition reckons is a condition of it; what it says outright is not.
    defined = rule("(1)", "define: it.read", f"as: {value}", "when: it.a")
    assert asked("case falls under (1)", defined) == falls
    assert asked("(1) applies", defined) == falls


def test_a_disapplication_that_is_disapplied_removes_nothing() -> None:
    duty = rule("(1)", "must: tell thing", "when: it.a")
    away = rule("(2)", "despite: (1)", "when: it.a")
    back = rule("(3)", "despite: (2)", "when: it.b")
    again = rule("(4)", "instead_of: (3)", "must: keep thing", "when: it.c")
    for facts, expected in [
        ({"it.a": True, "it.b": False}, NO),
        ({"it.a": True, "it.b": True}, YES),
        ({"it.a": True, "it.b": True, "it.c": True}, NO),
    ]:
        case: dict[str, object] = {"it.c": False, **facts}
        assert verdict(book(duty, away, back, again), case, "tell thing") == expected


PETS = """
terms:
  keeper: {role: yes, label: keeper}
  pet:
    label: pet
    attributes:
      heavy: {type: yes/no, question: Is it heavy?}
      old: {type: yes/no, question: Is it old?}
      dangerous: {type: yes/no, question: Derived?}
      licensed: {type: yes/no, question: Is it licensed?}
  dog: {kind_of: pet, label: dog}
  cat: {kind_of: pet, label: cat}
  town: {label: town, attributes: {small: {type: yes/no, question: Is the town small?}}}
actions:
  lead pet: {label: lead the pet, default: silent, by: keeper}
"""
DOGS = """
law: act
article: 1
title: Dogs
rules:
  - {at: (1), summary: A heavy dog is dangerous., define: dog.dangerous, when: dog.heavy}
  - {at: (2), summary: An old one is not., define: dog.dangerous, as: no, when: dog.old, instead_of: (1)}
  - {at: (3), summary: A small dog counts as licensed., deem: dog.licensed, as: yes, when: not dog.heavy}
---
law: act
article: 2
title: Cats
rules:
  - {at: (1), summary: So for cats., apply: APPLIED, construe: {dog: cat}, when: town.small}
  - {at: (2), summary: Lead., must: lead cat, when: ASKED}
"""


def of_cats(asked_of: str, applied: str, **said: bool) -> str:
    """The verdict on leading a cat where a place applies, on which compiler, reference and oracle agree."""
    rules = DOGS.replace("APPLIED", applied).replace("ASKED", asked_of)
    source = load_text({"act/law.yaml": LAW, "act/vocabulary.yaml": PETS, "act/1.yaml": rules})
    linked = link(source)
    assert linked.program is not None, linked.diagnostics
    names = {"heavy": "cat.heavy", "old": "cat.old", "small": "town.small"}
    facts: dict[str, object] = {names[name]: value for name, value in said.items()}
    facts |= {"dog.heavy": False, "dog.old": False, "dog.licensed": False, "cat.licensed": False}
    found = decide(Rulebook(linked.program), facts, "lead cat", at=None)
    assert Oracle(source).decide("lead cat", facts, None).verdict == found.verdict.value
    return found.verdict.value


def test_a_clause_that_applies_a_definition_applies_where_that_gives_its_value() -> None:
    for_cats = {"heavy": True, "old": False, "small": True}
    assert of_cats("(1) applies", "1(1)", **for_cats) == YES
    assert of_cats("(1) applies", "1(1)", **for_cats | {"heavy": False}) == NO
    assert of_cats("(1) applies", "1(1)", **for_cats | {"small": False}) == NO


def test_the_clauses_definition_does_not_apply_where_another_that_it_applies_goes_before_it() -> None:
    both = "[1(1), 1(2)]"
    assert of_cats("(1) applies", both, heavy=True, old=True, small=True) == YES  # the second gives no
    assert of_cats("(1) applies", both, heavy=False, old=False, small=True) == NO


def test_a_clause_that_applies_a_fiction_applies_where_that_is_read() -> None:
    assert of_cats("(1) applies", "1(3)", heavy=False, old=False, small=True) == YES
    assert of_cats("(1) applies", "1(3)", heavy=True, old=False, small=True) == NO


def test_beside_the_clause_the_definition_itself_is_that_of_the_article() -> None:
    assert of_cats("1(1) applies", "1(1)", heavy=True, old=False, small=True) == NO  # no dog is heavy


def test_a_clause_that_construes_nothing_applies_where_the_definition_does_and_its_own_words_hold() -> None:
    rules = DOGS.replace("construe: {dog: cat}, ", "").replace("APPLIED", "1(1)").replace("ASKED", "(1) applies")
    linked = link(load_text({"act/law.yaml": LAW, "act/vocabulary.yaml": PETS, "act/1.yaml": rules}))
    assert linked.program is not None, linked.diagnostics
    facts: dict[str, object] = {"dog.heavy": True, "dog.old": False, "town.small": True}
    book = Rulebook(linked.program)
    assert decide(book, facts, "lead cat", at=None).verdict.value == YES
    assert decide(book, facts | {"town.small": False}, "lead cat", at=None).verdict.value == NO
    assert decide(book, facts | {"dog.old": True}, "lead cat", at=None).verdict.value == NO


def test_what_a_norm_elsewhere_rests_on_is_told_and_what_it_does_not_read_is_tried_beside_it() -> None:
    rules = book(
        rule("(1)", "may: do thing", "when: [(2) applies, it.usual, it.d]"),
        rule("(2)", "must: tell thing", "when: [it.judged, it.read]"),
        rule("(3)", "define: it.read", "as: it.c"),
    )
    told = decide(rules, {"it.judged": True, "it.c": True, "it.d": True})
    assert [finding.fact for finding in told.findings] == ["it.judged"]
    assert [presumption.fact for presumption in told.presumptions] == ["it.usual"]
    assert {"act/1(1)", "act/1(3)"} <= {place.provision for place in told.authority}
    # Where it is open whether the other norm applies, what is tried beside it waits for the same.
    unsure = decide(rules, {"it.judged": True, "it.d": True})
    assert unsure.missing == ("it.c",)
    assert [finding.fact for finding in unsure.findings] == ["it.judged"]
    assert [presumption.fact for presumption in unsure.presumptions] == ["it.usual"]


def test_a_norm_elsewhere_is_not_asked_again_about_facts_it_does_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = book(
        rule("(1)", "may: do thing", "when: [(2) applies, it.d]"),
        rule("(2)1", "must: tell thing", "when: it.judged"),
        rule("(2)2", "must: keep thing", "when: [it.usual, it.read]"),
        rule("(3)", "define: it.read", "as: it.c"),
    )
    asked: Counter[str] = Counter()
    plain = Unit.status_of

    def noted(unit: Unit, *question: Any) -> Any:
        asked[unit.plan.component.action] += 1
        return plain(unit, *question)

    monkeypatch.setattr(Unit, "status_of", noted)
    facts = rules.read({"it.judged": False, "it.c": True, "it.d": True})
    told = rules.decide("do thing", facts)
    assert told.verdict.value == "permitted" and [one.fact for one in told.presumptions] == ["it.usual"]
    assert not told.findings and {place.provision for place in told.authority} == {"act/1(1)", "act/1(2)2", "act/1(3)"}
    # Where the second norm is effective the first settles nothing; where it is not, the first is as it was found once.
    assert asked["tell thing"] == 1 < asked["keep thing"]


@pytest.mark.parametrize("said", ["states: a purpose", "delegate: presidential_decree"])
def test_whether_a_statement_applies_nobody_knows(said: str) -> None:
    assert asked("(1) applies", rule("(1)", said)) == ["undetermined"] * 3


@pytest.mark.parametrize(
    "others",
    [
        (rule("(1)", "must: do thing", "when: it.a", "requires: it.b"),),
        (rule("(1)", "may: do thing", "when: it.a"), rule("(2)", "limits: do thing", "requires: it.b")),
        (
            rule("(1)", "must: keep thing", "when: it.a"),
            rule("(2)", "need_not: keep thing", "when: it.b", "despite: (1)"),
        ),
    ],
)
def test_what_leaves_a_norm_in_effect_is_not_asked_with_it(others: tuple[str, ...]) -> None:
    rulebook = book(rule("(9)", "must: tell thing", "when: (1) applies"), *others)
    assert decide(rulebook, {}, "tell thing").missing == ("it.a",)
    assert [verdict(rulebook, {"it.a": True, "it.b": b}, "tell thing") for b in (True, False)] == ["required"] * 2
    felled = book(
        rule("(9)", "must: tell thing", "when: (1) applies"),
        rule("(1)", "must: keep thing", "when: it.a", "grounds: {1: it.c}"),
        rule("(2)", "need_not: keep thing", "when: it.b", "despite: (1)1"),
    )
    assert decide(felled, {}, "tell thing").missing == ("it.a", "it.b", "it.c")
