"""What a clause's construals make of the names in the rules that it applies, told at the end of each line."""

from __future__ import annotations

from collections.abc import Iterator

from mutandis.dataclass import dataclass
from mutandis.link.construe import (
    Construing,
    as_citation,
    construe_action,
    construe_fact,
    read_construals,
    tokens_of_name,
    tokens_of_rule,
)
from mutandis.rulebook.model import Construal, Rule
from mutandis_tools.editor.desk import Desk

_MOST = 3


@dataclass(frozen=True, slots=True)
class Hint:
    """A text that an editor shows after what stands in the row, and all of it for whoever asks."""

    row: int
    text: str
    whole: str


def hints_of(desk: Desk, name: str) -> Iterator[Hint]:
    """For each construal of the file's clauses, the names it stands for in what is applied, and what they become."""
    sheet = desk.sheet(name)
    for rule in sheet.rules:
        if rule.effect != "apply" or not rule.construe:
            continue
        applied = [one for cited in rule.apply for one in desk.standing.cited(cited)]
        construing = read_construals(rule.construe, rule.at)
        names = sorted({token for one in applied for token in _names_of(one, desk)})
        for construal in rule.construe:
            read_as = list(_read_as(construal, rule, names, construing)) or list(
                _read_in(construal, rule, applied, desk)
            )
            if read_as:
                more = f" and {len(read_as) - _MOST} more" if len(read_as) > _MOST else ""
                yield Hint(construal.span.line - 1, ", ".join(read_as[:_MOST]) + more, "\n\n".join(read_as))


def _read_in(construal: Construal, clause: Rule, applied: list[Rule], desk: Desk) -> Iterator[str]:
    """Where a role or a value that is read as another stands in what is applied: its line says what it becomes."""
    if construal.condition is None and as_citation(construal.source, clause.at) is None:
        for rule in applied:
            tokens = tokens_of_rule(rule, desk.opened.source.vocabulary)
            if construal.source in tokens or construal.source in (*rule.by, *rule.to):
                yield f"in {rule.at}"


def _names_of(rule: Rule, desk: Desk) -> Iterator[str]:
    """The facts and actions that a rule speaks of, and its roles."""
    vocabulary = desk.opened.source.vocabulary
    for token in tokens_of_rule(rule, vocabulary):
        if token in vocabulary.facts or token in vocabulary.actions:
            yield token
    yield from (*rule.by, *rule.to)


def _read_as(construal: Construal, clause: Rule, names: list[str], construing: Construing) -> Iterator[str]:
    if construal.condition is not None or as_citation(construal.source, clause.at) is not None:
        return  # the line itself says all of it
    for name in names:
        if construal.source != name and construal.source not in tokens_of_name(name):
            continue
        becomes = construe_action(name, construing) if " " in name else construe_fact(name, construing)
        becomes = tuple(one for one in becomes if one != name)
        if becomes and name != construal.source:
            yield f"{name} → {' or '.join(becomes)}"
