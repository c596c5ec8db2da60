"""References to other laws: never taken for this law's own, however much stands between the number and the law."""

from __future__ import annotations

import pytest
from tests.text.inline_statutes import ADDENDUM, read_small, references_from, targets_from

from mutandis_text.output.references import reference_graph, reference_json
from mutandis_text.quantities.find import find_quantities
from mutandis_text.references.find import find_references

LAMPS = "Article 1 (Lamps)\n(1) A lamp burns.\n(2) A lamp may rest. In such cases, a bell rings.\n"


@pytest.mark.parametrize(
    ("words", "target"),
    [
        ("The former part of the same paragraph", "ext:ship-act/12(1) former"),
        ("The latter part of the same paragraph", "ext:ship-act/12(1) latter"),
        ("The proviso to the same paragraph", "ext:ship-act/12(1) proviso"),
        ("The main sentence of the same paragraph", "ext:ship-act/12(1)"),
        ("Subparagraph 3 of the same paragraph", "ext:ship-act/12(1)3"),
        ("The proviso to paragraph (2) of the same Article", "ext:ship-act/12(2) proviso"),
    ],
)
def test_the_same_paragraph_may_stand_in_another_law(words: str, target: str) -> None:
    body = f"{LAMPS}Article 2 (Ships)\nArticle 12 (1) of the Ship Act applies to a lamp. {words} does not."
    assert targets_from("2", body) == [("ext:ship-act/12(1)",), (target,)]


def test_the_same_paragraph_is_the_one_whose_part_was_named() -> None:
    body = (
        f"{LAMPS}Article 2 (Boats)\n(1) Article 1 (1) applies to boats.\n"
        "(2) The latter part of Article 1 (2) applies to a boat under the former part of the same paragraph."
    )
    assert targets_from("2(2)", body) == [("lamp/1(2) latter",), ("lamp/1(2) former",)]


@pytest.mark.parametrize(
    ("phrase", "targets"),
    [
        ("Article 2 (Punishment) of the Dune Act", ["ext:dune-act/2"]),
        ("Article 2 (penalty provisions) of the Dune Act", ["ext:dune-act/2"]),
        ("Article 2 (Punishment) (1) of the Dune Act", ["ext:dune-act/2(1)"]),
        ("Article 2 (Theft of Sand, etc.) of the Dune Act", ["ext:dune-act/2"]),
        ("paragraph (1) of Article 2 (Punishment) of the Dune Act", ["ext:dune-act/2(1)"]),
        (
            "Article 1 (Felling), 2 (Burning) or 4 (Theft of Wood) of the Timber Act",
            ["ext:timber-act/1", "ext:timber-act/2", "ext:timber-act/4"],
        ),
        (
            "Article 1 (Felling) and Article 3 (Driving) of the Timber Act",
            ["ext:timber-act/1", "ext:timber-act/3"],
        ),
        ("Article 1 (Lamps)", ["lamp/1"]),
        ("Article 1 (excluding paragraph (2))", ["lamp/1"]),
    ],
)
def test_a_heading_in_brackets_parts_no_number_from_its_law(phrase: str, targets: list[str]) -> None:
    body = f"{LAMPS}Article 2 (Notice)\nWhoever learns of a crime under {phrase} shall tell it."
    found = targets_from("2", body)
    assert list(found[0]) == targets
    assert [q for q in find_quantities(read_small(body)) if q.provision == "lamp/2"] == []


AMENDING = """ADDENDA <Act No. 100, Jan. 5, 2001>
Article 1 (Enforcement Date)
This Act shall enter into force on the date of its promulgation.
Article 2 (Amendment to Other Statutes)
(1) Part of the Towage Act shall be amended as follows:
"Article 3" in Article 2 (1) shall be amended to "Article 3 (2)".
(2) The Salvage Act shall be partially amended as follows:
In Article 1, "a pilot" shall be amended to "a pilot under Article 9 of the Lamp Act".
(3) Article 1 applies to a person under Article 5 of the Salvage Act.
"""


