"""An action that restricts others takes them away while it is required or in force, and goes one way only (S3)."""

from __future__ import annotations

import pytest
from tests.link.books import VOCABULARY, article, source_of
from tests.strategies.deciders import decide

from mutandis.decide.result import Decision
from mutandis.link.linker import link
from mutandis.link.program import Program
from mutandis.rulebook.load import load_text

RESTRICTING = (
    VOCABULARY.replace(
        "      in_progress: {",
        "      restricted_under: {type: provision, optional: yes, question: Under what?}\n      in_progress: {",
        1,
    ).replace("actions:\n", "actions:\n  hold contact: {label: hold, default: forbidden, by: inmate}\n")
    + "  restrict contact: {label: restrict, default: forbidden, by: warden, restricts: hold contact, "
    + "in_force: contact.restricted_under}\n"
)
RIGHT = "  - {at: (1), summary: s, may: hold visit, by: inmate, to: warden}\n"
DUTY = "  - {at: (2), summary: s, must: restrict visit, by: warden, when: inmate.ill}\n"
POWER = "  - {at: (3), summary: s, may: restrict visit, by: warden, when: inmate.young}\n"


def book(rules: str, vocabulary: str = RESTRICTING) -> Program:
    found = link(source_of(article("1", rules), vocabulary=vocabulary))
    assert found.program is not None, found.diagnostics
    return found.program


def asked(program: Program, *, by: str | None = None, **facts: object) -> Decision:
    stated = {name.replace("__", "."): value for name, value in facts.items()}
    return decide(program, "hold visit", {"visit.restricted_under": None, **stated}, by=by)


@pytest.mark.parametrize("by", [None, "inmate"])
def test_a_right_is_gone_while_its_restriction_is_required(by: str | None) -> None:
    program = book(RIGHT + DUTY)
    assert asked(program, by=by, inmate__ill=False).verdict.value == "permitted"
    decision = asked(program, by=by, inmate__ill=True)
    assert decision.verdict.value == "forbidden"
    assert [cited.provisions for cited in decision.cited] == [("act/1(2)",)]
    assert [cited.by for cited in decision.cited] == [("inmate",)]
    assert [beaten.provision for beaten in decision.beaten] == ["act/1(1)"]


def test_what_stops_short_is_what_the_restriction_fails_on() -> None:
    program = book(DUTY, RESTRICTING.replace("{label: hold, default: forbidden", "{label: hold, default: silent"))
    decision = asked(program, inmate__ill=False)
    assert decision.verdict.value == "silent"
    assert [(one.provision, one.conditions) for one in decision.authority if one.role == "stops_short"] == [
        ("act/1(2)", ("inmate.ill",))
    ]


def test_a_restriction_whose_wording_is_out_of_force_comes_near_nothing() -> None:
    earlier = "  - {at: (4), summary: s, must: restrict visit, by: warden, until: 2015-01-01, not_held: replaced}\n"
    silent = RESTRICTING.replace("{label: hold, default: forbidden", "{label: hold, default: silent")
    decision = asked(book(DUTY + earlier, silent), inmate__ill=False)
    assert [one.provision for one in decision.authority if one.role == "stops_short"] == ["act/1(2)"]
    assert {one.provision: one.reason for one in decision.considered}["act/1(4)"] == ("not in force",)


def test_what_was_imposed_by_duty_bans_while_it_is_in_force() -> None:
    program = book(RIGHT + DUTY)
    imposed = asked(program, inmate__ill=False, visit__restricted_under="act/1(2)")
    assert (imposed.verdict.value, imposed.cited[0].provisions) == ("forbidden", ("act/1(2)",))
    assert asked(program, inmate__ill=False, visit__restricted_under="act/9").verdict.value == "permitted"
    unsaid = decide(program, "hold visit", {"inmate.ill": False})
    assert (unsaid.verdict.value, unsaid.missing) == ("undetermined", ("visit.restricted_under",))


def test_a_yes_that_a_duty_to_restrict_is_in_force_does_not_say_under_what() -> None:
    program = book(RIGHT + DUTY, RESTRICTING.replace("type: provision", "type: yes/no"))
    assert asked(program, inmate__ill=False, visit__restricted_under=True).verdict.value == "permitted"


def test_what_exempts_from_restricting_gives_the_right_back() -> None:
    program = book(
        RIGHT + DUTY + "  - {at: (2) proviso, summary: s, need_not: restrict visit, despite: (2), when: inmate.calm}\n"
    )
    assert asked(program, inmate__ill=True, inmate__calm=False).verdict.value == "forbidden"
    lifted = book(RIGHT + DUTY + "  - {at: (4), summary: s, despite: (2), when: inmate.calm}\n")
    assert asked(lifted, inmate__ill=True, inmate__calm=True).verdict.value == "permitted"


def test_a_power_restricts_while_the_restriction_is_in_force_under_it() -> None:
    program = book(RIGHT + POWER)
    assert asked(program, inmate__young=True).verdict.value == "permitted"
    assert asked(program, visit__restricted_under="act/1(3)").verdict.value == "forbidden"
    assert asked(program, visit__restricted_under="act/9").verdict.value == "permitted"


