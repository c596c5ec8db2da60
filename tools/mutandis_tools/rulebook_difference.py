"""Everything that differs between two rulebooks, or between one at two dates, put together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from mutandis.api import Rulebook
from mutandis.dataclass import dataclass
from mutandis.decide.result_parts import FactValue
from mutandis.rulebook.model import Article
from mutandis_tools.comparison.answers import answer_of_value, given_by, is_amount
from mutandis_tools.comparison.declarations import DeclarationChange, compare_declarations
from mutandis_tools.comparison.dependence import otherwise_on, touched_by_amendment
from mutandis_tools.comparison.outcomes import OutcomeChange, Side, cases_of_both, compare_outcomes, verdict_of
from mutandis_tools.comparison.renaming import NOTHING_RENAMED, Renaming, find_renaming
from mutandis_tools.comparison.rules import RuleChange, compare_rules
from mutandis_tools.comparison.semantic import SemanticDifference
from mutandis_tools.comparison.touched import Touched, has_equal_meaning, touched_by, unread_wordings
from mutandis_tools.comparison.witness import Witness
from mutandis_tools.opening import Opened
from mutandis_tools.rulebook_graph import reached_by


@dataclass(frozen=True, slots=True)
class Comparison:
    """All differences. `reached` and `touched` are of each rule that differs.

    `equal` are the rules that say something else and decide every case as before. `unread` are provisions whose locked
    wording is another and whose rules are not, `pages` the chapters whose page says something else now. `meaning` is
    None where nothing was proved. `amounts` are the facts that rules of the new rulebook give any number of values,
    `renaming` what has another name in it.
    """

    declarations: tuple[DeclarationChange, ...]
    rules: tuple[RuleChange, ...]
    reached: Mapping[RuleChange, tuple[str, ...]]
    touched: Mapping[RuleChange, Touched]
    equal: frozenset[RuleChange]
    outcomes: tuple[OutcomeChange, ...]
    meaning: SemanticDifference | None
    unread: tuple[str, ...]
    pages: tuple[str, ...] = ()
    amounts: frozenset[str] = frozenset()
    renaming: Renaming = NOTHING_RENAMED

    @property
    def differs(self) -> bool:
        """True if anything does."""
        answers = self.meaning is not None and bool(self.meaning.actions or self.meaning.values)
        return bool(self.rules or self.declarations or self.outcomes or self.unread or answers)

    def held_by(self, witness: Witness) -> str | None:
        """The shipped case that flips as the witness does; None where no case holds it."""
        for one in self.outcomes:
            if one.case.ask.subject != witness.subject[1] or one.old is None or one.new is None:
                continue
            shown = witness.old.part(witness.aspect), witness.new.part(witness.aspect)
            if (verdict_of(one.old), verdict_of(one.new)) == shown:
                return one.case.name
            if witness.subject[1] in self.amounts and isinstance(one.old, FactValue) and isinstance(one.new, FactValue):
                # Of amounts there is any number of pairs: what counts is where they are given.
                answers = answer_of_value(one.old), answer_of_value(one.new, self.renaming.old_place)
                if given_by(*answers) == given_by(witness.old, witness.new):
                    return one.case.name
        return None


def same_files(old: Opened, new: Opened) -> bool:
    """True where two rulebooks are known to have the same files."""
    return bool(old.shelf.key) and old.shelf.key == new.shelf.key


def have_files(old: Opened, new: Opened) -> bool:
    """True where neither of two rulebooks is a bundle, which has no files of rules."""
    return not (old.location.is_bundle or new.location.is_bundle)


Meaning = Callable[[Renaming], SemanticDifference | None]
"""What finds what is otherwise in any case, given what has another name."""


def compare_rulebooks(
    old: Opened,
    new: Opened,
    books: tuple[Rulebook, Rulebook],
    meaning: Meaning,
    only_verdicts: bool = False,
    named: tuple[DeclarationChange, ...] = (),
) -> Comparison:
    """Two rulebooks. A bundle has no rule files and no cases: of it answers and declarations are compared.

    `named` is told of what was given the name that the new rulebook has for it in the older one.
    """
    if same_files(old, new):
        alike = SemanticDifference(tuple(books[1].program.components), ())
        return Comparison(named, (), {}, {}, frozenset(), (), alike, ())
    sides = Side(old, books[0]), Side(new, books[1])
    has_files = have_files(old, new)
    cases = cases_of_both(old, new)
    before, after = old.source, new.source
    renaming = find_renaming(before.articles, after.articles, before.vocabulary, after.vocabulary)
    in_files = (old.cases.cases, new.cases.cases) if has_files else ((), ())
    found = (*named, *compare_declarations(before, after, *in_files, renaming))
    rules = compare_rules(old.source.articles, new.source.articles) if has_files else ()
    reached = reached_by(rules, old, new)
    unread = unread_wordings(rules, old.locks, new.locks)
    touched = touched_by_amendment(books[0].program, books[1].program, renaming.facts, renaming.places)
    outcomes = compare_outcomes(*sides, cases, touched, renaming)
    return _put_together(sides, outcomes, found, rules, reached, unread, meaning(renaming), only_verdicts, renaming)


def compare_dates(
    opened: Opened, book: Rulebook, days: tuple[dt.date, dt.date], meaning: Meaning, only_verdicts: bool = False
) -> Comparison:
    """One rulebook, the law as of two days: which rules came and went, and what that makes otherwise."""
    sides = Side(opened, book, days[0]), Side(opened, book, days[1])
    articles = tuple(tuple(_in_force(opened.source.articles, day)) for day in days)
    rules = compare_rules(*articles)
    reached = reached_by(rules, opened, opened)
    touched = otherwise_on(book.program, days)
    outcomes = compare_outcomes(*sides, opened.cases.cases, touched)
    return _put_together(sides, outcomes, (), rules, reached, (), meaning(NOTHING_RENAMED), only_verdicts)


def _in_force(articles: Iterable[Article], day: dt.date) -> Iterable[Article]:
    for article in articles:
        yield replace(article, rules=tuple(rule for rule in article.rules if rule.force.holds(day)))


def _put_together(
    sides: tuple[Side, Side],
    outcomes: tuple[OutcomeChange, ...],
    declarations: tuple[DeclarationChange, ...],
    rules: tuple[RuleChange, ...],
    reached: Mapping[RuleChange, tuple[str, ...]],
    unread: tuple[str, ...],
    meaning: SemanticDifference | None,
    only_verdicts: bool,
    renaming: Renaming = NOTHING_RENAMED,
) -> Comparison:
    if only_verdicts:
        outcomes = tuple(one for one in outcomes if one.changes_verdict)
    programs = sides[0].rulebook.program, sides[1].rulebook.program
    touched = {change: touched_by(change, programs, renaming.old_place) for change in rules}
    flipped = {one.case.ask.subject for one in outcomes}
    equal = frozenset(c for c in rules if has_equal_meaning(c, touched[c], meaning, flipped))
    amounts = frozenset(name for name, derived in programs[1].derived.items() if is_amount(derived))
    return Comparison(
        declarations, rules, reached, touched, equal, outcomes, meaning, unread, amounts=amounts, renaming=renaming
    )
