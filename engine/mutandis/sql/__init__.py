"""Decisions written as a query for a database (`Rulebook.sql`): the plan of columns, as SQL of many dialects.

SQLGlot is an extra (`mutandis[sql]`); `expressions` and `query` use it, nothing outside does.
"""

from mutandis.diagnostics import MutandisError

try:
    import sqlglot as _sqlglot  # noqa: F401  # told here once, for every module of the package
except ImportError as missing:
    raise MutandisError(
        "decisions as SQL need SQLGlot, which is not installed: `pip install 'mutandis[sql]'`"
    ) from missing
