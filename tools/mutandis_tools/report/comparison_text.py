"""A comparison of two rulebooks, for a terminal and for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mutandis.decide.result import Decision
from mutandis.explain.words import verdict_aside
from mutandis_tools.comparison.declarations import About, DeclarationChange
from mutandis_tools.comparison.outcomes import OutcomeChange
from mutandis_tools.comparison.rules import RuleChange
from mutandis_tools.names import Names
from mutandis_tools.report.lines import BLANK, Line, Piece, Style, line, printable

_STYLES: dict[str, Style] = {"added": "good", "removed": "bad", "changed": "open"}


_HEADINGS: dict[About, str] = {
    "law": "Laws",
    "instrument": "Instruments",
    "term": "Terms",
    "fact": "Facts",
    "action": "Actions",
    "case": "Case files",
}


def comparison_text(
    rules: Sequence[RuleChange],
    reached: Mapping[str, Sequence[str]],
    declarations: Sequence[DeclarationChange],
    outcomes: Sequence[OutcomeChange],
    names: Names,
) -> tuple[Line, ...]:
    """The rules that differ, what lies behind them (`reached`, by provision), what else is declared otherwise, and the
    cases that come out otherwise.
    """
    lines: list[Line] = []
    for about, heading in _HEADINGS.items():
        mine = [one for one in declarations if one.about == about]
        if mine:
            lines += [*([BLANK] if lines else []), line(Piece(heading, "heading"))]
            lines += [
                line("  ", Piece(f"{one.kind:<7} ", _STYLES[one.kind]), Piece(printable(one.text), hangs=True))
                for one in mine
            ]
    if rules:
        lines += [BLANK] if lines else []
        lines.append(line(Piece("Rules", "heading")))
        for rule in rules:
            lines.extend(_rule(rule, reached.get(rule.provision, ()), names))
    if outcomes:
        lines += [*([BLANK] if lines else []), line(Piece("Cases", "heading"))]
        for outcome in outcomes:
            lines += [
                line("  ", Piece(printable(outcome.case.name), "strong")),
                line("    ", Piece("was ", "quiet"), _answer(outcome.old, names)),
                line("    ", Piece("is  ", "quiet"), _answer(outcome.new, names)),
            ]
    return tuple(lines)


def _rule(change: RuleChange, reached: Sequence[str], names: Names) -> list[Line]:
    parts = f" ({', '.join(change.parts)})" if change.parts else ""
    lines = [
        line(
            "  ",
            Piece(f"{change.kind:<7} ", _STYLES[change.kind]),
            Piece(names.provision(change.provision), "place"),
            Piece(f"{parts}: {printable(change.summary)}"),
        )
    ]
    if reached:
        told = ", ".join(names.provision(place) for place in reached)
        lines.append(line("          ", Piece("reaches ", "quiet"), Piece(printable(told), hangs=True)))
    return lines


def _answer(decision: Decision | None, names: Names) -> str:
    if decision is None:
        return "cannot be asked"
    cites = ", ".join(names.provision(place) for place in decision.citations)
    return f"{verdict_aside(decision.verdict)}{f': {cites}' if cites else ''}"


def comparison_data(
    rules: Sequence[RuleChange],
    reached: Mapping[str, Sequence[str]],
    declarations: Sequence[DeclarationChange],
    outcomes: Sequence[OutcomeChange],
) -> dict[str, object]:
    """The same as data."""
    return {
        "declarations": [
            {"about": one.about, "name": one.name, "change": one.kind, "text": one.text} for one in declarations
        ],
        "rules": [
            {
                "rule": change.rule,
                "provision": change.provision,
                "change": change.kind,
                "parts": list(change.parts),
                "reaches": list(reached.get(change.provision, ())),
            }
            for change in rules
        ],
        "cases": [
            {"case": one.case.name, "old": _answer_data(one.old), "new": _answer_data(one.new)} for one in outcomes
        ],
    }


def _answer_data(decision: Decision | None) -> dict[str, object] | None:
    if decision is None:
        return None
    return {"verdict": decision.verdict.value, "cites": list(decision.citations)}
