"""Amendments of the shipped rulebook: what each makes otherwise is shown on the action it is about, or proved equal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pytest
from tests.shipped import kept

from mutandis.api import Rulebook
from mutandis.rulebook.rereading import Rereading
from mutandis_tools.comparison.renaming import find_renaming
from mutandis_tools.comparison.semantic import SemanticDifference, compare_meaning
from mutandis_tools.location import Location
from mutandis_tools.opening import Opened, open_located, open_over

Texts = Mapping[str, str]
Change = Callable[[Texts], Texts]
"""From the texts of a rulebook, by the names of their files, to those that are otherwise in the amended one."""


@dataclass(frozen=True)
class Amendment:
    """What is changed in which files, and what is expected of an action: was and is, an aspect, or `proved`.

    `turns_on_months`: the solver may run out of steps before it has shown that there are no other transitions.
    """

    change: Change
    action: str
    expected: tuple[str, str, str] | str
    turns_on_months: bool = False


def _text(file: str, *pairs: tuple[str, str]) -> Change:
    def change(texts: Texts) -> Texts:
        text = texts[file]
        for was, is_ in pairs:
            assert was in text, (file, was)
            text = text.replace(was, is_, 1)
        return {file: text}

    return change


def _renamed(was: str, is_: str) -> Change:
    return lambda texts: {file: text.replace(was, is_) for file, text in texts.items() if was in text}


RELEASE = "act/temporary-release/077-temporary-release.yaml"
PAROLE = "act/parole/122-permission.yaml"
CALLS = "act/contact/044-telephone-calls.yaml"
GRANT, APPLY_FOR = "grant temporary_release", "apply_for_permission_of parole"
AMENDMENTS = {
    "bound lowered": Amendment(
        _text(RELEASE, ("<= 20 days", "<= 15 days")), GRANT, ("verdict", "permitted", "forbidden")
    ),
    "less than becomes up to": Amendment(
        _text(RELEASE, ("days < 5 days", "days <= 5 days")), GRANT, ("verdict", "forbidden", "permitted")
    ),
    "the same in other words": Amendment(_text(RELEASE, ("days < 5 days", "days <= 4 days")), GRANT, "limits"),
    "ground added": Amendment(
        _text(RELEASE, ("      2: descendant.marries\n", "      2: descendant.marries\n      3: kin.critically_ill\n")),
        GRANT,
        ("verdict", "forbidden_by_default", "permitted"),
    ),
    "ground dropped": Amendment(
        _text(RELEASE, ("      2: descendant.marries\n", "")), GRANT, ("verdict", "permitted", "forbidden_by_default")
    ),
    "condition dropped": Amendment(
        _text(RELEASE, ("      - inmate.record_excellent\n", "")),
        GRANT,
        ("verdict", "forbidden_by_default", "permitted"),
    ),
    "or turned": Amendment(
        _text(
            RELEASE,
            ("(disaster_loss.occurred or disaster_loss.likely)", "(disaster_loss.likely or disaster_loss.occurred)"),
        ),
        GRANT,
        "proved",
    ),
    "definition by cases shifted": Amendment(
        _text(RELEASE, ("term >= 21 years", "term >= 20 years"), ("term < 21 years", "term < 20 years")),
        GRANT,
        "verdict",
        turns_on_months=True,
    ),
    "deadline shortened": Amendment(
        _text(PAROLE, ("determined_on + 5 days", "determined_on + 3 days")),
        APPLY_FOR,
        ("deadlines", "required", "required"),
    ),
    "must becomes may": Amendment(
        _text(PAROLE, ("must: apply", "may: apply")), APPLY_FOR, ("verdict", "required", "permitted")
    ),
    "may becomes must": Amendment(
        _text(PAROLE, ("may: permit parole", "must: permit parole")),
        "permit parole",
        ("verdict", "permitted", "required"),
    ),
    "fact renamed": Amendment(_renamed("application_reasonable", "application_sound"), "permit parole", "proved"),
    "presumption added": Amendment(
        _text("act/vocabulary.yaml", ("marries: {type: yes/no,", "marries: {type: yes/no, presume: no,")),
        GRANT,
        ("verdict", "undetermined", "forbidden_by_default"),
    ),
    "requirement dropped": Amendment(
        _text(CALLS, ("    requires: telephone_call.permission_obtained\n", "")),
        "make telephone_call",
        ("verdict", "forbidden", "permitted"),
    ),
    "construal narrowed": Amendment(
        _text(CALLS, ("    apply: 42\n", "    apply: 42\n    when: telephone_call.permitted_on_listening\n")),
        "suspend telephone_call",
        ("verdict", "permitted", "forbidden_by_default"),
    ),
    "paragraph inserted and the next renumbered": Amendment(
        _text(
            PAROLE,
            (
                "  - at: (2)\n",
                "  - at: (2)\n    summary: Not while a petition is pending.\n    must_not: permit parole\n"
                "    when: parole.found_eligible\n    despite: (3)\n  - at: (3)\n",
            ),
        ),
        "permit parole",
        ("verdict", "permitted", "forbidden"),
    ),
    "transitional clause": Amendment(
        _text(PAROLE, ("    may: permit parole\n", "    may: permit parole\n    since: 2030-01-01\n")),
        "permit parole",
        ("verdict", "permitted", "forbidden_by_default"),
    ),
}


@dataclass(frozen=True)
class Shipped:
    """The shipped rulebook, and what its files were read as: of an amended one the others are not read again."""

    opened: Opened
    again: Rereading
    book: Rulebook


@pytest.fixture(scope="module")
def shipped() -> Shipped:
    again = Rereading()
    opened = kept(open_located(Location(None, "shipped"), again))
    return Shipped(opened, again, _book(opened))


def _book(opened: Opened) -> Rulebook:
    assert opened.linked.program is not None, opened.linked.diagnostics
    return Rulebook(opened.linked.program)


def compare(shipped: Shipped, amendment: Amendment) -> SemanticDifference:
    """The shipped rulebook and the one with the amendment."""
    old = shipped.opened.source
    amended = open_over(shipped.opened, amendment.change(old.files), shipped.again)
    new = amended.source
    renaming = find_renaming(old.articles, new.articles, old.vocabulary, new.vocabulary)
    return compare_meaning(shipped.book, _book(amended), renaming=renaming)


@pytest.mark.parametrize("name", AMENDMENTS)
def test_an_amendment_of_the_shipped_rulebook_is_answered(name: str, shipped: Shipped) -> None:
    amendment = AMENDMENTS[name]
    found = compare(shipped, amendment)
    one = next(one for one in found.actions if one.name == amendment.action)
    told = [(w.aspect, w.old.verdict, w.new.verdict) for w in one.witnesses]
    assert one.complete or amendment.turns_on_months, one.reasons
    if amendment.expected == "proved":
        assert one.standing == "proved" and not told
    elif isinstance(amendment.expected, str):
        # What is searched, as months are, may show more in another order of cases.
        aspects = {aspect for aspect, _, _ in told}
        assert aspects == {amendment.expected} or (not one.complete and amendment.expected in aspects)
    else:
        assert amendment.expected in told, told
