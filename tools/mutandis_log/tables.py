"""The database of a log: its tables, how it is opened, and how one appends at a time.

The only module, with `log`, that knows SQLAlchemy.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Column,
    Engine,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    create_engine,
    event,
    make_url,
)
from sqlalchemy.engine import URL, Connection

FORM: Final = 1
"""The form of the tables: a program that writes others writes another number."""
_LOCK: Final = 0x6D7574616E646973
"""What whoever appends holds in PostgreSQL: `mutandis`, as a number."""

METADATA = MetaData()
ENTRIES = Table(
    "decision_log",
    METADATA,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("kind", String(20), nullable=False),
    Column("recorded_at", String(40), nullable=False),
    Column("asker", Text, nullable=False),
    Column("key", Text),
    Column("action", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("rulebook", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("leaves", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    UniqueConstraint("asker", "key", name="decision_log_key"),
)
"""The entries. `action`, `verdict` and `rulebook` repeat what question and answer say, for whoever looks with SQL."""
Index("decision_log_action", ENTRIES.c.action, ENTRIES.c.recorded_at)
Index("decision_log_time", ENTRIES.c.recorded_at)
MARKS = Table("decision_log_marks", METADATA, Column("fact", Text, primary_key=True))
"""The facts that are personal: what `redact` takes out where no fact is named."""
ABOUT = Table("decision_log_about", METADATA, Column("form", Integer, primary_key=True))


def url_of(place: str | Path) -> URL:
    """The database at a path (SQLite), or of a URL."""
    written = str(place)
    if "://" not in written:
        return URL.create("sqlite", database=written)
    url = make_url(written)
    return url.set(drivername="postgresql+psycopg") if url.drivername in ("postgresql", "postgres") else url


def open_engine(url: URL, *, only_there: bool = False) -> Engine:
    """An engine whose transactions keep what they say: once one is over, it is on the disk. `only_there`: the log is
    there already, and opening it writes nothing."""
    if only_there and url.get_backend_name() == "sqlite":
        url = _as_it_can_be_read(url)
    engine = create_engine(url, pool_pre_ping=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _look_into_sqlite if only_there else _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _as_it_can_be_read(url: URL) -> URL:
    """On a medium that nobody can write to, SQLite has to be told that nobody will."""
    path = Path(url.database or "")
    if not hasattr(os, "statvfs"):  # as on Windows, which does not say: the file is opened as any other
        return url
    if not os.statvfs(path).f_flag & os.ST_RDONLY or Path(f"{path}-wal").exists():
        return url
    return URL.create("sqlite", database=f"{path.absolute().as_uri()}?immutable=1", query={"uri": "true"})


def _prepare_sqlite(connection: Any, record: object) -> None:
    connection.cursor().execute("PRAGMA journal_mode=WAL").close()
    _look_into_sqlite(connection, record)


def _look_into_sqlite(connection: Any, record: object) -> None:
    connection.isolation_level = None  # transactions are begun by `_begin_sqlite`
    connection.text_factory = _text_of
    cursor = connection.cursor()
    for setting in ("synchronous=FULL", "busy_timeout=10000", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {setting}")
    cursor.close()


def _text_of(stored: bytes) -> str:
    """A text that is none in UTF-8 was not written by this program: it is read, so that what stands there is found."""
    return stored.decode("utf-8", "replace")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("appends", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def lock(connection: Connection) -> None:
    """Have the others who append wait until this transaction is over."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL synchronous_commit = on")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
