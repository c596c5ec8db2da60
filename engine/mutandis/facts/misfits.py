"""What is told of a value that the vocabulary does not allow: what is wrong with it, and what is allowed."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from typing import Final

from mutandis.datatypes import DataType
from mutandis.facts.written import LARGEST, Misfit
from mutandis.vocabulary import FactDeclaration, Vocabulary

NAMED: Final = "facts are named `term.attribute`, as the vocabulary declares them"
MOST_SUGGESTED: Final = 20
"""For so many faults of one case names are looked for that may be meant, which takes up to a tenth of a second each."""


def no_fact(name: str, vocabulary: Vocabulary, law: str, earlier: int) -> Misfit:
    """A name that the vocabulary does not have; so many faults were told `earlier`."""
    from mutandis.suggest import did_you_mean  # few misfits need it

    term, dot, _ = name.partition(".")
    own = vocabulary.facts_about(term)
    suggests = earlier < MOST_SUGGESTED
    if dot and own:
        listed = ", ".join(n.partition(".")[2] for n in own[:12]) + (", ..." if len(own) > 12 else "")
        has = f"a {term} has: {listed}"
        help_ = did_you_mean(name, own, has) if suggests else has
        return Misfit("unknown-fact", f"the vocabulary has no fact `{name}`", help_)
    declared = [*vocabulary.facts] if dot else [*vocabulary.terms, *vocabulary.facts]
    help_ = vocabulary.did_you_mean(name, law, NAMED, declared) if suggests else NAMED
    return Misfit("unknown-fact", f"the vocabulary has no {'fact' if dot else 'term'} `{name}`", help_)


def no_attribute(place: str, term: str, key: str, attributes: Collection[str], earlier: int) -> Misfit:
    """A name that the members of a list do not have; so many faults were told `earlier`."""
    from mutandis.suggest import did_you_mean  # few misfits need it

    has = f"a {term} has: {', '.join(attributes) or 'no attributes'}"
    help_ = did_you_mean(key, attributes, has) if earlier < MOST_SUGGESTED else has
    return Misfit("unknown-fact", f"`{place}` is a {term}, which has no attribute `{key}`", help_)


def not_none(name: str, declared: FactDeclaration | None, type_: DataType) -> Misfit:
    """None, where there is always a value."""
    help_ = f"give {allowed(declared, type_)}, or leave it out if it is not known"
    return Misfit("none-not-allowed", f"`{name}` cannot be none", help_)


def no_value(name: str, declared: FactDeclaration | None, type_: DataType, value: str) -> Misfit:
    """A word that people write where they have nothing to give."""
    none = "write `none` where there is none; " if type_.optional else ""
    help_ = f"{none}leave it out where it is not known, or give {allowed(declared, type_)}"
    return Misfit("wrong-fact-type", f"`{name}` has no value" if not value else f"`{value}` is no value", help_)


def not_several(name: str, declared: FactDeclaration | None, type_: DataType) -> Misfit:
    """Several values of a fact that has one."""
    return Misfit("wrong-fact-type", f"`{name}` has one value, not several", f"give {allowed(declared, type_)}")


def not_listed(name: str, declared: FactDeclaration | None, type_: DataType, value: str) -> Misfit:
    """A word that is none of those the fact may have."""
    from mutandis.suggest import did_you_mean  # few misfits need it

    help_ = did_you_mean(value, type_.values, f"give {allowed(declared, type_)}")
    if not help_.startswith("give"):
        help_ += f" (allowed: {', '.join(f'`{v}`' for v in type_.values)})"
    return Misfit("value-not-listed", f"`{name}` has no value `{shown(value)}`", help_)


def out_of_range(name: str, declared: FactDeclaration, low: object, high: object) -> Misfit:
    """An amount below the least, or above the most, that the fact may have."""
    unit = {"hours": " minutes", "days": " days", "months": " months", None: ""}[declared.type.family]
    parts = [f"at least {low}{unit}"] if low is not None else []
    parts += [f"at most {high}{unit}"] if high is not None else []
    return Misfit("out-of-range", f"`{name}` is {' and '.join(parts)}", "correct the value")


def allowed(declared: FactDeclaration | None, type_: DataType) -> str:
    """What may be given, in words."""
    match type_.kind:
        case "yes_no":
            return "`yes` or `no`"
        case "enum":
            listed = "one of " + ", ".join(f"`{v}`" for v in type_.values) if type_.values else "a value"
            return f"{listed}{' (several may be given as a list)' if type_.several else ''}"
        case "count":
            return "a whole number"
        case "number":
            return f"a rate, e.g. `3/100 per {type_.per}`" if type_.per else "a number, e.g. `3` or `3/2`"
        case "money":
            return f"a sum, e.g. `20000 {type_.currency or 'won'}`"
        case "date":
            return "a day, e.g. `2020-03-01`"
        case "moment":
            return "a day and time, e.g. `2020-03-01T10:00`"
        case "duration":
            unit = declared.unit if declared is not None else ""
            unit = unit if unit and unit != "any" else type_.family or "days"
            return f"a length of time, e.g. `8 {unit}`"
        case "period":
            return "a period, e.g. `{from: 2020-03-01, until: 2020-03-15}`"
        case "provision":
            return "a provision, e.g. `act/95(1)1`"
        case "text":
            return "a text"
        case "list":
            return f"a list of {type_.term}"


def misfit(name: str, declared: FactDeclaration | None, type_: DataType, value: object) -> Misfit:
    """A value of another type."""
    said = allowed(declared, type_)
    if type_.kind == "yes_no" and isinstance(value, str | int | float) and value in ("0", "1", 0, 1):
        return Misfit("wrong-fact-type", f"`{name}` is {said}, not `{shown(value)}`", "give `yes` for 1, `no` for 0")
    return Misfit("wrong-fact-type", f"`{name}` is {said}, not `{shown(value)}`", f"give {said}")


def shown(value: object) -> str:
    """What a person gave, in a message: cut short, on one line."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    exact = Fraction(value) if isinstance(value, int | Fraction) else Fraction(0)
    if abs(exact) > LARGEST or exact.denominator > LARGEST:
        return "a number of more than 18 digits"
    text = " ".join(str(value).split()) or "an empty text"
    return text if len(text) <= 40 else f"{text[:37]}..."
