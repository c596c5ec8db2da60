"""Which rules differ between two rulebooks, and in what.

Rules are paired by id, then by where they stand. What counts is what they say: where they stand in a file, and in
which file, does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from operator import attrgetter
from typing import Literal

from mutandis.citation import Citation
from mutandis.condition.tree import Expression, Fact, mapped
from mutandis.dataclass import dataclass
from mutandis.link.rule_parts import map_expressions
from mutandis.rulebook.model import Article, Rule
from mutandis.rulebook.rule_file import marks_of
from mutandis.source import NOWHERE
from mutandis_tools.comparison.edits import NUMBER, Edit, Part, edits_of, parts_of
from mutandis_tools.comparison.renaming import moved_rules, same_words

_KEYS = {
    "at": "at",
    "effect": "effect",
    "any_of": "effect",
    "actions": "effect",
    "target": "effect",
    "entries": "as",
    "apply": "apply",
    "external": "apply",
    "orders": "order",
    "force": "in force",
    "opaque": "not_held",
}
"""What a part of a rule is called in a rule file, where that is not its own name."""
_CHOOSING = frozenset({"note", "in force", "governed by"})
"""Parts in which a rule is otherwise that says and does the same in its time."""


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule that one side has and the other has not, or that says something else: `rule` is its id there, or now,
    `before` the one it had.

    `parts` says in which keys, `edits` what stood there and what stands there now; of a rule that is new or gone, all
    of it. One that `moved` stands at another place of its law, told as the edit of `at`. `is_summary_old`: what it says
    is otherwise, and its summary is not.
    """

    rule: str
    provision: str
    kind: Literal["added", "removed", "changed", "moved"]
    parts: tuple[str, ...] = ()
    summary: str = ""
    edits: tuple[Edit, ...] = ()
    before: str = ""

    @property
    def is_summary_old(self) -> bool:
        """True if conditions or effects changed and the summary did not; for which time it holds no summary says."""
        told = {edit.part for edit in self.edits if not edit.part.startswith(NUMBER)}
        return self.kind == "changed" and "summary" not in told and bool(told - _CHOOSING)


def compare_rules(old: Iterable[Article], new: Iterable[Article]) -> tuple[RuleChange, ...]:
    """Every rule that differs, in the order of the law; one that was numbered anew is told once."""
    old, new = tuple(old), tuple(new)
    before, after = _by_id(old), _by_id(new)
    moved = [(before.pop(was.id), after.pop(now.id)) for was, now in moved_rules(old, new)]
    moved += [(before.pop(was.id), after.pop(now.id)) for was, now in _in_place_of(before, after)]
    ended = _ended_in(before, after)
    for was, now in ended:
        del after[now.id]
        if was.id not in after:  # else another rule has its id, and is told against it
            del before[was.id]
    pairs = [*moved, *ended, *((before.get(name), after.get(name)) for name in sorted({*before, *after}))]
    found = [change for one, other in pairs if (change := _compare(one, other)) is not None]
    places = {rule.id: rule.at.sort_key() for pair in pairs for rule in pair if rule is not None}
    return tuple(sorted(found, key=lambda change: (places[change.rule], change.rule)))


def _in_place_of(before: Mapping[str, Rule], after: Mapping[str, Rule]) -> list[tuple[Rule, Rule]]:
    """Rules that took the place of another: where they stand, those alike but for their ids, those alone with a
    summary, and one gone and one new that are about the same.

    Their ids have their effect and what it is about, and what tells them from others there, so it is no other rule
    that one of these is otherwise.
    """
    gone, come = (_by_place(one, other) for one, other in ((before, after), (after, before)))
    found: list[tuple[Rule, Rule]] = []
    for at, rules in gone.items():
        left = come.get(at, [])
        for of in (_as_it_stands, attrgetter("summary")):
            pairs = [(was, now) for was in rules for now in left if of(was) == of(now)]
            for was, now in pairs:
                if sum(one is was or other is now for one, other in pairs) == 1:
                    rules.remove(was)
                    left.remove(now)
                    found.append((was, now))
        if len(rules) == len(left) == 1 and _is_about_the_same(rules[0], left[0]):
            found.append((rules[0], left[0]))
    return found


def _as_it_stands(rule: Rule) -> Rule:
    return replace(rule, id="")


