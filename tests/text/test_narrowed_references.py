"""References that leave something out, and lists whose last number may be a subparagraph or an article."""

from __future__ import annotations

import pytest
from tests.text.inline_statutes import ADDENDUM, read_small, references_from

from mutandis_text.references.construals import read_construals
from mutandis_text.references.find import find_references

BODY = """Article 1 (Wicks)
(1) A wick is one of the following:
1. A wick of cotton;
2. A wick of wool;
3. A wick of reed.
(2) A wick is cut at dusk. In such cases, a bell rings.
Article 2 (Oil)
Oil is one of the following:
1. Oil of seeds;
2. Oil of fish:
(a) Of herring;
(b) Of cod.
Article 3 (Glass)
(1) Glass is clean.
(2) Glass is clear.
Article 4 (Towers)
{here}
Article 5 (Boats)
(1) A boat is small.
(2) A boat is blue.
"""


def told(words: str) -> list[tuple[str, str, bool]]:
    """Kind, targets (of this law in short), and whether it is broken."""
    return [
        (one.kind.value, " ".join(one.targets).replace("lamp/", ""), one.broken is not None)
        for one in references_from("4", BODY.replace("{here}", words))
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "Articles 2, 3 (excluding paragraph (4)), and 5 (1) and (2) shall apply mutatis mutandis to towers.",
            [("mutatis mutandis", "2 3 5(1) 5(2)", False), ("excluding", "3(4)", True)],
        ),
        (
            "Article 1 (1) (excluding subparagraph 2) of the Ship Act and Article 5 shall apply mutatis mutandis.",
            [
                ("mutatis mutandis", "ext:ship-act/1(1)", False),
                ("excluding", "ext:ship-act/1(1)2", False),
                ("mutatis mutandis", "5", False),
            ],
        ),
        (
            "Article 3, except for paragraph (2), shall apply mutatis mutandis.",
            [("mutatis mutandis", "3", False), ("excluding", "3(2)", False)],
        ),
        (
            "Articles 1 through 5 (excluding Article 3) shall apply mutatis mutandis.",
            [("mutatis mutandis", "1 2 4 5", False), ("excluding", "3", False)],
        ),
        (
            "A wick under each subparagraph other than subparagraph 3 of Article 1 (1) burns.",
            [("under", "1(1)1 1(1)2", False), ("excluding", "1(1)3", False)],
        ),
        (
            "Any item of subparagraph 2 (excluding item (b)) of Article 2 burns.",
            [("cites", "2.2(a)", False), ("excluding", "2.2(b)", False)],
        ),
        (
            "Article 1 (2) (excluding the latter part) shall apply mutatis mutandis.",
            [("mutatis mutandis", "1(2)", False), ("excluding", "1(2) latter", False)],
        ),
        (
            "Article 1 (limited to cases falling under paragraph (2)) holds.",
            [("cites", "1", False), ("cites", "1(2)", False)],
        ),
        (
            "Article 12 of the Ship Act (including cases to which it is applied under Article 5) holds.",
            [("cites", "ext:ship-act/12", False), ("under", "5", False)],
        ),
        (
            "A ship in subparagraph 2 of Article 3 of the Ship Act (excluding items of the same subparagraph) is old.",
            [("cites", "ext:ship-act/3.2", False), ("excluding", "ext:ship-act/3.2", False)],
        ),
        (
            "Article 5 (1) 2 (b) of the Ship Act and the latter part of the same subparagraph hold.",
            [("cites", "ext:ship-act/5(1)2(b)", False), ("cites", "ext:ship-act/5(1)2 latter", False)],
        ),
    ],
)
def test_what_is_left_out_is_told_beside_what_is_named(words: str, expected: list[tuple[str, str, bool]]) -> None:
    assert told(words) == expected


@pytest.mark.parametrize(
    ("words", "targets"),
    [
        # The plural asks for a second article; where it has one, or there is none, what there is decides.
        ("Articles 1 (1) 2 and 3", "1(1)2 3"),
        ("Articles 1 (1) 2, 3 and 5 (1)", "1(1)2 1(1)3 5(1)"),
        ("Articles 1 (1) 2 and 5", "1(1)2 5"),
        ("Article 1 (1) 2 and 3", "1(1)2 1(1)3"),
        ("Articles 1 (1) 3 and 2", "1(1)3 2"),
        ("Articles 3 and 5 (1) 2", "3 5(1)2"),
        ("Articles 1 (1) 2 and 9 of the Ship Act", "ext:ship-act/1(1)2 ext:ship-act/9"),
        ("Articles 1 (1) 2, 3 through 5", "1(1)2 3 4 5"),
    ],
)
def test_a_number_behind_a_subparagraph_may_be_an_article(words: str, targets: str) -> None:
    assert [one[1] for one in told(f"{words} hold.")] == [targets]


def test_what_stands_behind_a_bracket_in_a_list_is_no_leftover() -> None:
    body = BODY.replace("{here}", "Articles 1, 3 (excluding paragraph (2)), and Article 5 (1) hold.")
    assert find_references(read_small(body, after=ADDENDUM)).leftovers == ()


@pytest.mark.parametrize(
    ("words", "pairs"),
    [
        (
            'In this case, "glass" shall be deemed "oil" and "two days" shall be deemed "ten days".',
            [("glass", "oil"), ("two days", "ten days")],
        ),
        ('In such cases, "glass" in paragraph (1) shall be deemed the "oil".', [("glass", "oil")]),
        (
            'In such cases, "glass" shall be construed to mean "oil", and "tin" as "brass".',
            [("glass", "oil"), ("tin", "brass")],
        ),
        (
            'In such cases, "glass" and "tin" shall be deemed as "oil" and "brass", respectively.',
            [("glass", "oil"), ("tin", "brass")],
        ),
    ],
)
def test_what_is_deemed_another_word_is_read_as_it(words: str, pairs: list[tuple[str, str]]) -> None:
    assert [(one.sources, one.targets) for one in read_construals(words)] == [((a,), (b,)) for a, b in pairs]
