"""A sentence that loses its proviso to a paragraph, an article replaced whole, and lists of entries of one table."""

from __future__ import annotations

import cProfile

from tests.text.inline_statutes import ADDENDUM, read_small, targets_from

from mutandis_text.characters.wording import cut_words
from mutandis_text.comparison.compare import Comparison, compare_documents, compare_with_lock
from mutandis_text.comparison.lock import lock_document
from mutandis_text.comparison.units import name_place
from mutandis_text.comparison.word_difference import find_word_edits, join_words
from mutandis_text.references.grammar import find_mentions
from mutandis_tools.amendment.reach import report_amendment

OLD = """Article 1 (Lamps)
A lamp on a pier shall burn for seven hours a day and for thirty hours a week: Provided, That the hours may be extended
by one hour a day, by agreement between the keepers.
Article 2 (Oil)
A keeper under the proviso to Article 1 buys oil.
"""
NEW = """Article 1 (Lamps)
(1) A lamp on a pier shall burn for seven hours a day and for thirty hours a week.
(2) The hours under paragraph (1) may be extended by one hour a day, by agreement between the keepers.
Article 2 (Oil)
A keeper under the proviso to Article 1 buys oil.
"""


def _told(comparison: Comparison) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(one.old or "", one.new or "", tuple(kind.value for kind in one.changes)) for one in comparison.changes]


def test_a_sentence_and_its_proviso_that_became_paragraphs_moved() -> None:
    old, new = read_small(OLD), read_small(NEW)
    comparison = compare_documents(old, new)
    assert _told(comparison) == [
        ("lamp/1", "lamp/1(1)", ("moved", "punctuation only")),
        ("lamp/1 proviso", "lamp/1(2)", ("moved", "reworded")),
    ]
    (broken,) = report_amendment(comparison, new, old, (), None).broken
    assert broken.broken == "lamp/1 has no proviso; lamp/1 proviso is lamp/1(2) now"


def test_the_lock_alone_shows_the_same_moves() -> None:
    comparison = compare_with_lock(lock_document(read_small(OLD)), read_small(NEW))
    assert [one[:2] for one in _told(comparison)] == [("lamp/1", "lamp/1(1)"), ("lamp/1 proviso", "lamp/1(2)")]


def test_an_entry_merged_into_the_one_that_takes_its_number_is_told_with_it() -> None:
    lists = [
        "1. Sale by auction under the Salt Act;\n2. Sale of salt seized under the Taxes Act;\n3. Any other sale.",
        "1. Sale by auction under the Salt Act, or sale of salt seized under the Taxes Act;\n2. Any other sale.",
    ]
    old, new = (read_small(f"Article 1 (Salt)\nSalt is sold by any of the following:\n{one}\n") for one in lists)
    comparison = compare_documents(old, new)
    (gone,) = (one for one in comparison.changes if one.new is None)
    (kept,) = (one for one in comparison.changes if one.new == "lamp/1.1")
    assert {gone.old, kept.old} == {"lamp/1.1", "lamp/1.2"}
    assert gone.partner == "lamp/1.1"


def test_what_shares_its_small_words_alone_is_replaced_whole() -> None:
    old = cut_words("A person liable to pay the fee may pay the fee before the oil is bought")
    new = cut_words("The keeper shall publish the form of the list")
    assert [one.kind for one in find_word_edits(old, new)] == ["replaced"]


def test_where_one_wording_is_empty_the_other_is_added_or_removed() -> None:
    words = cut_words("The keeper shall burn oil")
    assert [one.kind for one in find_word_edits((), words)] == ["added"]
    assert [one.kind for one in find_word_edits(words, ())] == ["removed"]


def test_what_is_put_in_does_not_begin_with_a_bracket_that_closes() -> None:
    old, new = cut_words("paragraph ( 1 ) is"), cut_words("paragraph ( 1 ) or ( 2 ) is")
    edits = [(one.kind, join_words(one.new)) for one in find_word_edits(old, new)]
    assert [(kind, words.strip()) for kind, words in edits] == [
        ("kept", "paragraph (1)"),
        ("added", "or (2)"),
        ("kept", "is"),
    ]


def test_an_apostrophe_stands_close_to_its_word() -> None:
    assert join_words(("15", "days", "'", "leave")).strip() == "15 days' leave"


def test_entries_of_one_table_are_listed_with_commas() -> None:
    table = "\n[Attached Table 1]\nLamps\n1. Tall;\n2. Short;\n2-2. Red;\n3. Green:\n(a) Dark.\n"
    body = "Article 1 (Lamps)\nA lamp of attached Table 1, subparagraph 1, 2-2 or 3 (a), burns."
    assert targets_from("1", body, after=f"{ADDENDUM}{table}") == [
        ("lamp/table-1.1", "lamp/table-1.2-2", "lamp/table-1.3(a)")
    ]
    assert name_place("lamp/table-1.3(a)") == "attached Table 1, entry 3 (a)"


def _calls(length: int) -> int:
    """How many calls it takes to read a list of so many tables."""
    profile = cProfile.Profile()
    listed = ", ".join(str(number) for number in range(1, length))
    profile.runcall(find_mentions, f"Fees of attached Tables {listed} and {length} hold in year {length}.")
    return sum(entry.callcount for entry in profile.getstats())


def test_a_long_list_of_tables_is_read_in_time_that_grows_with_it() -> None:
    assert _calls(400) < 3 * _calls(200)
