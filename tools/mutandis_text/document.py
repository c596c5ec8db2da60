"""The typed document of one consolidated statute, independent of who published it and in what language.

A document owns its source text. Every node carries its `Extent` (character offsets into that source, end exclusive)
and the id of its provision (DESIGN 2). `pieces` partitions the source: every character stands in exactly one piece, so
the text prints back exactly and nothing can be dropped in silence. A reader for one publisher's typography builds this;
references, instruments, the lock and the comparison only ever see this.
"""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from mutandis.diagnostics import Diagnostic
from mutandis.source import Span


@dataclass(frozen=True, slots=True, order=True)
class Extent:
    """A stretch of the source in characters, from 0, end exclusive."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def contains(self, other: Extent) -> bool:
        """True if `other` lies wholly inside this stretch."""
        return self.start <= other.start and other.end <= self.end


class Status(StrEnum):
    """Whether a provision still stands."""

    LIVE = "live"
    DELETED = "deleted"
    MOVED = "moved"


class ProvisionKind(StrEnum):
    """The level of a provision. `addenda` is the body of one instrument's addenda (or addendum), `annex` an attached
    table or form, whose numbered entries are its subparagraphs, or the preamble."""

    ARTICLE = "article"
    PARAGRAPH = "paragraph"
    SUBPARAGRAPH = "subparagraph"
    ITEM = "item"
    SUBITEM = "subitem"
    ADDENDA = "addenda"
    ANNEX = "annex"


class SentenceKind(StrEnum):
    """What a sentence is within its provision.

    `main`: the first sentence. `proviso`: "Provided, That …". `latter`: an "In such cases, …" sentence. `further`: any
    other later sentence; it is cited with the provision, not by itself.
    """

    MAIN = "main"
    PROVISO = "proviso"
    LATTER = "latter"
    FURTHER = "further"


class DivisionKind(StrEnum):
    """The levels above the article, outermost first."""

    BOOK = "book"
    PART = "part"
    CHAPTER = "chapter"
    SECTION = "section"
    SUBSECTION = "subsection"


class ChangeKind(StrEnum):
    """What an annotation or a bracket note says was done."""

    ENACTED = "enacted"
    AMENDED = "amended"
    WHOLLY_AMENDED = "wholly_amended"
    NEWLY_INSERTED = "newly_inserted"
    DELETED = "deleted"
    MOVED = "moved"
    OTHER = "other"


class PieceRole(StrEnum):
    """What a stretch of the source is."""

    HEAD = "head"
    DIVISION = "division"
    NUMBER = "number"
    HEADING = "heading"
    TEXT = "text"
    ANNOTATION = "annotation"
    NOTE = "note"
    OMISSION = "omission"
    ADDENDA_HEADING = "addenda_heading"
    ANNEX = "annex"
    SPACE = "space"
    NOISE = "noise"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Instrument:
    """An enacting or amending instrument as cited at one place.

    `kind` is the instrument's own kind (`Act`, `Presidential Decree`), empty where only a date is given; `numbers` may
    be several (`Nos. 7799 & 7800`) or none. `date` is None where it is missing or no calendar date; `raw` is the text.
    """

    kind: str
    numbers: tuple[str, ...]
    date: datetime.date | None
    raw: str
    extent: Extent
    change: ChangeKind = ChangeKind.OTHER

    @property
    def number(self) -> str:
        """The first number, or empty."""
        return self.numbers[0] if self.numbers else ""


@dataclass(frozen=True, slots=True)
class Annotation:
    """One change told inline (`<Amended by …>`, `Deleted <…>`); a bracket that tells two changes gives two."""

    kind: ChangeKind
    instruments: tuple[Instrument, ...]
    raw: str
    extent: Extent


@dataclass(frozen=True, slots=True)
class Move:
    """A renumbering told by a note: from one provision id to another; `target` None: the previous one was deleted."""

    origin: str
    target: str | None


@dataclass(frozen=True, slots=True)
class BracketNote:
    """A note in brackets below a provision (`[This Article Newly Inserted by …]`, `[Moved from Article 5 …]`).

    `scope` is what it speaks of: `article`, `paragraph`, `subparagraph`, `title`, `division`, `part` (a part of the
    provision), `other`.
    """

    kind: ChangeKind
    scope: str
    instruments: tuple[Instrument, ...]
    moves: tuple[Move, ...]
    raw: str
    extent: Extent


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a provision.

    `id` is how it is cited: `act/96(2) proviso`, `juvenile-decree/30-4(2) latter`; a main or further sentence has the
    id of its provision. `text` is the wording without annotations, line breaks as spaces. `extents` are the stretches
    of the source that make it up, annotations left out.
    """

    id: str
    kind: SentenceKind
    text: str
    extents: tuple[Extent, ...]

    @property
    def extent(self) -> Extent:
        """From its first character to its last, annotations between included."""
        return Extent(self.extents[0].start, self.extents[-1].end)


