"""Reading one rule: its effect, the keys that go with it, and its id.

A rule's id is its place and what it does: `act/28(1)#inform heir`, `act/77(1)#define sentence.release_share_served_on`.
Rules at one place that share it are told apart by effect, counterparty, bearer or force, where these differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, Literal

from mutandis.citation import Citation, CitationRange
from mutandis.dataclass import dataclass, replace
from mutandis.datatypes import DATE
from mutandis.diagnostic_codes import diagnose
from mutandis.diagnostics import Diagnostic, Label
from mutandis.rulebook.conditions import Place, read_conditions, read_value
from mutandis.rulebook.fields.rules import ARTICLE, EFFECT_KEYS, PENALTY, RULE
from mutandis.rulebook.meant import KEYS_OF_RULES, places_within
from mutandis.rulebook.model import NOT_YET, ON_ACTIONS, UNDER_THIS_LAW, Effect, Order, Presumed, Rule
from mutandis.rulebook.rule_conditions import (
    read_deadline,
    read_exclusions,
    read_grounds,
    read_interval,
    read_requirements,
)
from mutandis.rulebook.rule_effects import (
    read_actions,
    read_applied,
    read_cited,
    read_construals,
    read_entries,
    read_penalty,
    read_roles,
    read_target,
)
from mutandis.rulebook.shapes import (
    check_keys,
    describe,
    knows_all_keys,
    listed_twice,
    read_citation,
    read_mapping,
    read_sentence,
    read_yes_no,
    recovered,
    spans_of_ranges,
    wrong_shape,
)
from mutandis.rulebook.yaml_source import MappingNode, ScalarNode, YamlNode

_ORDERS: tuple[Literal["despite", "subject_to", "instead_of"], ...] = ("despite", "subject_to", "instead_of")

_GOES_WITH: Final = {field.key: field.goes_with for field in RULE.fields if field.goes_with}


@dataclass(frozen=True, slots=True)
class Read:
    """A rule as read, before its id is settled: `own` is True where the file gives the id."""

    rule: Rule
    name: str
    own: bool


def read_rule(node: YamlNode, place: Place) -> Read | None:
    """The rule a mapping holds, or None where it cannot be told what the rule does or where it stands."""
    mapping = read_mapping(node, "a rule", place.faults)
    if mapping is None:
        return None
    meant = check_keys(mapping, "a rule", RULE, place.faults, KEYS_OF_RULES, {"the article": ARTICLE})
    mapping = recovered(mapping, RULE, KEYS_OF_RULES, {"the article": ARTICLE})
    place.faults.extend(listed_twice(mapping))
    at_node = mapping.get("at")
    at = read_citation(at_node, "`at`", place.law, place.article, place.faults) if at_node is not None else None
    if all(mapping.get(effect) is None for effect in EFFECT_KEYS) and not meant.isdisjoint(EFFECT_KEYS):
        return None  # what the rule does stands under a key that was told to be none
    if any(_is_action(value, place) for key, value in mapping.entries if key.text not in RULE.keys):
        return None  # so does it where nobody can tell which key was meant
    effect = _find_effect(mapping, place)
    if at is None or effect is None:
        return None
    at = _inside(at, at_node, place)
    _check_keys_of_effect(mapping, effect, place)
    rule = Rule(
        id="",
        at=at,
        effect=effect,
        summary=_text(mapping, "summary", place),
        span=mapping.span,
        note=_text(mapping, "note", place),
        recurs=_text(mapping, "recurs", place),
        opaque=_text(mapping, "not_held", place),
        force=read_interval(mapping, "the rule", place),
    )
    when = mapping.get("when")
    if when is not None:
        # In a limit the parameters of the action it caps may also say when it bites (S13).
        rule = replace(rule, when=read_conditions(when, "`when`", place, parameters=effect == "limits"))
    place = place.where(*rule.when)
    rule = _with_conditions(_with_effect(rule, mapping, place), mapping, place)
    return Read(rule, _name(rule, mapping, place), mapping.get("id") is not None)


def _is_action(node: YamlNode, place: Place) -> bool:
    return isinstance(node, ScalarNode) and node.text in place.vocabulary.actions


def _inside(at: Citation, node: YamlNode | None, place: Place) -> Citation:
    """The rule's place, with a diagnostic where that is another article's."""
    if node is not None and (at.law, at.article) != (place.law, place.article):
        written = node.text if isinstance(node, ScalarNode) else ""
        meant = " or ".join(f"`{within}`" for within in places_within(written))
        place.faults.append(
            diagnose(
                "bad-citation",
                f"the rule stands at {at}, but the document is article {place.article}",
                f"write the place within the article: {meant or '`main`, `(1)`, `(1) proviso`'}",
                node.span,
            )
        )
    return at


def _find_effect(mapping: MappingNode, place: Place) -> Effect | None:
    given = [(key, effect) for key, _ in mapping.entries for effect in EFFECT_KEYS if key.text == effect]
    # A penalty may stand beside the prohibition or duty whose breach it punishes.
    main = [(key, effect) for key, effect in given if effect != "penalty"]
    if len(main) > 1:
        place.faults.append(
            diagnose(
                "effects-not-one",
                f"the rule has {len(main)} effects: {', '.join(f'`{effect}`' for _, effect in main)}",
                "write a rule for each; several may stand at one place",
                main[1][0].span,
                (Label(main[0][0].span, "the first is here"),),
            )
        )
        return None
    if main:
        return main[0][1]
    if given:
        return "penalty"
    if mapping.get("despite") is not None:
        return "disapply"
    place.faults.append(
        diagnose(
            "effects-not-one",
            "the rule does nothing",
            f"add one of {', '.join(EFFECT_KEYS)}; `despite` alone disapplies what it names",
            mapping.entries[0][0].span if mapping.entries else mapping.span,
        )
    )
    return None


def _check_keys_of_effect(mapping: MappingNode, effect: Effect, place: Place) -> None:
    wrong = [key for key, _ in mapping.entries if effect not in _GOES_WITH.get(key.text, (effect,))]
    if wrong:
        first, *others = wrong
        mends = [(key.text, mend) for key in wrong if (mend := _MENDS.get((key.text, effect)))]
        told = f"`{effect}`" if effect != "disapply" else "a rule that only disapplies"
        allowed = [one for one in _GOES_WITH[first.text] if all(one in _GOES_WITH[key.text] for key in others)]
        goes = ", ".join(f"`{one}`" for one in allowed if one != "disapply")
        if others:
            named = f"{', '.join(f'`{key.text}`' for key in wrong[:-1])} and `{wrong[-1].text}`"
            message = f"{named} do not go with {told}"
            help = f"together they go with {goes}" if goes else "take them out"
            if mends:
                help = "; ".join(f"of `{text}`: {mend}" for text, mend in mends)
        else:
            message = f"`{first.text}` does not go with {told}"
            help = mends[0][1] if mends else f"`{first.text}` goes with {goes}"
        labels = tuple(Label(key.span, "and here") for key in others)
        place.faults.append(diagnose("misplaced-key", message, help, first.span, labels))
    penalty = mapping.key("penalty")
    if penalty is not None and effect not in ("penalty", "must", "must_not"):
        place.faults.append(
            diagnose(
                "misplaced-key",
                f"`penalty` does not go with `{effect}`",
                "a penalty stands alone, or beside the `must` or `must_not` whose breach it punishes",
                penalty.span,
            )
        )
    inferred = mapping.key("inferred")
    if inferred is not None and all(mapping.get(order) is None for order in _ORDERS):
        place.faults.append(
            diagnose(
                "misplaced-key",
                "`inferred` gives the reason for an order, and the rule has none",
                "add `despite`, `subject_to` or `instead_of`, or delete the line",
                inferred.span,
            )
        )
    for key_text, needed in (("not_held", "until"),):
        stated = mapping.key(key_text)
        if stated is not None and mapping.get(needed) is None:
            place.faults.append(
                diagnose(
                    "missing-key",
                    f"a rule with `{key_text}` lacks `{needed}`",
                    "say from which day the wording that is held took its place: `until: 2019-04-23`",
                    stated.span,
                )
            )


_MENDS: dict[tuple[str, str], str] = {
    ("requires", "must_not"): "a prohibition has no manner of doing: put it under `when` or `unless`",
    ("requires", "need_not"): "an exemption has no manner of doing: put it under `when` or `unless`",
    **{("within", effect): "how long there is for it is a `deadline`" for effect in ("must", "may", "must_not")},
    ("to", "limits"): "a limit binds whoever acts; `to` belongs to the rule that grants",
}


def _text(mapping: MappingNode, key: str, place: Place) -> str:
    node = mapping.get(key)
    return "" if node is None else read_sentence(node, f"`{key}`", place.faults) or ""


def _with_effect(rule: Rule, mapping: MappingNode, place: Place) -> Rule:
    """The rule with what its effect says."""
    node = mapping.get(rule.effect)
    if node is not None and rule.effect in ON_ACTIONS:
        actions, any_of = read_actions(node, place)
        rule = replace(rule, actions=actions, any_of=any_of)
    elif node is not None and rule.effect in ("define", "deem"):
        target = read_target(node, rule.effect, place)
        if target is not None:
            written = mapping.get("as")
            # Of a wording that is not held it need not be known what it gave.
            entries = read_entries(written, target, rule.at, node, place) if written or not rule.opaque else ()
            rule = replace(rule, target=target.name, entries=entries)
    elif node is not None and rule.effect == "apply":
        applied = read_applied(node, place)
        rule = replace(rule, apply=applied.inside, external=applied.outside)
    elif rule.effect in ("delegate", "states"):
        rule = replace(rule, text=_text(mapping, rule.effect, place))
        if node is not None and rule.effect == "delegate" and spans_of_ranges(node, place.law, place.article):
            help = "name who makes the rest, `presidential_decree`; what the delegation is about stands under `within`"
            wrong_shape(node, "`delegate`", "an instrument or who makes it", help, place.faults)
    construe, within, penalty = (mapping.get(key) for key in ("construe", "within", "penalty"))
    naming = (mapping.get("apply"), within, penalty.get("of") if isinstance(penalty, MappingNode) else None)
    spans = [spans_of_ranges(one, place.law, place.article) for one in naming if one is not None]
    if spans:
        rule = replace(rule, spans=tuple(one for listed in spans for one in listed))
    if construe is not None:
        rule = replace(rule, construe=read_construals(construe, place))
    if within is not None:
        rule = replace(rule, within=read_cited(within, "`within`", place))
    if penalty is not None:
        rule = replace(rule, penalty=read_penalty(penalty, place))
        named = recovered(penalty, PENALTY) if isinstance(penalty, MappingNode) else None
        has_of = named is not None and named.get("of") is not None  # told if it is no citation
        is_read = named is None or knows_all_keys(named, PENALTY)  # else that key is what is wrong
        if rule.effect == "penalty" and rule.penalty is not None and is_read and not has_of:
            place.faults.append(
                diagnose(
                    "missing-key",
                    "a penalty that stands alone lacks `of`",
                    "write `{of: 92(1)2, any: [...]}`, or put the penalty beside the prohibition",
                    penalty.span,
                )
            )
        key = penalty.key("rule") if isinstance(penalty, MappingNode) else None
        if rule.effect != "penalty" and key is not None and not has_of:
            told = "`rule` says which rule at the places of `of` is punished, and the penalty has none"
            help = "delete `rule`: a penalty beside a prohibition or duty punishes its breach"
            place.faults.append(diagnose("misplaced-key", told, help, key.span))
    return rule


def _with_conditions(rule: Rule, mapping: MappingNode, place: Place) -> Rule:
    """The rule with what it depends on, and what it stands above or below."""
    grounds, requires, unless, deadline, governed_by, by, to, milder, presume, whole_law = (
        mapping.get(key)
        for key in (
            *("grounds", "requires", "unless", "deadline", "governed_by", "by", "to"),
            *("milder", "presume", "whole_law"),
        )
    )
    return replace(
        rule,
        grounds=read_grounds(grounds, rule.at, place) if grounds is not None else (),
        requires=read_requirements(requires, rule.at, place) if requires is not None else (),
        unless=read_exclusions(unless, rule.at, place) if unless is not None else (),
        deadline=read_deadline(deadline, place) if deadline is not None else None,
        governed_by=read_value(governed_by, "`governed_by`", DATE, place) if governed_by is not None else None,
        by=read_roles(by, "by", place) if by is not None else (),
        to=read_roles(to, "to", place) if to is not None else (),
        milder=milder is not None and read_yes_no(milder, "`milder`", place.faults) is True,
        presumes=_read_presume(presume, place) if presume is not None else "",
        whole_law=whole_law is not None and read_yes_no(whole_law, "`whole_law`", place.faults) is True,
        orders=_read_orders(mapping, place),
    )


def _read_presume(node: YamlNode, place: Place) -> Presumed:
    """`presume`: what a rule can presume of its event."""
    said = " ".join(node.text.split()) if isinstance(node, ScalarNode) else ""
    for one in (UNDER_THIS_LAW, NOT_YET):
        if said == one:
            return one
    place.faults.append(
        diagnose(
            "wrong-shape",
            f"`presume` of a rule is {describe(node)}",
            f"write `presume: {UNDER_THIS_LAW}` or `presume: {NOT_YET}`; "
            "what is presumed of a fact everywhere stands in the vocabulary",
            node.span,
        )
    )
    return ""


_VERBS = {"despite": "stands despite", "subject_to": "is subject to", "instead_of": "takes the place of"}


def find_orders_of_themselves(rules: Sequence[Rule]) -> Iterator[Diagnostic]:
    """Orders that name nothing but the rule's own place, at which no other rule of the article stands."""
    for rule in rules:
        for order in rule.orders:
            alone = all(one is rule or one.at != rule.at for one in rules)
            if alone and any(target.first == target.last == rule.at for target in order.targets):
                yield diagnose(
                    "circle",
                    f"the rule at {rule.at} {_VERBS[order.relation]} itself",
                    f"`{order.relation}` names the other provision, the one that it goes before or behind",
                    order.span,
                    (),
                    str(rule.at),
                )


