"""Reading days, moments, periods and provisions: Python's own or written out (`2020-03-01`, `act/95(1)1`)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import get_args

from mutandis.calendar.dates import day_of
from mutandis.calendar.written import DAY_WRITTEN, how_to_write_day
from mutandis.citation import CitationError, Listed, parse_citation, plain_place
from mutandis.dataclass import replace
from mutandis.datatypes import DataType
from mutandis.facts.misfits import allowed, misfit, shown
from mutandis.facts.written import Misfit
from mutandis.values import Clock, Period
from mutandis.vocabulary import FactDeclaration

_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{6})?)?", re.ASCII)


def read_time(name: str, declared: FactDeclaration | None, type_: DataType, value: object) -> object:
    give = f"give {allowed(declared, type_)}"
    moment = type_.kind == "moment"
    if isinstance(value, str):
        if (_MOMENT if moment else DAY_WRITTEN).fullmatch(value):
            try:
                value = dt.datetime.fromisoformat(value) if moment else dt.date.fromisoformat(value)
            except ValueError:
                return Misfit(
                    "impossible-date", f"`{name}`: there is no `{value}` in the calendar", "check month and day"
                )
        elif (DAY_WRITTEN if moment else _MOMENT).fullmatch(value):
            return misfit(name, declared, type_, value)
        else:
            return Misfit(
                "impossible-date",
                f"`{name}`: `{shown(value)}` is no {type_.kind}",
                give if moment else how_to_write_day(value),
            )
    if isinstance(value, dt.datetime) != moment or not isinstance(value, dt.date):
        return misfit(name, declared, type_, value)
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        help_ = "give the local time of the place, without an offset"
        return Misfit("impossible-date", f"`{name}`: moments are local times", help_)
    return value


def _read_end(name: str, value: object) -> dt.date | Misfit:
    """A day or a moment, whichever it is."""
    text = isinstance(value, str) and _MOMENT.fullmatch(value.strip()) is not None
    kind = DataType("moment" if text or isinstance(value, dt.datetime) else "date")
    read = read_time(name, None, kind, value.strip() if isinstance(value, str) else value)
    assert isinstance(read, dt.date | Misfit)
    return read


def read_period(name: str, declared: FactDeclaration | None, value: object, listed: Listed | None) -> object:
    """A period; one whose counting is declared has that clock, whatever the case leaves out."""
    if isinstance(value, Period):  # one made by hand is checked like one written out
        value = {
            "from": value.start,
            "until": value.until,
            "suspensions": value.suspensions,
            "counting": value.clock,
            "basis": value.basis,
        }
    read = _written_period(name, value, listed)
    counting = declared.counting if declared is not None else None
    if not isinstance(read, Period) or counting is None or read.clock == counting.clock:
        return read
    if read.clock is None:
        return replace(read, clock=counting.clock)
    # Facts to the minute may be counted to the minute.
    if read.clock == "hours" and isinstance(read.start, dt.datetime):
        return read
    by = f", by {counting.provision}" if counting.provision else ""
    message = f"`{name}` is counted as `{counting.clock}`{by}, not as `{read.clock}`"
    return Misfit("counting-fixed", message, "leave out `counting`: the law fixes it, not the case")


def _written_period(name: str, value: object, listed: Listed | None) -> object:
    help_ = "give a period, e.g. `{from: 2020-03-01, until: 2020-03-15}`"
    if not isinstance(value, Mapping) or not set(value) <= {"from", "until", "suspensions", "counting", "basis"}:
        return Misfit("wrong-period", f"`{name}` is a period: from, until, suspensions, counting, basis", help_)
    ends: list[dt.date | None] = []
    for key in ("from", "until"):
        end = value.get(key)
        if end is None or (isinstance(end, str) and end == "none"):
            ends.append(None)
            continue
        read = _read_end(f"{name}.{key}", end)
        if isinstance(read, Misfit):
            return read
        ends.append(read)
    spans: list[tuple[dt.date, dt.date]] = []
    given = value.get("suspensions", ())
    given = () if given is None else given
    no_spans = Misfit("wrong-period", f"`{name}.suspensions` is a list of spans", "give each its first and last day")
    if not isinstance(given, list | tuple):
        return no_spans
    for span in given:
        pair = (span.get("from"), span.get("until")) if isinstance(span, Mapping) else span
        if not isinstance(pair, list | tuple) or len(pair) != 2:
            return no_spans
        first, last = (read_time(f"{name}.suspensions", None, DataType("date"), day) for day in pair)
        if isinstance(first, Misfit) or isinstance(last, Misfit):
            return first if isinstance(first, Misfit) else last
        assert isinstance(first, dt.date) and isinstance(last, dt.date)
        spans.append((first, last))
    clocks = get_args(Clock)
    clock = value.get("counting")
    known: Clock | None = next((one for one in clocks if clock == one), None) if isinstance(clock, str) else None
    if clock is not None and known is None:
        listed_clocks = ", ".join(f"`{c}`" for c in clocks)
        return Misfit("wrong-period", f"`{name}.counting` has no value `{shown(clock)}`", f"one of {listed_clocks}")
    basis = value.get("basis")
    cited = None if basis is None else read_provision(f"{name}.basis", basis, listed)
    if isinstance(cited, Misfit):
        return cited
    start, until = ends
    for number, (first_end, last_end) in enumerate(((start, until), *spans)):
        if first_end is not None and last_end is not None and day_of(last_end) < day_of(first_end):
            what = f"`{name}.suspensions[{number}]`" if number else f"`{name}`"
            return Misfit("wrong-period", f"{what} ends before it begins", "give the earlier date first")
    return Period(start, until, tuple(spans), known, cited)


def read_provision(name: str, value: object, listed: Listed | None) -> str | Misfit:
    text = value if isinstance(value, str) else shown(value)
    try:
        cited = parse_citation(text)
    except CitationError as fault:
        from mutandis.facts.cited import meant_by

        return Misfit("wrong-provision", f"`{name}`: {fault}", meant_by(text, listed))
    if listed is not None and not cited.is_external:
        inside = listed.get(cited.law)
        # A law whose text is not at hand may have any.
        if inside is None or (inside and str(plain_place(cited)) not in inside):
            from mutandis.facts.cited import absent

            message, help_ = absent(cited, listed)
            return Misfit("wrong-provision", f"`{name}`: {message}", help_)
    return str(cited)
