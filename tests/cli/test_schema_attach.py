"""`mutandis schema --attach`: an editor that knows YAML gets the schema of every file of a rulebook."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator
from tests.cli.conftest import LIBRARY, Run

from mutandis.rulebook.fields import DOCUMENTS, schema_of
from mutandis_tools.editor_schemas import KINDS, kind_of


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("MUTANDIS_RULEBOOK", raising=False)
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copytree(LIBRARY, tmp_path / "rulebook"))


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("act/law.yaml", "law"),
        ("vocabulary.yaml", "vocabulary"),
        ("act/vocabulary.yaml", "vocabulary"),
        ("act/cases/041-visits.yaml", "case"),
        ("calendar/kr.yaml", "calendar"),
        ("act/divisions.yaml", "divisions"),
        ("act/contact/041-visits.yaml", "rules"),
        ("act/001.yaml", "rules"),
    ],
)
def test_each_file_of_a_rulebook_has_a_kind(file: str, kind: str) -> None:
    assert kind_of(Path(file)) == kind


def test_every_kind_of_file_has_a_schema_attached() -> None:
    shipped = Path(__file__).parents[2] / "rulebook"
    checker = {kind: Draft202012Validator(schema_of(DOCUMENTS[kind])) for kind in KINDS}
    for name in ("act/divisions.yaml", "act/law.yaml", "calendar/kr.yaml", "act/contact/041-visits.yaml"):
        text = (shipped / name).read_text(encoding="utf-8")
        assert list(checker[kind_of(Path(name))].iter_errors(yaml.load(text, yaml.BaseLoader))) == []


def test_settings_name_the_schema_of_every_kind_and_keep_what_is_there(run: Run, own: Path) -> None:
    settings = own.parent / ".vscode" / "settings.json"
    settings.parent.mkdir()
    settings.write_text('{"editor.tabSize": 2, "yaml.schemas": {"other.json": "other.yaml"}}')
    told = run("schema", "--attach", "settings")
    assert told.exit_code == 0
    assert told.output.splitlines()[-1] == ".vscode/settings.json"
    written = json.loads(settings.read_text())
    assert written["editor.tabSize"] == 2
    attached = written["yaml.schemas"]
    assert attached.pop("other.json") == "other.yaml"
    assert attached["./.vscode/mutandis/case.schema.json"] == ["rulebook/*/cases/**/*.yaml"]
    assert {Path(schema).name for schema in attached} == {f"{kind}.schema.json" for kind in DOCUMENTS}
    assert "!rulebook/*/divisions.yaml" in attached["./.vscode/mutandis/rules.schema.json"]
    assert all((own.parent / schema).is_file() for schema in attached)
    again = settings.read_text()
    run("schema", "--attach", "settings")
    assert settings.read_text() == again


def test_modelines_name_the_schema_from_where_each_file_lies(run: Run, own: Path) -> None:
    answers = run("test", own).output.splitlines()[0]
    assert run("schema", "--attach", "modelines").exit_code == 0
    for path in own.rglob("*.yaml"):
        first = path.read_text().splitlines()[0]
        schema = path.parent / first.removeprefix("# yaml-language-server: $schema=")
        assert schema.resolve().name == f"{kind_of(path.relative_to(own))}.schema.json"
        assert schema.is_file()
    assert run("schema", "--attach", "modelines").output.count("rulebook/") == 0  # nothing to change any more
    assert run("check", own).output == ""
    assert run("test", own).output.splitlines()[0] == answers
    assert run("fmt", "--check", own).exit_code == 0


def test_settings_that_are_no_plain_json_stay(run: Run, own: Path) -> None:
    settings = own.parent / ".vscode" / "settings.json"
    settings.parent.mkdir()
    settings.write_text("{ // mine\n}")
    result = run("schema", "--attach", "settings")
    assert "is no plain JSON object" in str(result.exception)
    assert settings.read_text() == "{ // mine\n}"
    assert run("schema", "case", "--attach", "settings").exit_code == 2