def _ended_in(before: Mapping[str, Rule], after: Mapping[str, Rule]) -> list[tuple[Rule, Rule]]:
    """Rules that stay as they were until a day, under another id: what holds from then on may have the one they had.

    The day may be that of an event which newly governs them, as a transitional clause has it.
    """
    found: list[tuple[Rule, Rule]] = []
    left: dict[Citation, list[Rule]] = {}
    for was in before.values():
        left.setdefault(was.at, []).append(was)
    for now in (rule for name, rule in after.items() if name not in before and rule.force.until is not None):
        rules = left.get(now.at, [])
        same = next((one for one in rules if _but_for_its_end(one, one) == _but_for_its_end(now, one)), None)
        if same is not None:
            rules.remove(same)  # it ended once: another with the same words is a rule of its own
            found.append((same, now))
    return found


def _but_for_its_end(rule: Rule, was: Rule) -> Rule:
    """The rule without what may be otherwise in one that `was` there, and ends."""
    rule = replace(rule, force=replace(rule.force, until=None), summary="", note="", id="")
    return rule if was.governed_by else replace(rule, governed_by=None, milder=False, presumes="")


def _by_place(rules: Mapping[str, Rule], others: Mapping[str, Rule]) -> dict[str, list[Rule]]:
    found: dict[str, list[Rule]] = {}
    for name, rule in rules.items():
        if name not in others:
            found.setdefault(str(rule.at), []).append(rule)
    return found


def _is_about_the_same(one: Rule, other: Rule) -> bool:
    about = one.target == other.target if one.target else bool(set(one.actions) & set(other.actions))
    return about or one.effect == other.effect in ("delegate", "states")


def _by_id(articles: Iterable[Article]) -> dict[str, Rule]:
    return {rule.id: replace(rule, span=NOWHERE) for article in articles for rule in article.rules}


def _compare(old: Rule | None, new: Rule | None) -> RuleChange | None:
    if old is None and new is not None:
        return RuleChange(new.id, str(new.at), "added", (), new.summary, _whole(new, True))
    if new is None and old is not None:
        return RuleChange(old.id, str(old.at), "removed", (), old.summary, _whole(old, False))
    if old is None or new is None or old == new:
        return None
    old, new = _as_written(old), _as_written(new)
    if replace(old, id=_written_id(old)) == replace(new, id=_written_id(new)):
        return None
    if old.at != new.at:
        return _moved(old, new)
    parts = tuple(dict.fromkeys(_parts(replace(old, id=new.id), new))) or ("id",)
    return RuleChange(new.id, str(new.at), "changed", parts, new.summary, edits_of(old, new), old.id)


def _written_id(rule: Rule) -> str:
    """The id without what tells the rule from others of its place, which is of those."""
    name = rule.id
    for mark in reversed(marks_of(rule)):
        name = name.removesuffix(f" {mark}") if mark else name
    return name


def _as_written(rule: Rule) -> Rule:
    """The rule without the marks that reading puts on dates that it, or a clause elsewhere, presumes something of."""
    return map_expressions(rule, _unmarked, _unmarked)


def _unmarked(node: Expression) -> Expression:
    if isinstance(node, Fact):
        return replace(node, presumed="", not_yet=False) if node.presumed else node
    return mapped(node, _unmarked)


def _moved(old: Rule, new: Rule) -> RuleChange:
    """What is otherwise besides the place; places that were numbered anew with it are not told one by one."""
    at = Edit("at", Part(str(old.at), places=(str(old.at),)), Part(str(new.at), places=(str(new.at),)))
    edits = () if same_words(old, new) else edits_of(old, new)
    return RuleChange(new.id, str(new.at), "moved", ("at",), new.summary, (at, *edits), old.id)


def _whole(rule: Rule, is_new: bool) -> tuple[Edit, ...]:
    return tuple(
        Edit(name, None, part) if is_new else Edit(name, part, None)
        for name, part in parts_of(rule)
        if name not in ("summary", "note")
    )


def _parts(old: Rule, new: Rule) -> Iterator[str]:
    for part in fields(Rule):
        if part.compare and getattr(old, part.name) != getattr(new, part.name):
            yield new.effect if part.name == "text" else _KEYS.get(part.name, part.name)
