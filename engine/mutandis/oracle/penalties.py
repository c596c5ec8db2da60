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
    for reading in (one for one in case.oracle.readings if not one.path):
        rule, penalty = reading.written, reading.written.penalty
        if penalty is None or case.is_others(rule) or not _is_due(case, Norm("", "", reading)):
            continue
        for norm in broken:
            meant = norm.reading.written
            places = [meant.at, *map(parse_citation, case.cited(norm))]
            named = _id(meant) == (penalty.rule or _id(meant)) and any(covers(penalty.of, one) for one in places)
            if named if penalty.of else meant is rule:
                yield f"{rule.at} for {meant.at}"


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
