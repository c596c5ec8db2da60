"""Decisions are on record before they are told; the same key gives the same answer again; without the log, nothing."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi.testclient import TestClient
from tests.service.conftest import ADULT, LIBRARY, Serve

from mutandis import Rulebook
from mutandis_log import DecisionLog, Entry
from mutandis_log.verify import verify

LEND: dict[str, Any] = {"action": "lend book", "at": "2020-03-01", "facts": ADULT}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "decisions.sqlite"


@pytest.fixture
def client(serve: Serve, place: Path) -> TestClient:
    return serve(log=str(place))


def _entries(place: Path) -> list[Entry]:
    log = DecisionLog(place, must_exist=True)
    assert verify(log).faults == ()
    return list(log.entries())


def test_a_decision_is_on_record_with_everything_it_takes_to_make_it_again(
    client: TestClient, place: Path, serve: Serve, loaded: Any
) -> None:
    asked = {**LEND, "by": "librarian", "law_as_of": "2019-01-01", "known_on": "2020-01-01", "holidays": ["2020-03-02"]}
    answer = client.post("/v1/decide", json=asked)
    (entry,) = _entries(place)
    assert answer.text == entry.answer == serve().post("/v1/decide", json=asked).text
    assert answer.headers["mutandis-record"] == entry.receipt
    assert {k: entry.question[k] for k in ("action", "by", "at", "law_as_of", "known_on", "holidays", "name")} == {
        "action": "lend book",
        "by": "librarian",
        "at": "2020-03-01",
        "law_as_of": "2019-01-01",
        "known_on": "2020-01-01",
        "holidays": ["2020-03-02"],
        "name": "library",
    }
    assert entry.asker == "anybody"
    book: Rulebook = loaded.current[0].rulebook
    assert book.decide_again(entry.record()).is_identical


def test_what_is_told_in_parts_is_on_record_whole(client: TestClient, place: Path) -> None:
    client.post("/v1/decide", json={**LEND, "parts": ["citations"]})
    (entry,) = _entries(place)
    assert {"limits", "considered"} <= json.loads(entry.answer).keys()


@pytest.mark.parametrize("parts", [None, ["citations", "missing"]])
def test_the_same_key_gives_the_same_answer_and_one_entry(
    client: TestClient, place: Path, parts: list[str] | None
) -> None:
    asked, key = {**LEND, "parts": parts}, {"Idempotency-Key": "a-1"}
    first, again = (client.post("/v1/decide", json=asked, headers=key) for _ in range(2))
    assert first.text == again.text and len(_entries(place)) == 1
    assert first.headers["mutandis-record"] == again.headers["mutandis-record"]
    assert "idempotency-replayed" not in first.headers and again.headers["idempotency-replayed"] == "true"
    other = client.post("/v1/decide", json={**asked, "facts": {}}, headers=key)
    assert (other.status_code, other.json()["type"]) == (409, "urn:mutandis:problem:key-used")
    assert len(_entries(place)) == 1


def test_assessments_and_batches_are_on_record_and_told_again(client: TestClient, place: Path) -> None:
    key = {"Idempotency-Key": "a-1"}
    assessed = {"facts": ADULT, "at": "2020-03-01", "parts": ["citations"]}
    first, again = (client.post("/v1/assess", json=assessed, headers=key) for _ in range(2))
    assert first.text == again.text and again.headers["idempotency-replayed"] == "true"
    cases = [{"facts": ADULT}, {"facts": {"x": 1}}, {"facts": ADULT, "at": "2019-03-01"}]
    batch = {"action": "lend book", "at": "2020-03-01", "cases": cases}
    first, again = (client.post("/v1/batch", json=batch, headers=key) for _ in range(2))
    assert first.text == again.text
    entries = _entries(place)
    assert [entry.kind for entry in entries] == ["assessment", "decision", "decision"]
    assert [entry.question["at"] for entry in entries[1:]] == ["2020-03-01", "2019-03-01"]
    told = [one.get("record") for one in first.json()["results"]]
    assert told == [entries[1].receipt, None, entries[2].receipt]


def test_questions_that_decide_nothing_leave_no_record(client: TestClient, place: Path) -> None:
    client.post("/v1/explain", json=LEND)
    client.post("/v1/decide", json={**LEND, "facts": {"x": 1}})
    assert _entries(place) == []


def test_what_cannot_be_put_on_record_is_not_told(client: TestClient, place: Path) -> None:
    log = DecisionLog(place)
    with log._writing() as connection:
        connection.exec_driver_sql("ALTER TABLE decision_log RENAME TO elsewhere")
    answer = client.post("/v1/decide", json=LEND)
    assert (answer.status_code, answer.json()["type"]) == (503, "urn:mutandis:problem:log-unavailable")
    assert "verdict" not in answer.text and "adult" not in answer.text and answer.headers["retry-after"]
    assert client.post("/v1/explain", json=LEND).status_code == 200
    with log._writing() as connection:
        connection.exec_driver_sql("ALTER TABLE elsewhere RENAME TO decision_log")
    assert client.post("/v1/decide", json=LEND).status_code == 200
    assert len(_entries(place)) == 1


def test_a_service_is_not_ready_while_no_decision_can_be_put_on_record(client: TestClient, place: Path) -> None:
    writer = client.app.state.service.writer  # type: ignore[attr-defined]
    assert client.get("/ready").status_code == 200
    engine = writer.log._engine
    pages = "PRAGMA max_page_count = {}"  # as on a disk that is full, for the one connection of the pool
    with engine.connect() as connection:
        most = connection.exec_driver_sql("PRAGMA max_page_count").scalar_one()
        connection.exec_driver_sql(pages.format(1))
    writer._looked = (0.0, None)  # what was found a moment ago holds for a second
    writer._room = 1_000_000  # more than the room that looking for it left
    answer = client.get("/ready")
    assert (answer.status_code, answer.json()["type"]) == (503, "urn:mutandis:problem:not-ready")
    assert "full" in answer.json()["detail"] and answer.headers["retry-after"]
    assert client.get("/health").status_code == 200
    with engine.connect() as connection:
        connection.exec_driver_sql(pages.format(most))
    writer._looked = (0.0, None)
    assert client.get("/ready").status_code == 200
    assert client.post("/v1/decide", json=LEND).status_code == 200
    assert [entry.seq for entry in _entries(place)] == [1]


def test_looking_for_room_leaves_nothing_in_the_log(place: Path) -> None:
    log = DecisionLog(place)
    log.check_room(100_000)
    assert log.end() is None and log.strays() == [] and verify(log).faults == ()


def test_a_decision_that_was_told_is_on_record_after_the_service_was_killed_under_load(place: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = "from mutandis_tools.main import main; main()"
    command = [sys.executable, "-c", program, "serve", "-r", str(LIBRARY), "--port", str(port), "--log", str(place)]
    receipts: dict[int, str] = {}

    def ask() -> None:
        with httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
            while True:
                try:
                    answer = client.post("/v1/decide", json=LEND)
                except httpx2.TransportError:
                    if receipts:
                        return  # it was killed
                    time.sleep(0.1)  # it has not begun
                    continue
                number, _, hash_ = answer.headers["mutandis-record"].partition(":")
                receipts[int(number)] = hash_

    with subprocess.Popen(command, stderr=subprocess.DEVNULL, env={**os.environ, "MUTANDIS_CACHE": "off"}) as process:
        threads = [threading.Thread(target=ask, daemon=True) for _ in range(4)]
        for thread in threads:
            thread.start()
        while len(receipts) < 60 and process.poll() is None:
            time.sleep(0.05)
        process.kill()
        for thread in threads:
            thread.join(60)
    assert len(receipts) >= 60
    assert verify(DecisionLog(place, must_exist=True), receipts).faults == ()
