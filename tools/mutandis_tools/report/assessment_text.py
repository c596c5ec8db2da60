"""Everything that binds in a case, for a terminal: by what it asks, with the provisions and the one who bears it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from mutandis.citation import parse_citation
from mutandis.decide.result import Decision, Verdict
from mutandis.explain.words import penalty_in_words
from mutandis_tools.names import Names
from mutandis_tools.report.breached import bound_by
from mutandis_tools.report.decision_outline import due_in_words, within
from mutandis_tools.report.lines import BLANK, Line, Piece, Style, line, printable

_A_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_OWED = "Must be done"
_ALLOWED = "May be done"
_GROUPS = (
    (_OWED, (Verdict.REQUIRED,)),
    (_ALLOWED, (Verdict.PERMITTED, Verdict.CONDITIONAL)),
    ("Must not be done", (Verdict.FORBIDDEN,)),
    ("Need not be done", (Verdict.EXEMPT,)),
    ("In conflict", (Verdict.CONFLICT,)),
    ("Not settled", (Verdict.UNDETERMINED,)),
)


def assessment_text(
    decisions: Iterable[Decision],
    left_out: int,
    names: Names,
    title: str = "",
    done: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
) -> tuple[Line, ...]:
    """The decisions in groups, in the order of the law, duties that go on apart from those that are done once;
    `left_out` says how many more are open for want of facts, and `done` which duties have been done, each with the
    provisions that allow the same still.
    """
    found = tuple(decisions)
    lines: list[Line] = [line(Piece(printable(title), "heading"))] if title else []
    due = [d for d in found if d.action not in done]
    groups = [(heading, [d for d in due if d.verdict in verdicts]) for heading, verdicts in _GROUPS]
    owed = dict(groups)[_OWED]
    groups[:1] = [
        (_OWED, [d for d in owed if not names.is_continuing(d.action)]),
        ("Must be done as long as the grounds hold", [d for d in owed if names.is_continuing(d.action)]),
        ("Has been done", [d for d in found if d.action in done and d.verdict is not Verdict.FORBIDDEN]),
    ]
    for heading, members in groups:
        told = [(decision, decision.citations, True) for decision in members]
        if heading == _ALLOWED:
            told += [(one, places, False) for one in found if (places := done.get(one.action, ()))]
        if told:
            lines += [BLANK, line(Piece(heading, "heading"))]
            for decision, places, whole in sorted(told, key=lambda one: _first_place(one[1])):
                lines.append(_action(decision, places, names))
                lines.extend(_circumstances(decision, names) if whole else ())
    if left_out:
        lines += [
            BLANK,
            line(Piece(f"{left_out} more turn on facts that are not known (`--open` shows them)", "quiet")),
        ]
    if not found and not left_out:
        lines.append(line("  ", "no provision of the rulebook binds here"))
    return tuple(lines)


def _first_place(places: Iterable[str]) -> tuple[object, ...]:
    """By the first provision that decides; what no provision decides comes last."""
    keys = [parse_citation(place).sort_key() for place in places]
    return (not keys, *(min(keys) if keys else ()))


def _action(decision: Decision, places: tuple[str, ...], names: Names) -> Line:
    """The action, who bears it, the provisions that say so."""
    norms = [cited.by for cited in decision.cited if places == decision.citations]
    by = tuple(dict.fromkeys(party for parties in norms for party in parties))
    bearer = f" (by {' or '.join(names.party(party) for party in by)})" if by else ""
    said = ", ".join(names.provision(place) for place in places)
    steps = (step.citation for cited in decision.cited for chain in cited.chains for step in chain)
    through = dict.fromkeys(map(names.provision, steps))
    if through and places == decision.citations:
        said += f", through {', '.join(through)}"
    return line(
        "  ", Piece(printable(names.action(decision.action)), "strong"), printable(bearer), "  ", Piece(said, "place")
    )


def _circumstances(decision: Decision, names: Names) -> list[Line]:
    """Within what bounds and on what conditions it may be done; what is due, breached, threatened and missing."""
    spoken = names.spoken(decision.action)
    lines: list[Line] = []
    if decision.verdict is Verdict.CONDITIONAL:
        if bounds := within(decision, names, named=True):
            lines.append(_told("if", "open", bounds.removeprefix("permitted with ")))
        unmet = decision.unmet if spoken is None else map(spoken.condition, decision.unmet)
        lines += [_told("if", "open", one) for one in dict.fromkeys(unmet)]
    for one in decision.authority:
        if one.role == "defines" and one.facts and _A_DAY.match(one.text):
            fact = one.facts[0]
            lines.append(_told("with", "quiet", f"{names.fact(fact)}: {names.value(fact, one.text)}"))
    lines += [_told("due", "quiet", due_in_words(due, names)) for due in decision.deadlines]
    for breach in decision.breaches:
        words = spoken.condition(breach.condition) if spoken is not None else breach.condition
        bound = "".join(f" ({told})" for told in bound_by(breach, decision, names))
        lines.append(_told("breached", "bad", f"{names.provision(breach.provision)}{bound}, not met: {words}"))
    for threat in decision.penalties:
        options = " or ".join(map(penalty_in_words, threat.options))
        parts = f"{names.provision(threat.provision)}: {options}", names.falls_on(threat.by)
        lines.append(_told("penalty", "bad", ", ".join(filter(None, parts))))
    if decision.missing:
        lines.append(_told("missing", "open", "; ".join(names.question(name) for name in decision.missing)))
    return lines


def _told(word: str, style: Style, text: str) -> Line:
    return line("    ", Piece(f"{word} ", style), Piece(printable(text), hangs=True))
