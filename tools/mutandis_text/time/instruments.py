"""The instruments that made a law, from its head and its addenda: when promulgated, when enforced, which parts when.

Head and addenda are two witnesses: an addendum that names no instrument is the founding one's, a misprinted year or
number is read by the other witness, and every such reading is noted.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence

from mutandis.dataclass import dataclass
from mutandis_text.document import (
    Addenda,
    ChangeKind,
    Extent,
    Instrument,
    Provision,
    Sentence,
    SentenceKind,
    StatuteDocument,
    walk_provision,
    walk_provisions,
)
from mutandis_text.references.find import Reference, ReferenceReport
from mutandis_text.references.kinds import ReferenceKind
from mutandis_text.time import english
from mutandis_text.time.enforcement import EnforcementPhrase, find_enforcement, says_enforcement

_NEAR = 60
"""Characters before a reference in which a bracket that narrows the one before it opens."""


@dataclass(frozen=True, slots=True)
class EnforcedPart:
    """Provisions of an instrument that take effect on a day of their own."""

    provisions: tuple[str, ...]
    on: dt.date | None
    phrase: EnforcementPhrase


@dataclass(frozen=True, slots=True)
class InstrumentRecord:
    """One instrument. `id` is `Act No. 8728`; `said_in` the provision of the addenda that says when it takes effect.

    `enforced` is None where the addenda do not say, or leave it to something outside (another Act, a decree). `notes`
    tell what was read in spite of the print, and what the publisher left out.
    """

    id: str
    kind: str
    number: str
    change: ChangeKind
    promulgated: dt.date | None
    enforced: dt.date | None
    phrase: EnforcementPhrase | None
    parts: tuple[EnforcedPart, ...]
    addenda: str
    said_in: str
    notes: tuple[str, ...]

    def enforced_for(self, provision: str) -> dt.date | None:
        """When it took effect for a provision: the day of its part, or of the instrument."""
        for part in self.parts:
            if any(stands_in(provision, named) for named in part.provisions):
                return part.on
        return self.enforced


def list_instruments(document: StatuteDocument, report: ReferenceReport) -> tuple[InstrumentRecord, ...]:
    """Every instrument that head or addenda name, by day of promulgation."""
    records: list[InstrumentRecord] = []
    left = list(document.addenda)
    provisions = {one.id: one for one in walk_provisions(document, addenda=False)}
    for instrument in document.head.instruments:
        addendum = _find_addendum(instrument, left, document)
        if addendum is not None:
            left.remove(addendum)
        records.append(_record(instrument, addendum, report, document, provisions))
    for addendum in left:
        if addendum.instrument is not None:
            records.append(_record(addendum.instrument, addendum, report, document, provisions, in_head=False))
    return tuple(sorted(records, key=lambda record: (record.promulgated or dt.date.min, record.number.zfill(8))))


def _find_addendum(instrument: Instrument, left: list[Addenda], document: StatuteDocument) -> Addenda | None:
    for addendum in left:
        if addendum.instrument is not None and set(addendum.instrument.numbers) & set(instrument.numbers):
            return addendum
    # A misprinted number: same day, and a number that the head does not have.
    known = {number for one in document.head.instruments for number in one.numbers}
    for addendum in left:
        other = addendum.instrument
        if other is not None and other.date == instrument.date and not set(other.numbers) & known:
            return addendum
    return None


def _record(
    instrument: Instrument,
    addendum: Addenda | None,
    report: ReferenceReport,
    document: StatuteDocument,
    provisions: Mapping[str, Provision],
    *,
    in_head: bool = True,
) -> InstrumentRecord:
    notes: list[str] = []
    if instrument.change is ChangeKind.WHOLLY_AMENDED:
        notes.append("Whole amendment.")
    promulgated = instrument.date
    phrase: EnforcementPhrase | None = None
    parts: tuple[EnforcedPart, ...] = ()
    said_in = ""
    if addendum is not None:
        printed = addendum.instrument
        if printed is not None and printed.numbers and printed.number != instrument.number:
            notes.append(f"The heading of its addendum prints the number {printed.number}.")
        if printed is not None and _wrong_year(printed.raw, promulgated):
            notes.append(f"The heading of its addendum prints the year {_wrong_year(printed.raw, promulgated)}.")
        said = next(iter(_enforcement_sentences(addendum.body)), None)
        if said is not None:
            provision, sentence = said
            said_in = provision.id
            phrase = next(iter(find_enforcement(sentence.text)), None)
            phrase = None if phrase is not None and phrase.is_elsewhere else phrase
            days = _Days(promulgated, report, document, provisions)
            parts = (*days.parts(provision, sentence), *days.split(addendum.body, provision))
        if phrase is not None and phrase.fixed is None and phrase.amount:
            notes.append(f"{phrase.words.capitalize()}, the day of promulgation not counted.")
        if any("proviso" in omission.what for node in walk_provision(addendum.body) for omission in node.omissions):
            notes.append("The text leaves out a proviso on other dates.")
        if said is not None and phrase is None:
            notes.append("The addendum leaves the day to something outside the text.")
        for part in parts:
            if part.phrase.is_elsewhere:
                named = ", ".join(name.removeprefix(f"{document.law}/") for name in part.provisions)
                notes.append(f"The addendum names no one day for {named}.")
    else:
        notes.append("The text prints no addendum for it.")
    if not in_head:
        notes.append("Named in the addenda, not in the head.")
    kind = instrument.kind or "Instrument"
    return InstrumentRecord(
        f"{kind} No. {instrument.number}" if instrument.number else f"{kind} of {promulgated}",
        kind,
        instrument.number,
        instrument.change,
        promulgated,
        phrase.date(promulgated) if phrase is not None else None,
        phrase,
        parts,
        addendum.id if addendum is not None else "",
        said_in,
        tuple(notes),
    )


def enforcement_provision(body: Provision) -> str:
    """The provision of an addendum that says when it takes effect; empty if none does."""
    return next((provision.id for provision, _ in _enforcement_sentences(body)), "")


def _enforcement_sentences(body: Provision) -> Iterator[tuple[Provision, Sentence]]:
    for provision in walk_provision(body):
        for sentence in provision.sentences:
            if says_enforcement(sentence.text) and find_enforcement(sentence.text):
                yield provision, sentence
    for provision in walk_provision(body):
        heading = (provision.heading or "").lower()
        if "enforcement date" in heading or "effective date" in heading or "date of enforcement" in heading:
            yield from ((provision, sentence) for sentence in provision.sentences[:1])


def splits_enforcement(provision: Provision) -> bool:
    """True for a provision that says when some others take effect (`The amended provisions of Article 5 shall …`)."""
    return any(english.SPLIT.search(sentence.text) is not None for sentence in provision.sentences[:1])


@dataclass(frozen=True, slots=True)
class _Days:
    """Reads the days on which parts of an instrument take effect from sentences of its addendum."""

    promulgated: dt.date | None
    report: ReferenceReport
    document: StatuteDocument
    provisions: Mapping[str, Provision]

    def parts(self, provision: Provision, main: Sentence) -> list[EnforcedPart]:
        """In a proviso each phrase goes with the provisions named before it; in a list, with those of its entry."""
        found: list[EnforcedPart] = []
        for node in walk_provision(provision):
            for sentence in node.sentences:
                if node is provision or node.children == ():
                    whole = sentence.kind is SentenceKind.PROVISO
                    found += self._said(sentence, whole=whole, main=sentence is main)
        # `shall enter into force on the dates classified as follows`: the list names the day of each.
        named = {name for part in found if not part.phrase.is_elsewhere for name in part.provisions}
        return [part for part in found if not (part.phrase.is_elsewhere and named.issuperset(part.provisions))]

    def split(self, body: Provision, provision: Provision) -> Iterator[EnforcedPart]:
        """What further provisions of the addendum say of some provisions each."""
        for node in walk_provision(body):
            if not stands_in(node.id, provision.id) and splits_enforcement(node):
                yield from self._said(node.sentences[0], whole=True)

    def _said(self, sentence: Sentence, *, whole: bool, main: bool = False) -> Iterator[EnforcedPart]:
        """`whole`: all of the sentence is about days; of a `main` one only what follows on the instrument's own day."""
        named = [r for r in self.report.references if sentence.extent.contains(r.extent) and _is_provision(r)]
        phrases = find_enforcement(sentence.text, proviso=whole or main)
        start = 0
        if main:
            start, phrases = (phrases[0].end if phrases else len(sentence.text)), phrases[1:]
        for phrase in phrases:
            if main and english.SHALL_FORCE.search(sentence.text, start, phrase.end) is None:
                continue
            covered = [r for r in named if start <= _position(sentence, r) < phrase.start]
            ids = list_meant(self.document, covered, self.provisions)
            if ids:
                yield EnforcedPart(ids, phrase.date(self.promulgated), phrase)
            start = phrase.end
        # `…, and the amended provisions of Article 5 on the first day of the session`: a day that is not read.
        rest = [r for r in named if start <= _position(sentence, r) and _is_amended(sentence, r)]
        if whole and start and rest:
            phrase = EnforcementPhrase(start, len(sentence.text), unit="elsewhere")
            yield EnforcedPart(list_meant(self.document, rest, self.provisions), None, phrase)


