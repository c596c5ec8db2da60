"""A deep check finds what can never happen, and shows by a case what can and should not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from tests.evaluate.books import book, rule
from tests.shipped import shipped

from mutandis.backends.solver.bounds import told_together
from mutandis.backends.solver.search import Search
from mutandis.backends.solver.terms import Term
from mutandis.decide.bearer import for_bearer
from mutandis.decide.result import Verdict
from mutandis.link.program import Component
from mutandis.vocabulary import Vocabulary
from mutandis_tools.comparison.answers import Asked
from mutandis_tools.deep import check
from mutandis_tools.deep.check import check_deeply
from mutandis_tools.deep.findings import DeepFinding, DeepReport
from mutandis_tools.deep.search import never
from mutandis_tools.names import Names
from mutandis_tools.report.deep_text import deep_text
from mutandis_tools.report.lines import plain

Law = dict[str, tuple[str, ...]]
SOUND: Law = {
    "(1)": ("may: do thing", "when: it.a", "requires: how.days <= 15 days"),
    "(2)": ("must_not: do thing", "when: it.b and it.count >= 3", "despite: (1)", "unless: it.c"),
    "(3)": ("must: tell thing", "when: it.b or it.c", "deadline: by it.on + 30 days"),
    "(4)": ("may: keep thing", "grounds:", "  1: it.kind is red", "  2: it.kind is green and it.used < 10 days"),
}
DO, TELL, KEEP = "do thing", "tell thing", "keep thing"


def _deep(law: Law) -> DeepReport:
    return check_deeply(book(*(rule(at, *parts) for at, parts in law.items())), steps=20_000_000)


def _told(found: DeepReport) -> set[tuple[str, str, str, str]]:
    return {(one.kind, one.subject, one.provision, one.sure) for one in found.findings}


def test_nothing_is_said_of_a_sound_law() -> None:
    found = _deep(SOUND)
    assert _told(found) == set() and not found.open_
    assert found.actions == 4 and found.bounds


PLANTED: dict[str, tuple[Law, set[tuple[str, str, str, str]]]] = {
    "a rule that cannot apply": (
        {"(5)": ("must_not: tell thing", "when: it.count > 3 and it.count < 2")},
        {("dead-rule", TELL, "act/1(5)", "proved")},
    ),
    "a ground that cannot hold": (
        {"(4)": (*SOUND["(4)"], "  3: it.kind is red and it.kind is blue")},
        {("dead-ground", KEEP, "act/1(4)3", "proved")},
    ),
    "a ground within another": (
        {"(4)": (*SOUND["(4)"], "  3: it.kind is red and it.a")},
        {("never-decisive", KEEP, "act/1(4)3", "searched")},
    ),
    "a proviso about nothing": (
        {"(3)": (*SOUND["(3)"], "unless: not it.b and not it.c")},
        {("dead-proviso", TELL, "act/1(3)", "proved")},
    ),
    "a requirement that is always met": (
        {"(1)": ("may: do thing", "when: it.a", "requires: how.days <= 60 days")},
        {("limit-never-binds", DO, "act/1(1)", "proved"), ("question-never-matters", "how.days", "", "proved")},
    ),
    "a rule that another always displaces": (
        {
            "(3)": ("may: tell thing", "when: it.b", "despite: (5)"),
            "(5)": ("must_not: tell thing", "when: it.b and it.a"),
        },
        {("always-displaced", TELL, "act/1(5)", "proved")},
    ),
    "two provisions that say the same": (
        {"(5)": ("must: tell thing", "when: it.c or it.b", "deadline: by it.on + 30 days")},
        {("same-twice", TELL, "act/1(3)", "proved")},
    ),
    "a power and a ban that meet": (
        {"(5)": ("must_not: keep thing", "when: it.d")},
        {("conflict", KEEP, "act/1(4)", "case")},
    ),
    "a definition that leaves cases out": (
        {
            "(5)": (
                "define: it.due",
                "as:",
                "  - when: it.a",
                "    value: it.on",
                "  - when: it.b and not it.a",
                "    value: it.on + 3 days",
            ),
            "(6)": ("must_not: tell thing", "when: it.due <= today", "despite: (3)"),
        },
        {("gap", "it.due", "act/1(5)", "case")},
    ),
    "a definition that gives nothing before it is in force": (
        {
            "(5)": (
                "define: it.due",
                "as:",
                "  - when: it.a",
                "    value: it.on",
                "  - when: not it.a",
                "    value: it.on + 3 days",
                "governed_by: it.on",
                "since: 2020-01-01",
            ),
            "(6)": ("must_not: tell thing", "when: it.due <= today", "despite: (3)"),
        },
        set(),
    ),
    "a definition with two values": (
        {
            "(5)": (
                "define: it.due",
                "as:",
                "  - when: it.count > 2",
                "    value: it.on",
                "  - when: it.count <= 3",
                "    value: it.on + 3 days",
            ),
            "(6)": ("must_not: tell thing", "when: it.due <= today", "despite: (3)"),
        },
        {("two-values", "it.due", "act/1(5)", "case")},
    ),
    "a question that never matters": (
        {"(5)": ("must_not: tell thing", "when: it.a and (it.usual or not it.usual)", "despite: (3)")},
        {("question-never-matters", "it.usual", "", "proved")},
    ),
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_is_found(name: str) -> None:
    added, expected = PLANTED[name]
    found = _told(_deep(SOUND | added))
    # What lies on disjoint bands is no clash, and what a ban forbids no conflict: nothing else is told.
    assert {one for one in found if one[0] != "verdict-never-had"} == expected, found


def test_rules_that_take_the_place_of_the_same_say_nothing_twice() -> None:
    """One demands what the other does not; about what they put away neither says anything."""
    instead = ("must: burn thing", "when: it.c", "instead_of: (3)")
    found = _deep(SOUND | {"(5)": instead, "(6)": (*instead, "deadline: by it.on + 3 days")})
    assert not [one for one in found.findings if one.kind == "same-twice"]


def test_a_gap_in_one_definition_is_told_once_for_all_kinds() -> None:
    text, place = "none of its cases holds, so it has no value", "act/1(5)"
    kinds = {"small_it.read": "small_it.a", "it.read": "it.a", "it.due": "it.a"}
    gaps = tuple(DeepFinding("gap", name, place, text, "case", Asked({fact: False})) for name, fact in kinds.items())
    bounds = ("every fact stated", *(f"lists of at most {most} members" for most in (3, 16, 4)))
    names = Names({}, book(rule("(1)", "may: do thing")).vocabulary)
    told = plain(deep_text(DeepReport(gaps, 1, 3, 0, bounds=bounds), names)).splitlines()
    assert [one for one in told if text in one] == [
        f"  shown    act Art. 1 (5): {text} (`it.read`; `small_it.read`)",
        f"  shown    act Art. 1 (5): {text} (`it.due`)",
    ]
    assert told[-1] == "  within every fact stated; lists of at most 3 to 16 members, by what they are counted against"


def test_definitions_on_disjoint_bands_do_not_clash() -> None:
    bands: tuple[str, ...] = ("define: it.due", "as:", "  - when: it.count > 2", "    value: it.on")
    bands += ("  - when: it.count <= 2", "    value: it.on + 3 days")
    found = _deep(SOUND | {"(5)": bands, "(6)": ("must_not: tell thing", "when: it.due <= today", "despite: (3)")})
    assert _told(found) == set()


def test_a_ban_and_a_power_on_disjoint_cases_are_proved_never_to_meet() -> None:
    found = _deep(SOUND | {"(5)": ("must_not: keep thing", "when: it.kind is blue")})
    assert _told(found) == set() and found.disjoint == 1


def test_a_conflict_is_shown_by_a_case_with_nothing_in_it_that_is_not_needed() -> None:
    law = SOUND | {"(5)": ("must_not: keep thing", "when: it.d")}
    (conflict,) = _deep(law).findings
    assert conflict.case is not None
    assert set(conflict.case.facts) in ({"it.kind", "it.d"}, {"it.kind", "it.d", "it.used"})
    decided = book(*(rule(at, *parts) for at, parts in law.items())).decide(KEEP, conflict.case.facts, trusted=True)
    assert decided.verdict is Verdict.CONFLICT and set(conflict.cites) == set(decided.citations)


def test_a_verdict_that_a_rule_is_about_and_no_case_has_is_told() -> None:
    law: Law = {"(1)": ("may: keep thing", "when: it.a"), "(2)": ("must_not: keep thing", "despite: (1)")}
    assert ("verdict-never-had", KEEP, "act/1(1)", "proved") in _told(_deep(law))


def test_a_power_of_one_is_cited_where_that_one_is_asked_about_and_others_must() -> None:
    law: Law = {"(1)": ("may: tell thing", "by: doctor"), "(2)": ("must: tell thing", "by: warden")}
    assert _told(_deep(law)) == set()
    nobody = {"(1)": ("may: tell thing",), "(2)": law["(2)"]}
    assert ("never-cited", TELL, "act/1(1)", "proved") in _told(_deep(nobody))


def test_an_exemption_that_leaves_what_is_forbidden_else_permitted_is_one() -> None:
    law: Law = {"(1)": ("must: do thing", "when: it.a"), "(2)": ("need_not: do thing", "when: it.b", "despite: (1)")}
    assert _told(_deep(law)) == set()
    alone: Law = {"(1)": ("may: do thing", "when: it.a"), "(2)": ("need_not: do thing", "when: it.b")}
    assert ("verdict-never-had", DO, "act/1(2)", "proved") in _told(_deep(alone))


def test_no_verdict_is_missed_that_only_wording_not_held_is_about() -> None:
    law: Law = {
        "(1)": ("may: do thing", "not_held: replaced by Act No. 2", "until: 2015-01-01"),
        "(2)": ("must: do thing", "when: it.a", "since: 2015-01-01"),
    }
    assert "verdict-never-had" not in {kind for kind, *_ in _told(_deep(law))}


def test_a_question_of_an_older_version_matters_there() -> None:
    law: Law = SOUND | {
        "(5)": ("must_not: burn thing", "when: it.a and it.d", "until: 2015-01-01"),
        "(6)": ("may: burn thing", "when: it.a"),
    }
    idle = {one.subject for one in _deep(law).findings if one.kind == "question-never-matters"}
    assert "it.d" not in idle
    without = law | {"(5)": ("must_not: burn thing", "when: it.a and it.d and not it.d", "until: 2015-01-01")}
    assert {one.kind for one in _deep(without).findings if one.subject == "burn thing"} >= {"dead-rule"}


def test_only_the_actions_named_are_asked_about() -> None:
    law = SOUND | {"(5)": ("must_not: tell thing", "when: it.count > 3 and it.count < 2")}
    rulebook = book(*(rule(at, *parts) for at, parts in law.items()))
    assert check_deeply(rulebook, actions=[DO]).findings == ()
    assert check_deeply(rulebook, actions=[TELL]).actions == 1


def test_running_out_of_steps_is_told_and_nothing_is_claimed() -> None:
    found = check_deeply(book(*(rule(at, *parts) for at, parts in SOUND.items())), steps=1)
    assert set(found.open_.values()) == {"the solver ran out of steps"}
    assert {one.sure for one in found.findings} <= {"case"}


def test_running_out_of_steps_about_one_bearer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def one_bearer(whole: Component, by: str, vocabulary: Vocabulary) -> Component:
        asked.append(by)
        return for_bearer(whole, by, vocabulary)

    def out_of_steps(search: Search, wanted: Mapping[Any, Term], *seen: Any) -> tuple[set[Any], set[Any]]:
        return (set(), set(wanted)) if asked else never(search, wanted, *seen)

    monkeypatch.setattr(check, "for_bearer", one_bearer)
    monkeypatch.setattr(check, "never", out_of_steps)
    law = book(rule("(1)", "may: tell thing", "by: doctor"), rule("(2)", "must: tell thing", "by: warden"))
    assert check_deeply(law, actions=[TELL]).open_ == {TELL: "the solver ran out of steps"}
    assert asked


def test_provisions_of_laws_outside_count_among_the_cases() -> None:
    found = check_deeply(shipped(), actions=["conduct summary_admission"])
    assert "dead-rule" not in {one.kind for one in found.findings}


def test_an_earlier_wording_that_is_not_held_is_not_told_to_decide_nothing() -> None:
    found = check_deeply(shipped(), actions=["answer advisory_inquiry"])
    assert found.findings == ()


def test_bounds_on_periods_by_days_and_by_hours_are_told_once() -> None:
    said = "periods with first and last day{}, without suspensions and counted as declared"
    days, hours = said.format(""), said.format(", or moment where they are counted by hours")
    assert told_together([days, "every fact stated", hours]) == f"every fact stated; {hours}"
    assert told_together([days]) == days
