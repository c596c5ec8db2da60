"""`mutandis when`: from when, and until when, each verdict holds."""

from __future__ import annotations

import typer

from mutandis.questions.of_value import when_value
from mutandis.questions.when import when as ask_when
from mutandis_tools.commands.common import (
    CaseArgument,
    RulebookOption,
    read_chosen,
    show_heading,
    show_rulebook,
    usable_for_case,
)
from mutandis_tools.commands.decide import (
    ActionOption,
    AsOfOption,
    ByOption,
    FactOption,
    changed_case,
    choose_or_make,
)
from mutandis_tools.report.questions_text import when_text, when_value_text
from mutandis_tools.terminal import show


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("when", epilog="Example: mutandis when a-friend-s-visit-is-listened-to")(when)


def when(
    case: CaseArgument = "",
    fact: FactOption = None,
    action: ActionOption = "",
    by: ByOption = "",
    law_as_of: AsOfOption = "",
    rulebook: RulebookOption = None,
) -> None:
    """Show all time as stretches with one verdict each: from when, and until when, it holds on these facts.

    Where the case asks for the value of a fact, as stretches with one value each.
    """
    usable = usable_for_case(case, rulebook)
    chosen = choose_or_make(case, action, usable.opened, by)
    wanted = (changed_case(one, fact or [], action, by, "", law_as_of, values=True) for one in chosen.cases)
    read = read_chosen(chosen, wanted)
    names = usable.opened.names
    for number, (changed, facts) in enumerate(read.cases):
        show_heading(changed, is_first=number == 0)
        holidays = frozenset(changed.holidays) if changed.holidays is not None else None
        law = changed.law_as_of
        if changed.ask.question == "value":
            values = when_value(
                usable.rulebook, changed.ask.subject, facts, law_as_of=law, holidays=holidays, around=changed.at
            )
            show(when_value_text(values, names))
            continue
        answer = ask_when(
            usable.rulebook,
            changed.ask.subject,
            facts,
            law_as_of=law,
            by=changed.ask.by or None,
            holidays=holidays,
            around=changed.at,
        )
        show(when_text(answer, names))
    show_rulebook(usable.opened)
    read.end()
