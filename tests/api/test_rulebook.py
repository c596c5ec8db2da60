"""The rulebook as a program uses it."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from mutandis.api import Rulebook
from mutandis.decide.result import Verdict
from mutandis.diagnostics import CaseError, MutandisError, RulebookError
from mutandis.facts import Facts

LAW = "law: act\ntitle: Visits Act\nshort: Act\nrank: 1\n"
VOCABULARY = """
terms:
  warden: {role: yes}
  officer: {kind_of: warden, role: yes}
  doctor: {role: yes}
  visit:
    attributes:
      in_progress: {type: yes/no, question: Is the visit taking place now?}
      noisy: {type: yes/no, question: Is it noisy?}
      disturbs: {type: yes/no}
      minutes: {type: duration, unit: minutes, parameter: yes, question: For how long?}
actions:
  suspend visit: {default: forbidden, by: warden}
  watch visit: {default: silent, by: doctor}
"""
ARTICLE = """
law: act
article: 1
title: Visits
rules:
  - at: (1)
    summary: A visit that disturbs may be stopped.
    may: suspend visit
    by: warden
    when: visit.in_progress
    grounds:
      1: visit.disturbs
    requires: visit.minutes <= 30 minutes
  - at: (2)
    summary: Noise disturbs.
    define: visit.disturbs
    when: visit.noisy
  - at: (3)
    summary: A doctor watches noisy visits.
    must: watch visit
    by: doctor
    when: visit.noisy