def test_a_rule_may_order_the_two_otherwise() -> None:
    program = book(DUTY + "  - {at: (5), summary: s, may: hold visit, by: inmate, despite: (2), when: inmate.calm}\n")
    assert asked(program, inmate__ill=True, inmate__calm=True).verdict.value == "permitted"


def test_that_something_is_allowed_says_nothing_against_restricting_it() -> None:
    program = book(RIGHT + POWER)
    assert decide(program, "restrict visit", {"inmate.young": True}).verdict.value == "permitted"


def test_each_sub_kind_is_restricted_by_itself() -> None:
    program = book(RIGHT + DUTY)
    actions = program.vocabulary.actions
    assert actions["restrict visit"].restricts == ("hold visit",)
    assert actions["restrict telephone_call"].restricts == ("hold telephone_call",)
    assert actions["restrict visit"].in_force == "visit.restricted_under"
    assert program.components["hold telephone_call"].norms == ()


ANIMALS = """
terms:
  it: {label: it, attributes: {a: {type: yes/no, question: A?}}}
  beast: {label: beast, attributes: {wild: {type: yes/no, question: Wild?}}}
  pet: {kind_of: beast, label: pet}
  cat: {kind_of: pet, label: cat}
  fox: {kind_of: beast, label: fox}
  house: {label: house}
  barn: {kind_of: house, label: barn}
  owner: {label: owner, role: yes}
actions:
  keep beast: {label: keep, default: silent, by: owner}
  build house: {label: build, default: silent, by: owner}
  mute beast: {label: mute, default: silent, restricts: keep pet}
  tame pet: {label: tame, default: silent, restricts: keep beast}
  watch beast: {label: watch, default: silent, restricts: [keep beast, build house]}
"""
RESTRICTED = (
    ("mute beast", ("keep pet",)),
    ("mute pet", ("keep pet",)),
    ("mute cat", ("keep cat",)),
    ("mute fox", ()),  # no pet
    ("tame cat", ("keep beast", "keep cat")),
    ("watch cat", ("keep cat", "build house", "build barn")),
)


@pytest.mark.parametrize(("action", "restricted"), RESTRICTED)
def test_what_is_restricted_of_a_wider_or_another_thing_is_of_each_kind_of_it(
    action: str, restricted: tuple[str, ...]
) -> None:
    rules = "  - {at: (1), summary: s, must: mute beast, when: beast.wild}\n"
    assert book(rules, ANIMALS).vocabulary.actions[action].restricts == restricted


def test_a_restricted_kind_is_banned_by_its_own_facts_and_another_thing_with_its_kinds() -> None:
    rules = "  - {at: (1), summary: s, must: mute beast, when: beast.wild}\n"
    rules += "  - {at: (2), summary: s, must: watch beast, when: it.a}\n"
    program = book(rules, ANIMALS)
    facts: dict[str, object] = {"it.a": False, "beast.wild": False, "pet.wild": False, "fox.wild": True}
    for action, more, verdict in (
        ("keep cat", {"cat.wild": True}, "forbidden"),
        ("keep cat", {"cat.wild": False}, "silent"),
        ("keep fox", {}, "silent"),
        ("build barn", {}, "silent"),
        ("build barn", {"it.a": True}, "forbidden"),
    ):
        assert decide(program, action, {**facts, **more}).verdict.value == verdict, (action, more)


@pytest.mark.parametrize(
    ("written", "instead", "slug"),
    [
        ("restricts: hold contact", "restricts: holt contact", "unknown-action"),
        ("in_force: contact.restricted_under", "in_force: contact.restrictd", "undeclared-fact"),
        ("in_force: contact.restricted_under", "in_force: contact.length", "wrong-shape"),
    ],
)
def test_what_is_not_declared_is_told(written: str, instead: str, slug: str) -> None:
    law = "law: act\ntitle: A\nshort: A\nrank: 1\n"
    source = load_text({"act/law.yaml": law, "act/vocabulary.yaml": RESTRICTING.replace(written, instead)})
    assert [d.slug for d in source.diagnostics if d.severity == "error"] == [slug]


def test_under_one_place_a_restriction_is_in_force_once_whichever_wording_gives_the_power() -> None:
    earlier = "  - {at: (3), id: act/1(3)#old, summary: old, may: restrict visit, not_held: x, until: 2010-01-01}\n"
    later = "  - {at: (3), summary: new, may: restrict visit, by: warden, since: 2010-01-01}\n"
    program = book(RIGHT + earlier + later)
    bans = [norm for norm in program.components["hold visit"].norms if norm.direction == "must_not"]
    assert [(norm.derived, norm.summary) for norm in bans] == [("restriction", "new")]
    assert asked(program, visit__restricted_under="act/1(3)").verdict.value == "forbidden"


def test_an_order_of_the_places_holds_for_every_reading_of_them() -> None:
    again = "  - {at: (6), summary: s, apply: [(3), (5)], construe: {warden: director}, when: inmate.calm}\n"
    back = "  - {at: (5), summary: s, may: hold visit, by: inmate, despite: (3), when: inmate.ill}\n"
    program = book(RIGHT + POWER + back + again)
    for ill, verdict in ((True, "permitted"), (False, "forbidden")):
        found = asked(program, inmate__ill=ill, inmate__calm=False, visit__restricted_under="act/1(3)")
        assert found.verdict.value == verdict
