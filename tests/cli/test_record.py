"""`mutandis decide --record` and `--again`: decisions kept in a file, one a line, and decided again from it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run


def test_a_recorded_decision_is_decided_again_alike(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"
    assert run("decide", "fees", "--record", file).exit_code == 0
    assert run("decide", "an-adult-asks", "-f", "loan.length=31 days", "--record", file).exit_code == 0
    first, second = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert (first["action"], second["facts"]["loan.length"]) == ("lend book", "31 days")
    assert second["answer"]["verdict"] == "forbidden"
    result = run("decide", "--again", file)
    assert result.exit_code == 0
    assert [text.rpartition(" ")[2] for text in result.output.splitlines()] == ["identical", "identical"]


def test_what_is_different_now_is_told_with_its_place(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"
    run("decide", "an-adult-asks", "--record", file)
    data = json.loads(file.read_text(encoding="utf-8"))
    data["answer"]["verdict"], data["rulebook"] = "forbidden", "0" * 64
    file.write_text(json.dumps(data) + "\n\nno json\n[]\n", encoding="utf-8")
    result = run("decide", "--again", file)
    assert result.exit_code == 1
    assert "line 1: lend the book: permitted, different (another rulebook)\n" in result.output
    assert "  verdict: was forbidden, is permitted\n" in result.output
    assert "line 3: cannot be decided again\n  this line is no JSON" in result.output
    assert "line 4: cannot be decided again\n  this is no record of a decision" in result.output
    told = json.loads(run("decide", "--again", file, "--json").output)
    assert [one["identical"] for one in told] == [False, None, None]
    assert told[0]["changes"] == [
        {"place": "verdict", "kind": "changed", "recorded": "forbidden", "now": "permitted"},
    ]


def test_a_record_that_the_rulebook_has_no_words_for_is_told(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"
    run("decide", "an-adult-asks", "--record", file)
    data = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps({**data, "action": "lend boook"}), encoding="utf-8")
    result = run("decide", "--again", file)
    assert result.exit_code == 1
    assert "the rulebook has no action `lend boook` (did you mean `lend book`?)" in result.output


def test_wrong_use_is_told(run: Run, tmp_path: Path) -> None:
    assert run("decide", "--again", tmp_path / "nothing").exit_code == 2
    result = run("decide", "fees", "--again", tmp_path / "nothing")
    assert result.exit_code == 2
    assert "takes everything from the records" in result.output
    assert run("decide", "fees", "--record", tmp_path / "no" / "folder").exit_code == 2
