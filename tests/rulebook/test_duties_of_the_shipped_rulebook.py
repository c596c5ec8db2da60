"""What the shipped rulebook says of every duty that falls due."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from mutandis.api import Rulebook
from mutandis.rulebook.load import load_source

ROOT = Path(__file__).parents[2] / "rulebook"


def test_every_duty_with_a_deadline_can_be_stated_as_done_and_when() -> None:
    source = load_source(ROOT)
    facts, actions = source.vocabulary.facts, source.vocabulary.actions
    due = {
        action
        for article in source.articles
        for one in article.rules
        if one.effect == "must" and one.deadline is not None
        for action in one.actions
    }
    assert len(due) > 50
    assert [action for action in sorted(due) if not actions[action].done] == []
    assert all(facts[actions[action].done].type.kind in ("date", "moment", "yes_no") for action in due)


@pytest.mark.parametrize(("stated", "told"), [({}, None), ({"hospitalization.reported_on": "none"}, False)])
def test_a_duty_to_be_done_promptly_tells_that_it_was_not_done(stated: dict[str, object], told: bool | None) -> None:
    facts = {"juvenile.hospitalized_outside": True, **stated}
    decision = Rulebook.load(ROOT).decide("report hospitalization", facts, at=dt.date(2023, 6, 1))
    assert [(one.words, one.done) for one in decision.deadlines] == [("promptly", told)]
