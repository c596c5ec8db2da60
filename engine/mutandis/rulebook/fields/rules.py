"""The fields of a rule file."""

from __future__ import annotations

from typing import Final, get_args

from mutandis.rulebook.fields.table import (
    ACTION,
    DATE,
    FACT,
    LAW,
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
from mutandis.rulebook.model import NOT_YET, ON_ACTIONS, SPEAKING, UNDER_THIS_LAW, Effect

_OPERATIVE = (*ON_ACTIONS, "define", "deem", "apply", "penalty", "disapply")
_ALL = (*_OPERATIVE, "delegate", "states")

DEADLINE_WORDS: Final = ("without_delay", "immediately", "in_advance", "promptly")
CLOCKS_OF_DEADLINES: Final = ("civil", "as it falls")

_NUMBERS = {"pattern": r"^(main|\d+(-\d+)*|\([a-z]{1,2}\)|\([ivx]+\))$"}
_CITATION = ref("citation")
_CITATIONS = one_or_more(_CITATION)
_CONDITION = ref("condition")
_CONDITIONS = listed(_CONDITION)
_EXPRESSION = ref("expression")
_GROUNDS = Field("grounds", ref("grounds"))
_WHEN = Field("when", _CONDITION)
_OPTIONS = one_or_more(ref("penalty_option"))

ARTICLE: Final = Table(
    (
        Field("law", LAW, "The law the article is of: the name of the folder the file stands in.", needed=True),
        Field("article", SCALAR, "The number of the article: `77`, `16-2`, `addenda-14281/2`.", needed=True),
        Field("title", TEXT, "A heading of our own, a few words.", needed=True),
        Field("rules", listed(ref("rule"), 0), "What the article says, one rule for each effect."),
        Field("not_modelled", mapping_to(TEXT), "Places of the article that have no rules, each with the reason."),
        Field(
            "excused",
            listed(ref("excuse"), 0),
            "What of the article's text its rules leave out, each with the reason; read by `check --text`.",
        ),
    ),
    "An article of a law as rules. A file may hold several articles, each a YAML document.",
    one_of=("rules", "not_modelled"),
)

EXCUSE: Final = Table(
    (
        Field("at", _CITATION, "The place that has it: `(1)`, `(2) proviso`.", needed=True),
        Field("quantity", TEXT, "The quantity as `check --text` tells it: `3 phase`. Either this or `reference`."),
        Field(
            "reference",
            _CITATIONS,
            "The provision that the text names, a range, or a list of them: `9`, `127 to 132`.",
        ),
        Field("reason", TEXT, "Why no rule has it.", needed=True),
    ),
    "A quantity or a reference of the text that the rules of its place leave out.",
    just_one_of=("quantity", "reference"),
)

GROUND: Final = Table(
    (
        _WHEN,
        Field("unless", _CONDITION),
        _GROUNDS,
        Field("since", DATE, "First day this ground is in force."),
        Field("until", DATE, "First day it no longer is."),
        Field("label", TEXT, "A few words for explanations."),
    )
)

EXCLUSION: Final = Table(
    (
        Field("at", _CITATION, "Where the exclusion stands, e.g. `(1) proviso`; without it, at the rule itself."),
        _WHEN,
        _GROUNDS,
        Field("since", DATE, "First day the exclusion is in force."),
        Field("until", DATE, "First day it no longer is."),
    ),
    one_of=("when", "grounds"),
)

ENTRY: Final = Table(
    (
        _WHEN,
        Field("value", _EXPRESSION, needed=True),
        Field("since", DATE, "First day this value is in force."),
        Field("until", DATE, "First day it no longer is."),
    )
)

PENALTY: Final = Table(
    (
        Field("of", _CITATIONS, "The provisions whose breach it punishes."),
        Field("rule", TEXT, "The id of the one rule there whose breach it punishes, where others stand beside it."),
        Field("any", _OPTIONS, "The alternatives.", needed=True),
    )
)

DEADLINE: Final = Table(
    (
        Field("by", _EXPRESSION),
        Field("on", _EXPRESSION),
        Field("before", _EXPRESSION),
        Field(
            "clock",
            {"enum": list(CLOCKS_OF_DEADLINES)},
            "`civil`: a last day on a Saturday, Sunday or holiday moves on, as it does in days, weeks, months and "
            "years. `as it falls`: it stays.",
        ),
    ),
    least=1,
)

RULE: Final = Table(
    (
        Field(
            "at",
            _CITATION,
            "The place in the article: `main`, `(1)`, `(1) proviso`, `(2) latter`, `(1) former`.",
            needed=True,
            goes_with=_ALL,
        ),
        Field(
            "summary",
            TEXT,
            "One sentence of our own; shown in explanations. Never the official text.",
            needed=True,
            goes_with=_ALL,
        ),
        Field(
            "id",
            TEXT,
            "A name that tells this rule from another of its place and effect, without the place; mostly not needed.",
            goes_with=_ALL,
        ),
        Field("may", ref("actions"), "A permission: a power or a right."),
        Field("must", ref("actions"), "A duty."),
        Field("must_not", ref("actions"), "A prohibition."),
        Field("need_not", ref("actions"), "An exemption."),
        Field(
            "limits",
            ref("actions"),
            "A cap or procedure that binds every permission and duty for these actions, wherever it was granted.",
        ),
        Field("define", ref("fact"), "A derived fact; `as` gives its value. A yes/no fact without `as` is true."),
        Field("deem", ref("fact"), "A legal fiction: the fact is read as the value in `as`."),
        Field(
            "as",
            either(ref("entry"), listed(ref("entry")), mapping_to(ref("entry"), _NUMBERS, 1)),
            "The value of a define or deem: an expression, `{when, value}`, a list of those, or numbered entries.",
            goes_with=("define", "deem"),
        ),
        Field(
            "apply",
            _CITATIONS,
            "Other provisions that apply here, mutatis mutandis with `construe`; `ext:…` for law outside the rulebook.",
        ),
        Field(
            "construe",
            mapping_to(either(_CONDITION, listed(SCALAR)), least=1),
            "What is read as what: a term, role, fact, action, enumerated value or citation; a list fans out; a yes/no "
            "fact may become a condition.",
            goes_with=("apply", "deem"),
        ),
        Field(
            "penalty",
            either({**_OPTIONS, "description": "The options alone."}, PENALTY),
            "What is threatened: `{of: 92(1)2, any: [...]}`, with `rule` for one rule there by its id, or the options "
            "alone beside the prohibition or duty, whose breach alone they are then for.",
        ),
        Field("delegate", TEXT, "To what the matter is left: `presidential_decree`, `ordinance`."),
        Field("states", TEXT, "What the provision states without effect: a purpose, a name."),
        Field(
            "by",
            ref("roles"),
            "Who bears it: who may, must, must not.",
            goes_with=(*ON_ACTIONS, "penalty", "delegate"),
        ),
        Field("to", ref("roles"), "The counterparty. `may` with `to` is a right against it.", goes_with=SPEAKING),
        Field("when", _CONDITION, "The trigger.", goes_with=_OPERATIVE),
        Field("grounds", ref("grounds"), goes_with=_OPERATIVE),
        Field(
            "requires",
            either(_CONDITION, mapping_to(_CONDITION, _NUMBERS, 1)),
            "How the action must be done. A failure is a breach of this provision. May be numbered, each cited.",
            goes_with=("may", "must", "limits"),
        ),
        Field(
            "unless",
            one_or_more(ref("exclusion")),
            "An exclusion with its own place, several in a list, or a bare condition.",
            goes_with=_OPERATIVE,
        ),
        Field(
            "deadline",
            either({"enum": list(DEADLINE_WORDS)}, {"type": "string", "pattern": r"^(by|on|before)\s+\S"}, DEADLINE),
            "`by X`, `on X`, `before X` with a date or moment, or the law's own words.",
            goes_with=("may", "must", "limits"),
        ),
        Field(
            "recurs",
            TEXT,
            "How often the duty comes again, in the law's words: `at least once a week`. Told with the due days of the "
            "answer. The day of the next time is a `deadline` from the last time.",
            goes_with=("must",),
        ),
        Field("despite", _CITATIONS, "What this rule beats, where they oppose each other.", goes_with=_OPERATIVE),
        Field("subject_to", _CITATIONS, "What this rule gives way to.", goes_with=_OPERATIVE),
        Field("instead_of", _CITATIONS, "What this rule replaces once it is triggered.", goes_with=_OPERATIVE),
        Field("inferred", TEXT, "Why the order holds, where the text does not state it.", goes_with=_OPERATIVE),
        Field(
            "within",
            _CITATIONS,
            "For a fiction: the provisions that see it. For a delegation in a provision of its own: the parts of its "
            "article that it is about, where the text names them.",
            goes_with=("deem", "delegate"),
        ),
        Field(
            "whole_law",
            YES_NO,
            "`yes` where the law as a whole applies to a case because of this definition or fiction: every answer of "
            "the law in which its `when` holds rests on it.",
            goes_with=("define", "deem"),
        ),
        Field(
            "governed_by",
            _EXPRESSION,
            "The event date that picks the version, where it is not the day of decision.",
            goes_with=(*_OPERATIVE, "states"),
        ),
        Field(
            "presume",
            {"enum": [UNDER_THIS_LAW, NOT_YET]},
            "What is presumed of an event that a case does not date. `under this law`: that a transitional clause's "
            "event (the date that its `when` holds against a day written out, or `governed_by`) is of the law applied. "
            "`not yet`: of a fiction, that the dates its `when` reads are none, so that it acts where one is stated.",
            goes_with=(*_OPERATIVE, "states"),
        ),
        Field("since", DATE, "First day the rule is in force, where that differs from the law.", goes_with=_ALL),
        Field("until", DATE, "First day the rule is no longer in force.", goes_with=_ALL),
        Field(
            "milder",
            YES_NO,
            "`yes` where earlier and later wording are compared and the milder one applies.",
            goes_with=_OPERATIVE,
        ),
        Field(
            "not_held",
            TEXT,
            "Which earlier wording the rulebook does not hold: the rule then stays open until `until`. Of a define or "
            "deem without `as` it is not known what it gave.",
            goes_with=(*ON_ACTIONS, "define", "deem"),
        ),
        Field(
            "note",
            TEXT,
            "What the text leaves open, and how it was read; shown with every decision that turns on it.",
            goes_with=_ALL,
        ),
    ),
    "One rule: where it stands, what it does (one effect), and when.",
)

EFFECT_KEYS: Final[tuple[Effect, ...]] = tuple(e for e in get_args(Effect) if e in RULE.keys)
"""The keys that say what a rule does."""

RULES: Final = Document(
    "rules",
    "Rule file",
    ARTICLE,
    {
        "citation": {
            **SCALAR,
            "description": "A provision or a range: `77(1)2`, `(1) proviso`, `107.4`, `95(4) to 95(6)`, `act/77`, "
            "`ext:probation-act/85`.",
        },
        "expression": {
            **SCALAR,
            "description": "An expression of the condition language, on one line or after `|`.",
        },
        "condition": {
            "description": "One condition, a list of which all must hold, or `all:` and `any:` nested.",
            **either(
                _EXPRESSION,
                _CONDITIONS,
                Table((Field("all", _CONDITIONS, "All of these must hold.", needed=True),)),
                Table((Field("any", _CONDITIONS, "One of these must hold.", needed=True),)),
            ),
        },
        "action": {**ACTION, "description": "A declared action: a verb and a term, `suspend visit`."},
        "actions": {
            "description": "One action, a list (each of them), or `{any: [...]}` (one suffices).",
            **either(
                ref("action"), listed(ref("action")), Table((Field("any", listed(ref("action"), 2), needed=True),))
            ),
        },
        "fact": {**FACT, "description": "A declared fact, `term.attribute`."},
        "roles": {**one_or_more(NAME), "description": "One role, or a list of roles."},
        "grounds": {
            **mapping_to(ref("ground"), _NUMBERS, 1),
            "description": "Numbered alternatives, as in the law: one is enough, each that holds is cited. `main` "
            "stands in the opening words.",
        },
        "ground": either(_CONDITION, GROUND),
        "exclusion": either(_CONDITION, EXCLUSION),
        "entry": either(_EXPRESSION, ENTRY),
        "penalty_option": {
            "type": "string",
            "pattern": r"^[a-z][a-z0-9_]*(\s+up\s+to\s+[\s\S]+)?$",
            "description": "A kind of penalty and its ceiling: `imprisonment_with_labour up to 2 years`, `warning`.",
        },
        "rule": RULE,
        "excuse": EXCUSE,
    },
)
