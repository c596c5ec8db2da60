"""Planted faults: each kind is planted where it can be, and what finds one is told."""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

import pytest

from mutandis_tools.location import Location
from mutandis_tools.opening import open_located
from mutants import __main__ as command
from mutants.operators import Mutant, mutants_of
from mutants.run import Bench, Verdict, tally

LIBRARY = Path(__file__).parents[1] / "library"
RULES = """law: ponds
article: 1
title: Ponds, not more
rules:
  - at: (1)
    summary: A pond is used for up to 15 days, or longer.
    may: use pond
    by: keeper
    when:
      - not pond.dry
      - pond.ducks >= 3 or pond.geese is not 0
    requires: pond.stay <= 15 days
    since: 2014-03-01
    note: >-
      Whether 15 <= 16 is
      not said.
  - at: (1) proviso
    summary: A dry one is not.
    must_not: use pond
    despite: (1)
    grounds:
      1: pond.kind is one of [dry, foul, frozen]
      2: case falls under (3)
excused:
  - at: (1)
    quantity: 15 day
    reason: not so
"""


def planted(kind: str) -> list[str]:
    """The lines that mutants of this kind have in place of the ones that were there."""
    found = mutants_of("ponds/001.yaml", RULES, ["keeper", "master"], Random(1))
    return [f"{one.was} -> {one.became}" for one in found if one.kind == kind]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (
            "flipped bound",
            [
                "- pond.ducks >= 3 or pond.geese is not 0 -> - pond.ducks > 3 or pond.geese is not 0",
                "requires: pond.stay <= 15 days -> requires: pond.stay < 15 days",
            ],
        ),
        ("a day off", ["since: 2014-03-01 -> since: 2014-02-28", "since: 2014-03-01 -> since: 2014-03-02"]),
        ("or for and", ["- pond.ducks >= 3 or pond.geese is not 0 -> - pond.ducks >= 3 and pond.geese is not 0"]),
        ("other direction", ["may: use pond -> must: use pond", "must_not: use pond -> need_not: use pond"]),
        ("wrong bearer", ["by: keeper -> by: master"]),
        ("neighbouring place", ["- at: (1) -> - at: (1) proviso", "- at: (1) proviso -> - at: (1)"]),
        ("other provision", ["despite: (1) -> despite: (2)", "2: case falls under (3) -> 2: case falls under (2)"]),
        ("lost value", ["1: pond.kind is one of [dry, foul, frozen] -> 1: pond.kind is one of [foul, frozen]"]),
        ("lost proviso", ["- at: (1) proviso -> nothing"]),
        ("lost when", ["when: -> nothing"]),
        ("lost requires", ["requires: pond.stay <= 15 days -> nothing"]),
        (
            "lost condition",
            ["- not pond.dry -> nothing", "- pond.ducks >= 3 or pond.geese is not 0 -> nothing"],
        ),
        (
            "lost ground",
            ["1: pond.kind is one of [dry, foul, frozen] -> nothing", "2: case falls under (3) -> nothing"],
        ),
        (
            "lost negation",
            [
                "- not pond.dry -> - pond.dry",
                "- pond.ducks >= 3 or pond.geese is not 0 -> - pond.ducks >= 3 or pond.geese is 0",
            ],
        ),
    ],
)
def test_each_kind_is_planted_where_it_can_be(kind: str, expected: list[str]) -> None:
    assert planted(kind) == expected


def test_what_a_penalty_threatens_at_most_is_a_number_like_others() -> None:
    text = "rules:\n  - at: (1)\n    penalty: {of: 2, any: [imprisonment up to 1 year, fine up to 500 won]}\n"
    found = [one.became for one in mutants_of("pond.yaml", text, [], Random(1)) if one.kind == "other number"]
    assert found == [
        "penalty: {of: 2, any: [imprisonment up to 2 year, fine up to 500 won]}",
        "penalty: {of: 2, any: [imprisonment up to 1 year, fine up to 501 won]}",
    ]


def test_nothing_is_planted_in_a_comment() -> None:
    text = "rules:\n  - at: (1)\n    must: drain pond # ducks and geese stay within 3 days\n"
    assert {one.kind for one in mutants_of("pond.yaml", text, [], Random(1))} == {"other direction"}


def test_a_block_is_left_out_with_what_is_under_it() -> None:
    found = mutants_of("ponds/001.yaml", RULES, ["keeper"], Random(1))
    without = next(one for one in found if one.kind == "lost proviso")
    assert without.text == RULES[: RULES.index("  - at: (1) proviso")] + RULES[RULES.index("excused:") :]


@pytest.fixture(scope="module")
def bench() -> Bench:
    return Bench(open_located(Location(LIBRARY, "named")), "statute", None)


def of_kind(bench: Bench, kind: str, was: str) -> Mutant:
    return next(one for one in bench.mutants(1) if one.kind == kind and one.was == was)


def test_cases_find_a_bound_that_was_flipped(bench: Bench) -> None:
    verdict = bench.verdict(of_kind(bench, "flipped bound", "when: reader.fees_owed > 10000 won"))
    assert verdict.found == "test"


def test_checks_find_what_does_not_link(bench: Bench) -> None:
    mutant = of_kind(bench, "flipped bound", "when: reader.fees_owed > 10000 won")
    broken = mutant.text.replace("reader.fees_owed", "reader.fee")
    verdict = bench.verdict(Mutant(mutant.file, mutant.kind, mutant.line, mutant.was, "", broken))
    assert verdict.found == "check" and "fee" in verdict.by


def test_what_changes_nothing_survives(bench: Bench) -> None:
    mutant = of_kind(bench, "flipped bound", "when: reader.fees_owed > 10000 won")
    same = Mutant(mutant.file, "none", mutant.line, mutant.was, mutant.was, bench.source.files[mutant.file])
    assert bench.verdict(same).found == ""
    assert tally([bench.verdict(same)]) == {"check": 0, "text": 0, "test": 0, "": 1}


def planting(monkeypatch: pytest.MonkeyPatch, *given: str) -> None:
    monkeypatch.delenv("MUTANDIS_TEXTS", raising=False)
    monkeypatch.setattr(sys, "argv", ["mutants", "statute", "--rulebook", str(LIBRARY), "--at-least", "0", *given])
    command.main()


def test_how_far_a_run_has_come_is_told_from_its_start(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    planting(monkeypatch, "--count", "10")
    out, err = capsys.readouterr()
    begun, ready, ten = err.splitlines()
    assert begun == "read the rulebook and run the cases before anything is planted"
    assert ready.endswith("; faults to plant: 10") and ready.split()[1:3] == ["cases", "pass"]
    assert ten.startswith("10 of 10 after ")
    assert out.splitlines()[-1].startswith("10 of ")


def test_a_run_that_is_ended_tells_what_it_has_found(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tried: list[Mutant] = []

    def verdict(bench: Bench, mutant: Mutant) -> Verdict:
        tried.append(mutant)
        if len(tried) == 3:
            raise KeyboardInterrupt
        return Verdict(mutant, "check")

    monkeypatch.setattr(Bench, "verdict", verdict)
    planting(monkeypatch)
    out, err = capsys.readouterr()
    assert err.splitlines()[-1] == "stopped"
    assert out.startswith("2 of ") and out.endswith(" faults: 2 found (2 by check), 0 not\n")
