"""A person at a terminal answers with the arrow keys or by typing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput

from mutandis.datatypes import DAYS, YES_NO, DataType
from mutandis.questions.next_question import Question
from mutandis_tools.interview.prompt import TerminalRespondent
from mutandis_tools.interview.session import DONT_KNOW, Back, Leave, Said

ENTER, DOWN, SPACE, INTERRUPT = "\r", "\x1b[B", " ", "\x03"


@pytest.fixture
def keys() -> Iterator[PipeInput]:
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        yield pipe


def _question(type_: DataType, choices: tuple[tuple[str, str], ...] = (), unit: str = "") -> Question:
    return Question("loan.length", "How long?", "length", type_, choices, unit, "", None, None, (), ())


CHOICES = (("yes", "yes"), ("no", "no"))


def _answer(keys: PipeInput, typed: str, question: Question) -> Said | Back | Leave:
    keys.send_text(typed)
    return TerminalRespondent().respond(question, "")


def test_the_first_choice_is_taken_with_enter(keys: PipeInput) -> None:
    assert _answer(keys, ENTER, _question(YES_NO, CHOICES)) == Said("yes")


def test_nobody_knows_is_offered_after_the_values_then_going_back_and_leaving_last(keys: PipeInput) -> None:
    assert _answer(keys, DOWN * 2 + ENTER, _question(YES_NO, CHOICES)) == Said(DONT_KNOW)
    assert isinstance(_answer(keys, DOWN * 3 + ENTER, _question(YES_NO, CHOICES)), Back)
    assert isinstance(_answer(keys, DOWN * 4 + ENTER, _question(YES_NO, CHOICES)), Leave)


def test_back_is_typed_or_ticked_where_there_is_no_list_to_choose_from(keys: PipeInput) -> None:
    several = DataType("enum", values=("a", "b"), several=True)
    assert isinstance(_answer(keys, "back" + ENTER, _question(DAYS)), Back)
    ticked = _answer(keys, DOWN * 2 + SPACE + ENTER, _question(several, (("a", "first"), ("b", "second"))))
    assert isinstance(ticked, Back)


def test_a_list_is_answered_by_how_many_there_are_or_in_brackets(keys: PipeInput) -> None:
    goods = DataType("list", term="goods")
    assert _answer(keys, "2" + ENTER, _question(goods)) == Said([{}, {}])
    assert _answer(keys, "[{kind: weapon}, {}]" + ENTER, _question(goods)) == Said([{"kind": "weapon"}, {}])
    assert _answer(keys, "[{kind" + ENTER, _question(goods)) == Said("[{kind")


def test_a_period_is_answered_by_its_ends(keys: PipeInput) -> None:
    asked = _question(DataType("period"))
    said = Said({"from": "2020-03-01", "until": "2020-03-15"})
    assert _answer(keys, "2020-03-01 to 2020-03-15" + ENTER, asked) == said


def test_several_values_can_be_picked(keys: PipeInput) -> None:
    several = DataType("enum", values=("a", "b"), several=True)
    offered = (("a", "first"), ("b", "second"))
    assert _answer(keys, SPACE + DOWN + SPACE + ENTER, _question(several, offered)) == Said(["a", "b"])
    assert _answer(keys, ENTER, _question(several, offered)) == Said(DONT_KNOW)


def test_a_bare_number_takes_the_unit_that_was_asked_for(keys: PipeInput) -> None:
    assert _answer(keys, "8" + ENTER, _question(DAYS, unit="days")) == Said("8 days")
    assert _answer(keys, "1 week" + ENTER, _question(DAYS, unit="days")) == Said("1 week")


def test_nothing_typed_means_dont_know(keys: PipeInput) -> None:
    assert _answer(keys, ENTER, _question(DAYS, unit="days")) == Said(DONT_KNOW)


def test_an_interruption_leaves_the_interview(keys: PipeInput) -> None:
    assert isinstance(_answer(keys, INTERRUPT, _question(DAYS)), Leave)
    assert isinstance(_answer(keys, INTERRUPT, _question(YES_NO, CHOICES)), Leave)
