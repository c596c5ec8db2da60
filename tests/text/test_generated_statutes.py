"""Generated statutes read back to what generated them; arbitrary text never crashes and is never dropped."""

from __future__ import annotations

import cProfile
import textwrap

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.strategies.statutes import LAW, ExpectedProvision, GeneratedStatute, statutes

from mutandis_text.comparison.compare import compare_documents
from mutandis_text.document import StatuteDocument, Unit, print_statute, walk_units
from mutandis_text.output.references import reference_graph, reference_page
from mutandis_text.quantities.find import find_quantities
from mutandis_text.references.find import find_references
from mutandis_text.structure.reader import read_statute
from mutandis_text.time.history import list_history, list_transitions
from mutandis_text.time.instruments import list_instruments
from mutandis_text.time.law_yaml import print_law_yaml
from mutandis_tools.amendment.hints import gather_hints
from mutandis_tools.amendment.skeleton import print_skeleton

_SCRAPS = st.sampled_from(
    (
        "Article 1 (Purpose)",
        "Article 2 Deleted.",
        "Articles 3 and 4 Deleted. ",
        "\n",
        "\n",
        "\n",
        " ",
        "\u00a0",
        "\r\n",
        "(1) ",
        "(2)",
        "1. ",
        "1-2. ",
        "(a) ",
        "(i) ",
        "<Amended by Act No. 1, Jan. 2, 2000>",
        "<",
        ">",
        "[",
        "]",
        "(",
        ")",
        "[This Article Newly Inserted on Jan. 3, 2001]",
        "ADDENDA",
        "ADDENDUM <Act No. 5, Dec. 3, 1999>",
        "CHAPTER I ",
        "Article 2 Omitted.",
        "(Proviso Omitted.)",
        "(2) and (3) Deleted. ",
        "Provided, That ",
        "In such cases, ",
        "the keeper shall, in any of the following cases: ",
        "15 days",
        "not exceeding ",
        "1/2",
        "“",
        "제1조(목적)",
        "However, ",
        "<div>",
        "&nbsp;",
        "\x00",
        "\ufffd",
        "Act Nos. 1 & 2, ",
        "[Moved from Article 2]",
        "Feb. 30, 2001",
        "\u2028",
        "\ufeff",
    )
)


def _expected(unit: Unit) -> ExpectedProvision:
    node = unit.provision
    if unit.sentence is not None:
        return ExpectedProvision(unit.id, unit.kind, "live", ((unit.sentence.kind.value, unit.sentence.text),))
    sentences = tuple((one.kind.value, one.text) for one in node.sentences)
    lead = node.list_lead.sentence if node.list_lead else None
    return ExpectedProvision(unit.id, unit.kind, node.status.value, sentences, lead)


def _assert_partition(document: StatuteDocument) -> None:
    position = 0
    for piece in document.pieces:
        assert piece.extent.start == position
        position = piece.extent.end
    assert position == len(document.source)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(statutes())
def test_a_generated_statute_is_read_back_to_what_generated_it(statute: GeneratedStatute) -> None:
    document = read_statute(statute.text, LAW)
    assert tuple(_expected(unit) for unit in walk_units(document)) == statute.provisions
    assert tuple(division.id for division in document.divisions) == statute.divisions
    assert tuple(addenda.id for addenda in document.addenda) == statute.addenda
    assert print_statute(document) == statute.text
    assert [one for one in document.diagnostics if one.severity.value == "error"] == []


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(statutes(), st.integers(45, 100))
def test_line_breaks_amid_wording_change_nothing_or_are_told(statute: GeneratedStatute, width: int) -> None:
    lines = (textwrap.wrap(line, width, break_on_hyphens=False) or [""] for line in statute.text.split("\n"))
    document = read_statute("\n".join(piece for pieces in lines for piece in pieces), LAW)
    # A sentence that starts a line after a finished list entry may be the entry's or the paragraph's.
    if "unnumbered-line" not in {one.slug for one in document.diagnostics}:
        assert tuple(_expected(unit) for unit in walk_units(document)) == statute.provisions


@settings(deadline=None, max_examples=100)
@given(st.lists(st.one_of(_SCRAPS, st.text(max_size=8)), max_size=50).map("".join))
def test_any_text_is_read_printed_back_and_accounted_for(text: str) -> None:
    document = read_statute(text, LAW)
    assert print_statute(document) == text
    _assert_partition(document)
    for unit in walk_units(document):
        assert 0 <= unit.extent.start <= unit.extent.end <= len(text)
    for quantity in find_quantities(document):
        assert document.slice(quantity.extent)


