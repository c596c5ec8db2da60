"""Answers to the further questions, for a terminal: what would change a verdict, and from when each holds."""

from __future__ import annotations

from mutandis.explain.words import verdict_aside, verdict_in_words, verdict_name
from mutandis.questions.when import Spell, When
from mutandis.questions.why_not import Change, WhyNot
from mutandis.values import Unknown
from mutandis_tools.names import Names, say
from mutandis_tools.report.lines import Line, Piece, line, printable


def why_not_text(answer: WhyNot, names: Names) -> tuple[Line, ...]:
    """The verdict as it is, and the smallest changes of facts that give the wanted one."""
    wanted = " or ".join(verdict_name(verdict) for verdict in answer.wanted)
    now = verdict_in_words(answer.decision.verdict)
    lines = [line(Piece(printable(names.action(answer.decision.action)), "strong"), ": ", Piece(now, "strong"))]
    if answer.decision.verdict in answer.wanted:
        return (*lines, line("  ", f"it is {wanted} as things stand"))
    if answer.impossible:
        return (*lines, line("  ", f"no change of facts that anybody could change makes it {wanted}"))
    if not answer.results:
        many = f"no change of up to {answer.searched_to} fact{'' if answer.searched_to == 1 else 's'} makes it {wanted}"
        return (*lines, line("  ", many))
    for result in answer.results:
        cites = ", ".join(names.provision(place) for place in result.decision.citations)
        under = f", {cites}" if cites else ""
        lines.append(line("  ", Piece(f"{verdict_name(result.decision.verdict)}{under}", "good"), ", if"))
        lines.extend(_change(change, names) for change in result.changes)
    return tuple(lines)


def _change(change: Change, names: Names) -> Line:
    before = "not said" if isinstance(change.before, Unknown) else names.value(change.fact, change.before)
    after = names.value(change.fact, change.after)
    told = Piece(printable(f"{names.fact(change.fact)}: {after}"), "fact", hangs=True)
    return line("    ", told, f" (now {printable(before)})")


def when_text(answer: When, names: Names) -> tuple[Line, ...]:
    """All time as stretches with one verdict each."""
    lines = [line(Piece(printable(names.action(answer.action)), "strong"))]
    spans = [_span(spell) for spell in answer.spells]
    column = max(len(span) for span in spans)
    for span, spell in zip(spans, answer.spells, strict=True):
        cites = ", ".join(names.provision(place) for place in spell.citations)
        told = line(f"  {span:<{column}}  ", Piece(verdict_aside(spell.verdict), "strong", hangs=True))
        lines.append((*told, Piece(f"  {cites}", "place")) if cites else told)
    return tuple(lines)


def _span(spell: Spell) -> str:
    if spell.first is None and spell.last is None:
        return "always"
    if spell.first is None:
        return f"up to {say(spell.last)}"
    if spell.last is None:
        return f"from {say(spell.first)} on"
    return f"{say(spell.first)} to {say(spell.last)}"
