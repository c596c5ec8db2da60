"""Which cases come out otherwise by another rulebook.

Every case that asks for a decision, or for the value of a fact, is put to both, with the facts as each vocabulary reads
them; one that asks for an assessment is about each action of which it expects something. A case that only one of them
can read is told as such.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import replace
from itertools import chain

from mutandis.api import Rulebook
from mutandis.dataclass import dataclass
from mutandis.decide.result import Decision
from mutandis.decide.result_parts import FactValue
from mutandis.facts import Facts
from mutandis.facts.misfits import MOST_SUGGESTED, no_fact
from mutandis.link.program import Program
from mutandis.rulebook.case_file import CaseFile, actions_expected, by_dotted_name
from mutandis_tools.casebook.ask import decide_case, value_in_case
from mutandis_tools.comparison.answers import (
    ASPECTS,
    TOLD_WITH,
    Answer,
    Aspect,
    Place,
    answer_of,
    answer_of_value,
    places_giving,
    same_place,
)
from mutandis_tools.comparison.dependence import Node, read_as
from mutandis_tools.comparison.renaming import NOTHING_RENAMED, Renaming
from mutandis_tools.opening import Opened, read_case


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two rulebooks; `law_as_of` is the version that it is asked about, None for that of each case."""

    opened: Opened
    rulebook: Rulebook
    law_as_of: dt.date | None = None


Outcome = Decision | FactValue
"""What a case is answered."""


@dataclass(frozen=True, slots=True)
class OutcomeChange:
    """A case with another answer; None where that rulebook cannot be asked it."""

    case: CaseFile
    """What is asked: of an assessment, one of the actions that it expects something of."""
    old: Outcome | None
    new: Outcome | None
    told: tuple[tuple[Aspect, Answer, Answer], ...] = ()
    """Where the verdict and what it rests on stayed: what is otherwise of what is told with it, by both."""
    refused: str = ""
    """The first thing that is wrong with it in the new rulebook, where only the old one can be asked it."""

    @property
    def changes_verdict(self) -> bool:
        """True if the verdict itself, or the value, is another, not only what it rests on."""
        if self.old is None or self.new is None:
            return True
        return verdict_of(self.old) != verdict_of(self.new)


def verdict_of(outcome: Outcome) -> object:
    """The verdict, or how a value stands."""
    return outcome.verdict.value if isinstance(outcome, Decision) else answer_of_value(outcome).value


def compare_outcomes(
    old: Side, new: Side, cases: Iterable[CaseFile], touched: Collection[Node], renaming: Renaming = NOTHING_RENAMED
) -> tuple[OutcomeChange, ...]:
    """Every case that is answered otherwise, in the order given: another verdict, or other things told with it.

    `touched` are the actions of which anything differs that they are decided by, and the facts of which anything does
    that they are given by: others come out alike in every case.
    """
    found: list[OutcomeChange] = []
    touched = frozenset(touched)
    words = [side.rulebook.vocabulary for side in (old, new)]
    reading = _Reading(old.rulebook.program, new.rulebook.program, touched)
    known = [side.rulebook.program.components for side in (old, new)]
    of_new = {case.name for case in new.opened.cases.cases}
    for case in chain.from_iterable(map(_asked_one_by_one, cases)):
        if case.ask.question == "decide":
            subject = case.ask.subject
            is_same = ("action", subject) not in touched and all(subject in one for one in known)
        elif case.ask.question == "value":
            subject = renaming.facts.get(case.ask.subject, case.ask.subject)
            is_same = ("fact", subject) not in touched and all(case.ask.subject in one.facts for one in words)
        else:
            continue
        if is_same and reading.is_alike(case):
            continue
        is_new = case.name in of_new
        asked = (renaming.asked_before(case), case) if is_new else (case, renaming.asked_now(case))
        read = _read(old.opened, asked[0]), _read(new.opened, asked[1])
        facts = [one for one, _ in read]
        # Who counts as whom is declared too.
        if is_same and None not in facts and (reading.has_same_terms or not case.ask.by):
            continue
        was, now = (_answered(*one) for one in zip((old, new), asked, facts, strict=True))
        if _answer(was, same_place) != _answer(now, renaming.old_place):
            refused = read[1][1] if was is not None else ""
            found.append(OutcomeChange(case, was, now, _told_with(was, now, renaming.old_place), refused))
    return tuple(found)


