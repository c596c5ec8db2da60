"""What of a decision is compared: its verdict, what it cites, its limits and deadlines, what is broken, penalties."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import field
from typing import Literal

from mutandis.api import Rulebook
from mutandis.dataclass import dataclass
from mutandis.decide.result import Decision, Verdict, as_data
from mutandis_tools.comparison.renaming import Renaming

Aspect = Literal["verdict", "citations", "limits", "deadlines", "breaches", "penalties"]
ASPECTS: tuple[Aspect, ...] = ("verdict", "citations", "limits", "deadlines", "breaches", "penalties")
TOLD_WITH: frozenset[Aspect] = frozenset({"limits", "deadlines", "breaches", "penalties"})
"""What comes with the norms that a verdict rests on: with other norms it is other as well."""
Place = Callable[[str], str]
"""How a place of one rulebook is called in the other, where provisions were numbered anew."""


def same_place(place: str) -> str:
    """The place itself."""
    return place


@dataclass(frozen=True, slots=True)
class Answer:
    """The compared parts of a decision, sets of plain values; places are those of the old rulebook.

    `citations` and the rest are of verdicts that are settled; of one that is not they are empty, as what is told
    then depends on what the case leaves open. `breaches` are places, and whether it is their time that is over.
    `perhaps`: several provisions may apply, and it is not known which.
    """

    verdict: str
    citations: frozenset[tuple[object, ...]] = frozenset()
    limits: frozenset[tuple[object, ...]] = frozenset()
    deadlines: frozenset[tuple[object, ...]] = frozenset()
    breaches: frozenset[tuple[object, ...]] = frozenset()
    penalties: frozenset[tuple[object, ...]] = frozenset()
    perhaps: bool = False

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
        }
        return found.get(aspect, frozenset())


def answer_of(decision: Decision, place: Place = same_place) -> Answer:
    """What of the decision is compared."""
    if decision.verdict is Verdict.UNDETERMINED:
        return Answer(decision.verdict.value)
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


def _plain(value: object) -> object:
    found = as_data(value)
    return tuple(sorted(map(str, found))) if isinstance(found, list) else str(found)


@dataclass(frozen=True, slots=True)
class Asked:
    """A case in its run-time form: its facts, its clock, and the version of the law it is decided by."""

    facts: Mapping[str, object]
    at: dt.datetime | None = None
    law_as_of: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Decider:
    """Decides cases about one action by both rulebooks, weekends being the only days off.

    `days` are the versions that each of them is asked about; without them both decide by that of the case.
    """

    old: Rulebook
    new: Rulebook
    action: str
    renaming: Renaming = field(default_factory=Renaming)
    days: tuple[dt.date, dt.date] | None = None

    def old_answer(self, case: Asked) -> Answer:
        """What is compared of the old rulebook's decision."""
        named_before = {new: old for old, new in self.renaming.facts.items()}
        before = {named_before.get(name, name): value for name, value in case.facts.items()}
        return answer_of(self._decided(self.old, case, before, 0))

    def new_answer(self, case: Asked) -> Answer:
        """The same of the new rulebook's, whose names the facts of a case have."""
        return answer_of(self._decided(self.new, case, case.facts, 1), self.renaming.old_place)

    def answers(self, case: Asked) -> tuple[Answer, Answer]:
        """What is compared of both decisions."""
        return self.old_answer(case), self.new_answer(case)

    def _decided(self, book: Rulebook, case: Asked, facts: Mapping[str, object], side: int) -> Decision:
        day = case.law_as_of if self.days is None else self.days[side]
        return book.decide(self.action, facts, at=case.at, law_as_of=day, holidays=(), trusted=True)


def differing(old: Answer, new: Answer) -> tuple[Aspect, ...]:
    """The aspects in which two answers differ; what comes with a verdict is compared only where the verdict is one.

    Whose time is over is no difference of its own where the deadline is another.
    """
    if old.verdict != new.verdict:
        return ("verdict",)
    found = tuple(aspect for aspect in ASPECTS if old.part(aspect) != new.part(aspect))
    if (
        "deadlines" in found
        and "breaches" in found
        and not any(late is False for _, late in old.breaches ^ new.breaches)
    ):
        return tuple(aspect for aspect in found if aspect != "breaches")
    return found
