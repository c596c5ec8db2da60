"""The decision log: an append-only, hash-chained record of decisions in a database, and decisions made again from it.

`DecisionLog` opens one (SQLite, PostgreSQL), `Writer` appends for a program of many threads. It needs the extra
`mutandis[log]`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mutandis.extras import attribute_of

if TYPE_CHECKING:
    from mutandis_log.entry import Draft as Draft
    from mutandis_log.entry import Entry as Entry
    from mutandis_log.log import DecisionLog as DecisionLog
    from mutandis_log.log import LogUnavailableError as LogUnavailableError
    from mutandis_log.writer import Writer as Writer

_HOMES = {
    "Draft": "mutandis_log.entry",
    "Entry": "mutandis_log.entry",
    "DecisionLog": "mutandis_log.log",
    "LogUnavailableError": "mutandis_log.log",
    "Writer": "mutandis_log.writer",
}

__all__ = ["DecisionLog", "Draft", "Entry", "LogUnavailableError", "Writer"]


def __getattr__(name: str) -> object:
    return attribute_of(__name__, _HOMES, name, "the decision log", "log")
