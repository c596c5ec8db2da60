"""Books written by hand over the vocabulary of the random ones, a line for a rule: `{at: act/1(2), may: keep cat}`."""

from __future__ import annotations

import yaml
from tests.oracle.agreement import load
from tests.oracle.books import Book

from mutandis import Rulebook
from mutandis.oracle import Oracle


def book_of(text: str) -> Book:
    """The rules of the text, each with its law, article and place, a summary, and a reason for its order."""
    rules: Book = []
    for number, rule in enumerate(yaml.safe_load(text)):
        law, _, place = rule["at"].partition("/")
        ordered = any(key in rule for key in ("despite", "subject_to", "instead_of"))
        said = {"law": law, "article": place[0], "at": place[1:], "summary": "A rule.", "id": f"rule {number}"}
        rules.append({**rule, **said} | ({"inferred": "so it is"} if ordered else {}))
    return rules


def loaded(text: str) -> tuple[Rulebook, Oracle]:
    """The rulebook of the text and its oracle; it has to load."""
    found = load(book_of(text))
    assert found is not None
    return found
