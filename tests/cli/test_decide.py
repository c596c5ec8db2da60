"""`mutandis decide`, `assess` and `explain`: the answer with all that it rests on."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

from tests.cli.conftest import Run
from tests.evaluate import test_member_definitions as ferry

from mutandis.decide.result import Limit
from mutandis.values import Duration
from mutandis_tools.report.decision_outline import margin_in_words

CASE = """\
case: A guest
law: statute
facts: {reader.class: guest, reader.fees_owed: 0 won}
ask: {decide: lend book}
"""


def test_a_decision_shows_verdict_provisions_and_limits_with_margin(run: Run) -> None:
    result = run("decide", "an-adult-asks")
    assert result.exit_code == 0
    assert "lend the book: permitted\n" in result.output
    assert "Statute Art. 1 (1) 1  Books are lent to readers on two grounds." in result.output
    assert "by librarian, to reader" in result.output
    assert "days of the loan at most 30 days; asked 10 days, 20 days left (the tightest)" in result.output


def _overdue(folder: Path) -> Path:
    """A book that is overdue, holidays known."""
    path = folder / "overdue.yaml"
    facts = "facts: {book: {lent_on: 2020-01-15, asked_for_by_another: yes, returned_on: none}}"
    head = "case: A book asked for by another is due\nlaw: statute\nat: 2020-03-01\nholidays: []"
    path.write_text(f"{head}\n{facts}\nask: {{decide: return book}}\n")
    return path


def test_a_duty_shows_when_it_was_due_its_breach_and_its_penalty(run: Run, tmp_path: Path) -> None:
    output = run("decide", _overdue(tmp_path)).output
    assert "by 2020-02-24, passed" in output
    assert "fine of up to 5000 won, for Statute Art. 1 (2)" in output
    assert "The statute does not say whether the day of lending counts." in output


def test_what_is_missing_and_no_fact_says_what_to_give_and_where(run: Run, tmp_path: Path) -> None:
    known = _overdue(tmp_path)
    path = tmp_path / "open.yaml"
    path.write_text(known.read_text().replace("holidays: []\n", "").replace("2020-01-15", "2031-01-15"))
    output = run("decide", str(path), "--at", "2031-03-01").output
    assert "(beside the facts: `holidays: [2031-01-01]`, or `[]`)\n      holidays, for Statute Art. 1 (2)" in output
    output = " ".join(run("explain", str(path), "--at", "2031-03-01").output.split())
    assert "(beside the facts: `holidays: [2031-01-01]`, or `[]`), for Statute Art. 1 (2)" in output


def test_an_applied_provision_shows_its_chain_and_its_construal(run: Run) -> None:
    output = run("decide", "a-map").output
    assert "permitted at most 30 days, Statute Art. 1 (1)" in output
    assert "through Statute Art. 2 → Statute Art. 1 (1) 1" in output
    assert "Statute Art. 2 reads book as map" in output


def test_what_gave_way_and_to_what_is_shown(run: Run) -> None:
    assert "Statute Art. 1 (1)  beaten by Statute Art. 1 (1), proviso" in run("decide", "fees").output


def test_facts_on_the_command_line_go_over_those_of_the_case(run: Run) -> None:
    output = run("decide", "fees", "-f", "reader.fees_owed=0 won", "-f", "loan.length=31 days").output
    assert "lend the book: forbidden\n" in output
    assert "asked 31 days, 1 day too much" in output


def test_an_action_can_be_decided_without_a_case(run: Run) -> None:
    output = run("decide", "--action", "repair book", "-f", "book.damaged=yes").output
    assert "repair the book: required" in output
    assert "without delay" in output


def test_missing_facts_are_asked_in_the_words_of_the_vocabulary(run: Run) -> None:
    output = run("decide", "--action", "repair book").output
    assert "undetermined: not settled" in output
    assert "still possible: required, or silent (not regulated); facts are missing" in output
    assert "Missing\n  Is the item damaged?\n      book.damaged, for Statute Art. 3\n" in output


def test_json_is_the_decision_itself(run: Run) -> None:
    decision = json.loads(run("decide", "fees", "--json").stdout)
    assert decision["verdict"] == "forbidden"
    assert decision["cited"][0]["provisions"] == ["statute/1(1) proviso"]


def test_markdown_has_a_heading_for_the_case(run: Run) -> None:
    output = run("decide", "fees", "--markdown").stdout
    assert output.startswith("## Fees bar a loan\n")
    assert "**lend the book: forbidden**" in output


def test_a_case_file_is_decided_in_full(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "cases.yaml"
    path.write_text(CASE + "---\n" + CASE.replace("A guest", "Another guest"))
    result = run("decide", path)
    assert result.exit_code == 0
    assert result.output.count("lend the book: forbidden by default: nothing encoded permits it") == 2
    assert len(json.loads(run("decide", path, "--json").stdout)) == 2


def test_a_fact_that_the_vocabulary_lacks_is_told_with_the_file(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(CASE.replace("reader.class", "reader.klass"))
    result = run("decide", path)
    assert result.exit_code == 1
    assert "MUT130 unknown-fact" in result.output
    assert "case.yaml:3:" in result.output


def test_a_beginning_that_several_cases_share_is_refused_with_their_names(run: Run) -> None:
    result = run("decide", "a")
    assert result.exit_code == 2
    assert "an-adult-asks-for-a-book-for-ten-days" in result.output


def test_wrong_use_is_told_in_plain_words(run: Run) -> None:
    assert "no case is called `zebra`" in run("decide", "zebra").output
    action = run("decide", "lend book")
    assert "that is an action: `mutandis decide --action 'lend book'` asks about it" in action.output
    assert "there is no file `no.yaml`" in run("decide", "no.yaml").output
    assert "`days` is no fact" in run("decide", "fees", "-f", "days").output
    assert "there is no day `2020-02-30`" in run("decide", "fees", "--at", "2020-02-30").output
    assert "nothing to ask about" in run("decide").output
    for arguments in (["zebra"], ["no.yaml"], ["fees", "-f", "days"], ["fees", "--at", "2020-02-30"], []):
        assert run("decide", *arguments).exit_code == 2


def test_the_cases_can_be_listed(run: Run) -> None:
    output = run("decide", "--list").output.splitlines()
    assert "fees-bar-a-loan" in output
    assert len(output) == 8


def test_an_assessment_groups_all_actions(run: Run, tmp_path: Path) -> None:
    output = run("assess", _overdue(tmp_path)).output
    assert (
        "Must be done\n  return the book (by reader)  Statute Art. 1 (2)\n    due by 2020-02-24, passed; not done\n"
        in output
    )
    assert "breached Statute Art. 1 (2), not met: " in output
    assert "more turn on facts that are not known" in output
    assert "missing Is the item damaged?" in run("assess", "asked-for-by-another", "--open").output
    told = json.loads(run("assess", "asked-for-by-another", "--json").stdout)
    assert [d["action"] for d in told] == ["return book"]


def test_an_assessment_can_keep_to_one_law(run: Run) -> None:
    assert "return the book" in run("assess", "asked-for-by-another", "--law", "statute").output
    assert run("assess", "asked-for-by-another", "--law", "nothing").exit_code == 2


def test_an_assessment_goes_in_the_order_of_the_law(run_on_the_laws: Run, tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(
        "case: Taken to the office\nlaw: probation-decree\nat: 2022-03-02\nask: {assess: everything}\nfacts:\n"
        "  supervised_person: {standing: probationer, arrested_by_officer: yes, taken_to_office: yes}\n"
    )
    told = run_on_the_laws("assess", path).output
    once, goes_on = told.split("Must be done as long as the grounds hold\n")
    assert "Probation Decree Art. 27 (1)" in once
    places = ["Probation Decree Art. 4 (2)", "Probation Decree Art. 6-2 (1)", "Probation Decree Art. 48"]
    assert sorted(places, key=goes_on.index) == places
    assert "Juvenile Decree" not in told


def test_an_explanation_goes_from_the_verdict_to_each_fact(run: Run) -> None:
    output = run("explain", "fees").output
    assert "lend the book: forbidden\n├─ Statute Art. 1 (1), proviso applies: must not." in output
    assert "│  └─ the fees owed of the reader are more than 10,000 won: yes (10001 won)\n" in output
    assert "│  ├─ gives way to Statute Art. 1 (1), proviso" in output


def test_an_explanation_can_keep_to_what_carries_the_verdict(run: Run) -> None:
    whole, brief = run("explain", "a-child").output, run("explain", "a-child", "--brief").output
    assert "the class of the reader is adult reader: no (child)" in whole
    assert "the class of the reader is adult reader" not in brief
    assert run("explain", "fees", "--markdown").output.startswith("## lend the book: forbidden\n")


def test_a_condition_that_fails_is_told_with_the_value_it_turned_on(run: Run) -> None:
    told = run("decide", "-a", "lend book", "-f", "loan.length=40 days", "-f", "reader.class=adult").output
    assert "at most 30 days (40 days)" in " ".join(told.split())


def test_a_condition_is_told_with_what_follows_and_with_the_members_of_a_list(run: Run, tmp_path: Path) -> None:
    book = tmp_path / "market" / "stall"
    book.mkdir(parents=True)
    (book / "law.yaml").write_text(
        "law: stall\ntitle: Stalls\nshort: Stalls\nrank: 1\n"
        "instruments: [{id: A, promulgated: 2020-01-01, enforced: 2020-01-01}]\n"
    )
    (book / "vocabulary.yaml").write_text(
        """\