"""


def write(folder: Path, article: str = ARTICLE) -> Path:
    (folder / "act").mkdir()
    for name, text in (("law", LAW), ("vocabulary", VOCABULARY), ("001-visits", article)):
        (folder / "act" / f"{name}.yaml").write_text(text.lstrip(), encoding="utf-8")
    return folder


@pytest.fixture
def rulebook(tmp_path: Path) -> Rulebook:
    return Rulebook.load(write(tmp_path))


NOISY = {"visit": {"in_progress": "yes", "noisy": "yes", "minutes": "20 minutes"}}


def test_a_folder_is_loaded_and_decides_with_citations(rulebook: Rulebook) -> None:
    decision = rulebook.decide("suspend visit", NOISY)
    assert (decision.verdict, decision.citations) == (Verdict.PERMITTED, ("act/1(1)1",))
    assert decision.content_hash == rulebook.content_hash
    assert list(rulebook.laws) == ["act"]
    assert "visit.noisy" in rulebook.vocabulary.facts


def test_the_reference_and_the_compiled_rulebook_say_the_same(rulebook: Rulebook) -> None:
    for facts in (NOISY, {}, {"visit.noisy": "no"}, {"visit.minutes": 40}):
        for action in ("suspend visit", "watch visit"):
            found = rulebook.decide(action, facts, at=dt.date(2020, 3, 1))
            assert found == rulebook.decide(action, facts, at=dt.date(2020, 3, 1), reference=True)


def test_facts_may_be_mappings_records_checked_facts_or_trusted(rulebook: Rulebook) -> None:
    @dataclass
    class Visit:
        in_progress: bool
        noisy: bool
        minutes: int

    @dataclass
    class Case:
        visit: Visit

    native: dict[str, object] = {"visit.in_progress": True, "visit.noisy": True, "visit.minutes": 20}
    expected = rulebook.decide("suspend visit", NOISY)
    assert rulebook.decide("suspend visit", Case(Visit(True, True, 20))) == expected
    assert rulebook.decide("suspend visit", rulebook.read(NOISY)) == expected
    assert rulebook.decide("suspend visit", native, trusted=True) == expected
    checked = Facts(native)
    assert rulebook.read(checked) is checked


@pytest.mark.parametrize("at", [None, dt.date(2020, 3, 1), dt.datetime(2020, 3, 1, 10, 0)])
@pytest.mark.parametrize("by", [None, "warden", "doctor"])
@pytest.mark.parametrize("holidays", [None, ()])
def test_a_prepared_question_is_answered_as_the_same_question_asked_at_once(
    rulebook: Rulebook, at: dt.date | None, by: str | None, holidays: tuple[()] | None
) -> None:
    for action in ("suspend visit", "watch visit"):
        prepared = rulebook.prepare(action, at=at, by=by, holidays=holidays)
        trusting = rulebook.prepare(action, at=at, by=by, holidays=holidays, trusted=True)
        for facts in (NOISY, {}, {"visit.noisy": "no"}, {"visit.minutes": 40}):
            read = rulebook.read(facts)
            expected = rulebook.decide(action, facts, at=at, by=by, holidays=holidays)
            assert prepared(facts) == prepared(read) == trusting(read.native) == expected


def test_what_is_prepared_is_checked_then_and_its_facts_each_time(rulebook: Rulebook) -> None:
    with pytest.raises(CaseError, match="no action `stop visit`"):
        rulebook.prepare("stop visit")
    with pytest.raises(CaseError, match="no role `cook`"):
        rulebook.prepare("watch visit", by="cook")
    prepared = rulebook.prepare("suspend visit")
    with pytest.raises(CaseError, match="no fact `visit"):
        prepared({"visit.nosy": "yes"})


def test_a_decision_cannot_be_changed(rulebook: Rulebook) -> None:
    decision = rulebook.decide("suspend visit", NOISY)
    for name in ("verdict", "citations", "limits", "anything"):
        with pytest.raises(AttributeError):
            setattr(decision, name, None)
    with pytest.raises(AttributeError):
        decision.limits[0].margin = 0  # type: ignore[misc]  # frozen, as the type checker knows


def test_norms_of_other_bearers_are_left_out(rulebook: Rulebook) -> None:
    by = {role: rulebook.decide("suspend visit", NOISY, by=role).verdict for role in ("warden", "officer", "doctor")}
    assert by == {
        "warden": Verdict.PERMITTED,
        "officer": Verdict.PERMITTED,
        "doctor": Verdict.FORBIDDEN_BY_DEFAULT,
    }


def test_an_assessment_tells_every_action_that_the_law_speaks_to(rulebook: Rulebook) -> None:
    found = {d.action: d.verdict for d in rulebook.assess(NOISY)}
    assert found == {"suspend visit": Verdict.PERMITTED, "watch visit": Verdict.REQUIRED}
    assert rulebook.assess({"visit": "none"}) == ()
    assert [d.action for d in rulebook.assess(NOISY, by="doctor")] == ["watch visit"]


def test_the_value_of_a_fact_is_cited(rulebook: Rulebook) -> None:
    value = rulebook.value("visit.disturbs", {"visit.noisy": "yes"})
    assert (value.value, value.provisions) == (True, ("act/1(2)",))
    assert rulebook.value("visit.disturbs", {}).missing == ("visit.noisy",)


@pytest.mark.parametrize(
    ("ask", "help_"),
    [
        (lambda book: book.decide("suspend vist", {}), "`suspend visit`"),
        (lambda book: book.decide("suspend visit", {}, by="wardn"), "`warden`"),
        (lambda book: book.value("visit.disturb", {}), "`visit.disturbs`"),
    ],
)
def test_a_question_about_what_is_not_there_names_what_is_near(rulebook: Rulebook, ask: object, help_: str) -> None:
    with pytest.raises(CaseError) as raised:
        ask(rulebook)  # type: ignore[operator]  # a function of the rulebook
    (diagnostic,) = raised.value.diagnostics
    assert diagnostic.slug == "unknown-question"
    assert help_ in diagnostic.help


def test_facts_the_vocabulary_does_not_allow_are_all_told_at_once(rulebook: Rulebook) -> None:
    with pytest.raises(CaseError) as raised:
        rulebook.decide("suspend visit", {"visit.noisy": "perhaps", "visit.disturbed": True})
    assert [d.slug for d in raised.value.diagnostics] == ["unknown-fact", "wrong-fact-type"]


def test_a_moment_with_an_offset_is_refused(rulebook: Rulebook) -> None:
    with pytest.raises(MutandisError, match="local time"):
        rulebook.decide("suspend visit", {}, at=dt.datetime(2020, 3, 1, tzinfo=dt.UTC))
    with pytest.raises(MutandisError, match="by a day"):
        rulebook.decide("suspend visit", {}, law_as_of=dt.datetime(2020, 3, 1))


def test_a_rulebook_with_an_error_in_it_is_not_loaded(tmp_path: Path) -> None:
    with pytest.raises(RulebookError) as raised:
        Rulebook.load(write(tmp_path, ARTICLE.replace("when: visit.noisy", "when: visit.nosy")))
    assert {d.slug for d in raised.value.diagnostics} == {"unknown-name"}


def test_the_packaged_rulebook_loads() -> None:
    assert "act" in Rulebook.load().laws


def test_deciding_imports_no_third_party_library() -> None:
    script = (
        "import sys, mutandis.api, mutandis.backends.interpret\n"
        "wrong = {'lark', 'yaml', 'jsonschema', 'networkx', 'pydantic', 'rich', 'typer'} & set(sys.modules)\n"
        "sys.exit(len(wrong))"
    )
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, check=False).returncode == 0
