"""The milder law (S42): both wordings are read, and the better for the person applies."""

from __future__ import annotations

import datetime as dt

import pytest

from mutandis import Rulebook, Verdict
from mutandis.decide.result import Limit
from mutandis.link.linker import link
from mutandis.link.reads import compared_in
from mutandis.rulebook.load import load_text
from mutandis_tools.comparison.dependence import Reads, alike_on, touched_by_amendment

LAW = "law: act\ntitle: An Act\nshort: Act\nrank: 1\ninstruments: []\n"
VOCABULARY = """
terms:
  office: {role: yes, label: office}
  fine: {label: fine}
  conduct:
    label: conduct
    attributes:
      on: {type: date, question: On what day was it?}
      repeated: {type: yes/no, question: Was it repeated?}
actions:
  impose fine: {label: impose a fine, default: forbidden, by: office, adverse: ADVERSE}
"""
RULES = """
law: act
article: 1
title: Fines
rules:
  - at: (1)
    id: act/1(1)#before
    summary: A fine for any conduct, until 2020.
    may: impose fine
    governed_by: conduct.on
    milder: yes
    until: 2020-01-01
  - at: (1)
    id: act/1(1)#since
    summary: A fine for repeated conduct, since 2020.
    may: impose fine
    when: conduct.repeated
    governed_by: conduct.on
    milder: yes
    since: 2020-01-01
"""


def book(adverse: str = "yes", rules: str = RULES, more: str = "actions:") -> Rulebook:
    files = {
        "act/law.yaml": LAW,
        "act/vocabulary.yaml": VOCABULARY.replace("ADVERSE", adverse).replace("actions:", more),
        "act/fines/001-fines.yaml": rules,
    }
    linked = link(load_text(files))
    assert linked.program is not None, linked.diagnostics
    return Rulebook(linked.program)


def verdict(rulebook: Rulebook, facts: dict[str, object]) -> Verdict:
    at = dt.date(2021, 1, 1)
    compiled = rulebook.decide("impose fine", facts, at=at)
    assert compiled == rulebook.decide("impose fine", facts, at=at, reference=True)
    return compiled.verdict


BEFORE, SINCE = dt.date(2019, 6, 1), dt.date(2020, 6, 1)


def test_conduct_under_the_stricter_earlier_law_has_the_benefit_of_the_present_one() -> None:
    assert verdict(book(), {"conduct.on": BEFORE, "conduct.repeated": False}) is Verdict.FORBIDDEN_BY_DEFAULT


def test_where_both_laws_allow_it_it_is_allowed() -> None:
    assert verdict(book(), {"conduct.on": BEFORE, "conduct.repeated": True}) is Verdict.PERMITTED


def test_conduct_under_the_present_law_is_decided_by_it() -> None:
    assert verdict(book(), {"conduct.on": SINCE, "conduct.repeated": True}) is Verdict.PERMITTED
    assert verdict(book(), {"conduct.on": SINCE, "conduct.repeated": False}) is Verdict.FORBIDDEN_BY_DEFAULT


def test_what_is_in_the_persons_favour_is_the_more_readily_allowed() -> None:
    assert verdict(book("no"), {"conduct.on": BEFORE, "conduct.repeated": False}) is Verdict.PERMITTED


def test_a_present_law_that_is_best_already_needs_no_earlier_wording() -> None:
    held = RULES.replace("    until: 2020-01-01", "    not_held: the wording of 2010\n    until: 2020-01-01")
    assert verdict(book(rules=held), {"conduct.on": BEFORE, "conduct.repeated": False}) is Verdict.FORBIDDEN_BY_DEFAULT


def test_an_earlier_wording_that_is_not_held_leaves_it_open() -> None:
    held = RULES.replace("    until: 2020-01-01", "    not_held: the wording of 2010\n    until: 2020-01-01")
    decision = book(rules=held).decide(
        "impose fine", {"conduct.on": BEFORE, "conduct.repeated": True}, at=dt.date(2021, 1, 1)
    )
    assert decision.verdict is Verdict.UNDETERMINED
    assert set(decision.reachable) == {Verdict.PERMITTED, Verdict.FORBIDDEN_BY_DEFAULT}
    assert decision.cause == "wording"


