"""A derived fact that a case states: taken as given in place of its definition, and told so (S30)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from mutandis.condition.literals import literal_number
from mutandis.condition.tree import Choice, Expression, Truth
from mutandis.decide.decision import with_notes
from mutandis.decide.result import Decision, Note
from mutandis.link.program import Program
from mutandis.values import Duration, Sum

if TYPE_CHECKING:
    from mutandis.diagnostics import Diagnostic


def as_given(decision: Decision, told: Mapping[str, Note], read: Collection[str]) -> Decision:
    """The decision, with the note on each fact it reads that was taken as given; `told` has them by the fact."""
    notes = tuple([note for name, note in told.items() if name.partition("[")[0] in read])
    return with_notes(decision, notes) if notes else decision


def note_on(program: Program, name: str, said: str, value: object) -> Note:
    """What is told of a derived fact that is stated to be `value`; of a member, as `said`.

    It stands at the definition that gives this value, else at the first.
    """
    return Note(_place_of(program, name, value), f"`{said}` is taken as given, in place of this definition")


def _place_of(program: Program, name: str, value: object) -> str:
    entries = [entry for derivation in program.derived[name].derivations for entry in derivation.entries]
    same = [str(entry.citation) for entry in entries if _constant(entry.value) == value]
    return (same or [str(entry.citation) for entry in entries] or [""])[0]


def is_same(told: object, stated: object) -> bool:
    """True if a value as it is told is what the case states."""
    if isinstance(told, Duration | Sum) and not isinstance(stated, Duration):
        told = told.amount
    return told == stated


def contradiction(program: Program, name: str, stated: object, provisions: Collection[str], said: str) -> Diagnostic:
    """The diagnostic for a derived fact that is stated against the other facts of the case; of a member, as `said`."""
    by = ", ".join(provisions) or _place_of(program, name, stated)
    from mutandis.diagnostic_codes import diagnose

    return diagnose(
        "derived-fact-given",
        f"`{said}` is stated, and from the other facts of the case something else follows by {by}",
        "leave it out, or the facts that it follows from",
        provision=str(by),
    )


def _constant(node: Expression) -> object:
    if isinstance(node, Truth | Choice):
        return node.value
    return literal_number(node)
