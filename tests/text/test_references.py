"""Cross-references: what is recognised, what it names, what it does, whether it holds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mutandis_text.output.references import reference_graph, reference_page
from mutandis_text.references.find import Reference, ReferenceReport, find_references
from mutandis_text.references.grammar import find_mentions
from mutandis_text.references.kinds import ReferenceKind
from mutandis_text.structure.reader import read_statute

STATUTE = """LAMP ACT

Act No. 100, Jan. 5, 2001

Article 1 (Purpose)
The purpose of this Act is to keep lamps.
Article 2 (Keepers)
(1) A keeper holds one of the following licenses:
1. A day license;
2. A night license: Provided, That it lapses in winter;
2-2. A fog license;
3. Any other license.
(2) A license under paragraph (1) lasts a year: Provided, That it may be renewed. In such cases, a fee is due.
(3) Deleted. <by Act No. 200, Feb. 6, 2002>
(4) {here}
Article 2-2 (Boats)
A boat carries a lamp.
Article 3 Deleted. <by Act No. 200, Feb. 6, 2002>
Article 4 (Towers)
A tower shall be one of the following:
1. A tower of stone;
2. A tower of wood, being:
(a) Oak;
(b) Pine.
Article 5 (Penalties)
Whoever breaks Article 4 shall be fined.
ADDENDA <Act No. 100, Jan. 5, 2001>
Article 1 (Entry into Force)
This Act takes effect on the date of promulgation.
Article 2 (Licenses)
(1) {there}
(2) The former provisions shall apply to paragraph (1).
"""


def references(here: str, there: str = "Lamps burn.", statute: str = STATUTE) -> tuple[Reference, ...]:
    """What the sentence put into Article 2 (4) refers to (and the one in the addenda)."""
    document = read_statute(statute.replace("{here}", here).replace("{there}", there), "lamp")
    report = find_references(document)
    assert [one for one in report.leftovers if not one.explained] == []
    return tuple(r for r in report.references if r.origin in ("lamp/2(4)", "lamp/addenda-100/2(1)"))


def only(here: str, there: str = "Lamps burn.") -> Reference:
    found = references(here, there)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("phrase", "targets"),
    [
        ("paragraph (1)", "2(1)"),
        ("paragraphs (1) and (2)", "2(1), 2(2)"),
        ("paragraph (1) 2", "2(1)2"),
        ("paragraph (1) 1 or 3", "2(1)1, 2(1)3"),
        ("paragraph (1) 1 through 3", "2(1)1, 2(1)2, 2(1)2-2, 2(1)3"),
        ("subparagraph 2-2 of paragraph (1)", "2(1)2-2"),
        ("each subparagraph of paragraph (1)", "2(1)1, 2(1)2, 2(1)2-2, 2(1)3"),
        ("any of subparagraphs 1 through 2 of paragraph (1)", "2(1)1, 2(1)2"),
        ("the proviso to paragraph (2)", "2(2) proviso"),
        ("the proviso to paragraph (2) or (1)", "2(2) proviso, 2(1)"),
        ("the proviso to paragraph (1) 2", "2(1)2 proviso"),
        ("the main sentence of paragraph (2)", "2(2)"),
        ("the latter part of paragraph (2)", "2(2) latter"),
        ("the preceding paragraph", "2(3)"),
        ("this Article", "2"),
        ("the preceding Article", "1"),
        ("the following Article", "2-2"),
        ("Article 4", "4"),
        ("Article 2-2", "2-2"),
        ("Articles 1 through 2-2", "1, 2, 2-2"),
        ("Articles 1, 4 and 5", "1, 4, 5"),
        ("Article 4.", "4"),
        ("subparagraph 2 of Article 4", "4.2"),
        ("Article 4 subparagraph 2", "4.2"),
        ("items (a) and (b) of subparagraph 2 of Article 4", "4.2(a), 4.2(b)"),
        ("any item of subparagraph 2 of Article 4", "4.2(a), 4.2(b)"),
        ("subparagraphs 1 and 2 of Article 4", "4.1, 4.2"),
        ("Article 2 (1) or 4", "2(1), 4"),
        ("Article 1 and Article 4", "1, 4"),
        ("Article 1 and subparagraph 2 of Article 4", "1, 4.2"),
        ("paragraph 1", "2(1)"),
        ("this Act", ""),
    ],
)
def test_a_phrase_names_these_provisions_of_the_law_itself(phrase: str, targets: str) -> None:
    found = only(f"A lamp is lit under {phrase}")
    assert found.targets == tuple(f"lamp/{one}" if one else "lamp" for one in targets.split(", "))
    assert found.target == "same"


@pytest.mark.parametrize(
    ("phrase", "why"),
    [
        ("paragraph (9)", "lamp/2 has no paragraph (9)"),
        ("paragraph (3)", "lamp/2(3) is deleted"),
        ("Article 3", "lamp/3 is deleted"),
        ("Article 99", "there is no Article 99"),
        ("the proviso to paragraph (1)", "lamp/2(1) has no proviso"),
        ("subparagraph 9 of Article 4", "lamp/4 has no subparagraph 9"),
        ("subparagraph 2 of Article 2", "lamp/2 has no subparagraph 2 (lamp/2(1) has one)"),
        ("each subparagraph of paragraph (2)", "lamp/2(2) has no subparagraphs"),
        ("Articles 1 through 9", "there is no Article 9"),
        ("paragraph (4)", "lamp/2(4) refers to itself"),
    ],
)
def test_what_is_not_there_is_reported_as_broken_with_the_reason(phrase: str, why: str) -> None:
    assert only(f"A lamp is lit under {phrase}.").broken == why


@pytest.mark.parametrize(
    ("phrase", "targets"),
    [
        ("Article 200-2, 200-3 or 212 of the Ship Act", "ship-act/200-2 ship-act/200-3 ship-act/212"),
        ("Article 201-2 (10) and Article 71-2 of the Ship Act", "ship-act/201-2(10) ship-act/71-2"),
        ("Article 7 (1) 1, 2 (a), and 4 of the Ship Act", "ship-act/7(1)1 ship-act/7(1)2(a) ship-act/7(1)4"),
        ("Article 32 (1) 8 through 10 of the Ship Act", "ship-act/32(1)8 ship-act/32(1)9 ship-act/32(1)10"),
        (
            "Article 23 (2), 48 (1), or 52 (1) or (3) of the Ship Act",
            "ship-act/23(2) ship-act/48(1) ship-act/52(1) ship-act/52(3)",
        ),
        ("subparagraph 2 of Article 18 of the Ship Act", "ship-act/18.2"),
        ("the Act on the Lights of Boats, etc.", "act-on-the-lights-of-boats-etc"),
    ],
)
def test_a_law_named_behind_a_list_is_the_law_of_the_whole_list(phrase: str, targets: str) -> None:
    found = only(f"A lamp is lit under {phrase}.")
    assert found.targets == tuple(f"ext:{target}" for target in targets.split(" "))
    assert (found.target, found.broken) == ("other", None)


def test_a_comma_that_ends_a_clause_does_not_join_two_references() -> None:
    found = references("After the period of paragraph (2), Article 4 shall apply mutatis mutandis.")
    assert [(r.targets, r.kind.value) for r in found] == [
        (("lamp/2(2)",), "cites"),
        (("lamp/4",), "mutatis mutandis"),
    ]


def test_a_bracket_behind_an_article_speaks_of_that_article() -> None:
    found = references("Article 2 (excluding paragraph (2)) shall apply mutatis mutandis to boats under paragraph (1).")
    assert [(r.targets, r.kind.value) for r in found] == [
        (("lamp/2",), "mutatis mutandis"),
        (("lamp/2(2)",), "excluding"),
        (("lamp/2(1)",), "under"),
    ]
    found = references("Article 4 (limited to subparagraph 2) of towers.")
    assert [r.targets for r in found] == [("lamp/4",), ("lamp/4.2",)]


def test_a_number_that_counts_something_is_no_provision() -> None:
    assert only("Under paragraph (1) and 3 persons present, a lamp is lit.").targets == ("lamp/2(1)",)


def test_the_same_act_is_the_one_named_last() -> None:
    found = references(
        "Under Article 2 of the Ship Act and Article 18 of the Enforcement Decree of the same Act, rest."
    )
    assert [r.targets for r in found] == [
        ("ext:ship-act/2",),
        ("ext:enforcement-decree-of-the-ship-act/18",),
    ]


def test_the_same_article_is_the_one_named_last_even_in_another_law() -> None:
    found = references("Under Article 2 of the Ship Act, paragraph (3) of the same Article is left out.")
    assert found[1].targets == ("ext:ship-act/2(3)",)


def test_the_act_inside_a_decree_is_its_parent() -> None:
    statute = STATUTE.replace("LAMP ACT", "ENFORCEMENT DECREE OF THE LAMP ACT").replace("this Act", "this Decree")
    found = references("A lamp is lit under Article 4 (1) 2 of the Act and paragraph (1).", statute=statute)
    assert [(r.targets, r.target.value) for r in found] == [
        (("ext:lamp-act/4(1)2",), "parent"),
        (("lamp/2(1)",), "same"),
    ]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Under paragraph (1), rest.", "under"),
        ("Pursuant to the provisions of paragraph (1), rest.", "under"),
        ("Notwithstanding paragraph (1), rest.", "notwithstanding"),
        ("Notwithstanding the measures referred to in paragraph (1), rest.", "notwithstanding"),
        ("The lamps referred to in paragraph (1) rest.", "cites"),
        ("A lamp that falls under paragraph (1) 1 rests.", "cites"),
        ("Under the proviso to paragraph (2), rest.", "proviso"),
        ("Article 4 shall apply mutatis mutandis to boats.", "mutatis mutandis"),
        ("Article 4 shall, mutatis mutandis, apply to boats.", "mutatis mutandis"),
        ("A lamp shall be deemed a boat when Article 4 is applied.", "deeming"),
    ],
)
def test_the_words_around_a_reference_say_what_it_does(sentence: str, kind: str) -> None:
    assert only(sentence).kind.value == kind


def test_a_definition_has_its_term_and_its_scope() -> None:
    found = references(
        'A lamp (hereafter referred to as "light" in this Article) is a lamp (hereinafter referred to as "glow").'
    )
    assert [(r.kind, r.words, r.targets) for r in found] == [
        (ReferenceKind.DEFINITION, "light", ("lamp/2",)),
        (ReferenceKind.DEFINITION, "glow", ("lamp",)),
    ]


def test_a_delegation_names_who_decides() -> None:
    found = references(
        "It shall be prescribed by Presidential Decree, by the scope determined by the Minister of Justice, "
        "or as prescribed by Ordinance of the Ministry of Justice."
    )
    assert [r.targets[0] for r in found] == [
        "ext:presidential-decree",
        "ext:minister-of-justice",
        "ext:ordinance-of-the-ministry-of-justice",
    ]


def test_a_quoted_delegation_is_spoken_of_and_not_made() -> None:
    found = references('"Matters prescribed by Presidential Decree" in Article 4 of the Ship Act means lamps.')
    assert [r.kind.value for r in found] == ["definition", "cites"]


def test_construals_of_the_next_sentence_belong_to_the_clause() -> None:
    found = only(
        'Article 4 shall apply mutatis mutandis. In such cases, "tower" and "stone" shall be construed as "boat", '
        '"wood" as "sail", respectively.'
    )
    assert [(p.sources, p.targets) for p in found.construals] == [
        (("tower", "stone"), ("boat",)),
        (("wood",), ("sail",)),
    ]


@pytest.mark.parametrize("words", ['"pond."', '"pond".'])
def test_a_sentence_that_opens_with_where_something_is_read_as_another(words: str) -> None:
    (pair,) = only(f'In Article 4, "sea" shall be read as {words}').construals
    assert (pair.sources, pair.targets) == (("sea",), ("pond",))


def test_the_addenda_speak_of_the_body_unless_they_say_otherwise() -> None:
    (found,) = references("Rest.", "The amended provisions of Article 4 apply.")
    assert found.targets == ("lamp/4",)
    (found,) = references("Rest.", "Article 1 of the Addenda applies.")
    assert found.targets == ("lamp/addenda-100/1",)


def test_former_wording_is_not_looked_up() -> None:
    (found,) = references("Rest.", "Former Article 99 applies.")
    assert found.broken is None


def test_officials_in_penal_provisions_need_a_law_that_is_named() -> None:
    found = only("A keeper shall be deemed a public official when Articles 1 through 5 are applied.")
    assert found.broken is not None
    assert "Criminal Act" in found.broken


def test_the_list_a_provision_announces_is_no_reference() -> None:
    text = STATUTE.replace("{here}", "Rest.").replace("{there}", "Rest.")
    text = text.replace("one of the following licenses", "any of the following subparagraphs")
    report = find_references(read_statute(text, "lamp"))
    assert [one.why for one in report.leftovers if one.raw.startswith("subparagraphs")] == ["announces the list below"]


def test_the_graph_has_every_provision_and_marks_what_is_outside_or_missing() -> None:
    document = read_statute(
        STATUTE.replace("{here}", "See Article 99 and the Ship Act.").replace("{there}", "R."), "lamp"
    )
    graph = reference_graph(document, find_references(document))
    nodes = {node["id"]: node["kind"] for node in graph["nodes"]}  # type: ignore[attr-defined]  # JSON is untyped
    assert nodes["lamp/99"] == "missing"
    assert nodes["ext:ship-act"] == "outside"
    assert nodes["lamp/2(2) proviso"] == "proviso"


def test_the_page_tells_broken_references_first() -> None:
    document = read_statute(STATUTE.replace("{here}", "See Article 99.").replace("{there}", "R."), "lamp")
    page = reference_page(document, find_references(document))
    assert "- `lamp/2(4)` (line 15), “Article 99”: there is no Article 99" in page
    assert page.index("## Broken") < page.index("## Article by article")


_LEGAL_WORDS = (
    "Article Articles paragraph paragraphs subparagraph subparagraphs item items proviso main sentence (1) (2) 3 3-2 "
    "(a) (i) of the to and or , through each any Act same this preceding Enforcement Decree hereinafter referred as "
    "\" ' ; . : ) ( Ordinance by prescribed mutatis mutandis shall apply notwithstanding under former Minister Justice"
)
_PIECES = st.sampled_from(_LEGAL_WORDS.split())


@given(st.lists(_PIECES, max_size=60))
@settings(max_examples=100, deadline=None)
def test_any_heap_of_legal_words_is_read_without_overlaps(words: list[str]) -> None:
    wording = find_mentions(" ".join(words))
    ends = 0
    for mention in wording.mentions:
        start, end = wording.span(mention)
        assert ends <= start < end <= len(wording.text)
        ends = end


@given(st.lists(_PIECES, max_size=40), st.lists(_PIECES, max_size=40))
@settings(max_examples=50, deadline=None)
def test_every_reference_resolves_to_something_or_says_why_not(here: list[str], there: list[str]) -> None:
    text = STATUTE.replace("{here}", f"Rest {' '.join(here)}").replace("{there}", f"Rest {' '.join(there)}")
    document = read_statute(text, "lamp")
    report: ReferenceReport = find_references(document)
    for reference in report.references:
        assert reference.targets or reference.broken
        assert document.slice(reference.extent).split() != []
