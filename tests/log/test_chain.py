"""The chain of a log: what is put on record stays as it is, and what is altered or missing is found."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from tests.log.conftest import ADULT, draft_of
from tests.postgres import Postgres

from mutandis import Rulebook, as_json
from mutandis.diagnostics import MutandisError
from mutandis_log import DecisionLog, Writer
from mutandis_log.entry import BEGINNING, Seal, write_leaves
from mutandis_log.verify import verify


def _altered(log: DecisionLog, sql: str) -> list[tuple[int, str]]:
    """What is found after somebody has written to the database."""
    with log._engine.connect().execution_options(appends=True) as connection, connection.begin():
        connection.exec_driver_sql(sql)
    return [(fault.seq, fault.message) for fault in verify(log).faults]


@pytest.fixture
def five(log: DecisionLog, book: Rulebook) -> DecisionLog:
    log.append(*(draft_of(book, {**ADULT, "loan.length": f"{days} days"}) for days in range(1, 6)))
    return log


def test_an_entry_has_the_whole_question_and_the_answer_byte_for_byte(log: DecisionLog, book: Rulebook) -> None:
    (told,) = log.append(draft_of(book, asker="kim", key="k"))
    (read,) = log.entries()
    assert read == told and read.previous == BEGINNING
    assert read.answer == as_json(book.decide("lend book", ADULT))
    assert (read.asker, read.key, read.verdict) == ("kim", "k", "permitted")
    assert read.record().facts == book.record("lend book", ADULT).facts
    assert book.decide_again(read.record()).is_identical


def test_a_whole_log_verifies_and_names_its_last_receipt(five: DecisionLog) -> None:
    found = verify(five)
    head = five.head()
    assert head is not None
    assert (found.entries, found.faults, found.head) == (5, (), head.receipt)
    assert verify(five, {5: head.hash}).faults == ()


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        (
            "UPDATE decision_log SET asker = 'somebody' WHERE seq = 3",
            [(3, "what it says is not what was put on record")],
        ),
        (
            "UPDATE decision_log SET leaves = replace(leaves, '3 days', '4 days') WHERE seq = 3",
            [(3, "what it says is not what was put on record")],
        ),
        (
            "UPDATE decision_log SET verdict = 'forbidden' WHERE seq = 3",
            [(3, "the columns beside it say something else than it does")],
        ),
        ("DELETE FROM decision_log WHERE seq = 3", [(3, "it is missing")]),
        ("DELETE FROM decision_log WHERE seq IN (2, 3)", [(2, "it and all up to entry 3 are missing")]),
        ("UPDATE decision_log SET leaves = '{' WHERE seq = 1", [(1, "it cannot be read: ")]),
        ("UPDATE decision_log SET leaves = '{\"a\": []}' WHERE seq = 1", [(1, "it cannot be read: ")]),
        ('UPDATE decision_log SET leaves = \'{"a": {"x": 1, "y": 2}}\' WHERE seq = 1', [(1, "it cannot be read: ")]),
        ("UPDATE decision_log SET question = '[1]' WHERE seq = 1", [(1, "it cannot be read: ")]),
        (
            "UPDATE decision_log SET kind = 'pruned', question = '', leaves = '' WHERE seq = 2",
            [(2, "it is gone, and no entry tells who pruned it")],
        ),
    ],
)
def test_what_is_altered_or_removed_is_found(five: DecisionLog, sql: str, found: list[tuple[int, str]]) -> None:
    told = _altered(five, sql)
    assert len(told) == len(found)
    for (seq, message), (where, words) in zip(told, found, strict=True):
        assert seq == where and message.startswith(words)


def test_what_stands_behind_a_row_that_cannot_be_read_is_gone_through(five: DecisionLog) -> None:
    _altered(five, "UPDATE decision_log SET leaves = '[1]' WHERE seq IN (2, 4)")
    told = _altered(five, "UPDATE decision_log SET asker = 'somebody' WHERE seq = 5")
    assert [seq for seq, _ in told] == [2, 4, 5]
    assert verify(five).entries == 5


def test_a_leaf_that_was_taken_out_silently_is_found(five: DecisionLog) -> None:
    (entry,) = five.entries(numbers=[2])
    leaves = dict(entry.leaves)
    leaves["facts.loan.length"] = leaves["facts.loan.length"].taken_out()
    told = _altered(five, f"UPDATE decision_log SET leaves = '{write_leaves(leaves)}' WHERE seq = 2")
    assert told == [(2, "facts.loan.length is gone, and no entry tells who took it out")]


def test_entries_missing_at_the_end_are_found_by_a_receipt(five: DecisionLog) -> None:
    head = five.head()
    assert head is not None
    assert _altered(five, "DELETE FROM decision_log WHERE seq = 5") == []
    told = verify(five, {5: head.hash}).faults
    assert [(fault.seq, fault.message) for fault in told] == [(5, "there is a receipt for it, and it is missing")]


def test_a_log_made_anew_without_the_key_of_its_seal_is_found(tmp_path: Path, book: Rulebook) -> None:
    place = tmp_path / "sealed.sqlite"
    sealed = DecisionLog(place, Seal(b"k" * 32))
    sealed.append(draft_of(book))
    assert verify(sealed).faults == ()
    forged = DecisionLog(place)
    forged.append(draft_of(book))
    assert [fault.seq for fault in verify(sealed).faults] == [2]


def test_a_seal_needs_a_key_that_is_long_enough(tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text("short", encoding="utf-8")
    with pytest.raises(MutandisError, match="shorter than 32 bytes"):
        Seal.of_file(str(key))


def test_a_key_used_again_gives_the_entry_that_is_there(log: DecisionLog, book: Rulebook) -> None:
    first, again, other = log.append(
        draft_of(book, key="a"), draft_of(book, key="a"), draft_of(book, key="a", asker="other desk")
    )
    assert again == first and again.is_earlier and not first.is_earlier
    (later,) = log.append(draft_of(book, key="a"))
    assert later == first and later.is_earlier
    assert other.seq == 2 and [entry.seq for entry in log.entries()] == [1, 2]


def test_many_threads_append_to_one_chain(log: DecisionLog, book: Rulebook) -> None:
    draft = draft_of(book)
    writer = Writer(DecisionLog(log._url.render_as_string(hide_password=False)))
    other = Writer(DecisionLog(log._url.render_as_string(hide_password=False)))
    receipts: list[str] = []

    def ask(through: Writer) -> None:
        for _ in range(10):
            receipts.extend(entry.receipt for entry in through.append([draft]).result(60))

    threads = [threading.Thread(target=ask, args=(one,)) for one in (writer, other) * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    writer.close()
    other.close()
    assert verify(log).faults == ()
    assert sorted(receipts) == sorted(entry.receipt for entry in log.entries())
    assert len(receipts) == 60


def test_a_log_that_is_not_there_is_told(tmp_path: Path, postgres: Postgres) -> None:
    with pytest.raises(MutandisError, match="there is no log"):
        DecisionLog(tmp_path / "none.sqlite", must_exist=True)
    nobody = postgres.url.replace(f":{postgres.port}/", ":1/")
    with pytest.raises(MutandisError, match="cannot be used"):
        DecisionLog(nobody)
