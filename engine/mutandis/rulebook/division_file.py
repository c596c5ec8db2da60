"""Reading `LAW/divisions.yaml`: which division of the service that a law is for handles which matters.

A matter is a term, with every action on it and on its sub-kinds, or a single action. An action goes by its own name, or
else by the nearest term that a division names. What is read is laid over the vocabulary, so that a decision about an
action tells the division without asking for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mutandis.dataclass import dataclass, replace
from mutandis.diagnostic_codes import diagnose
from mutandis.diagnostics import Label
from mutandis.rulebook.fields.divisions import DIVISION, DIVISION_FILE
from mutandis.rulebook.shapes import Faults, read_keys, read_mapping, read_name, read_sentence, read_some, read_text
from mutandis.rulebook.yaml_source import YamlNode
from mutandis.source import Span
from mutandis.suggest import did_you_mean
from mutandis.vocabulary import Division, Vocabulary


@dataclass(frozen=True, slots=True)
class Matter:
    """A term or an action, the division that handles it, and where that is said."""

    name: str
    division: Division
    span: Span


def read_divisions(node: YamlNode, faults: Faults) -> tuple[Matter, ...]:
    """The matters of a divisions file, in its order; what is faulty is left out."""
    mapping = read_mapping(node, "a divisions file", faults)
    if mapping is None:
        return ()
    mapping = read_keys(mapping, "a divisions file", DIVISION_FILE, faults)
    service = _text(mapping.get("service"), "`service`", faults)
    source = _text(mapping.get("source"), "`source`", faults)
    written = mapping.get("divisions")
    divisions = read_mapping(written, "`divisions`", faults) if written is not None else None
    found: list[Matter] = []
    titled: dict[str, Span] = {}
    for key, value in divisions.entries if divisions is not None else ():
        name = read_name(key, "a division", faults)
        entry = read_mapping(value, f"the division `{key.text}`", faults)
        if name is None or entry is None:
            continue
        entry = read_keys(entry, f"the division `{name}`", DIVISION, faults)
        title, part, duties = (
            _text(entry.get(key), f"`{key}` of `{name}`", faults) for key in ("title", "part", "duties")
        )
        first = titled.setdefault(title, key.span) if title else key.span
        if first is not key.span:
            message, label = f"two divisions are called `{title}`", (Label(first, "the other is here"),)
            faults.append(diagnose("duplicate-declaration", message, "say what tells them apart", key.span, label))
        division = Division(name, title, service, part, duties, source)
        for list_key in ("terms", "actions"):
            listed = entry.get(list_key)
            for item in read_some(listed, f"`{list_key}` of `{name}`", faults) if listed is not None else ():
                text = read_text(item, f"one of the {list_key} of `{name}`", faults)
                if text is not None and (" " in text) is not (list_key == "actions"):
                    help_ = "an action is a verb and a term, `suspend visit`; a term is one word"
                    faults.append(diagnose("wrong-shape", f"`{text}` is none of the {list_key}", help_, item.span))
                elif text is not None:
                    found.append(Matter(text, division, item.span))
    return tuple(found)


def _text(node: YamlNode | None, what: str, faults: Faults) -> str:
    return (read_sentence(node, what, faults) or "") if node is not None else ""


def lay_over(vocabulary: Vocabulary, matters: Iterable[Matter], faults: Faults) -> Vocabulary:
    """The vocabulary with each action's division; a matter that is not declared, or named twice, is a fault."""
    named: dict[str, Matter] = {}
    for matter in matters:
        known: Mapping[str, object] = vocabulary.actions if " " in matter.name else vocabulary.terms
        what = "action" if " " in matter.name else "term"
        first = named.setdefault(matter.name, matter)
        if matter.name not in known:
            help_ = did_you_mean(matter.name, known, f"name {'an' if what == 'action' else 'a'} {what} as declared")
            faults.append(diagnose(f"unknown-{what}", f"`{matter.name}` is not declared", help_, matter.span))
        elif first is not matter:
            message = f"`{matter.name}` is a matter of `{first.division.name}` already"
            label = (Label(first.span, "here"),)
            faults.append(diagnose("duplicate-declaration", message, "let one division handle it", matter.span, label))
    if not named:
        return vocabulary
    actions = {}
    for name, action in vocabulary.actions.items():
        places = (name, *vocabulary.kinds_of(action.term))
        matter_of = next((named[place] for place in places if place in named), None)
        actions[name] = action if matter_of is None else replace(action, division=matter_of.division)
    return Vocabulary(vocabulary.terms, vocabulary.facts, actions)


def is_division_file(name: str) -> bool:
    """True for `act/divisions.yaml`, a path in the rulebook's folder."""
    return name.count("/") == 1 and name.endswith("/divisions.yaml")
