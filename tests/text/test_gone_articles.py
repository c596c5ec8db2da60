"""What became of articles as a whole: merged, moved and merged, split, repealed, and told where each is looked up."""

from __future__ import annotations

import pytest
from tests.text.inline_statutes import read_small

from mutandis_text.comparison.compare import compare_documents, compare_with_lock
from mutandis_text.comparison.lock import lock_document
from mutandis_tools.amendment.facts import tell
from mutandis_tools.amendment.reach import AmendmentReport, report_amendment
from mutandis_tools.amendment.report_data import report_data
from mutandis_tools.amendment.report_html import report_html
from mutandis_tools.amendment.report_markdown import report_markdown
from mutandis_tools.amendment.report_text import report_lines
from mutandis_tools.amendment.sheets import make_sheets
from mutandis_tools.report.lines import plain

_BURN = "A lamp on a pier shall burn for seven hours a day and for thirty hours a week"
_BUY = "keeper buys oil of the quality that the Minister designates by public notice each year"
_SELL = "Oil that a keeper has not used within two years of its purchase is sold by auction."
_KEEP = "The proceeds of a sale belong to the treasury of the harbour in which it was held."
_ROPE = "Ropes of the pier are changed by the keeper whenever their strength falls."
LAMPS = f"Article 1 (Lamps)\n{_BURN}.\n"
OIL = f"Article 2 (Oil)\n(1) A {_BUY}.\n(2) {_SELL}\n"
ROPES = f"Article 3 (Ropes)\n{_ROPE}\n"
STUB = "Article 2 Deleted.\n"
_SHORT = f"Article 2 (Oil)\nA {_BUY}.\n"
_BOTH = f"Article 1 (Lamps and Oil)\n{_BURN}, and a {_BUY}.\n"
_PARAGRAPHS = f"Article 1 (Lamps)\n(1) {_BURN}.\n(2) A {_BUY}.\n"

MERGED = "Article 2 (Oil) is gone and merged into it"
AMENDMENTS = {
    "merged into one sentence": (
        LAMPS + _SHORT + ROPES,
        _BOTH + STUB + ROPES,
        [f"Article 1 Lamps and Oil: {MERGED}", "Article 2 Oil: gone, merged into Article 1"],
    ),
    "merged, and its number taken": (
        LAMPS + _SHORT + ROPES,
        _BOTH + ROPES.replace("3", "2"),
        [
            "Article 1 Lamps and Oil: the earlier Article 2 (Oil) is gone and merged into it",
            "Earlier Article 2 Oil: gone, merged into Article 1",
            "Article 2 Ropes",
        ],
    ),
    "moved into another as paragraphs": (
        LAMPS + OIL + ROPES,
        f"{_PARAGRAPHS}(3) {_SELL}\n{STUB}{ROPES}",
        [f"Article 1 Lamps: {MERGED}"],
    ),
    "moved in part": (
        LAMPS + OIL + ROPES,
        _PARAGRAPHS + STUB + ROPES,
        [
            "Article 1 Lamps: Article 2 (Oil) is gone and in part merged into it",
            "Article 2 Oil: gone, in part merged into Article 1",
        ],
    ),
    "moved into one that has its own place still": (
        f"{LAMPS}{OIL}(3) {_KEEP}\n{ROPES}",
        f"{_PARAGRAPHS}{STUB}Article 3 (Ropes)\n(1) {_ROPE}\n(2) {_SELL}\n(3) {_KEEP}\n",
        [f"Article 1 Lamps: {MERGED}", f"Article 3 Ropes: {MERGED}"],
    ),
    "split off": (
        f"{_PARAGRAPHS}(3) {_SELL}\n{ROPES.replace('3', '2')}",
        LAMPS + OIL + ROPES,
        ["Article 1 Lamps", "Article 2 Oil: split off from Article 1", "Article 3 Ropes"],
    ),
    "split off in one sentence": (
        _BOTH + ROPES,
        f"{LAMPS}Article 1-2 (Oil)\nA {_BUY}.\n{ROPES}",
        ["Article 1 Lamps", "Article 1-2 Oil: split off from Article 1"],
    ),
    "split up": (
        LAMPS + OIL + ROPES,
        f"{LAMPS}{STUB}{ROPES}Article 5 (Purchase)\nA {_BUY}.\nArticle 6 (Sale)\n{_SELL}\n",
        [
            "Article 2 Oil: gone, now in Article 5 and Article 6",
            "Article 5 Purchase: from Article 2 (Oil), which is gone",
            "Article 6 Sale: from Article 2 (Oil), which is gone",
        ],
    ),
    "moved as a whole": (
        LAMPS + OIL + ROPES,
        LAMPS + ROPES.replace("3", "2") + OIL.replace("Article 2", "Article 3"),
        ["Article 2 Ropes", "Article 3 Oil"],
    ),
    "repealed": (LAMPS + OIL + ROPES, LAMPS + STUB + ROPES, ["Article 2 Oil: repealed"]),
}


def _report(old: str, new: str) -> AmendmentReport:
    before, after = read_small(old), read_small(new)
    return report_amendment(compare_documents(before, after), after, before, (), None)


@pytest.mark.parametrize("name", AMENDMENTS)
def test_the_headline_of_an_article_says_what_became_of_it(name: str) -> None:
    old, new, told = AMENDMENTS[name]
    report = _report(old, new)
    sheets = make_sheets(report)
    assert sorted(sheet.title for sheet in sheets) == sorted(told)
    for sheet in sheets:
        is_gone = "gone, " in sheet.title or "repealed" in sheet.title
        assert is_gone is not bool(sheet.skeleton), "rules are begun of what is there, and of nothing else"
    written = report_markdown(report), report_html(report), plain(report_lines(report, 120))
    assert all(line in text for line in told for text in written)


def test_programs_are_told_which_articles_are_gone_and_which_are_split_off() -> None:
    old, new, _ = AMENDMENTS["moved in part"]
    data = report_data(_report(old, new))
    assert data["articles_gone"] == [{"article": "lamp/2", "heading": "Oil", "into": ["lamp/1"], "in_part": True}]
    assert data["articles_split_off"] == []
    old, new, _ = AMENDMENTS["repealed"]
    repealed = {"article": "lamp/2", "heading": "Oil", "into": [], "in_part": False}
    assert report_data(_report(old, new))["articles_gone"] == [repealed]
    old, new, _ = AMENDMENTS["split off in one sentence"]
    assert report_data(_report(old, new))["articles_split_off"] == [{"article": "lamp/1-2", "from": ["lamp/1"]}]


def test_a_provision_that_took_in_another_names_it() -> None:
    old, new, _ = AMENDMENTS["merged into one sentence"]
    report = _report(old, new)
    told = {one.change.id: {fact.label: fact.ids for fact in tell(one, report)} for one in report.reached}
    assert told["lamp/1"]["took in"] == ("lamp/2",)
    assert told["lamp/2"]["merged into"] == ("lamp/1",)


def test_the_lock_alone_tells_what_moved() -> None:
    old, new, _ = AMENDMENTS["moved into another as paragraphs"]
    after = read_small(new)
    report = report_amendment(compare_with_lock(lock_document(read_small(old)), after), after, None, (), None)
    (gone,) = report.gone
    assert (gone.id, gone.into, gone.in_part) == ("lamp/2", ("lamp/1",), False)
