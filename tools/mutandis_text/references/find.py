"""Every cross-reference of a statute: from which provision, to which provisions, what it does, whether it holds.

Relies on the document only. Each occurrence of `Article N`, `paragraph` and `subparagraph` in the operative text is
inside a reference or in the list of leftovers with the reason; nothing is passed over.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate

from mutandis.dataclass import dataclass
from mutandis.source import Span
from mutandis_text.characters.mapped_text import MappedText, join_stretches
from mutandis_text.characters.source_text import mask_source
from mutandis_text.document import Extent, PieceRole, Provision, Sentence, StatuteDocument, walk_provision
from mutandis_text.references import english
from mutandis_text.references.amendments import NO_AMENDMENT, Amendment
from mutandis_text.references.construals import ConstrualPair, read_construals
from mutandis_text.references.division_targets import resolve_divisions
from mutandis_text.references.grammar import Wording, find_mentions
from mutandis_text.references.kinds import ReferenceKind, classify_mentions
from mutandis_text.references.law_context import LawContext, LawReference, TargetLaw, read_law_context
from mutandis_text.references.law_names import slug_law
from mutandis_text.references.provision_index import ProvisionIndex, index_provisions
from mutandis_text.references.resolution import Found, Memory, Resolver
from mutandis_text.references.syntax import Level, Mention, MentionKind
from mutandis_text.references.tokens import TokenKind


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference. `origin` is the provision (or proviso, latter part) that makes it, `targets` the ids it names.

    `extent` covers the printed phrase `raw`; `broken` says why it does not hold. A mutatis mutandis clause carries the
    construals that go with it, a definition its terms (in `words` joined), a delegation the delegate. `earlier`: it
    speaks of the wording before an amendment, so what stands under that number today is not meant.
    """

    origin: str
    targets: tuple[str, ...]
    kind: ReferenceKind
    raw: str
    extent: Extent
    span: Span
    target: TargetLaw
    broken: str | None = None
    construals: tuple[ConstrualPair, ...] = ()
    words: str = ""
    in_addenda: bool = False
    earlier: bool = False
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Leftover:
    """A word that could have been a reference and is none, with the reason."""

    raw: str
    span: Span
    why: str
    explained: bool


@dataclass(frozen=True, slots=True)
class ReferenceReport:
    """The references of a document in reading order, and what was left over."""

    law: str
    references: tuple[Reference, ...]
    leftovers: tuple[Leftover, ...]

    @property
    def broken(self) -> tuple[Reference, ...]:
        """Those that name something that is not there."""
        return tuple(r for r in self.references if r.broken)


@dataclass(frozen=True, slots=True)
class _Read:
    provision: Provision
    sentence: Sentence
    mapped: MappedText
    wording: Wording
    in_addenda: bool


def find_references(document: StatuteDocument) -> ReferenceReport:
    """Find and resolve every reference of a document."""
    masked, _ = mask_source(document.source)
    index = index_provisions(document)
    articles = [[_read(p, s, masked, False) for p, s in _sentences(article)] for article in document.articles]
    articles += [[_read(p, s, masked, True) for p, s in _sentences(a.body)] for a in document.addenda]
    everything = [read for group in articles for read in group]
    context = read_law_context(document.law, document.head.title, (read.wording for read in everything))
    references: list[Reference] = []
    quoted: list[Extent] = []
    for group in articles:
        references.extend(_resolve_article(document, group, index, context, quoted))
    leftovers = _leftovers(document, masked, everything, references, quoted)
    return ReferenceReport(document.law, _leave_out(references), leftovers)


def _leave_out(references: list[Reference]) -> tuple[Reference, ...]:
    """The references, each range or list without what the next one takes out of it."""
    found = list(references)
    for at in range(len(found) - 2, -1, -1):
        one, following = found[at], found[at + 1]
        if following.kind is not ReferenceKind.EXCLUDING or following.origin != one.origin or len(one.targets) < 2:
            continue
        kept = tuple(target for target in one.targets if target not in following.targets)
        found[at] = replace(one, targets=kept or one.targets)
    return tuple(found)


def _sentences(root: Provision) -> Iterator[tuple[Provision, Sentence]]:
    for provision in walk_provision(root):
        for sentence in provision.sentences:
            yield provision, sentence


