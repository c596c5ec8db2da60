"""Running the cases of a rulebook: each is asked, and its answer compared with what it expects."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from mutandis.api import Rulebook
from mutandis.decide.result import Decision
from mutandis.diagnostics import Diagnostic
from mutandis.rulebook.case_file import CaseFile
from mutandis_tools.casebook.ask import Assessor, ask_case
from mutandis_tools.casebook.difference import Difference
from mutandis_tools.opening import Opened, find_case_faults, read_case_facts

Status = Literal["passed", "failed", "broken"]


@dataclass(frozen=True, slots=True)
class CaseOutcome:
    """One case, run. `broken` cases could not be asked: `diagnostics` says why."""

    case: CaseFile
    differences: tuple[Difference, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    decision: Decision | None = None

    @property
    def status(self) -> Status:
        """Passed, failed or broken."""
        if self.diagnostics:
            return "broken"
        return "failed" if self.differences else "passed"


def run_case(opened: Opened, rulebook: Rulebook, case: CaseFile, decider: Assessor | None = None) -> CaseOutcome:
    """The outcome of one case. A case with a mistake in it is broken and not asked.

    `decider` decides in the rulebook's stead.
    """
    faults = find_case_faults(opened, case)
    if faults:
        return CaseOutcome(case, diagnostics=faults)
    facts = read_case_facts(opened.source, rulebook.program, case).facts
    differences, decision = ask_case(rulebook, case, facts, decider)
    return CaseOutcome(case, differences, decision=decision)


def count_outcomes(outcomes: Iterable[CaseOutcome]) -> dict[Status, int]:
    """How many of each status."""
    counts: dict[Status, int] = {"passed": 0, "failed": 0, "broken": 0}
    for outcome in outcomes:
        counts[outcome.status] += 1
    return counts
