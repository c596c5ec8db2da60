"""What became of every provision: encoded, stated, delegated, not modelled, or not accounted for.

The provisions are those of the laws' locks (every provision of the official text); of a law without a lock, those that
its rule files name. A rule accounts for the place it stands at; what only says something or delegates it, and what is
not modelled, accounts for everything inside its place too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from mutandis.citation import Citation
from mutandis.rulebook.lock import Lock
from mutandis.rulebook.model import Article, Ground, Rule

NO_FILE: Final = "no-rule-file"
"""The chapter of what no rule file says anything about."""

Standing = Literal["encoded", "stated", "delegated", "not_modelled", "unaccounted"]
STANDINGS: Final[tuple[Standing, ...]] = ("encoded", "stated", "delegated", "not_modelled", "unaccounted")
"""Every standing, strongest first: a place with a rule and a statement is encoded."""


@dataclass(frozen=True, slots=True)
class ProvisionStanding:
    """One provision. `chapter` is the folder of its article's file, or `NO_FILE`; `reason` why it is not modelled."""

    citation: Citation
    standing: Standing
    chapter: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many provisions of a law, chapter or article have each standing. Empty `chapter` or `article`: all."""

    law: str
    chapter: str
    article: str
    counts: tuple[tuple[Standing, int], ...]

    @property
    def total(self) -> int:
        """All provisions counted."""
        return sum(number for _, number in self.counts)

    @property
    def accounted(self) -> int:
        """All but those that nothing accounts for."""
        return sum(number for standing, number in self.counts if standing != "unaccounted")


def account_for_provisions(articles: Iterable[Article], locks: Mapping[str, Lock]) -> tuple[ProvisionStanding, ...]:
    """The standing of every provision, in the order of the laws. `locks` by law."""
    known = tuple(articles)
    places = _Places.of(known)
    chapters = {(a.law, a.number): chapter_of(a) for a in known}
    universe = {provision for law, lock in locks.items() for provision in _locked(law, lock)}
    universe |= {place for place in places.named if place.law not in locks}
    articles_with_parts = {(p.law, p.article) for p in universe if p.paragraph}
    found: list[ProvisionStanding] = []
    for provision in sorted(universe):
        standing, reason = places.standing(provision)
        is_frame = not provision.place and (provision.law, provision.article) in articles_with_parts
        # An article with paragraphs says nothing itself: its paragraphs are counted.
        if is_frame and standing == "unaccounted":
            continue
        chapter = chapters.get((provision.law, provision.article), NO_FILE)
        found.append(ProvisionStanding(provision, standing, chapter, reason))
    return tuple(found)


def tally(provisions: Iterable[ProvisionStanding], level: Literal["law", "chapter", "article"]) -> tuple[Tally, ...]:
    """The counts by law, by chapter of each law, or by article, in the order of the provisions."""
    counted: dict[tuple[str, str, str], dict[Standing, int]] = {}
    for one in provisions:
        chapter = "" if level == "law" else one.chapter
        article = one.citation.article if level == "article" else ""
        counts = counted.setdefault((one.citation.law, chapter, article), dict.fromkeys(STANDINGS, 0))
        counts[one.standing] += 1
    return tuple(Tally(*key, tuple(counts.items())) for key, counts in counted.items())


def chapter_of(article: Article) -> str:
    """The folder between the law's and the file: `act/04-contacts/042-suspension.yaml` is in `04-contacts`."""
    parts = article.span.file.split("/")
    return "/".join(parts[1:-1])


def chapter_title(chapter: str) -> str:
    """A chapter's folder as a title.

    >>> chapter_title("05-visits-and-letters")
    'Chapter 5: Visits and letters'
    """
    number, _, slug = chapter.rpartition("/")[2].partition("-")
    if not number.isdigit() or not slug:
        return chapter.replace("-", " ").capitalize() or "Without a chapter"
    return f"Chapter {int(number)}: {slug.replace('-', ' ').capitalize()}"


def plain_place(citation: Citation) -> Citation:
    """The place without `main` or `former`: the first sentence is cited as the place itself."""
    return replace(citation, sentence="") if citation.sentence in ("main", "former") else citation


def _locked(law: str, lock: Lock) -> Iterator[Citation]:
    for provision in lock.provisions:
        if provision.citation is not None and provision.state == "live" and provision.citation.law == law:
            yield plain_place(provision.citation)


@dataclass(frozen=True, slots=True)
class _Places:
    """The places that rule files name: with operative rules, with statements, with delegations, given up."""

    encoded: frozenset[Citation]
    stated: frozenset[Citation]
    delegated: frozenset[Citation]
    not_modelled: Mapping[Citation, str]

    @classmethod
    def of(cls, articles: Iterable[Article]) -> _Places:
        by_effect: dict[str, set[Citation]] = {"states": set(), "delegate": set(), "": set()}
        given_up: dict[Citation, str] = {}
        for article in articles:
            given_up.update((plain_place(place), reason) for place, reason in article.not_modelled)
            for rule in article.rules:
                kind = rule.effect if rule.effect in by_effect else ""
                by_effect[kind].update(plain_place(place) for place in places_of(rule))
        return cls(frozenset(by_effect[""]), frozenset(by_effect["states"]), frozenset(by_effect["delegate"]), given_up)

    @property
    def named(self) -> frozenset[Citation]:
        return self.encoded | self.stated | self.delegated | frozenset(self.not_modelled)

    def standing(self, provision: Citation) -> tuple[Standing, str]:
        if provision in self.encoded:
            return "encoded", ""
        if any(place.covers(provision) for place in self.stated):
            return "stated", ""
        if any(place.covers(provision) for place in self.delegated):
            return "delegated", ""
        for place, reason in self.not_modelled.items():
            if place.covers(provision):
                return "not_modelled", reason
        return "unaccounted", ""


def places_of(rule: Rule) -> Iterator[Citation]:
    """Every place that the rule encodes: its own, its grounds', exclusions', requirements' and values'."""
    yield rule.at
    yield from _ground_places(rule.grounds)
    for exclusion in rule.unless:
        yield exclusion.citation
        yield from _ground_places(exclusion.grounds)
    yield from (requirement.citation for requirement in rule.requires)
    yield from (entry.citation for entry in rule.entries)


def _ground_places(grounds: Iterable[Ground]) -> Iterator[Citation]:
    for ground in grounds:
        yield ground.citation
        yield from _ground_places(ground.grounds)
