"""Checks a document as a whole: numbering without gaps, instruments that agree, a text that is not cut off."""

from __future__ import annotations

from collections.abc import Iterator

from mutandis_text.document import (
    Extent,
    Instrument,
    PieceRole,
    Provision,
    ProvisionKind,
    StatuteDocument,
    walk_provision,
)
from mutandis_text.findings import (
    ARTICLES_OUT_OF_ORDER,
    IMPOSSIBLE_DATE,
    INSTRUMENT_DATE_DIFFERS,
    INSTRUMENT_NOT_IN_HEAD,
    NO_ADDENDA,
    NUMBER_GAP,
    NUMBERS_OUT_OF_ORDER,
    OTHER_FORM,
    TRUNCATED_TEXT,
    Finding,
)
from mutandis_text.lines.line_forms import ends_settled
from mutandis_text.lines.numbering import follows, letter_value, number_key, roman_value
from mutandis_text.structure.sentences import announces_list

_NUMBERED = (ProvisionKind.PARAGRAPH, ProvisionKind.SUBPARAGRAPH)
_FEWEST_PARAGRAPHS = 2
_LETTERED = (ProvisionKind.ITEM, ProvisionKind.SUBITEM)


def check_document(document: StatuteDocument, masked: str) -> list[Finding]:
    """Every finding that needs more than one provision to see."""
    findings = [*_check_articles(document.articles)]
    roots = [*document.articles, *(addenda.body for addenda in document.addenda)]
    for addenda in document.addenda:
        omitted = {number for o in addenda.body.omissions if o.what == "article" for number in _last_parts(o.ids)}
        articles = tuple(c for c in addenda.body.children if c.kind is ProvisionKind.ARTICLE)
        findings += _check_row(articles, omitted)
    for root in roots:
        for node in walk_provision(root):
            for kind in _NUMBERED:
                omitted = {n for o in node.omissions if o.what == kind.value for n in _last_parts(o.ids)}
                findings += _check_row(tuple(c for c in node.children if c.kind is kind), omitted)
            for kind in _LETTERED:
                if all(o.what != kind.value for o in node.omissions):
                    findings += _check_letters(tuple(c for c in node.children if c.kind is kind))
            findings += _check_form(node)
    findings += _check_instruments(document)
    findings += _check_end(document, masked)
    return findings


def _check_articles(articles: tuple[Provision, ...]) -> Iterator[Finding]:
    highest: tuple[int, ...] = ()
    last: str | None = None
    for article in articles:
        key = number_key(article.number)
        if key <= highest:
            message = f"Article {article.number} stands after Article {last}"
            yield Finding(ARTICLES_OUT_OF_ORDER, article.label, message, article.id)
        elif not follows(article.number, last):
            message = f"Article {article.number} follows on Article {last}" if last else "the first article is not 1"
            yield Finding(NUMBER_GAP, article.label, message, article.id)
        if key > highest:
            highest, last = key, article.number


def _check_row(row: tuple[Provision, ...], omitted: set[str]) -> Iterator[Finding]:
    last: str | None = None
    for node in row:
        # Only the order can be checked where the publisher left numbers out.
        later = last is None or number_key(node.number) > number_key(last)
        ordered = later if omitted else follows(node.number, last)
        if not ordered:
            backwards = last is not None and number_key(node.number) <= number_key(last)
            kind = NUMBERS_OUT_OF_ORDER if backwards else NUMBER_GAP
            message = f"{node.kind.value} {node.number} follows on {last}" if last else f"the first is {node.number}"
            yield Finding(kind, node.label, message, node.id)
        last = node.number


def _check_form(node: Provision) -> Iterator[Finding]:
    """Whole sentences numbered `1.` with nothing above that opens a list are another publisher's paragraphs."""
    row = [child for child in node.children if child.kind is ProvisionKind.SUBPARAGRAPH and child.sentences]
    if node.kind is not ProvisionKind.ARTICLE or len(row) < _FEWEST_PARAGRAPHS or node.list_lead is None:
        return
    opened = node.text.rstrip().endswith(":") or any(announces_list(one.text) for one in node.sentences)
    whole = all(child.text[:1].isupper() and child.text.rstrip()[-1:] in (".", ":") for child in row)
    if whole and not opened:
        message = "whole sentences are numbered `1.` and nothing opens a list: another publisher's paragraphs"
        yield Finding(OTHER_FORM, row[0].label, message, node.id)


