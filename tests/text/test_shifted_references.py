"""References in the same words that name another provision after an amendment, and what moved with another citation."""

from __future__ import annotations

import pytest
from tests.text.inline_statutes import read_small

from mutandis_text.comparison.compare import compare_documents, compare_with_lock
from mutandis_text.comparison.lock import lock_document
from mutandis_text.references.find import find_references
from mutandis_text.structure.reader import read_statute
from mutandis_text.time.history import ClauseKind, list_transitions
from mutandis_text.time.instruments import list_instruments
from mutandis_tools.amendment.facts import list_tasks
from mutandis_tools.amendment.reach import AmendmentReport, report_amendment
from mutandis_tools.amendment.report_data import report_data
from mutandis_tools.amendment.report_markdown import check_markdown, report_markdown

BEFORE = """Article 1 (Lamps)
(1) A keeper shall light the lamp before night falls.
(2) A keeper may put out the lamp where fog has lifted.
(3) The oil of a lamp is counted by the harbor master.
Article 2 (Boats)
(1) Article 1 (1) shall apply mutatis mutandis to boats.
(2) Article 1 (1) and (2) hold for rafts.
(3) A boat of the harbor is painted white under paragraph (2).
(4) A boat is sold where the harbor master so decides.
"""
SWAPPED = BEFORE.replace("(1) A keeper shall light", "(9) A keeper shall light").replace(
    "(2) A keeper may", "(1) A keeper may"
)
SWAPPED = "\n".join(
    [
        SWAPPED.split("\n")[0],
        SWAPPED.split("\n")[2],
        SWAPPED.split("\n")[1].replace("(9)", "(2)"),
        *SWAPPED.split("\n")[3:],
    ]
)


def report(before: str, after: str) -> AmendmentReport:
    """What an amendment of one text into the other reaches."""
    old, new = read_small(before), read_small(after)
    return report_amendment(compare_documents(old, new), new, old, (), None)


def shifted(before: str, after: str) -> list[tuple[str, str, str | None]]:
    """Origin, what is named, what was meant, in short; with the lock of the older text alone it is the same."""
    found = report(before, after).shifted
    new = read_small(after)
    comparison = compare_with_lock(lock_document(read_small(before)), new)
    assert report_amendment(comparison, new, None, (), None).shifted == found
    return [
        (
            one.origin.removeprefix("lamp/"),
            one.named.removeprefix("lamp/"),
            (one.meant or "").removeprefix("lamp/") or None,
        )
        for one in found
    ]


def test_paragraphs_that_changed_places_are_told_at_who_names_one_of_them() -> None:
    assert shifted(BEFORE, SWAPPED) == [("2(1)", "1(1)", "1(2)")]


def test_a_paragraph_put_before_the_one_that_is_named_is_told() -> None:
    after = BEFORE.replace("(3) The oil", "(4) The oil").replace("(2) A keeper may", "(3) A keeper may")
    after = after.replace("(1) A keeper shall", "(1) The harbor has a tower.\n(2) A keeper shall")
    assert shifted(BEFORE, after) == [("2(1)", "1(1)", "1(2)"), ("2(2)", "1(2)", "1(3)")]


def test_what_took_the_number_of_what_is_gone_is_told() -> None:
    gone = "(1) A keeper shall light the lamp before night falls.\n"
    after = (
        BEFORE.replace(gone, "").replace("(2) A keeper may", "(1) A keeper may").replace("(3) The oil", "(2) The oil")
    )
    assert shifted(BEFORE, after) == [("2(1)", "1(1)", None), ("2(2)", "1(1)", None)]


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("paragraph (2).", "paragraph (2) as well."),
        ("before night falls.", "before dusk falls."),
        ("(4) A boat is sold where the harbor master so decides.\n", ""),
        ("(3) The oil of a lamp is counted by the harbor master.\n", ""),
        ("Article 1 (1) shall apply", "Article 1 (2) shall apply"),
    ],
)
def test_what_still_names_the_same_is_not_told(was: str, now: str) -> None:
    assert was in BEFORE
    assert shifted(BEFORE, BEFORE.replace(was, now)) == []


def test_it_stands_on_the_worklist_in_the_page_and_in_the_data() -> None:
    found = report(BEFORE, SWAPPED)
    words = "lamp/1(1) is another provision, what it named is lamp/1(2) now"
    told = f"lamp/2(1) still says Article 1 (1): {words}; see whether it is meant"
    assert told in [task.words for task in list_tasks(found)]
    assert "## References that name another provision now\n\n- [ ] `lamp/2(1)`, Article 1 (1): " in check_markdown(
        found
    )
    assert report_data(found)["shifted"] == [
        {"from": "lamp/2(1)", "raw": "Article 1 (1)", "names": "lamp/1(1)", "named": "lamp/1(2)"}
    ]


