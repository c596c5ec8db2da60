"""Whole tables of cases decided at once (`Rulebook.decide_table`).

Polars is an extra (`mutandis[columns]`); everything in here uses it, nothing outside does.
"""

from mutandis.diagnostics import MutandisError

try:
    import polars as _polars  # noqa: F401  # told here once, for every module of the package
except ImportError as missing:
    raise MutandisError(
        "tables of cases need Polars, which is not installed: `pip install 'mutandis[columns]'`"
    ) from missing
