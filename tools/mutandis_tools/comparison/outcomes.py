"""Which cases come out otherwise by another rulebook.

Every case that asks for a decision is decided by both, with the facts as each vocabulary reads them. A case that only
one of them can read is told as such.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from mutandis.api import Rulebook
from mutandis.dataclass import dataclass
from mutandis.decide.result import Decision
from mutandis.rulebook.case_file import CaseFile
from mutandis_tools.casebook.ask import decide_case
from mutandis_tools.opening import Opened, read_case


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two rulebooks; `law_as_of` is the version that it is asked about, None for that of each case."""

    opened: Opened
    rulebook: Rulebook
    law_as_of: dt.date | None = None


@dataclass(frozen=True, slots=True)
class OutcomeChange:
    """A case with another verdict or other citations; None where that rulebook cannot be asked it."""

    case: CaseFile
    old: Decision | None
    new: Decision | None

    @property
    def changes_verdict(self) -> bool:
        """True if the verdict itself is another, not only what it rests on."""
        return self.old is None or self.new is None or self.old.verdict != self.new.verdict


def compare_outcomes(old: Side, new: Side, cases: Iterable[CaseFile]) -> tuple[OutcomeChange, ...]:
    """Every case whose verdict or citations differ, in the order given."""
    found: list[OutcomeChange] = []
    for case in cases:
        if case.ask.question != "decide":
            continue
        before, after = _decide(old, case), _decide(new, case)
        if _answer(before) != _answer(after):
            found.append(OutcomeChange(case, before, after))
    return tuple(found)


def cases_of_both(old: Opened, new: Opened) -> tuple[CaseFile, ...]:
    """The cases of both rulebooks: the new one's, then those that only the old one has, by name."""
    known = {case.name for case in new.cases.cases}
    return (*new.cases.cases, *(case for case in old.cases.cases if case.name not in known))


def _decide(side: Side, case: CaseFile) -> Decision | None:
    read = read_case(side.opened, case)
    if side.law_as_of is not None:
        case = replace(case, law_as_of=side.law_as_of)
    return None if read.diagnostics else decide_case(side.rulebook, case, read.facts)


def _answer(decision: Decision | None) -> tuple[object, ...]:
    return () if decision is None else (decision.verdict, decision.reachable, decision.citations, decision.limits)
