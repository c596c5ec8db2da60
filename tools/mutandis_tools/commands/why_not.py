"""`mutandis why-not`: what would have to be different."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from mutandis.decide.result import Verdict
from mutandis.diagnostics import CaseError
from mutandis.facts import Facts
from mutandis.questions.of_value import ANY_OTHER, why_not_value
from mutandis.questions.when import ALLOWING
from mutandis.questions.why_not import why_not as ask_why_not
from mutandis.rulebook.case_file import CaseFile
from mutandis_tools.commands.common import (
    CaseArgument,
    RulebookOption,
    Usable,
    read_chosen,
    show_heading,
    show_rulebook,
    usable_for_case,
)
from mutandis_tools.commands.decide import (
    ActionOption,
    AsOfOption,
    AtOption,
    ByOption,
    FactOption,
    changed_case,
    choose_or_make,
)
from mutandis_tools.report.lines import Line
from mutandis_tools.report.questions_text import why_not_text, why_not_value_text
from mutandis_tools.terminal import show, stop


class Wanted(StrEnum):
    """The verdicts a person can wish for."""

    ALLOWED = "allowed"
    PERMITTED = "permitted"
    FORBIDDEN = "forbidden"
    REQUIRED = "required"
    EXEMPT = "exempt"


_VERDICTS = {
    Wanted.ALLOWED: frozenset(ALLOWING),
    Wanted.PERMITTED: frozenset({Verdict.PERMITTED, Verdict.CONDITIONAL}),
    Wanted.FORBIDDEN: frozenset({Verdict.FORBIDDEN, Verdict.FORBIDDEN_BY_DEFAULT}),
    Wanted.REQUIRED: frozenset({Verdict.REQUIRED}),
    Wanted.EXEMPT: frozenset({Verdict.EXEMPT}),
}


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("why-not", epilog="Example: mutandis why-not a-friend-s-visit-is-listened-to --wanted forbidden")(
        why_not
    )


def why_not(
    case: CaseArgument = "",
    wanted: Annotated[Wanted, typer.Option("--wanted", "-w", help="The verdict that is missed.")] = Wanted.ALLOWED,
    value: Annotated[
        str,
        typer.Option(
            "--value", metavar="VALUE", help="The value that is missed, where the case asks for one; else any other."
        ),
    ] = "",
    findings: Annotated[
        bool, typer.Option("--findings", help="Try also what somebody would have to judge otherwise.")
    ] = False,
    fact: FactOption = None,
    action: ActionOption = "",
    by: ByOption = "",
    at: AtOption = "",
    law_as_of: AsOfOption = "",
    rulebook: RulebookOption = None,
) -> None:
    """Find the fewest facts that would have to be different for another verdict. Each answer is decided again.

    Where the case asks for the value of a fact, for another value. Findings are left as they are unless `--findings`
    is said: a judgement is for its owner, not to be wished for.
    """
    usable = usable_for_case(case, rulebook)
    chosen = choose_or_make(case, action, usable.opened, by)
    wished = (changed_case(one, fact or [], action, by, at, law_as_of, values=True) for one in chosen.cases)
    read = read_chosen(chosen, wished)
    if value and not any(one.ask.question == "value" for one, _ in read.cases):
        stop("`--value` is of a case that asks for the value of a fact", "say which verdict is missed with `--wanted`")
    for number, (changed, facts) in enumerate(read.cases):
        if changed.ask.question == "value":
            told = _of_value(usable, changed, facts, value, findings)
            show_heading(changed, is_first=number == 0)
            show(told)
            continue
        answer = ask_why_not(
            usable.rulebook,
            changed.ask.subject,
            facts,
            _VERDICTS[wanted],
            at=changed.at,
            law_as_of=changed.law_as_of,
            by=changed.ask.by or None,
            holidays=frozenset(changed.holidays) if changed.holidays is not None else None,
            findings=findings,
        )
        show_heading(changed, is_first=number == 0)
        show(why_not_text(answer, usable.opened.names, findings=findings))
    show_rulebook(usable.opened)
    read.end()


def _of_value(usable: Usable, case: CaseFile, facts: Facts, wanted: str, findings: bool) -> tuple[Line, ...]:
    try:
        answer = why_not_value(
            usable.rulebook,
            case.ask.subject,
            facts,
            wanted or ANY_OTHER,
            at=case.at,
            law_as_of=case.law_as_of,
            holidays=frozenset(case.holidays) if case.holidays is not None else None,
            findings=findings,
        )
    except CaseError as error:
        stop(f"`--value`: {error.diagnostics[0].message}", error.diagnostics[0].help)
    return why_not_value_text(answer, usable.opened.names, findings=findings)
