"""Finds provisions of a document by id, by neighbour and by level: what resolving a reference needs to know."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import field

from mutandis.dataclass import dataclass
from mutandis_text.document import (
    Division,
    Provision,
    ProvisionKind,
    SentenceKind,
    StatuteDocument,
    walk_provision,
)
from mutandis_text.lines.numbering import number_key
from mutandis_text.references.syntax import Level

KIND_OF_LEVEL = {
    Level.ARTICLE: ProvisionKind.ARTICLE,
    Level.PARAGRAPH: ProvisionKind.PARAGRAPH,
    Level.SUBPARAGRAPH: ProvisionKind.SUBPARAGRAPH,
    Level.ITEM: ProvisionKind.ITEM,
    Level.SUBITEM: ProvisionKind.SUBITEM,
}


@dataclass(frozen=True, slots=True)
class ProvisionIndex:
    """The provisions of a document by id. `parents` maps a provision's id to that of the one it stands in, `places` an
    id to its place among its siblings, `division_of` an article to the innermost division it stands in. `annexes` are
    the ids of attached tables and forms."""

    law: str
    provisions: dict[str, Provision]
    parents: dict[str, str]
    articles: tuple[str, ...]
    places: dict[str, int]
    divisions: dict[str, Division] = field(default_factory=dict)
    division_of: dict[str, str] = field(default_factory=dict)
    annexes: tuple[str, ...] = ()

    def ancestors(self, name: str) -> tuple[Provision, ...]:
        """The provision and those it stands in, innermost first."""
        found: list[Provision] = []
        current: str | None = name
        while current is not None and current in self.provisions:
            found.append(self.provisions[current])
            current = self.parents.get(current)
        return tuple(found)

    def at_level(self, name: str, level: Level) -> Provision | None:
        """The provision of that level which `name` is or stands in; of the article level, an addendum's body too."""
        for provision in self.ancestors(name):
            if provision.kind is KIND_OF_LEVEL[level]:
                return provision
            if level is Level.ARTICLE and provision.kind in (ProvisionKind.ADDENDA, ProvisionKind.ANNEX):
                return provision
        return None

    def siblings(self, name: str) -> tuple[str, ...]:
        """The ids at the same level under the same parent, in order, itself included."""
        parent = self.parents.get(name)
        if parent is None:
            return self.articles if self.articles[self.places[name] : self.places[name] + 1] == (name,) else (name,)
        kind = self.provisions[name].kind
        return tuple(child.id for child in self.provisions[parent].children if child.kind is kind)

    def neighbours(self, name: str, count: int) -> tuple[str, ...]:
        """`count` siblings before it (negative) or behind it, in order; fewer where there are no more."""
        siblings = self.siblings(name)
        at = self.places[name] if len(siblings) > 1 else 0
        return siblings[max(at + count, 0) : at] if count < 0 else siblings[at + 1 : at + 1 + count]

    def lists(self, name: str) -> bool:
        """True for a provision of this law that has subparagraphs."""
        return name in self.provisions and bool(self.inside(name, Level.SUBPARAGRAPH))

    def inside(self, name: str, level: Level) -> tuple[str, ...]:
        """The live provisions of that level directly under `name`."""
        kind = KIND_OF_LEVEL[level]
        return tuple(child.id for child in self.provisions[name].children if child.kind is kind and child.is_live)

    def entries(self, name: str, level: Level) -> tuple[str, ...]:
        """The same; of the level of subparagraphs also those of a list in letters that stands in their place."""
        found = self.inside(name, level)
        above = self.provisions[name].kind in (ProvisionKind.ARTICLE, ProvisionKind.PARAGRAPH)
        return self.inside(name, Level.ITEM) if not found and above and level is Level.SUBPARAGRAPH else found

    def between(self, first: str, last: str) -> tuple[str, ...]:
        """Siblings from one to the other, both included, deleted ones left out; empty if they are no siblings."""
        siblings = self.siblings(first)
        low, high = self.places[first], self.places[last]
        if siblings[high : high + 1] != (last,) or high < low:
            return ()
        span = siblings[low : high + 1]
        return tuple(name for name in span if self.provisions[name].is_live or name in (first, last))

    def held(self, first: str, last: str) -> tuple[str, ...]:
        """The two, of which the text has one or none, with the live provisions of their level that stand between."""
        stem, number = _split_number(first)
        letters = _LETTERS.fullmatch(first), _LETTERS.fullmatch(last)
        if letters[0] and letters[1] and letters[0][1] == letters[1][1]:
            # Letters have no branches: what stands between is known.
            row = range(ord(letters[0][2]), ord(letters[1][2]) + 1)
            return tuple(f"{letters[0][1]}({chr(one)})" for one in row)
        if (stem, bool(number)) != (_split_number(last)[0], True):
            return ()
        low, high = number_key(number), number_key(_split_number(last)[1])
        alike = ((name, _split_number(name)) for name in self.provisions if name.startswith(stem))
        inner = [
            (number_key(own), name)
            for name, (holder, own) in alike
            if holder == stem and own and low < number_key(own) < high and self.provisions[name].is_live
        ]
        return (first, *(name for _, name in sorted(inner)), last)

    def divisions_around(self, name: str) -> tuple[Division, ...]:
        """The divisions that a provision stands in, innermost first; none for one of the addenda."""
        article = self.at_level(name, Level.ARTICLE)
        current: str | None = self.division_of.get(article.id) if article is not None else None
        found: list[Division] = []
        while current is not None:
            found.append(self.divisions[current])
            current = self.divisions[current].parent
        return tuple(found)

    def articles_in(self, division: str) -> tuple[str, ...]:
        """The live articles of a division and of those below it, in order."""
        inside = {one for one in self.divisions if one == division or one.startswith(f"{division}/")}
        own = (name for name in self.articles if self.division_of.get(name) in inside)
        return tuple(name for name in own if self.provisions[name].is_live)

    def sentence(self, name: str, kind: SentenceKind) -> str | None:
        """The id of the first proviso or latter part of a provision."""
        return next((s.id for s in self.provisions[name].sentences if s.kind is kind), None)


