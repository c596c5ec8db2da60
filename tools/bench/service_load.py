"""`PYTHONPATH=tools python -m bench.service_load`: requests a second and times to answer, beside a bare FastAPI.

Every contestant is a process with one worker (or `--workers`) that is asked over connections of HTTP/1.1 that stay
open, from this process, which takes a share of the same processors. The yardstick is a FastAPI application that reads
the same question into a model of pydantic and returns the same bytes. Rounds are taken in turn, ratios within a round.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from mutandis import Rulebook, as_json
from mutandis_service.answers import decision_text

QUESTION: dict[str, Any] = {
    "action": "grant temporary_release",
    "at": "2020-03-01",
    "by": "warden",
    "facts": {
        "inmate": {"class": "sentenced"},
        "kin": {"relation": "spouse", "died": True},
        "temporary_release": {"days": "4 days", "days_used_this_year": "0 days"},
        "descendant": {"marries": False},
    },
}
BRIEF = ["citations", "breaches", "missing"]
BATCH = 100
"""How many cases a batch has."""

_BARE = """
import datetime as dt
from typing import Any
from fastapi import FastAPI, Response
from pydantic import BaseModel
class Question(BaseModel):
    action: str
    facts: dict[str, Any]
    at: dt.date | None = None
    by: str | None = None
    parts: list[str] | None = None
app = FastAPI()
ANSWER = open("answer.json", "rb").read()
@app.post("/v1/decide")
async def decide(question: Question) -> Response:
    return Response(ANSWER, media_type="application/json")
"""


@dataclass(frozen=True, slots=True)
class Target:
    """What is asked: its name, its port, the path, the body, and how many decisions one answer has."""

    name: str
    port: int
    path: str
    body: bytes
    decisions: int = 1

    @property
    def request(self) -> bytes:
        """The request as it goes over the wire."""
        head = (
            f"POST {self.path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(self.body)}\r\n\r\n"
        )
        return head.encode() + self.body


@dataclass(frozen=True, slots=True)
class Round:
    """Decisions a second, and milliseconds to an answer: the middle one and the one in a hundred."""

    rate: float
    middle: float
    worst: float


async def _ask(target: Target, connections: int, count: int) -> Round:
    times: list[float] = []
    request = target.request

    async def ask(number: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", target.port)
        for _ in range(number):
            begin = time.perf_counter()
            writer.write(request)
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            if b" 200 " not in head[:16]:
                raise RuntimeError(f"{target.name}: {head[:80]!r}")
            at = head.index(b"content-length: ") + 16
            await reader.readexactly(int(head[at : head.index(b"\r", at)]))
            times.append(time.perf_counter() - begin)
        writer.close()

    begin = time.perf_counter()
    await asyncio.gather(*(ask(max(1, count // connections)) for _ in range(connections)))
    whole = time.perf_counter() - begin
    times.sort()
    return Round(
        len(times) * target.decisions / whole, times[len(times) // 2] * 1e3, times[int(len(times) * 0.99)] * 1e3
    )


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def _running(command: list[str], folder: Path, port: int) -> Iterator[None]:
    with subprocess.Popen(command, cwd=folder, env={**os.environ}, stderr=subprocess.DEVNULL) as process:
        try:
            for _ in range(600):
                with socket.socket() as trying:
                    if trying.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            yield
        finally:
            process.terminate()


def _targets(running: ExitStack, folder: Path, workers: int) -> list[Target]:
    book = Rulebook.load()
    (folder / "rulebook.bundle").write_bytes(book.to_bundle())
    decision = book.decide(
        QUESTION["action"], QUESTION["facts"], at=dt.date.fromisoformat(QUESTION["at"]), by=QUESTION["by"]
    )
    whole, brief = json.dumps(QUESTION).encode(), json.dumps({**QUESTION, "parts": BRIEF}).encode()
    cases = [{"id": k, "facts": QUESTION["facts"]} for k in range(BATCH)]
    batch = {"action": QUESTION["action"], "at": QUESTION["at"], "by": QUESTION["by"], "cases": cases}
    (folder / "bare.py").write_text(_BARE, encoding="utf-8")
    own = ["--workers", str(workers)]
    found: list[Target] = []
    for name, answer in (("whole", as_json(decision)), ("brief", decision_text(decision, BRIEF))):
        place = folder / name
        place.mkdir()
        (place / "bare.py").write_text(_BARE, encoding="utf-8")
        (place / "answer.json").write_text(answer, encoding="utf-8")
        port = _free_port()
        bare = [sys.executable, "-m", "uvicorn", "bare:app", "--port", str(port), "--no-access-log", *own]
        running.enter_context(_running(bare, place, port))
        found.append(Target(f"bare FastAPI, {name}", port, "/v1/decide", whole if name == "whole" else brief))
    serve = [
        sys.executable,
        "-c",
        "from mutandis_tools.main import main; main()",
        "serve",
        "-r",
        "rulebook.bundle",
        *own,
    ]
    plain, logged = _free_port(), _free_port()
    running.enter_context(_running([*serve, "--port", str(plain)], folder, plain))
    running.enter_context(_running([*serve, "--port", str(logged), "--log", "log.sqlite"], folder, logged))
    return [
        *found,
        Target("decide, whole", plain, "/v1/decide", whole),
        Target("decide, parts", plain, "/v1/decide", brief),
        Target(f"batch of {BATCH}", plain, "/v1/batch", json.dumps(batch).encode(), BATCH),
        Target("decide, parts, on record", logged, "/v1/decide", brief),
    ]


def main() -> None:
    """Ask every contestant in turn, and print a table."""
    parser = argparse.ArgumentParser(prog="python -m bench.service_load", description=main.__doc__)
    parser.add_argument("--count", type=int, default=2000, help="requests of a round")
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, ExitStack() as running:
        targets = _targets(running, Path(name), options.workers)
        rounds: dict[str, list[Round]] = {target.name: [] for target in targets}
        for turn in range(options.rounds + 1):
            for target in targets:
                count = options.count if turn else options.count // 10
                came = asyncio.run(_ask(target, options.connections, max(20, count // target.decisions)))
                if turn:
                    rounds[target.name].append(came)
    print("| | decisions/s | of bare FastAPI | p50 ms | p99 ms |\n|---|---:|---:|---:|---:|")
    for target in targets:
        mine = rounds[target.name]
        yardstick = rounds[targets[0 if "whole" in target.name else 1].name]
        ratio = median(own.rate / bare.rate for own, bare in zip(mine, yardstick, strict=True))
        middle, worst = median(r.middle for r in mine), median(r.worst for r in mine)
        print(f"| {target.name} | {median(r.rate for r in mine):,.0f} | {ratio:.2f} | {middle:.1f} | {worst:.1f} |")


if __name__ == "__main__":
    main()
