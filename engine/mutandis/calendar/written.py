"""Days and moments as they are written: `2020-03-01`, `2020-03-01T10:00`, and no other form of ISO 8601."""

from __future__ import annotations

import datetime as dt
import re

DAY_WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOMENT_WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?")

_YEAR_FIRST = re.compile(
    r"([0-9]{4})(?:[-/.] ?([0-9]{1,2})[-/.] ?([0-9]{1,2})\.?|([0-9]{2})([0-9]{2})|년 ?([0-9]{1,2})월 ?([0-9]{1,2})일)"
)
_MOST_SHOWN = 40


class UnreadTimeError(ValueError):
    """What is written is no day or moment; `help` says how to write one."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.help = help


def read_day(text: str) -> dt.date:
    """The day. Raises `UnreadTimeError`."""
    if not DAY_WRITTEN.fullmatch(text):
        raise UnreadTimeError(f"`{text[:_MOST_SHOWN]}` is no day", how_to_write_day(text))
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise UnreadTimeError(f"there is no day `{text}`", "check month and day") from None


def read_time(text: str) -> dt.date:
    """The day, or the moment, of local time and to the second at most. Raises `UnreadTimeError`."""
    if "T" not in text:
        return read_day(text)
    if not MOMENT_WRITTEN.fullmatch(text):
        help = "write the local time, to the second at most and without an offset, like 2020-03-01T10:00"
        raise UnreadTimeError(f"`{text[:_MOST_SHOWN]}` is no moment", help)
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        raise UnreadTimeError(f"there is no moment `{text}`", "check day and time") from None


def how_to_write_day(text: str) -> str:
    """How the day that is meant is written, where the year comes first and no other can be meant; else an example.

    >>> how_to_write_day("2020/3/1"), how_to_write_day("20200301")
    ('write 2020-03-01', 'write 2020-03-01')
    >>> how_to_write_day("01.03.2020")
    'write year, month and day, like 2020-03-01'
    """
    if match := _YEAR_FIRST.fullmatch(text.strip()):
        year, month, day = (int(part) for part in match.groups() if part)
        try:
            return f"write {dt.date(year, month, day)}"
        except ValueError:
            pass
    return "write year, month and day, like 2020-03-01"
