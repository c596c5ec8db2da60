"""What the questions are put to: anything that decides, and the linked program it decides by.

A rulebook and an engine of any back end both are a `Decider`. A `Matter` is one question put to it: an
action, the facts so far and the clock. Nothing here changes a case; every function makes a new one.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from typing import Protocol, TypeVar, cast

from mutandis.condition.tree import Expression, Fact
from mutandis.dataclass import dataclass, replace
from mutandis.decide.question import checked, known_action
from mutandis.decide.result import Decision, Verdict
from mutandis.diagnostics import CaseError, MutandisError
from mutandis.facts import Facts
from mutandis.facts.read import read_facts
from mutandis.facts.written import member_reader
from mutandis.link.program import Norm, Program
from mutandis.link.read_through import as_deemed
from mutandis.questions.support import closure, component_conditions
from mutandis.values import UNKNOWN, OpenList, Unknown
from mutandis.vocabulary import FactDeclaration, Vocabulary

_T = TypeVar("_T")
_MEMBER = re.compile(r"^(?P<list>.+?)\[(?P<place>\d+)\]\.(?P<rest>.+)$")


class Decider(Protocol):
    """Decides cases by one linked program."""

    @property
    def program(self) -> Program: ...

    def decide(
        self,
        action: str,
        facts: Mapping[str, object],
        *,
        at: dt.date | None = None,
        law_as_of: dt.date | None = None,
        by: str | None = None,
        holidays: frozenset[dt.date] | None = None,
    ) -> Decision: ...


@dataclass(frozen=True, slots=True)
class Matter:
    """One action asked about in one case at one clock. `facts` are run-time values, as `Facts` holds them.

    `action` is empty where the value of `fact` is asked for; `landmarks` are comparisons of it that matter besides.
    `memory` keeps what was worked out of the question alone; all matters that come of one share it.
    """

    decider: Decider
    action: str
    facts: Mapping[str, object]
    at: dt.date | None = None
    law_as_of: dt.date | None = None
    by: str | None = None
    holidays: frozenset[dt.date] | None = None
    fact: str = ""
    landmarks: tuple[Expression, ...] = ()
    memory: dict[object, object] = field(default_factory=dict, compare=False, repr=False)

    @property
    def program(self) -> Program:
        """The linked rulebook that decides, without the definitions of what the case states (S30)."""
        return self.decider.program.taking(self.facts)

    @property
    def norms(self) -> tuple[Norm, ...]:
        """The norms about the action; none where a value is asked for."""
        return () if self.fact else self.program.components[self.action].norms

    def once(self, what: str, work: Callable[[], _T]) -> _T:
        """What `work` makes of the question, whatever values the case states: worked out once for all matters of it."""
        given = frozenset(self.decider.program.derived.keys() & self.facts.keys())  # these have no definitions (S30)
        key = what, self.action, self.fact, self.landmarks, given
        if key not in self.memory:
            self.memory[key] = work()
        return cast(_T, self.memory[key])

    def conditions(self) -> tuple[Expression, ...]:
        """All that the answer reads, penalties left out."""
        return self.once("conditions", self._conditions)

    def _conditions(self) -> tuple[Expression, ...]:
        program = self.program
        if self.fact:
            fact = as_deemed(program, self.fact)
            known = program.derived if fact in program.derived else program.vocabulary.facts
            return closure(program, (Fact(fact, type=known[fact].type), *self.landmarks))
        return component_conditions(program, program.components[self.action])

    def decide(self) -> Decision:
        """The decision as things stand."""
        return self.decider.decide(
            self.action,
            Facts(dict(self.facts)),
            at=self.at,
            law_as_of=self.law_as_of,
            by=self.by,
            holidays=self.holidays,
        )

    def having(self, name: str, value: object) -> Matter:
        """The matter with one fact set. `name` may be a list member's (`confinement.extensions[1].period`)."""
        return replace(self, facts=with_fact(self.facts, name, value))

    def without(self, name: str) -> Matter:
        """The matter with one fact taken away: not given."""
        return replace(self, facts={n: v for n, v in self.facts.items() if n != name})

    def at_time(self, at: dt.date) -> Matter:
        """The matter at another time."""
        return replace(self, at=at)

    def is_known(self, name: str) -> bool:
        """True if the case states the fact with a value or as none."""
        return fact_of(self.facts, name) is not UNKNOWN


def matter_of(
    decider: Decider,
    action: str,
    facts: Mapping[str, object],
    at: dt.date | None,
    law_as_of: dt.date | None,
    by: str | None,
    holidays: Iterable[dt.date] | None,
) -> Matter:
    """What a caller asks about, checked. Raises `CaseError` for an action or a role that the rulebook does not have,
    `MutandisError` for an argument of another kind.
    """
    program = getattr(decider, "program", None)
    if not isinstance(program, Program):
        raise MutandisError(f"`decider` is a rulebook, as `Rulebook.load` gives it, not `{str(decider)[:40]}`")
    if not isinstance(facts, Mapping) or not all(isinstance(name, str) for name in facts):
        raise MutandisError(f"`facts` are facts by their names, as `Rulebook.read` gives them, not `{str(facts)[:40]}`")
    asked = checked(program, known_action(program, action), at, law_as_of, by, holidays)
    return Matter(decider, asked.action, read(program, facts), at, law_as_of, by, asked.holidays)


