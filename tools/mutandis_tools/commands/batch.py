"""`mutandis batch`: a file of cases decided into a file of decisions."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mutandis.diagnostics import CaseError
from mutandis_tools.commands.common import (
    AsJson,
    RulebookOption,
    check_action,
    check_role,
    complete_action,
    end_with,
    usable_for_case,
)
from mutandis_tools.commands.decide import AsOfOption, ByOption, day_of_law, read_time
from mutandis_tools.report.lines import Line, Piece, line
from mutandis_tools.terminal import progress, show, stop, write

if TYPE_CHECKING:
    from mutandis.table.batch import BatchSummary


AtColumnOption = Annotated[
    str,
    typer.Option(
        "--at",
        metavar="DATE|COLUMN",
        help="The clock: a date, a moment 2020-03-01T10:00, or the column that has one for each row.",
    ),
]
NoneOption = Annotated[
    list[str] | None,
    typer.Option(
        "--none",
        metavar="[FACT=]VALUE",
        help="The value that stands for none, in every column or in that of one fact. May be repeated.",
    ),
]


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    epilog = 'Example: mutandis batch "grant temporary_release" register.csv decided.csv --at 2020-03-01'
    app.command("batch", epilog=epilog)(batch)


def batch(
    arguments: Annotated[
        list[str],
        typer.Argument(
            metavar="[ACTION] IN OUT",
            help="The action (none with `--assess`); the file of cases, CSV or Parquet; the file for decisions.",
            autocompletion=complete_action,
            show_default=False,
        ),
    ],
    assess: Annotated[bool, typer.Option("--assess", help="All actions: a line for each that the law binds.")] = False,
    open_too: Annotated[
        bool, typer.Option("--open", help="With `--assess`: also what turns on facts that are not known.")
    ] = False,
    at: AtColumnOption = "",
    by: ByOption = "",
    law_as_of: AsOfOption = "",
    none: NoneOption = None,
    part: Annotated[
        list[str] | None,
        typer.Option(
            "--part",
            metavar="PART",
            help="What is told besides verdict and citations: reachable, cause, missing, breaches, limits, deadlines. "
            "May be repeated.",
        ),
    ] = None,
    keep: Annotated[
        list[str] | None,
        typer.Option(
            "--keep", metavar="COLUMN", help="A column to keep; without any, those that are no facts. May be repeated."
        ),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="End at values that are not allowed.")] = False,
    afresh: Annotated[bool, typer.Option("--afresh", help="Begin anew, whatever an earlier run has done.")] = False,
    as_json: AsJson = False,
    rulebook: RulebookOption = None,
) -> None:
    """Decide about every row of a file of cases, and write the decisions to another.

    A column is a fact by its name; an empty field is not known. Rows with a value that is not allowed have the verdict
    `error` and are told; then the program ends with 1. A run that was broken off goes on where it was.
    """
    action, given, out = _named(arguments, assess)
    usable = usable_for_case("", rulebook)
    if action is not None:
        check_action(action, usable.opened)
    check_role(by, usable.opened)
    try:
        with progress("rows") as told:
            summary = usable.rulebook.decide_file(
                action,
                given,
                out,
                at=read_clock(at),
                law_as_of=day_of_law(law_as_of),
                by=by or None,
                none=read_nones(none or []),
                parts=tuple(dict.fromkeys(("verdict", "citations", *(part or [])))),
                keep=keep or None,
                open_too=open_too,
                on_bad="raise" if strict else "error",
                resume=not afresh,
                progress=told,
            )
    except CaseError as error:
        end_with(error.diagnostics, usable.opened)
    if as_json:
        write(json.dumps(asdict(summary), indent=2, ensure_ascii=False) + "\n")
    else:
        show(_summary(summary, assess))
    if summary.bad:
        end_with([value.diagnostic() for value in summary.bad], usable.opened)


def _named(arguments: list[str], assess: bool) -> tuple[str | None, Path, Path]:
    if len(arguments) != (2 if assess else 3):
        takes = "`batch --assess` takes IN and OUT" if assess else "`batch` takes ACTION, IN and OUT"
        stop(
            f"{takes}, not {', '.join(f'`{one}`' for one in arguments)}",
            "mutandis batch --assess IN OUT" if assess else "mutandis batch ACTION IN OUT, or --assess IN OUT",
        )
    *action, given, out = arguments
    return (action[0] if action else None), Path(given), Path(out)


def read_clock(at: str) -> dt.date | str | None:
    """The clock of all rows, or the name of the column that has it."""
    return None if not at else read_time(at, "--at") if at[0].isdigit() else at


def read_nones(written: list[str]) -> object:
    """What stands for none, as `Rulebook.decide_table` takes it."""
    facts = {name.strip(): value.strip() for name, equals, value in (one.partition("=") for one in written) if equals}
    general = [one.strip() for one in written if "=" not in one]
    if len(general) > 1 or (general and facts):
        stop("there is one value for none in every column, or one for each fact", "write --none FACT=VALUE for each")
    return general[0] if general else facts or None


def _summary(summary: BatchSummary, assess: bool) -> list[Line]:
    done = f"{summary.rows:,} row{'' if summary.rows == 1 else 's'}" + (
        f", {summary.resumed:,} of them in an earlier run" if summary.resumed else ""
    )
    lines = [line(Piece("decided", "strong"), f": {done}")]
    width = max((len(f"{count:,}") for count in summary.verdicts.values()), default=0)
    lines += [line(f"  {count:>{width},}  {verdict.replace('_', ' ')}") for verdict, count in summary.verdicts.items()]
    if assess:
        lines.append(line(Piece("  decisions over all actions", "quiet")))
    return lines
