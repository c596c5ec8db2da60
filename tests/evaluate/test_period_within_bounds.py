"""A period against a length of which bounds alone are known: within the least it is within it, beyond the most not."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.oracle.by_hand import loaded

MAY = "- {at: act/1(2), may: keep dog, when: it.stay is present and it.stay is within it.used}\n"
CASES = "{1: {when: it.a, value: 8 days}, 2: {when: not it.a, value: 5 days}}"
BY_CASES = f"{MAY}- {{at: act/1(1), define: it.used, as: {CASES}}}\n"


@pytest.mark.parametrize("reference", [False, True])
@pytest.mark.parametrize(
    ("rules", "until", "verdict", "missing"),
    [
        (BY_CASES, 5, "permitted", ()),
        (BY_CASES, 8, "undetermined", ("it.a",)),
        (BY_CASES, 20, "forbidden_by_default", ()),
        (MAY, 8, "undetermined", ("it.used",)),  # the vocabulary has nine days at most
        (MAY, 20, "forbidden_by_default", ()),
    ],
)
def test_what_is_within_the_least_or_beyond_the_most_is_known(
    rules: str, until: int, verdict: str, missing: tuple[str, ...], reference: bool
) -> None:
    stay = {"from": "2020-03-01", "until": f"2020-03-{until:02}"}
    facts = {"it": {"stay": stay, "away_from": "none"}}
    decision = loaded(rules)[0].decide("keep dog", facts, at=dt.date(2020, 4, 1), reference=reference)
    assert (str(decision.verdict), decision.missing) == (verdict, missing)
