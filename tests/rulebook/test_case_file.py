"""Case files: facts as written with their places, one question, what is expected."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from mutandis.rulebook.case_file import CaseFile, load_cases, read_cases
from mutandis.rulebook.case_question import Ask, ExpectedLimit

CASE = """\
case: Eight days for an illness
tests: [77(1), 77(2) to 77(3)]
law: act
at: 2020-03-01
facts:
  inmate.class: sentenced
  temporary_release: {days: 8 days}
  confinement:
    extensions:
      - {period: {from: 2020-01-01}}
ask: {decide: grant temporary_release, by: warden}
expect:
  verdict: permitted
  cites: [77(1)1]
  missing: []
  limits: [{at: 77(1), parameter: temporary_release.days, at_most: 20 days, margin: 12 days}]
"""


def only(text: str) -> CaseFile:
    read = read_cases(text, "act/cases/077.yaml")
    assert read.diagnostics == ()
    (case,) = read.cases
    return case


def test_facts_stay_as_written() -> None:
    assert only(CASE).facts == {
        "inmate.class": "sentenced",
        "temporary_release": {"days": "8 days"},
        "confinement": {"extensions": [{"period": {"from": "2020-01-01"}}]},
    }


def test_what_penalties_threaten_is_kept_as_the_rule_writes_it() -> None:
    written = CASE.replace("  missing: []\n", "  threatens: [labour up to  2 years, fine up to 500 won]\n")
    assert only(written).expect.listed("threatens") == ("labour up to 2 years", "fine up to 500 won")
    assert only(written.replace("[labour up to  2 years, fine up to 500 won]", "[]")).expect.listed("threatens") == ()
    read = read_cases(written.replace("decide: grant", "when: grant"), "act/cases/077.yaml")
    assert "`threatens` is expected, and `when` does not tell it" in [one.message for one in read.diagnostics]


def test_every_fact_has_its_place_by_dotted_name() -> None:
    places = {name: f"{span.line}:{span.column}" for name, span in only(CASE).places.items()}
    assert places["inmate.class"] == "6:17"
    assert places["temporary_release.days"] == "7:29"
    assert places["confinement.extensions[1].period.from"] == "10:25"


def test_citations_are_absolute_and_expectations_kept() -> None:
    case = only(CASE)
    assert [str(t) for t in case.tests] == ["act/77(1)", "act/77(2) to act/77(3)"]
    assert case.ask == Ask("decide", "grant temporary_release", "warden")
    assert case.expect.verdict == "permitted"
    assert case.expect.listed("cites") == ("act/77(1)1",)
    assert case.expect.listed("missing") == ()
    assert case.expect.listed("irrelevant") is None
    assert case.expect.limits == (
        ExpectedLimit("act/77(1)", "temporary_release.days", "at_most", "20 days", "12 days"),
    )


def test_a_case_is_at_a_day_or_a_moment() -> None:
    assert only(CASE).at == dt.date(2020, 3, 1)
    assert only(CASE.replace("at: 2020-03-01", "at: 2020-03-01T10:30")).at == dt.datetime(2020, 3, 1, 10, 30)


@pytest.mark.parametrize("ask", ["{assess: yes}", "{assess: all, by: warden}", "{assess: {}}"])
def test_assess_may_be_about_everything(ask: str) -> None:
    asked = CASE.replace("{decide: grant temporary_release, by: warden}", ask)
    case = only(asked.partition("expect:")[0])  # a verdict is none of an assessment
    assert (case.ask.question, case.ask.subject) == ("assess", "")


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("facts:", "fact:", ("unknown-key", 5, 1)),
        ("law: act\n", "", ("missing-key", 1, 1)),
        ("at: 2020-03-01", "at: 2020-02-30", ("bad-date", 4, 5)),
        ("at: 2020-03-01", "at: 2020-03-01T25:00", ("bad-date", 4, 5)),
        ("[77(1),", "[77 (1),", ("bad-citation", 2, 9)),
        ("decide: grant temporary_release,", "", ("wrong-shape", 11, 6)),
        ("verdict: permitted", "verdict: allowed", ("unknown-value", 13, 12)),
        ("cites: [77(1)1]", "cites: [seven]", ("bad-citation", 14, 11)),
        ("at_most: 20 days", "at_most: 20 days, at_least: 1 day", ("wrong-shape", 16, 12)),
        ("temporary_release: {days: 8 days}", "temporary_release: *x", ("anchor-or-alias", 7, 22)),
    ],
)
def test_a_faulty_case_is_found_at_its_place(old: str, new: str, found: tuple[str, int, int]) -> None:
    assert old in CASE
    read = read_cases(CASE.replace(old, new, 1), "act/cases/077.yaml")
    assert [(d.slug, d.span.line, d.span.column) for d in read.diagnostics] == [found]
    assert read.cases == ()


def test_two_cases_of_one_name_are_refused() -> None:
    assert [d.slug for d in read_cases(CASE + "---\n" + CASE, "c.yaml").diagnostics] == ["duplicate-declaration"]


def test_cases_are_read_from_the_cases_folders_of_the_laws(tmp_path: Path) -> None:
    for name in ("act/cases/b.yaml", "act/cases/deeper/a.yaml", "act/077.yaml"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(CASE + f"note: {name}\n", encoding="utf-8")
    read = load_cases(tmp_path)
    assert [case.note for case in read.cases] == ["act/cases/b.yaml", "act/cases/deeper/a.yaml"]
    assert set(read.files) == {"act/cases/b.yaml", "act/cases/deeper/a.yaml"}
