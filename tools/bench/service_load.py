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
    process: int
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
    """Decisions a second, milliseconds to an answer (the middle one and the one in a hundred), and microseconds of the
    processor that the service took for a decision: that one tells most on a machine that does other things too."""

    rate: float
    middle: float
    worst: float
    processor: float


def _processor(process: int) -> float:
    """Seconds of the processor that a process and its children have taken so far (Linux)."""
    taken = 0
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = place.read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        if process in (int(place.parent.name), int(fields[1])):
            taken += int(fields[11]) + int(fields[12])
    return taken / os.sysconf("SC_CLK_TCK")


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

    begin, before = time.perf_counter(), _processor(target.process)
    await asyncio.gather(*(ask(max(1, count // connections)) for _ in range(connections)))
    whole = time.perf_counter() - begin
    processor = (_processor(target.process) - before) / (len(times) * target.decisions) * 1e6
    times.sort()
    middle, worst = (times[int(len(times) * share)] * 1e3 for share in (0.5, 0.99))
    return Round(len(times) * target.decisions / whole, middle, worst, processor)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


SECONDS_TO_START = 60.0
"""How long a contestant may take until it can be asked."""


@contextmanager
def running(name: str, command: list[str], folder: Path, port: int) -> Iterator[int]:
    """A process that can be asked at a port, by its number. Raises `SystemExit` with what it said where it cannot."""
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as said,
        subprocess.Popen(command, cwd=folder, stdout=said, stderr=subprocess.STDOUT) as process,
    ):
        try:
            until = time.monotonic() + SECONDS_TO_START
            while not _answers(port):
                if (ended := process.poll()) is not None or time.monotonic() > until:
                    how = "goes on without listening" if ended is None else f"ended with {ended}"
                    said.seek(0)
                    raise SystemExit(f"`{name}` cannot be asked: its process {how}, and said:\n{said.read().strip()}")
                time.sleep(0.1)
            yield process.pid
        finally:
            process.terminate()


def _answers(port: int) -> bool:
    with socket.socket() as trying:
        return trying.connect_ex(("127.0.0.1", port)) == 0


def _targets(started: ExitStack, folder: Path, workers: int) -> list[Target]:
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
        named = f"bare FastAPI, {name}"
        process = started.enter_context(running(named, bare, place, port))
        found.append(Target(named, port, "/v1/decide", whole if name == "whole" else brief, process))
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
    own_process = started.enter_context(running("serve", [*serve, "--port", str(plain)], folder, plain))
    on_record = [*serve, "--port", str(logged), "--log", "log.sqlite"]
    logging = started.enter_context(running("serve --log", on_record, folder, logged))
    return [
        *found,
        Target("decide, whole", plain, "/v1/decide", whole, own_process),
        Target("decide, parts", plain, "/v1/decide", brief, own_process),
        Target(f"batch of {BATCH}", plain, "/v1/batch", json.dumps(batch).encode(), own_process, BATCH),
        Target("decide, parts, on record", logged, "/v1/decide", brief, logging),
    ]


def main() -> None:
    """Ask every contestant in turn, and print a table."""
    parser = argparse.ArgumentParser(prog="python -m bench.service_load", description=main.__doc__)
    parser.add_argument("--count", type=int, default=2000, help="requests of a round")
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, ExitStack() as started:
        targets = _targets(started, Path(name), options.workers)
        rounds: dict[str, list[Round]] = {target.name: [] for target in targets}
        for turn in range(options.rounds + 1):
            for target in targets:
                count = options.count if turn else options.count // 10
                came = asyncio.run(_ask(target, options.connections, max(20, count // target.decisions)))
                if turn:
                    rounds[target.name].append(came)
    print("| | decisions/s | of bare FastAPI | p50 ms | p99 ms | processor µs |\n|---|---:|---:|---:|---:|---:|")
    for target in targets:
        mine = rounds[target.name]
        yardstick = rounds[targets[0 if "whole" in target.name else 1].name]
        ratio = median(own.rate / bare.rate for own, bare in zip(mine, yardstick, strict=True))
        middle, worst = median(r.middle for r in mine), median(r.worst for r in mine)
        rate, processor = median(r.rate for r in mine), median(r.processor for r in mine)
        print(f"| {target.name} | {rate:,.0f} | {ratio:.2f} | {middle:.1f} | {worst:.1f} | {processor:,.0f} |")


if __name__ == "__main__":
    main()
