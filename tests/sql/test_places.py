"""What falls under ranges of provisions, in a column of a database, is what falls under them in one case."""

from __future__ import annotations

from random import Random

import duckdb
import pytest
from sqlglot import exp

from mutandis.backends import operations
from mutandis.backends.columns.nodes import NotLowered
from mutandis.citation import parse_citation, parse_citation_range
from mutandis.sql.places import PRINTED, falls_under

LAWS = ("act", "juvenile-decree")
ARTICLES = ("25", "2", "250", "25-2", "26", "45", "19", "4", "5-2", "132", "134", "addenda-14281", "addenda-14281/2")
EXTERNAL = ("ext:criminal-procedure-act/200-2", "ext:criminal-procedure-act/201-2(10)", "ext:association")
RANGES = (
    "juvenile-decree/19(1)1 to juvenile-decree/19(1)2",
    "act/45(3)",
    "act/45(3)1 to act/45(3)2",
    "act/25(1) proviso",
    "act/25(1) main",
    "act/25(1)1 to act/25(1)5",
    "act/25(1)2",
    "act/25(1)2(a)",
    "act/25(1) to act/25(3)",
    "act/2",
    "act/5-2",
    "act/132 to act/136",
    "act/addenda-14281",
    "ext:criminal-procedure-act/200-2",
)


def some_place(rng: Random) -> str:
    if rng.random() < 0.05:
        return rng.choice(EXTERNAL)
    text = f"{rng.choice(LAWS)}/{rng.choice(ARTICLES)}"
    if rng.random() < 0.8:
        text += f"({rng.choice(('1', '3', '2', '10', '1-2', '4'))})"
        text += rng.choice(("", "1", "2", "3", "5", "6", "2-2", "5-2", "11"))
    elif rng.random() < 0.5:
        text += rng.choice((".1", ".4"))
    text += rng.choice(("", "", "(a)", "(b)"))
    return text + rng.choice(("", "", " main", " former", " latter", " proviso"))


def test_what_falls_under_ranges() -> None:
    places = sorted({some_place(Random(seed)) for seed in range(3_000)})
    place, met = exp.column("place"), 0
    with duckdb.connect() as database:
        database.execute("CREATE TABLE places (place VARCHAR)")
        database.executemany("INSERT INTO places VALUES (?)", [[one] for one in places])
        for written in RANGES:
            ranges = (parse_citation_range(written),)
            for negated in (False, True):
                query = exp.select("place", exp.alias_(falls_under(place, ranges, negated), "found")).from_("places")
                for one, found in database.execute(query.sql("duckdb")).fetchall():
                    assert -found == operations.falls_under(one, ranges, negated), (one, written, negated)
                    met += found and not negated
        is_printed = exp.RegexpLike(this=place, expression=exp.Literal.string(PRINTED))
        query = exp.select("place").from_("places").where(exp.not_(is_printed))
        assert database.execute(query.sql("duckdb")).fetchall() == []
    assert met > 500
    assert all(str(parse_citation(one)) == one for one in places)


@pytest.mark.parametrize(
    "written", ["act/ 25", "act/25 (1)", "25(1)", "act", "act/25(1)  main", "Act/25", "act/25(1).2"]
)
def test_a_place_that_is_not_as_citations_are_printed_is_left(written: str) -> None:
    with duckdb.connect() as database:
        assert database.execute("SELECT regexp_matches(?, ?)", [written, PRINTED]).fetchone() == (False,)


@pytest.mark.parametrize("written", ["act/25.1", "act/25(1)2(a) to act/25(1)2(b)", "act/25(2-2) to act/25(4)"])
def test_what_text_alone_cannot_tell_is_refused(written: str) -> None:
    with pytest.raises(NotLowered, match="asks what falls under"):
        falls_under(exp.column("place"), (parse_citation_range(written),), False)
