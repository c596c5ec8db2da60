"""The schemas that editors use say what the loader says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.rulebook.texts import LAW, VOCABULARY, load
from tests.shipped import shipped_source

from mutandis.resources import schema_text
from mutandis.rulebook.load import load_source, load_text
from mutandis.rulebook.schema import SCHEMAS, check_schemas, check_texts, schema_of_file

FIXTURES = Path(__file__).parents[1] / "fixtures" / "diagnostics"


def read(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(schema_text(name))
    return schema


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_schema_is_a_2020_12_schema_with_title_and_described_keys(name: str) -> None:
    schema = read(name)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"urn:mutandis:schema:{name}" and schema["title"] and schema["description"]
    for key, value in schema["properties"].items():
        assert "description" in value or "$ref" in value, key


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("vocabulary.yaml", "vocabulary"),
        ("act/vocabulary.yaml", "vocabulary"),
        ("act/law.yaml", "law"),
        ("act/visits/law.yaml", "rules"),
        ("act/042.yaml", "rules"),
        ("act/divisions.yaml", "divisions"),
        ("act/visits/divisions.yaml", "rules"),
        ("calendar/kr.yaml", "calendar"),
        ("act/cases/042.yaml", "case"),
    ],
)
def test_a_files_place_says_which_schema_it_has(name: str, kind: str) -> None:
    assert schema_of_file(name) == kind


def test_the_rulebook_that_ships_fits_the_schemas() -> None:
    assert [str(d) for d in check_schemas(shipped_source())] == []


@pytest.mark.parametrize("slug", sorted(path.name for path in FIXTURES.iterdir() if (path / "good").is_dir()))
def test_what_is_good_for_the_loader_is_good_for_the_schemas(slug: str) -> None:
    assert [str(d) for d in check_schemas(load_source(FIXTURES / slug / "good"))] == []


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("act/001.yaml", "law: act\narticle: 1\nrules: []\n", ("missing-key", "1:1")),
        ("act/001.yaml", "law: act\narticle: 1\ntitle: A\nrulez: []\nrules: []\n", ("unknown-key", "4:1")),
        ("act/001.yaml", "law: act\narticle: 1\ntitle: [A]\nrules: []\n", ("wrong-shape", "3:8")),
        ("act/001.yaml",
         "law: act\narticle: 1\ntitle: A\nrules:\n  - at: (1)\n    summary: A\n    may: suspend visit\n"
         "    grounds: {one: a.b}\n", ("wrong-shape", "8:14")),
        ("act/vocabulary.yaml", VOCABULARY.replace("default: silent", "default: quiet"), ("unknown-value", "24:28")),
        ("act/law.yaml", LAW.replace("title: Visits Act\n", ""), ("missing-key", "1:1")),
        ("act/cases/1.yaml", "case: A\nlaw: act\nask: {decide: suspend visit}\nexpect: {verdict: allowed}\n",
         ("unknown-value", "4:19")),
    ],
)  # fmt: skip
def test_a_fault_that_only_the_schema_looks_for_is_found_at_its_place(
    name: str, text: str, found: tuple[str, str]
) -> None:
    assert [(d.slug, f"{d.span.line}:{d.span.column}") for d in check_texts({name: text})] == [found]


def test_a_fault_the_loader_told_is_not_told_again() -> None:
    source = load("  - at: (1)\n    summary: A.\n    may: suspend visit\n    bye: warden\n")
    assert [d.slug for d in source.diagnostics if d.severity == "error"] == ["unknown-key"]
    assert check_schemas(source) == ()


def test_the_schemas_take_what_the_loader_takes() -> None:
    source = load_text({"act/law.yaml": LAW, "act/vocabulary.yaml": VOCABULARY})
    assert check_schemas(source) == ()
