"""`mutandis text references`, `history`, `transitions`, `new article`, `show`: output, schemas, exit codes."""

from __future__ import annotations

import json
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.text.official_texts import LAWS, official_text, texts_folder
from typer.testing import CliRunner, Result

from mutandis.resources import data_folder
from mutandis.rulebook.load import load_text
from mutandis_tools.amendment.hints import find_article, gather_hints
from mutandis_tools.amendment.skeleton import print_skeleton
from mutandis_tools.main import build_app

_LIGHTHOUSE = Path(__file__).parent / "statutes" / "lighthouse-act.txt"
_TEXT = """LAMP ACT

Act No. 1, Jan. 5, 2001

CHAPTER I LIGHTS
Article 41 (Lamps)
(1) A keeper may put out a lamp in any of the following cases: Provided, That this shall not apply at night:
1. Where there is fog;
2. Where 15 days have passed.
(2) Notwithstanding paragraph (1), no keeper shall put out a red lamp.
(3) Article 42 shall apply mutatis mutandis to boats. In such cases, "tower" shall be construed as "boat".
(4) Matters necessary for lamps shall be prescribed by Presidential Decree.
(5) Deleted. <by Act No. 2, Feb. 6, 2002>
Article 42 (Towers)
A tower shall have a lamp.
ADDENDUM <Act No. 1, Jan. 5, 2001>
This Act shall enter into force on the date of promulgation.
"""


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(build_app(), [str(argument) for argument in arguments])


