"""`mutandis explain`: the tree from the verdict to each fact."""

from __future__ import annotations

from typing import Annotated

import typer

from mutandis.explain import as_markdown
from mutandis.explain import explain as build_explanation
from mutandis_tools.casebook.ask import decide_case
from mutandis_tools.commands.common import CaseArgument, RulebookOption, read_chosen, show_rulebook, usable_for_case
from mutandis_tools.commands.decide import (
    ActionOption,
    AsOfOption,
    AtOption,
    ByOption,
    FactOption,
    changed_case,
    choose_or_make,
)
from mutandis_tools.report.explanation_text import explanation_text
from mutandis_tools.report.lines import BLANK
from mutandis_tools.terminal import show, write


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("explain", epilog="Example: mutandis explain a-friend-s-visit-is-listened-to --brief")(explain)


def explain(
    case: CaseArgument = "",
    fact: FactOption = None,
    action: ActionOption = "",
    by: ByOption = "",
    at: AtOption = "",
    law_as_of: AsOfOption = "",
    brief: Annotated[bool, typer.Option("--brief", help="Only what carries the verdict.")] = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print Markdown.")] = False,
    rulebook: RulebookOption = None,
) -> None:
    """Show every norm about the action of a case, down to each fact: which apply, which do not, and why."""
    usable = usable_for_case(case, rulebook)
    chosen = choose_or_make(case, action, usable.opened)
    wanted = (changed_case(one, fact or [], action, by, at, law_as_of) for one in chosen.cases)
    read = read_chosen(chosen, wanted)
    for number, (changed, facts) in enumerate(read.cases):
        decision = decide_case(usable.rulebook, changed, facts)
        tree = build_explanation(decision, usable.rulebook.program, facts, at=changed.at, law_as_of=changed.law_as_of)
        if markdown:
            write(("\n" if number else "") + as_markdown(tree, whole=not brief))
        else:
            show([*([BLANK] if number else []), *explanation_text(tree, changed.name, brief=brief)])
    if not markdown:
        show_rulebook(usable.opened)
    read.end()
