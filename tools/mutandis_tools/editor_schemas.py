"""JSON Schemas attached to the files of a rulebook, for an editor that knows YAML and nothing of rulebooks.

The schemas are copied beside the rulebook, into `.vscode/mutandis`. An editor is told of them by the settings of the
workspace, or by a first line in each file that `yaml-language-server` reads, in whatever editor it serves.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mutandis.diagnostics import MutandisError
from mutandis.files import write_whole
from mutandis.resources import schema_text
from mutandis.rulebook.fields import DOCUMENTS

KINDS = tuple(DOCUMENTS)
"""The kinds of files that a person writes, each by the name of its schema."""
_MODELINE = "# yaml-language-server: $schema="
_SETTINGS = Path(".vscode", "settings.json")
_SCHEMAS = Path(".vscode", "mutandis")
_KEY = "yaml.schemas"
_OTHERS = ("*/law.yaml", "**/vocabulary.yaml", "*/divisions.yaml", "*/cases/**", "calendar/*")
"""Where in a rulebook's folder files stand that are no rules."""


def kind_of(file: Path) -> str:
    """Which kind of file of a rulebook `file`, a path within it, is."""
    if file.name in ("law.yaml", "vocabulary.yaml", "divisions.yaml"):
        return file.stem
    if file.parts[0] == "calendar":
        return "calendar"
    return "case" if "cases" in file.parts else "rules"


def attach_by_settings(rulebook: Path) -> tuple[Path, ...]:
    """Write the schemas and the settings of the workspace around `rulebook`; what was written.

    Other settings stay. Raises `MutandisError` where those that are there do not read as JSON.
    """
    place = rulebook.resolve().parent
    path, name = place / _SETTINGS, rulebook.resolve().name
    try:
        settings: Any = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        schemas = dict(settings.get(_KEY, {}))
    except (ValueError, AttributeError, TypeError) as error:
        raise MutandisError(f"`{path}` is no plain JSON object: add `{_KEY}` to it by hand, or move it away") from error
    others = [f"!{name}/{glob}" for glob in _OTHERS]
    globs = {
        "rules": [f"{name}/**/*.yaml", *others],
        "vocabulary": [f"{name}/**/vocabulary.yaml"],
        "law": [f"{name}/*/law.yaml"],
        "divisions": [f"{name}/*/divisions.yaml"],
        "case": [f"{name}/*/cases/**/*.yaml"],
        "calendar": [f"{name}/calendar/*.yaml"],
    }
    schemas |= {f"./{_schema(kind).as_posix()}": globs[kind] for kind in KINDS}
    written = _write_schemas(place)
    write_whole(path, json.dumps({**settings, _KEY: schemas}, indent=2, ensure_ascii=False) + "\n")
    return (*written, path)


def attach_by_modelines(rulebook: Path) -> tuple[Path, ...]:
    """Write the schemas, and above every file of `rulebook` the line that names its own; what was written."""
    place = rulebook.resolve().parent
    return (*_write_schemas(place), *_with_modelines(rulebook, place))


def _with_modelines(rulebook: Path, place: Path) -> Iterator[Path]:
    for path in sorted(rulebook.rglob("*.yaml")):
        schema = os.path.relpath(place / _schema(kind_of(path.relative_to(rulebook))), path.resolve().parent)
        modeline = f"{_MODELINE}{Path(schema).as_posix()}"
        lines = path.read_text(encoding="utf-8").split("\n")
        own = lines[1:] if lines[0].startswith(_MODELINE) else lines
        if lines != [modeline, *own]:
            write_whole(path, "\n".join([modeline, *own]))
            yield path


def _schema(kind: str) -> Path:
    return _SCHEMAS / f"{kind}.schema.json"


def _write_schemas(place: Path) -> tuple[Path, ...]:
    (place / _SCHEMAS).mkdir(parents=True, exist_ok=True)
    written = []
    for kind in KINDS:
        path = place / _schema(kind)
        write_whole(path, schema_text(kind))
        written.append(path)
    return tuple(written)
