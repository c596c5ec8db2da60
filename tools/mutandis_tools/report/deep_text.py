"""What a deep check found, for a terminal and for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from mutandis.backends.solver.bounds import told_together
from mutandis.decide.result import as_data
from mutandis.facts.writing import written_facts
from mutandis.vocabulary import Vocabulary
from mutandis_tools.deep.findings import KINDS, DeepFinding, DeepReport
from mutandis_tools.names import Names
from mutandis_tools.report.lines import BLANK, Line, Piece, Style, line, printable
from mutandis_tools.report.meaning_text import circumstances

_SURE = {"proved": "proved", "case": "shown", "searched": "searched"}


def deep_text(found: DeepReport, names: Names) -> tuple[Line, ...]:
    """The findings by their kinds, then what was asked, what was not settled, and the bounds."""
    lines: list[Line] = []
    for kind, words in KINDS.items():
        mine = [one for one in found.findings if one.kind == kind]
        if mine:
            lines += [*([BLANK] if lines else []), line(Piece(words[:1].upper() + words[1:], "heading"))]
            for alike in _alike(mine):
                lines += _finding(alike, names)
    lines += [*([BLANK] if lines else []), line(Piece(_summary(found), "quiet"))]
    for reason, count in Counter(found.open_.values()).items():
        which = ", ".join(sorted(name for name, why in found.open_.items() if why == reason)[:8])
        lines.append(
            line("  ", Piece("not settled ", "open"), Piece(printable(f"{count} ({reason}): {which}"), hangs=True))
        )
    if found.bounds:
        lines.append(line("  ", Piece("within ", "quiet"), Piece(told_together(found.bounds), hangs=True)))
    return tuple(lines)


def _alike(findings: Iterable[DeepFinding]) -> Iterable[list[DeepFinding]]:
    """Findings that say one thing of one or two provisions, about several actions, together.

    Of a definition's gap in a fact of several kinds of one thing, the one with the shortest name comes first.
    """
    found: dict[object, list[DeepFinding]] = {}
    for number, one in enumerate(findings):
        places = frozenset({one.provision, one.other})
        if one.kind == "gap":
            key: object = one.provision, one.text, one.subject.rpartition(".")[2], _stated(one)
        elif one.case is not None or not one.provision:
            key = number
        else:
            key = places, "" if one.other else one.text, one.sure
        found.setdefault(key, []).append(one)
    return [
        sorted(some, key=lambda one: len(one.subject)) if some[0].kind == "gap" else some for some in found.values()
    ]


def _stated(one: DeepFinding) -> frozenset[tuple[str, str]]:
    """The facts of a finding's case, whatever they are of."""
    facts = {} if one.case is None else one.case.facts
    return frozenset((name.rpartition(".")[2], str(as_data(value))) for name, value in facts.items())


def _finding(alike: list[DeepFinding], names: Names) -> Iterator[Line]:
    one = alike[0]
    is_fact = one.kind in ("gap", "two-values", "question-never-matters")
    about = dict.fromkeys(f"`{each.subject}`" if is_fact else names.action(each.subject) for each in alike)
    said = one.text
    for place in sorted(filter(None, {one.provision, one.other}), key=len, reverse=True):
        said = said.replace(place, names.provision(place))
    whole = names.provision(one.provision) if one.provision else ""
    place = f"{whole}: " if whole and not said.startswith(whole) else ""
    style: Style = "open" if one.is_note else "bad"
    yield line(
        "  ",
        Piece(f"{_SURE[one.sure]:<8} ", style),
        Piece(printable(f"{place}{said}"), hangs=True),
        Piece(printable(f" ({'; '.join(about)})"), "quiet"),
    )
    if one.case is not None:
        for number, fact in enumerate(circumstances(one.case, {}, names)):
            yield line("    ", Piece("where " if not number else "and   ", "quiet"), Piece(printable(fact), hangs=True))


def _summary(found: DeepReport) -> str:
    asked = [_many(found.actions, "action")] + [_many(found.definitions, "definition")] * (found.definitions > 0)
    told = _many(len(found.findings), "finding") if found.findings else "nothing found"
    if found.disjoint:
        told += f"; {_many(found.disjoint, 'pair')} of rules in two directions proved never to meet"
    return f"{' and '.join(asked)} asked about all cases: {told}"


def _many(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def deep_data(found: DeepReport, vocabulary: Vocabulary) -> dict[str, object]:
    """The same as data (`schemas/deep-check.schema.json`)."""
    return {
        "findings": [
            {
                "kind": one.kind,
                "subject": one.subject,
                "provision": one.provision,
                "other": one.other or None,
                "text": one.text,
                "sure": one.sure,
                "note": one.is_note,
                "case": None
                if one.case is None
                else {
                    "facts": written_facts(one.case.facts, vocabulary),
                    "at": as_data(one.case.at),
                    "law_as_of": as_data(one.case.law_as_of),
                    "cites": list(one.cites),
                },
            }
            for one in found.findings
        ],
        "actions": found.actions,
        "definitions": found.definitions,
        "disjoint_pairs": found.disjoint,
        "not_settled": dict(found.open_),
        "bounds": list(found.bounds),
    }
