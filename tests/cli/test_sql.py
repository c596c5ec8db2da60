"""`mutandis sql` on the made-up statute of a library."""

from __future__ import annotations

import sqlglot
from tests.cli.conftest import Run


def test_a_query_is_printed(run: Run) -> None:
    done = run("sql", "lend book", "-d", "postgres", "-t", "register", "--keep", "id", "--at", "2020-03-01")
    assert done.exit_code == 0, done.output
    read = sqlglot.parse_one(done.stdout, read="postgres")
    assert isinstance(read, sqlglot.exp.Select)
    assert read.named_selects == ["id", "verdict", "citations"]
    assert "register" in done.stdout


def test_what_there_is_not_is_told(run: Run) -> None:
    assert "did you mean `postgres`" in str(run("sql", "lend book", "--dialect", "postgress").exception)
    assert "no fact `book.colour`" in str(run("sql", "lend book", "--fact", "book.colour").exception)
