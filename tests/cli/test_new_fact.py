"""`mutandis new fact`: one line in the vocabulary, or a reason why not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.cli.conftest import LIBRARY, Run


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A copy of the library."""
    folder = tmp_path / "book"
    shutil.copytree(LIBRARY, folder)
    return folder


def test_a_fact_stands_below_the_others_of_its_term(run: Run, book: Path) -> None:
    asked = ("--question", "Where, and by whom, was it bound?", "--values", "leather, cloth", "--optional")
    result = run("new", "fact", "item.binding", "--type", "one of", *asked, "--rulebook", book)
    assert result.exit_code == 0, result.output
    before, after = (folder.joinpath("vocabulary.yaml").read_text().split("\n") for folder in (LIBRARY, book))
    (added,) = (line for line in after if line not in before)
    question = 'question: "Where, and by whom, was it bound?"'
    assert added == f"      binding: {{type: one of, values: [leather, cloth], {question}, optional: yes}}"
    row = after.index(added)
    assert [*after[:row], *after[row + 1 :]] == before
    assert after[row - 1].startswith("      returned_on:")
    assert result.output.rstrip().endswith(f"vocabulary.yaml:{row + 1}")
    assert run("check", book).exit_code == 0


@pytest.mark.parametrize(
    ("name", "more", "told"),
    [
        ("item.rare", (), "`item.rare` is declared already: Is the item rare?"),
        ("itm.rare", (), "did you mean `item`?"),
        ("item.has-cover", (), "is no name of a fact"),
        ("item.cover", ("--found-by", "libarian"), "did you mean `librarian`?"),
        ("item.cover", ("--law", "statute"), "does not declare the term `item`"),
        ("book.cover", (), "is written on one line, in braces"),
    ],
)
def test_what_would_not_read_is_not_written(run: Run, book: Path, name: str, more: tuple[str, ...], told: str) -> None:
    result = run("new", "fact", name, "--type", "yes/no", *more, "--rulebook", book)
    assert result.exit_code == 2
    assert told in result.output
    assert (book / "vocabulary.yaml").read_text() == (LIBRARY / "vocabulary.yaml").read_text()


def test_a_type_of_another_habit_is_told(run: Run, book: Path) -> None:
    result = run("new", "fact", "item.cover", "--type", "boolean", "--rulebook", book)
    assert result.exit_code == 2
    assert "write `yes/no`" in result.output
