"""The stories of the decrees, read as one law: what holds at a moment agrees with what each question is answered."""

from __future__ import annotations

from functools import cache

import pytest
from tests.shipped import shipped_opened

from mutandis.api import Rulebook
from mutandis.backends.sparing import sparing
from mutandis.decide.result import Verdict
from mutandis.rulebook.case_file import CaseFile
from mutandis_tools.casebook.ask import decide_case
from mutandis_tools.opening import read_case

LAWS = ("juvenile-decree", "probation-decree")


@cache
def stories() -> dict[str, tuple[CaseFile, ...]]:
    """The moments of each story of the decrees, in their order, by file."""
    told: dict[str, tuple[CaseFile, ...]] = {}
    for case in shipped_opened().cases.cases:
        if case.law in LAWS and "/story-" in case.span.file:
            told[case.span.file] = (*told.get(case.span.file, ()), case)
    return told


JUVENILE = (
    "1a-admission",
    "1b-discipline-illness-transfer",
    "1c-outings-work-release",
    "2-committed-juvenile",
    "3-visitors-gifts-and-data",
)
PROBATION = ("1-a-parolee", "2-community-service", "3-after-prison")
NAMES = [
    *(f"juvenile-decree/cases/story-{name}.yaml" for name in JUVENILE),
    *(f"probation-decree/cases/story-{name}.yaml" for name in PROBATION),
]


def test_each_decree_has_three_stories() -> None:
    assert sorted(stories()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_story_goes_on_and_never_back(name: str) -> None:
    days = [str(case.at)[:10] for case in stories()[name]]
    assert days == sorted(days)
    assert all(case.name.startswith(day) for case, day in zip(stories()[name], days, strict=True))


@pytest.mark.parametrize("name", NAMES)
def test_what_holds_at_a_moment_is_one_law(name: str) -> None:
    program = shipped_opened().linked.program
    assert program is not None
    decider, rulebook = sparing(program), Rulebook(program)
    moments = stories()[name]
    for case in (*moments[::5], moments[-1]):
        facts = read_case(shipped_opened(), case).facts
        assessed = {one.action: one for one in decider.assess(facts, at=case.at)}
        assert [one.action for one in assessed.values() if one.verdict is Verdict.CONFLICT] == [], case.name
        if case.ask.question == "decide" and not case.ask.by and case.ask.subject in assessed:
            decided = decide_case(rulebook, case, facts)
            assert assessed[case.ask.subject].verdict is decided.verdict, case.name
            assert assessed[case.ask.subject].citations == decided.citations, case.name
