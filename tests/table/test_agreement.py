"""Tables of the shipped actions come to what `decide` comes to row by row."""

from __future__ import annotations

import datetime as dt
import os
from itertools import permutations
from pathlib import Path

import polars as pl
import pytest
from tests.evaluate.books import DAY, rule
from tests.evaluate.books import book as one_article
from tests.table.agreement import Notes, disagreements
from tests.table.tables import facts_of

from mutandis import CaseError, Rulebook
from mutandis.backends.engine import Engine

LIBRARY = Path(__file__).parents[1] / "library"

ROWS = max(4, int(os.environ.get("MUTANDIS_EXAMPLES", "0")))
EACH = 8
"""Every how manieth action is tried in a run; `python -m tests.table.agreement` tries all."""


@pytest.mark.parametrize("known", [1.0, 0.8])
def test_a_table_is_decided_as_its_rows_are(book: Rulebook, known: float) -> None:
    actions = [name for name, component in book.program.components.items() if component.norms]
    assert len(actions) > 100
    found = [line for action in actions[::EACH] for line in disagreements(book, action, ROWS, known)]
    assert found == []


@pytest.mark.parametrize("known", [1.0, 0.5])
def test_a_table_that_states_derived_facts_is_decided_as_its_rows_are(book: Rulebook, known: float) -> None:
    derived = set(book.program.derived)
    asked = [name for name, component in book.program.components.items() if component.norms]
    actions = [a for a in asked if derived & set(facts_of(book, a, dt.date(2020, 3, 1), derived=True))]
    assert len(actions) > 50
    assert [line for a in actions[::EACH] for line in disagreements(book, a, ROWS, known, derived=True)] == []


@pytest.mark.parametrize("action", ["permit infant_rearing", "reappoint executive"])
def test_a_limit_on_a_day_that_is_left_open_is_decided_as_its_rows_are(book: Rulebook, action: str) -> None:
    assert list(disagreements(book, action, 30, 0.5, seed=7)) == []


def test_actions_that_turn_on_norms_elsewhere_are_decided_as_their_rows_are(book: Rulebook) -> None:
    engine = Engine(book.program)
    asking = [
        name
        for name, component in book.program.components.items()
        if component.norms and engine.unit(name, None, dt.date.max).asks
    ]
    whole = [name for name in asking if book.columns(name).is_whole]
    assert len(whole) > 40
    found = [line for action in whole[::6] for line in disagreements(book, action, 2 * ROWS, 0.8, seed=3)]
    assert found == []


def test_an_applied_norm_that_turns_on_an_open_parameter_waits_as_one_case_does() -> None:
    book = Rulebook.load(LIBRARY)
    asking = [name for name, component in book.program.components.items() if component.norms]
    assert [line for name in asking for known in (0.8, 0.5) for line in disagreements(book, name, 20, known)] == []


def test_what_no_definition_gave_yet_is_stated_against_it(book: Rulebook) -> None:
    """Before the Act nothing gives a class of goods: it is no, whatever else a row says."""
    assert list(disagreements(book, "prohibit correspondence", 30, 0.5, derived=True)) == []


def test_a_row_that_is_decided_otherwise_by_itself_is_told(book: Rulebook, monkeypatch: pytest.MonkeyPatch) -> None:
    def otherwise(*_: object, **__: object) -> None:
        raise CaseError([])

    assert list(disagreements(book, "grant temporary_release", ROWS, 1.0)) == []
    monkeypatch.setattr(Rulebook, "decide", otherwise)
    assert len(list(disagreements(book, "grant temporary_release", ROWS, 1.0))) == ROWS


def test_what_was_compared_under_the_same_rulebook_is_not_compared_again(tmp_path: Path) -> None:
    about: dict[str, object] = {"rulebook": "a", "rows": 5}
    Notes(tmp_path / "notes", about).add(3, "assign work", 20, ["one row"])
    again = Notes(tmp_path / "notes", about)
    assert (again.done, again.rows, again.found) == ({(3, "assign work")}, 20, 1)
    assert Notes(tmp_path / "notes", {**about, "rulebook": "b"}).done == set()


def test_a_note_that_broke_off_is_left_out(tmp_path: Path) -> None:
    about: dict[str, object] = {"rulebook": "a", "rows": 5}
    notes, path = Notes(tmp_path / "notes", about), tmp_path / "notes"
    notes.add(3, "assign work", 20, [])
    notes.add(4, "assign work", 20, [])
    path.write_text(path.read_text()[:-9])
    Notes(path, about).add(5, "assign work", 20, [])
    assert Notes(path, about).done == {(3, "assign work"), (5, "assign work")}


@pytest.mark.parametrize(("asked", "is_whole"), [("it.mark / 3 > 1", True), ("it.mark * it.mark > 9", False)])
@pytest.mark.parametrize("order", list(permutations(("1/2", "19/2", None, "unknown"))))
def test_numbers_with_parts_are_told_apart_where_walking_finds_a_truth(
    order: tuple[str | None, ...], asked: str, is_whole: bool
) -> None:
    loaded = one_article(rule("(1)", "must: tell thing", f"when: {asked}"))
    assert loaded.columns("tell thing").is_whole is is_whole  # no column holds a square
    table = loaded.decide_table("tell thing", pl.DataFrame({"it.mark": order}), at=DAY, on_bad="raise")
    cases = [{} if value is None else {"it.mark": value} for value in order]
    assert table.verdict.to_list() == [loaded.decide("tell thing", case, at=DAY).verdict.value for case in cases]


@pytest.mark.parametrize("order", list(permutations(("1/2", "3", None, "unknown"))))
def test_a_derived_number_with_parts_is_stated(order: tuple[str | None, ...]) -> None:
    gives = rule("(1)", "define: it.mark", "as: '3'", "when: it.a")
    loaded = one_article(gives, rule("(2)", "must: tell thing", "when: it.mark < 2"))
    table = loaded.decide_table("tell thing", pl.DataFrame({"it.mark": order}), at=DAY)
    cases = [{} if value is None else {"it.mark": value} for value in order]
    assert table.verdict.to_list() == [loaded.decide("tell thing", case, at=DAY).verdict.value for case in cases]
    denied = pl.DataFrame({"it.mark": order, "it.a": [True] * len(order)})
    told = [bad.value for bad in loaded.decide_table("tell thing", denied, at=DAY, on_bad="error").bad]
    assert told == ["0.5"]


@pytest.fixture(scope="module")
def of_two() -> Rulebook:
    conditions = (
        "(the smaller of it.count and it.mark) >= 3",
        "(the larger of it.used and 5 days) + 1 day < (the smaller of it.used and 10 days) * 2",
        "it.until is present and (the earlier of it.on and it.due) < (the later of it.until and it.seen)",
        "(the smaller of it.fee and 12 won) + 3 won > it.fee",
    )
    return one_article(*(rule(f"({k})", "must: tell thing", f"when: '{one}'") for k, one in enumerate(conditions, 1)))


@pytest.mark.parametrize("known", [1.0, 0.8, 0.5])
def test_the_smaller_and_the_later_of_two_are_decided_as_rows_are(of_two: Rulebook, known: float) -> None:
    assert of_two.columns("tell thing").is_whole
    assert list(disagreements(of_two, "tell thing", 100, known, varied=True)) == []
