"""`mutandis coverage`: what of the laws is encoded, and what of the rulebook its cases try."""

from __future__ import annotations

import json
from dataclasses import astuple
from typing import Annotated, Any

import typer

from mutandis.citation import parse_citation
from mutandis.link.program import Program
from mutandis.link.standings import ProvisionStanding, account_for_provisions
from mutandis.rulebook.case_file import actions_expected
from mutandis_tools.commands.common import AsJson, ReadRulebookOption, check_law, ready_or_stop, with_files_or_stop
from mutandis_tools.coverage.duties import duties_of
from mutandis_tools.coverage.exercise import Exercise, Part, TriedCase, exercise_parts
from mutandis_tools.opening import Opened, read_case
from mutandis_tools.report.coverage_text import coverage_data, coverage_text
from mutandis_tools.terminal import Exit, columns, show, working, write

_PART = "coverage"
"""The part of what is kept of a rulebook that this is."""


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("coverage", epilog="Example: mutandis coverage --law act --untried")(coverage)


def coverage(
    law: Annotated[str, typer.Option("--law", metavar="LAW", help="Only this law.")] = "",
    articles: Annotated[bool, typer.Option("--articles", help="Count by article, not only by chapter.")] = False,
    untried: Annotated[
        bool, typer.Option("--untried", help="List every part of a rule that cases do not try in both directions.")
    ] = False,
    duties: Annotated[
        bool, typer.Option("--duties", help="List every duty of which nothing says when it is over.")
    ] = False,
    strict: Annotated[
        bool,
        typer.Option(
            "--strict",
            help="Exit 1 if a provision is not accounted for, a part not tried, or an end of a duty not told.",
        ),
    ] = False,
    as_json: AsJson = False,
    rulebook: ReadRulebookOption = None,
) -> None:
    """Count provisions by what became of them, parts of rules by whether cases try them in both directions, and duties
    by what ends them.
    """
    usable = ready_or_stop(with_files_or_stop(rulebook))
    opened = usable.opened
    check_law(law, opened)
    with working("counting provisions, trying cases"):
        provisions, exercises = counted(opened, usable.rulebook.program)
    owed = duties_of(usable.rulebook.program)
    if law:
        provisions = tuple(p for p in provisions if p.citation.law == law)
        exercises = tuple(e for e in exercises if e.part.place.startswith(f"{law}/"))
        owed = tuple(duty for duty in owed if any(place.law == law for place in duty.places))
    if as_json:
        write(json.dumps(coverage_data(provisions, exercises, owed), indent=2, ensure_ascii=False) + "\n")
    else:
        shown = coverage_text(
            provisions,
            exercises,
            owed,
            opened.names,
            by_article=articles,
            list_untried=untried,
            list_duties=duties,
            columns=columns(),
        )
        show(shown)
    if strict and not (_is_complete(provisions, exercises) and all(duty.end != "open" for duty in owed)):
        raise typer.Exit(Exit.FINDINGS)


def counted(opened: Opened, program: Program) -> tuple[tuple[ProvisionStanding, ...], tuple[Exercise, ...]]:
    """What became of every provision, and which cases try which part: as it was kept, or worked out anew and kept."""
    kept = opened.shelf.fetch(_PART)
    if kept is not None:
        places: Any = kept.record("coverage", "provisions")
        parts: Any = kept.record("coverage", "exercises")
        return (
            tuple(ProvisionStanding(parse_citation(place), *said) for place, *said in places),
            tuple(Exercise(Part(*part), can_fail, tuple(held), tuple(not_)) for part, can_fail, held, not_ in parts),
        )
    provisions = account_for_provisions(opened.source.articles, opened.locks)
    exercises = exercise_parts(opened.source.articles, program, tried_cases(opened, program))
    listed = [[str(p.citation), p.standing, p.chapter, p.reason] for p in provisions]
    tried = [[astuple(e.part), e.can_fail, e.held, e.not_held] for e in exercises]
    opened.shelf.keep(_PART, {"coverage": {"provisions": listed, "exercises": tried}})
    return provisions, exercises


def _is_complete(provisions: tuple[ProvisionStanding, ...], exercises: tuple[Exercise, ...]) -> bool:
    return all(p.standing != "unaccounted" for p in provisions) and all(e.is_complete for e in exercises)


def tried_cases(opened: Opened, program: Program) -> tuple[TriedCase, ...]:
    """The cases that can be asked, with the actions each is decided about: of an assessment, those that it expects."""
    tried: list[TriedCase] = []
    for case in opened.cases.cases:
        read = read_case(opened, case)
        if read.diagnostics:
            continue
        match case.ask.question:
            case "assess":
                actions = tuple(action for action in actions_expected(case) if action in program.components)
            case "value":
                actions = ()
            case _:
                actions = (case.ask.subject,)
        values = (case.ask.subject,) if case.ask.question == "value" else ()
        name = f"{case.span.file}:{case.span.line}"
        tried.append(TriedCase(name, actions, read.facts, case.at, case.law_as_of, values))
    return tuple(tried)
