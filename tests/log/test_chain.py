"""The chain of a log: what is put on record stays as it is, and what is altered or missing is found."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tests.log.conftest import ADULT, draft_of
from tests.postgres import Postgres

from mutandis import Rulebook, as_json
from mutandis.diagnostics import MutandisError
from mutandis_log import DecisionLog, Entry, LogUnavailableError, Writer
from mutandis_log.entry import BEGINNING, Seal, UnreadableEntryError, write_leaves
from mutandis_log.export import Format, export
from mutandis_log.removal import prune
from mutandis_log.verify import verify

FORMATS: tuple[Format, ...] = ("jsonl", "csv", "records")


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
    *_, head = five.entries()
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
        (f"UPDATE decision_log SET question = '{'[' * 99_999}' WHERE seq = 1", [(1, "it cannot be read: ")]),
        (
            """UPDATE decision_log SET question = '{"a": "\\ud800"}' WHERE seq = 1""",
            [(1, "what it says is not what was put on record")],
        ),
        (
            """UPDATE decision_log SET leaves = replace(leaves, '\\"permitted\\"', 'perhaps') WHERE seq = 1""",
            [(1, "it cannot be read: ")],
        ),
        ("""UPDATE decision_log SET leaves = '{"answer.verdict": [5]}' WHERE seq = 1""", [(1, "it cannot be read: ")]),
        (
            """UPDATE decision_log SET leaves = replace(leaves, '"]', '", "more"]') WHERE seq = 1""",
            [(1, "it cannot be read: ")],
        ),
        (
            """UPDATE decision_log SET question = '{"action": "burn book", ' || substr(question, 2) WHERE seq = 2""",
            [(2, "the columns beside it say something else than it does")],
        ),
        (
            """UPDATE decision_log SET leaves = '{"facts.x": ["", "1"], ' || substr(leaves, 2) WHERE seq = 2""",
            [(2, "what it says is not what was put on record")],
        ),
        (
            'UPDATE decision_log SET leaves = \'{"facts.loan.length": ["a", "1"], \' || substr(leaves, 2) '
            "WHERE seq = 2",
            [(2, "the columns beside it say something else than it does")],
        ),
        ("UPDATE decision_log SET seq = -1 WHERE seq = 1", [(-1, "it stands before the first"), (1, "it is missing")]),
        (
            "INSERT INTO decision_log SELECT 0, kind, recorded_at, asker, NULL, action, verdict, rulebook, question, "
            "leaves, previous, hash FROM decision_log WHERE seq = 1",
            [(0, "it stands before the first entry")],
        ),
        (
            "UPDATE decision_log SET key = '' WHERE seq = 2",
            [(2, "the columns beside it say something else than it does")],
        ),
        (
            "UPDATE decision_log SET kind = 'pruned', question = '', leaves = '' WHERE seq = 2",
            [(2, "the columns beside it say something"), (2, "it is gone, and no entry tells who pruned it")],
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


@pytest.mark.parametrize("sql", ["recorded_at = x'00'", "previous = x'00'", "leaves = CAST(x'ff' AS TEXT)"])
def test_what_is_no_text_in_a_file_is_told_as_altered(tmp_path: Path, book: Rulebook, sql: str) -> None:
    log = DecisionLog(tmp_path / "decisions.sqlite")
    log.append(draft_of(book), draft_of(book))
    ((seq, message),) = _altered(log, f"UPDATE decision_log SET {sql} WHERE seq = 2")
    assert seq == 2 and message.startswith("it cannot be read")


def test_a_fact_that_was_altered_into_no_json_stops_no_export_with_an_error_of_python(five: DecisionLog) -> None:
    told = _altered(five, """UPDATE decision_log SET leaves = replace(leaves, '\\"2 days\\"', 'two') WHERE seq = 2""")
    assert told == [(2, "what it says is not what was put on record")]
    for kind in FORMATS:
        with pytest.raises(UnreadableEntryError, match="entry 2 of the log cannot be read"):
            list(export(five.entries(), kind))


@pytest.mark.parametrize(
    "column", ["recorded_at", "asker", "key", "action", "verdict", "rulebook", "question", "leaves"]
)
def test_what_is_written_into_a_pruned_entry_is_found(five: DecisionLog, column: str) -> None:
    prune(five, "2999-01-01", because="years are over", who="archivist")
    told = _altered(five, f"UPDATE decision_log SET {column} = 'somebody' WHERE seq = 3")
    assert told == [(3, "the columns beside it say something else than it does")]


@pytest.mark.parametrize("ranges", ["[[1,999999999999]]", "[[-999999999999,5]]"])
def test_a_pruning_that_names_what_is_not_before_it_takes_no_time(five: DecisionLog, ranges: str) -> None:
    prune(five, "2999-01-01", because="years are over", who="archivist")
    sql = f"UPDATE decision_log SET question = replace(question, '[[1,5]]', '{ranges}') WHERE seq = 6"
    assert (6, "what it says was taken out cannot be read") in _altered(five, sql)


def test_what_is_pruned_while_the_log_is_gone_through_is_no_fault(
    five: DecisionLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = DecisionLog.entries

    def entries(log: DecisionLog, *, after: int = 0) -> Iterator[Entry]:
        monkeypatch.setattr(DecisionLog, "entries", read)
        first = list(read(log, after=after))
        prune(log, "2999-01-01", because="years are over", who="archivist")
        yield from first
        yield from read(log, after=first[-1].seq)

    monkeypatch.setattr(DecisionLog, "entries", entries)
    found = verify(five)
    assert (found.faults, found.pruned) == ((), 5)


def test_a_log_that_must_exist_is_opened_without_writing(
    tmp_path: Path, book: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "decisions.sqlite"
    log = DecisionLog(place)
    log.append(draft_of(book))
    log.close()
    before = place.read_bytes()
    with monkeypatch.context() as patched:
        patched.setattr(os, "statvfs", lambda path: SimpleNamespace(f_flag=os.ST_RDONLY))
        patched.setattr(sqlite3, "connect", _as_on_a_medium_only_to_be_read(sqlite3.connect))
        read = DecisionLog(place, must_exist=True)
        assert (verify(read).entries, verify(read).faults) == (1, ())
        read.close()
    assert place.read_bytes() == before and [path.name for path in tmp_path.iterdir()] == [place.name]


def test_a_log_is_verified_where_the_system_tells_nothing_of_the_medium(
    tmp_path: Path, book: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = DecisionLog(tmp_path / "decisions.sqlite")
    log.append(draft_of(book))
    log.close()
    monkeypatch.delattr(os, "statvfs")
    read = DecisionLog(tmp_path / "decisions.sqlite", must_exist=True)
    assert (verify(read).entries, verify(read).faults) == (1, ())
    read.close()


def _as_on_a_medium_only_to_be_read(connect: Callable[..., sqlite3.Connection]) -> Callable[..., sqlite3.Connection]:
    def connected(name: str, **how: Any) -> sqlite3.Connection:
        assert name.endswith("?immutable=1") and how["uri"]
        return connect(name, **how)

    return connected


def test_a_user_of_the_database_who_may_only_read_verifies(postgres: Postgres, book: Rulebook) -> None:
    log = DecisionLog(postgres.url)
    log.append(draft_of(book), draft_of(book))
    with log._engine.begin() as connection:
        connection.exec_driver_sql("CREATE ROLE auditor LOGIN")
        connection.exec_driver_sql("GRANT SELECT ON ALL TABLES IN SCHEMA public TO auditor")
    read = DecisionLog(postgres.url.replace(f"//{postgres.user}@", "//auditor@"), must_exist=True)
    found = verify(read)
    assert (found.entries, found.faults, len(list(export(read.entries(), "jsonl")))) == (2, (), 2)
    with pytest.raises(LogUnavailableError, match="permission denied"):
        read.append(draft_of(book))
    read.close()
    with log._engine.begin() as connection:
        connection.exec_driver_sql("TRUNCATE decision_log")
        connection.exec_driver_sql("DROP OWNED BY auditor")
        connection.exec_driver_sql("DROP ROLE auditor")
    log.close()


def test_a_database_that_is_no_log_is_told_and_stays_as_it_is(tmp_path: Path) -> None:
    place = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(place)) as other:
        other.execute("CREATE TABLE register (number)")
    before = place.read_bytes()
    with pytest.raises(MutandisError, match="is no decision log, or not all of one: it has no table `decision_log`"):
        DecisionLog(place, must_exist=True)
    assert place.read_bytes() == before


def test_what_stands_under_a_key_and_is_no_entry_is_told_to_its_asker_alone(tmp_path: Path, book: Rulebook) -> None:
    log = DecisionLog(tmp_path / "decisions.sqlite")
    log.append(draft_of(book, key="k"))
    _altered(log, "UPDATE decision_log SET leaves = '['")
    writer = Writer(log)
    with log._writing():  # what comes meanwhile is put on record together
        futures = [writer.append([draft_of(book, key=key)]) for key in ("", "k", "other")]
    assert isinstance(futures[1].exception(30), UnreadableEntryError)
    assert [futures[number].result(30)[0].seq for number in (0, 2)] == [2, 3]
    writer.close()


def test_a_leaf_that_was_taken_out_silently_is_found(five: DecisionLog) -> None:
    (entry,) = five.entries(numbers=[2])
    leaves = dict(entry.leaves)
    leaves["facts.loan.length"] = leaves["facts.loan.length"].taken_out()
    told = _altered(five, f"UPDATE decision_log SET leaves = '{write_leaves(leaves)}' WHERE seq = 2")
    assert told == [(2, "facts.loan.length is gone, and no entry tells who took it out")]


def test_entries_missing_at_the_end_are_found_by_a_receipt(five: DecisionLog) -> None:
    *_, head = five.entries()
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
