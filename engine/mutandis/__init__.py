"""Mutandis: statutes as code.

The names below are the library's public face; each is imported when it is first used, so that `import mutandis` costs
next to nothing.

>>> from mutandis import Rulebook
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mutandis.api import Rulebook as Rulebook
    from mutandis.bundle.container import BundleError as BundleError
    from mutandis.citation import Citation as Citation
    from mutandis.citation import parse_citation as parse_citation
    from mutandis.decide.json_text import as_json as as_json
    from mutandis.decide.record import DecidedAgain as DecidedAgain
    from mutandis.decide.record import DecisionRecord as DecisionRecord
    from mutandis.decide.result import Decision as Decision
    from mutandis.decide.result import Verdict as Verdict
    from mutandis.decide.result import as_data as as_data
    from mutandis.diagnostics import CaseError as CaseError
    from mutandis.diagnostics import Diagnostic as Diagnostic
    from mutandis.diagnostics import RulebookError as RulebookError
    from mutandis.errors import MutandisError as MutandisError
    from mutandis.facts import Facts as Facts
    from mutandis.values import UNKNOWN as UNKNOWN
    from mutandis.values import Duration as Duration
    from mutandis.values import OpenList as OpenList
    from mutandis.values import Period as Period

__version__ = "0.1.0"

_HOMES = {
    "Rulebook": "mutandis.api",
    "BundleError": "mutandis.bundle.container",
    "Citation": "mutandis.citation",
    "parse_citation": "mutandis.citation",
    "CaseError": "mutandis.diagnostics",
    "Diagnostic": "mutandis.diagnostics",
    "MutandisError": "mutandis.errors",
    "RulebookError": "mutandis.diagnostics",
    "Facts": "mutandis.facts",
    "DecidedAgain": "mutandis.decide.record",
    "DecisionRecord": "mutandis.decide.record",
    "Decision": "mutandis.decide.result",
    "Verdict": "mutandis.decide.result",
    "as_data": "mutandis.decide.result",
    "as_json": "mutandis.decide.json_text",
    "UNKNOWN": "mutandis.values",
    "Duration": "mutandis.values",
    "OpenList": "mutandis.values",
    "Period": "mutandis.values",
}

__all__ = [
    "UNKNOWN",
    "BundleError",
    "CaseError",
    "Citation",
    "DecidedAgain",
    "Decision",
    "DecisionRecord",
    "Diagnostic",
    "Duration",
    "Facts",
    "MutandisError",
    "OpenList",
    "Period",
    "Rulebook",
    "RulebookError",
    "Verdict",
    "as_data",
    "as_json",
    "parse_citation",
]


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module `mutandis` has no attribute `{name}`")
    from importlib import import_module

    return getattr(import_module(home), name)
