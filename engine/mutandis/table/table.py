"""What a table of cases comes to: a row for each case, its parts worked out when they are asked for."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from mutandis.backends.engine import Engine
from mutandis.decide.payload import measures_periods
from mutandis.decide.result import Decision, Limit, Verdict, as_data
from mutandis.decide.shape import Shape
from mutandis.diagnostics import CaseError, MutandisError
from mutandis.table.engine import ERROR, Question, TableEngine
from mutandis.table.read import BadValue, Facts, read_table

if TYPE_CHECKING:
    import polars as pl

VERDICTS: Final = (*(verdict.value for verdict in Verdict), "error")
"""The verdicts of a table: those of a decision, and `error` for a row with a value that is not allowed."""
PARTS: Final = ("verdict", "citations", "reachable", "cause", "missing", "breaches", "limits", "deadlines")
"""What a table tells of each row, each a column of `DecisionTable.frame`."""
AT_ONCE: Final = 1 << 20
"""How many rows are decided at a time."""
SEPARATOR: Final = "; "

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class _Slice:
    """Some rows on end: where they begin, their facts, their clock, what they come to."""

    start: int
    facts: Facts
    at: Any
    codes: pl.Series
    told: tuple[pl.Series, list[Decision | None]] | None = None


@dataclass(slots=True)
class DecisionTable:
    """The decisions about the rows of a table, in order.

    `bad` are the values that are not allowed, where these made verdicts `error` of their rows.
    """

    engine: TableEngine
    slices: list[_Slice]
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
        import polars

        wanted = parts or ("verdict", "citations")
        unknown = [part for part in wanted if part not in PARTS]
        if unknown:
            raise MutandisError(f"a table has no part `{unknown[0]}`: it has {', '.join(PARTS)}")
        return polars.DataFrame([self._column(part) for part in wanted])

    def decision(self, row: int) -> Decision | None:
        """The full decision about one row (from 0), None for one in error. Raises `IndexError`."""
        if row < 0 or row >= len(self):
            raise IndexError(f"there is no row {row} in a table of {len(self)}")
        part = next(s for s in reversed(self.slices) if s.start <= row)
        place = self.engine.pl.Series([row - part.start], dtype=self.engine.pl.UInt32)
        if part.codes[row - part.start] == ERROR:
            return None
        case = part.facts.cases(place, part.facts.stated)[0]
        at = part.at[row - part.start] if isinstance(part.at, self.engine.pl.Series) else part.at
        return self.engine.decide(case, at, self.engine.question)

    def counts(self) -> dict[str, int]:
        """How many rows have each verdict, the most frequent first."""
        counted = self.verdict.value_counts(sort=True)
        return {str(verdict): int(count) for verdict, count in counted.iter_rows()}

    # --- columns ------------------------------------------------------------------------------------------------------

    def _column(self, part: str) -> pl.Series:
        if part not in self._columns:
            self._columns[part] = self._made(part)
        return self._columns[part]

    def _made(self, part: str) -> pl.Series:
        pl = self.engine.pl
        if part in ("limits", "deadlines"):
            return pl.concat([self._records(s, part) for s in self.slices]).alias(part)
        if part in ("missing", "breaches"):
            pieces = [self._told(s) for s in self.slices]
            told = [_part_of(decision, part) for _, decisions in pieces for decision in decisions]
            offsets = [sum(len(d) for _, d in pieces[:k]) for k in range(len(pieces))]
            codes = pl.concat([codes + offset for (codes, _), offset in zip(pieces, offsets, strict=True)])
        else:
            told = [_part_of(outcome, part) for outcome in self.engine.outcomes]
            codes = pl.concat([s.codes for s in self.slices])
        categories = VERDICTS if part == "verdict" else tuple(dict.fromkeys(told))
        return pl.Series(part, told, dtype=pl.Enum(categories)).gather(codes)

    def _records(self, part: _Slice, name: str) -> pl.Series:
        pl = self.engine.pl
        codes, decisions = self._told(part)
        kind = pl.List(pl.Struct(_FIELDS[name]))
        each = [[] if d is None else [_record(item, name) for item in getattr(d, name)] for d in decisions]
        return pl.Series(name, each, dtype=kind).gather(codes)

    def _told(self, part: _Slice) -> tuple[pl.Series, list[Decision | None]]:
        """One decision for all rows that are told alike, and which each row has."""
        if part.told is None:
            part.told = self._tell(part)
        return part.told

    def _tell(self, part: _Slice) -> tuple[pl.Series, list[Decision | None]]:
        pl, outcomes = self.engine.pl, self.engine.outcomes
        frame = part.facts.frame.with_columns(
            pl.int_range(pl.len(), dtype=pl.UInt32).alias("|row"), part.codes.alias("|code")
        )
        if isinstance(part.at, pl.Series):
            frame = frame.with_columns(self.engine.clock_columns(part.at))
        of_case = [code for code in part.codes.unique().to_list() if _is_of_case(outcomes[code])]
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


def _is_of_case(outcome: Shape | Decision | None) -> bool:
    """True if what is told of an outcome takes the figures of the case."""
    if outcome is None:
        return False
    if isinstance(outcome, Shape):
        return bool(outcome.has_deadlines or outcome.limits or measures_periods(outcome))
    return True


def _part_of(outcome: Shape | Decision | None, part: str) -> str:
    """A part of what is told, as one text."""
    if outcome is None:
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


_FIELDS: Final[dict[str, Any]] = {}


def _record(item: Any, name: str) -> dict[str, object]:
    said: Any = as_data(item)
    if isinstance(item, Limit):
        values = {key: None if said[key] is None else str(said[key]) for key in ("inner", "outer", "actual", "margin")}
        kept = {key: said[key] for key in ("norm", "provision", "parameter", "relation", "binding")}
        return {**kept, **values}
    return {key: said[key] for key in ("norm", "provision", "relation", "words", "due", "latest", "passed")}


def decide_table(
    engine: Engine,
    question: Question,
    frame: object,
    at: object,
    none: object,
    on_bad: str,
    progress: Progress | None,
) -> DecisionTable:
    """The decisions about a table of cases: see `Rulebook.decide_table`."""
    if on_bad not in ("raise", "error"):
        raise MutandisError(f"`on_bad` is `raise` or `error`, not `{on_bad}`")
    pl = polars()
    given = table_of(frame)
    if not _FIELDS:
        texts, told = ("norm", "provision", "relation"), ("parameter", "inner", "outer", "actual", "margin")
        _FIELDS["limits"] = {**dict.fromkeys((*texts, *told), pl.String), "binding": pl.Boolean}
        _FIELDS["deadlines"] = {**dict.fromkeys((*texts, "words", "due", "latest"), pl.String), "passed": pl.Boolean}
    clock = _clock_of(given, at, pl)
    table = TableEngine(engine, question)
    slices: list[_Slice] = []
    bad: list[BadValue] = []
    for start in range(0, max(given.height, 1), AT_ONCE):
        rows = given.slice(start, AT_ONCE)
        facts, faults = read_table(rows, engine.program.vocabulary, engine.program.derived, none)
        if faults:
            raise CaseError(faults)
        bad += [_later(value, start) for value in facts.bad]
        if bad and on_bad == "raise":
            if start + AT_ONCE < given.height:
                continue  # tell everything that is wrong, not only what is wrong with the first rows
            break
        mine = clock.slice(start, AT_ONCE) if isinstance(clock, pl.Series) else clock
        slices.append(_Slice(start, facts, mine, table.codes(facts, mine)))
        if progress is not None:
            progress(min(start + AT_ONCE, given.height), given.height)
    together = _together(bad)
    if together and on_bad == "raise":
        raise CaseError([value.diagnostic() for value in together])
    return DecisionTable(table, slices, together)


def polars() -> Any:
    """Polars, or a clear word where it is not installed."""
    try:
        import polars as found
    except ImportError as fault:
        raise MutandisError("tables need polars: install `mutandis[columns]`") from fault
    return found


def table_of(frame: object) -> pl.DataFrame:
    """A table of any kind as Polars has it: Polars (lazy too), a path to Parquet or CSV, or what Narwhals reads."""
    pl = polars()
    if isinstance(frame, pl.DataFrame):
        return frame
    if isinstance(frame, pl.LazyFrame):
        return frame.collect(engine="streaming")
    if isinstance(frame, str | Path):
        return scan(Path(frame)).collect(engine="streaming")
    if isinstance(frame, Mapping):
        return pl.DataFrame(frame)
    try:
        import narwhals
    except ImportError as fault:
        raise MutandisError("tables other than Polars need narwhals: install `mutandis[columns]`") from fault
    try:
        read = narwhals.from_native(frame)
    except TypeError as fault:
        message = f"a table of type `{type(frame).__name__}` cannot be read: give Polars, pandas, Arrow, or a path"
        raise MutandisError(message) from fault
    eager = read.collect(backend="polars") if isinstance(read, narwhals.LazyFrame) else read
    return eager.to_polars()


def scan(path: Path) -> pl.LazyFrame:
    """A file of cases, not read yet. In CSV every value is text, read as in a case file; an empty field is not known."""
    pl = polars()
    match path.suffix.lower():
        case ".parquet" | ".pq":
            return pl.scan_parquet(path)
        case ".csv":
            return pl.scan_csv(path, infer_schema=False)
    raise MutandisError(f"`{path.name}` is neither `.parquet` nor `.csv`")


def _clock_of(frame: pl.DataFrame, at: object, pl: Any) -> Any:
    if not isinstance(at, str):
        return at
    if at not in frame.columns:
        raise MutandisError(f"`at` names the column `{at}`, which the table does not have")
    series = frame[at]
    if series.dtype == pl.String:
        try:
            series = series.str.to_date("%Y-%m-%d")
        except pl.exceptions.PolarsError as fault:
            raise MutandisError(f"column `{at}` has days such as `2020-03-01`") from fault
    if series.dtype != pl.Date and not (isinstance(series.dtype, pl.Datetime) and series.dtype.time_zone is None):
        raise MutandisError(f"column `{at}` has days or local moments, not {series.dtype}")
    return series


def _later(value: BadValue, start: int) -> BadValue:
    rows = tuple(row + start for row in value.rows)
    return BadValue(value.column, value.value, value.count, rows, value.slug, value.message, value.help)


def _together(bad: list[BadValue]) -> tuple[BadValue, ...]:
    """The same value of a column once, over all rows."""
    found: dict[tuple[str, str], BadValue] = {}
    for value in bad:
        known = found.get((value.column, value.value))
        if known is not None:
            value = BadValue(
                value.column,
                value.value,
                known.count + value.count,
                (*known.rows, *value.rows)[:5],
                value.slug,
                value.message,
                value.help,
            )
        found[value.column, value.value] = value
    return tuple(found.values())


def as_text(value: object) -> str:
    """Records as JSON, for files that have no lists."""
    return json.dumps(value, ensure_ascii=False, default=_isoformat)


def _isoformat(value: object) -> str:
    return value.isoformat() if isinstance(value, dt.date) else str(value)