def test_an_unknown_day_is_missing_only_where_it_matters() -> None:
    assert verdict(book(), {"conduct.repeated": False}) is Verdict.FORBIDDEN_BY_DEFAULT
    decision = book().decide("impose fine", {"conduct.repeated": True}, at=dt.date(2021, 1, 1))
    assert (decision.verdict, decision.missing) == (Verdict.UNDETERMINED, ("conduct.on",))


def test_the_instrument_between_the_two_laws_is_told_where_these_differ() -> None:
    files = {
        "act/law.yaml": LAW.replace(
            "instruments: []",
            "instruments:\n  - {id: Act No. 1, promulgated: 2000-01-01, enforced: 2000-01-01}\n"
            "  - {id: Act No. 2, promulgated: 2019-12-01, enforced: 2020-01-01}",
        ),
        "act/vocabulary.yaml": VOCABULARY.replace("ADVERSE", "yes"),
        "act/fines/001-fines.yaml": RULES,
    }
    program = link(load_text(files)).program
    assert program is not None
    fined, at = Rulebook(program), dt.date(2021, 1, 1)
    spared = fined.decide("impose fine", {"conduct.on": BEFORE, "conduct.repeated": False}, at=at)
    assert [(one.provision, one.text) for one in spared.authority if one.role == "dates"] == [
        ("act/1(1)", "Act No. 2, in force on 2020-01-01")
    ]
    either = fined.decide("impose fine", {"conduct.on": BEFORE, "conduct.repeated": True}, at=at)
    assert not any(one.role == "dates" for one in either.authority)


FINES = """
law: act
article: 1
title: Fines
rules:
  - {at: (1), id: act/1(1)#before, summary: Until 2020., may: impose fine, governed_by: conduct.on, milder: yes,
     until: 2020-01-01, requires: EARLIER}
  - {at: (1), id: act/1(1)#since, summary: Since 2020., may: impose fine, governed_by: conduct.on, milder: yes,
     since: 2020-01-01, requires: PRESENT}
"""


def limits(earlier: str, present: str, adverse: str = "yes") -> list[tuple[str, int, bool]]:
    rules = FINES.replace("EARLIER", earlier).replace("PRESENT", present)
    days = "      days: {type: count, parameter: yes, question: How many day rates?}\nactions:"
    decision = book(adverse, rules, days).decide("impose fine", {"conduct.on": BEFORE}, at=dt.date(2021, 1, 1))
    assert decision.verdict is Verdict.CONDITIONAL
    found = {(one.relation, one.inner, one.binding) for one in decision.limits}
    assert all(isinstance(inner, int) for _, inner, _ in found)
    return sorted((relation, inner, binding) for relation, inner, binding in found if isinstance(inner, int))


def test_of_two_permissions_within_limits_the_better_one_decides() -> None:
    lower, higher = "conduct.days <= 30", "conduct.days <= 90"
    assert limits(lower, higher) == limits(higher, lower) == [("at_most", 30, True)]
    assert limits(lower, higher, "no") == limits(higher, lower, "no") == [("at_most", 90, True)]


def test_where_neither_wording_is_the_better_in_every_respect_the_tightest_of_both_bind() -> None:
    told = limits("[conduct.days >= 5, conduct.days <= 30]", "[conduct.days >= 10, conduct.days <= 90]")
    assert told == [("at_least", 5, False), ("at_least", 10, True), ("at_most", 30, True), ("at_most", 90, False)]


CAPPED = """      days: {type: count, parameter: yes, question: How many day rates?}
      cap: {type: count, question: What is the cap?}
actions:"""


