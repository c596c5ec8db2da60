"""`mutandis fmt`: one layout, and nothing else changed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.cli.conftest import Run

from mutandis.rulebook.format import Formatted, format_file

RULE = """\
law: statute
article: 1
title: Lending
rules:
  - at: (1)
    summary: Books are lent.   # a comment stays
    may: lend book
    when:
      - (reader.class   is adult)
"""


def test_a_file_is_written_in_its_canonical_form(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "rule.yaml"
    path.write_text(RULE)
    assert run("fmt", "--check", path).exit_code == 1
    assert path.read_text() == RULE
    result = run("fmt", path)
    assert (result.exit_code, result.output) == (0, f"changed {path}\n")
    assert path.read_text() == RULE.replace("(reader.class   is adult)", "reader.class is adult")
    assert run("fmt", "--check", path).exit_code == 0


def test_a_folder_is_formatted_with_all_that_is_in_it(run: Run, library: Path, tmp_path: Path) -> None:
    shutil.copytree(library, tmp_path / "rulebook")
    assert run("fmt", tmp_path).exit_code == 0
    assert run("fmt", "--check", tmp_path).output == ""


def test_a_file_that_cannot_be_read_is_left_as_it_is(run: Run, tmp_path: Path) -> None:
    broken, foreign = tmp_path / "broken.yaml", tmp_path / "foreign.yaml"
    broken.write_text("rules: [")
    foreign.write_bytes(b"law: \xff\n")
    result = run("fmt", tmp_path)
    assert result.exit_code == 1
    assert "broken.yaml:1" in result.output
    assert "MUT001 not-utf-8" in result.output
    assert broken.read_text() == "rules: ["
    assert run("fmt", tmp_path / "none.yaml").exit_code == 2


def test_what_was_found_in_its_form_is_not_read_again_unless_it_changed(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUTANDIS_CACHE", str(tmp_path / "kept"))
    read: list[str] = []

    def note(text: str, file: str) -> Formatted:
        read.append(Path(file).name)
        return format_file(text, file)

    monkeypatch.setattr("mutandis_tools.commands.fmt.format_file", note)
    first, second = tmp_path / "first.yaml", tmp_path / "second.yaml"
    first.write_text(RULE)
    second.write_text(RULE.replace("article: 1", "article: 2"))
    for expected in (["first.yaml", "second.yaml"], []):
        read.clear()
        assert run("fmt", first, second).exit_code == 0
        assert read == expected
    second.write_text(second.read_text().replace("class is", "class  is"))
    assert run("fmt", "--check", first, second).output == f"would change {second}\n"
    assert run("fmt", "--check", second).exit_code == 1
    assert read == ["second.yaml", "second.yaml"]
