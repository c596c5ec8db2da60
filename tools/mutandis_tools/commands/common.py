"""What the commands share: their options, opening a rulebook or ending with its faults, choosing cases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from mutandis.api import Rulebook
from mutandis.diagnostics import Diagnostic, Severity, sort_diagnostics
from mutandis.facts import Facts
from mutandis.rulebook.case_file import CaseFile, read_cases
from mutandis.rulebook.yaml_source import LIMIT_OF_BYTES
from mutandis_tools.casebook.cases import case_id, find_by_id
from mutandis_tools.opening import Opened, find_case_faults, open_rulebook, read_case_facts
from mutandis_tools.report.diagnostics_text import diagnostics_text, summary_text
from mutandis_tools.report.lines import line
from mutandis_tools.terminal import Exit, show, stop

_MOST_NAMED = 12

RulebookOption = Annotated[
    Path | None,
    typer.Option(
        "--rulebook",
        "-r",
        metavar="FOLDER",
        envvar="MUTANDIS_RULEBOOK",
        help="The rulebook's folder. Without it: the rulebook that ships with the program.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def complete_case(incomplete: str) -> list[str]:
    """The ids of the shipped cases that begin so, for the shell."""
    return [id for id in map(case_id, open_rulebook(None).cases.cases) if id.startswith(incomplete)]


def complete_action(incomplete: str) -> list[str]:
    """The actions of the shipped rulebook that begin so, for the shell."""
    return [name for name in open_rulebook(None).source.vocabulary.actions if name.startswith(incomplete)]


CaseArgument = Annotated[
    str,
    typer.Argument(
        metavar="CASE",
        help="A case file, or the name of a case of the rulebook (its beginning is enough).",
        autocompletion=complete_case,
        show_default=False,
    ),
]


@dataclass(frozen=True, slots=True)
class Usable:
    """A rulebook without errors, ready to decide."""

    opened: Opened
    rulebook: Rulebook


def opened_or_stop(folder: Path | None) -> Opened:
    """The rulebook; ends the program if there is none in `folder`."""
    try:
        return open_rulebook(folder)
    except FileNotFoundError as error:
        stop(str(error), "give the folder that holds `vocabulary.yaml` and a folder for each law")


def usable_or_stop(folder: Path | None) -> Usable:
    """The rulebook, ready to decide; ends the program with the errors that stand in the way."""
    opened = opened_or_stop(folder)
    found = sort_diagnostics((*opened.source.diagnostics, *opened.linked.diagnostics))
    errors = [d for d in found if d.severity is Severity.ERROR]
    program = opened.linked.program
    if errors or program is None:
        end_with(errors, opened)
    return Usable(opened, Rulebook(program))


def end_with(diagnostics: Sequence[Diagnostic], opened: Opened) -> NoReturn:
    """Show diagnostics on the error stream and end the program for findings."""
    show(diagnostics_text(diagnostics, opened.files, opened.shown_files), to_errors=True)
    show([line(summary_text(diagnostics))], to_errors=True)
    raise typer.Exit(Exit.FINDINGS)


# --- cases ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Chosen:
    """The cases a person named. `opened` has the text of their file beside the rulebook's, for diagnostics."""

    cases: tuple[CaseFile, ...]
    opened: Opened


def choose_cases(wanted: str, opened: Opened) -> Chosen:
    """The cases of the file `wanted`, or the one case with that name; ends the program where there is none or many."""
    path = Path(wanted)
    if path.is_file():
        return read_case_file(path, opened)
    if path.suffix in (".yaml", ".yml"):
        stop(f"there is no file `{wanted}`")
    found = find_by_id(opened.cases.cases, wanted)
    if not found:
        stop(f"no case is called `{wanted}`", "`mutandis decide --list` shows the cases of the rulebook")
    if len(found) > 1:
        named = ", ".join(case_id(case) for case in found[:_MOST_NAMED]) + (", …" if len(found) > _MOST_NAMED else "")
        stop(f"{len(found)} cases can be meant by `{wanted}`", f"say more of the name: {named}")
    return Chosen(found, opened)


def read_case_file(path: Path, opened: Opened) -> Chosen:
    """The cases of a file; ends the program with what is wrong in it."""
    with path.open("rb") as stream:
        read = read_cases(stream.read(LIMIT_OF_BYTES + 1), str(path))
    cases = replace(opened.cases, files={**opened.cases.files, **read.files})
    beside = replace(opened, cases=cases, shown=opened.shown)
    if read.diagnostics:
        end_with(read.diagnostics, beside)
    return Chosen(read.cases, beside)


def facts_or_stop(chosen: Chosen, case: CaseFile) -> Facts:
    """The case's facts; ends the program with what is wrong in the case."""
    faults = find_case_faults(chosen.opened, case)
    if faults:
        end_with(sort_diagnostics(faults), chosen.opened)
    return read_case_facts(chosen.opened.source, chosen.opened.linked.program, case).facts


def list_cases(cases: Iterable[CaseFile]) -> None:
    """Print the id of every case, one a line."""
    show(line(case_id(case)) for case in cases)
