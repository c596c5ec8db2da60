"""What a reference says before anybody knows whether its target exists.

The grammar produces these shapes, the resolution reads them. Levels a place leaves out are those of the provision that
speaks; a part that is no number (`the preceding paragraph`) says how to find one.
"""

from __future__ import annotations

from dataclasses import replace
from enum import IntEnum, StrEnum

from mutandis.dataclass import dataclass
from mutandis_text.document import DivisionKind


class LawNameKind(StrEnum):
    """How a law is named. `own`: `this Act`; `plain`: `the Act`, `the Decree`; `same`: the one named last."""

    NAMED = "named"
    OWN = "own"
    PLAIN = "plain"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class LawName:
    """One name of a law over tokens `first` to `last` (excluded).

    `name` is the name without a leading `the`; of a plain, own or same law only its head (`Act`, `Decree`). `of_law` is
    set for `the Enforcement Decree of the same Act` (or `of the Act`): the law whose decree it is. `former`: the law of
    that name before it was replaced.
    """

    kind: LawNameKind
    name: str
    first: int
    last: int
    of_law: LawName | None = None
    former: bool = False


class Level(IntEnum):
    """The levels a place can name, outermost first."""

    ARTICLE = 1
    PARAGRAPH = 2
    SUBPARAGRAPH = 3
    ITEM = 4
    SUBITEM = 5


class Relative(StrEnum):
    """A part named by where it stands: relative to the provision that speaks, or (`same`) the one named last."""

    THIS = "this"
    PRECEDING = "preceding"
    FOLLOWING = "following"
    SAME = "same"


ALL = 0
"""The count of `the said paragraphs`: all that were named together last."""


@dataclass(frozen=True, slots=True)
class Part:
    """One level of a place: a number as printed, or a relative; `count` as in `the preceding two paragraphs`."""

    number: str = ""
    relative: Relative | None = None
    count: int = 1


@dataclass(frozen=True, slots=True)
class Place:
    """A place as named. `sentence`: `proviso`, `main`, `former`, `latter`, or empty.

    `shared_sentence`: the sentence word stood before an earlier member of the list (`the proviso to paragraph (1) or
    (5)`), so it holds here only if there is such a sentence. `each`: all provisions of that level inside the place.
    """

    parts: tuple[tuple[Level, Part], ...] = ()
    sentence: str = ""
    shared_sentence: bool = False
    each: Level | None = None

    def part(self, level: Level) -> Part | None:
        """What it says of a level."""
        return next((part for own, part in self.parts if own == level), None)

    @property
    def deepest(self) -> Level | None:
        """The lowest level it names."""
        return self.parts[-1][0] if self.parts else None

    @property
    def highest(self) -> Level | None:
        """The highest level it names."""
        return self.parts[0][0] if self.parts else None

    def with_part(self, level: Level, part: Part) -> Place:
        """The place that has this part, keeps what is above it and drops what is below."""
        kept = tuple((own, p) for own, p in self.parts if own < level)
        return Place((*kept, (level, part)), self.sentence, self.shared_sentence)

    def inside(self, container: Place) -> Place:
        """The place inside another that names the levels above it."""
        top = self.highest or self.each or Level.SUBITEM
        upper = tuple((own, p) for own, p in container.parts if own < top or not self.parts)
        shared = self.shared_sentence or container.shared_sentence
        # `the latter part of the proviso`: of that proviso.
        of_proviso = self.sentence and container.sentence == "proviso"
        sentence = "proviso" if of_proviso else self.sentence or container.sentence
        return replace(self, parts=(*upper, *self.parts), sentence=sentence, shared_sentence=shared)


@dataclass(frozen=True, slots=True)
class Target:
    """A place, or a range from one to another (both included).

    `otherwise`: what is meant where nothing stands at this place but something at that one (`Articles 5 (1) 2 and 9`).
    `narrowed`: the token of the bracket behind it that narrows it (`Article 9 (excluding paragraph (3))`), 0 for none.
    """

    first: Place
    last: Place | None = None
    otherwise: Target | None = None
    narrowed: int = 0

    def inside(self, container: Target) -> Target:
        """The target inside another that names the levels above it."""
        outer = container.first
        last = self.last.inside(outer) if self.last is not None else None
        otherwise = self.otherwise.inside(container) if self.otherwise is not None else None
        return Target(self.first.inside(outer), last, otherwise, container.narrowed or self.narrowed)


Read = tuple[tuple[Target, ...], int]
"""What was read, with the index behind it."""


@dataclass(frozen=True, slots=True)
class DivisionName:
    """A part, chapter or section as named, with the division it stands in (`Section 2 of Chapter III`), or a range."""

    kind: DivisionKind
    part: Part
    inside: DivisionName | None = None
    last: Part | None = None


class MentionKind(StrEnum):
    """What kind of phrase was recognised.

    `own_list` (`any of the following subparagraphs`) announces the list below and refers nowhere.
    """

    PROVISION = "provision"
    LAW = "law"
    DEFINITION = "definition"
    DELEGATION = "delegation"
    OWN_LIST = "own_list"
    DIVISION = "division"


@dataclass(frozen=True, slots=True)
class Mention:
    """One phrase over tokens `first` to `last` (excluded).

    `former`: it speaks of the wording before an amendment. `addenda`: it speaks of the addenda. `words` is the defined
    term of a definition (several joined by commas, apart in `terms`), the delegate of a delegation, the number of the
    instrument whose addenda are meant (empty for those that speak). `divisions` are the
    chapters and such that it names, as its target or as the scope of a definition.
    """

    kind: MentionKind
    first: int
    last: int
    targets: tuple[Target, ...] = ()
    law: LawName | None = None
    former: bool = False
    addenda: bool = False
    words: str = ""
    terms: tuple[str, ...] = ()
    divisions: tuple[DivisionName, ...] = ()
