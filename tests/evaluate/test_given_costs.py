"""What a stated derived fact costs: nothing is worked out for its note, and no definition asked that cannot deny it."""

import datetime as dt
from typing import Any

import pytest
from tests.evaluate.test_given import ARTICLES
from tests.link.books import program

from mutandis.api import Rulebook
from mutandis.backends.explained import Explained
from mutandis.backends.stated import Definition, StatedFacts
from mutandis.decide.result import Note, Verdict
from mutandis.diagnostics import CaseError
from mutandis.facts import Facts

NOTE = Note("act/2.1", "`inmate.calm` is taken as given, in place of this definition")


@pytest.fixture
def book() -> Rulebook:
    return Rulebook(program(*ARTICLES.split("---\n")))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Every question that is put to compiled conditions, as a definition is asked."""
    found: list[object] = []
    plain = Explained.truths_of

    def noted(self: Explained, conditions: Any, *rest: Any) -> Any:
        found.append(conditions)
        return plain(self, conditions, *rest)

    monkeypatch.setattr(Explained, "truths_of", noted)
    return found


def test_the_note_is_added_without_working_anything_out(book: Rulebook, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody_asked(*_: object) -> None:
        raise AssertionError("what the answer rests on was worked out")

    with monkeypatch.context() as patched:
        patched.setattr("mutandis.decide.authority.told", nobody_asked)
        decision = book.decide("suspend visit", {"inmate.calm": True}, at=dt.date(2020, 1, 1))
        assert decision.verdict is Verdict.PERMITTED
    assert decision.notes == (NOTE,)


def test_the_notes_are_one_row_however_often_they_are_looked_at(book: Rulebook) -> None:
    for facts in ({"inmate.calm": True}, {"inmate.ill": True}):
        decision = book.decide("suspend visit", facts, at=dt.date(2020, 1, 1))
        assert decision.notes is decision.notes
        assert decision.notes is book.decide("suspend visit", facts, at=dt.date(2020, 1, 1)).notes


def test_a_definition_is_not_asked_whose_facts_are_not_stated(book: Rulebook, asked: list[object]) -> None:
    for day in range(1, 20):
        book.decide("suspend visit", {"inmate.calm": day % 2 == 0, "inmate.young": True}, at=dt.date(2020, 1, day))
    assert len(asked) <= 1  # what it comes to of itself, once


def test_a_definition_is_asked_whose_facts_are_stated(book: Rulebook, asked: list[object]) -> None:
    with pytest.raises(CaseError):
        book.decide("suspend visit", {"inmate.calm": True, "inmate.ill": False})
    assert asked


@pytest.mark.parametrize("trusted", [True, False])
def test_what_is_stated_counts_in_trusted_facts_too(book: Rulebook, trusted: bool) -> None:
    facts = {"inmate.calm": True}
    prepared = book.prepare("suspend visit", trusted=trusted)
    for _ in range(2):  # the second time the shortest way is known
        assert book.decide("suspend visit", {"inmate.ill": True}, trusted=trusted).verdict is Verdict.PERMITTED
        for decision in (book.decide("suspend visit", facts, trusted=trusted), prepared(facts)):
            assert (decision.verdict, decision.notes) == (Verdict.PERMITTED, (NOTE,))
        assert prepared({"inmate.ill": True}).notes == ()


def test_what_is_prepared_finds_definitions_once_for_each_set_of_stated_facts(
    book: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[str] = []
    plain = StatedFacts.definition

    def noted(self: StatedFacts, name: str, version: dt.date) -> Definition:
        found.append(name)
        return plain(self, name, version)

    prepared = book.prepare("suspend visit", at=dt.date(2020, 1, 1))
    cases: list[dict[str, object]] = [
        {"inmate.calm": True},
        {"inmate.class": "sentenced"},
        {"inmate.calm": False, "inmate.class": "sentenced"},
        {"inmate.ill": True},
    ]
    told = [book.decide("suspend visit", facts, at=dt.date(2020, 1, 1)) for facts in cases]
    monkeypatch.setattr(StatedFacts, "definition", noted)
    for _ in range(3):
        assert [prepared(Facts(dict(facts))) for facts in cases] == told
    assert found == ["inmate.calm", "inmate.class", "inmate.calm", "inmate.class"]