_SENTENCES = st.sampled_from(
    (
        "Article 12 (1) of the Ship Act applies. ",
        "The former part of the same paragraph does not. ",
        "The proviso to the same subparagraph shall not apply. ",
        "The main sentence of the preceding paragraph holds. ",
        "The preceding Article shall apply mutatis mutandis. ",
        "The following two paragraphs shall apply mutatis mutandis to boats. ",
        "Each subparagraph of the same Article applies. ",
        "Chapter II and this Section apply mutatis mutandis. ",
        'Part of the Ship Act shall be amended as follows: "Article 3" in Article 2 shall be amended to "Article 9". ',
        "Under former Article 2 (3) proviso, attached Table 1 and Form 3 apply. ",
        'The term "lamp" means a light under subparagraph 7 of the same paragraph. ',
        'In such cases, "lamp" and "boat" shall be construed as "ship", respectively. ',
        "Provided, That the latter part of Article 9 (1) shall not exceed 15 days. ",
        "This Act shall enter into force six months after its promulgation: Provided, That Article 1 (1) 2 shall on "
        "January 1, 2001. ",
        "\n1. A lamp;\n2. A boat.\n",
        "\n(i) A light;\n(ii) A bell;\n(iii) A horn;\n(iv) A flag.\n",
        "\n(iv) A flag.\n",
        "Article 1 (Theft of Lamps, etc.) (1) of the Ship Act and Article 3 (1) 2 of the same Act apply. ",
        "Article 1 (1) or paragraph (2) of the same Article applies in this Chapter. ",
        "It rests within the limit of 300 hours in a year, each quarter and every two weeks, by the end of March. ",
        "A person of not less than six years and under 15 years may enter only once. ",
        "\n[Moved from Article 2; previous Article 1 moved to Article 3 <Jan. 2, 2000>]\n",
        "\n(1) ",
        "\n(2) ",
        "\nArticle 1 (Lamps)\n",
        "\nArticle 2 (Boats) <Amended by Act No. 1, Jan. 2, 2000>\n",
        "\nArticle 2 Deleted. <by Act No. 1, Jan. 2, 2000>\n",
        "\nCHAPTER I LAMPS\n",
        "\nADDENDA <Act No. 1, Jan. 2, 2000>\n",
        "\n[Attached Table 1] Fares\n1. 500 won\n",
    )
)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_SENTENCES, min_size=2, max_size=24).map("".join))
def test_every_stage_goes_through_any_heap_of_sentences(text: str) -> None:
    document = read_statute(f"LAMP ACT\n\nAct No. 1, Jan. 2, 2000\n\nArticle 1 (Lamps)\n{text}", LAW)
    assert print_statute(document) == document.source
    report = find_references(document)
    for reference in report.references:
        assert reference.targets or reference.broken
    reference_graph(document, report)
    reference_page(document, report)
    records = list_instruments(document, report)
    print_law_yaml(document, records)
    list_history(document, records)
    list_transitions(document, records, report)
    find_quantities(document)
    hints = gather_hints(document)
    for article in document.articles:
        assert print_skeleton(article, hints).startswith(f"law: {LAW}\n")
    comparison = compare_documents(document, document)
    assert comparison.changes == ()


def _calls(body: str) -> int:
    document = read_statute(f"LAMP ACT\n\nAct No. 1, Jan. 2, 2000\n\nArticle 1 (Lamps)\n(1) A.\n(2) {body}", LAW)
    profile = cProfile.Profile()
    profile.runcall(find_references, document)
    return sum(entry.callcount for entry in profile.getstats())


@pytest.mark.parametrize(
    "phrase",
    [
        "A lamp shall be deemed a public official when Article 1 is applied; ",
        "Article 3 of the Ship Act and paragraph (1) of the same Article and the same Decree; ",
        "Article 1 shall apply mutatis mutandis; ",
        "Article 1 (Lamps), ",
        "Act on Lamp, Boat, ",
        "the preceding paragraph, attached Table 1, Chapter I and ",
        'the term "lamp" means a light (hereinafter referred to as "light") and ',
    ],
)
def test_references_of_one_paragraph_cost_in_line_with_its_length(phrase: str) -> None:
    short, long = _calls(phrase * 50), _calls(phrase * 200)
    assert long < 5 * short


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(statutes(), st.integers(0, 5000))
def test_every_sentence_stands_where_its_extent_says(statute: GeneratedStatute, cut: int) -> None:
    document = read_statute(statute.text[: cut or None], LAW)
    for unit in walk_units(document):
        for sentence in unit.provision.sentences:
            source = " ".join("".join(document.slice(extent) + " " for extent in sentence.extents).split())
            assert source == sentence.text
