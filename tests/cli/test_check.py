"""`mutandis check`: silent where nothing is wrong, everything at once where something is."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import jsonschema
import pytest
from tests.cli.conftest import Run

from mutandis.resources import schema_text


def _broken(library: Path, folder: Path) -> Path:
    root = folder / "rulebook"
    shutil.copytree(library, root)
    rules = root / "statute" / "lending" / "001-lending.yaml"
    rules.write_text(rules.read_text().replace("reader.class is adult", "reader.klass is adult"))
    cases = root / "statute" / "cases" / "001-lending.yaml"
    cases.write_text(cases.read_text().replace("class: adult, fees_owed: 0 won", "class: adult, fees_owed: 0 days"))
    return root


def test_a_clean_rulebook_is_passed_over_in_silence(run: Run, library: Path) -> None:
    result = run("check", library)
    assert (result.exit_code, result.output) == (0, "")


def test_every_fault_is_told_at_once_with_its_place(run: Run, library: Path, tmp_path: Path) -> None:
    result = run("check", _broken(library, tmp_path))
    assert result.exit_code == 1
    assert "error MUT050 unknown-name" in result.output
    assert "statute/lending/001-lending.yaml:11:10" in result.output
    assert "error MUT135 wrong-unit" in result.output
    assert "statute/cases/001-lending.yaml:6:37" in result.output
    assert result.output.endswith("2 errors\n")


def test_json_and_sarif_hold_the_same_faults(run: Run, library: Path, tmp_path: Path) -> None:
    root = _broken(library, tmp_path)
    told = json.loads(run("check", root, "--json").stdout)
    sarif = json.loads(run("check", root, "--sarif").stdout)
    assert [d["code"] for d in told] == [r["ruleId"] for r in sarif["runs"][0]["results"]]
    assert {d["slug"] for d in told} == {"unknown-name", "wrong-unit"}


def test_a_case_that_asks_about_an_unknown_action_is_told_with_the_nearest(
    run: Run, library: Path, tmp_path: Path
) -> None:
    root = tmp_path / "rulebook"
    shutil.copytree(library, root)
    cases = root / "statute" / "cases" / "001-lending.yaml"
    cases.write_text(cases.read_text().replace("decide: lend map", "decide: lend mab"))
    result = run("check", root)
    assert result.exit_code == 1
    assert "MUT142 unknown-question: the vocabulary has no action `lend mab`" in result.output
    assert "lend map" in result.output


def test_a_rule_about_an_undeclared_action_is_told_and_breaks_nothing(run: Run, library: Path, tmp_path: Path) -> None:
    root = tmp_path / "rulebook"
    shutil.copytree(library, root)
    rules = root / "statute" / "lending" / "001-lending.yaml"
    rules.write_text(rules.read_text().replace("must: repair book", "must: mend book"))
    result = run("check", root)
    assert result.exit_code == 1
    assert "MUT023 unknown-action" in result.output


def test_a_folder_that_is_not_there_is_wrong_use(run: Run, tmp_path: Path) -> None:
    result = run("check", tmp_path / "nothing")
    assert result.exit_code == 2
    assert "there is no rulebook folder" in result.output


def test_json_and_sarif_at_once_is_wrong_use(run: Run, library: Path) -> None:
    assert run("check", library, "--json", "--sarif").exit_code == 2


FIXTURES = Path(__file__).parents[1] / "fixtures" / "diagnostics"


def test_text_compares_with_the_texts_and_says_where(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = FIXTURES / "quantity-without-rule" / "bad"
    monkeypatch.delenv("MUTANDIS_TEXTS", raising=False)
    for _ in ("read", "kept"):  # the second time the rules, and the excuses, are those that were kept
        result = run("check", folder, "--text", "--texts", folder / "texts")
        assert result.exit_code == 1
        assert "warning MUT155 quantity-without-rule: no rule at `mooring/1(1)` has `12 day`" in result.output
        assert "mooring/001-berths.yaml:5:5" in result.output
    excused = FIXTURES / "quantity-without-rule" / "good"
    for _ in ("read", "kept"):
        result = run("check", excused, "--text", "--texts", excused / "texts")
        assert (result.exit_code, result.output) == (0, "")
    assert run("check", folder, "--texts", folder / "texts").exit_code == 1
    monkeypatch.setenv("MUTANDIS_TEXTS", str(folder / "texts"))
    assert run("check", folder, "--text").exit_code == 1
    assert run("check", folder).exit_code == 0


def test_text_without_texts_is_wrong_use(run: Run, library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MUTANDIS_TEXTS", raising=False)
    result = run("check", library, "--text")
    assert result.exit_code == 2
    assert "MUTANDIS_TEXTS" in result.output
    assert run("check", library, "--text", "--texts", library / "nowhere").exit_code == 2


def test_a_deep_check_proves_and_shows_and_its_json_follows_the_schema(run: Run, library: Path, tmp_path: Path) -> None:
    root = tmp_path / "rulebook"
    shutil.copytree(library, root)
    rules = root / "statute" / "lending" / "001-lending.yaml"
    dead = "rules:\n  - at: (9)\n    summary: Nothing.\n    must_not: lend book\n"
    dead += "    when: reader.class is adult and reader.class is child\n    despite: (1)\n"
    rules.write_text(rules.read_text().replace("rules:\n", dead, 1))
    result = run("check", root, "--deep", "--action", "lend book")
    assert result.exit_code == 1
    assert "Rules that apply in no case\n  proved" in result.stdout
    data = json.loads(run("check", root, "--deep", "--json").stdout)
    jsonschema.validate(data["deep"], json.loads(schema_text("deep-check")))
    assert {"dead-rule"} <= {one["kind"] for one in data["deep"]["findings"]}


def test_what_goes_only_with_a_deep_check_says_so(run: Run, library: Path) -> None:
    assert "add `--deep`" in run("check", library, "--action", "lend book").stderr
    assert run("check", library, "--deep", "--sarif").exit_code == 2
    assert run("check", library, "--deep", "--action", "lend bok").exit_code == 2
