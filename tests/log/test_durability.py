"""No acknowledged entry is lost: not where the process or the database is killed, not where the disk is full."""

from __future__ import annotations

import itertools
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.postgres import Postgres

from mutandis_log import DecisionLog, Draft, LogUnavailableError, Writer
from mutandis_log.verify import verify

_APPENDING = Path(__file__).parent / "appending.py"


def _appending(place: str, most_bytes: int = 0) -> subprocess.Popen[str]:
    def bounded() -> None:
        if most_bytes:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))

    return subprocess.Popen(
        [sys.executable, _APPENDING, place], stdout=subprocess.PIPE, text=True, preexec_fn=bounded, env={**os.environ}
    )


def _receipts(lines: list[str]) -> dict[int, str]:
    whole = [line.strip().partition(":") for line in lines if line.endswith("\n") and line[0].isdigit()]
    return {int(number): hash_ for number, _, hash_ in whole}


def test_what_was_acknowledged_is_there_after_the_process_was_killed_under_load(tmp_path: Path) -> None:
    place = tmp_path / "decisions.sqlite"
    with _appending(str(place)) as process:
        assert process.stdout is not None
        lines = list(itertools.islice(process.stdout, 200))
        process.kill()
        lines += process.stdout.readlines()
    log = DecisionLog(place, must_exist=True)
    receipts = _receipts(lines)
    assert len(receipts) >= 200
    assert verify(log, receipts).faults == ()
    log.append(Draft("decision", "after", {}, {}))
    assert verify(log, receipts).faults == ()


def test_what_was_acknowledged_is_there_after_the_database_was_stopped_at_once(postgres: Postgres) -> None:
    before = DecisionLog(postgres.url)
    with _appending(postgres.url) as process:
        assert process.stdout is not None
        lines = list(itertools.islice(process.stdout, 200))
        postgres.stop("immediate")
        refused = next(line for line in process.stdout if line.startswith("refused"))
        postgres.start()
        lines += list(itertools.islice((line for line in process.stdout if line[0].isdigit()), 20))
        process.kill()
        lines += process.stdout.readlines()
    assert "the decision log cannot be used" in refused
    assert verify(before, _receipts(lines)).faults == ()
    with before._engine.begin() as connection:
        connection.exec_driver_sql("TRUNCATE decision_log")
    before.close()


def test_a_full_disk_is_told_and_what_was_acknowledged_is_there(tmp_path: Path) -> None:
    place = tmp_path / "decisions.sqlite"
    with _appending(str(place), most_bytes=300_000) as process:
        assert process.stdout is not None
        lines: list[str] = []
        refused = 0
        for line in process.stdout:
            lines.append(line)
            refused += line.startswith("refused")
            if refused >= 8:
                break
        process.kill()
        lines += process.stdout.readlines()
    receipts = _receipts(lines)
    assert receipts
    log = DecisionLog(place, must_exist=True)
    assert verify(log, receipts).faults == ()
    (entry,) = log.append(Draft("decision", "after", {}, {}))
    assert entry.seq > max(receipts)


def test_who_comes_while_too_many_wait_is_told_so(tmp_path: Path) -> None:
    log = DecisionLog(tmp_path / "decisions.sqlite")
    writer = Writer(log, most_waiting=2)
    with log._writing():  # somebody else writes, so nothing is put on record meanwhile
        waiting = [writer.append([Draft("decision", "a", {}, {})])]
        with pytest.raises(LogUnavailableError, match="too many decisions wait"):
            for _ in range(5):
                waiting.append(writer.append([Draft("decision", "a", {}, {})]))
    entries = [future.result(30)[0] for future in waiting]
    assert [entry.seq for entry in entries] == list(range(1, len(waiting) + 1))
    writer.close()


def test_room_is_looked_for_once_nothing_is_put_on_record_and_for_the_bytes_of_the_last_entries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = DecisionLog(tmp_path / "decisions.sqlite")
    writer = Writer(log)
    looked: list[int] = []
    monkeypatch.setattr(log, "check_room", looked.append)

    def recorded(text: str, key: str = "") -> None:
        (entry,) = writer.append([Draft("decision", "a", {}, {"facts.x": text}, key)]).result(30)
        assert entry.leaves["facts.x"].text == text

    def look_after_a_second() -> int:
        when, fault = writer._looked
        writer._looked = (when - 1, fault)
        writer.check()
        return looked[-1]

    recorded("가" * 40_000, "key")
    writer.check()
    assert looked == []
    assert look_after_a_second() == 120_000
    recorded("a" * 50_000)
    assert look_after_a_second() == 50_000
    recorded("a")
    least = look_after_a_second()
    assert 0 < least < 50_000
    when, _ = writer._looked
    recorded("가" * 40_000, "key")  # it is on record already, which tells of no room
    assert (writer._looked, look_after_a_second()) == ((when, None), least)
    writer.close()
