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
    return _NOT_IN_ID.sub("-", case.name.lower()).strip("-")


def find_by_id(cases: Iterable[CaseFile], wanted: str) -> tuple[CaseFile, ...]:
    """The cases that `wanted` can mean: with that id, else with ids that begin so, else with ids that hold it."""
    listed = [(case_id(case), case) for case in cases]
    key = _NOT_IN_ID.sub("-", wanted.lower()).strip("-")
    if not key:
        return ()
    for matches in (
        [case for id, case in listed if id == key],
        [case for id, case in listed if id.startswith(key)],
        [case for id, case in listed if key in id],
    ):
        if matches:
            return tuple(matches)
    return ()
