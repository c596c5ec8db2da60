"""Cases that show a difference, as files: the new rulebook answers as they expect, and the old one does not."""

from __future__ import annotations

import pytest
from tests.comparison.test_planted import LAW, _amended, _book

from mutandis.api import Rulebook
from mutandis.rulebook.case_file import read_cases
from mutandis_tools.casebook.ask import ask_case
from mutandis_tools.comparison.saving import case_texts
from mutandis_tools.comparison.semantic import compare_meaning

AMENDMENTS = {
    "verdict": _amended("(1)", "15", "10"),
    "limits": _amended("(1)", "<= 15", "< 16"),
    "deadlines": _amended("(3)", "30 days", "20 days"),
    "penalties": {place: parts for place, parts in LAW.items() if place != "(7)"},
}


@pytest.mark.parametrize("aspect", AMENDMENTS)
def test_a_saved_case_holds_what_it_shows(aspect: str) -> None:
    old, new = _book(LAW), _book(AMENDMENTS[aspect])
    texts = [text for _, text in case_texts(compare_meaning(old, new), new) if f": {aspect} was " in text]
    assert texts
    for text in texts:
        (case,) = read_cases(text, "case.yaml").cases
        assert not _differences(new, text), text
        assert _differences(old, text), text
        assert case.expect.verdict


def _differences(book: Rulebook, text: str) -> tuple[object, ...]:
    (case,) = read_cases(text, "case.yaml").cases
    return ask_case(book, case, book.read(case.facts))[0]
