"""The fields of a case file."""

from __future__ import annotations

from typing import Final

from mutandis.rulebook.fields.table import (
    DATE,
    FACT,
    LAW,
    NAME,
    SCALAR,
    TEXT,
    Document,
    Field,
    Table,
    either,
    listed,
    one_or_more,
    ref,
)

VERDICTS: Final = (
    "permitted",
    "forbidden",
    "required",
    "conditional",
    "exempt",
    "silent",
    "conflict",
    "forbidden_by_default",
    "undetermined",
)
RELATIONS: Final = ("at_most", "at_least", "less_than", "more_than", "exactly")
"""How a limit bounds its parameter."""

_VERDICT = {"enum": list(VERDICTS)}
_CITATIONS = one_or_more(ref("citation"), 0)
_NAMES = one_or_more(TEXT, 0)

ASK: Final = Table(
    (
        Field("decide", TEXT, "An action: is it permitted, forbidden, required?"),
        Field("assess", {}, "`yes`: everything that applies."),
        Field("value", TEXT, "A derived fact: what is it?"),
        Field("when", TEXT, "An action: from or until when?"),
        Field("next_question", TEXT, "An action: what should be asked next?"),
        Field("why_not", TEXT, "An action: what would have to change?"),
        Field("by", NAME, "Whose action it is."),
    ),
    "The question.",
    least=1,
)

EXPECTED_LIMIT: Final = Table(
    (
        Field("at", ref("citation"), needed=True),
        Field("parameter", FACT),
        Field("margin", SCALAR),
        *(Field(relation, SCALAR) for relation in RELATIONS),
    )
)

EXPECT: Final = Table(
    (
        Field("verdict", _VERDICT),
        Field("reachable", either(_VERDICT, listed(_VERDICT, 0)), "The verdicts unknown facts still allow."),
        Field("cites", _CITATIONS, "Exactly the provisions cited."),
        Field("breaches", _CITATIONS, "The provisions breached."),
        Field("beaten", _CITATIONS, "The provisions that gave way."),
        Field("penalties", _CITATIONS, "The provisions that threaten a penalty."),
        Field("notes", _CITATIONS, "The places whose notes are shown."),
        Field("opens", _CITATIONS, "The places that took what stood against it out of the way."),
        Field("kept", _CITATIONS, "The places of limits and requirements that bind and are met."),
        Field("defines", _CITATIONS, "The places that gave a fact its value, or did not reach."),
        Field("dates", _CITATIONS, "The places that put the wording in force, or keep an older one."),
        Field("open", _CITATIONS, "The places still open in an answer that is not settled."),
        Field("stops_short", _CITATIONS, "The places that came nearest, where nothing speaks or permits."),
        Field("left_to", _CITATIONS, "The places that hand the matter to a decree, an ordinance or a minister."),
        Field("by", _NAMES, "The bearers of the norms cited."),
        Field("to", _NAMES, "Their counterparties."),
        Field("falls_on", _NAMES, "On whom the penalties fall."),
        Field(
            "threatens",
            _NAMES,
            "What the penalties threaten, in the words of their rules: `imprisonment_with_labour up to 2 years`.",
        ),
        Field("missing", _NAMES, "Facts that can still change the verdict."),
        Field("irrelevant", _NAMES, "Unknown facts that cannot."),
        Field("findings", _NAMES, "Facts left to somebody's judgement."),
        Field("fictions", _NAMES, "Facts read as another value."),
        Field("presumptions", _NAMES, "Facts presumed."),
        Field("limits", listed(EXPECTED_LIMIT, 0), "The bounds stated."),
        Field("deadline", TEXT, "When it falls due."),
        Field("value", SCALAR, "The value of the fact asked for."),
        Field("must", _NAMES, "Of an assessment: the actions required now that were not at the case it goes on from."),
        Field("may", _NAMES, "Likewise the actions permitted, with or without conditions."),
        Field("must_not", _NAMES, "Likewise the actions forbidden."),
        Field("no_longer", _NAMES, "The actions of which one of these held there, and none does now."),
    ),
    "What the answer should be; what is not listed is not checked.",
)

CASE_FILE: Final = Table(
    (
        Field("case", TEXT, "What tells this case from others, in a few words.", needed=True),
        Field("after", TEXT, "The case above, in the file, from which it goes on: its facts hold here too."),
        Field("tests", one_or_more(ref("citation")), "The provisions it is about."),
        Field("law", LAW, "The law in which citations are read.", needed=True),
        Field(
            "at",
            {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?)?$"},
            "The day, or the moment, of the decision.",
        ),
        Field("law_as_of", DATE, "The version of the law; without it, that of the day of decision."),
        Field(
            "facts",
            {"type": "object"},
            "Facts by name, dotted or nested. `none`: known to be absent; `unknown`: said to be unknown.",
        ),
        Field("ask", ASK, needed=True),
        Field("expect", EXPECT),
        Field("holidays", one_or_more(DATE), "Public holidays that the deadlines of the case know of."),
        Field("note", TEXT, "Why the case is here."),
    ),
    "A case: what happened, what is asked, what is expected. A file may hold several, each a YAML document.",
)

CASE: Final = Document("case", "Case", CASE_FILE, {"citation": {**SCALAR, "description": "A provision: `77(1)2`."}})
