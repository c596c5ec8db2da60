"""What of a decision is compared: its verdict, what it cites, its limits and deadlines, what is broken, penalties."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from typing import Any, Literal

from mutandis.api import Rulebook
from mutandis.dataclass import dataclass
from mutandis.decide.result import Decision, Verdict, as_data
from mutandis.decide.result_parts import FactValue
from mutandis.link.program import DerivedFact
from mutandis_tools.comparison.dependence import Node
from mutandis_tools.comparison.renaming import Renaming

Aspect = Literal["verdict", "citations", "limits", "deadlines", "breaches", "penalties", "value"]
ASPECTS: tuple[Aspect, ...] = ("verdict", "citations", "limits", "deadlines", "breaches", "penalties")
"""Those of a decision. Of a fact that rules give, the value is compared."""
TOLD_WITH: frozenset[Aspect] = frozenset({"limits", "deadlines", "breaches", "penalties"})
"""What comes with the norms that a verdict rests on: with other norms it is other as well."""
Place = Callable[[str], str]
"""How a place of one rulebook is called in the other, where provisions were numbered anew."""


def same_place(place: str) -> str:
    """The place itself."""
    return place


@dataclass(frozen=True, slots=True)
class Answer:
    """The compared parts of a decision, or of a fact's value, sets of plain values; places are those of the old
    rulebook.

    `citations` and the rest are of verdicts that are settled; of one that is not they are empty, as what is told
    then depends on what the case leaves open. `breaches` are places, and whether it is their time that is over.
    `perhaps`: several provisions may apply, and it is not known which. `waits`: the verdict turns on facts that are not
    stated. `value` has how a fact stands (`given`, `none`, `unknown`, `conflict`) and its value in writing; its
    `citations` are the places that give it.
    """

    verdict: str
    citations: frozenset[tuple[object, ...]] = frozenset()
    limits: frozenset[tuple[object, ...]] = frozenset()
    deadlines: frozenset[tuple[object, ...]] = frozenset()
    breaches: frozenset[tuple[object, ...]] = frozenset()
    penalties: frozenset[tuple[object, ...]] = frozenset()
    perhaps: bool = False
    waits: bool = False
    value: frozenset[tuple[object, ...]] = frozenset()

    def part(self, aspect: Aspect) -> frozenset[tuple[object, ...]] | str:
        """One of the parts, by its name."""
        return self.verdict if aspect == "verdict" else self.told(aspect)

    def told(self, aspect: Aspect) -> frozenset[tuple[object, ...]]:
        """What is told beside the verdict, by its name; nothing for the verdict."""
        found: dict[Aspect, frozenset[tuple[object, ...]]] = {
            "citations": self.citations,
            "limits": self.limits,
            "deadlines": self.deadlines,
            "breaches": self.breaches,
            "penalties": self.penalties,
            "value": self.value,
        }
        return found.get(aspect, frozenset())


def answer_of(decision: Decision, place: Place = same_place) -> Answer:
    """What of the decision is compared."""
    if decision.verdict is Verdict.UNDETERMINED:
        return Answer(decision.verdict.value, waits=bool(decision.missing))
    late = {(one.norm, one.provision, one.relation) for one in decision.deadlines if one.passed}
    return Answer(
        decision.verdict.value,
        frozenset(
            (place(one), c.by, c.to, tuple(tuple(place(step.citation) for step in chain) for chain in c.chains))
            for c in decision.cited
            for one in c.provisions
        ),
        frozenset((place(one.provision), one.parameter, one.relation, _plain(one.inner)) for one in decision.limits),
        frozenset((place(one.provision), one.relation, one.words, _plain(one.due)) for one in decision.deadlines),
        frozenset(
            (place(one.provision), (one.norm, one.provision, one.condition.partition(" ")[0]) in late)
            for one in decision.breaches
        ),
        frozenset((place(one.provision), one.options, one.by) for one in decision.penalties),
        any(one.role == "perhaps" for one in decision.cited),
    )


def answer_of_value(found: FactValue, place: Place = same_place) -> Answer:
    """What of a fact's value is compared."""
    places = frozenset((place(one), (), (), ()) for one in places_giving(found))
    return Answer("", places, value=frozenset({_standing(found)}))


def places_giving(found: FactValue) -> tuple[str, ...]:
    """The provisions that give a value: not the one that came nearest where none does, so that it is no or none."""
    return () if found.failed or found.value in (None, False) else found.provisions


