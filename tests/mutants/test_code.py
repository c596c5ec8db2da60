"""Faults planted in code: each kind is planted where it can be, what changes no answer is left alone, one is run."""

from __future__ import annotations

import ast
import functools
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from mutants.code import TESTS, Planted, faults_in, tell
from mutants.code_operators import Fault, faults_of, planted
from mutants.forked import functions_changed, plant
from mutants.reach import Noting, marked, noted, statement_of

ROOT = Path(__file__).parents[2]


def became(source: str, kind: str) -> list[str]:
    """What stands in the place of what was there, for every fault of a kind."""
    return [fault.became for fault in faults_of(source) if fault.kind == kind]


@pytest.mark.parametrize(
    ("kind", "source", "changed"),
    [
        ("strictness", "x = a < b <= c", ["a <= b <= c", "a < b < c"]),
        ("strictness", "x = compare('>=', a, b)", ["'>'"]),
        ("other comparison", "x = a == b or a not in c", ["a != b", "a in c"]),
        ("or for and", "x = a and b", ["a or b"]),
        ("and for or", "x = a or b", ["a and b"]),
        ("lost not", "x = not a", ["a"]),
        ("other operator", "x = a & b", ["a | b"]),
        ("other operator", "x += 2", ["x -= 2"]),
        ("off by one", "x = a[0]", ["1"]),
        ("other truth", "x = f(True)", ["False"]),
        ("other function", "x = sorted(spans, key=len)", ["list(spans)"]),
        ("other function", "x = any(a for a in b)", ["all((a for a in b))"]),
        ("one too many", "x = ceil(days)", ["floor(days) + 1"]),
        ("other branch", "x = a if c else b", ["b if c else a"]),
        ("left out", "x = relation in ('despite', 'rank')", ["('rank',)", "('despite',)"]),
        ("left out", "x = (Weekly(5), Weekly(6))", ["(Weekly(6),)", "(Weekly(5),)"]),
        ("lost condition", "x = [a for a in b if a if c]", [" for a in b if c", " for a in b if a"]),
        ("lost statement", "found.append(x)", ["pass"]),
        ("lost guard", "for a in b:\n    if a:\n        continue\n    c = a", ["pass"]),
    ],
)
def test_each_kind_is_planted_where_it_can_be(kind: str, source: str, changed: Sequence[str]) -> None:
    assert [one.strip() for one in became(source, kind)] == [one.strip() for one in changed]


@pytest.mark.parametrize(
    "source",
    [
        'def f(a: int | None) -> "tuple[int, int]":\n    """Not 1 <= 2."""',
        "@dataclass(frozen=True)\nclass A:\n    x: int\n    __slots__ = ('x', 'y')",
        "assert a < 1",
        "raise ValueError(f'{1} of {2}')",
        "MOST_SHAPES = 4096",
        "Side = Literal['before', 'after']",
        "Side = OneOfStrings['before', 'after']",
        "if TYPE_CHECKING:\n    x = 1",
    ],
)
def test_what_changes_no_answer_is_left_alone(source: str) -> None:
    assert faults_of(source) == []


def test_one_fault_is_planted_and_the_rest_stays_as_it_is() -> None:
    source = "x = a < 1\ny = a < 2"
    assert [ast.unparse(planted(source, fault.number)) for fault in faults_of(source)] == [
        "x = a <= 1\ny = a < 2",
        "x = a < 2\ny = a < 2",
        "x = a < 1\ny = a <= 2",
        "x = a < 1\ny = a < 3",
    ]
    with pytest.raises(ValueError, match="there is no fault 4"):
        planted(source, 4)


def test_a_module_that_nothing_has_imported_yet_takes_no_fault_in_a_fork(tmp_path: Path) -> None:
    file = tmp_path / "later.py"
    file.write_text("def f(a):\n    return a < 1\n", "utf-8")
    assert not plant(str(file), 0)


def test_every_fault_of_the_core_is_code_that_compiles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    for file, fault in faults_in(list(TESTS), seed=1)[:200]:
        compile(planted(file.read_text("utf-8"), fault.number), str(file), "exec")


def run_planted(file: str, number: int) -> int:
    """How a run of one test of suspensions ends, with a fault planted or without."""
    ended = subprocess.run(
        [sys.executable, "-m", "mutants.planted", file, str(number), "-", "tests/calendar", "-k", "in_whatever_order"],
        check=False,
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(("engine", "tools"))},
    )
    return ended.returncode


def test_a_fault_is_found_where_a_test_fails_and_is_not_written_to_its_file() -> None:
    file = ROOT / "engine/mutandis/calendar/suspensions.py"
    before = file.read_bytes()
    unsorted = next(one for one in faults_of(before.decode()) if one.became.startswith("list((span for span"))
    assert run_planted("engine/mutandis/calendar/suspensions.py", unsorted.number) == 1
    assert run_planted("-", 0) == 0
    assert file.read_bytes() == before


SOURCE = """\
LONGEST = 3


class Row:
    def is_short(self, items):
        return all(len(one) < LONGEST for one in items)


def first(rows):
    for row in rows:
        if row:
            return row[0]
    return None
"""


def changed_by(kind: str) -> list[str] | None:
    """The functions that differ where the only fault of a kind is planted."""
    (fault,) = (one for one in faults_of(SOURCE) if one.kind == kind)
    changed = functions_changed(compile(SOURCE, "x", "exec"), compile(planted(SOURCE, fault.number), "x", "exec"))
    return None if changed is None else [old.co_name for old, _ in changed]


def test_a_fault_in_a_function_is_planted_in_what_is_imported_and_one_outside_is_not() -> None:
    assert changed_by("strictness") == ["is_short", "<genexpr>"]
    assert changed_by("lost guard") == ["first"]
    (constant, _) = (one for one in faults_of(SOURCE) if one.kind == "off by one")
    assert (
        functions_changed(compile(SOURCE, "x", "exec"), compile(planted(SOURCE, constant.number), "x", "exec")) is None
    )


def test_a_run_notes_which_statements_it_reached() -> None:
    places: list[str] = []
    space: dict[str, Any] = {"__reached__": bytearray(100)}
    exec(compile(marked(SOURCE, "x", places), "x", "exec"), space)
    space["__reached__"][:] = bytes(100)
    assert space["first"]([[], [7]]) == 7
    reached = {place for place, mark in zip(places, space["__reached__"], strict=False) if mark}
    assert reached == {"x:10", "x:11", "x:12"}
    assert [statement_of(ast.parse(SOURCE), line) for line in (6, 10, 12)] == [6, 10, 12]


def test_what_tests_keep_is_reached_by_each_that_asks_for_it() -> None:
    noting = Noting(["x:1", "x:2"])

    def book() -> int:
        noting.marks[1] = 1
        return 7

    kept = noted(functools.cache, noting)(book)
    noting.marks[0] = 1
    assert [kept(), noting.take(), kept(), noting.take()] == [7, {"x:1", "x:2"}, 7, {"x:2"}]


def test_what_was_found_is_told_by_folder_and_by_kind() -> None:
    fault = Fault(0, "strictness", 1, "a < b", "a <= b")
    done = [Planted("engine/mutandis/ir/lower.py", fault, found) for found in (True, False, True)]
    assert list(tell(done)) == ["by folder: ir 2 of 3", "by kind: strictness 2 of 3", "3 faults: 2 found, 1 not"]
