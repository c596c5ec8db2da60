"""Counts what a statute holds: live provisions of the body, deleted parts, what the addenda hold.

A proviso or latter part is counted once for each such sentence, wherever it stands (in a paragraph, a subparagraph, an
article without paragraphs). `docs/text/counting.md` tells where a reader could count otherwise.
"""

from __future__ import annotations

from collections import Counter

from mutandis.dataclass import dataclass
from mutandis_text.document import Status, StatuteDocument, Unit, walk_units

_COUNTED = {
    "paragraph": "paragraphs",
    "subparagraph": "subparagraphs",
    "item": "items",
    "subitem": "subitems",
    "proviso": "provisos",
    "latter": "latter_parts",
}
_PARTS = ("paragraphs", "subparagraphs", "items", "subitems")


@dataclass(frozen=True, slots=True)
class InventoryEntry:
    """One provision: its id, kind, title (an article's heading), line from 1, whether it stands."""

    id: str
    kind: str
    title: str | None
    line: int
    status: Status
    in_addenda: bool


@dataclass(frozen=True, slots=True)
class Inventory:
    """The counts of one statute; the mappings have the keys of the JSON form, in its order."""

    law: str
    articles: dict[str, int]
    counts: dict[str, int]
    addenda: int
    deleted_parts: dict[str, int]
    in_addenda: dict[str, int]
    provisions: tuple[InventoryEntry, ...]


def take_inventory(document: StatuteDocument) -> Inventory:
    """Count the provisions of a document."""
    live: Counter[str] = Counter()
    deleted: Counter[str] = Counter()
    added: Counter[str] = Counter()
    articles: Counter[str] = Counter()
    entries: list[InventoryEntry] = []
    for unit in walk_units(document):
        entries.append(_entry(document, unit))
        name = _COUNTED.get(unit.kind)
        if unit.in_addenda:
            if unit.provision.is_live and unit.kind != "addenda":
                added[name or "articles"] += 1
        elif name is None:
            articles[unit.provision.status.value] += 1
        elif unit.provision.is_live:
            live[name] += 1
        else:
            deleted[name] += 1
    return Inventory(
        document.law,
        {status.value: articles[status.value] for status in Status},
        {name: live[name] for name in _COUNTED.values()},
        len(document.addenda),
        {name: deleted[name] for name in _PARTS},
        {name: added[name] for name in ("articles", *_COUNTED.values())},
        tuple(entries),
    )


def inventory_json(inventory: Inventory) -> dict[str, object]:
    """The JSON form (`schemas/text-inventory.schema.json`)."""
    return {
        "law": inventory.law,
        "articles": inventory.articles,
        **inventory.counts,
        "addenda": inventory.addenda,
        "deleted_parts": inventory.deleted_parts,
        "in_addenda": inventory.in_addenda,
        "provisions": [
            {
                "id": entry.id,
                "kind": entry.kind,
                "title": entry.title,
                "line": entry.line,
                "status": entry.status.value,
                "in_addenda": entry.in_addenda,
            }
            for entry in inventory.provisions
        ],
    }


def _entry(document: StatuteDocument, unit: Unit) -> InventoryEntry:
    title = unit.provision.heading if unit.sentence is None else None
    line = document.line(unit.extent.start)
    return InventoryEntry(unit.id, unit.kind, title, line, unit.provision.status, unit.in_addenda)
