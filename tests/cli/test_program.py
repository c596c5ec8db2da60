"""The program as a whole: its help, exit codes, colours, completion; and what happens when it fails."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import typer.main
from tests.cli.conftest import LIBRARY, Run
from tests.shipped import shipped_opened

from mutandis.resources import rulebook_folder
from mutandis_tools import main
from mutandis_tools.casebook.cases import find_by_id
from mutandis_tools.main import build_app
from mutandis_tools.report.lines import Piece, line
from mutandis_tools.terminal import show

PROGRAM = [sys.executable, "-c", "import sys; sys.argv[0] = 'mutandis'; from mutandis_tools.main import main; main()"]


def _start(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    settings = {**os.environ, "MUTANDIS_RULEBOOK": str(LIBRARY), **environment}
    return subprocess.run([*PROGRAM, *arguments], capture_output=True, text=True, env=settings, check=False)


@dataclass(frozen=True)
class _Helped:
    """A command's name with its words of help."""

    name: str
    help: str
    epilog: str


def commands_with_help() -> list[_Helped]:
    found: list[_Helped] = []
    pending: list[tuple[str, Any]] = [("", typer.main.get_command(build_app()))]
    while pending:
        name, command = pending.pop()
        # A group is told by the commands in it.
        if hasattr(command, "commands"):
            pending.extend((f"{name} {inner}".strip(), one) for inner, one in command.commands.items())
        else:
            found.append(_Helped(name, command.help or "", command.epilog or ""))
    return sorted(found, key=lambda one: one.name)


@pytest.mark.parametrize("command", commands_with_help(), ids=lambda one: one.name)
def test_every_command_says_what_it_does_and_shows_an_example(command: _Helped) -> None:
    assert command.help
    assert command.epilog.startswith(f"Example: mutandis {command.name}")


def test_what_an_option_takes_is_a_word_of_the_program(run: Run) -> None:
    for name in (one.name for one in commands_with_help()):
        told = run(*name.split(), "--help").output
        assert not re.search(r"<(?:str|int|float|file|path)\b", told), name


def test_no_bundle_is_offered_to_what_needs_the_files_of_a_rulebook(run: Run) -> None:
    needing = ["show", "graph", "coverage", "chapters", "check", "text check", "new fact", "rename term", "text lock"]
    for name in needing:
        option = run(*name.split(), "--help").output.partition("--rulebook")[2]
        assert option, name
        assert "bundle" not in option, name


def test_only_of_what_is_so_or_not_it_is_shown_when(run: Run) -> None:
    told = run("show", "act/2", "--rulebook", Path(str(rulebook_folder()))).output
    assert "says when facility is a correctional facility: " in told
    assert "gives the class of the person held in a facility: " in told
    assert "says when class" not in told


def test_help_is_shown_without_a_command(run: Run) -> None:
    output = run().output
    assert "Statutes as code" in output
    assert "Example: mutandis decide --list" in output


def test_the_list_of_commands_has_a_whole_sentence_for_each(run: Run) -> None:
    told = run("--help").output
    assert "Read the official text of a statute and account for every provision." in told
    assert "..." not in told.split("Commands:")[1]


def test_help_keeps_what_stands_in_brackets(run: Run) -> None:
    assert "`mutandis[analysis]`" in " ".join(run("diff", "--help").output.split())


def test_a_decision_in_a_pipe_imports_neither_colours_nor_validation() -> None:
    report = "import atexit, sys; atexit.register(lambda: print(*sys.modules, file=sys.stderr)); "
    program = [*PROGRAM[:2], report + PROGRAM[2], "decide", "fees"]
    settings = {**os.environ, "MUTANDIS_RULEBOOK": str(LIBRARY)}
    done = subprocess.run(program, capture_output=True, text=True, env=settings, check=False)
    assert done.returncode == 0
    assert {"rich", "pydantic", "networkx", "jsonschema"} & set(done.stderr.split()) == set()


def test_what_opens_a_kept_rulebook_loads_nothing_that_reads_one() -> None:
    program = [sys.executable, "-c", "import sys, mutandis_tools.opening; print(*sys.modules)"]
    done = subprocess.run(program, capture_output=True, text=True, check=True)
    reading = {"mutandis.rulebook.rereading", "mutandis.rulebook.article_file", "mutandis.condition.parse"}
    assert reading & set(done.stdout.split()) == set()


