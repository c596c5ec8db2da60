"""What goes to a terminal is safe and lines up."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mutandis_tools.report.lines import Piece, line, plain, printable, width


def test_plain_text_ends_every_line_once_and_without_blanks() -> None:
    assert plain([line("a", Piece(" b  ", "error")), ()]) == "a b\n\n"


def test_escape_sequences_of_a_drafter_never_reach_the_terminal() -> None:
    assert "\x1b" not in printable("\x1b]0;title\x07")
    assert "\u202e" not in printable("abc\u202edef")


@given(st.text(max_size=40))
def test_printable_text_keeps_its_length_and_stays_as_it_is(text: str) -> None:
    once = printable(text)
    assert len(once) == len(text)
    assert printable(once) == once


def test_a_wide_character_takes_two_columns() -> None:
    assert width("법 a") == 4
