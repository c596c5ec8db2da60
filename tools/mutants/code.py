"""`PYTHONPATH=tools python -m mutants.code [FOLDER...]`: plant faults in the core and tell which no test finds.

Deep, and no part of CI: each fault is a run of the tests of its folder and of those of meaning until one fails; with
`--thorough` then of the laws, of all back ends and of the shipped cases. Every fault that nobody finds is read: it is a
test to write, or changes nothing that anybody can see.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from mutants.code_operators import Fault, faults_of
from mutants.planted import CASES, ENGINE

OF_MEANING = ("tests/evaluate", "tests/oracle")
"""What holds the meaning of programs."""
TESTS: Mapping[str, Sequence[str]] = {
    "calendar": ("tests/calendar", *OF_MEANING),
    "link": ("tests/link", *OF_MEANING),
    "ir": OF_MEANING,
    "backends": (*OF_MEANING, "tests/backends"),
    "decide": (*OF_MEANING, "tests/decide", "tests/explain"),
}
"""What is run on a fault, by the folder of the engine that it is in."""
REST = ("tests/laws", "tests/backends", "tests/rulebook", "tests/questions", "tests/table", "tests/sql", CASES)
"""What is run besides where it has to be thorough."""


@dataclass(frozen=True, slots=True)
class Planted:
    """A fault, its file, and whether it was found."""

    file: str
    fault: Fault
    found: bool


def faults_in(folders: Sequence[str], seed: int) -> list[tuple[Path, Fault]]:
    """Every fault of the folders, in an order that `seed` fixes."""
    files = [file for folder in folders for file in sorted(Path(ENGINE, "mutandis", folder).rglob("*.py"))]
    found = [(file, fault) for file in files for fault in faults_of(file.read_text("utf-8"))]
    Random(seed).shuffle(found)
    return found


def is_found(file: str, number: int, tests: Sequence[str]) -> bool:
    """True where one of the tests fails with the fault; `-` for a file plants none."""
    command = [sys.executable, "-m", "mutants.planted", file, str(number), *dict.fromkeys(tests)]
    return subprocess.run(command, check=False, capture_output=True).returncode != 0


def tell(planted: Sequence[Planted]) -> Iterator[str]:
    """How many were found, in each folder and of each kind."""
    for title, name in (("folder", lambda p: Path(p.file).parts[2]), ("kind", lambda p: p.fault.kind)):
        total, found = Counter(map(name, planted)), Counter(name(p) for p in planted if p.found)
        yield f"by {title}: " + ", ".join(f"{key} {found[key]} of {total[key]}" for key in sorted(total))
    found_in_all = sum(p.found for p in planted)
    yield f"{len(planted)} faults: {found_in_all} found, {len(planted) - found_in_all} not"


def main() -> None:
    """Plant faults one by one: a line for each that survives, then a summary. Ends with 1 where too few are found."""
    parser = argparse.ArgumentParser(prog="python -m mutants.code", description=main.__doc__)
    parser.add_argument("folders", nargs="*", choices=[*TESTS, []], help="folders of the engine (without: all)")
    parser.add_argument("--count", type=int, default=100, help="how many")
    parser.add_argument("--skip", type=int, default=0, help="leave out so many at first: the rest of an earlier run")
    parser.add_argument("--seed", type=int, default=1, help="which ones")
    parser.add_argument("--only", default="", help="only faults whose kind, or file, holds these words")
    parser.add_argument(
        "--thorough", action="store_true", help="ask laws, back ends and shipped cases too: minutes each"
    )
    parser.add_argument("--list", action="store_true", help="list the faults and plant none")
    parser.add_argument("--at-least", type=int, default=90, help="percent that must be found")
    parser.add_argument("--seconds", type=float, default=0, help="stop after so long; 0: go on to the end")
    asked = parser.parse_args()
    folders = asked.folders or list(TESTS)
    faults = [(file, one) for file, one in faults_in(folders, asked.seed) if asked.only in one.kind + str(file)]
    chosen = faults[asked.skip : asked.skip + asked.count]
    rest = REST if asked.thorough else ()
    if not asked.list:
        for folder in sorted({file.parts[2] for file, _ in chosen}):
            if is_found("-", 0, (*TESTS[folder], *rest)):
                parser.error(f"before anything is planted, a test of `{folder}` fails")
    started, planted = time.monotonic(), list[Planted]()
    for file, fault in chosen:
        told = f"{file}:{fault.line}: {fault.kind}: {fault.was}  ->  {fault.became}"
        if asked.list:
            print(told)
            continue
        if asked.seconds and time.monotonic() - started > asked.seconds:
            break
        planted.append(Planted(str(file), fault, is_found(str(file), fault.number, (*TESTS[file.parts[2]], *rest))))
        if not planted[-1].found:
            print(told, flush=True)
    print(*tell(planted), sep="\n")
    print(f"of {len(faults)} that can be planted there")
    if planted and sum(p.found for p in planted) * 100 < len(planted) * asked.at_least:
        sys.exit(1)


if __name__ == "__main__":
    main()
