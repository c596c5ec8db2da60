"""Contraries: what a norm on one action of a group says of the others (S3).

Actions of a group exclude each other (discard, keep, deliver). A duty to do one forbids the others; a permission of one
exempts from the others, or, where it is a right against the one who would do the other, forbids it to them.
Prohibitions and exemptions say nothing of the others. What follows binds who does the other action, whoever bears the
norm it follows from. An action may also be declared to restrict others: that goes one way only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Sequence

from mutandis.condition.tree import Applies, Expression, Fact, FallsUnder
from mutandis.dataclass import replace
from mutandis.datatypes import YES_NO
from mutandis.link.falls_under import References
from mutandis.link.orders import as_required
from mutandis.link.program import Direction, Norm
from mutandis.link.reading import Draft, name_of
from mutandis.rulebook.law import ALWAYS
from mutandis.vocabulary import Vocabulary


def contraries_of(action: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The actions that cannot be done together with `action`, sorted.

    Where a group was declared on a kind, its actions exclude each other for one sub-kind at a time: keeping a letter
    does not exclude discarding a parcel.
    """
    declared = vocabulary.actions.get(action)
    if declared is None or not declared.group:
        return ()
    shared = _kind_of_group(declared.verb, declared.term, declared.group, vocabulary)
    return tuple(
        sorted(
            name
            for name, other in vocabulary.actions.items()
            if other.group == declared.group
            and name != action
            and (other.term == declared.term or not shared or shared not in vocabulary.kinds_of(other.term))
        )
    )


def _kind_of_group(verb: str, term: str, group: str, vocabulary: Vocabulary) -> str:
    for kind in vocabulary.kinds_of(term)[1:]:
        inherited = vocabulary.actions.get(f"{verb} {kind}")
        if inherited is not None and inherited.group == group:
            return kind
    return ""


def contrary_norms(drafts: Sequence[Draft], references: References) -> list[Draft]:
    """The norms that duties and permissions imply for the other actions of their group; they carry the same orders.

    They share the fate of what implies them: what is beaten or removed says nothing of the others (S3, S10).
    """
    vocabulary = references.vocabulary
    limits: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.norm.direction == "limits":
            limits[draft.norm.action].append(draft)
    found: list[Draft] = []
    for draft in drafts:
        norm = draft.norm
        if norm.derived or norm.direction not in ("must", "may"):
            continue
        for action in contraries_of(norm.action, vocabulary):
            if action in norm.any_group:  # one of a set that suffices says nothing against the rest of the set
                continue
            exclusive = norm.direction == "must" or _set_excludes(norm.any_group, action, vocabulary)
            # To do one of several is a duty, however free the choice: no right of its bearer against anybody.
            barred = norm.direction == "may" and not norm.any_group and _is_right_against(norm.to, action, vocabulary)
            direction: Direction = "must_not" if exclusive or barred else "need_not"
            fate: list[Expression] = [Applies(name_of(norm), type=YES_NO)]
            if not exclusive:
                # A permission that is not used as it and its limits require exempts from nothing (S10).
                fate.extend(as_required(draft, limits[norm.action], references))
            contrary = replace(
                norm,
                key=f"{norm.key}; contrary of {norm.action}",
                action=action,
                direction=direction,
                by=norm.to if barred else _doer(action, vocabulary),
                to=norm.by if barred else (),
                when=tuple(dict.fromkeys((*norm.when, *fate))),
                exclusions=(),
                requires=(),
                deadline=None,
                recurs="",
                any_group=(),
                derived="contrary",
            )
            # What the norm takes the place of it does even if its own requirements fail (S6), by a norm of its own.
            orders = tuple(placed for placed in draft.orders if placed.order.relation != "instead_of")
            found.append(replace(draft, norm=contrary, orders=orders))
    return found


def _doer(action: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Who does an action: whoever bears the norm on the other, this is who cannot do both."""
    doer = vocabulary.actions[action].by
    return (doer,) if doer else ()


def restriction_norms(drafts: Sequence[Draft], vocabulary: Vocabulary, punished: Container[str]) -> list[Draft]:
    """The bans by which a restriction, while it is required or in force, takes away what it restricts (S3).

    A duty to restrict bans the right as long as the duty is effective. What is in force under the place of a duty or
    a power bans it too: where the fact that the action declares for that says so. Under one place it is in force once,
    whichever wording or reading of the place gives the power; a rule that is `punished` apart from others at its place
    has a ban of its own.
    """
    found: dict[tuple[str, ...], Draft] = {}
    # As it stands before what a clause brings, which is not punished; then a wording that is held.
    for draft in sorted(drafts, key=lambda draft: (bool(draft.norm.sources), bool(draft.norm.opaque))):
        norm = draft.norm
        declared = vocabulary.actions.get(norm.action)
        if declared is None or not declared.restricts or norm.derived or norm.direction not in ("must", "may"):
            continue
        for when, once, lasting in _restricting(norm, declared.in_force, vocabulary, punished):
            for right in declared.restricts:
                ban = replace(
                    norm,
                    key=f"{norm.key}; restricts {right}{' in force' if lasting else ''}",
                    action=right,
                    direction="must_not",
                    by=_doer(right, vocabulary),
                    to=(),
                    when=when,
                    grounds=(),
                    exclusions=(),
                    requires=(),
                    deadline=None,
                    recurs="",
                    governed_by=None if lasting else norm.governed_by,
                    force=ALWAYS if lasting else norm.force,  # no ban of a wording that is out of force comes near
                    any_group=(),
                    opaque="",
                    derived="in force" if lasting and norm.direction == "must" else "restriction",
                )
                found.setdefault((norm.action, right, once), replace(draft, norm=ban, orders=(), parts=()))
    return list(found.values())


def _restricting(
    norm: Norm, in_force: str, vocabulary: Vocabulary, punished: Container[str]
) -> Iterator[tuple[tuple[Expression, ...], str, bool]]:
    """When a norm takes away what it restricts, what makes that one ban with another norm's, and whether it lasts
    whatever became of the norm: a restriction does that was imposed under its place."""
    effective = Applies(name_of(norm), type=YES_NO)
    if norm.direction == "must":
        yield (effective,), name_of(norm), False
    declared = vocabulary.facts.get(in_force)
    if declared is None:
        return
    fact, place = Fact(declared.name, type=declared.type), str(norm.citation)
    if declared.type.kind == "provision":
        under = FallsUnder(fact, ((place, place),), type=YES_NO)
        yield (under,), norm.rule if norm.rule in punished else place, True
    elif norm.direction == "may":
        yield (effective, fact), name_of(norm), False


def _set_excludes(any_group: tuple[str, ...], action: str, vocabulary: Vocabulary) -> bool:
    # A duty to do one of several forbids what excludes every one of them.
    return bool(any_group) and all(action in contraries_of(member, vocabulary) for member in any_group)


def _is_right_against(owed_by: tuple[str, ...], action: str, vocabulary: Vocabulary) -> bool:
    doer = vocabulary.actions[action].by
    return bool(doer) and any(party in vocabulary.kinds_of(doer) for party in owed_by)
