"""The fields of a vocabulary file."""

from __future__ import annotations

from typing import Final, get_args

from mutandis.calendar.counting import CLOCKS
from mutandis.calendar.dates import EndOfMonth
from mutandis.datatypes import Kind
from mutandis.rulebook.fields.table import (
    ACTION,
    FACT,
    NAME,
    SCALAR,
    TEXT,
    YES_NO,
    Document,
    Field,
    Table,
    either,
    listed,
    mapping_to,
    one_or_more,
    ref,
)

TYPES: Final[dict[str, Kind]] = {
    "yes/no": "yes_no",
    "one of": "enum",
    "count": "count",
    "number": "number",
    "money": "money",
    "date": "date",
    "moment": "moment",
    "duration": "duration",
    "period": "period",
    "provision": "provision",
    "text": "text",
}
"""The types of facts, besides `list of TERM`."""

ALSO = "Other words that people have for it, by which it is found and nothing else: `visit, see, meet`."

_CLOCK = {"enum": list(CLOCKS)}
_CITATION = ref("citation")

VOCABULARY_FILE: Final = Table(
    (
        Field("terms", mapping_to(ref("term"), NAME), "The law's nouns, by name."),
        Field(
            "actions",
            mapping_to(ref("action"), {"pattern": "^[a-z][a-z0-9_]* [a-z][a-z0-9_]*$"}),
            "Actions, by verb and term: `suspend visit`. One on a kind is there for all its sub-kinds.",
        ),
    ),
    "What a case may say and a rule may ask: terms with their attributes (facts), and actions.",
)

TERM: Final = Table(
    (
        Field("label", TEXT, "How the term reads to a person."),
        Field("definition", TEXT, "A sentence of our own on what it means."),
        Field("also", TEXT, ALSO),
        Field("kind_of", NAME, "The wider term, whose attributes and actions this one has too."),
        Field("role", YES_NO, "`yes` for somebody who acts or is owed."),
        Field(
            "attributes",
            mapping_to(ref("fact"), NAME),
            "The facts about the term, by attribute: `in_progress` of `visit` is the fact `visit.in_progress`.",
        ),
    )
)

DECLARED_VALUE: Final = Table(
    (
        Field("label", TEXT, "How the value reads to a person."),
        Field("provision", _CITATION, "The provision that creates the value."),
    )
)

COUNTING: Final = Table(
    (
        Field("clock", _CLOCK, "Which day is the first, and whether the last one moves.", needed=True),
        Field("by", _CITATION, "The provision that fixes it."),
        Field(
            "end of month",
            {"enum": list(get_args(EndOfMonth))},
            "Which day is meant where a month lacks it, if not the clock's own.",
        ),
    )
)

SUSPENDED: Final = Table(
    (
        Field("from", TEXT, "The fact that gives the first day that does not count.", needed=True),
        Field("until", TEXT, "The fact that gives the last one; none while it goes on.", needed=True),
    ),
    "A span of days that do not count.",
)

PRESUME: Final = Table(
    (
        Field("value", either(SCALAR, {"type": "boolean"}), needed=True),
        Field("from", _CITATION, "The provision that presumes it."),
    )
)

DECLARED_FACT: Final = Table(
    (
        Field(
            "type",
            either({"enum": list(TYPES)}, {"type": "string", "pattern": "^list of [a-z][a-z0-9_]*$"}),
            "The type, or `list of` with a term.",
        ),
        Field(
            "values",
            either({**listed(NAME), "uniqueItems": True}, mapping_to(either(TEXT, DECLARED_VALUE), NAME, 1)),
            "The values of a `one of`: a list, or a mapping to labels.",
        ),
        Field("several", YES_NO, "`yes` where the fact holds several of its values at once."),
        Field("open", YES_NO, "`yes` where other values, or further members, may occur."),
        Field(
            "unit",
            NAME,
            "Of a duration: minutes, hours, days, weeks, months, years, any. Of money: the currency.",
        ),
        Field("optional", YES_NO, "`yes` where the value may be `none`: known to be absent."),
        Field(
            "parameter",
            YES_NO,
            "`yes` for how the asked action is to be done; only in requires, limits and deadline.",
        ),
        Field(
            "counting",
            either(_CLOCK, COUNTING),
            "How a period is counted, or one that begins with this date or moment: a clock, or "
            "`{clock, by, end of month}` with the provision that fixes it.",
        ),
        Field(
            "suspended",
            one_or_more(ref("suspended")),
            "The facts that give first and last day of a span that the period leaves out; several in a list.",
        ),
        Field(
            "extends",
            NAME,
            "Of a list: the attribute of the same term, a period, that its members extend. One that does not adjoin is "
            "told.",
        ),
        Field("question", TEXT, "How a person is asked for the fact. `{term}` stands for the term's label."),
        Field("label", TEXT, "How the fact reads to a person."),
        Field(
            "says",
            TEXT,
            "The fact as an affirmative sentence: `the inmate's record is excellent`. `{term}` stands for the term's "
            "label, `{value}` for the value of what is not yes or no.",
        ),
        Field("found_by", NAME, "The role to whose judgement the law leaves it."),
        Field(
            "presume",
            either(SCALAR, {"type": "boolean"}, PRESUME),
            "What is presumed where a case does not give the fact.",
        ),
        Field("min", SCALAR, "The least value, in the fact's unit."),
        Field("max", SCALAR, "The greatest value, in the fact's unit."),
        Field(
            "weight",
            SCALAR,
            "What changing it costs, when ways to another answer are looked for; 1 if not said.",
        ),
        Field("fixed", YES_NO, "`yes` for what nobody can change."),
    )
)

DECLARED_ACTION: Final = Table(
    (
        Field("label", TEXT, "How the action reads to a person."),
        Field("also", TEXT, ALSO),
        Field(
            "default",
            {"enum": ["forbidden", "silent"]},
            "What holds when no rule speaks: `forbidden` for what needs a legal basis.",
        ),
        Field("by", NAME, "Who does it."),
        Field("done", FACT, "The fact that records that, or when, it was done."),
        Field("continuing", YES_NO, "`yes` where a duty to do it goes on as long as its grounds hold; without `done`."),
        Field("group", NAME, "The set of actions that exclude each other."),
        Field("adverse", YES_NO, "`yes` where it is against the person it is done to."),
        Field(
            "restricts",
            one_or_more(ACTION),
            "The action, or actions, that it takes away while it is required or in force: `make telephone_call`.",
        ),
        Field(
            "in_force",
            FACT,
            "The fact that says that it is in force: yes/no, or the provision it is in force under.",
        ),
    )
)

VOCABULARY: Final = Document(
    "vocabulary",
    "Vocabulary",
    VOCABULARY_FILE,
    {
        "citation": {**SCALAR, "description": "A provision: `108.14`, `act/12(2)`."},
        "term": TERM,
        "fact": DECLARED_FACT,
        "action": DECLARED_ACTION,
        "suspended": SUSPENDED,
    },
)
