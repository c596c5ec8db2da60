"""Definitions read of the members of lists: what a member that is a case of its own states, and what follows for it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from mutandis.dataclass import dataclass, replace
from mutandis.values import UNKNOWN, OpenList


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a list that a case states; `name` is the list, `number` counts from 1; `given` are the attributes of
    which the case says something, be it that they are unknown.
    """

    name: str
    number: int
    term: str
    stated: Mapping[str, object]
    given: frozenset[str] = frozenset()

    @property
    def place(self) -> str:
        """Where the case states it: `ferry.crew[1]`."""
        return f"{self.name}[{self.number}]"

    def without(self, attributes: Collection[str]) -> Member:
        """The member with these attributes not stated."""
        stated = {a: v for a, v in self.stated.items() if a not in attributes}
        return replace(self, stated=stated, given=self.given.difference(attributes))

    def as_case(self, facts: Mapping[str, object]) -> dict[str, object]:
        """The facts of the case with those of its term being the member's, unknown where they are said to be."""
        found = {name: value for name, value in facts.items() if not name.startswith(f"{self.term}.")}
        return found | {f"{self.term}.{attribute}": self.stated.get(attribute, UNKNOWN) for attribute in self.given}

    def differs_in(self, facts: Mapping[str, object]) -> set[str]:
        """The facts of its term that it says something of, or the case does."""
        own = {f"{self.term}.{attribute}" for attribute in self.given}
        return own.union(name for name in facts if name.startswith(f"{self.term}."))


def members_of(facts: Mapping[str, object], name: str, term: str) -> Iterator[Member]:
    """The members that the case states of a list."""
    value = facts.get(name)
    listed = value.members if isinstance(value, OpenList) else value
    for number, member in enumerate(listed if isinstance(listed, tuple | list) else (), 1):
        stated = {a: v for a, v in member.items() if v is not UNKNOWN}
        yield Member(name, number, term, stated, frozenset(member))


def with_member(facts: Mapping[str, object], member: Member, attribute: str, value: object) -> object:
    """The list with another value of one attribute of one member."""
    listed = facts[member.name]
    changed = tuple(
        {**one, attribute: value} if number == member.number else {**one}
        for number, one in enumerate(listed.members if isinstance(listed, OpenList) else _tuple(listed), 1)
    )
    return OpenList(changed) if isinstance(listed, OpenList) else changed


def without_definitions(
    facts: Mapping[str, object], lists: Mapping[str, tuple[str, frozenset[str]]]
) -> dict[str, object]:
    """The facts with nothing stated of a member that is defined."""
    found = dict(facts)
    for name, (_, defined) in lists.items():
        listed = found.get(name)
        members = listed.members if isinstance(listed, OpenList) else listed
        if isinstance(members, tuple | list):
            plain = tuple({a: v for a, v in one.items() if a not in defined} for one in members)
            found[name] = OpenList(plain) if isinstance(listed, OpenList) else plain
    return found


def _tuple(listed: object) -> tuple[Mapping[str, object], ...]:
    return tuple(listed) if isinstance(listed, tuple | list) else ()
