"""Finds every quantity in a statute's operative wording: the checklist that rule files are compared with.

A quantity is a number that the law works with: a limit, a deadline, an age, a share, a sum, a count. Numbers that only
cite (`Article 15`, `paragraph (2)`, `Act No. 9`) are none. Deleted and moved provisions have no wording and so none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from mutandis.dataclass import dataclass
from mutandis_text.characters.mapped_text import join_stretches
from mutandis_text.characters.source_text import mask_source
from mutandis_text.document import Extent, Provision, Sentence, StatuteDocument, walk_provision, walk_provisions
from mutandis_text.lines.instrument_grammar import read_date
from mutandis_text.quantities import english
from mutandis_text.quantities.calendar_times import find_calendar_times
from mutandis_text.quantities.citations import find_citations
from mutandis_text.quantities.numerals import Numeral, find_numerals, print_value, read_unit
from mutandis_text.quantities.ranks import find_ranks
from mutandis_text.references.grammar import find_mentions
from mutandis_text.references.syntax import MentionKind

_NEAR = 120
"""Characters before a number in which the words that forbid more than it stand."""


class Role(StrEnum):
    """What a quantity does. `lapse`: a time that must pass before something happens; `duration`: any other time."""

    LIMIT = "limit"
    MINIMUM = "minimum"
    DEADLINE = "deadline"
    LAPSE = "lapse"
    DURATION = "duration"
    FREQUENCY = "frequency"
    AGE = "age"
    COUNT = "count"
    SHARE = "share"
    MONEY = "money"
    RANK = "rank"
    DATE = "date"


class Bound(StrEnum):
    """How the wording uses the value; with `between` there are two values, both included."""

    EXACT = "exact"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    BETWEEN = "between"


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity. `provision` is the id of the sentence that holds it; `values` are exact (a date is its ordinal in
    `date`); `per` is the unit it recurs in (`20 days per year`)."""

    provision: str
    values: tuple[Fraction, ...]
    unit: str
    role: Role
    bound: Bound
    per: str | None
    date: str | None
    raw: str
    extent: Extent
    in_addenda: bool


def find_quantities(document: StatuteDocument, within: Provision | None = None) -> tuple[Quantity, ...]:
    """Every quantity of the body, the addenda and the annexes in reading order; or those `within` a provision."""
    found: list[Quantity] = []
    opening: dict[str, str] = {}  # the bound that a list begins with holds for the number an entry begins with
    masked, _ = mask_source(document.source)
    for provision in walk_provisions(document, annexes=True) if within is None else walk_provision(within):
        in_addenda = "/addenda-" in provision.id
        for sentence in provision.sentences:
            found += _in_sentence(document, masked, sentence, in_addenda, opening.pop(sentence.id, ""))
        if provision.list_lead is not None:
            bound = english.BOUND_OF_LIST.search(provision.sentences[provision.list_lead.sentence].text)
            opening |= {child.id: bound[1] for child in provision.children} if bound is not None else {}
    return tuple(found)


def find_numbers(text: str) -> tuple[Fraction, ...]:
    """The values of the quantities in a few words that are no statute: `at least once a week` has 1."""
    return tuple(value for one in _scan(text) for value in one.values)


def quantity_json(document: StatuteDocument, quantity: Quantity) -> dict[str, object]:
    """One entry of the JSON form (`schemas/text-quantities.schema.json`)."""
    span = document.locate(quantity.extent)
    return {
        "provision": quantity.provision,
        "values": [quantity.date] if quantity.date else [print_value(value) for value in quantity.values],
        "unit": quantity.unit,
        "role": quantity.role.value,
        "bound": quantity.bound.value,
        "per": quantity.per,
        "raw": quantity.raw,
        "line": span.line,
        "column": span.column,
        "in_addenda": quantity.in_addenda,
    }


@dataclass(frozen=True, slots=True)
class _Found:
    """A quantity inside one sentence, in offsets of its text."""

    values: tuple[Fraction, ...]
    unit: str
    role: Role
    bound: Bound
    per: str | None
    start: int
    end: int
    date: str | None = None


