"""`mutandis rename`: one name for another, everywhere it means what is renamed and nowhere else."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from tests.cli.conftest import LIBRARY, Run

_LISTED = """\
    when: book.damaged  # rare is not book.rare
    unless: every x in reader.loans has (x.rare) and at least 1 y in reader.loans where (not y.rare)
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The library, with items in a list of the reader and a comment."""
    folder = tmp_path / "book"
    shutil.copytree(LIBRARY, folder)
    vocabulary = folder / "vocabulary.yaml"
    text = vocabulary.read_text()
    loans = "      loans: {type: list of item, question: Which items are rare?}\n"
    vocabulary.write_text(text.replace("      banned_on:", f"{loans}      banned_on:"))
    rules = folder / "statute" / "lending" / "001-lending.yaml"
    rules.write_text(rules.read_text().replace("    when: book.damaged\n", _LISTED))
    cases = folder / "statute" / "cases" / "001-lending.yaml"
    more = "  reader: {class: child, fees_owed: 0 won, loans: [{rare: yes}, {damaged: no}]}\n"
    text = cases.read_text()
    first = "  reader: {class: child, fees_owed: 0 won}\n"
    cases.write_text(text.replace(first, more, 1).replace("case: A child", "case: A rare child"))
    return folder


def test_a_fact_is_renamed_under_its_kinds_in_lists_and_in_cases_and_nowhere_else(run: Run, book: Path) -> None:
    assert run("check", book).exit_code == 0
    result = run("rename", "fact", "item.rare", "item.precious", "--rulebook", book)
    assert result.exit_code == 0, result.output
    assert "item.rare is item.precious in 8 places" in result.output
    rules = (book / "statute" / "lending" / "001-lending.yaml").read_text()
    assert "2: reader.class is child and not book.precious" in rules
    assert "when: book.damaged  # rare is not book.rare" in rules
    assert "every x in reader.loans has (x.precious) and at least 1 y in reader.loans where (not y.precious)" in rules
    vocabulary = (book / "vocabulary.yaml").read_text()
    assert "precious: {type: yes/no, question: Is the item rare?}" in vocabulary
    assert "question: Which items are rare?" in vocabulary
    cases = (book / "statute" / "cases" / "001-lending.yaml").read_text()
    assert "case: A rare child asks for a rare book" in cases
    assert "loans: [{precious: yes}, {damaged: no}]" in cases
    assert cases.count("book: {precious: yes}") == 2
    assert run("check", book).exit_code == 0
    assert run("test", book).exit_code == 0


def test_a_fact_that_a_case_expects_to_be_asked_is_renamed(run: Run, book: Path) -> None:
    assert run("rename", "fact", "reader.class", "reader.sort", "--rulebook", book).exit_code == 0
    assert "expect: {value: reader.sort}" in (book / "statute" / "cases" / "001-lending.yaml").read_text()
    assert run("test", book).exit_code == 0


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("item.rare", "item.damaged", "`item.damaged` is declared already"),
        ("book.rare", "book.precious", "`book.rare` is inherited from `item.rare`"),
        ("item.rare", "reader.rare", "`reader.rare` is no other name for an attribute of `item`"),
        ("item.rare", "item.Rare", "`item.Rare` is no other name"),
        ("item.rare", "item.rare", "is what it is named already"),
        ("item.rar", "item.precious", "did you mean `item.rare`?"),
    ],
)
def test_a_name_that_cannot_be_given_changes_nothing(run: Run, book: Path, old: str, new: str, told: str) -> None:
    before = {path: path.read_bytes() for path in book.rglob("*.yaml")}
    result = run("rename", "fact", old, new, "--rulebook", book)
    assert result.exit_code == 2
    assert told in result.output
    assert {path: path.read_bytes() for path in book.rglob("*.yaml")} == before


def test_where_one_file_cannot_be_written_none_is(run: Run, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {path: path.read_bytes() for path in book.rglob("*.yaml")}
    replaced = Path.replace

    def replace(path: Path, target: Path) -> Path:
        if target.name == "vocabulary.yaml":
            raise PermissionError(13, "Permission denied", str(target))
        return replaced(path, target)

    monkeypatch.setattr(Path, "replace", replace)
    assert isinstance(
        run("rename", "fact", "item.rare", "item.precious", "--rulebook", book).exception, PermissionError
    )
    assert {path: path.read_bytes() for path in book.rglob("*.yaml")} == before


def test_listing_writes_nothing(run: Run, book: Path) -> None:
    before = {path: path.read_bytes() for path in book.rglob("*.yaml")}
    result = run("rename", "fact", "item.rare", "item.precious", "--list", "--rulebook", book)
    assert result.output.count("would change ") == 3
    assert {path: path.read_bytes() for path in book.rglob("*.yaml")} == before


def test_a_rulebook_with_errors_is_not_renamed_in(run: Run, book: Path) -> None:
    rules = book / "statute" / "lending" / "001-lending.yaml"
    rules.write_text(rules.read_text().replace("not book.rare", "not book.rar"))
    assert run("rename", "fact", "item.rare", "item.precious", "--rulebook", book).exit_code == 1
    assert "rare: {type: yes/no" in (book / "vocabulary.yaml").read_text()


def test_a_term_is_renamed_with_its_facts_and_actions(run: Run, book: Path) -> None:
    result = run("rename", "term", "book", "volume", "--rulebook", book)
    assert result.exit_code == 0, result.output
    vocabulary = (book / "vocabulary.yaml").read_text()
    assert "  volume: {kind_of: item, label: book}\n" in vocabulary
    assert "repair volume: {label: repair the book" in vocabulary
    rules = (book / "statute" / "lending" / "001-lending.yaml").read_text()
    assert "volume.rare" in rules and "book.rare" not in rules.replace("# rare is not book.rare", "")
    assert "ask: {decide: lend volume" in (book / "statute" / "cases" / "001-lending.yaml").read_text()
    assert run("check", book).exit_code == 0
    assert run("test", book).exit_code == 0


def test_an_action_is_renamed_and_what_still_says_its_name_is_told(run: Run, book: Path) -> None:
    rules = book / "statute" / "lending" / "001-lending.yaml"
    rules.write_text(rules.read_text().replace("# rare is", "# lend item: rare is"))
    result = run("rename", "action", "lend item", "hand_out item", "--rulebook", book)
    assert result.exit_code == 0, result.output
    row = next(n for n, one in enumerate(rules.read_text().split("\n"), 1) if "# lend item" in one)
    assert f"001-lending.yaml:{row}: a comment or a sentence still says `lend item`" in result.output
    assert run("decide", "-a", "hand_out book", "--rulebook", book).exit_code == 0
    assert run("test", book).exit_code == 0


def test_pages_that_were_made_before_are_told(run: Run, book: Path) -> None:
    pages = book.parent / "docs" / "chapters"
    assert run("chapters", "--out", pages, "--rulebook", book).exit_code == 0
    result = run("rename", "term", "book", "volume", "--rulebook", book)
    assert f"`mutandis chapters --out {pages}`" in " ".join(result.output.split())


def test_a_case_is_renamed_by_the_beginning_of_its_name(run: Run, book: Path) -> None:
    cases = book / "statute" / "cases" / "001-lending.yaml"
    result = run("rename", "case", "a-rare-child-asks-for-a-rare", "A child wants a rare book", "--rulebook", book)
    assert result.exit_code == 0, result.output
    assert "case: A child wants a rare book\n" in cases.read_text()
    assert run("rename", "case", "xyzzy", "Somebody", "--rulebook", book).exit_code == 2
    assert "cases can be meant by" in run("rename", "case", "a", "Somebody", "--rulebook", book).output


@pytest.mark.parametrize("option", ["--list", "--dry-run", "--diff"])
def test_a_change_that_is_only_shown_writes_nothing(run: Run, book: Path, option: str) -> None:
    before = {path: path.read_bytes() for path in book.rglob("*.yaml")}
    result = run("rename", "action", "lend item", "hand_out item", option, "--rulebook", book)
    assert result.exit_code == 0
    assert {path: path.read_bytes() for path in book.rglob("*.yaml")} == before


def test_the_patch_is_the_change(run: Run, book: Path, tmp_path: Path) -> None:
    patch = run("rename", "fact", "item.rare", "item.precious", "--diff", "--rulebook", book).output
    copy = tmp_path / "copy"
    shutil.copytree(book, copy)
    assert run("rename", "fact", "item.rare", "item.precious", "--rulebook", book).exit_code == 0
    depth = str(len(book.parts))  # `a`, and the folders above the book
    given = ["patch", f"-p{depth}", "--quiet", "-d", str(copy)]
    subprocess.run(given, input=patch.replace(f"/{book}", str(book)), text=True, check=True)
    for path in book.rglob("*.yaml"):
        assert (copy / path.relative_to(book)).read_text() == path.read_text()


@pytest.mark.parametrize(
    ("kind", "old", "new", "told"),
    [
        ("term", "bok", "volume", "did you mean `book`?"),
        ("term", "book", "reader", "`reader` is declared already"),
        ("term", "book", "and", "`and` is no name of a term"),
        ("action", "lend bok", "hand_out book", "did you mean `lend book`?"),
        ("action", "lend book", "lend reader", "no other name for an action on `book`"),
    ],
)
def test_a_name_that_a_term_or_an_action_cannot_have_is_refused(
    run: Run, book: Path, kind: str, old: str, new: str, told: str
) -> None:
    result = run("rename", kind, old, new, "--rulebook", book)
    assert result.exit_code == 2
    assert told in result.output
