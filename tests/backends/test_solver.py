"""The terms of the solver say of every complete case what is decided about it."""

from __future__ import annotations

import builtins
import datetime as dt
import random
import subprocess
import sys
from itertools import product
from typing import Any

import pytest
from tests.backends.solver_agreement import agree
from tests.evaluate.books import article, book, rule
from tests.evaluate.test_limits_of_ways import LAW as RENTS
from tests.evaluate.test_limits_of_ways import VOCABULARY as RENTS_VOCABULARY
from tests.evaluate.test_wording_not_held import DEFINITIONS, LAW
from tests.evaluate.test_wording_not_held import DEFINITIONS_VOCABULARY as FERRIES
from tests.shipped import shipped as shipped_rulebook

from mutandis.api import Rulebook
from mutandis.backends.solver import terms
from mutandis.backends.solver.action import Lowering
from mutandis.backends.solver.bounds import Bounds
from mutandis.backends.solver.case import CaseTerms
from mutandis.backends.solver.months import Calendar, NamedDay, off_the_weekend, working_days
from mutandis.backends.solver.reckoning import Reckoner
from mutandis.backends.solver.terms import Value, plain_value, z3
from mutandis.calendar.counting import CLOCKS, Counting, counting_of
from mutandis.calendar.dates import add_months
from mutandis.calendar.days_off import DaysOff
from mutandis.calendar.days_off import working_days as count_working_days
from mutandis.calendar.reckoning import end_of_unit, reckon, reckon_back
from mutandis.calendar.shares import share_of_days
from mutandis.decide.result import Verdict
from mutandis.diagnostics import MutandisError
from mutandis.link.linker import link
from mutandis.rulebook.load import load_text
from mutandis_tools.comparison.dependence import lowered_on
from mutandis_tools.comparison.variables import case_about

PARTS = 6


@pytest.fixture(scope="module")
def shipped() -> Rulebook:
    return shipped_rulebook()


@pytest.mark.parametrize("part", range(PARTS))
def test_every_action_of_the_shipped_rulebook_is_decided_alike(shipped: Rulebook, part: int) -> None:
    actions = sorted(shipped.program.components)[part::PARTS]
    found = agree(shipped, actions, cases=2)
    assert found.differences == []
    assert found.lowered == len(actions)
    assert found.compared >= found.lowered


HARD = (
    "appear_after emergency_release",  # a penalty for a duty done too late
    "compose advisory_committee",  # a list counted against fifteen
    "conduct investigation",  # a period with days that do not count
    "impose proposed_action",  # definitions of the members of a list, much that may be open
    "permit visit",  # wording that is not held
    "prohibit correspondence",
)


@pytest.mark.parametrize("action", HARD)
def test_every_version_of_what_is_hard_to_lower_is_decided_alike(shipped: Rulebook, action: str) -> None:
    found = agree(shipped, [action], cases=48, all_versions=True)
    assert found.differences == [] and not found.not_lowered
    assert found.compared >= 30 and len(found.verdicts) >= 2, found.verdicts


def test_what_is_not_lowered_says_why() -> None:
    small = book(rule("(1)", "must: tell thing", "when: it.count * it.used > 5 days"))
    found = agree(small, ["tell thing"], cases=1)
    assert found.not_lowered == {"tell thing": "a product of two facts"}


def test_months_from_a_moment_are_lowered_as_they_are_decided() -> None:
    when = "when: it.began - 3 months <= it.on or it.began + 1 month > it.due"
    small = book(rule("(1)", "must: tell thing", when, "deadline: by now + 1 month"))
    found = agree(small, ["tell thing"], cases=200)
    assert found.differences == [] and not found.not_lowered and len(found.verdicts) > 1


@pytest.mark.parametrize("due", ["+ 5 days", "+ 1 month", "- 2 months", "+ 30 hours"])
def test_what_is_due_so_long_from_a_moment_ends_as_it_is_decided(due: str) -> None:
    """By days and months with a day, by hours at a moment."""
    found = agree(book(rule("(1)", "must: tell thing", f"deadline: by it.began {due}")), ["tell thing"], cases=100)
    assert found.differences == [] and not found.not_lowered and found.compared > 50


