"""A provision that a fact names is one of the law; another is refused, wherever it is given, with what may be meant."""

from __future__ import annotations

import polars as pl
import pytest
from tests.shipped import shipped

from mutandis import CaseError
from mutandis.datatypes import DataType
from mutandis.facts.written import Misfit, read_value
from mutandis.values import Period
from mutandis.vocabulary import FactDeclaration

UNDER = "counselling.conducted_under"
ACTION = "receive visit"
LISTED = {
    "act": ("act/9", "act/41", "act/41(1)", "act/41(2)", "act/41(2) proviso", "act/99"),
    "juvenile-decree": ("juvenile-decree/41", "juvenile-decree/41(2)"),
    "code": (),
}
"""Of the code nothing is listed: its text is not at hand."""


def told(value: object) -> tuple[str, str]:
    fault = read_value("fact", FactDeclaration("fact", DataType("provision"), ""), value, LISTED)
    assert isinstance(fault, Misfit), fault
    assert fault.slug == "wrong-provision"
    return fault.message, fault.help


@pytest.mark.parametrize(
    "value", ["act/41", "act/41(2) proviso", "act/41(2) main", "act/41(2) former", "code/9(9)", "ext:criminal-act/62"]
)
def test_a_provision_of_the_law_is_taken(value: str) -> None:
    assert read_value("fact", FactDeclaration("fact", DataType("provision"), ""), value, LISTED) == value


@pytest.mark.parametrize(
    ("value", "message", "help_"),
    [
        ("zzz/41(2)", "the rulebook has no law `zzz`", "the rulebook has act, juvenile-decree, code; a provision of"),
        ("jvenile-decree/41", "the rulebook has no law `jvenile-decree`", "did you mean `juvenile-decree`?"),
        ("act/41(7)", "there is no provision act/41(7)", "did you mean `act/41(2)`, `act/41(1)` or `act/41`?"),
        ("act/41(2) latter", "there is no provision act/41(2) latter", "did you mean `act/41(2)`"),
        ("act/999", "there is no provision act/999", "did you mean `act/99`"),
        ("act/500-2", "there is no provision act/500-2", "act has its articles from act/9 to act/99"),
        ("41(2)", "`41(2)` does not say which law", "write `act/41(2)` or `juvenile-decree/41(2)`"),
        ("41(1)", "`41(1)` does not say which law", "write `act/41(1)`"),
        ("Act Art. 41 (2)", "is not a citation", "write `act/41(2)`"),
        ("Article 41(2) of the Juvenile Decree", "is not a citation", "write `juvenile-decree/41(2)`"),
        ("somewhere", "is not a citation", "give it with its law"),
    ],
)
def test_another_is_refused_with_what_may_be_meant(value: str, message: str, help_: str) -> None:
    said, what_to_do = told(value)
    assert message in said
    assert help_ in what_to_do


def test_the_basis_of_a_period_is_looked_for_as_well() -> None:
    declared = FactDeclaration("visit.time", DataType("period"), "")
    fault = read_value("visit.time", declared, Period(None, None, basis="act/41(7)"), LISTED)
    assert isinstance(fault, Misfit)
    assert fault.message == "`visit.time.basis`: there is no provision act/41(7)"


def test_every_way_of_stating_it_is_looked_at() -> None:
    rulebook = shipped()
    assert rulebook.read({UNDER: "act/41(4)"})[UNDER] == "act/41(4)"
    with pytest.raises(CaseError, match="no law `zzz`"):  # the fact is known by heart by now
        rulebook.read({UNDER: "zzz/41(4)"})
    with pytest.raises(CaseError, match="no law `zzz`"):
        rulebook.read({"counselling": {"conducted_under": "zzz/41(4)"}})
    table = rulebook.decide_table(ACTION, pl.DataFrame({UNDER: ["act/41(4)", "act/41(77)", None]}), on_bad="error")
    (bad,) = table.bad
    assert (bad.value, bad.count) == ("act/41(77)", 1)
    assert "there is no provision act/41(77)" in bad.message
