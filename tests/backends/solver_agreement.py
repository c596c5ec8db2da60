"""What the solver's terms say of a random complete case, and what is decided about it.

Many cases for every action of the shipped rulebook: `python -m tests.backends.solver_agreement --cases 100`.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from mutandis.api import Rulebook
from mutandis.backends.solver.action import Lowering, provisions_of
from mutandis.backends.solver.case import Bounds, CaseTerms
from mutandis.backends.solver.outcome import VERDICTS, Outcome
from mutandis.backends.solver.terms import NotLowered
from mutandis.decide.result import Decision, Verdict
from mutandis.values import Duration, Sum

LATEST = dt.date.max


@dataclass
class Agreement:
    """How many actions were lowered and cases compared, what was not lowered, and every difference."""

    lowered: int = 0
    compared: int = 0
    not_lowered: dict[str, str] = field(default_factory=dict)
    verdicts: Counter[Verdict] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)


def agree(rulebook: Rulebook, actions: Iterable[str], cases: int, seed: int = 0) -> Agreement:
    """Lower each action and compare so many random cases."""
    provisions = provisions_of([rulebook.program])
    found = Agreement()
    for action in actions:
        case = CaseTerms(Bounds(), provisions)
        try:
            outcome = Lowering(rulebook.program, LATEST, case).outcome(action)
        except NotLowered as reason:
            found.not_lowered[action] = reason.reason
            continue
        found.lowered += 1
        rng = random.Random(f"{action} {seed}")
        for _ in range(cases):
            found.differences += _compare(rulebook, action, case, outcome, rng, found)
    return found


def _compare(
    rulebook: Rulebook, action: str, case: CaseTerms, outcome: Outcome, rng: random.Random, found: Agreement
) -> Iterator[str]:
    value_of = case.draw_case(rng)
    if value_of is None or value_of(outcome.clash) or (outcome.only_settled and value_of(outcome.open_)):
        return
    facts, at = case.read_case(value_of)
    decision = rulebook.decide(action, facts, at=at, law_as_of=LATEST, holidays=(), trusted=True)
    found.compared += 1
    found.verdicts[decision.verdict] += 1
    verdict = VERDICTS[value_of(outcome.verdict)]
    if verdict is not decision.verdict:
        yield f"{action}: {verdict} for {decision.verdict} in {facts} at {at}"
    elif verdict is not Verdict.UNDETERMINED:
        told = {atom for atom, where in outcome.cited.items() if value_of(where)}
        if told != cited(decision):
            yield f"{action}: {told} for {cited(decision)} in {facts} at {at}"
        limits = {
            (*atom, value_of(value.term))
            for atom, told_here in outcome.limits.items()
            for where, value in told_here
            if value_of(where)
        }
        if limits != limits_of(decision, outcome):
            yield f"{action}: limits {limits} for {decision.limits} in {facts} at {at}"
        due = {
            (*atom[:3], None if value is None or value_of(value.missing) else value_of(value.term))
            for atom, told_here in outcome.deadlines.items()
            for where, value in told_here
            if value_of(where)
        }
        if due != deadlines_of(decision):
            yield f"{action}: deadlines {due} for {decision.deadlines} in {facts} at {at}"
        threatened = {atom[0] for atom, where in outcome.penalties.told.items() if value_of(where)}
        if outcome.penalties.exact and threatened != {threat.provision for threat in decision.penalties}:
            yield f"{action}: penalties {threatened} for {decision.penalties} in {facts} at {at}"


def limits_of(decision: Decision, outcome: Outcome) -> set[tuple[object, ...]]:
    """The limits of a decision as outcomes have them: how long a period may last is no number and not among them."""
    return {
        (limit.provision, limit.parameter, limit.relation, plain_number(limit.inner))
        for limit in decision.limits
        if limit.parameter in outcome.plan.parameters
    }


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
    """Compare every action of the shipped rulebook."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--cases", type=int, default=10)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    rulebook = Rulebook.load()
    found = agree(rulebook, sorted(rulebook.program.components), chosen.cases, chosen.seed)
    print(f"{found.lowered} actions lowered, {found.compared} cases compared, {len(found.differences)} differences")
    for action, reason in found.not_lowered.items():
        print(f"not lowered: {action}: {reason}")
    print(dict(found.verdicts), *found.differences, sep="\n")


if __name__ == "__main__":
    main()