@pytest.mark.parametrize(
    ("earlier", "present", "adverse", "told"),
    [
        ("conduct.days <= conduct.cap", "conduct.days <= 90", "yes", {(90, 90, True), (0, None, False)}),
        ("conduct.days <= 90", "conduct.days <= conduct.cap", "yes", {(90, 90, True), (0, None, False)}),
        (
            "[conduct.days <= conduct.cap, conduct.days <= 90]",
            "conduct.days <= 30",
            "yes",
            {(30, 30, True), (0, None, False), (90, 90, False)},
        ),
        ("[conduct.days <= conduct.cap, conduct.days <= 30]", "conduct.days <= 90", "no", {(90, 90, True)}),
        ("conduct.days is 20", "conduct.days <= 10", "yes", {(20, 20, True), (10, 10, True)}),
        ("conduct.days <= 90, when: conduct.repeated", "conduct.days <= 30", "no", {(30, 30, True), (None, 90, True)}),
        ("conduct.days <= 10, when: conduct.repeated", "conduct.days <= 30", "no", {(30, 30, True)}),
    ],
)
def test_limits_are_the_better_only_where_they_are_whatever_is_found(
    earlier: str, present: str, adverse: str, told: set[tuple[int | None, int | None, bool]]
) -> None:
    rulebook = book(adverse, FINES.replace("EARLIER", earlier).replace("PRESENT", present), CAPPED)
    at, facts = dt.date(2021, 1, 1), {"conduct.on": BEFORE}
    decision = rulebook.decide("impose fine", facts, at=at)
    assert (decision.verdict, decision.missing) == (Verdict.CONDITIONAL, ())
    assert {(one.inner, one.outer, one.binding) for one in decision.limits} == told
    found = all if adverse == "yes" else any
    for days in (0, 10, 15, 20, 30, 60, 90, 120):
        permitted = {
            rulebook.decide("impose fine", {**facts, **more, "conduct.days": days}, at=at).verdict is Verdict.PERMITTED
            for cap in (0, 20, 120)
            for more in ({"conduct.cap": cap, "conduct.repeated": repeated} for repeated in (True, False))
        }
        # What is surely allowed is, and what is not even possibly is not, whatever the cap is.
        assert not found(_within(one, one.inner, days, False) for one in decision.limits) or permitted == {True}
        assert found(_within(one, one.outer, days, True) for one in decision.limits) or permitted == {False}


def _within(limit: Limit, bound: object, days: int, unbounded: bool) -> bool:
    if bound is None:
        return unbounded
    assert isinstance(bound, int)
    return days == bound if limit.relation == "exactly" else days <= bound


CEILINGS = """
law: act
article: 1
title: Fines
rules:
  - {at: (1), summary: A fine., may: impose fine, requires: conduct.days <= conduct.ceiling}
  - {at: (2), id: act/1(2)#before, summary: Until 2020., define: conduct.ceiling, as: "EARLIER", milder: yes,
     until: 2020-01-01, governed_by: conduct.on}
  - {at: (2), id: act/1(2)#since, summary: Since 2020., define: conduct.ceiling, as: "PRESENT", milder: yes,
     since: 2020-01-01, governed_by: conduct.on}
"""


def ceilings(adverse: str, earlier: int, present: int, milder: str = "milder: yes") -> Rulebook:
    days = "      days: {type: count, parameter: yes, question: How many?}\n"
    ceiling = "      ceiling: {type: count, label: ceiling}\n"
    rules = CEILINGS.replace("EARLIER", str(earlier)).replace("PRESENT", str(present)).replace("milder: yes", milder)
    return book(adverse, rules, f"{days}{ceiling}actions:")


@pytest.mark.parametrize(("earlier", "present", "most"), [(30, 90, 30), (90, 30, 30)])
def test_definitions_are_compared_for_what_reads_them(earlier: int, present: int, most: int) -> None:
    rulebook = ceilings("yes", earlier, present)
    decision = rulebook.decide("impose fine", {"conduct.on": BEFORE}, at=dt.date(2021, 1, 1))
    assert [one.inner for one in decision.limits] == [most]
    assert ("defines", "act/1(2)") in {(one.role, one.provision) for one in decision.authority}
    for given, expected in ((30, Verdict.PERMITTED), (31, Verdict.FORBIDDEN)):
        facts = {"conduct.on": BEFORE, "conduct.days": given}
        assert rulebook.decide("impose fine", facts, at=dt.date(2021, 1, 1)).verdict is expected
    since = rulebook.decide("impose fine", {"conduct.on": SINCE}, at=dt.date(2021, 1, 1))
    assert [one.inner for one in since.limits] == [present]


