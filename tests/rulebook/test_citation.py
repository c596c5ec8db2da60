"""Citations: read, printed and ordered as the law writes them, whether it begins with numbers or with letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rulebook.texts import load

from mutandis.citation import (
    Citation,
    CitationError,
    long_form,
    parse_citation,
    parse_citation_range,
    short_form,
)
from mutandis.rulebook.load import load_text
from mutandis_tools.names import Names

_NUMBERS = st.from_regex(r"[1-9][0-9]?(-[1-9])?", fullmatch=True)
_OR_NONE = st.just("")
_SMALL, _CAPITAL = st.from_regex(r"[a-z]{1,2}", fullmatch=True), st.from_regex(r"[A-Z]{1,2}", fullmatch=True)
_ROMAN = st.sampled_from(["i", "ii", "iv", "x"])


@st.composite
def places(draw: st.DrawFn) -> Citation:
    article, sentence = draw(_NUMBERS), draw(st.sampled_from(["", "main", "latter", "proviso"]))
    if draw(st.booleans()):
        deeper = (_NUMBERS, _CAPITAL, _ROMAN)[: draw(st.integers(0, 3))]
        number, capital, roman = (*(draw(part) for part in deeper), *[""] * (3 - len(deeper)))
        return Citation("code", article, draw(_SMALL), number, capital, roman, sentence)
    paragraph, subparagraph = draw(_OR_NONE | _NUMBERS), draw(_OR_NONE | _NUMBERS)
    item = draw(_OR_NONE | _SMALL) if paragraph or subparagraph else ""
    return Citation("code", article, paragraph, subparagraph, item, draw(_OR_NONE | _ROMAN) if item else "", sentence)


@given(places())
def test_a_citation_printed_reads_as_itself(citation: Citation) -> None:
    assert parse_citation(str(citation)) == citation


@given(places(), places())
def test_the_order_is_total_and_equal_only_for_the_same_place(one: Citation, other: Citation) -> None:
    assert (one < other) + (other < one) + (one == other) == 1


@pytest.mark.parametrize(
    ("text", "written", "spoken"),
    [
        ("12(a)(1)", "code/12(a)(1)", "Code § 12 (a) (1)"),
        ("12(a)(2)(B)", "code/12(a)(2)(B)", "Code § 12 (a) (2) (B)"),
        ("12(a)(2)(B)(iv) proviso", "code/12(a)(2)(B)(iv) proviso", "Code § 12 (a) (2) (B) (iv), proviso"),
        ("12(aa)", "code/12(aa)", "Code § 12 (aa)"),
        ("12(1)2", "code/12(1)2", "Code § 12 (1) 2"),
    ],
)
def test_letters_at_the_first_level_print_as_written(text: str, written: str, spoken: str) -> None:
    citation = parse_citation(text, law="code")
    assert str(citation) == written
    assert short_form(citation, "Code", "section") == spoken
    assert short_form(citation, "Code") == spoken.replace("§", "Art.")
    assert long_form(citation, "The Code", "section") == spoken.replace("Code §", "The Code, Section")


def test_places_are_sorted_as_written() -> None:
    written = ["2", "2(a)", "2(a)(1)", "2(a)(1)(A)", "2(a)(1)(A)(ix)", "2(a)(1)(A)(x)", "2(a)(2)", "2(a)(10)", "2(b)",
               "2(z)", "2(aa)", "2-2", "3(1)", "3(1)2", "3(1)2(a)", "3(1)2(b)", "3(1)2-2", "3(2)", "10",
               "addenda-5/1"]  # fmt: skip
    places = [parse_citation(text, law="code") for text in written]
    backwards = places[::-1]
    assert sorted(backwards) == places


def test_a_letter_covers_what_stands_below_it() -> None:
    letter = parse_citation("12(a)", law="code")
    assert letter.covers(parse_citation("12(a)(2)(B)", law="code"))
    assert not letter.covers(parse_citation("12(b)(2)", law="code"))
    both = parse_citation_range("12(a) to 12(c)", law="code")
    assert [both.covers(parse_citation(f"12({x})(1)", law="code")) for x in "abcd"] == [True, True, True, False]


@pytest.mark.parametrize("text", ["12(A)", "12(a)(A)(1)", "12(a)1", "12(a)(1)(B)2", "(a)(1)x"])
def test_what_no_statute_writes_is_refused(text: str) -> None:
    with pytest.raises(CitationError):
        parse_citation(text, law="code", article="12")


LETTERED = """\
law: act
article: 12
title: Visits
rules:
  - at: (a)
    summary: Stopped on either of two grounds.
    may: suspend visit
    by: warden
    grounds:
      (1): visit.in_progress
      (2):
        grounds:
          (A): inmate.age < 18
          (B): {when: inmate.class is sentenced, grounds: {(i): inmate.age > 60}}
  - at: (b)(1)
    summary: Told, where (a) (2) is the reason.
    must: inform inmate
    by: warden
    when: case falls under (a)(2)(A), 12(a)(2)(B)
"""


def test_a_statute_of_letters_is_encoded_as_it_stands() -> None:
    source = load(**{"act/012.yaml": LETTERED})
    assert [d for d in source.diagnostics if d.severity == "error"] == []
    stop, tell = source.articles[0].rules
    (one, two) = stop.grounds
    assert [str(g.citation) for g in (one, two, *two.grounds, *two.grounds[1].grounds)] == [
        "act/12(a)(1)", "act/12(a)(2)", "act/12(a)(2)(A)", "act/12(a)(2)(B)", "act/12(a)(2)(B)(i)",
    ]  # fmt: skip
    assert str(tell.when[0]).count("act/12(a)(2)") == 4
    assert Names(source.laws, source.vocabulary).provision("act/12(a)(2)(A)") == "Act § 12 (a) (2) (A)"


def test_the_law_says_what_its_articles_are_called() -> None:
    law = "law: act\ntitle: Visits Act\nshort: Act\nrank: 1\ncited_by: {}\n"
    called = load_text({"act/law.yaml": law.format("section")})
    assert Names(called.laws, called.vocabulary).provision("act/12(1)") == "Act § 12 (1)"
    lettered = load(**{"act/law.yaml": law.format("article"), "act/012.yaml": LETTERED})
    assert Names(lettered.laws, lettered.vocabulary).provision("act/12(a)") == "Act Art. 12 (a)"


def test_a_number_that_cannot_stand_below_a_letter_is_told_with_what_can() -> None:
    for written, wanted in (("(A): inmate.age", "`(A)`"), ("(i): inmate.age", "`(i)`")):
        key, condition = written.split(": ")
        article = LETTERED.replace(f"{key}: {condition}", f"9: {condition}", 1)
        (fault,) = [d for d in load(**{"act/012.yaml": article}).diagnostics if d.severity == "error"]
        assert fault.message.endswith("cannot be numbered `9` under act/12(a)(2)" + ("(B)" if key == "(i)" else ""))
        assert fault.help == f"number them as the law does: {wanted}; `main` for one in the opening words"
