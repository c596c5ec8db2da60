"""What a worklist asks besides rules: clauses of earlier addenda, and nothing that was amiss before."""

from __future__ import annotations

import pytest
from tests.text.inline_statutes import read_small

from mutandis_text.comparison.compare import compare_documents
from mutandis_tools.amendment.facts import list_tasks
from mutandis_tools.amendment.reach import AmendmentReport, report_amendment

BODY = """Article 1 (Lamps)
(1) A lamp burns.
(2) A lamp under Article 9 is red.
Article 2 (Bells)
A bell under Article 1 (2) rings.
"""
ADDENDA = """ADDENDA
Article 1 (Enforcement Date)
This Act shall enter into force on the date of its promulgation: Provided, That Article 2 shall
enter into force on May 1, 2003.
Article 2 (Effective Period)
This Act shall remain effective until December 31, 2007.
"""


def _compare(old: tuple[str, str], new: tuple[str, str]) -> AmendmentReport:
    before, after = (read_small(body, after=addenda) for body, addenda in (old, new))
    return report_amendment(compare_documents(before, after), after, before, (), None)


def _tasks(report: AmendmentReport) -> list[str]:
    return [" ".join((one.words, *one.ids)) for one in list_tasks(report)]


@pytest.mark.parametrize(
    ("was", "now", "place"),
    [
        ("December 31, 2007", "December 31, 2012", "lamp/addenda-100/2 was reworded"),
        ("on May 1, 2003", "on June 1, 2003", "lamp/addenda-100/1 proviso was reworded"),
    ],
)
def test_a_clause_of_earlier_addenda_that_says_something_else_is_a_task(was: str, now: str, place: str) -> None:
    report = _compare((BODY, ADDENDA), (BODY, ADDENDA.replace(was, now)))
    assert _tasks(report) == [f"{place}: see whether law.yaml or a rule has to follow"]


def test_a_clause_of_earlier_addenda_that_is_gone_is_a_task() -> None:
    report = _compare((BODY, ADDENDA), (BODY, ADDENDA.partition("Article 2 (Effective")[0]))
    assert _tasks(report) == ["lamp/addenda-100/2 was deleted: see whether law.yaml or a rule has to follow"]


def test_new_addenda_are_told_by_their_instrument_alone() -> None:
    further = f"{ADDENDA}ADDENDUM <Act No. 200, Mar. 3, 2003>\nThis Act shall enter into force on May 1, 2003.\n"
    assert _tasks(_compare((BODY, ADDENDA), (BODY, further))) == [
        "law.yaml: enter Act No. 200, promulgated 2003-03-03, enforced 2003-05-01"
    ]


def test_a_reference_that_held_no_more_before_than_now_is_not_the_amendments() -> None:
    moved = BODY.replace("(2) A lamp under", "(2) A lamp is clean.\n(3) A lamp under").replace(
        "1 (2) rings", "1 (3) rings"
    )
    report = _compare((BODY, ADDENDA), (moved, ADDENDA))
    assert [one.broken for one in report.reached] == [()] * len(report.reached)
    assert not [one for one in _tasks(report) if "hold" in one]


def test_a_reference_that_was_moved_and_holds_no_more_is_told() -> None:
    gone = BODY.replace("Article 9", "Article 2").replace("(2) A lamp", "(2) A lamp is clean.\n(3) A lamp")
    was = BODY.replace("Article 9", "Article 2")
    report = _compare((was, ADDENDA), (gone.partition("Article 2 (Bells)")[0], ADDENDA))
    assert "lamp/1(2) → lamp/1(3): a reference does not hold; say in `note` how it is read" in _tasks(report)


def test_a_day_that_the_text_does_not_tell_has_to_be_found() -> None:
    further = (
        f"{ADDENDA}ADDENDUM <Act No. 200, Mar. 3, 2003>\nThis Act shall enter into force on May 1, 2003: Provided, That"
        " the amended provisions of Article 2 shall enter into force on the date prescribed by Presidential Decree.\n"
    )
    assert _tasks(_compare((BODY, ADDENDA), (BODY, further))) == [
        "law.yaml: enter Act No. 200, promulgated 2003-03-03, enforced 2003-05-01",
        "find out since when these hold; the text names no one day lamp/2",
    ]


def test_a_word_replaced_in_every_number_and_case_is_one_task() -> None:
    body = "".join(
        f"Article {at} (Oil {at})\nOil number {at} is bought by {who} of the tower on the day of rest.\n"
        for at, who in enumerate(("a keeper", "the keepers", "a keeper's boy", "every keeper", "all keepers"), 1)
    )
    tasks = _tasks(_compare((body, ADDENDA), (body.replace("keeper", "watcher"), ADDENDA)))
    assert [one for one in tasks if "write rules" in one] == []
    assert len([one for one in tasks if "and nothing else" in one]) == 1
