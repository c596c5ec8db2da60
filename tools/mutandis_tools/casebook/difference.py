"""Comparing a decision with what a case expects, in words a drafter can act on.

What a case does not mention is not compared. What it lists it lists completely, except limits: those it names must be
there, others may.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping

from mutandis.dataclass import dataclass
from mutandis.decide.result import Decision, Limit, as_data
from mutandis.facts.written import Misfit, read_value
from mutandis.rulebook.case_question import CITATION_KEYS, ROLE_KEYS, Expectation, ExpectedLimit
from mutandis.values import Duration, Sum
from mutandis.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as expected: its key in the case file, what was expected, what was decided."""

    what: str
    expected: str
    actual: str

    def __str__(self) -> str:
        return f"{self.what}: expected {self.expected or 'nothing'}, got {self.actual or 'nothing'}"


def compare_decision(expected: Expectation, decision: Decision, vocabulary: Vocabulary) -> tuple[Difference, ...]:
    """Every difference, in the order of the keys of a case file; empty if the decision is as expected."""
    return tuple(_differences(expected, decision, vocabulary))


def _told_as(role: str) -> Callable[[Decision], Iterable[str]]:
    """The places that the answer tells with `role`; one that decides as well opens nothing of its own."""
    return lambda decision: (
        one.provision
        for one in decision.authority
        if one.role == role and not (role == "opens" and one.provision in decision.citations)
    )


_LISTED: Mapping[str, Callable[[Decision], Iterable[str]]] = {
    "cites": lambda decision: decision.citations,
    "breaches": lambda decision: (b.provision for b in decision.breaches),
    "beaten": lambda decision: (b.provision for b in decision.beaten),
    "penalties": lambda decision: (p.provision for p in decision.penalties),
    "notes": lambda decision: (n.provision for n in decision.notes),
    "by": lambda decision: (role for cited in decision.cited for role in cited.by),
    "to": lambda decision: (role for cited in decision.cited for role in cited.to),
    "falls_on": lambda decision: (role for penalty in decision.penalties for role in penalty.by),
    "threatens": lambda decision: (one for penalty in decision.penalties for one in penalty.options),
    "missing": lambda decision: decision.missing,
    "irrelevant": lambda decision: (one.fact for one in decision.irrelevant),
    "findings": lambda decision: (f.fact for f in decision.findings),
    "fictions": lambda decision: (f.fact for f in decision.fictions),
    "presumptions": lambda decision: (p.fact for p in decision.presumptions),
    **{role: _told_as(role) for role in ROLE_KEYS},
}
"""What the decision has under each key that a case can list: some of it takes longer to work out than to decide."""


def listed_in(decision: Decision, keys: Iterable[str] = tuple(_LISTED)) -> dict[str, tuple[str, ...]]:
    """What the decision has under each of the keys that a case can list, once each."""
    return {key: tuple(dict.fromkeys(_LISTED[key](decision))) for key in keys}


def _differences(expected: Expectation, decision: Decision, vocabulary: Vocabulary) -> Iterator[Difference]:
    if expected.verdict is not None and expected.verdict != decision.verdict.value:
        yield Difference("verdict", expected.verdict, decision.verdict.value)
    if expected.reachable is not None and set(expected.reachable) != {v.value for v in decision.reachable}:
        yield Difference("reachable", ", ".join(expected.reachable), ", ".join(v.value for v in decision.reachable))
    actual = listed_in(decision, (key for key, _ in expected.lists))
    for key, wanted in expected.lists:
        yield from compare_sets(key, wanted, actual[key])
    if expected.limits is not None:
        yield from _compare_limits(expected.limits, decision.limits, vocabulary)
    if expected.deadline is not None:
        due = tuple(str(as_data(d.due)) if d.due is not None else d.words for d in decision.deadlines)
        if _in_one_form(expected.deadline) not in {_in_one_form(one) for one in due}:
            yield Difference("deadline", expected.deadline, ", ".join(one or "not known" for one in due))


def as_place(citation: str) -> str:
    """A citation as cases compare it: a main sentence is cited as the place it stands in."""
    return citation.removesuffix(" main")


def compare_sets(key: str, wanted: tuple[str, ...], actual: tuple[str, ...]) -> Iterator[Difference]:
    """The difference between two sets of names or citations: what is missing and what is too much, each by name."""
    if key in CITATION_KEYS:
        wanted, actual = tuple(map(as_place, wanted)), tuple(map(as_place, actual))
    absent = [one for one in wanted if one not in actual]
    extra = [one for one in actual if one not in wanted]
    if absent and extra:
        yield Difference(key, ", ".join(absent), ", ".join(extra))
    elif absent:
        yield Difference(key, ", ".join(absent), f"only {', '.join(actual)}" if actual else "")
    elif extra:
        yield Difference(key, f"only {', '.join(wanted)}" if wanted else "", f"also {', '.join(extra)}")


def _in_one_form(moment: str) -> str:
    """A date, or a moment at midnight, as the same text."""
    try:
        return dt.datetime.fromisoformat(moment).isoformat()
    except ValueError:
        return moment.replace(" ", "_")


# --- limits -----------------------------------------------------------------------------------------------------------


def _compare_limits(
    wanted: tuple[ExpectedLimit, ...], actual: tuple[Limit, ...], vocabulary: Vocabulary
) -> Iterator[Difference]:
    if not wanted and actual:
        yield Difference("limits", "", "; ".join(describe_limit(limit) for limit in actual))
    for one in wanted:
        if not any(_is_expected(one, limit, vocabulary) for limit in actual):
            near = [limit for limit in actual if limit.provision == one.at] or list(actual)
            yield Difference("limits", _describe_expected(one), "; ".join(describe_limit(limit) for limit in near))


def _is_expected(wanted: ExpectedLimit, limit: Limit, vocabulary: Vocabulary) -> bool:
    if as_place(wanted.at) != as_place(limit.provision) or (wanted.parameter and wanted.parameter != limit.parameter):
        return False
    if wanted.relation and wanted.relation != limit.relation:
        return False
    for text, value in ((wanted.bound, limit.outer), (wanted.margin, limit.margin)):
        if text and not same_value(text, value, limit.parameter, vocabulary):
            return False
    return True


def same_value(written: str, value: object, fact: str, vocabulary: Vocabulary) -> bool:
    """True if `written` (`2 weeks`) is how a case could write `value` (14 days) of the type of `fact`."""
    if str(as_data(value)) == written or (value is None and written == "none") or _yes_no(value) == written:
        return True
    read = read_value(fact, vocabulary.facts.get(fact), written)
    if isinstance(read, Misfit):
        return False
    if isinstance(value, Duration | Sum) and not isinstance(read, Duration):
        value = value.amount
    return bool(read == value)


def _yes_no(value: object) -> str | None:
    return ("yes" if value else "no") if isinstance(value, bool) else None


def describe_limit(limit: Limit) -> str:
    """`act/77(1) temporary_release.days at_most 20 days, margin 12 days`."""
    bound = as_data(limit.outer) if limit.inner == limit.outer else f"{as_data(limit.inner)} to {as_data(limit.outer)}"
    margin = f", margin {as_data(limit.margin)}" if limit.margin is not None else ""
    return f"{limit.provision} {limit.parameter} {limit.relation} {bound}{margin}"


def _describe_expected(wanted: ExpectedLimit) -> str:
    parts = [wanted.at, wanted.parameter, wanted.relation, wanted.bound]
    margin = f", margin {wanted.margin}" if wanted.margin else ""
    return " ".join(part for part in parts if part) + margin
