"""What a deep check finds, and how sure it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from mutandis.dataclass import dataclass
from mutandis_tools.comparison.answers import Asked

Kind = Literal[
    "dead-rule",
    "dead-ground",
    "dead-proviso",
    "limit-never-binds",
    "always-displaced",
    "never-cited",
    "never-decisive",
    "verdict-never-had",
    "conflict",
    "two-values",
    "gap",
    "same-twice",
    "question-never-matters",
]
Sureness = Literal["proved", "case", "searched"]
KINDS: dict[Kind, str] = {
    "dead-rule": "rules that apply in no case",
    "dead-ground": "grounds that hold in no case",
    "dead-proviso": "exceptions that except nothing",
    "limit-never-binds": "requirements that are met in every case",
    "always-displaced": "rules that another one displaces in every case",
    "never-cited": "rules that no verdict rests on",
    "never-decisive": "grounds that hold only where another one does",
    "verdict-never-had": "verdicts that a rule is about and no case has",
    "conflict": "cases in which the rules conflict",
    "two-values": "cases in which rules give a fact two values",
    "gap": "cases that a definition by cases leaves out",
    "same-twice": "two provisions that say the same",
    "question-never-matters": "questions whose answer never matters",
}
"""What the findings of a kind are, in words."""
ASKING: frozenset[Kind] = frozenset({"gap", "verdict-never-had", "question-never-matters", "never-decisive"})
"""Kinds that may well be meant: they are notes, and do not make the command end with 1."""


@dataclass(frozen=True, slots=True)
class DeepFinding:
    """One finding about an action or a fact, `subject`.

    `sure`: `proved` for every complete case within the bounds; `case`, shown by `case`, which was decided; `searched`,
    that the solver found no case in which it is otherwise among those in which nothing else differs. `cites` are the
    provisions that the decision about it cites. `other` is the second provision of a finding about two.
    """

    kind: Kind
    subject: str
    provision: str
    text: str
    sure: Sureness
    case: Asked | None = None
    cites: tuple[str, ...] = ()
    other: str = ""

    @property
    def is_note(self) -> bool:
        """True if it may well be meant."""
        return self.kind in ASKING


@dataclass(frozen=True, slots=True)
class DeepReport:
    """All findings; how many actions and definitions were asked about; how many pairs of rules that pull in two
    directions were proved never to meet; what was not settled, with why; within which bounds.
    """

    findings: tuple[DeepFinding, ...]
    actions: int
    definitions: int
    disjoint: int
    open_: Mapping[str, str] = field(default_factory=dict)
    bounds: tuple[str, ...] = ()
