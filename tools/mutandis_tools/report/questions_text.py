"""Answers to the further questions, for a terminal: what would change a verdict, and from when each holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from mutandis.decide.result import Verdict
from mutandis.explain.words import answer_in_words, verdict_aside, verdict_name
from mutandis.questions.of_value import ValueSpell, WhenValue, WhyNotValue
from mutandis.questions.when import Spell, When
from mutandis.questions.why_not import Change, WhyNot
from mutandis.values import Unknown
from mutandis_tools.names import Names, say
from mutandis_tools.report.lines import Line, Piece, line, printable
from mutandis_tools.report.value_text import said_of


def why_not_text(answer: WhyNot, names: Names, *, findings: bool) -> tuple[Line, ...]:
    """The verdict as it is, and the smallest changes of facts that give the wanted one.

    `findings` says whether changes of somebody's judgement were asked for.
    """
    listed = [verdict_aside(verdict) for verdict in sorted(answer.wanted, key=list(Verdict).index)]
    wanted = " or ".join([", ".join(listed[:-1]), listed[-1]] if len(listed) > 1 else listed)
    now = answer_in_words(answer.decision)
    lines = [line(Piece(printable(names.action(answer.decision.action)), "strong"), ": ", Piece(now, "strong"))]
    if answer.decision.verdict in answer.wanted:
        so = f"it is {verdict_aside(answer.decision.verdict)} as things stand; `--wanted` asks for another answer"
        return (*lines, line("  ", so))
    if not answer.results:
        return (*lines, *_nothing_found(answer, wanted, names, findings))
    for result in answer.results:
        told = verdict_name(result.decision.verdict)
        lines.extend(_result(told, result.decision.citations, result.changes, names))
    return tuple(lines)


def why_not_value_text(answer: WhyNotValue, names: Names, *, findings: bool) -> tuple[Line, ...]:
    """The value as it is, and the smallest changes of facts that give the wanted one."""
    fact = answer.value.fact
    lines = [line(Piece(printable(names.fact(fact)), "strong"), ": ", Piece(said_of(answer.value, names), "strong"))]
    wanted = "another value" if isinstance(answer.wanted, Unknown) else printable(names.value(fact, answer.wanted))
    if answer.is_met:
        return (*lines, line("  ", f"it is {wanted} as things stand; `--value` asks for another"))
    if not answer.results:
        return (*lines, *_nothing_found(answer, wanted, names, findings))
    for result in answer.results:
        lines.extend(_result(said_of(result.value, names), result.value.provisions, result.changes, names))
    return tuple(lines)


def _result(told: str, places: Sequence[str], changes: Iterable[Change], names: Names) -> Iterator[Line]:
    cites = ", ".join(names.provision(place) for place in places)
    yield line("  ", Piece(f"{told}, {cites}" if cites else told, "good"), ", if")
    yield from (_change(change, names) for change in changes)


def _nothing_found(answer: WhyNot | WhyNotValue, wanted: str, names: Names, findings: bool) -> list[Line]:
    """What was shown, and no more: a proof for the facts that may change, or how far was searched."""
    kept = [name for name in answer.left_out if findings or not _is_finding(name, names)]
    judged = [name for name in answer.left_out if not findings and _is_finding(name, names)]
    if answer.impossible:
        text = f"no change of the facts that can be changed makes it {wanted}"
    elif answer.searched_to:
        many = f"{answer.searched_to} fact{'' if answer.searched_to == 1 else 's'}"
        text = f"of the changes of up to {many} that were tried none makes it {wanted}; others were not tried"
    else:
        text = f"nothing was found in {answer.decisions} decisions that makes it {wanted}; more would have to be tried"
    lines = [line("  ", text)]
    if kept:
        lines.append(line("  ", "kept as they are: ", Piece("; ".join(map(names.fact, kept)), hangs=True)))
    if judged:
        told = "; ".join(map(names.fact, judged))
        lines.append(line("  ", "judgements, which `--findings` tries too: ", Piece(told, hangs=True)))
    return lines


def _is_finding(name: str, names: Names) -> bool:
    declared = names.vocabulary.facts.get(name)
    return declared is not None and bool(declared.found_by)


def _change(change: Change, names: Names) -> Line:
    if change.owner:
        owner, statement = names.party(change.owner), names.fact(change.fact)
        after = _found(change.after, change, names)
        now = "missing" if isinstance(change.before, Unknown) else f"found now: {_found(change.before, change, names)}"
        return line("    ", Piece(printable(f"the {owner} found: {statement}: {after}"), "fact"), f" ({now})")
    after = names.value(change.fact, change.after)
    before = "missing" if isinstance(change.before, Unknown) else f"now {names.value(change.fact, change.before)}"
    return line("    ", Piece(printable(f"{names.fact(change.fact)}: {after}"), "fact"), f" ({printable(before)})")


def _found(value: object, change: Change, names: Names) -> str:
    return printable(names.value(change.fact, value))


def when_text(answer: When, names: Names) -> tuple[Line, ...]:
    """All time as stretches with one verdict each."""
    lines = [line(Piece(printable(names.action(answer.action)), "strong"))]
    if answer.within is not None:
        first, last = answer.within
        lines.append(line(f"  it turns with the kind of day; from {say(first)} to {say(last)}:"))
    told = ((spell, verdict_aside(spell.verdict), spell.citations) for spell in answer.spells)
    return (*lines, *_stretches(told, names))


def when_value_text(answer: WhenValue, names: Names) -> tuple[Line, ...]:
    """All time as stretches with one value each."""
    lines = [line(Piece(printable(names.fact(answer.fact)), "strong"))]
    if answer.within is not None:
        first, last = answer.within
        lines.append(line(f"  it turns again and again; from {say(first)} to {say(last)}:"))
    told = ((spell, said_of(spell.value, names), spell.value.provisions) for spell in answer.spells)
    return (*lines, *_stretches(told, names))


def _stretches(told: Iterable[tuple[Spell | ValueSpell, str, Sequence[str]]], names: Names) -> Iterator[Line]:
    """Each stretch of time with what holds in it and by which provisions."""
    rows = [(_span(spell), said, places) for spell, said, places in told]
    column = max(len(span) for span, *_ in rows)
    for span, said, places in rows:
        cites = ", ".join(names.provision(place) for place in places)
        start = line(f"  {span:<{column}}  ", Piece(said, "strong", hangs=True))
        yield (*start, Piece(f"  {cites}", "place")) if cites else start


def _span(spell: Spell | ValueSpell) -> str:
    if spell.first is None and spell.last is None:
        return "always"
    if spell.first is None:
        return f"up to {say(spell.last)}"
    if spell.last is None:
        return f"from {say(spell.first)} on"
    return f"{say(spell.first)} to {say(spell.last)}"
