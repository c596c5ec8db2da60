"""Files written whole or not at all, by several programs at once and where there is no room."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from mutandis.files import alone_in, append_whole, hold, take_place, write_whole

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="it has no locks on folders, nor limits on files")


def lines_of(path: Path, name: str) -> None:
    """Add twenty lots of two lines each, which are longer than what is written at a time."""
    for number in range(20):
        append_whole(path, "".join(json.dumps([name, number, "x" * 30_000]) + "\n" for _ in range(2)))


def one_more(path: Path, times: int) -> None:
    """Read a number, and write the next, so many times."""
    for _ in range(times):
        with alone_in(path.parent):
            write_whole(path, str(int(path.read_text()) + 1))


def is_held(folder: Path) -> bool:
    """True where another program holds the folder."""
    try:
        os.close(hold(folder) or -1)
    except BlockingIOError:
        return True
    return False


def limited(code: str, most: int) -> subprocess.CompletedProcess[str]:
    """Run code in a program whose files have no more than so many bytes."""
    lines = (
        "import resource, signal",
        "from pathlib import Path",
        "from mutandis.files import *",
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)",
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({most}, {most}))",
        code,
    )
    given = [sys.executable, "-B", "-c", "\n".join(lines)]
    return subprocess.run(given, capture_output=True, text=True, check=False)


def test_lines_that_two_programs_add_stand_on_their_own(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        list(pool.map(lines_of, [path, path], ["one", "other"]))
    read = [json.loads(line)[:2] for line in path.read_text().splitlines()]
    assert read[::2] == read[1::2]
    assert sorted(map(tuple, read[::2])) == sorted((name, n) for name in ("one", "other") for n in range(20))


def test_what_two_programs_read_and_change_is_changed_by_both(tmp_path: Path) -> None:
    path = tmp_path / "number"
    path.write_text("0")
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        list(pool.map(one_more, [path, path], [100, 100]))
    assert path.read_text() == "200"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_is_held_by_one_program_until_it_ends(tmp_path: Path) -> None:
    folder = tmp_path / "parts"
    handle = hold(folder)
    assert handle is not None
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        assert pool.submit(is_held, folder).result()
        os.close(handle)
        assert not pool.submit(is_held, folder).result()


def test_where_there_is_no_room_a_file_is_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    path.write_text("as it was\n")
    path.chmod(0o640)
    for code in (
        f"write_whole(Path({str(path)!r}), 'x' * 200_000)",
        f"append_whole(Path({str(path)!r}), 'x' * 200_000)",
    ):
        ended = limited(code, 100_000)
        assert ended.returncode == 1
        assert "File too large" in ended.stderr
        assert path.read_text() == "as it was\n"
    assert list(tmp_path.iterdir()) == [path]
    write_whole(path, "another")
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("another", 0o640)


def test_a_line_that_was_broken_off_stays_by_itself(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    append_whole(path, "one\n")
    path.write_text(path.read_text() + '{"broken')
    append_whole(path, "other\n")
    assert path.read_text().splitlines() == ["one", '{"broken', "other"]


def test_what_a_link_leads_to_is_written(tmp_path: Path) -> None:
    path, link = tmp_path / "file", tmp_path / "link"
    path.write_text("")
    link.symlink_to(path)
    write_whole(link, "written")
    assert (link.is_symlink(), path.read_text()) == (True, "written")


def test_a_pipe_is_written_into_and_stays_one(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    end = os.open(pipe, os.O_RDWR)  # opened for both, it waits for nobody
    try:
        write_whole(pipe, "written")
        assert (os.read(end, 9), pipe.is_fifo()) == (b"written", True)
    finally:
        os.close(end)


@pytest.mark.parametrize("write", [write_whole, append_whole])
def test_a_pipe_is_written_to_by_the_name_it_has(write: Callable[[Path, str], None]) -> None:
    out, into = os.pipe()
    try:
        write(Path(f"/dev/fd/{into}"), "one\n")
        assert os.read(out, 100) == b"one\n"
    finally:
        os.close(out)
        os.close(into)


def test_what_cannot_be_written_is_told_by_its_own_name(tmp_path: Path) -> None:
    for path in (tmp_path / "none" / "book.yaml", tmp_path):
        with pytest.raises(OSError) as told:
            write_whole(path, "one\n")
        assert told.value.filename == str(path)
    assert list(tmp_path.iterdir()) == []


def test_a_new_file_has_the_rights_it_is_given_and_an_old_one_keeps_its_own(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    write_whole(path, "{}", mode=0o600)
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o640)
    write_whole(path, "[]", mode=0o600)
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_rule_file_that_cannot_be_put_in_order_for_want_of_room_stays_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "001.yaml"
    rule = "law: act\narticle: 1\nrules:\n  - at: main\n    may: do  thing\n    when:   a.b   and  a.c\n"
    text = rule + "# word\n" * 800
    path.write_text(text)
    ran = limited(
        f"import sys; from mutandis_tools.main import main; sys.argv = ['mutandis', 'fmt', {str(path)!r}]; main()", 4000
    )
    told = " ".join(ran.stderr.split())
    assert (ran.returncode, told) == (2, f"error: `{path}` cannot be read or written: file too large")
    assert path.read_text() == text


def test_what_was_made_takes_the_place_of_the_file_that_a_link_names_and_leaves_its_rights(tmp_path: Path) -> None:
    path, link = tmp_path / "kept.csv", tmp_path / "link.csv"
    path.write_text("old")
    path.chmod(0o640)
    link.symlink_to(path)
    for number, wanted in enumerate((path, link)):
        made = tmp_path / "made"
        made.write_text(f"new {number}")
        take_place(made, wanted)
        assert not made.exists() and path.read_text() == f"new {number}"
    assert link.is_symlink() and path.stat().st_mode & 0o777 == 0o640
    made.write_text("newer")
    with pytest.raises(FileNotFoundError) as told:
        take_place(made, tmp_path / "none" / "kept.csv")
    assert str(told.value.filename) == str(tmp_path / "none" / "kept.csv") and made.read_text() == "newer"
