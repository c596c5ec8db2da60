"""What the service tells, as types: for OpenAPI, so that a program knows what comes back.

Answers are not checked by these again on their way out; tests hold answers and types together. Decisions and
explanations have the schemas that the engine ships.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

ENGINE = "x-engine-schema"
"""Marks a place for a schema of the engine, by its name among the components."""

DecisionData = Annotated[dict[str, Any], WithJsonSchema({ENGINE: "Decision"})]
VerdictData = Annotated[str, WithJsonSchema({ENGINE: "Verdict"})]
AuthorityData = Annotated[dict[str, Any], WithJsonSchema({ENGINE: "Authority"})]
PresumptionData = Annotated[dict[str, Any], WithJsonSchema({ENGINE: "Presumption"})]


class _Told(BaseModel):
    model_config = ConfigDict(extra="forbid", json_schema_serialization_defaults_required=True)


class DiagnosticTold(BaseModel):
    """One thing that is wrong. Of a case: the engine's diagnostic; of a request: the member's place."""

    message: str
    help: str
    code: str = ""
    slug: str = ""
    place: str = ""


class ProblemTold(BaseModel):
    """Why there is no answer (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    help: str = ""
    diagnostics: list[DiagnosticTold] = Field(default_factory=list)


class ReasonTold(_Told):
    """A provision that a question is asked for."""

    provision: str
    condition: str
    summary: str


class ChoiceTold(_Told):
    """A value to pick, with its label."""

    value: str
    label: str


class OutcomeTold(_Told):
    """The verdicts that an answer would leave; its value as facts take it, a length or a sum with its unit."""

    value: Any
    verdicts: list[VerdictData]


class QuestionTold(_Told):
    """One question to a person."""

    fact: str
    text: str
    label: str
    type: str
    choices: list[ChoiceTold]
    unit: str
    owner: str
    reasons: list[ReasonTold]
    outcomes: list[OutcomeTold]


class NextAnswer(_Told):
    """The next question, null where the answer is settled or nothing would settle it."""

    question: QuestionTold | None
    verdict: VerdictData
    reachable: list[VerdictData]


class ChangeTold(_Told):
    """A fact that would be different, its values as facts take them. `unknown`: the case does not say."""

    fact: str
    label: str
    before: Any
    after: Any
    owner: str


class ChangesTold(_Told):
    """Facts that together give another verdict."""

    changes: list[ChangeTold]
    verdict: VerdictData
    citations: list[str]


class WhyNotAnswer(_Told):
    """The smallest changes that give the wanted verdict; `impossible`: none does, as was proved."""

    verdict: VerdictData
    wanted: list[VerdictData]
    results: list[ChangesTold]
    impossible: bool
    searched_to: int
    decisions: int
    left_out: list[str]


class SpellTold(_Told):
    """A stretch of time with one verdict: its first and last day or minute, null where it has no end."""

    verdict: VerdictData
    first: str | None
    last: str | None
    citations: list[str]


class WhenAnswer(_Told):
    """All time in order. `within`: the first and last day looked at, where the answer turns with the weekday."""

    action: str
    spells: list[SpellTold]
    within: list[str] | None


class ValueTold(_Told):
    """What a fact comes to, and by which provisions; `value` is null for none, and where it is not `known`. `rests_on`
    are the definitions of other facts without which it would be another, `presumptions` what nobody gave.
    """

    fact: str
    known: bool
    value: Any
    provisions: list[str]
    missing: list[str]
    conflicting: list[Any]
    failed: list[str]
    wording: list[str]
    rests_on: list[AuthorityData]
    presumptions: list[PresumptionData]


class ValueChangesTold(_Told):
    """Facts that together give a wanted value."""

    changes: list[ChangeTold]
    value: ValueTold


class WhyNotValueAnswer(_Told):
    """The smallest changes that give the wanted value (`unknown`: any other); `impossible`: none does."""

    value: ValueTold
    wanted: Any
    results: list[ValueChangesTold]
    impossible: bool
    searched_to: int
    decisions: int
    left_out: list[str]


class ValueSpellTold(_Told):
    """A stretch of time with one value: its first and last day or minute, null where it has no end."""

    value: ValueTold
    first: str | None
    last: str | None


class WhenValueAnswer(_Told):
    """All time in order. `within`: the first and last day or minute looked at, where the value turns for ever."""

    fact: str
    spells: list[ValueSpellTold]
    within: list[str] | None


class TextTold(_Told):
    """An explanation in words."""

    text: str


class ResultTold(BaseModel):
    """The answer about one case of a batch: a decision, with its receipt where it is on record, or what is wrong."""

    id: str | int
    decision: DecisionData | None = None
    record: str | None = None
    problem: ProblemTold | None = None


class BatchAnswer(_Told):
    """The answers in the order of the cases, and how many there are of each verdict (`error`: of problems)."""

    results: list[ResultTold]
    counts: dict[str, int]


class LawTold(_Told):
    """A law."""

    id: str
    title: str


class RulebookTold(_Told):
    """A loaded version of a rulebook."""

    name: str
    known_from: str | None
    hash: str
    laws: list[LawTold]
    actions: int
    has_rule_files: bool


class RulebooksAnswer(_Told):
    """Every loaded version."""

    rulebooks: list[RulebookTold]


class ActionTold(_Told):
    """An action: what holds when no rule speaks of it, and whom its norms bind."""

    action: str
    label: str
    default: str
    by: list[str]


class ActionsAnswer(_Told):
    """The actions of a rulebook."""

    actions: list[ActionTold]


class FoundActionTold(_Told):
    """An action that the words speak of: its label, who acts, the articles that speak of it."""

    action: str
    label: str
    by: str
    articles: list[str]


class FoundFactTold(_Told):
    """A fact that the words speak of, and the question that asks for it."""

    fact: str
    question: str


class FoundAnswer(_Told):
    """What the words speak of, the best match first."""

    actions: list[FoundActionTold]
    facts: list[FoundFactTold]


class FormAnswer(BaseModel):
    """The facts an answer can turn on: as a JSON Schema of `facts`, and one by one with questions and choices."""

    json_schema: Annotated[dict[str, Any], Field(alias="schema")]
    facts: list[dict[str, Any]]


class NodeTold(_Told):
    """A provision, action or derived fact. `depth` counts the steps from what was asked about."""

    id: str
    label: str
    kind: str
    depth: int


class EdgeTold(BaseModel):
    """That one node refers to another, and how."""

    from_: Annotated[str, Field(alias="from")]
    to: str
    kind: str
    words: str


class GraphAnswer(_Told):
    """What something depends on, or what depends on it. `left_out` lies deeper than was asked for."""

    root: str
    nodes: list[NodeTold]
    edges: list[EdgeTold]
    left_out: int


class DifferenceAnswer(_Told):
    """How two versions differ. `rules` and `cases` are null where one of them is a bundle, which has no files."""

    old: RulebookTold
    new: RulebookTold
    actions: list[str]
    declarations: list[dict[str, Any]]
    rules: list[dict[str, Any]] | None
    cases: list[dict[str, Any]] | None


class FailedTold(_Told):
    """A rulebook that could not be loaded again and stayed as it was."""

    name: str
    reason: str


class ReloadAnswer(_Told):
    """What came of loading the rulebooks again."""

    changed: list[RulebookTold]
    failed: list[FailedTold]


class HealthAnswer(_Told):
    """That the service is there."""

    status: str
    program: str


class ReadyAnswer(HealthAnswer):
    """That the service answers, and by what."""

    rulebooks: list[str]
