"""Whether a mutant is found: by `check`, by `check --text`, or by a case of its law.

Everything that a mutant leaves as it is stays read: the other articles, the cases and their facts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Literal

from mutandis.api import Rulebook
from mutandis.backends.sparing import sparing
from mutandis.diagnostics import DiagnosedError, Diagnostic, Severity
from mutandis.facts import Facts
from mutandis.link.linker import link
from mutandis.link.program import Program
from mutandis.rulebook.article_file import read_article_file
from mutandis.rulebook.case_file import CaseFile
from mutandis.rulebook.model import Article, Source
from mutandis.rulebook.yaml_source import read_yaml
from mutandis_tools.casebook.ask import ask_case
from mutandis_tools.casebook.run import facts_before
from mutandis_tools.coverage.locked_places import check_rule_places
from mutandis_tools.opening import Opened, read_case
from mutandis_tools.text_check.check import check_against_texts
from mutants.operators import Mutant, mutants_of

_Read = tuple[CaseFile, Facts, Facts | None]
"""A case, its facts, and those of the case from which an assessment goes on."""

Found = Literal["check", "text", "test", ""]
"""What found a mutant; empty: it survived."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A mutant, what found it, and the case or the message that did."""

    mutant: Mutant
    found: Found
    by: str = ""


class Planter:
    """Plants faults in one law of a rulebook that has none."""

    def __init__(self, opened: Opened, law: str, *, alone: bool = False) -> None:
        """`alone` leaves out the other laws that have a text: they are linked with every mutant for nothing where no
        rule of this law needs theirs.
        """
        self.opened, self.law = opened, law
        self.locks = opened.locks
        left_out = set(opened.locks) - {law} if alone else set()
        self.articles = tuple(one for one in opened.source.articles if one.law not in left_out)
        self.source = replace(opened.source, articles=self.articles)

    def mutants(self, seed: int) -> list[Mutant]:
        """Every mutant of the law, in an order that `seed` fixes."""
        random = Random(seed)
        roles = sorted({role for article in self.articles for rule in article.rules for role in rule.by})
        files = {article.span.file for article in self.articles if article.law == self.law}
        found = [one for file in sorted(files) for one in mutants_of(file, self.source.files[file], roles, random)]
        random.shuffle(found)
        return found

    def planted(self, mutant: Mutant) -> Source | Diagnostic:
        """The rulebook with the mutant in it, or why its file is not read."""
        read = self.read(mutant)
        return read if isinstance(read, Diagnostic) else self.with_articles({mutant.file: read})

    def read(self, mutant: Mutant) -> tuple[Article, ...] | Diagnostic:
        """The articles of its file with the mutant in them, or why the file is not read."""
        vocabulary = self.source.vocabulary
        read = read_article_file(read_yaml(mutant.text.encode(), mutant.file), mutant.file, self.law, vocabulary)
        return read.diagnostics[0] if read.diagnostics else tuple(read.articles)

    def with_articles(self, files: Mapping[str, Sequence[Article]]) -> Source:
        """The rulebook with these articles in place of what the files held."""
        articles = self.articles
        for file, changed in files.items():
            places = [at for at, article in enumerate(articles) if article.span.file == file]
            articles = (*articles[: places[0]], *changed, *articles[places[-1] + 1 :])
        return replace(self.source, articles=articles)


class Bench(Planter):
    """A planter with all that looks for a fault."""

    def __init__(self, opened: Opened, law: str, texts: Path | None, *, alone: bool = False) -> None:
        """`texts` is the folder of the official texts, None where rules are not compared with them. Raises `ValueError`
        where a case of the law fails before anything is planted.
        """
        super().__init__(opened, law, alone=alone)
        self.texts = texts
        self.before = {_told(one) for one in self._check(self.source)}
        self.text_before = {_told(one) for one in self._compare(self.source)}
        mine = (case for case in opened.cases.cases if case.law == law)
        self.cases: tuple[_Read, ...] = tuple(
            (case, read_case(opened, case).facts, facts_before(opened, case)) for case in mine
        )
        program = link(self.source, self.locks).program
        failing = self._first_failing(program, self.cases) if program is not None else "nothing links"
        if failing:
            raise ValueError(f"before anything is planted: {failing}")

    def verdict(self, mutant: Mutant) -> Verdict:
        """Plants the mutant and looks who finds it: the checks first, then the texts, then the cases."""
        planted = self.planted(mutant)
        if isinstance(planted, Diagnostic):
            return Verdict(mutant, "check", planted.message)
        linked = link(planted, self.locks)
        new = [one for one in (*linked.diagnostics, *self._places(planted)) if _told(one) not in self.before]
        worth = [one for one in new if one.severity is not Severity.NOTE]
        if worth or linked.program is None:
            return Verdict(mutant, "check", worth[0].message if worth else "does not link")
        compared = [one for one in self._compare(planted) if _told(one) not in self.text_before]
        if compared:
            return Verdict(mutant, "text", compared[0].message)
        failing = self._first_failing(linked.program, self._ordered(mutant.file))
        return Verdict(mutant, "test" if failing else "", failing)

    @staticmethod
    def _first_failing(program: Program, cases: Sequence[_Read]) -> str:
        """The name of the first case that is answered otherwise than it expects; empty if there is none."""
        rulebook, decider = Rulebook(program), sparing(program)
        for case, facts, before in cases:
            try:
                differences, _ = ask_case(rulebook, case, facts, decider, before)
            except DiagnosedError as error:
                return f"{case.name}: {error}"
            if differences:
                return case.name
        return ""

    def _ordered(self, file: str) -> list[_Read]:
        """The cases, those about articles of the file first."""
        numbers = {article.number for article in self.articles if article.span.file == file}
        return sorted(self.cases, key=lambda one: not any(about.first.article in numbers for about in one[0].tests))

    def _check(self, source: Source) -> tuple[Diagnostic, ...]:
        return (*link(source, self.locks).diagnostics, *self._places(source))

    def _places(self, source: Source) -> tuple[Diagnostic, ...]:
        return tuple(check_rule_places(source.articles, self.opened.locks))

    def _compare(self, source: Source) -> tuple[Diagnostic, ...]:
        if self.texts is None:
            return ()
        laws = {self.law: self.source.laws[self.law]}
        return check_against_texts(replace(source, laws=laws), (), self.texts)


def _told(found: Diagnostic) -> tuple[str, str]:
    return found.slug, found.message


def tally(verdicts: Sequence[Verdict]) -> Mapping[Found, int]:
    """How many were found by what."""
    counts: dict[Found, int] = {"check": 0, "text": 0, "test": 0, "": 0}
    for one in verdicts:
        counts[one.found] += 1
    return counts
