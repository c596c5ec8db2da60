"""What an amendment makes otherwise of each action, for a terminal, for programs and for a pull request."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from mutandis.backends.solver.bounds import told_together
from mutandis.citation import parse_citation
from mutandis.decide.result import Verdict
from mutandis.explain.denial import so_or_not
from mutandis.explain.words import penalty_in_words, verdict_aside
from mutandis_tools.comparison.answers import ASPECTS, TOLD_WITH, Answer, Asked, Aspect, value_told
from mutandis_tools.comparison.dependence import Node, Reads
from mutandis_tools.comparison.renaming import NEW, Renaming
from mutandis_tools.comparison.semantic import SemanticDifference, Standing, SubjectDifference
from mutandis_tools.comparison.witness import Stretch, Witness
from mutandis_tools.names import Names
from mutandis_tools.report.lines import BLANK, Line, Piece, line, plain, printable
from mutandis_tools.report.meaning_data import Held
from mutandis_tools.report.meaning_outline import MOST_IN_FULL, InWords, outline

_WORDS: dict[Aspect, str] = {
    "verdict": "",
    "citations": "rests on",
    "limits": "limits",
    "deadlines": "is due",
    "breaches": "breached",
    "penalties": "threatens",
    "value": "",
}
_RELATIONS = {
    "at_most": "at most",
    "at_least": "at least",
    "less_than": "less than",
    "more_than": "more than",
    "exactly": "exactly",
}
_OF_DAYS = {
    "at_most": ("until", " at the latest"),
    "at_least": ("from", " at the earliest"),
    "less_than": ("before", ""),
    "more_than": ("after", ""),
    "exactly": ("exactly", ""),
}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_STANDINGS: dict[Standing, tuple[str, str]] = {
    "differs": ("differs", "differ"),
    "added": ("is new", "are new"),
    "removed": ("is gone", "are gone"),
    "proved": ("is proved to come out alike", "are proved to come out alike"),
    "searched": ("was only searched", "were only searched"),
}
_NOTHING: dict[Aspect, str] = {
    "limits": "no limit",
    "deadlines": "no deadline",
    "breaches": "nothing found broken",
    "penalties": "threatens nothing",
}
_NOTHING_MORE: dict[Aspect, str] = {
    "limits": "no other limit",
    "deadlines": "no other deadline",
    "breaches": "nothing else found broken",
    "penalties": "threatens nothing else",
}
"""Said where what both tell is not told again."""
_OPEN_FIGURE = "what is not known yet"


def meaning_text(
    found: SemanticDifference,
    old: Names,
    new: Names,
    held_by: Held,
    in_full: bool = False,
    flipped: Collection[str] = (),
) -> tuple[Line, ...]:
    """Every fact that has another value and every action that is decided otherwise, with cases, in outline where they
    are very many and not `in_full`; then what was proved and what only searched. Of `flipped` a case of a file flips.
    """
    if not (found.actions or found.stated or found.values):
        return ()
    lines: list[Line] = [line(Piece("Answers", "heading"))]
    many = len(found.actions)
    if many > 1:
        counts = Counter(one.standing for one in found.actions)
        told = [f"{n} {words[n > 1]}" for standing, words in _STANDINGS.items() if (n := counts[standing])]
        lines.append(line("  ", Piece(f"{many} actions are touched: {', '.join(told)}", "quiet")))
    for was, now in sorted(found.renaming.places.items(), key=lambda pair: parse_citation(pair[0]).sort_key()):
        text = f"{old.provision(was)} is {new.provision(now)} now, and is told by its old number"
        lines.append(line("  ", Piece("renumbered ", "quiet"), Piece(printable(text), hangs=True)))
    for was, now in found.renaming.facts.items():
        lines.append(line("  ", Piece("renamed ", "quiet"), Piece(printable(f"`{was}` is `{now}` now"), hangs=True)))
    if found.stated:
        facts = ", ".join(f"`{name}`" for name in found.stated)
        text = f"{facts}: rules of one of the two alone give this, so cases are compared that state it"
        lines.append(line("  ", Piece("as stated ", "quiet"), Piece(printable(text), hangs=True)))
    if found.widened and (found.actions or found.values):
        facts = ", ".join(f"`{name}`" for name in found.widened)
        text = f"{facts}: can be more now; the older rules are asked as if they knew it and said nothing of it"
        lines.append(line("  ", Piece("widened ", "quiet"), Piece(printable(text), hangs=True)))
    for one in found.actions:
        if one.standing in ("added", "removed"):
            names = new if one.standing == "added" else old
            lines.append(
                line("  ", Piece(f"{one.standing} ", "open"), Piece(printable(names.action(one.name)), "strong"))
            )
            lines += (told for witness in one.witnesses for told in _said_anew(witness, new))
    presumed = _Presumed(old, new, found.renaming)
    told_of: dict[tuple[str, tuple[Line, ...]], list[SubjectDifference]] = {}
    for one in (*found.values, *found.actions):
        if one.standing == "differs":
            said = tuple(_differing(one, old, new, held_by, presumed.read_by(one.subject)))
            told_of.setdefault((one.subject[0], said), []).append(one)
    for kind in ("fact", "action"):
        mine = {said: alike for (of, said), alike in told_of.items() if of == kind}
        if len(mine) > MOST_IN_FULL and not in_full:
            lines += outline([one for alike in mine.values() for one in alike], _outlined(old, new, held_by))
            continue
        for said, alike in mine.items():
            called = "; ".join(_called(one, new) for one in alike)
            lines += [line("  ", Piece("differs ", "open"), Piece(printable(called), "strong", hangs=True)), *said]
    lines += _unchanged(found.values, "it has the same value in every case", new, flipped)
    lines += _unchanged(found.actions, "no case comes out otherwise", new, flipped)
    return tuple(lines)


def _outlined(old: Names, new: Names, held_by: Held) -> InWords:
    """What an outline is told with."""

    def way(witness: Witness) -> tuple[str, str]:
        if witness.aspect == "value":
            return _value(witness.old, [], witness, old), _value(witness.new, [], witness, new)
        was, now = (verdict_aside(Verdict(answer.verdict)) for answer in (witness.old, witness.new))
        if witness.aspect == "verdict":
            return was, now
        return was, f"{now} with other {'grounds' if witness.aspect == 'citations' else witness.aspect}"

    def places(witness: Witness) -> str:
        return ", ".join(_cites(witness.new, new, False) or _cites(witness.old, old, False))

    return InWords(
        called=lambda one: _called(one, new),
        way=way,
        places=places,
        case=lambda witness: _case(witness, old, new, ()),
        stated=lambda name, value: _stated(new, name, value),
        is_open=_is_open,
        is_held=lambda witness: held_by(witness) is not None,
    )


def _called(one: SubjectDifference, names: Names) -> str:
    """An action by its label, and its name where others have the same; a fact as the thing that has a value."""
    if one.subject[0] == "fact":
        return f"`{one.name}`, {names.fact(one.name)}"
    label = names.action(one.name)
    is_one = sum(action.label == label for action in names.vocabulary.actions.values()) < 2
    return label if is_one else f"{label} (`{one.name}`)"


class _Presumed:
    """The facts of which something else is presumed now: what a case does not say of them is what it shows."""

    def __init__(self, old: Names, new: Names, renaming: Renaming) -> None:
        before, after = old.vocabulary.facts, new.vocabulary.facts
        both = [(before[was], after[name]) for name in after if (was := renaming.old_fact(name)) in before]
        self.names = frozenset(
            is_.name for was, is_ in both if (was.has_presumption, was.presume) != (is_.has_presumption, is_.presume)
        )
        self._reads = Reads(new.program) if new.program is not None and self.names else None

    def read_by(self, subject: Node) -> tuple[str, ...]:
        """Those that an action or a fact turns on."""
        if self._reads is None:
            return ()
        return tuple(sorted(name for kind, name in self._reads.all(subject) if kind == "fact" and name in self.names))


def _unsaid(witness: Witness, presumed: Iterable[str], names: Names) -> Iterator[str]:
    """What is not said in a case, of the facts of which something else is presumed."""
    for name in presumed:
        if name not in witness.case.facts:
            fact = names.vocabulary.facts[name]
            has_sentence = fact.says and fact.type.kind == "yes_no"
            yield f"it is not said{' whether' if has_sentence else ':'} {names.fact(name)}"


def _differing(
    one: SubjectDifference, old: Names, new: Names, held_by: Held, presumed: Sequence[str]
) -> Iterator[Line]:
    """What is otherwise of it, but for its name: what is otherwise of several in one way is told of them together."""
    for witness, others in _by_transition(one.witnesses):
        yield from _case(witness, old, new, presumed)
        if others:
            rests = f"in other cases it {_rests_otherwise(others, old, new)}"
            yield line("    ", Piece("      ", "quiet"), Piece(printable(rests), hangs=True))
        if witness.aspect in ("verdict", "value") and held_by(witness) is None:
            yield line("    ", Piece("      no case of a file comes out otherwise in this way", "open"))
    if not one.complete:
        yield line("    ", Piece(f"there may be more: {_searched(one)}", "quiet"))


def _case(witness: Witness, old: Names, new: Names, presumed: Sequence[str]) -> Iterator[Line]:
    """A case, and how it came out and comes out; of an action that only one of the two has, how it does there."""
    told = [*circumstances(witness.case, witness.spans, new, old), *_unsaid(witness, presumed, new)]
    for number, fact in enumerate(told):
        yield line("    ", Piece("where " if not number else "and   ", "quiet"), Piece(printable(fact), hangs=True))
    for word, said in zip(("was   ", "is    "), answers_in_words(witness, old, new), strict=True):
        yield line("    ", Piece(word, "quiet"), Piece(printable(said), hangs=True))


def _said_anew(witness: Witness, names: Names) -> Iterator[Line]:
    """What is said of an action that is new: a case of each verdict."""
    if witness.aspect == "verdict":
        *circumstanced, _, now = _case(witness, names, names, ())
        yield from (*circumstanced, now)


def _by_transition(witnesses: Iterable[Witness]) -> list[tuple[Witness, list[Witness]]]:
    """Cases with the fewest facts first; where only citations are others, one for each verdict, with the rest."""
    groups: dict[object, list[Witness]] = {}
    for number, witness in enumerate(witnesses):
        key = (witness.aspect, witness.old.verdict) if witness.aspect == "citations" else number
        groups.setdefault(key, []).append(witness)
    ordered = [sorted(group, key=lambda one: len(one.case.facts)) for group in groups.values()]
    order = (*ASPECTS, "value")
    ordered.sort(key=lambda group: (order.index(group[0].aspect), _is_open(group[0]), len(group[0].case.facts)))
    return [(group[0], group[1:]) for group in ordered]


def _is_open(witness: Witness) -> bool:
    """True where one of the two settles nothing, which says least of the amendment."""
    return Verdict.UNDETERMINED.value in (witness.old.verdict, witness.new.verdict)


def _rests_otherwise(witnesses: Iterable[Witness], old: Names, new: Names) -> str:
    """What is newly cited, and what is no longer, in words."""
    newly: dict[str, None] = {}
    gone: dict[str, None] = {}
    for witness in witnesses:
        was, now = _cited_by_both(witness, old, new)
        newly.update((one, None) for one in now if one not in was)
        gone.update((one, None) for one in was if one not in now)
    told = (("newly rests on", newly), ("no longer rests on", gone))
    return " and ".join(f"{word} {', '.join(places)}" for word, places in told if places)


def _unchanged(
    found: Sequence[SubjectDifference], alike: str, names: Names, flipped: Collection[str]
) -> Iterator[Line]:
    proved = [one for one in found if one.standing == "proved"]
    apart = {alike: [one for one in proved if one.name not in flipped]}
    apart[f"{alike} but those of files told above, which leave something open"] = [
        o for o in proved if o.name in flipped
    ]
    for text, some in apart.items():
        if some:
            told = f"{text}: {', '.join(_called(one, names) for one in some)}"
            yield line("  ", Piece("proved  ", "good"), Piece(printable(told), hangs=True))
    if proved:
        bounds = told_together(bound for one in proved for bound in one.bounds)
        if bounds:
            yield line("          ", Piece("within  ", "quiet"), Piece(printable(bounds), hangs=True))
    for one in found:
        if one.standing == "searched":
            others = "cases of files come out otherwise, as told above, and no other case was found"
            said = others if one.name in flipped else "no difference found, none ruled out"
            told = f"{_called(one, names)}: {said}; {_searched(one)}"
            yield line("  ", Piece("searched ", "open"), Piece(printable(told), hangs=True))


def _searched(one: SubjectDifference) -> str:
    return f"searched, {one.tried:,} cases ({'; '.join(one.reasons)})"


def circumstances(
    case: Asked, spans: Mapping[str, Stretch], names: Names, before: Names | None = None
) -> Iterator[str]:
    """The facts of a case, each in a few words, with the stretch in which it comes out alike; its clock and version.

    Those that have to lie between two bounds come first: there the amendment moved one. What only the rulebook `before`
    asked for is told by its words.
    """

    def bounds(name: str) -> int:
        first, last = spans.get(name, (None, None))
        return -sum(end is not None for end in (first, last)) if first != last else 0

    for name in sorted(case.facts, key=bounds):
        value = case.facts[name]
        is_gone = before is not None and name not in names.vocabulary.facts
        text = (
            f"{_stated(before, name, value)} (no longer asked)" if before and is_gone else _stated(names, name, value)
        )
        span = spans.get(name)
        if span is not None and span[0] != span[1]:
            first, last = (None if end is None else names.value(name, end) for end in span)
            if first is None or last is None:
                text += f" (the same {f'up to {last}' if first is None else f'from {first}'})"
            else:
                text += f" (the same from {first} to {last})"
        yield text
    if case.at is not None:
        yield f"decided on {case.at.isoformat(sep=' ', timespec='minutes')}"
    if case.by is not None:
        yield f"asked about: {names.party(case.by)}"
    if case.law_as_of is not None:
        yield f"under the law of {case.law_as_of.isoformat()}"


def _stated(names: Names, name: str, value: object) -> str:
    if value is None or value == frozenset():
        return f"{names.fact(name)}: none"
    if isinstance(value, tuple):
        members = "; ".join(_member(names, name, one) for one in value if one)
        told = f"{len(value)} ({members})" if members else str(len(value))
        return f"{names.fact(name)}: {told if value else 'none'}"
    declared = names.vocabulary.facts.get(name)
    if value is False and declared is not None and declared.says:
        return so_or_not(declared.says, False)
    return names.statement(name, value)


def _member(names: Names, listed: str, stated: Mapping[str, object]) -> str:
    term = names.vocabulary.facts[listed].type.term
    return ", ".join(_stated(names, f"{term}.{attribute}", value) for attribute, value in stated.items())


def answers_in_words(witness: Witness, old: Names, new: Names) -> tuple[str, str]:
    """What both rulebooks answer: the verdict, and what the case shows of it; of citations also what is otherwise."""
    cited = _cited_by_both(witness, old, new)
    if witness.aspect == "value":
        sides = ((witness.old, cited[0], old), (witness.new, cited[1], new))
        was, now = (_value(answer, places, witness, names) for answer, places, names in sides)
        return was, now
    if witness.aspect in ("verdict", "citations"):
        told: tuple[list[str], ...] = cited
    else:
        both = ((witness.old, old), (witness.new, new))
        told = tuple(_told(witness.aspect, answer.told(witness.aspect), names) for answer, names in both)
    found = [
        _answer(witness.aspect, Verdict(answer.verdict), parts)
        for answer, parts in zip((witness.old, witness.new), told, strict=True)
    ]
    if witness.aspect in TOLD_WITH and cited[0] != cited[1]:
        found = [f"{one}; rests on {', '.join(places) or 'nothing'}" for one, places in zip(found, cited, strict=True)]
    if witness.aspect == "citations":
        gone = [one for one in cited[0] if one not in cited[1]]
        changes = [("now on" if gone else "now also on", [one for one in cited[1] if one not in cited[0]])]
        changes.append(("no longer on", gone))
        found[1] = f"{verdict_aside(Verdict(witness.new.verdict))}, rests " + " and ".join(
            f"{word} {', '.join(places)}" for word, places in changes if places
        )
    return found[0], found[1]


def _value(answer: Answer, places: list[str], witness: Witness, names: Names) -> str:
    told = names.value(witness.subject[1], value_told(answer))
    return f"{told}: {', '.join(places)}" if places else told


def _answer(aspect: Aspect, verdict: Verdict, told: list[str]) -> str:
    word, said = _WORDS[aspect], verdict_aside(verdict)
    if aspect == "breaches":
        none = "no demand broken" if verdict is Verdict.FORBIDDEN else _NOTHING[aspect]
        return f"{said}, {word}: {', '.join(told)}" if told else f"{said}, {none}"
    if not told:
        nothing = _NOTHING.get(aspect, f"{word} nothing" if word else "")
        return f"{said}, {nothing}" if nothing else said
    return f"{said}, {word} {'; '.join(told)}" if word else f"{said}: {', '.join(told)}"


def _told(aspect: Aspect, told: Iterable[tuple[Any, ...]], names: Names) -> list[str]:
    atoms = sorted(told, key=str)
    match aspect:
        case "limits":
            return [f"{names.fact(a[1])} {_bound(a[2], a[3])} ({names.provision(a[0])})" for a in atoms]
        case "deadlines":
            return [f"{_due(*a[1:])} ({names.provision(a[0])})" for a in atoms]
        case "breaches":
            return [f"{names.provision(a[0])}{' (too late)' if a[1] else ''}" for a in atoms]
        case _:
            return [_threat(names, *a) for a in atoms]


def only_told(aspect: Aspect, was: Answer, now: Answer, old: Names, new: Names) -> tuple[str, str]:
    """What only one of two answers tells beside its verdict, in words."""
    mine, theirs = was.told(aspect), now.told(aspect)
    sides = ((mine - theirs, old), (theirs - mine, new))
    nothing = _NOTHING_MORE if mine & theirs else _NOTHING
    said = []
    for only, names in sides:
        told = _told(aspect, only, names)
        said.append(f"{_WORDS[aspect]} {'; '.join(told)}" if told else nothing[aspect])
    return said[0], said[1]


def _bound(relation: str, bound: object) -> str:
    """`at most 30 days`; of a day, up to or from which something may be: `until 2020-03-01 at the latest`."""
    if not _DAY.match(str(bound)):
        return f"{_RELATIONS[relation]} {bound or _OPEN_FIGURE}"
    before, after = _OF_DAYS[relation]
    return f"{before} {bound}{after}"


def _due(relation: str, words: str, due: object) -> str:
    if relation == "recurs":
        return f"again {words}"
    return words.replace("_", " ") or f"{relation} {due or _OPEN_FIGURE}"


def _threat(names: Names, provision: str, options: Sequence[str], by: Sequence[str]) -> str:
    on = f", on {' or '.join(map(names.party, by))}" if by else ""
    return f"{' or '.join(map(penalty_in_words, options))}{on} ({names.provision(provision)})"


def _cited_by_both(witness: Witness, old: Names, new: Names) -> tuple[list[str], list[str]]:
    """What each cites; who is bound, and to whom, is told only where that is what differs."""
    places = [{(atom[0], atom[3]) for atom in answer.citations} for answer in (witness.old, witness.new)]
    in_full = witness.aspect == "citations" and places[0] == places[1]
    return _cites(witness.old, old, in_full), _cites(witness.new, new, in_full)


def _cites(answer: Answer, names: Names, in_full: bool) -> list[str]:
    atoms: Sequence[tuple[Any, ...]] = sorted(answer.citations, key=str)
    return list(dict.fromkeys(_cited(atom, names, in_full) for atom in atoms))


def _cited(atom: tuple[Any, ...], names: Names, in_full: bool) -> str:
    place, by, to, chains = atom
    parts = [f"{names.provision(place.removeprefix(NEW))}{' (new)' if place.startswith(NEW) else ''}"]
    if in_full:
        told = (("by", by), ("to", to))
        parts += [f"{word} {' and '.join(map(names.party, parties))}" for word, parties in told if parties]
    parts += [f"through {', '.join(names.provision(step) for step in chain)}" for chain in chains]
    return " ".join(parts)


# --- for a pull request -----------------------------------------------------------------------------------------------


def comparison_markdown(lines: Iterable[Line]) -> str:
    """A comparison as Markdown: its headings as such, the rest as it stands, so that it can be pasted anywhere."""
    found: list[str] = []
    block: list[Line] = []

    def close() -> None:
        while block and block[-1] == BLANK:
            block.pop()
        if block:
            found.append(f"```text\n{plain(block).replace('```', '` ` `')}```\n")
        block.clear()

    for one in lines:
        if one and one[0].style == "heading":
            close()
            found.append(f"### {one[0].text}\n")
        else:
            block.append(one)
    close()
    return "\n".join(found)
