"""Two of three criteria are decided by those that are known; what still waits is told with the definition."""

from __future__ import annotations

from itertools import product

import polars as pl
import pytest
from tests.evaluate.books import DAY, book, decide, rule

from mutandis import Rulebook

TWO_OF_THREE = "(if it.a then 1 else 0) + (if it.b then 1 else 0) + (if it.c then 1 else 0) >= 2"
FACTS = ("it.a", "it.b", "it.c")


@pytest.fixture(scope="module", params=["asked", "defined"])
def counted(request: pytest.FixtureRequest) -> Rulebook:
    if request.param == "asked":
        return book(rule("(1)", "must: tell thing", f"when: '{TWO_OF_THREE}'"))
    total, _, least = TWO_OF_THREE.partition(" >= ")
    return book(
        rule("(1)", "must: tell thing", f"when: it.count >= {least}"), rule("(2)", "define: it.count", f"as: '{total}'")
    )


@pytest.mark.parametrize("said", list(product((True, False, None), repeat=3)))
def test_two_of_three_are_decided_by_those_that_are_known(counted: Rulebook, said: tuple[bool | None, ...]) -> None:
    facts: dict[str, object] = {name: value for name, value in zip(FACTS, said, strict=True) if value is not None}
    met, failed = said.count(True), said.count(False)
    expected = "required" if met >= 2 else "silent" if failed >= 2 else "undetermined"
    decision = decide(counted, facts, "tell thing")
    assert str(decision.verdict) == expected
    open_ = tuple(name for name, value in zip(FACTS, said, strict=True) if value is None)
    assert decision.missing == (open_ if expected == "undetermined" else ())
    row = pl.DataFrame({name: pl.Series([value], dtype=pl.Boolean) for name, value in zip(FACTS, said, strict=True)})
    table = counted.decide_table("tell thing", row, at=DAY)
    assert table.verdict.to_list() == [expected]


def test_what_waits_for_a_choice_is_told_with_the_definition_that_has_it() -> None:
    loaded = book(
        rule("(1)", "must: tell thing", "when: it.count > 1"),
        rule("(2)", "define: it.count", "as: if it.a then 1 else 2"),
    )
    told = [(one.provision, one.facts) for one in decide(loaded, {}, "tell thing").authority if one.role == "open"]
    assert told == [("act/1(1)", ("it.a",)), ("act/1(2)", ("it.a",))]
