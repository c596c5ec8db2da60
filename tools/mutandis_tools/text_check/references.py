"""Whether each reference of a statute is followed by the rules of its place.

A reference is followed where a rule of its place names the provision it names, has an action or a fact that the rules
there have, or is about the same thing (a term that is no role). What is presumed of a role is asked nearly everywhere,
and follows nothing. `Notwithstanding` and `mutatis mutandis` must be written as such. What names no provision of the
rulebook (a law it does not hold, the whole law, a definition, an earlier wording, an attached table) has no rules to
follow; the application of another law must still be written. Nor is there anything to follow where rules only state
something, or leave it to others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mutandis.citation import Citation, CitationError, CitationRange, parse_citation
from mutandis_text.document import StatuteDocument
from mutandis_text.references.find import Reference, find_references
from mutandis_text.references.kinds import ReferenceKind
from mutandis_tools.text_check.instruments import Enforcement
from mutandis_tools.text_check.parts import Part, Parts

_WRITTEN = frozenset({ReferenceKind.NOTWITHSTANDING, ReferenceKind.MUTATIS_MUTANDIS})


def find_unfollowed_references(
    document: StatuteDocument, parts: Parts, enforcement: Enforcement, laws: Mapping[str, object]
) -> Iterator[tuple[Citation, Citation, Reference]]:
    """Each place, provision and reference that no rule of the place follows, in reading order."""
    for reference in find_references(document).references:
        if reference.kind is ReferenceKind.DEFINITION or reference.earlier:
            continue
        try:
            place = parse_citation(reference.origin)
        except CitationError:
            continue
        mine = parts.at(place)
        for target in _targets(reference, laws):
            if reference.kind is ReferenceKind.DELEGATION:
                followed = any(part.effect == "delegate" for part in parts.within(place))
            elif reference.broken:
                followed = False
            elif target.is_external:
                followed = any(one.law == target.law for part in mine for one in part.external)
            elif reference.kind in _WRITTEN:
                followed = any(_names(part.orders, target) for part in mine)
            elif mine and all(part.effect in ("delegate", "states") for part in mine):
                followed = True
            else:
                followed = _follows(mine, parts.at(target), target) or _names(enforcement.parts(place), target)
            if not followed:
                yield place, target, reference


def _targets(reference: Reference, laws: Mapping[str, object]) -> Iterator[Citation]:
    """The provisions that a reference names and that rules could follow."""
    for text in reference.targets:
        try:
            target = parse_citation(text)
        except CitationError:  # a whole law, a table, a form
            continue
        to_be_written = reference.kind in (ReferenceKind.DELEGATION, ReferenceKind.MUTATIS_MUTANDIS)
        if target.law in laws or to_be_written:
            yield target


def _follows(mine: Sequence[Part], theirs: Sequence[Part], target: Citation) -> bool:
    names = {name for part in theirs for name in part.names}
    return any(_names(part.provisions, target) or not names.isdisjoint(part.names) for part in mine)


def _names(ranges: Sequence[CitationRange], target: Citation) -> bool:
    """True if one of the ranges names the provision, a part of it, or what it stands in."""
    return any(
        one.covers(target) or one.first.without_sentence().covers(target) or target.covers(one.first) for one in ranges
    )