def test_a_paragraph_that_became_an_article_is_moved_though_it_names_its_neighbour_in_another_way() -> None:
    before = (
        "Article 1 (Clubs)\n(1) A club runs a tower.\n(2) A club entrusted under paragraph (1) shall report quarterly."
    )
    after = "Article 1 (Clubs)\nA club runs a tower.\nArticle 1-2 (Reports)\n"
    after += "A club entrusted under Article 1 shall report quarterly."
    changes = compare_documents(read_small(before), read_small(after)).changes
    told = {(one.old, one.new, tuple(c.value for c in one.changes)) for one in changes}
    assert ("lamp/1(2)", "lamp/1-2", ("moved", "reworded")) in told
    assert not any("deleted" in what or "inserted" in what for _, _, what in told)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("The previous provisions shall govern fines for acts done before.", ClauseKind.FORMER_LAW),
        ("Acts done before shall be punished in accordance with the previous provisions.", ClauseKind.FORMER_LAW),
        ("Applications filed before shall be dealt with under the former provisions.", ClauseKind.FORMER_LAW),
        ("Article 1 shall be effective until December 31, 2030.", ClauseKind.APPLICABILITY),
        ("Article 1 shall not apply to lamps of the harbor.", ClauseKind.APPLICABILITY),
        ("This Act shall apply beginning with lamps lit after it enters into force.", ClauseKind.APPLICABILITY),
        ("Article 1 shall be applied, commencing from the first lamp.", ClauseKind.APPLICABILITY),
        ("A tower that stood then shall not be affected by Article 1.", ClauseKind.APPLICABILITY),
        ("The preceding Article shall apply mutatis mutandis to bells.", ClauseKind.APPLICABILITY),
        ("The effect produced under the former Act shall not be affected.", ClauseKind.FORMER_LAW),
        ("Forms under the previous provisions may be used for three months.", ClauseKind.FORMER_LAW),
        ("Fines for lamps lit before shall follow the previous provisions.", ClauseKind.FORMER_LAW),
        ("Orders in force at the time shall remain valid unless contrary to this Act.", ClauseKind.CARRY_OVER),
        ("A license under the previous provisions shall be deemed a license under Article 1.", ClauseKind.CARRY_OVER),
    ],
)
def test_a_clause_that_keeps_the_former_law_says_so_in_several_ways(words: str, kind: ClauseKind) -> None:
    text = (
        "LAMP ACT\n\nAct No. 100, Jan. 5, 2001\n\nArticle 1 (Lamps)\nA lamp burns.\n"
        "ADDENDA <Act No. 100, Jan. 5, 2001>\n"
        f"Article 1 (Enforcement Date)\nThis Act shall enter into force at once.\nArticle 2 (Transition)\n{words}\n"
    )
    document = read_statute(text, "lamp")
    found = find_references(document)
    assert [one.kind for one in list_transitions(document, list_instruments(document, found), found)] == [kind]


@pytest.mark.parametrize("heading", ["Clubs", "Towers"])
def test_the_only_paragraph_left_is_the_article_now_and_the_reverse(heading: str) -> None:
    one = f"Article 1 ({heading})\nA club runs the tower of the harbor.\nArticle 2 (Bells)\nA bell rings."
    two = (
        "Article 1 (Clubs)\n(1) A club runs the tower of the harbor.\n(2) Bells are bought every year.\n"
        "Article 2 (Bells)\nA bell rings."
    )
    for before, after, moved in ((one, two, ("lamp/1", "lamp/1(1)")), (two, one, ("lamp/1(1)", "lamp/1"))):
        changes = compare_documents(read_small(before), read_small(after)).changes
        told = {(one.old, one.new, tuple(c.value for c in one.changes)) for one in changes}
        second = (None, "lamp/1(2)", ("inserted",)) if before is one else ("lamp/1(2)", None, ("deleted",))
        headed = ("heading only",) if heading == "Towers" else ()
        if before is one:
            assert told == {(*moved, ("moved",)), second, *(("lamp/1", "lamp/1", headed) for _ in headed)}
        else:
            assert told == {(*moved, ("moved", *headed)), second}


