"""Giving a term or an action another name wherever a rulebook says it: vocabulary, rules, construals, cases.

A name is told from a word by where it stands: a term where terms, facts and actions are named, never in a text for a
person nor as a value. A term that shares its name with a value is refused, since a construal of one speaks of both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from mutandis.condition import tree as t
from mutandis.condition.reserved import RESERVED_WORDS
from mutandis.dataclass import dataclass
from mutandis.link.rule_parts import expressions_of
from mutandis.rulebook.case_file import is_case_file
from mutandis.rulebook.model import ON_ACTIONS
from mutandis.rulebook.rereading import Rereading
from mutandis.rulebook.shapes import is_name
from mutandis.rulebook.yaml_source import MappingNode, ScalarNode, SequenceNode, YamlNode
from mutandis.source import Span
from mutandis.vocabulary import Vocabulary
from mutandis_tools.opening import Opened
from mutandis_tools.renaming.choices import places_of_choice
from mutandis_tools.renaming.made import Read, Renaming, RenamingError, laid_out, put_in_place, refuse_errors, renaming
from mutandis_tools.renaming.part import Change, part_of

_OF_ACTIONS = frozenset({"by", "done", "restricts", "in_force"})
_OF_FACTS = frozenset({"type", "found_by", "suspended"})
_OF_RULES = frozenset({"by", "to", *ON_ACTIONS, "define", "deem", "construe"})


def rename_term(opened: Opened, old: str, new: str, read: Read, again: Rereading) -> Renaming:
    """The rulebook with the term `old` named `new`, its facts and actions with it.

    `opened` has no errors; `again` has what its files were read as before. Raises `RenamingError` where the name is
    none, is taken, or is a value's too.
    """
    check_term(opened.source.vocabulary, old, new)
    part = part_of(opened, change := Change(old, new), again)
    return renaming(part, _places(part, _Named(old, part.source.vocabulary), again), change, read, again)


def with_words_named(
    opened: Opened,
    terms: Mapping[str, str],
    actions: Mapping[str, str],
    choices: Mapping[str, str],
    again: Rereading,
) -> Mapping[str, str]:
    """The texts that change where terms, with their facts and actions, actions, and values of facts have other names;
    read by whoever wants to.

    `opened` was read from its files and has no errors. Raises `RenamingError` where the name of a term or action is
    none, is taken, or is a value's too, and of an action that comes from a kind.
    """
    vocabulary = opened.source.vocabulary
    for old, new in terms.items():
        check_term(vocabulary, old, new)
    names = dict(terms)
    for old, new in actions.items():
        verbs = [one.partition(" ")[0] for one in (old, new)]
        names |= {f"{verbs[0]} {k}": f"{verbs[1]} {k}" for k in check_action(vocabulary, old, new)}
    places = [(_places(opened, _Named(old, vocabulary), again), old, new) for old, new in names.items()]
    places += [(places_of_choice(opened, old, again), old, new) for old, new in choices.items()]
    return put_in_place(opened, places).texts


def rename_action(opened: Opened, old: str, new: str, read: Read, again: Rereading) -> Renaming:
    """The rulebook with the action `old` (`verb term`) named `new`, of the same term; its verb changes.

    `opened` has no errors; `again` has what its files were read as before. Raises `RenamingError` where the name is
    none, is taken, would move the action to another term, or comes from a kind.
    """
    kinds = check_action(opened.source.vocabulary, old, new)
    verb, wanted = old.partition(" ")[0], new.partition(" ")[0]
    change = Change(verb, wanted, " ", kinds)
    part = part_of(opened, change, again)
    places = [one for k in kinds for one in _places(part, _Named(f"{verb} {k}", part.source.vocabulary), again)]
    short = [Span(one.file, one.line, one.column, one.line, one.column + len(verb)) for one in places]
    return renaming(part, short, change, read, again)


def check_term(vocabulary: Vocabulary, old: str, new: str) -> None:
    """Raise `RenamingError` where a term cannot be given the name, whatever the rules say."""
    if old not in vocabulary.terms:
        help = vocabulary.did_you_mean(old, "", "name a term that the vocabulary declares", vocabulary.terms)
        raise RenamingError(f"the vocabulary has no term `{old}`", help)
    if not is_name(new) or new in RESERVED_WORDS:
        raise RenamingError(
            f"`{new}` is no name of a term", "write lower-case letters, digits and underscores; no word of the language"
        )
    if new == old:
        raise RenamingError(f"`{new}` is what it is named already", "give another name")
    if new in vocabulary.terms:
        raise RenamingError(f"`{new}` is declared already", "give a name that no term has")
    valued = next((f.name for f in vocabulary.facts.values() if {old, new} & {*f.type.values}), "")
    if valued:
        shared = old if old in vocabulary.facts[valued].type.values else new
        raise RenamingError(
            f"`{shared}` is a value of `{valued}` as well, and a construal of one speaks of both",
            "rename it by hand where it stands, and run `mutandis check`",
        )


def check_action(vocabulary: Vocabulary, old: str, new: str) -> tuple[str, ...]:
    """The terms whose action of that verb changes its name: the action's own and its sub-kinds.

    Raises `RenamingError` where the name cannot be given, whatever the rules say.
    """
    verb, _, term = old.partition(" ")
    wanted, space, other = new.partition(" ")
    if old not in vocabulary.actions:
        help = vocabulary.did_you_mean(old, "", "name an action that the vocabulary declares", vocabulary.actions)
        raise RenamingError(f"the vocabulary has no action `{old}`", help)
    if not space or other != term or not is_name(wanted):
        raise RenamingError(
            f"`{new}` is no other name for an action on `{term}`",
            f"write `verb {term}`, the verb of lower-case letters, digits and underscores",
        )
    if wanted == verb:
        raise RenamingError(f"`{new}` is what it is named already", "give another name")
    kind = next((k for k in vocabulary.kinds_of(term)[1:] if f"{verb} {k}" in vocabulary.actions), "")
    if kind:
        raise RenamingError(
            f"`{old}` is inherited from `{verb} {kind}`", f"rename `{verb} {kind}`: it changes for all kinds of {kind}"
        )
    kinds = vocabulary.sub_kinds(term)
    taken = next((f"{wanted} {k}" for k in kinds if f"{wanted} {k}" in vocabulary.actions), "")
    if taken:
        raise RenamingError(f"`{taken}` is declared already", "give a verb that no kind of the term has")
    return kinds


@dataclass(frozen=True, slots=True)
class _Named:
    """A term, or an action as a whole, as it is looked for."""

    name: str
    vocabulary: Vocabulary

    @property
    def is_term(self) -> bool:
        return " " not in self.name

    def in_text(self, node: ScalarNode) -> Iterator[Span]:
        """Where a text names it: alone, before a fact's attribute, as an action's object, in the type of a list."""
        if node.origin is None:
            return
        for match in re.finditer(rf"(?<![\w.]){re.escape(self.name)}(?![\w])", node.text):
            if self.is_term and re.match(r"\s+[a-z]", node.text[match.end() :]):
                continue  # a verb that is spelled like the term
            yield node.origin.span(match.start(), match.end())

    def in_tree(self, node: YamlNode, *, keys: bool) -> Iterator[Span]:
        match node:
            case ScalarNode():
                yield from self.in_text(node)
            case SequenceNode(items=items):
                for item in items:
                    yield from self.in_tree(item, keys=keys)
            case MappingNode(entries=entries):
                for key, value in entries:
                    if keys:
                        yield from self.in_text(key)
                    yield from self.in_tree(value, keys=keys)

    def in_condition(self, node: t.Expression) -> Iterator[Span]:
        for part in t.walk(node) if self.is_term else ():
            if isinstance(part, t.Fact) and part.name.partition(".")[0] == self.name:
                span = part.span
                yield Span(span.file, span.line, span.column, span.line, span.column + len(self.name))


def _places(opened: Opened, named: _Named, again: Rereading) -> Iterator[Span]:
    for article in opened.source.articles:
        for rule in article.rules:
            for expression in expressions_of(rule):
                yield from named.in_condition(expression)
    for file, text in opened.files.items():
        if not file.endswith((".yaml", ".yml")) or named.name not in text:
            continue
        for document in again.yaml(text, file).documents:
            if not isinstance(document, MappingNode):
                continue
            if is_case_file(file):
                yield from _in_case(document, named)
            elif file.rpartition("/")[2] == "vocabulary.yaml":
                yield from _in_vocabulary(document, named)
            else:
                for _, division in _entries(document.get("divisions")) if named.is_term else ():
                    for key, terms in _entries(division):
                        if key.text == "terms":
                            yield from named.in_tree(terms, keys=False)
                rules = document.get("rules")
                for written in rules.items if isinstance(rules, SequenceNode) else ():
                    yield from _in_rule(written, named)


def _in_vocabulary(document: MappingNode, named: _Named) -> Iterator[Span]:
    for key, term in _entries(document.get("terms")):
        if named.is_term:
            yield from named.in_text(key)
        for inner, value in _entries(term):
            if inner.text == "kind_of":
                yield from named.in_tree(value, keys=False)
            for _, fact in _entries(value) if inner.text == "attributes" else ():
                for of_fact, said in _entries(fact):
                    if of_fact.text in _OF_FACTS:
                        yield from named.in_tree(said, keys=False)
    for key, action in _entries(document.get("actions")):
        yield from named.in_text(key)
        for inner, value in _entries(action):
            if inner.text in _OF_ACTIONS:
                yield from named.in_tree(value, keys=False)


def _in_rule(rule: YamlNode, named: _Named) -> Iterator[Span]:
    for key, value in _entries(rule):
        if key.text == "construe":
            for source, target in _entries(value):
                yield from named.in_text(source)
                # What is more than names is a condition, found by its tree.
                for one in (target,) if isinstance(target, ScalarNode) else getattr(target, "items", ()):
                    if isinstance(one, ScalarNode) and re.fullmatch(r"[a-z0-9_]+(?:[. ][a-z0-9_]+)?", one.text):
                        yield from named.in_text(one)
        elif key.text in _OF_RULES:
            yield from named.in_tree(value, keys=False)


def _in_case(document: MappingNode, named: _Named) -> Iterator[Span]:
    if named.is_term:
        for key, _ in _entries(document.get("facts")):
            yield from named.in_text(key)
    for name in ("ask", "expect"):
        part = document.get(name)
        if part is not None:
            yield from named.in_tree(part, keys=False)


def _entries(node: YamlNode | None) -> tuple[tuple[ScalarNode, YamlNode], ...]:
    return node.entries if isinstance(node, MappingNode) else ()


def rename_case(opened: Opened, file: str, old: str, new: str, again: Rereading) -> Renaming:
    """The rulebook with a case of a file under another name, also where others of the file go on from it.

    Raises `RenamingError` where no case of the file is named so, or the name is none or another case's.
    """
    named = {case.name for case in opened.cases_of(file)}
    if old not in named:
        raise RenamingError(f"`{file}` has no case `{old}`", "name a case of the file")
    if not re.fullmatch(r"[^\s#&*!|>'\"%@`{}\[\],:?-](?:[^\n:#]|:(?=\S)|(?<=\S)#)*", new) or new != new.strip():
        raise RenamingError(
            f"`{new}` cannot stand as a plain text", "write one line that begins with a letter or digit"
        )
    if new in named:
        raise RenamingError(f"a case of the file is named `{new}` already", "say in the name what tells them apart")
    spans = []
    for document in again.yaml(opened.files[file], file).documents:
        for node in (document.get("case"), document.get("after")) if isinstance(document, MappingNode) else ():
            if not isinstance(node, ScalarNode) or node.text != old:
                continue
            if node.origin is None or node.style != "plain":
                raise RenamingError(f"the name `{old}` is in quotes", "rename it by hand where it stands")
            spans.append(node.origin.span(0, len(node.text)))
    made = laid_out(opened.files, put_in_place(opened, [(spans, old, new)]), again)
    refuse_errors(one for name, text in made.texts.items() for one in again.cases(text, name).diagnostics)
    return made
