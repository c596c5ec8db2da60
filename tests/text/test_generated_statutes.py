"""Generated statutes read back to what generated them; arbitrary text never crashes and is never dropped."""

from __future__ import annotations

import textwrap

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.strategies.statutes import LAW, ExpectedProvision, GeneratedStatute, statutes

from mutandis_text.document import StatuteDocument, Unit, print_statute, walk_units
from mutandis_text.quantities.find import find_quantities
from mutandis_text.structure.reader import read_statute

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


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(statutes(), st.integers(0, 5000))
def test_every_sentence_stands_where_its_extent_says(statute: GeneratedStatute, cut: int) -> None:
    document = read_statute(statute.text[: cut or None], LAW)
    for unit in walk_units(document):
        for sentence in unit.provision.sentences:
            source = " ".join("".join(document.slice(extent) + " " for extent in sentence.extents).split())
            assert source == sentence.text
