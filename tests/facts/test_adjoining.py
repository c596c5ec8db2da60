"""An extension adjoins what it extends: it begins on the day that ends, or the day after; else it is told."""

from __future__ import annotations

import pytest

from mutandis import CaseError, Rulebook
from mutandis.link.linker import link
from mutandis.rulebook.load import load_text

LAW = "law: act\ntitle: Rooms Act\nshort: Act\nrank: 1\n"
VOCABULARY = """
terms:
  room:
    attributes:
      closed: {type: period, parameter: yes, question: From when to when?}
      extensions: {type: list of extension, extends: closed, parameter: yes, question: Which extensions?}
  cellar: {kind_of: room}
  extension: {attributes: {time: {type: period, question: From when to when?}}}
actions: {close room: {default: forbidden}}
"""
RULE = """
law: act
article: 1
title: Closing
rules:
  - at: main
    summary: S.
    may: close room
    requires: every x in room.extensions has (x.time is within 7 days)
"""
FIRST = {"from": "2020-03-01", "until": "2020-03-15"}


def rulebook(vocabulary: str = VOCABULARY) -> Rulebook:
    source = load_text({"act/law.yaml": LAW, "act/vocabulary.yaml": vocabulary, "act/001.yaml": RULE})
    assert not source.diagnostics
    program = link(source).program
    assert program is not None
    return Rulebook(program)


BOOK = rulebook()


def told(closed: object, *spans: tuple[str, str | None], term: str = "room", open_: bool = False) -> list[str]:
    members = [{"time": {"from": first, **({"until": last} if last else {})}} for first, last in spans]
    listed = {"open": True, "members": members} if open_ else members
    facts = {f"{term}.extensions": listed, **({f"{term}.closed": closed} if closed else {})}
    try:
        BOOK.read(facts)
    except CaseError as error:
        assert {one.slug for one in error.diagnostics} == {"extension-apart"}
        return [one.message for one in error.diagnostics]
    return []


@pytest.mark.parametrize(
    "spans",
    [
        [("2020-03-16", "2020-03-20")],
        [("2020-03-15", "2020-03-20")],
        [("2020-03-16", "2020-03-20"), ("2020-03-21", None)],
        [("2020-03-21", "2020-03-25"), ("2020-03-16", "2020-03-20")],
        [("2020-03-15T09:00", "2020-03-15T21:00"), ("2020-03-15T21:00", "2020-03-16T09:00")],
        [],
    ],
)
def test_what_adjoins_is_read_in_whatever_order(spans: list[tuple[str, str | None]]) -> None:
    assert told(FIRST, *spans) == told(FIRST, *spans, open_=True) == []


def test_a_gap_is_told_with_what_it_follows() -> None:
    assert told(FIRST, ("2020-03-17", "2020-03-20")) == [
        "`room.extensions[1].time` does not adjoin `room.closed`, which it extends: that ends with 2020-03-15"
    ]
    assert told(FIRST, ("2020-03-16", "2020-03-20"), ("2020-03-23", "2020-03-24")) == [
        "`room.extensions[2].time` does not adjoin `room.extensions[1].time`, which it extends: "
        "that ends with 2020-03-20"
    ]
    assert "cellar.closed" in told(FIRST, ("2020-04-17", "2020-04-20"), term="cellar")[0]


def test_what_begins_within_is_told_too() -> None:
    assert told(FIRST, ("2020-03-10", "2020-03-20")) == [
        "`room.extensions[1].time` begins within `room.closed`, which it extends: that ends with 2020-03-15"
    ]
    assert len(told(FIRST, ("2020-03-16", "2020-03-20"), ("2020-03-16", "2020-03-20"))) == 1


def test_moments_adjoin_to_the_minute() -> None:
    hours = {"from": "2020-03-01T09:00", "until": "2020-03-02T09:00"}
    assert told(hours, ("2020-03-02T09:00", "2020-03-02T21:00")) == []
    assert told(hours, ("2020-03-02T09:01", "2020-03-02T21:00")) == [
        "`room.extensions[1].time` does not adjoin `room.closed`, which it extends: that ends with 2020-03-02T09:00"
    ]
    assert told(hours, ("2020-03-02", "2020-03-03")) == []


def test_what_is_not_dated_is_passed_over() -> None:
    assert told(None, ("2020-03-17", "2020-03-20")) == []
    assert told({"from": "2020-03-01"}, ("2020-03-17", "2020-03-20")) == []
    assert told("unknown", ("2020-03-17", "2020-03-20")) == []
    BOOK.read({"room.closed": FIRST, "room.extensions": [{"time": "unknown"}, {}]})
    BOOK.read({"room.closed": FIRST, "room.extensions": "unknown"})


def test_rows_of_a_table_are_bad_by_the_same() -> None:
    pl = pytest.importorskip("polars")
    spans = [{"time": {"from": f"2020-03-{day}", "until": "2020-03-20"}} for day in (16, 17)]
    table = pl.DataFrame({"room.closed": [FIRST, FIRST, None], "room.extensions": [spans[:1], spans[1:], spans[1:]]})
    verdicts = BOOK.decide_table("close room", table, on_bad="error").frame("verdict")["verdict"].to_list()
    assert verdicts == ["permitted", "error", "permitted"]
    with pytest.raises(CaseError, match="does not adjoin"):
        BOOK.decide_table("close room", table)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("extends: closes", "`room` has no period `closes`"),
        ("extends: extensions", "`room` has no period `extensions`"),
        ("extends: closed, min: 1", "`min` does not go with the type `list of extension`"),
    ],
)
def test_what_is_extended_is_a_period_of_the_same_term(written: str, said: str) -> None:
    wrong = VOCABULARY.replace("extends: closed", written)
    source = load_text({"act/law.yaml": LAW, "act/vocabulary.yaml": wrong, "act/001.yaml": RULE})
    assert [said in one.message for one in source.diagnostics] == [True]


def test_members_have_one_period() -> None:
    wrong = VOCABULARY.replace("{time: {type: period, question: From when to when?}}", "{time: {type: yes/no}}")
    source = load_text({"act/law.yaml": LAW, "act/vocabulary.yaml": wrong})
    assert "a `extension` has no period" in [one.message[:27] for one in source.diagnostics]
