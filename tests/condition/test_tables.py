"""The tables that conditions are read by are those of the grammar, and stop where Lark does, for the same reasons."""

from __future__ import annotations

import re
from functools import cache

from hypothesis import given
from hypothesis import strategies as st
from lark import Lark
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken
from tests.strategies.laws import law

from grammar.tables import END, TABLES, lark_of_grammar, write_tables
from mutandis.condition.lalr import Stopped, run
from mutandis.condition.parse import _tables
from mutandis.condition.reserved import CLOCK_WORDS, RESERVED_WORDS

SPELT = (
    "inmate.class is sentenced and or not ( ) [ ] , one of any every exactly 3 1/2 per 20 days 2 weeks year "
    "after before within the case falls under act/77(1)2 to applies does not apply present none today now is "
    '2020-03-01 2020-03-01T10:00 if then else + - * / < <= > >= = != "a text" ~ § working end fraction rounded up '
    "greater smaller number total a Saturday in some yes no true false at open . .. x.period months won"
)


@cache
def _lark() -> Lark:
    return lark_of_grammar()


def _stop_of_lark(text: str) -> Stopped | None:
    try:
        _lark().parse(text)
    except UnexpectedToken as stop:
        offset = len(text.rstrip()) if stop.token.type == END else stop.token.start_pos
        return Stopped(offset or 0, frozenset(stop.accepts or stop.expected))
    except UnexpectedCharacters as stop:
        return Stopped(stop.pos_in_stream or 0, frozenset(stop.allowed or ()))
    except UnexpectedInput as stop:
        raise AssertionError(text) from stop
    return None


def test_the_tables_are_those_of_the_grammar() -> None:
    assert TABLES.read_text(encoding="utf-8") == write_tables(), "the grammar changed: run `python -m grammar`"


def test_words_of_the_grammar_are_reserved_but_for_those_that_stand_after_another() -> None:
    words = {found.group() for one in _lark().terminals if (found := re.match(r"[a-z]+(?=\(\?)", one.pattern.value))}
    assert words - RESERVED_WORDS == {"a", "earlier", "even", "half", "larger", "later", "per", "smaller"}
    assert words | CLOCK_WORDS >= RESERVED_WORDS, "a reserved word that no condition has"


@law
@given(st.lists(st.sampled_from(SPELT.split(" ")), max_size=9).map(" ".join))
def test_a_text_stops_where_lark_stops(text: str) -> None:
    built = run(_tables(), text, lambda name, values, words, start, end: (name, values, words))
    assert (built if isinstance(built, Stopped) else None) == _stop_of_lark(text)