def _check_letters(row: tuple[Provision, ...]) -> Iterator[Finding]:
    """Items in letters or roman numerals, whichever the row begins with; branches (`a-2`) are let pass."""
    roman = len(row) > 0 and row[0].number == "i" and (len(row) == 1 or row[1].number == "ii")
    last: int | None = None
    printed = ""
    for node in row:
        letters, _, branch = node.number.partition("-")
        if letters.isdigit():
            value: int | None = int(letters)
        else:
            value = roman_value(letters) if roman or (len(row) == 1 and letters == "i") else letter_value(letters)
        if value is None or branch:
            continue
        if value != (last or 0) + 1:
            kind = NUMBERS_OUT_OF_ORDER if last is not None and value <= last else NUMBER_GAP
            where = f"follows on ({printed})" if last is not None else "is the first"
            yield Finding(kind, node.label, f"{node.kind.value} ({node.number}) {where}", node.id)
        last, printed = value, node.number


def _check_instruments(document: StatuteDocument) -> Iterator[Finding]:
    known: dict[str, Instrument] = {}
    for instrument in document.head.instruments:
        for number in instrument.numbers:
            known.setdefault(number, instrument)
    told: set[tuple[str, str]] = set()
    for instrument, owner in _cited_instruments(document):
        if instrument.date is None and any(char.isdigit() for char in instrument.raw.rpartition(",")[2]):
            message = f"`{instrument.raw}` holds no calendar date"
            yield Finding(IMPOSSIBLE_DATE, instrument.extent, message, owner)
        elif instrument.date is not None and not 1895 <= instrument.date.year <= 2200:
            message = f"`{instrument.raw}` is dated in the year {instrument.date.year}"
            yield Finding(IMPOSSIBLE_DATE, instrument.extent, message, owner)
        for number in instrument.numbers:
            same = known.get(number)
            if (number, instrument.raw) in told:
                continue
            told.add((number, instrument.raw))
            if same is None and known:
                message = f"`{instrument.raw}` is not among the instruments of the head"
                yield Finding(INSTRUMENT_NOT_IN_HEAD, instrument.extent, message, owner)
            elif same is not None and same.date and instrument.date and same.date != instrument.date:
                message = f"`{instrument.raw}` is dated {same.date.isoformat()} in the head"
                yield Finding(INSTRUMENT_DATE_DIFFERS, instrument.extent, message, owner)


def _cited_instruments(document: StatuteDocument) -> Iterator[tuple[Instrument, str]]:
    for instrument in document.head.instruments:
        yield instrument, ""
    for addenda in document.addenda:
        if addenda.instrument is not None and not addenda.inferred:
            yield addenda.instrument, addenda.id
    for root in (*document.articles, *(addenda.body for addenda in document.addenda)):
        for node in walk_provision(root):
            for annotation in node.annotations:
                yield from ((instrument, node.id) for instrument in annotation.instruments)
            for note in node.notes:
                yield from ((instrument, node.id) for instrument in note.instruments)


def _check_end(document: StatuteDocument, masked: str) -> Iterator[Finding]:
    if not document.articles or document.annexes:
        return
    silent = (PieceRole.SPACE, PieceRole.NOISE)
    last = next((piece for piece in reversed(document.pieces) if piece.role not in silent), None)
    if last is not None:
        text = masked[last.extent.start : last.extent.end].rstrip()
        end = last.extent.start + len(text)
        finished = ends_settled(text) and text[-1:] not in (":", ";")
        if last.role in (PieceRole.NUMBER, PieceRole.HEADING, PieceRole.ADDENDA_HEADING) or not finished:
            yield Finding(
                TRUNCATED_TEXT, Extent(max(end - 1, 0), end), f"the text ends with `{text[-40:]}`", last.owner
            )
    if not document.addenda:
        yield Finding(NO_ADDENDA, document.articles[-1].label, "no addenda follow the last article")


def _last_parts(ids: tuple[str, ...]) -> set[str]:
    return {one.rpartition("/")[2] for one in ids}
