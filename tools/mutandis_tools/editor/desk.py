"""A rulebook while it is edited: its files as they stand in the editor, and everything wrong with them.

What a keystroke in one file changes is read again from that file alone, against the vocabulary as it last stood; the
rest (links, orders, cases, locks) is found by reading the whole, which the server does when typing pauses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from mutandis.citation import Citation, CitationError, parse_citation_range, short_form
from mutandis.diagnostics import Diagnostic, sort_diagnostics
from mutandis.graph import Graph, build_graph
from mutandis.link.linker import link
from mutandis.rulebook.article_file import read_article_file
from mutandis.rulebook.case_file import CasesRead, is_case_file, read_cases
from mutandis.rulebook.load import is_rulebook_file, load_text
from mutandis.rulebook.model import Rule
from mutandis.rulebook.yaml_source import read_yaml
from mutandis.source import NOWHERE, Span
from mutandis.vocabulary import Vocabulary
from mutandis_tools.location import Location
from mutandis_tools.opening import Opened, find_faults, known_to, open_kept, read_case
from mutandis_tools.store.files import Shelf


class Desk:
    """One rulebook folder, with the texts that are open in an editor over those on the disk."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.typed: dict[str, str] = {}
        self.opened: Opened = open_kept(Location(root, "named"))

    def name_of(self, path: Path) -> str | None:
        """The file's name in the rulebook; None for a file that is none of its."""
        try:
            name = path.resolve().relative_to(self.root.resolve()).as_posix()
        except ValueError:
            return None
        return name if is_rulebook_file(name) or is_case_file(name) else None

    def text(self, name: str) -> str:
        """The file as it stands in the editor, else on the disk; empty where there is none."""
        typed = self.typed.get(name)
        return self.files.get(name, "") if typed is None else typed

    # --- what is wrong ------------------------------------------------------------------------------------------------

    def own_faults(self, name: str) -> tuple[Diagnostic, ...]:
        """What is wrong in one rule or case file by itself, against the vocabulary as it last stood."""
        text, law = self.text(name), name.partition("/")[0]
        if is_case_file(name):
            read = read_cases(text, name)
            found = list(read.diagnostics)
            for case in read.cases:
                found.extend(read_case(self.opened, case).diagnostics)
            return sort_diagnostics(found)
        yaml_file = read_yaml(text, name)
        if name.rpartition("/")[2] in ("law.yaml", "vocabulary.yaml"):
            return yaml_file.diagnostics
        article = read_article_file(yaml_file, name, law, self.opened.source.vocabulary)
        return sort_diagnostics([*yaml_file.diagnostics, *article.diagnostics])

    def type(self, name: str, text: str) -> bool:
        """Take the text of a file as the editor has it; False where that is what the rulebook was read with."""
        if text == self.text(name):
            return False
        self.typed[name] = text
        return True

    def read_whole(self, from_disk: bool = False) -> tuple[Opened, tuple[Diagnostic, ...]]:
        """The rulebook as it stands in the editor, and everything wrong with it. Changes nothing: `take` it.

        `from_disk`: other files may have changed on the disk too.
        """
        opened = open_kept(Location(self.root, "named")) if from_disk else self.opened
        typed = {name: text for name, text in self.typed.items() if opened.files.get(name) != text}
        if typed:
            opened = _overlaid(opened, typed)
        return opened, find_faults(opened)

    def take(self, opened: Opened) -> None:
        """Answer from this reading from now on."""
        self.opened = opened
        for late in ("files", "vocabulary", "graph", "rules", "_places"):
            self.__dict__.pop(late, None)

    # --- what there is ------------------------------------------------------------------------------------------------

    @cached_property
    def files(self) -> Mapping[str, str]:
        """The text of every file, as the rulebook last stood."""
        return dict(self.opened.files)

    @cached_property
    def graph(self) -> Graph:
        """What refers to what, as the rulebook last stood."""
        return build_graph(self.opened.source, self.opened.linked.program, known_to(self.opened.locks))

    @cached_property
    def rules(self) -> Mapping[str, tuple[Rule, ...]]:
        """The rules of each file, in its order."""
        found: dict[str, list[Rule]] = {}
        for article in self.opened.source.articles:
            for rule in article.rules:
                found.setdefault(rule.span.file, []).append(rule)
        return {name: tuple(sorted(rules, key=lambda rule: rule.span)) for name, rules in found.items()}

    @cached_property
    def _places(self) -> Mapping[Citation, tuple[Rule, ...]]:
        found: dict[Citation, list[Rule]] = {}
        for rules in self.rules.values():
            for rule in rules:
                found.setdefault(rule.at, []).append(rule)
        return {at: tuple(rules) for at, rules in found.items()}

    def cited(self, text: str, name: str) -> tuple[Rule, ...]:
        """The rules at the provisions that a citation written in the file speaks of; none where it is no citation."""
        law, number = name.partition("/")[0], self.article_of(name)
        try:
            cited = parse_citation_range(text, law=law, article=number)
        except CitationError:
            return ()
        return tuple(rule for at, rules in self._places.items() if cited.covers(at) for rule in rules)

    def article_of(self, name: str) -> str:
        """The number of the article that a rule file is about; empty for other files."""
        return next((a.number for a in self.opened.source.articles if a.span.file == name), "")

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
        return load_text({name: text for name, text in self.files.items() if is_rulebook_file(name)}).vocabulary


def _overlaid(before: Opened, typed: Mapping[str, str]) -> Opened:
    """The rulebook with these texts in the place of what its files have."""
    files = {**before.source.files, **{n: t for n, t in typed.items() if is_rulebook_file(n)}}
    source = load_text(files)
    texts = {**before.cases.files, **{n: t for n, t in typed.items() if is_case_file(n)}}
    cases = [read_cases(text, name) for name, text in texts.items()]
    read = CasesRead(
        tuple(case for one in cases for case in one.cases),
        tuple(fault for one in cases for fault in one.diagnostics),
        {name: text for one in cases for name, text in one.files.items()},
    )
    linked = link(source, known_to(before.locks))
    return replace(before, source=source, linked=linked, cases=read, shelf=Shelf(""))
