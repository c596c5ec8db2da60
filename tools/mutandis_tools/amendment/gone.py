"""What became of articles as a whole: which are gone, where their words are now, and which were split off from others.

A change is told of each provision; that an article as such is gone is seen only from all of them together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mutandis.dataclass import dataclass
from mutandis_text.comparison.compare import ChangeOf, Comparison, ProvisionChange
from mutandis_text.comparison.tree import root_of
from mutandis_text.comparison.units import is_heading, name_place


@dataclass(frozen=True, slots=True)
class GoneArticle:
    """An article (or annex) that the newer text does not have, by the id it had, with its heading where it is known.

    `into` are the articles that have its provisions or their words now, by their new ids: none where it was repealed.
    `in_part`: the rest of its provisions is nowhere now. `is_split`: all of `into` are new. `retaken`: another article
    has its number.
    """

    id: str
    heading: str
    into: tuple[str, ...] = ()
    in_part: bool = False
    is_split: bool = False
    retaken: bool = False


@dataclass(frozen=True, slots=True)
class SplitArticle:
    """An article that is new and has provisions or words of others, which stay, by their new ids."""

    id: str
    origins: tuple[str, ...]


def find_gone(comparison: Comparison, headings: Mapping[str, str], live: Mapping[str, str]) -> tuple[GoneArticle, ...]:
    """The articles that are gone, in the order of their changes.

    `headings` are those of the older text by id, `live` those of the newer text's articles and annexes that say
    something.
    """
    kept = _kept(comparison, headings, live)
    stayed = frozenset(kept.values())
    changed: dict[str, list[ProvisionChange]] = {}
    for change in comparison.changes:
        if change.old is not None and _is_article(was := root_of(change.old)) and was not in stayed:
            changed.setdefault(was, []).append(change)
    found: list[GoneArticle] = []
    for was, changes in changed.items():
        # An article that only holds its paragraphs says nothing that could be anywhere.
        said = [one for one in changes if one.old != was or one.edits or len(changes) == 1]
        into = tuple(dict.fromkeys(place for one in said if (place := _went_to(one))))
        in_part, is_split = bool(into) and not all(map(_went_to, said)), kept.keys().isdisjoint(into)
        found.append(GoneArticle(was, headings.get(was, ""), into, in_part, is_split, was in live))
    return tuple(found)


def find_split(
    comparison: Comparison, headings: Mapping[str, str], live: Mapping[str, str]
) -> tuple[SplitArticle, ...]:
    """The articles that are new, and were split off from others; headings as above."""
    kept = _kept(comparison, headings, live)
    now = {was: is_ for is_, was in kept.items()}
    found: dict[str, dict[str, None]] = {}
    for change in comparison.changes:
        if change.new is None or (root := root_of(change.new)) in kept or not _is_article(root):
            continue
        if change.old is not None and (origin := now.get(root_of(change.old))) is not None:
            found.setdefault(root, {})[origin] = None
        elif change.partner is not None and ChangeOf.INSERTED in change.changes:
            found.setdefault(root, {})[root_of(change.partner)] = None
    return tuple(SplitArticle(root, tuple(origins)) for root, origins in found.items())


def tell_article(root: str, gone: Sequence[GoneArticle], split: Sequence[SplitArticle]) -> str:
    """What an article of the newer text took over as a whole; empty where it took over nothing."""
    return "; ".join(_told(root, gone, split))


def tell_gone(article: GoneArticle) -> str:
    """What became of one that is gone."""
    if not article.into:
        return "repealed"
    how = "now in" if article.is_split else "merged into"
    return f"gone, {'in part ' if article.in_part else ''}{how} {' and '.join(map(name_article, article.into))}"


def name_article(root: str) -> str:
    """`Article 12`, `attached Table 1`, or the number of an article of addenda."""
    number = root.partition("/")[2]
    return name_place(root) or (f"Article {number}" if "addenda" not in number else number)


def _told(root: str, gone: Sequence[GoneArticle], split: Sequence[SplitArticle]) -> Iterator[str]:
    for one in gone:
        if root in one.into:
            name = f"{'the earlier ' if one.retaken else ''}{name_article(one.id)}"
            name += f" ({one.heading})" if one.heading else ""
            if one.is_split:
                yield f"from {name}, which is gone"
            else:
                yield f"{name} is gone and {'in part ' if one.in_part else ''}merged into it"
    for other in split:
        if other.id == root:
            yield f"split off from {' and '.join(map(name_article, other.origins))}"


def _kept(comparison: Comparison, headings: Mapping[str, str], live: Mapping[str, str]) -> dict[str, str]:
    """The articles that are there still, under whatever number: new id to old id.

    One that was matched with an article of another number, and has provisions of the one that had its own, is the
    latter where that is nowhere else, or had the same heading: what else came to it is not what it was.
    """
    repealed = _repealed(comparison)
    pairs = [(is_, was) for is_, was in comparison.origins.items() if is_ not in repealed]
    kept = {is_: was for is_, was in pairs if root_of(is_) == is_ and root_of(was) == was}
    moved = {was: is_ for is_, was in kept.items()}
    for root in dict.fromkeys(root for is_, was in pairs if (root := root_of(is_)) == root_of(was)):
        has_heading = bool(heading := headings.get(root)) and live.get(root) == heading
        if root not in moved or has_heading:
            kept.pop(moved.get(root, root), None)
            kept[root] = root
    return kept


def _repealed(comparison: Comparison) -> set[str]:
    return {one.new for one in comparison.changes if one.new is not None and ChangeOf.DELETED in one.changes}


def _is_article(root: str) -> bool:
    return not is_heading(root) and "/addenda-" not in root and root.partition("/")[2] not in ("title", "preamble")


def _went_to(change: ProvisionChange) -> str:
    """The article that has a provision, or its words, now; empty where none has."""
    if ChangeOf.DELETED not in change.changes:
        return root_of(change.new or "")
    return root_of(change.partner) if change.partner is not None else ""
