"""The folder in which a long run keeps what it has done, so that it goes on where it was broken off.

A part is a table and a note beside it. The note is written last, so a part without one was broken off and is made anew.
The folder also says what was asked: a run that asks anything else does not go on from it. It is held by one run at a
time, by a lock that ends with its process.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import polars as pl
from polars import selectors

from mutandis.dataclass import dataclass
from mutandis.diagnostics import MutandisError
from mutandis.files import hold, take_place, write_whole

_ASKED = "asked.json"
LEVEL: Final = 1
"""Of how well Parquet is packed: of decisions a higher one makes nothing smaller, and takes a sixth more time."""


@dataclass(frozen=True, slots=True)
class PartsFolder:
    """The folder beside the file that `out` is, or names, open for one question, and what holds it for this run."""

    folder: Path
    out: Path
    held: int | None

    @classmethod
    def open(cls, out: Path, asked: Mapping[str, object], resume: bool) -> PartsFolder:
        """The folder for a question. Without `resume`, what an earlier run left is thrown away.

        Raises `MutandisError` where an earlier run asked something else, where another run is writing there, and where
        there is no place for `out`. Whoever opens it closes it.
        """
        if not out.parent.is_dir():
            raise MutandisError(f"there is no folder `{out.parent}` to write `{out.name}` in")
        if out.is_dir():
            raise MutandisError(f"`{out}` is a folder: name a file for the decisions")
        place = out.resolve()
        folder = place.with_name(f"{place.name}.parts")
        if folder.exists() and not folder.is_dir():
            raise MutandisError(f"`{folder}` is in the way, and not of an earlier run: write elsewhere")
        with _writing(out):
            try:
                found = cls(folder, out, hold(folder))
            except BlockingIOError:
                now = "another run is writing it now: let it end, or write to another file"
                raise MutandisError(f"`{out}` cannot be written: {now}") from None
            try:
                found._begin(asked, resume)
            except BaseException:
                found.close()
                raise
        return found

    def _begin(self, asked: Mapping[str, object], resume: bool) -> None:
        note = self.folder / _ASKED
        if not note.is_file() and any(entry.suffix != ".new" for entry in self.folder.iterdir()):
            raise MutandisError(f"`{self.folder}` is in the way, and not of an earlier run: write elsewhere")
        if not resume or not self.notes():
            for entry in self.folder.iterdir():
                shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
        elif json.loads(note.read_text(encoding="utf-8")) != asked:
            raise MutandisError(
                f"`{self.folder}` is of an earlier run that asked something else, or of another file or rulebook: "
                "begin afresh (`resume=False`, `--afresh`), or write elsewhere"
            )
        write_whole(note, json.dumps(asked, indent=1))

    def close(self) -> None:
        """Let other runs have the folder."""
        if self.held is not None:
            os.close(self.held)

    def notes(self) -> list[dict[str, Any]]:
        """The notes of the parts that are whole, in order."""
        found: list[dict[str, Any]] = []
        while (note := self._note(len(found))).is_file():
            found.append(json.loads(note.read_text(encoding="utf-8")))
        return found

    def add(self, table: pl.DataFrame, note: Mapping[str, object], place: int) -> None:
        """Keep a part and its note."""
        with _writing(self.out):
            table.write_ipc(self._table(place))
            write_whole(self._note(place), json.dumps(note))

    def finish(self, parts: int, *, numbered: bool) -> None:
        """Join the parts to the file that was wanted, which appears whole or not at all; the folder goes.

        Its lines may be `numbered` from 0, in a column `row`.
        """
        with _writing(self.out):
            self._finish(parts, numbered=numbered)
        self.remove()

    def _finish(self, parts: int, *, numbered: bool) -> None:
        tables = [pl.scan_ipc(self._table(place), glob=False) for place in range(parts)]
        schemas = [table.collect_schema() for table in tables]
        alike = _alike(schemas)
        whole = pl.concat([table.cast(_other(alike, one)) for table, one in zip(tables, schemas, strict=True)])
        if numbered:
            whole = whole.with_row_index("row").with_columns(pl.col("row").cast(pl.Int64))
        made = self.folder / f"whole{self.out.suffix}"
        if is_csv(self.out):
            whole.sink_csv(made)
        else:
            whole.sink_parquet(made, compression_level=LEVEL)
        take_place(made, self.out)

    def remove(self) -> None:
        """Leave nothing behind."""
        shutil.rmtree(self.folder)

    def _table(self, place: int) -> Path:
        return self.folder / f"{place:06}.arrow"

    def _note(self, place: int) -> Path:
        return self.folder / f"{place:06}.json"


@contextmanager
def _writing(out: Path) -> Iterator[None]:
    """Tell what keeps a run from writing by the file that was wanted."""
    try:
        yield
    except (OSError, pl.exceptions.PolarsError) as fault:
        said = (getattr(fault, "strerror", None) or str(fault)).partition(" (os error")[0]
        why = said.rpartition("IO error: ")[2].strip()
        raise MutandisError(f"`{out}` cannot be written: {why[:1].lower()}{why[1:]}") from fault


def _alike(schemas: Sequence[pl.Schema]) -> pl.Schema:
    """The columns of all tables: of an enumeration of which these have other values, one that has them all."""
    found = pl.Schema(schemas[0])
    for name, dtype in schemas[0].items():
        if isinstance(dtype, pl.Enum) and any(schema[name] != dtype for schema in schemas):
            found[name] = pl.Enum(pl.concat([_categories(schema[name]) for schema in schemas]).unique().sort())
    return found


def _other(wanted: pl.Schema, schema: pl.Schema) -> dict[Any, Any]:
    """The columns that are to have another type."""
    return {selectors.by_name(name): dtype for name, dtype in wanted.items() if schema[name] != dtype}


def _categories(dtype: Any) -> pl.Series:
    found: pl.Series = dtype.categories
    return found


def is_csv(path: Path) -> bool:
    """True for CSV, False for Parquet. Raises `MutandisError` for any other kind."""
    match path.suffix.lower():
        case ".csv":
            return True
        case ".parquet" | ".pq":
            return False
    raise MutandisError(f"`{path.name}` is neither `.parquet` nor `.csv`")