def _in_sentence(
    document: StatuteDocument, masked: str, sentence: Sentence, in_addenda: bool, opening: str
) -> Iterator[Quantity]:
    joined = join_stretches(masked, sentence.extents)
    text = joined.text
    scanned = _scan(text)
    if opening and scanned and english.NO_WORDS.fullmatch(text, 0, min(one.start for one in scanned)):
        shift = len(opening) + 1
        scanned = [replace(one, start=one.start - shift, end=one.end - shift) for one in _scan(f"{opening} {text}")]
    for one in sorted(scanned, key=lambda f: f.start):
        extents = joined.extents(one.start, one.end)
        if extents:
            extent = Extent(extents[0].start, extents[-1].end)
            raw = " ".join(text[one.start : one.end].split())
            yield Quantity(
                sentence.id, one.values, one.unit, one.role, one.bound, one.per, one.date, raw, extent, in_addenda
            )


def _scan(text: str) -> list[_Found]:
    found: list[_Found] = []
    blocked = [*find_citations(text), *(match.span() for match in english.LONE_NUMBER.finditer(text))]
    blocked += [match.span() for match in english.QUOTED_TERM.finditer(text)]
    wording = find_mentions(text)
    # A list of references goes on behind a gloss (`Article 1 (Felling), 2 (Burning)`).
    for mention in wording.mentions:
        blocked += wording.stretches(mention) if mention.kind is MentionKind.PROVISION else ()
    for match in english.CALENDAR_DATE.finditer(text):
        day = read_date(match.group())
        if day is not None:
            blocked.append(match.span())
            iso = day.isoformat()
            found.append(_Found((Fraction(day.toordinal()),), "date", Role.DATE, Bound.EXACT, None, *match.span(), iso))
    for rank in find_ranks(text, blocked):
        bound = Bound.AT_LEAST if rank.or_above else Bound.AT_MOST if rank.or_below else Bound.EXACT
        found.append(_Found((rank.value,), rank.unit, Role.RANK, bound, None, rank.start, rank.end))
    for match in english.END_OF.finditer(text):
        blocked.append(match.span())
        found.append(_end_of(match))
    for time in find_calendar_times(text):
        if not any(time.start < end and start < time.end for start, end in blocked):
            blocked.append((time.start, time.end))
            role, bound = (Role.DEADLINE, Bound.AT_MOST) if time.is_deadline else (Role.DATE, Bound.EXACT)
            found.append(_Found((time.value,), time.unit, role, bound, time.per, time.start, time.end))
    for match in english.WITHIN_ONE.finditer(text):
        found.append(_Found((Fraction(1),), match["unit"].lower(), Role.DEADLINE, Bound.AT_MOST, None, *match.span()))
    numerals = find_numerals(text, blocked)
    index = 0
    while index < len(numerals):
        first = numerals[index]
        second = numerals[index + 1] if index + 1 < len(numerals) else None
        last = second if second is not None and _is_range(text, first, second) else None
        one = _read_quantity(text, first, last, found[-1] if found else None)
        found.append(one)
        index += 2 if last is not None else 1
        # The unit may have taken in a further numeral (`12 hours per one time`).
        while index < len(numerals) and numerals[index].start < one.end:
            index += 1
    found += _recurring(text, found)
    return _share_period(text, found)


def _share_period(text: str, found: Sequence[_Found]) -> list[_Found]:
    """`by January 31 and July 31 of each year`: in a list of days the period behind the last is that of all, and what
    has to be done by the first has to be done by the others."""
    shared = sorted(found, key=lambda f: f.start)
    lists = [
        at
        for at in range(1, len(shared))
        if _in_a_year(shared[at - 1])
        and _in_a_year(shared[at])
        and english.LISTED.fullmatch(text, shared[at - 1].end, shared[at].start)
    ]
    for at in lists:
        before, one = shared[at - 1 : at + 1]
        if one.role is Role.DATE:
            shared[at] = replace(one, role=before.role, bound=before.bound)
    for at, (one, following) in enumerate(pairwise(shared)):
        if one.role is Role.COUNT and not one.unit and english.BUT_LESS.fullmatch(text, one.end, following.start):
            role = Role.AGE if following.role is Role.AGE else one.role
            shared[at] = replace(one, unit=following.unit, role=role)
    for at in reversed(lists):
        shared[at - 1] = replace(shared[at - 1], per=shared[at - 1].per or shared[at].per)
    return shared


def _in_a_year(one: _Found) -> bool:
    return one.unit.startswith(english.DAY_IN_A_YEAR) and " year" not in one.unit


