"""`mutandis diff`: one rulebook against another."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from mutandis.graph import build_graph
from mutandis_tools.commands.common import AsJson, Usable, ready_or_stop, with_files_or_stop
from mutandis_tools.commands.graph import impact
from mutandis_tools.comparison.declarations import compare_declarations
from mutandis_tools.comparison.outcomes import Side, cases_of_both, compare_outcomes
from mutandis_tools.comparison.rules import RuleChange, compare_rules
from mutandis_tools.opening import Opened
from mutandis_tools.report.comparison_text import comparison_data, comparison_text
from mutandis_tools.report.lines import Piece, line
from mutandis_tools.terminal import Exit, is_watched, show, stop, write


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("diff", epilog="Example: mutandis diff ../before/rulebook rulebook")(diff)


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The rulebook as it was.")],
    new: Annotated[
        Path | None,
        typer.Argument(metavar="[NEW]", help="As it is. Without it: the one that ships.", show_default=False),
    ] = None,
    verdicts: Annotated[
        bool, typer.Option("--verdicts", help="Of the cases, only those whose verdict is another.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Compare two rulebooks: rules, what they reach through references, and the outcome of every case.

    Also what is declared: defaults, presumptions, questions, enforcement days, case files. Exits 1 where anything
    differs, 2 where the two cannot be compared.
    """
    before, after = _side(old), _side(new)
    rules = compare_rules(before.opened.source.articles, after.opened.source.articles)
    cases = cases_of_both(before.opened, after.opened)
    sides = Side(before.opened, before.rulebook), Side(after.opened, after.rulebook)
    outcomes = compare_outcomes(*sides, cases)
    declarations = compare_declarations(
        before.opened.source, after.opened.source, before.opened.cases.cases, after.opened.cases.cases
    )
    if verdicts:
        outcomes = tuple(one for one in outcomes if one.changes_verdict)
    reached = _reached(rules, before.opened, after.opened)
    if as_json:
        write(json.dumps(comparison_data(rules, reached, declarations, outcomes), indent=2, ensure_ascii=False) + "\n")
    else:
        show(comparison_text(rules, reached, declarations, outcomes, after.opened.names))
        if not rules and not declarations and not outcomes and is_watched():
            show([line(Piece("the same", "good"), f": {len(cases)} cases come out alike")])
    if rules or declarations or outcomes:
        raise typer.Exit(Exit.FINDINGS)


def _side(folder: Path | None) -> Usable:
    """One of the two rulebooks; one with errors cannot be compared, which is no finding about the difference."""
    opened = with_files_or_stop(folder)
    try:
        return ready_or_stop(opened)
    except typer.Exit:
        stop(f"the rulebook {opened.told} has errors, so it cannot be compared", "see them with `mutandis check`")


def _reached(rules: tuple[RuleChange, ...], old: Opened, new: Opened) -> dict[str, tuple[str, ...]]:
    """For the provision of every change, the provisions that depend on it, in the rulebook that has it."""
    graphs = {
        "removed": build_graph(old.source, old.linked.program),
        "changed": build_graph(new.source, new.linked.program),
    }
    found: dict[str, tuple[str, ...]] = {}
    for change in rules:
        whole = graphs["removed" if change.kind == "removed" else "changed"]
        if change.provision not in whole.nodes or change.provision in found:
            continue
        ends: dict[str, None] = {}
        for route in impact(whole, change.provision):
            edge = route[-1]
            end = edge.target if edge.kind == "orders" else edge.source
            if whole.nodes[end] == "provision" and edge.kind != "contains":
                ends[end] = None
        found[change.provision] = tuple(ends)
    return found