terms:
  crate: {label: crate, attributes: {weight: {type: count, question: How heavy?}}}
  stall:
    label: stall
    attributes:
      days: {type: duration, unit: days, question: How long?}
      most: {type: duration, unit: days, label: most days}
      crates: {type: list of crate, question: Which crates?}
actions:
  open stall: {label: open the stall, default: forbidden}
"""
    )
    (book / "001-stalls.yaml").write_text(
        """\
law: stall
article: 1
title: Stalls
rules:
  - at: (1)
    summary: Opened for so long.
    may: open stall
    requires: [stall.days <= stall.most, every x in stall.crates has (x.weight < 5)]
  - {at: (2), summary: Three days., define: stall.most, as: 3 days}
"""
    )
    facts = ["-f", "stall.days=4 days", "-f", "stall.crates=[{weight: 4}, {weight: 9}]"]
    told = " ".join(run("decide", "-r", str(tmp_path / "market"), "-a", "open stall", *facts).output.split())
    assert "(days of the stall: 4 days; most days: 3 days)" in told
    assert "not met: weight of the crate, crates of the stall, no. 2 less than 5; asked 9, 4 too much" in told
    none = run("decide", "-r", str(tmp_path / "market"), "-a", "open stall", *facts[:2], "-f", "stall.crates=[]").output
    assert "()" not in none


def test_an_hour_too_much_is_told_as_one() -> None:
    evening = dt.datetime(2020, 3, 5, 20)
    limit = Limit("n", "act/96(3)", "confinement.whole", "at_most", evening, evening, evening, None)
    for later, told in ((1, "1 hour too much"), (0, "0 minutes left"), (-27, "1 day 3 hours left")):
        margin = replace(limit, actual=evening + dt.timedelta(hours=later), margin=Duration(0, "days"))
        assert margin_in_words(margin) == told


def test_a_member_that_states_against_a_definition_is_a_fault_at_its_place(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "book" / "ferry"
    folder.mkdir(parents=True)
    (folder / "law.yaml").write_text(ferry.LAW)
    (folder / "vocabulary.yaml").write_text(ferry.VOCABULARY)
    rules = ferry.QUALIFIED + ferry.SAILS
    (folder / "001-crew.yaml").write_text(f"law: ferry\narticle: 1\ntitle: Crew\nrules:{rules}")
    case = tmp_path / "crew.yaml"
    case.write_text(
        "case: One licensed by word alone\nlaw: ferry\nat: 2023-01-01\n"
        "facts:\n  ferry.crew:\n    - {age: 30, licensed: yes}\n    - {age: 30, licensed: no, qualified: yes}\n"
        "ask: {decide: let_sail ferry}\n"
    )
    told = run("decide", "-r", str(tmp_path / "book"), str(case))
    assert told.exit_code == 1
    assert "error MUT131 derived-fact-given: `ferry.crew[2].qualified` is stated" in told.output
    assert "crew.yaml:7:42" in told.output and "leave it out" in told.output
