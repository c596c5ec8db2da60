"""What the oracle says of the specimens, where every fact that matters is known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest
from tests.oracle.agreement import load_files
from tests.oracle.specimens import files, specimens

from mutandis.diagnostics import Severity
from mutandis.oracle import NoAnswer, Oracle
from mutandis.rulebook.load import load_text

DAY = dt.date(2020, 3, 1)
# What the specimens leave open, where it must be known for an answer in two values.
KNOWN = {
    "c3-lifts-and-applies-recurse": {"how.days": 9},
    "f1-conflict-lost-with-two-open-parameters": {"how.ok": False, "how.days": 10},
    "g-optional-fact-through-a-definition": {"it.limit": 0},
    "h-impossible-verdicts-beside-a-felled-part": {"it.have": 1, "it.d": True},
}
VERDICTS = {
    "f1-conflict-lost-with-two-open-parameters": {"conflict"},
    "f2-conditional-though-no-value-fails": {"permitted"},
    "g-optional-fact-through-a-definition": {"silent"},
}


def oracle(article: str) -> Oracle:
    source = load_text(files(article))
    assert all(d.severity is not Severity.ERROR for d in source.diagnostics)
    return Oracle(source)


@pytest.mark.parametrize(("name", "specimen"), specimens().items(), ids=specimens())
def test_a_specimen_is_decided_as_it_says(name: str, specimen: Mapping[str, Any]) -> None:
    facts = {"how.days": 3, "how.ok": True, **specimen["ask"]["facts"], **KNOWN.get(name, {})}
    answer = oracle(specimen["article"]).decide(specimen["ask"]["action"], facts, DAY)
    expected = VERDICTS.get(name) or set(specimen.get("expect") or specimen["reachable"])
    assert answer.verdict in expected
    if "cites" in specimen:
        assert answer.decides == set(specimen["cites"])


@pytest.mark.parametrize("specimen", specimens().values(), ids=specimens())
def test_the_engine_decides_a_specimen_as_it_says(specimen: Mapping[str, Any]) -> None:
    book = load_files(files(specimen["article"]))
    ask = specimen["ask"]
    for reference in (False, True):
        decision = book.decide(ask["action"], ask["facts"], at=DAY, reference=reference)
        reachable = {str(verdict) for verdict in decision.reachable}
        assert str(decision.verdict) in specimen.get("expect", [str(decision.verdict)])
        assert set(decision.citations) == set(specimen.get("cites", decision.citations))
        assert reachable == set(specimen.get("reachable", reachable))
        assert reachable >= set(specimen.get("reachable_must_contain", ()))
        if "one_more" in specimen:
            more = book.decide(ask["action"], {**ask["facts"], **specimen["one_more"]}, at=DAY, reference=reference)
            assert {str(verdict) for verdict in more.reachable} <= reachable


def test_a_missing_fact_is_no_answer() -> None:
    book = oracle("- at: (1)\n  summary: A ban.\n  must_not: tell cat\n  when: it.a\n")
    with pytest.raises(NoAnswer, match=r"it\.a"):
        book.decide("tell cat", {}, DAY)


CHAIN = """
- at: (1)
  summary: A duty.
  must: do dog
  when: dog.x
- at: (2)
  summary: The same for foxes.
  apply: (1)
  construe: {dog: fox}
  when: it.a
- at: (3)
  summary: The same for cats.
  apply: (2)
  construe: {fox: cat, it.a: it.d}
"""


@pytest.mark.parametrize(("asked", "met"), [("it.d", True), ("it.a", False)])
def test_a_clause_reads_the_scope_of_the_clause_it_applies(asked: str, met: bool) -> None:
    facts = {"dog.x": False, "fox.x": False, "cat.x": True, "it.a": False, "it.d": False, asked: True}
    verdict = oracle(CHAIN).decide("do cat", facts, DAY).verdict
    assert verdict == ("required" if met else "forbidden_by_default")


A_MONTH = """
- at: (1)
  summary: Within a month.
  may: do cat
  requires: it.stay is within 1 month
"""


@pytest.mark.parametrize(
    ("start", "until", "verdict"),
    [
        # Civil Act 160 (2): the day before the corresponding day; (3): the last day where there is none.
        (dt.date(2019, 2, 28), dt.date(2019, 3, 31), "permitted"),
        (dt.date(2019, 2, 28), dt.date(2019, 4, 1), "forbidden"),
        (dt.date(2019, 1, 15), dt.date(2019, 2, 15), "permitted"),
        (dt.date(2019, 1, 15), dt.date(2019, 2, 16), "forbidden"),
        (dt.date(2019, 1, 30), dt.date(2019, 2, 28), "permitted"),
        (dt.date(2019, 1, 30), dt.date(2019, 3, 1), "forbidden"),
    ],
)
def test_a_month_runs_by_the_calendar(start: dt.date, until: dt.date, verdict: str) -> None:
    from mutandis.values import Period

    facts = {"it.stay": Period(start, until)}
    assert oracle(A_MONTH).decide("do cat", facts, DAY).verdict == verdict


def test_references_in_a_circle_have_no_answer() -> None:
    book = oracle("""\
- {at: (1), summary: s, must: tell cat, when: case falls under (2)}
- {at: (2), summary: s, must: tell cat, when: case falls under (3)1}
- {at: (3), summary: s, must: tell cat, grounds: {1: case falls under (2)}}
""")
    with pytest.raises(NoAnswer, match="depends on itself"):
        book.decide("tell cat", {}, DAY)
