"""`mutandis schema`: the JSON Schemas of the files a person writes and of what the engine says."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from mutandis.resources import data_folder, schema_text
from mutandis_tools.commands.common import (
    RulebookOption,
    check_action,
    complete_action,
    own_folder_or_stop,
    usable_for_case,
)
from mutandis_tools.editor_schemas import attach_by_modelines, attach_by_settings
from mutandis_tools.report.lines import line
from mutandis_tools.report.schema_page import schema_page
from mutandis_tools.terminal import show, stop, write

_ENDING = ".schema.json"
_FACTS = "facts"


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("schema", epilog="Example: mutandis schema rule > rule.schema.json")(schema)


class Attach(StrEnum):
    """How an editor is told which schema a file has."""

    SETTINGS = "settings"
    MODELINES = "modelines"


def _attach(how: Attach, named: Path | None) -> None:
    """Write the schemas beside the rulebook and tell the editor of them."""
    _, folder = own_folder_or_stop(named)
    written = attach_by_settings(folder) if how is Attach.SETTINGS else attach_by_modelines(folder)
    show(line(_shown(path)) for path in written)


def _shown(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def schema_names() -> list[str]:
    """The schemas that the program has."""
    names = (entry.name for entry in data_folder("schemas").iterdir())
    return sorted(name.removesuffix(_ENDING) for name in names if name.endswith(_ENDING))


def _complete(incomplete: str) -> list[str]:
    return [name for name in (*schema_names(), _FACTS) if name.startswith(incomplete)]


def _write_facts(action: str, as_data: bool, named: Path | None) -> None:
    from mutandis.questions.facts_of import facts_data

    if not action:
        stop("`schema facts` needs an action", "e.g. `mutandis schema facts 'suspend visit'`")
    usable = usable_for_case("", named)
    check_action(action, usable.opened)
    book = usable.rulebook
    data = facts_data(book.facts_of(action)) if as_data else book.facts_schema(action)
    write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")


def schema(
    name: Annotated[
        str,
        typer.Argument(metavar="[NAME]", help="Which schema. Without it: their names.", autocompletion=_complete),
    ] = "",
    action: Annotated[
        str,
        typer.Argument(
            metavar="[ACTION]",
            help="With `facts`: the action whose facts are meant.",
            autocompletion=complete_action,
            show_default=False,
        ),
    ] = "",
    as_data: Annotated[
        bool, typer.Option("--data", help="With `facts`: the facts themselves, in their order, for a form.")
    ] = False,
    rulebook: RulebookOption = None,
    page: Annotated[bool, typer.Option("--page", help="As a page to read, in Markdown.")] = False,
    attach: Annotated[
        Attach | None,
        typer.Option(
            "--attach",
            help="Attach the schemas to the files of your rulebook, for an editor that knows YAML: by the settings of "
            "the workspace, or by a first line in each file.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Print a JSON Schema, for an editor to check a file while it is written.

    `schema facts ACTION` is that of the facts an answer about the action can turn on, of the rulebook at hand.
    """
    if attach is not None:
        if name or as_data or page:
            stop("`--attach` goes alone: it attaches every schema", "`mutandis schema --attach settings`")
        _attach(attach, rulebook)
        return
    if name == _FACTS and page:
        stop("the facts of an action have no page", "leave `--page` out")
    if name != _FACTS and (action or as_data):
        stop(f"{f'`{action}`' if action else '`--data`'} goes with `schema facts ACTION` only")
    if name == _FACTS:
        _write_facts(action, as_data, rulebook)
        return
    known = schema_names()
    if not name:
        show(line(one) for one in [*known, f"{_FACTS} ACTION"])
        return
    # The schema of rule files is `rules`; `rule` means it too.
    found = next((one for one in (name, f"{name}s") if one in known), "")
    if not found:
        stop(f"there is no schema `{name}`", f"there are: {', '.join(known)}, {_FACTS} ACTION")
    text = schema_text(found)
    write(schema_page(text) if page else text)
