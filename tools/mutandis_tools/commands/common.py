"""What the commands share: their options, opening a rulebook or ending with its faults, choosing cases."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from mutandis.api import Rulebook
from mutandis.citation import CitationError
from mutandis.dataclass import dataclass
from mutandis.decide.result import Decision
from mutandis.diagnostics import CaseError, Diagnostic, Severity, gather_alike, sort_diagnostics
from mutandis.facts import Facts
from mutandis.resources import rulebook_folder
from mutandis.rulebook.case_file import CaseFile, is_case_file, read_cases
from mutandis.rulebook.case_question import Ask, Expectation
from mutandis.rulebook.yaml_source import LIMIT_OF_BYTES
from mutandis.suggest import did_you_mean, same_words
from mutandis_tools.casebook.cases import case_id, find_by_id, find_names, id_of
from mutandis_tools.citing import read_provision
from mutandis_tools.location import Location, NoRulebookError, find_around, is_rulebook, locate_rulebook
from mutandis_tools.opening import (
    Opened,
    open_kept,
    read_case,
)
from mutandis_tools.report.diagnostics_text import diagnostics_text, summary_text
from mutandis_tools.report.lines import BLANK, Piece, line, printable
from mutandis_tools.store.records import StoredCases
from mutandis_tools.terminal import Exit, columns, show, stop, working

if TYPE_CHECKING:
    from mutandis.rulebook.rereading import Rereading

_MOST_NAMED = 12
_QUOTES = "“”„‘’\"' "
_HERE = Path("rulebook")
_HAS_CASE = re.compile(r"^(?:case|ask)\b", re.MULTILINE)


def _rulebook_option(help_: str) -> Any:
    return typer.Option("--rulebook", "-r", metavar="FOLDER", help=help_, show_default=False)


RulebookOption = Annotated[
    Path | None,
    _rulebook_option(
        "The rulebook's folder, a bundle, or the name of one that ships. Without it: the one that MUTANDIS_RULEBOOK "
        "names, the one that the file in hand lies in or you stand in, the one that ships."
    ),
]
"""Which rulebook decides."""
ReadRulebookOption = Annotated[
    Path | None,
    _rulebook_option(
        "The rulebook's folder, or the name of one that ships. Without it: the one that MUTANDIS_RULEBOOK names, the "
        "one you stand in, the one that ships."
    ),
]
"""Which rulebook's files are looked at: no bundle has any."""
OwnRulebookOption = Annotated[
    Path | None,
    _rulebook_option(
        "The folder of your rulebook. Without it: the one that MUTANDIS_RULEBOOK names, the one you stand in, or the "
        "folder `rulebook` here."
    ),
]
"""Which rulebook is changed: a person's own."""
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def complete_case(incomplete: str) -> list[str]:
    """The ids of the rulebook's cases that begin so, for the shell."""
    return [id for id in map(case_id, open_kept(locate_rulebook()).cases.cases) if id.startswith(incomplete)]


def complete_action(incomplete: str) -> list[str]:
    """The rulebook's actions that begin so, for the shell."""
    actions = open_kept(locate_rulebook()).source.vocabulary.actions
    return [name for name in actions if name.startswith(incomplete)]


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


def opened_or_stop(
    named: Path | None, beside: Path | None = None, again: Callable[[], Rereading | None] = lambda: None
) -> Opened:
    """The rulebook that is meant, `beside` being the file in hand; ends the program if there is none.

    `again` gives what its files were read as before.
    """
    try:
        return open_kept(locate_rulebook(named, beside), working, again)
    except NoRulebookError as error:
        stop(str(error), error.help)


def with_files_or_stop(named: Path | None, beside: Path | None = None) -> Opened:
    """The rulebook with its files, for what looks at them; ends the program for a bundle, which has none."""
    opened = opened_or_stop(named, beside)
    if opened.location.is_bundle:
        stop(f"the bundle `{opened.location.shown}` has no rule files to look at", "name the rulebook's folder")
    return opened


def own_folder_or_stop(named: Path | None) -> tuple[Location, Path]:
    """The rulebook that is meant and its folder; ends the program where it is none that a person may change.

    Where no rulebook is around, a folder `rulebook` where the person stands is theirs.
    """
    try:
        location = locate_rulebook(named, None)
        if location.path is None and is_rulebook(_HERE):
            location = locate_rulebook(_HERE, None)
    except NoRulebookError as error:
        stop(str(error), error.help)
    if location.path is None or location.is_bundle:
        what = f"the bundle `{location.shown}`" if location.is_bundle else "the rulebook shipped with the program"
        stop(f"{what} is not yours to change", "name a rulebook's folder with --rulebook")
    return location, location.path


def folder_or_stop(named: Path | None) -> Path:
    """The folder of the rulebook that is meant, to be read: a person's own, a `rulebook` here, or the shipped one."""
    try:
        location = locate_rulebook(named, None)
    except NoRulebookError as error:
        stop(str(error), error.help)
    if location.is_bundle:
        stop(f"the bundle `{location.shown}` has no files to look at", "name the rulebook's folder")
    if location.path is None:
        return _HERE if is_rulebook(_HERE) else Path(str(rulebook_folder()))
    return location.path


