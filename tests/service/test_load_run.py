"""The load run tells of a service that cannot be asked why it cannot, at once."""

from __future__ import annotations

import re
import socket
import sys
from pathlib import Path

import pytest

from bench import service_load


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def test_why_a_service_did_not_start_is_told(tmp_path: Path) -> None:
    serve = [sys.executable, "-c", "from mutandis_tools.main import main; main()", "serve", "-r", "nowhere.bundle"]
    with (
        pytest.raises(SystemExit, match=re.compile("`serve` cannot be asked: .*ended with 2.*nowhere.bundle", re.S)),
        service_load.running("serve", serve, tmp_path, _free_port()),
    ):
        pytest.fail("it was asked")


def test_a_service_that_never_listens_is_told_and_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service_load, "SECONDS_TO_START", 0.2)
    waits = [sys.executable, "-c", "import time; time.sleep(600)"]
    with (
        pytest.raises(SystemExit, match="`idle` cannot be asked: its process goes on without listening"),
        service_load.running("idle", waits, tmp_path, _free_port()),
    ):
        pytest.fail("it was asked")


def test_a_service_that_listens_is_asked_by_its_process(tmp_path: Path) -> None:
    port = _free_port()
    serves = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1"]
    with service_load.running("files", serves, tmp_path, port) as process:
        assert process > 0
        with socket.create_connection(("127.0.0.1", port)):
            pass
