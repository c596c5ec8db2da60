"""What the three official texts hold, in figures and ids; their sentences stay outside the project."""

from __future__ import annotations

import textwrap

import pytest
from tests.text.official_texts import LAWS, official_text, texts_folder

from mutandis.diagnostics import Severity
from mutandis_text.document import PieceRole, Provision, Unit, print_statute, walk_provisions, walk_units
from mutandis_text.quantities.find import find_quantities
from mutandis_text.quantities.numerals import print_value
from mutandis_text.structure.inventory import inventory_json, take_inventory
from mutandis_text.structure.reader import read_statute

_FIGURES = {
    # live, deleted, moved articles; paragraphs, subparagraphs, provisos, latter parts, addenda
    "act": (142, 0, 0, 302, 180, 38, 9, 13),
    "juvenile-decree": (116, 6, 1, 176, 125, 15, 9, 13),
    "probation-decree": (62, 2, 0, 76, 103, 4, 3, 18),
}


def _provision(law: str, own: str) -> Provision:
    return next(node for node in walk_provisions(official_text(law)) if node.id == own)


@pytest.mark.parametrize("law", LAWS)
def test_the_counts_of_each_law(law: str) -> None:
    found = inventory_json(take_inventory(official_text(law)))
    articles = found["articles"]
    assert isinstance(articles, dict)
    names = ("paragraphs", "subparagraphs", "provisos", "latter_parts", "addenda")
    assert (*articles.values(), *(found[name] for name in names)) == _FIGURES[law]
    assert (found["items"], found["subitems"]) == (0, 0)


@pytest.mark.parametrize("law", LAWS)
def test_the_text_prints_back_and_nothing_is_unread(law: str) -> None:
    document = official_text(law)
    source = (texts_folder() / f"{law}.txt").read_bytes().decode("utf-8")
    assert print_statute(document) == source
    assert [piece for piece in document.pieces if piece.role is PieceRole.UNREAD] == []


@pytest.mark.parametrize("law", LAWS)
def test_the_reader_is_nowhere_unsure(law: str) -> None:
    assert [one for one in official_text(law).diagnostics if one.severity is not Severity.NOTE] == []


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize("width", [50, 72, 95])
def test_a_text_broken_into_short_lines_holds_the_same_provisions(law: str, width: int) -> None:
    document = official_text(law)
    lines = (textwrap.wrap(line, width, break_on_hyphens=False) or [""] for line in document.source.split("\n"))
    wrapped = read_statute("\n".join(piece for pieces in lines for piece in pieces), law)
    assert [_wording(unit) for unit in walk_units(wrapped)] == [_wording(unit) for unit in walk_units(document)]


def _wording(unit: Unit) -> tuple[str, str, str]:
    text = unit.sentence.text if unit.sentence else unit.provision.text
    return unit.id, unit.provision.status.value, text


@pytest.mark.parametrize("law", LAWS)
def test_every_id_is_given_once(law: str) -> None:
    ids = [unit.id for unit in walk_units(official_text(law))]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("own", "sentence"),
    [
        ("act/14", "proviso"),
        ("act/25(1)", "proviso"),
        ("act/41(2)", "proviso"),
        ("act/53(1)", "latter"),
        ("act/57(2)", "main"),
        ("act/112(4)", "main"),
        ("act/120(3)", "main"),
        ("act/128(2)", "main"),
        ("juvenile-decree/30-3(2)", "main"),
        ("juvenile-decree/87-2", "main"),
    ],
)
def test_a_list_belongs_to_the_sentence_that_announces_it(own: str, sentence: str) -> None:
    node = _provision(own.partition("/")[0], own)
    assert node.list_lead is not None
    assert node.list_lead.certain
    assert node.sentences[node.list_lead.sentence].kind.value == sentence


@pytest.mark.parametrize(
    "own",
    [
        "act/11(1)4 latter",
        "act/96(2) proviso",
        "act/82 proviso",
        "act/107.4",
        "act/addenda-8728/4(1) proviso",
        "act/addenda-16345/1 proviso",
        "juvenile-decree/16(2)2 proviso",
        "juvenile-decree/30-4(2) latter",
        "juvenile-decree/63(2) proviso",
        "juvenile-decree/addenda-31625/2 latter",
        "probation-decree/51(2)1-2",
        "probation-decree/addenda-15217(2)",
        "probation-decree/addenda-26326 proviso",
    ],
)
def test_oddly_placed_provisions_have_their_id(own: str) -> None:
    assert own in {unit.id for unit in walk_units(official_text(own.partition("/")[0]))}


def test_deleted_and_moved_articles() -> None:
    juvenile, probation = official_text("juvenile-decree"), official_text("probation-decree")
    gone = [(a.id, a.status.value) for a in (*juvenile.articles, *probation.articles) if not a.is_live]
    assert gone == [
        ("juvenile-decree/4", "deleted"),
        ("juvenile-decree/5", "moved"),
        ("juvenile-decree/7", "deleted"),
        ("juvenile-decree/23-2", "deleted"),
        ("juvenile-decree/25", "deleted"),
        ("juvenile-decree/35", "deleted"),
        ("juvenile-decree/63-2", "deleted"),
        ("probation-decree/42", "deleted"),
        ("probation-decree/43", "deleted"),
    ]
    moves = [(m.origin, m.target) for n in _provision("juvenile-decree", "juvenile-decree/2").notes for m in n.moves]
    assert moves == [("juvenile-decree/5", "juvenile-decree/2"), ("juvenile-decree/2", "juvenile-decree/3")]


def test_misprinted_instruments_are_told_with_their_place() -> None:
    told = {(one.slug, one.span.line) for one in official_text("probation-decree").diagnostics}
    assert told == {
        ("addenda-instrument-inferred", 336),
        ("instrument-not-in-head", 339),
        ("impossible-date", 375),
        ("instrument-date-differs", 375),
    }


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("act/77(1)", ["6 month at_least", "1/3  exact", "7 year exact", "21 year at_least", "20 day at_most"]),
        ("act/96(2) proviso", ["12 hour at_most"]),
        ("act/109(2)", ["1/2  at_most"]),
        ("act/62(2)", ["5 to 7 member between", "7 grade at_least"]),
        ("act/132(1)", ["2 year at_most", "20000000 won at_most"]),
        ("act/112(4) proviso", ["1 time at_least"]),
        ("act/122(1)", ["5 day at_most"]),
        ("juvenile-decree/12", ["10 year less_than", "12 year less_than", "19 year at_least"]),
        ("juvenile-decree/93(1)3", ["5 to 15 director between"]),
        ("probation-decree/41(2) proviso", ["3 time at_most", "6 month at_most"]),
        ("probation-decree/51(1)", []),
    ],
)
def test_quantities_of_well_known_provisions(sentence: str, expected: list[str]) -> None:
    found = find_quantities(official_text(sentence.partition("/")[0]))
    shown = [
        f"{' to '.join(print_value(v) for v in one.values)} {one.unit} {one.bound.value}"
        for one in found
        if one.provision == sentence
    ]
    assert shown == expected
