"""Values of facts that rules give: what an amendment makes otherwise of them is shown or proved, read or not."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.comparison.test_saving import _differences
from tests.evaluate.books import book, rule

from mutandis.api import Rulebook
from mutandis_tools.comparison.dependence import lowered_on
from mutandis_tools.comparison.saving import case_texts
from mutandis_tools.comparison.searched import cases_at_corners
from mutandis_tools.comparison.semantic import Effort, SemanticDifference, SubjectDifference, compare_meaning
from mutandis_tools.names import Names
from mutandis_tools.report.lines import plain
from mutandis_tools.report.meaning_text import meaning_text

Parts = tuple[str, ...]
READ: Parts = ("define: it.read", "when: it.count >= 3 or it.used < 10 days")
FEE: Parts = (
    "define: it.fee",
    "as:",
    "  1: {when: it.kind is red, value: 500 won}",
    "  2: {when: it.kind is green, value: 700 won}",
    "  3: {when: it.kind is blue and it.count > 2, value: 700 won}",
)
DUE: Parts = ("define: it.due", "as: it.on + 1 month")
KIND: Parts = ("define: it.kind", "as: green", "when: it.a")


def _book(*parts: Parts) -> Rulebook:
    acting = rule("(9)", "may: do thing", "when: it.d")
    return book(*(rule(f"({number})", *one) for number, one in enumerate(parts, 1)), acting)


def _compared(old: Parts, new: Parts) -> SemanticDifference:
    return compare_meaning(_book(old), _book(new))


def _amended(parts: Parts, was: str, is_: str) -> Parts:
    assert any(was in part for part in parts)
    return tuple(part.replace(was, is_) for part in parts)


def _told(found: SubjectDifference) -> set[tuple[object, object]]:
    return {tuple(next(iter(one.value)) for one in (w.old, w.new)) for w in found.witnesses}  # type: ignore[misc]


AMENDMENTS = {
    "bound strict": (READ, _amended(READ, ">=", ">"), {(("given", "yes"), ("given", "no"))}),
    "bound up to": (READ, _amended(READ, "<", "<="), {(("given", "no"), ("given", "yes"))}),
    "and for or": (READ, _amended(READ, " or ", " and "), {(("given", "yes"), ("given", "no"))}),
    "amount": (FEE, _amended(FEE, "500 won", "600 won"), {(("given", "500 won"), ("given", "600 won"))}),
    "amounts": (
        FEE,
        _amended(_amended(FEE, "green, value: 700", "green, value: 800"), "2, value: 700", "2, value: 900"),
        {(("given", "700 won"), ("given", "800 won")), (("given", "700 won"), ("given", "900 won"))},
    ),
    "case left out": (FEE, FEE[:4], {(("given", "700 won"), ("none", ""))}),
    "two values": (
        FEE,
        _amended(FEE, "it.kind is green", "it.kind is green or it.kind is red"),
        {(("given", "500 won"), ("conflict", "500 won against 700 won"))},
    ),
    "another word": (KIND, _amended(KIND, "green", "blue"), {(("given", "green"), ("given", "blue"))}),
}


@pytest.mark.parametrize("name", AMENDMENTS)
def test_another_value_of_a_fact_that_no_action_reads_has_its_case(name: str) -> None:
    old, new, expected = AMENDMENTS[name]
    found = _compared(old, new)
    assert found.actions == () and "do thing" in found.same
    (one,) = found.values
    assert one.standing == "differs" and one.complete
    assert _told(one) == expected


def test_the_case_of_a_value_stands_at_the_boundary() -> None:
    (one,) = _compared(READ, _amended(READ, ">=", ">")).values
    (witness,) = one.witnesses
    assert witness.case.facts == {"it.count": 3, "it.used": 10}
    assert witness.spans["it.used"] == (10, None)


def test_of_days_that_move_with_the_facts_one_case_is_enough() -> None:
    (one,) = _compared(DUE, _amended(DUE, "1 month", "30 days")).values
    (witness,) = one.witnesses
    assert one.complete and witness.old.value != witness.new.value


NEUTRAL = {
    "or turned": (READ, ("define: it.read", "when: it.used < 10 days or it.count >= 3")),
    "bound in other words": (READ, _amended(READ, ">= 3", "> 2")),
    "cases exchanged": (FEE, (*FEE[:2], FEE[2].replace("1:", "2:"), FEE[3].replace("2:", "1:"), FEE[4])),
}


@pytest.mark.parametrize("name", NEUTRAL)
def test_a_definition_of_equal_meaning_is_proved(name: str) -> None:
    (one,) = _compared(*NEUTRAL[name]).values
    assert one.standing == "proved" and not one.witnesses and one.bounds


def test_another_definition_of_what_actions_read_is_told_with_the_actions() -> None:
    burning: Parts = ("must: burn thing", "when: it.read")
    found = compare_meaning(_book(READ, burning), _book(_amended(READ, "3", "4"), burning))
    assert [one.name for one in found.values] == ["it.read"]
    assert "burn thing" in [one.name for one in found.actions]


def test_what_is_asked_about_is_not_told_of_definitions_that_only_read_it() -> None:
    """An action tells what another definition makes of those that it reads."""
    due: Parts = ("define: it.due", "as:", "  - {when: it.read, value: it.on}")
    burning: Parts = ("must: burn thing", "when: it.due <= today")
    unread = compare_meaning(_book(READ, due), _book(_amended(READ, "3", "4"), due))
    assert [one.name for one in unread.values] == ["it.read", "it.due"]
    read = compare_meaning(_book(READ, due, burning), _book(_amended(READ, "3", "4"), due, burning))
    assert [one.name for one in read.values] == ["it.read"]


def test_a_definition_is_compared_as_of_two_days() -> None:
    (newest,) = compare_meaning(_book(READ), _book((*READ, "since: 2030-01-01"))).values
    (witness,) = newest.witnesses
    assert witness.case.law_as_of == dt.date(2029, 12, 31)
    both = (*READ, "since: 2030-01-01")
    days = dt.date(2029, 1, 1), dt.date(2030, 1, 1)
    (one,) = compare_meaning(_book(both), _book(both), days=days).values
    assert one.standing == "differs"


@pytest.mark.parametrize("name", AMENDMENTS)
def test_a_saved_case_of_a_value_holds_by_the_new_rulebook_alone(name: str) -> None:
    parts = AMENDMENTS[name]
    old, new = _book(parts[0]), _book(parts[1])
    texts = [text for _, text in case_texts(compare_meaning(old, new), new)]
    assert texts
    for text in texts:
        assert not _differences(new, text), text
        assert _differences(old, text), text


ROUNDED: Parts = ("define: it.fee", "as: 'round down it.mark * (3/10) * 100 won to 1/10 won'")


def test_amounts_that_are_only_searched_are_shown_once_for_the_places_that_give_them() -> None:
    found = compare_meaning(_book(ROUNDED), _book(_amended(ROUNDED, "3/10", "4/10")), effort=Effort(cases=400))
    (one,) = found.values
    assert one.standing == "differs" and not one.complete and len(one.witnesses) == 1


def test_numbers_between_those_that_are_named_are_tried() -> None:
    named = {"it.count >= 10", "it.count >= 500"}
    (old, new) = (_book(("define: it.read", f"when: {one}")) for one in sorted(named))
    sides = [(one.program, lowered_on(one.program, ("fact", "it.read"), dt.date.max)) for one in (old, new)]
    drawn = {case.facts["it.count"] for case in cases_at_corners(sides, 400, "between", ())}
    assert {9, 10, 11, 499, 500, 501} <= drawn and any(11 < number < 499 for number in drawn)  # type: ignore[operator]


def test_of_what_a_case_of_a_file_shows_it_is_not_said_that_none_was_found() -> None:
    new = _book(ROUNDED)
    names = Names(new.laws, new.vocabulary, new.program)
    searched = SubjectDifference(("fact", "it.fee"), "searched", tried=400, reasons=("`rounded`",))
    found = SemanticDifference((), (), values=(searched,))
    told = [plain(meaning_text(found, names, names, lambda _: None, flipped=one)) for one in ((), ("it.fee",))]
    assert "no difference found, none ruled out; searched, 400 cases" in told[0]
    assert "cases of files come out otherwise, as told above" in told[1] and "none ruled out" not in told[1]