def _standing(found: FactValue) -> tuple[object, ...]:
    if found.conflicting:
        return "conflict", " against ".join(sorted(map(_in_writing, found.conflicting)))
    if not found.known:
        return "unknown", ""
    return ("none", "") if found.value is None else ("given", _in_writing(found.value))


def given_by(old: Answer, new: Answer) -> tuple[object, ...]:
    """How a value stands by both, and the places that give it: what is compared of amounts."""
    standings = (frozenset(atom[0] for atom in one.value) for one in (old, new))
    return "value", *standings, old.citations, new.citations


def bound_by(answer: Answer) -> dict[object, set[str]]:
    """Whom each place that is cited binds."""
    found: dict[object, set[str]] = {}
    atoms: Iterable[tuple[Any, ...]] = answer.citations
    for place, by, *_ in atoms:
        found.setdefault(place, set()).update(by)
    return found


def is_amount(derived: DerivedFact | None) -> bool:
    """True of a fact that rules give any number of values: of what is otherwise of it, there is any number of pairs."""
    return derived is not None and derived.type.kind not in ("yes_no", "enum", "text", "provision")


def value_told(answer: Answer) -> str:
    """What a fact comes to, as a case file expects it."""
    ((standing, value),) = answer.value
    return f"conflict: {value}" if standing == "conflict" else str(value) if standing == "given" else str(standing)


def _in_writing(value: object) -> str:
    found = as_data(value)
    if isinstance(found, bool):
        return "yes" if found else "no"
    return ", ".join(sorted(map(str, found))) if isinstance(found, list) else str(found)


def _plain(value: object) -> object:
    """The value as text; empty where it is not known."""
    found = as_data(value)
    if found is None:
        return ""
    return tuple(sorted(map(str, found))) if isinstance(found, list) else str(found)


@dataclass(frozen=True, slots=True)
class Asked:
    """A case in its run-time form: its facts, its clock, the version of the law it is decided by, and the bearer who is
    asked about; without one, everybody.
    """

    facts: Mapping[str, object]
    at: dt.datetime | None = None
    law_as_of: dt.date | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Decider:
    """Decides cases about one action, or finds the value of one fact, by both rulebooks, weekends being the only days
    off.

    `subject` is called as in the new rulebook. `days` are the versions that each of them is asked about; without them
    both decide by that of the case.
    """

    old: Rulebook
    new: Rulebook
    subject: Node
    renaming: Renaming = field(default_factory=Renaming)
    days: tuple[dt.date, dt.date] | None = None

    @property
    def old_subject(self) -> Node:
        """The subject as the old rulebook calls it."""
        kind, name = self.subject
        return kind, self.renaming.old_fact(name) if kind == "fact" else name

    @property
    def is_about_amount(self) -> bool:
        """True where the subject is a fact that may have any number of values."""
        kind, name = self.subject
        return kind == "fact" and is_amount(self.new.program.derived.get(name))

    def old_answer(self, case: Asked) -> Answer:
        """What is compared of the old rulebook's decision."""
        before = self.renaming.facts_before(case.facts)
        return self._answer(self.old, self.old_subject, case, before, 0)

    def new_answer(self, case: Asked) -> Answer:
        """The same of the new rulebook's, whose names the facts of a case have."""
        return self._answer(self.new, self.subject, case, case.facts, 1)

    def answers(self, case: Asked) -> tuple[Answer, Answer]:
        """What is compared of both decisions."""
        return self.old_answer(case), self.new_answer(case)

    def _answer(self, book: Rulebook, subject: Node, case: Asked, facts: Mapping[str, object], side: int) -> Answer:
        kind, name = subject
        day = case.law_as_of if self.days is None else self.days[side]
        place = self.renaming.old_place if side else same_place
        if kind == "fact":
            found = book.value(name, facts, at=case.at, law_as_of=day, holidays=(), trusted=True)
            return answer_of_value(found, place)
        decision = book.decide(name, facts, at=case.at, law_as_of=day, by=case.by, holidays=(), trusted=True)
        return answer_of(decision, place)


def differing(old: Answer, new: Answer) -> tuple[Aspect, ...]:
    """The aspects in which two answers differ; what comes with a verdict is compared only where the verdict is one.

    Whose time is over is no difference of its own where the deadline is another.
    """
    if old.verdict != new.verdict:
        return ("verdict",)
    if old.value != new.value:
        return ("value",)
    found = tuple(aspect for aspect in ASPECTS if old.part(aspect) != new.part(aspect))
    if (
        "deadlines" in found
        and "breaches" in found
        and not any(late is False for _, late in old.breaches ^ new.breaches)
    ):
        return tuple(aspect for aspect in found if aspect != "breaches")
    return found
