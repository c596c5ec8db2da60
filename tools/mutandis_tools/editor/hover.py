"""What stands under the cursor, told as Markdown: a fact, an action, a term, a provision, a condition in words."""

from __future__ import annotations

from dataclasses import replace

from mutandis.citation import CitationRange
from mutandis.condition import tree as t
from mutandis.condition.type_words import describe_type
from mutandis.rulebook.model import Rule
from mutandis.vocabulary import ActionDeclaration, FactDeclaration, Term
from mutandis_tools.editor.conditions import find_around
from mutandis_tools.editor.desk import Desk
from mutandis_tools.editor.words import action_at, citation_at, name_at
from mutandis_tools.wordings import OfficialTexts

_MOST = 8
_DEPENDING = frozenset({"cites", "falls_under", "reads", "orders", "applies", "penalises"})


def hover(desk: Desk, texts: OfficialTexts, name: str, row: int, column: int) -> str:
    """What stands under the cursor, as Markdown; empty where nothing is known of it."""
    line = desk.sheet(name).line(row)
    vocabulary = desk.opened.source.vocabulary
    action = action_at(line, column)
    if action is not None and action.text in vocabulary.actions:
        return _of_action(vocabulary.actions[action.text], desk)
    told: list[str] = []
    word = name_at(line, column)
    if word is not None and word.text in vocabulary.facts:
        told.append(_of_fact(vocabulary.facts[word.text], desk))
    else:
        written = citation_at(line, column)
        cited = desk.cited(written.text, name, row) if written is not None else None
        if cited is not None:
            told.extend(_of_provision(cited, desk, texts))
        if not told and word is not None and word.text in vocabulary.terms:
            told.append(_of_term(vocabulary.terms[word.text]))
    told.extend(_of_condition(desk, name, row, column))
    return "\n\n".join(told)


def _of_condition(desk: Desk, name: str, row: int, column: int) -> list[str]:
    found = find_around(desk.sheet(name), row, column)
    if found is None or found.node.type is None:
        return []
    phrases = replace(desk.standing.names.phrases, members=found.members)
    is_condition = found.node.type.kind == "yes_no"
    said = phrases.condition(found.node) if is_condition else phrases.noun(found.node)
    if isinstance(found.node, t.Fact) and not is_condition:
        return []
    return [f"**{'a condition' if is_condition else describe_type(found.node.type)}**: {_escaped(said)}"]


def _of_fact(fact: FactDeclaration, desk: Desk) -> str:
    kind = "yes or no" if fact.type.kind == "yes_no" else describe_type(fact.type)
    lines = [f"**{fact.name}**: {kind}{', may be none' if fact.type.optional else ''}"]
    lines += [_escaped(text) for text in (fact.label, fact.says, fact.question) if text]
    if fact.found_by:
        lines.append(f"Found by: {desk.standing.names.party(fact.found_by)}")
    if fact.derived:
        rules = [r for each in desk.standing.rules.values() for r in each]
        given = {desk.standing.short(r.at) for r in rules if r.effect == "define" and r.target == fact.name}
        lines.append("Defined by " + ", ".join(sorted(given)))
    if fact.parameter:
        lines.append("A parameter of the action.")
    readers = [desk.standing.short(place) for place in desk.standing.readers.get(fact.name, ())]
    if readers:
        lines.append(f"Read by {_listed(readers)}")
    elif desk.is_whole:
        lines.append("No rule reads it.")
    return "\n\n".join(lines)


def _of_action(action: ActionDeclaration, desk: Desk) -> str:
    lines = [f"**{action.name}**: {_escaped(action.label)}", f"Where nothing speaks: {action.default}"]
    lines += [f"By: {desk.standing.names.party(action.by)}"] if action.by else []
    rules = [r for each in desk.standing.rules.values() for r in each if action.name in r.actions]
    said = [f"{desk.standing.short(r.at)} ({r.effect.replace('_', ' ')})" for r in rules]
    lines += [f"Spoken of by {_listed(said)}"] if said else []
    return "\n\n".join(lines)


def _of_term(term: Term) -> str:
    parts = [f"**{term.name}**: {_escaped(term.label or 'a term')}"]
    parts += [f"A kind of {term.kind_of}."] if term.kind_of else []
    parts += ["A role."] if term.role else []
    parts += [_escaped(term.definition)] if term.definition else []
    return "\n\n".join(parts)


def _of_provision(cited: CitationRange, desk: Desk, texts: OfficialTexts) -> list[str]:
    """What the rules at a provision say, its official wording where a person has it, and what depends on it."""
    standing = desk.standing
    rules = standing.cited(cited)
    article = standing.articles.get(cited.first.article_citation())
    if not rules and article is None:
        return []
    title = f" {article.title}" if article is not None else ""
    first, last = standing.short(cited.first), standing.short(cited.last)
    told = [f"**{first if first == last else f'{first} to {last}'}**{_escaped(title)}"]
    told += [f"{standing.short(rule.at)}: {does(rule)}. {_escaped(rule.summary)}" for rule in rules[:_MOST]]
    if len(rules) > _MOST:
        told.append(f"and {len(rules) - _MOST} rules more")
    wording = texts.wording(cited.first) if cited.first == cited.last else ""
    if wording:
        told.append("\n".join(f"> {line}" for line in _escaped(wording).split("\n")))
    depending = sorted(
        {edge.source for edge in standing.graph.edges if edge.target == str(cited.first) and edge.kind in _DEPENDING}
    )
    if depending:
        told.append(f"Depended on by {_listed([standing.names.provision(one) for one in depending])}")
    return told


def does(rule: Rule) -> str:
    """What a rule does, by its effect and its object."""
    return " ".join(part for part in (rule.effect, ", ".join(rule.actions) or rule.target) if part)


def _listed(named: list[str]) -> str:
    shown = list(dict.fromkeys(named))
    return ", ".join(shown[:_MOST]) + (f" and {len(shown) - _MOST} more" if len(shown) > _MOST else "")


def _escaped(text: str) -> str:
    """A text in which nothing is a sign of Markdown."""
    return "".join(f"\\{one}" if one in "\\`*_[]<>#|" else one for one in text)
