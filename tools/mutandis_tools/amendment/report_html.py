"""The report of an amendment as one self-contained HTML page, made to be printed and worked through on paper.

No script, no outside file. Everything that comes from a text or a rulebook is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from mutandis_text.comparison.compare import ChangeOf
from mutandis_tools.amendment.facts import Fact, list_tasks, summarise, tell, tell_instrument
from mutandis_tools.amendment.marks import join_marks
from mutandis_tools.amendment.reach import AmendmentReport
from mutandis_tools.amendment.sheets import Marks, Sheet, SheetRow, make_sheets
from mutandis_tools.report.lines import printable

_STYLE = """
@page { size: A4; margin: 16mm 14mm 18mm;
  @bottom-right { content: counter(page) " / " counter(pages); font-size: 8pt } }
* { box-sizing: border-box }
body { font: 10.5pt/1.4 "Noto Serif", Georgia, "Times New Roman", serif; color: #111; max-width: 62rem;
  margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 17pt; line-height: 1.2; margin: 0 0 .3rem }
h2 { font-size: 12.5pt; margin: 1.6rem 0 .5rem; padding-top: .4rem; border-top: 1.5pt solid #111; break-after: avoid }
p, ul { margin: .3rem 0 }
code, .id { font: 9pt/1.3 ui-monospace, "DejaVu Sans Mono", Menlo, monospace; overflow-wrap: anywhere }
.summary { color: #444 }
dl.instruments { margin: .8rem 0; padding: .5rem .8rem; border: .75pt solid #999 }
dl.instruments dt { font-weight: bold } dl.instruments dd { margin: 0 0 .2rem 1.2rem; color: #444 }
ul.tasks { list-style: none; padding: 0 } ul.tasks li { padding-left: 1.6rem; position: relative; margin: .35rem 0;
  break-inside: avoid }
ul.tasks li::before { content: ""; position: absolute; left: .1rem; top: .22rem; width: .8rem; height: .8rem;
  border: 1pt solid #111 }
table { width: 100%; border-collapse: collapse; table-layout: fixed }
th { text-align: left; font-size: 9pt; border-bottom: .75pt solid #111; padding: .15rem .4rem }
td { vertical-align: top; padding: .35rem .4rem; border-bottom: .5pt solid #bbb; overflow-wrap: anywhere }
tbody { break-inside: avoid }
col.place { width: 19% } col.wording { width: 40.5% }
tr.same td { color: #666 } tr.told td { border-bottom: .5pt solid #bbb; padding-top: 0; font-size: 9pt; color: #333 }
tr.changed td { border-bottom: 0 }
.what { display: block; font-size: 8.5pt; font-style: italic; color: #333 }
del { color: #8c1d18; text-decoration: line-through } ins { color: #0b5323; text-decoration: underline;
  text-decoration-thickness: 1.2pt; font-weight: bold }
.none { color: #777; font-style: italic } .label { font-style: italic }
ul.facts { list-style: none; padding: 0; margin: 0 }
footer { margin-top: 2rem; font-size: 8.5pt; color: #555; border-top: .5pt solid #bbb; padding-top: .4rem }
@media print { body { margin: 0; max-width: none; padding: 0 } }
"""


def report_html(report: AmendmentReport) -> str:
    """The page."""
    title = f"{report.title or report.law}: what the newer text changed"
    parts = [
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
        f"<title>{_text(title)}</title><style>{_STYLE}</style></head><body>",
        f'<h1>{_text(title)}</h1><p class="summary">{_text(summarise(report))}</p>',
        *_instruments(report),
        "<h2>To do</h2>",
        *_tasks(report),
    ]
    for sheet in make_sheets(report):
        parts += _sheet(sheet, report)
    parts += _small_changes(report)
    parts.append(f"<footer>{_text(report.law)}: <del>removed</del>, <ins>added</ins>.")
    if not report.has_old:
        parts.append(" The older text was not at hand: what it said and what referred to it are not shown.")
    parts.append("</footer></body></html>")
    return "\n".join(parts) + "\n"


def _instruments(report: AmendmentReport) -> Iterator[str]:
    if not report.instruments:
        return
    yield '<dl class="instruments">'
    for record in report.instruments:
        first, *rest = tell_instrument(record)
        yield f"<dt>{_text(first)}</dt>"
        yield from (f"<dd>{_text(text)}</dd>" for text in rest)
    yield "</dl>"


def _tasks(report: AmendmentReport) -> Iterator[str]:
    tasks = list_tasks(report)
    if not tasks:
        yield '<p class="none">Nothing.</p>'
        return
    yield '<ul class="tasks">'
    for task in tasks:
        yield f"<li>{_text(task.words)}{': ' if task.ids else ''}{_ids(task.ids)}</li>"
    yield "</ul>"


def _sheet(sheet: Sheet, report: AmendmentReport) -> Iterator[str]:
    yield f"<h2>{_text(sheet.title)}</h2>"
    if sheet.skeleton:
        yield f'<p><span class="label">begin its rules:</span> <code>{_text(sheet.skeleton)}</code></p>'
    yield '<table><colgroup><col class="place"><col class="wording"><col class="wording"></colgroup>'
    yield "<thead><tr><th></th><th>before</th><th>now</th></tr></thead>"
    for row in sheet.rows:
        yield "<tbody>"
        yield from _row(row, report)
        yield "</tbody>"
    yield "</table>"


def _row(row: SheetRow, report: AmendmentReport) -> Iterator[str]:
    facts = tell(row.reached, report) if row.reached is not None else ()
    kind = "same" if row.reached is None else "changed" if facts else ""
    what = f'<span class="what">{_text(row.what)}</span>' if row.what else ""
    name = _text(row.name).replace(" → ", " →<br>")
    yield f'<tr class="{kind}"><td><span class="id">{name}</span>{what}</td>'
    yield f"<td>{_cell(row.old)}</td><td>{_cell(row.new)}</td></tr>"
    if facts:
        items = "".join(f"<li>{_fact(fact)}</li>" for fact in facts)
        yield f'<tr class="told"><td></td><td colspan="2"><ul class="facts">{items}</ul></td></tr>'


def _small_changes(report: AmendmentReport) -> Iterator[str]:
    """What needs no reading: renumbered with the provision around it, or only an annotation."""
    follows = [one.name for one in report.reached if one.change.follows]
    notes = [one.name for one in report.reached if one.change.changes == (ChangeOf.ANNOTATION,)]
    if follows or notes:
        yield "<h2>Nothing to read again</h2>"
    if follows:
        yield f'<p><span class="label">renumbered with the provision around it:</span> {_ids(follows)}</p>'
    if notes:
        yield f'<p><span class="label">annotation only:</span> {_ids(notes)}</p>'


def _cell(marks: Marks | None) -> str:
    if marks is None:
        return '<span class="none">not at hand</span>'
    tags = {"kept": "{}", "removed": "<del>{}</del>", "added": "<ins>{}</ins>"}
    shown = join_marks(marks, lambda mark: tags[mark.kind].format(_text(mark.text)))
    return shown or '<span class="none">–</span>'


def _fact(fact: Fact) -> str:
    told = _ids(fact.ids)
    words = _text(fact.words)
    told = f"{told} ({words})" if told and words else told or words
    return f'<span class="label">{_text(fact.label)}</span>' + (f": {told}" if told else "")


def _ids(names: Iterable[str]) -> str:
    return ", ".join(f"<code>{_text(name)}</code>" for name in names)


def _text(text: str) -> str:
    return escape(printable(text))
