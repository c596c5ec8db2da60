"""Reads what stands before the first heading: navigation, the title, the instruments.

The title is the block of lines before the first instrument, or, where none is cited, the last block before the body.
"""

from __future__ import annotations

from mutandis.dataclass import dataclass
from mutandis_text.document import Extent, Head, Instrument, PieceRole
from mutandis_text.findings import READ_AS_NOISE, Finding
from mutandis_text.lines.instrument_grammar import find_first_instrument, read_changes
from mutandis_text.lines.line_forms import is_noise
from mutandis_text.structure import english


@dataclass(frozen=True, slots=True)
class HeadReading:
    """The head, the stretches it is made of, and what was unsure."""

    head: Head
    stretches: tuple[tuple[Extent, PieceRole], ...]
    findings: tuple[Finding, ...]
    preamble: tuple[Extent, Extent] | None = None
    """Its title, and the whole of it; it ends where the body begins."""


def read_head(masked: str, end: int) -> HeadReading:
    """Read the text from its start to `end`, where the body begins."""
    lines = [line for line in _lines(masked, end) if masked[line.start : line.end].strip()]
    opening = next((at for at, one in enumerate(lines) if english.PREAMBLE.fullmatch(masked, one.start, one.end)), None)
    preamble = None
    if opening is not None and opening + 1 < len(lines):
        preamble = (lines[opening], Extent(lines[opening].start, lines[-1].end))
        lines = lines[:opening]
    stretches: list[tuple[Extent, PieceRole]] = []
    candidates: list[Extent] = []
    instruments: list[Instrument] = []
    first_instrument: int | None = None
    findings: list[Finding] = []
    for line in lines:
        text = masked[line.start : line.end]
        at = find_first_instrument(text)
        if at is not None:
            if first_instrument is None:
                first_instrument = line.start + at
                if text[:at].strip(" [(<") and not english.ENFORCEMENT_NOTE.match(text):
                    candidates.append(Extent(line.start, line.start + len(text[:at].rstrip(" [(<,"))))
            start = at if not instruments or english.ENFORCEMENT_NOTE.match(text) else 0
            for change in read_changes(text[start:], line.start + start):
                instruments += change.instruments
            stretches.append((line, PieceRole.HEAD))
        elif is_noise(text):
            stretches.append((line, PieceRole.NOISE))
            if first_instrument is None:
                candidates.append(Extent(line.end, line.end))  # an empty stretch parts two blocks
        else:
            stretches.append((line, PieceRole.HEAD))
            if first_instrument is None:
                candidates.append(line)
            else:
                findings.append(Finding(READ_AS_NOISE, line, f"`{text.strip()[:60]}` was read as part of the head"))
    instruments = _carry_changes(instruments)
    title = _choose_title(masked, candidates)
    if title is not None:
        passed_over = {e for e in candidates if len(e) and not _overlap(title, e)}
        for extent in sorted(passed_over):
            snippet = " ".join(masked[extent.start : extent.end].split())
            findings.append(Finding(READ_AS_NOISE, extent, f"`{snippet[:60]}` stands before the title"))
        stretches = [(e, PieceRole.NOISE if e in passed_over else role) for e, role in stretches]
    text = " ".join(masked[title.start : title.end].split()) if title else ""
    extent = Extent(title.start if title else 0, end)
    return HeadReading(Head(text, title, tuple(instruments), extent), tuple(stretches), tuple(findings), preamble)


def _carry_changes(instruments: list[Instrument]) -> list[Instrument]:
    # `Amended by` is printed once and holds for the lines below it until another such word.
    carried: list[Instrument] = []
    last = None
    for instrument in instruments:
        change = instrument.change
        if change.value == "other" and last is not None:
            change = last
        elif change.value != "other":
            last = change
        carried.append(
            Instrument(instrument.kind, instrument.numbers, instrument.date, instrument.raw, instrument.extent, change)
        )
    return carried


def _choose_title(masked: str, candidates: list[Extent]) -> Extent | None:
    blocks: list[list[Extent]] = [[]]
    for extent in candidates:
        text = masked[extent.start : extent.end]
        if not len(extent) or (blocks[-1] and masked.count("\n", blocks[-1][-1].end, extent.start) > 1):
            blocks.append([])
        if len(extent) and not english.CHANGE_LEFT_OPEN.fullmatch(text.strip()):
            blocks[-1].append(extent)
    filled = [block for block in blocks if block]
    if not filled:
        return None
    named = [b for b in filled if any(english.TITLE_WORD.search(masked[e.start : e.end]) for e in b)]
    block = (named or filled)[-1]
    # Print furniture may stand right above a title in capitals.
    capitals = [extent for extent in block if masked[extent.start : extent.end].isupper()]
    chosen = capitals if capitals and english.TITLE_WORD.search(masked[capitals[0].start : capitals[-1].end]) else block
    start = chosen[0].start
    text = masked[start : chosen[-1].end]
    return Extent(start + len(text) - len(text.lstrip()), start + len(text.rstrip()))


def _overlap(one: Extent, other: Extent) -> bool:
    return one.start < other.end and other.start < one.end


def _lines(masked: str, end: int) -> list[Extent]:
    found: list[Extent] = []
    pos = 0
    while pos < end:
        stop = masked.find("\n", pos, end)
        stop = end if stop < 0 else stop
        found.append(Extent(pos, stop))
        pos = stop + 1
    return found
