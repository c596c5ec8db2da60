"""The shape of an explanation: a tree from the verdict down to each fact.

Plain frozen records; `mutandis.explain.build` makes them, `mutandis.explain.text` writes them out, `as_data` turns them
into JSON's own types.
"""

from __future__ import annotations

from typing import Literal

from mutandis.dataclass import dataclass
from mutandis.decide.result import Breach, Decision, Limit, Verdict
from mutandis.decide.result_parts import Beaten, DeadlineDue, Threat

Standing = Literal["holds", "fails", "unknown", "disputed"]
"""What a condition comes to in the case; `disputed` where rules give a fact it reads different values (S28)."""


@dataclass(frozen=True, slots=True)
class Place:
    """A provision: its id, and how it is cited in full and in short."""

    id: str
    long: str
    short: str


@dataclass(frozen=True, slots=True)
class ShownFact:
    """A fact as a condition reads it: what it says or is, its value in words, and where the value comes from.

    `origin`: `stated` in the case, `presumed`, `derived` by rules, `unknown` (said or not given). `owner` is the role
    whose finding it is. `derivations` are the rules that give a derived fact, those that hold first.
    """

    name: str
    label: str
    value: str
    origin: Literal["stated", "presumed", "derived", "unknown"]
    owner: str
    derivations: tuple[ShownDerivation, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownCondition:
    """A condition as written and in words, what it comes to, and the facts it reads.

    Compound ones have their parts instead of facts. `value` is what its left side comes to, where that is reckoned.
    """

    text: str
    words: str
    standing: Standing
    facts: tuple[ShownFact, ...] = ()
    joined: Literal["", "all", "any"] = ""
    parts: tuple[ShownCondition, ...] = ()
    value: str = ""


@dataclass(frozen=True, slots=True)
class ShownGround:
    """A numbered ground or an exclusion: its place, whether it holds, its conditions and the grounds inside it."""

    place: Place
    standing: Standing
    conditions: tuple[ShownCondition, ...] = ()
    unless: tuple[ShownCondition, ...] = ()
    grounds: tuple[ShownGround, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownDerivation:
    """A rule that gives a fact: its place, the value in words, whether it applies, and its conditions.

    `in_force` is no for wording of another time.
    """

    place: Place
    kind: Literal["define", "deem", "ground"]
    value: str
    standing: Standing
    summary: str
    in_force: bool
    conditions: tuple[ShownCondition, ...] = ()
    grounds: tuple[ShownGround, ...] = ()
    exclusions: tuple[ShownGround, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownRequirement:
    """A requirement of a permission or duty, or of a limit on it, with the place that sets it."""

    place: Place
    condition: ShownCondition


@dataclass(frozen=True, slots=True)
class ShownChain:
    """The clauses by which a provision applies: `Art. 96 (4) → Art. 95 (5)`, and what each construes as what: by name,
    and in words (`visit as telephone call`)."""

    text: str
    places: tuple[Place, ...]
    construals: tuple[tuple[str, str], ...]
    read_as: str


@dataclass(frozen=True, slots=True)
class ShownNorm:
    """One norm: where it stands, what it says, what became of it, and everything that rests on.

    `role` is why it is cited (`decides`, `opposes`, `weakens`), empty where it is not; `status` as in the decision.
    `in_force` is no for wording of another time, which has nothing to say in the case.
    """

    norm: str
    place: Place
    cited: tuple[Place, ...]
    direction: str
    role: str
    status: str
    summary: str
    by: tuple[str, ...]
    to: tuple[str, ...]
    chains: tuple[ShownChain, ...]
    external: tuple[str, ...]
    conditions: tuple[ShownCondition, ...]
    grounds: tuple[ShownGround, ...]
    exclusions: tuple[ShownGround, ...]
    requirements: tuple[ShownRequirement, ...]
    limits: tuple[Limit, ...]
    breaches: tuple[Breach, ...]
    deadlines: tuple[DeadlineDue, ...]
    beaten_by: tuple[tuple[Place, str], ...]
    opaque: str
    note: str
    in_force: bool
    """No for wording of another time."""


@dataclass(frozen=True, slots=True)
class ShownOpen:
    """A fact that the answer waits for, as what is to be known of it (`whether the letter was opened`), said once with
    every place that waits for it."""

    fact: str
    words: str
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """The whole tree: the verdict, the norms it rests on, those that were considered and do not carry it.

    `decision` is what is explained; what it lists apart (findings, presumptions, fictions, missing facts, penalties) is
    read there. `places` has the long and short form of every provision the decision names, `spoken` the words of each
    fact and condition that it names, and of each word that a fact has there as its value (`sentence.kind: fine`).
    """

    action: str
    label: str
    verdict: Verdict
    headline: str
    deciding: tuple[ShownNorm, ...]
    others: tuple[ShownNorm, ...]
    beaten: tuple[Beaten, ...]
    penalties: tuple[Threat, ...]
    places: tuple[Place, ...]
    spoken: tuple[tuple[str, str], ...]
    """The words of each fact and condition that the decision names."""
    open: tuple[ShownOpen, ...]
    """What the answer waits for, each fact once."""
    decision: Decision
