"""What a table of cases comes to: a row for each case, its parts worked out when they are asked for."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import field
from typing import Any, Final

import polars as pl

from mutandis.dataclass import dataclass
from mutandis.decide.outline import Outline
from mutandis.decide.payload import measures
from mutandis.decide.result import Decision, Verdict, as_data
from mutandis.decide.shape import Shape
from mutandis.diagnostics import MutandisError
from mutandis.table.engine import Clock, TableEngine
from mutandis.table.facts import BadValue, TableFacts
from mutandis.table.memory import ERROR, Outcome

VERDICTS: Final = (*(verdict.value for verdict in Verdict), "error")
"""The verdicts of a table: those of a decision, and `error` for a row with a value that is not allowed."""
PARTS: Final = ("verdict", "citations", "reachable", "cause", "missing", "breaches", "limits", "deadlines")
"""What a table tells of each row, each a column of `DecisionTable.frame`."""
SEPARATOR: Final = "; "

_TEXTS = dict.fromkeys(("norm", "provision", "relation"), pl.String)
RECORDS: Final[dict[str, dict[str, Any]]] = {
    "limits": {
        **_TEXTS,
        **dict.fromkeys(("parameter", "inner", "outer", "actual", "margin"), pl.String),
        "binding": pl.Boolean,
    },
    "deadlines": {
        **_TEXTS,
        **dict.fromkeys(("words", "due", "latest", "done"), pl.String),
        "passed": pl.Boolean,
        **dict.fromkeys(("unknown_for", "wording"), pl.List(pl.String)),
    },
}
"""The parts that are lists of records, and the fields of these."""


@dataclass(slots=True)
class Slice:
    """Some rows on end: where they begin, their facts, their clock, what they come to."""

    start: int
    facts: TableFacts
    at: Clock
    codes: pl.Series
    told: dict[bool, Told] = field(default_factory=dict)
    _met: tuple[pl.Series, list[int]] | None = None

    @property
    def met(self) -> list[int]:
        """The codes that occur."""
        if self._met is None or self._met[0] is not self.codes:
            most: Any = self.codes.max()
            occurs = pl.repeat(False, 0 if most is None else most + 1, eager=True).scatter(self.codes, True)
            self._met = self.codes, occurs.arg_true().to_list()
        return self._met[1]

    def only(self, rows: pl.Series) -> Slice:
        """Some of the rows, by their places."""
        at = self.at.gather(rows) if isinstance(self.at, pl.Series) else self.at
        return Slice(self.start, self.facts.only(rows), at, self.codes.gather(rows))


Told = tuple[pl.Series, list[Decision | None]]
"""Decisions, each for all rows that are told alike, and which of them each row has."""


@dataclass(slots=True)
class DecisionTable:
    """The decisions about the rows of a table, in order.

    `bad` are the values that are not allowed, where these made verdicts `error` of their rows.
    """

    engine: TableEngine
    slices: list[Slice]
    bad: tuple[BadValue, ...] = ()
    _columns: dict[str, pl.Series] = field(default_factory=dict)

    def __len__(self) -> int:
        return sum(len(part.codes) for part in self.slices)

    @property
    def verdict(self) -> pl.Series:
        """The verdict of each row, as an enumeration of `VERDICTS`."""
        return self._column("verdict")

    @property
    def citations(self) -> pl.Series:
        """The provisions that each row's answer rests on, as an enumeration: joined by `; `."""
        return self._column("citations")

    def frame(self, *parts: str) -> pl.DataFrame:
        """A table with these parts (see `PARTS`; verdict and citations where none are named), a row for each case.

        `limits` and `deadlines` are lists of records; all others are enumerations of what was joined by `; `.
        """
        wanted = tuple(dict.fromkeys(parts)) or ("verdict", "citations")
        unknown = [part for part in wanted if part not in PARTS]
        if unknown:
            raise MutandisError(f"a table has no part `{unknown[0]}`: it has {', '.join(PARTS)}")
        return pl.DataFrame([self._column(part) for part in wanted])

    def decision(self, row: int) -> Decision | None:
        """The full decision about one row (from 0), None for one in error. Raises `IndexError`."""
        if isinstance(row, bool) or not hasattr(row, "__index__"):
            raise MutandisError(f"`row` is a whole number, such as `3`, not `{row!r:.40}`")
        if row < 0 or row >= len(self):
            raise IndexError(f"there is no row {row} in a table of {len(self)}")
        part = next(s for s in reversed(self.slices) if s.start <= row)
        place = pl.Series([row - part.start], dtype=pl.UInt32)
        if part.codes[row - part.start] == ERROR:
            return None
        case = part.facts.cases(place, part.facts.stated)[0]
        at = part.at[row - part.start] if isinstance(part.at, pl.Series) else part.at
        return self.engine.decide(case, at)

    def counts(self) -> dict[str, int]:
        """How many rows have each verdict, the most frequent first."""
        return most_first(counted(self.verdict))

    # --- columns ------------------------------------------------------------------------------------------------------

    def _column(self, part: str) -> pl.Series:
        if part not in self._columns:
            self._columns[part] = self._made(part)
        return self._columns[part]

    def _made(self, part: str) -> pl.Series:
        if part in ("limits", "deadlines"):
            return pl.concat([self._records(s, part) for s in self.slices]).alias(part)
        if part in ("missing", "breaches"):
            pieces = [self._told(s, part) for s in self.slices]
            told = [part_of(decision, part) for _, decisions in pieces for decision in decisions]
            offsets = [sum(len(d) for _, d in pieces[:k]) for k in range(len(pieces))]
            codes = pl.concat([codes + offset for (codes, _), offset in zip(pieces, offsets, strict=True)])
        else:
            for some in self.slices if part == "cause" else ():
                self._find_whole(some, _is_undetermined)
            codes = pl.concat([s.codes for s in self.slices])
            mine = {code for s in self.slices for code in s.met}  # what is remembered may be of other tables too
            outcomes = enumerate(self.engine.memory.outcomes)
            told = [part_of(outcome if code in mine else None, part) for code, outcome in outcomes]
        categories = VERDICTS if part == "verdict" else sorted(set(told))
        return pl.Series(part, told, dtype=pl.Enum(categories)).gather(codes)

    def _records(self, part: Slice, name: str) -> pl.Series:
        codes, decisions = self._told(part, name)
        kind = pl.List(pl.Struct(RECORDS[name]))
        each = [[] if d is None else [record_of(item, name) for item in getattr(d, name)] for d in decisions]
        return pl.Series(name, each, dtype=kind).gather(codes)

    def _rows(self, part: Slice, wanted: Callable[[Outcome], bool]) -> pl.Series:
        """The rows whose outcome is wanted."""
        outcomes = self.engine.memory.outcomes
        codes = [code for code in part.met if wanted(outcomes[code])]
        return part.codes.is_in(codes).arg_true() if codes else pl.Series([], dtype=pl.UInt32)

    def _find_whole(self, part: Slice, wanted: Callable[[Outcome], bool]) -> None:
        """Give rows with an outline that is wanted the codes of all it stands for."""
        rows = self._rows(part, lambda outcome: isinstance(outcome, Outline) and wanted(outcome))
        if len(rows):
            some = part.only(rows)
            part.codes = part.codes.clone().scatter(rows, self.engine.codes(some.facts, some.at, whole=True))

    def _told(self, part: Slice, name: str) -> Told:
        """The decisions that a part of what is told is read from: what is missing, in few rows."""
        few = name == "missing"
        if few not in part.told:
            rows = self._rows(part, _may_miss if few else lambda outcome: outcome is not None)
            places, decisions = self._tell(part.only(rows))
            whole = pl.zeros(len(part.codes), pl.UInt32, eager=True).scatter(rows, places + 1)
            part.told[few] = whole, [None, *decisions]
        return part.told[few]

    def _tell(self, part: Slice) -> Told:
        self._find_whole(part, lambda outcome: True)
        outcomes = self.engine.memory.outcomes
        frame = part.facts.frame.with_columns(
            pl.int_range(pl.len(), dtype=pl.UInt32).alias("|row"), part.codes.alias("|code")
        )
        if isinstance(part.at, pl.Series):
            frame = frame.with_columns(self.engine.clock_columns(part.at))
        of_case = [code for code in part.met if _is_of_case(outcomes[code])]
        apart = frame["|code"].is_in(of_case)
        decisions: list[Decision | None] = []
        place = pl.zeros(frame.height, pl.UInt32, eager=True)
        # What is told of most outcomes is the same whatever the case: one row of each serves.
        for where, names in ((~apart, set[str]()), (apart, self.engine.reads_of_all(part.at))):
            if not where.any():
                continue
            some = frame.filter(where)
            mine, made = self.engine.told(part.facts, some, names, part.at, by_clock=bool(names))
            place = place.scatter(where.arg_true(), mine + len(decisions))
            decisions += made
        return place, decisions


