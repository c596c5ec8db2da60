"""The smallest book and case that still show a difference: rules, keys, conditions and facts taken away one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import yaml
from tests.oracle.agreement import Case, Difference, compare, load
from tests.oracle.books import Book, Rule

_KEPT = ("law", "article", "at", "summary", "id", "inferred", "define", "deem")
_SIMPLE = ("it.a", "how.heard")
_ORDERS = {"despite", "subject_to", "instead_of"}


def shrink(book: Book, difference: Difference) -> tuple[Book, Difference]:
    """The difference in a book from which nothing more can be taken."""
    again = True
    while again:
        again = False
        for smaller, case in (*_smaller_books(book, difference.case), *_smaller_cases(book, difference.case)):
            found = _differs(smaller, case, difference.kind)
            if found is not None:
                book, difference, again = smaller, found, True
                break
    return book, difference


def _differs(book: Book, case: Case, kind: str) -> Difference | None:
    try:
        loaded = load(book)
        found = None if loaded is None else compare(*loaded, case, wide=kind == "wide")
    except Exception:  # a book cut down may be none at all; what is looked for is a difference
        return None
    return found if found is not None and found.kind in (kind, "verdict") else None


def _smaller_books(book: Book, case: Case) -> Iterator[tuple[Book, Case]]:
    for n, rule in enumerate(book):
        yield [*book[:n], *book[n + 1 :]], case
        for smaller in _smaller(rule):
            yield [*book[:n], smaller, *book[n + 1 :]], case


def _smaller(rule: Rule) -> Iterator[Rule]:
    for key, value in rule.items():
        if key in _KEPT:
            continue
        less_rule = {name: one for name, one in rule.items() if name != key}
        if not _ORDERS & less_rule.keys():
            less_rule.pop("inferred", None)  # the reason of an order goes with it
        yield less_rule
        for less in _less(value, key):
            yield {**rule, key: less}


def _less(value: Any, key: str) -> Iterator[Any]:
    if isinstance(value, dict):
        for name, one in value.items():
            if len(value) > 1:
                yield {other: kept for other, kept in value.items() if other != name}
            for less in _less(one, name):
                yield {**value, name: less}
    elif isinstance(value, list):
        yield from value
        for n, one in enumerate(value):
            for less in _less(one, key):
                yield [*value[:n], less, *value[n + 1 :]]
    elif (
        isinstance(value, str) and (" " in value or "." in value) and key not in ("may", "must", "must_not", "need_not")
    ):
        yield from (simple for simple in _SIMPLE if len(simple) < len(value))


def _smaller_cases(book: Book, case: Case) -> Iterator[tuple[Book, Case]]:
    for name in case.open:
        yield book, replace(case, open=tuple(other for other in case.open if other != name))
    if case.law_as_of is not None:
        yield book, replace(case, law_as_of=None)
    if case.by is not None:
        yield book, replace(case, by=None)
    if case.holidays:
        yield book, replace(case, holidays=())


def show(book: Book, difference: Difference) -> str:
    """The book's rules and the case as text, with only the facts that the book reads."""
    text = str(book)
    case = difference.case
    facts = {name: value for name, value in case.facts.items() if re.search(rf"\b{name.partition('.')[2]}\b", text)}
    facts = {name: "OPEN" if name in case.open else value for name, value in facts.items()}
    rules = yaml.safe_dump(
        [{k: v for k, v in rule.items() if k not in ("summary", "inferred")} for rule in book],
        width=1000,
        sort_keys=False,
    )
    said = f"{difference.kind}: oracle {difference.oracle}, engine {difference.engine}"
    asked = f"ask {case.action}, by {case.by}, as of {case.law_as_of}, days off {list(map(str, case.holidays))}"
    return f"{rules}{asked}, {facts}\n{said}\n"
