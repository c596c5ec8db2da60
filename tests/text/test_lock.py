"""Locks: written, read back, renewed, accepted; and the commands that do it."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from tests.strategies.amended_statutes import LAW, Amendment, amendments
from tests.strategies.statutes import GeneratedStatute, statutes
from tests.text.official_texts import LAWS, official_text
from typer.testing import CliRunner, Result

from mutandis.citation import parse_citation
from mutandis.resources import data_folder
from mutandis.rulebook.lock import Lock, check_stale, index_stale, read_lock
from mutandis_text.comparison.compare import compare_with_lock
from mutandis_text.comparison.lock import accept_provisions, lock_document, print_lock, renew_lock
from mutandis_text.structure.reader import read_statute
from mutandis_tools.main import build_app

_OLD = (
    "LAMP ACT\n\nAct No. 1, Jan. 5, 2001\n\nArticle 1 (Lamps)\n(1) A keeper shall light the lamp before night.\n"
    "(2) The lamp may be red: Provided, That green is allowed in fog.\n"
    "Article 2 (Boats)\nA boat carries bread and oil.\n"
    "ADDENDUM <Act No. 1, Jan. 5, 2001>\nThis Act shall enter into force on the date of promulgation.\n"
)
_NEW = (
    _OLD.replace("before night", "before dusk")
    .replace("Article 2 (Boats)", "Article 2 (Towers)\nA tower is built of grey stone.\nArticle 3 (Boats)")
    .replace("green is allowed", "green is permitted")
)


def _locked(text: str, law: str = "lamp") -> Lock:
    return lock_document(read_statute(text, law))


def _renewed(lock: Lock, text: str) -> Lock:
    document = read_statute(text, lock.law)
    return renew_lock(lock, lock_document(document), compare_with_lock(lock, document).origins)


def _stale(lock: Lock) -> dict[str, str]:
    return {p.id: p.staleness for p in lock.provisions if p.is_stale}


# --- the format -------------------------------------------------------------------------------------------------------


@given(statute=statutes())
@settings(max_examples=40, deadline=None)
def test_a_lock_reads_back_as_it_was_written(statute: GeneratedStatute) -> None:
    lock = _locked(statute.text, "gen")
    read = read_lock(print_lock(lock))
    assert (read.law, read.instrument, read.provisions) == (lock.law, lock.instrument, lock.provisions)
    assert read.diagnostics == ()


@pytest.mark.parametrize("law", LAWS)
def test_the_locks_of_the_rulebook_are_those_of_the_official_texts(law: str) -> None:
    held = read_lock(data_folder("rulebook").joinpath(law).joinpath("text.lock").read_text(encoding="utf-8"))
    fresh = lock_document(official_text(law))
    assert [replace(p, read="=") for p in held.provisions] == list(fresh.provisions)


def test_a_lock_has_one_line_for_each_provision_in_the_order_of_the_law() -> None:
    lines = [line.split(" | ") for line in print_lock(_locked(_OLD)).splitlines() if not line.startswith("#")]
    assert [line[0] for line in lines] == [
        "lamp/title",
        "lamp/1",
        "lamp/1(1)",
        "lamp/1(2)",
        "lamp/1(2) proviso",
        "lamp/2",
        "lamp/addenda-1",
    ]
    assert {line[-1] for line in lines} == {"="}


@given(st.text(alphabet="act/1() |=-live0123456789abcdef#\n", max_size=300))
@settings(max_examples=100, deadline=None)
def test_reading_any_text_as_a_lock_tells_what_is_wrong_and_never_fails(text: str) -> None:
    lock = read_lock(text)
    assert lock.diagnostics or not lock.provisions


# --- renewing and accepting -------------------------------------------------------------------------------------------


def test_a_newer_text_makes_exactly_the_changed_provisions_stale() -> None:
    assert _stale(_renewed(_locked(_OLD), _NEW)) == {
        "lamp/1(1)": "reworded since the rules were read",
        "lamp/1(2) proviso": "reworded since the rules were read",
        "lamp/2": "inserted since the rules were read",
        "lamp/3": "stood at lamp/2 before",
    }


def test_what_the_text_no_longer_has_stays_until_it_is_accepted() -> None:
    lock = _renewed(
        _locked(_OLD), _OLD.replace("(2) The lamp may be red: Provided, That green is allowed in fog.\n", "")
    )
    assert _stale(lock) == {
        "lamp/1(2)": "no longer in the official text",
        "lamp/1(2) proviso": "no longer in the official text",
    }
    accepted = accept_provisions(lock, ["lamp/1(2)", "lamp/1(2) proviso"])
    assert [p.id for p in accepted.provisions if p.id.startswith("lamp/1(2)")] == []


def test_a_text_that_goes_back_to_what_was_read_is_no_longer_stale() -> None:
    back = _renewed(_renewed(_locked(_OLD), _OLD.replace("before night", "before dusk")), _OLD)
    assert _stale(back) == {}


def test_a_second_newer_text_keeps_what_the_rules_were_read_against() -> None:
    first = _locked(_OLD)
    twice = _renewed(
        _renewed(first, _OLD.replace("before night", "before dusk")), _OLD.replace("before night", "at dawn")
    )
    assert twice.by_id()["lamp/1(1)"].read == first.by_id()["lamp/1(1)"].wording


def test_accepting_one_provision_leaves_the_others_stale() -> None:
    lock = accept_provisions(_renewed(_locked(_OLD), _NEW), ["lamp/1(1)"])
    assert set(_stale(lock)) == {"lamp/1(2) proviso", "lamp/2", "lamp/3"}
    assert _stale(accept_provisions(lock, [])) == {}


@given(amendment=amendments())
@settings(max_examples=40, deadline=None)
def test_renewing_makes_stale_what_changed_and_accepting_everything_gives_the_lock_of_the_new_text(
    amendment: Amendment,
) -> None:
    old, new = _locked(amendment.old, LAW), _locked(amendment.new, LAW)
    renewed = _renewed(old, amendment.new)
    untouched = {amendment.new_ids[key] for key in amendment.new_ids if key not in amendment.done}
    same = {name for name in untouched if name in amendment.old_ids.values()}
    kept = {key for key in amendment.new_ids if amendment.old_ids.get(key) == amendment.new_ids[key]}
    never_stale = {amendment.new_ids[key] for key in kept if amendment.done.get(key) in (None, "heading", "annotation")}
    assert never_stale & set(_stale(renewed)) == set()
    assert {amendment.new_ids[key] for key, done in amendment.done.items() if done in ("reworded", "inserted")} <= set(
        _stale(renewed)
    )
    assert same <= {p.id for p in renewed.provisions}
    assert print_lock(accept_provisions(renewed, [])) == print_lock(new)


# --- what rests on a stale provision ----------------------------------------------------------------------------------


def test_a_place_rests_on_what_it_stands_in_and_on_what_stands_in_it() -> None:
    index = index_stale(_renewed(_locked(_OLD), _NEW))

    def under(place: str) -> list[str]:
        return [p.id for p in index.under(parse_citation(place, law="lamp"))]

    assert under("1(1)") == ["lamp/1(1)"]
    assert under("1(1)2") == ["lamp/1(1)"]
    assert under("1(2)") == ["lamp/1(2) proviso"]
    assert under("1") == ["lamp/1(1)", "lamp/1(2) proviso"]
    assert under("4") == []
    assert [p.id for p in index.rest_on(["lamp/1(1)", "ext:ship-act/3", "lamp/1"])] == [
        "lamp/1(1)",
        "lamp/1(2) proviso",
    ]


def test_each_stale_provision_is_a_warning_at_its_line() -> None:
    lock = read_lock(print_lock(_renewed(_locked(_OLD), _NEW)), "lamp/text.lock")
    assert [(d.slug, d.provision, d.span.line) for d in check_stale(lock)] == [
        ("stale-provision", "lamp/1(1)", 7),
        ("stale-provision", "lamp/1(2) proviso", 9),
        ("stale-provision", "lamp/2", 10),
        ("stale-provision", "lamp/3", 11),
    ]


# --- commands ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def rulebook(tmp_path: Path) -> Path:
    folder = tmp_path / "rulebook" / "lamp"
    folder.mkdir(parents=True)
    (folder / "law.yaml").write_text("law: lamp\ntitle: Lamp Act\nshort: Act\nrank: 1\n")
    (folder / "vocabulary.yaml").write_text(
        "terms:\n  keeper: {role: yes}\n  lamp: {label: lamp}\nactions:\n  light lamp: {default: silent, by: keeper}\n"
    )
    (folder / "001-lamps.yaml").write_text(
        "law: lamp\narticle: 1\ntitle: Lamps\nrules:\n  - at: (1)\n    summary: Lit each day.\n    must: light lamp\n"
        "    by: keeper\n"
    )
    (tmp_path / "old.txt").write_text(_OLD)
    (tmp_path / "new.txt").write_text(_NEW)
    return tmp_path / "rulebook"


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(build_app(), ["text", *map(str, arguments)])


def _schema(name: str) -> Draft202012Validator:
    folder: Traversable = data_folder("schemas")
    schema: Any = json.loads(folder.joinpath(f"text-{name}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def test_a_text_is_locked_checked_renewed_and_accepted(rulebook: Path) -> None:
    old, new = rulebook.parent / "old.txt", rulebook.parent / "new.txt"
    lock = rulebook / "lamp" / "text.lock"
    where = ("--law", "lamp", "--rulebook", rulebook)

    assert _run("lock", old, *where).exit_code == 0
    assert _run("check", old, *where).exit_code == 0
    first = lock.read_text()

    refused = _run("lock", new, *where)
    assert (refused.exit_code, lock.read_text()) == (1, first)
    assert "nothing was written" in refused.stderr

    checked = _run("check", new, *where, "--old", old, "--json")
    assert checked.exit_code == 1
    told = json.loads(checked.stdout)
    _schema("check").validate(told)
    assert [(c["old"], c["new"], c["changes"], c["rules"]) for c in told["changes"]] == [
        ("lamp/1(1)", "lamp/1(1)", ["reworded"], ["lamp/1(1)#light lamp"]),
        ("lamp/1(2) proviso", "lamp/1(2) proviso", ["reworded"], []),
        (None, "lamp/2", ["inserted"], []),
        ("lamp/2", "lamp/3", ["renumbered"], []),
    ]

    assert _run("lock", new, *where, "--replace").exit_code == 0
    assert len(_stale(read_lock(lock.read_text()))) == 4
    accepted = _run("accept", "lamp/1", "lamp/3", "--rulebook", rulebook)
    assert accepted.stdout == "lamp: 3 provisions accepted, 1 left to read.\n"
    assert set(_stale(read_lock(lock.read_text()))) == {"lamp/2"}
    assert _run("accept", "--all", "lamp", "--rulebook", rulebook).exit_code == 0
    assert _stale(read_lock(lock.read_text())) == {}


def test_the_markdown_is_a_list_to_work_through(rulebook: Path) -> None:
    old, new = rulebook.parent / "old.txt", rulebook.parent / "new.txt"
    _run("lock", old, "--law", "lamp", "--rulebook", rulebook)
    page = _run("check", new, "--law", "lamp", "--rulebook", rulebook, "--old", old, "--markdown").stdout
    assert "- [ ] `lamp/1(1)`\n" in page
    assert "~~night~~ **dusk**" in page
    assert "  - rules: `lamp/1(1)#light lamp`" in page
    assert "- [ ] `lamp/2 → lamp/3`" in page


def test_accepting_what_the_lock_does_not_have_is_refused(rulebook: Path) -> None:
    _run("lock", rulebook.parent / "old.txt", "--law", "lamp", "--rulebook", rulebook)
    before = (rulebook / "lamp" / "text.lock").read_text()
    for wrong in ("lamp/9", "lamp", "nonsense (", "other/1"):
        assert _run("accept", wrong, "--rulebook", rulebook).exit_code == 2
    assert (rulebook / "lamp" / "text.lock").read_text() == before


@pytest.mark.parametrize("content", [b"", b"<html><body>Article 1 (X)</body></html>", _OLD.encode("utf-16")])
def test_a_bad_text_is_told_and_writes_no_lock(rulebook: Path, content: bytes) -> None:
    bad = rulebook.parent / "bad.txt"
    bad.write_bytes(content)
    result = _run("lock", bad, "--law", "lamp", "--rulebook", rulebook)
    assert result.exit_code == 1
    assert not (rulebook / "lamp" / "text.lock").exists()
    assert "bad.txt:1:1" in result.stderr


def test_a_damaged_lock_is_told_with_its_line_and_left_alone(rulebook: Path) -> None:
    old, lock = rulebook.parent / "old.txt", rulebook / "lamp" / "text.lock"
    _run("lock", old, "--law", "lamp", "--rulebook", rulebook)
    damaged = lock.read_text().replace("lamp/1(1) | live", "lamp/1(1) : live")
    lock.write_text(damaged)
    for result in (
        _run("check", old, "--law", "lamp", "--rulebook", rulebook),
        _run("accept", "lamp/2", "--rulebook", rulebook),
    ):
        assert result.exit_code == 1
        assert "text.lock:7:1" in result.stderr
    assert lock.read_text() == damaged


def test_a_decision_that_rests_on_a_stale_provision_names_it(rulebook: Path) -> None:
    old, new = rulebook.parent / "old.txt", rulebook.parent / "new.txt"
    decide = ["decide", "--action", "light lamp", "--by", "keeper", "--rulebook", str(rulebook)]
    _run("lock", old, "--law", "lamp", "--rulebook", rulebook)
    fresh = CliRunner().invoke(build_app(), decide)
    assert (fresh.exit_code, "Art. 1 (1)" in fresh.stdout, fresh.stderr) == (0, True, "")
    _run("lock", new, "--law", "lamp", "--rulebook", rulebook, "--replace")
    stale = CliRunner().invoke(build_app(), decide)
    assert (stale.exit_code, stale.stdout) == (0, fresh.stdout)
    assert stale.stderr == "warning: lamp/1(1): reworded since the rules were read\n"
