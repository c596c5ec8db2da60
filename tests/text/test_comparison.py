"""Comparing a newer text with an older one or with its lock: exactly what was changed is told, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from tests.strategies.amended_statutes import LAW, Amendment, amendments
from tests.text.official_texts import LAWS, official_text

from mutandis.rulebook.lock import read_lock
from mutandis_text.characters.wording import compare_sketches, hash_wording, sketch_wording
from mutandis_text.comparison.compare import ChangeOf, Comparison, compare_documents, compare_with_lock
from mutandis_text.comparison.lock import lock_document, print_lock
from mutandis_text.document import StatuteDocument
from mutandis_text.structure.reader import read_statute

Compare = Callable[[StatuteDocument, StatuteDocument], Comparison]


def _by_lock(old: StatuteDocument, new: StatuteDocument) -> Comparison:
    return compare_with_lock(read_lock(print_lock(lock_document(old))), new)


def _expected(amendment: Amendment) -> set[tuple[str | None, str | None, tuple[str, ...]]]:
    """What must be told, with `swapped` left to the caller."""
    told: set[tuple[str | None, str | None, tuple[str, ...]]] = set()
    for key in {*amendment.old_ids, *amendment.new_ids}:
        old, new = amendment.old_ids.get(key), amendment.new_ids.get(key)
        done = amendment.done.get(key, "")
        if old is None or new is None:
            told.add((old, new, (done,)))
            continue
        changes = ["renumbered"] if old != new and done != "swapped" else []
        changes += {"reworded": ["reworded"], "heading": ["heading only"]}.get(done, [])
        if done == "annotation" and not changes:
            changes.append("annotation only")
        if changes and done != "swapped":
            told.add((old, new, tuple(changes)))
    return told


@pytest.mark.parametrize("compare", [compare_documents, _by_lock])
@given(amendment=amendments())
@settings(max_examples=60, deadline=None)
def test_a_comparison_finds_exactly_the_mutations(compare: Compare, amendment: Amendment) -> None:
    old, new = read_statute(amendment.old, LAW), read_statute(amendment.new, LAW)
    comparison = compare(old, new)
    swapped = {key for key, done in amendment.done.items() if done == "swapped"}
    below = {
        key for key in amendment.old_ids if any(key.startswith(f"{parent}s") or key == parent for parent in swapped)
    }
    about_swaps = {(amendment.old_ids[key], amendment.new_ids[key]) for key in below if key in amendment.new_ids}
    told = {
        (one.old, one.new, tuple(change.value for change in one.changes))
        for one in comparison.changes
        if (one.old, one.new) not in about_swaps
    }
    expected = {one for one in _expected(amendment) if (one[0], one[1]) not in about_swaps}
    assert told == expected
    for old_id, new_id in about_swaps:
        found = [one for one in comparison.changes if one.new == new_id]
        # One of the two keeps its number where a deletion before it makes up for the swap.
        assert [one.old for one in found] == [old_id] or (old_id == new_id and not found)
        assert all(set(one.changes) <= {ChangeOf.MOVED, ChangeOf.RENUMBERED} for one in found)


@pytest.mark.parametrize("law", LAWS)
def test_a_text_compared_with_itself_has_no_changes(law: str) -> None:
    document = official_text(law)
    for comparison in (compare_documents(document, document), _by_lock(document, document)):
        assert comparison.changes == ()
        assert comparison.unchanged == len(lock_document(document).provisions)


def _changed(
    law: str, before: str, after: str, *, lock: bool = False
) -> list[tuple[str | None, str | None, list[str]]]:
    document = official_text(law)
    source = document.source.replace("\u00a0", " ")
    assert before in source
    newer = read_statute(source.replace(before, after, 1), law)
    comparison = _by_lock(document, newer) if lock else compare_documents(document, newer)
    return [(one.old, one.new, [change.value for change in one.changes]) for one in comparison.changes]


@pytest.mark.parametrize("lock", [False, True])
@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ("shall not exceed 15 days", "shall not exceed 20 days", [("act/95(2)", "act/95(2)", ["reworded"])]),
        ("extent of seven days", "extent of ten days", [("act/95(2) proviso", "act/95(2) proviso", ["reworded"])]),
        ("(Suspension of Visit)", "(Ending of Visits)", [("act/42", "act/42", ["heading only"])]),
        ("Article 46 (", "Article 45-2 (", [("act/46", "act/45-2", ["renumbered"])]),
        ("(4) Deleted. <by", "(4) Keys are numbered. <by", [("act/50(4)", "act/50(4)", ["inserted"])]),
    ],
)
def test_a_single_change_of_the_act_is_told_alone(
    lock: bool, before: str, after: str, changes: list[tuple[str, str, list[str]]]
) -> None:
    assert _changed("act", before, after, lock=lock) == changes


def test_the_words_that_changed_are_told_where_both_texts_are_given() -> None:
    document = official_text("act")
    newer = read_statute(document.source.replace("shall not exceed 15 days", "shall not exceed 20 days", 1), "act")
    (change,) = compare_documents(document, newer).changes
    assert [(e.kind, e.old, e.new) for e in change.edits if e.kind != "kept"] == [("replaced", ("15",), ("20",))]
    (change,) = _by_lock(document, newer).changes
    assert change.edits == ()


def test_a_new_annotation_is_no_new_wording() -> None:
    old = "<Amended by Act No. 14170, May 29, 2016>"
    assert _changed("act", old, old.replace(">", "; Act No. 20000, Jan. 3, 2025>")) == [
        ("act/8", "act/8", ["annotation only"])
    ]


def test_the_last_entry_of_a_list_that_goes_on_is_not_reworded() -> None:
    old = "A ACT\n\nAct No. 1, Jan. 5, 2001\n\nArticle 1 (X)\nThe keeper holds:\n1. Dogs;\n2. Cats.\n"
    new = old.replace("2. Cats.", "2. Cats;\n3. Birds.")
    documents = read_statute(old, LAW), read_statute(new, LAW)
    ending, inserted = compare_documents(*documents).changes
    assert (ending.old, ending.changes) == (f"{LAW}/1.2", (ChangeOf.PUNCTUATION,))
    assert [(edit.kind, edit.old, edit.new) for edit in ending.edits[1:]] == [("replaced", (".",), (";",))]
    assert (inserted.id, inserted.changes) == (f"{LAW}/1.3", (ChangeOf.INSERTED,))
    by_lock, _ = _by_lock(*documents).changes
    assert by_lock.changes == (ChangeOf.REWORDED,)
    other = read_statute(old.replace("2. Cats.", "2. Cats; and"), LAW)
    assert compare_documents(documents[0], other).changes[0].changes == (ChangeOf.REWORDED,)


def test_an_inserted_paragraph_shifts_the_numbers_behind_it_and_changes_nothing_else() -> None:
    old = (
        "A ACT\n\nAct No. 1, Jan. 5, 2001\n\nArticle 1 (X)\n(1) Dogs may bark at night.\n(2) Cats may sleep all day.\n"
    )
    new = old.replace("(2) Cats", "(3) Cats").replace("(1) Dogs", "(1) Birds shall sing in the morning.\n(2) Dogs")
    comparison = compare_documents(read_statute(old, "a"), read_statute(new, "a"))
    assert [(c.old, c.new, c.changes) for c in comparison.changes] == [
        (None, "a/1(1)", (ChangeOf.INSERTED,)),
        ("a/1(1)", "a/1(2)", (ChangeOf.RENUMBERED,)),
        ("a/1(2)", "a/1(3)", (ChangeOf.RENUMBERED,)),
    ]


def test_a_paragraph_taken_to_another_article_is_moved() -> None:
    old = (
        "A ACT\n\nAct No. 1, Jan. 5, 2001\n\nArticle 1 (X)\n(1) Dogs may bark at night.\n(2) Cats may sleep all day.\n"
        "Article 2 (Y)\n(1) Birds shall sing early.\n"
    )
    new = old.replace("(2) Cats may sleep all day.\n", "") + "(2) Cats may sleep all day.\n"
    comparison = compare_documents(read_statute(old, "a"), read_statute(new, "a"))
    assert [(c.old, c.new, c.changes) for c in comparison.changes] == [("a/1(2)", "a/2(2)", (ChangeOf.MOVED,))]


def test_typography_is_no_change_of_wording() -> None:
    assert hash_wording("the “Act”,\n etc.") == hash_wording('the "Act", etc.')
    assert hash_wording("15 days") != hash_wording("16 days")


def test_a_sketch_tells_like_from_unlike_and_keeps_no_words() -> None:
    text = "The keeper of the lamp shall light it before night falls over the harbor and the boats"
    near = text.replace("night", "evening")
    far = "Visitors may bring bread, salt and candles when the gate stands open on market days"
    assert compare_sketches(sketch_wording(text), sketch_wording(text)) == 1
    assert compare_sketches(sketch_wording(text), sketch_wording(near)) > 0.5
    assert compare_sketches(sketch_wording(text), sketch_wording(far)) < 0.2
    assert len(sketch_wording(text)) == 32


def test_a_clause_of_one_instrument_is_never_moved_to_the_addenda_of_another() -> None:
    body = (
        "LAMP ACT\n\n{head}\n\nArticle 1 (Lamps)\nA lamp burns.\nADDENDA <{head}>\nArticle 1 (Enforcement Date)\n"
        "This Act shall enter into force {when} its promulgation.\n"
    )
    old = read_statute(body.format(head="Act No. 1, Jan. 5, 2001", when="six months after"), "lamp")
    new = read_statute(body.format(head="Act No. 2, Jan. 5, 2021", when="one year after"), "lamp")
    told = {(one.old, one.new) for one in compare_documents(old, new).changes}
    assert told == {
        ("lamp/addenda-1", None),
        ("lamp/addenda-1/1", None),
        (None, "lamp/addenda-2"),
        (None, "lamp/addenda-2/1"),
    }
