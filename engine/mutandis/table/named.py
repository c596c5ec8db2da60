"""What the names of the columns of a table say: facts, none of them, what is taken for a fact, what is left alone."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence

from mutandis.vocabulary import Vocabulary

NONE_SUFFIX = ".none"
_TWICE = re.compile(r"(.*)_duplicated_\d+")
"""What Polars calls a column of CSV whose name there was before."""


def is_of(column: str, vocabulary: Vocabulary) -> bool:
    """True for a column that speaks of a fact, of none of it, or of a term with a field for each of its facts."""
    return column.removesuffix(NONE_SUFFIX) in vocabulary.facts or column in vocabulary.terms


def needed(columns: Sequence[str], vocabulary: Vocabulary, also: Container[object] = ()) -> list[str]:
    """The columns that `read_table` does not leave alone, those that are facts or are taken for some, and others.

    Of a table without any of these its first column, which tells how many rows there are.
    """
    facts, terms = vocabulary.facts, vocabulary.terms
    found = [
        name
        for name in columns
        if name in also or name.partition(".")[0] in terms or twice(name, facts) or meant(name, columns, facts)
    ]
    return found or list(columns[:1])


def twice(name: str, facts: Container[str]) -> str:
    """The fact that a second column of CSV has; empty for none."""
    found = _TWICE.fullmatch(name)
    return found[1] if found and found[1] in facts else ""


def meant(name: str, columns: Container[str], facts: Iterable[str]) -> str:
    """The fact whose name a column has but for spaces, capitals and how its words are joined; empty for none."""
    plain = "_".join(re.split(r"[\W_]+", name.strip().lower()))
    known = next((fact for fact in facts if fact.replace(".", "_") == plain), "")
    return "" if known in columns else known
