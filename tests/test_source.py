"""A text lifted out of a file knows where each of its characters stood."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mutandis.source import NO_ORIGIN, NOWHERE, Origin, Span, origin_of_text

BLOCK = Origin("f.yaml", ((0, 9, 7), (4, 10, 7), (8, 12, 3)))


def test_a_span_over_lines_ends_after_its_last_character() -> None:
    assert BLOCK.span(1, 6) == Span("f.yaml", 9, 8, 10, 9)


def test_a_span_that_ends_with_its_line_does_not_reach_into_the_next() -> None:
    assert BLOCK.span(0, 4) == Span("f.yaml", 9, 7, 9, 11)


def test_an_empty_span_stands_at_its_place() -> None:
    assert BLOCK.span(8, 8) == Span("f.yaml", 12, 3, 12, 3)


def test_a_text_from_nowhere_has_no_place() -> None:
    assert NO_ORIGIN.span(3, 4) == NOWHERE and NO_ORIGIN.after(2) == NO_ORIGIN


@given(st.text(alphabet="ab\n", max_size=20), st.data())
def test_the_rest_of_a_text_stands_where_it_stood_in_the_whole(text: str, data: st.DataObject) -> None:
    origin = origin_of_text(text, "f")
    cut = data.draw(st.integers(0, len(text)))
    at = data.draw(st.integers(cut, len(text)))
    assert origin.after(cut).position(at - cut) == origin.position(at)


@given(st.text(alphabet="ab\n", max_size=20), st.data())
def test_positions_count_lines_and_columns_from_one(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    before = text[:at]
    assert origin_of_text(text).position(at) == (before.count("\n") + 1, len(before) - before.rfind("\n"))
