"""Reading a law's `law.yaml`: its titles, its rank, and the instruments that enacted and amended it."""

from __future__ import annotations

import datetime as dt

from mutandis.citation import CitationRange
from mutandis.diagnostic_codes import diagnose
from mutandis.diagnostics import Label
from mutandis.rulebook.fields.law import ENFORCED_PART, INSTRUMENT, LAW_FILE
from mutandis.rulebook.law import Instrument, Law
from mutandis.rulebook.meant import KEYS_OF_INSTRUMENTS
from mutandis.rulebook.shapes import (
    Faults,
    check_keys,
    read_choice,
    read_citation_range,
    read_date,
    read_integer,
    read_keys,
    read_many,
    read_mapping,
    read_some,
    read_text,
    read_yes_no,
    recovered,
    spans_of_ranges,
    wrong_shape,
)
from mutandis.rulebook.yaml_source import ScalarNode, SequenceNode, YamlNode
from mutandis.source import Span

_A_PART = "write `- provisions: 12 to 14` and below it `on: 2020-07-01`"


def read_law(node: YamlNode, law: str, faults: Faults) -> Law | None:
    """The law that a `law.yaml` in the folder `law` declares."""
    mapping = read_mapping(node, "a law file", faults)
    if mapping is None:
        return None
    mapping = read_keys(mapping, "a law file", LAW_FILE, faults)
    check_law_name(mapping.get("law"), law, faults)
    texts: dict[str, str] = {}
    for key in ("title", "short", "parent"):
        value = mapping.get(key)
        if value is not None:
            texts[key] = read_text(value, f"the law's {key}", faults) or ""
    rank_node = mapping.get("rank")
    rank = read_integer(rank_node, "the law's rank", faults) if rank_node is not None else None
    if rank is not None and rank_node is not None and rank < 0:
        help = "write 1 for an act, 2 for a decree; the lower number goes before"
        faults.append(diagnose("out-of-range", "the law's rank is less than nothing", help, rank_node.span))
    instruments: dict[str, Instrument] = {}
    places: dict[str, YamlNode] = {}
    listed = mapping.get("instruments")
    if listed is not None and not isinstance(listed, SequenceNode):
        wrong_shape(listed, "`instruments`", "a list", "begin each instrument with `- id: …`", faults)
    for item in listed.items if isinstance(listed, SequenceNode) else ():
        read = _read_instrument(item, law, faults)
        if read is None:
            continue
        identifier, instrument = read
        if instrument.id in instruments:
            faults.append(
                diagnose(
                    "duplicate-declaration",
                    f"the instrument `{instrument.id}` is listed twice",
                    "keep one of them; parts that took effect on another day go into `enforced_parts`",
                    identifier.span,
                    (Label(places[instrument.id].span, "listed here first"),),
                )
            )
            continue
        above = next(reversed(instruments.values()), None)
        if above is not None and instrument.promulgated < above.promulgated:
            message = f"`{instrument.id}` was promulgated before `{above.id}`, which stands above it"
            label = (Label(places[above.id].span, f"promulgated on {above.promulgated}"),)
            help = "list the instruments oldest first, or correct a day"
            faults.append(diagnose("instruments-out-of-order", message, help, identifier.span, label))
        instruments[instrument.id] = instrument
        places[instrument.id] = identifier
    cited_by_node = mapping.get("cited_by")
    cited_by = (
        read_choice(cited_by_node, "what the law's articles are called", ("article", "section"), faults)
        if cited_by_node is not None
        else None
    )
    return Law(
        law,
        texts.get("title", ""),
        texts.get("short", ""),
        rank if rank is not None else 1,
        texts.get("parent", ""),
        tuple(instruments.values()),
        "section" if cited_by == "section" else "article" if cited_by == "article" else "",
        mapping.span,
    )


