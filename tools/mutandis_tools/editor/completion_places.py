"""Provisions that may be written at a place: those that have rules, those that the law's text has, those elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mutandis.citation import Citation
from mutandis_tools.editor.completion_conditions import Proposal
from mutandis_tools.editor.desk import Desk

_ARTICLE = re.compile(r"(?:([a-z][a-z0-9-]*)/)?(addenda-\d+(?:/\d+)?|\d+(?:-\d+)*)[(. ].*")


def written_places(desk: Desk, name: str, row: int) -> Iterator[Proposal]:
    """The places of the article that the row is in: those of the text without a rule, then those with one."""
    sheet = desk.sheet(name)
    here = Citation(sheet.law, sheet.article_at(row))
    ruled = dict(places_of_article(desk, here))
    for place in _in_text(desk, here):
        if place not in ruled:
            yield Proposal(place, "provision", "no rule stands here yet")
    yield from (Proposal(place, "provision", summary) for place, summary in ruled.items())
    if "main" not in ruled:
        yield Proposal("main", "provision", "the article's opening words")


def places_of_article(desk: Desk, article: Citation) -> Iterator[tuple[str, str]]:
    """Each place of the article with rules, without the article, and what its first rule says."""
    seen: set[str] = set()
    for at, rules in desk.standing.places.items():
        place = _inside(at)
        if (at.law, at.article) == (article.law, article.article) and place not in seen:
            seen.add(place)
            yield place, rules[0].summary


def provisions(desk: Desk, name: str, row: int, begun: str) -> Iterator[Proposal]:
    """The places of the file's own article, or of the one that `begun` names; then the articles, its law's first."""
    sheet = desk.sheet(name)
    named = _ARTICLE.fullmatch(begun)
    if named is not None:
        article = Citation(named[1] or sheet.law, named[2])
        shown = begun[: named.start(2)] + named[2]
        places = {**dict.fromkeys(_in_text(desk, article), ""), **dict(places_of_article(desk, article))}
        for place, summary in places.items():
            if place != "main":
                gap = "." if place[:1].isdigit() else "" if place[:1] == "(" else " "
                yield Proposal(f"{shown}{gap}{place}", "provision", summary)
        return
    here = sheet.article_at(row)
    own: dict[str, str] = {}
    for rule in sheet.rules:
        if rule.at.article == here:
            place = _inside(rule.at)
            own.setdefault(f"{here}.{place}" if place[:1].isdigit() else place, rule.summary)
    yield from (Proposal(place, "provision", summary) for place, summary in own.items() if place != "main")
    for one in sorted(desk.opened.source.articles, key=lambda one: one.law != sheet.law):
        shown = one.number if one.law == sheet.law else str(one.citation)
        yield Proposal(shown, "provision", one.title)
    yield from (Proposal(one, "provision", "law outside the rulebook") for one in desk.standing.externals)


def _in_text(desk: Desk, article: Citation) -> Iterator[str]:
    lock = desk.opened.locks.get(article.law)
    for one in lock.provisions if lock is not None else ():
        at = one.citation
        if at is not None and (at.law, at.article) == (article.law, article.article) and at != article:
            yield _inside(at)


def _inside(at: Citation) -> str:
    """A place as a rule of its own article writes it."""
    return str(at).removeprefix(f"{at.law}/{at.article}").strip().removeprefix(".") or "main"