def test_exit_codes_tell_clean_findings_and_wrong_use(tmp_path: Path) -> None:
    clean = _start("check", str(LIBRARY))
    assert (clean.returncode, clean.stdout, clean.stderr) == (0, "", "")
    empty = tmp_path / "vocabulary.yaml"
    empty.write_text("terms: [\n")
    assert _start("check", str(tmp_path)).returncode == 1
    assert _start("check", "--nonsense").returncode == 2
    assert _start("check", str(tmp_path / "none")).returncode == 2


def test_output_to_a_pipe_has_no_colour() -> None:
    assert "\x1b" not in _start("decide", "fees").stdout


def _on_a_terminal(monkeypatch: pytest.MonkeyPatch, **environment: str) -> bytes:
    """What a styled line looks like on a terminal."""
    ours, theirs = pty.openpty()
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with os.fdopen(theirs, "w") as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        show([line(Piece("permitted", "good"))])
        stream.flush()
        seen = os.read(ours, 1000)
    os.close(ours)
    return seen


def test_a_terminal_gets_colour_unless_no_color_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    assert b"\x1b[1;32mpermitted" in _on_a_terminal(monkeypatch)
    # NO_COLOR asks for no colours; bold is none.
    assert b"32m" not in _on_a_terminal(monkeypatch, NO_COLOR="1")


@pytest.mark.parametrize("arguments", [["--help"], [], ["decied"]])
def test_the_list_of_commands_is_the_same_when_it_was_kept(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MUTANDIS_CACHE", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(sys, "argv", ["mutandis", *arguments])
    told = []
    for _ in ("gathered", "kept"):
        with pytest.raises(SystemExit):
            main.main()
        told.append(capsys.readouterr())
        monkeypatch.setattr(main, "_module", lambda command: pytest.fail(f"{command} was imported"))
    assert told[0] == told[1]
    assert "did you mean `decide`?" in told[0].err or "  assess    Tell every duty" in told[0].out + told[0].err


def test_a_crash_is_told_in_a_sentence_with_the_way_to_its_trace(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise RuntimeError("the pipes froze")

    monkeypatch.setattr(main, "_wanted_app", lambda: fail)
    with pytest.raises(SystemExit) as left:
        main.main()
    assert left.value.code == 2
    told = capsys.readouterr().err
    assert "the program failed: RuntimeError: the pipes froze" in told
    assert "MUTANDIS_TRACE=1" in told
    assert "Traceback" not in told


@pytest.mark.parametrize("arguments", [["decide", "--list"], ["schema", "case"]])
def test_a_reader_that_has_read_enough_is_no_failure(arguments: list[str]) -> None:
    program = f"{' '.join(map(_quoted, [*PROGRAM, *arguments]))} | (exec 0<&-; sleep 0.1)"
    settings = {**os.environ, "MUTANDIS_RULEBOOK": str(LIBRARY)}
    shell = ["bash", "-o", "pipefail", "-c", program]
    done = subprocess.run(shell, capture_output=True, text=True, env=settings, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def _complete(words: str) -> list[str]:
    """What bash offers for the last of `words`."""
    last = str(len(words.split(" ")) - 1)
    done = _start(_MUTANDIS_COMPLETE="complete_bash", COMP_WORDS=words, COMP_CWORD=last)
    return done.stdout.split("\n")


def test_the_shell_completes_commands_and_names_of_schemas() -> None:
    assert "decide" in _complete("mutandis de")
    assert "vocabulary" in _complete("mutandis schema vo")


def test_schemas_are_printed_by_name(run: Run) -> None:
    names = run("schema").output.split()
    assert {"rules", "vocabulary", "law", "case"} <= set(names)
    assert run("schema", "case").output.startswith("{")
    assert run("schema", "rule").output == run("schema", "rules").output
    result = run("schema", "poem")
    assert result.exit_code == 2
    assert "there is no schema `poem`" in result.output


def test_every_case_that_an_example_names_is_in_the_shipped_rulebook() -> None:
    cases = shipped_opened().cases.cases
    named = [
        words[2]
        for command in commands_with_help()
        if (words := command.epilog.removeprefix("Example: ").split())[1] in ("decide", "assess", "explain", "why-not")
        and not words[2].startswith("-")
    ]
    assert named
    assert [name for name in named if len(find_by_id(cases, name)) != 1] == []
