"""The articles of the Civil Act, and the places of vocabularies, by which what an answer turns on is counted."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.evaluate.books import VOCABULARY, article, decide, rule, rulebook_of

from mutandis import Rulebook
from mutandis.decide.result import Decision
from mutandis.explain import as_text, explain

FACTS = """
      born: {type: date, counting: age, question: Born when?}
      filed: {type: date, counting: from_midnight, question: Filed when?}
      stay: {type: period, counting: {clock: both_ends, by: 1(9)}, question: From when until when?}
      held: {type: period, question: From when until when?}
      name: {type: one of, values: {counting: counting, other: other}, question: What?}
      until:"""


def law(name: str) -> str:
    return f"law: {name}\ntitle: {name}\nshort: {name}\nrank: 1\ninstruments: []\n"


def book(*rules: str, civil_act: bool = True) -> Rulebook:
    files = {
        "act/law.yaml": law("act"),
        "act/vocabulary.yaml": VOCABULARY.replace("\n      until:", FACTS, 1),
        "act/001-article.yaml": article(*rules, rule("(9)", "states: How long stays are.")),
    }
    if civil_act:
        files["civil-act/law.yaml"] = law("civil-act")
    return rulebook_of(files)


def decided(rulebook: Rulebook, facts: dict[str, object], day: str) -> Decision:
    return decide(rulebook, facts, at=dt.date.fromisoformat(day), holidays=frozenset())


def counted(decision: Decision) -> set[str]:
    return {one.provision for one in decision.authority if one.role == "defines" and one.text == "counting"}


def permitting(condition: str) -> str:
    return rule("(1)", "may: do thing", f"when: {condition}")


@pytest.mark.parametrize(
    ("condition", "facts", "day", "places"),
    [
        # Ten days after Wednesday 26 February end on Saturday 7 March, and so on Monday.
        (
            "today <= the end of 10 days after it.on",
            {"it.on": "2020-02-26"},
            "2020-03-09",
            {"civil-act/157", "civil-act/161"},
        ),
        ("today <= the end of 10 days after it.on", {"it.on": "2020-02-26"}, "2020-03-06", set()),
        ("today <= the end of 10 days after it.on", {"it.on": "2020-02-26"}, "2020-03-10", set()),
        # Ten days after Friday 21 February end on Monday 2 March; with the first day they would on Sunday, and so too.
        ("today <= the end of 10 days after it.on", {"it.on": "2020-02-21"}, "2020-03-02", set()),
        ("today <= the end of 10 days after it.on", {"it.on": "2020-02-24"}, "2020-03-05", {"civil-act/157"}),
        # A month after the last of February ends with March, and would end on 27 March if the first day counted.
        (
            "today <= the end of 1 month after it.on",
            {"it.on": "2021-02-28"},
            "2021-03-30",
            {"civil-act/157", "civil-act/160"},
        ),
        ("it.on + 1 month > today", {"it.on": "2021-02-28"}, "2021-03-30", {"civil-act/160"}),
        ("it.on + 1 month > today", {"it.on": "2021-02-15"}, "2021-03-14", set()),
        ("it.held is within 3 days", {"it.held": ("2020-03-02", "2020-03-05")}, "2020-04-01", {"civil-act/157"}),
        ("it.held is within 3 days", {"it.held": ("2020-03-02", "2020-03-04")}, "2020-04-01", set()),
        ("it.stay is within 3 days", {"it.stay": ("2020-03-02", "2020-03-05")}, "2020-04-01", {"act/1(9)"}),
        ("it.stay is within 3 days", {"it.stay": ("2020-03-02", "2020-03-04")}, "2020-04-01", set()),
        # Within three days of Monday is within Thursday, and within Wednesday if Monday counted.
        ("today is within 3 days after it.on", {"it.on": "2020-03-02"}, "2020-03-05", {"civil-act/157"}),
        ("today is within 3 days after it.on", {"it.on": "2020-03-02"}, "2020-03-04", set()),
        ("today is within 3 days after it.on", {"it.on": "2020-03-02"}, "2020-03-06", set()),
        ("today is within 3 days after it.on", {"it.on": "2020-03-02"}, "2020-03-02", set()),
        ("today is within 3 days after it.on", {"it.on": "2020-03-02"}, "2020-03-01", set()),
        ("today is within 3 days before it.on", {"it.on": "2020-03-05"}, "2020-03-02", {"civil-act/157"}),
        ("today is within 3 days before it.on", {"it.on": "2020-03-05"}, "2020-03-03", set()),
        ("today is within 3 days before it.on", {"it.on": "2020-03-05"}, "2020-03-06", set()),
        ("today is within 1 month after it.on", {"it.on": "2020-02-10"}, "2020-03-10", {"civil-act/157"}),
        # Who is born on 29 February is so much older on 1 March, whether the day of birth counts or not.
        ("it.born + 1 year <= today", {"it.born": "2020-02-29"}, "2021-02-28", {"civil-act/160"}),
        ("it.born + 1 year <= today", {"it.born": "2020-02-28"}, "2021-02-27", set()),
        ("it.born + 1 year <= today", {"it.born": "2020-02-28"}, "2021-02-28", {"civil-act/158"}),
        ("it.born + 1 year <= today", {"it.born": "2020-02-28"}, "2021-03-01", set()),
        (
            "today <= the end of 10 days after it.filed",
            {"it.filed": "2020-02-24"},
            "2020-03-05",
            {"civil-act/157 proviso"},
        ),
        ("today <= the end of 10 days after it.filed", {}, "2020-03-05", set()),
    ],
)
def test_the_article_by_which_a_condition_is_counted_is_told_where_the_answer_turns_on_it(
    condition: str, facts: dict[str, object], day: str, places: set[str]
) -> None:
    assert counted(decided(book(permitting(condition)), _read(facts), day)) == places


def _read(facts: dict[str, object]) -> dict[str, object]:
    return {
        name: {"from": said[0], "until": said[1]} if isinstance(said, tuple) else said for name, said in facts.items()
    }


def test_it_is_told_of_limits_and_of_days_that_rules_give() -> None:
    limiting = book(rule("(1)", "may: do thing", "requires: how.from_day <= the end of 10 days after it.on"))
    found = decided(limiting, {"it.on": "2020-02-26"}, "2020-03-01")
    assert str(found.limits[0].outer) == "2020-03-09"
    assert counted(found) == {"civil-act/157", "civil-act/161"}
    giving = book(
        rule("(1)", "must: do thing", "deadline: on it.due"),
        rule("(2)", "define: it.due", "as: it.on + 1 month"),
    )
    found = decided(giving, {"it.on": "2021-02-28"}, "2021-03-01")
    assert counted(found) == {"civil-act/160"}


def test_a_due_day_tells_its_own_articles_and_no_others() -> None:
    owed = book(rule("(1)", "must: do thing", "deadline: by it.on + 10 days"))
    found = decided(owed, {"it.on": "2020-02-26"}, "2020-03-01")
    assert counted(found) == set()
    assert found.deadlines[0].counted is not None
    assert "civil-act/161" in {step.provision for step in found.deadlines[0].counted.steps}


def test_without_the_civil_act_none_of_its_articles_is_told() -> None:
    condition = "today <= the end of 10 days after it.on"
    assert (
        counted(decided(book(permitting(condition), civil_act=False), {"it.on": "2020-02-26"}, "2020-03-09")) == set()
    )


def test_what_was_counted_so_stands_in_the_answer_in_words() -> None:
    rulebook = book(permitting("today <= the end of 10 days after it.on"))
    facts: dict[str, object] = {"it.on": dt.date(2020, 2, 26)}
    told = as_text(explain(decided(rulebook, facts, "2020-03-09"), rulebook.program, facts, at=dt.date(2020, 3, 9)))
    assert "counted by civil-act Art. 161: A last day on a Saturday or holiday moves on." in told


def test_what_a_rule_says_in_the_same_word_is_no_counting() -> None:
    """What is not held of a wording may be called anything; so may what a definition gives a fact."""
    unheld = rule("(2)", "define: it.name", "until: 2026-01-01", "not_held: counting")
    rulebook = book(rule("(1)", "must: do thing", "when: it.name is other"), unheld)
    found = decided(rulebook, {}, "2020-03-09")
    assert ("open", "act/1(2)", "counting") in {(one.role, one.provision, one.text) for one in found.authority}
    assert "counted by" not in as_text(explain(found, rulebook.program, {}, at=dt.date(2020, 3, 9)))
    defined = rule("(2)", "define: it.name", "as: counting")
    named = book(rule("(1)", "must: do thing", "when: it.name is counting"), defined)
    given = decided(named, {}, "2020-03-09")
    assert ("defines", "act/1(2)", ("it.name",), "counting") in {
        (one.role, one.provision, one.facts, one.text) for one in given.authority
    }
    assert "counted by" not in as_text(explain(given, named.program, {}, at=dt.date(2020, 3, 9)))
