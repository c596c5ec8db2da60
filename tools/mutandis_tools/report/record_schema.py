"""The JSON Schema of what `as_data` makes of a record: from its fields, their types, and what is said beneath them.

A class is described by the first paragraph of its docstring, a field by the text under it, a named type by the text
under its name.
"""

from __future__ import annotations

import ast
import datetime as dt
import inspect
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from enum import Enum
from importlib import import_module
from itertools import pairwise
from types import ModuleType, NoneType, UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from mutandis.values import Duration

DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
_TIME: Final = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?$"}
_VALUE: Final = {
    "description": "A value as a case writes it: `true`, `8 days`, `2020-03-01`, `3/2`; null for none or not said.",
    "type": ["null", "boolean", "number", "string", "array", "object"],
}
_PLAIN: Final[Mapping[Any, dict[str, Any]]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    NoneType: {"type": "null"},
    dt.date: _TIME,
    Duration: {"type": "string"},
    object: _VALUE,
}


@dataclass(frozen=True, slots=True)
class RecordSchema:
    """Writes the schema of one kind of record.

    `names` are what classes are called where that is not their own name in small letters, `elsewhere` the documents
    that hold the definitions of others, `narrower` what holds of a field beyond its type.
    """

    names: Mapping[type, str] = field(default_factory=dict)
    elsewhere: Mapping[type, str] = field(default_factory=dict)
    narrower: Mapping[tuple[type, str], Mapping[str, object]] = field(default_factory=dict)

    def document(self, record: type, id: str, title: str) -> dict[str, Any]:
        """The whole document about `record`, with the definitions of every record inside it."""
        found: dict[type, dict[str, Any]] = {}
        whole = self._record(record, found)
        for one in (waiting := list(found)):
            if not found[one]:
                found[one] |= self._enumeration(one) if issubclass(one, Enum) else self._record(one, found)
                waiting += [new for new in found if new not in waiting]
        named = {self._name(one): schema for one, schema in found.items()}
        return {"$schema": DRAFT, "$id": id, "title": title, **whole, "$defs": named}

    def _name(self, record: type) -> str:
        own = re.sub(r"(?<!^)(?=[A-Z])", "_", record.__name__).lower()
        return self.names.get(record, own)

    def _record(self, record: type, found: dict[type, dict[str, Any]]) -> dict[str, Any]:
        module, told = import_module(record.__module__), _said(record)
        hints = get_type_hints(record, {**vars(module), **_only_for_types(module)})
        properties: dict[str, Any] = {}
        for one in fields(record):
            schema = {**self._type(hints[one.name], found), **self.narrower.get((record, one.name), {})}
            description = told.get(one.name)
            properties[one.name] = {"description": description, **_undescribed(schema)} if description else schema
        return {
            "type": "object",
            "description": _first_paragraph(record),
            "properties": properties,
            "required": list(properties),
            "additionalProperties": False,
        }

    def _enumeration(self, kind: type[Enum]) -> dict[str, Any]:
        return {"description": _first_paragraph(kind), "enum": [member.value for member in kind]}

    def _type(self, hint: Any, found: dict[type, dict[str, Any]]) -> dict[str, Any]:
        if hint in _PLAIN:
            return dict(_PLAIN[hint])
        origin, inside = get_origin(hint), get_args(hint)
        if origin is Literal:
            return {"enum": list(inside)}
        if origin in (Union, UnionType):
            several = [self._type(one, found) for one in inside]
            plain = all(one.keys() <= {"type", "pattern"} for one in several)
            if plain:
                return {**several[0], "type": [one["type"] for one in several]}
            return {"anyOf": several}
        if origin is tuple and inside[1:] == (Ellipsis,):
            return {"type": "array", "items": self._type(inside[0], found)}
        if origin is tuple:
            parts = [self._type(one, found) for one in inside]
            return {"type": "array", "prefixItems": parts, "minItems": len(parts), "maxItems": len(parts)}
        if isinstance(hint, type) and (is_dataclass(hint) or issubclass(hint, Enum)):
            if hint in self.elsewhere:
                return {"$ref": self.elsewhere[hint]}
            found.setdefault(hint, {})
            return {"$ref": f"#/$defs/{self._name(hint)}"}
        raise TypeError(f"no schema for a field of the type {hint!r}")


def _undescribed(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in schema.items() if key != "description"}


def _first_paragraph(record: type) -> str:
    return " ".join((inspect.getdoc(record) or "").partition("\n\n")[0].split())


def _said(record: type) -> dict[str, str]:
    """What stands beneath each field, or beneath the name of its type."""
    tree = ast.parse(inspect.getsource(import_module(record.__module__)))
    (body,) = [node.body for node in tree.body if isinstance(node, ast.ClassDef) and node.name == record.__name__]
    types = dict(_texts(tree.body))
    told: dict[str, str] = {}
    for one in body:
        match one:
            case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation):
                told[name] = types.get(ast.unparse(annotation), "")
    return {**told, **dict(_texts(body))}


def _texts(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    """The names that are given a meaning in `body` and the text that stands beneath each."""
    for node, after in pairwise(body):
        match node, after:
            case (
                ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]),
                ast.Expr(value=ast.Constant(value=str() as text)),
            ):
                yield name, " ".join(text.split())


def _only_for_types(module: ModuleType) -> dict[str, Any]:
    """The names that the module imports for its types alone."""
    found: dict[str, Any] = {}
    for node in ast.parse(inspect.getsource(module)).body:
        match node:
            case ast.If(test=ast.Name(id="TYPE_CHECKING"), body=imports):
                for one in imports:
                    if isinstance(one, ast.ImportFrom) and one.module:
                        source = import_module(one.module)
                        found |= {alias.asname or alias.name: getattr(source, alias.name) for alias in one.names}
    return found
