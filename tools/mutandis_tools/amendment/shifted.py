"""Finds references that read as they did and name another provision now: their target was renumbered around them.

"Article 4 (1)" in a provision that nobody amended still resolves after paragraphs changed places; only the comparison
knows that what stands at 4 (1) now is not what was meant. Needs the older text; addenda name what stood there when they
were made and are left out.
"""

from __future__ import annotations

from collections import defaultdict

from mutandis.dataclass import dataclass
from mutandis_text.comparison.compare import Comparison
from mutandis_text.references.find import Reference, ReferenceReport


@dataclass(frozen=True, slots=True)
class Shifted:
    """A reference made in `origin` by the words `raw`: what it names is `named`, what it named is `meant` now (None if
    that is gone)."""

    origin: str
    raw: str
    named: str
    meant: str | None


def find_shifted(comparison: Comparison, earlier: ReferenceReport, now: ReferenceReport) -> tuple[Shifted, ...]:
    """The references of the newer text, in reading order, that the older text has in the same words."""
    moved: dict[str, list[str]] = defaultdict(list)
    for new, old in comparison.origins.items():
        moved[old].append(new)
    there = set(moved) | {change.old for change in comparison.changes if change.old}
    before: dict[tuple[str, str], list[Reference]] = defaultdict(list)
    for reference in reversed(earlier.references):
        before[reference.origin, reference.raw].append(reference)
    found: list[Shifted] = []
    for reference in now.references:
        same = before[comparison.origins.get(reference.origin, ""), reference.raw]
        was = same.pop() if same else None
        if was is None or was.broken or reference.broken or reference.in_addenda or reference.earlier:
            continue
        for name in was.targets:
            meant = moved.get(name, [])
            if name not in reference.targets or name not in there or name in meant:
                continue
            if not any(one in reference.targets for one in meant):
                found.append(Shifted(reference.origin, reference.raw, name, meant[0] if meant else None))
    return tuple(found)
