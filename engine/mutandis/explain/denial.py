"""A statement, denied: `the fee has been paid` is `the fee has not been paid`.

Only where it is plain which word takes the "not": a statement with a quantity in it, or with a clause before its verb,
would say something else.
"""

from __future__ import annotations

import re

_AUXILIARY = re.compile(r" (is|are|was|were|has|have|had|can|will|would) ")
_VALUED = re.compile(r" (is|are|was|were): ")
"""What stands between a thing and its value: `the kind of action is: warning`."""
_SHIFTING = re.compile(
    r"\b(?:no|not|none|neither|nor|never|nobody|nothing|nowhere|only|all|every|each|both|any|either|always|some|several"
    r"|something|somebody|someone|everything|everybody|most|must|may|shall|should|might|cannot)\b|, (?:or|and)\b"
)
"""Words beside which a "not" means something else, or nothing plain: it ends at a comma before an "or"."""
_LINKING = re.compile(r",|\b(?:who|whom|whose|which|that|what|where|whether|when|while|if|as|because|or|and|to)\b")
"""Words before a verb by which it may be the verb of another clause."""
_OWNED = re.compile(r"(?:the|a|an|much|enough|other|his|her|its|their) ")
"""Words after "has" by which it is no auxiliary: `has the money`."""
_SUBJECT = re.compile(r"(?:it|the [A-Za-z]*[^s\W])(?:'s [a-z]*[^s\W])? ([a-z]+s) ")
"""`the marker states`: a subject of one word, or of one and whose it is, and a verb."""
_DEGREES = ("too", "enough", "so", "as", "more", "less", "fewer", "many", "much", "few")
"""Words after "there is" that say how much there is, or whether that is enough."""
_PLURALS = re.compile(
    r"(?:goods|articles|circumstances|parties|valuables|measures|details|documents|duties|books|records|notes|members"
    r"|programmes|relatives|officers|bedclothes|warrants|proceeds|means)"
)
"""Plurals that stand where `_SUBJECT` has its verb."""


def denied(statement: str) -> str:
    """What a statement says, denied in its own words; empty where that takes more than a "not".

    >>> denied("the marker states the name"), denied("there is a ground for not returning"), denied("all agree")
    ('the marker does not state the name', 'there is no ground for not returning', '')
    """
    match statement.split():
        case ["there", "is" | "was" as verb, "a" | "an", *rest] if rest:
            return " ".join(("there", verb, "no", *rest))
        case ["there", "has" | "have" as verb, "been", "a" | "an", *rest] if rest:
            return " ".join(("there", verb, "been no", *rest))
        case ["there", "is" | "was" as verb, "another", *rest] if rest:
            return " ".join(("there", verb, "no other", *rest))
        case ["there", "is" | "was" | "are" | "were" as verb, *rest] if rest and not _SHIFTING.search(statement):
            return " ".join(("there", verb, "not" if rest[0] in _DEGREES else "no", *rest))
    if valued := _VALUED.search(statement):
        return f"{statement[: valued.start()]} {valued[1]} not: {statement[valued.end() :]}"
    if " is no longer " in statement:
        return statement.replace(" is no longer ", " is still ")
    if _SHIFTING.search(statement):
        return ""
    if article := re.match("an? ", statement):
        return f"no {statement[article.end() :]}"
    found = _AUXILIARY.search(statement)
    if found is not None:
        before, after = statement[: found.start()], statement[found.end() :]
        if _LINKING.search(before):
            return ""
        if found[1] in ("has", "have") and _OWNED.match(after):
            return f"{before} {'does' if found[1] == 'has' else 'do'} not have {after}"
        return f"{before} {'cannot' if found[1] == 'can' else f'{found[1]} not'} {after}"
    simple = _SUBJECT.match(statement)
    if simple is None or _PLURALS.fullmatch(simple[1]):
        return ""
    return f"{statement[: simple.start(1)]}does not {_base(simple[1])} {statement[simple.end() :]}"


def so_or_not(statement: str, holds: bool) -> str:
    """A statement, or that it is not so."""
    return statement if holds else denied(statement) or f"it is not so that {statement}"


def _base(verb: str) -> str:
    """The verb without the ending of the third person: `states` is `state`, `carries` is `carry`."""
    if verb.endswith("ies"):
        return f"{verb[:-3]}y"
    if verb.endswith(("sses", "shes", "ches", "xes", "zes", "oes")):
        return verb[:-2]
    return verb[:-1]