def _read_orders(mapping: MappingNode, place: Place) -> tuple[Order, ...]:
    inferred = _text(mapping, "inferred", place)
    orders = []
    for relation in _ORDERS:
        node = mapping.get(relation)
        if node is not None:
            targets = read_cited(node, f"`{relation}`", place)
            orders.append(Order(relation, targets, inferred, node.span))
    return tuple(orders)


# --- ids --------------------------------------------------------------------------------------------------------------


def _name(rule: Rule, mapping: MappingNode, place: Place) -> str:
    """The part of the id after `#`."""
    own = mapping.get("id")
    if own is not None:
        return own.text if isinstance(own, ScalarNode) and own.text else _text(mapping, "id", place)
    actions = (" or " if rule.any_of else ", ").join(rule.actions)
    match rule.effect:
        case "limits":
            return f"limits {actions}"
        case "define" | "deem":
            return f"{rule.effect} {rule.target}"
        case "apply":
            return f"apply {_cite(rule.apply, place, [str(one) for one in rule.external])}"
        case "penalty":
            return f"penalty of {_cite(rule.penalty.of, place) if rule.penalty is not None else ''}"
        case "delegate":
            return f"delegate {rule.text}"
        case "states":
            return "states"
        case "disapply":
            return f"disapply {_cite([r for order in rule.orders for r in order.targets], place)}"
        case _:
            return actions