@dataclass(frozen=True, slots=True)
class ListLead:
    """Which sentence the list below a provision belongs to.

    `sentence` is an index into the provision's `sentences`. The rule: the last sentence that announces a list ("the
    following", "as follows"); if none does, the last sentence. `certain` is False where none or several announce one;
    `why` tells the ground.
    """

    sentence: int
    certain: bool
    why: str


@dataclass(frozen=True, slots=True)
class Omission:
    """Text the publisher left out (`Articles 2 through 4 Omitted.`, `(Proviso Omitted.)`).

    `what` is `article`, `paragraph`, `subparagraph`, `proviso` or `other`; `ids` the provisions, ranges expanded.
    """

    what: str
    ids: tuple[str, ...]
    raw: str
    extent: Extent


@dataclass(frozen=True, slots=True)
class Provision:
    """An article, paragraph, subparagraph, item or sub-item, or the body of an instrument's addenda.

    `number` is as printed without brackets: `16-2`, `1`, `1-2`, `a`, `iv`; for addenda the instrument's number. `label`
    is the stretch that holds number and, of an article, heading. `children` may mix levels (an article with
    subparagraphs and no paragraphs). `list_lead` is set where children of list kind hang on a sentence. Deleted
    provisions told as a range share one extent.
    """

    id: str
    kind: ProvisionKind
    number: str
    heading: str | None
    status: Status
    sentences: tuple[Sentence, ...]
    children: tuple[Provision, ...]
    list_lead: ListLead | None
    annotations: tuple[Annotation, ...]
    notes: tuple[BracketNote, ...]
    omissions: tuple[Omission, ...]
    label: Extent
    extent: Extent

    @property
    def text(self) -> str:
        """The wording of its own sentences, without that of its children."""
        return " ".join(s.text for s in self.sentences)

    @property
    def is_live(self) -> bool:
        """True unless deleted or moved away."""
        return self.status is Status.LIVE


@dataclass(frozen=True, slots=True)
class Division:
    """A book, part, chapter, section or subsection. `id` is `act/part-2/chapter-8/section-1`; `articles` are ids in
    order, those directly in it (not those of divisions below it)."""

    id: str
    kind: DivisionKind
    number: str
    title: str
    status: Status
    parent: str | None
    articles: tuple[str, ...]
    annotations: tuple[Annotation, ...]
    notes: tuple[BracketNote, ...]
    extent: Extent


@dataclass(frozen=True, slots=True)
class Addenda:
    """The addenda (or addendum) of one instrument.

    `instrument` is None where none is named and none could be inferred; `inferred` tells that the heading names none
    and the instrument that enacted or wholly amended the law was taken. `body` has kind `addenda`: its sentences where
    the addendum has no articles, its children otherwise.
    """

    id: str
    instrument: Instrument | None
    inferred: bool
    body: Provision
    annotations: tuple[Annotation, ...]
    extent: Extent


