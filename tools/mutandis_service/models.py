"""What is asked of the service, as types: each question with its members, for people, for programs, for OpenAPI."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from mutandis.calendar.written import UnreadTimeError, read_day, read_time
from mutandis.decide.result import Decision
from mutandis.questions.why_not import MOST_CHANGES, MOST_RESULTS

PARTS: Final = (*Decision.__dataclass_fields__, "citations")
"""What can be asked of a decision; `citations` are those of `cited`, in one list."""
ALWAYS: Final = ("action", "verdict", "content_hash")
"""The parts that every answer has."""

_EXAMPLE: Final[dict[str, Any]] = {
    "action": "grant temporary_release",
    "at": "2020-03-01",
    "by": "warden",
    "facts": {
        "inmate": {"class": "sentenced"},
        "kin": {"relation": "spouse", "died": True},
        "temporary_release": {"days": "4 days", "days_used_this_year": "0 days"},
    },
}
_EXAMPLE_OF_VALUE: Final[dict[str, Any]] = {
    "fact": "inmate.within_definition",
    "at": "2020-03-02",
    "facts": {"facility": {"kind": "correctional_institution"}, "inmate": {"held_by_law_and_procedure": True}},
}


def _example(**more: Any) -> ConfigDict:
    return ConfigDict(extra="forbid", json_schema_extra={"examples": [{**_EXAMPLE, **more}]})


def _written_as(read: Callable[[str], dt.date]) -> Callable[[str], str]:
    def check(written: str) -> str:
        try:
            read(written)
        except UnreadTimeError as unread:
            raise ValueError(f"{unread}; {unread.help}") from None
        return written

    return check


Day = Annotated[
    str,
    StringConstraints(max_length=40),
    AfterValidator(_written_as(read_day)),
    Field(json_schema_extra={"format": "date"}),
]
Clock = Annotated[
    str,
    StringConstraints(max_length=40),
    AfterValidator(_written_as(read_time)),
    Field(json_schema_extra={"anyOf": [{"format": "date"}, {"pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$"}]}),
]
Name = Annotated[str, StringConstraints(max_length=200)]
Part = Literal[PARTS]  # type: ignore[valid-type] # the members are read off the decision
Facts = Annotated[
    dict[str, Any],
    Field(description="Facts by name, dotted or nested. What is left out is not known; `null`: there is none."),
]
WithFindings = Annotated[bool, Field(description="Try also what somebody would have to judge otherwise.")]
MostChanges = Annotated[int, Field(ge=1, le=MOST_CHANGES, description="How many facts one answer may change.")]
MostResults = Annotated[int, Field(ge=1, le=10)]


class Which(BaseModel):
    """Which rulebook is asked."""

    model_config = ConfigDict(extra="forbid")

    rulebook: Annotated[
        Name,
        Field(description="Its name, a version (`name@2024-01-01`), the beginning of its hash, or a law only it has."),
    ] = ""
    known_on: Annotated[
        Day | None, Field(description="The law as it was known on this day: of several versions, the last by then.")
    ] = None


class Stated(Which):
    """A case: its facts and its dates."""

    facts: Facts = Field(default_factory=dict)
    at: Annotated[Clock | None, Field(description="The clock: the day or the local moment of the decision.")] = None
    law_as_of: Annotated[
        Day | None, Field(description="The day of the law in force that is applied; without it, that of the clock.")
    ] = None
    holidays: Annotated[
        list[Day] | None,
        Field(description="All days off besides weekends, in place of the rulebook's.", max_length=5000),
    ] = None


class CaseQuestion(Stated):
    """A case and the bearer asked about."""

    by: Annotated[Name | None, Field(description="Only what binds this role.")] = None


class AssessQuestion(CaseQuestion):
    """What binds in a case, over all actions."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{k: v for k, v in _EXAMPLE.items() if k != "action"}]}
    )

    parts: Annotated[list[Part] | None, Field(description="Only these parts of each decision.")] = None
    open: Annotated[bool, Field(description="Also what turns on facts that are not known.")] = False


class ActionQuestion(CaseQuestion):
    """A case and the action asked about."""

    model_config = _example()

    action: Annotated[Name, Field(description="The action, `verb term`, as `/v1/actions` lists them.")]


