"""The rulebook as it last stood: what its texts say, what refers to what, where each name is declared and read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from mutandis.citation import Citation, CitationRange, parse_citation, short_form
from mutandis.condition.tree import Fact, walk
from mutandis.dataclass import replace
from mutandis.diagnostics import Severity
from mutandis.graph import Graph, build_graph
from mutandis.link.rule_parts import located_expressions
from mutandis.rulebook.load import load_text
from mutandis.rulebook.lock import provisions_of
from mutandis.rulebook.model import Article, Rule
from mutandis.source import NOWHERE, Span
from mutandis.vocabulary import Vocabulary
from mutandis_tools.names import Names
from mutandis_tools.opening import Opened

_EXTERNAL = re.compile(r"ext:[a-z][a-z0-9-]*(?:/[0-9](?:[0-9().-]*[0-9)])?)?")


class Standing:
    """One reading of a rulebook, with what an editor asks of it; each part is worked out when it is first asked for."""

    def __init__(self, opened: Opened) -> None:
        self.opened = opened

    def prepare(self) -> None:
        """Work out beforehand what a question would otherwise wait for."""
        for part in (self.files, self.names, self.rules, self.places, self.readers, self.appliers, self.vocabulary):
            assert part is not None  # asked for, and so worked out

    @cached_property
    def files(self) -> Mapping[str, str]:
        """The text of every file."""
        return dict(self.opened.files)

    @cached_property
    def names(self) -> Names:
        """What the rulebook calls things."""
        return self.opened.names

    @cached_property
    def is_vocabulary_readable(self) -> bool:
        """False where a vocabulary file could not be read in full, so that names may only seem to be unknown."""
        return not any(
            one.severity is Severity.ERROR and one.span.file.endswith("vocabulary.yaml")
            for one in self.opened.source.diagnostics
        )

    @cached_property
    def rules(self) -> Mapping[str, tuple[Rule, ...]]:
        """The rules of each file, in its order."""
        found: dict[str, list[Rule]] = {}
        for article in self.opened.source.articles:
            for rule in article.rules:
                found.setdefault(rule.span.file, []).append(rule)
        return {name: tuple(sorted(rules, key=lambda rule: rule.span)) for name, rules in found.items()}

    @cached_property
    def places(self) -> Mapping[Citation, tuple[Rule, ...]]:
        """The rules at each provision."""
        found: dict[Citation, list[Rule]] = {}
        for rules in self.rules.values():
            for rule in rules:
                found.setdefault(rule.at, []).append(rule)
        return {at: tuple(rules) for at, rules in found.items()}

    @cached_property
    def articles(self) -> Mapping[Citation, Article]:
        """The articles by their citations."""
        return {article.citation: article for article in self.opened.source.articles}

    @cached_property
    def readers(self) -> Mapping[str, tuple[Citation, ...]]:
        """For each fact the places whose conditions and values read it."""
        found: dict[str, dict[Citation, None]] = {}
        for rules in self.rules.values():
            for rule in rules:
                for place, expression in located_expressions(rule):
                    for node in walk(expression):
                        if isinstance(node, Fact):
                            found.setdefault(node.name, {})[place] = None
        return {name: tuple(sorted(places)) for name, places in found.items()}

    @cached_property
    def graph(self) -> Graph:
        """What refers to what."""
        return build_graph(self.opened.source, self.opened.linked.program, provisions_of(self.opened.locks))

    @cached_property
    def externals(self) -> tuple[str, ...]:
        """The provisions outside the rulebook that its rules name."""
        return tuple(sorted({one for text in self.opened.source.files.values() for one in _EXTERNAL.findall(text)}))

    @cached_property
    def delegates(self) -> tuple[str, ...]:
        """To what matters are left."""
        rules = (rule for listed in self.rules.values() for rule in listed)
        return tuple(sorted({rule.text for rule in rules if rule.effect == "delegate"}))

    @cached_property
    def penalties(self) -> tuple[str, ...]:
        """The kinds of penalties that rules threaten."""
        rules = (rule for listed in self.rules.values() for rule in listed)
        return tuple(sorted({one.kind for rule in rules if rule.penalty is not None for one in rule.penalty.options}))

    @cached_property
    def appliers(self) -> Mapping[str, tuple[str, ...]]:
        """For each provision that clauses apply, the places of these clauses."""
        found: dict[str, set[str]] = {}
        for edge in self.graph.edges:
            if edge.kind == "applies":
                found.setdefault(edge.target, set()).add(edge.source)
        return {place: tuple(sorted(clauses)) for place, clauses in found.items()}

    def appliers_of(self, at: Citation) -> tuple[str, ...]:
        """The places of the clauses that apply a provision, or what it stands in."""
        around = (Citation(at.law, at.article), replace(at, subparagraph="", item="", subitem="", sentence=""))
        places = dict.fromkeys(map(str, (*around, at.without_sentence(), at)))
        found = {clause: parse_citation(clause) for place in places for clause in self.appliers.get(place, ())}
        return tuple(sorted(found, key=lambda clause: found[clause]))

    def cited(self, cited: CitationRange) -> tuple[Rule, ...]:
        """The rules at the provisions that a citation speaks of."""
        return tuple(rule for at, rules in self.places.items() if cited.covers(at) for rule in rules)

    def short(self, at: Citation) -> str:
        """A provision as a person cites it."""
        law = self.opened.source.laws.get(at.law)
        return short_form(at, law.short, law.cited_by) if law is not None else str(at)

    def declared(self, word: str) -> Span | None:
        """Where a fact, action or term of that name is declared."""
        vocabulary = self.vocabulary
        for table in (vocabulary.facts, vocabulary.actions, vocabulary.terms):
            found = table.get(word)
            if found is not None:
                return found.span
        return None

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The vocabulary with the places of its declarations, which a rulebook that was kept does not have."""
        kept = self.opened.source.vocabulary
        if any(term.span != NOWHERE for term in kept.terms.values()):
            return kept
        return load_text(vocabulary_files(self.files)).vocabulary


def vocabulary_files(files: Mapping[str, str]) -> dict[str, str]:
    """The texts of the vocabulary files among these."""
    return {name: files[name] for name in files if name.rpartition("/")[2] == "vocabulary.yaml" and name.count("/") < 2}
