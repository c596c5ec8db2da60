"""What a condition asks of a provision: whether the case falls under it, and whether it applies (S38)."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from mutandis.citation import CitationRange, parse_citation
from mutandis.condition.tree import Applies, Truth, walk
from mutandis.dataclass import replace
from mutandis.oracle.construal import CLAUSE, Reading, covers, named_grounds, own_text, stands_of, substitute
from mutandis.oracle.counting import NoAnswer
from mutandis.oracle.norms import Norm, Ranges, named_parts
from mutandis.oracle.reading import Scope, connect, evaluate
from mutandis.rulebook.model import ON_ACTIONS, Entry, Exclusion, Ground, Rule


class Wording(Exception):
    """The case turns on a rule whose wording is not held (S41): its id, and the fact that it gave a value we do not
    know; empty where the rule says what it does."""


def meant(case: Any, cited: Ranges, scope: Scope) -> Iterator[Reading]:
    """Every rule as a reference in this place means it: the instance beside it that has what is cited, or the rule as
    written."""
    path = scope.reading.path
    near = [
        one
        for one in case.oracle.readings
        if len(one.path) <= len(path) and all(a.agrees(b) for a, b in zip(path, one.path, strict=False))
    ]
    for one in near:
        nearer = (other.rule for other in near if other.written is one.written and len(other.path) > len(one.path))
        if not any(rule.opaque or _stands_at(rule, cited) or _parts_at(rule, cited) for rule in nearer):
            yield one


def falls_under(case: Any, cited: Ranges, scope: Scope, through: Any) -> bool:
    """The grounds or exclusions named, or the conditions of a whole provision less what it excludes (S38)."""
    members = [member for one in cited for member in _members(case, one)]
    if len(members) > 1:
        return connect(members, lambda one: falls_under(case, (one,), scope, through), True)
    cited = tuple(members)
    reading = scope.reading
    asked = (cited, reading.written.id, tuple(map(id, reading.path)), reading.kind, repr(through))
    return once(case, asked, lambda: _falls_under(case, cited, scope, through))


def _members(case: Any, cited: CitationRange) -> list[CitationRange]:
    """The provisions that a range lists, at the level of its ends; itself where it is one, or lists none."""
    first = cited.first
    if first == cited.last:
        return [cited]
    parts = (part for rule in case.oracle.rules for part in (*rule.grounds, *rule.unless))
    places = {*(rule.at for rule in case.oracle.rules), *(part.citation for part in parts)}
    levels = ("paragraph", "subparagraph", "item")
    listed = {
        replace(
            place,
            sentence="",
            subitem="",
            **{one: getattr(place, one) if getattr(first, one) else "" for one in levels},
        )
        for place in places
        if cited.covers(place) and all(getattr(place, one) or not getattr(first, one) for one in levels)
    }
    return [CitationRange(one, one) for one in sorted(listed)] or [cited]


def once(case: Any, asked: tuple[Any, ...], answer: Callable[[], bool]) -> bool:
    """The answer, unless it waits for itself."""
    if asked in case.asking:
        raise NoAnswer(f"{asked[0][0]} depends on itself")
    case.asking.add(asked)
    try:
        return answer()
    finally:
        case.asking.discard(asked)


def _falls_under(case: Any, cited: Ranges, scope: Scope, through: Any) -> bool:
    described = False
    for one in meant(case, cited, scope):
        if not through:  # what a clause asks itself is of its sub-kind already
            one = one.of(scope.reading.kind)
            wide, asker = one.about, scope.reading.about
            if asker != wide and asker in case.oracle.vocabulary.sub_kinds(wide):
                one = one.of((wide, asker))
        # A clause's own words are read with its construals already.
        for mapped in (each for each in through or () if each.get(CLAUSE) != one.written.id):
            read = substitute(one.written if one.path else one.rule, mapped)
            one = Reading(one.written, own_text(read, mapped), ())  # what it refers to in turn is read so as well
        rule, inner = one.rule, replace(scope, reading=one)
        describes = rule.effect not in ("states", "delegate", "limits", "penalty", "apply")
        if covers(cited, rule.at) and not describes:  # but by its grounds
            met = case.in_force(rule.force, inner) and any(case.ground(part, inner) for part in rule.grounds)
            described = described or bool(rule.grounds)
        elif covers(cited, rule.at):
            as_stated = scope.as_stated | ({rule.target} if rule.effect == "deem" else set())
            met = case.triggered(Norm("", "", one), as_stated, alone=True) and gives(case, Norm("", "", one), inner)
            described = True
        else:
            parts, entries = _parts_at(rule, cited), _entries_at(rule, cited)
            inside = _is_inside(rule, cited)
            if rule.effect == "deem":
                inner = replace(inner, as_stated=scope.as_stated | {rule.target})
            met = case.in_force(rule.force, inner) and (
                any(case.ground(part, inner) for part in parts)
                or (bool(entries) and gives(case, Norm("", "", one), inner, among=entries))
                or (inside and _had(case, f"inside {rule.id}"))
            )
            described = described or bool(parts or entries or inside)
        if met:
            return True
    if not described:
        raise NoAnswer(f"{cited[0]} is not encoded")
    return False


def _is_inside(rule: Rule, cited: Ranges) -> bool:
    """Whether the rule is wording that is not held, which may have had something at a place inside it (S41)."""
    return bool(rule.opaque) and any(rule.at.covers(place.first) for place in cited)


def _had(case: Any, inside: str) -> bool:
    """Whether the case fell under a part of wording that is not held."""
    if inside not in case.wording:
        raise Wording(inside, "")
    return bool(case.wording[inside])


def applies_at(case: Any, cited: Ranges, scope: Scope) -> bool:
    """Whether an effective norm stands there; for a ground, one that holds by it."""
    whole_case = case.without(())
    found = list(meant(case, cited, scope))
    there = {one.written.effect for one in found if _stands_at(one.written, cited)}
    # A provision that has norms, or clauses, applies when these do: a definition beside them only says what is what.
    has_norms, only_clauses = bool(there & {*ON_ACTIONS, "apply"}), there == {"apply"}
    case = whole_case
    unheld = any(_is_inside(one.written, cited) for one in found)
    if there and there <= {"states", "delegate", "penalty"} and not unheld:
        return bool(falls_under(case, cited, scope, None))  # it says nothing of actions or facts
    if any(one.written.id not in case.oracle.speaking and _excludes(case, cited, one, scope) for one in found):
        return True
    for norm in case.oracle.norms:
        rule = norm.reading.rule
        has_it, *clauses = norm.stands
        case = whole_case.without(whole_case.reaching_less_far(norm))
        first = norm.exclusion.citation if norm.exclusion else has_it.written.at
        places = [(first, has_it), *((one.written.at, one) for one in clauses)]
        own = [place for place, one in places if _is_among(one, found)]
        if not own or norm.source is not None or _is_of_another_kind(case, norm, scope.reading.about):
            continue
        if _keeps_away(case, cited, norm, found):
            return True
        if norm.direction in "DMX" and (has_norms if _is_among(norm.reading, found) else not only_clauses):
            continue
        if norm.exclusion is not None and (covers(cited, has_it.rule.at) or _asks_of_itself(norm.exclusion)):
            continue  # an exemption from a duty by a proviso is meant where the proviso is named
        whole = any(covers(cited, place) for place in own)
        # An exemption has no ground of the duty that it exempts from; those of clauses it has.
        leading = clauses if norm.exclusion else [has_it, *clauses]
        standing = [one for one in leading if not whole and _is_among(one, found)]
        exempting = norm.exclusion.grounds if norm.exclusion and not whole and _is_among(has_it, found) else ()
        excused = named_grounds(exempting, cited)
        parts = [(one, ground) for one in standing for ground in named_parts(one.rule.grounds, _of(one.rule, cited))]
        read = Scope(norm.reading, as_stated=frozenset({norm.action} if norm.direction == "M" else ()))
        entries = () if whole or norm.reading not in standing else _entries_at(rule, cited)
        inside = not whole and _is_inside(rule, cited)
        if not (whole or parts or excused or entries or inside) or case.status(norm) == "off":
            continue
        holding = (case.stands(replace(norm, reading=one), ground, replace(read, reading=one)) for one, ground in parts)
        if gives(case, norm, read) and (
            whole
            or any(holding)
            or any(case.ground(ground, read) for ground in excused)
            or (bool(entries) and gives(case, norm, read, among=entries))
            or (inside and _had(case, f"inside {rule.id}"))
        ):
            return True
    return False


def _is_of_another_kind(case: Any, norm: Norm, about: str) -> bool:
    """Whether the rule, read of a kind, is read of the very one that is asked about, and this is another reading."""
    (wide, _), (verb, _, term) = norm.reading.kind, norm.action.partition(" ")
    vocabulary = case.oracle.vocabulary
    return term != about and about in vocabulary.sub_kinds(wide) and f"{verb} {about}" in vocabulary.actions


def _is_among(stand: Reading, near: list[Reading]) -> bool:
    """Whether what stands in a reading is meant: of a clause that has no choice of its own, by every choice (S35)."""
    return any(
        one.written is stand.written
        and len(one.path) == len(stand.path)
        and all(a.agrees(b) for a, b in zip(one.path, stand.path, strict=True))
        for one in near
    )


def _entries_at(rule: Rule, cited: Ranges) -> tuple[Entry, ...]:
    """The values with numbers that are cited."""
    return tuple(one for one in rule.entries if one.citation != rule.at and covers(_of(rule, cited), one.citation))


def _parts_at(rule: Rule, cited: Ranges) -> list[Ground | Exclusion]:
    """The grounds and exclusions that are cited."""
    cited = _of(rule, cited)
    excluding = [part for part in rule.unless if covers(cited, part.citation)]
    inside = [ground for part in rule.unless for ground in named_parts(part.grounds, cited)]
    return [*named_parts(rule.grounds, cited), *excluding, *inside]


def _of(rule: Rule, cited: Ranges) -> Ranges:
    """What may be a part of the rule: what is numbered in a proviso hangs on no main sentence."""
    return tuple(one for one in cited if one.first.is_of(rule.at))


def _stands_at(rule: Rule, cited: Ranges) -> bool:
    return covers(cited, rule.at) or any(named_parts(rule.grounds, _of(rule, cited))) or bool(_entries_at(rule, cited))


def _keeps_away(case: Any, cited: Ranges, norm: Norm, near: list[Reading]) -> bool:
    """Whether an exclusion named keeps the norm away, which would hold but for it; that of a duty exempts, which is a
    norm."""
    if norm.direction == "R" or norm.exclusion is not None:
        return False
    as_stated = frozenset({norm.action} if norm.direction == "M" else ())
    for stand in stands_of(norm.reading):
        if not _is_among(stand, near) or covers(cited, stand.rule.at):
            continue
        read = Scope(norm.reading, as_stated=as_stated)
        for one, parts in _exclusions_at(stand.rule, cited):
            kept = replace(norm, exclusion=one)
            asked = (cited, norm.reading, norm.action, f"{one.citation} applies")
            if (
                once(case, asked, partial(case.triggered, kept, as_stated))
                and (not parts or any(case.ground(part, read) for part in parts))
                and gives(case, norm, read)
            ):
                return True
    return False


def _excludes(case: Any, cited: Ranges, stand: Reading, scope: Scope) -> bool:
    """Whether the case falls under an exclusion named of what says nothing of actions or facts."""
    if covers(cited, stand.rule.at):
        return False
    excluding = tuple(one for one in stand.rule.unless if not _asks_of_itself(one))
    read, parts = replace(scope, reading=stand), _parts_at(replace(stand.rule, grounds=(), unless=excluding), cited)
    return case.in_force(stand.rule.force, read) and any(case.ground(part, read) for part in parts)


def _exclusions_at(rule: Rule, cited: Ranges) -> list[tuple[Exclusion, tuple[Ground, ...]]]:
    """The exclusions that are cited, or by some of their grounds alone."""
    found = [(one, () if covers(cited, one.citation) else named_grounds(one.grounds, cited)) for one in rule.unless]
    return [(one, p) for one, p in found if (p or covers(cited, one.citation)) and not _asks_of_itself(one)]


def _asks_of_itself(exclusion: Exclusion) -> bool:
    """Whether it asks if what stands at its own place applies, of which it is then no part."""
    asked = (node for node in walk(exclusion.when) if isinstance(node, Applies)) if exclusion.when else ()
    return any(parse_citation(node.citation).covers(exclusion.citation) for node in asked)


def gives(
    case: Any, norm: Norm, scope: Scope, *, any_value: bool = False, among: tuple[Entry, ...] | None = None
) -> bool:
    """Whether a definition or fiction gives a value, of those `among` which it is asked: of a yes/no fact what it
    reckons must come to yes (S38), unless `any_value` does."""
    rule = norm.reading.rule
    declared = case.oracle.vocabulary.facts.get(rule.target)
    reckons = not any_value and declared is not None and declared.type.kind == "yes_no"
    return not rule.entries or any(
        case.in_force(entry.force, scope)
        and (entry.when is None or evaluate(entry.when, case, scope))
        and (not reckons or isinstance(entry.value, Truth) or evaluate(entry.value, case, scope))
        and not case.felled(norm, entry, scope)
        for entry in (rule.entries if among is None else among)
    )
