"""`mutandis decide`: the cited answer to one question about one action."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from mutandis.calendar import written
from mutandis.decide.result import Decision, as_data
from mutandis.decide.result_parts import FactValue
from mutandis.facts import Facts
from mutandis.rulebook.case_file import CaseFile, by_dotted_name
from mutandis.rulebook.case_question import Ask, Expectation
from mutandis_tools.casebook.ask import decide_case, value_in_case
from mutandis_tools.casebook.cases import case_id
from mutandis_tools.commands.common import (
    AsJson,
    CaseArgument,
    Chosen,
    RulebookOption,
    Usable,
    check_action,
    check_role,
    choose_cases,
    complete_action,
    list_cases,
    read_chosen,
    usable_for_case,
    usable_or_stop,
)
from mutandis_tools.commands.records import decide_records_again, keep_records
from mutandis_tools.opening import Opened
from mutandis_tools.report.decision_markdown import decision_markdown
from mutandis_tools.report.decision_outline import facts_told
from mutandis_tools.report.decision_text import decision_text
from mutandis_tools.report.lines import BLANK, Piece, line, plain
from mutandis_tools.report.value_text import value_text
from mutandis_tools.terminal import show, stop, text_columns, write
from mutandis_tools.typed_value import read_typed

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
    everything: Annotated[bool, typer.Option("--all", help="Tell what no longer matters too.")] = False,
    record: Annotated[
        Path | None,
        typer.Option(
            "--record", metavar="FILE", help="Add the decision, with all it takes to decide it again, to FILE."
        ),
    ] = None,
    again: Annotated[
        Path | None,
        typer.Option(
            "--again", metavar="FILE", help="Decide the records of FILE again, and tell what is another answer."
        ),
    ] = None,
    show_list: Annotated[bool, typer.Option("--list", help="List the cases of the rulebook, decide nothing.")] = False,
    rulebook: RulebookOption = None,
) -> None:
    """Decide a case and cite every provision the answer rests on.

    CASE is a case file, which the rulebook it lies in decides, or a case of the rulebook. Without one, give the action
    and the facts.
    """
    if as_json and as_markdown:
        stop("`--json` and `--markdown` exclude each other")
    if again is not None:
        if case or action or fact or by or at or law_as_of or record or as_markdown:
            stop("`--again` takes everything from the records", "give `--rulebook` and `--json` alone beside it")
        decide_records_again(again, usable_or_stop(rulebook), as_json)
        return
    usable = usable_for_case(case, rulebook)
    if show_list:
        list_cases(usable.opened)
        return
    chosen = choose_or_make(case, action, usable.opened, by)
    wanted = (changed_case(one, fact or [], action, by, at, law_as_of, values=True) for one in chosen.cases)
    read = read_chosen(chosen, wanted)
    decisions = [(one, _answer(usable, one, facts)) for one, facts in read.cases]
    if record is not None:
        keep_records(record, usable, read.cases)
    _tell_stale([decision for _, decision in decisions if isinstance(decision, Decision)], usable.opened)
    if as_json:
        data = [as_data(decision) for _, decision in decisions]
        write(json.dumps(data[0] if len(chosen.cases) == 1 and data else data, indent=2, ensure_ascii=False) + "\n")
    else:
        for number, ((one, decision), (_, facts)) in enumerate(zip(decisions, read.cases, strict=True)):
            _show(
                one,
                decision,
                _valued(usable, one, facts, decision),
                chosen,
                as_markdown,
                everything,
                is_first=number == 0,
            )
    read.end()


def choose_or_make(case: str, action: str, opened: Opened, by: str = "") -> Chosen:
    """The cases named, or one without facts about `action`; ends the program where neither is said.

    `action` and `by` are those of the command line: of names that the vocabulary does not have nothing is decided.
    """
    if action:
        check_action(action, opened, case)
    check_role(by, opened)
    if case:
        return choose_cases(case, opened)
    if not action:
        stop("nothing to ask about", "name a case, or an action with `--action`; `mutandis decide --list` shows cases")
    return Chosen((CaseFile("", "", (), None, None, {}, Ask("decide", action), Expectation()),), opened)


def _answer(usable: Usable, case: CaseFile, facts: Facts) -> Decision | FactValue:
    if case.ask.question == "value":
        return value_in_case(usable.rulebook, case, facts)
    return decide_case(usable.rulebook, case, facts)


def _valued(usable: Usable, case: CaseFile, facts: Facts, answer: Decision | FactValue) -> Mapping[str, object]:
    """The facts of the case, and what those that follow come to, as far as the answer is told with them."""
    if isinstance(answer, FactValue):
        return facts.native
    rulebook = usable.rulebook
    follow = [
        rulebook.value(name, facts, at=case.at, law_as_of=case.law_as_of, holidays=case.holidays)
        for name in facts_told(answer, rulebook.vocabulary)
        if name in rulebook.program.derived and name not in facts.native
    ]
    return {**facts.native, **{one.fact: one.value for one in follow if one.known and one.value is not None}}


def _show(
    case: CaseFile,
    answer: Decision | FactValue,
    facts: Mapping[str, object],
    chosen: Chosen,
    as_markdown: bool,
    everything: bool,
    *,
    is_first: bool,
) -> None:
    opened = chosen.opened
    if isinstance(answer, FactValue):
        lines = value_text(answer, opened.names, opened.told, case.name)
        if as_markdown:
            write(("" if is_first else "\n") + plain(lines))
        else:
            show([*([] if is_first else [BLANK, BLANK]), *lines])
    elif as_markdown:
        write(("" if is_first else "\n") + decision_markdown(answer, opened.names, case.name, everything, facts))
    else:
        shown = decision_text(answer, opened.names, case.name, opened.location.told, text_columns(), everything, facts)
        show([*([] if is_first else [BLANK, BLANK]), *shown])


def _tell_stale(decisions: list[Decision], opened: Opened) -> None:
    """Say on the error stream which provisions the answers rest on whose official text changed since."""
    cited = [provision for decision in decisions for provision in decision.citations]
    stale = opened.stale.rest_on(cited)
    show((line(Piece("warning: ", "warning"), f"{one.id}: {one.staleness}") for one in stale), to_errors=True)


def changed_case(
    case: CaseFile, facts: list[str], action: str, by: str, at: str, law_as_of: str, *, values: bool = False
) -> CaseFile:
    """The case with what the command line says put over it; ends the program where that does not read.

    A case that asks for a fact's value stays one where `values` are answered too.
    """
    ask = case.ask
    if action:
        ask = Ask("decide", action, ask.by)
    elif ask.question == "assess":
        stop(f"the case `{case_id(case)}` asks about all actions", "name one with `--action`, or use `mutandis assess`")
    elif ask.question == "value" and not values:
        stop(f"the case `{case_id(case)}` asks for the value of a fact", "name an action with `--action`")
    return with_changes(replace(case, ask=ask), facts, by, at, law_as_of)


def with_changes(case: CaseFile, facts: list[str], by: str, at: str, law_as_of: str) -> CaseFile:
    """The case with other facts, another bearer or other dates; ends the program where one does not read."""
    return replace(
        case,
        facts=_with_facts(case.facts, facts),
        ask=replace(case.ask, by=by or case.ask.by),
        at=read_time(at, "--at") if at else case.at,
        law_as_of=day_of_law(law_as_of) or case.law_as_of,
    )


def _with_facts(stated: dict[str, object], written: list[str]) -> dict[str, object]:
    flat = by_dotted_name(stated)
    said: dict[str, object] = {}
    for one in written:
        name, equals, value = one.partition("=")
        if not equals or not name.strip():
            meant = re.match(r"(\w+\.\w+)\s*[:＝：]\s*(\S.*)", one)
            example = f"{meant[1]}={meant[2]}" if meant is not None else "temporary_release.days=8 days"
            stop(f"`{one}` is no fact", f"write NAME=VALUE, e.g. `{example}`")
        try:
            written_out = read_typed(name.strip(), value.strip())
        except ValueError as error:
            stop(f"`{name}={value}`: {error}", "write the value as a case file has it: `[one, other]`")
        for fact, given in written_out.items():
            if said.setdefault(fact, given) != given:
                help_ = f"give it once; of a fact of several values all stand in one list: `{fact}=[one, other]`"
                stop(f"`{fact}` is given twice: `{said[fact]}` and `{given}`", help_)
    return flat | said


def read_time(text: str, option: str) -> dt.date:
    """A date, or a moment; ends the program where it is neither."""
    try:
        return written.read_time(text)
    except written.UnreadTimeError as unread:
        stop(f"`{option}`: {unread}", unread.help)


def day_of_law(text: str) -> dt.date | None:
    """The version of the law that `--law-as-of` asks for, if any; ends the program where it is no day."""
    time = read_time(text, "--law-as-of") if text else None
    return time.date() if isinstance(time, dt.datetime) else time
