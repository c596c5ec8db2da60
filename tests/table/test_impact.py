"""What an amendment changes for a population, against deciding each case by both rulebooks."""

from __future__ import annotations

import datetime as dt
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from mutandis import CaseError, Rulebook
from mutandis.resources import rulebook_folder
from mutandis.table import impact as impact_module
from mutandis.table.impact import Impact

ACTION = "grant temporary_release"
DAY = dt.date(2020, 3, 1)
ROWS = 40
COLUMNS: dict[str, Any] = {
    "number": [f"n{row}" for row in range(ROWS)],
    "inmate.class": ["sentenced"] * ROWS,
    "kin.relation": ["spouse"] * ROWS,
    "kin.died": [True] * ROWS,
    "temporary_release.days": [f"{row % 7 + 1} days" if row % 10 else None for row in range(ROWS)],
    "descendant.marries": [False] * ROWS,
    "inmate.record_excellent": [False] * ROWS,
}


@pytest.fixture(scope="module")
def amended(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    """The shipped rulebook, in which special leave is less than three days instead of five."""
    folder = tmp_path_factory.mktemp("amended") / "rulebook"
    shutil.copytree(Path(str(rulebook_folder())), folder)
    changed = 0
    for path in folder.glob("act/**/077*.yaml"):
        if "cases" not in path.parts and "temporary_release.days < 5 days" in (
            text := path.read_text(encoding="utf-8")
        ):
            path.write_text(text.replace("temporary_release.days < 5 days", "temporary_release.days < 3 days"), "utf-8")
            changed += 1
    assert changed == 1
    return Rulebook.load(folder)


def flips(found: Impact) -> Counter[tuple[str, str, str]]:
    """How many cases flip, by action, from what to what."""
    counted: Counter[tuple[str, str, str]] = Counter()
    for flip in found.flips:
        counted[flip.action, flip.before, flip.after] += flip.count
    return counted


def test_what_flips_is_what_comes_out_otherwise_case_by_case(
    book: Rulebook, amended: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(impact_module, "AT_ONCE", 7)
    told: list[tuple[int, int]] = []
    found = book.impact(
        amended, COLUMNS, actions=[ACTION], at=DAY, progress=lambda done, rows: told.append((done, rows))
    )
    wanted: Counter[tuple[str, str, str]] = Counter()
    first: dict[tuple[str, str, str], int] = {}
    for row, case in enumerate(pl.DataFrame(COLUMNS).drop("number").iter_rows(named=True)):
        stated = {name: value for name, value in case.items() if value is not None}
        one, other = (side.decide(ACTION, stated, at=DAY).verdict.value for side in (book, amended))
        if one != other:
            wanted[ACTION, one, other] += 1
            first.setdefault((ACTION, one, other), row)
    assert wanted == {(ACTION, "permitted", "forbidden"): 10}
    assert flips(found) == wanted
    [flip] = found.flips
    assert (flip.by, flip.no_longer, flip.missing) == (("act/77(2) breached",), (), ())
    row = first[ACTION, "permitted", "forbidden"]
    assert flip.samples[0].row == row
    assert flip.samples[0].columns == {"number": f"n{row}"}
    assert len(flip.samples) == 3
    assert (found.rows, found.actions, found.changed, found.bad) == (ROWS, 1, 10, ())
    assert told[-1] == (ROWS, ROWS)


def test_all_actions_are_asked_about_and_a_file_serves(book: Rulebook, amended: Rulebook, tmp_path: Path) -> None:
    path = tmp_path / "register.parquet"
    pl.DataFrame(COLUMNS).head(4).write_parquet(path)
    found = book.impact(amended, path, at=DAY, samples=0)
    assert flips(found) == {(ACTION, "permitted", "forbidden"): 2}
    assert found.actions > 700
    assert found.flips[0].samples == ()
    assert book.impact(book, path, at=DAY).flips == ()


def test_values_that_are_not_allowed_and_unknown_actions_are_told(book: Rulebook, amended: Rulebook) -> None:
    columns = {**COLUMNS, "kin.died": ["perhaps"] * ROWS}
    found = book.impact(amended, columns, actions=[ACTION], at=DAY)
    assert [(bad.column, bad.count) for bad in found.bad] == [("kin.died", ROWS)]
    assert found.flips == ()
    with pytest.raises(CaseError, match="the rulebook has no action `grant parol`"):
        book.impact(amended, COLUMNS, actions=["grant parol"])


def test_a_fact_of_one_rulebook_alone_is_read_by_that_one(book: Rulebook) -> None:
    library = Rulebook.load(Path(__file__).parents[1] / "library")
    action = next(name for name, component in library.program.components.items() if component.norms)
    assert action not in book.program.components
    fact = next(name for name, fact in library.vocabulary.facts.items() if fact.type.kind == "yes_no")
    assert fact not in book.vocabulary.facts
    found = book.impact(library, {"kin.died": [True], fact: [True]}, actions=[action], at=DAY)
    assert flips(found) == {(action, "absent", library.decide(action, {fact: True}, at=DAY).verdict.value): 1}


def test_cases_that_contradict_themselves_are_told(book: Rulebook, amended: Rulebook) -> None:
    columns = {**COLUMNS, "kin.of_family": [row % 2 == 0 for row in range(ROWS)]}
    found = book.impact(amended, pl.DataFrame(columns), actions=[ACTION], at=DAY)
    (bad,) = found.bad
    assert (bad.column, bad.value, bad.count, bad.rows) == ("kin.of_family", "no", ROWS // 2, (1, 3, 5, 7, 9))
    assert all(flip.before != "error" for flip in found.flips)