def _end_of(match: re.Match[str]) -> _Found:
    """`by the end of February`, `by the end of the month following`: a deadline that a calendar gives."""
    end = f"last {match['open'].lower()} day" if match["open"] else "end"
    role, bound = (Role.DATE, Bound.EXACT) if match["day"] else (Role.DEADLINE, Bound.AT_MOST)
    if match["name"]:
        which = " ".join((match["which"] or "each").lower().split())
        which = "the following" if which == "the next" else which
        before = match.string[: match.start()]
        # `the accounts for each fiscal year … by the end of February of the following year`: year by year.
        each = which in ("each", "every") or (which == "the following" and english.EACH_YEAR.search(before))
        unit, per = f"{end} of {match['name']}" + ("" if each else f" of {which} year"), "year" if each else None
    else:
        period = match["next"] or match["unit"]
        later = match["next"] or match["after"]
        unit, per = f"{end} of the {'following ' if later else ''}{period}", None
    return _Found((Fraction(1),), unit, role, bound, per, *match.span())


def _recurring(text: str, found: Sequence[_Found]) -> list[_Found]:
    """`every year`, `each quarter` where no number stands before it."""
    taken = sorted((one.start, one.end) for one in found)
    recurring: list[_Found] = []
    for match in english.RECURS.finditer(text):
        at = bisect_right(taken, (match.start(), len(text))) - 1
        inside = at >= 0 and match.start() < taken[at][1]
        if inside or english.NO_RECURRENCE.search(text[max(0, match.start() - 12) : match.start()]):
            continue
        per = match["per"].lower()
        recurring.append(_Found((Fraction(1),), "time", Role.FREQUENCY, Bound.EXACT, per, *match.span()))
    for match in english.ADVERB.finditer(text):
        per = {"annual": "year", "dai": "day"}.get(match["per"].lower(), match["per"].lower())
        recurring.append(_Found((Fraction(1),), "time", Role.FREQUENCY, Bound.EXACT, per, *match.span()))
    return recurring


def _is_range(text: str, first: Numeral, second: Numeral) -> bool:
    match = english.RANGE.fullmatch(text, first.end, second.start)
    if match is None:
        either = english.EITHER.fullmatch(text, first.end, second.start)
        alike = first.shape == second.shape and first.shape in ("words", "once")
        return either is not None and alike and second.value == first.value + 1
    units = [english.UNIT.match(text, numeral.end) for numeral in (first, second)]
    names = {(unit["unit"] or "").removesuffix("s") for unit in units if unit is not None}
    if len(names & set(english.TIME)) > 1:
        return False  # `from one week to one month`: two lengths.
    if units[0] is not None and units[1] is None and read_unit(text, second.end, second.end)[0]:
        return False  # `four hours, and no more than two sessions`
    before = english.CURRENCY.sub("", text[max(0, first.start - 24) : first.start])
    if english.OVER.search(before) and not english.AT_LEAST.search(before) and not english.AT_MOST.search(before):
        return False  # `more than one year but not more than three`: the first is outside.
    return not match["and"] or bool(english.BETWEEN.search(text[max(0, first.start - 12) : first.start]))


