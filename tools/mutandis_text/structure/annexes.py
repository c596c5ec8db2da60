"""Gives attached tables and forms their ids and entries.

An annex is a table or form (`act/table-1`, `act/form-3-2`, without a number `act/table`). Its lines that begin with a
number in row are its entries, those that begin with a letter the items of an entry; what stands before the first is its
own wording.
"""

from __future__ import annotations

from mutandis_text.characters.mapped_text import join_stretches
from mutandis_text.document import Annex, Extent, ProvisionKind
from mutandis_text.lines.line_forms import LabelForm, line_end, match_item, match_subparagraph, skip_blanks
from mutandis_text.lines.numbering import follows, next_number
from mutandis_text.structure import english
from mutandis_text.structure.annotations import take_additions
from mutandis_text.structure.assembly import Assembly, OpenNode


def close_annex(title: Extent, extent: Extent, assembly: Assembly) -> Annex:
    """The annex with its first line `title` over `extent`."""
    masked = assembly.masked
    printed = " ".join(masked[title.start : title.end].split())
    match = english.ANNEX_TITLE.match(masked, title.start, title.end)
    kind, number = (match["kind"].lower(), (match["number"] or "").lower()) if match else ("annex", "")
    own = _free_id(f"{assembly.law}/{kind}-{number}" if number else f"{assembly.law}/{kind}", assembly.ids)
    node = OpenNode(ProvisionKind.ANNEX, number, title, shared=True)
    rest = Extent(match.end(), title.end) if match else title
    told = take_additions(join_stretches(masked, [rest]), own, own)
    node.heading = " ".join(told.wording.text.split()) or None
    _read_entries(masked, title.end, extent.end, node)
    body = assembly.close(node, own)
    return Annex(printed, extent, body)


def _read_entries(masked: str, pos: int, end: int, node: OpenNode) -> None:
    entry = holder = node
    while pos < end:
        stop = min(line_end(masked, pos), end)
        low = skip_blanks(masked, pos, stop)
        pos = stop + 1
        if low >= stop:
            continue
        label = match_subparagraph(masked, low)
        if label is not None and label.end <= stop and follows(label.number, node.last.get(ProvisionKind.SUBPARAGRAPH)):
            entry = holder = _open_entry(node, ProvisionKind.SUBPARAGRAPH, label, low)
            low = skip_blanks(masked, label.end, stop)
        elif (item := _match_next_item(masked, low, holder)) is not None and item.end <= stop:
            entry = _open_entry(holder, ProvisionKind.ITEM, item, low)
            low = skip_blanks(masked, item.end, stop)
        if low < stop:
            entry.stretches.append(Extent(low, low + len(masked[low:stop].rstrip())))


def _match_next_item(masked: str, pos: int, holder: OpenNode) -> LabelForm | None:
    """`(a)` below an entry, or the letter that comes next in the row."""
    item = match_item(masked, pos) if holder.kind is ProvisionKind.SUBPARAGRAPH else None
    last = holder.last.get(ProvisionKind.ITEM)
    fits = item is not None and (item.number == "a" if last is None else next_number(last) == item.number)
    return item if fits else None


def _open_entry(parent: OpenNode, kind: ProvisionKind, label: LabelForm, pos: int) -> OpenNode:
    entry = OpenNode(kind, label.number, Extent(pos, label.end), shared=True)
    parent.children.append(entry)
    parent.last[kind] = label.number
    return entry


def _free_id(wanted: str, taken: dict[str, int]) -> str:
    """The id; a second annex of the same name is no fault of the text and gets `#2`."""
    count = taken.get(wanted, 0) + 1
    taken[wanted] = count
    return wanted if count == 1 else f"{wanted}#{count}"
