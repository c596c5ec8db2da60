"""`mutandis chapters`: pages that follow from the rules."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest
from tests.cli.conftest import Run
from typer.testing import CliRunner

from mutandis_tools.main import build_app


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory, kept_of_the_laws: Path) -> Path:
    """The folder of the shipped rulebook's pages."""
    folder = tmp_path_factory.mktemp("shipped")
    given = ["chapters", "--out", str(folder), "-r", str(Path(__file__).parents[2] / "rulebook")]
    ran = CliRunner(env={"MUTANDIS_CACHE": str(kept_of_the_laws)}).invoke(build_app(), given)
    assert ran.exit_code == 0, ran.output
    return folder


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
    assert "## What is laid down\n\n- Statute Art. 3, latter part. The library keeps books for its readers.\n" in page
    assert "(statute/lending.md): articles 1, 2, 3" in (tmp_path / "README.md").read_text()


def test_addenda_and_law_outside_are_called_as_they_are_cited(shipped: Path) -> None:
    page = (shipped / "juvenile-decree" / "addenda.md").read_text()
    assert "- Addenda of No. 20830, Art. 1, Enforcement of Decree No. 20830\n" in page
    assert "- Juvenile Decree Addenda of No. 20830, Art. 1. In force from 22 June 2008.\n" in page
    assert "- **Former Juvenile Decree**, " in page and "addenda-" not in page and "ext:" not in page
    assert "addenda-" not in (shipped / "README.md").read_text()


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


