"""The cases that show a difference as case files, to be kept with the new rulebook's cases."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator

from mutandis.api import Rulebook
from mutandis.decide.result import Decision, as_data
from mutandis.facts.writing import written_facts
from mutandis_tools.comparison.answers import Aspect, value_told
from mutandis_tools.comparison.semantic import SemanticDifference
from mutandis_tools.comparison.witness import Witness


def case_texts(found: SemanticDifference, new: Rulebook) -> Iterator[tuple[str, str]]:
    """Each case as the name of a file and its text: what the new rulebook answers is what is expected."""
    for one in (*found.values, *found.actions):
        for number, witness in enumerate(one.witnesses, 1):
            name = "".join(c if c.isalnum() else "-" for c in one.name)
            text = _value_text if witness.aspect == "value" else _decision_text
            yield f"{name}-{number}.yaml", text(witness, number, new)


def _decision_text(witness: Witness, number: int, new: Rulebook) -> str:
    case, action = witness.case, witness.subject[1]
    decision = new.decide(action, case.facts, at=case.at, law_as_of=case.law_as_of, holidays=(), trusted=True)
    # Where nothing speaks to the action any more, the case is about what spoke to it.
    norms = new.program.components[action].norms
    was = sorted(str(atom[0]) for atom in witness.old.citations)
    places = list(decision.citations) or was or [str(norm.citation) for norm in norms[:1]]
    title = f"Amendment, {action.replace('_', ' ')}, {number}: {witness.aspect} "
    title += f"was {witness.old.verdict}, is {witness.new.verdict}"
    lines = [*_stated(witness, title, places), *_facts(witness, new)]
    lines += [f"ask: {{decide: {action}}}", "expect:", f"  verdict: {decision.verdict.value}"]
    lines.append(f"  cites: [{', '.join(map(_scalar, decision.citations))}]")
    lines += _shown(witness.aspect, decision)
    return "\n".join(lines) + "\n"


def _value_text(witness: Witness, number: int, new: Rulebook) -> str:
    case, fact = witness.case, witness.subject[1]
    found = new.value(fact, case.facts, at=case.at, law_as_of=case.law_as_of, holidays=(), trusted=True)
    places = list(found.provisions) or [str(one.citation) for one in new.program.derived[fact].derivations[:1]]
    was, is_ = (value_told(answer) for answer in (witness.old, witness.new))
    title = f"Amendment, {fact.replace('_', ' ')}, {number}: was {was}, is {is_}"
    lines = [*_stated(witness, title, places), *_facts(witness, new)]
    lines += [f"ask: {{value: {fact}}}", "expect:", f"  value: {_scalar(is_)}"]
    lines.append(f"  cites: [{', '.join(map(_scalar, found.provisions))}]")
    return "\n".join(lines) + "\n"


def _stated(witness: Witness, title: str, places: list[str]) -> Iterator[str]:
    case = witness.case
    yield f"case: {_scalar(title)}"
    if places:
        yield f"tests: [{', '.join(map(_scalar, places))}]"
        yield f"law: {places[0].partition('/')[0]}"
    if case.at is not None:
        yield f"at: {case.at.isoformat(timespec='minutes')}"
    if case.law_as_of is not None:
        yield f"law_as_of: {case.law_as_of.isoformat()}"
    yield "holidays: []"


def _facts(witness: Witness, new: Rulebook) -> Iterator[str]:
    facts = written_facts(witness.case.facts, new.vocabulary)
    yield "facts:" if facts else "facts: {}"
    yield from (f"  {name}: {_flow(value)}" for name, value in facts.items())


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
