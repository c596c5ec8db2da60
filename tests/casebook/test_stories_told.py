"""Cases that go on from one another, and what an assessment says has changed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from mutandis.api import Rulebook
from mutandis.rulebook.case_file import CaseFile, read_cases
from mutandis.rulebook.rereading import Rereading
from mutandis_tools.casebook.run import CaseOutcome, run_case
from mutandis_tools.commands.coverage import tried_cases
from mutandis_tools.comparison.outcomes import Side, compare_outcomes
from mutandis_tools.location import Location
from mutandis_tools.opening import Opened, find_faults, open_kept, open_rulebook
from mutandis_tools.renaming.names import rename_case

BOOK = Path(__file__).parents[1] / "fixtures" / "diagnostics" / "no-case-before" / "good"
STORY = """\
case: A visit begins
law: act
facts:
  visit: {in_progress: yes}
ask: {assess: yes, by: warden}
expect: {may: [suspend visit]}
---
case: It goes on
after: A visit begins
law: act
ask: {assess: yes, by: warden}
expect: {must: [], may: [], must_not: [], no_longer: []}
---
case: It is over
after: It goes on
law: act
facts:
  visit.in_progress: no
ask: {assess: yes, by: warden}
expect: {EXPECTED}
"""


@pytest.fixture(scope="module")
def opened() -> Opened:
    return open_rulebook(BOOK)


def story(expected: str = "no_longer: [suspend visit]") -> tuple[CaseFile, ...]:
    read = read_cases(STORY.replace("EXPECTED", expected), "act/cases/story.yaml")
    assert read.diagnostics == ()
    return read.cases


def run(opened: Opened, case: CaseFile) -> CaseOutcome:
    assert opened.linked.program is not None
    return run_case(opened, Rulebook(opened.linked.program), case)


def test_facts_hold_on_until_the_story_says_otherwise() -> None:
    begins, goes_on, over = story()
    assert goes_on.facts == {"visit.in_progress": "yes"}
    assert goes_on.places["visit.in_progress"] == begins.places["visit.in_progress"]
    assert over.facts == {"visit.in_progress": "no"}
    assert over.places["visit.in_progress"].line > goes_on.span.line
    assert (over.after, goes_on.after, begins.after) == (goes_on, begins, None)


def test_a_story_passes_where_every_change_is_told(opened: Opened) -> None:
    assert [run(opened, case).status for case in story()] == ["passed"] * 3


@pytest.mark.parametrize(
    ("expected", "told"),
    [
        ("no_longer: []", "no_longer: expected nothing, got also suspend visit"),
        ("must_not: [suspend visit]", "must_not: expected suspend visit, got nothing"),
        ("may: [suspend visit]", "may: expected suspend visit, got nothing"),
    ],
)
def test_what_changes_is_compared_whole(opened: Opened, expected: str, told: str) -> None:
    assert [str(one) for one in run(opened, story(expected)[-1]).differences] == [told]


@pytest.fixture
def told(tmp_path: Path) -> Path:
    """A copy of the rulebook with the story in it."""
    shutil.copytree(BOOK, tmp_path / "book")
    (tmp_path / "book" / "act" / "cases" / "story.yaml").write_text(STORY.replace("EXPECTED", "may: []"), "utf-8")
    return tmp_path / "book"


def test_kept_cases_go_on_from_one_another(told: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    first, again = (open_kept(Location(told, "named")) for _ in range(2))
    assert first is not again and first.cases.cases == again.cases.cases
    assert [case.after is not None for case in again.cases.cases if "story" in case.span.file] == [False, True, True]


def test_a_case_is_renamed_where_others_go_on_from_it(told: Path) -> None:
    opened = open_rulebook(told)
    renamed = rename_case(opened, "act/cases/story.yaml", "It goes on", "It lasts", Rereading())
    (text,) = renamed.texts.values()
    assert "case: It lasts\n" in text and "after: It lasts\n" in text and "goes on" not in text


def test_an_assessment_tries_what_it_expects(told: Path) -> None:
    opened = open_rulebook(told)
    assert opened.linked.program is not None
    actions = {one.name: one.actions for one in tried_cases(opened, opened.linked.program)}
    assert [actions[f"act/cases/story.yaml:{line}"] for line in (1, 8, 14)] == [("suspend visit",), (), ()]


def test_an_assessment_is_put_to_both_rulebooks(told: Path, tmp_path: Path) -> None:
    shutil.copytree(told, tmp_path / "new")
    article = tmp_path / "new" / "act" / "001-suspension.yaml"
    article.write_text(article.read_text("utf-8").replace("may: suspend visit", "must: suspend visit"), "utf-8")
    old, new = open_rulebook(told), open_rulebook(tmp_path / "new")
    assert old.linked.program is not None and new.linked.program is not None
    sides = Side(old, Rulebook(old.linked.program)), Side(new, Rulebook(new.linked.program))
    (first, *_) = story()
    (change,) = compare_outcomes(*sides, [first], {("action", "suspend visit")})
    assert change.case.name == "A visit begins" and change.changes_verdict


def test_an_action_that_the_vocabulary_does_not_have_is_told(told: Path) -> None:
    file = told / "act" / "cases" / "story.yaml"
    file.write_text(STORY.replace("EXPECTED", "must: [suspend vist]"), "utf-8")
    (fault,) = find_faults(open_rulebook(told))
    assert (fault.slug, fault.message) == ("unknown-question", "the vocabulary has no action `suspend vist`")
    assert (fault.help, fault.span.line) == ("did you mean `suspend visit`?", 20)


def test_that_there_is_none_ends_what_was_said_in_part_and_the_other_way_round() -> None:
    text = """\
case: A visit begins
law: act
facts:
  visit: {in_progress: yes}
ask: {assess: yes}
---
case: There is none
after: A visit begins
law: act
facts: {visit: none}
ask: {assess: yes}
---
case: There is one again
after: There is none
law: act
facts: {visit.in_progress: no}
ask: {assess: yes}
"""
    cases = read_cases(text, "act/cases/story.yaml").cases
    assert [case.facts for case in cases[1:]] == [{"visit": "none"}, {"visit.in_progress": "no"}]
