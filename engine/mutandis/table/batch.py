"""A file of cases decided into a file of decisions, in bounded memory, from where it was broken off."""

from __future__ import annotations

import datetime as dt
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final, Literal, TypeVar

import polars as pl

from mutandis.arguments import check_kept
from mutandis.backends.engine import Engine
from mutandis.dataclass import dataclass
from mutandis.decide.question import Question
from mutandis.decide.result import NOTHING_SAID, Verdict
from mutandis.diagnostics import CaseError, MutandisError
from mutandis.table.contradictions import Contradictions
from mutandis.table.decide import gather_bad, read_rows
from mutandis.table.engine import Clock, TableEngine
from mutandis.table.facts import BadValue, TableFacts
from mutandis.table.given import check_clock, check_some_fact, clock_of, named, scan, unreadable
from mutandis.table.memory import MOST_OUTCOMES, Memory
from mutandis.table.named import is_of, needed
from mutandis.table.parts import PartsFolder, is_csv
from mutandis.table.table import PARTS, RECORDS, VERDICTS, DecisionTable, Slice, counted, most_first

T = TypeVar("T")

AT_ONCE: Final = 1 << 18
"""Up to how many rows are read, decided and written at a time."""
CELLS_AT_ONCE: Final = 1 << 23
"""Up to how many values are: of a table with many columns fewer rows."""
AT_ONCE_OF_ALL: Final = 1 << 15
"""How many where all actions are asked about, of which many speak to each row."""
FIRST_OF_ALL: Final = 1 << 11
"""With how many that begins: a row then takes anything from a tenth of a millisecond to twenty."""
SECONDS_A_PART: Final = 10.0
"""How much of the processor the rows of a part should take: so much of the work is lost where a run is broken off."""
FORMAT: Final = 3
"""Of the folder of parts; another one does not go on from it."""
ENUMERATED: Final = ("action", "verdict", "citations", "reachable", "cause")
"""What is an enumeration in the file of decisions. What else is told has nearly as many values as rows may have."""


@dataclass(frozen=True, slots=True)
class FileOfCases:
    """A file to decide: where it is and where decisions go; what of them is told (`PARTS`), which columns are kept.

    `keep` of None keeps the columns that are no facts. `open_too` is asked where all actions are asked about.
    """

    given: Path
    out: Path
    at: dt.date | str | None = None
    none: object = None
    parts: tuple[str, ...] = ("verdict", "citations")
    keep: tuple[str, ...] | None = None
    open_too: bool = False
    on_bad: Literal["raise", "error"] = "error"
    resume: bool = True


@dataclass(frozen=True, slots=True)
class BatchSummary:
    """What a file came to: its rows, how many of them an earlier run had done, how often each verdict was given.

    `bad` are the values that are not allowed, each with how many rows have it, whose verdict is `error`.
    """

    rows: int
    resumed: int
    verdicts: dict[str, int]
    bad: tuple[BadValue, ...]


