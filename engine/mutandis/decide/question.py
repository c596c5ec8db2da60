"""A question but for its facts: about which action, by what clock, under which version of the law, of whom, by which
days off.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from mutandis.calendar.dates import day_of
from mutandis.dataclass import dataclass
from mutandis.errors import MutandisError
from mutandis.link.program import Program

if TYPE_CHECKING:  # what tells of faults is imported where there is one
    from mutandis.diagnostics import CaseError


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the facts of a case. `action` is empty where it is all actions, or a fact.

    `at` is the clock: a day, or a moment. `law_as_of` picks the version of the law. `by` asks about one bearer.
    `holidays` are the caller's, in place of the rulebook's calendar.
    """

    action: str = ""
    at: dt.date | None = None
    law_as_of: dt.date | None = None
    by: str | None = None
    holidays: frozenset[dt.date] | None = None

    def about(self, action: str) -> Question:
        """The same asked about an action, of rows that each may have a clock of their own."""
        return Question(action, None, self.law_as_of, self.by, self.holidays)

    @property
    def version(self) -> dt.date:
        """The day whose version of the law serves: the one named, else that of the clock, else the last of all."""
        return self.version_on(self.at)

    def version_on(self, at: dt.date | None) -> dt.date:
        """`version` with another clock."""
        return self.law_as_of or (dt.date.max if at is None else day_of(at))


_LONGEST = 80
"""What is longer is no name, and is not told in full."""
JUST_FACTS = Question()
"""Nothing is said besides the facts."""


def checked(
    program: Program,
    action: str,
    at: dt.date | None,
    law_as_of: dt.date | None,
    by: str | None,
    holidays: Iterable[dt.date] | None,
) -> Question:
    """The question that a caller asks of a rulebook, about an action that it has, or about none in particular (empty).

    Raises `CaseError` for a role that the rulebook does not have, `MutandisError` for what is no day.
    """
    for name, day in (("at", at), ("law_as_of", law_as_of)):
        if day is not None and not isinstance(day, dt.date):
            raise MutandisError(f"`{name}` is a date, such as `datetime.date(2020, 3, 2)`, not `{str(day)[:40]}`")
    terms = program.vocabulary.terms
    if by is not None and not (isinstance(by, str) and by in terms and terms[by].role):
        raise unknown("role", str(by), [name for name, term in terms.items() if term.role])
    if isinstance(at, dt.datetime) and at.tzinfo is not None:
        raise MutandisError("the moment of a decision is a local time, without an offset")
    if isinstance(law_as_of, dt.datetime):
        raise MutandisError("a version of the law is picked by a day, not by a moment")
    days_off = None if holidays is None else _days_off(holidays)
    return Question(action, at, law_as_of, by, days_off)


def known_action(program: Program, action: object) -> str:
    """The action, if the rulebook has it. Raises `CaseError` otherwise."""
    if not isinstance(action, str) or action not in program.components:
        raise unknown("action", str(action), program.components)
    return action


def known_fact(program: Program, fact: object) -> str:
    """The fact, stated or derived, if the rulebook has it. Raises `CaseError` otherwise."""
    known = program.vocabulary.facts
    if not isinstance(fact, str) or (fact not in known and fact not in program.derived):
        raise unknown("fact", str(fact), known)
    return fact


def unknown(what: str, name: str, known: Iterable[str]) -> CaseError:
    """The error for a question about something that the rulebook does not have."""
    from mutandis.diagnostic_codes import diagnose
    from mutandis.diagnostics import CaseError
    from mutandis.suggest import did_you_mean

    name = name if len(name) <= _LONGEST else f"{name[:_LONGEST]}…"
    help_ = did_you_mean(name, known, f"ask about {'an' if what == 'action' else 'a'} {what} of the vocabulary")
    return CaseError([diagnose("unknown-question", f"the rulebook has no {what} `{name}`", help_)])


def _days_off(holidays: Iterable[dt.date]) -> frozenset[dt.date]:
    # A single day, or what is no row of days at all, is told as any other that is no day.
    several = isinstance(holidays, Iterable) and not isinstance(holidays, str | bytes)
    given: list[object] = list(holidays) if several else [holidays]
    for day in given:
        if not isinstance(day, dt.date) or isinstance(day, dt.datetime):
            raise MutandisError(f"a holiday is a date, such as `datetime.date(2020, 3, 2)`, not `{str(day)[:40]}`")
    return frozenset(day for day in given if isinstance(day, dt.date))
