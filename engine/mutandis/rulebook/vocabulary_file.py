"""Reading `vocabulary.yaml` files and laying them over one another.

The shared file comes first, then the laws' in the order of their names. A law's file may add terms, attributes,
actions, enumeration values and keys that the shared one left out; it may not contradict it, so the order does not
matter. What comes out still holds nodes: `vocabulary` makes declarations of them once kinds are known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field

from mutandis.dataclass import dataclass
from mutandis.diagnostic_codes import diagnose
from mutandis.diagnostics import Diagnostic, Label
from mutandis.rulebook.fields.table import Table
from mutandis.rulebook.fields.vocabulary import DECLARED_ACTION, DECLARED_FACT, TERM, VOCABULARY_FILE
from mutandis.rulebook.meant import KEYS_OF_FACTS, as_action, as_name
from mutandis.rulebook.shapes import (
    NOTHING_MEANT,
    Faults,
    check_keys,
    is_name,
    read_keys,
    read_mapping,
    read_name,
    recovered,
)
from mutandis.rulebook.yaml_source import MappingNode, ScalarNode, SequenceNode, YamlNode


@dataclass(slots=True)
class Written:
    """Something declared, key by key as written. `name` is where its name stands."""

    name: ScalarNode
    keys: dict[str, YamlNode]


@dataclass(slots=True)
class WrittenTerm(Written):
    """A term as written, with its attributes."""

    attributes: dict[str, Written] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    """Attributes under which no declaration stands."""


@dataclass(slots=True)
class WrittenVocabulary:
    """What one file, or all of them together, declare."""

    terms: dict[str, WrittenTerm] = field(default_factory=dict)
    actions: dict[str, Written] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    """The names of terms, facts and actions under which no declaration stands: that is told once."""


def read_vocabulary_file(node: YamlNode, faults: Faults) -> WrittenVocabulary:
    """The declarations of one file, names and keys checked."""
    vocabulary = WrittenVocabulary()
    mapping = read_mapping(node, "a vocabulary file", faults)
    if mapping is None:
        return vocabulary
    mapping = read_keys(mapping, "a vocabulary file", VOCABULARY_FILE, faults)
    for name, value in _declarations(mapping.get("terms"), "`terms`", faults):
        if read_name(name, "a term", faults) is None:
            vocabulary.unread.add(as_name(name.text))
        else:
            term = _read_term(name, value, faults)
            if term is not None:
                vocabulary.terms[name.text] = term
                vocabulary.unread.update(f"{name.text}.{one}" for one in term.unread)
            else:
                vocabulary.unread.add(name.text)
    for name, value in _declarations(mapping.get("actions"), "`actions`", faults):
        verb, _, term_name = name.text.partition(" ")
        if not (is_name(verb) and is_name(term_name)):
            meant = as_action(name.text)
            instead = f"write `{meant}`; " if " " in meant and meant != name.text else ""
            faults.append(
                diagnose(
                    "bad-name",
                    f"an action cannot be named `{name.text}`",
                    f"{instead}an action is a verb and a term, e.g. `suspend visit`, with `_` in a verb of two words",
                    name.span,
                )
            )
            vocabulary.unread.add(meant)
            continue
        what = f"the action `{name.text}`"
        declared = read_mapping(value, what, faults)
        if declared is not None:
            check_keys(declared, what, DECLARED_ACTION, faults, elsewhere={"a fact": DECLARED_FACT, "a term": TERM})
            vocabulary.actions[name.text] = Written(name, _keys(declared, DECLARED_ACTION))
        else:
            vocabulary.unread.add(name.text)
    return vocabulary


def _declarations(node: YamlNode | None, what: str, faults: Faults) -> tuple[tuple[ScalarNode, YamlNode], ...]:
    mapping = read_mapping(node, what, faults) if node is not None else None
    return mapping.entries if mapping is not None else ()


def _keys(mapping: MappingNode, table: Table, meant: Mapping[str, str] = NOTHING_MEANT) -> dict[str, YamlNode]:
    return {key.text: value for key, value in recovered(mapping, table, meant).entries if key.text in table.keys}


def _read_term(name: ScalarNode, node: YamlNode, faults: Faults) -> WrittenTerm | None:
    what = f"the term `{name.text}`"
    mapping = read_mapping(node, what, faults)
    if mapping is None:
        return None
    check_keys(mapping, what, TERM, faults, elsewhere={"a fact, under `attributes`": DECLARED_FACT})
    term = WrittenTerm(name, _keys(mapping, TERM))
    for attribute, value in _declarations(term.keys.pop("attributes", None), f"`attributes` of {what}", faults):
        if attribute.text.startswith(f"{name.text}.") and is_name(attribute.text.partition(".")[2]):
            message, short = (
                f"the term stands above: `{attribute.text}` names it again",
                attribute.text.partition(".")[2],
            )
            faults.append(diagnose("bad-name", message, f"write `{short}`", attribute.span))
            attribute = attribute._replace(text=short)
        elif read_name(attribute, f"an attribute of {what}", faults) is None:
            term.unread.add(as_name(attribute.text))
            continue
        fact = f"the fact `{name.text}.{attribute.text}`"
        declared = read_mapping(value, fact, faults)
        if declared is not None:
            check_keys(declared, fact, DECLARED_FACT, faults, KEYS_OF_FACTS, {"a term": TERM})
            term.attributes[attribute.text] = Written(attribute, _keys(declared, DECLARED_FACT, KEYS_OF_FACTS))
        else:
            term.unread.add(attribute.text)
    return term


# --- laying over ------------------------------------------------------------------------------------------------------


def merge_vocabularies(files: Iterable[WrittenVocabulary], faults: Faults) -> WrittenVocabulary:
    """All files as one. A key given twice with two meanings is a diagnostic, and the first stands."""
    merged = WrittenVocabulary()
    for vocabulary in files:
        merged.unread |= vocabulary.unread
        for name, term in vocabulary.terms.items():
            known = merged.terms.setdefault(name, WrittenTerm(term.name, {}))
            _merge_keys(known.keys, term.keys, f"the term `{name}`", faults)
            for attribute, fact in term.attributes.items():
                base = known.attributes.setdefault(attribute, Written(fact.name, {}))
                _merge_keys(base.keys, fact.keys, f"the fact `{name}.{attribute}`", faults)
        for name, action in vocabulary.actions.items():
            declared = merged.actions.setdefault(name, Written(action.name, {}))
            _merge_keys(declared.keys, action.keys, f"the action `{name}`", faults)
    return merged


def _merge_keys(base: dict[str, YamlNode], more: dict[str, YamlNode], what: str, faults: Faults) -> None:
    for key, node in more.items():
        known = base.get(key)
        if known is None:
            base[key] = node
        elif key == "values":
            base[key] = _merge_values(known, node, what, faults)
        elif meaning(known) != meaning(node):
            faults.append(_twice(f"`{key}` of {what}", node, known))


def _merge_values(known: YamlNode, more: YamlNode, what: str, faults: Faults) -> YamlNode:
    """The values of both, those of the first file first; a value listed without a label takes the other's."""
    for misshapen in (known, more):
        if isinstance(misshapen, ScalarNode):
            return misshapen  # told where the type is read
    values: dict[str, tuple[ScalarNode, YamlNode | None]] = {}
    for name, value in (*_values(known), *_values(more)):
        first_name, first = values.setdefault(name.text, (name, value))
        if first is None or value is None:
            values[name.text] = (first_name, first or value)
        elif meaning(first) != meaning(value):
            faults.append(_twice(f"the value `{name.text}` of {what}", name, first_name))
    entries = ((name, value if value is not None else _default_label(name)) for name, value in values.values())
    return MappingNode(tuple(entries), known.span)


def _values(node: YamlNode) -> tuple[tuple[ScalarNode, YamlNode | None], ...]:
    """Names with their labels, of a list or a mapping of values."""
    match node:
        case MappingNode(entries=entries):
            return entries
        case SequenceNode(items=items):
            return tuple((item, None) for item in items if isinstance(item, ScalarNode))
        case _:
            return ()


def _default_label(name: ScalarNode) -> ScalarNode:
    return ScalarNode(name.text.replace("_", " "), name.style, name.span, None)


def _twice(what: str, again: YamlNode, first: YamlNode) -> Diagnostic:
    return diagnose(
        "duplicate-declaration",
        f"{what} is declared twice, and not alike",
        "a law's vocabulary may add to the shared one, not change it; keep one of the two",
        again.span,
        (Label(first.span, "declared here first"),),
    )


def meaning(node: YamlNode) -> object:
    """What a node says, without its place: texts, tuples and sorted pairs."""
    match node:
        case ScalarNode(text=text):
            return text
        case SequenceNode(items=items):
            return tuple(meaning(item) for item in items)
        case MappingNode(entries=entries):
            return frozenset((key.text, meaning(value)) for key, value in entries)
