"""Whom a changed rule touches, which clauses carry it further, and what is written about it and may be out of date."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from mutandis.dataclass import dataclass
from mutandis.link.program import Norm, Program
from mutandis.rulebook.lock import Lock
from mutandis_tools.comparison.dependence import given_facts
from mutandis_tools.comparison.rules import RuleChange
from mutandis_tools.comparison.semantic import AS_DECLARED, SemanticDifference, SubjectDifference


@dataclass(frozen=True, slots=True)
class Touched:
    """About one rule: its bearers and persons, the actions that its norms speak to, the clauses that carry it, those
    that carried it and do not now, and the facts that it gives.
    """

    by: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    carried_by: tuple[str, ...] = ()
    left_by: tuple[str, ...] = ()
    gives: tuple[str, ...] = ()


def touched_by(change: RuleChange, programs: tuple[Program, Program], old_place: Callable[[str], str]) -> Touched:
    """What the rule touches in the old program, and in the new one, each of which has it under its own name;
    `old_place` is what a place of the new one was called before.
    """
    was = change.rule if change.kind == "removed" else change.before
    is_ = "" if change.kind == "removed" else change.rule
    sides = [(name, program) for name, program in zip((was, is_), programs, strict=True) if name]
    of_each = [[norm for norm in _norms(program) if norm.rule == name] for name, program in sides]
    given = [_given_by(name, program) for name, program in sides]
    norms = [norm for found in of_each for norm in found]
    carriers = [[str(step.citation) for norm in found for chain in norm.sources for step in chain] for found in of_each]
    carried = set(map(old_place, carriers[-1])) if was and is_ else set(carriers[0])
    return Touched(
        tuple(dict.fromkeys(one for norm in norms for one in norm.by)),
        tuple(dict.fromkeys(one for norm in norms for one in norm.to)),
        tuple(dict.fromkeys(norm.action for norm in norms)),
        tuple(dict.fromkeys(carriers[-1])),
        tuple(dict.fromkeys(one for one in carriers[0] if one not in carried)),
        tuple(dict.fromkeys(one for found in given for one in found)),
    )


def _norms(program: Program) -> Iterable[Norm]:
    return (norm for component in program.components.values() for norm in component.norms)


def _given_by(rule: str, program: Program) -> tuple[str, ...]:
    derived = program.derived
    return tuple(name for name in given_facts(program) if any(one.rule == rule for one in derived[name].derivations))


def has_equal_meaning(
    change: RuleChange, touched: Touched, meaning: SemanticDifference | None, flipped: Collection[str] = ()
) -> bool:
    """True if a rule that was changed is known to decide every case as before: its actions are the same, or proved,
    and the facts that it gives are. Where a fact can no longer be what it could be, that is known of the rest alone.
    Of `flipped` a case of a file comes out otherwise: what is proved is so of cases that leave nothing open.
    """
    if change.kind not in ("changed", "moved") or meaning is None or not (touched.actions or touched.gives):
        return False
    if any(edit.part in NOT_ANSWERED for edit in change.edits) or not {*touched.actions, *touched.gives}.isdisjoint(
        flipped
    ):
        return False
    proved = {
        one.subject for one in (*meaning.actions, *meaning.values) if one.standing == "proved" and not _leaves_out(one)
    }
    equal = proved | {("action", name) for name in meaning.same}
    return {*(("action", name) for name in touched.actions), *(("fact", name) for name in touched.gives)} <= equal


NOT_ANSWERED = frozenset({"apply outside", "whole_law"})
"""Parts of a rule that no compared answer tells: which law outside governs, and what brings a case under its law."""


def _leaves_out(one: SubjectDifference) -> bool:
    return any(bound.endswith(AS_DECLARED) for bound in one.bounds)


def unread_wordings(changes: Iterable[RuleChange], old: Mapping[str, Lock], new: Mapping[str, Lock]) -> tuple[str, ...]:
    """Provisions whose locked wording is another, and none of whose rules is."""
    before, after = (
        {p.id: (p.wording, p.heading) for lock in locks.values() for p in lock.provisions} for locks in (old, new)
    )
    ruled = {change.provision for change in changes}
    return tuple(
        place for place, words in after.items() if place in before and before[place] != words and place not in ruled
    )
