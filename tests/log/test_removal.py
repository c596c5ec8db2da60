"""What must not be kept is taken out, the chain stays whole, and an entry tells who did it and why."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from tests.log.conftest import ADULT, draft_of
from typer.testing import CliRunner

from mutandis import Rulebook
from mutandis.decide.record import DecisionRecord
from mutandis.diagnostics import MutandisError
from mutandis_log import DecisionLog, Draft
from mutandis_log.entry import ANSWER
from mutandis_log.export import COLUMNS, export
from mutandis_log.removal import OF_VALUES, prune, redact
from mutandis_log.verify import verify
from mutandis_tools.main import build_app


@pytest.fixture
def two(log: DecisionLog, book: Rulebook) -> DecisionLog:
    log.append(draft_of(book), draft_of(book, {**ADULT, "loan.length": "12 days"}))
    return log


def test_a_redacted_fact_is_gone_with_all_that_betrays_it_and_the_chain_is_whole(two: DecisionLog) -> None:
    told = redact(two, {"loan.length"}, because="asked for", who="kim", numbers=[2])
    assert told is not None and told.question["because"] == "asked for" and told.asker == "kim"
    first, second, _ = two.entries()
    assert not first.redacted and "loan.length" in first.facts
    assert "facts.loan.length" in second.redacted
    assert {"reader.class", "reader.fees_owed"} == set(second.facts)
    assert "12 days" not in json.dumps(second.facts) + second.answer
    assert second.verdict == "permitted"
    assert "cited" in second.said(ANSWER) and not OF_VALUES & second.said(ANSWER).keys() & {"limits"}
    found = verify(two)
    assert (found.faults, found.redacted, found.entries) == ((), 1, 3)
    with pytest.raises(MutandisError, match="no whole decision"):
        second.record()
    assert redact(two, {"loan.length"}, because="again", who="kim", numbers=[2]) is None


def test_what_was_redacted_is_nowhere_in_the_files(tmp_path: Path, book: Rulebook) -> None:
    log = DecisionLog(tmp_path / "decisions.sqlite")
    log.append(draft_of(book, {**ADULT, "loan.length": "23 days"}))
    assert any(b"23 days" in path.read_bytes() for path in tmp_path.iterdir())
    redact(log, {"loan"}, because="asked for", who="kim")
    assert not any(b"23 days" in path.read_bytes() for path in tmp_path.iterdir())
    assert verify(log).faults == ()


def test_a_term_means_all_its_facts_and_a_fact_alone_only_itself(two: DecisionLog) -> None:
    redact(two, {"reader"}, because="asked for", who="kim")
    assert all(set(entry.facts) == {"loan.length"} for entry in two.entries(numbers=[1, 2]))
    assert verify(two).faults == ()


def test_pruned_entries_leave_their_place_and_others_everything(two: DecisionLog, book: Rulebook) -> None:
    redact(two, {"loan.length"}, because="asked for", who="kim", numbers=[1])
    *_, kept = two.entries()
    told = prune(two, "9999-01-01", because="time is over", who="kim")
    assert told is not None and told.question["ranges"] == [[1, 2]] and told.question["entries"] == 2
    first, second, redaction, pruning = two.entries()
    assert first.is_pruned and second.is_pruned and not first.leaves and not first.question
    assert (redaction, pruning) == (kept, told)
    found = verify(two)
    assert (found.faults, found.pruned, found.entries) == ((), 2, 4)
    assert prune(two, "9999-01-01", because="time is over", who="kim") is None
    two.append(draft_of(book))
    assert verify(two).faults == ()


def test_what_a_pruned_entry_was_cannot_be_exchanged(two: DecisionLog) -> None:
    prune(two, "9999-01-01", because="time is over", who="kim")
    with two._engine.connect().execution_options(appends=True) as connection, connection.begin():
        connection.exec_driver_sql(f"UPDATE decision_log SET hash = '{'0' * 64}' WHERE seq = 2")
    assert {fault.seq for fault in verify(two).faults} == {3}


def test_only_what_is_older_is_pruned(two: DecisionLog) -> None:
    assert prune(two, "2000-01-01", because="time is over", who="kim") is None


def test_an_export_has_every_entry_and_its_records_are_decided_again(two: DecisionLog, book: Rulebook) -> None:
    redact(two, {"loan.length"}, because="asked for", who="kim", numbers=[2])
    lines = [json.loads(line) for line in export(two.entries(), "jsonl")]
    assert [one["kind"] for one in lines] == ["decision", "decision", "redaction"]
    assert lines[1]["redacted"] and "loan.length" not in lines[1]["facts"]
    (record,) = [DecisionRecord.of_data(json.loads(line)) for line in export(two.entries(), "records")]
    assert book.decide_again(record).is_identical
    header, *rows = csv.reader(io.StringIO("".join(export(two.entries(), "csv"))))
    assert tuple(header) == COLUMNS and len(rows) == 2
    assert rows[0][header.index("citations")] == "statute/1(1)1"


def test_a_spreadsheet_runs_nothing_of_an_export(log: DecisionLog) -> None:
    log.append(Draft("decision", "=1+1", {"action": "lend book"}, {"answer.verdict": '"silent"'}))
    assert "'=1+1" in "".join(export(log.entries(), "csv"))


def test_the_commands_check_mark_redact_prune_and_export(tmp_path: Path, book: Rulebook) -> None:
    place = tmp_path / "decisions.sqlite"
    log = DecisionLog(place)
    (entry, _) = log.append(draft_of(book), draft_of(book))
    app = build_app()

    def run(*arguments: str) -> tuple[int, str]:
        done = CliRunner().invoke(app, ["log", arguments[0], str(place), *arguments[1:]])
        return done.exit_code, done.output

    assert run("verify", "--receipt", entry.receipt)[0] == 0
    assert json.loads(run("verify", "--json")[1])["whole"] is True
    assert run("verify", "--receipt", f"1:{'0' * 64}")[0] == 1
    assert run("verify", "--receipt", "1:short")[0] == 2
    assert run("redact", "--because", "asked for")[0] == 2
    assert run("mark", "loan.length") == (0, "loan.length\n")
    assert run("redact")[0] == 2
    assert run("redact", "--before", "2020-02-31", "--because", "asked for")[0] == 2
    assert "did you mean `loan.length`?" in run("mark", "loan.lenght")[1]
    assert run("mark", "--remove", "loan.lenght") == (0, "loan.length\n")
    slip, told = run("redact", "--because", "asked for", "--fact", "loan.lenght")
    assert slip == 2 and "no entry states a fact `loan.lenght`" in told and "`loan.length`" in told
    assert "nothing to take out" in run("redact", "--because", "asked for", "--fact", "weather")[1]
    absent, told = run("redact", "--because", "asked for", "--entry", "1", "--entry", "9")
    assert absent == 2 and "the log has no entry 9" in told
    assert "2 entries" in run("redact", "--because", "asked for")[1]
    assert "nothing to take out" in run("redact", "--because", "asked for")[1]
    assert "2 entries" in run("prune", "--before", "9999-01-01", "--because", "over")[1]
    assert run("verify")[0] == 0
    assert len(run("export")[1].splitlines()) == 4
    assert run("export", "--format", "xml")[0] == 2
    assert "did you mean `permitted`?" in run("export", "--verdict", "permited")[1]
    missing = CliRunner().invoke(app, ["log", "verify", str(tmp_path / "none")])
    assert missing.exit_code == 2 and not (tmp_path / "none").exists()