def _cite(ranges: Sequence[CitationRange], place: Place, more: Sequence[str] = ()) -> str:
    """Citations without the law they share with the rule."""
    return ", ".join((*(str(one).replace(f"{place.law}/", "") for one in ranges), *more))


def settle_ids(read: Sequence[Read], place: Place) -> tuple[Rule, ...]:
    """The rules with their ids. What tells rules of one id apart is added to all; where nothing does, a diagnostic."""
    by_id: dict[str, list[Read]] = {}
    for one in read:
        by_id.setdefault(f"{one.rule.at}#{one.name}", []).append(one)
    names: dict[int, str] = {}
    for identifier, same in by_id.items():
        if len(same) == 1:
            names[id(same[0])] = identifier
            continue
        marks = [marks_of(one.rule) for one in same]
        differing = [n for n in range(len(marks[0])) if len({mark[n] for mark in marks}) > 1]
        seen: dict[str, Read] = {}
        for one, mark in zip(same, marks, strict=True):
            extra = "" if one.own else "".join(f" {mark[n]}" for n in differing if mark[n])
            name = identifier + extra
            first = seen.setdefault(name, one)
            # A rule whose action or fact is not declared has no id yet; that it is not has been told.
            if first is not one and not identifier.endswith(("#", " ")):
                place.faults.append(
                    diagnose(
                        "duplicate-rule",
                        f"two rules have the id `{name}`",
                        "make one rule of them, or tell them apart with `id:`",
                        one.rule.span,
                        (Label(first.rule.span, "the other is here"),),
                        str(one.rule.at),
                    )
                )
            names[id(one)] = name
    return tuple(replace(one.rule, id=names[id(one)]) for one in read)


def marks_of(rule: Rule) -> tuple[str, ...]:
    """What can tell two rules of one place and object apart."""
    return (
        f"[{rule.effect}]",
        f"to {', '.join(rule.to)}" if rule.to else "",
        f"by {', '.join(rule.by)}" if rule.by else "",
        f"since {rule.force.since}" if rule.force.since is not None else "",
        f"until {rule.force.until}" if rule.force.until is not None else "",
    )
