"""The standing of every provision counted by law, chapter and article; `link.standings` finds it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from mutandis.dataclass import dataclass
from mutandis.link.standings import STANDINGS, ProvisionStanding, Standing


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


def tally(provisions: Iterable[ProvisionStanding], level: Literal["law", "chapter", "article"]) -> tuple[Tally, ...]:
    """The counts by law, by chapter of each law, or by article, in the order of the provisions."""
    counted: dict[tuple[str, str, str], dict[Standing, int]] = {}
    for one in provisions:
        chapter = "" if level == "law" else one.chapter
        article = one.citation.article if level == "article" else ""
        counts = counted.setdefault((one.citation.law, chapter, article), dict.fromkeys(STANDINGS, 0))
        counts[one.standing] += 1
    return tuple(Tally(*key, tuple(counts.items())) for key, counts in counted.items())


def chapter_title(chapter: str) -> str:
    """A chapter's folder as a title.

    >>> chapter_title("05-visits-and-letters")
    'Chapter 5: Visits and letters'
    """
    number, _, slug = chapter.rpartition("/")[2].partition("-")
    if not number.isdigit() or not slug:
        return chapter.replace("-", " ").capitalize() or "Without a chapter"
    return f"Chapter {int(number)}: {slug.replace('-', ' ').capitalize()}"