def read(program: Program, facts: Mapping[str, object]) -> Mapping[str, object]:
    """The facts as run-time values: as they are, or where one is written as a case has it, read as `decide` reads them.
    Raises `CaseError` with everything wrong in them.
    """
    declared = program.vocabulary.facts
    if isinstance(facts, Facts) or all(n not in declared or _at_run_time(v, declared[n]) for n, v in facts.items()):
        return facts
    found = read_facts(facts, program.vocabulary, derived=program.derived, provisions=program.provisions)
    if found.diagnostics:
        raise CaseError(found.diagnostics)
    return found.facts


def _at_run_time(value: object, declared: FactDeclaration) -> bool:
    """True for what `Facts` may hold of a fact, False for what a case writes."""
    if value is None or isinstance(value, Unknown):
        return True
    match declared.type.kind:
        case "yes_no":
            return isinstance(value, bool)
        case "enum":
            return isinstance(value, frozenset if declared.type.several else str) and value != "none"
        case "list":
            return isinstance(value, tuple | OpenList)
        case "text" | "provision":
            return value != "none"
        case _:
            return not isinstance(value, str)


def verdicts_of(wanted: object) -> frozenset[Verdict]:
    """One verdict, or several, each as such or by its name. Raises `MutandisError` for what is none."""
    several = isinstance(wanted, Iterable) and not isinstance(wanted, str | bytes)
    given: list[object] = list(wanted) if isinstance(wanted, Iterable) and several else [wanted]
    known = {verdict.value: verdict for verdict in Verdict}
    for one in given:
        if not isinstance(one, str) or one not in known:
            listed = ", ".join(f"`{name}`" for name in known)
            raise MutandisError(f"a verdict is one of {listed}, not `{str(one)[:40]}`")
    return frozenset(known[str(one)] for one in given)


def possible_verdicts(decision: Decision) -> frozenset[Verdict]:
    """Every verdict the decision still allows; a conditional one may turn out permitted or forbidden."""
    found = {decision.verdict, *decision.reachable} - {Verdict.UNDETERMINED}
    if Verdict.CONDITIONAL in found:
        found |= {Verdict.PERMITTED, Verdict.FORBIDDEN}
    if decision.cause in ("values", "parameters"):
        found |= set(decision.reachable)
    return frozenset(found)


def with_fact(facts: Mapping[str, object], name: str, value: object) -> dict[str, object]:
    """A copy of `facts` in which `name` has `value`, inside a list where the name says so.

    Raises `KeyError` if the list or the member is not there.
    """
    if name in facts or (match := _MEMBER.match(name)) is None:
        return {**facts, name: value}
    held = facts[match["list"]]
    members = held.members if isinstance(held, OpenList) else held
    index = int(match["place"]) - 1
    if not isinstance(members, tuple) or not 0 <= index < len(members):
        raise KeyError(name)
    changed = (*members[:index], with_fact(members[index], match["rest"], value), *members[index + 1 :])
    return {**facts, match["list"]: OpenList(changed) if isinstance(held, OpenList) else changed}


def fact_of(facts: Mapping[str, object], name: str) -> object:
    """What the case says of `name`, inside a list where the name says so; `UNKNOWN` if nothing."""
    if name in facts:
        return facts[name]
    if (match := _MEMBER.match(name)) is None:
        return UNKNOWN
    held = facts.get(match["list"])
    members = held.members if isinstance(held, OpenList) else held
    index = int(match["place"]) - 1
    if not isinstance(members, tuple) or not 0 <= index < len(members):
        return UNKNOWN
    return fact_of(members[index], match["rest"])


def declaration_of(vocabulary: Vocabulary, name: str) -> FactDeclaration | None:
    """How `name` is declared: a fact, or an attribute of a list's member; None if it is neither."""
    if (declared := vocabulary.facts.get(name)) is not None:
        return declared
    if (match := _MEMBER.match(name)) is None:
        return None
    return _in_list(vocabulary, declaration_of(vocabulary, match["list"]), match["rest"])


def _in_list(vocabulary: Vocabulary, listed: FactDeclaration | None, rest: str) -> FactDeclaration | None:
    if listed is None or not listed.type.term:
        return None
    attributes = member_reader(vocabulary, listed.type.term)
    if (match := _MEMBER.match(rest)) is None:
        return attributes.get(rest)
    return _in_list(vocabulary, attributes.get(match["list"]), match["rest"])
