"""Which facts of a case the answer rests on: what taking each away does to it.

Taking a fact away either leaves the answer open, and the decision names the fact, or leaves it as it was, and there is
a reason why the fact does not matter. A presumption does not step in for a fact taken away: it becomes unknown.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from mutandis.dataclass import dataclass
from mutandis.decide.question import unknown
from mutandis.decide.result import Decision, Verdict
from mutandis.decide.result_parts import Stand
from mutandis.link.read_through import presumed_events
from mutandis.questions.decider import Decider, Matter, matter_of
from mutandis.questions.support import facts_in
from mutandis.values import UNKNOWN


@dataclass(frozen=True, slots=True)
class TakenAway:
    """What a case says without one of its facts.

    `matters`: the verdict is not the same. `named`: the decision names the fact as missing. `because`: how each
    norm that reads the fact stands, where the decision calls it irrelevant; `reason` says why it does not matter where
    no norm tells, empty where it does.
    """

    fact: str
    decision: Decision
    matters: bool
    named: bool
    reason: str
    because: tuple[Stand, ...] = ()


def take_away(
    decider: Decider,
    action: str,
    facts: Mapping[str, object],
    fact: str,
    *,
    at: dt.date | None = None,
    law_as_of: dt.date | None = None,
    by: str | None = None,
    holidays: frozenset[dt.date] | None = None,
) -> TakenAway:
    """What becomes of the answer without `fact`. Raises `CaseError` if the case does not state it."""
    matter = matter_of(decider, action, facts, at, law_as_of, by, holidays)
    if not isinstance(fact, str) or fact not in facts:
        raise unknown("fact in the case", str(fact), facts)
    return _taken(matter, matter.decide(), fact)


def facts_it_rests_on(
    decider: Decider,
    action: str,
    facts: Mapping[str, object],
    *,
    at: dt.date | None = None,
    law_as_of: dt.date | None = None,
    by: str | None = None,
    holidays: frozenset[dt.date] | None = None,
) -> tuple[TakenAway, ...]:
    """What becomes of the answer without each fact of the case, in the case's order."""
    matter = matter_of(decider, action, facts, at, law_as_of, by, holidays)
    decision = matter.decide()
    return tuple(_taken(matter, decision, fact) for fact in facts if matter.is_known(fact))


def minimal_facts(
    decider: Decider,
    action: str,
    facts: Mapping[str, object],
    *,
    at: dt.date | None = None,
    law_as_of: dt.date | None = None,
    by: str | None = None,
    holidays: frozenset[dt.date] | None = None,
) -> dict[str, object]:
    """Facts of the case that alone give its verdict, and none of which can be spared.

    Later facts are spared first, so of two that would do the one stated first is kept.
    """
    matter = matter_of(decider, action, facts, at, law_as_of, by, holidays)
    verdict = matter.decide().verdict
    for fact in reversed(list(facts)):
        less = _less(matter, fact)
        if less.decide().verdict == verdict:
            matter = less
    return {name: value for name, value in matter.facts.items() if value is not UNKNOWN}


def _less(matter: Matter, fact: str) -> Matter:
    declared = matter.program.vocabulary.facts.get(fact)
    component = matter.program.components[matter.action]
    presumed = (declared is not None and declared.has_presumption) or any(
        event.fact == fact for event in presumed_events(matter.program, component, dt.date.max)
    )
    return matter.having(fact, UNKNOWN) if presumed else matter.without(fact)


def _taken(matter: Matter, before: Decision, fact: str) -> TakenAway:
    decision = _less(matter, fact).decide()
    matters = decision.verdict != before.verdict
    named = any(name.partition("[")[0] == fact for name in decision.missing) or _asks_for(decision, fact)
    if matters:
        return TakenAway(fact, decision, matters, named, "")
    because = next((one.because for one in decision.irrelevant if one.fact.partition("[")[0] == fact), None)
    if because is not None:
        return TakenAway(fact, decision, matters, named, "", because)
    return TakenAway(fact, decision, matters, named, _reason(matter, fact))


def _asks_for(decision: Decision, fact: str) -> bool:
    """True if the decision is open on the fact as a parameter: by a bound or by a requirement that waits for it."""
    if decision.verdict not in (Verdict.CONDITIONAL, Verdict.UNDETERMINED):
        return False
    bounded = any(limit.parameter == fact and limit.actual is None for limit in decision.limits)
    return bounded or any(fact in condition for condition in decision.unmet)


def _reason(matter: Matter, fact: str) -> str:
    program = matter.program
    read = facts_in(program, matter.conditions())
    if fact not in read:
        return "no rule about this action asks for it"
    declared = program.vocabulary.facts.get(fact)
    if declared is not None and declared.parameter:
        return "every value of it gives the same answer"
    return "the same answer follows from the other facts"
