"""Which norms and orders can have to do with each other, by the articles at which they stand and which they name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar

from mutandis.citation import Citation, CitationRange
from mutandis.link.reading import Draft

if TYPE_CHECKING:
    from mutandis.link.orders import Target

Said = TypeVar("Said")


def articles_of(draft: Draft) -> Iterator[tuple[str, str]]:
    """The articles at which a norm stands, has a part, or by clauses of which it comes."""
    clauses = (application.rule.at for chain in draft.chains for application in chain)
    for place in (draft.norm.citation, *draft.parts, *clauses):
        yield place.law, place.article


class Places:
    """Which of some norms, by their positions, stand at an article, have a part there, or come by a clause there."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self.drafts = drafts
        self._at: dict[tuple[str, str], set[int]] = defaultdict(set)
        for index, draft in enumerate(drafts):
            for place in articles_of(draft):
                self._at[place].add(index)

    def named_by(self, cited: CitationRange) -> set[int]:
        """The norms that what cites these places can name; the others it surely leaves alone."""
        first, last = cited.first, cited.last
        if (first.law, first.article) == (last.law, last.article):
            return self._at.get((first.law, first.article), set())
        first, last = first.article_citation(), last.article_citation()
        return {n for place, norms in self._at.items() if first <= Citation(*place) <= last for n in norms}

    def by_action(self, targets: Iterable[Target]) -> dict[str, list[Target]]:
        """Those of the targets that can name a norm, by the action that it is about."""
        found: dict[str, list[Target]] = defaultdict(list)
        for target in targets:
            for action in {self.drafts[index].norm.action for index in self.named_by(target.cited)}:
                found[action].append(target)
        return found


class Naming(Generic[Said]):
    """What has orders, with what these mean, looked up by the norms that it may name: most name one article."""

    def __init__(self, said: Sequence[tuple[Said, list[Target]]]) -> None:
        self._said = said
        self._at: dict[tuple[str, str], set[int]] = defaultdict(set)
        self._wide: set[int] = set()
        for index, (_, targets) in enumerate(said):
            for first, last in ((target.cited.first, target.cited.last) for target in targets):
                if (first.law, first.article) == (last.law, last.article):
                    self._at[first.law, first.article].add(index)
                else:
                    self._wide.add(index)

    def of(self, drafts: Iterable[Draft]) -> list[tuple[Said, list[Target]]]:
        """All that may name one of the norms, in the order in which it was given."""
        found = self._wide.union(*(self._at.get(place, ()) for draft in drafts for place in articles_of(draft)))
        return [self._said[index] for index in sorted(found)]
