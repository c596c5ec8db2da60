"""What is wrong with a command line is told as every other error, whoever finds it; and any stream can take it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.conftest import LIBRARY, Run

PROGRAM = [sys.executable, "-c", "import sys; sys.argv[0] = 'mutandis'; from mutandis_tools.main import main; main()"]


@pytest.mark.parametrize(
    ("arguments", "told", "help_"),
    [
        (["decid"], "there is no command `decid`", "did you mean `decide`?"),
        (["Decide"], "there is no command `Decide`", "did you mean `decide`?"),
        (["why_not"], "there is no command `why_not`", "did you mean `why-not`?"),
        (["validate"], "there is no command `validate`", "`mutandis check` does that"),
        (["help"], "there is no command `help`", "`mutandis --help` does that"),
        (["a-case"], "there is no command `a-case`", "a case is decided by `mutandis decide a-case`"),
        (["books.yaml"], "there is no command `books.yaml`", "a case is decided by `mutandis decide books.yaml`"),
        (["xyzzy"], "there is no command `xyzzy`", "`mutandis --help` lists the commands"),
        (["check", "--deap"], "`check` has no option `--deap`", "did you mean `--deep`?"),
        (["check", "--xyzzy"], "`check` has no option `--xyzzy`", "`mutandis check --help` lists its options"),
        (["decide", "-json"], "`decide` has no option `-json`", "two hyphens: `--json`"),
        (["--json", "decide"], "`--json` stands before the command", "`mutandis decide … --json`"),
        (["decide", "lend", "book"], "`decide` takes no further `book`", "stands in quotes: 'lend book'"),
        (["decide", "--fact"], "`--fact` needs a value", "`mutandis decide --help` tells which"),
        (["diff", LIBRARY, "--law-as-of", "2020-01-01"], "`--law-as-of` needs 2 values", "`mutandis diff --help`"),
        (["decide", "-r", "a", "--rulebook=b"], "`--rulebook` is given twice", "`mutandis diff OLD NEW`"),
        (["decide", "-a", "lend book", "--action", "lend film"], "`--action` is given twice", "give it once"),
        (["decide", "x", "-rfoo", "-rbar"], "`--rulebook` is given twice", "`mutandis diff OLD NEW`"),
        (["ask"], "`ask` needs ACTION", "e.g. mutandis ask"),
        (["new", "articel"], "`new` has no command `articel`", "did you mean `article`?"),
        (["new", "article", "lib", "3"], "`new article` needs --text", "e.g. mutandis new article"),
        (["rename", "facts", "a.b", "a.c"], "`rename` has no command `facts`", "did you mean `fact`?"),
        (["rename", "a.b", "a.c"], "`rename` has no command `a.b`", "`mutandis rename fact a.b a.c`"),
        (["graph", "statute/1", "--format", "pdf"], "`--format`: `pdf` is not one of `text`, `mermaid`", "--help"),
        (["graph", "statute/1", "--depth", "x"], "`--depth`: `x` is no whole number", "--help"),
        (["show", "statute/1", "--text", "none.txt"], "`--text`: file `none.txt` does not exist", "--help"),
        (["decide", LIBRARY / "statute" / "cases"], "is a folder", "runs all its cases"),
        (["decide", LIBRARY / "statute/cases/001-lending.yml"], "there is no file", "001-lending.yaml`?"),
        (["graph", "item.rare"], "`item.rare` is a fact that cases state", "name a provision or an action"),
        (["show", "Article 1a"], "`Article 1a` is not a citation", "write it as statute/41"),
    ],
    ids=lambda one: " ".join(map(str, one)) if isinstance(one, list) else "",
)
def test_wrong_use_is_one_sentence_with_the_next_step(run: Run, arguments: list[object], told: str, help_: str) -> None:
    result = run(*arguments)
    output = " ".join(result.output.split())
    assert output.startswith("error: ")
    assert "Usage:" not in output
    assert told in output
    assert f"help: {help_}" in output or help_ in output.partition("help: ")[2]
    assert result.exit_code == 2


@pytest.mark.parametrize(
    "written", ["statute/1(1)", "1(1)", "Art. 1 (1)", "Article 1 paragraph (1)", "STATUTE 1(1)", "statute art.1(1)"]
)
def test_a_provision_is_shown_however_it_is_written(run: Run, written: str) -> None:
    shown = run("show", written)
    assert shown.exit_code == 0, shown.output
    assert shown.output == run("show", "statute/1(1)").output


def test_what_an_answer_cites_can_be_asked_for(run: Run) -> None:
    heading = run("show", "statute/1(1) proviso").output.splitlines()[0]
    assert "proviso" in heading
    assert run("show", heading).output == run("show", "statute/1(1) proviso").output
    assert run("graph", heading).exit_code == 0


def _start(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    settings = {**os.environ, "MUTANDIS_RULEBOOK": str(LIBRARY), "NO_COLOR": "1", **environment}
    return subprocess.run([*PROGRAM, *arguments], capture_output=True, env=settings, check=False)


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp949", "utf-8"])
def test_every_encoding_gets_the_whole_answer(encoding: str) -> None:
    done = _start("graph", "statute/1", PYTHONIOENCODING=encoding)
    assert done.returncode == 0
    told = done.stdout.decode(encoding)
    whole = _start("graph", "statute/1", PYTHONIOENCODING="utf-8").stdout.decode()
    assert len(told.splitlines()) == len(whole.splitlines())
    assert whole.splitlines()[1].strip("├─└ ") in told.splitlines()[1]


def test_json_stays_json_where_the_stream_is_ascii(tmp_path: Path) -> None:
    folder = shutil.copytree(LIBRARY, tmp_path / "book")
    for path in folder.rglob("*.yaml"):
        path.write_text(path.read_text().replace("Lib", "도서관 é"))
    done = _start("decide", "-a", "lend book", "--json", PYTHONIOENCODING="ascii", MUTANDIS_RULEBOOK=str(folder))
    same = _start("decide", "-a", "lend book", "--json", PYTHONIOENCODING="utf-8", MUTANDIS_RULEBOOK=str(folder))
    assert json.loads(done.stdout.decode("ascii")) == json.loads(same.stdout.decode())


def test_a_sentence_in_a_pipe_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    long = "no-such-folder-" * 12
    done = _start("check", long)
    assert done.stderr.decode().splitlines()[0] == f"error: there is no rulebook folder `{long}`"
    narrow = _start("check", long, COLUMNS="60").stderr.decode().splitlines()
    assert max(map(len, narrow)) <= 60


def test_whoever_reads_the_first_line_has_read_enough(library: Path) -> None:
    settings = {**os.environ, "MUTANDIS_RULEBOOK": str(library)}
    done = subprocess.Popen([*PROGRAM, "schema", "rule"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=settings)
    assert done.stdout is not None and done.stderr is not None
    done.stdout.readline()
    done.stdout.close()
    assert done.stderr.read() == b""
    assert done.wait(60) in (0, 1)
    done.stderr.close()


def test_an_interrupted_command_says_nothing_and_ends_as_shells_expect() -> None:
    waits = "lambda *a: (print('here', flush=True), time.sleep(60))"
    start = f"import time, mutandis_tools.commands.decide as d; d.usable_for_case = {waits}; {PROGRAM[2]}"
    done = subprocess.Popen([*PROGRAM[:2], start, "decide", "x"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert done.stdout is not None
    assert done.stdout.readline() == b"here\n"
    done.send_signal(signal.SIGINT)
    _, told = done.communicate(timeout=60)
    assert (done.returncode, told) == (130, b"")


@pytest.mark.parametrize("closed", ["1", "2"])
def test_a_stream_that_is_closed_is_no_crash(closed: str) -> None:
    command = f'exec "$@" {closed}>&-'
    found = subprocess.run(
        ["bash", "-c", command, "bash", *PROGRAM, "decide", "no-such-case", "--rulebook", os.fspath(LIBRARY)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 2
    if closed == "1":  # with the other closed nothing can be told
        assert "the standard output is closed" in found.stderr
        assert "failed" not in found.stderr


def test_what_stands_where_a_value_does_is_no_option_given_again(run: Run) -> None:
    output = run("decide", "lend book", "--by", "--rulebook", "--rulebook", LIBRARY).output
    assert "is given twice" not in output and "--rulebook" in output
