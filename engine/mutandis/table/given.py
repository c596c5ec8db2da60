"""Tables as they are given, of whatever kind, and the clocks of their rows."""

from __future__ import annotations

import codecs
import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import polars as pl
from polars import selectors

from mutandis.diagnostics import MutandisError
from mutandis.suggest import did_you_mean
from mutandis.table.engine import Clock
from mutandis.table.named import is_of
from mutandis.table.read import is_of_days
from mutandis.vocabulary import Vocabulary

NOT_NAMED: Final = "the columns of a table are named by texts, such as `inmate.class`"


def table_of(frame: object, needed: Callable[[Sequence[str]], list[str]]) -> pl.DataFrame:
    """A table of any kind as Polars has it: Polars (lazy too), a path to Parquet or CSV, or what Narwhals reads.

    Of its columns only those that are `needed` of all are read. Raises `MutandisError` for what cannot be read.
    """
    try:
        return _table_of(frame, needed)
    except (MutandisError, OSError):
        raise
    except (Exception, pl.exceptions.PanicException) as fault:  # of whichever library the table is
        raise unreadable(frame, fault) from fault


def _table_of(frame: object, needed: Callable[[Sequence[str]], list[str]]) -> pl.DataFrame:
    match frame:
        case pl.DataFrame():
            return frame.select(named(needed(frame.columns)))
        case pl.LazyFrame():
            return frame.select(named(needed(frame.collect_schema().names()))).collect(engine="streaming")
        case str() | Path():
            return _table_of(scan(Path(frame)), needed)
        case Mapping():
            if not all(isinstance(name, str) for name in frame):
                raise MutandisError(NOT_NAMED)
            # All of its columns: together they say how many rows there are.
            return _table_of(pl.DataFrame({name: _series(values) for name, values in frame.items()}), needed)
    try:
        import narwhals
    except ImportError as missing:
        raise MutandisError(
            "tables other than those of Polars need narwhals, which is not installed: `pip install 'mutandis[columns]'`"
        ) from missing
    native: Any = frame
    of_arrow = hasattr(frame, "__arrow_c_stream__") or hasattr(frame, "__arrow_c_array__")
    try:
        read = narwhals.from_native(native)
    except TypeError as fault:
        if of_arrow:
            return _table_of(pl.DataFrame(native), needed)
        message = f"a table of type `{type(frame).__name__}` cannot be read: give Polars, pandas, Arrow, or a path"
        raise MutandisError(message) from fault
    if isinstance(read, narwhals.LazyFrame):
        # A query of another library, DuckDB or Ibis, gives its rows as a stream of Arrow.
        return _table_of(pl.DataFrame(native) if of_arrow else read.collect(backend="polars").to_polars(), needed)
    given: list[Any] = read.columns
    names = [name for name in given if isinstance(name, str)]
    if given and not names:  # numbers, or with pandas several texts for one column
        raise MutandisError(NOT_NAMED)
    return pl.DataFrame([_column(read[name], name) for name in needed(names)])


def _series(values: Any) -> Any:
    """The values of a column; those of several types, and numbers too large for one of Polars, as they are."""
    if not isinstance(values, list):
        return values
    try:
        return pl.Series(values)
    except (TypeError, OverflowError):
        return pl.Series(values, dtype=pl.Object)


def _column(column: Any, name: str) -> pl.Series:
    """A column of another library; values of several types, which Arrow does not have, are as they are."""
    try:
        found: pl.Series = column.to_polars()
    except Exception:
        missing = column.is_null().to_list()
        values = [None if none else value for value, none in zip(column.to_list(), missing, strict=True)]
        return pl.Series(name, values, dtype=pl.Object)
    return found


def named(columns: Sequence[str]) -> pl.Expr:
    """The columns of these names: in a text alone Polars takes `*` and `^t.*$` for patterns."""
    return selectors.by_name(list(columns))


def slices_of(frame: object, size: int) -> tuple[int, Iterator[pl.DataFrame]]:
    """How many rows a table or file has, and these, so many at a time."""
    if isinstance(frame, str | Path):
        lazy = scan(Path(frame))
    else:
        lazy = frame if isinstance(frame, pl.LazyFrame) else table_of(frame, list).lazy()
    try:
        rows: int = lazy.select(pl.len()).collect().item()
    except pl.exceptions.PolarsError as fault:
        raise unreadable(frame, fault) from fault
    return rows, _sliced(frame, lazy, size)


def _sliced(frame: object, lazy: pl.LazyFrame, size: int) -> Iterator[pl.DataFrame]:
    try:
        yield from lazy.collect_batches(chunk_size=size, maintain_order=True)
    except pl.exceptions.PolarsError as fault:
        raise unreadable(frame, fault) from fault


_FAULTS: Final = {
    "more fields": "a line has more fields than the first line names columns; quote values that have commas in them",
    "utf-8": "it is not written in UTF-8; save it as UTF-8",
    "month_day_nano_interval": "a column has intervals; give whole numbers of the unit that the vocabulary declares",
    "empty csv": "it has no first line that names the columns",
}


