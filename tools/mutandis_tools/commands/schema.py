"""`mutandis schema`: the JSON Schemas of the files a person writes and of what the engine says."""

from __future__ import annotations

from typing import Annotated

import typer

from mutandis.resources import data_folder, schema_text
from mutandis_tools.report.lines import line
from mutandis_tools.report.schema_page import schema_page
from mutandis_tools.terminal import show, stop, write

_ENDING = ".schema.json"


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("schema", epilog="Example: mutandis schema rule > rule.schema.json")(schema)


def schema_names() -> list[str]:
    """The schemas that the program has."""
    names = (entry.name for entry in data_folder("schemas").iterdir())
    return sorted(name.removesuffix(_ENDING) for name in names if name.endswith(_ENDING))


def _complete(incomplete: str) -> list[str]:
    return [name for name in schema_names() if name.startswith(incomplete)]


def schema(
    name: Annotated[
        str,
        typer.Argument(metavar="[NAME]", help="Which schema. Without it: their names.", autocompletion=_complete),
    ] = "",
    page: Annotated[bool, typer.Option("--page", help="As a page to read, in Markdown.")] = False,
) -> None:
    """Print a JSON Schema, for an editor to check a file while it is written."""
    known = schema_names()
    if not name:
        show(line(one) for one in known)
        return
    # The schema of rule files is `rules`; `rule` means it too.
    found = next((one for one in (name, f"{name}s") if one in known), "")
    if not found:
        stop(f"there is no schema `{name}`", f"there are: {', '.join(known)}")
    text = schema_text(found)
    write(schema_page(text) if page else text)
