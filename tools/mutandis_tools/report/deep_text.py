"""What a deep check found, for a terminal and for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

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
            for one in mine:
                lines += _finding(one, names)
    lines += [*([BLANK] if lines else []), line(Piece(_summary(found), "quiet"))]
    for reason, count in Counter(found.open_.values()).items():
        which = ", ".join(sorted(name for name, why in found.open_.items() if why == reason)[:8])
        lines.append(
            line("  ", Piece("not settled ", "open"), Piece(printable(f"{count} ({reason}): {which}"), hangs=True))
        )
    if found.bounds:
        lines.append(line("  ", Piece("within ", "quiet"), Piece("; ".join(found.bounds), hangs=True)))
    return tuple(lines)


def _finding(one: DeepFinding, names: Names) -> Iterator[Line]:
    about = (
        f"`{one.subject}`" if one.kind in ("gap", "two-values", "question-never-matters") else names.action(one.subject)
    )
    place = f"{names.provision(one.provision)}: " if one.provision else ""
    style: Style = "open" if one.is_note else "bad"
    yield line(
        "  ",
        Piece(f"{_SURE[one.sure]:<8} ", style),
        Piece(printable(f"{place}{one.text}"), hangs=True),
        Piece(printable(f" ({about})"), "quiet"),
    )
    if one.case is not None:
        for number, fact in enumerate(circumstances(one.case, {}, names)):
            yield line("    ", Piece("where " if not number else "and   ", "quiet"), Piece(printable(fact), hangs=True))


def _summary(found: DeepReport) -> str:
    count = f"{found.actions:,} actions and {found.definitions:,} definitions asked about all cases: "
    told = f"{len(found.findings):,} findings" if found.findings else "nothing found"
    pairs = f"; {found.disjoint:,} pairs of rules in two directions proved never to meet" if found.disjoint else ""
    return f"{count}{told}{pairs}"


def deep_data(found: DeepReport, vocabulary: Vocabulary) -> dict[str, object]:
    """The same as data (`schemas/deep-check.schema.json`)."""
    return {
        "findings": [
            {
                "kind": one.kind,
                "subject": one.subject,
                "provision": one.provision,
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
