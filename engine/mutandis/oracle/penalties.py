"""What is threatened for what is done against a ban, or a duty (S37)."""

from collections.abc import Iterator
from typing import Any

from mutandis.citation import parse_citation
from mutandis.oracle.construal import covers
from mutandis.oracle.norms import Norm
from mutandis.oracle.reading import Scope
from mutandis.rulebook.model import Rule


def penalties(case: Any, deciding: list[Norm]) -> Iterator[str]:
    """Each penalty, with what it is for, of the bans and breached duties that decide and that no clause brings."""
    own = [norm for norm in deciding if not norm.reading.path]
    broken = [n for n in own if n.direction == "F" or (case.direction(n) == "R" and any(case.breaches(n)))]
    for reading in (one for one in case.oracle.readings if not one.path and one.written.penalty is not None):
        rule = reading.written
        hit = [norm.reading.written for norm in broken if _is_for(rule, norm, case)]
        # What a penalty waits for matters where something is broken that it punishes.
        if hit and not case.is_others(rule) and _is_due(case, Norm("", "", reading)):
            yield from (f"{rule.at} for {meant.at}" for meant in hit)


def _is_for(rule: Rule, norm: Norm, case: Any) -> bool:
    """Whether the penalty of a rule is for the breach of a norm: by the places it names, else of its own rule."""
    penalty, meant = rule.penalty, norm.reading.written
    if penalty is None or not penalty.of:
        return meant is rule
    places = [meant.at, *map(parse_citation, case.cited(norm))]
    return _id(meant) == (penalty.rule or _id(meant)) and any(covers(penalty.of, one) for one in places)


def _is_due(case: Any, penalty: Norm) -> bool:
    """Whether a penalty is in force; of one that stands by itself the conditions are met, and nothing disapplies it."""
    rule = penalty.reading.rule
    if rule.effect != "penalty":
        return bool(case.in_force(rule.force, Scope(penalty.reading)))
    disapplying = (one for one in case.oracle.going_before if one.direction == "X")
    return case.triggered(penalty) and not any(case.removes(one, penalty) for one in disapplying)


def _id(rule: Rule) -> str:
    """The rule's id without its place."""
    return rule.id.partition("#")[2]
