"""What `diff` says of planted faults is doubted: a proof that does not hold, or a case that shows nothing, is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from mutandis_tools.comparison.answers import Asked
from mutandis_tools.comparison.renaming import Renaming
from mutandis_tools.comparison.semantic import SemanticDifference, SubjectDifference, compare_meaning
from mutandis_tools.location import Location
from mutandis_tools.opening import open_located
from mutants import compared
from mutants.operators import Mutant
from mutants.run import Planter

LIBRARY = Path(__file__).parents[1] / "library"


@pytest.fixture(scope="module")
def planter() -> Planter:
    return Planter(open_located(Location(LIBRARY, "named")), "statute")


def _flipped(planter: Planter) -> Mutant:
    was = "when: reader.fees_owed > 10000 won"
    return next(one for one in planter.mutants(1) if one.kind == "flipped bound" and one.was == was)


def test_what_is_said_of_a_flipped_bound_holds(planter: Planter) -> None:
    found = compared.Doubter(planter, 60).compared([_flipped(planter)])
    assert not found.faults and not found.refused
    assert found.witnesses and found.standings["differs"]


def test_what_is_said_of_another_bearer_is_confirmed_by_asking_about_that_one(planter: Planter) -> None:
    wrong = [one for one in planter.mutants(1) if one.kind == "wrong bearer"]
    found = compared.Doubter(planter, 60).compared(wrong[:1])
    assert found.planted and found.witnesses > 1 and not found.faults


def test_a_proof_that_does_not_hold_is_told(planter: Planter, monkeypatch: pytest.MonkeyPatch) -> None:
    def lie(*books: object, doubt: Callable[..., None], **rest: object) -> SemanticDifference:
        def doubt_a_lie(said: SubjectDifference, *asked: object) -> None:
            doubt(SubjectDifference(said.subject, "proved"), *asked)

        return compare_meaning(*books, doubt=doubt_a_lie, **rest)  # type: ignore[arg-type]  # handed on

    monkeypatch.setattr(compared, "compare_meaning", lie)
    found = compared.Doubter(planter, 200).compared([_flipped(planter)])
    assert any(fault.startswith("falsely proved: ") for fault in found.faults)


def test_a_case_that_shows_nothing_is_told(planter: Planter, monkeypatch: pytest.MonkeyPatch) -> None:
    mutant = _flipped(planter)
    doubter = compared.Doubter(planter, 0)
    monkeypatch.setattr(compared, "_by_interpreter", lambda decider, witness: (witness.old, witness.old))
    assert any(fault.startswith("not confirmed: ") for fault in doubter.compared([mutant]).faults)


def test_the_interpreter_is_asked_by_the_numbers_that_provisions_had(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[dict[str, object]] = []
    book = SimpleNamespace(decide=lambda name, facts, **rest: asked.append(dict(facts)))
    names = Renaming({"act/1(2)": "act/1(3)"}, citing=frozenset({"it.basis"}))
    decider = SimpleNamespace(old=book, new=book, subject=("action", "lend book"), renaming=names)
    monkeypatch.setattr(compared, "answer_of", lambda *told: None)
    witness = SimpleNamespace(case=Asked({"it.basis": "act/1(3)"}))
    compared._by_interpreter(decider, witness)  # type: ignore[arg-type]  # no more of the two is read
    assert asked == [{"it.basis": "act/1(2)"}, {"it.basis": "act/1(3)"}]


def test_a_fault_that_does_not_link_is_refused(planter: Planter) -> None:
    mutant = _flipped(planter)
    broken = mutant.text.replace("reader.fees_owed", "reader.fee")
    unlinked = Mutant(mutant.file, mutant.kind, mutant.line, mutant.was, "", broken)
    found = compared.Doubter(planter, 0).compared([unlinked])
    assert found.refused == [compared.name_of(unlinked)] and not (found.planted or found.faults or found.standings)


def test_no_two_faults_of_a_group_are_in_one_file() -> None:
    mutants = [Mutant(file, "other number", line, "1", "2", "") for line in range(1, 6) for file in "abc"[: line % 4]]
    groups = list(compared.in_groups(mutants, 2))
    assert sorted(map(compared.name_of, mutants)) == sorted(compared.name_of(one) for group in groups for one in group)
    assert all(len({one.file for one in group}) == len(group) <= 2 for group in groups)
