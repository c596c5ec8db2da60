"""Every key of a small rulebook misspelt is told, and once; no value of another shape ends the check with an error."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mutandis.diagnostics import Diagnostic, gather_alike
from mutandis.rulebook.fields import DOCUMENTS
from mutandis.rulebook.fields.table import Table
from mutandis.rulebook.rereading import Rereading
from mutandis.rulebook.yaml_source import MappingNode, ScalarNode, SequenceNode, YamlNode, read_yaml
from mutandis.source import Span
from mutandis_tools.location import Location
from mutandis_tools.opening import find_faults, open_located

BOOK = Path(__file__).parent / "every_key"
TEXTS = {str(path.relative_to(BOOK)): path.read_text(encoding="utf-8") for path in sorted(BOOK.rglob("*.yaml"))}
AGAIN = Rereading()
SHAPES = ("", "[]", "{}", "{aa: bb}", "[aa, bb]", "~", "xyz", "3", "yes", "2021-02-30")


def _tables(form: object) -> Iterator[Table]:
    """Every table in a form."""
    match form:
        case Table():
            yield form
            for field in form.fields:
                yield from _tables(field.form)
        case dict():
            for value in form.values():
                yield from _tables(value)
        case list():
            for value in form:
                yield from _tables(value)


KEYS = {
    key
    for document in DOCUMENTS.values()
    for form in (document.table, *document.named.values())
    for table in _tables(form)
    for key in table.keys
}


def _entries(node: YamlNode) -> Iterator[tuple[ScalarNode, YamlNode]]:
    match node:
        case MappingNode(entries=entries):
            for key, value in entries:
                yield key, value
                yield from _entries(value)
        case SequenceNode(items=items):
            for item in items:
                yield from _entries(item)


def _replaced(text: str, span: Span, new: str) -> str:
    lines = text.split("\n")
    starts = [sum(len(line) + 1 for line in lines[: row - 1]) for row in (span.line, span.end_line)]
    return text[: starts[0] + span.column - 1] + new + text[starts[1] + span.end_column - 1 :]


def _told(file: str, text: str) -> tuple[Diagnostic, ...]:
    return gather_alike(find_faults(open_located(Location(BOOK, "named"), AGAIN, {file: text})))


def _places(file: str) -> Iterator[tuple[ScalarNode, YamlNode]]:
    for document in read_yaml(TEXTS[file], file).documents:
        yield from _entries(document)


def test_the_book_has_no_fault_but_what_nothing_reads() -> None:
    assert {one.slug for one in _told("inn/law.yaml", TEXTS["inn/law.yaml"])} <= {"unread-fact"}


def test_the_book_has_a_key_of_every_small_table() -> None:
    written = {key.text for file in TEXTS for key, _ in _places(file)}
    assert {"clock", "end of month", "suspended", "presume", "provision", "provisions", "on", "value", "any"} <= written
    assert {"margin", "at_most", "reference", "quantity", "weekly", "kinds", "part", "duties", "label"} <= written


@pytest.mark.parametrize("file", TEXTS)
def test_a_misspelt_key_is_told_once(file: str) -> None:
    apart = []
    for key, _ in _places(file):
        if key.text not in KEYS or len(key.text) < 2:
            continue
        middle = len(key.text) // 2
        slip = key.text + key.text[-1] if len(key.text) == 2 else key.text[:middle] + key.text[middle + 1 :]
        told = [one for one in _told(file, _replaced(TEXTS[file], key.span, slip)) if one.slug != "unread-fact"]
        if [(one.slug, one.span.line, one.span.column) for one in told] != [
            ("unknown-key", key.span.line, key.span.column)
        ]:
            apart.append((key.text, slip, [str(one) for one in told]))
    assert apart == []


@pytest.mark.parametrize("file", TEXTS)
def test_no_value_of_another_shape_ends_the_check_with_an_error(file: str) -> None:
    for _, value in _places(file):
        for shape in SHAPES:
            _told(file, _replaced(TEXTS[file], value.span, shape))
