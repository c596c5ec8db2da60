"""A fiction ends what is presumed with an event, where a case states it, and asks nobody for it (S49)."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.evaluate.books import DAY, book, decide, rule
from tests.shipped import shipped
from tests.sql.agreement import disagreements

from mutandis.backends.unit import Unit
from mutandis.decide.result_parts import Fiction, Presumption
from mutandis.questions import when
from mutandis.rulebook.load import load_text
from mutandis.values import UNKNOWN

DUTY = rule("(1)", "must: tell thing", "when: it.usual")
OVER = rule("(2)", "deem: it.usual", "as: no", "when: it.until is present and it.until < today", "presume: not yet")
STAY = book(DUTY, OVER)
USUAL = Presumption("it.usual", True, "")


def test_where_nothing_is_said_of_the_event_nobody_is_asked_and_the_presumption_stands() -> None:
    found = decide(STAY, {}, "tell thing")
    assert (found.verdict.value, found.missing, found.presumptions, found.fictions) == ("required", (), (USUAL,), ())


@pytest.mark.parametrize(("days", "verdict"), [(1, "silent"), (0, "required"), (-1, "required")])
def test_an_event_that_is_stated_ends_the_presumption_from_its_day_on(days: int, verdict: str) -> None:
    found = decide(STAY, {"it.until": DAY - dt.timedelta(days)}, "tell thing")
    ended = verdict == "silent"
    assert found.verdict.value == verdict
    assert found.presumptions == (() if ended else (USUAL,))
    assert found.fictions == ((Fiction("it.usual", False, "act/1(2)"),) if ended else ())


def test_an_event_said_to_be_none_or_unknown_is_taken_at_its_word() -> None:
    assert decide(STAY, {"it.until": None}, "tell thing").verdict.value == "required"
    found = decide(STAY, {"it.until": UNKNOWN}, "tell thing")
    assert (found.verdict.value, found.missing) == ("undetermined", ("it.until",))


def test_what_the_event_itself_decides_still_misses_it() -> None:
    after = rule("(3)", "must: keep thing", "when: it.until is present")
    found = decide(book(DUTY, OVER, after), {}, "keep thing")
    assert (found.verdict.value, found.missing) == ("undetermined", ("it.until",))


def test_no_clock_is_asked_for_where_the_event_is_not_stated() -> None:
    found = decide(STAY, {}, "tell thing", at=None)
    assert (found.verdict.value, found.missing) == ("required", ())


LATE, EARLY = dt.date(2031, 3, 1), DAY
BY_DAY = "today >= 2030-01-01"


@pytest.mark.parametrize(
    ("when", "late"),
    [
        (f"it.until is present or {BY_DAY}", "silent"),
        (f"it.until is not present and {BY_DAY}", "silent"),
        (f"it.until is present and {BY_DAY}", "required"),
        (f"it.until is present and {BY_DAY} or it.until is present", "required"),
    ],
)
@pytest.mark.parametrize("days", [(LATE, EARLY), (EARLY, LATE)])
def test_what_the_day_alone_may_end_is_not_remembered_for_another_day(
    when: str, late: str, days: tuple[dt.date, dt.date]
) -> None:
    asked = book(DUTY, rule("(2)", "deem: it.usual", "as: no", f"when: {when}", "presume: not yet"))
    expected = {LATE: late, EARLY: "required"}
    found = {day: decide(asked, {}, "tell thing", at=day).verdict.value for day in days}
    assert found == expected
    assert {day: asked.decide("tell thing", {}, at=day).verdict.value for day in days} == expected


@pytest.mark.parametrize(("facts", "in_doubt"), [({}, 0), ({"it.until": None}, 0), ({"it.until": UNKNOWN}, 1)])
def test_a_case_that_does_not_state_the_event_is_decided_without_doubt(
    facts: dict[str, object], in_doubt: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[object] = []
    slowly = Unit.decide_in_doubt

    def watched(self: Unit, *given: object) -> object:
        counted.append(given)
        return slowly(self, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(Unit, "decide_in_doubt", watched)
    after = rule("(3)", "must: keep thing", "when: it.until is present")
    for asked in (STAY, book(DUTY, OVER, after)):
        asked.decide("tell thing", facts, at=DAY)
    assert len(counted) == 2 * in_doubt


def test_an_event_that_one_rule_asks_for_is_missed_beside_one_that_only_ends() -> None:
    both = rule("(3)", "must: keep thing", "when: it.usual and it.until is present")
    asked = book(DUTY, OVER, both)
    assert decide(asked, {}, "keep thing").missing == ("it.until",)
    found = {one.action: one.verdict.value for one in asked.assess({}, at=DAY)}
    assert (found["keep thing"], found["tell thing"]) == ("undetermined", "required")


def test_the_stretches_of_time_turn_on_the_day_after() -> None:
    found = when(STAY, "tell thing", {"it.until": DAY})
    assert [(spell.first, spell.verdict.value) for spell in found.spells] == [
        (None, "required"),
        (dt.date(2020, 3, 2), "silent"),
    ]


@pytest.mark.parametrize("column", [["2020-02-29", None, "2020-03-01", "unknown"], [None, None, None, None]])
def test_tables_decide_as_rows_do(column: list[str | None]) -> None:
    action, fact = "hold_with_partition visit", "release.at"
    stated = [None if one is None else one if one == "unknown" else f"{one}T10:00" for one in column]
    table = shipped().decide_table(action, {fact: stated}, at=DAY)
    rows = [{} if one is None else {fact: one} for one in stated]
    assert table.verdict.to_list() == [shipped().decide(action, row, at=DAY).verdict.value for row in rows]


def test_a_query_decides_as_rows_do() -> None:
    assert list(disagreements(shipped(), "hold_with_partition visit", 40)) == []


@pytest.mark.parametrize(
    ("effect", "when"),
    [
        ("deem: it.usual", "when: it.a"),
        ("deem: it.a", "when: it.until is present"),
        ("define: it.read", "when: it.until is present"),
        ("must: tell thing", "when: it.until is present"),
    ],
    ids=["no event", "nothing is presumed", "a definition", "a duty"],
)
def test_what_ends_no_presumption_is_refused(effect: str, when: str) -> None:
    value = ("as: no",) if effect.startswith("deem") else ()
    with pytest.raises(AssertionError, match="MUT094"):
        book(DUTY, rule("(2)", effect, *value, when, "presume: not yet"))


def test_another_word_is_refused() -> None:
    text = {"act/001.yaml": f"law: act\narticle: 1\ntitle: A\nrules:\n  - {OVER.replace(chr(10), chr(10) + '    ')}\n"}
    text["act/001.yaml"] = text["act/001.yaml"].replace("not yet", "never")
    assert any("presume: not yet" in one.help for one in load_text(text).diagnostics)
