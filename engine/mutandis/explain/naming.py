"""How provisions, facts and values are named to a person."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from mutandis.amounts import spell_duration, spell_number, spell_sum
from mutandis.citation import Citation, CitationError, long_form, outside_form, parse_citation, short_form
from mutandis.datatypes import DataType
from mutandis.decide.result import Decision, as_data
from mutandis.explain.explanation import Place
from mutandis.link.program import Program
from mutandis.values import Duration, OpenList, Period, Sum, Unknown
from mutandis.vocabulary import FactDeclaration

OF_THE_QUESTION = {
    "today": "On what day is it decided? (`at: 2020-03-01` in the case, or `--at`)",
    "now": "At what moment is it decided? (`at: 2020-03-01T10:00` in the case, or `--at`)",
    "holidays": "Which days are holidays, beyond the calendar? (beside the facts: `holidays: [2031-01-01]`, or `[]`)",
}
"""What an answer may wait for that is no fact, with what to give and where."""


def place_of(program: Program, citation: Citation | str) -> Place:
    """A provision with its law's title; one of a law the rulebook does not have is named by its id.

    The short form leaves `main sentence` out, as the law is cited in passing.
    """
    text = str(citation)
    try:
        citation = parse_citation(text)
    except CitationError:
        return Place(text, text, text)
    if citation.is_external:
        return Place(text, outside_form(citation), outside_form(citation))
    law = program.laws.get(citation.law)
    title, short = (law.title, law.short) if law is not None else (citation.law, citation.law)
    cited_by = law.cited_by if law is not None else ""
    brief = citation.without_sentence() if citation.sentence == "main" else citation
    return Place(text, long_form(citation, title, cited_by), short_form(brief, short, cited_by))


def waiting_for(decision: Decision, fact: str) -> tuple[str, ...]:
    """The provisions that a missing fact is asked for: norms and requirements still open, and due days, each once."""
    waiting = [one for one in decision.authority if one.role in ("open", "decides", "kept")]
    norms = [one.provision for one in waiting if fact in one.facts]
    due = [one.provision for one in decision.deadlines if fact in one.unknown_for]
    return tuple(dict.fromkeys((*norms, *due)))


def role_label(program: Program, role: str) -> str:
    """A role as its term is labelled."""
    term = program.vocabulary.terms.get(role)
    return term.label if term is not None and term.label else role.replace("_", " ")


def value_in_words(value: object, type_: DataType | None, declared: FactDeclaration | None = None) -> str:
    """A run-time value as a person writes it: `yes`, `8 days`, an enumeration's label, `none`, `not known`."""
    labels = dict(declared.values) if declared is not None else {}
    if isinstance(value, Unknown):
        return "not known"
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, frozenset):
        return ", ".join(labels.get(str(v)) or str(v) for v in sorted(value, key=str)) or "none of them"
    if isinstance(value, str):
        return labels.get(value) or value.replace("_", " ") if labels else value
    if isinstance(value, Duration):
        return spell_duration(value)
    if isinstance(value, Sum):
        return spell_sum(value)
    if isinstance(value, int | Fraction) and type_ is not None:
        if type_.kind == "duration" and type_.family is not None:
            return spell_duration(Duration(value, type_.family))
        return spell_sum(Sum(value, type_.currency or "won")) if type_.kind == "money" else spell_number(value)
    if isinstance(value, Period):
        start = as_data(value.start) if value.start is not None else "an open beginning"
        return f"{start} to {as_data(value.until) if value.until is not None else 'an open end'}"
    if isinstance(value, dt.date):
        return str(as_data(value))
    if isinstance(value, OpenList):
        return f"{len(value.members)} or more"
    return str(len(value)) if isinstance(value, tuple) else str(as_data(value))
