"""Logs to try: in a file of SQLite, and in a PostgreSQL that is started for the tests."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from mutandis import Rulebook
from mutandis_log import DecisionLog, Draft

LIBRARY = Path(__file__).parents[1] / "library"
ADULT: dict[str, object] = {"reader.class": "adult", "reader.fees_owed": "0 won", "loan.length": "10 days"}


@pytest.fixture(scope="session")
def book() -> Rulebook:
    """The rulebook of a library."""
    return Rulebook.load(LIBRARY)


def draft_of(book: Rulebook, facts: dict[str, object] | None = None, key: str = "", asker: str = "desk") -> Draft:
    """What is put on record of a decision about lending a book."""
    record = book.record("lend book", facts or ADULT)
    question = {"action": "lend book", "by": None, "at": None, "law_as_of": None, "holidays": None}
    decision = book.decide("lend book", facts or ADULT)
    return Draft.of_decision(decision, record.facts, question, asker=asker, key=key)


@dataclass
class Postgres:
    """A server of PostgreSQL with an empty cluster of its own, on a socket in its folder."""

    tools: Path
    folder: Path
    user: str
    port: int

    @property
    def url(self) -> str:
        return f"postgresql://{self.user}@127.0.0.1:{self.port}/postgres"

    def run(self, tool: str, *arguments: str) -> None:
        user = self.user if os.getuid() == 0 else None
        done = subprocess.run(
            [self.tools / tool, *arguments],
            user=user,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr

    def start(self) -> None:
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1"
        log = str(self.folder / "server.log")
        self.run("pg_ctl", "start", "-w", "-t", "60", "-D", str(self.folder / "data"), "-l", log, "-o", options)

    def stop(self, mode: str) -> None:
        self.run("pg_ctl", "stop", "-w", "-m", mode, "-D", str(self.folder / "data"))


def _tools() -> Path | None:
    found = shutil.which("initdb")
    if found is not None:
        return Path(found).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return versions[-1].parent if versions else None


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A running server; a test that wants one is left out where PostgreSQL is not installed."""
    tools = _tools()
    if tools is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    user = pwd.getpwuid(os.getuid()).pw_name
    if os.getuid() == 0:  # PostgreSQL refuses to run as root
        names = {entry.pw_name for entry in pwd.getpwall()}
        user = "postgres" if "postgres" in names else "nobody"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="pg") as name:
        folder = Path(name)
        if os.getuid() == 0:
            shutil.chown(folder, user)
        server = Postgres(tools, folder, user, port)
        server.run("initdb", "-D", str(folder / "data"), "-A", "trust", "-U", user, "-E", "UTF8", "--no-sync")
        server.start()
        yield server
        server.stop("immediate")


@pytest.fixture(params=["sqlite", "postgresql"])
def log(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[DecisionLog]:
    """An empty log in each kind of database."""
    if request.param == "sqlite":
        place = str(tmp_path / "decisions.sqlite")
    else:
        server: Postgres = request.getfixturevalue("postgres")
        place = server.url
    opened = DecisionLog(place)
    yield opened
    if request.param == "postgresql":
        with opened._engine.begin() as connection:
            for table in ("decision_log", "decision_log_marks"):
                connection.exec_driver_sql(f"TRUNCATE {table}")
    opened.close()
