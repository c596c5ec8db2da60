"""Text put together from stretches of the source that still knows where each character came from.

A provision's wording may be broken by line ends, page furniture and annotations; stages work on the joined text and
turn what they find back into extents.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from mutandis.dataclass import dataclass
from mutandis_text.document import Extent


@dataclass(frozen=True, slots=True)
class MappedText:
    """Joined text; `starts` are offsets in it at which a stretch begins, `sources` the stretches (a one-space joint
    between stretches belongs to none)."""

    text: str
    starts: tuple[int, ...]
    sources: tuple[Extent, ...]

    def extents(self, start: int, end: int) -> tuple[Extent, ...]:
        """The stretches of the source under a part of the joined text."""
        found: list[Extent] = []
        index = max(bisect_right(self.starts, start) - 1, 0)
        while index < len(self.starts) and self.starts[index] < end:
            at, source = self.starts[index], self.sources[index]
            low, high = max(start, at), min(end, at + len(source))
            if low < high:
                found.append(Extent(source.start + low - at, source.start + high - at))
            index += 1
        return tuple(found)

    def offset(self, position: int) -> int:
        """The source offset of a character (of a joint: the end of the stretch before it)."""
        index = max(bisect_right(self.starts, position) - 1, 0)
        if not self.starts:
            return 0
        source = self.sources[index]
        return min(source.start + position - self.starts[index], source.end)

    def without(self, cuts: Iterable[tuple[int, int]]) -> MappedText:
        """The same text with some parts (sorted, not overlapping) cut out; nothing is put in their place."""
        pieces: list[str] = []
        starts: list[int] = []
        sources: list[Extent] = []
        length = position = 0
        for start, end in (*cuts, (len(self.text), len(self.text))):
            if position < start:
                for extent in self.extents(position, start):
                    low = self._position(extent.start, position)
                    gap = low - position
                    pieces.append(self.text[position:low])
                    length += gap
                    pieces.append(self.text[low : low + len(extent)])
                    starts.append(length)
                    sources.append(extent)
                    length += len(extent)
                    position = low + len(extent)
            position = max(position, end)
        return MappedText("".join(pieces), tuple(starts), tuple(sources))

    def _position(self, offset: int, after: int) -> int:
        index = max(bisect_right(self.starts, after) - 1, 0)
        while not (self.sources[index].start <= offset < self.sources[index].end):
            index += 1
        return self.starts[index] + offset - self.sources[index].start


def join_stretches(masked: str, stretches: Iterable[Extent]) -> MappedText:
    """Join stretches of the masked source with single spaces; line ends inside a stretch read as spaces."""
    pieces: list[str] = []
    starts: list[int] = []
    sources: list[Extent] = []
    length = 0
    for extent in stretches:
        if pieces:
            pieces.append(" ")
            length += 1
        pieces.append(masked[extent.start : extent.end].replace("\n", " "))
        starts.append(length)
        sources.append(extent)
        length += len(extent)
    return MappedText("".join(pieces), tuple(starts), tuple(sources))
