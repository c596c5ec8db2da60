"""Writes docs/language/files.md from the schemas: `python tests/docs/files_page.py`."""

from __future__ import annotations

from pathlib import Path

from mutandis.resources import schema_text
from mutandis_tools.report.schema_page import schema_page

PAGE = Path(__file__).parents[2] / "docs" / "language" / "files.md"
KINDS = ("rules", "vocabulary", "law", "calendar", "case")
HEAD = """# The files a person writes

Made from the schemas by `python tests/docs/files_page.py`; the same schemas serve an editor (`mutandis schema rules`).
What the keys do is in [evaluation](evaluation.md), what stands in a condition in [conditions](conditions.md).
"""


def files_page() -> str:
    """The page as the schemas have it now."""
    return "\n".join([HEAD, *(schema_page(schema_text(kind)) for kind in KINDS)]).rstrip("\n") + "\n"


if __name__ == "__main__":
    PAGE.write_text(files_page(), encoding="utf-8")
