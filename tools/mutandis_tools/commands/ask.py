"""`mutandis ask`: an interview, the most decisive question first."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from mutandis.diagnostics import CaseError
from mutandis.questions.next_question import start_interview
from mutandis.rulebook.case_file import Ask, CaseFile, Expectation
from mutandis.rulebook.yaml_source import LIMIT_OF_BYTES
from mutandis.suggest import did_you_mean
from mutandis_tools.commands.common import (
    Chosen,
    RulebookOption,
    choose_cases,
    complete_action,
    end_with,
    facts_or_stop,
    usable_or_stop,
)
from mutandis_tools.commands.decide import AsOfOption, AtOption, ByOption, FactOption, with_changes
from mutandis_tools.interview.scripted import ScriptedRespondent, read_answers
from mutandis_tools.interview.session import Respondent, answers_text, hold_interview
from mutandis_tools.opening import Opened
from mutandis_tools.report.decision_text import decision_text
from mutandis_tools.report.lines import BLANK, Piece, line
from mutandis_tools.terminal import show, stop


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("ask", epilog="Example: mutandis ask 'grant temporary_release' --by warden --at 2020-03-01")(ask)


def ask(
    action: Annotated[
        str,
        typer.Argument(
            metavar="ACTION",
            help="The action to find out about, as the vocabulary names it.",
            autocompletion=complete_action,
            show_default=False,
        ),
    ],
    fact: FactOption = None,
    case: Annotated[str, typer.Option("--case", metavar="CASE", help="Begin with the facts of this case.")] = "",
    by: ByOption = "",
    at: AtOption = "",
    law_as_of: AsOfOption = "",
    answers: Annotated[
        Path | None,
        typer.Option("--answers", metavar="FILE", help="Take the answers from a file: `fact: value`, in YAML."),
    ] = None,
    rulebook: RulebookOption = None,
) -> None:
    """Ask for facts until the answer is settled, the most decisive one first, and say why each is asked."""
    usable = usable_or_stop(rulebook)
    opened = usable.opened
    if action not in opened.source.vocabulary.actions:
        help_ = did_you_mean(action, opened.source.vocabulary.actions, "name an action that the vocabulary declares")
        stop(f"the vocabulary has no action `{action}`", help_)
    respondent = _respondent(answers, opened)
    chosen = _beginning(case, opened)
    begun = with_changes(replace(chosen.cases[0], ask=Ask("decide", action)), fact or [], by, at, law_as_of)
    facts = facts_or_stop(chosen, begun)
    interview = start_interview(
        usable.rulebook,
        action,
        facts,
        at=begun.at,
        law_as_of=begun.law_as_of,
        by=begun.ask.by or None,
        holidays=frozenset(begun.holidays) if begun.holidays is not None else None,
    )
    try:
        end = hold_interview(interview, respondent, opened.names, lambda lines: show([*lines, BLANK]))
    except CaseError as error:
        end_with(error.diagnostics, opened)
    if end.asked:
        show([line(Piece("Said", "heading")), *answers_text(end, opened.names), BLANK])
    show(decision_text(end.decision, opened.names))


def _beginning(case: str, opened: Opened) -> Chosen:
    if not case:
        return Chosen((CaseFile("", "", (), None, None, {}, Ask("assess", ""), Expectation()),), opened)
    chosen = choose_cases(case, opened)
    if len(chosen.cases) > 1:
        stop(f"`{case}` holds several cases", "an interview begins with one: name it instead of the file")
    return chosen


def _respondent(answers: Path | None, opened: Opened) -> Respondent:
    if answers is not None:
        if not answers.is_file():
            stop(f"there is no file `{answers}`")
        with answers.open("rb") as stream:
            data = stream.read(LIMIT_OF_BYTES + 1)
        read, faults = read_answers(data, str(answers))
        if faults:
            shown = {**opened.cases.files, str(answers): data.decode("utf-8", "replace")}
            end_with(faults, replace(opened, cases=replace(opened.cases, files=shown)))
        return ScriptedRespondent(read)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        stop("an interview needs a terminal", "give the answers in a file: `--answers FILE`")
    # Imported here: a terminal's keyboard library is loaded only when somebody sits at one.
    from mutandis_tools.interview.prompt import TerminalRespondent

    return TerminalRespondent()
