"""`mutandis sql`: the query that decides an action over a table of a database."""

from __future__ import annotations

from typing import Annotated

import typer

from mutandis_tools.commands.batch import AtColumnOption, read_clock
from mutandis_tools.commands.common import RulebookOption, check_action, check_role, complete_action, usable_for_case
from mutandis_tools.commands.decide import AsOfOption, ByOption, day_of_law
from mutandis_tools.terminal import write


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    epilog = 'Example: mutandis sql "grant temporary_release" --dialect postgres --table register --at 2020-03-01'
    app.command("sql", epilog=epilog)(sql)


def sql(
    action: Annotated[
        str,
        typer.Argument(metavar="ACTION", help="The action that rows are asked about.", autocompletion=complete_action),
    ],
    dialect: Annotated[
        str,
        typer.Option(
            "--dialect",
            "-d",
            metavar="DATABASE",
            help="duckdb, postgres, spark, bigquery, snowflake or trino.",
        ),
    ] = "duckdb",
    table: Annotated[str, typer.Option("--table", "-t", metavar="NAME", help="The table of cases.")] = "cases",
    keep: Annotated[
        list[str] | None,
        typer.Option(
            "--keep", metavar="COLUMN", help="A column beside the decision; without any, the facts. May be repeated."
        ),
    ] = None,
    fact: Annotated[
        list[str] | None,
        typer.Option(
            "--fact", metavar="FACT", help="A fact that the table has; without any, all that are read. May be repeated."
        ),
    ] = None,
    none: Annotated[
        list[str] | None,
        typer.Option("--none", metavar="FACT", help="A fact with a column `FACT.none`. May be repeated."),
    ] = None,
    full: Annotated[
        list[str] | None,
        typer.Option("--full", metavar="FACT", help="A fact that is known in every row. May be repeated."),
    ] = None,
    underscores: Annotated[
        bool, typer.Option("--underscores", help="Columns are named `inmate_class` for `inmate.class`.")
    ] = False,
    at: AtColumnOption = "",
    by: ByOption = "",
    law_as_of: AsOfOption = "",
    rulebook: RulebookOption = None,
) -> None:
    """Print the query that decides an action over a table of a database: verdict and citations of each row.

    A column is a fact by its name: a truth, a date, a number, a length as a whole number of its unit, a word; null is
    not known. A row has the verdict `error` for a value that is not allowed, and null where it is left to
    `mutandis batch`. An action that has no query is told with the reason.
    """
    usable = usable_for_case("", rulebook)
    check_action(action, usable.opened)
    check_role(by, usable.opened)
    query = usable.rulebook.sql(
        action,
        dialect,
        table=table,
        facts=fact or None,
        none=none or (),
        full=full or (),
        keep=keep or (),
        underscores=underscores,
        at=read_clock(at),
        law_as_of=day_of_law(law_as_of),
        by=by or None,
    )
    write(query + ";\n")