def index_provisions(document: StatuteDocument) -> ProvisionIndex:
    """Index a document; of two provisions with one id the first counts."""
    provisions: dict[str, Provision] = {}
    parents: dict[str, str] = {}
    annexes = tuple(annex.body for annex in document.annexes)
    for root in (*document.articles, *(addendum.body for addendum in document.addenda), *annexes):
        for provision in walk_provision(root):
            provisions.setdefault(provision.id, provision)
            for child in provision.children:
                parents.setdefault(child.id, provision.id)
    articles = tuple(dict.fromkeys(article.id for article in document.articles))
    places = dict.fromkeys(provisions, 0) | {name: place for place, name in enumerate(articles)}
    for provision in provisions.values():
        counts: Counter[ProvisionKind] = Counter()
        for child in provision.children:
            places[child.id] = counts[child.kind]
            counts[child.kind] += 1
    divisions = {division.id: division for division in document.divisions}
    division_of = {article: division.id for division in document.divisions for article in division.articles}
    return ProvisionIndex(
        document.law,
        provisions,
        parents,
        articles,
        places,
        divisions,
        division_of,
        tuple(annex.id for annex in annexes),
    )


_LETTERS = re.compile(r"(.*)\(([a-z])\)")


def _split_number(name: str) -> tuple[str, str]:
    """What stands before the last number of an id, and that number; no number for a letter.

    >>> _split_number("act/3(1)2"), _split_number("act/2(4)"), _split_number("act/3(1)2(a)")
    (('act/3(1)', '2'), ('act/2(', '4'), ('act/3(1)2(a)', ''))
    """
    match = re.fullmatch(r"(.*?[/.(]|.*\))(\d+(?:-\d+)*)\)?", name)
    return (match[1], match[2]) if match is not None else (name, "")


def child_id(parent: str, level: Level, number: str, parent_kind: ProvisionKind) -> str:
    """The id of a part of a provision (DESIGN 2): `act/77` + paragraph 1 = `act/77(1)`."""
    if level is Level.PARAGRAPH:
        return f"{parent}({number})"
    if level is Level.SUBPARAGRAPH:
        return f"{parent}{number}" if parent_kind is ProvisionKind.PARAGRAPH else f"{parent}.{number}"
    return f"{parent}({number})"
