"""Finds references that read as they did and name another provision now: their target was renumbered around them.

"Article 4 (1)" in a provision that nobody amended still resolves after paragraphs changed places; only the comparison
knows that what stands at 4 (1) now is not what was meant. Where the older text is not at hand, a provision whose
fingerprint is the same says what it said, and so named what stood there. Addenda name what stood there when they were
made and are left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable

from mutandis.dataclass import dataclass
from mutandis_text.comparison.compare import ChangeOf, Comparison
from mutandis_text.comparison.tree import root_of
from mutandis_text.references.find import Reference, ReferenceReport


@dataclass(frozen=True, slots=True)
class Shifted:
    """A reference made in `origin` by the words `raw`: what it names is `named`, what it named is `meant` now (None if
    that is gone)."""

    origin: str
    raw: str
    named: str
    meant: str | None


_Named = Callable[[Reference], tuple[str, ...]]
"""What a reference of the newer text named when the older one had it in the same words; nothing where it had not."""

_RELATIVE = re.compile(r"(?i)\b(?:preceding|following|same|next|this|that|each)\b")


def find_shifted(comparison: Comparison, earlier: ReferenceReport | None, now: ReferenceReport) -> tuple[Shifted, ...]:
    """The references of the newer text, in reading order, that the older text has in the same words; `earlier` are
    those of the older text, if it is at hand."""
    moved: dict[str, list[str]] = defaultdict(list)
    for new, old in comparison.origins.items():
        moved[old].append(new)
    here = set(comparison.origins) | {change.new for change in comparison.changes if change.new}
    there = set(moved) | {change.old for change in comparison.changes if change.old}
    named_before = _by_reference(comparison, earlier) if earlier is not None else _by_wording(comparison)
    found: list[Shifted] = []
    for reference in now.references:
        named = named_before(reference)
        if reference.in_addenda or reference.earlier:
            continue
        for name in named:
            meant = moved.get(name, [])
            # A list may hold something that is not there beside what is.
            if name not in reference.targets or name not in there or name not in here or name in meant:
                continue
            if not any(one in reference.targets for one in meant):
                found.append(Shifted(reference.origin, reference.raw, name, meant[0] if meant else None))
    return tuple(found)


def _by_reference(comparison: Comparison, earlier: ReferenceReport) -> _Named:
    before: dict[tuple[str, str], list[Reference]] = defaultdict(list)
    for reference in reversed(earlier.references):
        before[reference.origin, reference.raw].append(reference)

    def named(reference: Reference) -> tuple[str, ...]:
        same = before[comparison.origins.get(reference.origin, ""), reference.raw]
        was = same.pop() if same else None
        return was.targets if was is not None else ()

    return named


def _by_wording(comparison: Comparison) -> _Named:
    """By the numbers themselves: those without an article are of the article that the words stood in."""
    worded = {one.new for one in comparison.changes if {ChangeOf.REWORDED, ChangeOf.INSERTED} & set(one.changes)}

    def named(reference: Reference) -> tuple[str, ...]:
        origin = reference.origin
        was = comparison.origins.get(origin)
        if was is None or origin in worded or _RELATIVE.search(reference.raw):
            return ()
        own, own_before = root_of(origin), root_of(was)
        if re.search(r"\bArticles?\b", reference.raw):
            return reference.targets
        return tuple(
            own_before + name.removeprefix(own) if root_of(name) == own else name for name in reference.targets
        )

    return named
