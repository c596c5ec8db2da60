"""What a change of the official text reaches: rules, references before and after, clauses, users of a term.

Works on the comparison of two texts (or of a text with the lock). What only the older text could tell is None where
that text is not at hand, never empty: "none" and "not looked for" are two things.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace

from mutandis.citation import Citation, CitationError, parse_citation
from mutandis.dataclass import dataclass
from mutandis.link.rule_parts import places_of
from mutandis.rulebook.law import Law
from mutandis.rulebook.model import Article
from mutandis_text.comparison.compare import SAME_WORDS, ChangeOf, Comparison, ProvisionChange
from mutandis_text.comparison.tree import parent_id
from mutandis_text.comparison.units import is_heading, name_place, walk_locked
from mutandis_text.document import Provision, StatuteDocument, walk_provisions
from mutandis_text.references.find import Reference, ReferenceReport, find_references
from mutandis_text.references.kinds import ReferenceKind
from mutandis_text.time.history import ClauseKind, TransitionalClause, list_history, list_transitions
from mutandis_text.time.instruments import InstrumentRecord, list_instruments
from mutandis_tools.amendment.citing import Citing, citing_of
from mutandis_tools.amendment.gone import GoneArticle, SplitArticle, find_gone, find_split
from mutandis_tools.amendment.shifted import Shifted, find_shifted

_SAME_TO_RULES = SAME_WORDS | {ChangeOf.MOVED, ChangeOf.RENUMBERED}
"""What asks for no rule where there is none: it says what it said, wherever it stands."""

RulePlaces = Mapping[tuple[str, str], tuple[tuple[Citation, str], ...]]


@dataclass(frozen=True, slots=True)
class Reached:
    """One change with what it reaches.

    `rules` stand on the provision; `wants_rules`: it has wording, and none do. `before` and `now` refer to it in the
    older and the newer text. `broken` are its own references that do not hold. `instruments` changed it, with force
    `since`; `clauses` of the addenda govern it. `applied_by` carry it over (`shall apply mutatis mutandis`), whole laws
    and chapters too. `users` use a term that it defines. Where it has another number now or none, `cited_in` names it
    in the rulebook by the number it had: rules, words, cases.
    """

    change: ProvisionChange
    rules: tuple[str, ...] = ()
    wants_rules: bool = False
    before: tuple[str, ...] | None = None
    now: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    since: dt.date | None = None
    clauses: tuple[TransitionalClause, ...] = ()
    applied_by: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    users: tuple[str, ...] = ()
    cited_in: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """`act/62 → act/63`, or the one id; with words for what is no citation."""
        change = self.change
        words = name_place(change.id)
        told = f" ({words})" if words else ""
        if change.old and change.new and change.old != change.new:
            return f"{change.old} → {change.new}{told}"
        return f"{change.id}{told}"


@dataclass(frozen=True, slots=True)
class AmendmentReport:
    """Everything a newer text changed and reaches. `broken` are references of other provisions that held before,
    `shifted` those that name another provision now.

    `new_words` and `headings` are those of the newer text by id, `order` the ids of each article in its order, `file`
    what the newer text was read from, `modelled` the articles (by id) that have a rule file. `repeats` are provisions
    of which nothing else is to be told than of the one they stand in: what refers to it, governs it, carries it over.
    `clauses` are the transitional clauses of the new instruments, whatever they name of this law. `gone` are the
    articles that are there no more, `split` those that came out of others.
    """

    law: str
    title: str
    comparison: Comparison
    instruments: tuple[InstrumentRecord, ...]
    reached: tuple[Reached, ...]
    broken: tuple[Reference, ...] = ()
    shifted: tuple[Shifted, ...] = ()
    has_old: bool = False
    modelled: frozenset[str] = frozenset()
    new_words: Mapping[str, str] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)
    order: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    file: str = ""
    repeats: frozenset[str] = frozenset()
    clauses: tuple[TransitionalClause, ...] = ()
    gone: tuple[GoneArticle, ...] = ()
    split: tuple[SplitArticle, ...] = ()


def report_amendment(
    comparison: Comparison,
    new: StatuteDocument,
    old: StatuteDocument | None,
    articles: Sequence[Article],
    law: Law | None,
    citing: Citing = (),
) -> AmendmentReport:
    """Put together what a comparison reaches; `law` is what `law.yaml` says, None if there is none.

    `citing` is who in the rulebook cites what.
    """
    report = find_references(new)
    earlier = find_references(old) if old is not None else None
    records = list_instruments(new, report)
    fresh = _new_instruments(records, old, earlier, law)
    places = rule_places(articles)
    looks = _Looks(comparison, new, report, old, earlier, places, records, fresh, citing)
    reached = tuple(looks.reach(change) for change in comparison.changes)
    had = {root.id: root.heading or "" for root in _roots(old)} if old is not None else {}
    live = {root.id: root.heading or "" for root in _roots(new) if root.is_live}
    modelled = frozenset(f"{one.law}/{one.number}" for one in articles)
    units = tuple(walk_locked(new))
    roots = (*new.articles, *(child for one in new.addenda for child in (one.body.children or (one.body,))))
    order = {
        root.id: tuple(unit.id for unit in units if unit.unit is not None and root.extent.contains(unit.unit.extent))
        for root in (*roots, *(annex.body for annex in new.annexes))
        if any(root.id in _with_parents(one.change.id) for one in reached)
    }
    return AmendmentReport(
        comparison.law,
        new.head.title,
        comparison,
        fresh,
        reached,
        looks.broken(),
        find_shifted(comparison, earlier, report),
        old is not None,
        modelled,
        {unit.id: unit.text for unit in units},
        {root.id: root.heading or had.get(root.id, "") for root in roots},
        order,
        new.file,
        frozenset(_repeats(reached)),
        tuple(one for one in looks.clauses if one.kind is not ClauseKind.OTHER_LAWS),
        find_gone(comparison, had, live),
        find_split(comparison, had, live),
    )


def _roots(text: StatuteDocument) -> tuple[Provision, ...]:
    """The articles of the body, and the annexes."""
    return *text.articles, *(annex.body for annex in text.annexes)


def _can_have_rules(name: str) -> bool:
    """False for a preamble, and for addenda, of which only the transitional clauses are to be written."""
    return "/addenda-" not in name and not name.endswith("/preamble")


def loses_its_number(change: ProvisionChange) -> bool:
    """True where what cites it by the number it had would mean another provision now, or none."""
    gone = ChangeOf.DELETED in change.changes or change.old != change.new
    return change.old is not None and gone and not change.follows


def rule_places(articles: Iterable[Article]) -> RulePlaces:
    """Every place that a rule file speaks of with the rule's id, by law and article; places not modelled too."""
    found: dict[tuple[str, str], list[tuple[Citation, str]]] = defaultdict(list)
    for article in articles:
        for rule in article.rules:
            for place in places_of(rule):
                found[place.law, place.article].append((place, rule.id))
        for place, _ in article.not_modelled:
            found[place.law, place.article].append((place, f"{place} (not modelled)"))
    return {key: tuple(dict.fromkeys(pairs)) for key, pairs in found.items()}


