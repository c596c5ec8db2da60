"""What was proved is kept: a change asks again about what it can reach, and about nothing else."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from tests.evaluate.books import DAY, book, rule

from mutandis.api import Rulebook
from mutandis.backends.solver.search import Search
from mutandis.calendar.days_off import DayOff
from mutandis_tools.comparison.dependence import Reads
from mutandis_tools.comparison.kept import KeptDifferences
from mutandis_tools.comparison.renaming import Renaming
from mutandis_tools.comparison.semantic import PLAIN, SubjectDifference, compare_meaning
from mutandis_tools.deep.check import check_deeply

LAW = {
    "(1)": ("may: do thing", "when: it.a", "requires: how.days <= 15 days"),
    "(2)": ("must: tell thing", "when: it.b or it.c", "deadline: by it.on + 1 month"),
    "(3)": ("must_not: tell thing", "when: it.d"),
    "(4)": ("define: it.read", "when: it.judged or at least 2 x in it.parts where (x.good)"),
    "(5)": ("must: burn thing", "when: it.read and it.kind is red"),
}


def _book(**changed: tuple[str, ...]) -> Rulebook:
    law = LAW | {f"({place[1:]})": parts for place, parts in changed.items()}
    return book(*(rule(at, *parts) for at, parts in law.items()))


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MUTANDIS_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Search]:
    """The searches that were begun: one for each part that is asked about."""
    begun: list[Search] = []
    plain = Search.__init__

    def begin(self: Search, *arguments: object) -> None:
        begun.append(self)
        plain(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Search, "__init__", begin)
    return begun


def test_a_deep_check_asks_again_only_what_a_change_reaches(cache: Path, asked: list[Search]) -> None:
    first = check_deeply(_book(), keep=True)
    assert first.findings and asked
    asked.clear()
    assert check_deeply(_book(), keep=True) == first and not asked
    again = check_deeply(_book(_1=("may: do thing", "when: it.b", "requires: how.days <= 15 days")), keep=True)
    assert 0 < len(asked) <= 2  # the action, and what is read of it
    assert {one.kind for one in again.findings} == {one.kind for one in first.findings}


def _compare(old: Rulebook, new: Rulebook) -> tuple[SubjectDifference, ...]:
    known = KeptDifferences(old.program, new.program, Renaming(), PLAIN, None)
    found = compare_meaning(old, new, known=known).actions
    known.save()
    return found


def test_a_comparison_is_kept_as_it_was_found(cache: Path, asked: list[Search]) -> None:
    amended = _book(
        _1=("may: do thing", "when: it.a", "requires: how.days <= 10 days"),
        _2=("must: tell thing", "when: it.b or it.c", "deadline: by it.on + 27 days"),
        _4=("define: it.read", "when: it.judged or at least 1 x in it.parts where (x.good)"),
    )
    first = _compare(_book(), amended)
    assert {one.standing for one in first} == {"differs"} and asked
    asked.clear()
    assert _compare(_book(), amended) == first and not asked


def test_what_was_altered_is_found_again(cache: Path, asked: list[Search]) -> None:
    first = check_deeply(_book(), keep=True)
    (file,) = cache.iterdir()
    file.write_bytes(file.read_bytes()[:-9])
    asked.clear()
    assert check_deeply(_book(), keep=True) == first and asked


def test_of_two_programs_that_write_both_answers_may_be_used(cache: Path, asked: list[Search]) -> None:
    other = _book(_1=("may: do thing", "when: it.b"))
    check_deeply(_book(), keep=True)
    check_deeply(other, keep=True)
    asked.clear()
    check_deeply(_book(), keep=True)
    check_deeply(other, keep=True)
    assert not asked


def test_without_a_cache_nothing_is_kept(cache: Path, asked: list[Search], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUTANDIS_CACHE", "off")
    first = check_deeply(_book(), keep=True)
    asked.clear()
    assert check_deeply(_book(), keep=True) == first and asked and not cache.exists()


def test_the_calendar_of_a_kept_program_is_told_alike_each_time() -> None:
    """A program that was kept looks its days off up one by one; what is kept of it has them in its hash."""

    class LookedUp(dict[dt.date, DayOff]):
        __repr__ = object.__repr__

    program = _book().program
    told = {
        Reads(replace(program, days_off=replace(program.days_off, days=LookedUp({DAY: DayOff(label)})))).days_off
        for label in ("one", "one", "another")
    }
    assert len(told) == 2 and all(" object at " not in one for one in told)
