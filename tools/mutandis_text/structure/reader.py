"""Reads the English consolidated text of a statute into a document: a state machine over its lines.

The state is the path of open provisions and whether their wording may end here. Each line is tried as noise, heading,
note and number, in that order, and is otherwise wording. A number opens a provision only where it fits: it comes next,
or the wording before it is settled; so a wrapped `(2) of the Act` stays wording. Linear in the length of the text.
"""

from __future__ import annotations

import re

from mutandis_text.characters.source_text import find_line_starts, mask_source
from mutandis_text.document import Extent, PieceRole, ProvisionKind, StatuteDocument
from mutandis_text.findings import (
    CONTENTS_LIST,
    EMPTY_TEXT,
    HEADING_UNSURE,
    NO_ARTICLES,
    NUMBERS_OUT_OF_ORDER,
    RANGE_UNSURE,
    READ_AS_NOISE,
    UNCLOSED_BRACKET,
    UNFINISHED_WORDING,
    UNNUMBERED_LINE,
    Finding,
    FindingKind,
)
from mutandis_text.lines.instrument_grammar import cites_instrument, read_changes
from mutandis_text.lines.line_forms import (
    ArticleForm,
    RangeForm,
    ends_settled,
    ends_softly,
    is_capital,
    is_korean,
    is_noise,
    line_end,
    line_start,
    match_addenda,
    match_annex,
    match_article,
    match_article_range,
    match_division,
    match_omitted_part,
    match_part_range,
    skip_blanks,
)
from mutandis_text.lines.numbering import follows, number_key
from mutandis_text.structure import english
from mutandis_text.structure.annotations import opens_note
from mutandis_text.structure.assembly import RANK, OpenNode
from mutandis_text.structure.body import Body, OpenAddenda, OpenDivision
from mutandis_text.structure.body_start import find_body
from mutandis_text.structure.document_assembly import assemble_document
from mutandis_text.structure.head import read_head
from mutandis_text.structure.labels import choose_label, next_in_line
from mutandis_text.structure.sentences import opens_added_sentence

_MOST_BRACKET = 3000
_LISTS = (ProvisionKind.SUBPARAGRAPH, ProvisionKind.ITEM, ProvisionKind.SUBITEM)
_KIND_OF_LEVEL = {
    "paragraph": ProvisionKind.PARAGRAPH,
    "subparagraph": ProvisionKind.SUBPARAGRAPH,
    "item": ProvisionKind.ITEM,
}
_CITED_INSTRUMENT = re.compile(
    r"\s{0,80}<[^<>]{1,600}>| {0,3}(?:\[[^\[\]\n]{1,600}\]|\([^()\n]{1,600}\)|〈[^〈〉]{1,600}〉)"
)
_TITLE_BEHIND = re.compile(r" {0,3}\(([A-Z][^()\n]{1,300})\)(?= *(?:\n|$))")


def read_statute(text: str, law: str, file: str = "") -> StatuteDocument:
    """Read a consolidated statute; what cannot be placed is told in the document's diagnostics, never dropped."""
    masked, findings = mask_source(text)
    start = find_body(masked)
    head = read_head(masked, start.contents.start if start.contents else start.offset)
    body = Body(list(head.stretches), [*findings, *head.findings])
    if head.preamble is not None:
        body.annexes.append(head.preamble)
    if start.contents is not None:
        body.stretches.append((start.contents, PieceRole.NOISE))
        message = "these headings come again below, with their text"
        body.findings.append(Finding(CONTENTS_LIST, start.contents, message))
    _Reader(masked, body, law, head.head.title.casefold()).read(start.offset)
    if not masked.strip():
        body.findings.append(Finding(EMPTY_TEXT, Extent(0, 0), "the text is empty"))
    elif not body.articles:
        message = "no article was found" + ("; the text looks Korean" if "제1조" in text else "")
        body.findings.append(Finding(NO_ARTICLES, Extent(0, 0), message))
    return assemble_document(text, masked, law, file, find_line_starts(text), head.head, body)


