"""Running the cases of a rulebook: each is asked, and its answer compared with what it expects."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from mutandis.api import Rulebook
from mutandis.dataclass import dataclass
from mutandis.decide.result import Decision
from mutandis.diagnostics import DiagnosedError, Diagnostic
from mutandis.facts import Facts
from mutandis.rulebook.case_file import CaseFile
from mutandis.rulebook.case_question import Ask, Expectation
from mutandis_tools.casebook.ask import Assessor, ask_case
from mutandis_tools.casebook.difference import Difference
from mutandis_tools.opening import Opened, read_case

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
    read = read_case(opened, case)
    if read.diagnostics:
        return CaseOutcome(case, diagnostics=read.diagnostics)
    try:
        differences, decision = ask_case(rulebook, case, read.facts, decider, facts_before(opened, case))
    except DiagnosedError as error:
        # What only asking brings to light is wrong with this case alone; the others are asked all the same.
        return CaseOutcome(case, diagnostics=error.diagnostics)
    return CaseOutcome(case, differences, decision=decision)


def facts_before(opened: Opened, case: CaseFile) -> Facts | None:
    """The facts of the case from which one that asks for an assessment goes on; None where there is none."""
    if case.after is None or case.ask.question != "assess":
        return None
    return read_case(opened, case.after).facts


def unread_cases(faults: Iterable[Diagnostic]) -> list[CaseOutcome]:
    """A broken outcome for each file with cases that do not read."""
    by_file: dict[str, list[Diagnostic]] = {}
    for fault in faults:
        by_file.setdefault(fault.span.file, []).append(fault)
    nothing = Ask("assess", "")
    return [
        CaseOutcome(
            CaseFile("a case that does not read", "", (), None, None, {}, nothing, Expectation(), span=found[0].span),
            diagnostics=tuple(found),
        )
        for found in by_file.values()
    ]


def count_outcomes(outcomes: Iterable[CaseOutcome]) -> dict[Status, int]:
    """How many of each status."""
    counts: dict[Status, int] = {"passed": 0, "failed": 0, "broken": 0}
    for outcome in outcomes:
        counts[outcome.status] += 1
    return counts
