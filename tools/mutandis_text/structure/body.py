"""What the reader collects while it goes over the body: divisions, articles, addenda, annexes, loose stretches."""

from __future__ import annotations

from dataclasses import field

from mutandis.dataclass import dataclass
from mutandis_text.document import DivisionKind, Extent, PieceRole, ProvisionKind
from mutandis_text.findings import Finding
from mutandis_text.structure.assembly import OpenNode

_DEPTH = {kind: depth for depth, kind in enumerate(DivisionKind)}


@dataclass(slots=True, eq=False)
class OpenDivision:
    """A division while its articles are read."""

    kind: DivisionKind
    number: str
    title: Extent
    extent: Extent
    parent: OpenDivision | None
    articles: list[OpenNode] = field(default_factory=list)
    notes: list[Extent] = field(default_factory=list)

    @property
    def is_untitled(self) -> bool:
        """True while no title was read."""
        return len(self.title) == 0


@dataclass(slots=True, eq=False)
class OpenAddenda:
    """The addenda of one instrument while they are read; `cited` is the stretch that names the instrument."""

    heading: Extent
    cited: Extent | None
    body: OpenNode


@dataclass(slots=True)
class Body:
    """Everything the reader found, still as open nodes."""

    stretches: list[tuple[Extent, PieceRole]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    divisions: list[OpenDivision] = field(default_factory=list)
    articles: list[OpenNode] = field(default_factory=list)
    addenda: list[OpenAddenda] = field(default_factory=list)
    annexes: list[tuple[Extent, Extent]] = field(default_factory=list)

    def open_division(self, kind: DivisionKind, number: str, title: Extent, extent: Extent) -> OpenDivision:
        """Open a division below the nearest open one of a higher kind."""
        parent = self.divisions[-1] if self.divisions else None
        while parent is not None and _DEPTH[parent.kind] >= _DEPTH[kind]:
            parent = parent.parent
        division = OpenDivision(kind, number, title, extent, parent)
        self.divisions.append(division)
        return division

    def open_addenda(self, heading: Extent, cited: Extent | None) -> OpenAddenda:
        """Open the addenda of an instrument."""
        addenda = OpenAddenda(heading, cited, OpenNode(ProvisionKind.ADDENDA, "", heading))
        self.addenda.append(addenda)
        return addenda

    def open_annex(self, title: Extent) -> None:
        """Open a table or form."""
        self.annexes.append((title, title))

    def extend_annex(self, line: Extent) -> None:
        """Add a line to the table or form last opened."""
        title, extent = self.annexes[-1]
        self.annexes[-1] = (title, Extent(extent.start, line.end))