def unreadable(given: object, fault: BaseException) -> MutandisError:
    """The error for a table, or the path of a file, that cannot be read, for what a library said of it."""
    where = f"`{Path(given).name}`" if isinstance(given, str | Path) else "the table"
    said = str(fault).strip() or type(fault).__name__
    first = " ".join(part.strip() for part in said.split("\n\n")[0].splitlines())
    known = next((told for sign, told in _FAULTS.items() if sign in said.lower()), first)
    return MutandisError(f"{where} cannot be read: {known}")


def check_some_fact(path: Path, vocabularies: Sequence[Vocabulary]) -> None:
    """Raise `MutandisError` for a file without any column that is a fact: nothing could be decided by it."""
    if path.suffix.lower() == ".csv":
        with path.open("rb") as file:
            if file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
                raise MutandisError(f"`{path.name}` cannot be read: {_FAULTS['utf-8']}")
    try:
        columns = scan(path).collect_schema().names()
    except pl.exceptions.PolarsError as fault:
        raise unreadable(path, fault) from fault
    if any(is_of(column, vocabulary) for column in columns for vocabulary in vocabularies):
        return
    if len(columns) == 1 and (sign := next((sign for sign in ";\t|" if sign in columns[0]), "")):
        said = {"\t": "tabs"}.get(sign, f"`{sign}`")
        raise MutandisError(f"the values in `{path.name}` stand between {said}: write it with commas")
    names = ", ".join(f"`{name}`" for name in columns[:5]) + (", ..." if len(columns) > 5 else "")
    raise MutandisError(
        f"no column of `{path.name}` is a fact (it has {names}): name columns by the facts that the action turns on, "
        "as `mutandis schema facts ACTION` lists them"
    )


def scan(path: Path) -> pl.LazyFrame:
    """A file of cases, not read yet; in CSV every value is text, written as in a case file, and nothing is not known.

    Raises `FileNotFoundError`, and `MutandisError` for a file of another kind.
    """
    if not path.is_file():
        raise FileNotFoundError(f"`{path}` is a folder" if path.is_dir() else f"there is no file `{path}`")
    match path.suffix.lower():
        case ".parquet" | ".pq":
            return pl.scan_parquet(path, glob=False)
        case ".csv":
            return pl.scan_csv(path, infer_schema=False, glob=False)
    raise MutandisError(f"`{path.name}` is neither `.parquet` nor `.csv`")


def check_clock(columns: Sequence[str], at: dt.date | str | None) -> None:
    """Raise `MutandisError` where `at` is a text and names no column of these."""
    if isinstance(at, str) and at not in columns:
        help_ = did_you_mean(at, columns, "write a day as 2020-03-01, a moment as 2020-03-01T10:00, or name a column")
        raise MutandisError(f"`at` is neither a day nor a column of the table: `{at}`; {help_}")


def clock_of(frame: pl.DataFrame, at: dt.date | str | None, start: int = 0) -> Clock:
    """The clock that is asked for: one for every row, or the column that `at` names, of rows that begin at `start`."""
    if not isinstance(at, str):
        return at
    check_clock(frame.columns, at)
    column = frame[at].alias("clock")  # whatever it is called: Polars takes some names for patterns
    if column.dtype == pl.String:
        column = _written_clock(at, column, start)
    if is_of_days(column):
        column = column.dt.date()
    if column.dtype != pl.Date and not (isinstance(column.dtype, pl.Datetime) and column.dtype.time_zone is None):
        raise MutandisError(f"column `{at}` has days or local moments, not {column.dtype}")
    ends = pl.lit(column)
    first, last = pl.select(first=ends.min().dt.year(), last=ends.max().dt.year()).row(0)
    if first is not None and (first < dt.MINYEAR or last > dt.MAXYEAR):
        years = column.dt.year()
        row = ((years < dt.MINYEAR) | (years > dt.MAXYEAR)).arg_max() or 0
        found = f"row {start + row} (from 0) has {column.slice(row, 1).cast(pl.String).item()}"
        raise MutandisError(f"column `{at}` has days of the years {dt.MINYEAR} to {dt.MAXYEAR}; {found}")
    return column


def _written_clock(at: str, column: pl.Series, start: int) -> pl.Series:
    """Days as `2020-03-01`, or moments as `2020-03-01T09:30`; a column has one of the two."""
    days = column.str.to_date("%Y-%m-%d", strict=False)
    if days.null_count() == column.null_count():
        return days
    moments = column.str.to_datetime("%Y-%m-%dT%H:%M", strict=False, time_unit="us")
    if moments.null_count() == column.null_count():
        return moments
    read = days if days.count() >= moments.count() else moments
    row = (column.is_not_null() & read.is_null()).arg_max() or 0
    found = f"row {start + row} (from 0) has `{column[row]}`"
    raise MutandisError(f"column `{at}` has days as `2020-03-01` or moments as `2020-03-01T09:30`; {found}")
