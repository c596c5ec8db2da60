"""Turns the nodes the reader opened into provisions: ids, sentences, annotations, status, the sentence a list hangs on.

The only mutable type of the reader lives here. Ids are made unique (`act/5#2`), so that a doubled page never hides a
provision behind another.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field

from mutandis.dataclass import dataclass
from mutandis_text.characters.mapped_text import MappedText, join_stretches
from mutandis_text.document import (
    ChangeKind,
    Extent,
    ListLead,
    Omission,
    PieceRole,
    Provision,
    ProvisionKind,
    Sentence,
    SentenceKind,
    Status,
)
from mutandis_text.findings import (
    DANGLING_COLON,
    DUPLICATE_PROVISION,
    LIST_LEAD_UNSURE,
    MISSING_LIST,
    PROVISION_WITHOUT_TEXT,
    PROVISO_UNSURE,
    Finding,
)
from mutandis_text.structure import english
from mutandis_text.structure.annotations import Additions, read_move_stub, read_note, take_additions
from mutandis_text.structure.sentences import announces_list, find_list_lead, split_sentences

RANK: dict[ProvisionKind, int] = {
    ProvisionKind.ADDENDA: 0,
    ProvisionKind.ANNEX: 0,
    ProvisionKind.ARTICLE: 1,
    ProvisionKind.PARAGRAPH: 2,
    ProvisionKind.SUBPARAGRAPH: 3,
    ProvisionKind.ITEM: 4,
    ProvisionKind.SUBITEM: 5,
}
"""How deep each kind stands."""

_MEMBER_LISTS = {
    ProvisionKind.ADDENDA: (ProvisionKind.SUBPARAGRAPH, ProvisionKind.ITEM),
    ProvisionKind.ANNEX: (),
    ProvisionKind.ARTICLE: (ProvisionKind.SUBPARAGRAPH, ProvisionKind.ITEM),
    ProvisionKind.PARAGRAPH: (ProvisionKind.SUBPARAGRAPH, ProvisionKind.ITEM),
    ProvisionKind.SUBPARAGRAPH: (ProvisionKind.ITEM, ProvisionKind.SUBITEM),
    ProvisionKind.ITEM: (ProvisionKind.SUBITEM,),
    ProvisionKind.SUBITEM: (ProvisionKind.SUBITEM,),
}


_FEWEST_PARAGRAPHS = 2


@dataclass(slots=True, eq=False)
class OpenNode:
    """A provision while it is read; grows until the reader closes it."""

    kind: ProvisionKind
    number: str
    label: Extent
    heading: str | None = None
    stretches: list[Extent] = field(default_factory=list)
    notes: list[Extent] = field(default_factory=list)
    omissions: list[tuple[str, tuple[str, ...], Extent]] = field(default_factory=list)
    children: list[OpenNode] = field(default_factory=list)
    last: dict[ProvisionKind, str] = field(default_factory=dict)
    nested: bool = False
    """True for an entry of a list below a sub-item (`(i)` below `1)`), a sub-item too."""
    shared: bool = False
    """True where its characters belong to another piece: all but the first of several provisions told in one line, and
    what stands in an annex."""

    has_words: bool = False
    """True once wording other than an annotation was read."""
    announces: bool = False
    """True if the wording read so far ends by announcing a list (with a colon)."""

    @property
    def rank(self) -> int:
        """How deep it stands."""
        return RANK[self.kind] + self.nested

    @property
    def is_empty(self) -> bool:
        """True while nothing but the number and heading was read."""
        return not self.has_words and not self.children and not self.omissions


def _walk_open(node: OpenNode) -> Iterator[OpenNode]:
    yield node
    for child in node.children:
        yield from _walk_open(child)


def _number_paragraphs(article: OpenNode) -> None:
    """Make paragraphs of what was read as a list; what has no number is the wording of the paragraph before it."""
    for child in article.children:
        child.kind = ProvisionKind.PARAGRAPH
    for stretch in article.stretches:
        holder = max((c for c in article.children if c.label.start < stretch.start), key=lambda c: c.label.start)
        holder.stretches.append(stretch)
    article.stretches = []


@dataclass(slots=True)
class Assembly:
    """Collects findings and pieces while nodes are turned into provisions."""

    law: str
    masked: str
    findings: list[Finding] = field(default_factory=list)
    pieces: list[tuple[Extent, PieceRole, str]] = field(default_factory=list)
    ids: dict[str, int] = field(default_factory=dict)

    def unique_id(self, wanted: str, extent: Extent) -> str:
        """The id, with `#2` after it if it was given before."""
        count = self.ids.get(wanted, 0) + 1
        self.ids[wanted] = count
        if count == 1:
            return wanted
        name = wanted.rpartition("/")[2]
        self.findings.append(Finding(DUPLICATE_PROVISION, extent, f"`{name}` was read before", wanted))
        return f"{wanted}#{count}"

    def close(self, node: OpenNode, parent_id: str, article_id: str = "") -> Provision:
        """Turn a node and everything below it into provisions."""
        wanted = _child_id(parent_id, node)
        own_id = parent_id if node.rank == 0 else self.unique_id(wanted, node.label)
        article_id = own_id if node.rank <= RANK[ProvisionKind.ARTICLE] else article_id
        if node.kind is ProvisionKind.ARTICLE and self._holds_paragraphs(node):
            _number_paragraphs(node)
        additions = take_additions(join_stretches(self.masked, node.stretches), article_id, own_id)
        self.findings += additions.findings
        notes = [read_note(self.masked[e.start : e.end], e, article_id) for e in node.notes]
        wording = additions.wording
        plain = " ".join(wording.text.split())
        deleted = bool(english.DELETED.fullmatch(plain.strip("() ")))
        stub = read_move_stub(plain, _extent_of(node.stretches), article_id) if plain else None
        sentences = () if deleted or stub else self._sentences(wording, own_id)
        children = tuple(self.close(child, own_id, article_id) for child in node.children)
        omissions = additions.omissions + tuple(self._omission(o, own_id) for o in node.omissions)
        all_notes = (*([stub] if stub else []), *additions.notes, *notes)
        if not plain and not children and not omissions and not deleted:
            told = (*(one.kind for one in additions.annotations), *(note.kind for note in all_notes))
            deleted = ChangeKind.DELETED in told or bool(english.DELETED.fullmatch(node.heading or ""))
        status = Status.DELETED if deleted else Status.LIVE
        if stub or (not plain and not children and not omissions and any(note.moves for note in all_notes)):
            status = Status.MOVED
        extent = Extent(node.label.start, max([node.label.end, *(e.end for e in self._parts(node, children))]))
        provision = Provision(
            own_id,
            node.kind,
            node.number,
            node.heading,
            status,
            sentences,
            children,
            self._list_lead(node, sentences, children, own_id),
            additions.annotations,
            all_notes,
            omissions,
            node.label,
            extent,
        )
        if not node.shared:
            self._add_pieces(node, additions, own_id)
        empty = not sentences and not children and not omissions
        if status is Status.LIVE and empty and node.kind is not ProvisionKind.ANNEX:
            self.findings.append(Finding(PROVISION_WITHOUT_TEXT, node.label, "no wording was found here", own_id))
        return provision

    def _holds_paragraphs(self, node: OpenNode) -> bool:
        """True where whole sentences are numbered `1.` and nothing stands above them that could open a list."""
        row = node.children
        if len(row) < _FEWEST_PARAGRAPHS or any(child.kind is not ProvisionKind.SUBPARAGRAPH for child in row):
            return False
        if not all(child.stretches for child in row) or any(e.start < row[0].label.start for e in node.stretches):
            return False
        ends = [[e for one in _walk_open(child) for e in one.stretches][-1] for child in row]
        begun = all(english.BEGINS_SENTENCE.match(self.masked, child.stretches[0].start) for child in row)
        return begun and all(english.WHOLE_SENTENCE.search(self.masked, e.start, e.end) for e in ends)

    def _parts(self, node: OpenNode, children: tuple[Provision, ...]) -> list[Extent]:
        return [*node.stretches, *node.notes, *(e for _, _, e in node.omissions), *(c.extent for c in children)]

    def _sentences(self, wording: MappedText, own_id: str) -> tuple[Sentence, ...]:
        sentences: list[Sentence] = []
        for span in split_sentences(wording.text):
            extents = wording.extents(span.start, span.end)
            if not extents:
                continue
            text = " ".join(wording.text[span.start : span.end].split())
            cited = span.kind in (SentenceKind.PROVISO, SentenceKind.LATTER)
            wanted = f"{own_id} {span.kind.value}" if cited else own_id
            if cited:
                count = self.ids.get(wanted, 0) + 1
                self.ids[wanted] = count
                wanted = wanted if count == 1 else f"{wanted}#{count}"
            if not span.certain:
                self.findings.append(Finding(PROVISO_UNSURE, extents[0], "a sentence opens with `However`", wanted))
            sentences.append(Sentence(wanted, span.kind, text, extents))
        return tuple(sentences)

    def _list_lead(
        self, node: OpenNode, sentences: tuple[Sentence, ...], children: tuple[Provision, ...], own_id: str
    ) -> ListLead | None:
        members = any(child.kind in _MEMBER_LISTS[node.kind] for child in children)
        if not sentences:
            return None
        if members:
            lead = find_list_lead([sentence.text for sentence in sentences])
            if not lead.certain:
                chosen = sentences[lead.sentence]
                message = f"the list was given to the {chosen.kind.value} sentence: {lead.why}"
                self.findings.append(Finding(LIST_LEAD_UNSURE, chosen.extent, message, own_id))
            return lead
        last = sentences[-1]
        if last.text.endswith(":") and not children:
            end = last.extent.end
            if announces_list(last.text):
                self.findings.append(Finding(MISSING_LIST, Extent(end - 1, end), "no list follows this colon", own_id))
            else:
                message = "the sentence ends with a colon and nothing follows"
                self.findings.append(Finding(DANGLING_COLON, Extent(end - 1, end), message, own_id))
        return None

    def _omission(self, omitted: tuple[str, tuple[str, ...], Extent], own_id: str) -> Omission:
        what, numbers, extent = omitted
        ids = tuple(_part_id(own_id, what, number) for number in numbers)
        return Omission(what, ids, self.masked[extent.start : extent.end], extent)

    def _add_pieces(self, node: OpenNode, additions: Additions, own_id: str) -> None:
        for extent in node.stretches:
            self.pieces.append((extent, PieceRole.TEXT, own_id))
        for annotation in additions.annotations:
            self.pieces.append((annotation.extent, PieceRole.ANNOTATION, own_id))
        for note in additions.notes:
            self.pieces.append((note.extent, PieceRole.NOTE, own_id))
        for omission in additions.omissions:
            self.pieces.append((omission.extent, PieceRole.OMISSION, own_id))
        for extent in node.notes:
            self.pieces.append((extent, PieceRole.NOTE, own_id))
        for _, _, extent in node.omissions:
            self.pieces.append((extent, PieceRole.OMISSION, own_id))


def _child_id(parent_id: str, node: OpenNode) -> str:
    match node.kind:
        case ProvisionKind.ARTICLE:
            return f"{parent_id}/{node.number}"
        case ProvisionKind.ADDENDA | ProvisionKind.ANNEX:
            return parent_id
        case ProvisionKind.SUBPARAGRAPH:
            return _part_id(parent_id, "subparagraph", node.number)
        case _:
            return f"{parent_id}({node.number})"


def _part_id(parent_id: str, what: str, number: str) -> str:
    if what == "article":
        return f"{parent_id}/{number}"
    if what == "subparagraph":
        return f"{parent_id}{number}" if parent_id.endswith(")") else f"{parent_id}.{number}"
    return f"{parent_id}({number})"


def _extent_of(stretches: list[Extent]) -> Extent:
    return Extent(stretches[0].start, stretches[-1].end) if stretches else Extent(0, 0)
