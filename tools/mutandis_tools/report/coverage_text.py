"""Coverage for a terminal and for programs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mutandis.link.standings import STANDINGS, ProvisionStanding
from mutandis_tools.coverage.duties import ENDS, Duty
from mutandis_tools.coverage.exercise import PART_KINDS, Exercise
from mutandis_tools.coverage.provisions import Tally, chapter_title, tally
from mutandis_tools.names import Names
from mutandis_tools.report.lines import BLANK, Line, Piece, Style, line, printable

_HEADINGS = {
    "encoded": "encoded",
    "stated": "stated",
    "delegated": "delegated",
    "not_modelled": "not modelled",
    "unaccounted": "open",
}
_LEAST = 12
"""A chapter's title gets so many columns on the narrowest terminal."""
_ROOMY = 24
"""With fewer columns than that for the titles the table is drawn narrow."""
_END_HEADINGS = {"done": "done once", "continuing": "going on", "recurs": "coming again", "open": "open"}
"""The duties by what tells their end."""
_PLURALS = {
    "rule": "rules",
    "ground": "grounds",
    "exclusion": "exclusions",
    "requirement": "requirements",
    "value": "values",
    "penalty": "penalties",
    "clause": "clauses",
    "construal": "construals",
}


def coverage_text(
    provisions: Sequence[ProvisionStanding],
    exercises: Sequence[Exercise],
    duties: Sequence[Duty],
    names: Names,
    *,
    by_article: bool = False,
    list_untried: bool = False,
    list_duties: bool = False,
    columns: int = 100,
) -> tuple[Line, ...]:
    """Provisions by law and chapter (or article), parts of rules by kind, duties by what ends them; then what is still
    open.
    """
    lines = [*_provision_table(provisions, names, by_article, columns), BLANK, *_exercise_table(exercises)]
    lines += _duty_table(duties)
    open_ones = [p for p in provisions if p.standing == "unaccounted"]
    if open_ones and by_article:
        lines += [BLANK, line(Piece("Not accounted for", "heading"))]
        lines += [line("  ", Piece(names.provision(str(p.citation)), "place")) for p in open_ones]
    if list_untried:
        untried = [_untried(exercise, names) for exercise in exercises if not exercise.is_complete]
        lines += _listed(untried, "Not tried in both directions", "every part is tried in both directions")
    if list_duties:
        endless = [_endless(duty, names) for duty in duties if duty.end == "open"]
        told = "of every duty something says when it is over"
        lines += _listed(endless, "Duties of which nothing says when they are over", told)
    return tuple(lines)


def _listed(found: list[Line], heading: str, none: str) -> list[Line]:
    """What was asked to be listed, or that there is nothing to list."""
    return [BLANK, line(Piece(heading, "heading")), *found] if found else [BLANK, line(none)]


def _provision_table(
    provisions: Sequence[ProvisionStanding], names: Names, by_article: bool, columns: int
) -> list[Line]:
    level_rows: list[tuple[str, Tally, Style]] = []
    for law in tally(provisions, "law"):
        mine = [p for p in provisions if p.citation.law == law.law]
        level_rows.append((_law_name(law.law, names), law, "strong"))
        for part in tally(mine, "article" if by_article else "chapter"):
            label = f"Art. {part.article}" if by_article else chapter_title(part.chapter)
            level_rows.append((f"  {label}", part, ""))
    named = [_HEADINGS[standing] for standing in STANDINGS] + ["total"]
    is_narrow = columns - sum(len(name) + 2 for name in named) < _ROOMY
    # Where there is little room a heading has a line for each of its words, and its column one blank before it.
    heads = [name.split() if is_narrow else [name] for name in named]
    gap = " " if is_narrow else "  "
    widths = [max(5, *map(len, head)) for head in heads]
    room = max(columns - sum(widths) - len(gap) * len(widths), _LEAST)
    titles = ["Provisions", *(label for label, _, _ in level_rows)]
    column = max((len(title) for title in titles if len(title) <= room), default=0)
    lines: list[Line] = []
    for above in reversed(range(max(map(len, heads)))):
        cells = [head[-1 - above] if above < len(head) else "" for head in heads]
        lines.append(line(Piece(_row("" if above else "Provisions", column, cells, widths, gap), "heading")))
    for label, row, style in level_rows:
        counts = dict(row.counts)
        if len(label) > column:  # it has a line of its own, above its numbers
            lines.append(line(Piece(label, style)))
            label = ""
        numbers = [str(counts[standing] or "·") for standing in STANDINGS] + [str(row.total)]
        lines.append(line(Piece(f"{label:<{column}}", style), _row("", 0, numbers, widths, gap)))
    return lines