def _schema(name: str) -> Draft202012Validator:
    folder: Traversable = data_folder("schemas")
    schema: Any = json.loads(folder.joinpath(f"text-{name}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@pytest.fixture
def lamp(tmp_path: Path) -> Path:
    path = tmp_path / "lamp.txt"
    path.write_text(_TEXT)
    return path


@pytest.fixture
def rulebook(tmp_path: Path) -> Path:
    folder = tmp_path / "rulebook" / "lamp"
    folder.mkdir(parents=True)
    (folder / "law.yaml").write_text("law: lamp\ntitle: Lamp Act\nshort: Act\nrank: 1\n")
    (folder / "vocabulary.yaml").write_text(
        "terms:\n  keeper: {role: yes}\n  lamp: {label: lamp}\nactions:\n"
        "  put_out lamp: {default: forbidden, by: keeper}\n"
    )
    return tmp_path / "rulebook"


def test_the_json_follows_its_schema() -> None:
    result = _run("text", "references", _LIGHTHOUSE, "--json")
    assert result.exit_code == 0
    _schema("references").validate(json.loads(result.stdout))


@pytest.mark.parametrize("law", LAWS)
def test_the_json_of_the_official_texts_follows_its_schema(law: str) -> None:
    official_text(law)
    result = _run("text", "references", texts_folder() / f"{law}.txt", "--json")
    assert result.exit_code == 0
    _schema("references").validate(json.loads(result.stdout))


def test_unseen_words_of_the_publisher_are_resolved() -> None:
    told = json.loads(_run("text", "references", _LIGHTHOUSE, "--json").stdout)
    found = {(one["from"], one["raw"]): one["to"] for one in told}
    law = "lighthouse-act"
    assert found[f"{law}/2(5)", "preceding paragraph"] == [f"{law}/2(4)"]
    assert found[f"{law}/2(5)", "main sentence of paragraph (2)"] == [f"{law}/2(2)"]
    assert found[f"{law}/2(1)2", "Article 5 (1) of the Harbor Act"] == ["ext:harbor-act/5(1)"]


def test_details_add_place_and_construals(lamp: Path) -> None:
    told = json.loads(_run("text", "references", lamp, "--details").stdout)
    clause = next(one for one in told if one["kind"] == "mutatis mutandis")
    assert (clause["to"], clause["line"], clause["column"]) == (["lamp/42"], 11, 5)
    assert clause["construals"] == [{"source": ["tower"], "target": ["boat"]}]


def test_broken_references_alone_are_a_finding(lamp: Path) -> None:
    assert _run("text", "references", lamp, "--broken").exit_code == 0
    lamp.write_text(_TEXT.replace("Article 42 shall", "Article 43 shall"))
    broken = _run("text", "references", lamp, "--broken", "--json")
    assert broken.exit_code == 1
    assert [one["broken"] for one in json.loads(broken.stdout)] == ["there is no Article 43"]


def test_one_form_of_output_at_a_time(lamp: Path) -> None:
    assert _run("text", "references", lamp, "--json", "--page").exit_code == 2


def test_history_and_transitions_are_told_as_json() -> None:
    history = json.loads(_run("text", "history", _LIGHTHOUSE, "--json", "--in", "lighthouse-act/2").stdout)
    assert {event["kind"] for one in history for event in one["events"]} >= {"amended", "deleted"}
    transitions = _run("text", "transitions", _LIGHTHOUSE, "--json")
    assert transitions.exit_code == 0
    assert isinstance(json.loads(transitions.stdout), list)


# --- skeletons --------------------------------------------------------------------------------------------------------


def test_a_skeleton_has_every_place_and_none_of_the_wording(lamp: Path, rulebook: Path) -> None:
    result = _run("new", "article", "lamp", "41", "--text", lamp, "--rulebook", rulebook)
    path = rulebook / "lamp" / "lights" / "041-lamps.yaml"
    assert (result.exit_code, result.stdout) == (0, f"{path}\n")
    written = path.read_text()
    for expected in (
        "# - at: (1)\n",
        "#   may: put_out lamp\n",
        "#   grounds:\n  #     1:\n  #     2:   # quantity: 15 days\n",
        "#   unless:\n  #     at: (1) proviso\n",
        "# - at: (2)\n  #   summary:\n  #   must_not: put_out lamp\n  #   despite: (1)\n",
        "#   apply: 42\n  #   construe:\n  #     # tower: boat\n",
        "#   delegate: presidential_decree\n",
        "# --- (5): deleted (line 13) ---\n",
    ):
        assert expected in written
    assert "fog" not in written


def test_an_article_stands_with_its_neighbours_of_the_same_chapter(lamp: Path, rulebook: Path) -> None:
    folder = rulebook / "lamp" / "keeping" / "towers"
    folder.mkdir(parents=True)
    states = "rules:\n  - at: main\n    summary: What a tower has.\n    states: equipment\n"
    (folder / "042-towers.yaml").write_text(f"law: lamp\narticle: 42\ntitle: Towers\n{states}")
    arguments = ("new", "article", "lamp", "41", "--text", lamp, "--rulebook", rulebook)
    assert _run(*arguments).stdout == f"{folder / '041-lamps.yaml'}\n"
    (folder / "041-lamps.yaml").unlink()
    assert _run(*arguments, "--chapter", "lights").stdout == f"{rulebook / 'lamp' / 'lights' / '041-lamps.yaml'}\n"


def test_a_skeleton_is_yaml_that_asks_to_be_filled_in(lamp: Path, rulebook: Path) -> None:
    _run("new", "article", "lamp", "41", "--text", lamp, "--rulebook", rulebook)
    files = {str(p.relative_to(rulebook)): p.read_text() for p in sorted(rulebook.rglob("*.yaml"))}
    source = load_text(files)
    assert {d.span.file for d in source.diagnostics} <= {"lamp/lights/041-lamps.yaml"}
    assert [rule for article in source.articles for rule in article.rules] == []


def test_an_article_that_has_a_file_is_not_begun_again(lamp: Path, rulebook: Path) -> None:
    arguments = ("new", "article", "lamp", "41", "--text", lamp, "--rulebook", rulebook)
    assert [_run(*arguments).exit_code, _run(*arguments).exit_code] == [0, 1]
    assert _run("new", "article", "lamp", "99", "--text", lamp, "--rulebook", rulebook).exit_code == 2


@pytest.mark.parametrize("law", LAWS)
def test_no_skeleton_holds_twelve_words_of_the_official_text_in_a_row(law: str) -> None:
    document = official_text(law)
    words = document.source.lower().split()
    official = {tuple(words[at : at + 12]) for at in range(len(words) - 11)}
    hints = gather_hints(document)
    for article in document.articles:
        found = find_article(document, article.id.removeprefix(f"{law}/"))
        assert found is article
        written = print_skeleton(article, hints).replace("#", " ").lower().split()
        assert not official & {tuple(written[at : at + 12]) for at in range(len(written) - 11)}


# --- show -------------------------------------------------------------------------------------------------------------


def test_the_rules_of_an_article_stand_beside_its_text(lamp: Path, rulebook: Path) -> None:
    (rulebook / "lamp" / "041-lamps.yaml").write_text(
        "law: lamp\narticle: 41\ntitle: Lamps\nrules:\n  - at: (2)\n    summary: Red ones stay.\n"
        "    must_not: put_out lamp\n    by: keeper\nnot_modelled:\n  (4): left to the decree\n"
    )
    shown = _run("show", "lamp/41", "--text", lamp, "--rulebook", rulebook).stdout
    row = next(line for line in shown.splitlines() if "put out lamp (keeper)" in line)
    assert row.startswith("Notwithstanding paragraph (1)") and "must not put out lamp (keeper): Red" in row
    assert "not modelled: left to the decree" in shown
    without = _run("show", "lamp/41(2)", "--rulebook", rulebook).stdout
    assert "Notwithstanding" not in without and "Red ones stay." in without


def test_showing_what_nobody_has_is_wrong_use(lamp: Path, rulebook: Path) -> None:
    for wrong in ("lamp/99", "nonsense ("):
        assert _run("show", wrong, "--text", lamp, "--rulebook", rulebook).exit_code == 2