def test_an_addendum_that_amends_another_law_speaks_of_that_law() -> None:
    assert targets_from("addenda-100/2(1)", LAMPS, after=AMENDING) == [("ext:towage-act",), ("ext:towage-act/2(1)",)]
    assert targets_from("addenda-100/2(2)", LAMPS, after=AMENDING) == [("ext:salvage-act",), ("ext:salvage-act/1",)]


def test_the_amendment_ends_with_its_paragraph() -> None:
    assert targets_from("addenda-100/2(3)", LAMPS, after=AMENDING) == [("lamp/1",), ("ext:salvage-act/5",)]


def test_what_an_amendment_quotes_is_left_over_with_the_reason() -> None:
    leftovers = find_references(read_small(LAMPS, after=AMENDING)).leftovers
    quoted = [one for one in leftovers if one.why == "the wording of another law, quoted by an amendment"]
    assert [one.raw[:9] for one in quoted] == ["Article 3", "Article 3", "Article 9"]


def test_a_former_article_is_no_edge_to_what_stands_there_today() -> None:
    body = f"{LAMPS}Article 2 (Licences)\n(1) A licence under former Article 1 holds.\n(2) Article 1 applies.\n"
    document = read_small(body)
    report = find_references(document)
    former, today = [one for one in report.references if one.targets == ("lamp/1",)]
    assert (former.earlier, today.earlier) == (True, False)
    assert reference_json(former)["earlier"] is True
    edges = reference_graph(document, report)["edges"]
    assert isinstance(edges, list)
    assert [edge["from"] for edge in edges if edge["to"] == "lamp/1"] == ["lamp/2(2)"]


@pytest.mark.parametrize(
    "words",
    ["Former Article 1", "the former Article 1", "the previous Article 1", "the former provisions of Article 1"],
)
def test_these_words_speak_of_an_earlier_wording(words: str) -> None:
    (found,) = references_from("2", f"{LAMPS}Article 2 (Licences)\nA licence under {words} holds.")
    assert found.earlier


def test_the_decree_is_the_one_that_was_given_the_name() -> None:
    body = (
        f"{LAMPS}Article 2 (Crews)\nA crew is trained as provided by the Enforcement Decree of the Ship Act"
        ' (hereinafter referred to as the "Decree"). In such cases, "master" in Article 1 (1) of the Decree shall be '
        'construed as "keeper".\nArticle 3 (Bells)\nA bell rings under Article 2 of the Decree.'
    )
    assert targets_from("2 latter", body) == [("ext:enforcement-decree-of-the-ship-act/1(1)",)]
    assert targets_from("3", body) == [("ext:enforcement-decree-of-the-ship-act/2",)]


def test_the_decree_in_an_act_that_names_none_is_the_one_made_under_it() -> None:
    body = f"{LAMPS}Article 2 (Bells)\nA bell rings under Article 2 of the Decree."
    assert targets_from("2", body) == [("ext:enforcement-decree-of-the-lamp-act/2",)]


def test_the_addendum_keeps_its_own_references() -> None:
    assert targets_from("addenda-100", LAMPS, after=ADDENDUM) == [("lamp",)]


def test_a_citation_at_the_start_of_a_line_is_no_heading() -> None:
    body = f"{LAMPS}Article 2 (Ships)\nArticle 3 (Signals) (1) of the Ship Act shall apply mutatis mutandis to lamps."
    assert targets_from("2", body) == [("ext:ship-act/3(1)",)]


@pytest.mark.parametrize(
    ("title", "target"),
    [
        ("ENFORCEMENT RULE OF THE LAMP ACT", "ext:enforcement-decree-of-the-lamp-act/9"),
        ("REGULATIONS ON LAMPS", "ext:decree/9"),
        ("HARBOR LAMPS DECREE", "lamp/9"),
        ("ENFORCEMENT DECREE OF THE LAMP ACT", "lamp/9"),
    ],
)
def test_the_decree_in_rules_and_regulations_is_another_instrument(title: str, target: str) -> None:
    assert targets_from("1", "Article 1 (Lamps)\nArticle 9 of the Decree holds for lamps.", title) == [(target,)]
