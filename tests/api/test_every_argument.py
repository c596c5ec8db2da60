"""Whatever is given for whichever argument of the library: an answer, or a sentence of the library's own errors."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mutandis import (
    UNKNOWN,
    BundleError,
    DecisionRecord,
    MutandisError,
    Rulebook,
    Verdict,
    as_data,
    as_json,
    parse_citation,
)
from mutandis.citation import CitationError
from mutandis.questions import (
    allowed_ranges,
    facts_it_rests_on,
    minimal_facts,
    next_question,
    start_interview,
    take_away,
    when,
    why_not,
)

BOOK = Rulebook.load(Path(__file__).parents[1] / "library")
ACTION = "lend book"
FACTS = {"reader.class": "adult"}
ASKED: dict[str, Any] = {"action": ACTION, "at": None, "law_as_of": None, "by": None, "holidays": None}
OF_FACTS = {**ASKED, "facts": FACTS}
WHEN = when(BOOK, ACTION, FACTS)
RECORD = BOOK.record(ACTION, FACTS)
NESTED: list[Any] = []
NESTED.append(NESTED)

OWN = (MutandisError, BundleError, CitationError, FileNotFoundError)
"""What the library may raise: its own errors, and what `load` says it raises where nothing is."""

CALLS: dict[str, tuple[Callable[..., object], dict[str, Any]]] = {
    "Rulebook.load": (Rulebook.load, {"path": "nothing"}),
    "Rulebook.load_bundle": (Rulebook.load_bundle, {"path": "nothing"}),
    "read": (BOOK.read, {"facts": FACTS}),
    "decide": (BOOK.decide, {**OF_FACTS, "trusted": False, "reference": False}),
    "record": (BOOK.record, OF_FACTS),
    "decide_again": (BOOK.decide_again, {"record": RECORD}),
    "prepare": (BOOK.prepare, ASKED),
    "what is prepared": (BOOK.prepare(ACTION), {"facts": FACTS}),
    "assess": (BOOK.assess, {key: value for key, value in OF_FACTS.items() if key != "action"}),
    "decide_table": (
        BOOK.decide_table,
        {**ASKED, "frame": {"reader.class": ["adult"]}, "none": None, "on_bad": "raise", "progress": None},
    ),
    "decide_file": (
        BOOK.decide_file,
        {
            "action": ACTION,
            "given": "no.csv",
            "out": "out.csv",
            "open_too": False,
            "resume": True,
            "keep": None,
            "parts": ("verdict",),
            "on_bad": "error",
        },
    ),
    "impact": (
        BOOK.impact,
        {
            "amended": BOOK,
            "population": {"reader.class": ["adult"]},
            "actions": [ACTION],
            "samples": 1,
            "progress": None,
        },
    ),
    "sql": (
        BOOK.sql,
        {
            "action": ACTION,
            "dialect": "duckdb",
            "table": "cases",
            "facts": None,
            "none": (),
            "full": (),
            "keep": (),
            "underscores": False,
            "at": None,
        },
    ),
    "columns": (BOOK.columns, {"action": ACTION, "at": None, "law_as_of": None, "by": None}),
    "value": (BOOK.value, {"fact": "reader.class", "facts": FACTS, "at": None, "law_as_of": None, "holidays": None}),
    "find": (BOOK.find, {"words": "lend", "most": 8}),
    "facts_of": (BOOK.facts_of, {"action": ACTION}),
    "facts_schema": (BOOK.facts_schema, {"action": ACTION}),
    "parse_citation": (parse_citation, {"text": "act/1", "law": "", "article": ""}),
    "Citation.covers": (parse_citation("act/1").covers, {"other": parse_citation("act/1(1)")}),
    "DecisionRecord.of_data": (DecisionRecord.of_data, {"data": RECORD.as_data()}),
    "as_data": (as_data, {"value": "text"}),
    "as_json": (as_json, {"value": "text"}),
    "next_question": (next_question, {"decider": BOOK, **OF_FACTS}),
    "start_interview": (start_interview, {"decider": BOOK, **OF_FACTS}),
    "Interview.answer": (start_interview(BOOK, ACTION, {}).answer, {"value": "adult"}),
    "when": (when, {"decider": BOOK, "action": ACTION, "facts": FACTS, "law_as_of": None, "by": None}),
    "When.at": (WHEN.at, {"moment": dt.date(2020, 1, 1)}),
    "When.holding": (WHEN.holding, {"wanted": Verdict.PERMITTED}),
    "When.next": (WHEN.next, {"wanted": Verdict.PERMITTED, "after": dt.date(2020, 1, 1)}),
    "why_not": (why_not, {"decider": BOOK, "action": ACTION, "facts": FACTS, "wanted": Verdict.PERMITTED, "by": None}),
    "take_away": (take_away, {"decider": BOOK, "action": ACTION, "facts": FACTS, "fact": "reader.class"}),
    "minimal_facts": (minimal_facts, {"decider": BOOK, "action": ACTION, "facts": FACTS}),
    "facts_it_rests_on": (facts_it_rests_on, {"decider": BOOK, "action": ACTION, "facts": FACTS}),
    "allowed_ranges": (allowed_ranges, {"decider": BOOK, "action": ACTION, "facts": FACTS}),
}


def _wrong() -> Iterator[Any]:
    """One thing of each kind that is not what was asked for, made anew: generators are used up."""
    yield from (None, 0, -1, 10**400, 1.5, float("nan"), float("inf"), True, "", "zebra", "2020-13-45", b"x")
    yield from (np.int64(3), np.float64("nan"), np.datetime64("2020-01-01"), np.bool_(True), np.array([1, 2]))
    yield from ([], [None], ["x", [1]], {}, {"a": {"b": [{}]}}, {1: 2}, {None: None}, NESTED, {1, 2}, range(3))
    yield from ((number for number in range(2)), object(), object, len, lambda: 1, memoryview(b"ab"))
    yield from (dt.date(2020, 1, 1), dt.datetime(2020, 1, 1, tzinfo=dt.UTC), dt.timedelta(3), dt.time(1))
    yield from (Decimal("NaN"), 1j, Path("x"), UNKNOWN, Verdict.FORBIDDEN, "\ud800", "a\0b", Ellipsis)


ARGUMENTS = [(call, argument) for call, (_, usual) in CALLS.items() for argument in usual]


@pytest.mark.parametrize(("call", "argument"), ARGUMENTS, ids=[f"{call}: {name}" for call, name in ARGUMENTS])
def test_what_is_of_another_kind_is_told_in_a_sentence(
    call: str, argument: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    function, usual = CALLS[call]
    for wrong in _wrong():
        if wrong is NESTED and call in ("as_data", "as_json"):
            continue  # what holds itself has no end, and no decision does
        try:
            function(**{**usual, argument: wrong})
        except OWN as told:
            said = str(told)
            assert said.strip()
            assert len(said) < 400
            assert "Traceback" not in said


def test_a_verdict_may_be_named() -> None:
    named = why_not(BOOK, ACTION, FACTS, "permitted")  # type: ignore[arg-type]  # as somebody types it
    assert named.wanted == (Verdict.PERMITTED,)
    assert WHEN.holding(["permitted", Verdict.FORBIDDEN]) == WHEN.holding([Verdict.PERMITTED, Verdict.FORBIDDEN])  # type: ignore[list-item]
    with pytest.raises(MutandisError, match=r"a verdict is one of .*`permitted`, .*, not `allowed`"):
        WHEN.holding("allowed")  # type: ignore[arg-type]


def test_the_progress_of_a_table_is_told_to_a_function_of_two_numbers() -> None:
    with pytest.raises(MutandisError, match="`progress` is a function of two numbers"):
        BOOK.decide_table(ACTION, {"reader.class": ["adult"]}, progress=lambda: None)  # type: ignore[misc,arg-type]
