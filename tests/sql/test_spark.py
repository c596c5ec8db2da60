"""Queries decide partitions of Parquet in Spark as `decide` decides their rows. Skipped without pyspark or a Java."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from tests.sql.agreement import disagreements
from tests.sql.tables import SqlTable

from mutandis import Rulebook

ROWS = 60
PARTITIONS = 3
TYPES: dict[str, Any] = {
    "VARCHAR[]": pl.List(pl.String),
    "BOOLEAN": pl.Boolean,
    "DATE": pl.Date,
    "TIMESTAMP": pl.Datetime("us"),
    "BIGINT": pl.Int64,
}


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """A Spark on two threads of this machine."""
    sql = pytest.importorskip("pyspark.sql", reason="needs pyspark: `pip install 'mutandis[spark]'`")
    if shutil.which("java") is None:
        pytest.skip("needs a Java")
    builder = sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    settings = {"spark.sql.session.timeZone": "UTC", "spark.sql.shuffle.partitions": "2"}
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    yield session
    session.stop()


@pytest.mark.parametrize(
    "action", ["grant temporary_release", "conduct summary_admission", "bury_temporarily corpse", "transfer inmate"]
)
def test_partitions_of_parquet_are_decided_as_their_rows_are(
    book: Rulebook, spark: Any, tmp_path: Path, action: str
) -> None:
    cases, decided = tmp_path / "cases", tmp_path / "decided"

    def run(table: SqlTable, query: str) -> list[tuple[int, str | None, str | None]]:
        schema = {name: TYPES.get(kind, pl.String) for name, kind in table.columns.items()}
        frame = pl.DataFrame(table.rows, schema=schema, orient="row")
        for part in range(PARTITIONS):
            folder = cases / f"part={part}"
            folder.mkdir(parents=True)
            frame.gather_every(PARTITIONS, part).write_parquet(folder / "rows.parquet")
        spark.read.parquet(str(cases)).createOrReplaceTempView("cases")
        spark.sql(query).write.parquet(str(decided))
        return pl.read_parquet(decided / "*.parquet").select("id", "verdict", "citations").sort("id").rows()

    assert list(disagreements(book, action, ROWS, seed=5, dialect="spark", run=run)) == []
