"""Where what stands under the cursor is declared and named, and what a file or a rulebook has by name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from mutandis.dataclass import dataclass
from mutandis.rulebook.case_file import is_case_file
from mutandis.source import NOWHERE, Span
from mutandis_tools.editor.desk import Desk
from mutandis_tools.editor.hover import does
from mutandis_tools.editor.words import action_at, citation_at, name_at

SymbolKind = Literal["rule", "case", "article", "fact", "action", "term"]

_MOST = 400
"""Symbols sent at once: more than a person looks through."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """Something with a name: what it is called, what it says, where it stands, what belongs under it; other words."""

    kind: SymbolKind
    name: str
    about: str
    span: Span
    inside: tuple[Symbol, ...] = ()
    also: str = ""


def definition(desk: Desk, name: str, row: int, column: int) -> tuple[Span, ...]:
    """Where what stands under the cursor is declared, or the rules at the provision cited."""
    line = desk.sheet(name).line(row)
    for word in (action_at(line, column), name_at(line, column)):
        declared = desk.standing.declared(word.text) if word is not None else None
        if declared is not None and declared != NOWHERE:
            return (declared,)
    written = citation_at(line, column)
    cited = desk.cited(written.text, name, row) if written is not None else None
    return tuple(rule.span for rule in desk.standing.cited(cited)) if cited is not None else ()


def references(desk: Desk, name: str, row: int, column: int) -> tuple[Span, ...]:
    """Every place of the rulebook that names the fact, action or term under the cursor; comments are none."""
    line = desk.sheet(name).line(row)
    for word in (action_at(line, column), name_at(line, column)):
        if word is not None and desk.standing.declared(word.text) is not None:
            return tuple(_occurrences(desk, word.text))
    return ()


def symbols(desk: Desk, name: str) -> tuple[Symbol, ...]:
    """The articles with their rules, the cases, or the declarations of a file, as it stands."""
    sheet = desk.sheet(name)
    if is_case_file(name):
        return tuple(Symbol("case", case.name, case.law, case.span) for case in sheet.cases)
    if name.rpartition("/")[2] == "vocabulary.yaml":
        return tuple(one for one in _declared(desk) if one.span.file == name)
    short = desk.standing.short
    return tuple(
        Symbol(
            "article",
            f"{short(article.citation)} {article.title}".strip(),
            "",
            article.span,
            tuple(Symbol("rule", f"{short(r.at)}: {does(r)}", r.summary, r.span) for r in article.rules),
        )
        for article in sheet.articles
    )


def find_symbols(desk: Desk, query: str) -> list[Symbol]:
    """The facts, actions, terms, articles and cases of the rulebook with the query in their names, their labels, or
    the other words that people have for them."""
    wanted = query.casefold()
    found = [one for one in _named(desk) if any(wanted in said.casefold() for said in (one.name, one.about, one.also))]
    # What bears the words as its name first, then what has them as words of it, then what begins with them.
    found.sort(key=lambda one: _nearness(one.name.casefold(), wanted))
    return found[:_MOST]


def _nearness(name: str, wanted: str) -> int:
    if name == wanted:
        return 0
    at = name.find(wanted)
    is_word = (
        at >= 0 and not name[at - 1 : at].isalnum() and not name[at + len(wanted) : at + len(wanted) + 1].isalnum()
    )
    return 1 if is_word else 2 if name.startswith(wanted) else 3


def _named(desk: Desk) -> Iterator[Symbol]:
    yield from _declared(desk)
    for article in desk.opened.source.articles:
        yield Symbol("article", f"{desk.standing.short(article.citation)} {article.title}", "", article.span)
    for case in desk.opened.cases.cases:
        yield Symbol("case", case.name, case.law, case.span)


def _declared(desk: Desk) -> Iterator[Symbol]:
    vocabulary = desk.standing.vocabulary
    for term in vocabulary.terms.values():
        if term.span.line:
            yield Symbol("term", term.name, term.label, term.span, also=term.also)
    for fact in vocabulary.facts.values():
        if fact.span.line:
            yield Symbol("fact", fact.name, fact.question or fact.label, fact.span)
    for action in vocabulary.actions.values():
        if action.span.line:
            yield Symbol("action", action.name, action.label, action.span, also=action.also)


def _occurrences(desk: Desk, word: str) -> Iterator[Span]:
    pattern = re.compile(rf"(?<![\w.]){re.escape(word)}(?![\w.]|\s*:\s*\{{)")
    for name in sorted({*desk.standing.files, *desk.typed}):
        if name.endswith(".lock"):
            continue
        text = desk.text(name)
        if word not in text:
            continue
        for row, line in enumerate(text.split("\n")):
            written = line.partition(" #")[0] if not line.lstrip().startswith("#") else ""
            for match in pattern.finditer(written):
                yield Span(name, row + 1, match.start() + 1, row + 1, match.end() + 1)
