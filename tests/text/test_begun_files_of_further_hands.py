"""Rule files and `law.yaml` as they are begun from texts of further hands."""

from __future__ import annotations

import pytest
from tests.text.inline_statutes import read_small

from mutandis.rulebook.load import load_text
from mutandis_text.references.find import find_references
from mutandis_text.time.instruments import list_instruments
from mutandis_text.time.law_yaml import print_law_yaml
from mutandis_tools.amendment.hints import find_article, gather_hints
from mutandis_tools.amendment.skeleton import print_skeleton


def begun(body: str) -> list[str]:
    """The lines of the first article's skeleton, without what makes them comments."""
    document = read_small(f"Article 1 (Lamps)\n{body}")
    article = find_article(document, "1")
    assert article is not None
    lines = print_skeleton(article, gather_hints(document)).splitlines()
    return [line.removeprefix("  # ") for line in lines if line.startswith("  # ")]


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("The court must light a lamp.", "  must:"),
        ("A lamp means a light, and the scope of it shall be determined by Presidential Decree.", "  define:"),
        ("The lamps are the following:\n1. Tall;\n2. Short.", "  define:"),
        ("Where the term of a keeper ends before the end of the term, a lamp shall be lit.", "  must:"),
        ("The term of a keeper chosen later shall be the rest of the term.", "  define:"),
        (
            "The length of a watch shall not exceed any of the following:\n1. By day: 8 hours;\n2. By night: 2.",
            "  limits:",
        ),
        ("The amended provisions of Article 2 shall be enforceable from the date of promulgation.", "  states:"),
        ('In such a case, the "board" in Article 2 shall be read as "keeper".', "  deem:"),
        ("Matters necessary for lamps shall be prescribed by rule.", "  delegate: rule"),
        ("A keeper shall be told three days prior to the day of the vote.", "  deadline: by … - 3 days"),
        ("A keeper may free persons falling under any of the following items:\n1. Boys;\n2. Men.", "  grounds:"),
        ("A keeper may demand one or more of the following matters:\n1. Oil;\n2. Wicks.", "  grounds:"),
        ("A keeper of 18 years of age shall be entitled to vote.", "  may:"),
        (
            "The longest term which may be granted shall be prescribed by Presidential Decree.",
            "  delegate: presidential_decree",
        ),
        ("The rate for a lamp abroad shall be 50/100 of that under Article 2.", "  define:"),
        ("A keeper shall tell other matters of lamps (excluding those prescribed by Presidential Decree).", "  must:"),
        (
            "Matters of lamps, and of oil, shall be prescribed by Presidential Decree.",
            "  delegate: presidential_decree",
        ),
        (
            "A form shall be prescribed jointly by Ordinance of the Ministry of Oil.",
            "  delegate: ordinance_of_the_ministry_of_oil",
        ),
        ("A keeper may do so by electronic means.", "  may:"),
        ("A lamp shall be presumed a horn.", "  deem:"),
        ("No horn need be lit.", "  need_not:"),
        ("Neither lamp shall apply to boats.", "  despite:"),
        ("Whoever sells lamps is liable to imprisonment for one year.", "  penalty:"),
        ("Whoever sells lamps shall be sentenced to a fine of 100 won.", "  penalty:"),
        ("An appeal shall have no effect of putting out the lamp.", "  states:"),
    ],
)
def test_a_rule_begins_with_the_key_it_needs(words: str, line: str) -> None:
    assert line in begun(words)


def test_what_a_sentence_beats_twice_is_named_once() -> None:
    lines = begun(
        "(1) Oil is dear.\n(2) Notwithstanding paragraph (1), oil is 5 won; and paragraph (1) shall not apply to tin."
    )
    assert [line for line in lines if "despite" in line] == ["  despite: (1)"]


def test_the_year_before_is_no_deadline() -> None:
    lines = begun("A keeper shall report the oil of the immediately preceding year.")
    assert [line for line in lines if "deadline" in line] == []


def test_a_list_in_letters_right_below_an_article_has_no_grounds_by_number() -> None:
    lines = begun("A lamp shall be one of the following:\n(a) Tall;\n(b) Short.")
    at = lines.index("  grounds:")
    assert lines[at + 1 : at + 3] == ["    # item (a)", "    # item (b)"]


def test_what_two_references_are_read_with_is_told_once() -> None:
    document = read_small(
        "Article 1 (Lamps)\n(1) A lamp burns.\n(2) Paragraph (1) and the provisions of Article 2 shall apply mutatis"
        ' mutandis to bells. In such cases, "lamp" shall be read as "bell".\nArticle 2 (Oil)\nOil is clean.'
    )
    article = find_article(document, "1")
    assert article is not None
    assert print_skeleton(article, gather_hints(document)).count("# lamp: bell") == 1


def test_an_annex_that_has_a_day_of_its_own_is_told_in_a_note() -> None:
    after = (
        "ADDENDUM\nThis Act shall enter into force on May 1, 2001: Provided, That the amended provisions of Article 1"
        " and attached Forms No. 2-2 and No. 2-3 shall enter into force on July 1, 2001, and attached Table 1 on August"
        " 1, 2001.\n"
    )
    document = read_small("Article 1 (Lamps)\nA lamp burns.", after=after)
    written = print_law_yaml(document, list_instruments(document, find_references(document)))
    assert '- provisions: ["1"]' in written
    assert "Enforced on 2001-07-01: form-2-2, form-2-3. Enforced on 2001-08-01: table-1." in written
    assert load_text({"lamp/law.yaml": written}).diagnostics == ()
