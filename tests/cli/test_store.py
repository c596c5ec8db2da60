"""What is kept of a rulebook gives the same answers, and only for the very same files."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.conftest import Run

from mutandis.bundle.container import unpack
from mutandis_tools.commands import diff
from mutandis_tools.location import Location
from mutandis_tools.opening import open_kept, open_rulebook
from mutandis_tools.store import files, proofs
from mutandis_tools.store.files import Shelf, folder, shelf_of
from mutandis_tools.store.records import Articles, StoredCases

PARTS = {"linked", "rules", "cases"}


@pytest.fixture
def kept(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The folder of what is kept."""
    monkeypatch.setenv("MUTANDIS_CACHE", str(tmp_path / "kept"))
    return tmp_path / "kept"


@pytest.fixture
def book(library: Path, tmp_path: Path) -> Path:
    """A copy of the library's rulebook."""
    return Path(shutil.copytree(library, tmp_path / "book"))


def _parts(kept: Path) -> set[str]:
    return {path.suffix.removeprefix(".") for path in kept.iterdir()}


@pytest.mark.parametrize(
    ("command", "more"),
    [
        (("decide", "fees"), set()),
        (("explain", "fees"), set()),
        (("assess", "asked-for"), {"open-all"}),
        (("assess", "asked-for", "--open"), set()),
        (("find", "book"), {"words"}),
        (("when", "asked-for"), set()),
        (("decide", "--list"), set()),
        (("show", "statute/1"), set()),
        (("test",), set()),
        (("check", "--notes"), {"faults"}),
        (("graph", "statute/1"), {"graph"}),
        (("graph", "statute/1(1)1", "--reverse", "--format", "mermaid"), {"graph"}),
        (("coverage", "--untried", "--articles"), {"coverage"}),
        (("coverage", "--json"), {"coverage"}),
    ],
)  # fmt: skip
def test_the_second_answer_is_the_first(
    run: Run, kept: Path, book: Path, command: tuple[str, ...], more: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUTANDIS_RULEBOOK", str(book))
    first = run(*command)
    assert _parts(kept) == PARTS | more
    second = run(*command)
    assert (second.exit_code, second.output) == (first.exit_code, first.output)
    monkeypatch.setenv("MUTANDIS_CACHE", "off")
    without = run(*command)
    assert (without.exit_code, without.output) == (first.exit_code, first.output)


@pytest.mark.parametrize("options", [(), ("--in-full", "--no-proofs"), ("--verdicts", "--markdown")])
def test_what_is_told_of_a_difference_is_kept(
    run: Run, kept: Path, book: Path, library: Path, options: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = book / "statute" / "lending" / "001-lending.yaml"
    rules.write_text(rules.read_text().replace("<= 30 days", "<= 9 days"))
    first = run("diff", library, book, *options)
    assert first.exit_code == 1
    assert len([one for one in _parts(kept) if one.startswith("difference-")]) == 1
    with monkeypatch.context() as still:
        still.setattr(diff, "compare_rulebooks", _not_again)
        second = run("diff", library, book, *options)
    assert (second.exit_code, second.output) == (first.exit_code, first.output)
    rules.write_text(rules.read_text().replace("<= 9 days", "<= 8 days"))
    assert "8 days" in run("diff", library, book, *options).output


def test_what_one_solver_proved_is_not_told_of_another(
    run: Run, kept: Path, book: Path, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = book / "statute" / "lending" / "001-lending.yaml"
    rules.write_text(rules.read_text().replace("<= 30 days", "<= 9 days"))
    keys = set()
    for version in ("1.1", "1.2", "1.2"):
        monkeypatch.setattr(proofs, "version", lambda _, version=version: version)
        keys.add(proofs.Proofs("gaps").key("one"))
        for options in ((), ("--no-proofs",)):
            assert run("diff", library, book, *options).exit_code == 1
    assert len(keys) == 2
    assert len([one for one in _parts(kept) if one.startswith("difference-")]) == 3


def test_the_programs_own_tables_are_a_part_of_its_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tables = tmp_path / "tables.json"
    monkeypatch.setattr(files, "ENGINE", str(tmp_path / "__init__.py"))
    states = set()
    for content in ("{}", "[1]"):
        tables.write_text(content)
        states.add(files.code_state())
    assert len(states) == 2


def test_data_of_a_difference_are_whole_where_what_is_told_was_kept(
    run: Run, kept: Path, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = ("--law-as-of", "2019-01-01", "2021-01-01")
    told = run("diff", library, *days).output
    alone = run("diff", library, *days, "--json").output
    monkeypatch.setattr(diff, "_found", _not_again)
    assert run("diff", library, *days, "--json").output == alone
    assert run("diff", library, *days).output == told
    assert alone.startswith("{")


def _not_again(*_: object) -> None:
    raise AssertionError("compared again")


def test_the_cases_of_one_file_are_found_without_the_others(kept: Path, book: Path) -> None:
    location = Location(book, "named")
    open_kept(location)
    opened = open_kept(location)
    assert isinstance(opened.cases, StoredCases)
    files = {case.span.file for case in open_rulebook(book).cases.cases}
    for file in files:
        assert opened.cases_of(file) == tuple(case for case in opened.cases.cases if case.span.file == file) != ()
    assert opened.cases_of("statute/cases/none.yaml") == ()


def test_rules_are_not_linked_again_for_another_case(
    run: Run, kept: Path, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("decide", "fees", "-r", book)
    monkeypatch.setattr("mutandis.link.linker.link", _not_again)
    cases = book / "statute" / "cases" / "002-more.yaml"
    for name in ("One", "Two"):
        saved = run("new", "case", "lend book", cases, "-f", "reader.class=adult", "--name", name)
        assert saved.exit_code == 0, saved.output
    assert run("decide", "two", "-r", book).exit_code == 0
    assert run("test", cases).output.startswith("2 cases: 2 passed")
    cases.write_text(cases.read_text().replace("reader.class: adult", "reader.class: adlut"))
    assert "`adlut`" in run("check", book).output
    opened = open_kept(Location(book, "named"))
    assert [case.name for case in opened.cases_of("statute/cases/002-more.yaml")] == ["One", "Two"]
    later = cases.with_name("003-later.yaml")
    behind = open_kept(Location(book, "named"))
    later.write_text(cases.read_text())  # written since the rulebook was opened: what is read then is not kept of it
    files_then = {case.span.file for case in behind.cases.cases}
    later.unlink()
    assert {case.span.file for case in open_kept(Location(book, "named")).cases.cases} <= files_then - {
        "statute/cases/003-later.yaml"
    }


def test_the_pages_of_chapters_are_kept(run: Run, kept: Path, book: Path, tmp_path: Path) -> None:
    def pages(out: Path) -> dict[str, str]:
        assert run("chapters", "--out", out, "-r", book).exit_code == 0
        return {path.relative_to(out).as_posix(): path.read_text(encoding="utf-8") for path in out.rglob("*.md")}

    first = pages(tmp_path / "first")
    assert len(first) > 1 and "pages" in _parts(kept)
    assert pages(tmp_path / "second") == first


def test_what_the_texts_tell_is_kept_until_a_text_changes(run: Run, kept: Path, book: Path, tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    text = texts / "statute.txt"
    text.write_text("LIBRARY ACT\n\nArticle 1 (Loans)\nA book may be lent for 99 days.\n", encoding="utf-8")

    def check() -> str:
        return run("check", "--text", "--texts", texts, book).output

    first = check()
    assert "`99 day`" in first
    assert len([part for part in _parts(kept) if part.startswith("text-")]) == 1
    assert check() == first
    text.write_text(text.read_text(encoding="utf-8").replace("99", "77"), encoding="utf-8")
    assert "`77 day`" in check()


def test_what_is_kept_is_what_was_read(kept: Path, book: Path) -> None:
    read = open_rulebook(book)
    open_kept(Location(book, "named"))
    opened = open_kept(Location(book, "named"))
    assert isinstance(opened.source.articles, Articles) and isinstance(opened.cases, StoredCases)
    assert tuple(opened.source.articles) == tuple(read.source.articles)
    assert [rule.span for a in opened.source.articles for rule in a.rules] == [
        rule.span for a in read.source.articles for rule in a.rules
    ]
    assert opened.cases.cases == read.cases.cases
    assert [(c.places, c.span, c.ask.span) for c in opened.cases.cases] == [
        (c.places, c.span, c.ask.span) for c in read.cases.cases
    ]
    assert opened.files == read.files
    assert opened.linked.program is not None and read.linked.program is not None
    assert opened.linked.program.content_hash == read.linked.program.content_hash
    first = read.source.articles[0]
    assert opened.article(first.law, first.number) == first == read.article(first.law, first.number)
    assert opened.article(first.law, "999") is None


def test_a_case_file_that_does_not_read_is_told_alike_each_time(run: Run, kept: Path, book: Path) -> None:
    (book / "statute" / "cases" / "broken.yaml").write_text("case: [one\n")
    told = [run("check", book).output for _ in range(2)]
    assert told[0] == told[1]
    assert str(Path("statute") / "cases" / "broken.yaml") in told[0].replace("\n", "")


def test_a_changed_file_is_read(run: Run, kept: Path, book: Path) -> None:
    run("decide", "fees", "-r", book)
    rules = book / "statute" / "lending" / "001-lending.yaml"
    rules.write_text(rules.read_text().replace("> 10000 won", "> 90000 won"))
    assert "lend the book: forbidden\n" not in run("decide", "fees", "-f", "loan.length=3 days", "-r", book).output
    assert len(list(kept.iterdir())) == 2 * len(PARTS)


@pytest.mark.parametrize("part", ["linked", "rules", "cases", "faults"])
def test_what_was_altered_or_cut_short_is_made_anew(run: Run, kept: Path, book: Path, part: str) -> None:
    first = run("check", "--notes", "-r", book).output
    (file,) = kept.glob(f"*.{part}")
    whole = file.read_bytes()
    for broken in (b"", whole[:-5], whole.replace(b"reader", b"header") + b" ", b"{}\n" + whole, b"\xff\n"):
        file.write_bytes(broken)
        assert run("check", "--notes", "-r", book).output == first
        assert file.read_bytes() == whole


def test_what_is_kept_is_data(run: Run, kept: Path, book: Path) -> None:
    run("coverage", "-r", book)
    for file in kept.iterdir():
        container = unpack(file.read_bytes(), file.name)
        assert [container.record(section, name) for section in container._index for name in container.names(section)]


def test_a_rulebook_with_errors_is_not_kept(run: Run, kept: Path, book: Path) -> None:
    rules = book / "statute" / "lending" / "001-lending.yaml"
    rules.write_text(rules.read_text().replace("reader.class is adult", "reader.klass is adult"))
    assert run("decide", "fees", "-r", book).exit_code == 1
    assert not kept.exists()


def test_where_nothing_can_be_written_the_answer_is_the_same(
    run: Run, kept: Path, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.write_text("a file in the place of the folder")
    assert run("decide", "fees", "-r", book).exit_code == 0
    monkeypatch.setenv("MUTANDIS_CACHE", "off")
    assert folder() is None and shelf_of(book).key == ""


def test_a_folder_that_may_only_be_read_is_left_alone(run: Run, kept: Path, book: Path) -> None:
    first = run("decide", "fees", "-r", book).output
    files = {path: path.read_bytes() for path in kept.iterdir()}
    kept.chmod(0o500)
    try:
        assert run("decide", "fees", "-r", book).output == first
        rules = book / "statute" / "lending" / "001-lending.yaml"
        rules.write_text(rules.read_text() + "\n")
        assert run("decide", "fees", "-r", book).exit_code == 0
    finally:
        kept.chmod(0o700)
    assert all(path.read_bytes() == content for path, content in files.items())


def test_of_a_rulebook_with_links_nothing_is_kept(run: Run, kept: Path, book: Path, tmp_path: Path) -> None:
    shutil.copy(book / "vocabulary.yaml", tmp_path / "elsewhere.yaml")
    (book / "statute" / "linked.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    assert shelf_of(book).key == ""
    run("decide", "fees", "-r", book)
    assert not kept.exists()


def test_only_the_last_used_are_kept_with_all_their_parts(run: Run, kept: Path, book: Path) -> None:
    run("check", "-r", book)
    for number in range(40):
        for part in ("linked", "rules"):
            (kept / f"{number}.{part}").write_bytes(b"")
    Shelf("another").keep("linked", {"whole": {"here": 1}})
    left = {path.name.partition(".")[0] for path in kept.iterdir()}
    assert len(left) == 24 and "another" in left
    assert all(len(list(kept.glob(f"{key}.*"))) in (1, 2, 4) for key in left)


def test_two_programs_at_once_do_no_harm(kept: Path, book: Path) -> None:
    environment = {**os.environ, "MUTANDIS_CACHE": str(kept), "NO_COLOR": "1"}
    command = [sys.executable, "-c", "from mutandis_tools.main import main; main()", "check", "--json", "-r", str(book)]
    running = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) for _ in range(3)]
    answers = {one.communicate()[0] for one in running}
    assert len(answers) == 1 and {one.returncode for one in running} == {running[0].returncode}
    assert _parts(kept) == PARTS | {"faults"}
    assert all(unpack(path.read_bytes(), path.name) for path in kept.iterdir())
