"""`mutandis explain`: every norm about the action, and what became of it."""

from __future__ import annotations

import typer

from mutandis_tools.casebook.ask import decide_case
from mutandis_tools.commands.common import CaseArgument, RulebookOption, choose_cases, facts_or_stop, usable_or_stop
from mutandis_tools.commands.decide import ActionOption, AsOfOption, AtOption, ByOption, FactOption, changed_case
from mutandis_tools.report.decision_text import explanation_text
from mutandis_tools.report.lines import BLANK
from mutandis_tools.terminal import show


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("explain", epilog="Example: mutandis explain kin-ill-and-kin-dead")(explain)


def explain(
    case: CaseArgument,
    fact: FactOption = None,
    action: ActionOption = "",
    by: ByOption = "",
    at: AtOption = "",
    law_as_of: AsOfOption = "",
    rulebook: RulebookOption = None,
) -> None:
    """Show every norm about the action of a case: which apply, which give way to what, which do not apply and why."""
    usable = usable_or_stop(rulebook)
    chosen = choose_cases(case, usable.opened)
    for number, one in enumerate(chosen.cases):
        changed = changed_case(one, fact or [], action, by, at, law_as_of)
        decision = decide_case(usable.rulebook, changed, facts_or_stop(chosen, changed))
        show([*([BLANK] if number else []), *explanation_text(decision, usable.opened.names, changed.name)])
