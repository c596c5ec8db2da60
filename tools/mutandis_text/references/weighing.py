"""Weighs whether a bare number of a list is a subparagraph or an article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mutandis_text.lines.numbering import number_key
from mutandis_text.references.syntax import Level, Part, Place, Target

_MOST_SKIPPED = 20
"""Subparagraphs that a list may pass over; a number farther on is rather an article."""


def weigh_articles(targets: Sequence[Target], unsure: set[int]) -> tuple[Target, ...]:
    """`Articles 5 (1) 2 and 9`: whether a bare number behind a subparagraph is one too or an article.

    Numbers go up in either series; where both do, the plural asks for a second article, and what that leaves open is
    settled by what there is.
    """
    found: list[Target] = []
    for at, target in enumerate(targets):
        if at not in unsure:
            found.append(target)
            continue
        before = found[-1].last or found[-1].first
        article, last = before.part(Level.ARTICLE), before.part(Level.SUBPARAGRAPH)
        number = target.first.parts[-1][1]
        end = Place(((Level.ARTICLE, target.last.parts[-1][1]),)) if target.last is not None else None
        risen = Target(Place(((Level.ARTICLE, number),)), end, narrowed=target.narrowed)
        if last is None:
            found.append(risen)  # The member before it was an article after all.
        elif article is None or number_key(number.number) <= number_key(article.number):
            found.append(target)
        elif number_key(number.number) <= number_key(last.number):
            found.append(risen)
        elif _main_number(number) > _main_number(last) + _MOST_SKIPPED or (
            at == len(targets) - 1 and len({one.first.part(Level.ARTICLE) for one in found}) == 1
        ):
            found.append(replace(risen, otherwise=target))
        else:
            found.append(replace(target, otherwise=risen))
    return tuple(found)


def _main_number(part: Part) -> int:
    digits = part.number.partition("-")[0]
    return int(digits) if digits.isdigit() else 0
