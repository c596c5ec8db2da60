"""Reading what a rule does: the actions it speaks of, the values it gives, what it applies and construes, what it
threatens. Names are checked against the vocabulary here, since they stand outside any condition.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import zip_longest

from mutandis.citation import Citation, CitationError, CitationRange, parse_citation_range
from mutandis.condition.guards import path_of
from mutandis.condition.names import REST, SAY_WHEN
from mutandis.condition.tree import Amount, Expression, Length, Money, Truth
from mutandis.condition.type_words import describe_type
from mutandis.dataclass import dataclass
from mutandis.datatypes import YES_NO
from mutandis.diagnostic_codes import diagnose
from mutandis.diagnostics import Label
from mutandis.rulebook.conditions import Place, origin_of, read_condition, read_part, read_value
from mutandis.rulebook.fields.rules import ENTRY, PENALTY
from mutandis.rulebook.law import PenaltyOption
from mutandis.rulebook.meant import KEYS_OF_PENALTIES, KEYS_OF_VALUES, SEVERAL, as_action, as_name
from mutandis.rulebook.model import Construal, Entry, Penalty
from mutandis.rulebook.rule_conditions import cite_number, is_numbered_mapping, read_interval
from mutandis.rulebook.shapes import (
    check_keys,
    describe,
    is_name,
    read_keys,
    read_ranges,
    read_some,
    read_text,
    shorten,
    wrong_shape,
)
from mutandis.rulebook.yaml_source import MappingNode, ScalarNode, SequenceNode, YamlNode
from mutandis.suggest import nearest_names, suggest
from mutandis.vocabulary import FactDeclaration

_PENALTY_OPTION = re.compile(r"([a-z][a-z0-9_]*)(?:(\s+up\s+to\s+)(\S.*))?", re.DOTALL)
_HOW_MUCH = re.compile(r"up to (?:[0-9]+ [a-z]|[a-z]|…)")

# --- actions and roles ------------------------------------------------------------------------------------------------
_TRUTHS = {"yes": True, "true": True, "no": False, "false": False}
"""How it is written that a yes/no fact is read as holding, or as not holding."""


def read_actions(node: YamlNode, place: Place) -> tuple[tuple[str, ...], bool]:
    """The declared actions a rule names, and whether one of them suffices (`{any: [...]}`)."""
    any_of = False
    if isinstance(node, MappingNode):
        if [key.text for key, _ in node.entries] != ["any"]:
            wrong_shape(
                node, "an effect", "an action, a list of actions or `{any: [...]}`", "write `verb term`", place.faults
            )
            return (), False
        any_of, node = True, node.entries[0][1]
    found = (_read_action(item, place) for item in read_some(node, "an effect", place.faults))
    return tuple(name for name in found if name is not None), any_of


def _read_action(node: YamlNode, place: Place) -> str | None:
    if not isinstance(node, ScalarNode) or not node.text.strip():
        wrong_shape(node, "an action", "a verb and a term", "write `verb term`, e.g. `suspend visit`", place.faults)
        return None
    name = " ".join(node.text.split())
    if name in place.vocabulary.actions:
        return name
    _, _, term = name.partition(" ")
    actions = place.vocabulary.actions
    declared = "declare the term and the action in the law's `vocabulary.yaml`"
    meant = tuple(_meant_actions(name, actions))
    if meant:
        help = f"write `{meant[0]}`" if len(meant) == 1 else f"write a list: `[{', '.join(meant)}]`"
    elif term and term not in place.vocabulary.terms:
        wanted, among = (name, actions) if nearest_names(name, actions) else (term, place.vocabulary.terms)
        help = place.vocabulary.did_you_mean(wanted, place.law, declared, among)
        message = f"`{shorten(term)}` in the action `{shorten(name)}` is not a declared term"
        place.faults.append(diagnose("unknown-term", message, help, node.span))
        return None
    else:
        at_home = [other for other in actions if place.vocabulary.is_at_home(other, place.law)]
        same_term = sorted(other for other in at_home if other.partition(" ")[2] == term)
        near_names = nearest_names(name, at_home) or nearest_names(name, same_term, most=5) or same_term[:5]
        help = suggest(near_names, declared)
    place.faults.append(diagnose("unknown-action", f"the action `{shorten(name)}` is not declared", help, node.span))
    return None


def _meant_actions(name: str, actions: Collection[str]) -> Iterator[str]:
    """The declared actions that a name of another shape stands for; none unless all of it does."""
    parts = SEVERAL.split(name)
    found = []
    for part in parts:
        words = part.split()
        shapes = (as_action(part), " ".join(reversed(words)), *(f"{a} {b}" for a, _, b in [part.partition("_")]))
        found.extend([next(iter([shape for shape in shapes if shape in actions]), "")])
    yield from found if all(found) else ()


def read_roles(node: YamlNode, key: str, place: Place) -> tuple[str, ...]:
    """The roles named by `by` or `to`."""
    roles = []
    for item in read_some(node, f"`{key}`", place.faults):
        name = item.text if isinstance(item, ScalarNode) else ""
        term = place.vocabulary.terms.get(name)
        if term is None:
            place.faults.append(
                diagnose(
                    "unknown-term",
                    f"`{key}` names {describe(item)}, which is not declared",
                    _meant_roles(name, place),
                    item.span,
                )
            )
        elif not term.role:
            place.faults.append(
                diagnose(
                    "not-a-role",
                    f"`{key}` names `{name}`, which is not a role",
                    f"declare `{name}` with `role: yes`, if it can act or be owed",
                    item.span,
                    (Label(term.span, "declared here"),) if term.span.line else (),
                )
            )
        else:
            roles.append(name)
    return tuple(roles)


def _meant_roles(name: str, place: Place) -> str:
    everyone = [role for role, declared in place.vocabulary.terms.items() if declared.role]
    several = [as_name(part) for part in SEVERAL.split(name)]
    if len(several) > 1 and all(one in everyone for one in several):
        return f"write a list: `[{', '.join(several)}]`"
    if name.startswith(("if ", "when ", "where ")):
        return "name a role alone; a condition stands under `when`"
    declare = "declare it as a term with `role: yes`"
    return place.vocabulary.did_you_mean(as_name(name), place.law, declare, everyone)


# --- define and deem --------------------------------------------------------------------------------------------------


def read_target(node: YamlNode, effect: str, place: Place) -> FactDeclaration | None:
    """The declared fact of a define or deem."""
    name = node.text if isinstance(node, ScalarNode) else ""
    fact = place.vocabulary.facts.get(name)
    if fact is None:
        place.faults.append(
            diagnose(
                "undeclared-fact",
                f"`{effect}` names {describe(node)}, which is no declared fact",
                place.vocabulary.did_you_mean(name, place.law, "declare it in the law's `vocabulary.yaml`"),
                node.span,
            )
        )
    return fact


def read_entries(
    node: YamlNode | None, target: FactDeclaration, base: Citation, place_of_effect: YamlNode, place: Place
) -> tuple[Entry, ...]:
    """`as`: expression, `{when, value}`, list of those, or numbered mapping. A yes/no fact without it is true."""
    if node is None:
        if target.type.kind == "yes_no":
            return (Entry(base, None, Truth(True, type=YES_NO), span=place_of_effect.span),)
        place.faults.append(
            diagnose(
                "missing-key",
                f"`define: {target.name}` lacks `as`",
                "add `as:` with the value; only a yes/no fact is true without one",
                place_of_effect.span,
            )
        )
        return ()
    if isinstance(node, MappingNode) and _has_rest(node, target, place):
        return ()
    if is_numbered_mapping(node):
        assert isinstance(node, MappingNode)  # is_numbered_mapping says so
        numbered = []
        for key, value in node.entries:
            citation = cite_number(base, key, "an entry of `as`", place)
            entry = _read_entry(value, target, citation, place) if citation is not None else None
            if entry is not None:
                numbered.append(entry)
        return tuple(numbered)
    items = node.items if isinstance(node, SequenceNode) else (node,)
    entries = (_read_entry(item, target, base, place) for item in items)
    return tuple(entry for entry in entries if entry is not None)


def _has_rest(node: MappingNode, target: FactDeclaration, place: Place) -> bool:
    """True, and told, where `else` is to give what the other values are not for."""
    rest = next((key for key, _ in node.entries if key.text.strip() in REST), None)
    if rest is not None:
        message = f"the value of `{target.name}` has no key `{rest.text}`"
        place.faults.append(diagnose("unknown-key", message, SAY_WHEN, rest.span))
    return rest is not None


def _read_entry(node: YamlNode, target: FactDeclaration, citation: Citation, place: Place) -> Entry | None:
    what = f"the value of `{target.name}`"
    if not isinstance(node, MappingNode):
        value = _read_defining(node, target, what, place)
        return None if value is None else Entry(citation, None, value, span=node.span)
    if _has_rest(node, target, place):
        return None
    node = read_keys(node, what, ENTRY, place.faults, KEYS_OF_VALUES)
    when_node, value_node = node.get("when"), node.get("value")
    when = read_condition(when_node, f"`when` of {what}", place) if when_node is not None else None
    value = _read_defining(value_node, target, what, place.where(when)) if value_node is not None else None
    interval = read_interval(node, what, place)
    if value is None or (when_node is not None and when is None):
        return None
    return Entry(citation, when, value, interval, node.span)


def _read_defining(node: YamlNode, target: FactDeclaration, what: str, place: Place) -> Expression | None:
    """The value a definition gives, which is there if the fact defined always has one (S33)."""
    value = read_value(node, what, target.type, place)
    if value is not None and value.type is not None and value.type.optional and not target.type.optional:
        path = path_of(value)
        if path is None or path not in place.present:
            shown = f"`{path}`" if path else "this value"
            place.faults.append(
                diagnose(
                    "definition-may-be-none",
                    f"{shown} may be none, and `{target.name}` is declared as always having a value",
                    f"declare `{target.name}` with `optional: yes`, or say `when: {path or '…'} is present`"
                    " and what holds otherwise",
                    node.span,
                )
            )
    return value


# --- apply and construe -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Applied:
    """What a clause applies, inside the rulebook and outside it."""

    inside: tuple[CitationRange, ...]
    outside: tuple[Citation, ...]


def read_applied(node: YamlNode, place: Place) -> Applied:
    """`apply`: a citation, a range, or a list of them."""
    ranges = read_ranges(node, "`apply`", place.law, place.article, place.faults)
    inside = tuple(r for r in ranges if not r.first.is_external)
    outside = tuple(r.first for r in ranges if r.first.is_external)
    return Applied(inside, outside)


def read_construals(node: YamlNode, place: Place) -> tuple[Construal, ...]:
    """`construe`: each line a term, role, fact, action, enumerated value or citation, and what it is read as."""
    if not isinstance(node, MappingNode):
        wrong_shape(
            node, "`construe`", "a mapping of words to what they are read as", "write `dog: cat` lines", place.faults
        )
        return ()
    mapping = node
    construals = []
    for key, value in mapping.entries:
        construal = _read_construal(key, value, place)
        if construal is not None:
            construals.append(construal)
    return tuple(construals)


def _read_construal(key: ScalarNode, node: YamlNode, place: Place) -> Construal | None:
    source = _absolute(key.text, place)
    if source is None:
        _refuse_name(key, "is construed", place)
        return None
    targets = []
    for item in read_some(node, f"what `{source}` is read as", place.faults):
        target = _absolute(item.text, place) if isinstance(item, ScalarNode) else None
        if target is None:
            fact = place.vocabulary.facts.get(source)
            is_yes_no = fact is not None and fact.type.kind == "yes_no"
            if is_yes_no and isinstance(item, ScalarNode) and item.text in _TRUTHS:
                return Construal(source, (), Truth(_TRUTHS[item.text], span=item.span, type=YES_NO), key.span)
            if is_yes_no and not (
                isinstance(item, ScalarNode) and re.fullmatch(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?", item.text)
            ):
                condition = read_condition(node, f"what `{source}` is read as", place)
                return None if condition is None else Construal(source, (), condition, key.span)
            _refuse_name(item, f"stands for `{source}`", place)
            return None
        if not _fits(source, target, item, place):
            return None
        targets.append(target)
    return Construal(source, tuple(targets), span=key.span) if targets else None


def _fits(source: str, target: str, node: YamlNode, place: Place) -> bool:
    """True if what is read as `target` is of its sort, and a fact of its type; else that is told at `node`."""
    facts = place.vocabulary.facts
    sorts = _sorts(source, place), _sorts(target, place)
    shown = [f"`{source}` ({' or '.join(sorts[0])})", f"{describe(node)} ({' or '.join(sorts[1])})"]
    help = "a term is read as a term, a fact as a fact, a value as a value, a citation as a citation"
    if not set(sorts[0]).isdisjoint(sorts[1]):
        declared, read_as = (place.vocabulary.terms.get(name) for name in (source, target))
        if declared is not None and read_as is not None and declared.role and not read_as.role:
            message = f"`{source}`, who acts or is owed, cannot be read as `{target}`, which is not a role"
            help = f"name who stands in the place of `{source}`; declare `{target}` with `role: yes` if it can act"
            place.faults.append(diagnose("not-a-role", message, help, node.span))
            return False
        if source not in facts or target not in facts or facts[source].type.kind == facts[target].type.kind:
            return True
        shown = [
            f"`{source}` ({describe_type(facts[source].type)})",
            f"`{target}` ({describe_type(facts[target].type)})",
        ]
        help = "a fact is read as a fact of its own type"
    place.faults.append(diagnose("type-mismatch", f"{shown[0]} cannot be read as {shown[1]}", help, node.span))
    return False


def _sorts(name: str, place: Place) -> tuple[str, ...]:
    vocabulary = place.vocabulary
    found = (
        ("term", name in vocabulary.terms),
        ("fact", name in vocabulary.facts),
        ("action", name in vocabulary.actions),
        ("value", name in vocabulary.values),
    )
    return tuple(sort for sort, is_one in found if is_one) or ("citation",)


def _absolute(text: str, place: Place) -> str | None:
    """A declared name as it is, a citation made absolute; None for anything else."""
    vocabulary = place.vocabulary
    if text in vocabulary.terms or text in vocabulary.facts or text in vocabulary.actions:
        return text
    if is_name(text):
        return text if text in vocabulary.values else None
    try:
        return str(parse_citation_range(text, law=place.law, article=place.article))
    except CitationError:
        return None


def _every_name(place: Place) -> Iterable[str]:
    vocabulary = place.vocabulary
    yield from vocabulary.terms
    yield from vocabulary.facts
    yield from vocabulary.actions
    for name, fact in vocabulary.facts.items():
        if vocabulary.is_at_home(name, place.law):
            yield from fact.type.values


def _refuse_name(node: YamlNode, how: str, place: Place) -> None:
    name = node.text if isinstance(node, ScalarNode) else ""
    place.faults.append(
        diagnose(
            "unknown-term",
            f"{describe(node)} {how}, but is no declared name and no citation" if name else f"nothing {how}",
            place.vocabulary.did_you_mean(
                name,
                place.law,
                "a term, role, fact, action, enumerated value or citation can be construed",
                _every_name(place),
            ),
            node.span,
        )
    )


# --- penalties --------------------------------------------------------------------------------------------------------


def read_penalty(node: YamlNode, place: Place) -> Penalty | None:
    """`{of: 92(1)2, any: [imprisonment_with_labour up to 2 years, …]}`, or the options alone."""
    of: tuple[CitationRange, ...] = ()
    rule = ""
    options_node: YamlNode | None = node
    if isinstance(node, MappingNode):
        sorts = [one for one in node.entries if _is_sort(*one)] if node.get("any") is None else []
        if sorts:
            first, written = sorts[0][0], ", ".join(f"{key.text} {_how_much(value)}" for key, value in sorts)
            help = f"write `any: [{written}]`: the sort of penalty stands before how much"
            place.faults.append(diagnose("unknown-key", f"`penalty` has no key `{first.text}`", help, first.span))
            others = [one for one in node.entries if not _is_sort(*one)]
            node = MappingNode(((first._replace(text="any"), sorts[0][1]), *others), node.span)
            check_keys(node, "`penalty`", PENALTY, place.faults)
            return None
        node = read_keys(node, "`penalty`", PENALTY, place.faults, KEYS_OF_PENALTIES)
        of_node, options_node, rule_node = node.get("of"), node.get("any"), node.get("rule")
        if of_node is not None:
            of = read_ranges(of_node, "`of` of a penalty", place.law, place.article, place.faults)
        if rule_node is not None:
            rule = read_text(rule_node, "`rule` of a penalty", place.faults) or ""
    options = []
    items = read_some(options_node, "`penalty`", place.faults) if options_node is not None else ()
    for item, after in zip_longest(items, items[1:]):
        option = _read_option(item, place, _is_rest_of_number(after))
        if option is not None:
            options.append(option)
    return Penalty(of, tuple(options), rule) if options else None


def _is_sort(key: ScalarNode, value: YamlNode) -> bool:
    """True for a key that names a sort of penalty, its value how much: `fine: 50000 won`."""
    known = (*PENALTY.keys, *KEYS_OF_PENALTIES)
    is_unknown = is_name(key.text) and key.text not in known and not nearest_names(key.text, PENALTY.keys)
    return is_unknown and _HOW_MUCH.match(_how_much(value)) is not None


def _how_much(value: YamlNode) -> str:
    written = value.text.strip() if isinstance(value, ScalarNode) else "…"
    return written if written.startswith("up to ") else f"up to {written}"


def _meant_penalty(text: str) -> str:
    """What to do about a text that is no penalty."""
    if re.match(r"[0-9]{3}\b", text):
        return "a comma parts the penalties of a list: write the number without one, `fine up to 50000 won`"
    if re.search(r"\b(?:or|and)\b", text):
        return "write each penalty as a member of the list: `any: [imprisonment up to 1 year, fine up to 50000 won]`"
    amount = re.match(r"(?P<kind>[a-z_]+)(?: (?:of|at|to|from|max|until))? (?P<most>[0-9]+ [a-z]+)$", text)
    if amount is not None:
        return f"write `{amount['kind']} up to {amount['most']}`"
    between = re.match(r"(?P<kind>[a-z_]+) from .* to (?P<most>[0-9]+ [a-z]+)$", text)
    if between is not None:
        return f"write `{between['kind']} up to {between['most']}`, and in a `note` what it is at least"
    return "write `imprisonment_with_labour up to 2 years` or `warning`"


def _is_rest_of_number(node: YamlNode | None) -> bool:
    """True for `000 won`, what a comma parted from the number before it."""
    return isinstance(node, ScalarNode) and re.match(r"[0-9]{3}\b", node.text) is not None


def _read_option(node: YamlNode, place: Place, is_cut: bool) -> PenaltyOption | None:
    match = _PENALTY_OPTION.fullmatch(node.text.strip()) if isinstance(node, ScalarNode) else None
    if not isinstance(node, ScalarNode) or match is None:
        wrong_shape(
            node,
            "a penalty",
            "a kind and how much",
            _meant_penalty(node.text if isinstance(node, ScalarNode) else ""),
            place.faults,
        )
        return None
    ceiling: Expression | None = None
    if match.group(3):
        origin = origin_of(node, "a penalty", place)
        if origin is None:
            return None
        ceiling = read_part(match.group(3), origin.after(match.start(3)), None, place)
        if ceiling is None:
            return None
        if not (is_cut and isinstance(ceiling, Amount)):
            _check_ceiling(match.group(1), ceiling, node, place)
    return PenaltyOption(match.group(1), ceiling, " ".join(node.text.split()))


_OF_TIME = frozenset({"imprisonment", "labour", "labor", "detention", "confinement", "custody", "arrest"})
_OF_MONEY = frozenset({"fine", "surcharge"})


def _check_ceiling(kind: str, ceiling: Expression, node: YamlNode, place: Place) -> None:
    """Imprisonment is up to a length of time, a fine up to a sum, and nothing up to nothing or less."""
    words, written = {*kind.split("_")}, ceiling.type.kind if ceiling.type is not None else ""
    most = (
        ceiling.amount if isinstance(ceiling, Money | Length) else ceiling.value if isinstance(ceiling, Amount) else 1
    )
    if most <= 0:
        message = f"`{kind}` is up to {'less than ' if most else ''}nothing"
        help = "write the amount without the sign" if most else "write the most that is threatened"
        place.faults.append(diagnose("out-of-range", message, help, ceiling.span))
        return
    if words & _OF_TIME and words & _OF_MONEY:
        return  # `fine_in_lieu_of_imprisonment`: of the two the name does not say which it is
    if written == "money" and words & _OF_TIME:
        message, help = f"`{kind}` is up to a length of time, not a sum", "write `up to 2 years`, or the name of a fine"
    elif written == "duration" and words & _OF_MONEY:
        message, help = f"`{kind}` is up to a sum, not a length of time", "write `up to 50000 won`, or another name"
    elif isinstance(ceiling, Amount) and words & _OF_MONEY:
        message, help = f"`{kind}` is up to a sum, and this has no currency", f"write `up to {ceiling.value} won`"
    elif isinstance(ceiling, Amount) and words & _OF_TIME:
        message, help = (
            f"`{kind}` is up to a length of time, and this has no unit",
            f"write `up to {ceiling.value} years`",
        )
    else:
        return
    place.faults.append(diagnose("unit-mismatch", message, help, node.span))


def read_cited(node: YamlNode, what: str, place: Place) -> tuple[CitationRange, ...]:
    """The provisions an order or `within` names."""
    read_some(node, what, place.faults)
    return read_ranges(node, what, place.law, place.article, place.faults)
