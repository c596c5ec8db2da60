"""Which fact to ask for next, and the interview made of such questions (S46).

The fact whose worst answer leaves the fewest verdicts comes first; among equals the one whose answers leave fewest in
sum, then the one declared first. What was answered `don't know` is not asked again, so an interview ends in at most as
many questions as the action has facts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from mutandis.condition.render import render
from mutandis.dataclass import dataclass, replace
from mutandis.datatypes import DataType
from mutandis.decide.question import unknown
from mutandis.decide.result import Decision, Verdict
from mutandis.diagnostic_codes import diagnose
from mutandis.diagnostics import CaseError, ContradictionError
from mutandis.facts.read import read_facts
from mutandis.facts.written import Misfit, read_value
from mutandis.link.program import Norm
from mutandis.link.reads import of_norm
from mutandis.questions.candidates import MOST_CANDIDATES, candidate_values
from mutandis.questions.decider import (
    Decider,
    Matter,
    declaration_of,
    fact_of,
    matter_of,
    possible_verdicts,
)
from mutandis.questions.support import closure, declared_order, facts_in
from mutandis.values import UNKNOWN
from mutandis.vocabulary import FactDeclaration

_CLOCK = frozenset({"today", "now"})


@dataclass(frozen=True, slots=True)
class Reason:
    """A provision the answer matters to: its place, the condition that reads the fact, the rule's summary."""

    provision: str
    condition: str
    summary: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question to a person.

    `choices` are the values to pick from with their labels, for yes/no and enumerations. `owner` is the role whose
    finding it is, empty where it is a plain fact. `outcomes` has, for each representative value, the verdicts it would
    leave.
    """

    fact: str
    text: str
    label: str
    type: DataType
    choices: tuple[tuple[str, str], ...]
    unit: str
    owner: str
    minimum: int | None
    maximum: int | None
    reasons: tuple[Reason, ...]
    outcomes: tuple[tuple[object, tuple[Verdict, ...]], ...]


def next_question(
    decider: Decider,
    action: str,
    facts: Mapping[str, object],
    *,
    asked: tuple[str, ...] = (),
    at: dt.date | None = None,
    law_as_of: dt.date | None = None,
    by: str | None = None,
    holidays: frozenset[dt.date] | None = None,
) -> Question | None:
    """The most decisive question, or None: the answer is settled, or nothing that could be asked would settle it.

    `asked` are facts not to be asked again; neither is one that the case says is unknown. Raises `CaseError` for an
    action, or a fact in `asked`, that is not declared.
    """
    matter = matter_of(decider, action, facts, at, law_as_of, by, holidays)
    vocabulary = matter.program.vocabulary
    for name in asked:
        if name not in _CLOCK and declaration_of(vocabulary, name) is None:
            raise unknown("fact", name, vocabulary.facts)
    return question_in(matter, asked)


def question_in(matter: Matter, asked: tuple[str, ...], decision: Decision | None = None) -> Question | None:
    """The most decisive question of a matter. `decision` saves deciding it again."""
    decision = decision if decision is not None else matter.decide()
    open_facts = _askable(matter, decision, asked)
    if not open_facts:
        return None
    order = declared_order(matter.program)
    best: tuple[tuple[int, int, int, str], str, tuple[tuple[object, tuple[Verdict, ...]], ...]] | None = None
    for name in open_facts:
        outcomes = _outcomes(matter, name)
        # A fact nothing can be said of yet may leave everything open, and comes after those that may as well.
        sizes = [len(left) for _, left in outcomes] or [len(decision.reachable)] * MOST_CANDIDATES
        worth = (max(sizes), sum(sizes), order.get(name, len(order)), name)
        if best is None or worth < best[0]:
            best = (worth, name, outcomes)
    return None if best is None else _question(matter, decision, best[1], best[2])


def _askable(matter: Matter, decision: Decision, asked: tuple[str, ...]) -> tuple[str, ...]:
    vocabulary = matter.program.vocabulary
    return tuple(
        name
        for name in decision.missing
        if name not in asked
        and name not in _CLOCK
        and not _said_unknown(matter, name)
        and declaration_of(vocabulary, name) is not None
    )


def _said_unknown(matter: Matter, name: str) -> bool:
    return name in matter.facts and fact_of(matter.facts, name) is UNKNOWN


def _outcomes(matter: Matter, name: str) -> tuple[tuple[object, tuple[Verdict, ...]], ...]:
    found: list[tuple[object, tuple[Verdict, ...]]] = []
    for value in candidate_values(matter, name):
        try:
            decision = matter.having(name, value).decide()
        except ContradictionError:  # what the case states of a derived fact rules the value out
            continue
        left = set(decision.reachable) if decision.verdict == Verdict.UNDETERMINED else {decision.verdict}
        found.append((value, tuple(v for v in Verdict if v in left)))
    return tuple(found)


def _question(
    matter: Matter, decision: Decision, name: str, outcomes: tuple[tuple[object, tuple[Verdict, ...]], ...]
) -> Question:
    vocabulary = matter.program.vocabulary
    declared = declaration_of(vocabulary, name)
    assert declared is not None, "only declared facts are asked for"
    owner = vocabulary.terms.get(declared.found_by)
    return Question(
        fact=name,
        text=declared.question or f"{declared.label or name}?",
        label=declared.label or name,
        type=declared.type,
        choices=choices_of(declared),
        unit=declared.unit,
        owner=owner.label if owner is not None else declared.found_by,
        minimum=declared.minimum,
        maximum=declared.maximum,
        reasons=_reasons(matter, decision, name),
        outcomes=outcomes,
    )


def choices_of(declared: FactDeclaration) -> tuple[tuple[str, str], ...]:
    """The values a person picks from, with labels; empty where a value is written."""
    if declared.type.kind == "yes_no":
        return (("yes", "yes"), ("no", "no"))
    if declared.type.kind != "enum":
        return ()
    labels = dict(declared.values)
    return tuple((value, labels.get(value) or value.replace("_", " ")) for value in declared.type.values)


def _reasons(matter: Matter, decision: Decision, name: str) -> tuple[Reason, ...]:
    """The norms that are still open and read the fact, each with the first condition of it that does."""
    open_norms = {c.norm for c in decision.considered if c.status == "unknown"}
    norms = matter.norms
    found = [r for n in norms if n.key in open_norms and (r := _reason(matter, n, name)) is not None]
    if not found:
        found = [r for n in norms if (r := _reason(matter, n, name)) is not None]
    return tuple(dict.fromkeys(found))


def _reason(matter: Matter, norm: Norm, name: str) -> Reason | None:
    root = name.partition("[")[0]
    for condition in of_norm(norm):
        if root in facts_in(matter.program, closure(matter.program, [condition])):
            return Reason(str(norm.citation), render(condition), norm.summary)
    return None


@dataclass(frozen=True, slots=True)
class Interview:
    """An interview at one point: what has been said, what follows from it, what to ask next (None: nothing).

    Immutable: an answer gives the next point, so going back is keeping the earlier one.
    """

    matter: Matter
    decision: Decision
    question: Question | None
    asked: tuple[str, ...] = ()

    @property
    def is_settled(self) -> bool:
        """True once one verdict is left."""
        return self.decision.verdict != Verdict.UNDETERMINED

    def answer(self, value: object) -> Interview:
        """The interview after an answer, as a caller or a person writes it; `UNKNOWN` or `unknown`: don't know.

        Raises `CaseError` if the vocabulary does not allow the value, `ValueError` if nothing was asked.
        """
        if self.question is None:
            raise ValueError("no question is open")
        name = self.question.fact
        read = _read_answer(self.matter, name, value)
        return _point(self.matter.having(name, read), (*self.asked, name))

    @property
    def facts(self) -> Mapping[str, object]:
        """Everything said so far."""
        return self.matter.facts

    @property
    def written(self) -> dict[str, object]:
        """Everything said so far as a case file or JSON has it: what `Rulebook.read` reads back as the same facts."""
        from mutandis.facts.writing import written_facts  # where an interview is kept

        program = self.matter.program
        return written_facts(self.facts, program.vocabulary, program.derived)

    @property
    def possible(self) -> frozenset[Verdict]:
        """The verdicts still possible."""
        return possible_verdicts(self.decision)


def start_interview(
    decider: Decider,
    action: str,
    facts: Mapping[str, object],
    *,
    at: dt.date | None = None,
    law_as_of: dt.date | None = None,
    by: str | None = None,
    holidays: frozenset[dt.date] | None = None,
) -> Interview:
    """The interview about `action` at its beginning. Raises `CaseError` for an action that is not declared."""
    return _point(matter_of(decider, action, facts, at, law_as_of, by, holidays), ())


def _point(matter: Matter, asked: tuple[str, ...]) -> Interview:
    decision = matter.decide()
    question = question_in(matter, asked, decision) if decision.verdict == Verdict.UNDETERMINED else None
    return Interview(matter, decision, question, asked)


def _read_answer(matter: Matter, name: str, value: object) -> object:
    vocabulary = matter.program.vocabulary
    declared = declaration_of(vocabulary, name)
    if declared is not None and declared.type.kind == "list":
        known = replace(vocabulary, facts={**vocabulary.facts, name: declared})
        result = read_facts({name: value}, known, provisions=matter.program.provisions)
        if result.diagnostics:
            raise CaseError(result.diagnostics)
        return result.facts[name]
    read = read_value(name, declared, value, matter.program.provisions)
    if isinstance(read, Misfit):
        raise CaseError([diagnose(read.slug, read.message, read.help)])
    return read
