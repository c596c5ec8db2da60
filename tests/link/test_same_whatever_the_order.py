"""Linking gives the same program whatever the order of files and rules, and whatever is said twice."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.link.books import article, source_of

from mutandis.link.linker import link
from mutandis.rulebook.model import Source

PLACES = ("(1)", "(1) proviso", "(2)", "(3)")
FACTS = ("inmate.ill", "inmate.calm", "inmate.young", "inmate.class is unsentenced", "visit.harmful")
EFFECTS = ("may", "must", "must_not", "need_not", "limits")
ACTIONS = ("suspend visit", "suspend contact", "keep book", "discard book", "open cell")


@st.composite
def rules(draw: st.DrawFn) -> str:
    place = draw(st.sampled_from(PLACES))
    effect = draw(st.sampled_from(EFFECTS))
    action = draw(st.sampled_from(ACTIONS))
    lines = [f"at: {place}", "summary: s", f"{effect}: {action}"]
    if effect == "limits":
        lines.append("requires: visit.checked")
    else:
        lines.append("by: warden")
        lines.append(f"when: {draw(st.sampled_from(FACTS))}")
    if draw(st.booleans()):
        lines.append(f"despite: {draw(st.sampled_from(('1', '1(1)', '2(2)', '2')))}")
    return "  - " + "\n    ".join(lines) + "\n"


@st.composite
def books(draw: st.DrawFn) -> Source:
    documents = []
    for number in ("1", "2"):
        given_rules = draw(st.lists(rules(), min_size=1, max_size=4, unique=True))
        kept = {tuple(rule.split("\n")[i] for i in (0, 2)): rule for rule in given_rules}
        documents.append(article(number, "".join(kept.values())))
    construe = "{visit: telephone_call, unsentenced: [sentenced, death_row]}"
    clause = f"  - {{at: main, summary: s, apply: [1, 2], construe: {construe}}}\n"
    documents.append(article("3", clause))
    for number in ("1", "2"):
        documents.append(article(f"{number}-2", "  - {at: (2), summary: s, must: search cell, when: inmate.ill}\n"))
    return source_of(*documents, faulty=True)


@settings(max_examples=50, deadline=None)
@given(books(), st.integers())
def test_the_order_of_files_and_rules_changes_nothing(source: Source, seed: int) -> None:
    shuffler = random.Random(seed)
    articles = [replace(a, rules=tuple(shuffler.sample(a.rules, len(a.rules)))) for a in source.articles]
    shuffler.shuffle(articles)
    assert link(replace(source, articles=tuple(articles))) == link(source)


@settings(max_examples=50, deadline=None)
@given(books())
def test_a_rule_said_twice_says_no_more_than_once(source: Source) -> None:
    doubled = tuple(replace(a, rules=(*a.rules, *a.rules)) for a in source.articles)
    assert link(replace(source, articles=doubled)) == link(source)


@settings(max_examples=50, deadline=None)
@given(books())
def test_beaters_come_first_and_limits_before_what_they_limit(source: Source) -> None:
    program = link(source).program
    for component in program.components.values() if program else ():
        for beat in component.beats:
            assert beat.relation == "lifts" or beat.beater < beat.beaten
        limits = [i for i, n in enumerate(component.norms) if n.direction == "limits"]
        bound = [i for i, n in enumerate(component.norms) if n.direction in ("may", "must")]
        assert not limits or not bound or max(limits) < min(bound)


@settings(max_examples=50, deadline=None)
@given(books())
def test_an_unrelated_article_changes_no_other_action(source: Source) -> None:
    before = link(source).program
    more = source_of(article("90", "  - {at: main, summary: s, must: inform heir, by: warden}\n"))
    after = link(replace(source, articles=(*source.articles, *more.articles[:1]))).program
    assert (before is None) == (after is None)
    if before is not None and after is not None:
        others = [action for action in before.components if action != "inform heir"]
        assert [after.components[a] for a in others] == [before.components[a] for a in others]