def test_deadlines_quantities_and_members_stand_in_tables(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "rulebook"
    (folder / "act" / "board").mkdir(parents=True)
    (folder / "act" / "law.yaml").write_text("law: act\ntitle: The Act\nshort: Act\nrank: 1\ninstruments: []\n")
    (folder / "act" / "vocabulary.yaml").write_text(VOCABULARY)
    (folder / "act" / "board" / "001-board.yaml").write_text(RULES)
    assert run("chapters", "--rulebook", folder, "--out", tmp_path / "pages").exit_code == 0
    page = (tmp_path / "pages" / "act" / "board.md").read_text()
    tables = page[page.index("## Deadlines") :].splitlines()
    assert [line for line in tables if line.startswith(("#", "| "))] == [
        "## Deadlines",
        "| what | who | when | where it stands |",
        "| --- | --- | --- | --- |",
        "| answer the letter | board | within 5 days after the day of receipt | Act Art. 1 (2), since 2020-01-01 |",
        "## Quantities",
        "| of what | how much | where it stands |",
        "| --- | --- | --- |",
        "| answer the letter | when the pages of the letter are at most 20 | Act Art. 1 (2) 1 |",
        "| answer the letter | when the fee for the letter is more than 500 won | Act Art. 1 (2) 2 |",
        "| answer the letter | unless the fee for the letter is less than 5 won | Act Art. 1 (2) 1 |",
        "## Bodies and their members",
        "| what | how | where it stands |",
        "| --- | --- | --- |",
        "| appoint the board | there are at least 5 members of the board | Act Art. 1 (1) |",
        "| appoint the board | for every seat: if the member chairs the board, then the member is the minister "
        "| Act Art. 1 (1) |",
        "## Earlier wordings that are not held",
    ]
    assert "- **answer the letter**, Act Art. 1 (2), in force before 2020-01-01: replaced\n" in page
    assert page.index("- **answer the letter (board)**") < page.index("## Deadlines")


VOCABULARY = """\
terms:
  seat:
    label: seat
    attributes:
      chairs: {type: yes/no, question: Does it chair?, says: the member chairs the board}
      is_minister: {type: yes/no, question: Is it the minister?, says: the member is the minister}
  board:
    label: board
    role: yes
    attributes:
      members: {type: list of seat, label: members of the board, question: Who are the members?, parameter: yes}
  letter:
    label: letter
    attributes:
      pages: {type: count, question: How many pages?}
      fee: {type: money, unit: won, label: the fee for the letter, question: What is the fee?}
      received_on: {type: date, label: day of receipt, question: When was it received?}
actions:
  appoint board: {label: appoint the board, default: silent}
  answer letter: {label: answer the letter, default: silent}
"""
RULES = """\
law: act
article: 1
title: Board
rules:
  - at: (1)
    summary: The board has five members, the minister in the chair.
    must: appoint board
    requires:
      - at least 5 m in board.members where (true)
      - every m in board.members has (not m.chairs or m.is_minister)
  - at: (2)
    summary: Short letters are answered in five days.
    must: answer letter
    by: board
    grounds:
      1: letter.pages <= 20 and letter.fee > 0 won
      2: letter.fee > 500 won
    unless:
      at: (2) proviso
      grounds:
        1: letter.fee < 5 won
    deadline: by letter.received_on + 5 days
    since: 2020-01-01
  - at: (2)
    id: act/1(2)#earlier
    summary: The earlier wording is not held.
    must: answer letter
    by: board
    when: letter.pages <= 20
    not_held: replaced
    until: 2020-01-01
"""


def test_what_is_presumed_of_somebody_throughout_is_said_once_at_the_head(
    run: Run, library: Path, tmp_path: Path
) -> None:
    book = tmp_path / "book"
    copytree(library, book)
    vocabulary, article = book / "vocabulary.yaml", book / "statute" / "lending" / "001-lending.yaml"
    enrolled = "      enrolled: {type: yes/no, presume: yes, question: Enrolled?, says: the reader is enrolled}\n"
    vocabulary.write_text(vocabulary.read_text().replace("      class:", f"{enrolled}      class:", 1))
    text = article.read_text().replace("    when: reader.fees", "    when: reader.enrolled and reader.fees", 1)
    due = "    when:\n      - reader.enrolled\n      - book.lent_on + 30 days <= today\n"
    article.write_text(text.replace("    when: book.lent_on + 30 days <= today\n", due, 1))
    run("chapters", "--out", tmp_path / "pages", "-r", book)
    page = (tmp_path / "pages" / "statute" / "lending.md").read_text()
    head, _, items = page.partition("## What must be done\n")
    assert head.endswith("\n° asks that the reader is enrolled. That is presumed where nothing is said.\n\n")
    assert "**return the book (reader)**, Statute Art. 1 (2) °. " in items
    assert "  - when the reader is enrolled" in items  # together with more in one condition it is said there
    assert items.count("the reader is enrolled") == 1 and items.count("°") == 1


def test_what_an_event_ends_says_that_it_has_not_been_where_nobody_says_when(shipped: Path) -> None:
    lines = (shipped / "act" / "general.md").read_text().splitlines()
    at = next(at for at, one in enumerate(lines) if "Whoever has been released, or has died, is held no longer." in one)
    assert lines[at + 2 : at + 4] == [
        "  - then it is not so",
        "  - where nobody says when, it is taken not to have happened yet",
    ]


def test_a_reason_that_two_orders_of_a_rule_have_is_told_once(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "rulebook"
    (folder / "act" / "board").mkdir(parents=True)
    (folder / "act" / "law.yaml").write_text("law: act\ntitle: The Act\nshort: Act\nrank: 1\ninstruments: []\n")
    (folder / "act" / "vocabulary.yaml").write_text(VOCABULARY)
    (folder / "act" / "board" / "001-board.yaml").write_text(
        RULES
        + "  - at: (3)\n    summary: Short letters.\n    may: answer letter\n    by: board\n    despite: 2\n"
        + "    instead_of: (2)\n    inferred: the narrower rule\n    since: 2020-01-01\n"
        + "---\nlaw: act\narticle: 2\ntitle: Bar\nrules:\n"
        + "  - {at: main, summary: None., must_not: answer letter, by: board}\n"
    )
    assert run("chapters", "--rulebook", folder, "--out", tmp_path / "pages").exit_code == 0
    page = (tmp_path / "pages" / "act" / "board.md").read_text()
    assert page.count("the narrower rule") == 1


def test_pages_of_the_laws_have_each_figure_and_say_no_place_twice(shipped: Path) -> None:
    safety, admittance, association = (
        (shipped / "juvenile-decree" / f"{one}.md").read_text() for one in ("safety", "admittance", "association")
    )
    assert (
        "| admit the juvenile to the space | for every extension of a stay: the period of the extension lasts at most "
        "7 days | Juvenile Decree Art. 19 (2), proviso |"
    ) in safety
    assert "the number of extensions of the stay is at least 1 |" not in safety
    figures = admittance[admittance.index("## Quantities") :]
    assert "12 years" in figures and "Article 32 (1)" not in figures  # which subparagraph it was is no quantity
    assert "Corporations, incorporated foundations; Civil Act, incorporated foundations**" in association
    penalties = (shipped / "act" / "penalties.md").read_text()
    assert "  - unless the warden has permitted the goods to be carried in\n" in penalties
    assert "  - unless the person carries in such goods habitually (Act Art. 133 (3))\n" in penalties
