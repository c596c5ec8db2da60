"""`mutandis assess`: everything that binds in a case, over all actions."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from mutandis.decide.result import Decision, Verdict, as_data
from mutandis_tools.casebook.assess import Assessing, laws_of
from mutandis_tools.casebook.standing import over, powers_left, told_once
from mutandis_tools.commands.common import (
    NO_CASE,
    AsJson,
    CaseArgument,
    Chosen,
    RulebookOption,
    check_law,
    check_role,
    choose_cases,
    read_chosen,
    show_rulebook,
    usable_for_case,
)
from mutandis_tools.commands.decide import AsOfOption, AtOption, ByOption, FactOption, with_changes
from mutandis_tools.report.assessment_text import assessment_text
from mutandis_tools.terminal import show, stop, write


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("assess", epilog="Example: mutandis assess a-friend-s-visit-is-listened-to --by warden")(assess)


def assess(
    case: CaseArgument = "",
    fact: FactOption = None,
    by: ByOption = "",
    at: AtOption = "",
    law_as_of: AsOfOption = "",
    law: Annotated[
        str,
        typer.Option(
            "--law",
            metavar="LAW",
            help="Only what this law says; without it, of other laws than the case's, what its facts touch.",
        ),
    ] = "",
    as_json: AsJson = False,
    open_too: Annotated[bool, typer.Option("--open", help="Show also what turns on facts that are not known.")] = False,
    rulebook: RulebookOption = None,
) -> None:
    """Tell every duty, permission, prohibition and penalty that applies in a case, over all actions.

    CASE is a case file or a case of the rulebook. Without one, give the facts.
    """
    if not case and not fact:
        stop("nothing to assess", "name a case, or facts with `--fact`; `mutandis decide --list` shows cases")
    usable = usable_for_case(case, rulebook)
    check_law(law, usable.opened)
    check_role(by, usable.opened)
    chosen = choose_cases(case, usable.opened) if case else Chosen((NO_CASE,), usable.opened)
    read = read_chosen(chosen, (with_changes(one, fact or [], by, at, law_as_of) for one in chosen.cases))
    told: list[Decision] = []
    assessing = Assessing(usable.rulebook.program, usable.opened.shelf)
    for changed, facts in read.cases:
        assessed = assessing.assess(changed, facts, open_too=open_too)
        decisions = [
            one
            for one in assessed.decisions
            if (law in laws_of(one) if law else assessing.concerns(one, changed, facts))
        ]
        left = assessed.open_of(law or changed.law, touched_too=not law)
        told.extend(d for d in decisions if open_too or d.verdict is not Verdict.UNDETERMINED)
        if not as_json:
            words = usable.rulebook.vocabulary
            done = over(told, facts, changed.at, usable.rulebook.program)
            left += len(decisions) - len(told)
            once = told_once(told, words, done)
            ended = {one.action: powers_left(one) for one in once if one.action in done}
            show(assessment_text(once, left, usable.opened.names, changed.name, ended))
            told.clear()
    assessing.save()
    if as_json:
        write(json.dumps([as_data(d) for d in told], indent=2, ensure_ascii=False) + "\n")
    elif read.cases:
        show_rulebook(usable.opened)
    read.end()