def usable_or_stop(named: Path | None, beside: Path | None = None) -> Usable:
    """The rulebook, ready to decide; ends the program with the errors that stand in the way."""
    return ready_or_stop(opened_or_stop(named, beside))


def ready_or_stop(opened: Opened) -> Usable:
    """The opened rulebook, ready to decide; ends the program with the errors that stand in the way."""
    found = sort_diagnostics((*opened.source.diagnostics, *opened.linked.diagnostics))
    errors = [d for d in found if d.severity is Severity.ERROR]
    program = opened.linked.program
    if errors or program is None:
        end_with(errors, opened)
    return Usable(opened, Rulebook(program))


def usable_for_case(case: str, named: Path | None) -> Usable:
    """The rulebook that the case named on the command line is meant to be decided by."""
    try:
        # A file that is to be written lies in a rulebook as one that is there does; the name of a case is no path.
        is_path = case.endswith((".yaml", ".yml")) or bool(case and Path(case).is_file())
        location = locate_rulebook(named, Path(case) if is_path else None)
        return ready_or_stop(open_kept(location, working))
    except NoRulebookError as error:
        stop(str(error), error.help)


NO_CASE = CaseFile("", "", (), None, None, {}, Ask("assess", ""), Expectation())
"""A case of which nothing is said yet."""

SaveOption = Annotated[
    Path | None,
    typer.Option("--save", metavar="FILE", help="Add it to this file as a case that expects the answer given now."),
]
NameOption = Annotated[str, typer.Option("--name", metavar="NAME", help="The name of the case that is saved.")]


def check_action(action: str, opened: Opened, after: str = "") -> None:
    """End the program where the vocabulary has no such action; `after` is what was typed behind it."""
    vocabulary = opened.source.vocabulary
    if action in vocabulary.actions:
        return
    whole = f"{action} {after}".strip(_QUOTES)
    if whole in vocabulary.actions:
        stop(f"the vocabulary has no action `{action}`", f"an action stands in plain quotes: '{whole}'")
    help_ = vocabulary.did_you_mean(action, "", "name an action that the vocabulary declares", vocabulary.actions)
    help_ += f"{'' if help_.endswith('?') else '.'} Look for one with `mutandis find '{action}'`"
    stop(f"the vocabulary has no action `{action}`", help_)


def check_law(law: str, opened: Opened) -> None:
    """End the program where the rulebook has no such law."""
    laws = opened.source.laws
    if law and law not in laws:
        stop(f"the rulebook has no law `{law}`", did_you_mean(law.lower(), laws, f"it has {', '.join(laws)}"))


def check_role(role: str, opened: Opened) -> None:
    """End the program where nobody is called so."""
    if not role:
        return
    vocabulary = opened.source.vocabulary
    roles = [name for name, term in vocabulary.terms.items() if term.role]
    if role not in roles:
        listed = ", ".join(roles[:_MOST_NAMED]) + (", …" if len(roles) > _MOST_NAMED else "")
        stop(f"the vocabulary has no role `{role}`", vocabulary.did_you_mean(role, "", f"roles are {listed}", roles))


def check_case_path(path: Path) -> None:
    """End the program where a case could not be saved in the file; asked before a person answers anything."""
    if path.is_dir():
        stop(f"`{path}` is a folder", "name the case file in it, e.g. `cases/041-visits.yaml`")
    if path.suffix not in (".yaml", ".yml"):
        stop(f"`{path}` is no name of a case file", "case files end in `.yaml`")
    around = find_around(path.resolve().parent)
    name = path.resolve().relative_to(around).as_posix() if around is not None else ""
    if name and not is_case_file(name):
        stop(f"`{path}` would stand among rules", f"cases of a law stand in its folder `cases`: LAW/cases/{path.name}")


def keep_case(path: Path, name: str, case: CaseFile, decision: Decision, usable: Usable) -> None:
    """Add a case with the answer it was given to a file, and say where; ends the program where that cannot be."""
    # Imported here: only commands that save need it.
    from mutandis_tools.casebook.write import save_case

    verdict = decision.verdict.value.replace("_", " ")
    named = replace(case, name=name or f"{usable.opened.names.action(case.ask.subject)}, {verdict}")
    try:
        save_case(path, usable.opened, usable.rulebook, named, decision)
    except CaseError as error:
        typed = {str(path): path.read_text(encoding="utf-8") if path.exists() else ""}
        end_with(error.diagnostics, replace(usable.opened, typed=typed))
    show([line("saved in ", Piece(str(path), "strong"), "; read what it expects against the law")], to_errors=True)


def end_with(diagnostics: Sequence[Diagnostic], opened: Opened) -> NoReturn:
    """Show diagnostics on the error stream and end the program for findings."""
    told = gather_alike(diagnostics)
    show(diagnostics_text(told, opened.files, opened.shown_files, columns(to_errors=True)), to_errors=True)
    show([line(summary_text(told))], to_errors=True)
    raise typer.Exit(Exit.FINDINGS)


