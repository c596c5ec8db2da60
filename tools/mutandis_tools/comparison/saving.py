"""The cases that show a difference as case files, to be kept with the new rulebook's cases."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator

from mutandis.api import Rulebook
from mutandis.decide.result import Decision, as_data
from mutandis.facts.writing import written_facts
from mutandis_tools.comparison.answers import Aspect
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
    lines += _shown(witness.aspect, decision)
    return "\n".join(lines) + "\n"


def _shown(aspect: Aspect, decision: Decision) -> Iterator[str]:
    """What the case shows besides the verdict, so that it fails by the old rulebook."""
    if aspect == "breaches":
        places = dict.fromkeys(one.provision for one in decision.breaches)
        yield f"  breaches: [{', '.join(map(_scalar, places))}]"
    elif aspect == "penalties":
        yield f"  penalties: [{', '.join(_scalar(one.provision) for one in decision.penalties)}]"
    elif aspect == "deadlines":
        due = (one.words if one.due is None else str(as_data(one.due)) for one in decision.deadlines)
        yield from (f"  deadline: {_scalar(one)}" for one in [*due][:1])
    elif aspect == "limits":
        told = [
            _flow({"at": one.provision, "parameter": one.parameter, one.relation: as_data(one.inner)})
            for one in decision.limits
            if one.inner is not None
        ]
        yield f"  limits: [{', '.join(told)}]"


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
