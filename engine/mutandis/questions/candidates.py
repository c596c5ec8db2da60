"""The values that stand for all values of a fact (S46): asking what each leads to tells what its question is worth.

Both truth values, every enumerated value, for what has an order the values on both sides of every turn, `none` where
the fact is optional. A list is stood for by the empty one and by one member of which nothing is said. A number, date or
length whose comparisons have their other side unknown has no such values: nobody can say yet what it would do.
"""

from __future__ import annotations

from typing import Final

from mutandis.condition import tree as t
from mutandis.questions.boundaries import fact_turns
from mutandis.questions.decider import Matter, declaration_of
from mutandis.vocabulary import FactDeclaration

MOST_CANDIDATES: Final = 24
"""More turns than this on one fact are thinned out evenly: that costs at most a better order of questions."""

ANOTHER: Final = "another value"
"""Stands for every value of an open enumeration, or every text, that no condition names."""


def candidate_values(matter: Matter, name: str) -> tuple[object, ...]:
    """The values that stand for all values of `name` in this matter, in their order, `none` last."""
    declared = declaration_of(matter.program.vocabulary, name)
    if declared is None:
        return ()
    values = _values(matter, name, declared)
    if len(values) > MOST_CANDIDATES:
        step = (len(values) - 1) / (MOST_CANDIDATES - 1)
        values = [values[round(k * step)] for k in range(MOST_CANDIDATES)]
    if declared.type.optional:
        values.append(None)
    return tuple(dict.fromkeys(values)) if declared.type.kind != "list" else tuple(values)


def _values(matter: Matter, name: str, declared: FactDeclaration) -> list[object]:
    type_ = declared.type
    match type_.kind:
        case "yes_no":
            return [True, False]
        case "enum":
            each = [*type_.values, *([ANOTHER] if type_.open else [])]
            return [frozenset(), *(frozenset({v}) for v in each)] if type_.several else list(each)
        case "text":
            return [*_texts_named(matter), ANOTHER]
        case "provision":
            return [*_provisions_named(matter), f"ext:{ANOTHER.replace(' ', '-')}/1"]
        case "list":
            return [(), ({},)]
        case _:
            return list(fact_turns(matter, name))


def _texts_named(matter: Matter) -> tuple[str, ...]:
    return tuple(dict.fromkeys(n.value for c in matter.conditions() for n in t.walk(c) if isinstance(n, t.Text)))


def _provisions_named(matter: Matter) -> tuple[str, ...]:
    named = (n for c in matter.conditions() for n in t.walk(c) if isinstance(n, t.FallsUnder))
    return tuple(dict.fromkeys(place for n in named for pair in n.ranges for place in pair))


def values_named(matter: Matter, name: str) -> frozenset[str]:
    """The values of an enumeration that conditions about the action compare the fact with."""
    found: set[str] = set()
    for condition in matter.conditions():
        for node in t.walk(condition):
            if any(isinstance(child, t.Fact) and child.name == name for child in t.children(node)):
                found |= {child.value for child in t.children(node) if isinstance(child, t.Choice)}
    return frozenset(found)
