"""The cases that show a difference as case files, to be kept with the new rulebook's cases."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping

from mutandis.api import Rulebook
from mutandis.decide.result import as_data
from mutandis.values import Duration, Period, Sum
from mutandis.vocabulary import FactDeclaration, Vocabulary
from mutandis_tools.comparison.semantic import SemanticDifference
from mutandis_tools.comparison.witness import Witness


def case_texts(found: SemanticDifference, new: Rulebook) -> Iterator[tuple[str, str]]:
    """Each case as the name of a file and its text: what the new rulebook answers is what is expected."""
    for one in found.actions:
        for number, witness in enumerate(one.witnesses, 1):
            name = f"{one.action.replace(' ', '-').replace('_', '-')}-{number}"
            yield f"{name}.yaml", _case_text(witness, number, new)


def _case_text(witness: Witness, number: int, new: Rulebook) -> str:
    case, vocabulary = witness.case, new.vocabulary
    decision = new.decide(witness.action, case.facts, at=case.at, law_as_of=case.law_as_of, holidays=(), trusted=True)
    # Where nothing speaks to the action any more, the case is about what spoke to it.
    norms = new.program.components[witness.action].norms
    was = sorted(str(atom[0]) for atom in witness.old.citations)
    places = list(decision.citations) or was or [str(norm.citation) for norm in norms[:1]]
    title = f"Amendment, {witness.action.replace('_', ' ')}, {number}: {witness.aspect} "
    title += f"was {witness.old.verdict}, is {witness.new.verdict}"
    lines = [f"case: {_scalar(title)}"]
    if places:
        lines += [f"tests: [{', '.join(map(_scalar, places))}]", f"law: {places[0].partition('/')[0]}"]
    if case.at is not None:
        lines.append(f"at: {case.at.isoformat(timespec='minutes')}")
    if case.law_as_of is not None:
        lines.append(f"law_as_of: {case.law_as_of.isoformat()}")
    lines.append("holidays: []")
    facts = written_facts(case.facts, vocabulary)
    lines.append("facts:" if facts else "facts: {}")
    lines += [f"  {name}: {_flow(value)}" for name, value in facts.items()]
    lines += [f"ask: {{decide: {witness.action}}}", "expect:", f"  verdict: {decision.verdict.value}"]
    lines.append(f"  cites: [{', '.join(map(_scalar, decision.citations))}]")
    return "\n".join(lines) + "\n"


def written_facts(facts: Mapping[str, object], vocabulary: Vocabulary) -> dict[str, object]:
    """Facts in their run-time form as a case file writes them."""
    return {name: written(value, vocabulary.facts.get(name), vocabulary) for name, value in facts.items()}


def written(value: object, declared: FactDeclaration | None, vocabulary: Vocabulary) -> object:
    """One value as a case file writes it: text, a list or a mapping."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        term = declared.type.term if declared is not None else None
        return [
            {k: written(v, vocabulary.facts.get(f"{term}.{k}"), vocabulary) for k, v in member.items()}
            for member in value
        ]
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, Period):
        ends = {"from": value.start, "until": value.until}
        return {key: as_data(end) for key, end in ends.items() if end is not None}
    if declared is not None and isinstance(value, int) and declared.type.kind == "duration" and declared.type.family:
        return str(as_data(Duration(value, declared.type.family)))
    if declared is not None and isinstance(value, int) and declared.type.kind == "money" and declared.type.currency:
        return str(as_data(Sum(value, declared.type.currency)))
    return value if isinstance(value, int) else str(as_data(value))


def _flow(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_flow(one)}' for key, one in value.items())}}}"
    return _scalar(str(value))


def _scalar(text: str) -> str:
    """A text as it stands, in quotes where it would be read as something else."""
    if all(c.isalnum() or c in " _-/()." for c in text) or _is_day(text):
        return text
    return json.dumps(text, ensure_ascii=False)


def _is_day(text: str) -> bool:
    try:
        dt.datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
