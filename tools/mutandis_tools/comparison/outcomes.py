"""Which cases come out otherwise by another rulebook.

Every case that asks for a decision is decided by both, with the facts as each vocabulary reads them. A case that only
one of them can read is told as such.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import replace

from mutandis.api import Rulebook
from mutandis.dataclass import dataclass
from mutandis.decide.result import Decision
from mutandis.facts import Facts
from mutandis.rulebook.case_file import CaseFile
from mutandis_tools.casebook.ask import decide_case
from mutandis_tools.comparison.answers import Place, answer_of, same_place
from mutandis_tools.comparison.renaming import NOTHING_RENAMED, Renaming
from mutandis_tools.opening import Opened, read_case


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two rulebooks; `law_as_of` is the version that it is asked about, None for that of each case."""

    opened: Opened
    rulebook: Rulebook
    law_as_of: dt.date | None = None


@dataclass(frozen=True, slots=True)
class OutcomeChange:
    """A case with another answer; None where that rulebook cannot be asked it."""

    case: CaseFile
    old: Decision | None
    new: Decision | None

    @property
    def changes_verdict(self) -> bool:
        """True if the verdict itself is another, not only what it rests on."""
        return self.old is None or self.new is None or self.old.verdict != self.new.verdict


def compare_outcomes(
    old: Side, new: Side, cases: Iterable[CaseFile], touched: Collection[str], renaming: Renaming = NOTHING_RENAMED
) -> tuple[OutcomeChange, ...]:
    """Every case that is answered otherwise, in the order given: another verdict, or other things told with it.

    `touched` are the actions of which anything differs that they are decided by: others come out alike in every case.
    """
    found: list[OutcomeChange] = []
    before, after = (side.rulebook for side in (old, new))
    words = before.vocabulary, after.vocabulary
    has_same_words = words[0].facts == words[1].facts and words[0].terms == words[1].terms
    reads_alike = has_same_words and before.program.derived.keys() == after.program.derived.keys()
    known = [side.rulebook.program.components for side in (old, new)]
    for case in cases:
        if case.ask.question != "decide":
            continue
        is_same = case.ask.subject not in touched and all(case.ask.subject in one for one in known)
        if is_same and reads_alike:
            continue
        facts = _read(old, renaming.case_before(case)), _read(new, renaming.case_after(case))
        # Who counts as whom is declared too.
        if is_same and None not in facts and (has_same_words or not case.ask.by):
            continue
        was, now = (_decide(side, case, read) for side, read in zip((old, new), facts, strict=True))
        if _answer(was, same_place) != _answer(now, renaming.old_place):
            found.append(OutcomeChange(case, was, now))
    return tuple(found)


def cases_of_both(old: Opened, new: Opened) -> tuple[CaseFile, ...]:
    """The cases of both rulebooks: the new one's, then those that only the old one has, by name."""
    known = {case.name for case in new.cases.cases}
    return (*new.cases.cases, *(case for case in old.cases.cases if case.name not in known))


def _read(side: Side, case: CaseFile) -> Facts | None:
    """The facts of a case; None where the rulebook cannot read them."""
    read = read_case(side.opened, case)
    return None if read.diagnostics else read.facts


def _decide(side: Side, case: CaseFile, facts: Facts | None) -> Decision | None:
    if side.law_as_of is not None:
        case = replace(case, law_as_of=side.law_as_of)
    return None if facts is None else decide_case(side.rulebook, case, facts)


def _answer(decision: Decision | None, place: Place) -> tuple[object, ...]:
    """What is compared, under the numbers that provisions had."""
    if decision is None:
        return ()
    limits = tuple(replace(one, norm="", provision=place(one.provision)) for one in decision.limits)
    told = answer_of(decision, place)
    told_with_it = told.deadlines, told.breaches, told.penalties
    return decision.verdict, decision.reachable, sorted(map(place, decision.citations)), limits, told_with_it
