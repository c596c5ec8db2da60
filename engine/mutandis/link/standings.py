"""What became of every provision: encoded, stated, delegated, not modelled, or not accounted for.

The provisions are those of the laws' locks (every provision of the official text); of a law without a lock, those that
its rule files name. A rule accounts for the place it stands at; what only says something or delegates it, and what is
not modelled, accounts for everything inside its place too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Literal

from mutandis.citation import Citation, plain_place
from mutandis.dataclass import dataclass
from mutandis.link.program import Gap
from mutandis.link.rule_parts import places_of
from mutandis.rulebook.lock import Lock
from mutandis.rulebook.model import Article

NO_FILE: Final = "no-rule-file"
"""The chapter of what no rule file says anything about."""

Standing = Literal["encoded", "stated", "delegated", "not_modelled", "unaccounted"]
STANDINGS: Final[tuple[Standing, ...]] = ("encoded", "stated", "delegated", "not_modelled", "unaccounted")
"""Every standing, strongest first: a place with a rule and a statement is encoded."""

_Key = tuple[str, str]
"""Law and number of an article."""


@dataclass(frozen=True, slots=True)
class ProvisionStanding:
    """One provision. `chapter` is the folder of its article's file, or `NO_FILE`; `reason` why it is not modelled."""

    citation: Citation
    standing: Standing
    chapter: str
    reason: str = ""


def account_for_provisions(articles: Iterable[Article], locks: Mapping[str, Lock]) -> tuple[ProvisionStanding, ...]:
    """The standing of every provision, in the order of the laws. `locks` by law."""
    known = tuple(articles)
    places = _places_by_article(known)
    chapters = {(a.law, a.number): chapter_of(a) for a in known}
    universe = {provision for law, lock in locks.items() for provision in _locked(law, lock)}
    universe |= {place for of in places.values() for place in of.named if place.law not in locks}
    articles_with_parts = {(p.law, p.article) for p in universe if p.paragraph}
    found: list[ProvisionStanding] = []
    for provision in sorted(universe):
        key = (provision.law, provision.article)
        standing, reason = places[key].standing(provision) if key in places else ("unaccounted", "")
        # An article with paragraphs says nothing itself: its paragraphs are counted.
        if not provision.place and key in articles_with_parts and standing == "unaccounted":
            continue
        found.append(ProvisionStanding(provision, standing, chapters.get(key, NO_FILE), reason))
    return tuple(found)


def find_gaps(articles: Iterable[Article], locks: Mapping[str, Lock]) -> tuple[Gap, ...]:
    """What no rule speaks for: the places not modelled, with the reason, and those that nothing accounts for.

    An article of which nothing is accounted for is one gap.
    """
    by_article: dict[_Key, list[ProvisionStanding]] = defaultdict(list)
    for one in account_for_provisions(articles, locks):
        by_article[one.citation.law, one.citation.article].append(one)
    found: list[Gap] = []
    for provisions in by_article.values():
        open_ = [one for one in provisions if one.standing in ("not_modelled", "unaccounted")]
        if len(open_) == len(provisions) and all(one.standing == "unaccounted" for one in open_):
            found.append(Gap(open_[0].citation.article_citation()))
        else:
            found += [Gap(one.citation, one.reason) for one in open_]
    return tuple(found)


def chapter_of(article: Article) -> str:
    """The folder between the law's and the file: `act/04-contacts/042-suspension.yaml` is in `04-contacts`."""
    parts = article.span.file.split("/")
    return "/".join(parts[1:-1])


def _locked(law: str, lock: Lock) -> Iterator[Citation]:
    for provision in lock.provisions:
        if provision.citation is not None and provision.state == "live" and provision.citation.law == law:
            yield plain_place(provision.citation)


@dataclass(slots=True)
class _Places:
    """The places of one article that rule files name: with rules, with statements, with delegations, given up."""

    encoded: set[Citation]
    stated: set[Citation]
    delegated: set[Citation]
    not_modelled: dict[Citation, str]

    @property
    def named(self) -> set[Citation]:
        return self.encoded | self.stated | self.delegated | set(self.not_modelled)

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


def _places_by_article(articles: Iterable[Article]) -> dict[_Key, _Places]:
    found: dict[_Key, _Places] = defaultdict(lambda: _Places(set(), set(), set(), {}))
    for article in articles:
        for place, reason in article.not_modelled:
            found[place.law, place.article].not_modelled[plain_place(place)] = reason
        for rule in article.rules:
            for place in map(plain_place, places_of(rule)):
                of = found[place.law, place.article]
                {"states": of.stated, "delegate": of.delegated}.get(rule.effect, of.encoded).add(place)
    return found
