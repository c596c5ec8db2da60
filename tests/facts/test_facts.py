"""Reading the facts of a case: what is allowed, and what each mistake is told."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction

import pytest
from pydantic import BaseModel

from mutandis.citation import parse_citation
from mutandis.condition.tree import Truth
from mutandis.datatypes import (
    COUNT,
    DATE,
    DAYS,
    DURATION,
    HOURS,
    MOMENT,
    MONTHS,
    NUMBER,
    PERIOD,
    PROVISION,
    TEXT,
    YES_NO,
    DataType,
)
from mutandis.facts import Facts
from mutandis.facts.misfits import MOST_SUGGESTED
from mutandis.facts.read import FactsRead, read_facts
from mutandis.link.program import Derivation, DerivedFact, LinkedEntry
from mutandis.source import Span
from mutandis.values import UNKNOWN, Duration, OpenList, Period
from mutandis.vocabulary import FactDeclaration, Term, Vocabulary


def fact(name: str, type_: DataType, **more: object) -> FactDeclaration:
    return FactDeclaration(name, type_, "?", **more)  # type: ignore[arg-type]  # keywords of the declaration


CLASS = DataType("enum", values=("sentenced", "unsentenced", "death_row"))
EXTENSION = Term(
    "extension", "extension", (fact("extension.length", DAYS, unit="days"), fact("extension.necessary", YES_NO))
)
DECLARED = [
    fact("inmate.class", CLASS),
    fact("inmate.excellent", YES_NO),
    fact("inmate.labels", DataType("enum", values=("a", "b"), several=True)),
    fact("inmate.origin", DataType("enum", values=("seoul",), open=True)),
    fact("inmate.age", COUNT, minimum=14, maximum=120),
    fact("inmate.name", TEXT),
    fact("inmate.born_on", DATE),
    fact("inmate.rate", NUMBER),
    fact("inmate.interest", DataType("number", per="year"), unit="year"),
    fact("inmate.released_on", DataType("date", optional=True)),
    fact("inmate.derived", YES_NO, derived=True),
    fact("visit.at", MOMENT),
    fact("visit.length", HOURS, unit="hours"),
    fact("visit.notice", DAYS, unit="weeks"),
    fact("visit.horizon", MONTHS, unit="years"),
    fact("visit.any_length", DURATION, unit="any"),
    fact("visit.fee", DataType("money", currency="won")),
    fact("visit.period", PERIOD),
    fact("visit.basis", PROVISION),
    fact("visit.extensions", DataType("list", term="extension")),
]
VOCABULARY = Vocabulary(
    {"inmate": Term("inmate", "inmate", ()), "visit": Term("visit", "visit", ()), "extension": EXTENSION},
    {d.name: d for d in DECLARED},
    {},
)
DERIVED = {
    "inmate.derived": DerivedFact(
        "inmate.derived",
        YES_NO,
        (
            Derivation(
                "act/1#x",
                parse_citation("act/1(2)"),
                "define",
                (LinkedEntry(parse_citation("act/1"), None, Truth(True)),),
            ),
        ),
    )
}


def read(raw: object) -> FactsRead:
    return read_facts(raw, VOCABULARY, derived=DERIVED)


def one(name: str, value: object) -> object:
    found = read({name: value})
    assert found.diagnostics == ()
    return found.facts[name]


@pytest.mark.parametrize(
    ("name", "said", "meant"),
    [
        ("inmate.class", "sentenced", "sentenced"),
        ("inmate.excellent", "yes", True),
        ("inmate.excellent", "false", False),
        ("inmate.excellent", True, True),
        ("inmate.labels", ["a", "b"], frozenset({"a", "b"})),
        ("inmate.labels", "a", frozenset({"a"})),
        ("inmate.origin", "busan", "busan"),
        ("inmate.age", 20, 20),
        ("inmate.age", "20", 20),
        ("inmate.rate", "3/2", Fraction(3, 2)),
        ("inmate.rate", 0.5, Fraction(1, 2)),
        ("inmate.rate", "4/2", 2),
        ("inmate.born_on", "2000-02-29", dt.date(2000, 2, 29)),
        ("inmate.born_on", dt.date(2000, 2, 29), dt.date(2000, 2, 29)),
        ("inmate.released_on", "none", None),
        ("inmate.released_on", None, None),
        ("inmate.class", "unknown", UNKNOWN),
        ("inmate.class", UNKNOWN, UNKNOWN),
        ("visit.at", "2020-03-01T10:00", dt.datetime(2020, 3, 1, 10)),
        ("visit.length", 2, 120),
        ("visit.length", "90 minutes", 90),
        ("visit.length", dt.timedelta(hours=1), 60),
        ("visit.notice", 2, 14),
        ("visit.notice", "8 days", 8),
        ("visit.notice", dt.timedelta(days=3), 3),
        ("visit.horizon", "1 year", 12),
        ("visit.any_length", "3 months", Duration(3, "months")),
        ("visit.fee", "20000 won", 20000),
        ("visit.basis", "act/95(1)1", "act/95(1)1"),
        (
            "visit.period",
            {"from": "2020-03-01", "counting": "burden", "suspensions": [["2020-03-02", "2020-03-03"]]},
            Period(dt.date(2020, 3, 1), None, ((dt.date(2020, 3, 2), dt.date(2020, 3, 3)),), "burden"),
        ),
        ("visit.extensions", [{"length": "7 days", "necessary": "yes"}], ({"length": 7, "necessary": True},)),
        ("visit.extensions", {"open": "yes", "members": [{"length": 7}]}, OpenList(({"length": 7},))),
        ("visit.extensions", "none", ()),
    ],
)
def test_a_value_reads_as_the_facts_type_says(name: str, said: object, meant: object) -> None:
    assert one(name, said) == meant


@pytest.mark.parametrize(
    ("name", "said", "slug", "words"),
    [
        ("inmat.class", "sentenced", "unknown-fact", "inmate"),
        ("inmate.clas", "sentenced", "unknown-fact", "inmate.class"),
        ("inmate.class", "sentensed", "value-not-listed", "sentenced"),
        ("inmate.excellent", "perhaps", "wrong-fact-type", "`yes` or `no`"),
        ("inmate.age", "young", "wrong-fact-type", "whole number"),
        ("inmate.age", True, "wrong-fact-type", "not `yes`"),
        ("inmate.age", 13, "out-of-range", "at least 14"),
        ("inmate.age", 121, "out-of-range", "at most 120"),
        ("inmate.class", None, "none-not-allowed", "`sentenced`"),
        ("inmate.class", ["sentenced"], "wrong-fact-type", "not several"),
        ("inmate.born_on", "2021-02-29", "impossible-date", "2021-02-29"),
        ("inmate.born_on", "yesterday", "impossible-date", "yesterday"),
        ("inmate.born_on", dt.datetime(2020, 1, 1), "wrong-fact-type", "a day"),
        ("visit.at", "2020-03-01", "wrong-fact-type", "day and time"),
        ("visit.at", dt.datetime(2020, 3, 1, tzinfo=dt.UTC), "impossible-date", "local"),
        ("visit.notice", "3 hours", "wrong-unit", "days"),
        ("visit.notice", "3 fortnights", "wrong-unit", "fortnights"),
        ("visit.any_length", 3, "wrong-unit", "unit"),
        ("visit.notice", "-1 days", "out-of-range", "at least 0 days"),
        ("visit.fee", "3 dollars", "wrong-unit", "won"),
        ("visit.period", {"from": "2020-03-02", "until": "2020-03-01"}, "wrong-period", "ends before"),
        ("visit.period", {"form": "2020-03-02"}, "wrong-period", "from, until"),
        ("visit.basis", "95(1)", "wrong-provision", "act/95(1)1"),
        ("visit.extensions", [{"lenght": 7}], "unknown-fact", "length"),
        ("visit.extensions", "seven", "wrong-fact-type", "list"),
        ("visit.extensions", [{}] * 10_001, "list-too-long", "10000"),
        ("inmate", "somebody", "wrong-fact-type", "term"),
        ("inmate.rate", "1e999999999", "wrong-fact-type", "number"),
    ],
)
def test_a_wrong_value_names_the_fact_and_what_is_allowed(name: str, said: object, slug: str, words: str) -> None:
    found = read({name: said})
    assert [d.slug for d in found.diagnostics] == [slug]
    (diagnostic,) = found.diagnostics
    assert name.partition(".")[0] in diagnostic.message
    assert words in diagnostic.message + diagnostic.help
    assert dict(found.facts) == {} or slug == "unknown-fact"


@pytest.mark.parametrize("said", ["95(1)", "Article 95, paragraph (1)", "Art. 95 (1)"])
def test_a_provision_without_its_law_is_told_with_the_law_of_the_case(said: str) -> None:
    (told,) = read_facts({"visit.basis": said}, VOCABULARY, law="act").diagnostics
    assert told.help == "a fact names a provision with its law: write `act/95(1)`"
    (told,) = read_facts({"visit.basis": said}, VOCABULARY).diagnostics
    assert told.help == "give it with its law, e.g. `act/95(1)1`"


@pytest.mark.parametrize("name", ["inmat", "cell.period", "inmate.clas"])
def test_an_undeclared_name_is_told_once_whatever_stands_under_it(name: str) -> None:
    (told,) = read({name: {"class": "sentenced", "from": "2020-03-01", "until": "2020-03-02"}}).diagnostics
    assert told.slug == "unknown-fact"
    assert f"`{name}`" in told.message


@pytest.mark.parametrize(
    "raw",
    [
        {f"inmat{k}": 1 for k in range(100)},
        {f"inmat{k}.class": 1 for k in range(100)},
        {f"inmate.clas{k}": 1 for k in range(100)},
        {"visit.extensions": [{f"lenght{k}": 1} for k in range(100)]},
    ],
)
def test_of_many_wrong_names_the_first_are_told_with_what_may_be_meant(
    raw: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[str] = []

    def near(name: str, *rest: object, **said: object) -> list[str]:
        compared.append(name)
        return []

    monkeypatch.setattr("mutandis.suggest.get_close_matches", near)
    told = read_facts(raw, VOCABULARY).diagnostics
    assert len(told) == 100 and all(one.help for one in told)
    assert len(set(compared)) == MOST_SUGGESTED


def test_nested_names_and_dotted_names_say_the_same() -> None:
    assert read({"inmate": {"class": "sentenced"}}).facts == read({"inmate.class": "sentenced"}).facts


def test_every_mistake_is_found_at_once_where_it_stands() -> None:
    spans = {"inmate.class": Span("c.yaml", 3, 1, 3, 5), "visit.extensions[2].lenght": Span("c.yaml", 9, 1, 9, 5)}
    raw = {"inmate.class": "nobody", "visit": {"extensions": [{}, {"lenght": 3}]}}
    found = read_facts(raw, VOCABULARY, span_of=lambda name, _: spans[name])
    assert [(d.slug, d.span.line) for d in found.diagnostics] == [("value-not-listed", 3), ("unknown-fact", 9)]


def test_the_attributes_of_a_term_that_is_none_are_none_and_its_yes_no_facts_false() -> None:
    facts = read({"inmate": "none"}).facts
    assert facts["inmate.class"] is None
    assert facts["inmate.excellent"] is False
    assert "inmate.derived" not in facts
    assert "visit.at" not in facts


def test_a_fact_given_beside_its_absent_term_contradicts_it() -> None:
    assert [d.slug for d in read({"inmate": None, "inmate.age": 20}).diagnostics] == ["fact-given-twice"]


def test_a_fact_given_nested_and_dotted_is_given_twice() -> None:
    found = read({"inmate.age": 20, "inmate": {"age": 21}})
    assert [d.slug for d in found.diagnostics] == ["fact-given-twice"]


def test_a_dataclass_is_read_by_term() -> None:
    @dataclass
    class Inmate:
        age: int

    @dataclass
    class Facts_:
        inmate: Inmate

    assert read(Facts_(Inmate(20))).facts == {"inmate.age": 20}


def test_of_a_pydantic_model_only_what_was_set_is_stated() -> None:
    class Inmate(BaseModel):
        age: int | None = None
        released_on: dt.date | None = None

    class Case(BaseModel):
        inmate: Inmate

    assert read(Case(inmate=Inmate(released_on=None))).facts == {"inmate.released_on": None}


def test_facts_are_a_mapping_that_cannot_be_written_to() -> None:
    facts = Facts({"a.b": 1})
    assert (len(facts), list(facts), "a.b" in facts) == (1, ["a.b"], True)
    with pytest.raises(TypeError):
        facts["a.b"] = 2  # type: ignore[index]  # the point of the test


def test_the_suspension_that_ends_before_it_begins_is_named() -> None:
    spans = [["2020-03-02", "2020-03-03"], ["2020-03-09", "2020-03-08"]]
    (told,) = read({"visit.period": {"from": "2020-03-01", "suspensions": spans}}).diagnostics
    assert told.message == "`visit.period.suspensions[2]` ends before it begins"


@pytest.mark.parametrize("written", ["3/100 per year", "3/100", "0.03 per year"])
def test_a_rate_is_given_with_its_unit_of_time_or_without(written: str) -> None:
    found = read({"inmate.interest": written})
    assert not found.diagnostics
    assert found.facts is not None and found.facts.native["inmate.interest"] == Fraction(3, 100)


def test_a_rate_for_another_time_is_told_what_to_give() -> None:
    (told,) = read({"inmate.interest": "3/100 per month"}).diagnostics
    assert told.message == "`inmate.interest` is a rate, e.g. `3/100 per year`, not `3/100 per month`"
