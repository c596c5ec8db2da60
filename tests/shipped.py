"""The shipped rulebook, read once for all tests of a process, and what it says that an answer rests on."""

from __future__ import annotations

import datetime as dt
import gc
from functools import cache
from typing import TypeVar

from mutandis import Rulebook
from mutandis.resources import rulebook_folder
from mutandis.rulebook.load import load_source
from mutandis.rulebook.model import Source
from mutandis_tools.opening import Opened, open_rulebook

DAY = dt.date(2023, 6, 1)
_T = TypeVar("_T")


def kept(made: _T) -> _T:
    """What stays to the end of the tests: no collection of garbage looks through it."""
    gc.freeze()
    return made


@cache
def shipped() -> Rulebook:
    """The shipped rulebook."""
    return kept(Rulebook.load())


@cache
def shipped_source() -> Source:
    """What its files say."""
    return kept(load_source(rulebook_folder()))


@cache
def shipped_opened() -> Opened:
    """The shipped rulebook with its cases, as commands open it."""
    return kept(open_rulebook(None))


def places_told(action: str, facts: dict[str, object], by: str | None = None) -> set[tuple[str, str]]:
    """The places that the answer about a case rests on, each with its role."""
    decision = shipped().decide(action, facts, at=DAY, by=by)
    return {(one.role, one.provision) for one in decision.authority}