def _is_of_case(outcome: Outcome) -> bool:
    """True if what is told of an outcome takes the figures of the case."""
    if outcome is None:
        return False
    if isinstance(outcome, Shape):
        return bool(outcome.has_deadlines or outcome.limits or measures(outcome))
    return True


def _is_undetermined(outcome: Outcome) -> bool:
    return outcome is not None and outcome.verdict is Verdict.UNDETERMINED


def _may_miss(outcome: Outcome) -> bool:
    """True if a fact may be missing: for the verdict, for the day on which something is due, for how a duty is done."""
    match outcome:
        case None:
            return False
        case Shape():
            return bool(outcome.missing) or _is_undetermined(outcome) or outcome.has_deadlines
        case Outline():
            return outcome.verdict in (Verdict.UNDETERMINED, Verdict.REQUIRED) or outcome.is_timed
    return True


def counted(verdicts: pl.Series) -> dict[str, int]:
    """How often each verdict occurs in an enumeration of `VERDICTS`."""
    places = verdicts.to_physical()
    found = {verdict: int((places == place).sum()) for place, verdict in enumerate(VERDICTS)}
    return {verdict: count for verdict, count in found.items() if count}


def most_first(counts: Mapping[str, int]) -> dict[str, int]:
    """How often each verdict occurs, the most frequent first."""
    return {verdict: counts[verdict] for verdict in sorted(counts, key=lambda v: (-counts[v], VERDICTS.index(v)))}


def part_of(outcome: Outcome, part: str) -> str:
    """A part of what is told, as one text; of an outline there is no cause."""
    if outcome is None or (part == "cause" and isinstance(outcome, Outline)):
        return "error" if part == "verdict" else ""
    told = getattr(outcome, part)
    match part:
        case "verdict":
            return str(told.value)
        case "cause":
            return str(told)
        case "reachable":
            return SEPARATOR.join(verdict.value for verdict in told)
        case "breaches":
            return SEPARATOR.join(f"{b.provision}: {b.condition}" for b in told)
    return SEPARATOR.join(told)


def record_of(item: Any, name: str) -> dict[str, object]:
    """A limit or a deadline as a table has it: texts, whether it binds or has passed, what its day waits for."""
    said: Any = as_data(item)
    return {key: _as_text(said[key]) if kind == pl.String else said[key] for key, kind in RECORDS[name].items()}


def _as_text(value: object) -> str | None:
    return value if value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False)