def _is_amended(sentence: Sentence, reference: Reference) -> bool:
    """True behind `the amended provisions of`, and for the last of a row (`…, and Article 5 on the first day of …`)."""
    at = _position(sentence, reference)
    before = sentence.text[max(at - 60, 0) : at]
    return re.search(r"(?:\bamended\s+provisions\s+of|,\s+and)\s+(?:the\s+)?$", before) is not None


def list_meant(
    document: StatuteDocument, named: Sequence[Reference], provisions: Mapping[str, Provision]
) -> tuple[str, ...]:
    """The provisions named, each as far as the bracket behind it leaves it: `Article 5 (limited to paragraph (2))`."""
    ids: list[str] = []
    for reference in named:
        before = document.slice(Extent(max(reference.extent.start - _NEAR, 0), reference.extent.start))
        if reference.kind is ReferenceKind.EXCLUDING:
            ids = [kept for name in ids for kept in _without(name, reference.targets, provisions)]
        elif english.LIMITED.search(before):
            holder = next((one for one in reversed(ids) if any(stands_in(t, one) for t in reference.targets)), None)
            if holder is None:
                ids += reference.targets  # `the provisions on lamps (Articles 3 and 4)`
                continue
            inside = [target for target in reference.targets if stands_in(target, holder)]
            ids = [one for name in ids for one in (inside if name == holder else [name])]
        elif not (english.AMONG.search(before) and any(stands_in(one, t) for t in reference.targets for one in ids)):
            # `Article 5 (2) among the provisions of Article 5`
            ids += reference.targets
    return tuple(dict.fromkeys(ids))


