"""Facts in their run-time form, written out as a case file writes them: what `read` reads back as the same facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Mapping
from fractions import Fraction

from mutandis.amounts import spell_duration, spell_number, spell_sum
from mutandis.facts.written import member_reader
from mutandis.values import Duration, OpenList, Period, Sum, Unknown
from mutandis.vocabulary import FactDeclaration, Vocabulary


def written_facts(
    facts: Mapping[str, object], vocabulary: Vocabulary, derived: Container[str] = ()
) -> dict[str, object]:
    """The facts of a case as text, whole numbers, lists and mappings; a term that was said to be none by its name.

    `derived` are the facts that rules give, which a term that is none leaves open.
    """
    absent = {_term(name) for name, value in facts.items() if _only_as_absent(value, vocabulary.facts.get(name))}
    found: dict[str, object] = {}
    for name, value in facts.items():
        if _term(name) in absent and name not in derived:
            found[_term(name)] = "none"
        else:
            found[name] = written(value, vocabulary.facts.get(name), vocabulary)
    return found


def _term(name: str) -> str:
    return name.partition(".")[0]


def _only_as_absent(value: object, declared: FactDeclaration | None) -> bool:
    """True if the fact cannot be none by itself, and so is because its term is."""
    return value is None and declared is not None and not declared.type.optional


def written(value: object, declared: FactDeclaration | None, vocabulary: Vocabulary) -> object:
    """One value of a fact."""
    match value:
        case None:
            return "none"
        case Unknown():
            return "unknown"
        case bool():
            return "yes" if value else "no"
        case OpenList(members=listed):
            found = written(listed, declared, vocabulary)
            return {"open": "yes", "members": found["members"] if isinstance(found, dict) else found}
        case tuple():
            term = declared.type.term if declared is not None else None
            attributes = member_reader(vocabulary, term or "")
            members = [{k: written(v, attributes.get(k), vocabulary) for k, v in member.items()} for member in value]
            is_open = declared is not None and declared.type.open
            return {"open": "no", "members": members} if is_open else members
        case frozenset():
            return sorted(value)
        case Period():
            return _written_period(value)
        case Duration():
            return spell_duration(value)
        case dt.date():
            return value.isoformat()
        case int() | Fraction():
            return _written_number(value, declared)
        case _:
            return str(value)


def _written_period(period: Period) -> dict[str, object]:
    parts: dict[str, object] = {"from": period.start, "until": period.until}
    found: dict[str, object] = {k: end.isoformat() for k, end in parts.items() if isinstance(end, dt.date)}
    if period.suspensions:
        found["suspensions"] = [[first.isoformat(), last.isoformat()] for first, last in period.suspensions]
    if period.clock is not None:
        found["counting"] = period.clock
    if period.basis is not None:
        found["basis"] = period.basis
    return found


def _written_number(value: int | Fraction, declared: FactDeclaration | None) -> object:
    if declared is not None and declared.type.kind == "duration" and declared.type.family is not None:
        return spell_duration(Duration(value, declared.type.family))
    if declared is not None and declared.type.kind == "money" and declared.type.currency is not None:
        return spell_sum(Sum(value, declared.type.currency))
    return value if isinstance(value, int) else spell_number(value)
