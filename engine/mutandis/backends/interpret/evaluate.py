"""What a node of the norm IR comes to in one case, by walking it.

Truths and values are those of `ternary`. Everything is evaluated, in any order: what a case says of a node does not
depend on what was asked before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Any

from mutandis.backends import operations
from mutandis.backends.operations import fact_not_known, runtime
from mutandis.backends.unit import Call, clocks
from mutandis.calendar.days_off import DaysOff
from mutandis.dataclass import dataclass
from mutandis.decide.ternary import FALSE, NONE, TRUE, Gap, all_of, either, negate
from mutandis.ir import nodes as n
from mutandis.ir.component import LoweredFact
from mutandis.ir.lower import StatedFact
from mutandis.link.reads import given_fact
from mutandis.values import UNKNOWN

if TYPE_CHECKING:  # the run-time for lists is imported where a rule reads one
    from mutandis.backends.lists import Member


@dataclass(slots=True)
class Evaluation:
    """One case, and what was found of it so far.

    `stated` and `derived` say what the facts are that its nodes read, by name; `slots` has what stands in slots.
    """

    call: Call
    stated: Mapping[str, StatedFact]
    derived: Mapping[str, tuple[int, LoweredFact]]
    days_off: DaysOff
    slots: dict[str, Any] = field(default_factory=dict)
    found: dict[str, Any] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)

    def value(self, node: n.Node) -> Any:
        """What the node comes to: a truth where it is yes or no. Raises `ValueConflict` (S28)."""
        match node:
            case n.Constant(value=value):
                if n.is_truth(node):
                    return -bool(value)
                return NONE if value is None else value
            case n.Read():
                return self._read(node)
            case n.Attribute(variable=variable, name=name, otherwise=otherwise, presumed=presumed, ends=ends):
                member, names = self.members[variable], self.call.names
                if otherwise is not None and runtime("is_unstated")(member[0], name, presumed):
                    return self.value(otherwise)
                if n.is_truth(node):
                    return runtime("attribute_truth")(member, name, names)
                return runtime("attribute")(member, name, ends, names)
            case n.Unsettled(kind=kind, name=name):
                waits = self.call.names.truth_of(kind, name)
                return waits if n.is_truth(node) else Gap(waits)
            case n.Not(operand=a):
                return negate(self.value(a))
            case n.All(operands=many):
                return all_of(*[self.value(a) for a in many])
            case n.Any(operands=many):
                return either(*[self.value(a) for a in many])
            case n.Compare(sign=sign, left=a, right=b):
                left, right = self.value(a), self.value(b)
                if n.is_truth(a) and n.is_truth(b):
                    return operations.same_truth(left, right)
                if sign == "is":
                    return operations.same(left, right)
                return operations.less(left, right, sign == "<")
            case n.Present(operand=a):
                return (operations.present_truth if n.is_truth(a) else operations.present)(self.value(a))
            case n.If(condition=c, yes=a, no=b):
                choose = operations.chosen_truth if n.is_truth(node) else operations.chosen
                return choose(self.value(c), self.value(a), self.value(b))
            case n.Operation(name=name, operands=operands, settings=settings):
                return runtime(name)(*map(self.value, operands), *map(self._setting, settings))
            case n.Some(variable=variable, members=members, body=some):
                return runtime("some")(self.value(members), lambda member: self._within(variable, member, some))
            case n.Count(variable=variable, members=members, body=body):
                return runtime("counted")(self.value(members), self._of(variable, body))
            case n.Total(variable=variable, members=members, value=summed, body=body):
                return runtime("total")(
                    self.value(members),
                    lambda member: self._within(variable, member, summed),
                    self._of(variable, body),
                    node.type.kind == "number",
                    node.type.kind == "duration" and node.type.family is None,
                )

    def _setting(self, setting: object) -> object:
        return self.call.names.truth_of(setting.kind, setting.name) if isinstance(setting, n.Unsettled) else setting

    def _of(self, variable: str, body: n.Node | None) -> Callable[[Member], Any] | None:
        return None if body is None else lambda member: self._within(variable, member, body)

    def _within(self, variable: str, member: Member, body: n.Node) -> Any:
        outer = self.members.get(variable)
        self.members[variable] = member
        found = self.value(body)
        if outer is not None:
            self.members[variable] = outer
        return found

    # --- what is read -------------------------------------------------------------------------------------------------

    def _read(self, node: n.Read) -> Any:
        match node.source:
            case "slot":
                return self.slots[node.name]
            case "applies":
                return self.call.applies(node.name)
            case "given":
                return TRUE if given_fact(node.name) in self.call.facts or node.name in self.call.choices else FALSE
            case "clock":
                return self._clock(node.name)
        if node.name not in self.found:
            if node.source == "fact":
                self.found[node.name] = self._stated(self.stated[node.name])
            else:
                self.found[node.name] = self._derived(*self.derived[node.name])
        return self.found[node.name]

    def _clock(self, name: str) -> Any:
        match name:
            case "at":
                return self.call.at
            case "days_off":
                return self.days_off
        found = clocks(self.call.at)[name == "now"]
        return Gap(self.call.names.truth_of("fact", name)) if found is UNKNOWN else found

    def _stated(self, fact: StatedFact) -> Any:
        value = self.call.facts.get(fact.name, fact.absent)
        if value is UNKNOWN:
            return fact_not_known(fact, self.call.names)
        if fact.type.kind == "yes_no":
            return TRUE if value is True else FALSE
        return NONE if value is None else value

    def _derived(self, number: int, fact: LoweredFact) -> Any:
        entries: list[tuple[int, Any]] = []
        for branch in fact.branches:
            trigger = self.value(branch.trigger)
            for entry in branch.entries:
                holds = trigger and trigger & self.value(entry.when)
                self.slots[f"d{number}_{len(entries)}"] = holds
                entries.append((holds, self.value(entry.value) if holds else None))
        is_truth = fact.type.kind == "yes_no"
        if fact.name in self.call.choices:
            chosen: Any = self.call.choices[fact.name]
            return -bool(chosen) if is_truth else chosen
        settle = operations.derived_truth if is_truth else operations.derived
        return settle(fact.name, tuple(entries), self.value(fact.otherwise))
