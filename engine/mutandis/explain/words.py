"""The one table of words: what verdicts, statuses and relations are called to a person.

A verdict's name is its value with blanks, on the screen as in case files, JSON and the glossary; the gloss says in
plain words what it means.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from typing import Final

from mutandis.decide.result import Decision, Limit, Verdict, as_data
from mutandis.decide.result_parts import DeadlineDue, Stand

GLOSSES: Final[dict[Verdict, str]] = {
    Verdict.CONFLICT: "the provisions pull apart",
    Verdict.FORBIDDEN: "",
    Verdict.REQUIRED: "",
    Verdict.PERMITTED: "",
    Verdict.CONDITIONAL: "permitted within limits",
    Verdict.FORBIDDEN_BY_DEFAULT: "nothing permits it",
    Verdict.EXEMPT: "not required",
    Verdict.SILENT: "not regulated",
    Verdict.UNDETERMINED: "not settled",
}
"""What a verdict means, where its name does not say it by itself."""

_OF_THE_ENCODED: Final[dict[Verdict, str]] = {
    Verdict.FORBIDDEN_BY_DEFAULT: "nothing encoded permits it",
    Verdict.SILENT: "nothing encoded speaks to it",
}
"""What a verdict means where a provision that could speak has no rules, or leaves the matter to others."""

NO_DAY: Final = "a day that no rule gives, or that cannot be reckoned"
"""What a due day is called that is not known and waits for nothing."""

BEYOND: Final[dict[str, str]] = {"left_to": "left to others", "not_encoded": "not encoded"}
"""The roles of places at which the law may say more than the rulebook does."""

DIRECTIONS: Final = {
    "must_not": "must not",
    "must": "must",
    "may": "may",
    "need_not": "need not",
    "limits": "limits it",
    "disapply": "disapplies",
}
"""What a norm says of its action."""

ROLES: Final = {
    "decides": "",
    "opposes": "on the other side",
    "weakens": "lifts the duty",
    "restores": "lifts an exclusion",
    "perhaps": "one of these",
}
"""Why a provision is cited, where it is not that it decides."""

STATUSES: Final = {
    "effective": "applies",
    "not_triggered": "does not apply",
    "beaten": "gives way",
    "weakened": "is weakened to a permission",
    "unknown": "may apply",
}
"""What became of a norm."""

_EITHER_WAY: Final = {**STATUSES, "effective": "applies either way"}


def because(stands: Iterable[Stand], provision: Callable[[str], str]) -> str:
    """Why an unknown fact does not matter: how each norm that reads it stands, with its provision as people cite it."""
    return "; ".join(f"{provision(one.provision)} {_EITHER_WAY[one.status]}" for one in stands)


STANDINGS: Final = {"holds": "yes", "fails": "no", "unknown": "not known", "disputed": "disputed"}
"""What a condition comes to."""

NOT_KNOWN: Final = "it is not known whether"
"""How the sentence of what is not known begins."""

RELATIONS: Final = {
    "at_most": "at most",
    "at_least": "at least",
    "less_than": "less than",
    "more_than": "more than",
    "exactly": "exactly",
}
"""How a limit bounds its parameter."""

BEATEN_BY: Final = {
    "despite": "beaten by",
    "instead_of": "replaced by",
    "disapply": "disapplied by",
    "rank": "outranked by",
}
"""What a norm that gave way was done, by how the other goes before it."""

CAUSES: Final = {
    "facts": "facts are missing",
    "wording": "it turns on wording that the rulebook does not hold",
    "values": "rules give one fact different values",
    "parameters": "it is not said how the action is to be done",
    "undefined": "something it turns on cannot be reckoned",
}
"""Why an answer is not settled."""


def verdict_name(verdict: Verdict) -> str:
    """The name of a verdict: `forbidden by default`."""
    return verdict.value.replace("_", " ")


def verdict_in_words(verdict: Verdict) -> str:
    """The name with what it means: `forbidden by default: nothing permits it`.

    >>> verdict_in_words(Verdict.SILENT)
    'silent: not regulated'
    """
    gloss = GLOSSES[verdict]
    return f"{verdict_name(verdict)}: {gloss}" if gloss else verdict_name(verdict)


def answer_in_words(decision: Decision) -> str:
    """The verdict of a decision with what it means; that no provision speaks is said only where none could."""
    gloss = _OF_THE_ENCODED.get(decision.verdict)
    if gloss and any(one.role in BEYOND for one in decision.authority):
        return f"{verdict_name(decision.verdict)}: {gloss}"
    return verdict_in_words(decision.verdict)


def verdict_aside(verdict: Verdict) -> str:
    """The same inside a sentence: `forbidden by default (nothing permits it)`."""
    gloss = GLOSSES[verdict]
    return f"{verdict_name(verdict)} ({gloss})" if gloss else verdict_name(verdict)


_LARGE_NUMBER = re.compile(r"\d{5,}")


def penalty_in_words(option: str) -> str:
    """One of the alternatives of a penalty as a person reads it.

    >>> penalty_in_words("imprisonment_with_labour up to 1 month")
    'imprisonment with labour of up to 1 month'
    >>> penalty_in_words("fine up to 1000000 won")
    'fine of up to 1,000,000 won'
    """
    said = option.replace("_", " ").replace(" up to ", " of up to ", 1)
    return _LARGE_NUMBER.sub(lambda number: f"{int(number[0]):,}", said)


def is_last_day(limit: Limit) -> bool:
    """True for the last day of a period, or a day up to which something may be."""
    return limit.relation == "at_most" and isinstance(limit.outer, dt.date) and limit.inner == limit.outer


def done_in_words(deadline: DeadlineDue) -> str:
    """`; done on 2023-06-01`, `; done` or `; not done`; empty where the case does not say."""
    match deadline.done:
        case None:
            return ""
        case False:
            return "; not done"
        case True:
            return "; done"
    return f"; done on {as_data(deadline.done)}"
