"""Lists over columns: what goes through their members comes to what `decide` comes to, row by row."""

from __future__ import annotations

import datetime as dt
from itertools import product
from random import Random
from typing import Any

import polars as pl
import pytest
from tests.table.agreement import disagreements, told_of

from mutandis import CaseError, Rulebook
from mutandis.backends.engine import Engine
from mutandis.table.engine import TableEngine
from mutandis.table.table import PARTS

DAY = dt.date(2020, 3, 1)
SOME, COUNTED, ADDED, DEFINED = (
    "tell_of_death other_relative",
    "compose advisory_committee",
    "pay condolence_money",
    "suspend visit",
)


def agree(book: Rulebook, action: str, cases: list[dict[str, Any]]) -> None:
    names = dict.fromkeys(name for case in cases for name in case)
    lists = {name for name in names if book.vocabulary.facts[name].type.kind == "list"}
    said = {name: [case.get(name) for case in cases] for name in names}
    frame = pl.DataFrame([pl.Series(n, v, dtype=pl.Object if n in lists else None) for n, v in said.items()])
    found = book.decide_table(action, frame, at=DAY).frame(*PARTS)
    for case, row in zip(cases, found.iter_rows(named=True), strict=True):
        decision = book.decide(action, case, at=DAY)
        assert row == {part: told_of(decision, part) for part in PARTS}, case


@pytest.mark.parametrize("action", [SOME, COUNTED, ADDED, DEFINED])
@pytest.mark.parametrize("known", [1.0, 0.8, 0.5])
def test_lists_are_wholly_in_columns_and_decided_as_rows_are(book: Rulebook, action: str, known: float) -> None:
    assert book.columns(action).is_whole
    assert [line for seed in (1, 2) for line in disagreements(book, action, 10, known, seed)] == []


def test_what_members_state_against_a_definition_is_decided_as_rows_are(book: Rulebook) -> None:
    assert list(disagreements(book, DEFINED, 40, 0.8, seed=5, derived=True)) == []


def test_only_lists_whose_members_state_what_is_defined_are_left_to_rows(
    book: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    decided: list[object] = []
    plain = TableEngine.decide

    def noted(self: TableEngine, case: Any, at: Any) -> Any:
        decided.append(case)
        return plain(self, case, at)

    monkeypatch.setattr(TableEngine, "decide", noted)
    goods: list[list[dict[str, object]]] = [
        [{"kind": "firearms"}],
        [{"kind": "liquor"}, {}],
        [],
        [{"in_first_class": True}],
    ]
    frame = pl.DataFrame({"visit.goods_passed": pl.Series(goods, dtype=pl.Object)})
    assert book.decide_table(DEFINED, frame, at=DAY).verdict.len() == 4
    assert decided == [{"visit.goods_passed": ({"in_first_class": True},)}]


def test_a_member_of_a_list_that_is_not_read_contradicts_itself_as_in_one_case(book: Rulebook) -> None:
    """With `intended_to_pass_prohibited_goods` given nothing reads the goods meant to be passed."""
    given = {"visit.intended_to_pass_prohibited_goods": True}
    goods: list[list[dict[str, object]]] = [[{"kind": "firearms", "in_first_class": False}], [{"kind": "firearms"}]]
    cases = [{**given, "visit.goods_meant_to_be_passed": one} for one in goods]
    with pytest.raises(CaseError):
        book.decide(DEFINED, cases[0], at=DAY)
    meant = pl.Series("visit.goods_meant_to_be_passed", goods, dtype=pl.Object)
    frame = meant.to_frame().with_columns(pl.lit(True).alias("visit.intended_to_pass_prohibited_goods"))
    table = book.decide_table(DEFINED, frame, at=DAY, on_bad="error")
    assert table.verdict.to_list() == ["error", book.decide(DEFINED, cases[1], at=DAY).verdict.value]


def test_lists_that_may_have_more_members_are_decided_as_rows_are(book: Rulebook) -> None:
    members: list[dict[str, object]] = [{}, {"relation": "spouse"}, {"relation": "other"}, {"relation": "unknown"}]
    lists: list[object] = [
        [],
        *([one] for one in members),
        *([one, other] for one, other in product(members, repeat=2)),
    ]
    lists += [{"open": True, "members": one} for one in lists]
    lists += [{"open": True}, None, "unknown"]
    agree(book, SOME, [{"inmate.relatives": one} if one is not None else {} for one in lists])


def test_members_are_counted_as_rows_are(book: Rulebook) -> None:
    rng, wanted = Random(7), ("chairs", "elected_by_members", "outsider", "knows_correction")

    def member(known: float) -> dict[str, object]:
        stated = {name: rng.random() < 0.8 for name in wanted if rng.random() < known}
        by = rng.choice(("regional_commissioner", "warden", "none", "unknown"))
        return stated | ({"recommended_by": by} if rng.random() < known else {})

    cases: list[dict[str, Any]] = []
    for known, size in product((1, 1, 0.97, 0.7), (0, 1, 9, 10, 11, 15, 16)):
        members = [member(known) for _ in range(size)]
        cases.append({"advisory_committee.members": members})
        cases.append({"advisory_committee.members": {"open": True, "members": members}})
    agree(book, COUNTED, cases)


def test_amounts_of_members_are_added_as_rows_are(book: Rulebook) -> None:
    sure: dict[str, object] = {
        "by_state": True,
        "for_same_reason": True,
        "under_other_statute": True,
        "to_same_person": True,
    }
    members: list[dict[str, object]] = [
        {**sure, "amount": 5},
        {**sure, "amount": 10**13},  # more than a column holds
        sure,
        {"amount": 7},
        {**sure, "by_state": False},
        {**sure, "to_same_person": "unknown", "amount": 0},
    ]
    lists: list[object] = [
        [],
        *([one] for one in members),
        *([one, other] for one, other in product(members[:4], repeat=2)),
    ]
    lists += [{"open": True, "members": one} for one in lists[:8]]
    due = {"condolence_money.due": 12, "condolence_money.payee": "heir", "work_harm.death_from": True}
    paid: list[dict[str, object]] = [{}, {"condolence_money.amount": 7}, {"work.requested": True}]
    agree(book, ADDED, [{**due, **more, "condolence_money.other_payments": one} for one in lists for more in paid])


def test_members_that_wait_for_too_many_names_are_decided_as_rows_are(book: Rulebook) -> None:
    cases = [{"advisory_committee.members": [{"chairs": False}] * size} for size in (3, 15, 40)]
    agree(book, COUNTED, cases)


def test_every_action_that_goes_through_a_list_says_what_is_outside(book: Rulebook) -> None:
    """A list that may be presumed to be none is decided as rows are; all others go through columns."""
    units = {name: Engine(book.program).unit(name, None, DAY) for name, c in book.program.components.items() if c.norms}
    read = {name: [one.name for one in unit.lowered.facts if one.type.kind == "list"] for name, unit in units.items()}
    listed = {action: lists for action, lists in read.items() if lists}
    assert len(listed) > 15
    facts = book.vocabulary.facts
    for action, lists in listed.items():
        reasons = {reason for part in book.columns(action).outside for reason in part.reasons}
        if any("members" in reason for reason in reasons):
            assert any(facts[name].has_presumption for name in lists), action
