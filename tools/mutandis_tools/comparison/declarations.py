"""What differs between two rulebooks beside the rules: vocabulary, laws with their instruments, case files.

These decide as rules do: a default, a presumption, the words of a question, an enforcement day. Each difference is told
in a sentence about what it makes otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from typing import Any, Literal

from mutandis.dataclass import dataclass
from mutandis.rulebook.case_file import CaseFile
from mutandis.rulebook.model import Instrument, Law, Source
from mutandis.source import NOWHERE
from mutandis.vocabulary import ActionDeclaration, Division, FactDeclaration, Term

About = Literal["action", "fact", "term", "division", "law", "instrument", "case"]
Kind = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class DeclarationChange:
    """One thing that is declared otherwise. `name` is as the files have it; `text` says what is otherwise."""

    about: About
    name: str
    kind: Kind
    text: str


def compare_declarations(
    old: Source, new: Source, old_cases: Iterable[CaseFile], new_cases: Iterable[CaseFile]
) -> tuple[DeclarationChange, ...]:
    """Every difference: laws first, then terms, facts and actions, then cases, each in the order of their names."""
    return (
        *_pairs("law", "law", old.laws, new.laws, _law),
        *_instruments(old.laws, new.laws),
        *_pairs("term", "term", old.vocabulary.terms, new.vocabulary.terms, _term),
        *_pairs("fact", "fact", old.vocabulary.facts, new.vocabulary.facts, _fact),
        *_pairs("action", "action", old.vocabulary.actions, new.vocabulary.actions, _action),
        *_pairs("division", "division", _divisions(old), _divisions(new), _division),
        *_cases(old_cases, new_cases),
    )


def _pairs(
    about: About,
    word: str,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    compare: Callable[[Any, Any], Iterator[str]],
) -> Iterator[DeclarationChange]:
    for name in sorted({*old, *new}):
        before, after = old.get(name), new.get(name)
        if before is None:
            yield DeclarationChange(about, name, "added", f"the {word} `{name}` is new")
        elif after is None:
            yield DeclarationChange(about, name, "removed", f"the {word} `{name}` is gone")
        else:
            yield from (DeclarationChange(about, name, "changed", text) for text in compare(before, after))


# --- vocabulary -------------------------------------------------------------------------------------------------------


def _action(old: ActionDeclaration, new: ActionDeclaration) -> Iterator[str]:
    name = f"`{new.name}`"
    if old.default != new.default:
        yield f"{name} is {'now' if new.default == 'forbidden' else 'no longer'} forbidden by default"
    if old.group != new.group:
        yield f"{name} excludes the actions of the group {_told(new.group)}, was {_told(old.group)}"
    handled = [one.division.name if one.division is not None else "" for one in (new, old)]
    if handled[0] != handled[1]:
        yield f"{name} is handled by {_told(handled[0])}, was handled by {_told(handled[1])}"
    yield from _others(name, old, new, {"default", "group", "division"})


def _divisions(source: Source) -> dict[str, Division]:
    """The divisions that handle something, by name."""
    found = (action.division for action in source.vocabulary.actions.values())
    return {division.name: division for division in found if division is not None}


def _division(old: Division, new: Division) -> Iterator[str]:
    yield from _others(f"the division `{new.name}`", old, new, set())


def _fact(old: FactDeclaration, new: FactDeclaration) -> Iterator[str]:
    name = f"`{new.name}`"
    if (old.has_presumption, old.presume) != (new.has_presumption, new.presume):
        yield f"{name} is presumed {_presumed(new)}, was {_presumed(old)}"
    if old.question != new.question:
        yield f"the question of {name} asks something else: {_told(new.question)}, was {_told(old.question)}"
    if old.type != new.type or old.values != new.values:
        yield from _type(name, old, new)
    if old.found_by != new.found_by:
        yield f"{name} is for {_told(new.found_by)} to find, was for {_told(old.found_by)}"
    if (old.minimum, old.maximum) != (new.minimum, new.maximum):
        yield f"the bounds of {name} are {_bounds(new)}, were {_bounds(old)}"
    told = {"presume", "has_presumption", "question", "type", "values", "found_by", "minimum", "maximum"}
    yield from _others(name, old, new, told)


def _type(name: str, old: FactDeclaration, new: FactDeclaration) -> Iterator[str]:
    if old.type.kind != new.type.kind:
        yield f"{name} is a {new.type.kind}, was a {old.type.kind}".replace("_", "/")
        return
    before, after = dict(old.values), dict(new.values)
    yield from (f"{name} can now be `{value}`" for value in after if value not in before)
    yield from (f"{name} can no longer be `{value}`" for value in before if value not in after)
    for value in after:
        if value in before and before[value] != after[value]:
            yield f"the value `{value}` of {name} reads {_told(after[value])}, was {_told(before[value])}"
    if old.type.optional != new.type.optional:
        yield f"{name} {'may now' if new.type.optional else 'may no longer'} be none"
    if replace(old.type, values=(), optional=False) != replace(new.type, values=(), optional=False):
        yield f"the type of {name} is another"


def _term(old: Term, new: Term) -> Iterator[str]:
    # The attributes are told as facts.
    yield from _others(f"`{new.name}`", old, new, {"attributes"})


def _others(name: str, old: Any, new: Any, told: set[str]) -> Iterator[str]:
    """What differs and has no sentence of its own, by the name of its key."""
    for part in fields(new):
        before, after = getattr(old, part.name), getattr(new, part.name)
        if part.compare and part.name not in told and before != after:
            yield f"{part.name.replace('_', ' ')} of {name}: {_told(after)}, was {_told(before)}"


def _told(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value in (None, "", ()):
        return "nothing"
    return f"“{value}”" if isinstance(value, str) else str(value)


def _presumed(fact: FactDeclaration) -> str:
    if not fact.has_presumption:
        return "nothing"
    return "none" if fact.presume is None else _told(fact.presume)


def _bounds(fact: FactDeclaration) -> str:
    ends = [f"{word} {value}" for word, value in (("from", fact.minimum), ("to", fact.maximum)) if value is not None]
    return " ".join(ends) or "open"


# --- laws -------------------------------------------------------------------------------------------------------------


def _law(old: Law, new: Law) -> Iterator[str]:
    yield from _others(f"the law `{new.id}`", old, new, {"instruments"})


def _instruments(old: Mapping[str, Law], new: Mapping[str, Law]) -> Iterator[DeclarationChange]:
    for law in sorted({*old} & {*new}):
        before = {one.id: one for one in old[law].instruments}
        after = {one.id: one for one in new[law].instruments}
        for change in _pairs("instrument", "instrument", before, after, _instrument):
            yield replace(change, name=f"{law}: {change.name}")


def _instrument(old: Instrument, new: Instrument) -> Iterator[str]:
    if old.enforced != new.enforced:
        when, was = (one.enforced.isoformat() if one.enforced is not None else "no day" for one in (new, old))
        yield f"{new.id} is in force from {when}, was from {was}"
    if old.enforced_parts != new.enforced_parts:
        yield f"parts of {new.id} are in force from other days"
    yield from _others(new.id, old, new, {"enforced", "enforced_parts"})


# --- cases ------------------------------------------------------------------------------------------------------------


def _cases(old: Iterable[CaseFile], new: Iterable[CaseFile]) -> Iterator[DeclarationChange]:
    """Cases by name; one that says something else is told with what: its facts, its question, what it expects."""
    before = {case.name: _without_place(case) for case in old}
    after = {case.name: _without_place(case) for case in new}
    for name in sorted({*before, *after}):
        was, now = before.get(name), after.get(name)
        if was is None:
            yield DeclarationChange("case", name, "added", f"the case `{name}` is new")
        elif now is None:
            yield DeclarationChange("case", name, "removed", f"the case `{name}` is gone")
        elif was != now:
            compared = [part.name for part in fields(now) if part.compare]
            told = ", ".join(one.replace("_", " ") for one in compared if getattr(was, one) != getattr(now, one))
            yield DeclarationChange("case", name, "changed", f"the case `{name}` says something else: {told}")


def _without_place(case: CaseFile) -> CaseFile:
    return replace(case, span=NOWHERE, places={})