def decide_file(
    engine: Engine,
    questions: Sequence[Question],
    file: FileOfCases,
    memory: Memory | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> BatchSummary:
    """Decide about every row of a file and write the decisions: see `Rulebook.decide_file`.

    `memory` is of the one question; None assesses all of them.
    """
    unknown = [part for part in file.parts if part not in PARTS]
    if unknown:
        raise MutandisError(f"decisions have no part `{unknown[0]}`: they have {', '.join(PARTS)}")
    to_csv = is_csv(file.out)
    given = scan(file.given)
    if file.out.exists() and file.out.samefile(file.given):
        raise MutandisError(
            f"`{file.out.name}` cannot be read and written at once: name another file for the decisions"
        )
    try:
        return _Batch(engine, questions, file, memory, to_csv, progress).run(given)
    except pl.exceptions.PolarsError as fault:
        raise unreadable(file.given, fault) from fault


@dataclass(slots=True)
class Pace:
    """How many rows are a part: `rows` of at most `most`, by what those before took."""

    rows: int
    most: int

    def took(self, rows: int, seconds: float) -> None:
        """Mind that a part of so many rows took so long. A part is at most four times the one before, or a quarter.

        The rows left of a file may be few: a part of them that is over soon makes the next no smaller.
        """
        fitting = int(rows * min(max(SECONDS_A_PART / max(seconds, 0.001), 0.25), 4))
        if seconds < SECONDS_A_PART:
            fitting = max(fitting, self.rows)
        self.rows = min(max(fitting, 1), self.most)


@dataclass(slots=True)
class _Batch:
    engine: Engine
    questions: Sequence[Question]
    file: FileOfCases
    memory: Memory | None
    to_csv: bool
    progress: Callable[[int, int], None] | None

    @property
    def assess(self) -> bool:
        """True where all actions are asked about."""
        return self.memory is None

    def run(self, given: pl.LazyFrame) -> BatchSummary:
        file = self.file
        columns = given.collect_schema().names()
        check_clock(columns, file.at)
        check_some_fact(file.given, [self.engine.program.vocabulary])
        keep = self._kept(columns)
        rows: int = given.select(pl.len()).collect().item()
        folder = PartsFolder.open(file.out, self._asked(), file.resume)
        try:
            return self._decided(given, keep, rows, folder, folder.notes())
        except BaseException:
            if not folder.notes():  # nothing to go on from
                folder.remove()
            raise
        finally:
            folder.close()

    def _decided(
        self, given: pl.LazyFrame, keep: list[str], rows: int, folder: PartsFolder, notes: list[dict[str, Any]]
    ) -> BatchSummary:
        done = resumed = sum(note["rows"] for note in notes)
        self._tell(done, rows)
        columns = given.collect_schema().names()
        given = given.select(named(needed(columns, self.engine.program.vocabulary, [*keep, self.file.at])))
        tables = [TableEngine(self.engine, question, self.memory) for question in self.questions]
        pace = self._pace(len(given.collect_schema()))
        begun = time.process_time()
        for frame, facts, clock in ahead(self._read(given, done, pace, is_first=not notes)):
            full = [len(table.memory.outcomes) >= MOST_OUTCOMES for table in tables]
            tables = [TableEngine(self.engine, t.question) if f else t for t, f in zip(tables, full, strict=True)]
            told, contradictions = self._told(frame, facts, clock, tables, keep, done)
            verdicts = counted(told["verdict"])
            bad = [asdict(value) for value in [*facts.bad, *contradictions]]
            note = {"rows": frame.height, "verdicts": verdicts, "bad": bad}
            folder.add(told, note, len(notes))
            notes.append(note)
            done += frame.height
            pace.took(frame.height, -begun + (begun := time.process_time()))
            self._tell(done, rows)
        folder.finish(len(notes), numbered=not self.assess)
        verdicts = most_first(sum((Counter(note["verdicts"]) for note in notes), Counter()))
        said = [BadValue(**{**value, "rows": tuple(value["rows"])}) for note in notes for value in note["bad"]]
        return BatchSummary(done, resumed, verdicts, gather_bad(said))

    def _tell(self, done: int, rows: int) -> None:
        if self.progress is not None:
            self.progress(done, rows)

    def _pace(self, columns: int) -> Pace:
        most = min(AT_ONCE_OF_ALL if self.assess else AT_ONCE, max(CELLS_AT_ONCE // max(columns, 1), 1))
        return Pace(min(FIRST_OF_ALL, most) if self.assess else most, most)

    def _read(
        self, given: pl.LazyFrame, done: int, pace: Pace, *, is_first: bool
    ) -> Iterator[tuple[pl.DataFrame, TableFacts, Clock]]:
        """The rows that are left, so many at a time, with their facts and clocks."""
        for frame in self._slices(given, done, pace, is_first=is_first):
            yield frame, *self._facts(frame, done)
            done += frame.height

    def _slices(self, given: pl.LazyFrame, done: int, pace: Pace, *, is_first: bool) -> Iterator[pl.DataFrame]:
        """The rows that are left; of a file without rows one without rows."""
        for frame in given.slice(done).collect_batches(chunk_size=pace.most, maintain_order=True):
            while frame.height:
                yield frame.head(size := pace.rows)
                frame = frame.slice(size)
                is_first = False
        if is_first:
            yield given.head(0).collect()

    def _facts(self, frame: pl.DataFrame, start: int) -> tuple[TableFacts, Clock]:
        facts = read_rows(frame, self.engine, self.file.none, start, self.file.at)
        if facts.bad and self.file.on_bad == "raise":
            raise CaseError([value.diagnostic() for value in facts.bad])
        return facts, clock_of(frame, self.file.at, start)

    def _told(
        self,
        frame: pl.DataFrame,
        facts: TableFacts,
        clock: Clock,
        tables: list[TableEngine],
        keep: list[str],
        start: int,
    ) -> tuple[pl.DataFrame, list[BadValue]]:
        """What is written of some rows (what is kept, of each action what is told), and contradictions."""
        kept = frame.select(named(keep))
        if self.assess:  # else there is one line for each row, which is numbered in the end
            numbers = pl.int_range(start, start + frame.height, eager=True).alias("row")
            kept = pl.DataFrame([numbers, *kept.get_columns()])  # a file of facts alone has nothing else to keep
        pieces: list[pl.DataFrame] = []
        contradictions = Contradictions(self.engine.program.vocabulary)
        for table in tables:
            decided = DecisionTable(table, [Slice(0, facts, clock, table.codes(facts, clock))])
            contradictions.update(table.contradictions)
            if not self.assess:
                pieces.append(pl.DataFrame([*kept.get_columns(), *self._written(decided)]))
                continue
            speaks = ~decided.verdict.cast(pl.String).is_in(_left_out(self.file.open_too))
            if speaks.any():
                action = pl.lit(table.question.action).alias("action")
                pieces.append(kept.with_columns(action, *self._written(decided)).filter(speaks))
        bad = contradictions.bad(start)
        if bad and self.file.on_bad == "raise":
            raise CaseError([value.diagnostic() for value in bad])
        if self.assess:
            errors = self._errors(kept, [facts.is_bad, contradictions.where(kept.height)])
            pieces = [errors, *(piece.filter(~pl.col("row").is_in(errors["row"].implode())) for piece in pieces)]
        if not self.assess:
            return pieces[0], bad
        told = pl.concat(pieces).sort("row", maintain_order=True)
        own = [name for name in ("action", *self._parts()) if name in ENUMERATED]
        return told.with_columns(_enumerated(told[name]) for name in own), bad

    def _errors(self, kept: pl.DataFrame, where_bad: Sequence[pl.Series | None]) -> pl.DataFrame:
        """The rows in error, one line each; a table without rows where there are none."""
        empty: dict[str, Any] = {part: pl.lit("") for part in self.file.parts}
        for name in empty.keys() & RECORDS.keys() if not self.to_csv else ():
            empty[name] = pl.lit([], dtype=pl.List(pl.Struct(RECORDS[name])))
        told = {"action": pl.lit(""), **empty, "verdict": pl.lit("error")}
        where = pl.repeat(False, kept.height, eager=True)
        for bad in where_bad:
            where = where if bad is None else where | bad
        return kept.filter(where).with_columns(**told).select(named([*kept.columns, "action", *self._parts()]))

    def _parts(self) -> list[str]:
        return ["verdict", *(part for part in self.file.parts if part != "verdict")]

    def _written(self, decided: DecisionTable) -> list[pl.Series]:
        frame = decided.frame(*self._parts())
        found: list[pl.Series] = []
        for series in frame.iter_columns():
            if series.name not in RECORDS:
                # Each action has citations of its own.
                apart = self.assess or series.name not in ENUMERATED
                found.append(series.cast(pl.String) if apart else series)
            elif self.to_csv:
                texts = [json.dumps(records, ensure_ascii=False) if records else "" for records in series.to_list()]
                found.append(pl.Series(series.name, texts, dtype=pl.String))
            else:
                found.append(series)
        return found

    def _kept(self, columns: list[str]) -> list[str]:
        vocabulary = self.engine.program.vocabulary
        if self.file.keep is None:
            return [name for name in columns if not is_of(name, vocabulary) and name not in self._taken()]
        for name in self.file.keep:
            if name not in columns:
                raise MutandisError(f"the column `{name}` that is to be kept is not in `{self.file.given.name}`")
        check_kept(self.file.keep, self._taken())
        return list(self.file.keep)

    def _taken(self) -> set[str]:
        return {"row", "action", *self.file.parts, "verdict"}

    def _asked(self) -> dict[str, object]:
        """What was asked, as the folder of parts remembers it."""
        file, one = self.file, self.questions[0]
        state = file.given.stat()
        holidays = None if one.holidays is None else sorted(day.isoformat() for day in one.holidays)
        asked: Mapping[str, object] = {
            "format": FORMAT,
            "rulebook": self.engine.program.content_hash,
            "actions": "all" if self.assess else [question.action for question in self.questions],
            "by": one.by,
            "law as of": str(one.law_as_of),
            "holidays": holidays,
            "at": str(file.at),
            "none": repr(file.none),
            "parts": list(file.parts),
            "keep": None if file.keep is None else list(file.keep),
            "open": file.open_too,
            "on bad": file.on_bad,
            "given": [str(file.given.resolve()), state.st_size, state.st_mtime_ns],
            "to": file.out.suffix,
        }
        return dict(asked)


def ahead(items: Iterator[T]) -> Iterator[T]:
    """The same items, each made by another thread while the one before it is used."""
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(next, items, None)
        while (item := coming.result()) is not None:
            coming = pool.submit(next, items, None)
            yield item


def _enumerated(told: pl.Series) -> pl.Series:
    """A column of texts as an enumeration of those that it has."""
    return told.cast(pl.Enum(VERDICTS if told.name == "verdict" else told.unique().sort()))


def _left_out(open_too: bool) -> list[str]:
    """The verdicts that make no line where all actions are asked about; a row in error has one line of its own."""
    silent = {*NOTHING_SAID} if open_too else {*NOTHING_SAID, Verdict.UNDETERMINED}
    return [*sorted(verdict.value for verdict in silent), "error"]