class DecideQuestion(ActionQuestion):
    """Whether an action may, must or must not be done in a case."""

    parts: Annotated[list[Part] | None, Field(description="Only these parts of the decision.")] = None


class NextQuestion(ActionQuestion):
    """Which fact to ask for next."""

    model_config = _example(facts={"inmate": {"class": "sentenced"}})

    asked: Annotated[list[Name], Field(description="Facts that are not to be asked again.", max_length=1000)] = []


class WhyNotQuestion(ActionQuestion):
    """What would have to be different for another verdict."""

    model_config = _example(wanted="forbidden")

    wanted: Annotated[
        Literal["allowed", "permitted", "forbidden", "required", "exempt"],
        Field(description="The verdict that is missed."),
    ] = "allowed"
    findings: WithFindings = False
    most_changes: MostChanges = MOST_CHANGES
    most_results: MostResults = MOST_RESULTS


class WhenQuestion(ActionQuestion):
    """All time, as stretches with one verdict; `at` says where to begin if the answer turns with the weekday."""


class ExplainQuestion(ActionQuestion):
    """The tree from the verdict to each fact."""

    form: Annotated[
        Literal["data", "text", "markdown"], Field(description="As JSON, as plain text, or as Markdown.")
    ] = "data"
    brief: Annotated[bool, Field(description="Text: only what carries the verdict.")] = False


class ValueQuestion(Stated):
    """What a fact comes to in a case."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [_EXAMPLE_OF_VALUE]})

    fact: Annotated[Name, Field(description="The fact, such as one that rules derive.")]


class WhyNotValueQuestion(ValueQuestion):
    """What would have to be different for another value of a fact."""

    wanted: Annotated[
        Any, Field(description="The value that is missed, as facts are written; left out: any other.")
    ] = None
    findings: WithFindings = False
    most_changes: MostChanges = MOST_CHANGES
    most_results: MostResults = MOST_RESULTS


class WhenValueQuestion(ValueQuestion):
    """All time, as stretches with one value; `at` says where to begin if the value turns for ever."""


class ExplainValueQuestion(ValueQuestion):
    """The tree from the value to each fact."""

    form: Annotated[Literal["data", "text"], Field(description="As JSON or as plain text.")] = "data"


class Case(BaseModel):
    """One case of a batch. `id` comes back with its answer."""

    model_config = ConfigDict(extra="forbid")

    id: Name | int | None = None
    facts: Facts = Field(default_factory=dict)
    at: Annotated[Clock | None, Field(description="The clock of this case, in place of the batch's.")] = None


class BatchQuestion(Which):
    """Whether an action may, must or must not be done in each of many cases."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "action": _EXAMPLE["action"],
                    "at": "2020-03-01",
                    "cases": [
                        {"id": 1, "facts": _EXAMPLE["facts"]},
                        {"id": 2, "facts": {"inmate": {"class": "unsentenced"}}},
                    ],
                }
            ]
        },
    )

    action: Annotated[Name, Field(description="The action, as `/v1/actions` lists them.")]
    cases: Annotated[list[Case], Field(min_length=1)]
    at: Clock | None = None
    law_as_of: Day | None = None
    by: Name | None = None
    holidays: Annotated[list[Day] | None, Field(max_length=5000)] = None
    parts: Annotated[
        list[Part],
        Field(description="The parts of each decision.", default=["verdict", "citations", "breaches", "missing"]),
    ]


QUESTIONS: Final[Mapping[str, type[BaseModel]]] = {
    "/v1/decide": DecideQuestion,
    "/v1/assess": AssessQuestion,
    "/v1/next-question": NextQuestion,
    "/v1/why-not": WhyNotQuestion,
    "/v1/when": WhenQuestion,
    "/v1/explain": ExplainQuestion,
    "/v1/value": ValueQuestion,
    "/v1/value/why-not": WhyNotValueQuestion,
    "/v1/value/when": WhenValueQuestion,
    "/v1/value/explain": ExplainValueQuestion,
    "/v1/batch": BatchQuestion,
}
"""What is asked at which path."""
