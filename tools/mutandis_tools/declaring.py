"""Declaring a fact: one line at the end of its term's attributes, in the vocabulary file that declares the term.

The rulebook as it would be is read before anything is written; what is wrong in it is told instead.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from mutandis.dataclass import dataclass
from mutandis.diagnostics import Diagnostic, MutandisError, Severity
from mutandis.rulebook.load import load_text
from mutandis.rulebook.model import Source
from mutandis.rulebook.shapes import is_name
from mutandis.rulebook.yaml_source import MappingNode, YamlNode, read_yaml
from mutandis.source import Span

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ./()?'_-]*")


class DeclaringError(MutandisError):
    """A fact that cannot be declared; `help` says what to do, `diagnostics` what would be wrong in the rulebook.

    `place` is where it is declared already, None for other reasons.
    """

    def __init__(
        self, message: str, help: str, diagnostics: tuple[Diagnostic, ...] = (), place: Span | None = None
    ) -> None:
        super().__init__(message)
        self.help = help
        self.diagnostics = diagnostics
        self.place = place


@dataclass(frozen=True, slots=True)
class Declared:
    """The vocabulary file as it should be, and the line of the fact in it, from 1."""

    file: str
    text: str
    line: int


def declare_fact(source: Source, name: str, keys: Mapping[str, str], law: str = "") -> Declared:
    """The fact `term.attribute` with `keys` as a vocabulary has them (`type`, `question`, …), in the order given.

    `law` picks the vocabulary where several declare the term. Raises `DeclaringError`.
    """
    term, dot, attribute = name.partition(".")
    if not dot or not is_name(term) or not is_name(attribute):
        help = "write `term.attribute`, of lower-case letters, digits and underscores"
        raise DeclaringError(f"`{name}` is no name of a fact", help)
    vocabulary = source.vocabulary
    if name in vocabulary.facts:
        known = vocabulary.facts[name]
        message = f"`{name}` is declared already: {known.question or known.label}"
        raise DeclaringError(message, "use it, or give the new one another name", place=known.span)
    if term not in vocabulary.terms:
        otherwise = f"declare `{term}` under `terms` first, with its label"
        help = vocabulary.did_you_mean(term, law, otherwise, vocabulary.terms)
        raise DeclaringError(f"the vocabulary has no term `{term}`", help)
    file = f"{law}/vocabulary.yaml" if law else vocabulary.terms[term].span.file
    text = source.files.get(file)
    place = _find(text, file, term) if text is not None else None
    if text is None or place is None:
        raise DeclaringError(
            f"`{file}` does not declare the term `{term}`", "leave `--law` out, or name the law that does"
        )
    line = f"{attribute}: {{{', '.join(f'{key}: {_flow(value)}' for key, value in keys.items())}}}"
    lines = text.split("\n")
    added = _lines(place, line, lines, term)
    at = place.span.end_line
    lines[at:at] = added
    written = "\n".join(lines)
    after = load_text({**source.files, file: written})
    wrong = tuple(d for d in after.diagnostics if d.severity is Severity.ERROR)
    if wrong:
        raise DeclaringError(f"the rulebook would not read: {wrong[0].message}", wrong[0].help, wrong)
    return Declared(file, written, at + len(added))


def _find(text: str, file: str, term: str) -> MappingNode | None:
    """The mapping of a term in a vocabulary file."""
    for document in read_yaml(text, file).documents:
        terms = document.get("terms") if isinstance(document, MappingNode) else None
        found = terms.get(term) if isinstance(terms, MappingNode) else None
        if isinstance(found, MappingNode):
            return found
    return None


def _lines(place: MappingNode, line: str, lines: list[str], term: str) -> list[str]:
    attributes = place.get("attributes")
    if _is_flow(place, lines) or (attributes is not None and _is_flow(attributes, lines)):
        message = f"the term `{term}` is written on one line, in braces"
        raise DeclaringError(message, "write its keys, and those under `attributes`, on lines of their own")
    indent = place.span.column - 1
    if not isinstance(attributes, MappingNode):
        return [f"{' ' * indent}attributes:", f"{' ' * (indent + 2)}{line}"]
    if place.entries[-1][0].text != "attributes":
        message = f"`attributes` is not the last key of the term `{term}`"
        raise DeclaringError(message, "move it to the end of the term: new attributes are written below the others")
    return [f"{' ' * (attributes.span.column - 1)}{line}"]


def _is_flow(node: YamlNode, lines: list[str]) -> bool:
    return lines[node.span.line - 1][node.span.column - 1] == "{"


def _flow(value: str) -> str:
    if value.startswith("[") and value.endswith("]"):
        return value
    return value if _PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)
