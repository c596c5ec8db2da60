"""What an editor asks about a place in a file, answered from the rulebook: hover, definition, references, completion.

Rows and columns count from 0 here, columns in characters; the server turns them into what the editor counts in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from mutandis.condition.type_rules import describe_type
from mutandis.rulebook.case_file import is_case_file
from mutandis.rulebook.fields.case import CASE_FILE
from mutandis.rulebook.fields.rules import EFFECT_KEYS, RULE
from mutandis.rulebook.model import Rule
from mutandis.source import NOWHERE, Span
from mutandis.vocabulary import ActionDeclaration, FactDeclaration, Term
from mutandis_tools.editor.desk import Desk
from mutandis_tools.editor.words import action_at, citation_at, key_above, name_at

Kind = Literal["key", "fact", "action", "role", "provision", "value"]

_CONDITIONS = frozenset(
    {"when", "unless", "requires", "grounds", "as", "value", "deadline", "governed_by", "all", "any"}
)
_CITING = frozenset({"despite", "subject_to", "instead_of", "apply", "disapply", "tests", "cites", "of", "within"})
_ACTING = frozenset({"may", "must", "must_not", "need_not", "limits", "decide", "next_question", "why_not"})

_COMPARED = re.compile(r"([a-z][a-z0-9_]*\.[a-z][a-z0-9_]*) is (?:not )?(?:one of )?(?:[a-z0-9_]+ or )*[a-z0-9_]*$")


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something that may be written at a place, and what it is."""

    text: str
    kind: Kind
    about: str = ""


def hover(desk: Desk, name: str, row: int, column: int) -> str:
    """What stands under the cursor, as Markdown; empty where nothing is known of it."""
    line = _line(desk, name, row)
    vocabulary = desk.opened.source.vocabulary
    action = action_at(line, column)
    if action is not None and action.text in vocabulary.actions:
        return _of_action(vocabulary.actions[action.text])
    word = name_at(line, column)
    if word is not None and word.text in vocabulary.facts:
        return _of_fact(vocabulary.facts[word.text], desk)
    cited = citation_at(line, column)
    if cited is not None:
        rules = desk.cited(cited.text, name)
        if rules:
            return "\n\n".join([_of_rule(rule, desk) for rule in rules[:8]])
    if word is not None and word.text in vocabulary.terms:
        return _of_term(vocabulary.terms[word.text])
    return ""


def definition(desk: Desk, name: str, row: int, column: int) -> tuple[Span, ...]:
    """Where what stands under the cursor is declared, or the rules at the provision cited."""
    line = _line(desk, name, row)
    for word in (action_at(line, column), name_at(line, column)):
        declared = desk.declared(word.text) if word is not None else None
        if declared is not None and declared != NOWHERE:
            return (declared,)
    cited = citation_at(line, column)
    return tuple(rule.span for rule in desk.cited(cited.text, name)) if cited is not None else ()


def references(desk: Desk, name: str, row: int, column: int) -> tuple[Span, ...]:
    """Every place of the rulebook that names the fact, action or term under the cursor; comments are none."""
    line = _line(desk, name, row)
    for word in (action_at(line, column), name_at(line, column)):
        if word is not None and desk.declared(word.text) is not None:
            return tuple(_occurrences(desk, word.text))
    return ()


def proposals(desk: Desk, name: str, row: int, column: int) -> tuple[Proposal, ...]:
    """What may be written at the place."""
    lines = desk.text(name).split("\n")
    if row >= len(lines):
        return ()
    line, vocabulary = lines[row], desk.opened.source.vocabulary
    before = line[:column]
    key = key_above(lines, row, column)
    compared = _COMPARED.search(before)
    if compared is not None and compared.group(1) in vocabulary.facts:
        fact = vocabulary.facts[compared.group(1)]
        if fact.type.kind == "enum":
            return tuple(Proposal(value, "value", dict(fact.values).get(value, "")) for value in fact.type.values)
    if (not before.strip(" -") or re.fullmatch(r"\s*(- )?[a-z_]+", before)) and key not in _CONDITIONS:
        keys = (CASE_FILE if is_case_file(name) else RULE).keys
        return tuple(Proposal(one, "key", "an effect" if one in EFFECT_KEYS else "") for one in keys)
    if key in ("by", "to"):
        return tuple(Proposal(t.name, "role", t.label) for t in vocabulary.terms.values() if t.role)
    if key in _CITING:
        return tuple(Proposal(str(at.citation), "provision", at.title) for at in desk.opened.source.articles)
    if key in _ACTING:
        return tuple(Proposal(a.name, "action", a.label) for a in vocabulary.actions.values())
    return tuple(Proposal(f.name, "fact", f.says or f.question or f.label) for f in vocabulary.facts.values())


