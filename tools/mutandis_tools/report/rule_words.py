"""Parts of a rule in words a legal officer reads: what it does, by when, what it gives, what is read as what."""

from __future__ import annotations

from mutandis.condition.tree import Arithmetic, Expression, Truth
from mutandis.explain.words import penalty_in_words
from mutandis.rulebook.law import Deadline
from mutandis.rulebook.model import Construal, Entry, Penalty, Rule
from mutandis_tools.comparison.edits import Part
from mutandis_tools.names import Names

TAKEN_NOT_YET = "where nobody says when, it is taken not to have happened yet"
"""What `presume: not yet` says of the event of a rule."""
_EFFECTS = {"limits": "limit on:", "define": "gives:", "deem": "deems:"}


def part_in_words(part: Part, names: Names) -> str:
    """What a part of a rule says; empty where it has no other words than the rule file's."""
    if part.places:
        return ", ".join(map(names.provision, part.places))
    if part.parties:
        return " or ".join(map(names.party, part.parties))
    if part.conditions:
        return " and ".join(map(names.phrases.condition, part.conditions)) + part.force
    match part.of:
        case Rule():
            return _effect(part.of, names)
        case Deadline():
            return word_deadline(part.of, names)
        case Entry():
            when = f" where {names.phrases.condition(part.of.when)}" if part.of.when is not None else ""
            return f"{word_value(part.of.value, names, '') or 'so'}{when}{part.force}"
        case Construal():
            source = f"“{word_construed(part.of.source, names)}” is read as"
            if part.of.condition is not None:
                return f"{source}: {names.phrases.condition(part.of.condition)}"
            return f"{source} {' or '.join(f'“{word_construed(target, names)}”' for target in part.of.targets)}"
        case Penalty():
            return word_penalty(part.of)
        case None:
            return ""
    return names.phrases.noun(part.of)


def _effect(rule: Rule, names: Names) -> str:
    word = _EFFECTS.get(rule.effect, rule.effect.replace("_", " "))
    if rule.target:
        return f"{word} {names.fact(rule.target)}"
    return f"{word} {(' or ' if rule.any_of else ', ').join(map(names.action, rule.actions))}"


def word_deadline(deadline: Deadline, names: Names) -> str:
    """When something is due."""
    if deadline.expression is None:
        return deadline.words.replace("_", " ")
    said = names.phrases.noun(deadline.expression)
    if isinstance(deadline.expression, Arithmetic) and deadline.expression.operator == "+":
        return {"by": f"within {said}", "on": said}.get(deadline.relation, f"{deadline.relation} {said}")
    kind = deadline.expression.type.kind if deadline.expression.type is not None else ""
    return f"{'at' if (deadline.relation, kind) == ('on', 'moment') else deadline.relation} {said}"


def word_penalty(penalty: Penalty) -> str:
    """What is threatened."""
    return " or ".join(penalty_in_words(option.text) for option in penalty.options)


def word_value(value: Expression, names: Names, verb: str = "is ", denied: str = "not so") -> str:
    """What a definition gives: a value after `verb`, that something is so, which goes without saying, or `denied`."""
    if isinstance(value, Truth):
        return "" if value.value else denied
    is_condition = value.type is not None and value.type.kind == "yes_no"
    return f"if {names.phrases.condition(value)}" if is_condition else f"{verb}{names.phrases.noun(value)}"


def word_construed(name: str, names: Names) -> str:
    """A term, a fact, an action, a value or a citation that a clause reads as another."""
    vocabulary = names.vocabulary
    if name in vocabulary.terms:
        return names.party(name)
    if name in vocabulary.facts:
        return names.fact(name)
    return names.action(name) if name in vocabulary.actions else names.provision(name).replace("_", " ")
