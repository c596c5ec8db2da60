"""The fields of a law file and of a calendar."""

from __future__ import annotations

from typing import Final

from mutandis.rulebook.fields.table import (
    DATE,
    LAW,
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

_WORD = {"type": "string"}
WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

LAW_FILE: Final = Table(
    (
        Field("law", LAW, "The name of the folder.", needed=True),
        Field("title", TEXT, "The full title.", needed=True),
        Field("short", TEXT, "The short title, for citations.", needed=True),
        Field("rank", SCALAR, "Lower is higher: an act 1, a decree 2.", needed=True),
        Field(
            "parent",
            {"type": "string", "pattern": "^(ext:)?[a-z][a-z0-9-]*$"},
            "The act a decree is made under; `ext:…` where the rulebook does not hold it.",
        ),
        Field(
            "cited_by",
            {"enum": ["article", "section"]},
            "What its articles are called in a citation, `Act Art. 77` or `Code § 12`; `article` if not said, and "
            "`section` where rules stand at letters, `(a)(1)`.",
        ),
        Field(
            "instruments",
            listed(ref("instrument"), 0),
            "The enacting and amending instruments, oldest first.",
        ),
    ),
    "A law of the rulebook: its titles, rank and amendments.",
)

ENFORCED_PART: Final = Table(
    (
        Field("provisions", one_or_more(SCALAR), "The provisions that took effect on another day.", needed=True),
        Field("on", DATE, "That day.", needed=True),
    )
)

INSTRUMENT: Final = Table(
    (
        Field("id", TEXT, "Kind and number: `Act No. 8728`.", needed=True),
        Field("title", TEXT, "Its title."),
        Field("promulgated", DATE, "Day of promulgation.", needed=True),
        Field("enforced", DATE, "Day it took effect."),
        Field(
            "enforced_parts",
            listed(ENFORCED_PART, 0),
            "Provisions that took effect on another day than the rest: `provisions`, and `on` the day. Without "
            "`enforced`, all that the instrument changed.",
        ),
        Field("reaches_back", YES_NO, "`yes` where it is in force from before its promulgation."),
        Field("note", TEXT, "What is worth knowing about these dates."),
    )
)

LAWS: Final = Document("law", "Law", LAW_FILE, {"instrument": INSTRUMENT})

_LABEL = Field("label", _WORD, "How it reads to a person.", needed=True)
_BY = Field("by", _WORD, "The provision that makes it a day off.", needed=True)

WEEKLY: Final = Table(
    (
        _LABEL,
        Field("since", ref("day"), "The first day on which it is one; always, if not said."),
        _BY,
    ),
    "A day of every week that is off.",
)
KIND_OF_HOLIDAY: Final = Table((_LABEL, _BY), "What makes days holidays.")

CALENDAR_FILE: Final = Table(
    (
        Field("calendar", _WORD, "The name of the file.", needed=True),
        Field("title", _WORD, "What it is a calendar of.", needed=True),
        Field("from", ref("day"), "The first day whose holidays are known.", needed=True),
        Field(
            "until",
            ref("day"),
            "The last day whose holidays are known. Beyond it a last day near a possible holiday is not known.",
            needed=True,
        ),
        Field(
            "weekly",
            mapping_to(ref("weekly"), {"enum": list(WEEKDAYS)}),
            "Days of every week that are off: `label`, `by` the provision, and `since` when.",
            needed=True,
        ),
        Field(
            "kinds",
            mapping_to(ref("kind")),
            "The kinds of holidays, by name: `label`, and `by` the provision that makes them.",
            needed=True,
        ),
        Field(
            "days",
            mapping_to(either(_WORD, listed(_WORD)), ref("day")),
            "Every holiday, by its date: a kind, or a list where two fall on one day.",
            needed=True,
        ),
    ),
    "The days off of a country, `calendar/kr.yaml`: what moves a last day. A rulebook has at most one.",
)

CALENDAR: Final = Document(
    "calendar",
    "Calendar",
    CALENDAR_FILE,
    {"day": {**DATE, "description": "A date, `2026-02-17`."}, "weekly": WEEKLY, "kind": KIND_OF_HOLIDAY},
)
