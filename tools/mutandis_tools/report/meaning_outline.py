"""Many actions that come out otherwise, in outline: the ways they do, which they are, and one case of each way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from mutandis.dataclass import dataclass
from mutandis_tools.comparison.semantic import SubjectDifference
from mutandis_tools.comparison.witness import Witness
from mutandis_tools.report.lines import Line, Piece, line, printable

MOST_IN_FULL = 20
"""So many are told each with all of its cases; more are told in outline."""
_COMMON = 0.5
"""A fact is told of all cases together where more than this part of them has it."""


@dataclass(frozen=True, slots=True)
class InWords:
    """What an outline is told with: the name of an action or a fact, how a case turns out (was, is), its places, its
    lines, what is stated of a fact, and whether a case of a file holds it.
    """

    called: Callable[[SubjectDifference], str]
    way: Callable[[Witness], tuple[str, str]]
    places: Callable[[Witness], str]
    case: Callable[[Witness], Iterable[Line]]
    stated: Callable[[str, object], str]
    is_open: Callable[[Witness], bool]
    is_held: Callable[[Witness], bool]


def outline(found: Sequence[SubjectDifference], words: InWords) -> Iterator[Line]:
    """The ways in which they come out otherwise, those of the most first, what is not settled last."""
    yield from _in_common([one for subject in found for one in subject.witnesses], words)
    ways: dict[tuple[str, str], list[tuple[SubjectDifference, Witness]]] = {}
    for subject in found:
        fewest: dict[tuple[str, str], Witness] = {}
        for witness in subject.witnesses:
            way = words.way(witness)
            if way not in fewest or _size(witness) < _size(fewest[way]):
                fewest[way] = witness
        for way, witness in fewest.items():
            ways.setdefault(way, []).append((subject, witness))
    ordered = sorted(ways.items(), key=lambda one: (words.is_open(one[1][0][1]), -len(one[1])))
    for (was, now), mine in ordered:
        head = f"{len(mine)}: was {was}, is {now}"
        yield line("  ", Piece("differ  ", "open"), Piece(printable(head), "strong", hangs=True))
        told = "; ".join(_named(subject, witness, words) for subject, witness in mine)
        yield line("    ", Piece(printable(told), hangs=True))
        subject, witness = min(mine, key=lambda one: _size(one[1]))
        if len(mine) > 1:
            yield line("    ", Piece("so ", "quiet"), Piece(printable(words.called(subject)), hangs=True))
        yield from words.case(witness)
    unsure = [words.called(one) for one in found if not one.complete]
    if unsure:
        told = f"not all was proved of these, so there may be more: {'; '.join(unsure)}"
        yield line("  ", Piece(printable(told), "quiet", hangs=True))
    yield line(
        "  ", Piece("each with all of its cases: --in-full; the JSON and the saved cases have every one", "quiet")
    )


def _named(subject: SubjectDifference, witness: Witness, words: InWords) -> str:
    places = words.places(witness)
    return f"{words.called(subject)} ({places})" if places else words.called(subject)


def _size(witness: Witness) -> int:
    return len(witness.case.facts)


def _in_common(witnesses: Sequence[Witness], words: InWords) -> Iterator[Line]:
    """What most cases have in common, which is what the amendment is about; and how many no file has."""
    stated = Counter(
        (name, value)
        for witness in witnesses
        for name, value in witness.case.facts.items()
        if isinstance(value, bool | str)
    )
    many = len(witnesses)
    for (name, value), count in stated.most_common():
        if count <= many * _COMMON:
            break
        told = f"in {'each' if count == many else f'{count:,}'} of {many:,} cases: {words.stated(name, value)}"
        yield line("  ", Piece(printable(told), hangs=True))
    flips = [one for one in witnesses if one.aspect in ("verdict", "value")]
    missing = sum(not words.is_held(one) for one in flips)
    if missing:
        told = f"of {len(flips):,} ways to come out otherwise, {missing:,} are shown by no case of a file"
        yield line("  ", Piece(told, "open", hangs=True))