def check_law_name(node: YamlNode | None, law: str, faults: Faults) -> None:
    """`law:` in a file says the folder the file stands in."""
    if node is not None and not isinstance(node, ScalarNode):
        wrong_shape(node, "`law`", "the name of the folder", f"write `law: {law}`", faults)
    elif node is not None and node.text != law:
        faults.append(
            diagnose(
                "wrong-law",
                f"the file says it is of `{node.text}`, but stands in the folder of `{law}`",
                f"write `law: {law}`, or move the file",
                node.span,
            )
        )


def _read_instrument(node: YamlNode, law: str, faults: Faults) -> tuple[YamlNode, Instrument] | None:
    mapping = read_mapping(node, "an instrument", faults)
    if mapping is None:
        return None
    mapping = read_keys(mapping, "an instrument", INSTRUMENT, faults, KEYS_OF_INSTRUMENTS)
    identifier = mapping.get("id")
    name = read_text(identifier, "an instrument's id", faults) if identifier is not None else None
    if identifier is None or name is None:
        return None
    what = f"the instrument `{name}`"
    promulgated_node, enforced_node = mapping.get("promulgated"), mapping.get("enforced")
    promulgated = read_date(promulgated_node, f"promulgation of {what}", faults) if promulgated_node else None
    enforced = read_date(enforced_node, f"enforcement of {what}", faults) if enforced_node else None
    parts: list[tuple[CitationRange, dt.date]] = []
    spans: list[tuple[CitationRange, Span]] = []
    parts_node = mapping.get("enforced_parts")
    for item in read_many(parts_node) if parts_node is not None else ():
        part = read_mapping(item, f"a part of {what}", faults)
        if part is None:
            continue
        told: Faults = []
        instead = check_keys(part, f"a part of {what}", ENFORCED_PART, told)
        if not instead and all(key.text not in ENFORCED_PART.keys for key, _ in part.entries):
            place = part.entries[0][0].span if part.entries else part.span
            faults.append(
                diagnose("missing-key", f"a part of {what} has neither `provisions` nor `on`", _A_PART, place)
            )
            continue
        faults.extend(told)
        part = recovered(part, ENFORCED_PART)
        day_node, provisions = part.get("on"), part.get("provisions")
        day = read_date(day_node, f"enforcement of a part of {what}", faults) if day_node is not None else None
        spans += spans_of_ranges(provisions, law, "") if provisions is not None else ()
        for cited in (
            read_some(provisions, f"`provisions` of a part of {what}", faults) if provisions is not None else ()
        ):
            found = read_citation_range(cited, f"a part of {what}", law, "", faults)
            if found is not None and day is not None:
                parts.append((found, day))
    title_node, note_node = mapping.get("title"), mapping.get("note")
    title = read_text(title_node, f"the title of {what}", faults) if title_node is not None else ""
    note = read_text(note_node, f"the note of {what}", faults) if note_node is not None else ""
    if promulgated is None:
        return None
    instrument = Instrument(name, title or "", promulgated, enforced, tuple(parts), note or "", tuple(spans))
    back_node = mapping.get("reaches_back")
    _check_days(instrument, identifier, back_node is not None and bool(read_yes_no(back_node, what, faults)), faults)
    return identifier, instrument


def _check_days(instrument: Instrument, identifier: YamlNode, reaches_back: bool, faults: Faults) -> None:
    """It takes effect before it is promulgated exactly where it says that it does."""
    early = next((day for day in instrument.days if day < instrument.promulgated), None)
    if (early is not None) is reaches_back:
        return
    message = f"`{instrument.id}` says that it reaches back, and took effect on no day before it was promulgated"
    help = "correct a day, or leave `reaches_back` out"
    if early is not None:
        message = f"`{instrument.id}` took effect on {early}, before it was promulgated, on {instrument.promulgated}"
        help = "correct a day; where the law does reach back, say so: `reaches_back: yes`"
    faults.append(diagnose("instruments-out-of-order", message, help, identifier.span))
