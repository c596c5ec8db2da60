"""The calendar of a rulebook: what its file may say, and that last days are moved by it."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.rulebook.texts import LAW, faults

from mutandis import MutandisError, Rulebook
from mutandis.calendar.days_off import UNKNOWN_HOLIDAYS
from mutandis.link.linker import link
from mutandis.rulebook.load import load_text
from mutandis.rulebook.model import Source

CALENDAR = """\
calendar: xx
title: A country
from: 2020-01-01
until: 2020-12-31
weekly:
  sunday: {label: Sunday, by: 'ext:holidays/1'}
kinds:
  feast: {label: the Feast, by: 'ext:holidays/2'}
days:
  2020-03-02: feast
"""
VOCABULARY = """\
terms:
  host: {role: yes, label: host}
  reply:
    label: reply
    attributes:
      asked_on: {type: date, question: When was it asked for?}
      sent_on: {type: date, optional: yes, question: When was it sent?}
actions:
  send reply: {label: send it, default: silent, by: host, done: reply.sent_on}
"""
RULES = """\
law: act
article: 1
title: Replies
rules:
  - at: main
    summary: A reply within two days.
    must: send reply
    by: host
    deadline: {by: reply.asked_on + 2 days, clock: civil}
"""
BOOK = {"act/law.yaml": LAW, "act/vocabulary.yaml": VOCABULARY, "act/001.yaml": RULES}


def read(**changes: str) -> Source:
    """The book with a calendar in which the lines that begin with these keys are replaced."""
    lines = [changes.get(line.split(":")[0].strip(), line) for line in CALENDAR.splitlines()]
    return load_text({**BOOK, "calendar/xx.yaml": "\n".join(lines) + "\n"})


def rulebook(source: Source) -> Rulebook:
    program = link(source).program
    assert program is not None and not source.diagnostics
    return Rulebook(program)


ASKED = {"reply.asked_on": "2020-02-28", "reply.sent_on": "none"}


def test_the_days_off_of_the_file_move_a_last_day_unless_the_caller_gives_others() -> None:
    book = rulebook(read())
    # 1 March 2020 is a Sunday; Saturdays are no days off in that country.
    (deadline,) = book.decide("send reply", ASKED, at=dt.date(2020, 3, 3)).deadlines
    assert (deadline.due, deadline.latest, deadline.passed) == (dt.date(2020, 3, 3), dt.date(2020, 3, 3), False)
    (deadline,) = book.decide("send reply", ASKED, at=dt.date(2020, 3, 3), holidays=[]).deadlines
    assert (deadline.due, deadline.latest, deadline.passed) == (dt.date(2020, 3, 2), dt.date(2020, 3, 2), True)
    reference = book.decide("send reply", ASKED, at=dt.date(2020, 3, 3), reference=True)
    assert reference == book.decide("send reply", ASKED, at=dt.date(2020, 3, 3))


def test_beyond_the_calendar_the_last_day_is_not_known_upward() -> None:
    facts = {"reply.asked_on": "2021-02-01", "reply.sent_on": "none"}
    (deadline,) = rulebook(read()).decide("send reply", facts, at=dt.date(2021, 3, 1)).deadlines
    assert (deadline.due, deadline.latest, deadline.passed) == (dt.date(2021, 2, 3), None, None)


def test_the_calendar_is_no_law_and_counts_for_the_hash() -> None:
    source = read()
    assert (list(source.laws), source.days_off.name) == (["act"], "xx")
    assert load_text(BOOK).days_off == UNKNOWN_HOLIDAYS
    assert source.content_hash != load_text(BOOK).content_hash


def test_one_calendar_at_most() -> None:
    other = CALENDAR.replace("calendar: xx", "calendar: yy")
    source = load_text({**BOOK, "calendar/xx.yaml": CALENDAR, "calendar/yy.yaml": other})
    assert faults(source) == [("duplicate-declaration", "1:1")]


@pytest.mark.parametrize(
    ("changes", "slug"),
    [
        ({"calendar": "calendar: yy"}, "wrong-law"),
        ({"title": ""}, "missing-key"),
        ({"from": "from: 2020-02-30"}, "bad-date"),
        ({"until": "until: 2019-12-31"}, "bad-date"),
        ({"sunday": "  someday: {label: Sunday, by: 'ext:holidays/1'}"}, "unknown-value"),
        ({"sunday": "  sunday: {label: Sunday}"}, "missing-key"),
        ({"feast": "  feast: {label: the Feast, by: nowhere}"}, "bad-citation"),
        ({"2020-03-02": "  2020-03-02: fest"}, "unknown-value"),
        ({"2020-03-02": "  2021-03-02: feast"}, "bad-date"),
        ({"2020-03-02": "  monday: feast"}, "bad-date"),
        ({"days": "days: none\nkind:"}, "unknown-key"),
    ],
)
def test_what_does_not_read_is_told(changes: dict[str, str], slug: str) -> None:
    assert slug in {found for found, _ in faults(read(**changes))}


@pytest.mark.parametrize("given", [["2020-03-02"], "2020-03-02", [dt.datetime(2020, 3, 2)], [20200302]])
def test_holidays_that_are_no_dates_are_refused(given: object) -> None:
    with pytest.raises(MutandisError, match="a holiday is a date"):
        rulebook(read()).decide("send reply", ASKED, holidays=given)  # type: ignore[arg-type]  # what is refused
