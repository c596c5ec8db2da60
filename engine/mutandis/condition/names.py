"""What a name in a condition stands for: the clock, a fact, an attribute of a list member, a value.

A dotted name is a fact or, where its first part is a bound variable, an attribute of the list member. A bare name is
the clock or a value of the fact it is compared with; it never reads as anything else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from mutandis.condition.tree import Arithmetic, Attribute, Choice, Expression, Fact, Name, Now, Today
from mutandis.condition.type_words import Fault, describe_type
from mutandis.datatypes import DATE, MOMENT, UNIT_IN_BASE, DataType
from mutandis.source import NOWHERE
from mutandis.suggest import did_you_mean, nearest_names, suggest
from mutandis.vocabulary import FactDeclaration, Vocabulary

Variables = Mapping[str, str]
"""Bound variables, each with the term its list is of."""

UNITS_OF_TIME: Final = tuple(f"{unit}s" for unit in UNIT_IN_BASE)

_YES_NO_WORDS = frozenset({"yes", "no", "true", "false"})
_ABSENCE_WORDS = frozenset({"null", "nil", "empty", "nothing", "missing", "blank", "undefined", "absent", "unknown"})
_PRESENCE_WORDS = frozenset({"known", "given", "set", "defined", "specified", "stated"})
_OTHER_DAYS = {"yesterday": "today - 1 day", "tomorrow": "today + 1 day"}
_OPEN_ENDS = frozenset({"more", "less", "later", "earlier", "longer", "shorter", "older", "younger", "over", "above"})
REST = frozenset({"otherwise", "else", "default", "rest", "remainder"})
"""Words for what none of the other values is for."""
SAY_WHEN = "say when it holds, or give all values as one: `if … then … else …`"
"""What to do for a value that is meant for the rest."""
_NUMBER_WORDS = frozenset({"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"})


def resolve_name(
    name: Name, against: DataType | None, vocabulary: Vocabulary, variables: Variables, law: str = ""
) -> Expression | Fault:
    """The node that `name` stands for, with its type. `against` is the type of what it is compared with.

    Where nothing has the name, words of `law` and those that all laws share are suggested before another law's.
    """
    match name.text:
        case "today":
            return Today(span=name.span, type=DATE)
        case "now":
            return Now(span=name.span, type=MOMENT)
        case text if "." in text:
            return _resolve_dotted(name, vocabulary, variables, law)
        case text if text in variables:
            return Fault(
                "unknown-name",
                f"`{text}` is a whole member of a list",
                f"name one of its attributes, such as `{text}.{_an_attribute(variables[text], vocabulary)}`",
            )
        case _:
            return _resolve_bare(name, against, vocabulary, law)


def declaration_of(node: Expression, vocabulary: Vocabulary, variables: Variables) -> FactDeclaration | None:
    """The declaration of the fact or attribute that `node` is, None for anything else."""
    match node:
        case Fact(name=name):
            return vocabulary.facts.get(name)
        case Attribute(variable=variable, attribute=attribute) if variable in variables:
            return vocabulary.facts.get(f"{variables[variable]}.{attribute}")
        case _:
            return None


def _resolve_dotted(name: Name, vocabulary: Vocabulary, variables: Variables, law: str) -> Expression | Fault:
    head, _, attribute = name.text.partition(".")
    term = variables.get(head, head)
    declared = vocabulary.facts.get(f"{term}.{attribute}")
    if declared is None:
        return _undeclared(name.text, head, attribute, term, vocabulary, law)
    if head in variables:
        return Attribute(head, attribute, span=name.span, type=declared.type)
    return Fact(name.text, span=name.span, type=declared.type)


def _undeclared(text: str, head: str, attribute: str, term: str, vocabulary: Vocabulary, law: str) -> Fault:
    """Suggests the term's own attributes first, then the same attribute of another term, then any name that is near."""
    near = [f"{head}.{other}" for other in nearest_names(attribute, _attributes(term, vocabulary))]
    if head == term:
        same = [fact for fact in vocabulary.facts if fact.endswith(f".{attribute}")]
        near += [fact for fact in same if vocabulary.is_at_home(fact, law)]
    if term in vocabulary.terms:
        return Fault(
            "unknown-name",
            f"`{text}` is not declared: {term} has no attribute `{attribute}`",
            suggest(near[:3], f"declare `{attribute}` for {term} in the vocabulary, or use another"),
        )
    terms = nearest_names(term, vocabulary.terms)
    near.sort(key=lambda fact: fact.partition(".")[0] not in terms)
    otherwise = vocabulary.did_you_mean(text, law, f"declare the term `{term}`, or use another")
    return Fault("unknown-name", f"`{text}` is not declared: there is no term `{term}`", suggest(near[:3], otherwise))


