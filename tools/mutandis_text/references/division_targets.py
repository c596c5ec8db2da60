"""Finds the articles that a chapter or another division stands for.

A number that comes in several divisions (sections are counted anew in each chapter) means the one nearest to the
provision that speaks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mutandis_text.document import Division
from mutandis_text.lines.numbering import number_key
from mutandis_text.references.law_context import LawReference, TargetLaw
from mutandis_text.references.provision_index import ProvisionIndex
from mutandis_text.references.resolution import Found
from mutandis_text.references.syntax import DivisionName, Part, Relative

_LONGEST_RANGE = 200


def resolve_divisions(
    names: Sequence[DivisionName], law: LawReference, index: ProvisionIndex, here: str, named_last: str | None
) -> tuple[Found, str | None]:
    """The articles of the divisions named by provision `here`, and the last division for `the same Chapter`.

    Of another law the ids of the divisions themselves: its articles are not known.
    """
    if law.target is not TargetLaw.SAME:
        return Found(tuple(_write(one, law) for name in names for one in _spread(name))), None
    ids: list[str] = []
    broken: list[str] = []
    last: str | None = None
    for name in names:
        found, why = _find(name, index, here, named_last)
        broken += [why] if why else []
        for division in found:
            last = division.id
            articles = index.articles_in(division.id)
            ids += articles
            broken += [] if articles else [f"{division.id} has no articles"]
    return Found(tuple(dict.fromkeys(ids)), "; ".join(dict.fromkeys(broken)) or None), last


def _find(
    name: DivisionName, index: ProvisionIndex, here: str, named_last: str | None
) -> tuple[tuple[Division, ...], str | None]:
    noun = name.kind.value.capitalize()
    around = index.divisions_around(here)
    if name.part.relative is not None:
        own = next((one for one in around if one.kind is name.kind), None)
        if name.part.relative is Relative.SAME:
            last = index.divisions.get(named_last or "")
            own = last if last is not None and last.kind is name.kind else own
        if own is None:
            return (), f"{here} stands in no {noun}"
        if name.part.relative in (Relative.THIS, Relative.SAME):
            return (own,), None
        row = [one for one in index.divisions.values() if one.kind is own.kind and one.parent == own.parent]
        at = row.index(own) + (1 if name.part.relative is Relative.FOLLOWING else -1)
        return ((row[at],), None) if 0 <= at < len(row) else ((), f"{own.id} has no {name.part.relative} {noun}")
    held = [one for one in index.divisions.values() if one.kind is name.kind and _stands_inside(one, name, index)]
    first = _nearest([one for one in held if one.number == name.part.number], around)
    if first is None:
        return (), f"there is no {noun} {name.part.number}"
    if name.last is None:
        return (first,), None
    low, high = number_key(name.part.number), number_key(name.last.number)
    span = tuple(one for one in held if one.parent == first.parent and low <= number_key(one.number) <= high)
    if span[-1].number != name.last.number:
        return span, f"there is no {noun} {name.last.number}"
    return span, None


def _stands_inside(division: Division, name: DivisionName, index: ProvisionIndex) -> bool:
    if name.inside is None:
        return True
    holder = index.divisions.get(division.parent or "")
    while holder is not None:
        if holder.kind is name.inside.kind and holder.number == name.inside.part.number:
            return True
        if holder.kind is name.inside.kind and name.inside.part.relative is not None:
            return True
        holder = index.divisions.get(holder.parent or "")
    return False


def _nearest(found: Sequence[Division], around: Sequence[Division]) -> Division | None:
    for holder in around:
        for one in found:
            if one.id.startswith(f"{holder.id}/"):
                return one
    return found[0] if found else None


def _spread(name: DivisionName) -> tuple[DivisionName, ...]:
    """Each division of a range of another law (`Sections 12 to 16`), as far as whole numbers tell which there are."""
    if name.last is None or not (name.part.number.isdigit() and name.last.number.isdigit()):
        return (name,)
    span = range(int(name.part.number), int(name.last.number) + 1)[:_LONGEST_RANGE]
    return tuple(replace(name, part=Part(str(number)), last=None) for number in span) or (name,)


def _write(name: DivisionName, law: LawReference) -> str:
    inner = f"{name.kind.value}-{name.part.number}"
    return f"{_write(name.inside, law)}/{inner}" if name.inside is not None else f"{law.prefix}/{inner}"
