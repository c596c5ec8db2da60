"""A decision log in a database: entries appended at the end of the chain, and read in their order."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine, Row, Select, and_, delete, insert, inspect, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from mutandis.diagnostics import MutandisError
from mutandis_log.entry import (
    BEGINNING,
    Draft,
    Entry,
    Leaf,
    Seal,
    UnreadableEntryError,
    canonical,
    read_leaves,
    write_leaves,
)
from mutandis_log.tables import ABOUT, ENTRIES, FORM, MARKS, METADATA, lock, open_engine, url_of

AT_ONCE = 500
"""How many entries are read at a time."""


_EMPTIED: Final[Mapping[str, str | None]] = {
    **dict.fromkeys(("recorded_at", "asker", "action", "verdict", "rulebook", "question", "leaves"), ""),
    "key": None,
}
"""What a pruned entry no longer says, and what stands there instead."""


_NO_ENTRY: Final = -1
"""The number under which room is looked for: that of no entry."""


class LogUnavailableError(MutandisError):
    """The log cannot be read or written: nothing of what was asked is on record."""


class DecisionLog:
    """The log at a path, which SQLite holds, or in the database of a URL. It is made where there is none, unless it
    `must_exist`: then nothing is written, so a file on a volume mounted to be read only can be read too."""

    def __init__(self, place: str | Path, seal: Seal | None = None, *, must_exist: bool = False) -> None:
        self.seal = seal or Seal()
        self._url = url_of(place)
        database = self._url.database
        if must_exist and self._url.get_backend_name() == "sqlite" and not (database and Path(database).is_file()):
            raise MutandisError(f"there is no log `{place}`")
        self._engine: Engine = open_engine(self._url, only_there=must_exist)
        with self._reading() if must_exist else self._writing() as connection:
            if must_exist:
                there = inspect(connection)
                for name in METADATA.tables:
                    if not there.has_table(name):
                        told = f"`{place}` is no decision log, or not all of one"
                        raise MutandisError(f"{told}: it has no table `{name}`")
            else:
                METADATA.create_all(connection)
            forms = connection.scalars(select(ABOUT.c.form)).all()
            if not forms and not must_exist:
                connection.execute(insert(ABOUT).values(form=FORM))
        for form in forms:
            if form != FORM:
                raise MutandisError(f"a log of the form {form}; this program reads the form {FORM}")

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """One transaction that nobody else appends beside. Once it is over without an error, it is on the disk."""
        try:
            with self._engine.connect().execution_options(appends=True) as connection, connection.begin():
                lock(connection)
                yield connection
        except SQLAlchemyError as error:
            raise _unavailable(error) from error

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        try:
            with self._engine.connect() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise _unavailable(error) from error

    # --- appending ------------------------------------------------------------------------------------------------

    def append(self, *drafts: Draft) -> list[Entry]:
        """Put these on record, all or none. One whose idempotency key its asker used before is not: the earlier entry
        stands in its place. Raises `LogUnavailableError`."""
        with self._writing() as connection:
            return self._append(connection, drafts)

    def check_room(self, size: int) -> None:
        """Have an entry of `size` bytes wait for the disk, and take it out again: no entry is made, and none is seen.
        Raises `LogUnavailableError` where a decision could not be put on record now."""
        nothing = dict.fromkeys(ENTRIES.c.keys(), "") | {"seq": _NO_ENTRY, "key": None, "leaves": "." * size}
        with self._writing() as connection:
            connection.execute(insert(ENTRIES).values(nothing))
            connection.execute(delete(ENTRIES).where(ENTRIES.c.seq == _NO_ENTRY))

    def _append(self, connection: Connection, drafts: Sequence[Draft]) -> list[Entry]:
        seq, previous = _end_of(connection) or (0, BEGINNING)
        now = dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")
        found: list[Entry] = []
        fresh: dict[tuple[str, str], Entry] = {}
        rows: list[dict[str, object]] = []
        for draft in drafts:
            if draft.key:
                earlier = fresh.get((draft.asker, draft.key)) or self._of_key(connection, draft.asker, draft.key)
                if earlier is not None:
                    found.append(_as_earlier(earlier))
                    continue
            seq += 1
            entry = Entry.of(draft, seq, now, previous, self.seal)
            previous = entry.hash
            found.append(entry)
            if draft.key:
                fresh[draft.asker, draft.key] = entry
            rows.append(_row_of(entry))
        if rows:
            connection.execute(insert(ENTRIES), rows)
        return found

    def _of_key(self, connection: Connection, asker: str, key: str) -> Entry | None:
        asked = select(ENTRIES).where(and_(ENTRIES.c.asker == asker, ENTRIES.c.key == key))
        row = connection.execute(asked).first()
        return None if row is None else entry_of(row)

    # --- reading --------------------------------------------------------------------------------------------------

    def entries(
        self,
        *,
        since: str = "",
        until: str = "",
        action: str = "",
        verdict: str = "",
        numbers: Sequence[int] = (),
        after: int = 0,
    ) -> Iterator[Entry]:
        """The entries in their order: recorded from `since` on and before `until` (days or moments in UTC), with
        numbers greater than `after`. Raises `UnreadableEntryError` at a row that is none."""
        asked: Select[Any] = select(ENTRIES).order_by(ENTRIES.c.seq)
        for column, wanted in ((ENTRIES.c.action, action), (ENTRIES.c.verdict, verdict)):
            if wanted:
                asked = asked.where(column == wanted)
        if since:
            asked = asked.where(ENTRIES.c.recorded_at >= since)
        if until:
            asked = asked.where(ENTRIES.c.recorded_at < until)
        if numbers:
            asked = asked.where(ENTRIES.c.seq.in_(numbers))
        while True:
            # In pieces, each by itself: whoever reads a long log stands in nobody's way.
            with self._reading() as connection:
                rows = connection.execute(asked.where(ENTRIES.c.seq > after).limit(AT_ONCE)).all()
            yield from map(entry_of, rows)
            if len(rows) < AT_ONCE:
                return
            after = rows[-1].seq

    def actions(self) -> frozenset[str]:
        """The actions that its entries are about."""
        with self._reading() as connection:
            return frozenset(connection.scalars(select(ENTRIES.c.action).distinct()).all()) - {""}

    def end(self) -> tuple[int, str] | None:
        """The number and the hash of the last entry, be it readable or not."""
        with self._reading() as connection:
            return _end_of(connection)

    def strays(self) -> Sequence[int]:
        """The numbers before that of the first entry, which no entry has: somebody else put them there."""
        with self._reading() as connection:
            return connection.scalars(select(ENTRIES.c.seq).where(ENTRIES.c.seq < 1)).all()

    # --- taking out -----------------------------------------------------------------------------------------------

    def marks(self) -> frozenset[str]:
        """The facts that are marked as personal."""
        with self._reading() as connection:
            return frozenset(connection.scalars(select(MARKS.c.fact)).all())

    def mark(self, facts: Iterable[str], *, remove: bool = False) -> None:
        """Mark facts as personal, or no longer."""
        wanted = set(facts)
        with self._writing() as connection:
            known = set(connection.scalars(select(MARKS.c.fact)).all())
            if remove:
                connection.execute(delete(MARKS).where(MARKS.c.fact.in_(wanted)))
            elif wanted - known:
                connection.execute(insert(MARKS), [{"fact": name} for name in sorted(wanted - known)])

    def take_out(self, told: Draft, leaves: Mapping[int, Mapping[str, Leaf]], pruned: Sequence[int] = ()) -> Entry:
        """Replace the leaves of entries, leave of those `pruned` their place alone, and append what tells of it: all or
        nothing. What was taken out is overwritten on the disk."""
        with self._writing() as connection:
            for seq, changed in leaves.items():
                asked = update(ENTRIES).where(ENTRIES.c.seq == seq)
                connection.execute(asked.values(leaves=write_leaves(changed)))
            for k in range(0, len(pruned), AT_ONCE):
                asked = update(ENTRIES).where(ENTRIES.c.seq.in_(pruned[k : k + AT_ONCE]))
                connection.execute(asked.values(kind="pruned", **_EMPTIED))
            (entry,) = self._append(connection, [told])
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            if connection.dialect.name == "sqlite":
                # The pages as they were also stand in the write-ahead log.
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        return entry


def _unavailable(error: SQLAlchemyError) -> LogUnavailableError:
    # What a database says may repeat what it was given: only its first words, never the parameters.
    cause = getattr(error, "orig", None)
    words = str(cause if cause is not None else error).strip().partition("\n")[0][:200]
    return LogUnavailableError(f"the decision log cannot be used: {words}")


def _end_of(connection: Connection) -> tuple[int, str] | None:
    last = connection.execute(select(ENTRIES.c.seq, ENTRIES.c.hash).order_by(ENTRIES.c.seq.desc()).limit(1)).first()
    return None if last is None else (last.seq, str(last.hash))


def _as_earlier(entry: Entry) -> Entry:
    return replace(entry, is_earlier=True)


def _row_of(entry: Entry) -> dict[str, object]:
    return {
        "seq": entry.seq,
        "kind": entry.kind,
        "recorded_at": entry.recorded_at,
        "asker": entry.asker,
        "key": entry.key or None,
        "action": str(entry.question.get("action", "")),
        "verdict": entry.verdict,
        "rulebook": str(entry.question.get("rulebook", "")),
        "question": canonical(entry.question),
        "leaves": write_leaves(entry.leaves),
        "previous": entry.previous,
        "hash": entry.hash,
    }


def entry_of(row: Row[Any]) -> Entry:
    """The entry that a row of the table has. Raises `UnreadableEntryError` for what is none."""
    try:
        return _entry_of(row)
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError):
        raise UnreadableEntryError(row.seq, str(row.hash)) from None


def _entry_of(row: Row[Any]) -> Entry:
    texts: tuple[object, ...] = tuple(row)[1:]
    if not all(isinstance(text, str) for text in texts if text is not None):
        raise TypeError("every column but the first is text")
    is_pruned = row.kind == "pruned"
    question = {} if is_pruned else json.loads(row.question)
    if not isinstance(question, dict):
        raise TypeError("a question is an object")
    leaves = {} if is_pruned else read_leaves(row.leaves)
    found = Entry(
        row.seq,
        row.kind,
        row.recorded_at,
        row.asker,
        question,
        row.key or "",
        leaves,
        row.previous,
        row.hash,
        is_pruned,
    )
    # A column may say something else than the entry whose hash is right: it repeats it, or has it in a text that this
    # program does not write, as with a name given twice.
    written = {**_row_of(found), **(_EMPTIED if is_pruned else {})}
    return found if row._mapping == written else replace(found, is_told_alike=False)
