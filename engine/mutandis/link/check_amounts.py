"""Sums of money that need not come out whole, though nobody rounds them (S52).

A sum that is stated is taken to be whole. What is derived is whole where every rule that gives it is: a sum times a
fraction, or divided, is not, until it is rounded. Only the last sum of a reckoning is told; those it is made from may
be as fine as they like.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from mutandis.condition.tree import Amount, Arithmetic, Expression, Extreme, Fact, If, Money, Rounded, TotalOf
from mutandis.diagnostic_codes import diagnose
from mutandis.diagnostics import Diagnostic
from mutandis.link.program import DerivedFact
from mutandis.link.rewriting import facts_in


def check_amounts(derived: Mapping[str, DerivedFact]) -> Iterator[Diagnostic]:
    """One diagnostic for each value of a derived sum of money that need not be a whole number."""
    sums = {name: fact for name, fact in derived.items() if fact.type.kind == "money"}
    read = {
        name
        for fact in sums.values()
        for derivation in fact.derivations
        for entry in derivation.entries
        for name in facts_in(entry.value)
    }
    whole: dict[str, bool] = {}
    for name in sorted(sums.keys() - read):
        for derivation in sums[name].derivations:
            for entry in derivation.entries:
                if not _is_whole(entry.value, sums, whole):
                    yield diagnose(
                        "amount-not-whole",
                        f"`{name}` need not come out in whole {sums[name].type.currency}",
                        "round it as the law says, `round down … to 10 "
                        f"{sums[name].type.currency}`, or to the smallest coin",
                        entry.value.span,
                        provision=str(entry.citation),
                    )


def _is_whole(node: Expression, sums: Mapping[str, DerivedFact], known: dict[str, bool]) -> bool:
    match node:
        case Amount(value=value) | Money(amount=value):
            return Fraction(value).denominator == 1
        case Rounded():
            return True  # to whatever step the drafter chose
        case Fact(name=name) if name in sums:
            if name not in known:
                known[name] = True  # a circle is told elsewhere
                entries = (entry for derivation in sums[name].derivations for entry in derivation.entries)
                known[name] = all(_is_whole(entry.value, sums, known) for entry in entries)
            return known[name]
        case Arithmetic(operator="/"):
            return False
        case Arithmetic(left=left, right=right) | Extreme(left=left, right=right):
            return _is_whole(left, sums, known) and _is_whole(right, sums, known)
        case If(consequent=one, alternative=other):
            return _is_whole(one, sums, known) and _is_whole(other, sums, known)
        case TotalOf(value=value):
            return _is_whole(value, sums, known)
        case _:
            return node.type is not None and node.type.kind != "number"
