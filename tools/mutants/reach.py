"""`python -m mutants.reach FOLDERS OUT TEST...`: note which tests reach which statement of folders of the engine.

One run of the tests, in which every statement of the folders (one name, or several with commas) marks that it was
reached. What the tests of a module keep for each other (fixtures of a module, `functools.cache`) counts for each of
them.
"""

from __future__ import annotations

import ast
import builtins
import functools
import json
import re
import sys
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

import pytest

ENGINE = "engine"
_MARK = "__reached__"
_MARKED = re.compile(b"\x01")
_MOST = 1 << 18
"""More statements than the engine has."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Which tests reach what: for each test its processor time and the statements, as `file:line`, that it reaches.

    `before` are the statements reached when no test runs: as modules are imported and tests are gathered.
    """

    seconds: dict[str, float]
    reached: dict[str, frozenset[str]]
    before: frozenset[str]

    @classmethod
    def read(cls, file: Path) -> Reach:
        """What `python -m mutants.reach` wrote."""
        data = json.loads(file.read_text("utf-8"))
        reached = {test: frozenset(places) for test, places in data["reached"].items()}
        return cls(data["seconds"], reached, frozenset(data["before"]))

    def tests_of(self, file: str, line: int) -> list[str]:
        """The tests that reach the statement in `line`, fastest first."""
        place = f"{file}:{line}"
        return sorted((test for test, places in self.reached.items() if place in places), key=self.seconds.__getitem__)

    def tests_by_file(self, file: str) -> list[str]:
        """All tests: those that reach the file first, the fastest of them first."""
        near = {test for test, places in self.reached.items() if any(p.startswith(f"{file}:") for p in places)}
        return sorted(self.seconds, key=lambda test: (test not in near, self.seconds[test]))


def marked(source: str, file: str, places: list[str]) -> ast.Module:
    """The module with a mark before each statement; the places of the marks are added to `places`."""
    tree = ast.parse(source)
    for node in list(ast.walk(tree)):
        for name in ("body", "orelse", "finalbody"):
            block = getattr(node, name, None)
            if isinstance(block, list) and block and isinstance(block[0], ast.stmt):
                setattr(node, name, list(_with_marks(block, file, places)))
    return ast.fix_missing_locations(tree)


def statement_of(tree: ast.Module, line: int) -> int:
    """The line where the innermost statement begins that `line` is part of."""
    found = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or node.lineno)
    ]
    return max(found, default=line)


def _with_marks(block: Sequence[ast.stmt], file: str, places: list[str]) -> Iterator[ast.stmt]:
    for place, statement in enumerate(block):
        is_docstring = place == 0 and isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
        if not is_docstring and not isinstance(statement, ast.Import | ast.ImportFrom):
            mark = ast.Subscript(ast.Name(_MARK, ast.Load()), ast.Constant(len(places)), ast.Store())
            places.append(f"{file}:{statement.lineno}")
            yield ast.copy_location(ast.Assign([mark], ast.Constant(1)), statement)
        yield statement


class _Marking(SourceFileLoader):
    """Loads a module from its text with marks."""

    def __init__(self, name: str, path: Path, places: list[str]) -> None:
        super().__init__(name, str(path.resolve()))
        self.file, self.places = str(path), places

    def get_code(self, fullname: str) -> CodeType:
        """The module's code, never that of an earlier run."""
        return compile(marked(Path(self.path).read_text("utf-8"), self.file, self.places), self.path, "exec")


class Finder(MetaPathFinder):
    """Finds some modules, by their names, to be loaded otherwise."""

    def __init__(self, loaders: Mapping[str, SourceFileLoader]) -> None:
        self.loaders = loaders

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The module's specification, if it is one of them."""
        loader = self.loaders.get(fullname)
        if loader is None:
            return None
        return spec_from_file_location(fullname, loader.path, loader=loader)


def files_of(folder: str) -> list[Path]:
    """The modules in a folder of the engine, and in those below it."""
    return sorted(Path(ENGINE, "mutandis", folder).rglob("*.py"))


def name_of(file: Path) -> str:
    """The name of the module in a file of the engine."""
    return ".".join(file.relative_to(ENGINE).with_suffix("").parts).removesuffix(".__init__")


class Noting:
    """Notes what each test reaches, with what is kept for it."""

    def __init__(self, places: list[str]) -> None:
        self.places = places
        self.marks = bytearray(_MOST)
        self.seconds: dict[str, float] = {}
        self.reached: dict[str, set[str]] = {}
        self.kept: dict[str, set[str]] = {}
        self.before: set[str] = set()

    def take(self) -> set[str]:
        """The places marked since it was last asked."""
        found = {self.places[mark.start()] for mark in _MARKED.finditer(self.marks)}
        self.marks[:] = bytes(_MOST)
        return found

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Generator[None, object, object]:
        """A fixture that several tests share is reached by each of them."""
        if fixturedef.scope == "function":
            return (yield)
        outer = bytes(self.marks)
        self.marks[:] = bytes(_MOST)
        made = yield
        self.kept.setdefault(fixturedef.argname, set()).update(self.take())
        self.marks[:] = outer
        return made

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Function) -> Generator[None, object, object]:
        """A test, from its fixtures to their end."""
        self.before |= self.take()
        started = time.process_time()
        ran = yield
        self.seconds[item.nodeid] = time.process_time() - started
        shared = (self.kept.get(name, set()) for name in item.fixturenames)
        self.reached[item.nodeid] = self.take().union(*shared)
        return ran

    def write(self, out: Path) -> None:
        """Everything noted, as JSON."""
        reached = {test: sorted(places) for test, places in self.reached.items()}
        data = {"seconds": self.seconds, "reached": reached, "before": sorted(self.before)}
        out.write_text(json.dumps(data), "utf-8")


def noted(known: Callable[..., Any], noting: Noting) -> Callable[..., Any]:
    """`functools.cache` of which each test that asks reaches what was reached when it was made."""

    def cache(function: Any) -> Any:
        if not function.__module__.startswith("tests."):
            return known(function)
        reached: dict[object, list[int]] = {}

        @known
        def made(*key: Any, **named: Any) -> Any:
            outer = bytes(noting.marks)
            noting.marks[:] = bytes(_MOST)
            try:
                return function(*key, **named)
            finally:
                reached[key, *sorted(named.items())] = [mark.start() for mark in _MARKED.finditer(noting.marks)]
                noting.marks[:] = outer

        @functools.wraps(function)
        def asked(*key: Any, **named: Any) -> Any:
            found = made(*key, **named)
            for place in reached[key, *sorted(named.items())]:
                noting.marks[place] = 1
            return found

        return asked

    return cache


def main() -> None:
    """Run the tests and write what they reach. Ends as pytest does."""
    folders, out, *tests = sys.argv[1:]
    places: list[str] = []
    noting = Noting(places)
    setattr(builtins, _MARK, noting.marks)
    functools.cache = noted(functools.cache, noting)
    files = {name_of(file): file for folder in folders.split(",") for file in files_of(folder)}
    sys.meta_path.insert(0, Finder({name: _Marking(name, file, places) for name, file in files.items()}))
    ended = pytest.main(["-x", "-q", "-p", "no:cacheprovider", *tests], plugins=[noting])
    noting.write(Path(out))
    sys.exit(ended)


if __name__ == "__main__":
    main()
