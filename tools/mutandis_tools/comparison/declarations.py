"""What differs between two rulebooks beside the rules: vocabulary, laws with their instruments, case files.

These decide as rules do: a default, a presumption, the words of a question, an enforcement day. Each difference is told
in a sentence about what it makes otherwise.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from typing import Any, Literal

from mutandis.calendar.counting import Counting
from mutandis.calendar.days_off import DaysOff
from mutandis.citation import Citation
from mutandis.dataclass import dataclass
from mutandis.datatypes import DataType
from mutandis.facts.writing import written
from mutandis.link.reads import forces_among
from mutandis.rulebook.case_file import CaseFile
from mutandis.rulebook.law import Instrument, Law
from mutandis.rulebook.model import Article, Source
from mutandis.source import NOWHERE
from mutandis.values import Clock
from mutandis.vocabulary import ActionDeclaration, Division, FactDeclaration, Term, Vocabulary
from mutandis_tools.comparison.articles import pair_articles, told_of_added, told_of_gone
from mutandis_tools.comparison.renaming import NOTHING_RENAMED, Renaming

About = Literal["action", "fact", "term", "division", "law", "instrument", "article", "calendar", "case"]
Kind = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class DeclarationChange:
    """One thing that is declared otherwise. `name` is as the files have it; `text` says what is otherwise.

    Of a thing that changed, `part` is what of it (`presumption`, `type`, `choice`, `default`), `was` and `now` what
    stood there and stands there, in words; None where nothing did.
    """

    about: About
    name: str
    kind: Kind
    text: str
    part: str = ""
    was: str | None = None
    now: str | None = None


@dataclass(frozen=True, slots=True)
class _Edit:
    """A part of a declaration as it was and is, and the sentence that says so."""

    part: str
    was: str | None
    now: str | None
    text: str


def compare_declarations(
    old: Source,
    new: Source,
    old_cases: Iterable[CaseFile],
    new_cases: Iterable[CaseFile],
    renaming: Renaming = NOTHING_RENAMED,
) -> tuple[DeclarationChange, ...]:
    """Every difference: laws first, then terms, facts and actions, then cases, each in the order of their names.

    What only has another name is told so, and cases that say the same under it are the same.
    """
    before = {name: fact for name, fact in old.vocabulary.facts.items() if name not in renaming.facts}
    after = {name: fact for name, fact in new.vocabulary.facts.items() if name not in renaming.facts.values()}
    renamed = (
        DeclarationChange("fact", now, "changed", f"the fact `{was}` is called `{now}` now", "name", was, now)
        for was, now in renaming.facts.items()
    )
    cases = [[renaming.case_after(one) for one in old_cases], [renaming.case_after(one) for one in new_cases]]
    return (
        *_pairs("law", old.laws, new.laws, _law),
        *_instruments(old, new),
        *_articles(old, new, renaming),
        *_calendar(old.days_off, new.days_off),
        *_pairs("term", old.vocabulary.terms, new.vocabulary.terms, _term),
        *renamed,
        *_pairs("fact", before, after, _fact),
        *_pairs("action", old.vocabulary.actions, new.vocabulary.actions, _action),
        *_pairs("division", _divisions(old), _divisions(new), _division),
        *_cases(cases[0], cases[1], renaming),
    )


def _pairs(
    about: About, old: Mapping[str, Any], new: Mapping[str, Any], compare: Callable[[Any, Any], Iterator[_Edit]]
) -> Iterator[DeclarationChange]:
    for name in sorted({*old, *new}):
        before, after = old.get(name), new.get(name)
        if before is None:
            yield DeclarationChange(about, name, "added", f"the {about} `{name}` is new")
        elif after is None:
            yield DeclarationChange(about, name, "removed", f"the {about} `{name}` is gone")
        else:
            for edit in compare(before, after):
                yield DeclarationChange(about, name, "changed", edit.text, edit.part, edit.was, edit.now)


# --- vocabulary -------------------------------------------------------------------------------------------------------


def _action(old: ActionDeclaration, new: ActionDeclaration) -> Iterator[_Edit]:
    name = f"`{new.name}`"
    if old.default != new.default:
        text = f"{name} is {'now' if new.default == 'forbidden' else 'no longer'} forbidden by default"
        yield _Edit("default", old.default, new.default, text)
    if old.group != new.group:
        text = f"{name} excludes the actions of the group {_told(new.group)}, was {_told(old.group)}"
        yield _Edit("group", old.group or None, new.group or None, text)
    was, now = (one.division.name if one.division is not None else "" for one in (old, new))
    if was != now:
        text = f"{name} is handled by {_told(now)}, was handled by {_told(was)}"
        yield _Edit("division", was or None, now or None, text)
    yield from _others(name, old, new, {"default", "group", "division"})


def _divisions(source: Source) -> dict[str, Division]:
    """The divisions that handle something, by name."""
    found = (action.division for action in source.vocabulary.actions.values())
    return {division.name: division for division in found if division is not None}


def _division(old: Division, new: Division) -> Iterator[_Edit]:
    yield from _others(f"the division `{new.name}`", old, new, set())


def _fact(old: FactDeclaration, new: FactDeclaration) -> Iterator[_Edit]:
    name = f"`{new.name}`"
    sentences = (
        ("presumption", _presumed, _presumption(old, new)),
        ("question", _question, "the question of {name} asks something else: {now}, was {was}"),
        ("type", lambda fact: type_in_words(fact.type), "{name} is {now}, was {was}"),
        ("owner", lambda fact: _told(fact.found_by), "{name} is for {now} to find, was for {was}"),
        ("derived", _given, "{name} is given by {now}, was by {was}"),
        ("bounds", _bounds, "the bounds of {name} are {now}, were {was}"),
        ("counting", lambda fact: counting_in_words(fact.counting), "{name} is counted {now}, was counted {was}"),
        ("uncounted days", _uncounted, "days of {name} that do not count: {now}, were {was}"),
    )
    for part, words, sentence in sentences:
        was, now = words(old), words(new)
        if was != now:
            yield _Edit(part, was, now, sentence.format(name=name, was=was, now=now))
    yield from _choices(name, old, new)
    told = {"has_presumption", "presume", "question", "type", "found_by", "derived", "minimum", "maximum"}
    yield from _others(name, old, new, told | {"values", "counting", "suspended"})


def _choices(name: str, old: FactDeclaration, new: FactDeclaration) -> Iterator[_Edit]:
    before, after = dict(old.values), dict(new.values)
    for value, label in after.items():
        if value not in before:
            yield _Edit("choice", None, value, f"{name} can now be `{value}`")
        elif before[value] != label:
            text = f"the value `{value}` of {name} reads {_told(label)}, was {_told(before[value])}"
            yield _Edit("choice", f"{value}: {before[value]}", f"{value}: {label}", text)
    for value in before:
        if value not in after:
            yield _Edit("choice", value, None, f"{name} can no longer be `{value}`")
    if [v for v in before if v in after] != [v for v in after if v in before]:
        text = f"the values of {name} stand in another order"
        yield _Edit("choices", ", ".join(before), ", ".join(after), text)


def _term(old: Term, new: Term) -> Iterator[_Edit]:
    # The attributes are told as facts.
    yield from _others(f"`{new.name}`", old, new, {"attributes"})


_OPTIONAL = ", which may be none"
_KINDS = {"yes_no": "a yes/no", "enum": "one of several values", "text": "a text", "count": "a count"}


def type_in_words(type_: DataType) -> str:
    """A type as a person reads it: `a duration in days, which may be none`. The values are not told."""
    found = _KINDS.get(type_.kind, f"a {type_.kind}")
    if type_.kind == "enum" and type_.several:
        found = "several values of a list"
    if type_.kind == "enum" and type_.open:
        found += " or another"
    if type_.kind == "duration":
        found += f" in {type_.family or 'any unit'}"
    if type_.kind == "list" and type_.term:
        found += f" of {type_.term}"
    if type_.currency:
        found += f" in {type_.currency}"
    if type_.per:
        found += f" for each {type_.per}"
    return found + (_OPTIONAL if type_.optional else "")


_CLOCKS: dict[Clock, str] = {
    "civil": "without its first day, a last day off put off",
    "from_midnight": "with its first day, a last day off put off",
    "burden": "as a burden, with its first day, no last day put off",
    "sentence": "as a sentence, with the whole of its first day, no last day put off",
    "age": "as an age, with the day of birth, no last day put off",
    "hours": "from the instant, no last day put off",
    "both_ends": "with its first and its last day, no last day put off",
}


def counting_in_words(counting: Counting | None) -> str:
    """How a period is counted: `with its first and its last day, no last day put off (act/1)`."""
    if counting is None:
        return "as it is given"
    end = f", end of month {counting.end_of_month}" if counting.end_of_month else ""
    return f"{_CLOCKS[counting.clock]}{end}{f' ({counting.provision})' if counting.provision else ''}"


def _uncounted(fact: FactDeclaration) -> str:
    return ", ".join(f"from {first} until {last}" for first, last in fact.suspended) or "none"


def _given(fact: FactDeclaration) -> str:
    return "rules" if fact.derived else "whoever states the case"


def _question(fact: FactDeclaration) -> str:
    return _told(fact.question)


def _presumption(old: FactDeclaration, new: FactDeclaration) -> str:
    """What is said where something else is presumed."""
    if not new.has_presumption:
        return "nothing is presumed of {name} any more, was {was}"
    return "{name} is presumed {now}, " + ("was {was}" if old.has_presumption else "of which nothing was")


_NO_WORDS = Vocabulary({}, {}, {})
"""Amounts are written without any."""


def _presumed(fact: FactDeclaration) -> str:
    if not fact.has_presumption:
        return "nothing"
    return "none" if fact.presume is None else _told(fact.presume)


def _bounds(fact: FactDeclaration) -> str:
    ends = (("from", fact.minimum), ("to", fact.maximum))
    return " ".join(f"{word} {written(end, fact, _NO_WORDS)}" for word, end in ends if end is not None) or "open"


_SENTENCES = {
    "adverse": "that {name} is against the person it is done to: {now}, was {was}",
    "also": "other words by which {name} is found: {now}, was {was}",
    "by": "who is asked about where {name} is: {now}, was {was}",
    "changeable": "that somebody can change {name}: {now}, was {was}",
    "continuing": "that a duty to {name} goes on as long as its grounds hold: {now}, was {was}",
    "done": "the fact that tells that {name} was done: {now}, was {was}",
    "extends": "what {name} extends: {now}, was {was}",
    "in_force": "the fact that tells that {name} is in force: {now}, was {was}",
    "kind_of": "{name} is a kind of {now}, was of {was}",
    "label": "{name} is called {now}, was called {was}",
    "parameter": "that {name} is how the action asked about is done: {now}, was {was}",
    "restricts": "what {name} takes away: {now}, was {was}",
    "role": "that {name} acts or is owed something: {now}, was {was}",
    "says": "the sentence that states {name}: {now}, was {was}",
    "short": "the short title of {name}: {now}, was {was}",
    "weight": "what it costs to change {name}: {now}, was {was}",
}
"""What is told of the keys whose own name would tell little."""


def _others(name: str, old: Any, new: Any, told: set[str]) -> Iterator[_Edit]:
    """What differs and has no other sentence of its own."""
    for field in fields(new):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if field.compare and field.name not in told and before != after:
            part = field.name.replace("_", " ")
            was, now = _told(before), _told(after)
            sentence = _SENTENCES.get(field.name, "{part} of {name}: {now}, was {was}")
            yield _Edit(part, was, now, sentence.format(part=part, name=name, now=now, was=was))


def _told(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case None | "" | ():
            return "nothing"
        case str():
            return f"“{value}”"
        case dt.date():
            return value.isoformat()
        case tuple():
            return ", ".join(map(_told, value))
        case _:
            return str(value)


# --- laws -------------------------------------------------------------------------------------------------------------


def _law(old: Law, new: Law) -> Iterator[_Edit]:
    yield from _others(f"the law `{new.id}`", old, new, {"instruments"})


def _instruments(old: Source, new: Source) -> Iterator[DeclarationChange]:
    """Each with its days, and with the rules that come into force or fall out of it on one that is new, or gone."""
    for law in sorted({*old.laws} & {*new.laws}):
        before, after = ({one.id: one for one in source.laws[law].instruments} for source in (old, new))
        turning = [_turning(source.articles, law) for source in (old, new)]
        for change in _pairs("instrument", before, after, _instrument):
            mine = [side[change.name].days if change.name in side else () for side in (before, after)]
            gone, come = set(mine[0]) - set(mine[1]), set(mine[1]) - set(mine[0])
            text = change.text
            if change.kind != "changed" and any(mine):
                in_force = ", ".join(map(str, mine[change.kind == "added"]))
                text += f", promulgated {(after if change.kind == 'added' else before)[change.name].promulgated}"
                text += f", in force from {in_force}"
            if change.kind != "changed":
                text += _on("rules that turn on the day", turning, gone | come)
            elif change.part in ("enforced", "enforced parts"):
                text += _on("rules that begin or end on the new day", turning[1:], come)
                text += _on("rules that still begin or end on the old one, and are decided by that", turning[1:], gone)
            yield replace(change, name=f"{law}: {change.name}", text=text)


def _on(told: str, turning: Iterable[Mapping[dt.date, set[Citation]]], days: Iterable[dt.date]) -> str:
    """The provisions of which a rule begins or ends on one of the days; nothing where there is none."""
    places = {place for rules in turning for day in days for place in rules.get(day, ())}
    return f"; {told}: {', '.join(map(str, sorted(places, key=Citation.sort_key)))}" if places else ""


def _turning(articles: Iterable[Article], law: str) -> dict[dt.date, set[Citation]]:
    """By day, the provisions of a law of which a rule, or a part of one, begins or ends to be in force."""
    found: dict[dt.date, set[Citation]] = {}
    for article in articles:
        for rule in article.rules if article.law == law else ():
            entries = (entry.force for entry in rule.entries)
            for force in (rule.force, *entries, *forces_among((*rule.grounds, *rule.unless))):
                for day in (force.since, force.until):
                    if day is not None:
                        found.setdefault(day, set()).add(rule.at)
    return found


def _instrument(old: Instrument, new: Instrument) -> Iterator[_Edit]:
    if old.enforced != new.enforced:
        was, now = (one.enforced.isoformat() if one.enforced is not None else "no day" for one in (old, new))
        yield _Edit("enforced", was, now, f"{new.id} is in force from {now}, was from {was}")
    if old.enforced_parts != new.enforced_parts:
        was, now = (_parts_in_force(one) for one in (old, new))
        text = f"parts of {new.id} are in force from other days: {now}, were {was}"
        yield _Edit("enforced parts", was, now, text)
    yield from _others(new.id, old, new, {"enforced", "enforced_parts"})


def _parts_in_force(instrument: Instrument) -> str:
    return "; ".join(f"{places} from {day}" for places, day in instrument.enforced_parts) or "none"


def _articles(old: Source, new: Source, renaming: Renaming) -> Iterator[DeclarationChange]:
    """Articles that are gone, new or numbered anew, headings, what is said of provisions without rules."""
    before, after = ({str(one.citation): one for one in source.articles} for source in (old, new))
    pairs = pair_articles(before, after, renaming)
    for was, now in pairs.kept.items():
        if was != now:
            text = f"{was} ({before[was].title}) is {now} now"
            yield DeclarationChange("article", now, "changed", text, "number", was, now)
        for edit in _article(before[was], after[now]):
            yield DeclarationChange("article", now, "changed", edit.text, edit.part, edit.was, edit.now)
    # Of a law that only one has, it is told that it is gone or new; a bundle has no articles.
    had, has = (source.laws.keys() if source.articles else () for source in (old, new))
    for name in (one for one in pairs.gone if before[one].law in has):
        text = f"{name} ({before[name].title}) is gone{told_of_gone(pairs, name)}"
        yield DeclarationChange("article", name, "removed", text)
    for name in (one for one in pairs.added if after[one].law in had):
        text = f"{name} ({after[name].title}) is new{told_of_added(pairs, name)}"
        yield DeclarationChange("article", name, "added", text)


def _article(old: Article, new: Article) -> Iterator[_Edit]:
    name = str(new.citation)
    if old.title != new.title:
        yield _Edit("title", old.title, new.title, f"{name} is headed {_told(new.title)}, was {_told(old.title)}")
    before, after = ({_within(one, place): why for place, why in one.not_modelled} for one in (old, new))
    for place in dict.fromkeys((*before, *after)):
        was, now = before.get(place), after.get(place)
        if was != now:
            yield _Edit("not modelled", was, now, f"{name}{place} has no rule: {_told(now)}, was {_told(was)}")


def _within(article: Article, place: Citation) -> str:
    return str(place).removeprefix(str(article.citation))


def _calendar(old: DaysOff, new: DaysOff) -> Iterator[DeclarationChange]:
    """Days off one by one, and days of the week: they move last days, and holidays are compared in cases alone."""
    name = new.name or old.name
    for day in sorted({*old.days, *new.days}):
        was, now = (None if one.days.get(day) is None else one.days[day].label for one in (old, new))
        if was != now:
            kind: Kind = "added" if was is None else "removed" if now is None else "changed"
            said = f"is a day off now ({now})" if was is None else f"is no day off now (was {was})"
            text = f"{day.isoformat()} {said if kind != 'changed' else f'is {now} now, was {was}'}"
            yield DeclarationChange("calendar", name, kind, text, "day off", was, now)
    for part in ("first", "last", "weekly"):
        was, now = (_in_words(getattr(one, part)) for one in (old, new))
        if was != now:
            text = f"{part} day that the calendar covers: {now}, was {was}"
            if part == "weekly":
                text = f"days off of every week: {now}, were {was}"
            yield DeclarationChange("calendar", name, "changed", text, part, was, now)


def _in_words(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(f"{one.why.label}{f' since {one.since}' if one.since else ''}" for one in value)
    return _told(value)


NUMBERS = "numbers"
"""The part of a case that is otherwise where it names provisions by their new numbers."""


# --- cases ------------------------------------------------------------------------------------------------------------


def _cases(old: Iterable[CaseFile], new: Iterable[CaseFile], renaming: Renaming) -> Iterator[DeclarationChange]:
    """Cases by name; one that says something else is told with what: its facts, its question, what it expects.

    One that names provisions that were numbered anew, and says nothing else, is told so.
    """
    before = {case.name: _without_place(case) for case in old}
    after = {case.name: _without_place(case) for case in new}
    for name in sorted({*before, *after}):
        was, now = before.get(name), after.get(name)
        if was is None:
            yield DeclarationChange("case", name, "added", f"the case `{name}` is new")
        elif now is None:
            yield DeclarationChange("case", name, "removed", f"the case `{name}` is gone")
        elif was != now and renaming.only_numbers(was, now):
            text = f"the case `{name}` names provisions by their new numbers"
            yield DeclarationChange("case", name, "changed", text, NUMBERS)
        elif was != now:
            compared = [part.name for part in fields(now) if part.compare]
            told = ", ".join(one.replace("_", " ") for one in compared if getattr(was, one) != getattr(now, one))
            text = f"the case `{name}` says something else: {told}"
            yield DeclarationChange("case", name, "changed", text, told)


def _without_place(case: CaseFile) -> CaseFile:
    return replace(case, span=NOWHERE, places={})
