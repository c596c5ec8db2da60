"""Contraries: what a norm on one action of a group says of the others (S3).

Actions of a group exclude each other (discard, keep, deliver). A duty to do one forbids the others; a permission of one
exempts from the others, or, where it is a right against the one who would do the other, forbids it to them.
Prohibitions and exemptions say nothing of the others.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from mutandis.link.program import Direction
from mutandis.link.reading import Draft
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


def contrary_norms(drafts: Iterable[Draft], vocabulary: Vocabulary) -> list[Draft]:
    """The norms that duties and permissions imply for the other actions of their group; they carry the same orders."""
    found: list[Draft] = []
    for draft in drafts:
        norm = draft.norm
        if norm.derived or norm.direction not in ("must", "may"):
            continue
        for action in contraries_of(norm.action, vocabulary):
            if action in norm.any_group:  # one of a set that suffices says nothing against the rest of the set
                continue
            exclusive = norm.direction == "must" or _set_excludes(norm.any_group, action, vocabulary)
            barred = norm.direction == "may" and _is_right_against(norm.to, action, vocabulary)
            direction: Direction = "must_not" if exclusive or barred else "need_not"
            when = norm.when
            if direction == "need_not":
                # A permission that is not used as it requires exempts from nothing.
                when = tuple(dict.fromkeys((*when, *(r.condition for r in norm.requires))))
            contrary = replace(
                norm,
                key=f"{norm.key}; contrary of {norm.action}",
                action=action,
                direction=direction,
                by=norm.to if barred else norm.by,
                to=norm.by if barred else norm.to,
                when=when,
                requires=(),
                deadline=None,
                recurs="",
                any_group=(),
                derived="contrary",
            )
            found.append(replace(draft, norm=contrary))
    return found


def _set_excludes(any_group: tuple[str, ...], action: str, vocabulary: Vocabulary) -> bool:
    # A duty to do one of several forbids what excludes every one of them.
    return bool(any_group) and all(action in contraries_of(member, vocabulary) for member in any_group)


def _is_right_against(owed_by: tuple[str, ...], action: str, vocabulary: Vocabulary) -> bool:
    doer = vocabulary.actions[action].by
    return bool(doer) and any(party in vocabulary.kinds_of(doer) for party in owed_by)