def test_a_penalty_for_a_duty_done_too_late_is_lowered() -> None:
    for relation in ("by", "on", "before"):
        late = book(
            rule("(1)", "must: do thing", "when: it.a", f"deadline: {relation} it.on + 3 days"),
            rule("(2)", "penalty:", "  of: (1)", "  any: [fine up to 5000 won]"),
        )
        found = agree(late, ["do thing"], cases=200)
        assert found.differences == [] and found.lowered == 1, found


SMALL = (
    rule("(1)", "may: do thing", "when: it.a", "requires: how.days <= 30 days"),
    rule("(2)", "must_not: do thing", "when: it.b", "unless: it.c and it.until is present"),
    rule("(3)", "may: do thing", "when: it.d and it.until is present and it.until < it.on", "despite: (2)"),
    rule("(4)", "must: tell thing", "when: at least 2 x in it.parts where (x.good)"),
    rule("(5)", "limits: do thing", "when: it.kind is red", "requires: how.days < it.used"),
)


def test_absent_values_lists_and_limits_are_decided_alike() -> None:
    found = agree(book(*SMALL), ["do thing", "tell thing"], cases=300)
    assert found.differences == []
    assert found.lowered == 2 and len(found.verdicts) >= 4, found


STUBS = (
    "define: ferry.gear, when: ferry.length > 9",
    "define: ferry.gear, as: mast",
    "define: ferry.least_crew",
    "define: ferry.class, when: ferry.licensed",
    "define: ferry.due_on",
)


@pytest.mark.parametrize("stub", STUBS)
def test_a_definition_whose_earlier_wording_is_not_held_is_lowered_whatever_it_gives(stub: str) -> None:
    """Also a set of words: it is not known then."""
    gear = "      gear: {type: one of, several: yes, values: {mast: mast, oars: oars}, label: gear}\n"
    words = FERRIES.replace("      due_on:", f"{gear}      due_on:")
    rules = DEFINITIONS.replace("ferry.length / 2 - 1", "ferry.length - 5").replace(
        "---\n",
        "  - {at: (6), summary: Gear., define: ferry.gear, as: oars, when: ferry.length < 30, since: 2020-01-01}\n"
        f"  - {{at: (7), id: old, summary: Old., {stub}, not_held: replaced by Act No. 2, until: 2020-01-01}}\n---\n",
    )
    rules += "  - {at: (6), summary: Burn., must: pay ferry, when: [ferry.gear is oars]}\n"
    rules += "  - {at: (7), summary: No tow., must_not: tow ferry, when: [ferry.gear is not mast], despite: (2)}\n"
    source = load_text({"act/law.yaml": LAW, "act/vocabulary.yaml": words, "act/1.yaml": rules})
    linked = link(source)
    assert linked.program is not None and not source.diagnostics, (source.diagnostics, linked.diagnostics)
    found = agree(Rulebook(linked.program), list(linked.program.components), cases=60, all_versions=True)
    assert found.differences == [] and not found.not_lowered
    assert found.verdicts[Verdict.UNDETERMINED]


@pytest.mark.parametrize(
    "body", ["if p.good then (it.a or p.days <= 30 days) else p.days <= 20 days", "not (p.good and p.days > 30 days)"]
)
def test_what_each_member_may_have_is_bounded_alike(body: str) -> None:
    bounded = book(rule("(1)", "may: do thing", f"requires: every p in it.parts has ({body})"))
    found = agree(bounded, ["do thing"], 40)
    assert (found.not_lowered, found.differences) == ({}, [])
    assert found.compared > 20


def test_two_limits_of_one_place_on_one_parameter_stay_two(shipped: Rulebook) -> None:
    found = agree(shipped, ["reappoint executive"], cases=60)
    assert found.differences == []
    assert found.verdicts[Verdict.FORBIDDEN] + found.verdicts[Verdict.PERMITTED] > 5, found.verdicts


SPAN = "lease.years >= 2 and lease.years <= 7"


@pytest.mark.parametrize(
    "requires",
    [
        f"flat.kind is new and {SPAN} or flat.kind is old and {SPAN}",
        "flat.kind is new and lease.years <= 7 or flat.kind is old and lease.years <= 5"
        " or flat.tense and lease.years <= 6",
    ],
)
def test_each_way_to_meet_a_requirement_has_its_limits_once(requires: str) -> None:
    let = article(rule("(5)", "may: let lease", "by: owner", f"requires: {requires}"), law="rent")
    linked = link(load_text({"rent/law.yaml": RENTS, "rent/vocabulary.yaml": RENTS_VOCABULARY, "rent/001-a.yaml": let}))
    assert linked.program is not None, linked.diagnostics
    found = agree(Rulebook(linked.program), ["let lease"], cases=60)
    assert found.differences == [] and not found.not_lowered
    assert found.compared >= 30
    case = case_about([lowered_on(linked.program, ("action", "let lease"), dt.date.max)], ())
    measured = Lowering(linked.program, dt.date.max, case).outcome("let lease").measured
    assert [len(entries) for entries in measured.values()] == ([2, 2] if SPAN in requires else [1])


