"""What is kept of a rulebook gives the same answers, and only for the very same files."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.cli.conftest import Run

from mutandis_tools import store


@pytest.fixture
def kept(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The folder where linked rulebooks are kept."""
    monkeypatch.setenv("MUTANDIS_CACHE", str(tmp_path / "kept"))
    return tmp_path / "kept"


@pytest.fixture
def book(library: Path, tmp_path: Path) -> Path:
    """A copy of the library's rulebook."""
    return Path(shutil.copytree(library, tmp_path / "book"))


@pytest.mark.parametrize(
    "command",
    [("decide", "fees"), ("explain", "fees"), ("assess", "asked-for"), ("when", "asked-for"), ("decide", "--list")],
)  # fmt: skip
def test_the_second_answer_is_the_first(run: Run, kept: Path, book: Path, command: tuple[str, ...]) -> None:
    first = run(*command, "-r", book)
    assert len(list(kept.iterdir())) == 1
    second = run(*command, "-r", book)
    assert (second.exit_code, second.output) == (first.exit_code, first.output) == (0, first.output)


def test_a_changed_file_is_read(run: Run, kept: Path, book: Path) -> None:
    run("decide", "fees", "-r", book)
    rules = book / "statute" / "lending" / "001-lending.yaml"
    rules.write_text(rules.read_text().replace("> 10000 won", "> 90000 won"))
    assert "lend the book: forbidden\n" not in run("decide", "fees", "-f", "loan.length=3 days", "-r", book).output
    assert len(list(kept.iterdir())) == 2


def test_what_was_altered_or_cut_short_is_not_trusted(run: Run, kept: Path, book: Path) -> None:
    first = run("decide", "fees", "-r", book).output
    (file,) = kept.iterdir()
    whole = file.read_bytes()
    for broken in (b"", whole[:-5], whole.replace(b"reader", b"header"), b"{}\n" + whole, b"\xff\n"):
        file.write_bytes(broken)
        assert run("decide", "fees", "-r", book).output == first
        assert file.read_bytes() == whole


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
    assert store.folder() is None


def test_only_the_last_used_are_kept(run: Run, kept: Path, book: Path) -> None:
    run("decide", "fees", "-r", book)
    (file,) = kept.iterdir()
    for number in range(20):
        (kept / f"{number}.linked").write_bytes(b"")
    found = store.fetch(file.stem)
    assert found is not None
    store.keep("another", found)
    assert len(list(kept.iterdir())) == 12