def _read(opened: Opened, case: CaseFile) -> tuple[Facts | None, str]:
    """The facts of a case, or None and what is wrong with it first.

    What an unknown name may have been meant for is a long search, of which nothing is told here.
    """
    words, laws = opened.source.vocabulary, opened.source.laws
    unknown = [one for one in by_dotted_name(case.facts) if one not in words.facts and one not in words.terms]
    if unknown and (not case.law or case.law in laws):
        return None, no_fact(unknown[0], words, case.law, MOST_SUGGESTED).message
    read = read_case(opened, case)
    return (None, read.diagnostics[0].message) if read.diagnostics else (read.facts, "")


def _told_with(was: Outcome | None, now: Outcome | None, place: Place) -> tuple[tuple[Aspect, Answer, Answer], ...]:
    """What is told with a verdict and is otherwise; nothing where the verdict is another, or rests on others."""
    if not isinstance(was, Decision) or not isinstance(now, Decision) or was.verdict != now.verdict:
        return ()
    if sorted(was.citations) != sorted(map(place, now.citations)):
        return ()
    old, new = answer_of(was), answer_of(now, place)
    return tuple(
        (aspect, old, new) for aspect in ASPECTS if aspect in TOLD_WITH and old.told(aspect) != new.told(aspect)
    )


def _asked_one_by_one(case: CaseFile) -> tuple[CaseFile, ...]:
    """The case itself; where it asks for an assessment, what it asks about each action that it expects something of."""
    if case.ask.question != "assess":
        return (case,)
    return tuple(replace(case, ask=replace(case.ask, question="decide", subject=one)) for one in actions_expected(case))


class _Reading:
    """How two programs read cases: the facts of which they may read something otherwise.

    What people are asked or told bears on no reading. `touched` are the facts of which anything differs that rules give
    them by: a case that states one may be denied by the one and not by the other.
    """

    __slots__ = ("_facts", "_terms", "has_same_terms")

    def __init__(self, old: Program, new: Program, touched: Collection[Node]) -> None:
        words = old.vocabulary, new.vocabulary
        kinds = [{name: (t.kind_of, t.role) for name, t in one.terms.items()} for one in words]
        self.has_same_terms = kinds[0] == kinds[1]
        before, after = (one.facts for one in words)
        cites = () if old.provisions == new.provisions else ("provision", "period")
        names = {
            name
            for name in {*before, *after}
            if read_as(before.get(name)) != read_as(after.get(name)) or after[name].type.kind in cites
        }
        names |= old.derived.keys() ^ new.derived.keys()
        names |= {name for kind, name in touched if kind == "fact"}
        lists = {**words[0].lists, **words[1].lists}
        # What a list states of its members stands under its name.
        while more := {name for name, term in lists.items() if name not in names and term in _terms_of(names)}:
            names |= more
        self._facts, self._terms = frozenset(names), _terms_of(names)

    def is_alike(self, case: CaseFile) -> bool:
        """True where both read the case in the same way."""
        # A term alone is said to be none.
        named = by_dotted_name(case.facts)
        return self.has_same_terms and not any(n in (self._facts if "." in n else self._terms) for n in named)


def _terms_of(facts: Iterable[str]) -> frozenset[str]:
    return frozenset(name.partition(".")[0] for name in facts)


def cases_of_both(old: Opened, new: Opened) -> tuple[CaseFile, ...]:
    """The cases of both rulebooks: the new one's, then those that only the old one has, by name."""
    known = {case.name for case in new.cases.cases}
    return (*new.cases.cases, *(case for case in old.cases.cases if case.name not in known))


def _answered(side: Side, case: CaseFile, facts: Facts | None) -> Outcome | None:
    if side.law_as_of is not None:
        case = replace(case, law_as_of=side.law_as_of)
    if facts is None:
        return None
    if case.ask.question == "decide":
        return decide_case(side.rulebook, case, facts)
    known = case.ask.subject in side.rulebook.vocabulary.facts
    return value_in_case(side.rulebook, case, facts) if known else None


def _answer(outcome: Outcome | None, place: Place) -> tuple[object, ...]:
    """What is compared, under the numbers that provisions had."""
    if outcome is None:
        return ()
    if isinstance(outcome, FactValue):
        return answer_of_value(outcome).value, sorted(map(place, places_giving(outcome))), outcome.missing
    limits = tuple(replace(one, norm="", provision=place(one.provision)) for one in outcome.limits)
    told = answer_of(outcome, place)
    told_with_it = told.deadlines, told.breaches, told.penalties
    return outcome.verdict, outcome.reachable, sorted(map(place, outcome.citations)), limits, told_with_it