def symbols(desk: Desk, name: str) -> tuple[tuple[str, str, Span], ...]:
    """The rules, or the cases, of a file: what each is called, what it says, where it stands."""
    if is_case_file(name):
        return tuple((case.name, case.law, case.span) for case in desk.opened.cases.cases if case.span.file == name)
    return tuple((f"{desk.short(r.at)}: {_does(r)}", r.summary, r.span) for r in desk.rules.get(name, ()))


def lenses(desk: Desk, name: str) -> tuple[tuple[Span, str], ...]:
    """For each rule of a file, how many cases name its provision, and which clauses apply or ask for it."""
    tested: dict[str, int] = {}
    for case in desk.opened.cases.cases:
        for one in case.tests:
            tested[str(one)] = tested.get(str(one), 0) + 1
    users: dict[str, set[str]] = {}
    for edge in desk.graph.edges:
        if edge.kind == "applies":
            users.setdefault(edge.target, set()).add(edge.source)
    found: list[tuple[Span, str]] = []
    seen: set[str] = set()
    for rule in desk.rules.get(name, ()):
        at = str(rule.at)
        if at in seen:
            continue
        seen.add(at)
        count = tested.get(at, 0)
        words = [f"{count} case{'' if count == 1 else 's'}" if count else "no case names it"]
        if users.get(at):
            words.append("applied by " + ", ".join(sorted(users[at])[:6]))
        found.append((rule.span, " · ".join(words)))
    return tuple(found)


# --- what things say --------------------------------------------------------------------------------------------------


def _of_fact(fact: FactDeclaration, desk: Desk) -> str:
    lines = [f"**{fact.name}**: {describe_type(fact.type)}{', may be none' if fact.type.optional else ''}"]
    lines += [text for text in (fact.label, fact.says, fact.question) if text]
    if fact.found_by:
        lines.append(f"Found by: {fact.found_by}")
    if fact.derived:
        given = [r for rules in desk.rules.values() for r in rules if r.effect == "define" and r.target == fact.name]
        lines.append("Defined by " + ", ".join(sorted({desk.short(rule.at) for rule in given})))
    if fact.parameter:
        lines.append("A parameter of the action.")
    readers = sorted({edge.source for edge in desk.graph.edges if edge.kind == "reads" and edge.target == fact.name})
    if readers:
        more = f" and {len(readers) - 8} more" if len(readers) > 8 else ""
        lines.append(f"Read by {', '.join(readers[:8])}{more}")
    return "\n\n".join(lines)


def _of_action(action: ActionDeclaration) -> str:
    lines = [f"**{action.name}**: {action.label}", f"Where nothing speaks: {action.default}"]
    lines += [f"By: {action.by}"] if action.by else []
    return "\n\n".join(lines)


def _of_term(term: Term) -> str:
    parts = [f"**{term.name}**: {term.label or 'a term'}"]
    parts += [f"A kind of {term.kind_of}."] if term.kind_of else []
    parts += ["A role."] if term.role else []
    parts += [term.definition] if term.definition else []
    return "\n\n".join(parts)


def _of_rule(rule: Rule, desk: Desk) -> str:
    return f"**{desk.short(rule.at)}**: {_does(rule)}. {rule.summary}"


def _does(rule: Rule) -> str:
    return " ".join(part for part in (rule.effect, ", ".join(rule.actions) or rule.target) if part)


# --- places -----------------------------------------------------------------------------------------------------------


def _line(desk: Desk, name: str, row: int) -> str:
    lines = desk.text(name).split("\n")
    return lines[row] if row < len(lines) else ""


def _occurrences(desk: Desk, word: str) -> Iterator[Span]:
    pattern = re.compile(rf"(?<![\w.]){re.escape(word)}(?![\w.]|\s*:\s*\{{)")
    for name in sorted({*desk.files, *desk.typed}):
        if name.endswith(".lock"):
            continue
        text = desk.text(name)
        if word not in text:
            continue
        for row, line in enumerate(text.split("\n")):
            written = line.partition(" #")[0] if not line.lstrip().startswith("#") else ""
            for match in pattern.finditer(written):
                yield Span(name, row + 1, match.start() + 1, row + 1, match.end() + 1)
