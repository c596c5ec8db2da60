"""`mutandis explain`: the tree from the verdict to each fact."""

from __future__ import annotations

from typing import Annotated

import typer

from mutandis.explain import as_markdown, explain_value
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
from mutandis_tools.report.explanation_text import explanation_text, value_explanation_text
from mutandis_tools.report.lines import BLANK, plain
from mutandis_tools.terminal import show, text_columns, write


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
    every: Annotated[
        bool, typer.Option("--all", help="Also wordings of another time, which are not in force.")
    ] = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print Markdown.")] = False,
    rulebook: RulebookOption = None,
) -> None:
    """Show every norm about the action of a case, down to each fact: which apply, which do not, and why.

    CASE is a case file or a case of the rulebook. Without one, give the action and the facts.
    """
    usable = usable_for_case(case, rulebook)
    chosen = choose_or_make(case, action, usable.opened, by)
    wanted = (changed_case(one, fact or [], action, by, at, law_as_of, values=True) for one in chosen.cases)
    read = read_chosen(chosen, wanted)
    program = usable.rulebook.program
    for number, (one, facts) in enumerate(read.cases):
        if not markdown and number:
            show([BLANK])
        if one.ask.question == "value":
            value = explain_value(one.ask.subject, program, facts, at=one.at, law_as_of=one.law_as_of)
            lines = value_explanation_text(value, one.name, columns=text_columns())
            if markdown:
                write(plain(lines))
            else:
                show(lines)
            continue
        decision = decide_case(usable.rulebook, one, facts)
        tree = build_explanation(decision, program, facts, at=one.at, law_as_of=one.law_as_of)
        if markdown:
            write(("\n" if number else "") + as_markdown(tree, whole=not brief, every_wording=every))
        else:
            show(explanation_text(tree, one.name, brief=brief, every_wording=every, columns=text_columns()))
    if not markdown:
        show_rulebook(usable.opened)
    read.end()
