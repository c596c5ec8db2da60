"""Writes the schemas of the files a person writes, and docs/language/files.md, from the tables of their fields.

`python tests/docs/files_page.py`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from mutandis.rulebook.fields import DOCUMENTS, schema_of
from mutandis.rulebook.fields.rules import EFFECT_KEYS, RULE
from mutandis_tools.report.schema_page import schema_page

PAGE = Path(__file__).parents[2] / "docs" / "language" / "files.md"
SCHEMAS = PAGE.parents[2] / "schemas"
HEAD = """# The files a person writes

Made by `python tests/docs/files_page.py` from the tables that the loader reads by (`rulebook/fields`), as are the
schemas that serve an editor (`mutandis schema rules`).
What the keys do is in [evaluation](evaluation.md), what stands in a condition in [conditions](conditions.md).
"""


def files_page() -> str:
    """The page as the schemas have it now."""
    pages = [schema_page(schema_file(kind)) for kind in DOCUMENTS]
    return "\n".join([HEAD, pages[0], *_effects(), *pages[1:]]).rstrip("\n") + "\n"


def _effects() -> Iterator[str]:
    """Which keys of a rule go with which effects."""
    yield "### What goes with what\n\n| key of a rule | goes with |\n| --- | --- |"
    for field in RULE.fields:
        if field.goes_with:
            left_out = [f"`{one}`" for one in EFFECT_KEYS if one not in field.goes_with]
            told = f"every rule{' but ' if left_out else ''}{', '.join(left_out)}"
            if len(left_out) > 2:
                told = ", ".join(f"`{one}`" for one in field.goes_with)
            yield f"| `{field.key}` | {told} |"
    yield ""


def schema_file(kind: str) -> str:
    """The text of `schemas/<kind>.schema.json`."""
    return json.dumps(schema_of(DOCUMENTS[kind]), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    for one in DOCUMENTS:
        SCHEMAS.joinpath(f"{one}.schema.json").write_text(schema_file(one), encoding="utf-8")
    PAGE.write_text(files_page(), encoding="utf-8")
