"""Checking documents against the JSON Schemas that editors use.

The one module that knows the `jsonschema` library. The loader's own messages say more and come first: a file with an
error is not checked again here, so that no fault is told twice. What this finds in a file that loads is a difference
between what editors accept and what the loader does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, best_match

from mutandis.dataclass import dataclass
from mutandis.diagnostic_codes import diagnose
from mutandis.diagnostics import Diagnostic, Severity, sort_diagnostics
from mutandis.rulebook.calendar_file import is_calendar_file
from mutandis.rulebook.case_file import is_case_file
from mutandis.rulebook.division_file import is_division_file
from mutandis.rulebook.fields import DOCUMENTS, schema_of
from mutandis.rulebook.model import Source
from mutandis.rulebook.shapes import describe
from mutandis.rulebook.yaml_source import MappingNode, ScalarNode, SequenceNode, YamlNode, read_yaml
from mutandis.suggest import did_you_mean

SCHEMAS = tuple(DOCUMENTS)
"""The kinds of files a person writes; each has `schemas/<kind>.schema.json`."""


def schema_of_file(name: str) -> str:
    """The kind of the file `name`, a path in the rulebook's folder."""
    last = name.rsplit("/", 1)[-1]
    if is_case_file(name):
        return "case"
    if is_calendar_file(name):
        return "calendar"
    if is_division_file(name):
        return "divisions"
    if last in ("law.yaml", "vocabulary.yaml") and name.count("/") <= 1:
        return last.removesuffix(".yaml")
    return "rules"


def check_schemas(source: Source) -> tuple[Diagnostic, ...]:
    """What the schemas find in those files of `source` that loaded without an error."""
    faulty = {d.span.file for d in source.diagnostics if d.severity is Severity.ERROR}
    return check_texts({name: text for name, text in source.files.items() if name not in faulty})


def check_texts(files: dict[str, str]) -> tuple[Diagnostic, ...]:
    """What the schemas find in these files, by name; what is no YAML is left out."""
    checkers: dict[str, _Checker] = {}
    found: list[Diagnostic] = []
    for name in sorted(files):
        kind = schema_of_file(name)
        if kind not in checkers:
            checkers[kind] = _Checker(Draft202012Validator(schema_of(DOCUMENTS[kind])))
        for document in read_yaml(files[name], name).documents:
            if not (isinstance(document, ScalarNode) and not document.text):
                found.extend(checkers[kind].check(document))
    return sort_diagnostics(found)


@dataclass(frozen=True, slots=True)
class _Checker:
    validator: Draft202012Validator

    def check(self, node: YamlNode) -> Iterator[Diagnostic]:
        for error in self.validator.iter_errors(_plain(node)):
            yield _explain(_innermost(error), node)


def _plain(node: YamlNode) -> Any:
    match node:
        case ScalarNode(text=text):
            return text
        case SequenceNode(items=items):
            return [_plain(item) for item in items]
        case MappingNode(entries=entries):
            return {key.text: _plain(value) for key, value in entries}


def _innermost(error: ValidationError) -> ValidationError:
    """The most telling of the errors behind an `anyOf`."""
    while error.context:
        deeper = best_match(error.context)
        if deeper is None or deeper is error:
            break
        error = deeper
    return error


def _explain(error: ValidationError, root: YamlNode) -> Diagnostic:
    """The error in a drafter's words, at the node it is about."""
    node, name = _find(root, error.absolute_path)
    what = f"`{name}`" if name else "the document"
    schema: Any = error.schema
    wanted: Any = error.validator_value
    instance: Any = error.instance
    match error.validator:
        case "required":
            missing = [key for key in wanted if key not in instance]
            place = node.entries[0][0].span if isinstance(node, MappingNode) and node.entries else node.span
            return diagnose("missing-key", f"{what} lacks `{missing[0]}`", f"add `{missing[0]}: …`", place)
        case "additionalProperties" if isinstance(node, MappingNode):
            known = sorted(schema.get("properties", {}))
            key = next((key for key, _ in node.entries if key.text not in known), None)
            text = key.text if key is not None else ""
            return diagnose(
                "unknown-key",
                f"{what} has no key `{text}`",
                did_you_mean(text, known, f"the keys are {', '.join(known)}"),
                key.span if key is not None else node.span,
            )
        case "enum":
            allowed = [value for value in wanted if isinstance(value, str)]
            return diagnose(
                "unknown-value", f"{what} cannot be {describe(node)}", f"it is one of {', '.join(allowed)}", node.span
            )
        case _:
            help = str(schema.get("description", "see the reference of the file format"))
            return diagnose("wrong-shape", f"{what} cannot be {describe(node)}", help, node.span)


def _find(node: YamlNode, path: Iterable[str | int]) -> tuple[YamlNode, str]:
    """The node at the end of `path`, and the last key on the way."""
    name = ""
    for step in path:
        if isinstance(node, MappingNode):
            inner = node.get(str(step))
            if inner is None:
                break
            node, name = inner, str(step)
        elif isinstance(node, SequenceNode) and isinstance(step, int):
            node = node.items[step]
    return node, name
