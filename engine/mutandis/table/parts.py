"""The folder in which a long run keeps what it has done, so that it goes on where it was broken off.

A part is a table and a note beside it. The note is written last, so a part without one was broken off and is made anew.
The folder also says what was asked: a run that asks anything else does not go on from it.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import polars as pl
from polars import selectors

from mutandis.dataclass import dataclass
from mutandis.diagnostics import MutandisError

_ASKED = "asked.json"
LEVEL: Final = 1
"""Of how well Parquet is packed: of decisions a higher one makes nothing smaller, and takes a sixth more time."""


@dataclass(frozen=True, slots=True)
class PartsFolder:
    """The folder beside `out`, open for one question."""

    folder: Path
    out: Path

    @classmethod
    def open(cls, out: Path, asked: Mapping[str, object], resume: bool) -> PartsFolder:
        """The folder for a question. Without `resume`, what an earlier run left is thrown away.

        Raises `MutandisError` where an earlier run asked something else, and where there is no place for `out`.
        """
        if not out.parent.is_dir():
            raise MutandisError(f"there is no folder `{out.parent}` to write `{out.name}` in")
        folder = out.with_name(f"{out.name}.parts")
        note = folder / _ASKED
        if folder.exists():
            if not note.is_file() and any(folder.iterdir()):
                raise MutandisError(f"`{folder}` is in the way, and not of an earlier run: write elsewhere")
            if not resume or not cls(folder, out).notes():
                shutil.rmtree(folder)
            elif json.loads(note.read_text(encoding="utf-8")) != asked:
                raise MutandisError(
                    f"`{folder}` is of an earlier run that asked something else, or of another file or rulebook: begin "
                    "afresh (`resume=False`, `--afresh`), or write elsewhere"
                )
        folder.mkdir(exist_ok=True)
        _write_whole(note, json.dumps(asked, indent=1))
        return cls(folder, out)

    def notes(self) -> list[dict[str, Any]]:
        """The notes of the parts that are whole, in order."""
        found: list[dict[str, Any]] = []
        while (note := self._note(len(found))).is_file():
            found.append(json.loads(note.read_text(encoding="utf-8")))
        return found

    def add(self, table: pl.DataFrame, note: Mapping[str, object], place: int) -> None:
        """Keep a part and its note."""
        table.write_ipc(self._table(place))
        _write_whole(self._note(place), json.dumps(note))

    def finish(self, parts: int, *, numbered: bool) -> None:
        """Join the parts to the file that was wanted, which appears whole or not at all; the folder goes.

        Its lines may be `numbered` from 0, in a column `row`.
        """
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
        made.replace(self.out)
        self.remove()

    def remove(self) -> None:
        """Leave nothing behind."""
        shutil.rmtree(self.folder)

    def _table(self, place: int) -> Path:
        return self.folder / f"{place:06}.arrow"

    def _note(self, place: int) -> Path:
        return self.folder / f"{place:06}.json"


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


def _write_whole(path: Path, text: str) -> None:
    """Write a file that is there whole or not at all."""
    made = path.with_suffix(".new")
    made.write_text(text, encoding="utf-8")
    made.replace(path)
