"""`mutandis when`: from when, and until when, each verdict holds."""

from __future__ import annotations

import typer

from mutandis.diagnostics import CaseError
from mutandis.facts import Facts
from mutandis.questions.of_value import when_value
from mutandis.questions.when import when as ask_when
from mutandis.rulebook.case_file import CaseFile
from mutandis_tools.commands.common import (
    CaseArgument,
    RulebookOption,
    Usable,
    end_with,
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
from mutandis_tools.report.lines import Line
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
    for number, (changed, facts) in enumerate(read.cases):
        try:
            told = _told(usable, changed, facts)
        except CaseError as error:  # what it states is contradicted at some time, though not now
            end_with(error.diagnostics, usable.opened)
        show_heading(changed, is_first=number == 0)
        show(told)
    show_rulebook(usable.opened)
    read.end()


def _told(usable: Usable, case: CaseFile, facts: Facts) -> tuple[Line, ...]:
    names, law = usable.opened.names, case.law_as_of
    holidays = frozenset(case.holidays) if case.holidays is not None else None
    if case.ask.question == "value":
        values = when_value(usable.rulebook, case.ask.subject, facts, law_as_of=law, holidays=holidays, around=case.at)
        return when_value_text(values, names)
    answer = ask_when(
        usable.rulebook,
        case.ask.subject,
        facts,
        law_as_of=law,
        by=case.ask.by or None,
        holidays=holidays,
        around=case.at,
    )
    return when_text(answer, names)