def _read(provision: Provision, sentence: Sentence, masked: str, in_addenda: bool) -> _Read:
    mapped = join_stretches(masked, sentence.extents)
    return _Read(provision, sentence, mapped, find_mentions(mapped.text), in_addenda)


def _resolve_article(
    document: StatuteDocument,
    group: list[_Read],
    index: ProvisionIndex,
    context: LawContext,
    quoted: list[Extent],
) -> Iterator[Reference]:
    """The references of one article; what it only quotes from another law goes to `quoted`."""
    memory = Memory()
    amendment = Amendment()
    told: _Read | None = None
    for position, read in enumerate(group):
        following = group[position + 1] if position + 1 < len(group) else None
        kinds = classify_mentions(read.wording)
        amending = amendment.enter(read.provision.id, read.wording) if read.in_addenda else NO_AMENDMENT
        construals: tuple[ConstrualPair, ...] | None = None
        for number, (mention, kind) in enumerate(zip(read.wording.mentions, kinds, strict=True)):
            if mention.kind is MentionKind.OWN_LIST:
                continue
            start, end = read.wording.span(mention)
            extents = read.mapped.extents(start, end)
            extent = Extent(extents[0].start, extents[-1].end)
            if number in amending.quoted:
                quoted.append(extent)
                continue
            law, found = _resolve(mention, index, context, read, memory, amendment.law)
            if number == amending.names_law:
                amendment.law = law
            mutatis = kind is ReferenceKind.MUTATIS_MUTANDIS
            if mutatis and construals is None:
                construals = _construals(read, following)
                told = following if construals and not read_construals(read.wording.text) else told
            own: tuple[ConstrualPair, ...] = ()
            if construals is None and read is not told and _is_read_in(read.wording, mention, kind):
                own, told = read_construals(read.wording.text), read  # Told once, with the first that is applied so.
            yield Reference(
                read.sentence.id,
                found.ids,
                kind,
                " ".join(read.wording.text[start:end].split()),
                extent,
                document.locate(extent),
                law.target,
                found.broken or _find_slip(mention, kind, law, read, found),
                (construals or ()) if mutatis else own,
                mention.words,
                read.in_addenda,
                mention.former and mention.kind in (MentionKind.PROVISION, MentionKind.DIVISION),
                mention.terms,
            )


def _resolve(
    mention: Mention,
    index: ProvisionIndex,
    context: LawContext,
    read: _Read,
    memory: Memory,
    amended: LawReference | None,
) -> tuple[LawReference, Found]:
    if mention.kind is MentionKind.DELEGATION:
        return LawReference(f"ext:{slug_law(mention.words)}", TargetLaw.OTHER), Found(
            (f"ext:{slug_law(mention.words)}",)
        )
    if mention.kind is MentionKind.LAW:
        law = context.resolve(mention.law, memory.laws)
        memory.remember(law, (), index, decree=context.is_decree_law(law))
        return law, Found((law.prefix,))
    resolver = Resolver(index, context, read.provision.id, memory, amended)
    if mention.divisions:
        law = amended or context.own()
        if mention.law is not None:
            law = context.resolve(mention.law, memory.laws)
        found, division = resolve_divisions(mention.divisions, law, index, read.provision.id, memory.division)
        memory.division = division or memory.division
        if mention.kind is MentionKind.DIVISION:
            memory.remember(law, (), index, decree=context.is_decree_law(law))
            return law, Found(found.ids, None) if mention.former else found
        return law, found if found.ids else Found((context.law,))
    if mention.kind is MentionKind.DEFINITION:
        law, scope = resolver.resolve(mention) if mention.targets else (context.own(), Found(()))
        return law, Found(scope.ids or (context.law,))
    law, found = resolver.resolve(mention)
    if len(found.ids) == 1 and index.lists(found.ids[0]) and found.ids[0] != read.provision.id:
        memory.opened[read.provision.id] = found.ids[0]
    by_name = mention.law is not None or law.target is not TargetLaw.SAME
    memory.remember(law, found.ids, index, decree=context.is_decree_law(law), by_name=by_name)
    return law, found


