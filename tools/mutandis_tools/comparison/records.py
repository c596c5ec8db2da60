"""What was found of an action as records of JSON's own types, and back; and the hash of what it depends on."""

from __future__ import annotations

from typing import Any

from mutandis.bundle.records import decode
from mutandis.bundle.written import encode
from mutandis.link.program import Program
from mutandis_tools.comparison.answers import Answer, Asked
from mutandis_tools.comparison.dependence import Node, Reads, declared_as, done_too_late
from mutandis_tools.comparison.semantic import SubjectDifference
from mutandis_tools.comparison.witness import Witness

# --- what an answer depends on ----------------------------------------------------------------------------------------


def depended_on(reads: Reads, subject: Node, provisions: tuple[str, ...]) -> object:
    """All that decides about an action or gives a derived fact; a provision's number counts where one is compared."""
    program = reads.program
    found = [[*node, _part(program, node)] for node in sorted(reads.all(subject))]
    return [found, reads.days_off, list(provisions) if _compares_provisions(reads, subject) else []]


def _part(program: Program, node: tuple[str, str]) -> object:
    kind, name = node
    if kind == "action":
        component = program.components.get(name)
        return None if component is None else [encode(component), done_too_late(program, component)]
    if kind == "place":
        return encode(tuple(program.effective.get(name, ())))
    derived = program.derived.get(name)
    declared = encode(declared_as(program.vocabulary.facts.get(name)))
    return [None if derived is None else encode(derived), declared]


def _compares_provisions(reads: Reads, subject: tuple[str, str]) -> bool:
    facts = reads.program.vocabulary.facts
    names = [name for kind, name in reads.all(subject) if kind == "fact" and name in facts]
    return any(facts[name].type.kind == "provision" for name in names)


# --- cases and answers ------------------------------------------------------------------------------------------------


def case_record(case: Asked) -> object:
    """A case."""
    facts = {name: _value_record(value) for name, value in case.facts.items()}
    return [facts, encode(case.at), encode(case.law_as_of), case.by]


def case_of(record: Any) -> Asked:
    """The case that was written so."""
    facts, at, law_as_of, by = record
    return Asked({name: _value_of(value) for name, value in facts.items()}, decode(at), decode(law_as_of), by)


def _value_record(value: object) -> object:
    if isinstance(value, tuple):
        return [{name: encode(one) for name, one in member.items()} for member in value]
    return encode(value)


def _value_of(record: Any) -> object:
    if isinstance(record, list):
        return tuple({name: decode(one) for name, one in member.items()} for member in record)
    return decode(record)


def _answer_record(answer: Answer) -> object:
    told = (answer.citations, answer.limits, answer.deadlines, answer.breaches, answer.penalties, answer.value)
    written = [[encode(atom) for atom in sorted(one, key=repr)] for one in told]
    return [answer.verdict, written, answer.perhaps, answer.waits]


def _answer_of(record: Any) -> Answer:
    verdict, told, perhaps, waits = record
    read = [frozenset(decode(atom) for atom in one) for one in told]
    citations, limits, deadlines, breaches, penalties, value = read
    return Answer(verdict, citations, limits, deadlines, breaches, penalties, perhaps, waits, value)


def _witness_record(one: Witness) -> object:
    spans = {name: [encode(end) for end in ends] for name, ends in one.spans.items()}
    return [one.aspect, case_record(one.case), _answer_record(one.old), _answer_record(one.new), spans, one.fewest]


def _witness_of(subject: Node, record: Any) -> Witness:
    aspect, case, old, new, spans, fewest = record
    read = {name: (decode(first), decode(last)) for name, (first, last) in spans.items()}
    return Witness(subject, aspect, case_of(case), _answer_of(old), _answer_of(new), read, fewest)


def difference_record(one: SubjectDifference) -> object:
    """What was found of one action or fact."""
    witnesses = [_witness_record(witness) for witness in one.witnesses]
    return [one.standing, witnesses, one.complete, one.tried, list(one.reasons), list(one.bounds)]


def difference_of(subject: Node, record: Any) -> SubjectDifference:
    """What was written so."""
    standing, witnesses, complete, tried, reasons, bounds = record
    read = tuple(_witness_of(subject, one) for one in witnesses)
    return SubjectDifference(subject, standing, read, complete, tried, tuple(reasons), tuple(bounds))