class _Reader:
    """One pass over the body; fills `Body`."""

    def __init__(self, masked: str, body: Body, law: str, title: str) -> None:
        self.masked = masked
        self.body = body
        self.law = law
        self.title = title
        self.path: list[OpenNode] = []
        self.division: OpenDivision | None = None
        self.addenda: OpenAddenda | None = None
        self.last_article: str | None = None
        self.settled = True
        self.ended_softly = self.ended_with_colon = False
        self.open_bracket = False
        self.in_annex = False

    def read(self, pos: int) -> None:
        """Read from `pos` to the end of the text."""
        size = len(self.masked)
        while pos < size:
            stop = line_end(self.masked, pos)
            low = skip_blanks(self.masked, pos, stop)
            pos = self._read_line(low, stop) if low < stop else stop
            # Invariant: every round passes a line break or reaches the end.
            pos += 1 if pos < size and self.masked[pos] == "\n" else 0

    def _read_line(self, pos: int, end: int) -> int:
        line = self.masked[pos:end].rstrip()
        reads_on = not self.settled and line[0].islower() and not is_korean(line)
        if self.open_bracket or reads_on:
            return self._read_wording(pos, end)
        if is_noise(line) or (self.title and " ".join(line.split()).casefold() == self.title):
            self.body.stretches.append((Extent(pos, end), PieceRole.NOISE))
            if len(line) > 60 and is_korean(line):
                self._find(READ_AS_NOISE, Extent(pos, end), "a line in Korean was read as noise")
            elif not self.settled and not is_korean(line) and self.path:
                self._find(READ_AS_NOISE, Extent(pos, end), f"`{line[:60]}` stands amid wording; read as noise")
            return end
        after = self._read_heading(pos, end)
        if after is not None:
            stop = line_end(self.masked, after)
            after = skip_blanks(self.masked, after, stop)
            return self._read_numbers(after, stop, inline=True) if after < stop else stop
        if self.in_annex:
            self.body.extend_annex(Extent(pos, end))
            return end
        return self._read_numbers(pos, end, inline=False)

    # Headings

    def _read_heading(self, pos: int, end: int) -> int | None:
        masked = self.masked
        addenda = match_addenda(masked, pos, end)
        if addenda is not None and (self.settled or is_capital(masked, pos)):
            self._note_unfinished(pos, end)
            return self._open_addenda(pos, addenda)
        if self.settled and (self.addenda is not None or masked[pos] in "[<" or is_capital(masked, pos)):
            annex = match_annex(masked, pos, end)
            if annex is not None:
                self.in_annex = True
                self.body.open_annex(Extent(pos, end))
                return end
        division = match_division(masked, pos, end)
        if division is not None and (self.settled or is_capital(masked, pos)):
            self._note_unfinished(pos, end)
            self.division = self.body.open_division(division.kind, division.number, division.title, Extent(pos, end))
            self.body.stretches.append((Extent(pos, end), PieceRole.DIVISION))
            self.path, self.addenda, self.in_annex, self.settled = [], None, False, True
            return end
        ranged = match_article_range(masked, pos, end)
        if ranged is not None and self._range_fits(ranged):
            self._note_unfinished(pos, end)
            return self._open_range(ranged, pos, end)
        article = match_article(masked, pos, end)
        if article is not None and self._accepts_article(article, end):
            self._note_unfinished(pos, end)
            return self._open_article(article, pos)
        return None

    def _note_unfinished(self, pos: int, end: int) -> None:
        if not self.settled:
            self._find(UNFINISHED_WORDING, Extent(pos, end), "the wording before this heading has no end")

    def _range_fits(self, form: RangeForm) -> bool:
        if not form.numbers.numbers:
            return False
        return self.settled or follows(form.numbers.numbers[0], self.last_article)

    def _accepts_article(self, form: ArticleForm, end: int) -> bool:
        next_in_row = follows(form.number, self.last_article)
        later = self.last_article is None or number_key(form.number) > number_key(self.last_article)
        rest = self.masked[form.end : line_end(self.masked, form.end)].lstrip() if form.end else ""
        if form.heading is not None and form.certain:
            # `Article 15 (Purpose) of the Act`, `Article 15 (Purpose) (1) of the Act` are citations, not headings.
            tail = rest[:1]
            place = english.PARAGRAPH_NUMBER.match(rest)
            cites = place is not None and english.READS_ON.match(rest, place.end()) is not None
            goes_on = tail.islower() or tail in (",", ";") or cites
            return not goes_on and (self.settled or next_in_row)
        if form.certain:
            return self.settled and later
        awaits_text = bool(self.path) and self.path[-1].is_empty and self.path[-1].heading is not None
        if awaits_text or not (self.settled and (next_in_row or (form.alone and later))):
            return False
        if self.masked[form.end : form.end + 1] == "(":
            return bool(re.match(r"\(1\)\s*[A-Z\"“]", self.masked[form.end : end]))
        return True

    def _open_article(self, form: ArticleForm, pos: int) -> int:
        label_end = max(form.heading_extent.end if form.heading_extent else 0, form.number_end)
        node = self._new_article(form.number, Extent(pos, label_end))
        node.heading = form.heading
        above = form.heading_extent is not None and form.heading_extent.start == pos
        number = line_start(self.masked, form.number_end) if above else pos
        self.body.stretches.append((Extent(number, form.number_end), PieceRole.NUMBER))
        if form.heading_extent:
            self.body.stretches.append((form.heading_extent, PieceRole.HEADING))
        if form.noise is not None:
            self.body.stretches.append((form.noise, PieceRole.NOISE))
            name = self.masked[form.noise.start : form.noise.end]
            self._find(READ_AS_NOISE, form.noise, f"`{name}` behind a heading was read as noise")
        if not form.certain:
            self._find(HEADING_UNSURE, node.label, f"read as the start of Article {form.number}")
        return form.end

    def _new_article(self, number: str, label: Extent) -> OpenNode:
        node = OpenNode(ProvisionKind.ARTICLE, number, label)
        if self.addenda is not None:
            self.path = [self.addenda.body, node]
            self.addenda.body.children.append(node)
        else:
            self.path = [node]
            self.body.articles.append(node)
            if self.division is not None:
                self.division.articles.append(node)
        self.last_article, self.settled, self.in_annex = number, True, False
        return node

    def _open_range(self, form: RangeForm, pos: int, end: int) -> int:
        if not form.numbers.certain:
            self._find(RANGE_UNSURE, Extent(pos, form.end), "articles with branch numbers may lie in this range")
        if form.omitted and self.addenda is not None:
            self.path = [self.addenda.body]
            self.addenda.body.omissions.append(("article", form.numbers.numbers, Extent(pos, form.end)))
            self.last_article, self.settled = form.numbers.numbers[-1], True
            return form.end
        label_end = pos + len(self.masked[pos : form.word].rstrip(" ("))
        self.body.stretches.append((Extent(pos, label_end), PieceRole.NUMBER))
        self._share_wording(
            [self._new_article(number, Extent(pos, label_end)) for number in form.numbers.numbers],
            Extent(label_end, end),
        )
        return end

    def _share_wording(self, nodes: list[OpenNode], rest: Extent) -> None:
        low = skip_blanks(self.masked, rest.start, rest.end)
        for index, node in enumerate(nodes):
            # One list for all: a line that continues the annotation continues it for each of them.
            node.stretches = nodes[0].stretches
            node.shared = index > 0
        nodes[0].stretches.append(Extent(low, rest.end))
        self._note_ending(self.masked[low : rest.end], nodes[-1])

    def _open_addenda(self, pos: int, after: int) -> int:
        cited = _CITED_INSTRUMENT.match(self.masked, after)
        title: Extent | None = None
        if cited is not None and not cites_instrument(cited.group()) and not read_changes(cited.group(), 0):
            # `ADDENDA (Harbor Organization Act) <Act No. 8100, …>`: the title of the amending Act stands first.
            title = Extent(after + cited.group().index("(") + 1, cited.end() - 1) if "(" in cited.group() else None
            behind = _CITED_INSTRUMENT.match(self.masked, cited.end())
            after, cited = (cited.end(), behind) if behind is not None else (after, cited)
        heading_end = cited.end() if cited else after
        low = skip_blanks(self.masked, after, heading_end)
        extent = Extent(low, heading_end) if cited else None
        behind = _TITLE_BEHIND.match(self.masked, heading_end) if cited and title is None else None
        if behind is not None:
            # `ADDENDA <Act No. 8100, …> (Harbor Organization Act)`: it stands behind.
            title, heading_end = Extent(behind.start(1), behind.end(1)), behind.end()
        self.addenda = self.body.open_addenda(Extent(pos, heading_end), extent)
        self.body.stretches.append((Extent(pos, heading_end), PieceRole.ADDENDA_HEADING))
        if title is not None:
            self.addenda.body.heading = " ".join(self.masked[title.start : title.end].split())
        self.path = [self.addenda.body]
        self.last_article, self.settled, self.in_annex = None, True, False
        return heading_end

    # Notes, numbers, wording

    def _read_numbers(self, pos: int, end: int, *, inline: bool) -> int:
        masked = self.masked
        while pos < end:
            if masked[pos] == "[" and (opens_note(masked[pos : pos + 40]) or self._is_lone_note(pos, end)):
                pos = skip_blanks(masked, self._read_note(pos, end), end)
                inline = False
                if pos > end:
                    return pos
                continue
            after = None if inline else self._read_part_range(pos, end)
            if after is not None:
                return after
            label = choose_label(masked, pos, end, self.path, settled=self.settled, inline=inline)
            if label is None:
                self._note_refused_number(pos, end, inline=inline)
                stop = next_in_line(masked, pos, end, self.path)
                after = self._read_wording(pos, stop)
                if stop == end:
                    return after
                pos, inline = stop, False
                continue
            self._open_part(label.kind, label.number, Extent(pos, label.end), nested=label.nested)
            pos = skip_blanks(masked, label.end, end)
            pos = self._read_part_heading(pos, end)
            end = max(end, line_end(masked, pos))
            inline = True
        return end

    def _note_refused_number(self, pos: int, end: int, *, inline: bool) -> None:
        """Tell of a line that begins with a number as an entry does, and was read as wording all the same."""
        if inline or not self.settled or not self.path:
            return
        number = english.ENTRY_NUMBER.match(self.masked, pos, end)
        if number is not None:
            extent = Extent(pos, pos + len(number.group(1)))
            self._find(NUMBERS_OUT_OF_ORDER, extent, f"`{number.group(1)}` fits no row; its line was read as wording")

    def _is_lone_note(self, pos: int, end: int) -> bool:
        return self.settled and self.masked[pos:end].rstrip().endswith("]")

    def _read_note(self, pos: int, end: int) -> int:
        close = self._note_end(pos)
        if close is None:
            self._find(UNCLOSED_BRACKET, Extent(pos, end), "this bracket does not close")
            close = end
        extent = Extent(pos, pos + len(self.masked[pos:close].rstrip()))
        holder = self._note_holder(self.masked[pos : pos + 40])
        if holder is not None:
            holder.notes.append(extent)
        elif self.division is not None:
            self.division.notes.append(extent)
            self.body.stretches.append((extent, PieceRole.NOTE))
        else:
            self.body.stretches.append((extent, PieceRole.NOTE))
            self._find(UNNUMBERED_LINE, extent, "this note stands under no article")
        self.settled = True
        return close

    def _note_end(self, pos: int) -> int | None:
        depth = 0
        for index in range(pos, min(pos + _MOST_BRACKET, len(self.masked))):
            char = self.masked[index]
            depth += (char == "[") - (char == "]")
            if depth == 0:
                return index + 1
            if char == "\n" and re.match(
                r"\s*(?:Articles? \d[\d-]*\s*\(|\(\d+\) [A-Z]|\d+\. |\[|CHAPTER|ADDEND)",
                self.masked[index : index + 40],
            ):
                return None
        return None

    def _note_holder(self, opening: str) -> OpenNode | None:
        level = re.match(r"\[\s*(?:This\s+)?(paragraph|subparagraph|item)\b", opening, re.IGNORECASE)
        kind = _KIND_OF_LEVEL[level[1].lower()] if level else ProvisionKind.ARTICLE
        nodes = [node for node in self.path if node.rank <= RANK[kind]]
        return nodes[-1] if nodes else None

    def _read_part_range(self, pos: int, end: int) -> int | None:
        if not self.path:
            return None
        form = match_part_range(self.masked, pos, end)
        if form is None and self.addenda is not None:
            form = match_omitted_part(self.masked, pos, end)
        if form is None:
            return None
        kind = _KIND_OF_LEVEL[form.level]
        nodes = [node for node in self.path if node.rank < RANK[kind]]
        if not nodes or not self.settled:
            return None
        if form.omitted:
            nodes[-1].omissions.append((form.level, form.numbers.numbers, Extent(pos, form.end)))
            nodes[-1].last[kind] = form.numbers.numbers[-1]
            self.settled = True
            rest = skip_blanks(self.masked, form.end, end)
            return rest if rest >= end else self._read_wording(rest, end)
        label_end = pos + len(self.masked[pos : form.word].rstrip(" ("))
        self.body.stretches.append((Extent(pos, label_end), PieceRole.NUMBER))
        opened = [self._new_part(kind, number, Extent(pos, label_end)) for number in form.numbers.numbers]
        self._share_wording(opened, Extent(label_end, end))
        return end

    def _open_part(self, kind: ProvisionKind, number: str, label: Extent, *, nested: bool = False) -> None:
        self._new_part(kind, number, label, nested=nested)
        self.body.stretches.append((label, PieceRole.NUMBER))
        self.settled = True

    def _new_part(self, kind: ProvisionKind, number: str, label: Extent, *, nested: bool = False) -> OpenNode:
        while len(self.path) > 1 and self.path[-1].rank >= RANK[kind] + nested:
            self.path.pop()
        node = OpenNode(kind, number, label, nested=nested)
        self.path[-1].children.append(node)
        self.path[-1].last[kind] = number
        self.path.append(node)
        return node

    def _read_part_heading(self, pos: int, end: int) -> int:
        """A heading in brackets behind a number, as paragraphs of addenda have (`(1) (Enforcement Date) This …`)."""
        if self.addenda is None:
            return pos
        match = re.compile(r"\(([A-Z][^()]{2,200})\)\s{0,3}(?=[A-Z\"“]|$)").match(self.masked, pos)
        if match is None or "omitted" in match[1].lower():
            return pos
        node = self.path[-1]
        node.heading = " ".join(match[1].split())
        heading = Extent(pos, pos + len(match.group().rstrip()))
        node.label = Extent(node.label.start, heading.end)
        self.body.stretches.append((heading, PieceRole.HEADING))
        return match.end()

    def _read_wording(self, pos: int, end: int) -> int:
        text = self.masked[pos:end].rstrip()
        extent = Extent(pos, pos + len(text))
        if not text:
            return end
        if not self.path:
            if self.division is not None and self.division.is_untitled and not self.division.articles:
                self.division.title = extent
                self.body.stretches.append((extent, PieceRole.DIVISION))
                return end
            if self.division is not None and self._wraps_title(self.division, pos):
                self.division.title = Extent(self.division.title.start, extent.end)
                self.body.stretches.append((extent, PieceRole.DIVISION))
                self._find(HEADING_UNSURE, extent, f"`{text[:60]}` was read as the rest of the heading above")
                return end
            self.body.stretches.append((extent, PieceRole.UNREAD))
            self._find(UNNUMBERED_LINE, extent, f"`{text[:60]}` stands under no article")
            return end
        node = self.path[-1]
        if self.settled and not self.open_bracket and not node.is_empty:
            node = self._place_loose_line(node, text, extent)
        node.stretches.append(extent)
        self._note_ending(text, node)
        return end

    def _wraps_title(self, division: OpenDivision, pos: int) -> bool:
        between = self.masked[division.title.end : pos]
        return not division.articles and not division.notes and between.count("\n") == 1 and not between.strip()

    def _place_loose_line(self, node: OpenNode, text: str, extent: Extent) -> OpenNode:
        if text.startswith(("<", "〈", "(Proviso Omitted")) or re.match(r"\(?(?:[a-z]|\d\S*\s+[a-z])", text):
            # A small letter reads on from a line that only seemed to end (`…, and`).
            return node
        if self.ended_softly and (self.ended_with_colon or not opens_added_sentence(text)):
            return node
        if node.kind in _LISTS:
            while self.path[-1].kind in _LISTS and len(self.path) > 1:
                self.path.pop()
            node = self.path[-1]
        elif opens_added_sentence(text):
            return node
        self._find(UNNUMBERED_LINE, extent, f"`{text[:60]}` has no number; read as wording of the {node.kind.value}")
        return node

    def _note_ending(self, text: str, node: OpenNode) -> None:
        was_open = self.open_bracket
        opened, closed = text.rfind("<"), text.rfind(">")
        if opened >= 0 or closed >= 0:
            self.open_bracket = opened > closed and self._closes_later(node.stretches[-1].start + opened)
        self.settled = ends_settled(text) and not self.open_bracket
        self.ended_softly = ends_softly(text)
        self.ended_with_colon = text.rstrip().endswith(":")
        words = re.sub(r"^[^<>]*>" if was_open else r"^>", "", text)
        node.has_words = node.has_words or bool(re.sub(r"<[^<>]*(?:>|$)", "", words).strip())
        node.announces = re.sub(r"\s*<[^<>]*>\s*$", "", text[-300:]).endswith(":")

    def _closes_later(self, opening: int) -> bool:
        """True if the annotation that opens here closes within the next lines."""
        if not re.match(r"<\s*(?:[A-Z]|by\b|on\b)", self.masked[opening : opening + 20]):
            return False
        window = self.masked[opening + 1 : opening + _MOST_BRACKET]
        close, again = window.find(">"), window.find("<")
        if close >= 0 and (again < 0 or close < again):
            return True
        extent = Extent(opening, line_end(self.masked, opening))
        self._find(UNCLOSED_BRACKET, extent, "this annotation does not close")
        return False

    def _find(self, kind: FindingKind, extent: Extent, message: str) -> None:
        own = f"{self.law}/{self.body.articles[-1].number}" if self.body.articles and self.addenda is None else ""
        self.body.findings.append(Finding(kind, extent, message, own))
