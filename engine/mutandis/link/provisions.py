"""Where rules stand: the rules of a rulebook by provision, and which of them a citation means.

A citation means the rules at it or inside it. One that points inside a rule (a ground, a numbered value, a sentence)
means that part of the rule. A range means the provisions that the law wrote between its ends; a list is never made a
range (S37).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TypeVar

from mutandis.citation import Citation, CitationRange, parse_citation, plain_place
from mutandis.condition.tree import Applies, walk
from mutandis.dataclass import dataclass, replace
from mutandis.link.program import LinkedGround
from mutandis.link.rule_parts import places_of
from mutandis.rulebook.model import CARRIED_OVER, Article, Exclusion, Ground, Rule
from mutandis.vocabulary import FactDeclaration

_G = TypeVar("_G", Ground, LinkedGround)


@dataclass(frozen=True, slots=True)
class Provisions:
    """The rules of a rulebook, in the order of the law, and every place that the article files list.

    `open_places` are listed without their inside: what a rule leaves to a decree, states, or does not model. `known`
    are provisions listed elsewhere (a law's text lock) that need not have a rule; `articles` have any place.
    """

    rules: tuple[Rule, ...]
    by_article: dict[tuple[str, str], tuple[Rule, ...]]
    places: dict[tuple[str, str], tuple[Citation, ...]]
    open_places: dict[tuple[str, str], tuple[Citation, ...]]
    known: dict[tuple[str, str], tuple[Citation, ...]]
    articles: tuple[Citation, ...]
    excluded_elsewhere: dict[tuple[str, str], tuple[Rule, ...]]
    """By article, the rules of other articles that something there excludes."""

    def rules_in(self, cited: CitationRange) -> tuple[Rule, ...]:
        """The rules that `cited` means, in order; a rule of which it means a part only is cut down to that part."""
        found: list[Rule] = []
        for article in self._articles(cited):
            for rule in self.by_article.get(article, ()):
                if cited.covers(rule.at):
                    found.append(rule)
                elif has_inside(rule, cited):
                    part = cut_to(rule, (cited,))
                    if part is not None:
                        found.append(part)
        return tuple(found)

    def is_encoded(self, cited: CitationRange) -> bool:
        """True where a rule stands, or what excludes one."""
        return bool(self.rules_in(cited) or any(self.excluded_at(place) for place in (cited.first, cited.last)))

    def in_article(self, citation: Citation) -> tuple[Rule, ...]:
        """The rules of the article in which a provision stands."""
        return self.by_article.get((citation.law, citation.article), ())

    def is_in_wording_not_held(self, citation: Citation) -> bool:
        """True of a place inside a rule whose wording is not held."""
        rules = (rule for rule in self.in_article(citation) if rule.opaque)
        return any(rule.at.covers(citation) and not citation.covers(rule.at) for rule in rules)

    def whole_rule(self, citation: Citation) -> Citation:
        """The place of the rule that a place is part of, itself where rules stand at or inside it."""
        rules = self.in_article(citation)
        if any(citation.covers(rule.at) for rule in rules):
            return citation
        around = [rule.at for rule in rules if has_inside(rule, CitationRange(citation, citation))]
        return max(around, key=lambda at: len(str(at))) if around else citation

    def excluded_at(self, citation: Citation) -> tuple[Rule, ...]:
        """The rules that stand elsewhere and have an exclusion, or a ground of one, at a place or inside it: what a
        rule there excludes of itself leaves the place as it is. Of other articles where no rule stands there: the
        exclusion then leans on the rule at its place.
        """
        return self._excluded(citation, bool(self.rules_in(CitationRange(citation, citation))))

    def _excluded(self, citation: Citation, stands: bool) -> tuple[Rule, ...]:
        elsewhere = () if stands else self.excluded_elsewhere.get((citation.law, citation.article), ())
        return tuple(
            rule
            for rule in (*self.in_article(citation), *elsewhere)
            if not citation.covers(rule.at) and any(citation.covers(place) for place in _places_excluding(rule))
        )

    def only_excluded_at(self, citation: Citation) -> tuple[Rule, ...]:
        """The rules that something at a place excludes; none where a rule stands there itself."""
        return () if self.rules_in(CitationRange(citation, citation)) else self._excluded(citation, False)

    def applied(self, cited: Iterable[CitationRange]) -> tuple[Rule, ...]:
        """What a clause that names `cited` applies: rules as `rules_in` has them, each once, with all parts meant.

        Of a main sentence the provisos stay behind. An exclusion that is named alone brings nothing: it takes its rule
        away, and grants nothing that could apply (S2).
        """
        meant: dict[str, list[Rule]] = {}
        bringing: set[str] = set()
        for one in cited:
            for rule in self.rules_in(one):
                meant.setdefault(rule.id, []).append(_without_provisos(rule) if one.first.sentence == "main" else rule)
                if any(one.covers(place) for place in places_of(replace(rule, unless=()))):
                    bringing.add(rule.id)
        return tuple(_united(parts) for name, parts in meant.items() if name in bringing)

    def said_through(self, rules: Iterable[Rule]) -> list[Rule]:
        """Those of the rules that say something of actions or facts; of a clause, what it applies, through further
        clauses too, and the clause itself where it applies law that is outside."""
        waiting, seen = list(rules), set[str]()
        found: list[Rule] = []
        while waiting:
            rule = waiting.pop()
            if rule.effect in CARRIED_OVER or rule.external:
                found.append(rule)
            if rule.effect == "apply" and rule.id not in seen:
                seen.add(rule.id)
                waiting += self.applied(rule.apply)
        return found

    def members(self, cited: CitationRange) -> tuple[Citation, ...]:
        """The provisions that `cited` lists: itself where it is one, else each place at the level of its ends."""
        if cited.first == cited.last:
            return (cited.first,)
        found = {
            _at_level(place, cited.first)
            for article in self._articles(cited)
            for place in (*self.places.get(article, ()), *self.open_places.get(article, ()))
            if cited.covers(place) and _reaches(place, cited.first)
        }
        return tuple(sorted(found))

    def status(self, cited: CitationRange) -> str:
        """`listed` if an article file lists `cited`, `known` if only the law's text does, else `dangling`."""
        if cited.first.is_external:
            return "listed"
        ends = {self._status_of(cited.first), self._status_of(cited.last)}
        if cited.first != cited.last and "dangling" in ends and not self.has_text(cited.first.law):
            # Without the law's own list of provisions, a range is taken at its word if anything lies in it.
            return "listed" if self.members(cited) else "dangling"
        return next(status for status in ("dangling", "known", "listed") if status in ends)

    def of_text(self, law: str) -> tuple[str, ...]:
        """Every provision that the law's own text has or had, and that rules speak for; none where it has no text."""
        if not self.has_text(law):
            return ()
        of = (places for by in (self.known, self.places, self.open_places) for at, places in by.items() if at[0] == law)
        return tuple(map(str, sorted({plain_place(place) for places in of for place in places})))

    def has_text(self, law: str) -> bool:
        """True where all that the text of a law lists is known."""
        return any(known_law == law for known_law, _ in self.known)

    def _status_of(self, citation: Citation) -> str:
        article = (citation.law, citation.article)
        if any(citation.covers(place) for place in self.places.get(article, ())):
            return "listed"
        if any(citation.covers(place) or place.covers(citation) for place in self.open_places.get(article, ())):
            return "listed"
        if any(citation.covers(place) for place in self.known.get(article, ())):
            return "known"
        return "dangling"

    def _articles(self, cited: CitationRange) -> list[tuple[str, str]]:
        if cited.first.article == cited.last.article:
            return [(cited.first.law, cited.first.article)]
        return [(article.law, article.article) for article in self.articles if cited.covers(article)]


def index_provisions(articles: Iterable[Article], known: Iterable[Citation] = ()) -> Provisions:
    """The rules of `articles` by provision; equal whatever the order of files and rules."""
    rules: list[Rule] = []
    places: dict[tuple[str, str], set[Citation]] = defaultdict(set)
    open_places: dict[tuple[str, str], set[Citation]] = defaultdict(set)
    elsewhere: dict[tuple[str, str], list[Rule]] = defaultdict(list)
    for article in articles:
        rules.extend(article.rules)
        for place, _ in article.not_modelled:
            open_places[place.law, place.article].add(place)
        for rule in article.rules:
            at = (rule.at.law, rule.at.article)
            for place in places_of(rule):
                places[place.law, place.article].add(place)
            if rule.effect in ("delegate", "states") or rule.opaque:
                open_places[at].add(rule.at)
    in_text: dict[tuple[str, str], set[Citation]] = defaultdict(set)
    for place in known:
        in_text[place.law, place.article].add(place)
    rules.sort(key=lambda rule: (rule.at.sort_key(), rule.id, rule.summary))
    by_article: dict[tuple[str, str], list[Rule]] = defaultdict(list)
    for rule in rules:
        at = (rule.at.law, rule.at.article)
        if rule in by_article[at]:  # a rule given twice says no more than once
            continue
        by_article[at].append(rule)
        for excluding in {(one.citation.law, one.citation.article) for one in rule.unless} - {at}:
            elsewhere[excluding].append(rule)
    listed, open_inside, written = (
        {article: tuple(sorted(found)) for article, found in by.items()} for by in (places, open_places, in_text)
    )
    return Provisions(
        tuple(rule for article_rules in by_article.values() for rule in article_rules),
        {article: tuple(found) for article, found in by_article.items()},
        listed,
        open_inside,
        written,
        tuple(sorted(Citation(*article) for article in {*places, *open_places})),
        {article: tuple(found) for article, found in elsewhere.items()},
    )


def asks_of_itself(exclusion: Exclusion) -> bool:
    """True of what excludes where something stands, and asks whether that applies: it is then no part of that."""
    grounds, conditions = [*exclusion.grounds], [exclusion.when]
    while grounds:
        ground = grounds.pop()
        conditions += [ground.when, ground.unless]
        grounds += ground.grounds
    asked = (node for one in conditions if one is not None for node in walk(one) if isinstance(node, Applies))
    return any(parse_citation(node.citation).covers(exclusion.citation) for node in asked)


def _places_excluding(rule: Rule) -> Iterator[Citation]:
    unless = tuple(one for one in rule.unless if not asks_of_itself(one))
    return places_of(replace(rule, grounds=(), entries=(), requires=(), unless=unless))


def has_inside(rule: Rule, cited: CitationRange) -> bool:
    """True for a rule of which `cited` may mean a part.

    The grounds of a proviso are numbered in its paragraph: 43 (4) 1 can stand in 43 (4) or in the proviso to 43 (4).
    """
    if rule.at.covers(cited.first):
        return True
    around = rule.at.without_sentence().covers(cited.first) and cited.first.is_of(rule.at)
    return around and any(cited.covers(place) for place in places_of(rule))


def cut_to(rule: Rule, ranges: tuple[CitationRange, ...]) -> Rule | None:
    """`rule` with only those grounds, values and exclusions that `ranges` point into; None if they point at none.

    What stands in the rule's own opening words stays; so does a proviso, unless a sentence was named. Of a ground that
    is cited in part, the part alone stays.
    """

    def names(place: Citation) -> bool:
        return any(cited.covers(place) or place.covers(cited.first) for cited in ranges)

    by_sentence = any(cited.first.sentence for cited in ranges)
    grounds = cut_grounds(rule.grounds, ranges)
    entries = tuple(entry for entry in rule.entries if names(entry.citation))
    requires = tuple(r for r in rule.requires if r.citation == rule.at or names(r.citation))
    unless = tuple(x for x in rule.unless if not by_sentence or names(x.citation))
    parts = [p for p in places_of(rule) if p != rule.at and any(cited.covers(p) for cited in ranges)]
    if not parts:
        return None
    return replace(
        rule,
        grounds=grounds or (rule.grounds if by_sentence else ()),
        entries=entries or (rule.entries if by_sentence else ()),
        requires=requires,
        unless=unless,
    )


def cut_grounds(grounds: Iterable[_G], ranges: tuple[CitationRange, ...]) -> tuple[_G, ...]:
    """The grounds that stand in `ranges`; of one with some of its own there, as it is on these."""
    found: list[_G] = []
    for ground in grounds:
        if any(cited.covers(ground.citation) for cited in ranges):
            found.append(ground)
        elif inner := cut_grounds(ground.grounds, ranges):
            found.append(replace(ground, grounds=inner))
    return tuple(found)


def _without_provisos(rule: Rule) -> Rule:
    return replace(rule, unless=tuple(one for one in rule.unless if one.citation.sentence in ("", "main")))


def _united(parts: list[Rule]) -> Rule:
    """One rule of which `parts` were each meant by one of the places a clause lists."""
    if len(parts) == 1:
        return parts[0]
    grounds = {g.citation: g for part in parts for g in part.grounds}
    entries = {e.citation: e for part in parts for e in part.entries}
    requires = {(r.citation, r.condition): r for part in parts for r in part.requires}
    unless = {(x.citation, x.when): x for part in parts for x in part.unless}
    return replace(
        parts[0],
        grounds=tuple(grounds.values()) if all(part.grounds for part in parts) else (),
        entries=tuple(entries.values()),
        requires=tuple(requires.values()),
        unless=tuple(unless.values()),
    )


def grounds_at(grounds: Iterable[_G], cited: Citation) -> tuple[_G, ...]:
    """The outermost of `grounds`, at any depth, that stand at or inside `cited`."""
    found: list[_G] = []
    for ground in grounds:
        if cited.covers(ground.citation):
            found.append(ground)
        else:
            found.extend(grounds_at(ground.grounds, cited))
    return tuple(found)


def values_created_by(declared: FactDeclaration, ranges: list[CitationRange]) -> tuple[str, ...]:
    """The values of an enumeration that the provisions in `ranges` create, in declared order."""
    return tuple(
        value
        for value, place in declared.value_provisions
        if any(r.covers(place.first) and r.covers(place.last) for r in ranges)
    )


def _at_level(place: Citation, model: Citation) -> Citation:
    return replace(
        place,
        paragraph=place.paragraph if model.paragraph else "",
        subparagraph=place.subparagraph if model.subparagraph else "",
        item=place.item if model.item else "",
        subitem=place.subitem if model.subitem else "",
        sentence="",
    )


def _reaches(place: Citation, model: Citation) -> bool:
    return all(
        bool(mine) or not theirs
        for mine, theirs in (
            (place.paragraph, model.paragraph),
            (place.subparagraph, model.subparagraph),
            (place.item, model.item),
        )
    )