def test_for_whom_an_action_is_and_whether_definitions_are_compared_is_seen_by_who_compares_two_rulebooks() -> None:
    against, in_favour, plain = (
        ceilings(adverse, 30, 90, milder).program
        for adverse, milder in (("yes", "milder: yes"), ("no", "milder: yes"), ("yes", "milder: no"))
    )
    action = ("action", "impose fine")
    assert touched_by_amendment(against, in_favour, {}) == [action]
    day = dt.date(2021, 1, 1)
    assert not alike_on((Reads(against), Reads(plain)), action, day)
    assert alike_on((Reads(plain), Reads(plain)), action, day)


FELLED = """
law: act
article: 1
title: Fines
rules:
  - {at: (1), summary: A fine., may: impose fine}
  - {at: (2), id: act/1(2)#before, summary: No fine until 2020., must_not: impose fine, despite: (1),
     governed_by: conduct.on, milder: yes, until: 2020-01-01}
  - {at: (3), summary: It is told where the fine may be., may: tell fine, when: (1) applies}
"""


def test_what_fells_a_norm_asked_about_is_compared_for_what_asks() -> None:
    telling = "actions:\n  tell fine: {label: tell, default: forbidden, by: office, adverse: ADVERSE}"
    against, in_favour = (book("yes", FELLED, telling.replace("ADVERSE", adverse)) for adverse in ("yes", "no"))
    facts, at = {"conduct.on": BEFORE}, dt.date(2021, 1, 1)
    assert against.decide("tell fine", facts, at=at).verdict is Verdict.FORBIDDEN_BY_DEFAULT
    assert in_favour.decide("tell fine", facts, at=at).verdict is Verdict.PERMITTED
    assert touched_by_amendment(against.program, in_favour.program, {}) == [("action", "tell fine")]


DUE = """
law: act
article: 1
title: Fines
rules:
  - {at: (1), id: act/1(1)#before, summary: A day on., define: conduct.due, as: conduct.on + 1 day, milder: yes,
     until: 2020-01-01, governed_by: conduct.on}
  - {at: (1), id: act/1(1)#since, summary: Ten days on., define: conduct.due, as: conduct.on + 10 days, milder: yes,
     since: 2020-01-01, governed_by: conduct.on}
  - {at: (2), summary: It is imposed., must: impose fine, by: office, deadline: by conduct.due}
"""


def test_definitions_that_a_deadline_alone_reads_are_compared_and_their_instrument_is_told() -> None:
    instrument = "instruments:\n  - {number: Act No. 1, promulgated: 2019-12-01, in_force: 2020-01-01}\n"
    files = {
        "act/law.yaml": LAW.replace("instruments: []\n", instrument),
        "act/vocabulary.yaml": VOCABULARY.replace("ADVERSE", "yes").replace(
            "actions:", "      due: {type: date, label: due}\nactions:"
        ),
        "act/fines/001-fines.yaml": DUE,
    }
    linked = link(load_text(files))
    assert linked.program is not None, linked.diagnostics
    assert compared_in(linked.program, linked.program.components["impose fine"])
    decision = Rulebook(linked.program).decide("impose fine", {"conduct.on": BEFORE}, at=dt.date(2021, 1, 1))
    assert [one.role for one in decision.authority].count("dates") == 1


@pytest.mark.parametrize("unmarked", ["before", "since"])
def test_a_wording_that_is_not_marked_beside_one_that_is_is_told(unmarked: str) -> None:
    earlier, later = RULES.split("  - at: (1)\n    id: act/1(1)#since")
    later = f"  - at: (1)\n    id: act/1(1)#since{later}"
    halves = {"before": earlier, "since": later}
    halves[unmarked] = halves[unmarked].replace("    milder: yes\n", "")
    files = {"act/law.yaml": LAW, "act/vocabulary.yaml": VOCABULARY.replace("ADVERSE", "yes")}

    def told(rules: str) -> list[str]:
        found = link(load_text({**files, "act/fines/001-fines.yaml": rules})).diagnostics
        return [one.message for one in found if one.slug == "milder-of-nothing"]

    assert told("".join(halves.values())) == [
        "act/1(1) has another wording, which is not compared: under both laws it is read alike"
    ]
    assert told(RULES) == []
    assert told("".join(halves.values()).replace("since: 2020-01-01", "since: 2020-01-02")) == []
