"""The changed articles as sheets: each provision before and after, in the order of the newer text.

A provision that did not change stands between those that did, so that an article reads as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator

from mutandis.dataclass import dataclass
from mutandis_text.comparison.compare import ChangeOf
from mutandis_text.comparison.tree import root_of
from mutandis_text.comparison.units import is_heading, name_place
from mutandis_tools.amendment.gone import GoneArticle, name_article, tell_article, tell_gone
from mutandis_tools.amendment.marks import Mark, mark_words
from mutandis_tools.amendment.reach import AmendmentReport, Reached

Marks = tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One provision. `old` is None where the older wording is not at hand; `reached` is None where nothing changed."""

    name: str
    what: str
    old: Marks | None
    new: Marks
    reached: Reached | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One article (or addendum, annex, or the headings together). `skeleton` is the command that begins its rule file;
    empty where it has one, or can have none."""

    title: str
    article: str
    rows: tuple[SheetRow, ...]
    skeleton: str = ""


def make_sheets(report: AmendmentReport) -> tuple[Sheet, ...]:
    """The sheets of all articles with a change worth reading, in the order of the newer text."""
    gone = {one.id: one for one in report.gone}
    groups: dict[tuple[str, GoneArticle | None], list[Reached]] = {}
    for reached in report.reached:
        change = reached.change
        if change.changes == (ChangeOf.ANNOTATION,) or change.follows:
            continue
        root = "" if is_heading(change.id) else root_of(change.id)
        was_in = gone.get(root_of(change.old or "")) if ChangeOf.DELETED in change.changes else None
        groups.setdefault((root, was_in), []).append(reached)
    sheets = (_sheet(root, found, report, was_in) for (root, was_in), found in groups.items())
    return tuple(sheet for sheet in sheets if sheet.rows)


def _sheet(root: str, found: list[Reached], report: AmendmentReport, gone: GoneArticle | None) -> Sheet:
    if gone is not None:
        rows = tuple(_changed_row(one, report) for one in found)
        name = f"{name_article(root)} {gone.heading}".rstrip()
        return Sheet(f"{'Earlier ' if gone.retaken else ''}{name}: {tell_gone(gone)}", root, rows)
    rows = tuple(_rows(root, found, report))
    if not root:
        return Sheet("Title and headings of divisions", "", rows)
    number = root.removeprefix(f"{report.law}/")
    title = f"{name_article(root)} {report.headings.get(root, '')}".rstrip()
    took_over = tell_article(root, report.gone, report.split)
    # The rules of an article that moved stand where it was.
    modelled = {root, report.comparison.origins.get(root, root)} & report.modelled
    wanted = root in report.headings and not modelled and not name_place(root)
    # Of the addenda only a clause that governs something is a rule; when they take effect stands in `law.yaml`.
    clauses = {root_of(clause.provision) for one in report.reached for clause in one.clauses}
    wanted = wanted and ("/addenda-" not in root or root in clauses)
    command = f"mutandis new article {report.law} {number} --text {report.file}" if wanted else ""
    return Sheet(f"{title}: {took_over}" if took_over else title, root, rows, command)


def _rows(root: str, found: list[Reached], report: AmendmentReport) -> Iterator[SheetRow]:
    by_new = {one.change.new: one for one in found if one.change.new}
    gone = [one for one in found if one.change.new is None]
    for name in report.order.get(root, ()) if root else by_new:
        reached = by_new.get(name)
        if reached is not None:
            yield _changed_row(reached, report)
        elif name in report.new_words:
            text = report.new_words[name]
            origin = report.comparison.origins.get(name, name)
            what = "" if origin == name else f"was {origin}"
            if text:
                kept = (Mark("kept", text),)
                yield SheetRow(name, what, kept if report.has_old else None, kept, None)
    yield from (_changed_row(one, report) for one in gone)


def _changed_row(reached: Reached, report: AmendmentReport) -> SheetRow:
    change = reached.change
    what = ", ".join(kind.value for kind in change.changes)
    if change.headings is not None and not change.edits:
        old: Marks | None = (Mark("removed", change.headings[0]),)
        new: Marks = (Mark("added", change.headings[1]),)
        return SheetRow(reached.name, what, old, new, reached)
    if change.edits:
        old = tuple(mark_words(change.edits, whole=True, side="old"))
        new = tuple(mark_words(change.edits, whole=True, side="new"))
        return SheetRow(reached.name, what, old, new, reached)
    text = report.new_words.get(change.new or "", "")
    same = ChangeOf.REWORDED not in change.changes and change.old is not None and change.new is not None
    kept: Marks = (Mark("kept", text),) if text else ()
    inserted = ChangeOf.INSERTED in change.changes
    earlier = () if inserted else kept if same and report.has_old else None
    shown: Marks = (Mark("added", text),) if inserted and text else kept
    return SheetRow(reached.name, what, earlier, () if change.new is None else shown, reached)