def _without(name: str, taken: Sequence[str], provisions: Mapping[str, Provision]) -> Iterator[str]:
    """The provision, or those below it that are left where one of them is taken out."""
    if name in taken:
        return
    if not any(stands_in(one, name) for one in taken) or name not in provisions:
        yield name
        return
    for child in provisions[name].children:
        yield from _without(child.id, taken, provisions)


def _is_provision(reference: Reference) -> bool:
    """True where one of the body is named, with others of the body or of the addenda."""
    inside = reference.target.value == "same" and all("/" in target for target in reference.targets)
    return inside and any("/addenda-" not in target for target in reference.targets)


def _position(sentence: Sentence, reference: Reference) -> int:
    """Where a reference stands in the sentence's own text."""
    at = 0
    for extent in sentence.extents:
        if extent.start <= reference.extent.start < extent.end:
            return at + reference.extent.start - extent.start
        at += len(extent) + 1
    return at


def _wrong_year(raw: str, promulgated: dt.date | None) -> str:
    """The printed year, where it is not that of the promulgation."""
    years = [
        word.strip(" ,.>)") for word in raw.split() if word.strip(" ,.>)").isdigit() and len(word.strip(" ,.>)")) == 4
    ]
    return years[-1] if years and promulgated is not None and int(years[-1]) != promulgated.year else ""


def stands_in(provision: str, named: str) -> bool:
    """True if a provision is the named one or stands in it (`act/3(1)1` in `act/3(1)`, not `act/31` in `act/3`)."""
    if provision == named:
        return True
    rest = provision.removeprefix(named)
    return rest != provision and not (rest[:1].isdigit() and named[-1:].isdigit()) and rest[:1] != "-"