def _repeats(reached: Sequence[Reached]) -> Iterator[str]:
    by_new = {one.change.new: one for one in reached if one.change.new}
    for name, one in by_new.items():
        above = by_new.get(parent_id(name or ""))
        if above is not None and (one.before, one.now, one.clauses, one.applied_by) == (
            above.before,
            above.now,
            above.clauses,
            above.applied_by,
        ):
            yield one.change.id


def _new_instruments(
    records: Sequence[InstrumentRecord], old: StatuteDocument | None, earlier: ReferenceReport | None, law: Law | None
) -> tuple[InstrumentRecord, ...]:
    """The instruments that the older text (or `law.yaml`) does not have."""
    if old is not None and earlier is not None:
        known = {record.id for record in list_instruments(old, earlier)}
    else:
        known = {instrument.id for instrument in law.instruments} if law is not None else set()
    return tuple(record for record in records if record.id not in known)


class _Looks:
    """The indexes that each change is looked up in, made once."""

    def __init__(
        self,
        comparison: Comparison,
        new: StatuteDocument,
        report: ReferenceReport,
        old: StatuteDocument | None,
        earlier: ReferenceReport | None,
        places: RulePlaces,
        records: Sequence[InstrumentRecord],
        fresh: Sequence[InstrumentRecord],
        citing: Citing,
    ) -> None:
        self.law = comparison.law
        self.citing = citing
        self.places = places
        self.now = _referring(report)
        self.before = _referring(earlier) if earlier is not None else None
        self.was_there = set(comparison.origins.values()) | {c.old for c in comparison.changes if c.old}
        self.report, self.earlier = report, earlier
        self.origins = comparison.origins
        self.told = {change.new for change in comparison.changes}
        self.fresh = {record.id: record for record in fresh}
        self.history = {past.provision: past.events for past in list_history(new, records)}
        ids = {record.addenda for record in fresh if record.addenda}
        clauses = list_transitions(new, records, report)
        self.clauses = [one for one in clauses if any(_covers(addendum, one.provision) for addendum in ids)]
        self.applying = [r for r in report.references if r.kind is ReferenceKind.MUTATIS_MUTANDIS and not r.earlier]
        self.defining = _defining(report)
        if earlier is not None:
            for name, terms in _defining(earlier).items():
                self.defining.setdefault(name, terms)
        self.words = {unit.id: unit.text.lower() for unit in walk_locked(new)}
        self.gone = {one.id for one in walk_provisions(new) if not one.is_live}
        self.renumbered = {was: now for now, was in comparison.origins.items()}
        self.failing = defaultdict(list)
        self.failed = {(r.origin, r.raw) for r in earlier.broken} if earlier is not None else set[tuple[str, str]]()
        for reference in report.broken:
            if not self._was_right(reference) and not self._failed_before(reference):
                self.failing[reference.origin].append(f"{reference.raw}: {self._why_broken(reference)}")

    def reach(self, change: ProvisionChange) -> Reached:
        """What one change reaches."""
        rules = self._rules_on(change)
        has_words = bool(change.new) and bool(self.words.get(change.new or ""))
        heads = is_heading(change.id)
        wants = not rules and has_words and change.new in self.told and not set(change.changes) <= _SAME_TO_RULES
        since, instruments = self._since(change)
        terms = self.defining.get(change.new or "", self.defining.get(change.old or "", ()))
        return Reached(
            change,
            rules,
            wants and not heads and _can_have_rules(change.id) and ChangeOf.DELETED not in change.changes,
            None if self.before is None else _named(change.old, self.before),
            _named(change.new, self.now) if change.new and ChangeOf.DELETED not in change.changes else (),
            tuple(dict.fromkeys(self.failing.get(change.new or "", ()))),
            instruments,
            since,
            tuple(one for one in self.clauses if self._governs(one, change)),
            tuple(self._applying(change)),
            terms,
            tuple(self._users(change, terms)),
            citing_of(change.old, self.citing) if change.old and loses_its_number(change) else (),
        )

    def broken(self) -> tuple[Reference, ...]:
        """References of unchanged provisions that do not hold any longer."""
        return tuple(
            replace(r, broken=self._why_broken(r))
            for r in self.report.broken
            if not self._was_right(r) and r.origin not in self.told and not self._failed_before(r)
        )

    def _failed_before(self, reference: Reference) -> bool:
        """True for a reference that the older text had in the same words, and that did not hold there either."""
        return (self.origins.get(reference.origin, reference.origin), reference.raw) in self.failed

    def _why_broken(self, reference: Reference) -> str:
        """Why it does not hold, and where what it names stands now if it only has another number."""
        lost = [one for one in reference.targets if one not in self.words]
        gone = dict.fromkeys(one if one in self.renumbered else one.partition(" ")[0] for one in lost)
        now = [f"{one} is {self.renumbered[one]} now" for one in gone if self.renumbered.get(one, one) != one]
        return "; ".join((reference.broken or "", *now))

    def _was_right(self, reference: Reference) -> bool:
        """True for addenda that name what was there when they were made, or what their own instrument takes away."""
        missing = {one.partition(" ")[0] for one in reference.targets if one not in self.words or one in self.gone}
        return "/addenda-" in reference.origin and bool(missing) and missing <= self.gone

    def _rules_on(self, change: ProvisionChange) -> tuple[str, ...]:
        if name_place(change.id) and not is_heading(change.id):
            return self._rules_by_annex(change)
        return self._rules_at(self._older_name(change))

    def _rules_by_annex(self, change: ProvisionChange) -> tuple[str, ...]:
        """The rules of an attached table stand at the provisions that order it."""
        named = (_named(change.old, self.before or {}), _named(change.new, self.now))
        ordering = dict.fromkeys(one.partition(" ")[0] for names in named for one in names if "/addenda-" not in one)
        return tuple(dict.fromkeys(rule for one in ordering for rule in self._rules_at(self.origins.get(one, one))))

    def _rules_at(self, name: str) -> tuple[str, ...]:
        try:
            provision = parse_citation(name)
        except CitationError:
            return ()
        near = self.places.get((provision.law, provision.article), ())
        return tuple(dict.fromkeys(rule for place, rule in near if provision.covers(place) or place.covers(provision)))

    def _older_name(self, change: ProvisionChange) -> str:
        """Where its rules stand, as they are written against the old text; empty where there can be none.

        What was inserted under a number that was in use has none yet, nor has a part of it; what was inserted into a
        provision with another number now is looked for under the number it had.
        """
        if change.old or change.new is None:
            return change.old or ""
        for name in _with_parents(change.new):
            if name in self.origins:
                return self.origins[name] + change.new[len(name) :]
            if name in self.was_there:
                return ""
        return change.new

    def _since(self, change: ProvisionChange) -> tuple[dt.date | None, tuple[str, ...]]:
        events = [e for name in _with_parents(change.new) for e in self.history.get(name, ())]
        told = [event for event in events if event.instrument in self.fresh]
        ids = tuple(dict.fromkeys(event.instrument for event in told))
        if not ids and len(self.fresh) == 1:
            ids = tuple(self.fresh)
        if not ids:
            return None, ()
        return self.fresh[ids[-1]].enforced_for(change.new or change.old or ""), ids

    def _governs(self, clause: TransitionalClause, change: ProvisionChange) -> bool:
        """True where the clause names the provision: by its new number, or the one it had where it keeps former law."""
        keeps = clause.kind is ClauseKind.FORMER_LAW or not change.new
        names = (change.new, change.old) if keeps else (change.new,)
        return any(_covers(named, name) for named in clause.governs for name in names if name)

    def _applying(self, change: ProvisionChange) -> Iterator[str]:
        """Clauses that carry over the provision, or the whole law or chapter it stands in."""
        told: set[str] = set()
        for reference in self.applying:
            covered = any(
                target == self.law or (change.new and _covers(target, change.new)) for target in reference.targets
            )
            inside = change.new is not None and _covers(reference.origin.partition(" ")[0], change.new)
            if covered and not inside and "/addenda-" not in change.id and reference.origin not in told:
                told.add(reference.origin)
                yield f"{reference.origin} (the whole law)" if self.law in reference.targets else reference.origin

    def _users(self, change: ProvisionChange, terms: Sequence[str]) -> Iterator[str]:
        if not terms or set(change.changes) <= SAME_WORDS:
            return
        pattern = re.compile("|".join(rf"\b{re.escape(term.lower())}(?:e?s)?\b" for term in terms))
        yield from (name for name, text in self.words.items() if name != change.new and pattern.search(text))


def _defining(report: ReferenceReport) -> dict[str, tuple[str, ...]]:
    """The terms that each provision defines for this law, or a part of it."""
    found: dict[str, tuple[str, ...]] = {}
    for reference in report.references:
        outside = any(target.startswith("ext:") for target in reference.targets)
        if reference.kind is ReferenceKind.DEFINITION and reference.terms and not outside:
            found[reference.origin] = (*found.get(reference.origin, ()), *reference.terms)
    return found


def _referring(report: ReferenceReport) -> dict[str, list[str]]:
    referring: dict[str, list[str]] = defaultdict(list)
    for reference in report.references:
        # What speaks of an earlier wording does not speak of what stands under the number now.
        for target in reference.targets if not reference.earlier else ():
            referring[target.removesuffix(" former")].append(reference.origin)
    return referring


def _named(name: str | None, referring: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    found = dict.fromkeys(origin for one in _with_parents(name) for origin in referring.get(one, ()))
    return tuple(origin for origin in found if origin != name)


def _with_parents(name: str | None) -> Iterator[str]:
    while name:
        yield name
        name = parent_id(name)


def _covers(named: str, name: str) -> bool:
    return named in _with_parents(name)
