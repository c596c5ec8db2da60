"""What the table of fields says may stand under a path of keys: which tables, and which forms of a value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mutandis.dataclass import dataclass
from mutandis.rulebook.fields import DOCUMENTS
from mutandis.rulebook.fields.table import Document, Table


@dataclass(frozen=True, slots=True)
class Standing:
    """A form of a value: a table, or a piece of JSON Schema, and the name that its document has for it."""

    form: Any
    name: str = ""


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms of what may stand at a place."""

    listed: tuple[Standing, ...]

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables of keys."""
        return tuple(one.form for one in self.listed if isinstance(one.form, Table))

    @property
    def names(self) -> frozenset[str]:
        """The names of the forms, as their document has them."""
        return frozenset(one.name for one in self.listed if one.name)

    @property
    def values(self) -> tuple[str, ...]:
        """The words of which one is written."""
        words = (word for one in self.listed if isinstance(one.form, Mapping) for word in one.form.get("enum", ()))
        return tuple(dict.fromkeys(word for word in words if isinstance(word, str)))

    def has(self, form: object) -> bool:
        """True if a value may have this form."""
        return any(one.form == form for one in self.listed)


def forms_at(kind: str, path: Sequence[str]) -> Forms:
    """What may stand under these keys, outermost first, in a file of that kind; nothing under a key that is unknown.

    Where the keys do not begin at the top of a document, as while one is typed, they are looked for in its parts.
    """
    document = DOCUMENTS[kind]
    parts = (form for form in document.named.values() if isinstance(form, Table))
    for table in (document.table, *parts):
        forms = _walked(table, path, document)
        if forms.listed:
            return forms
    return Forms(())


def _walked(table: Table, path: Sequence[str], document: Document) -> Forms:
    forms = Forms((Standing(table),))
    for key in path:
        inner: list[Standing] = []
        for one in forms.listed:
            if isinstance(one.form, Table):
                found = next((entry for entry in one.form.fields if entry.key == key), None)
                inner.extend(_spread(found.form, document) if found is not None else ())
            elif isinstance(one.form, Mapping) and isinstance(one.form.get("additionalProperties"), Table | Mapping):
                inner.extend(_spread(one.form["additionalProperties"], document))
        forms = Forms(tuple(inner))
    return forms


def _spread(form: Any, document: Document, names: tuple[str, ...] = ()) -> Iterator[Standing]:
    """The alternatives of a form, those of a list's members among them; `names` are those it was come to by."""
    name = names[-1] if names else ""
    if isinstance(form, Table) or not isinstance(form, Mapping):
        yield Standing(form, name)
    elif "$ref" in form:
        called = str(form["$ref"]).rpartition("/")[2]
        if called not in names:  # a condition is a list of conditions too
            yield from _spread(document.named[called], document, (*names, called))
    elif "anyOf" in form:
        for one in form["anyOf"]:
            yield from _spread(one, document, names)
    elif "items" in form:
        yield from _spread(form["items"], document, names)
    else:
        yield Standing(form, name)
