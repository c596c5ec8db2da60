"""Every command writes within the width of the terminal."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.cli.conftest import Run

from mutandis_tools.report.lines import BLANK, Piece, fold, line, plain, width

COMMANDS = [
    ("decide", "asked-for"),
    ("decide", "a-map"),
    ("decide", "-a", "lend book"),
    ("assess", "asked-for", "--open"),
    ("explain", "asked-for"),
    ("explain", "a-map", "--all"),
    ("why-not", "fees"),
    ("when", "asked-for"),
    ("show", "statute/1"),
    ("graph", "statute/1", "--reverse"),
    ("coverage", "--untried"),
    ("decide", "zebra"),
    ("decide", "a"),
]


@pytest.mark.parametrize("columns", [60, 80])
@pytest.mark.parametrize("command", COMMANDS, ids=lambda one: " ".join(one))
def test_no_line_is_wider_than_the_terminal(
    run: Run, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    output = run(*command).output
    assert output
    assert [one for one in output.splitlines() if width(one) > columns] == []


def test_the_source_line_of_a_fault_is_cut_to_the_width(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "60")
    many = ", ".join(f"reader.fact_{number}: yes" for number in range(30))
    Path("case.yaml").write_text(f"case: x\nlaw: statute\nfacts: {{{many}}}\nask: {{decide: lend book}}\n")
    output = run("decide", "case.yaml").output
    assert "^^^" in output
    assert [one for one in output.splitlines() if width(one) > 60] == []


def test_what_is_too_wide_goes_on_below_the_piece_that_hangs() -> None:
    told = line("  ", Piece("due ", "quiet"), Piece("on the day after the notice", hangs=True))
    assert plain(fold([told, BLANK], 20)) == "  due on the day\n      after the\n      notice\n\n"
    assert plain(fold([line("  a bb cc dd")], 8)) == "  a bb\n    cc\n    dd\n"
    cited = plain(fold([line("  act/a.yaml:12,40,1000,7 and")], 16))
    assert cited == "  act/a.yaml:12,\n    40,1000,7\n    and\n"
    assert plain(fold([line("a sum of 10,000,000 won")], 12)) == "a sum of\n  10,000,000\n  won\n"
    assert plain(fold([line("abcdefgh")], 4)) == "abcd\n  ef\n  gh\n"


def test_a_title_too_long_for_the_terminal_stands_above_its_numbers(
    run: Run, library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    book = Path(shutil.copytree(library, tmp_path / "book"))
    (book / "statute" / "lending").rename(book / "statute" / "provision-of-goods")
    told = run("coverage", "--rulebook", book).output.splitlines()
    assert not any("…" in one for one in told)
    table = told[: told.index("")]
    assert max(map(len, table)) <= 60
    at = table.index("  Provision of goods")
    assert len(table[at + 1].split()) == 6
    assert {len(one) for one in table if one[-1].isdecimal()} == {len(table[1])}
