"""Days and moments that people write: one form, and for any other how it is meant."""

from __future__ import annotations

import datetime as dt

import pytest

from mutandis.calendar.written import UnreadTimeError, read_day, read_time


@pytest.mark.parametrize(
    ("text", "message", "help"),
    [
        ("2020-02-30", "there is no day `2020-02-30`", "check month and day"),
        ("20200301", "`20200301` is no day", "write 2020-03-01"),
        ("2020-3-1", "`2020-3-1` is no day", "write 2020-03-01"),
        ("2020. 3. 1.", "`2020. 3. 1.` is no day", "write 2020-03-01"),
        ("2020년 3월 1일", "`2020년 3월 1일` is no day", "write 2020-03-01"),
        ("2020/13/01", "`2020/13/01` is no day", "write year, month and day, like 2020-03-01"),
        ("01/03/2020", "`01/03/2020` is no day", "write year, month and day, like 2020-03-01"),
        ("2020-W10-7", "`2020-W10-7` is no day", "write year, month and day, like 2020-03-01"),
        ("", "`` is no day", "write year, month and day, like 2020-03-01"),
    ],
)
def test_what_is_no_day_is_told_with_the_day_that_is_meant(text: str, message: str, help: str) -> None:
    for read in (read_day, read_time):
        with pytest.raises(UnreadTimeError) as told:
            read(text)
        assert (str(told.value), told.value.help) == (message, help)


def test_a_moment_is_local_and_to_the_second() -> None:
    assert read_time("2020-03-01") == dt.date(2020, 3, 1)
    assert read_time("2020-03-01T10:00") == dt.datetime(2020, 3, 1, 10)
    assert read_time("2020-03-01T10:00:07") == dt.datetime(2020, 3, 1, 10, 0, 7)
    for text in ("2020-03-01T10:00+09:00", "2020-03-01T10:00:07.5", "2020-03-01T10"):
        with pytest.raises(UnreadTimeError, match="is no moment"):
            read_time(text)
    with pytest.raises(UnreadTimeError, match="there is no moment `2020-03-01T25:00`"):
        read_time("2020-03-01T25:00")
