"""How a fact is told to a person: one function for every place where a fact's name would stand otherwise.

A fact's `says` is an affirmative sentence. That of a yes/no fact is what holds where the fact is yes; that of any other
fact may hold `{value}`, for its value in words. Where none is declared, the labels of term and fact stand in for it.
"""

from __future__ import annotations

from mutandis.vocabulary import Vocabulary

VALUE = "{value}"
"""What stands in `says` for the value of a fact that is not yes or no."""


def statement_of(vocabulary: Vocabulary, fact: str) -> str:
    """The fact without a value: `the inmate's record is excellent`, `inmate: class`.

    A sentence with a gap for its value is no statement by itself; the labels stand for it.
    """
    declared = vocabulary.facts.get(fact)
    if declared is not None and declared.says and VALUE not in declared.says:
        return declared.says
    term, _, attribute = fact.partition(".")
    owner = vocabulary.terms.get(term)
    label = declared.label if declared is not None and declared.label else attribute.replace("_", " ")
    return f"{owner.label if owner is not None and owner.label else term}: {label}"


def statement_with(vocabulary: Vocabulary, fact: str, value: str) -> str:
    """The fact with its value in words (`yes`, `no`, `8 days`).

    >>> from mutandis.datatypes import DataType
    >>> from mutandis.vocabulary import FactDeclaration
    >>> fact = FactDeclaration("inmate.age", DataType("count"), "How old?", says="the inmate is {value} years old")
    >>> statement_with(Vocabulary({}, {"inmate.age": fact}, {}), "inmate.age", "18")
    'the inmate is 18 years old'
    """
    declared = vocabulary.facts.get(fact)
    if declared is None or not declared.says:
        return f"{statement_of(vocabulary, fact)}: {value}"
    if VALUE in declared.says:
        return declared.says.replace(VALUE, value)
    if declared.type.kind == "yes_no" and value == "yes":
        return declared.says
    return f"{declared.says}: {value}"
