"""Cases that show a difference, as files: the new rulebook answers as they expect, and the old one does not."""

from __future__ import annotations

import pytest
from tests.comparison.test_planted import LAW, _amended, _book
from tests.evaluate import books

from mutandis.api import Rulebook
from mutandis.rulebook.case_file import read_cases
from mutandis_tools.casebook.ask import ask_case
from mutandis_tools.comparison.saving import case_texts
from mutandis_tools.comparison.semantic import compare_meaning
from mutandis_tools.names import Names
from mutandis_tools.report.lines import plain
from mutandis_tools.report.meaning_text import meaning_text

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


def test_a_fact_that_only_the_old_rulebook_asks_for_is_told_and_not_saved(monkeypatch: pytest.MonkeyPatch) -> None:
    """A condition is another fact now, and the fact that it was is gone."""
    old = _book({"(1)": ("may: do thing", "when: it.a and it.judged")})
    judged = "      judged: {type: yes/no, question: Judged?, found_by: warden}\n"
    assert judged in books.VOCABULARY
    monkeypatch.setattr(books, "VOCABULARY", books.VOCABULARY.replace(judged, ""))
    new = _book({"(1)": ("may: do thing", "when: it.a and it.b")})
    found = compare_meaning(old, new)
    texts = [text for _, text in case_texts(found, new)]
    assert texts and all("it.judged" not in text for text in texts)
    assert not any(_differences(new, text) for text in texts)
    names = [Names(one.laws, one.vocabulary, one.program) for one in (old, new)]
    told = plain(meaning_text(found, names[0], names[1], lambda _: None))
    assert "it: judged: yes (no longer asked)\n" in told or "it: judged: no (no longer asked)\n" in told, told


def _differences(book: Rulebook, text: str) -> tuple[object, ...]:
    (case,) = read_cases(text, "case.yaml").cases
    return ask_case(book, case, book.read(case.facts))[0]
