"""`PYTHONPATH=tools python -m mutants.code [FOLDER...]`: plant faults in the core and tell which no test finds.

Deep, and no part of CI: each fault is a run of those tests of its folder and of meaning that reach its statement, until
one fails; with `--thorough` then of the laws, of all back ends and of the shipped cases. Every fault that nobody finds
is read: it is a test to write, or changes nothing that anybody can see.
"""

from __future__ import annotations

import argparse
import ast
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from mutants.code_operators import Fault, faults_of
from mutants.planted import CASES
from mutants.reach import ENGINE, Reach, files_of, statement_of

OF_MEANING = ("tests/evaluate", "tests/oracle")
"""What holds the meaning of programs."""
TESTS: Mapping[str, Sequence[str]] = {
    "calendar": ("tests/calendar", *OF_MEANING),
    "link": ("tests/link", *OF_MEANING, "tests/coverage"),
    "condition": ("tests/condition", "tests/slips", *OF_MEANING),
    "ir": OF_MEANING,
    "backends": (*OF_MEANING, "tests/backends/test_agreement.py", "tests/backends/test_decision.py"),
    "backends/columns": ("tests/table", "tests/sql"),
    "backends/solver": ("tests/backends/test_solver.py", "tests/deep"),
    "decide": (*OF_MEANING, "tests/decide", "tests/explain", "tests/api/test_record.py"),
}
"""What is run on a fault, by the folder of the engine that it is in; a folder's own are left out of the one above."""
REST = ("tests/laws", "tests/backends", "tests/rulebook", "tests/questions", "tests/table", "tests/sql", CASES)
"""What is run besides where it has to be thorough."""


@dataclass(frozen=True, slots=True)
class Planted:
    """A fault, its file, and whether it was found."""

    file: str
    fault: Fault
    found: bool


def folder_of(file: Path) -> str:
    """The folder of those that have tests that a file of the engine is in."""
    place = file.relative_to(ENGINE).relative_to("mutandis").as_posix()
    return max((folder for folder in TESTS if place.startswith(f"{folder}/")), key=len)


def faults_in(folders: Sequence[str], seed: int) -> list[tuple[Path, Fault]]:
    """Every fault of the folders, in an order that `seed` fixes."""
    files = [file for folder in folders for file in files_of(folder) if folder_of(file) == folder]
    found = [(file, fault) for file in files for fault in faults_of(file.read_text("utf-8"))]
    Random(seed).shuffle(found)
    return found


@dataclass(frozen=True, slots=True)
class Bench:
    """The tests of some folders, and which of them reach what; `work` is to write in, `rest` what is asked last."""

    folders: Sequence[str]
    work: Path
    rest: Sequence[str] = ()

    @property
    def tests(self) -> list[str]:
        """The tests of the folders and those of meaning."""
        return list(dict.fromkeys(test for folder in self.folders for test in TESTS[folder]))

    def verdicts(self, faults: Sequence[tuple[Path, Fault]], until: float) -> Iterator[Planted]:
        """Whether each fault is found, as long as there is time. Raises `ValueError` where a test fails without one."""
        measured = self.work / "reach.json"
        if _ended("mutants.reach", ",".join(self.folders), str(measured), *self.tests):
            raise ValueError("before anything is planted, a test fails")
        reach = Reach.read(measured)
        trees = {file: ast.parse(file.read_text("utf-8")) for file, _ in faults}
        places = [(str(file), statement_of(trees[file], fault.line)) for file, fault in faults]
        listed = [
            _job(file, fault, reach, reach.tests_of(*place))
            for (file, fault), place in zip(faults, places, strict=True)
        ]
        jobs = self.work / "jobs"
        jobs.write_text("\n".join(listed), "utf-8")
        _ended("mutants.forked", str(jobs), str(until), *self.tests)
        for (file, fault), place, came in zip(faults, places, _lines(jobs.with_suffix(".out")), strict=False):
            found = came == "found"
            if came == "elsewhere" or (not found and f"{place[0]}:{place[1]}" in reach.before):
                found = self.is_found(file, fault, reach.tests_by_file(place[0]))
            if not found and self.rest:
                found = bool(_ended("mutants.planted", str(file), str(fault.number), "-", *self.rest))
            yield Planted(str(file), fault, found)

    def is_found(self, file: Path, fault: Fault, tests: Sequence[str]) -> bool:
        """True where one of the tests fails with the fault in the module as it is imported."""
        order = self.work / "order"
        order.write_text("\n".join(tests), "utf-8")
        return bool(_ended("mutants.planted", str(file), str(fault.number), str(order), *self.tests))


def _job(file: Path, fault: Fault, reach: Reach, tests: list[str]) -> str:
    seconds = sum(reach.seconds[test] for test in tests)
    return json.dumps({"file": str(file), "number": fault.number, "tests": tests, "seconds": seconds})


def _lines(file: Path) -> list[str]:
    return file.read_text("utf-8").splitlines()


def _ended(module: str, *arguments: str) -> int:
    """How a module of ours ends, in a process of its own."""
    return subprocess.run([sys.executable, "-m", module, *arguments], check=False, capture_output=True).returncode


def tell(planted: Sequence[Planted]) -> Iterator[str]:
    """How many were found, in each folder and of each kind."""
    for title, name in (("folder", lambda p: folder_of(Path(p.file))), ("kind", lambda p: p.fault.kind)):
        total, found = Counter(map(name, planted)), Counter(name(p) for p in planted if p.found)
        yield f"by {title}: " + ", ".join(f"{key} {found[key]} of {total[key]}" for key in sorted(total))
    found_in_all = sum(p.found for p in planted)
    yield f"{len(planted)} faults: {found_in_all} found, {len(planted) - found_in_all} not"


def _told(file: str, fault: Fault) -> str:
    return f"{file}:{fault.line}: {fault.kind}: {fault.was}  ->  {fault.became}"


def main() -> None:
    """Plant faults one by one: a line for each that survives, then a summary. Ends with 1 where too few are found."""
    parser = argparse.ArgumentParser(prog="python -m mutants.code", description=main.__doc__)
    parser.add_argument("folders", nargs="*", choices=[*TESTS, []], help="folders of the engine (without: all)")
    parser.add_argument("--count", type=int, default=100, help="how many in each folder")
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
    by_folder = [[one for one in faults if folder_of(one[0]) == folder] for folder in folders]
    chosen = [one for own in by_folder for one in own[asked.skip : asked.skip + asked.count]]
    rest = REST if asked.thorough else ()
    until = time.time() + (asked.seconds or 10**9)
    if asked.list:
        print(*(_told(str(file), fault) for file, fault in chosen), sep="\n")
        return
    planted = list[Planted]()
    with TemporaryDirectory() as work:
        for one in Bench(folders, Path(work), rest).verdicts(chosen, until):
            planted.append(one)
            if not one.found:
                print(_told(one.file, one.fault), flush=True)
    print(*tell(planted), sep="\n")
    print(f"of {len(faults)} that can be planted there")
    if planted and sum(p.found for p in planted) * 100 < len(planted) * asked.at_least:
        sys.exit(1)


if __name__ == "__main__":
    main()
