"""What the solver's terms say of a random complete case, and what is decided about it.

`python -m tests.backends.solver_agreement --cases 125 --saved FILE` compares so many cases of every action of the
shipped rulebook, under every version of the law, and goes on where it was stopped.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from mutandis.api import Rulebook
from mutandis.backends.solver.action import Lowering, provisions_of
from mutandis.backends.solver.case import CaseTerms
from mutandis.backends.solver.outcome import VERDICTS, Outcome
from mutandis.backends.solver.search import Case, small_heap
from mutandis.backends.solver.terms import NotLowered, Term, Value
from mutandis.backends.solver.told import Atom
from mutandis.decide.result import Decision, Verdict
from mutandis.values import Duration, Sum
from mutandis.vocabulary import FactDeclaration
from mutandis_tools.comparison.answers import answer_of
from mutandis_tools.comparison.dependence import Reads, lowered_on
from mutandis_tools.comparison.drawn import claimed, drawn_cases
from mutandis_tools.comparison.searched import near_to
from mutandis_tools.comparison.variables import case_about, versions_of

LATEST = dt.date.max


@dataclass
class Agreement:
    """How many actions were lowered and cases compared, what was not lowered, and every difference."""

    lowered: int = 0
    compared: int = 0
    not_lowered: dict[str, str] = field(default_factory=dict)
    verdicts: Counter[Verdict] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)


def agree(
    rulebook: Rulebook, actions: Iterable[str], cases: int, seed: int = 0, *, all_versions: bool = False
) -> Agreement:
    """Lower each action and compare so many random cases, spread over the versions of the law where these are asked."""
    program, found = rulebook.program, Agreement()
    provisions, reads = provisions_of([program]), Reads(program)
    for action in actions:
        days = [day or LATEST for day in versions_of([(reads, ("action", action))])] if all_versions else [LATEST]
        found.lowered += 1
        for number, day in enumerate(days):
            try:
                lowered = lowered_on(program, ("action", action), day)
                case = case_about([lowered], provisions)
                outcome = Lowering(program, day, case).outcome(action)
            except NotLowered as reason:
                found.not_lowered[action] = reason.reason
                found.lowered -= number == 0
                break
            near = near_to([lowered])
            rng = random.Random(f"{action} {day} {seed}")
            for drawn in drawn_cases(case, [outcome], near, -(-cases // len(days)), rng):
                value_of = claimed(case, [outcome], drawn)
                if value_of is not None:
                    found.differences += _compare(rulebook, action, day, case, outcome, value_of, found)
    return found


def _compare(
    rulebook: Rulebook,
    action: str,
    day: dt.date,
    case: CaseTerms,
    outcome: Outcome,
    value_of: Case,
    found: Agreement,
) -> Iterator[str]:
    facts, at = case.read_case(value_of)
    decision = rulebook.decide(action, facts, at=at, law_as_of=day, holidays=(), trusted=True)
    found.compared += 1
    found.verdicts[decision.verdict] += 1
    verdict = VERDICTS[value_of(outcome.verdict)]
    if verdict is not decision.verdict:
        yield f"{action}: {verdict} for {decision.verdict} in {facts} at {at}, law of {day}"
    elif verdict is not Verdict.UNDETERMINED:
        told = {atom for atom, where in outcome.cited.items() if value_of(where)}
        if told != cited(decision):
            yield f"{action}: {told} for {cited(decision)} in {facts} at {at}, law of {day}"
        declared = rulebook.program.vocabulary.facts
        bounds = [
            *outcome.limits.items(),
            *((atom, days) for atom, days in outcome.measured.items() if _is_told(declared, atom, days)),
        ]
        limits = {
            (*atom, Fraction(value_of(value.term), value.parts))
            for atom, told_here in bounds
            for where, value in told_here
            if value_of(where)
        }
        parameters = {*outcome.plan.parameters, *(atom[1] for atom, _ in bounds)}
        if limits != limits_of(decision, parameters):
            yield f"{action}: limits {limits} for {decision.limits} in {facts} at {at}, law of {day}"
        due = {
            (*atom[:3], None if value is None or value_of(value.missing) else value_of(value.term))
            for atom, told_here in outcome.deadlines.items()
            for where, value in told_here
            if value_of(where)
        }
        if due != deadlines_of(decision):
            yield f"{action}: deadlines {due} for {decision.deadlines} in {facts} at {at}, law of {day}"
        broken = {atom for atom, where in outcome.breaches.items() if value_of(where)}
        if broken != answer_of(decision).breaches:
            yield f"{action}: breaches {broken} for {decision.breaches} in {facts} at {at}, law of {day}"
        threatened = {atom[0] for atom, where in outcome.penalties.items() if value_of(where)}
        if threatened != {threat.provision for threat in decision.penalties}:
            yield f"{action}: penalties {threatened} for {decision.penalties} in {facts} at {at}, law of {day}"


def limits_of(decision: Decision, parameters: Collection[str]) -> set[tuple[object, ...]]:
    """The limits of a decision as outcomes have them, of what these bound."""
    return {
        (limit.provision, limit.parameter, limit.relation, plain_number(limit.inner))
        for limit in decision.limits
        if limit.parameter in parameters
    }


def _is_told(facts: Mapping[str, FactDeclaration], atom: Atom, entries: Sequence[tuple[Term, Value]]) -> bool:
    """Of a period that is counted by hours the length is compared, which no decision tells."""
    declared = facts.get(atom[1])
    is_period = declared is not None and declared.type.kind == "period"
    return not is_period or all(value.kind == "date" for _, value in entries)


def deadlines_of(decision: Decision) -> set[tuple[object, ...]]:
    """The deadlines of a decision as outcomes have them."""
    return {(one.provision, one.relation, one.words, plain_number(one.due)) for one in decision.deadlines}


def plain_number(value: object) -> object:
    """The number that stands for a value."""
    if isinstance(value, dt.datetime):
        return value.toordinal() * 1440 + value.hour * 60 + value.minute
    if isinstance(value, dt.date):
        return value.toordinal()
    return value.amount if isinstance(value, Duration | Sum) else value


def cited(decision: Decision) -> set[tuple[object, ...]]:
    """The citations of a decision as outcomes have them."""
    return {
        (place, c.by, c.to, tuple(tuple(step.citation for step in chain) for chain in c.chains))
        for c in decision.cited
        for place in c.provisions
    }


def main() -> None:
    """Compare every action of the shipped rulebook; ends with 1 where a case is decided otherwise."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--cases", type=int, default=10, help="how many of each action")
    parser.add_argument("--seed", type=int, default=0, help="which ones")
    parser.add_argument("--saved", type=Path, help="where a line for each action is kept: the next run goes on there")
    parser.add_argument("--seconds", type=float, default=0, help="stop after so long; 0: go on to the end")
    chosen = parser.parse_args()
    rulebook = Rulebook.load()
    done = [json.loads(line) for line in _lines(chosen.saved)]
    asked = {(one["action"], one["seed"]) for one in done}
    actions = [name for name in sorted(rulebook.program.components) if (name, chosen.seed) not in asked]
    started = time.monotonic()
    with small_heap() as tidy:
        for action in actions:
            if chosen.seconds and time.monotonic() - started > chosen.seconds:
                break
            done.append(
                _record(agree(rulebook, [action], chosen.cases, chosen.seed, all_versions=True), action, chosen.seed)
            )
            tidy()
            if chosen.saved is not None:
                with chosen.saved.open("a", encoding="utf-8") as kept:
                    kept.write(json.dumps(done[-1], ensure_ascii=False) + "\n")
    differences = [one for record in done for one in record["differences"]]
    verdicts = sum((Counter(record["verdicts"]) for record in done), Counter[str]())
    for record in done:
        if record["not_lowered"]:
            print(f"not lowered: {record['action']}: {record['not_lowered']}")
    print(*differences, dict(verdicts), sep="\n")
    lowered = len({record["action"] for record in done if not record["not_lowered"]})
    cases = sum(record["compared"] for record in done)
    print(f"{lowered} actions lowered, {cases:,} cases compared, {len(differences)} differences")
    sys.exit(1 if differences else 0)


def _lines(saved: Path | None) -> list[str]:
    return saved.read_text(encoding="utf-8").splitlines() if saved is not None and saved.exists() else []


def _record(found: Agreement, action: str, seed: int) -> dict[str, object]:
    return {
        "action": action,
        "seed": seed,
        "compared": found.compared,
        "not_lowered": found.not_lowered.get(action, ""),
        "verdicts": {verdict.value: count for verdict, count in found.verdicts.items()},
        "differences": found.differences,
    }


if __name__ == "__main__":
    main()
