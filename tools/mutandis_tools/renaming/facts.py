"""Giving a fact another name wherever a rulebook says it: vocabulary, conditions, definitions, construals, cases.

Only the names change: comments, layout and texts for a person stay. Where a fact of a kind is renamed, so is what its
sub-kinds inherit, and what conditions say of members of lists. It is refused if anything in the rulebook would then be
wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from mutandis.condition import tree as t
from mutandis.dataclass import dataclass
from mutandis.link.rule_parts import expressions_of
from mutandis.rulebook.case_file import is_case_file
from mutandis.rulebook.rereading import Rereading
from mutandis.rulebook.shapes import is_name
from mutandis.rulebook.yaml_source import MappingNode, ScalarNode, SequenceNode, YamlNode
from mutandis.source import Span
from mutandis.vocabulary import Vocabulary
from mutandis_tools.opening import Opened
from mutandis_tools.renaming.made import Read, Renaming, RenamingError, renaming
from mutandis_tools.renaming.part import Change, part_of


def rename_fact(opened: Opened, old: str, new: str, read: Read, again: Rereading) -> Renaming:
    """The rulebook with the fact `old` (`term.attribute`) named `new`.

    `opened` has no errors; `again` has what its files were read as before. Raises `RenamingError` where the name is
    none, is taken, or would move the fact to another term.
    """
    facts = check_fact(opened.source.vocabulary, old, new)
    attribute = old.partition(".")[2]
    kinds = tuple(sorted(fact.partition(".")[0] for fact in facts))
    change = Change(attribute, new.partition(".")[2], ".", kinds)
    part = part_of(opened, change, again)
    finder = _Finder(part.source.vocabulary, facts, attribute)
    return renaming(part, (*_in_rules(part, finder), *_in_files(part, finder, again)), change, read, again)


def check_fact(vocabulary: Vocabulary, old: str, new: str) -> frozenset[str]:
    """The facts that change their names: the fact itself and what sub-kinds have of it.

    Raises `RenamingError` where the name cannot be given, whatever the rules say.
    """
    term, _, attribute = old.partition(".")
    other, dot, wanted = new.partition(".")
    if old not in vocabulary.facts:
        help = vocabulary.did_you_mean(old, "", "name a fact that the vocabulary declares, `term.attribute`")
        raise RenamingError(f"the vocabulary has no fact `{old}`", help)
    kind = next((k for k in vocabulary.kinds_of(term)[1:] if f"{k}.{attribute}" in vocabulary.facts), "")
    if kind:
        message = f"`{old}` is inherited from `{kind}.{attribute}`"
        raise RenamingError(message, f"rename `{kind}.{attribute}`: it changes for all kinds of {kind} together")
    if not dot or other != term or not is_name(wanted):
        message = f"`{new}` is no other name for an attribute of `{term}`"
        raise RenamingError(message, f"write `{term}.name`, of lower-case letters, digits and underscores")
    if wanted == attribute:
        raise RenamingError(f"`{new}` is what it is named already", "give another name")
    kinds = vocabulary.sub_kinds(term)
    taken = next(
        (f"{k}.{wanted}" for k in (*kinds, *vocabulary.kinds_of(term)) if f"{k}.{wanted}" in vocabulary.facts), ""
    )
    if taken:
        raise RenamingError(f"`{taken}` is declared already", "give a name that no kind of the term has")
    return frozenset(f"{k}.{attribute}" for k in kinds)


# --- finding ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Finder:
    """Finds where `attribute` stands for one of `facts`; every place is that of the attribute alone."""

    vocabulary: Vocabulary
    facts: frozenset[str]
    attribute: str

    def has(self, term: str) -> bool:
        """True if the attribute of members of `term` is renamed."""
        return f"{term}.{self.attribute}" in self.facts

    def in_condition(self, node: t.Expression, variables: Mapping[str, str]) -> Iterator[Span]:
        match node:
            case t.Fact(name=name) if name in self.facts:
                yield self.last(node.span)
            case t.Attribute(variable=variable, attribute=self.attribute) if self.has(variables.get(variable, "")):
                yield self.last(node.span)
            case t.Quantified() | t.NumberOf() | t.TotalOf():
                term = node.source.type.term if node.source.type is not None else None
                if node.variable is not None and term is not None:
                    variables = {**variables, node.variable: term}
        for child in t.children(node):
            yield from self.in_condition(child, variables)

    def last(self, span: Span) -> Span:
        """The attribute at the end of a dotted name."""
        return Span(span.file, span.end_line, span.end_column - len(self.attribute), span.end_line, span.end_column)

    def in_text(self, node: ScalarNode) -> Iterator[Span]:
        """A text that is the name, or in an expected answer has it among others."""
        if node.origin is None:
            return
        for match in re.finditer(r"([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)?)(\[\d+\])?\.([a-z0-9_]+)(?![\w.\[])", node.text):
            listed = self.vocabulary.facts.get(match[1]) if match[2] else None
            term = (listed.type.term or "") if listed is not None else match[1]
            if match[3] == self.attribute and self.has(term) and not re.search(r"[\w.]$", node.text[: match.start()]):
                yield node.origin.span(match.start(3), match.end(3))

    def in_tree(self, node: YamlNode, skip: frozenset[str]) -> Iterator[Span]:
        """Every text in a part of a file; what stands under the keys `skip` is for a person."""
        match node:
            case ScalarNode():
                yield from self.in_text(node)
            case SequenceNode(items=items):
                for item in items:
                    yield from self.in_tree(item, skip)
            case MappingNode(entries=entries):
                for key, value in entries:
                    yield from self.in_text(key)
                    if key.text not in skip:
                        yield from self.in_tree(value, skip)

    def in_attributes(self, mapping: YamlNode | None, term: str) -> Iterator[Span]:
        """Keys that are attributes of `term`, and those of members of lists under them."""
        for key, value in mapping.entries if isinstance(mapping, MappingNode) else ():
            if key.text == self.attribute and self.has(term):
                yield key.span
            yield from self.in_members(value, f"{term}.{key.text}")

    def in_members(self, value: YamlNode, fact: str) -> Iterator[Span]:
        declared = self.vocabulary.facts.get(fact)
        if declared is None or declared.type.kind != "list":
            return
        members = value.get("members") if isinstance(value, MappingNode) else value
        for member in members.items if isinstance(members, SequenceNode) else ():
            yield from self.in_attributes(member, declared.type.term or "")


FOR_PEOPLE = frozenset(
    {"summary", "note", "title", "case", "label", "question", "says", "definition", "also"}
    | {"states", "delegate", "not_held"}
)


def _in_rules(opened: Opened, finder: _Finder) -> Iterator[Span]:
    for article in opened.source.articles:
        for rule in article.rules:
            for expression in expressions_of(rule):
                yield from finder.in_condition(expression, {})


def _in_files(opened: Opened, finder: _Finder, again: Rereading) -> Iterator[Span]:
    for file, text in opened.files.items():
        if not file.endswith((".yaml", ".yml")) or finder.attribute not in text:
            continue
        for document in again.yaml(text, file).documents:
            if not isinstance(document, MappingNode):
                continue
            if is_case_file(file):
                yield from _in_case(document, finder)
            elif file.rpartition("/")[2] == "vocabulary.yaml":
                yield from _in_vocabulary(document, finder)
            else:
                rules = document.get("rules")
                for rule in rules.items if isinstance(rules, SequenceNode) else ():
                    yield from _in_names_of_rule(rule, finder)


def _in_vocabulary(document: MappingNode, finder: _Finder) -> Iterator[Span]:
    terms = document.get("terms")
    for name, term in terms.entries if isinstance(terms, MappingNode) else ():
        attributes = term.get("attributes") if isinstance(term, MappingNode) else None
        yield from finder.in_attributes(attributes, name.text)
    yield from finder.in_tree(document, FOR_PEOPLE)


def _in_names_of_rule(rule: YamlNode, finder: _Finder) -> Iterator[Span]:
    """The names that stand in a rule outside conditions."""
    for key in ("define", "deem", "construe"):
        named = rule.get(key) if isinstance(rule, MappingNode) else None
        if named is not None:
            yield from finder.in_tree(named, frozenset())


def _in_case(document: MappingNode, finder: _Finder) -> Iterator[Span]:
    facts = document.get("facts")
    for key, value in facts.entries if isinstance(facts, MappingNode) else ():
        yield from finder.in_text(key)
        if "." in key.text:
            yield from finder.in_members(value, key.text)
        else:
            yield from finder.in_attributes(value, key.text)
    for name in ("ask", "expect"):
        part = document.get(name)
        if part is not None:
            yield from finder.in_tree(part, FOR_PEOPLE)