def _is_read_in(wording: Wording, mention: Mention, kind: ReferenceKind) -> bool:
    """True for what is applied as it stands: `In applying Article 5, "A" shall be read as "B"`."""
    before = [token.lower for token in wording.tokens[max(mention.first - 5, 0) : mention.first]]
    # `"A" in Article 5 shall be read as "B"`, and `In Article 5, "A" shall be …` where nothing stands before it.
    quoted = before[-1:] == ["in"] and (mention.first == 1 or wording.tokens[mention.first - 2].kind is TokenKind.QUOTE)
    applied = "applying" in before or "application" in before
    return mention.kind is MentionKind.PROVISION and kind is not ReferenceKind.EXCLUDING and (quoted or applied)


def _construals(read: _Read, following: _Read | None) -> tuple[ConstrualPair, ...]:
    """Those of the sentence itself, or of the next one of the same provision."""
    own = read_construals(read.wording.text)
    if own or following is None or following.provision is not read.provision:
        return own
    return read_construals(following.wording.text)


def _find_slip(mention: Mention, kind: ReferenceKind, law: LawReference, read: _Read, found: Found) -> str | None:
    """A reference that resolves and still cannot be meant."""
    if mention.kind is not MentionKind.PROVISION or law.target is not TargetLaw.SAME or mention.former:
        return None
    if kind is ReferenceKind.DEEMING and re.search(r"\bpublic officials?\b", read.wording.text):
        return "names no law: provisions for which somebody counts as a public official are those of the Criminal Act"
    explicit = all(part.relative is None for target in mention.targets for _, part in target.first.parts)
    deepest = mention.targets[0].first.deepest
    if (
        explicit
        and len(found.ids) == 1
        and found.ids[0] == read.sentence.id
        and deepest in (Level.ARTICLE, Level.PARAGRAPH)
        and not read.in_addenda
    ):
        return f"{found.ids[0]} refers to itself"
    return None


# --- what was left over -----------------------------------------------------------------------------------------------


def _leftovers(
    document: StatuteDocument, masked: str, reads: list[_Read], references: list[Reference], quoted: list[Extent]
) -> tuple[Leftover, ...]:
    lists: list[tuple[int, int]] = []
    for read in reads:
        for mention in read.wording.mentions:
            if mention.kind is MentionKind.OWN_LIST:
                extents = read.mapped.extents(*read.wording.span(mention))
                lists.append((extents[0].start, extents[-1].end))
    ends = accumulate(sorted((r.extent.start, r.extent.end) for r in references), lambda a, b: (b[0], max(a[1], b[1])))
    covered = list(ends)
    starts = [start for start, _ in covered]
    cited = sorted((extent.start, extent.end) for extent in quoted)
    lists.sort()
    pieces = document.pieces
    piece_starts = [piece.extent.start for piece in pieces]
    found: list[Leftover] = []
    for match in english.POINTER.finditer(masked):
        at = bisect_right(starts, match.start()) - 1
        if at >= 0 and match.start() < covered[at][1]:
            continue
        role = pieces[bisect_right(piece_starts, match.start()) - 1].role
        if role in (PieceRole.NUMBER, PieceRole.HEADING):
            continue
        why = _WHY_ROLE.get(role, "")
        if not why and _inside(match.start(), lists):
            why = "announces the list below"
        if not why and _inside(match.start(), cited):
            why = "the wording of another law, quoted by an amendment"
        if not why and english.THING.match(match.group()):
            why = "a thing, not a provision"
        if not why and english.UNNUMBERED.search(masked, max(match.start() - 16, 0), match.start()):
            why = "a part without a number"
        extent = Extent(match.start(), match.end())
        raw = document.slice(Extent(match.start(), min(match.start() + 40, len(masked)))).split("\n")[0]
        found.append(Leftover(raw, document.locate(extent), why or "not read as a reference", bool(why)))
    return tuple(found)


def _inside(at: int, spans: list[tuple[int, int]]) -> bool:
    """True if an offset lies in one of some sorted spans that do not overlap."""
    place = bisect_right(spans, (at, sys.maxsize)) - 1
    return place >= 0 and at < spans[place][1]


_WHY_ROLE = {
    PieceRole.NOTE: "a note of the publisher",
    PieceRole.ANNOTATION: "an annotation of the publisher",
    PieceRole.OMISSION: "an omission of the publisher",
    PieceRole.ADDENDA_HEADING: "a heading",
    PieceRole.DIVISION: "a heading",
    PieceRole.HEAD: "the head of the text",
    PieceRole.NOISE: "not part of the text",
    PieceRole.ANNEX: "in an annex, which is kept as it stands",
    PieceRole.UNREAD: "in a stretch that could not be read",
}
