"""Finds the provisions that a mention names, and says why where it cannot.

Places of this law are looked up in the document: ranges give every live provision between their ends, `each
subparagraph` every one there is. Places of other laws are written out as far as their numbers go.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import field, replace

from mutandis.dataclass import dataclass
from mutandis_text.document import Provision, ProvisionKind, SentenceKind, Status
from mutandis_text.references.law_context import LawContext, LawReference, TargetLaw
from mutandis_text.references.provision_index import ProvisionIndex, child_id
from mutandis_text.references.syntax import ALL, Level, Mention, Part, Place, Relative, Target
from mutandis_text.references.tokens import IN_ROW

_NOUN = {
    Level.ARTICLE: "Article {}",
    Level.PARAGRAPH: "paragraph ({})",
    Level.SUBPARAGRAPH: "subparagraph {}",
    Level.ITEM: "item ({})",
    Level.SUBITEM: "sub-item ({})",
}
_MOST_EXTERNAL = 200
"""A longer range into another law is a misprint; its ends are given alone."""


@dataclass(frozen=True, slots=True)
class Found:
    """Ids in the order named, and why the mention is broken (None if it is not)."""

    ids: tuple[str, ...]
    broken: str | None = None


@dataclass(slots=True)
class Memory:
    """What an article has named so far, for `the same Article` and `the same Act`; lives while one article is read.

    `laws` are the decree (True) and the law of higher rank (False) named last; `together` are all the provisions of a
    level in the mention that named one last, `opened` the provision with subparagraphs that a list's opening names,
    `gone_through` the lists whose entries speak of those. `annexes` are the table, the form and so on named last, by
    kind, `external` the law of each article of other laws by its number.
    """

    laws: dict[bool, LawReference] = field(default_factory=dict)
    places: dict[Level, tuple[LawReference, str]] = field(default_factory=dict)
    opened: dict[str, str] = field(default_factory=dict)
    gone_through: set[str] = field(default_factory=set)
    together: dict[Level, tuple[str, ...]] = field(default_factory=dict)
    division: str | None = None
    annexes: dict[str, tuple[LawReference, str]] = field(default_factory=dict)
    external: dict[str, LawReference] = field(default_factory=dict)

    def remember(
        self, law: LawReference, ids: Sequence[str], index: ProvisionIndex, *, decree: bool, by_name: bool = True
    ) -> None:
        """Take note of what a mention named; `decree`: the law is one, `by_name`: it was named, not only meant."""
        if by_name:
            self.laws[decree] = law
        if not ids:
            return
        parts = [_split_id(name.partition(" ")[0].removeprefix(law.prefix)) for name in ids]
        for level in Level:
            named = tuple(dict.fromkeys(f"{law.prefix}{part[level]}" for part in parts if level in part))
            self.together |= {level: named} if named else {}
        if law.target is not TargetLaw.SAME:
            self._note_annexes(law, ids)
            places = {level: (law, name) for level, name in _split_id(ids[-1].partition(" ")[0]).items()}
            article = places.get(Level.ARTICLE)
            if article is not None and _is_annex(article[1].removeprefix(f"{law.prefix}/")):
                places.pop(Level.ARTICLE)
            self.places |= places
            self.external |= {part[Level.ARTICLE].removeprefix("/"): law for part in parts if Level.ARTICLE in part}
            return
        self.note_places(law, ids, index)

    def named_last(self, level: Level, part: Part) -> tuple[LawReference, str] | None:
        """What `the same Article` or (with the kind in `number`) `the same Table` was, and of which law."""
        return self.annexes.get(part.number) if level is Level.ARTICLE and part.number else self.places.get(level)

    def note_places(self, law: LawReference, ids: Sequence[str], index: ProvisionIndex) -> None:
        """Take note of the last of these provisions of this law, at each level."""
        self._note_annexes(law, ids)
        name = ids[-1].partition(" ")[0] if ids else ""
        named = _split_id(name)  # What is not there has a place too.
        for level in (Level.ARTICLE, Level.PARAGRAPH, Level.SUBPARAGRAPH, Level.ITEM) if ids else ():
            provision = index.at_level(name, level)
            if level is Level.ARTICLE and _is_annex(name.removeprefix(f"{law.prefix}/")):
                continue
            if provision is not None or level in named:
                self.places[level] = (law, provision.id if provision is not None else named[level])

    def _note_annexes(self, law: LawReference, ids: Sequence[str]) -> None:
        for name in ids:
            whole = _split_id(name.partition(" ")[0]).get(Level.ARTICLE, "")
            annex = whole.removeprefix(f"{law.prefix}/")
            if _is_annex(annex):
                self.annexes[annex.partition("-")[0]] = (law, whole)


@dataclass(frozen=True, slots=True)
class Resolver:
    """Resolves mentions made in provision `here`."""

    index: ProvisionIndex
    context: LawContext
    here: str
    memory: Memory
    amended: LawReference | None = None
    """The law whose wording the provision amends: places without a law are its own."""

    def resolve(self, mention: Mention) -> tuple[LawReference, Found]:
        """The law a mention names and the provisions in it."""
        law = self.context.resolve(mention.law, self.memory.laws)
        top = mention.targets[0].first.parts[:1] if mention.targets else ()
        if top and top[0][1].relative is Relative.SAME and mention.law is None:
            law = (self.memory.named_last(*top[0]) or (law, ""))[0]
        elif mention.law is None and self.amended is not None:
            law = self.amended
        elif mention.law is None and not mention.former and not mention.addenda:
            law = self._named_before(mention) or law
        found = []
        for target in mention.targets:
            found.append(self._meant(target, law, mention))
            if law.target is TargetLaw.SAME:
                # `Article 16 (1) or paragraph (2) of the same Article`.
                self.memory.note_places(law, found[-1].ids, self.index)
        ids = tuple(dict.fromkeys(name for one in found for name in one.ids))
        broken = "; ".join(dict.fromkeys(one.broken for one in found if one.broken)) or None
        return law, Found(ids, broken)

    def _named_before(self, mention: Mention) -> LawReference | None:
        """`Article 45-2 of the Act applies (in cases of subparagraph 1 of Article 45-2, …)`: the law whose article of
        that number the article named before, where this law has none."""
        parts = [one.first.part(Level.ARTICLE) for one in mention.targets]
        numbers = {part.number if part is not None else "" for part in parts}
        laws = {self.memory.external.get(number) for number in numbers}
        held = any(f"{self.context.law}/{number}" in self.index.provisions for number in numbers)
        return laws.pop() if len(laws) == 1 and not held else None

    def _meant(self, target: Target, law: LawReference, mention: Mention) -> Found:
        level, part = target.first.parts[0] if target.first.parts else (Level.ARTICLE, Part())
        if part.relative is Relative.SAME and part.count == ALL:
            named = self.memory.together.get(level, ())
            return Found(named, None if named else "nothing of that level was named before")
        found = self._target(target, law, mention)
        own = self.index.at_level(self.here, Level.ARTICLE) if mention.addenda else None
        if mention.addenda and (found.broken is not None or (own is not None and found.ids == (own.id,))):
            # `Article 2 (1) and Article 3 of the Addenda`: the first may be the body's, and is no reference to itself.
            body = self._target(target, law, replace(mention, addenda=False))
            found = found if body.broken else body
        if target.otherwise is None or found.broken is None:
            return found
        other = self._target(target.otherwise, law, mention)
        return found if other.broken else other

    def _target(self, target: Target, law: LawReference, mention: Mention) -> Found:
        if law.target is not TargetLaw.SAME:
            return self._external(target, replace(law, prefix=f"{law.prefix}/addenda") if mention.addenda else law)
        first = self._place(target.first, mention)
        if target.last is None:
            return first
        last = self._place(target.last, mention)
        if not first.ids or not last.ids:
            return Found(first.ids + last.ids, first.broken or last.broken)
        known = first.ids[0] in self.index.provisions and last.ids[-1] in self.index.provisions
        span = self.index.between(first.ids[0], last.ids[-1]) if known else self.index.held(first.ids[0], last.ids[-1])
        broken = first.broken or last.broken
        if known and not span and not broken:
            broken = f"{first.ids[0]} to {last.ids[-1]} is no range"
        return Found(span or (first.ids[0], last.ids[-1]), broken)

    # --- provisions of this law ---------------------------------------------------------------------------------------

    def _place(self, place: Place, mention: Mention) -> Found:
        names, broken = self._start(place, mention)
        article = place.part(Level.ARTICLE)
        for level, part in place.parts:
            if level is Level.ARTICLE and article is not None:
                continue
            steps = [self._step(name, level, part) for name in names]
            names = tuple(name for step in steps for name in step.ids)
            broken = broken or next((step.broken for step in steps if step.broken), None)
        if mention.former:
            broken = None
        if place.each is not None and broken is None:
            return self._every(names, place.each)
        if place.sentence and broken is None:
            found = [self._sentence(name, place) for name in names]
            return Found(tuple(n for one in found for n in one.ids), next((f.broken for f in found if f.broken), None))
        if place.sentence in ("proviso", "latter", "former") and broken is not None:
            names = tuple(f"{name} {place.sentence}" for name in names)
        return Found(names, broken or self._standing(names, mention))

    def _start(self, place: Place, mention: Mention) -> tuple[tuple[str, ...], str | None]:
        """The provisions that the highest level is looked for in."""
        article = place.part(Level.ARTICLE)
        if article is not None:
            return self._article(article, mention)
        top = place.highest
        if top is None:
            return self._bearer(place), None
        above = [level for level in Level if level < top]
        for level in reversed(above):
            holder = self.index.at_level(self.here, level)
            if holder is not None and top is Level.ITEM and self.index.inside(holder.id, top):
                return (holder.id,), None  # A list in letters right below it.
            if holder is not None and (level is Level.ARTICLE or level >= top - 1 or top is Level.SUBPARAGRAPH):
                return (self._elsewhere(holder, place) or holder.id,), None
        return (self.here,), None

    def _elsewhere(self, holder: Provision, place: Place) -> str | None:
        """`Who violates Article 17: 1. In cases of subparagraph 1, …`: the provision whose entries a list goes through.

        An entry shows it that would name itself, or one that its own list does not have.
        """
        opened = self.memory.opened.get(holder.id)
        level, part = place.parts[0]
        if opened is None or level is not Level.SUBPARAGRAPH or part.relative is not None:
            return None
        own = child_id(holder.id, level, part.number, holder.kind)
        named = self.index.at_level(self.here, level)
        there = own in self.index.provisions and (named is None or named.id != own)
        if there and holder.id not in self.memory.gone_through:
            return None
        if child_id(opened, level, part.number, self.index.provisions[opened].kind) not in self.index.provisions:
            return None
        self.memory.gone_through.add(holder.id)
        return opened

    def _article(self, part: Part, mention: Mention) -> tuple[tuple[str, ...], str | None]:
        if part.relative is Relative.SAME:
            remembered = self.memory.named_last(Level.ARTICLE, part)
            holder = self.index.at_level(self.here, Level.ARTICLE)
            name = remembered[1] if remembered is not None else holder.id if holder is not None else self.here
            unnamed = remembered is None and part.number
            return (name,), f"no attached {part.number.capitalize()} was named before" if unnamed else None
        if part.relative is not None:
            holder = self.index.at_level(self.here, Level.ARTICLE)
            if holder is None:
                return (), "there is no Article it could count from"
            return self._relative(holder.id, part, Level.ARTICLE)
        name = f"{self.context.law}/{part.number}"
        if _is_annex(part.number):
            alike = [one for one in self.index.annexes if one.startswith(f"{name}-")]
            if name not in self.index.provisions and len(alike) == 1:
                # The only one of its kind, printed with a number.
                return (alike[0],), None
            # The publisher may leave attached tables and forms out altogether: then it is not known what there is.
            missing = bool(self.index.annexes) and name not in self.index.provisions
            return (name,), f"the text has no attached {_annex(part.number)}" if missing else None
        if mention.addenda and mention.words:
            body = f"{self.context.law}/addenda-{mention.words}"
            name = f"{body}/{part.number}"
            if body not in self.index.provisions:
                return (name,), None  # The publisher may leave earlier addenda out.
        elif mention.addenda:
            body = next((p.id for p in self.index.ancestors(self.here) if p.kind is ProvisionKind.ADDENDA), "")
            name = f"{body}/{part.number}" if body else name
        return (name,), None if name in self.index.provisions else f"there is no Article {part.number}"

    def _relative(self, name: str, part: Part, level: Level) -> tuple[tuple[str, ...], str | None]:
        if part.relative is Relative.THIS:
            return (name,), None
        sign = -1 if part.relative is Relative.PRECEDING else 1
        found = self.index.neighbours(name, sign * part.count)
        if len(found) < part.count:
            noun = _NOUN[level].split(" ")[0]
            return found, f"{name} has no {part.relative} {noun}"
        return found, None

    def _bearer(self, place: Place) -> tuple[str, ...]:
        """For a sentence word or `each subparagraph` alone: the nearest provision around that has such a one."""
        for provision in self.index.ancestors(self.here):
            if place.each is not None and self.index.inside(provision.id, place.each):
                return (provision.id,)
            if place.sentence == "proviso" and self.index.sentence(provision.id, SentenceKind.PROVISO):
                return (provision.id,)
        return (self.here,)

    def _step(self, name: str, level: Level, part: Part) -> Found:
        if part.relative is Relative.SAME:
            remembered = self.memory.places.get(level)
            return Found((remembered[1],)) if remembered else Found((name,), "nothing of that level was named before")
        if part.relative is not None:
            own = self.index.at_level(self.here, level)
            if own is None or (self.index.parents.get(own.id) != name and own.id != name):
                noun = _NOUN[level].split(" ")[0]
                return Found((name,), f"{self.here} stands in no {noun} it could count from")
            return Found(*self._relative(own.id, part, level))
        holder = self.index.provisions.get(name)
        kind = holder.kind if holder is not None else _kind_of(name)
        number = part.number.removesuffix(IN_ROW)
        found = child_id(name, level, number, kind)
        if found in self.index.provisions:
            return Found((found,))
        if level > Level.SUBPARAGRAPH and name.partition(".")[0] in self.index.annexes:
            return Found((found,))  # Below its entries an annex is kept as it stands.
        if holder is not None and not holder.is_live:
            return Found((found,), self._gone(name))
        if number != part.number and holder is not None and not self.index.inside(name, level):
            return Found((name,))  # What is printed without numbers is cited with what it stands in.
        # A document that numbers the paragraphs of an addendum without an article, or the reverse, is looked through.
        return Found((found,), f"{name} has no {_NOUN[level].format(number)}" + self._hint(name, level, number))

    def _hint(self, name: str, level: Level, number: str) -> str:
        holder = self.index.provisions.get(name)
        if holder is None or level is not Level.SUBPARAGRAPH:
            return ""
        near = [p.id for p in holder.children if child_id(p.id, level, number, p.kind) in self.index.provisions]
        return f" ({near[0]} has one)" if len(near) == 1 else ""

    def _every(self, names: Sequence[str], level: Level) -> Found:
        noun = _NOUN[level].split(" ")[0]
        ids: list[str] = []
        for name in names:
            inside = self.index.entries(name, level) if name in self.index.provisions else ()
            if not inside:
                return Found(tuple(names), f"{name} has no {noun}s")
            ids.extend(inside)
        return Found(tuple(ids))

    def _sentence(self, name: str, place: Place) -> Found:
        kind = {"proviso": SentenceKind.PROVISO, "latter": SentenceKind.LATTER}.get(place.sentence)
        provision = self.index.provisions.get(name)
        if provision is None:
            return Found((f"{name} {place.sentence}" if place.sentence != "main" else name,))
        if place.sentence == "former" and len(provision.sentences) > 1:
            return Found((f"{name} former",), self._gone(name))
        if kind is None:
            return Found((name,), self._gone(name))
        found = self.index.sentence(name, kind)
        if found is not None:
            return Found((found,))
        if place.shared_sentence or (kind is SentenceKind.LATTER and len(provision.sentences) > 1):
            return Found((name,), self._gone(name))
        word = "proviso" if kind is SentenceKind.PROVISO else "latter part"
        return Found((f"{name} {place.sentence}",), self._gone(name) or f"{name} has no {word}")

    def _standing(self, names: Sequence[str], mention: Mention) -> str | None:
        return None if mention.former else next((gone for name in names if (gone := self._gone(name))), None)

    def _gone(self, name: str) -> str | None:
        for provision in self.index.ancestors(name):
            if provision.status is Status.DELETED:
                return f"{provision.id} is deleted"
            if provision.status is Status.MOVED:
                targets = [m.target for note in provision.notes for m in note.moves if m.origin == provision.id]
                where = f" to {targets[0]}" if targets and targets[0] else ""
                return f"{provision.id} was moved{where}"
        return None

    # --- provisions of other laws -------------------------------------------------------------------------------------

    def _external(self, target: Target, law: LawReference) -> Found:
        first = self._write(target.first, law)
        if target.last is None:
            return Found((first,))
        level = target.first.deepest
        low, high = target.first.part(level or Level.ARTICLE), target.last.part(level or Level.ARTICLE)
        if level is None or low is None or high is None:
            return Found((first, self._write(target.last, law)))
        numbers = _count_up(low.number, high.number)
        places = (target.first.with_part(level, Part(number)) for number in numbers)
        return Found(tuple(self._write(place, law) for place in places))

    def _write(self, place: Place, law: LawReference) -> str:
        text = law.prefix
        kind = ProvisionKind.ARTICLE
        for level, part in place.parts:
            number = part.number.removesuffix(IN_ROW)
            if part.relative is not None:
                remembered = self.memory.named_last(level, part)
                if remembered is not None and remembered[0] == law:
                    text = remembered[1]
                    kind = _kind_of(text)
                continue
            if level is Level.ARTICLE:
                text += f"/{number}"
                continue
            text = child_id(text, level, number, kind)
            kind = ProvisionKind.PARAGRAPH if level is Level.PARAGRAPH else ProvisionKind.SUBPARAGRAPH
        return f"{text} {place.sentence}" if place.sentence in ("proviso", "latter", "former") else text


_ID = re.compile(r"(?P<article>[^(. ]+)(?P<paragraph>\(\d[\d-]*\))?(?P<subparagraph>\.?\d[\d-]*)?(?P<item>\([a-z]+\))?")


def _split_id(name: str) -> dict[Level, str]:
    """The provisions that an id of another law stands in, by level, itself included."""
    match = _ID.match(name)
    groups = ("article", "paragraph", "subparagraph", "item")
    levels = (Level.ARTICLE, Level.PARAGRAPH, Level.SUBPARAGRAPH, Level.ITEM)
    return {} if match is None else {lv: name[: match.end(g)] for lv, g in zip(levels, groups, strict=True) if match[g]}


def _is_annex(name: str) -> bool:
    """True for `table-1`, `form-2.3`: an article's number begins with a figure."""
    return name.partition("-")[0].isalpha()


def _annex(number: str) -> str:
    """`Table 1` of `table-1`."""
    kind, _, count = number.partition("-")
    return f"{kind.capitalize()} {count.upper()}".strip()


def _kind_of(name: str) -> ProvisionKind:
    return (
        ProvisionKind.PARAGRAPH
        if name.endswith(")") and name[:-1].rpartition("(")[2][:1].isdigit()
        else (ProvisionKind.ARTICLE)
    )


def _count_up(low: str, high: str) -> tuple[str, ...]:
    # `297-2 through 301`, `1 to 6-2`: whole numbers, as the branches between are not known.
    first, last = low.partition("-")[0], high.partition("-")[0]
    if first.isdigit() and last.isdigit() and 0 < int(last) - int(first) <= _MOST_EXTERNAL:
        return (low, *(str(n) for n in range(int(first) + 1, int(last) + 1)), *((high,) if high != last else ()))
    if len(low) == len(high) == 1 and low.isalpha() and low < high:
        return tuple(chr(c) for c in range(ord(low), ord(high) + 1))
    return (low, high)
