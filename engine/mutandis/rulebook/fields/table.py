"""Tables of fields: which keys a mapping of a file has, how each is written, and what it means.

A table is read three ways: the readers take from it which keys there are and which are needed (`check_keys`), editors
the JSON Schema (`schema_of`), people the page on files. A form, how a value is written, is a piece of JSON Schema; what
several places share is named once among the definitions of its document.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

Form = Mapping[str, Any]

TEXT: Final[Form] = {"type": "string", "minLength": 1}
SCALAR: Final[Form] = {"type": ["string", "integer", "number"], "minLength": 1}
"""A text that YAML may have read as a number."""
YES_NO: Final[Form] = {"enum": ["yes", "no", True, False]}

NAME: Final[Form] = {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"}
LAW: Final[Form] = {"type": "string", "pattern": "^[a-z][a-z0-9-]*$"}
FACT: Final[Form] = {"type": "string", "pattern": r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$"}
ACTION: Final[Form] = {"type": "string", "pattern": "^[a-z][a-z0-9_]* +[a-z][a-z0-9_]*$"}
DATE: Final[Form] = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}


@dataclass(frozen=True, slots=True)
class Field:
    """One key: the form of its value, what it means, whether a mapping needs it, and the effects it goes with."""

    key: str
    form: object
    meaning: str = ""
    needed: bool = False
    goes_with: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """The keys that a mapping may have.

    One of `one_of` must be there, and just one of `just_one_of`; `least` is the fewest keys.
    """

    fields: tuple[Field, ...]
    meaning: str = ""
    one_of: tuple[str, ...] = ()
    just_one_of: tuple[str, ...] = ()
    least: int = 0

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Every key, in order."""
        return tuple([field.key for field in self.fields])

    @cached_property
    def needed(self) -> tuple[str, ...]:
        """The keys that must be there."""
        return tuple([field.key for field in self.fields if field.needed])


@dataclass(frozen=True, slots=True)
class Document:
    """A kind of file: the table of its documents, and what the forms in it refer to by name."""

    kind: str
    title: str
    table: Table
    named: Mapping[str, object]


def ref(name: str) -> Form:
    """What the document names `name`."""
    return {"$ref": f"#/$defs/{name}"}


def listed(form: object, least: int = 1) -> Form:
    """A list of these."""
    return {"type": "array", "items": form, **({"minItems": least} if least else {})}


def one_or_more(form: object, least: int = 1) -> Form:
    """One of these, or a list."""
    return either(form, listed(form, least))


def either(*forms: object) -> Form:
    """One of these forms."""
    return {"anyOf": list(forms)}


def mapping_to(form: object, names: object | None = None, least: int = 0) -> Form:
    """A mapping from names (all, or those of this form) to these."""
    return {
        "type": "object",
        **({"propertyNames": names} if names is not None else {}),
        **({"minProperties": least} if least else {}),
        "additionalProperties": form,
    }


def schema_of(document: Document) -> dict[str, Any]:
    """The document's JSON Schema."""
    named = {name: _written(form) for name, form in document.named.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:mutandis:schema:{document.kind}",
        "title": document.title,
        **_written(document.table),
        **({"$defs": named} if named else {}),
    }


def _written(form: Any) -> Any:
    """A form as JSON Schema, with the tables in it."""
    match form:
        case Table():
            properties = {field.key: _described(field) for field in form.fields}
            return {
                "type": "object",
                **({"description": form.meaning} if form.meaning else {}),
                "properties": properties,
                **({"required": list(form.needed)} if form.needed else {}),
                **({"anyOf": [{"required": [key]} for key in form.one_of]} if form.one_of else {}),
                **({"oneOf": [{"required": [key]} for key in form.just_one_of]} if form.just_one_of else {}),
                **({"minProperties": form.least} if form.least else {}),
                "additionalProperties": False,
            }
        case Mapping():
            return {key: _written(value) for key, value in form.items()}
        case list():
            return [_written(item) for item in form]
        case _:
            return form


def _described(field: Field) -> dict[str, Any]:
    return {**_written(field.form), **({"description": field.meaning} if field.meaning else {})}
