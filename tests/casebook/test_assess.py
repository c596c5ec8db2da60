"""Assessing for a person leaves out what is known to be open, and nothing else."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from mutandis.api import Rulebook
from mutandis.decide.result import Verdict, as_data
from mutandis.rulebook.case_file import CaseFile
from mutandis_tools.casebook.assess import Assessing, laws_of
from mutandis_tools.opening import Opened, open_rulebook, read_case
from mutandis_tools.store.files import Shelf

BOOKS = {
    "library": Path(__file__).parents[1] / "library",
    "the laws": Path(__file__).parents[2] / "rulebook",
}


def _asked(opened: Opened) -> list[CaseFile]:
    """Some cases as they stand; without a clock, without a bearer; no facts at all; a derived fact stated alone."""
    every = [case for case in opened.cases.cases if case.ask.question in ("decide", "assess")]
    some = every[:: max(len(every) // 3, 1)]
    nobody = [replace(case, at=None, law_as_of=None, ask=replace(case.ask, by="")) for case in some[:1]]
    early = [replace(case, at=None, law_as_of=dt.date(2010, 1, 1)) for case in some[1:2]]
    nothing = [replace(some[0], facts={}), replace(some[-1], facts={}, at=dt.date(2021, 5, 3))]
    assert opened.linked.program is not None
    derived = [
        name
        for name, fact in sorted(opened.linked.program.derived.items())
        if fact.type.kind == "yes_no" and not name.startswith("§") and name in opened.source.vocabulary.facts
    ]
    given = [replace(nothing[1], facts={name: "yes"}, holidays=()) for name in (*derived[:1], *derived[-1:])]
    return [*some, *nobody, *early, *nothing, *given]


@pytest.mark.parametrize("book", BOOKS)
def test_what_is_left_out_is_open_and_the_rest_is_decided_as_ever(
    book: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("MUTANDIS_CACHE", str(tmp_path))
    opened = open_rulebook(BOOKS[book])
    assert opened.linked.program is not None
    rulebook = Rulebook(opened.linked.program)
    left_out = 0
    for case in _asked(opened):
        facts = read_case(opened, case).facts
        by = case.ask.by or None
        whole = rulebook.assess(facts, at=case.at, law_as_of=case.law_as_of, by=by, holidays=case.holidays)
        settled = [as_data(d) for d in whole if d.verdict is not Verdict.UNDETERMINED]
        open_ = sorted(laws_of(d) for d in whole if d.verdict is Verdict.UNDETERMINED)
        for _ in ("learnt", "known", "kept"):
            # Each time another one: what was learnt comes from the shelf.
            assessing = Assessing(rulebook.program, Shelf("book"))
            found = assessing.assess(case, facts)
            assessing.save()
            assert [as_data(d) for d in found.decisions if d.verdict is not Verdict.UNDETERMINED] == settled
            still = [laws_of(d) for d in found.decisions if d.verdict is Verdict.UNDETERMINED]
            assert sorted([*still, *(one.laws for one in found.left)]) == open_
        left_out += len(found.left)
    assert left_out


def test_of_other_laws_only_what_the_facts_touch_concerns_a_case(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("MUTANDIS_CACHE", str(tmp_path))
    opened = open_rulebook(BOOKS["the laws"])
    assert opened.linked.program is not None
    assessing = Assessing(opened.linked.program, Shelf("book"))
    case = next(one for one in opened.cases.cases if one.law == "act" and one.ask.question == "decide")
    case = replace(case, facts={"donation.given_to": "agency"}, at=dt.date(2022, 3, 2), ask=replace(case.ask, by=""))
    facts = read_case(opened, case).facts
    decisions = assessing.assess(case, facts, open_too=True).decisions
    told = {one.action for one in decisions if assessing.concerns(one, case, facts)}
    of_others = {one.action for one in decisions if one.action in told and "act" not in laws_of(one)}
    assert "establish parole_review_board" in told
    assert "accept donation" not in {one.action for one in decisions} - told
    assert {one.action for one in decisions} - told
    assert all("donation.given_to" in assessing.reads(name, case) for name in of_others)
    elsewhere = replace(case, law="")
    assert all(assessing.concerns(one, elsewhere, facts) for one in decisions)
