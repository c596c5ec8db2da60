"""What says of each duty when it is over: a fact that records the doing, or that it goes on, or comes again.

A duty to respect somebody's rights is never done, one to give a notice is done once, and one to report every half year
comes again. An action whose duty is none of these is told as owed for ever, as nothing can end it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

from mutandis.citation import Citation
from mutandis.dataclass import dataclass
from mutandis.link.program import Norm, Program

End = Literal["done", "continuing", "recurs", "open"]
ENDS: Final[tuple[End, ...]] = ("done", "continuing", "recurs", "open")


@dataclass(frozen=True, slots=True)
class Duty:
    """An action that somebody must do, by name, the places that say so, and what tells its end.

    `end` is `done` where a fact records the doing, `continuing` where the duty goes on as long as its grounds hold,
    `recurs` where every rule says how often it comes again, `open` where nothing says when it is over.
    """

    action: str
    places: tuple[Citation, ...]
    end: End


def duties_of(program: Program) -> tuple[Duty, ...]:
    """Every action that a rule demands, by itself or as one of several, in the order of their names."""
    return tuple(_duties(program))


def _duties(program: Program) -> Iterator[Duty]:
    for action, component in sorted(program.components.items()):
        # Of wording that is not held nobody knows how often its duty came again.
        owed = [norm for norm in component.norms if _is_owed(norm) and not norm.opaque]
        declared = program.vocabulary.actions.get(action)
        if not owed or declared is None:
            continue
        end: End = "open"
        if declared.done:
            end = "done"
        elif declared.continuing:
            end = "continuing"
        elif all(norm.recurs for norm in owed):
            end = "recurs"
        yield Duty(action, tuple(sorted({norm.citation for norm in owed}, key=Citation.sort_key)), end)


def _is_owed(norm: Norm) -> bool:
    """True of a duty, and of a choice among several of which one has to be done."""
    return norm.direction == "must" or bool(norm.any_group)
