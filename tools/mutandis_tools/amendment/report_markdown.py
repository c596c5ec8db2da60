"""The report of an amendment as Markdown: a list to work through, or the whole report with each article in a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from mutandis_text.comparison.compare import ChangeOf
from mutandis_tools.amendment.facts import (
    Fact,
    list_tasks,
    summarise,
    tell,
    tell_instrument,
    tell_shifted,
)
from mutandis_tools.amendment.marks import Mark, join_marks, mark_words
from mutandis_tools.amendment.reach import AmendmentReport
from mutandis_tools.amendment.sheets import Marks, make_sheets
from mutandis_tools.report.lines import printable

_MARKS = {"kept": "{}", "removed": "~~{}~~", "added": "**{}**"}


def check_markdown(report: AmendmentReport) -> str:
    """Every change as a box to tick, by kind."""
    lines = [f"# {report.law}: what the newer text changed", "", summarise(report), ""]
    lines += [*_instruments(report)]
    for kind in ChangeOf:
        found = [one for one in report.reached if one.change.changes[0] is kind and not one.change.follows]
        if not found:
            continue
        lines += [f"## {kind.value.capitalize()}", ""]
        for reached in found:
            others = "".join(f", {other.value}" for other in reached.change.changes[1:])
            lines.append(f"- [ ] `{reached.name}`{others}")
            words = join_marks(mark_words(reached.change.edits), _mark)
            lines += [f"  - {words}"] if words else []
            lines += [f"  - {_fact(fact)}" for fact in tell(reached, report)]
        lines.append("")
    following = sum(one.change.follows for one in report.reached)
    if following:
        lines += [f"{following} provisions were renumbered with the provision they stand in.", ""]
    lines += list(_broken(report))
    return "\n".join(lines).rstrip() + "\n"


def report_markdown(report: AmendmentReport) -> str:
    """The whole report: worklist, then each article before and after."""
    lines = [f"# {_text(report.title or report.law)}: what the newer text changed", "", summarise(report), ""]
    lines += [*_instruments(report), "## To do", ""]
    for task in list_tasks(report):
        lines.append(f"- [ ] {_text(task.words)}{': ' if task.ids else ''}{_ids(task.ids)}")
    lines.append("")
    for sheet in make_sheets(report):
        lines += [f"## {_text(sheet.title)}", ""]
        lines += [f"Begin its rules: `{sheet.skeleton}`", ""] if sheet.skeleton else []
        lines += ["| | before | now |", "|---|---|---|"]
        for row in sheet.rows:
            name = f"`{row.name}`" + (f"<br>{row.what}" if row.what else "")
            lines.append(f"| {name} | {_cell(row.old)} | {_cell(row.new)} |")
        lines.append("")
        for row in sheet.rows:
            facts = tell(row.reached, report) if row.reached is not None else ()
            lines += [f"- [ ] `{row.name}`", *(f"  - {_fact(fact)}" for fact in facts)] if facts else []
        lines.append("")
    lines += list(_broken(report))
    return "\n".join(lines).rstrip() + "\n"


def _instruments(report: AmendmentReport) -> Iterator[str]:
    for record in report.instruments:
        first, *rest = tell_instrument(record)
        yield f"- {_text(first)}"
        yield from (f"  - {_text(text)}" for text in rest)
    if report.instruments:
        yield ""


def _broken(report: AmendmentReport) -> Iterator[str]:
    if report.broken:
        yield from ("## References that no longer hold", "")
        yield from (f"- [ ] `{r.origin}`, {_text(r.raw)}: {_text(r.broken or '')}" for r in report.broken)
    if report.broken and report.shifted:
        yield ""
    if report.shifted:
        yield from ("## References that name another provision now", "")
        yield from (f"- [ ] `{one.origin}`, {_text(one.raw)}: {_text(tell_shifted(one))}" for one in report.shifted)


def _cell(marks: Marks | None) -> str:
    if marks is None:
        return "(not at hand: give --old)"
    return join_marks(marks, _mark)


def _mark(mark: Mark) -> str:
    return _MARKS[mark.kind].format(_text(mark.text))


def _fact(fact: Fact) -> str:
    told = _ids(fact.ids)
    words = _text(fact.words)
    told = f"{told} ({words})" if told and words else told or words
    return f"{_text(fact.label)}: {told}" if told else _text(fact.label)


def _ids(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" if not name.startswith("…") else name for name in names)


def _text(text: str) -> str:
    """Text of the statute with nothing in it that Markdown or HTML would take for its own."""
    return re.sub(r"([\\*_`|<>\[\]~#])", r"\\\1", printable(text))
