"""`mutandis impact`: what another rulebook changes for a population."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from mutandis.diagnostics import CaseError
from mutandis_tools.commands.batch import AtColumnOption, NoneOption, read_clock, read_nones
from mutandis_tools.commands.common import AsJson, check_action, check_role, complete_action, end_with, usable_for_case
from mutandis_tools.commands.decide import AsOfOption, ByOption, day_of_law
from mutandis_tools.report.impact_text import impact_text
from mutandis_tools.terminal import Exit, progress, show, stop, text_columns, write


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    epilog = "Example: mutandis impact ../before/rulebook rulebook --population register.csv --at 2024-01-01"
    app.command("impact", epilog=epilog)(impact)


def impact(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The rulebook as it was, or a bundle of it.")],
    new: Annotated[
        Path | None,
        typer.Argument(metavar="[NEW]", help="As it is. Without it: the one that ships.", show_default=False),
    ] = None,
    population: Annotated[
        Path | None, typer.Option("--population", "-p", metavar="FILE", help="The file of cases, CSV or Parquet.")
    ] = None,
    action: Annotated[
        list[str] | None,
        typer.Option(
            "--action",
            "-a",
            metavar="ACTION",
            help="An action to ask about; without any, all of them. May be repeated.",
            autocompletion=complete_action,
        ),
    ] = None,
    at: AtColumnOption = "",
    by: ByOption = "",
    law_as_of: AsOfOption = "",
    none: NoneOption = None,
    samples: Annotated[
        int, typer.Option("--samples", metavar="N", min=0, help="How many cases are shown of each kind of change.")
    ] = 3,
    as_json: AsJson = False,
) -> None:
    """Decide a population by two rulebooks: how many cases come out otherwise, from what to what, by which provisions.

    A column that only one of the rulebooks has a fact for is read by that one alone. Exits 1 where anything changes.
    """
    if population is None:
        stop("there is no population", "name a file of cases with `--population`")
    before, after = usable_for_case("", old), usable_for_case("", new)
    for one in action or ():
        if one not in before.opened.source.vocabulary.actions:
            check_action(one, after.opened)
    if by not in before.opened.source.vocabulary.terms:
        check_role(by, after.opened)
    try:
        with progress("rows") as told:
            found = before.rulebook.impact(
                after.rulebook,
                population,
                actions=action or None,
                at=read_clock(at),
                law_as_of=day_of_law(law_as_of),
                by=by or None,
                none=read_nones(none or []),
                samples=samples,
                progress=told,
            )
    except CaseError as error:
        end_with(error.diagnostics, after.opened)
    if as_json:
        write(json.dumps(asdict(found), indent=2, ensure_ascii=False, default=str) + "\n")
    else:
        show(impact_text(found, after.opened.names, text_columns()))
    if found.bad:
        end_with([value.diagnostic() for value in found.bad], after.opened)
    if found.flips:
        raise typer.Exit(Exit.FINDINGS)