def _resolve_bare(name: Name, against: DataType | None, vocabulary: Vocabulary, law: str) -> Expression | Fault:
    text = name.text
    if against is not None and against.kind == "enum":
        if text in against.values or against.open:
            single = DataType("enum", values=against.values, open=against.open)
            return Choice(text, span=name.span, type=single)
        listed = f"the values are {', '.join(against.values)}"
        return Fault(
            "unknown-choice",
            f"`{text}` is not a value here",
            did_you_mean(text, against.values, listed),
        )
    if text in _YES_NO_WORDS:
        return Fault(
            "type-mismatch",
            f"`{text}` is not a value in a condition",
            "a yes/no fact stands by itself: write `term.fact`, or `not term.fact`",
        )
    if text.lower() in (*_ABSENCE_WORDS, "none") and against is not None:
        return Fault("unknown-name", f"`{text}` is no value", "what is known to be absent is `none`: write `is none`")
    if text in _PRESENCE_WORDS and against is not None:
        return Fault(
            "unknown-name", f"`{text}` is no value", "write `is present`; what is not known no condition asks for"
        )
    if text in _OTHER_DAYS and against is not None:
        return Fault("unknown-name", f"`{text}` is no value", f"write `{_OTHER_DAYS[text]}`")
    if text in _NUMBER_WORDS and against is not None:
        return Fault("unknown-name", f"`{text}` is no value", "write the number in digits: `3`, `5 days`")
    if text in REST and against is not None:
        return Fault(
            "unknown-name",
            f"`{text}` is no condition",
            SAY_WHEN,
        )
    if text in _OPEN_ENDS and text not in vocabulary.terms:
        return Fault("unknown-name", f"`or {text}` is no comparison", "write `>=` or `<=` before the value: `x >= 20`")
    if text in vocabulary.terms:
        example = f"`{text}.{_an_attribute(text, vocabulary)}`"
        return Fault("unknown-name", f"`{text}` is a term, not a fact", f"name one of its facts, such as {example}")
    holders = [fact for fact, declared in vocabulary.facts.items() if text in declared.type.values]
    if holders:
        return Fault(
            "unknown-name",
            f"`{text}` is a value, not a fact",
            f"say of which fact: `{holders[0]} is {text}`",
        )
    if against is not None:
        help = "name a fact with its term (`term.fact`), or write the value"
        if against.kind == "yes_no":
            help = "a yes/no fact stands by itself: write `term.fact`, or `not term.fact`"
        return Fault(
            "unknown-name",
            f"`{text}` is a bare name where {describe_type(against)} is asked for",
            vocabulary.did_you_mean(text, law, help),
        )
    return Fault(
        "unknown-name",
        f"`{text}` is not declared",
        vocabulary.did_you_mean(text, law, "name a fact with its term: `term.fact`"),
    )


def fault_of_unit(unit: str, currencies: frozenset[str]) -> Fault:
    """What is told of a word after a number that is neither a unit of time nor a currency."""
    units = ", ".join(UNITS_OF_TIME)
    known = f"the currencies are {', '.join(sorted(currencies))}, and what a fact declares (`type: money, unit: euros`)"
    otherwise = f"{known}; the units {units}; a number has none"
    return Fault(
        "unit-mismatch",
        f"`{unit}` is no unit of time, and no currency of the vocabulary",
        did_you_mean(unit, (*currencies, *UNITS_OF_TIME), otherwise),
    )


def hyphened_name(node: Expression) -> str:
    """The name that a drafter wrote with hyphens, where `dog.has-bitten` reads as a subtraction; else empty."""
    parts: list[str] = []
    while isinstance(node, Arithmetic) and node.operator == "-" and isinstance(node.right, Name):
        before = node.left.right if isinstance(node.left, Arithmetic) else node.left
        touching = (before.span.end_line, before.span.end_column + 1) == (node.right.span.line, node.right.span.column)
        if not touching or before.span == NOWHERE or "." in node.right.text or node.right.text in ("today", "now"):
            return ""
        parts.insert(0, node.right.text)
        node = node.left
    return "-".join((node.text, *parts)) if parts and isinstance(node, Name) else ""


def fault_of_hyphen(hyphened: str, against: DataType | None, vocabulary: Vocabulary) -> Fault:
    """What is told of a name with hyphens."""
    name = hyphened.replace("-", "_")
    known = name in vocabulary.facts or (against is not None and name in against.values)
    help = f"did you mean `{name}`?" if known else f"a name has `_` between its words: `{name}`"
    return Fault("unknown-name", f"`{hyphened}` reads as a subtraction", help)


def fault_of_adjective(left: Expression, right: Expression, vocabulary: Vocabulary) -> Fault | None:
    """What is told of `dog is leashed`, where `dog.leashed` is a fact."""
    if not (isinstance(left, Name) and isinstance(right, Name) and f"{left.text}.{right.text}" in vocabulary.facts):
        return None
    message = f"`{left.text}` is a term, not a fact"
    return Fault("unknown-name", message, f"did you mean `{left.text}.{right.text}`?")


def _attributes(term: str, vocabulary: Vocabulary) -> list[str]:
    prefix = f"{term}."
    return [fact.removeprefix(prefix) for fact in vocabulary.facts if fact.startswith(prefix)]


def _an_attribute(term: str, vocabulary: Vocabulary) -> str:
    return next(iter(_attributes(term, vocabulary)), "fact")
