"""A PostgreSQL that is started for the tests of queries."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from mutandis import Rulebook


@pytest.fixture(scope="session")
def book() -> Rulebook:
    """The shipped rulebook."""
    return Rulebook.load()


def _tools() -> Path | None:
    found = shutil.which("initdb")
    if found is not None:
        return Path(found).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return versions[-1].parent if versions else None


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """How to connect to a server with an empty database, on a socket in a folder of its own."""
    tools = _tools()
    if tools is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    user = pwd.getpwuid(os.getuid()).pw_name
    if os.getuid() == 0:  # PostgreSQL refuses to run as root
        user = "postgres" if "postgres" in {entry.pw_name for entry in pwd.getpwall()} else "nobody"
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))
    folder.chmod(0o755)
    if os.getuid() == 0:
        shutil.chown(folder, user)

    def run(tool: str, *arguments: str) -> None:
        done = subprocess.run(
            [tools / tool, *arguments],
            user=user if os.getuid() == 0 else None,
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr

    data = str(folder / "data")
    run("initdb", "-D", data, "-A", "trust", "-U", user, "-N", "--locale=C", "-E", "UTF8")
    options = f"-k {folder} -c listen_addresses='' -c fsync=off"
    run("pg_ctl", "start", "-w", "-t", "90", "-D", data, "-l", str(folder / "server.log"), "-o", options)
    try:
        yield f"host={folder} user={user} dbname=postgres"
    finally:
        run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", data)
        shutil.rmtree(folder, ignore_errors=True)
