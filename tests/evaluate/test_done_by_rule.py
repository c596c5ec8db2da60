"""What records that a duty was done is read where the duty stands: as defined, and through fictions (S12, S39, S51)."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.oracle.agreement import Case, compare
from tests.oracle.by_hand import loaded

from mutandis.decide.result import Decision

DUTY = "- {at: act/1(1), must: tell dog, when: it.a, deadline: by it.began + 10 days}\n"
GIVEN = DUTY + "- {at: act/1(2), define: dog.told_on, as: it.ended, when: it.b}\n"
DEEMED = DUTY + "- {at: act/1(2), deem: dog.told_on, as: it.ended, when: it.b}\n"
ELSEWHERE = "- {at: act/2(1), must: tell dog, when: it.c, deadline: by it.began + 10 days}\n"
WITHIN = DUTY + "- {at: act/1(2), deem: dog.told_on, as: it.ended, when: it.b, within: 1(1)}\n" + ELSEWHERE
ASKING = DUTY + "- {at: act/1(2), define: dog.told_on, as: it.ended, when: [it.b, (1) applies]}\n"
LATER = dt.date(2024, 6, 3)
FACTS: dict[str, object] = {
    "it.a": True,
    "it.b": True,
    "it.began": dt.date(2024, 4, 29),
    "it.ended": dt.date(2024, 5, 3),
}
NOT_TOLD: dict[str, object] = FACTS | {"dog.told_on": None}


def _told(rules: str, facts: dict[str, object]) -> Decision:
    return loaded(rules)[0].decide("tell dog", facts, at=LATER, trusted=True, holidays=frozenset())


@pytest.mark.parametrize(("rules", "facts"), [(GIVEN, FACTS), (ASKING, FACTS), (DEEMED, NOT_TOLD)])
def test_a_duty_that_a_rule_says_was_done_is_kept_and_the_rule_is_told(rules: str, facts: dict[str, object]) -> None:
    decision = _told(rules, facts)
    assert decision.breaches == () and decision.deadlines[0].done == dt.date(2024, 5, 3)
    assert "act/1(2)" in [one.provision for one in decision.authority if one.role == "defines"]
    late = _told(rules, facts | {"it.b": False})
    assert [one.provision for one in late.breaches] == ["act/1(1)"]


@pytest.mark.parametrize(("rules", "facts"), [(GIVEN, FACTS), (DEEMED, NOT_TOLD)])
@pytest.mark.parametrize("open_", ["it.b", "it.ended"])
def test_what_tells_whether_it_was_done_is_missing_once_its_time_is_over(
    rules: str, facts: dict[str, object], open_: str
) -> None:
    decision = _told(rules, {name: value for name, value in facts.items() if name != open_})
    assert (decision.breaches, decision.missing) == ((), (open_,))


def test_a_fiction_within_one_duty_leaves_another_as_it_was_recorded() -> None:
    decision = _told(WITHIN, NOT_TOLD | {"it.c": True})
    assert [one.provision for one in decision.breaches] == ["act/2(1)"]
    assert [one.fact for one in decision.fictions] == ["dog.told_on"]
    assert not _told(WITHIN, NOT_TOLD | {"it.c": False}).breaches


@pytest.mark.parametrize(("rules", "facts"), [(GIVEN, FACTS), (DEEMED, NOT_TOLD), (WITHIN, NOT_TOLD)])
@pytest.mark.parametrize("b", [True, False])
def test_the_oracle_reads_it_so(rules: str, facts: dict[str, object], b: bool) -> None:
    assert compare(*loaded(rules), Case("tell dog", facts | {"it.b": b, "it.c": True}, (), LATER, None)) is None
