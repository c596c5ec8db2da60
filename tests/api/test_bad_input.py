"""What a caller, a case or a folder can get wrong is told, never a raw exception."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.oracle.specimens import files
from tests.shipped import shipped

from mutandis import CaseError, MutandisError, OpenList, Rulebook, RulebookError, parse_citation
from mutandis.citation import CitationError
from mutandis.oracle import Oracle
from mutandis.rulebook.load import load_text
from mutandis.values import Duration, Period

ARTICLE = "- at: (1)\n  summary: A permission.\n  may: do cat\n  requires: how.days <= 5 days\n"
NESTED: list[Any] = []
NESTED.append(NESTED)


def write(folder: Path) -> Path:
    for name, text in files(ARTICLE).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    return Rulebook.load(write(tmp_path_factory.mktemp("book")))


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("it.have", 10**5000),
        ("it.have", Decimal("1e1000000")),
        ("it.have", float("inf")),
        ("it.a", NESTED),
        ("how.days", Duration(float("nan"), "days")),  # type: ignore[arg-type]  # what a caller may do all the same
        ("how.days", Duration(3, "weeks")),  # type: ignore[arg-type]
        ("it.stay", Period("x", 5)),  # type: ignore[arg-type]
        ("it.stay", Period(dt.date(2020, 1, 2), dt.date(2020, 1, 1))),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_value_that_is_none_is_told(book: Rulebook, fact: str, value: object) -> None:
    with pytest.raises(CaseError, match=fact):
        book.read({fact: value})


@pytest.mark.parametrize("action", ["", "do", "do  cat"])
def test_an_action_that_there_is_not_is_told(book: Rulebook, action: str) -> None:
    with pytest.raises(CaseError, match="no action"):
        book.decide(action, {}, at=dt.date(2020, 3, 1))


def test_a_text_is_no_date(book: Rulebook) -> None:
    with pytest.raises(MutandisError, match="`at` is a date"):
        book.decide("do cat", {}, at="2020-03-01")  # type: ignore[arg-type]
    with pytest.raises(MutandisError, match="`law_as_of` is a date"):
        book.decide("do cat", {}, law_as_of="2020-03-01")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "wrong", [5, 1.5, b"x", {1}, ["a"], np.datetime64("2020-03-01")], ids=lambda one: type(one).__name__
)
def test_an_argument_of_another_kind_is_told_in_a_sentence(book: Rulebook, wrong: Any) -> None:
    """Every argument of every public function: what it is, what was given, what to give."""
    day = dt.date(2020, 3, 1)
    asked: list[tuple[str, Callable[[], object]]] = [
        ("no action", lambda: book.decide(wrong, {}, at=day)),
        ("no action", lambda: book.decide(wrong, {})),
        ("no action", lambda: book.prepare(wrong, at=day)),
        ("no action", lambda: book.facts_of(wrong)),
        ("no action", lambda: book.facts_schema(wrong)),
        ("no fact", lambda: book.value(wrong, {})),
        ("no role", lambda: book.decide("do cat", {}, by=wrong)),
        ("no role", lambda: book.assess({}, by=wrong)),
        ("`at` is a date", lambda: book.assess({}, at=wrong)),
        ("`law_as_of` is a date", lambda: book.prepare("do cat", law_as_of=wrong)),
        ("a holiday is a date", lambda: book.decide("do cat", {}, holidays=wrong)),
        ("pairs of a name and a value", lambda: book.decide("do cat", wrong)),
        ("pairs of a name and a value", lambda: book.prepare("do cat")(wrong)),
        ("`path` is the folder of a rulebook", lambda: Rulebook.load(wrong)),
        ("`path` is the file of a bundle", lambda: Rulebook.load_bundle(wrong)),
    ]
    for told, ask in asked:
        with pytest.raises(MutandisError, match=told):
            ask()


def test_a_role_is_a_term_that_is_one(book: Rulebook) -> None:
    with pytest.raises(CaseError, match="no role `it`"):
        book.decide("do cat", {}, by="it")


def test_none_is_no_action(book: Rulebook) -> None:
    with pytest.raises(CaseError, match="no action `None`"):
        book.decide(None, {})  # type: ignore[arg-type]  # what a caller may do all the same


def test_a_value_of_no_kind_that_facts_have_is_named(book: Rulebook) -> None:
    with pytest.raises(CaseError, match="not `2020-03-01`"):
        book.read({"how.days": np.datetime64("2020-03-01")})
    with pytest.raises(CaseError, match=r"smallest unit: `1\.5`"):
        book.read({"how.days": 1.5})


def test_a_list_of_which_nothing_is_said_is_not_empty() -> None:
    assert shipped().read({"decision.actions": {}}).native == {"decision.actions": OpenList(())}
    assert shipped().read({"decision.actions": []}).native == {"decision.actions": ()}


@pytest.mark.parametrize("fault", ["lock", "name", "link"])
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, fault: str) -> None:
    law = write(tmp_path) / "act"
    if fault == "lock":
        (law / "text.lock").write_bytes(b"\xff\xfe")
    elif fault == "name":
        (law / os.fsdecode(b"\xff.yaml")).write_text("law: act\n")
    else:
        (law / "x.yaml").symlink_to("x.yaml")
    with pytest.raises(RulebookError):
        Rulebook.load(tmp_path)


def test_a_chain_of_references_is_followed_and_one_of_clauses_is_bounded() -> None:
    from mutandis.link.linker import link

    falls = "".join(
        f"- at: ({n})\n  summary: A.\n  may: do cat\n  when: case falls under 1({n + 1})\n" for n in range(1, 300)
    )
    source = load_text(files(falls + "- at: (300)\n  summary: A.\n  may: do cat\n"))
    assert link(source).program is not None
    clauses = "".join(f"- at: ({n})\n  summary: A.\n  apply: 1({n + 1})\n" for n in range(1, 100))
    linked = link(load_text(files(clauses + "- at: (100)\n  summary: A.\n  may: do cat\n")))
    assert [one.slug for one in linked.diagnostics] == ["too-many-instances"]


def test_the_oracle_reads_what_the_engine_reads() -> None:
    oracle = Oracle(load_text(files(ARTICLE)))
    assert oracle.decide("do cat", {"how.days": 5}, dt.date(2020, 3, 1)).verdict == "permitted"


FRAME = {"it.have": [1, 2]}
LATER = (one for one in ["do cat"])


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (lambda book, _: book.impact(book, FRAME, actions=5), "`actions` is a list of names"),
        (lambda book, _: book.impact(book, FRAME, actions="do cat"), "`actions` is a list of names"),
        (lambda book, _: book.impact(book, FRAME, actions=[None]), "`actions` is a list of names"),
        (lambda book, _: book.impact(book, FRAME, actions=[]), "`actions` names no action: leave it out for all"),
        (lambda book, _: book.impact("amended", FRAME), "`amended` is a rulebook"),
        (lambda book, _: book.impact(book, FRAME, samples=-1), "`samples` is a whole number"),
        (lambda book, _: book.impact(book, FRAME, samples=True), "`samples` is a whole number"),
        (lambda book, _: book.impact(book, FRAME, samples="3"), "`samples` is a whole number, such as `3`, not `'3'`"),
        (lambda book, _: book.impact(book, FRAME, progress="yes"), "`progress` is a function"),
        (lambda book, _: book.decide_table("do cat", FRAME, progress=3), "`progress` is a function"),
        (lambda book, path: book.decide_file("do cat", 5, path / "out.csv"), "`given` is a file"),
        (lambda book, path: book.decide_file("do cat", b"in.csv", path / "out.csv"), "`given` is a file"),
        (lambda book, path: book.decide_file("do cat", path / "in.csv", None), "`out` is a file"),
        (lambda book, path: book.decide_file("do cat", "in.csv", "out.csv", parts="verdict"), "`parts` is a list"),
        (lambda book, path: book.decide_file("do cat", "in.csv", "out.csv", keep=1), "`keep` is a list of names"),
        (lambda book, path: book.decide_file("do cat", "in.csv", "out.csv", on_bad="skip"), "`on_bad` is one of"),
        (lambda book, _: book.sql("do cat", facts=5), "`facts` is a list of names"),
        (lambda book, _: book.sql("do cat", facts="it.have"), "`facts` is a list of names"),
        (lambda book, _: book.sql("do cat", none=np.array([1, 2])), "`none` is a list of names"),
        (lambda book, _: book.sql("do cat", keep="number"), "`keep` is a list of names"),
    ],
)
def test_an_argument_of_a_table_of_another_kind_is_told(
    book: Rulebook, tmp_path: Path, ask: Callable[[Any, Path], object], told: str
) -> None:
    with pytest.raises(MutandisError, match=told):
        ask(book, tmp_path)


def test_names_may_come_one_by_one(book: Rulebook) -> None:
    assert book.impact(book, FRAME, actions=LATER).rows == 2


@pytest.mark.parametrize("wrong", [5, None, ["act/1"], b"act/1"], ids=lambda one: type(one).__name__)
def test_what_is_no_text_is_no_citation(wrong: Any) -> None:
    with pytest.raises(CitationError, match="is not a citation"):
        parse_citation(wrong)
