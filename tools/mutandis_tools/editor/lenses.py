"""What is told above each rule: how many cases test its provision, whether they pass, and which clauses apply it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mutandis.api import Rulebook
from mutandis.backends.sparing import sparing
from mutandis.citation import Citation, CitationRange, plain_place
from mutandis.dataclass import dataclass
from mutandis.link.rule_parts import places_of
from mutandis.rulebook.case_file import CaseFile
from mutandis.rulebook.model import Rule
from mutandis.source import Span
from mutandis_tools.casebook.run import CaseOutcome, run_case
from mutandis_tools.editor.desk import Desk
from mutandis_tools.editor.standing import Standing

_MOST_CLAUSES = 6


@dataclass(frozen=True, slots=True)
class Lens:
    """What is told above a rule; `runs` is the provision whose cases a click runs, empty where there are none."""

    span: Span
    text: str
    runs: str = ""


class Casebook:
    """The cases of a rulebook as it last stood, run when they are first asked for."""

    def __init__(self, standing: Standing) -> None:
        self._standing = standing
        program = standing.opened.linked.program
        self._rulebook = Rulebook(program) if program is not None else None
        self._decider = sparing(program) if program is not None else None
        self._tested: dict[Citation, list[CaseFile]] | None = None
        self._ranges: list[tuple[CitationRange, CaseFile]] = []
        self._outcomes: dict[tuple[str, str], CaseOutcome] = {}

    @property
    def can_run(self) -> bool:
        """False where the rulebook has errors that keep it from deciding."""
        return self._rulebook is not None

    def cases_of(self, rules: Iterable[Rule]) -> tuple[CaseFile, ...]:
        """The cases that say they test the provision of these rules, or a part of it."""
        if self._tested is None:
            self._tested = {}
            for case in self._standing.opened.cases.cases:
                for one in case.tests:
                    if one.first == one.last:
                        self._tested.setdefault(plain_place(one.first), []).append(case)
                    else:
                        self._ranges.append((one, case))
        places = dict.fromkeys(plain_place(place) for rule in rules for place in places_of(rule))
        found = [case for place in places for case in self._tested.get(place, ())]
        found += [case for cited, case in self._ranges if any(map(cited.covers, places))]
        return tuple({(case.span.file, case.span.line): case for case in found}.values())

    def run(self, cases: Iterable[CaseFile]) -> tuple[CaseOutcome, ...]:
        """What each of the cases comes to; each is run once."""
        if self._rulebook is None:
            return ()
        found = []
        for case in cases:
            key = (case.span.file, case.name)
            if key not in self._outcomes:
                self._outcomes[key] = run_case(self._standing.opened, self._rulebook, case, self._decider)
            found.append(self._outcomes[key])
        return tuple(found)


def lenses_of(desk: Desk, casebook: Casebook, rules: Iterable[Rule]) -> tuple[Lens, ...]:
    """For each provision that these rules stand at: its cases, how they end, and what applies it.

    Nothing until the whole was read: what tests or applies a rule stands in other files.
    """
    if not desk.is_whole:
        return ()
    found: dict[Citation, Lens] = {}
    by_place: dict[Citation, list[Rule]] = {}
    for rule in rules:
        by_place.setdefault(rule.at, []).append(rule)
    for at, standing in by_place.items():
        rule = standing[0]
        cases = casebook.cases_of(standing)
        told = [told_of(cases, casebook)]
        clauses = desk.standing.appliers_of(rule.at)
        if clauses:
            told.append("applied by " + _clauses(clauses, rule.at))
        found[at] = Lens(rule.span, " · ".join(told), str(rule.at) if cases and casebook.can_run else "")
    return tuple(found.values())


def told_of(cases: tuple[CaseFile, ...], casebook: Casebook) -> str:
    """`12 cases, all pass`, or how many do not."""
    if not cases:
        return "no case names it"
    count = f"{len(cases)} case{'' if len(cases) == 1 else 's'}"
    outcomes = casebook.run(cases)
    if not outcomes:
        return count
    bad = sum(one.status != "passed" for one in outcomes)
    if not bad:
        return f"{count}, {'it passes' if len(cases) == 1 else 'all pass'}"
    return f"{count}, {bad} {'does' if bad == 1 else 'do'} not pass"


def report_of(desk: Desk, casebook: Casebook, place: Citation) -> tuple[str, bool]:
    """What running the cases of a provision came to, in lines, and whether all pass."""
    cases = casebook.cases_of(desk.standing.places.get(place, ()))
    lines = [f"{desk.standing.short(place)}: {told_of(cases, casebook)}"]
    for outcome in casebook.run(cases):
        if outcome.status == "passed":
            continue
        lines.append(f"{outcome.case.name} ({outcome.case.span.file}:{outcome.case.span.line})")
        lines += [
            f"  {d.what}: expected {d.expected or 'nothing'}, got {d.actual or 'nothing'}" for d in outcome.differences
        ]
        lines += [f"  {fault.message}" for fault in outcome.diagnostics]
    return "\n".join(lines), len(lines) == 1


def _clauses(clauses: Sequence[str], at: Citation) -> str:
    """Clauses of the same law by their number alone."""
    named = [clause.removeprefix(f"{at.law}/") for clause in clauses[:_MOST_CLAUSES]]
    more = f" and {len(clauses) - _MOST_CLAUSES} more" if len(clauses) > _MOST_CLAUSES else ""
    return ", ".join(named) + more
