"""A comparison of two rulebooks, for a terminal and for programs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from mutandis.decide.result import Decision, Verdict
from mutandis.decide.result_parts import FactValue
from mutandis.explain.words import verdict_aside
from mutandis.rulebook.case_file import actions_expected
from mutandis.vocabulary import Vocabulary
from mutandis_tools.comparison.answers import answer_of_value, places_giving, value_told
from mutandis_tools.comparison.declarations import NUMBERS, About, DeclarationChange
from mutandis_tools.comparison.outcomes import Outcome, OutcomeChange
from mutandis_tools.comparison.rules import RuleChange
from mutandis_tools.comparison.semantic import SemanticDifference
from mutandis_tools.comparison.touched import Touched
from mutandis_tools.names import Names
from mutandis_tools.report.lines import BLANK, Line, Piece, line, printable
from mutandis_tools.report.meaning_data import meaning_data
from mutandis_tools.report.meaning_text import meaning_text, only_told
from mutandis_tools.report.rule_change_text import CHANGE_STYLES, rule_lines
from mutandis_tools.rulebook_difference import Comparison

_HEADINGS: dict[About, str] = {
    "law": "Laws",
    "instrument": "Instruments",
    "article": "Articles",
    "calendar": "Days off",
    "term": "Terms",
    "fact": "Facts",
    "action": "Actions",
    "division": "Divisions",
}
_FEW_CASES = 3
_FIGURES = re.compile(r"\d[\d,.:-]*")
_Parts = tuple[tuple[str, str], ...]
"""What is told beside a verdict, each as it was and as it is."""


def comparison_text(found: Comparison, old: Names, new: Names, in_full: bool = False) -> tuple[Line, ...]:
    """What is declared otherwise; the rules that differ, part by part, with what they touch; the cases that come out
    otherwise; what is to be looked at; what is otherwise in any case.
    """
    sections: list[tuple[Line, ...]] = []
    for about, heading in _HEADINGS.items():
        mine = [one for one in found.declarations if one.about == about]
        if mine:
            told = (
                _declared(one.kind, _in_words(one, text, old, new)) for one, text in _of_kinds(mine, new.vocabulary)
            )
            sections.append((line(Piece(heading, "heading")), *told))
    if found.rules:
        reached: set[tuple[str, ...]] = set()
        rules = (told for rule in found.rules for told in rule_lines(rule, found, old, new, reached))
        sections.append((line(Piece("Rules", "heading")), *rules))
    if found.outcomes:
        sections.append((line(Piece("Cases", "heading")), *_outcomes(found.outcomes, old, new)))
    if found.meaning is not None:
        flipped = frozenset(one.case.ask.subject for one in found.outcomes)
        told_of = meaning_text(found.meaning, old, new, found.held_by, in_full, flipped)
        has_other_days_off = any(one.about == "calendar" for one in found.declarations)
        sections.append(told_of or (_untouched(found.meaning, has_other_days_off) if sections else ()))
    files = tuple(_case_files([one for one in found.declarations if one.about == "case"]))
    if files:
        sections.append((line(Piece("Case files", "heading")), *files))
    to_do = tuple(_to_do(found, new))
    if to_do:
        sections.append((line(Piece("To look at", "heading")), *to_do))
    lines: list[Line] = []
    for section in sections:
        if section:
            lines += [*([BLANK] if lines else []), *section]
    return tuple(lines)


def _untouched(found: SemanticDifference, has_other_days_off: bool) -> tuple[Line, ...]:
    """That every action is decided by the same, where nothing of any is told."""
    if not found.same or found.actions or found.values or found.stated:
        return ()
    told = f"nothing differs that any of the {len(found.same):,} actions is decided by"
    if has_other_days_off:
        told += ", but for days off: what these make otherwise is seen in cases of files"
    return line(Piece("Answers", "heading")), line("  ", Piece("the same ", "good"), Piece(told, hangs=True))


def _declared(kind: str, text: str) -> Line:
    return line("  ", Piece(f"{kind:<7} ", CHANGE_STYLES[kind]), Piece(printable(text), hangs=True))


def _bare(name: str) -> list[str]:
    """The words of a name without articles, in which a label that is only the name is no other."""
    return [word for word in re.split(r"[\W_]+", name) if word not in ("a", "an", "the")]


def _in_words(change: DeclarationChange, text: str, old: Names, new: Names) -> str:
    """A sentence with provisions as the law is cited, with what a fact or an action says, and with who is who."""
    names, said = old if change.kind == "removed" else new, ""
    if change.part in ("owner", "by"):
        terms = {**old.vocabulary.terms, **new.vocabulary.terms}
        text = re.sub(r"“(\w+)”", lambda role: f"“{terms[role[1]].label if role[1] in terms else role[1]}”", text)
    elif change.part == "choice":
        text = _labelled(change, text, old, new)
    if change.about == "fact":
        said = names.statement(change.name)
    elif change.about == "action":
        said = names.action(change.name)
    if said and _bare(said) != _bare(change.name):
        text = text.replace(f"`{change.name}`", f"`{change.name}` ({said})", 1)
    if change.about not in ("instrument", "article"):
        return text
    laws = "|".join(map(re.escape, names.laws))
    return re.sub(rf"\b(?:{laws})/[^\s,;:]*[^\s,;:.]", lambda found: names.provision(found.group()), text)


def _labelled(change: DeclarationChange, text: str, old: Names, new: Names) -> str:
    """A choice that is new or gone with what it is called, where that is more than its name."""
    sides = ((change.was, old), (change.now, new))
    for value, names in sides:
        fact = names.vocabulary.facts.get(change.name)
        label = dict(fact.values).get(value) if fact is not None and value is not None else None
        if label and value and _bare(label) != _bare(value):
            return text.replace(f"be `{value}`", f"be `{value}` ({label})", 1)
    return text


def _of_kinds(changes: Iterable[DeclarationChange], words: Vocabulary) -> Iterator[tuple[DeclarationChange, str]]:
    """Each with its sentence; what is otherwise of a fact or an action of a kind is told once for its sub-kinds too."""
    groups: dict[tuple[object, ...], list[DeclarationChange]] = {}
    for one in changes:
        alike: tuple[str | None, ...] = (one.name, one.was, one.now)
        if one.about in ("fact", "action"):
            kinds = words.kinds_of(_term_of(one))
            said = [one.text.replace(f"`{one.name}`", ""), one.was, one.now]
            for label in (words.terms[kind].label for kind in kinds if kind in words.terms):  # which these may name
                said = [None if part is None else part.replace(label, "") for part in said]
            alike = *said, kinds[-1]
        groups.setdefault((one.kind, one.part, alike), []).append(one)
    for group in groups.values():
        first, *others = sorted(group, key=lambda one: len(words.kinds_of(_term_of(one))))
        so_too = f" (so too {', '.join(f'`{one.name}`' for one in others)})" if others else ""
        yield first, f"{first.text}{so_too}"


def _term_of(change: DeclarationChange) -> str:
    return change.name.partition(".")[0] if change.about == "fact" else change.name.rpartition(" ")[2]


def _case_files(changes: Iterable[DeclarationChange]) -> Iterator[Line]:
    """Cases that are new, gone or say something else; many of which the same is told stand together."""
    groups: dict[tuple[str, str], list[DeclarationChange]] = {}
    for one in changes:
        groups.setdefault((one.kind, one.part), []).append(one)
    for (kind, part), alike in groups.items():
        head = Piece(f"{kind:<7} ", CHANGE_STYLES[kind])
        if len(alike) <= _FEW_CASES:
            yield from (_declared(kind, one.text) for one in alike)
            continue
        said = {"added": "are new", "removed": "are gone"}.get(kind, f"say something else ({part})")
        if part == NUMBERS:
            said = "name provisions by their new numbers"
        yield line("  ", head, Piece(f"{len(alike)} cases {said}:", "quiet", hangs=True))
        yield line("          ", Piece(printable("; ".join(one.name for one in alike)), hangs=True))


def _named(outcome: OutcomeChange, names: Names) -> str:
    """The case, with the action where it asks about several."""
    case = outcome.case
    return f"{case.name}, {names.action(case.ask.subject)}" if actions_expected(case) else case.name


def _outcomes(outcomes: Iterable[OutcomeChange], old: Names, new: Names) -> Iterator[Line]:
    """Cases with another answer, those that came out and come out in one way together; then those that do not say what
    is asked now, and those in which only what is told with the verdict is another.
    """
    with_it: dict[_Parts, list[str]] = {}
    refused: dict[str, list[OutcomeChange]] = {}
    answered: dict[tuple[str, str], list[str]] = {}
    waiting: dict[tuple[str, ...], list[str]] = {}
    for outcome in outcomes:
        was, now = _answer(outcome.old, old), _answer(outcome.new, new)
        if outcome.refused:
            refused.setdefault(_FIGURES.sub("", outcome.refused), []).append(outcome)
        elif was == now or outcome.told:
            parts = tuple(only_told(aspect, one, other, old, new) for aspect, one, other in outcome.told)
            with_it.setdefault(parts, []).append(_named(outcome, new))
        elif newly := _newly_asked(outcome):
            waiting.setdefault(newly, []).append(_named(outcome, new))
        else:
            answered.setdefault((was, now), []).append(_named(outcome, new))
    for (was, now), cases in answered.items():
        yield line("  ", Piece(printable("; ".join(dict.fromkeys(cases))), "strong", hangs=True))
        yield line("    ", Piece("was ", "quiet"), Piece(printable(was), hangs=True))
        yield line("    ", Piece("is  ", "quiet"), Piece(printable(now), hangs=True))
    for alike in refused.values():
        count = "1 case" if len(alike) == 1 else f"{len(alike)} cases"
        why = f"{alike[0].refused}{', or the like' if len({one.refused for one in alike}) > 1 else ''}"
        yield line("  ", Piece(printable(f"{count} can no longer be asked: {why}"), "open", hangs=True))
        yield line("    ", Piece(printable("; ".join(_named(one, new) for one in alike)), hangs=True))
    for asked, cases in waiting.items():
        count = "1 case is" if len(cases) == 1 else f"{len(cases)} cases are"
        told = f"{count} undetermined now, not having said: {' '.join(map(new.question, asked))}"
        yield line("  ", Piece(printable(told), "open", hangs=True))
        yield line("    ", Piece(printable("; ".join(cases)), hangs=True))
    for parts, cases, is_one_of_many in _but_for_figures(with_it):
        count = "1 case is" if len(cases) == 1 else f"{len(cases)} cases are"
        said = "answered alike, with something else told" if parts else "as open as before, with other limits or ends"
        yield line("  ", Piece(f"{count} {said}:", "quiet"))
        yield line("    ", Piece(printable("; ".join(cases)), hangs=True))
        for was, now in parts:
            yield line("    ", Piece("was ", "quiet"), Piece(printable(was), hangs=True))
            yield line("    ", Piece("is  ", "quiet"), Piece(printable(now), hangs=True))
        if is_one_of_many:
            yield line("    ", Piece("so the first; the others with days or figures of their own", "quiet"))


def _but_for_figures(
    told: Mapping[_Parts, Sequence[str]],
) -> Iterator[tuple[_Parts, list[str], bool]]:
    """What is told of cases, with the cases, those of the most first: once, by the first of them, where more than two
    are told the same but for days and figures.
    """
    shapes: dict[object, list[_Parts]] = {}
    for parts in told:
        without = tuple(_FIGURES.sub("", one) for pair in parts for one in pair)
        shapes.setdefault(without, []).append(parts)
    found: list[tuple[_Parts, list[str], bool]] = []
    for alike in shapes.values():
        if len(alike) > 2:
            found.append((alike[0], [case for parts in alike for case in told[parts]], True))
        else:
            found += [(parts, list(told[parts]), False) for parts in alike]
    yield from sorted(found, key=lambda one: -len(one[1]))


def _newly_asked(outcome: OutcomeChange) -> tuple[str, ...]:
    """The facts that a case was not asked for and now waits for; empty where it is settled, or was not."""
    old, new = outcome.old, outcome.new
    if not isinstance(old, Decision) or not isinstance(new, Decision):
        return ()
    if new.verdict is not Verdict.UNDETERMINED or old.verdict is Verdict.UNDETERMINED:
        return ()
    return tuple(name for name in new.missing if name not in old.missing)


def _to_do(found: Comparison, names: Names) -> Iterator[Line]:
    """What is written about changed rules and may be out of date."""
    changed = (c for c in found.rules if c.is_summary_old and c not in found.equal)
    stale = [f"{names.provision(c.provision)}: “{c.summary}”" for c in changed]
    told = [(f"the summary was not changed with the rule: {one}") for one in stale]
    told += [f"the text of {names.provision(place)} is another, and no rule on it is" for place in found.unread]
    if found.pages:
        told.append(f"chapter pages to write again (`mutandis chapters`): {', '.join(found.pages)}")
    yield from (line("  ", Piece("- ", "open"), Piece(printable(one), hangs=True)) for one in told)


def _answer(outcome: Outcome | None, names: Names) -> str:
    if outcome is None:
        return "cannot be asked"
    if isinstance(outcome, FactValue):
        told = names.value(outcome.fact, value_told(answer_of_value(outcome)))
        places = places_giving(outcome)
    else:
        told, places = verdict_aside(outcome.verdict), outcome.citations
    cites = ", ".join(map(names.provision, places))
    return f"{told}: {cites}" if cites else told


def comparison_data(found: Comparison, vocabulary: Vocabulary) -> dict[str, object]:
    """The same as data."""
    data: dict[str, object] = {
        "declarations": [
            {
                "about": one.about,
                "name": one.name,
                "change": one.kind,
                "text": one.text,
                "part": one.part,
                "was": one.was,
                "is": one.now,
            }
            for one in found.declarations
        ],
        "rules": [_rule_data(change, found) for change in found.rules],
        "cases": [
            {
                "case": one.case.name,
                "about": one.case.ask.subject,
                "old": _answer_data(one.old),
                "new": _answer_data(one.new),
            }
            for one in found.outcomes
        ],
        "unread": list(found.unread),
        "pages": list(found.pages),
    }
    if found.meaning is not None:
        data["answers"] = meaning_data(found.meaning, vocabulary, found.held_by)
    return data


def _rule_data(change: RuleChange, found: Comparison) -> dict[str, object]:
    touched = found.touched.get(change, Touched())
    return {
        "rule": change.rule,
        "provision": change.provision,
        "change": change.kind,
        "parts": list(change.parts),
        "edits": [
            {"part": e.part, "was": None if e.was is None else e.was.text, "is": None if e.now is None else e.now.text}
            for e in change.edits
        ],
        "equal_meaning": change in found.equal,
        "summary_unchanged": change.is_summary_old,
        "reaches": list(found.reached.get(change, ())),
        "carried_by": list(touched.carried_by),
        "left_by": list(touched.left_by),
        "by": list(touched.by),
        "to": list(touched.to),
        "actions": list(touched.actions),
        "gives": list(touched.gives),
    }


def _answer_data(outcome: Outcome | None) -> dict[str, object] | None:
    if outcome is None:
        return None
    if isinstance(outcome, FactValue):
        return {"value": value_told(answer_of_value(outcome)), "cites": list(places_giving(outcome))}
    return {"verdict": outcome.verdict.value, "cites": list(outcome.citations)}
