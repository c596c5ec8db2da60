"""The cases that show a difference as case files, to be kept with the new rulebook's cases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mutandis.api import Rulebook
from mutandis.decide.result import Decision, as_data
from mutandis.facts.writing import written_facts
from mutandis.rulebook.case_file import CaseFile
from mutandis.rulebook.case_question import Ask, Expectation, ExpectedLimit
from mutandis_tools.casebook.write import case_text
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
    decision = new.decide(
        action, case.facts, at=case.at, law_as_of=case.law_as_of, by=case.by, holidays=(), trusted=True
    )
    # Where nothing speaks to the action any more, the case is about what spoke to it.
    norms = new.program.components[action].norms
    was = sorted(str(atom[0]) for atom in witness.old.citations)
    places = list(decision.citations) or was or [str(norm.citation) for norm in norms[:1]]
    title = f"Amendment, {action.replace('_', ' ')}, {number}: {witness.aspect} "
    title += f"was {witness.old.verdict}, is {witness.new.verdict}"
    expected = _shown(witness.aspect, decision)
    return case_text(_case(witness, title, places, new, Ask("decide", action, case.by or ""), expected), places)


def _value_text(witness: Witness, number: int, new: Rulebook) -> str:
    case, fact = witness.case, witness.subject[1]
    found = new.value(fact, case.facts, at=case.at, law_as_of=case.law_as_of, holidays=(), trusted=True)
    places = list(found.provisions) or [str(one.citation) for one in new.program.derived[fact].derivations[:1]]
    was, is_ = (value_told(answer) for answer in (witness.old, witness.new))
    title = f"Amendment, {fact.replace('_', ' ')}, {number}: was {was}, is {is_}"
    expected = Expectation(value=is_, lists=(("cites", found.provisions),))
    return case_text(_case(witness, title, places, new, Ask("value", fact), expected), places)


def _case(witness: Witness, title: str, places: list[str], new: Rulebook, ask: Ask, expected: Expectation) -> CaseFile:
    case = witness.case
    law = places[0].partition("/")[0] if places else next(iter(new.laws))
    # What only the older rulebook asked for no case of the new one can state.
    facts = written_facts({k: v for k, v in case.facts.items() if k in new.vocabulary.facts}, new.vocabulary)
    return CaseFile(title, law, (), case.at, case.law_as_of, dict(facts), ask, expected, holidays=())


def _shown(aspect: Aspect, decision: Decision) -> Expectation:
    """The verdict, and what the case shows besides it, so that it fails by the old rulebook."""
    lists = [("cites", tuple(decision.citations))]
    if aspect == "breaches":
        lists.append((aspect, tuple(dict.fromkeys(one.provision for one in decision.breaches))))
    elif aspect == "penalties":
        lists.append((aspect, tuple(one.provision for one in decision.penalties)))
    expected = Expectation(decision.verdict.value, lists=tuple(lists))
    if aspect == "deadlines":
        due = (one.words if one.due is None else str(as_data(one.due)) for one in decision.deadlines)
        return replace(expected, deadline=next(due, None))
    if aspect == "limits":
        limits = (
            ExpectedLimit(one.provision, one.parameter, one.relation, str(as_data(one.inner)))
            for one in decision.limits
            if one.inner is not None
        )
        return replace(expected, limits=tuple(limits))
    return expected