def test_words_are_put_together_as_they_are_printed_where_one_in_quotation_marks_changed() -> None:
    before = 'Article 1 (Words)\nThe term "keeper" (or "watchman") means a person who is up before 6 a.m. at a tower.'
    after = before.replace("keeper", "warden").replace("6 a.m.", "7 a.m.")
    page = check_markdown(report(before, after))
    assert (
        'The term "~~keeper~~ **warden**" (or "watchman") means a person who is up before ~~6~~ **7** a.m. at a tower.'
        in page
    )


def test_a_quotation_mark_that_is_gone_shifts_no_other() -> None:
    words = 'A "lamp" or a "bell" is lit or rung for "fog" by a keeper who was told so by the harbor master.'
    before = f"Article 1 (Words)\n{words}"
    after = before.replace('"bell"', "bell").replace("told", "bidden")
    new, old = read_small(after), read_small(before)
    page = report_markdown(report_amendment(compare_documents(old, new), new, old, (), None))
    assert 'A "lamp" or a bell is lit or rung for "fog" by a keeper who was **bidden** so' in page.replace("****", "")
    assert 'for "fog" by a keeper who was ~~told~~ so' in page


MERGED = """Article 1 (Lamps)
(1) A keeper shall light the lamp before night falls, and shall put it out where fog has lifted at sunrise.
(2) A boat of the harbor is painted white.
Article 2 (Boats)
Article 1 (1) shall apply mutatis mutandis to boats.
"""
SPLIT = """Article 1 (Lamps)
(1) A keeper shall light the lamp before night falls.
(2) A keeper shall put it out where fog has lifted at sunrise.
(3) A boat of the harbor is painted white.
Article 2 (Boats)
Article 1 (1) shall apply mutatis mutandis to boats.
"""


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (SPLIT, MERGED, {("lamp/1(2)", None, "lamp/1(1)", ("deleted",))}),
        (MERGED, SPLIT, {(None, "lamp/1(2)", "lamp/1(1)", ("inserted",))}),
        (SPLIT, SPLIT.replace("(2) A keeper shall put it out where fog has lifted at sunrise.\n", ""), set()),
        (
            MERGED,
            MERGED.replace("painted white", "painted black") + "Article 3 (Oil)\nOil is counted by night.\n",
            set(),
        ),
    ],
)
def test_what_was_merged_or_split_off_is_told_with_the_provision_it_belongs_to(
    before: str, after: str, told: set[tuple[str | None, str | None, str, tuple[str, ...]]]
) -> None:
    found = report(before, after)
    changes = found.comparison.changes
    assert {(c.old, c.new, c.partner, tuple(k.value for k in c.changes)) for c in changes if c.partner} == told
    words = "merged into: `lamp/1(1)`" if before is SPLIT else "split off from: `lamp/1(1)`"
    assert (words in check_markdown(found)) is bool(told)
    assert ("split off from lamp/1(1)" in str([task.words for task in list_tasks(found)])) is (after is SPLIT)


def test_a_list_with_one_member_that_is_not_there_names_the_others_still() -> None:
    before = BEFORE.replace("(2) Article 1 (1) and (2) hold", "(2) Articles 1 (1), 1 (2) and 9 hold")
    after = before.replace("(2) A keeper may", "(3) A keeper may").replace("(3) The oil", "(4) The oil")
    after = after.replace("(3) A keeper may", "(2) The harbor has a tower.\n(3) A keeper may")
    assert shifted(before, after) == [("2(2)", "1(2)", "1(3)")]


def test_what_only_has_another_number_is_told_where_it_is_named_and_asks_for_no_rule() -> None:
    before = (
        BEFORE + "Article 3 (Oil)\nOil is counted by the harbor master at night.\nArticle 4 (Rafts)\nArticle 3 holds.\n"
    )
    after = before.replace("Article 3 (Oil)", "Article 3-2 (Oil)")
    found = report(before, after)
    assert [one.broken for one in found.broken] == ["there is no Article 3; lamp/3 is lamp/3-2 now"]
    assert not any(task.words.endswith("write rules") for task in list_tasks(found))
    changed = report(before, after.replace("at night", "by day"))
    assert "lamp/3-2: write rules" in [task.words for task in list_tasks(changed)]


def test_a_word_replaced_throughout_is_not_to_be_written_too() -> None:
    before = BEFORE + "Article 3 (Oil)\n" + "".join(f"({n}) A lamp has oil of kind {n}.\n" for n in range(1, 6))
    tasks = [task.words for task in list_tasks(report(before, before.replace("A lamp has", "A tower has")))]
    assert tasks == ["“lamp” became “tower”, and nothing else: see whether it means the same"]
