"""`python -m tests.decide.authority_of_cases CASES [SEED] [FILE]`: the laws of authority on shipped cases (S29).

Of each sampled case that is settled: a norm or definition that no place told covers is taken out, and the answer stays;
one that decides or opens is taken out, and the answer is another, or another place told is what it rests on now; a
judgement that is not listed is turned, and then unknown, and the verdict stays. What breaks a law is printed.
"""

from __future__ import annotations

import datetime as dt
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from tests.shipped import shipped
from tests.strategies.laws import with_component

from mutandis import UNKNOWN, Rulebook
from mutandis.backends.engine import Engine
from mutandis.citation import Citation, parse_citation
from mutandis.condition.tree import Truth
from mutandis.datatypes import YES_NO
from mutandis.decide.question import Question
from mutandis.decide.result import Decision, Verdict
from mutandis.link.linked_parts import part_places
from mutandis.link.program import Derivation, Norm
from mutandis.resources import rulebook_folder
from mutandis.rulebook.case_file import CaseFile, load_cases

STEADY = ("decides", "opens")
"""Roles of places without which the answer must be another."""


@dataclass(frozen=True)
class Sampled:
    """A case, as a question with facts, and its answer."""

    name: str
    asked: Question
    facts: dict[str, object]
    decision: Decision


def sample(book: Rulebook, number: int, seed: int) -> Iterator[Sampled]:
    """So many settled decisions of shipped cases, drawn at random."""
    cases = [one for one in load_cases(rulebook_folder()).cases if one.ask.question == "decide"]
    for case in random.Random(seed).sample(cases, min(number, len(cases))):
        found = _asked(book, case)
        if found.decision.verdict is not Verdict.UNDETERMINED and found.decision.cause != "values":
            yield found


def _asked(book: Rulebook, case: CaseFile) -> Sampled:
    asked = Question(case.ask.subject, case.at, case.law_as_of, case.ask.by or None, _days(case))
    facts = dict(book.read(case.facts).native)
    return Sampled(case.name, asked, facts, Engine(book.program).answer(asked, facts))


def _days(case: CaseFile) -> frozenset[dt.date] | None:
    return None if case.holidays is None else frozenset(case.holidays)


def broken(book: Rulebook, case: Sampled) -> Iterator[str]:
    """What in the case is against the laws."""
    yield from _norms(book, case)
    yield from _definitions(book, case)
    yield from _judgements(book, case)


def _answer(decision: Decision) -> tuple[object, ...]:
    return decision.verdict, decision.reachable, decision.breaches, decision.limits, decision.deadlines


def _norms(book: Rulebook, case: Sampled) -> Iterator[str]:
    norms = book.program.components[case.asked.action].norms
    told = _places(case.decision)
    concurring = told | {one.provision for one in case.decision.beaten}
    for norm in norms:
        if not _is_told(norm, told):
            after = _without(book, case, [norm])
            if _answer(after) != _answer(case.decision):
                yield f"{norm.citation} is not told, and without it: {after.verdict} {after.citations}"
    for place in dict.fromkeys(one.provision for one in case.decision.authority if one.role in STEADY):
        there = [norm for norm in norms if str(norm.citation) == place]
        after = _without(book, case, there)
        concurs = concurring & ({*after.citations} - {place})
        if there and not concurs and _answer(after) == _answer(case.decision):
            yield f"{place} is told, and without it nothing changes"


def _without(book: Rulebook, case: Sampled, gone: list[Norm]) -> Decision:
    """The answer where these norms are never met; they stay, since what asks for them finds them by position."""
    component = book.program.components[case.asked.action]
    never = (Truth(False, type=YES_NO),)
    norms = tuple(replace(norm, when=never) if norm in gone else norm for norm in component.norms)
    program = with_component(book.program, replace(component, norms=norms))
    return Engine(program).answer(case.asked, case.facts)


def _definitions(book: Rulebook, case: Sampled) -> Iterator[str]:
    program, told = book.program, _places(case.decision)
    read = Engine(program).unit(case.asked.action, case.asked.by, case.asked.version).reads
    for name in sorted(read & program.derived.keys()):
        fact = program.derived[name]
        for one in fact.derivations:
            if one.kind == "ground" or _gives_a_told(one, told):
                continue
            rest = tuple(other for other in fact.derivations if other is not one)
            if not rest:
                continue  # without its only definition the fact is asked for: another question
            changed = replace(program, derived={**program.derived, name: replace(fact, derivations=rest)})
            after = Engine(changed).answer(case.asked, case.facts)
            if _answer(after) != _answer(case.decision):
                yield f"{one.citation}, which defines {name}, is not told, and without it: {after.verdict}"


def _judgements(book: Rulebook, case: Sampled) -> Iterator[str]:
    listed = {finding.fact for finding in case.decision.findings}
    engine = Engine(book.program)
    for name, declared in book.vocabulary.facts.items():
        value = case.facts.get(name)
        if not declared.found_by or name in listed or not isinstance(value, bool):
            continue
        for other in (not value, UNKNOWN):
            after = engine.answer(case.asked, {**case.facts, name: other})
            if after.verdict != case.decision.verdict:
                said = "unknown" if other is UNKNOWN else "yes" if other else "no"
                yield f"{name} is not listed, and if it is {said}: {after.verdict}"


def _places(decision: Decision) -> set[str]:
    """The places told: with a role, as a limit, as breached, or with a due day."""
    lists = (decision.authority, decision.limits, decision.breaches, decision.deadlines)
    return {one.provision for told in lists for one in told}


def _is_told(norm: Norm, told: set[str]) -> bool:
    parts = {str(place) for place in part_places(norm.grounds, norm.exclusions)}
    parts |= {str(r.citation) for r in norm.requires}
    clauses = {str(step.citation) for chain in norm.sources for step in chain}
    return not told.isdisjoint(parts | clauses) or _covers(norm.citation, told)


def _gives_a_told(one: Derivation, told: set[str]) -> bool:
    clauses = {str(step.citation) for chain in one.sources for step in chain}
    return not told.isdisjoint(clauses) or _covers(one.citation, told)


def _covers(place: Citation, told: set[str]) -> bool:
    return any(place.covers(parse_citation(one)) or parse_citation(one).covers(place) for one in told)


def main(number: int, seed: int = 0, saved: str = "") -> int:
    """Tries so many cases; returns how often a law was broken."""
    book = shipped()
    tried = faults = 0

    def tell(text: str) -> None:
        print(text, flush=True)
        if saved:
            with Path(saved).open("a", encoding="utf-8") as file:
                file.write(f"{text}\n")

    for case in sample(book, number, seed):
        tried += 1
        for fault in broken(book, case):
            faults += 1
            tell(f"{case.name}: {case.asked.action}: {case.decision.verdict}: {fault}")
        if tried % 20 == 0:
            tell(f"{tried} cases tried, {faults} faults")
    tell(f"{tried} settled cases of {number}, from seed {seed}: {faults} faults")
    return faults


if __name__ == "__main__":
    wanted, first, file = [*sys.argv[1:], *("100", "0", "")[len(sys.argv) - 1 :]]
    sys.exit(main(int(wanted), int(first), file) > 0)