def _row(label: str, column: int, cells: Sequence[str], widths: Sequence[int], gap: str) -> str:
    return f"{label:<{column}}" + "".join(f"{gap}{cell:>{w}}" for cell, w in zip(cells, widths, strict=True))


def _law_name(law: str, names: Names) -> str:
    return names.laws[law].short if law in names.laws else law


def _exercise_table(exercises: Sequence[Exercise]) -> list[Line]:
    lines = [
        line(Piece(f"{'Tried by cases':<14}  {'both ways':>9}  {'one way':>7}  {'never':>5}  {'total':>5}", "heading"))
    ]
    for kind in PART_KINDS:
        mine = [e for e in exercises if e.part.kind == kind]
        if mine:
            full = sum(e.is_complete for e in mine)
            never = sum(not e.held and not e.not_held for e in mine)
            partly = len(mine) - full - never
            lines.append(
                line(f"{_PLURALS[kind]:<14}  {full:>9}  {partly or '·':>7}  {never or '·':>5}  {len(mine):>5}")
            )
    return lines


def _duty_table(duties: Sequence[Duty]) -> list[Line]:
    if not duties:
        return []
    counts = [sum(duty.end == end for duty in duties) for end in ENDS]
    heads = [_END_HEADINGS[end] for end in ENDS]
    cells = [f"{count or '·':>{len(head)}}" for head, count in zip(heads, counts, strict=True)]
    return [
        BLANK,
        line(Piece("  ".join([f"{'Duties':<14}", *heads, "total"]), "heading")),
        line("  ".join([f"{'actions':<14}", *cells, f"{len(duties):>5}"])),
    ]


def _endless(duty: Duty, names: Names) -> Line:
    places = ", ".join(names.provision(str(place)) for place in duty.places)
    return line(
        "  ", Piece(places, "place"), f"  {printable(names.action(duty.action))}", Piece(f"  {duty.action}", "quiet")
    )


def _untried(exercise: Exercise, names: Names) -> Line:
    part = exercise.part
    wanting = [word for word, cases in (("holds", exercise.held), ("does not hold", exercise.not_held)) if not cases]
    if not exercise.can_fail:
        wanting = ["holds"]
    what = f" ({part.detail})" if part.kind == "construal" else f" {_effect(part.rule.partition('#')[2], names)}"
    if part.kind in ("requirement", "value") and part.detail != "0":
        # Several at one place are told apart by their number.
        what = f" {int(part.detail) + 1}{what}"
    return line(
        "  ",
        Piece(names.provision(part.place), "place"),
        f"  {part.kind}{what.rstrip()}",
        Piece(f"  no case where it {' and none where it '.join(wanting)}", "quiet"),
    )


def _effect(told: str, names: Names) -> str:
    """What a rule does, as its id has it; a fact that it gives by its label."""
    key, _, fact = told.partition(" ")
    return f"{key} {names.fact(fact)}" if fact in names.vocabulary.facts else told


def coverage_data(
    provisions: Iterable[ProvisionStanding], exercises: Iterable[Exercise], duties: Iterable[Duty]
) -> dict[str, object]:
    """The same as data: every provision with its standing, every part with the cases that try it, every duty's end."""
    return {
        "provisions": [
            {"provision": str(p.citation), "standing": p.standing, "chapter": p.chapter, "reason": p.reason}
            for p in provisions
        ],
        "parts": [
            {
                "kind": e.part.kind,
                "rule": e.part.rule,
                "place": e.part.place,
                "detail": e.part.detail,
                "can_fail": e.can_fail,
                "held": list(e.held),
                "not_held": list(e.not_held),
            }
            for e in exercises
        ],
        "duties": [
            {"action": d.action, "provisions": [str(place) for place in d.places], "end": d.end} for d in duties
        ],
    }
