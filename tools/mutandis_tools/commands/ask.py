"""`mutandis ask`: an interview, the most decisive question first."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from mutandis.diagnostics import CaseError
from mutandis.facts import Facts
from mutandis.facts.read import read_facts
from mutandis.questions.next_question import Interview, start_interview
from mutandis.rulebook.case_file import by_dotted_name
from mutandis.rulebook.case_question import Ask
from mutandis.rulebook.yaml_source import LIMIT_OF_BYTES
from mutandis_tools.casebook.ask import decide_case
from mutandis_tools.commands.common import (
    NO_CASE,
    Chosen,
    NameOption,
    RulebookOption,
    SaveOption,
    Usable,
    check_action,
    check_case_path,
    check_role,
    choose_cases,
    complete_action,
    end_with,
    keep_case,
    read_chosen,
    usable_for_case,
)
from mutandis_tools.commands.decide import AsOfOption, AtOption, ByOption, FactOption, with_changes
from mutandis_tools.interview.scripted import Answers, ScriptedRespondent, check_answers, read_answers
from mutandis_tools.interview.session import DONT_KNOW, Respondent, answers_text, hold_interview
from mutandis_tools.opening import Opened
from mutandis_tools.report.decision_text import decision_text
from mutandis_tools.report.lines import BLANK, Piece, line
from mutandis_tools.terminal import show, stop, text_columns


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
    save: SaveOption = None,
    name: NameOption = "",
    rulebook: RulebookOption = None,
) -> None:
    """Ask for facts until the answer is settled, the most decisive one first, and say why each is asked."""
    if save is not None:
        check_case_path(save)
    usable = usable_for_case(case or str(save or ""), rulebook)
    opened = usable.opened
    check_action(action, opened)
    check_role(by, opened)
    chosen = _beginning(case, opened)
    scripted = _answers(answers, usable) if answers is not None else Answers({}, {})
    respondent = ScriptedRespondent(scripted.facts) if answers is not None else _at_terminal()
    first = chosen.cases[0]
    # The bearer is part of what the case asks, as its dates are.
    asked = replace(first, ask=Ask("decide", action, first.ask.by))
    begun = with_changes(asked, fact or [], by, at, law_as_of)
    read = read_chosen(chosen, [begun])
    read.end()
    ((_, said),) = read.cases
    # What rules derive is asked for by what it follows from, so an answer that states it answers no question.
    derived = usable.rulebook.program.derived
    known = _read(scripted, usable, lambda name: name in derived and scripted.facts[name] != DONT_KNOW)
    facts = Facts({**known, **said})
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
    decision = decide_case(usable.rulebook, begun, _everything(end, scripted, usable))
    show(decision_text(decision, opened.names, where=opened.location.told, columns=text_columns()))
    if save is not None:
        unasked = {one: value for one, value in scripted.facts.items() if value != DONT_KNOW}
        stated = {**unasked, **by_dotted_name(begun.facts), **_answered(end)}
        keep_case(save, name, replace(begun, facts=stated), decision, usable)


def _answered(end: Interview) -> dict[str, object]:
    """What was answered, as a case file has it; an answer about a member of a list within the list."""
    asked = {name.partition("[")[0] for name in end.asked}
    return {name: value for name, value in end.written.items() if name in asked and value != DONT_KNOW}


def _everything(end: Interview, answers: Answers, usable: Usable) -> Facts:
    """What the case, the interview and the file of answers say together: an answer that nobody asked for counts."""
    unasked = _read(answers, usable, lambda name: name not in end.asked and name not in end.facts)
    return Facts({**unasked, **end.facts})


def _read(answers: Answers, usable: Usable, wanted: Callable[[str], bool]) -> Facts:
    """Those of the answers that are wanted, as facts."""
    vocabulary = usable.opened.source.vocabulary
    found = {name: value for name, value in answers.facts.items() if name in vocabulary.facts and wanted(name)}
    program = usable.rulebook.program
    return read_facts(found, vocabulary, derived=program.derived, provisions=program.provisions).facts


def _beginning(case: str, opened: Opened) -> Chosen:
    if not case:
        return Chosen((NO_CASE,), opened)
    chosen = choose_cases(case, opened)
    if len(chosen.cases) > 1:
        stop(f"`{case}` holds several cases", "an interview begins with one: name it instead of the file")
    return chosen


def _answers(path: Path, usable: Usable) -> Answers:
    """The answers of a file; ends the program with what is wrong in it."""
    if path.is_dir():
        stop(f"`{path}` is a folder", "name a file of answers: `fact: value`, in YAML")
    if not path.exists():
        stop(f"there is no file `{path}`", "write one of answers: `fact: value`, in YAML")
    with path.open("rb") as stream:
        data = stream.read(LIMIT_OF_BYTES + 1)
    answers, faults = read_answers(data, str(path))
    faults = faults or check_answers(answers, usable.opened.source.vocabulary, usable.rulebook.program)
    if faults:
        end_with(faults, replace(usable.opened, typed={str(path): data.decode("utf-8", "replace")}))
    return answers


def _at_terminal() -> Respondent:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        stop("an interview needs a terminal", "give the answers in a file: `--answers FILE`")
    # Imported here: a terminal's keyboard library is loaded only when somebody sits at one.
    from mutandis_tools.interview.prompt import TerminalRespondent

    return TerminalRespondent()