@dataclass(frozen=True, slots=True)
class Annex:
    """An attached table or form, or the preamble. `title` is its first line; `body` has the id (`act/table-1`,
    `act/form`, `act/preamble`), the heading behind the number, and the entries (`act/table-1.2`)."""

    title: str
    extent: Extent
    body: Provision


@dataclass(frozen=True, slots=True)
class Head:
    """What stands before the first division or article: the title and the instruments, in printed order."""

    title: str
    title_extent: Extent | None
    instruments: tuple[Instrument, ...]
    extent: Extent


@dataclass(frozen=True, slots=True)
class Piece:
    """One stretch of the source with its role and the id of the provision or division it belongs to (or empty)."""

    extent: Extent
    role: PieceRole
    owner: str


@dataclass(frozen=True, slots=True)
class StatuteDocument:
    """One consolidated statute as read. `law` is the id prefix of its provisions."""

    law: str
    source: str
    head: Head
    divisions: tuple[Division, ...]
    articles: tuple[Provision, ...]
    addenda: tuple[Addenda, ...]
    annexes: tuple[Annex, ...]
    pieces: tuple[Piece, ...]
    diagnostics: tuple[Diagnostic, ...]
    file: str = ""
    line_starts: tuple[int, ...] = field(default=(0,), repr=False)

    def slice(self, extent: Extent) -> str:
        """The source text of a stretch, exactly."""
        return self.source[extent.start : extent.end]

    def line(self, offset: int) -> int:
        """The line of a character, from 1."""
        return bisect_right(self.line_starts, offset)

    def locate(self, extent: Extent) -> Span:
        """Line and column of a stretch, both from 1, columns in characters."""
        return locate(self.line_starts, extent, self.file)


@dataclass(frozen=True, slots=True)
class Unit:
    """Something that is cited by an id: a provision, or a proviso or latter part (`sentence` is then set)."""

    id: str
    kind: str
    provision: Provision
    sentence: Sentence | None
    extent: Extent
    in_addenda: bool


def locate(line_starts: tuple[int, ...], extent: Extent, file: str) -> Span:
    """Turn offsets into the line and column a person sees."""
    first = bisect_right(line_starts, extent.start)
    last = bisect_right(line_starts, extent.end)
    return Span(file, first, extent.start - line_starts[first - 1] + 1, last, extent.end - line_starts[last - 1] + 1)


def print_statute(document: StatuteDocument) -> str:
    """Print the text back from the pieces; equal to the source that was read, character by character."""
    return "".join(document.slice(piece.extent) for piece in document.pieces)


def walk_provision(provision: Provision) -> Iterator[Provision]:
    """The provision and everything below it, in reading order."""
    stack = [provision]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(node.children))


def walk_provisions(document: StatuteDocument, *, addenda: bool = True, annexes: bool = False) -> Iterator[Provision]:
    """Every provision in reading order, deleted and moved ones too; with `addenda`, those of the addenda behind them,
    with `annexes`, attached tables and forms last."""
    for article in document.articles:
        yield from walk_provision(article)
    if addenda:
        for addendum in document.addenda:
            yield from walk_provision(addendum.body)
    if annexes:
        for annex in document.annexes:
            yield from walk_provision(annex.body)


def walk_units(document: StatuteDocument, *, annexes: bool = False) -> Iterator[Unit]:
    """Everything that has an id of its own: provisions, and after each its provisos and latter parts."""
    roots = [(article, False) for article in document.articles]
    roots += [(addendum.body, True) for addendum in document.addenda]
    if annexes:
        roots += [(annex.body, False) for annex in document.annexes]
    for root, in_addenda in roots:
        for node in walk_provision(root):
            yield Unit(node.id, node.kind.value, node, None, node.extent, in_addenda)
            for sentence in node.sentences:
                if sentence.kind in (SentenceKind.PROVISO, SentenceKind.LATTER):
                    yield Unit(sentence.id, sentence.kind.value, node, sentence, sentence.extent, in_addenda)
