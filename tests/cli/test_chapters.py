"""`mutandis chapters`: pages that follow from the rules."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run


def test_a_page_says_what_may_must_and_must_not_be_done_with_citations(run: Run, tmp_path: Path) -> None:
    assert run("chapters", "--out", tmp_path).output == f"2 pages in {tmp_path}\n"
    page = (tmp_path / "statute" / "lending.md").read_text()
    must = page.index("## What must be done")
    may = page.index("## What may be done")
    must_not = page.index("## What must not be done")
    assert must < page.index("**return the book (reader)**, Statute Art. 1 (2).") < may
    assert may < page.index("**lend the book (librarian, to reader)**, Statute Art. 1 (1).") < must_not
    assert "    - the class of the reader is child and not: book rare (Statute Art. 1 (1) 2)\n" in page
    assert "  - only so that the days of the loan are at most 30 days\n" in page
    assert "  - goes before Statute Art. 1 (1)\n" in page
    assert "  - reading “book” as “map”\n" in page
    assert "- Statute Art. 1 (4): the form of the library card\n" in page
    assert "(statute/lending.md): articles 1, 2, 3" in (tmp_path / "README.md").read_text()


def test_pages_that_the_rules_have_left_behind_are_told(run: Run, tmp_path: Path) -> None:
    run("chapters", "--out", tmp_path)
    assert run("chapters", "--out", tmp_path, "--check").exit_code == 0
    page = tmp_path / "statute" / "lending.md"
    page.write_text(page.read_text() + "\n")
    result = run("chapters", "--out", tmp_path, "--check")
    assert result.exit_code == 1
    assert "lending.md is not what the rules say now" in result.output


def test_a_file_in_the_place_of_the_folder_is_wrong_use(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("")
    assert run("chapters", "--out", path).exit_code == 2
