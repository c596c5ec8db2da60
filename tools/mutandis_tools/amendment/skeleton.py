"""Makes the skeleton of a rule file from an article: every place, with what its wording suggests, to be filled in.

The skeleton has the ids, the quantities, the references and the past of each place, what of the vocabulary its wording
speaks of, and none of the official wording but the heading. All of it stands in comments, so the file says nothing
until somebody has filled it; with one `# ` taken from each line it is a rule file, and the remarks are its comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from mutandis.dataclass import dataclass
from mutandis.rulebook.model import ON_ACTIONS, SPEAKING
from mutandis_text.comparison.units import own_wording
from mutandis_text.document import ChangeKind, Provision, ProvisionKind, Sentence, SentenceKind
from mutandis_text.quantities.find import Bound, Quantity
from mutandis_text.quantities.written import counted
from mutandis_text.references.construals import reads_as_construal
from mutandis_text.references.find import Reference
from mutandis_text.references.kinds import ReferenceKind
from mutandis_text.time.history import PastEvent
from mutandis_tools.amendment.hints import Hints, place_in, place_of
from mutandis_tools.amendment.suggested_effect import (
    caps,
    is_condition,
    is_upper_bound,
    spares_some,
    suggest_effect,
    suggest_times,
)
from mutandis_tools.amendment.vocabulary_words import Suggested, names_nobody

_ALL_OF = re.compile(
    r"(?i)\bwith\s+(?:all\s+(?:of\s+)?)?the\s+following\b|\ball\s+(?:of\s+)?the\s+following\b|\beach\s+of\s+the\s+following\b"
    r"|(?<!any of )(?<!one of )(?<!more of )(?<!either of )"
    r"\bthe\s+following\s+(?:documents|matters|particulars|information|items|details|measures|requirements)\b"
)
_WITHOUT_TRIGGER = ("apply", "delegate", "states")
_LONGEST_TITLE = 8
"""Words of a heading that are still a title; a longer one is wording, which stays outside the project."""

_LEAVES = {
    "presidential decree": "presidential_decree",
    "ordinance of the ministry of justice": "ordinance_of_the_ministry_of_justice",
    "ordinance of ministry of justice": "ordinance_of_the_ministry_of_justice",
    "minister of justice": "minister_of_justice",
}
_NOTHING = Suggested("", "", (), (), ())


def print_skeleton(article: Provision, hints: Hints) -> str:
    """The text of the rule file for an article."""
    law = hints.document.law
    lines = [f"law: {law}", f"article: {article.id.removeprefix(f'{law}/')}", f"title: {_title(article)}", "rules: []"]
    lines += [
        "# To fill in: take away the brackets above and the first `#` of each line with its blank; with two it stays",
        "# a comment.",
    ]
    paragraphs = [child for child in article.children if child.kind is ProvisionKind.PARAGRAPH] or [article]
    if paragraphs != [article] and own_wording(article):
        paragraphs.insert(0, article)
    for provision in paragraphs:
        lines.append("")
        lines.extend(f"  # {line}" for line in _provision_lines(provision, article, hints))
    if not any(line.startswith("  # - at:") for line in lines):
        lines += ["  # []"]
    lines += [
        "",
        "# # A place that cannot be written as a rule, with the reason:",
        "# # not_modelled:",
        "# #   (1): why",
    ]
    return "\n".join(lines) + "\n"


def _title(article: Provision) -> str:
    title = " ".join((article.heading or "").split())
    # A deleted article has no heading.
    if not title or len(title.split(" ")) > _LONGEST_TITLE:
        return "(say it in a few words)"
    plain = re.fullmatch(r"[A-Za-z][A-Za-z0-9 ,()'/-]*", title)
    return title if plain else '"' + title.replace('"', "'") + '"'


@dataclass(frozen=True, slots=True)
class _Place:
    """One sentence to be written: where it stands, what it says, and which provisos only lift it."""

    sentence: Sentence
    at: str
    provision: Provision
    effect: str
    named: Sequence[Reference]
    quantities: Sequence[Quantity]
    lifting: Sequence[Sentence]
    suggested: Suggested


def _provision_lines(provision: Provision, article: Provision, hints: Hints) -> Iterator[str]:
    at = place_of(provision.id)
    told = f"line {hints.document.line(provision.label.start)}"
    if not provision.is_live:
        yield f"# --- {at}: {provision.status.value} ({told}) ---"
        yield from _gone_lines(provision, at, hints)
        return
    yield f"# --- {at} ({told}) ---"
    change = hints.last_change(provision, article)
    lifting: list[Sentence] = []
    main = _NOTHING
    for sentence in provision.sentences:
        if sentence.kind is SentenceKind.FURTHER or sentence in lifting:
            continue
        own = at if sentence.kind is SentenceKind.MAIN else place_of(sentence.id)
        if reads_as_construal(sentence.text) and sentence.kind is not SentenceKind.MAIN:
            yield f"# {own}: the construals above"
            continue
        if sentence.kind is SentenceKind.MAIN:
            lifting = [s for s in provision.sentences if s.kind is SentenceKind.PROVISO and _lifts(s, hints)]
        named, quantities = hints.references_in(sentence), hints.quantities_of(sentence)
        effect = suggest_effect(sentence.text, named, quantities)
        suggested = hints.words.suggest(sentence.text, article.heading or "") if hints.words is not None else _NOTHING
        if sentence.kind is SentenceKind.MAIN:
            main = suggested
        elif not suggested.by and names_nobody(sentence.text):
            suggested = replace(suggested, by=main.by)  # who acts in the sentence before acts here too
        here = lifting if sentence.kind is SentenceKind.MAIN else []
        place = _Place(sentence, own, provision, effect, named, quantities, here, suggested)
        yield from _remarks(place)
        yield from _rule_lines(place, change, hints)


def _gone_lines(provision: Provision, at: str, hints: Hints) -> Iterator[str]:
    """A rule for what stood at a place that was deleted, open until the day it went."""
    deletion = hints.deletion(provision)
    if deletion is None or deletion.since is None:
        return
    yield f"- at: {at}"
    yield f"  summary: What stood here before {deletion.instrument} is not held."
    yield "  may:"
    yield f"  not_held: deleted by {deletion.instrument}"
    yield f"  until: {deletion.since.isoformat()}"


def _lifts(sentence: Sentence, hints: Hints) -> bool:
    """True for a proviso that only says when the main sentence does not apply."""
    return suggest_effect(sentence.text, (), ()) == "disapply" and not hints.quantities_of(sentence)


def _remarks(place: _Place) -> Iterator[str]:
    """What stands in the sentence besides what is put into keys of its rule."""
    for quantity in place.quantities:
        yield f"# quantity: {counted(quantity)} ({quantity.role.value}, {quantity.bound.value})"
    if re.search(r"\bdeem(?:s|ed)?\b", place.sentence.text) and place.effect != "deem":
        yield "# somebody's judgement is needed: a fact with `found_by`"
    law = place.provision.id.partition("/")[0]
    if any(law in one.targets for one in place.named if one.kind is ReferenceKind.MUTATIS_MUTANDIS):
        yield f"# the whole of `{law}` is applied: no citation names a whole law; name the provisions meant"
    in_keys = (ReferenceKind.MUTATIS_MUTANDIS, ReferenceKind.NOTWITHSTANDING)
    told = dict.fromkeys(
        f"{place_in(target, place.provision.id)} ({one.kind.value})"
        for one in place.named
        if one.kind not in in_keys and not (one.kind is ReferenceKind.DELEGATION and place.effect == "delegate")
        if not one.broken
        for target in one.targets
    )
    if told:
        yield f"# refers to: {', '.join(told)}"
    for one in place.named:
        if one.broken:
            yield f"# broken reference ({one.raw}): {one.broken}"
    words = (*place.suggested.actions, *place.suggested.others, *place.suggested.facts)
    if words:
        yield f"# vocabulary: {', '.join(words)}"


def _rule_lines(place: _Place, change: PastEvent | None, hints: Hints) -> Iterator[str]:
    provision, effect = place.provision, place.effect
    yield f"- at: {place.at}"
    yield "  summary:"
    yield from (f"  {line}" for line in _effect_lines(place))
    if effect in ON_ACTIONS and place.suggested.by:
        yield f"  by: {place.suggested.by}"
    if effect in SPEAKING and place.suggested.to:
        yield f"  to: {place.suggested.to}"
    yield from (f"  {line}" for line in suggest_times(place.sentence.text, place.quantities, effect))
    if _carries_list(provision, place.sentence) and effect not in ("delegate", "states"):
        # Alternatives are grounds; what has to be attached or done together is none.
        every = _ALL_OF.search(place.sentence.text) is not None and effect in ("may", "must")
        yield "  requires:   # all of them" if every else "  grounds:"
        yield from (f"    {line}" for line in _entries(provision, hints, as_list=every))
    for one in place.lifting if effect != "states" else ():
        yield "  unless:"
        yield f"    at: {place_of(one.id)}"
        if _carries_list(provision, one):
            yield "    grounds:"
            yield from (f"      {line}" for line in _entries(provision, hints))
        else:
            yield "    when:"
    if not place.lifting and effect not in _WITHOUT_TRIGGER and spares_some(place.sentence.text):
        yield "  unless:"
    if change is not None and change.since is not None:
        yield f"  since: {change.since.isoformat()}"
        if effect in (*ON_ACTIONS, "define", "deem") and change.kind is not ChangeKind.NEWLY_INSERTED:
            yield from _earlier_lines(place, change)
    bounds = [q for q in place.quantities if is_upper_bound(q) and not is_condition(q, place.sentence.text)]
    if bounds and effect in ("may", "must"):
        yield f"- at: {place.at}"
        yield "  summary:"
        yield f"  limits: {_action(place)}".rstrip()
        yield from (f"  {line}" for line in _bounds(bounds))
        if change is not None and change.since is not None:
            yield f"  since: {change.since.isoformat()}"


def _earlier_lines(place: _Place, change: PastEvent) -> Iterator[str]:
    """A rule for the wording before, which somebody may have the text of."""
    owner = place.provision if place.sentence.kind is SentenceKind.MAIN else place.sentence
    yield f"- at: {place.at}"
    yield f"  id: {owner.id}#earlier wording"
    yield f"  summary: The wording before {change.instrument} is not held."
    yield f"  {place.effect}: {_action(place)}".rstrip()
    yield f"  not_held: replaced by {change.instrument}"
    if change.since is not None:
        yield f"  until: {change.since.isoformat()}"


def _effect_lines(place: _Place) -> Iterator[str]:
    own, effect = place.provision.id, place.effect
    mutatis = [r for r in place.named if r.kind is ReferenceKind.MUTATIS_MUTANDIS]
    if effect == "apply":
        whole = place.provision.id.partition("/")[0]
        # A clause whose target is not there names nothing: a remark tells it. A whole law is no place.
        targets = [place_in(t, own) for r in mutatis for t in r.targets if t != whole]
        yield f"apply: [{', '.join(targets)}]" if len(targets) > 1 else f"apply: {''.join(targets)}".rstrip()
        if mutatis:
            yield "construe:"
        for pair in dict.fromkeys(pair for r in mutatis for pair in r.construals):
            yield f"  # {' / '.join(pair.sources)}: {' / '.join(pair.targets)}"
    elif effect == "delegate":
        delegated = [r for r in place.named if r.kind is ReferenceKind.DELEGATION]
        words = delegated[-1].words.lower().removeprefix("the ")
        yield f"delegate: {_LEAVES.get(words, words.replace(' ', '_'))}"
    elif effect == "penalty":
        yield from ("penalty:", "  of:", "  any: []")
    elif effect == "define":
        yield from ("define:", "as:")
    elif effect in ON_ACTIONS:
        yield f"{effect}: {_action(place)}".rstrip()
    elif effect != "disapply":
        yield f"{effect}:"
    against = _beaten(place)
    if against and effect not in ("delegate", "states"):
        against = list(dict.fromkeys(against))
        yield f"despite: {against[0]}" if len(against) == 1 else f"despite: [{', '.join(against)}]"
    elif effect == "disapply":
        yield "despite:"
    if effect == "limits":
        yield from _bounds([q for q in place.quantities if caps(q)])
    if effect not in _WITHOUT_TRIGGER:
        yield "when:"


def _beaten(place: _Place) -> list[str]:
    """What the sentence overrides: what it names so; of one that only lifts all it names; of a proviso its sentence."""
    own = place.provision.id
    lifts = place.effect == "disapply"
    kinds = (ReferenceKind.NOTWITHSTANDING, ReferenceKind.CITES, ReferenceKind.UNDER)[: 3 if lifts else 1]
    held = {kind: [r for r in place.named if r.kind is kind and not r.broken] for kind in kinds}
    if held.get(ReferenceKind.CITES):
        # `Article 6 shall not apply to renewal under paragraph (1)`: what is lifted is 6.
        held.pop(ReferenceKind.UNDER)
    named = [place_in(t, own) for r in place.named if r in held.get(r.kind, ()) for t in r.targets]
    behind = place.sentence.kind is SentenceKind.PROVISO and (place.effect in SPEAKING or lifts)
    return named or ([place_of(own)] if behind else [])


def _action(place: _Place) -> str:
    return place.suggested.actions[0] if place.suggested.actions else ""


def _bounds(bounds: Sequence[Quantity]) -> Iterator[str]:
    told = [f"… {'<=' if q.bound is Bound.AT_MOST else '<'} {counted(q)}" for q in bounds]
    if len(told) == 1:
        yield f"requires: {told[0]}"
    else:
        yield "requires:"
        yield from (f"  - {one}" for one in told)


def _carries_list(provision: Provision, sentence: Sentence) -> bool:
    lead = provision.list_lead
    return lead is not None and provision.sentences[lead.sentence] is sentence


def _entries(provision: Provision, hints: Hints, *, as_list: bool = False) -> Iterator[str]:
    """A line for each subparagraph: by its number where they are alternatives, in a list where all are asked for."""
    for child in provision.children:
        if child.kind not in (ProvisionKind.SUBPARAGRAPH, ProvisionKind.ITEM):
            continue
        if not child.is_live:
            yield f"# {child.number}: {child.status.value}"
            continue
        if child.kind is ProvisionKind.ITEM:
            yield f"# item ({child.number})"  # A ground has a figure.
            continue
        numbers = [counted(q) for sentence in child.sentences for q in hints.quantities_of(sentence)]
        remark = f"   # {child.number}" * as_list + (f"   # quantity: {', '.join(numbers)}" if numbers else "")
        yield ("-" if as_list else f"{child.number}:") + remark
        for sentence in child.sentences:
            if sentence.kind in (SentenceKind.PROVISO, SentenceKind.LATTER):
                yield f"  # {place_of(sentence.id)}"
        for item in child.children:
            yield f"  #   item ({item.number})"
