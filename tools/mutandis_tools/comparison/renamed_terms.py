"""Terms under another name: a body that an amendment renames throughout, with its facts and its actions; actions that
have another verb; and values of enumerations: a kind of goods, a class of persons, for which there is another word.

Found by what is declared of them, or, of who only acts or is owed, of actions and of values, by where they stand: a
wrong guess decides only under which names two rulebooks are compared.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import zip_longest

from mutandis.link.rule_parts import choices_in
from mutandis.rulebook.model import Source
from mutandis.vocabulary import Term, Vocabulary
from mutandis_tools.comparison.declarations import DeclarationChange


def renamed_terms(old: Source, new: Source) -> dict[str, str]:
    """Terms that are gone, each with the one new term that has all that was declared of it and its actions."""
    before, after = old.vocabulary, new.vocabulary
    gone = [name for name in before.terms if name not in after.terms]
    come = [name for name in after.terms if name not in before.terms]
    if not gone or not come:
        return {}
    masked = frozenset((*gone, *come))

    def is_like(name: str, new_name: str) -> bool:
        term, other = before.terms[name], after.terms[new_name]
        was, now = _declared(term, before, masked), _declared(other, after, masked)
        if term.role != other.role or _of_kind(term, masked) != _of_kind(other, masked) or not was <= now:
            return False
        return bool(was) or ((places := _where(old, term.name)) != frozenset() and places == _where(new, other.name))

    return dict(_pairs(gone, come, is_like))


def renamed_actions(old: Source, new: Source) -> dict[str, str]:
    """Actions that are gone, each with the one new action on its term to which the same provisions speak; of one that
    kinds have from their kind that one.
    """
    before, after = old.vocabulary.actions, new.vocabulary.actions
    gone, come = ([one for one in mine if one not in other] for mine, other in ((before, after), (after, before)))
    if not gone or not come:
        return {}
    said, says = _places_of_actions(old), _places_of_actions(new)

    def is_like(name: str, other: str) -> bool:
        return before[name].term == after[other].term and name in said and said[name] == says.get(other)

    found: dict[str, set[str]] = {}
    for was, now in _pairs(gone, come, is_like):
        found.setdefault(_of_all_kinds(was, old.vocabulary), set()).add(_of_all_kinds(now, new.vocabulary))
    return {was: now for was, (now, *others) in found.items() if not others and before[was].term == after[now].term}


def _of_all_kinds(action: str, words: Vocabulary) -> str:
    """The action of which one of a kind comes."""
    verb, _, term = action.partition(" ")
    return next(one for kind in reversed(words.kinds_of(term)) if (one := f"{verb} {kind}") in words.actions)


def renamed_choices(old: Source, new: Source) -> dict[str, str]:
    """Values of facts that are gone, each with the new one that stands in its place in the list, and in the conditions
    of the same provisions.
    """
    before, after = old.vocabulary.facts, new.vocabulary.facts
    found: dict[str, set[str]] = {}
    for name, fact in before.items():
        if (now := after.get(name)) is not None and fact.type.values != now.type.values:
            for was, is_ in zip_longest(fact.type.values, now.type.values, fillvalue=""):
                if was != is_:
                    found.setdefault(was, set()).add(is_)
    if not found:
        return {}
    said, says = _places_of_values(old), _places_of_values(new)
    known, kept = (
        {value for fact in words.facts.values() for value in fact.type.values} | {*words.terms}
        for words in (old.vocabulary, new.vocabulary)
    )

    def is_renamed(was: str, is_: str) -> bool:
        stays = was in {"", *kept, *old.vocabulary.terms} or is_ in {"", *known}
        return not stays and said.get(was) == says.get(is_)

    return {was: is_ for was, (is_, *others) in found.items() if not others and is_renamed(was, is_)}


def called_otherwise(
    terms: Mapping[str, str], actions: Mapping[str, str], choices: Mapping[str, str], words: Vocabulary
) -> tuple[DeclarationChange, ...]:
    """What is told of terms, actions and values that the new rulebook, with these words, has under another name."""
    found = [
        DeclarationChange("term", now, "changed", f"the term `{was}` is called `{now}` now", "name", was, now)
        for was, now in terms.items()
    ]
    for was, now in actions.items():
        found.append(
            DeclarationChange("action", now, "changed", f"the action `{was}` is called `{now}` now", "name", was, now)
        )
    for was, now in choices.items():
        fact = next(fact.name for fact in words.facts.values() if now in fact.type.values)
        text = f"`{fact}`: the value `{was}` is called `{now}` now"
        found.append(DeclarationChange("fact", fact, "changed", text, "name", was, now))
    return tuple(found)


def _places_of_values(source: Source) -> dict[str, set[str]]:
    """The provisions of which a rule names a value, by the value."""
    found: dict[str, set[str]] = {}
    for rule, choice in choices_in(source):
        found.setdefault(choice.value, set()).add(str(rule.at))
    return found


def _places_of_actions(source: Source) -> dict[str, set[str]]:
    """The provisions of which a rule speaks to an action, by the action."""
    found: dict[str, set[str]] = {}
    for article in source.articles:
        for rule in article.rules:
            for action in rule.actions:
                found.setdefault(action, set()).add(str(rule.at))
    return found


def _pairs(
    gone: Collection[str], come: Collection[str], is_like: Callable[[str, str], bool]
) -> Iterable[tuple[str, str]]:
    """Each that is like one other only, which is like it only."""
    likes = {name: [other for other in come if is_like(name, other)] for name in gone}
    for name, others in likes.items():
        if len(others) == 1 and sum(others[0] in theirs for theirs in likes.values()) == 1:
            yield name, others[0]


def _of_kind(term: Term, masked: frozenset[str]) -> str:
    return "" if term.kind_of in masked else term.kind_of


def _declared(term: Term, words: Vocabulary, masked: frozenset[str]) -> frozenset[tuple[str, str]]:
    """Its own attributes with what they are, and the verbs of its actions."""
    attributes = {
        (one.name.rpartition(".")[2], f"{one.type.kind} {'' if one.type.term in masked else one.type.term}")
        for one in term.attributes
    }
    verbs = {(action.verb, "action") for action in words.actions.values() if action.term == term.name}
    return frozenset(attributes | verbs)


def _where(source: Source, term: str) -> frozenset[str]:
    """The provisions that name it as who acts or is owed, and the facts that it finds."""
    rules = (rule for article in source.articles for rule in article.rules)
    found = {str(rule.at) for rule in rules if term in rule.by or term in rule.to}
    return frozenset(found | {fact.name for fact in source.vocabulary.facts.values() if fact.found_by == term})
