"""`mutandis test`: the cases of a rulebook, run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mutandis.api import Rulebook
from mutandis.backends.interpret import interpreter
from mutandis.backends.sparing import sparing
from mutandis.collector import uncollected
from mutandis.files import write_whole
from mutandis.resources import rulebook_names
from mutandis.rulebook.case_file import CaseFile
from mutandis_tools.casebook.ask import Assessor
from mutandis_tools.casebook.cases import case_id
from mutandis_tools.casebook.junit import junit_xml
from mutandis_tools.casebook.run import CaseOutcome, count_outcomes, run_case, unread_cases
from mutandis_tools.commands.common import Chosen, RulebookOption, read_case_file, usable_or_stop
from mutandis_tools.location import is_part, is_rulebook, yaml_files_below
from mutandis_tools.opening import Opened
from mutandis_tools.report.diagnostics_text import diagnostics_text
from mutandis_tools.report.lines import BLANK, Line, Piece, Style, line, printable
from mutandis_tools.terminal import Exit, columns, show, stop


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("test", epilog="Example: mutandis test rulebook/act/cases/101-arms.yaml")(test)


def test(
    path: Annotated[
        Path | None,
        typer.Argument(
            metavar="[PATH]",
            help="A rulebook's folder, or a file of cases, or a folder of them, which the rulebook that it lies in "
            "decides, or that `--rulebook` names. Without it: every case of the rulebook that MUTANDIS_RULEBOOK names, "
            "of the one you stand in, of the one that ships.",
            show_default=False,
        ),
    ] = None,
    only: Annotated[str, typer.Option("--only", "-k", metavar="TEXT", help="Only cases with this in their name.")] = "",
    junit: Annotated[
        Path | None, typer.Option("--junit", metavar="FILE", help="Write the outcomes as JUnit XML.")
    ] = None,
    by_reference: Annotated[
        bool, typer.Option("--reference", help="Decide by the interpreter, which walks what is otherwise compiled.")
    ] = False,
    rulebook: RulebookOption = None,
) -> None:
    """Run the cases of a rulebook and show where an answer differs from what was expected."""
    if path is not None and not path.exists() and str(path) not in rulebook_names():
        stop(f"there is no file or folder `{path}`")
    is_beside = path is not None and rulebook is not None and path.is_dir() and not is_rulebook(path)
    part = path if path is not None and (is_beside or is_part(path)) else None
    usable = usable_or_stop(rulebook if part is not None else path or rulebook, part)
    opened = usable.opened
    if part is None and opened.location.is_bundle:
        stop(f"the bundle `{opened.location.shown}` has no cases", "name a case file; the bundle decides it")
    if part is None:
        chosen = Chosen(opened.cases.cases, opened, opened.cases.diagnostics)
    elif part.is_dir():
        chosen = _cases_below(part, opened)
    else:
        chosen = read_case_file(part, opened)
    cases = [case for case in chosen.cases if _is_wanted(case, only)]
    if not cases and not chosen.faults:
        if only:
            stop("there are no such cases", "`mutandis decide --list` shows the cases of the rulebook")
        where = f"`{part}` holds no case" if part is not None else "the rulebook has no cases"
        stop(where, "cases stand in the folder `cases` of each law; `mutandis new case` begins one")
    decider = (interpreter if by_reference else sparing)(usable.rulebook.program)
    outcomes = _run_all(cases, chosen.opened, usable.rulebook, decider)
    outcomes += unread_cases(chosen.faults)
    if junit is not None:
        write_whole(junit, junit_xml(outcomes))
    show(one for outcome in outcomes if outcome.status != "passed" for one in _told(outcome, chosen.opened))
    counts = count_outcomes(outcomes)
    show([_summary(counts["passed"], counts["failed"], counts["broken"])])
    show([line(Piece(f"rulebook {opened.told}", "quiet"))])
    if counts["failed"] or counts["broken"]:
        raise typer.Exit(Exit.FINDINGS)


@uncollected
def _run_all(cases: list[CaseFile], opened: Opened, rulebook: Rulebook, decider: Assessor) -> list[CaseOutcome]:
    """The outcome of each case. All that is made on the way is kept: actions as they are compiled, and the outcomes."""
    return [run_case(opened, rulebook, case, decider) for case in cases]


def _cases_below(folder: Path, opened: Opened) -> Chosen:
    """The cases whose files lie in the folder: those of the rulebook, or, of a folder outside it, all that it has."""
    wanted, home = folder.resolve(), opened.location.path
    if home is None or opened.location.is_bundle or not wanted.is_relative_to(home.resolve()):
        found = Chosen((), opened)
        for file in yaml_files_below(folder):
            read = read_case_file(file, found.opened)
            found = Chosen((*found.cases, *read.cases), read.opened, (*found.faults, *read.faults))
        return found
    names = {name for name, shown in opened.shown_files.items() if wanted in Path(shown).resolve().parents}
    cases = tuple(case for case in opened.cases.cases if case.span.file in names)
    return Chosen(cases, opened, tuple(d for d in opened.cases.diagnostics if d.span.file in names))


def _is_wanted(case: CaseFile, only: str) -> bool:
    return only.lower() in case.name.lower() or only.lower() in case_id(case)


def _told(outcome: CaseOutcome, opened: Opened) -> list[Line]:
    span = outcome.case.span
    file = opened.shown_files.get(span.file, span.file)
    word = "BROKEN" if outcome.status == "broken" else "FAILED"
    lines = [
        line(Piece(f"{word} ", "bad"), Piece(printable(outcome.case.name), "strong")),
        line("  ", Piece(f"{printable(file)}:{span.line}", "place")),
    ]
    if outcome.diagnostics:
        return [*lines, *diagnostics_text(outcome.diagnostics, opened.files, opened.shown_files, columns())]
    column = max(len(difference.what) for difference in outcome.differences)
    for difference in outcome.differences:
        lines.append(_row(f"  {difference.what:<{column}}  expected ", difference.expected, "good"))
        lines.append(_row(f"  {'':<{column}}       got ", difference.actual, "bad"))
    return [*lines, BLANK]


def _row(head: str, value: str, style: Style) -> Line:
    return line(Piece(head, "quiet"), Piece(printable(value) or "nothing", style))


def _summary(passed: int, failed: int, broken: int) -> Line:
    total = passed + failed + broken
    told = [Piece(f"{total} case{'' if total == 1 else 's'}: ", "strong"), Piece(f"{passed} passed", "good")]
    if failed:
        told.append(Piece(f", {failed} failed", "bad"))
    if broken:
        told.append(Piece(f", {broken} broken", "bad"))
    return tuple(told)
