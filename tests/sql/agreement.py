"""What a query comes to in a database, and what is decided about each of its rows.

All actions: `python -m tests.sql.agreement --rows 50`; with `--columns 0.5` of tables that lack half of the columns.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from random import Random

import duckdb
from tests.sql.tables import SqlTable, sql_table

from mutandis import CaseError, MutandisError, Rulebook, Verdict
from mutandis.backends.engine import Engine
from mutandis.sql.query import LEFT_OUT, UNSETTLED
from mutandis.table.table import part_of

AT = dt.date(2020, 3, 1)
Run = Callable[[SqlTable, str], list[tuple[int, str | None, str | None]]]


def in_duckdb(table: SqlTable, query: str) -> list[tuple[int, str | None, str | None]]:
    """What the query comes to in DuckDB."""
    with duckdb.connect() as database:
        columns = ", ".join(f'"{name}" {kind}' for name, kind in table.columns.items())
        database.execute(f"CREATE TABLE cases ({columns})")
        marks = ", ".join("?" for _ in table.columns)
        database.executemany(f"INSERT INTO cases VALUES ({marks})", table.rows)
        return database.execute(query).fetchall()


def disagreements(
    book: Rulebook,
    action: str,
    rows: int,
    seed: int = 0,
    dialect: str = "duckdb",
    run: Run = in_duckdb,
    columns: float = 1.0,
) -> Iterator[str]:
    """Each row that the query decides otherwise than `decide`; raises `MutandisError` where there is no query.

    The table has this share of the `columns`, which ones by chance; the facts of the others nobody knows.
    """
    rng = Random(f"{seed} {action}")
    facts = sorted(set(book.columns(action, at=AT).facts) - set(book.program.derived))
    told = facts if columns == 1 else [name for name in facts if rng.random() < columns]
    nones = [name for name in told if book.vocabulary.facts[name].type.optional]
    query = book.sql(action, dialect, at=AT, facts=None if told is facts else told, keep=["id"], none=nones)
    parameters = Engine(book.program).unit(action, None, AT).plan.parameters
    table = sql_table(book, action, told, nones, rows, rng)
    for (number, verdict, citations), case in zip(sorted(run(table, query)), table.cases, strict=True):
        try:
            decision = book.decide(action, case, at=AT)
        except CaseError:
            continue  # a random case that contradicts itself has no decision
        if verdict is None:
            if LEFT_OUT in query:
                continue  # something that SQL has no expression for may matter
            if UNSETTLED in query and (decision.verdict is Verdict.UNDETERMINED or any(f not in case for f in facts)):
                continue  # what is not known may matter, be it a fact or wording
            if all(name in case for name in parameters) and not has_unusual_day(case):
                yield f"{action}: row {number} is left out though it is {decision.verdict.value}: {case}"
            continue
        expected = part_of(decision, "verdict"), part_of(decision, "citations")
        if (verdict, citations) != expected:
            yield f"{action}: {verdict}, {citations} for {expected} in {case}"


def has_unusual_day(case: dict[str, object]) -> bool:
    """True where a query leaves the row: a day before 1700 or after 2299."""
    return any(isinstance(value, dt.date) and not 1700 <= value.year < 2300 for value in case.values())


def main() -> None:
    """Compare random rows of every action that has a query."""
    options = argparse.ArgumentParser()
    options.add_argument("--rows", type=int, default=50)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--columns", type=float, default=1.0, help="the share of the columns that a table has")
    options.add_argument("--action", action="append", help="only these")
    asked = options.parse_args()
    book = Rulebook.load()
    actions = asked.action or [name for name, component in book.program.components.items() if component.norms]
    found, refused = 0, Counter[str]()
    for place, action in enumerate(actions, 1):
        try:
            for line in disagreements(book, action, asked.rows, asked.seed, columns=asked.columns):
                found += 1
                print(line)
        except MutandisError as reason:
            refused[str(reason).partition("for it: it ")[2].partition("; decide")[0]] += 1
        if place % 50 == 0:
            print(f"{place} actions, {sum(refused.values())} without a query, {found} disagreements", flush=True)
    for why, count in refused.most_common():
        print(f"{count} without a query: {why}")
    print(f"{len(actions) - sum(refused.values())} of {len(actions)} actions, {found} disagreements")
    raise SystemExit(1 if found else 0)


if __name__ == "__main__":
    main()
