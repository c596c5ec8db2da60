"""Giving a value of an enumeration another name wherever a rulebook says it: vocabulary, rules, cases."""

from __future__ import annotations

from collections.abc import Iterator

from mutandis.link.rule_parts import choices_in
from mutandis.rulebook.case_file import is_case_file
from mutandis.rulebook.rereading import Rereading
from mutandis.rulebook.yaml_source import MappingNode, ScalarNode, SequenceNode, YamlNode
from mutandis.source import Span
from mutandis_tools.opening import Opened

_IN_VOCABULARY = frozenset({"values", "presume"})


def places_of_choice(opened: Opened, choice: str, again: Rereading) -> Iterator[Span]:
    """Where a value is said that no term, fact or action shares its name with; `opened` was read from its files."""
    yield from (said.span for _, said in choices_in(opened.source) if said.value == choice)
    for file, text in opened.files.items():
        if not file.endswith((".yaml", ".yml")) or choice not in text:
            continue
        for document in again.yaml(text, file).documents:
            if not isinstance(document, MappingNode):
                continue
            if is_case_file(file):
                for stated in (document.get("facts"), document.get("expect")):
                    yield from _texts(stated, choice, keys=False)
            elif file.rpartition("/")[2] == "vocabulary.yaml":
                yield from _declared(document.get("terms"), choice)
            else:
                yield from _construed(document.get("rules"), choice)


def _declared(node: YamlNode | None, choice: str) -> Iterator[Span]:
    """The keys and values under what lists the values of a fact, and what is presumed of one."""
    for key, value in node.entries if isinstance(node, MappingNode) else ():
        if key.text in _IN_VOCABULARY:
            yield from _texts(value, choice, keys=True)
        else:
            yield from _declared(value, choice)


def _construed(node: YamlNode | None, choice: str) -> Iterator[Span]:
    """What is read as a value, and what a value is read as."""
    for rule in node.items if isinstance(node, SequenceNode) else ():
        if isinstance(rule, MappingNode):
            yield from _texts(rule.get("construe"), choice, keys=True)


def _texts(node: YamlNode | None, choice: str, *, keys: bool) -> Iterator[Span]:
    """The texts that are the value and nothing else."""
    match node:
        case ScalarNode(text=text, origin=origin) if text == choice and origin is not None:
            yield origin.span(0, len(choice))
        case SequenceNode(items=items):
            for item in items:
                yield from _texts(item, choice, keys=keys)
        case MappingNode(entries=entries):
            for key, value in entries:
                if keys:
                    yield from _texts(key, choice, keys=keys)
                yield from _texts(value, choice, keys=keys)
