"""Reading `calendar/NAME.yaml`: the days off of a country, dated, each with what makes it one.

A rulebook has at most one calendar, which moves the last days of its periods unless the caller gives holidays.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

from mutandis.calendar.days_off import DayOff, DaysOff, Weekly
from mutandis.diagnostic_codes import diagnose
from mutandis.rulebook.fields.law import CALENDAR_FILE, KIND_OF_HOLIDAY, WEEKDAYS, WEEKLY
from mutandis.rulebook.meant import as_name
from mutandis.rulebook.shapes import (
    Faults,
    read_choice,
    read_citation,
    read_date,
    read_keys,
    read_many,
    read_mapping,
    read_name,
    read_text,
)
from mutandis.rulebook.yaml_source import MappingNode, ScalarNode, YamlNode
from mutandis.suggest import did_you_mean


def is_calendar_file(name: str) -> bool:
    """True for `calendar/kr.yaml`, a path in the rulebook's folder."""
    return name.startswith("calendar/") and name.count("/") == 1 and name.endswith(".yaml")


def read_calendar(node: YamlNode, file: str, faults: Faults) -> DaysOff | None:
    """The days off that the calendar file `file` declares."""
    mapping = read_mapping(node, "a calendar file", faults)
    if mapping is None:
        return None
    before = len(faults)
    mapping = read_keys(mapping, "a calendar file", CALENDAR_FILE, faults)
    if (title := mapping.get("title")) is not None:
        read_text(title, "the calendar's title", faults)  # for who reads the file
    named = mapping.get("calendar")
    name = read_name(named, "the calendar", faults) if named is not None else None
    stem = file.rpartition("/")[2].removesuffix(".yaml")
    if named is not None and name is not None and name != stem:
        faults.append(
            diagnose(
                "wrong-law", f"the file says it is of `{name}`, but is called `{stem}`", "let both agree", named.span
            )
        )
    first, last = (_date(mapping.get(key), f"the calendar's `{key}`", faults) for key in ("from", "until"))
    if first is not None and last is not None and last < first:
        at = mapping.get("until")
        assert at is not None  # it was read
        faults.append(diagnose("bad-date", "the calendar ends before it begins", "correct one of the two", at.span))
        first = last = None  # what lies outside cannot be told
    weekly = _read_weekly(mapping.get("weekly"), faults)
    kinds = _read_kinds(mapping.get("kinds"), faults)
    days = _read_days(mapping.get("days"), kinds, first, last, faults)
    if len(faults) == before:
        _check_days_of_kinds(mapping, faults)
    if first is None or last is None:
        return None
    return DaysOff(stem, first, last, weekly, MappingProxyType(days))


def _date(node: YamlNode | None, what: str, faults: Faults) -> dt.date | None:
    return read_date(node, what, faults) if node is not None else None


def _read_weekly(node: YamlNode | None, faults: Faults) -> tuple[Weekly, ...]:
    mapping = read_mapping(node, "`weekly`", faults) if node is not None else None
    found: list[Weekly] = []
    for key, value in mapping.entries if mapping is not None else ():
        weekday = read_choice(key, "a day of the week", WEEKDAYS, faults)
        written = read_mapping(value, f"`{key.text}`", faults)
        if weekday is None or written is None:
            continue
        written = read_keys(written, f"`{key.text}`", WEEKLY, faults)
        since = _date(written.get("since"), f"`since` of `{key.text}`", faults)
        found.append(Weekly(WEEKDAYS.index(weekday), since, _read_why(written, key.text, faults)))
    return tuple(found)


def _read_kinds(node: YamlNode | None, faults: Faults) -> dict[str, DayOff]:
    mapping = read_mapping(node, "`kinds`", faults) if node is not None else None
    found: dict[str, DayOff] = {}
    for key, value in mapping.entries if mapping is not None else ():
        name = read_name(key, "a kind of holiday", faults)
        written = read_mapping(value, f"the kind `{key.text}`", faults)
        if name is None or written is None:
            found[name or as_name(key.text)] = DayOff(key.text, "")  # told; its days are those of a kind
            continue
        read = _read_why(read_keys(written, f"the kind `{name}`", KIND_OF_HOLIDAY, faults), name, faults)
        alike = next((other for other, one in found.items() if one.label == read.label), None)
        if alike is not None:
            message = f"the kinds of holiday `{alike}` and `{name}` are both called `{read.label}`"
            faults.append(diagnose("duplicate-declaration", message, "say what tells them apart", key.span))
        found[name] = read
    return found


def _read_why(written: YamlNode, name: str, faults: Faults) -> DayOff:
    mapping = read_mapping(written, f"`{name}`", faults)
    label = mapping.get("label") if mapping is not None else None
    by = mapping.get("by") if mapping is not None else None
    provision = read_citation(by, f"`by` of `{name}`", "", "", faults) if by is not None else None
    text = read_text(label, f"the label of `{name}`", faults) if label is not None else None
    return DayOff(text or name.replace("_", " "), str(provision) if provision is not None else "")


def _read_days(
    node: YamlNode | None, kinds: Mapping[str, DayOff], first: dt.date | None, last: dt.date | None, faults: Faults
) -> dict[dt.date, DayOff]:
    """Each dated day with its kind; where two holidays meet, with that of the first."""
    mapping = read_mapping(node, "`days`", faults) if node is not None else None
    found: dict[dt.date, DayOff] = {}
    for key, value in mapping.entries if mapping is not None else ():
        day = read_date(key, "a holiday", faults)
        if day is not None and ((first is not None and day < first) or (last is not None and day > last)):
            faults.append(
                diagnose(
                    "bad-date", f"{day} lies outside what the calendar covers", "widen `from` or `until`", key.span
                )
            )
        named = [_kind(item, kinds, faults) for item in read_many(value)]
        if day is not None and named and named[0] is not None:
            found[day] = named[0]
    return found


def _check_days_of_kinds(mapping: MappingNode, faults: Faults) -> None:
    """Every kind of holiday has a day."""
    kinds, days = mapping.get("kinds"), mapping.get("days")
    if not isinstance(kinds, MappingNode) or not isinstance(days, MappingNode):
        return
    dated = {item.text for _, value in days.entries for item in read_many(value) if isinstance(item, ScalarNode)}
    for key, _ in kinds.entries:
        if key.text not in dated:
            message = f"no day of the calendar is a holiday of the kind `{key.text}`"
            help = "give its days under `days`, or delete it"
            faults.append(diagnose("holiday-without-days", message, help, key.span))


def _kind(node: YamlNode, kinds: Mapping[str, DayOff], faults: Faults) -> DayOff | None:
    name = read_name(node, "a kind of holiday", faults)
    if name is None or name in kinds:
        return kinds.get(name) if name is not None else None
    assert isinstance(node, ScalarNode)  # it has a name
    faults.append(
        diagnose(
            "unknown-value",
            f"`{name}` is no kind of holiday that the calendar has",
            did_you_mean(name, kinds, "declare it under `kinds`"),
            node.span,
        )
    )
    return None