def _read_quantity(text: str, first: Numeral, last: Numeral | None, previous: _Found | None) -> _Found:
    numeral = last or first
    before = english.AMOUNT_OF.sub("", text[max(0, first.start - 100) : first.start])
    below_zero = english.MINUS.search(before)
    before = before[: below_zero.start()] if below_zero else before
    currency = english.CURRENCY.search(before)
    before = before[: currency.start()] if currency else before
    end = numeral.end
    more = english.MORE.match(text, end)
    unit_match = english.UNIT.match(text, more.end() if more else end)
    unit, aged = "", False
    if unit_match:
        unit = (
            english.PROPORTION_SIGNS[unit_match["sign"].strip()]
            if unit_match["sign"]
            else re.sub(r"^us|(?:s|ly)$", "", unit_match["unit"].replace(" ", "").lower())
        )
        aged = bool(unit_match["age"])
        end = unit_match.end()
    elif (
        numeral.shape == "fraction"
        and (halved := english.HALF_OF.match(text, end))
        and (halved["of"] or numeral.value == Fraction(1, 2))
    ):
        unit, end = halved["unit"].lower(), halved.end()
    elif currency is not None:
        unit = next((name for name, said in currency.groupdict().items() if said), "dollar")
    elif numeral.shape == "once":
        unit = "time"
    elif numeral.shape in ("words", "figures") and (_counts(before) or not english.AGED.search(before)):
        unit, end = read_unit(text, more.end() if more else end, end)
    values: tuple[Fraction, ...] = (-first.value if below_zero else first.value,)
    if last is None and unit in english.TIME and (half := english.AND_A_HALF.match(text, end)):
        values, end = (values[0] + Fraction(1, english.PARTS[half[1].lower()]),), half.end()
    more = more or english.MORE.match(text, end)
    counted = english.PER_NOUN.match(text, end) if unit in english.TIME else None
    per_match = english.PER.match(text, end if counted is None else counted.end()) or (
        english.PER.match(text, more.end()) if more else None
    )
    per = (per_match["per"] or per_match["unit"] or "year") if per_match else None
    more = more or (english.MORE.match(text, per_match.end()) if per_match else None)
    bound = _read_bound(text, first, before, more)
    if bound is Bound.EXACT and unit in ("time", "occasion", "term") and english.ONLY_BEHIND.match(text, end):
        bound = Bound.AT_MOST
    exact = bound is Bound.EXACT or english.AHEAD.search(before)
    if unit in english.TIME and exact and _is_ahead(text, end, before):
        bound = Bound.AT_LEAST
    if last is not None:
        values, bound = tuple(sorted((first.value, last.value))), Bound.BETWEEN
    elif numeral.shape == "majority":
        bound = Bound.MORE_THAN
    if more and more.end() > end:
        end = more.end()
    carried = bound is Bound.EXACT and _is_carried(text, previous, unit, first)
    if carried and previous is not None:
        bound = previous.bound
    role = (
        previous.role
        if carried
        and previous is not None
        and unit not in english.MONEY
        and (previous.unit == unit or (unit in english.TIME and previous.unit in english.TIME))
        else _read_role(
            text,
            unit,
            per,
            bound,
            before,
            end,
            numeral.shape,
            aged=aged or _is_age(before, unit, previous, text, first) or _is_older(unit, more),
        )
    )
    return _Found(
        values,
        _unit_of_role(unit, role),
        role,
        bound,
        per,
        first.start,
        max(per_match.end(), end) if per_match else end,
    )


def _counts(before: str) -> bool:
    """True for `whose points reach`: what stands behind is no age."""
    return english.REACHED.search(before) is not None and english.COUNTED_BEFORE.search(before) is not None


def _unit_of_role(unit: str, role: Role) -> str:
    if role is Role.SHARE and unit not in english.PROPORTIONS:
        return ""
    # `under the age of 19` leaves the unit out.
    return "year" if role is Role.AGE else unit


def _read_bound(text: str, first: Numeral, before: str, more: re.Match[str] | None) -> Bound:
    if more:
        return Bound.AT_LEAST if more["up"] or more["least"] else Bound.AT_MOST
    if english.SHORTEST_OF_CAP.search(before):
        return Bound.AT_MOST
    if english.AT_LEAST.search(before):
        return Bound.AT_LEAST
    most = english.AT_MOST.search(before)
    if most and not most["exceed"]:
        return Bound.AT_MOST
    if re.search(r"\bover\s*$", before) and english.SUCCESSIVE.match(text, first.end):
        return Bound.EXACT
    if most or english.OVER.search(before):
        return Bound.AT_MOST if _is_forbidden(text[: first.start]) else Bound.MORE_THAN
    return Bound.LESS_THAN if english.LESS.search(before) else Bound.EXACT


def _is_forbidden(opening: str) -> bool:
    """True for `No visit shall exceed …`, `… nor exceed …`: what is over the value is what may not be."""
    if english.FORBIDDEN.search(opening[-_NEAR:]):
        return True
    return bool(re.match(r"No\s", opening)) and not re.search(r"\b(?:that|which|who|where|when|if)\b", opening)


def _is_older(unit: str, more: re.Match[str] | None) -> bool:
    """True for `anyone 65 or older`, `a person of 65 years or older`."""
    return unit in ("", "year") and more is not None and (more["up"] or more["down"]) in ("older", "younger")


