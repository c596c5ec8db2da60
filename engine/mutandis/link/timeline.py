"""When a rule is in force (S40).

A rule's own `since` and `until` come first. Where it has no `since`, it starts with the instrument that enacted it:
an addendum with the amendment whose addendum it is, everything else with the law itself, by the day that the
instrument sets for that provision.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from mutandis.citation import Citation
from mutandis.dataclass import replace
from mutandis.rulebook.law import Instrument, Interval, Law
from mutandis.rulebook.model import Rule


def force_of(rule: Rule, laws: Mapping[str, Law]) -> Interval:
    """The interval in which `rule` is in force."""
    if rule.force.since is not None:
        return rule.force
    law = laws.get(rule.at.law)
    return replace(rule.force, since=enacted_on(rule.at, law) if law else None)


def enacted_on(place: Citation, law: Law) -> dt.date | None:
    """The day from which `place` exists at all, as far as the law's instruments say; None if they do not."""
    dated = [i for i in law.instruments if i.enforced is not None or i.enforced_parts]
    if not dated:
        return None
    instrument = min(dated, key=lambda i: (i.promulgated, i.id))
    addendum = re.match(r"addenda-(\d+)", place.article)
    if addendum:
        instrument = next((i for i in dated if _number(i) == addendum.group(1)), instrument)
    for provisions, day in instrument.enforced_parts:
        if provisions.covers(place):
            return day
    return instrument.enforced


def _number(instrument: Instrument) -> str:
    numbers = re.findall(r"\d+", instrument.id)
    return numbers[-1] if numbers else ""