# --- cases ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Chosen:
    """The cases a person named. `opened` has the text of their file beside the rulebook's, for diagnostics.

    `faults` says what is wrong with those of the file that do not read.
    """

    cases: tuple[CaseFile, ...]
    opened: Opened
    faults: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadCases:
    """The cases that can be asked, each with its facts, and what is wrong with the others."""

    cases: tuple[tuple[CaseFile, Facts], ...]
    faults: tuple[Diagnostic, ...]
    opened: Opened

    def end(self) -> None:
        """End the program with what is wrong with the others, after the answers; nothing where nothing is."""
        if self.faults:
            end_with(self.faults, self.opened)


def choose_cases(wanted: str, opened: Opened) -> Chosen:
    """The cases of the file `wanted`, or the one case with that name; ends the program where there is none or many."""
    path = Path(wanted)
    if path.is_file():
        return read_case_file(path, opened)
    if path.suffix in (".yaml", ".yml") and not path.is_dir():
        beside = [str(one) for one in path.parent.glob("*.y*ml")] if path.parent.is_dir() else []
        stop(f"there is no file `{wanted}`", did_you_mean(wanted, beside, ""))
    if path.is_dir():
        stop(f"`{wanted}` is a folder", f"name a case file in it; `mutandis test {wanted}` runs all its cases")
    if opened.location.is_bundle:
        stop(f"the bundle `{opened.location.shown}` has no cases", "name a case file, or give `--action` and facts")
    found = cases_meant(opened, wanted)
    if len(found) != 1:
        help_ = _meant_otherwise(wanted, opened)
        if help_ or not found:
            stop(f"no case is called `{wanted}`", help_ or "`mutandis decide --list` shows the cases of the rulebook")
        named = ", ".join(case_id(case) for case in found[:_MOST_NAMED]) + (", …" if len(found) > _MOST_NAMED else "")
        stop(f"{len(found)} cases can be meant by `{wanted}`", f"say more of the name: {named}")
    return Chosen(found, opened)


def cases_meant(opened: Opened, wanted: str) -> tuple[CaseFile, ...]:
    """The cases of the rulebook that `wanted` can mean; of those that were kept only these are read."""
    if isinstance(opened.cases, StoredCases):
        return opened.cases.of_names(find_names((name for name, _ in opened.cases.named), wanted))
    return find_by_id(opened.cases.cases, wanted)


def _meant_otherwise(wanted: str, opened: Opened) -> str:
    """What to do where no case but an action, by its name or its label, or a provision is named; else empty."""
    actions = opened.source.vocabulary.actions
    meant = [one for one in actions if one == wanted or same_words(actions[one].label, wanted)]
    if meant:
        return f"that is an action: `mutandis decide --action '{meant[0]}'` asks about it"
    try:
        provision = read_provision(wanted, opened.source.laws)
    except CitationError:
        return ""
    return f"that is a provision: `mutandis show '{provision}'` shows it"


def read_case_file(path: Path, opened: Opened) -> Chosen:
    """The cases of a file, and what is wrong with those that do not read."""
    with path.open("rb") as stream:
        read = read_cases(stream.read(LIMIT_OF_BYTES + 1), str(path))
    lacking = {d.code for d in read.diagnostics}
    if not read.cases and "MUT017" in lacking and not _HAS_CASE.search(next(iter(read.files.values()), "")):
        stop(
            f"`{path}` is no case file: nothing in it is a `case` or an `ask`",
            "name a case file, e.g. one in the folder `cases` of a law; `mutandis check FILE` looks at any file",
        )
    return Chosen(read.cases, replace(opened, typed={**opened.typed, **read.files}), read.diagnostics)


def read_chosen(chosen: Chosen, cases: Iterable[CaseFile]) -> ReadCases:
    """The facts of each of the cases; one that is wrong does not stand in the way of the others."""
    readable: list[tuple[CaseFile, Facts]] = []
    faults = list(chosen.faults)
    for case in cases:
        read = read_case(chosen.opened, case)
        faults.extend(read.diagnostics)
        if not read.diagnostics:
            readable.append((case, read.facts))
    return ReadCases(tuple(readable), sort_diagnostics(faults), chosen.opened)


def list_cases(opened: Opened) -> None:
    """Print the id of every case of the rulebook, one a line."""
    if opened.location.is_bundle:
        stop(f"the bundle `{opened.location.shown}` has no cases", "name a case file; the bundle decides it")
    cases = opened.cases
    names = [name for name, _ in cases.named] if isinstance(cases, StoredCases) else [c.name for c in cases.cases]
    show(line(id_of(name)) for name in names)


def show_heading(case: CaseFile, *, is_first: bool) -> None:
    """Print the name of a case above its answer; nothing for one that only the command line describes."""
    name = [line(Piece(printable(case.name), "heading"))] if case.name else []
    show([*([] if is_first else [BLANK]), *name])


def show_rulebook(opened: Opened) -> None:
    """Print which rulebook answered."""
    show([BLANK, line(Piece(f"rulebook {printable(opened.told)}", "quiet"))])
