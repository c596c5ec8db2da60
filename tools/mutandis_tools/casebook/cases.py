"""Finding a case: in a file somebody names, or among the cases that ship with the rulebook."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mutandis.rulebook.case_file import CaseFile

_NOT_IN_ID = re.compile(r"[^a-z0-9]+")


def case_id(case: CaseFile) -> str:
    """What a case is called on the command line: its name in lower case, words joined by hyphens.

    Names of cases are sentences, so they tell cases apart; law and file do not matter.
    """
    return id_of(case.name)


def id_of(name: str) -> str:
    """The id of the case with this name."""
    return _NOT_IN_ID.sub("-", name.lower()).strip("-")


def find_by_id(cases: Iterable[CaseFile], wanted: str) -> tuple[CaseFile, ...]:
    """The cases that `wanted` can mean: with that id, else with ids that begin so, else with ids that hold it."""
    every = tuple(cases)
    names = find_names((case.name for case in every), wanted)
    return tuple(case for case in every if case.name in names)


def find_names(names: Iterable[str], wanted: str) -> tuple[str, ...]:
    """The same among the cases' names."""
    listed = [(id_of(name), name) for name in names]
    key = _NOT_IN_ID.sub("-", wanted.lower()).strip("-")
    if not key:
        return ()
    for matches in (
        [name for id, name in listed if id == key],
        [name for id, name in listed if id.startswith(key)],
        [name for id, name in listed if key in id],
    ):
        if matches:
            return tuple(matches)
    return ()