def _constant(term: Any, calendar: Calendar) -> Any:
    """The value of a term about days that are known, with what the calendar says of what it named."""
    for one in reversed(calendar.named):
        if isinstance(one, NamedDay) and not isinstance(term, int):
            term = z3().substitute(term, (one.found, one.exact))
    return term if isinstance(term, int) else plain_value(z3().simplify(term))


@pytest.mark.parametrize("end", ["clamp", "next day", "last day"])
def test_months_are_added_as_the_calendar_adds_them(end: Any) -> None:
    rng, calendar = random.Random(end), Calendar()
    for _ in range(300):
        day = dt.date(1930, 1, 1) + dt.timedelta(days=rng.randrange(40_000))
        months = rng.randint(-60, 600)
        found = _constant(calendar.add_months(day.toordinal(), calendar.space.constant(months), end), calendar)
        assert dt.date.fromordinal(found) == add_months(day, months, end), (day, months)


def test_a_day_so_many_years_on_lies_as_near_as_is_stated() -> None:
    """Sixteenths of a day off the mean, for all days of four years."""
    first = dt.date(1971, 3, 1)
    for end, years in product(("clamp", "next day", "last day"), range(-30, 31)):
        for number in range(0, 1461, 7 if years % 4 else 1):
            day = first + dt.timedelta(days=number)
            found = add_months(day, 12 * years, end)  # type: ignore[arg-type]  # one of the words above
            assert abs(16 * (found - day).days - 487 * 12 * years) <= 12, (day, years, end)


@pytest.mark.parametrize("months", [1, 3, 6, 12])
@pytest.mark.parametrize("shift", [-1, 0, 1])
def test_a_unit_of_the_calendar_ends_where_the_calendar_ends_it(months: int, shift: int) -> None:
    for number in range(0, 1500, 11):
        calendar, day = Calendar(), dt.date(1971, 1, 1) + dt.timedelta(days=number)
        found = calendar.end_of_unit(day.toordinal(), months, shift)
        assert dt.date.fromordinal(found) == end_of_unit(day, months, shift)


def test_what_rests_on_the_end_of_a_unit_is_decided_so() -> None:
    rules = (
        rule("(1)", "may: do thing", "when: it.on > the end of the quarter preceding that of it.due"),
        rule("(2)", "must_not: do thing", "when: it.on > the end of the month of it.due", "despite: (1)"),
    )
    found = agree(book(*rules), ["do thing"], cases=200)
    assert not found.not_lowered and found.differences == []


def test_the_same_terms_in_another_order_are_one_term() -> None:
    space = terms.Space()
    a, b, c = (space.yes_no(name) for name in "abc")
    for joined in (terms.both, terms.either):
        assert terms.alike(joined([a, b, c]), joined([c, a, b])) and not terms.alike(joined([a, b]), joined([a, c]))
    assert not terms.alike(terms.both([a, b]), terms.either([a, b]))


def test_days_off_the_weekend_are_the_nearest_working_days() -> None:
    free, calendar = DaysOff.given([]), Calendar()
    for number in range(14):
        day = dt.date(2024, 2, 20) + dt.timedelta(days=number)
        for forward in (True, False):
            found = off_the_weekend(day.toordinal(), forward)
            assert found == _constant(off_the_weekend(calendar.space.constant(day.toordinal()), forward), calendar)
            count = reckon if forward else reckon_back
            plain = dt.date.fromordinal(found)
            assert plain == count(day, "days", 0, Counting(), days_off=free).last


def test_working_days_are_counted_as_the_calendar_counts_them() -> None:
    free, calendar = DaysOff.given([]), Calendar()
    for start, number in product(range(7), range(12)):
        day = dt.date(2024, 2, 20) + dt.timedelta(days=start)
        for forward in (True, False):
            found = working_days(day.toordinal(), number, forward)
            from_, count = (calendar.space.constant(one) for one in (day.toordinal(), number))
            assert found == _constant(working_days(from_, count, forward), calendar)
            assert dt.date.fromordinal(found) == count_working_days(day, number, free, 1 if forward else -1).nearest


