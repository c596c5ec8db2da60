"""`mutandis new fact`: one line in the vocabulary, or a reason why not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.cli.conftest import LIBRARY, Run

from mutandis.rulebook.load import load_text
from mutandis.rulebook.model import Source
from mutandis_tools.commands import new


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


def test_the_place_of_a_fact_that_is_declared_is_a_path_that_exists(run: Run, book: Path) -> None:
    told = run("new", "fact", "item.rare", "--type", "yes/no", "--rulebook", book).output
    path, line = told.partition("see ")[2].partition(";")[0].rsplit(":", 1)
    assert "rare:" in Path(path).read_text().split("\n")[int(line) - 1]


def test_rules_that_do_not_speak_the_word_are_not_read_for_a_new_fact(
    run: Run, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def note_names(files: dict[str, str]) -> Source:
        read.extend(files)
        return load_text(files)

    monkeypatch.setattr(new, "load_text", note_names)
    (book / "statute" / "folder").mkdir()
    of_word = "law: statute\narticle: 90\ntitle: Covers\nrules: []\n"
    (book / "statute" / "folder" / "090-covers.yaml").write_text(f"# A cover_of_cloth.\n{of_word}")
    (book / "statute" / "folder" / "091-other.yaml").write_text(of_word.replace("90", "91"))
    assert run("new", "fact", "item.cover_of_cloth", "--type", "yes/no", "--rulebook", book).exit_code == 0
    assert {"vocabulary.yaml", "statute/folder/090-covers.yaml"} <= set(read)
    assert "statute/folder/091-other.yaml" not in read