def _is_age(before: str, unit: str, previous: _Found | None, text: str, first: Numeral) -> bool:
    if unit not in ("year", ""):
        return False
    if english.AGED.search(before) or re.search(r"(?i)\bage\s+of\s*$", before):
        return True
    after_age = previous is not None and previous.role is Role.AGE
    if not unit and (said := english.AGE_IS.search(before)) is not None and (said["age"] or after_age):
        return True
    return (
        previous is not None and after_age and english.AGE_GOES_ON.search(text[previous.end : first.start]) is not None
    )


def _is_carried(text: str, previous: _Found | None, unit: str, first: Numeral) -> bool:
    """True if the bound before holds here too (`shall not exceed six years …, and ten years …`)."""
    if previous is None or previous.bound in (Bound.EXACT, Bound.BETWEEN):
        return False
    between = text[previous.end : first.start]
    if (
        unit in english.TIME
        and previous.unit in english.TIME[: english.TIME.index(unit)]
        and previous.role is not Role.AGE
    ):
        # `not less than one year and six months`: one length.
        return between.strip() == "and"
    if previous.bound is Bound.AT_MOST and english.OR_IN_ALL.fullmatch(between):
        return True
    shares = {Role.MONEY, Role.SHARE}
    share = unit in (*english.MONEY, *english.PROPORTIONS) or (first.shape == "fraction" and not unit)
    alike = previous.unit == unit or (previous.role in shares and share)
    alike = alike or (unit in english.TIME and previous.role is Role.DEADLINE and "(" in between)
    if not alike:
        return False
    in_row = english.CASES_IN_ROW.fullmatch(between) and english.IN_CASE.match(text, first.end)
    if (previous.bound is Bound.AT_MOST and in_row) or english.BRACKETED_CASE.fullmatch(between):
        return True
    if re.search(r",\s+and\s+(?:that|those)\s+(?:of|for|in|under)\b[^.;]{0,60}[,\s]\s*$", between):
        # `shall not exceed 20 days, and that of a boat, 30 days`
        return True
    return bool(re.search(r"\b(?:and|or)\s+$", between)) and not re.search(
        r"\b(?:shall|may|is|are|be|if|for)\b", between
    )


def _is_ahead(text: str, end: int, before: str) -> bool:
    """True for `ten days before the vote`: something must be done so long before it, or longer."""
    if english.NOT_AHEAD.search(before):
        return False
    if english.IN_ADVANCE.match(text, end):
        return True
    ordered = english.AHEAD.search(before) or english.ORDERED.search(text[max(0, end - 200) : end])
    return english.AHEAD_OF.match(text, end) is not None and ordered is not None


def _read_role(
    text: str, unit: str, per: str | None, bound: Bound, before: str, end: int, shape: str, *, aged: bool
) -> Role:
    if unit in english.MONEY:
        return Role.MONEY
    if aged:
        return Role.AGE
    if unit in english.TIME and (english.EVERY.search(before) or text[:end].endswith("ly")):
        return Role.FREQUENCY
    if unit in ("time", "occasion") and (per or english.EVERY_BEHIND.match(text, end)):
        return Role.FREQUENCY
    if unit in english.PROPORTIONS or (shape in ("fraction", "majority") and unit not in english.TIME):
        return Role.SHARE
    if unit not in english.TIME:
        return Role.COUNT
    if re.search(
        r"(?i)\b(?:(?:until|(?:by|not?\s+later\s+than)\s+the)\s+(?:the\s+)?(?:expiration|expiry|lapse|end)\s+of(?:\s+(?:a|the)\s+period\s+of)?|within(?:\s+(?:the|a)\s+(?:[a-z]+\s+)?(?:period|term|time\s+limit)\s+of"
        r"|\s+the(?:\s+(?:first|last|past|preceding|following|next))?)?|not?\s+later\s+than)\s*$",
        before,
    ) or _is_ahead(text, end, before):
        return Role.DEADLINE
    if bound in (Bound.AT_MOST, Bound.LESS_THAN, Bound.BETWEEN):
        return Role.LIMIT
    if bound in (Bound.AT_LEAST, Bound.MORE_THAN):
        return Role.MINIMUM
    if (
        english.LAPSED.search(before)
        or english.PASSED_BEFORE.search(before)
        or (english.PASSES.match(text, end) and not english.LASTS.search(before))
    ):
        return Role.LAPSE
    return Role.DURATION
