"""What ends each duty: a fact that records the doing, that it goes on, how often it comes again, or nothing."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest
from tests.cli.conftest import LIBRARY, Run, run

from mutandis.api import Rulebook
from mutandis_tools.coverage.duties import duties_of

__all__ = ["run"]  # the fixture

REPAIR = "repair book: {label: repair the book, default: silent, by: librarian"
SHELVING = """\
law: statute
article: 8
title: Shelves
rules:
  - at: (1)
    summary: Every week the books are shelved.
    must: [shelve book]
    by: librarian
    recurs: every week
    since: 2010-01-01
  - at: (1)
    id: earlier
    summary: The wording before is not held.
    must: [shelve book]
    by: librarian
    until: 2010-01-01
    not_held: the wording before 2010
"""


def _ends(folder: Path) -> dict[str, str]:
    return {duty.action: duty.end for duty in duties_of(Rulebook.load(folder).program)}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The library, where books are also shelved every week; of an earlier wording on that nothing is held."""
    folder = tmp_path / "book"
    copytree(LIBRARY, folder)
    vocabulary = folder / "vocabulary.yaml"
    vocabulary.write_text(vocabulary.read_text() + "  shelve book: {label: shelve the books, default: silent}\n")
    (folder / "statute" / "lending" / "008-shelves.yaml").write_text(SHELVING)
    return folder


def _make_continuing(book: Path) -> Path:
    path = book / "vocabulary.yaml"
    assert REPAIR in path.read_text()
    path.write_text(path.read_text().replace(REPAIR, f"{REPAIR}, continuing: yes"))
    return book


def test_a_duty_that_nothing_ends_is_open(book: Path) -> None:
    assert _ends(book) == {"repair book": "open", "return book": "done", "shelve book": "recurs"}


def test_an_action_may_go_on(book: Path) -> None:
    assert _ends(_make_continuing(book))["repair book"] == "continuing"


def test_coverage_counts_the_duties_and_lists_the_open_ones(run: Run, book: Path) -> None:
    lines = run("coverage", "-r", book, "--duties").output.splitlines()
    heads = next(at for at, line in enumerate(lines) if line.startswith("Duties  "))
    assert lines[heads].split() == ["Duties", "done", "once", "going", "on", "coming", "again", "open", "total"]
    assert lines[heads + 1].split() == ["actions", "1", "·", "1", "1", "3"]
    listed = lines.index("Duties of which nothing says when they are over")
    assert lines[listed + 1].split("  ")[1:] == ["Statute Art. 3", "repair the book", "repair book"]
    after = run("coverage", "-r", _make_continuing(book), "--duties").output
    assert "nothing says when they are over" not in after
    assert ["actions", "1", "1", "1", "·", "3"] in [line.split() for line in after.splitlines()]


def test_an_assessment_and_the_pages_tell_what_goes_on(run: Run, book: Path, tmp_path: Path) -> None:
    told = "Must be done as long as the grounds hold\n  repair the book (by librarian)"
    asked = ("assess", "-r", book, "--law", "statute", "-f", "book.damaged=yes", "--by", "librarian")
    assert "Must be done\n  repair the book (by librarian)" in run(*asked).output
    _make_continuing(book)
    assert told in run(*asked).output
    assert "goes on as long as its grounds hold" in run("show", "statute/3", "-r", book).output
    run("chapters", "--out", tmp_path / "pages", "-r", book)
    page = (tmp_path / "pages" / "statute" / "lending.md").read_text()
    assert "## What must be done as long as the grounds hold\n\n- **repair the book (librarian)**" in page


def test_no_duty_of_the_laws_that_ship_is_without_an_end() -> None:
    shipped = Rulebook.load(Path(__file__).parents[2] / "rulebook")
    assert [duty.action for duty in duties_of(shipped.program) if duty.end == "open"] == []
