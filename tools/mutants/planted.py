"""`python -m mutants.planted FILE NUMBER ORDER TEST...`: run tests (`cases`: the shipped cases) on code with one fault.

The fault is planted when the module is imported; no file is written. Without a FILE (`-`) nothing is planted. ORDER is
a file that names the tests to run, one a line, in their order; `-`: all of them. Ends with 0 where nobody finds the
fault, with 1 where somebody does. The time is that of the processor, so that other work on the
machine lets no fault look endless.
"""

from __future__ import annotations

import resource
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType

import pytest

from mutants.code_operators import planted
from mutants.reach import Finder, name_of

SECONDS = 900
"""Processor time after which a run is ended: some five times what all tests of a folder and the cases take."""
CASES = "cases"
"""Stands for the shipped cases among the tests."""


class _Planting(SourceFileLoader):
    """Loads a module from its text with a fault."""

    def __init__(self, name: str, file: Path, number: int) -> None:
        super().__init__(name, str(file.resolve()))
        self.number = number

    def get_code(self, fullname: str) -> CodeType:
        """The module's code, never that of an earlier run."""
        tree = planted(Path(self.path).read_text("utf-8"), self.number)
        return compile(tree, self.path, "exec")


class _Ordered:
    """Runs the tests that are named, in their order."""

    def __init__(self, order: str) -> None:
        names = [] if order == "-" else Path(order).read_text("utf-8").splitlines()
        self.place = {name: place for place, name in enumerate(names)}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out what is not named."""
        if self.place:
            items[:] = sorted(
                (one for one in items if one.nodeid in self.place), key=lambda one: self.place[one.nodeid]
            )


def first_failing_case() -> str:
    """The name of the first shipped case that is answered otherwise than it expects; empty if there is none."""
    # Imported here: with the fault in them, and only where the tests have not found it.
    from mutandis.api import Rulebook
    from mutandis.backends.sparing import sparing
    from mutandis_tools.casebook.run import run_case
    from mutandis_tools.opening import open_rulebook

    opened = open_rulebook(None)
    program = opened.linked.program
    if program is None:
        return "nothing links"
    rulebook, decider = Rulebook(program), sparing(program)
    for case in opened.cases.cases:
        if run_case(opened, rulebook, case, decider).status != "passed":
            return case.name
    return ""


def main() -> None:
    """Plant, run, and tell by the exit code who found it."""
    file, number, order, *tests = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 10))
    if file != "-":
        name = name_of(Path(file))
        sys.meta_path.insert(0, Finder({name: _Planting(name, Path(file), int(number))}))
    asked = ["-x", "-q", "-p", "no:cacheprovider", *[one for one in tests if one != CASES]]
    if pytest.main(asked, plugins=[_Ordered(order)]):
        sys.exit(1)
    failing = first_failing_case() if CASES in tests else ""
    if failing:
        print(failing)
        sys.exit(1)


if __name__ == "__main__":
    main()
