"""A statute of thirty articles that nobody has seen, read as a newcomer reads it: every command, a clear result."""

from __future__ import annotations

import json
import shutil
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from mutandis_text.document import ProvisionKind, StatuteDocument
from mutandis_text.quantities.find import find_quantities
from mutandis_text.quantities.written import print_quantity
from mutandis_text.references.find import Reference, find_references
from mutandis_text.structure.load import load_statute
from mutandis_tools.main import build_app

_TEXT = Path(__file__).parent / "statutes" / "forest-schools-act.txt"
_LAW = "forest-schools"


@cache
def _document() -> StatuteDocument:
    return load_statute(_TEXT, _LAW)


def _from(place: str) -> list[Reference]:
    return [one for one in find_references(_document()).references if one.origin == f"{_LAW}/{place}"]


def test_every_part_of_the_text_is_read() -> None:
    document = _document()
    assert len(document.articles) == 31
    assert [one.severity.value for one in document.diagnostics] == ["note"]
    assert [one.id.partition("/")[2] for one in document.divisions][:4] == [
        "chapter-1",
        "chapter-2",
        "chapter-2/section-1",
        "chapter-2/section-2",
    ]
    (item,) = [one for one in document.articles if one.id == f"{_LAW}/9"]
    assert [one.number for one in item.children[1].children] == ["i", "ii", "iii", "iv"]
    assert [annex.body.id for annex in document.annexes] == [f"{_LAW}/table-1", f"{_LAW}/table-2"]
    assert [one.body.id.partition("/")[2] for one in document.addenda] == [
        "addenda-9201",
        "addenda-11450",
        "addenda-13010",
        "addenda-17500",
    ]
    assert sum(one.kind is ProvisionKind.ARTICLE for a in document.addenda for one in a.body.children) == 7


@pytest.mark.parametrize(
    ("place", "targets"),
    [
        ("2.4", ["ext:state-forest-administration-act/2"]),
        ("4", ["ext:elementary-and-secondary-education-act"]),
        ("7.2", ["ext:forest-protection-act/53", "ext:forest-protection-act/54"]),
        ("26", [f"ext:criminal-act/{number}" for number in range(129, 133)]),
        ("addenda-9201/3(1)", ["ext:act-on-the-promotion-of-outdoor-education/12(2)"]),
        ("addenda-9201/3(2)", ["ext:child-welfare-act/8(1)4"]),
    ],
)
def test_a_provision_of_another_law_stays_there(place: str, targets: list[str]) -> None:
    named = [target for one in _from(place) for target in one.targets]
    assert set(targets) <= set(named)
    # This law may be named by its title; none of its articles is meant by a number of the other.
    assert {one for one in named if not one.startswith("ext:")} <= {_LAW, f"{_LAW}/2"}


@pytest.mark.parametrize(
    ("place", "targets"),
    [
        ("5(2)", ["5(1)"]),
        ("8(1) proviso", ["8(1)1"]),
        ("11(3)", ["5(3) former", "11(1)"]),
        ("11-2(2)", ["10(3)", "11(2)"]),
        ("13(1)", ["table-1"]),
        ("22", ["19", "20", "21", "22"]),
        ("28", ["27", "27"]),
        ("29(1)1", ["11(2)", "11-2(2)"]),
        ("29(2)", ["29(1)", "table-2"]),
        ("addenda-17500/2", ["14(3)"]),
    ],
)
def test_a_provision_of_this_law_is_found(place: str, targets: list[str]) -> None:
    own = [t.partition("/")[2] for one in _from(place) for t in one.targets if "/" in t and not t.startswith("ext:")]
    assert own == targets


def test_the_same_article_is_the_one_named_in_the_same_breath() -> None:
    (reference,) = _from("17")
    assert reference.targets == (f"{_LAW}/16(1)", f"{_LAW}/16(2) latter")
    assert reference.broken == f"{_LAW}/16(2) has no latter part"


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("5(1) proviso", []),
        ("5(3) latter", ["at_most 1 time", "at_most 30 day"]),
        ("9(1)", ["at_least 6 year", "less_than 15 year"]),
        ("11-2(1)", ["at_most 2 time per month"]),
        ("19(2)", ["between 5 to 9 member", "exact 1 chairperson"]),
        ("29(1)2", []),
        ("addenda-9201/3(2)", []),
        ("table-1.1", ["at_most 10 pupil", "exact 200000 won per month"]),
    ],
)
def test_quantities(place: str, told: list[str]) -> None:
    found = [one for one in find_quantities(_document()) if one.provision == f"{_LAW}/{place}"]
    assert [f"{one.bound.value} {print_quantity(one)}" for one in found] == told


def test_a_newcomer_begins_a_rulebook_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(_TEXT, tmp_path / f"{_LAW}.txt")
    text = f"{_LAW}.txt"

    def run(*words: str) -> Result:
        result = CliRunner().invoke(build_app(), list(words))
        assert result.exit_code == 0, result.output
        return result

    run("text", "read", text, "--strict", "-q")
    run("text", "law", text, "-q", "--out", f"rulebook/{_LAW}/law.yaml")
    assert "promulgated: 2020-06-09" in (tmp_path / "rulebook" / _LAW / "law.yaml").read_text(encoding="utf-8")
    assert "135 provisions" in run("text", "lock", text, "-q").stdout
    clauses = json.loads(run("text", "transitions", text, "--json", "-q").stdout)
    assert [one["kind"] for one in clauses] == ["carry over", "other laws", "other laws", "applicability", "former law"]
    written = [run("new", "article", _LAW, number, "--text", text).stdout for number in ("5", "11-2", "12", "27")]
    assert [one.removeprefix(f"rulebook/{_LAW}/").rstrip() for one in written] == [
        "authorization/005-authorization-of-establishment.yaml",
        "pupils-and-lessons/011-2-night-lessons.yaml",
        "pupils-and-lessons/012-deleted.yaml",
        "penalty-provisions/027-penalty-provisions.yaml",
    ]
    run("check")
    run("fmt", "--check", "rulebook")
