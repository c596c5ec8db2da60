"""`mutandis text read`, `inventory`, `quantities`, `print`: output, schemas, exit codes."""

from __future__ import annotations

import json
import re
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.text.official_texts import LAWS, official_text, texts_folder
from typer.testing import CliRunner, Result

from mutandis.resources import data_folder
from mutandis_tools.commands.text import app

_LIGHTHOUSE = Path(__file__).parent / "statutes" / "lighthouse-act.txt"


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def _schema(name: str) -> Draft202012Validator:
    folder: Traversable = data_folder("schemas")
    schema: Any = json.loads(folder.joinpath(f"text-{name}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@pytest.mark.parametrize(
    ("command", "name"), [("read", "document"), ("inventory", "inventory"), ("quantities", "quantities")]
)
def test_json_follows_its_schema(command: str, name: str) -> None:
    result = _run(command, str(_LIGHTHOUSE), "--json")
    assert result.exit_code == 0
    _schema(name).validate(json.loads(result.stdout))


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize(
    ("command", "name"), [("read", "document"), ("inventory", "inventory"), ("quantities", "quantities")]
)
def test_json_of_the_official_texts_follows_its_schema(law: str, command: str, name: str) -> None:
    official_text(law)
    result = _run(command, str(texts_folder() / f"{law}.txt"), "--json")
    assert result.exit_code == 0
    _schema(name).validate(json.loads(result.stdout))


def test_the_inventory_has_the_keys_of_the_contract() -> None:
    found = json.loads(_run("inventory", str(_LIGHTHOUSE), "--json").stdout)
    counted = {key: value for key, value in found.items() if key not in ("provisions", "deleted_parts", "in_addenda")}
    assert counted == {
        "law": "lighthouse-act",
        "articles": {"live": 5, "deleted": 3, "moved": 1},
        "paragraphs": 5,
        "subparagraphs": 5,
        "items": 3,
        "subitems": 2,
        "provisos": 2,
        "latter_parts": 2,
        "addenda": 2,
    }
    assert found["deleted_parts"] == {"paragraphs": 2, "subparagraphs": 0, "items": 0, "subitems": 0}
    assert found["in_addenda"]["paragraphs"] == 1
    assert {"id": "lighthouse-act/8", "kind": "article", "title": "Fines", "line": 50}.items() <= next(
        one for one in found["provisions"] if one["id"] == "lighthouse-act/8"
    ).items()


def test_print_gives_the_text_back() -> None:
    result = CliRunner().invoke(app, ["print", str(_LIGHTHOUSE), "--json"])
    assert json.loads(result.stdout)["text"] == _LIGHTHOUSE.read_bytes().decode("utf-8")
    one = _run("print", str(_LIGHTHOUSE), "--provision", "lighthouse-act/7.2")
    assert one.stdout == "2. Where it leans.\n"


def test_quantities_within_a_provision() -> None:
    found = json.loads(_run("quantities", str(_LIGHTHOUSE), "--in", "lighthouse-act/7", "--json").stdout)
    assert [(one["provision"], one["values"]) for one in found] == [
        ("lighthouse-act/7 latter", ["10"]),
        ("lighthouse-act/7.1", ["1500"]),
    ]


def test_findings_go_to_standard_error_with_their_place() -> None:
    ferry = str(_LIGHTHOUSE.with_name("ferry-rules.txt"))
    result = _run("inventory", ferry)
    assert result.exit_code == 0
    assert "ferry-rules.txt:15:110: warning MUT613 list-lead-unsure" in result.stderr
    assert "MUT613" not in result.stdout
    assert _run("inventory", ferry, "--strict").exit_code == 1


def test_a_quantity_has_its_unit_in_the_number_it_needs() -> None:
    told = _run("quantities", str(_LIGHTHOUSE)).stdout
    units = re.findall(r"│ (?:at (?:most|least) )?(\d+) (day|month|year|hour)(s?)\b", told)
    assert units
    assert all((many != "1") == bool(plural) for many, _, plural in units), units


def test_exit_codes(tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_text("")
    assert _run("read", str(empty)).exit_code == 1
    assert _run("read", str(tmp_path / "none.txt")).exit_code == 2
    assert _run("print", str(_LIGHTHOUSE), "--provision", "lighthouse-act/99").exit_code == 2


@pytest.mark.parametrize("command", ["read", "inventory", "quantities", "print"])
def test_help_shows_an_example(command: str) -> None:
    assert f"Example: mutandis text {command}" in " ".join(_run(command, "--help").stdout.split())
