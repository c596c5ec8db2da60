"""`mutandis decide`: the cited answer to one question about one action."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import Annotated

import typer

from mutandis.decide.result import Decision, as_data
from mutandis.rulebook.case_file import Ask, CaseFile, Expectation
from mutandis.rulebook.lock import index_stale
from mutandis_tools.casebook.ask import decide_case
from mutandis_tools.casebook.cases import case_id
from mutandis_tools.commands.common import (
    AsJson,
    CaseArgument,
    Chosen,
    RulebookOption,
    choose_cases,
    complete_action,
    facts_or_stop,
    list_cases,
    usable_or_stop,
)
from mutandis_tools.opening import Opened
from mutandis_tools.report.decision_markdown import decision_markdown
from mutandis_tools.report.decision_text import decision_text
from mutandis_tools.report.lines import BLANK, Piece, line
from mutandis_tools.terminal import show, stop, write

FactOption = Annotated[
    list[str] | None,
    typer.Option("--fact", "-f", metavar="NAME=VALUE", help="A fact, over what the case says. May be repeated."),
]
ActionOption = Annotated[
    str,
    typer.Option(
        "--action", "-a", metavar="ACTION", help="The action to decide about.", autocompletion=complete_action
    ),
]
ByOption = Annotated[str, typer.Option("--by", metavar="ROLE", help="Who would act.")]
AtOption = Annotated[str, typer.Option("--at", metavar="DATE", help="The clock: a date, or a moment 2020-03-01T10:00.")]
AsOfOption = Annotated[str, typer.Option("--law-as-of", metavar="DATE", help="The version of the law to decide by.")]


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("decide", epilog="Example: mutandis decide a-friend-s-visit-is-listened-to --markdown")(decide)


def decide(
    case: CaseArgument = "",
    fact: FactOption = None,
    action: ActionOption = "",
    by: ByOption = "",
    at: AtOption = "",
    law_as_of: AsOfOption = "",
    as_json: AsJson = False,
    as_markdown: Annotated[bool, typer.Option("--markdown", help="Print Markdown.")] = False,
    show_list: Annotated[bool, typer.Option("--list", help="List the cases of the rulebook, decide nothing.")] = False,
    rulebook: RulebookOption = None,
) -> None:
    """Decide a case and cite every provision the answer rests on.

    CASE is a case file or a case of the rulebook. Without one, give the action and the facts.
    """
    if as_json and as_markdown:
        stop("`--json` and `--markdown` exclude each other")
    usable = usable_or_stop(rulebook)
    if show_list:
        list_cases(usable.opened.cases.cases)
        return
    if case:
        chosen = choose_cases(case, usable.opened)
    elif action:
        chosen = Chosen((CaseFile("", "", (), None, None, {}, Ask("decide", action), Expectation()),), usable.opened)
    else:
        stop("nothing to decide", "name a case, or an action with `--action`; `mutandis decide --list` shows the cases")
    changed = [changed_case(one, fact or [], action, by, at, law_as_of) for one in chosen.cases]
    decisions = [(one, decide_case(usable.rulebook, one, facts_or_stop(chosen, one))) for one in changed]
    _tell_stale([decision for _, decision in decisions], usable.opened)
    if as_json:
        data = [as_data(decision) for _, decision in decisions]
        write(json.dumps(data[0] if len(data) == 1 else data, indent=2, ensure_ascii=False) + "\n")
    else:
        for number, (one, decision) in enumerate(decisions):
            _show(one, decision, chosen, as_markdown, is_first=number == 0)


def _show(case: CaseFile, decision: Decision, chosen: Chosen, as_markdown: bool, *, is_first: bool) -> None:
    names = chosen.opened.names
    if as_markdown:
        write(("" if is_first else "\n") + decision_markdown(decision, names, case.name))
    else:
        show([*([] if is_first else [BLANK, BLANK]), *decision_text(decision, names, case.name)])


def _tell_stale(decisions: list[Decision], opened: Opened) -> None:
    """Say on the error stream which provisions the answers rest on whose official text changed since."""
    cited = [provision for decision in decisions for provision in decision.citations]
    stale = index_stale(*opened.locks.values()).rest_on(cited)
    show((line(Piece("warning: ", "warning"), f"{one.id}: {one.staleness}") for one in stale), to_errors=True)


def changed_case(case: CaseFile, facts: list[str], action: str, by: str, at: str, law_as_of: str) -> CaseFile:
    """The case with what the command line says put over it; ends the program where that does not read."""
    ask = case.ask
    if action:
        ask = Ask("decide", action, ask.by)
    elif ask.question not in ("decide", "when", "next_question", "why_not"):
        stop(f"the case `{case_id(case)}` asks about no single action", "name one: `--action`")
    return with_changes(replace(case, ask=ask), facts, by, at, law_as_of)


def with_changes(case: CaseFile, facts: list[str], by: str, at: str, law_as_of: str) -> CaseFile:
    """The case with other facts, another bearer or other dates; ends the program where one does not read."""
    return replace(
        case,
        facts=_with_facts(case.facts, facts),
        ask=replace(case.ask, by=by or case.ask.by),
        at=read_time(at, "--at") if at else case.at,
        law_as_of=_day(law_as_of) if law_as_of else case.law_as_of,
    )


def _with_facts(stated: dict[str, object], written: list[str]) -> dict[str, object]:
    flat: dict[str, object] = {}
    for name, value in stated.items():
        if isinstance(value, dict) and "." not in name:  # a term with its attributes; under a dotted name, a period
            flat.update({f"{name}.{attribute}": inner for attribute, inner in value.items()})
        else:
            flat[name] = value
    for one in written:
        name, equals, value = one.partition("=")
        if not equals or not name.strip():
            stop(f"`{one}` is no fact", "write NAME=VALUE, e.g. `temporary_release.days=8 days`")
        flat[name.strip()] = value.strip()
    return flat


def read_time(text: str, option: str) -> dt.date:
    """A date, or a moment; ends the program where it is neither."""
    try:
        return dt.datetime.fromisoformat(text) if "T" in text else dt.date.fromisoformat(text)
    except ValueError:
        stop(f"`{option}`: there is no day `{text}`", "write it as 2020-03-01, a moment as 2020-03-01T10:00")


def _day(text: str) -> dt.date:
    time = read_time(text, "--law-as-of")
    return time.date() if isinstance(time, dt.datetime) else time