@pytest.mark.parametrize("clock", [clock for clock in CLOCKS if clock != "hours"])
@pytest.mark.parametrize("family", ["days", "months"])
def test_periods_end_where_the_calendar_ends_them(clock: Any, family: Any) -> None:
    rng, reckoner, counting = random.Random(f"{clock} {family}"), Reckoner(CaseTerms(Bounds())), counting_of(clock)
    for _ in range(60):
        day = dt.date(1950, 1, 1) + dt.timedelta(days=rng.randrange(30_000))
        amount = rng.randint(0, 48)
        space = reckoner.case.space
        length, minute = Value("duration", space.constant(amount)), rng.choice((0, 1, 1439))
        moment = dt.datetime.combine(day, dt.time(*divmod(minute, 60)))
        anchors = (Value("date", day.toordinal()), Value("moment", day.toordinal() * 1440 + minute))
        for (event, anchor), after in product(zip((day, moment), anchors, strict=True), (True, False)):
            found = reckoner.end_of(anchor, length, family, after, counting)
            assert isinstance(found, Value)
            told = (reckon if after else reckon_back)(event, family, amount, counting, days_off=DaysOff.given([]))
            last = dt.date.fromordinal(_constant(found.term, reckoner.case.calendar))
            assert last == told.last, (event, amount, after)


@pytest.mark.parametrize("clock", CLOCKS)
def test_months_from_a_moment_keep_the_time_of_the_day(clock: Any) -> None:
    """From midnight the day counts, so the months end with another convention."""
    rng, reckoner, counting = random.Random(clock), Reckoner(CaseTerms(Bounds())), counting_of(clock)
    for number in range(120):
        day = dt.datetime(1950, 1, 28) + dt.timedelta(days=rng.randrange(30_000))
        start = day + dt.timedelta(minutes=rng.randrange(1440)) if number % 2 else day
        amount, space = rng.randint(0, 48), reckoner.case.space
        begun = Value("moment", start.toordinal() * 1440 + start.hour * 60 + start.minute)
        for forward, sign in ((True, 1), (False, -1)):
            found = reckoner.moved(begun, Value("duration", space.constant(amount)), "months", forward, counting)
            told = counting.advance(start, "months", sign * amount) if amount else start
            assert isinstance(told, dt.datetime)
            minutes = told.toordinal() * 1440 + told.hour * 60 + told.minute
            assert _constant(found.term, reckoner.case.calendar) == minutes, (start, amount, forward)


def test_a_share_of_a_term_is_what_the_calendar_says() -> None:
    from fractions import Fraction

    rng, reckoner = random.Random(1), Reckoner(CaseTerms(Bounds()))
    for _ in range(60):
        first = dt.date(1990, 1, 1) + dt.timedelta(days=rng.randrange(9_000))
        months = rng.randint(1, 40)
        last = add_months(first, months, "next day") - dt.timedelta(days=rng.choice([0, 1, 5]))
        part, rounding = Fraction(1, rng.choice([2, 3])), rng.choice(["up", "down"])
        ends = (Value("date", first.toordinal()), Value("date", last.toordinal()))
        found = reckoner.share(*ends, part, rounding)
        assert _constant(found.term, reckoner.case.calendar) == share_of_days(part, first, last, rounding), (
            first,
            last,
            part,
            rounding,
        )


def test_without_the_solver_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = builtins.__import__

    def refuse(name: str, *rest: Any) -> Any:
        if name == "z3":
            raise ImportError(name)
        return plain(name, *rest)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(MutandisError, match=r"pip install 'mutandis\[analysis\]'"):
        terms.z3.__wrapped__()  # as the first call finds it


def test_what_is_put_aside_for_the_collector_is_let_go_at_the_outer_end() -> None:
    """In a program of its own: all that tests share is put aside from the beginning, so that no other is outermost."""
    program = """
import gc
from mutandis.backends.solver.search import small_heap
with small_heap():
    with small_heap() as tidy:
        tidy()
    print("within:", gc.get_freeze_count() > 0)
print("after:", gc.get_freeze_count())
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines() == ["within: True", "after: 0"]
