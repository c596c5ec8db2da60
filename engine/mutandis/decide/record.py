"""A decision on record: what was asked, by which rulebook and program, and the whole answer, so that anybody can
decide it again and see whether the answer is the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Literal

from mutandis.dataclass import dataclass
from mutandis.decide.question import Question
from mutandis.decide.result import Decision, as_data
from mutandis.errors import MutandisError

FORM = 1
"""The form of records: a program that writes another one writes another number."""

_PARTS = ("record", "program", "rulebook", "action", "by", "at", "law_as_of", "holidays", "facts", "answer")


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """One decision on record.

    `facts` are as a case file writes them. `at` is the clock, `law_as_of` the version of the law that was asked for,
    `holidays` the caller's (None: the rulebook's calendar), `by` the bearer that was asked about. `rulebook` is the
    rulebook's content hash, `program` the program's version. `answer` is the decision in JSON's own types.
    """

    action: str
    facts: Mapping[str, object]
    at: dt.date | None
    law_as_of: dt.date | None
    by: str | None
    holidays: tuple[dt.date, ...] | None
    rulebook: str
    program: str
    answer: Mapping[str, object]

    def as_data(self) -> dict[str, object]:
        """The record in JSON's own types, which `of_data` reads."""
        return {
            "record": FORM,
            "program": self.program,
            "rulebook": self.rulebook,
            "action": self.action,
            "by": self.by,
            "at": None if self.at is None else self.at.isoformat(),
            "law_as_of": None if self.law_as_of is None else self.law_as_of.isoformat(),
            "holidays": None if self.holidays is None else [day.isoformat() for day in self.holidays],
            "facts": dict(self.facts),
            "answer": dict(self.answer),
        }

    @classmethod
    def of_data(cls, data: object) -> DecisionRecord:
        """The record that `data` is. Raises `MutandisError` where it is none, or one of another form."""
        if not isinstance(data, Mapping) or "record" not in data:
            raise MutandisError("this is no record of a decision: it has no `record`, the number of its form")
        if data["record"] != FORM:
            raise MutandisError(f"a record of the form {data['record']}; this program reads the form {FORM}")
        absent, extra = [k for k in _PARTS if k not in data], [str(k) for k in data if k not in _PARTS]
        if absent or extra:
            wrong = f"lacks {_listed(absent)}" if absent else f"has {_listed(extra)}, which no record has"
            raise MutandisError(f"a record of a decision {wrong}")
        holidays = data["holidays"]
        if not isinstance(holidays, list | None):
            raise MutandisError("`holidays` of a record is a list of days, or null")
        return cls(
            action=_text(data, "action"),
            facts=_mapping(data, "facts"),
            at=_time(data["at"], "at"),
            law_as_of=_day(data["law_as_of"], "law_as_of"),
            by=None if data["by"] is None else _text(data, "by"),
            holidays=None if holidays is None else tuple(_some_day(day, "holidays") for day in holidays),
            rulebook=_text(data, "rulebook"),
            program=_text(data, "program"),
            answer=_mapping(data, "answer"),
        )


def _listed(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _text(data: Mapping[object, object], key: str) -> str:
    value = data[key]
    if not isinstance(value, str):
        raise MutandisError(f"`{key}` of a record is a text")
    return value


def _mapping(data: Mapping[object, object], key: str) -> dict[str, object]:
    value = data[key]
    if not isinstance(value, Mapping):
        raise MutandisError(f"`{key}` of a record is an object")
    return {str(name): inner for name, inner in value.items()}


def _time(value: object, key: str) -> dt.date | None:
    if isinstance(value, str) and "T" in value:
        try:
            return dt.datetime.fromisoformat(value)
        except ValueError:
            raise MutandisError(f"`{key}` of a record: there is no moment `{value[:40]}`") from None
    return _day(value, key)


def _day(value: object, key: str) -> dt.date | None:
    return None if value is None else _some_day(value, key)


def _some_day(value: object, key: str) -> dt.date:
    try:
        return dt.date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        raise MutandisError(f"`{key}` of a record: there is no day `{str(value)[:40]}`") from None


# --- deciding it again ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    """One place where two answers differ: `verdict`, `limits[0].outer`.

    A `kind` of `gone` has no `now`, one of `new` no `recorded`; a member of a list that is not the same length in both
    is gone or new as a whole.
    """

    place: str
    kind: Literal["changed", "gone", "new"]
    recorded: object
    now: object


@dataclass(frozen=True, slots=True)
class DecidedAgain:
    """What came of deciding a record again: the decision now, and where its answer is another than the recorded one.

    `same_rulebook` and `same_program` tell whether it was decided by what the record names.
    """

    record: DecisionRecord
    decision: Decision
    changes: tuple[Change, ...]
    same_rulebook: bool
    same_program: bool

    @property
    def is_identical(self) -> bool:
        """True if the answer is the recorded one in every part."""
        return not self.changes


def record_of(asked: Question, facts: Mapping[str, object], decision: Decision, program: str) -> DecisionRecord:
    """The record of a decision; `facts` as a case file writes them, `program` is the program's version."""
    return DecisionRecord(
        action=asked.action,
        facts=facts,
        at=asked.at,
        law_as_of=asked.law_as_of,
        by=asked.by,
        holidays=None if asked.holidays is None else tuple(sorted(asked.holidays)),
        rulebook=decision.content_hash,
        program=program,
        answer=answer_of(decision),
    )


def answer_of(decision: Decision) -> dict[str, object]:
    """The whole answer in JSON's own types, as a record has it."""
    answer = as_data(decision)
    assert isinstance(answer, dict)  # a decision is a record
    return answer


def compare(record: DecisionRecord, decision: Decision, program: str) -> DecidedAgain:
    """The record against the decision that the program of version `program` gives now."""
    now = answer_of(decision)
    # Which rulebook it was is told by itself: the same words of another rulebook are the same answer.
    recorded = {**record.answer, "content_hash": now["content_hash"]}
    changes = tuple(_changes("", recorded, now))
    return DecidedAgain(record, decision, changes, decision.content_hash == record.rulebook, program == record.program)


def _changes(place: str, recorded: object, now: object) -> Iterator[Change]:
    if isinstance(recorded, Mapping) and isinstance(now, Mapping):
        for key in dict.fromkeys((*recorded, *now)):
            inner = f"{place}.{key}" if place else str(key)
            if key not in now:
                yield Change(inner, "gone", recorded[key], None)
            elif key not in recorded:
                yield Change(inner, "new", None, now[key])
            else:
                yield from _changes(inner, recorded[key], now[key])
    elif isinstance(recorded, list) and isinstance(now, list) and len(recorded) == len(now):
        for number, (one, other) in enumerate(zip(recorded, now, strict=True)):
            yield from _changes(f"{place}[{number}]", one, other)
    elif isinstance(recorded, list) and isinstance(now, list):
        yield from _members(place, recorded, now)
    elif recorded != now or type(recorded) is not type(now):
        yield Change(place, "changed", recorded, now)


def _members(place: str, recorded: list[object], now: list[object]) -> Iterator[Change]:
    """What only one of two lists has, each as a whole."""
    left = list(enumerate(now))
    for number, one in enumerate(recorded):
        match = next((k for k, (_, other) in enumerate(left) if other == one), None)
        if match is None:
            yield Change(f"{place}[{number}]", "gone", one, None)
        else:
            del left[match]
    for number, other in left:
        yield Change(f"{place}[{number}]", "new", None, other)
