"""A permission whose requirements wait for a fact and for a parameter both (S16, S17, S31)."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.oracle.agreement import load_files
from tests.oracle.books import files

from mutandis import Rulebook, Verdict

RULE = {"law": "act", "article": "1", "at": "(1)", "summary": "A rule.", "id": "rule", "may": "do cat"}


def book(*requires: str) -> Rulebook:
    return load_files(files([{**RULE, "requires": list(requires)}]))


@pytest.mark.parametrize("reference", [False, True])
@pytest.mark.parametrize(
    ("requires", "facts", "reachable"),
    [
        (["it.a", "how.heard"], {}, {"conditional", "forbidden"}),
        (["it.a", "how.heard"], {"it": {"a": True}}, {"conditional"}),
        (["it.a", "how.heard"], {"it": {"a": False}}, {"forbidden"}),
        (["it.a", "how.heard"], {"how": {"heard": True}}, {"permitted", "forbidden"}),
        (["it.a", "how.heard", "how.days <= 5 days"], {}, {"conditional", "forbidden"}),
        (["it.a", "how.days <= 5 days"], {}, {"conditional", "forbidden"}),
        (["it.a", "how.days <= 5 days"], {"how": {"days": "5 days"}}, {"permitted", "forbidden"}),
        (["it.a or how.heard"], {}, {"permitted", "conditional", "forbidden"}),
        (["it.a or how.heard"], {"it": {"a": False}}, {"conditional"}),
        (["it.a or how.heard", "it.b"], {}, {"permitted", "conditional", "forbidden"}),
    ],
)
def test_what_can_be_reached(
    requires: list[str], facts: dict[str, object], reachable: set[str], reference: bool
) -> None:
    decision = book(*requires).decide("do cat", facts, at=dt.date(2020, 3, 2), reference=reference)
    assert {str(verdict) for verdict in decision.reachable} == reachable


def test_the_fact_is_missing_and_the_parameter_left_open() -> None:
    decision = book("it.a", "how.heard").decide("do cat", {}, at=dt.date(2020, 3, 2))
    assert (decision.verdict, decision.missing) == (Verdict.UNDETERMINED, ("it.a",))


def test_how_many_requirements_a_norm_has_does_not_matter_where_all_wait_for_parameters() -> None:
    """Two permissions whose requirements hold or fail apart: that one holds and the other fails is gone through."""

    def reachable(each: int) -> set[Verdict]:
        open_ = [f"how.heard or how.days <= {days} days" for days in range(1, 2 * each + 1)]
        ban = {**{key: value for key, value in RULE.items() if key != "may"}, "id": "ban", "must_not": "do cat"}
        plain = {**RULE, "at": "(2)", "id": "plain", "requires": open_[:each]}
        stronger = {**RULE, "at": "(3)", "id": "stronger", "requires": open_[each:], "despite": ["(1)"]}
        decided = load_files(files([ban, plain, stronger])).decide("do cat", {}, at=dt.date(2020, 3, 2))
        return {*decided.reachable}

    assert Verdict.CONFLICT in reachable(1)
    assert reachable(6) == reachable(1)
