"""What is presumed of an attribute is presumed of each member that does not give it; what somebody finds of one is
told where the answer turns on it.
"""

from __future__ import annotations

import polars as pl
import pytest
from tests.evaluate import books
from tests.evaluate.books import DAY, rule

from mutandis import Rulebook
from mutandis.decide.result import Verdict, as_data
from mutandis.decide.result_parts import Finding, Presumption

OF_PART = """
      bad: {type: yes/no, presume: no, question: Is the part bad?}
      kept_until: {type: date, optional: yes, presume: none, question: Until when is it kept?}
      fine: {type: yes/no, found_by: warden, question: Is the part fine?}
      sound: {type: yes/no, question: Is the part sound?}
"""


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> Rulebook:
    good = "      good: {type: yes/no, question: Is it good?}\n"
    monkeypatch.setattr(books, "VOCABULARY", books.VOCABULARY.replace(good, good + OF_PART.lstrip("\n"), 1))
    return books.book(
        rule("(1)", "must: tell thing", "when: every p in it.parts has (p.sound)"),
        rule("(2)", "define: part.sound", "when: not part.bad and part.kept_until is none"),
        rule("(3)", "must: do thing", "when: any p in it.parts has (p.fine)"),
        rule("(4)", "must_not: keep thing", "when: no p in it.parts has (p.bad)"),
    )


@pytest.mark.parametrize(
    ("part", "verdict", "presumed"),
    [
        ({"good": True}, "required", ["bad", "kept_until"]),
        ({"bad": False}, "required", ["kept_until"]),
        ({"bad": True}, "silent", []),
        ({"kept_until": "2020-01-01"}, "silent", []),
        ({"bad": "unknown"}, "undetermined", []),
    ],
)
def test_what_is_presumed_of_a_member_acts_where_it_gives_nothing(
    loaded: Rulebook, part: dict[str, object], verdict: str, presumed: list[str]
) -> None:
    facts = {"it.parts": [part]}
    decision = loaded.decide("tell thing", facts, at=DAY)
    assert as_data(decision) == as_data(loaded.decide("tell thing", facts, at=DAY, reference=True))
    assert decision.verdict == verdict
    assert decision.missing == (("it.parts[1].bad",) if verdict == "undetermined" else ())
    values: dict[str, object] = {"bad": False, "kept_until": None}
    assert decision.presumptions == tuple(Presumption(f"it.parts[1].{a}", values[a], "") for a in presumed)


def test_a_table_presumes_of_members_what_a_case_does(loaded: Rulebook) -> None:
    parts = pl.List(pl.Struct({"bad": pl.Boolean}))
    frame = pl.DataFrame({"it.parts": [[{"bad": None}], [{"bad": True}], []]}, schema={"it.parts": parts})
    table = loaded.decide_table("keep thing", frame, at=DAY)
    assert [str(v) for v in table.frame("verdict")["verdict"].to_list()] == ["forbidden", "silent", "forbidden"]


def test_what_somebody_finds_of_a_member_is_told_where_the_answer_turns_on_it(loaded: Rulebook) -> None:
    asked = loaded.decide("do thing", {"it.parts": [{"fine": True}, {"fine": False}]}, at=DAY)
    assert (asked.verdict, asked.findings) == (Verdict.REQUIRED, (Finding("it.parts[1].fine", "warden", True),))
    open_ = loaded.decide("do thing", {"it.parts": [{"fine": False}, {}]}, at=DAY)
    assert open_.findings == (
        Finding("it.parts[1].fine", "warden", False),
        Finding("it.parts[2].fine", "warden", None),
    )
