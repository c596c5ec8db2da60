"""The vocabulary of a rulebook: kinds resolved, facts and actions written out under every sub-kind.

A sub-kind has the attributes and actions of its kinds; what it declares itself goes before, key by key. In questions
and labels `{term}` stands for the label of the term that the fact ends up with.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Literal

from mutandis.dataclass import replace
from mutandis.diagnostic_codes import diagnose
from mutandis.diagnostics import Label
from mutandis.rulebook.counting_key import check_extends, check_suspended
from mutandis.rulebook.fact_declaration import DeclaredTerms, declare_fact, not_a_role
from mutandis.rulebook.shapes import (
    Faults,
    is_name,
    read_choice,
    read_many,
    read_name,
    read_sentence,
    read_text,
    read_yes_no,
)
from mutandis.rulebook.vocabulary_file import Written, WrittenTerm, WrittenVocabulary
from mutandis.rulebook.yaml_source import ScalarNode, YamlNode
from mutandis.suggest import did_you_mean
from mutandis.vocabulary import ActionDeclaration, FactDeclaration, Term, Vocabulary


def build_vocabulary(written: WrittenVocabulary, faults: Faults) -> Vocabulary:
    """The vocabulary that the written declarations make. What is faulty is left out, and a diagnostic says why."""
    parents = _read_kinds(written.terms, faults)
    labels = {name: _label(term, faults) for name, term in written.terms.items()}
    declared_roles = {
        name
        for name, term in written.terms.items()
        # What says neither yes nor no is told here alone: whoever acts by another place is taken for a role.
        if "role" in term.keys and read_yes_no(term.keys["role"], f"`role` of the term `{name}`", faults) is not False
    }
    roles = {name for name in written.terms if declared_roles.intersection(_chain(name, parents))}
    files = {name: term.name.span.file for name, term in written.terms.items()}
    # What did not read is told: who acts by such a term is no fault of its own.
    unread_terms = {name for name in written.unread if is_name(name)}
    known = DeclaredTerms(labels | dict.fromkeys(unread_terms, ""), files, roles | unread_terms)
    facts: dict[str, FactDeclaration] = {}
    terms: dict[str, Term] = {}
    for name, term in written.terms.items():
        own: list[FactDeclaration] = []
        chain = _chain(name, parents)
        for attribute in _all_attributes(chain, written.terms):
            declared = [
                written.terms[t].attributes[attribute] for t in chain if attribute in written.terms[t].attributes
            ]
            inherits = attribute not in term.attributes
            # An inherited fault is told once, where the kind declares it.
            fact = declare_fact(
                name, attribute, _overlay(declared), declared[0].name.span, known, [] if inherits else faults
            )
            if fact is None:
                continue
            facts[fact.name] = fact
            if not inherits:
                own.append(fact)
                _check_same_type(fact, declared, chain, facts, faults)
        definition = term.keys.get("definition")
        terms[name] = Term(
            name,
            labels[name],
            tuple(own),
            kind_of=parents.get(name, ""),
            role=name in roles,
            definition=read_sentence(definition, f"the definition of `{name}`", faults) or "" if definition else "",
            also=_also(term.keys, f"`{name}`", faults),
            span=term.name.span,
        )

    def said(key: str) -> list[tuple[str, YamlNode]]:
        """The facts of which the files say `key`, each with what it says."""
        return [
            (f"{name}.{attribute}", declared.keys[key])
            for name, term in written.terms.items()
            for attribute, declared in term.attributes.items()
            if key in declared.keys
        ]

    written_facts = {f"{name}.{attribute}" for name, term in written.terms.items() for attribute in term.attributes}
    unread = written.unread | (written_facts - facts.keys())
    _check_questions(facts, said("question"), faults)
    _check_labels(facts, said("label"), faults)
    check_suspended(facts, unread, said("suspended"), faults)
    check_extends(facts, said("extends"), faults)
    actions = _declare_actions(written, parents, known, terms, facts, unread, faults)
    return Vocabulary(terms, facts, actions)


def _check_questions(
    facts: Mapping[str, FactDeclaration], said: Sequence[tuple[str, YamlNode]], faults: Faults
) -> None:
    """No two facts of one term are asked for by one question: who answers cannot tell which is meant."""
    for name, node, _, before in _twice(said, {name: fact.question for name, fact in facts.items()}):
        message = f"`{name}` is asked for by the question of another fact of `{name.partition('.')[0]}`"
        help, label = "ask what tells the two apart", Label(before.span, "here too")
        faults.append(diagnose("question-asked-twice", message, help, node.span, (label,)))


def _check_labels(facts: Mapping[str, FactDeclaration], said: Sequence[tuple[str, YamlNode]], faults: Faults) -> None:
    """No two facts of one term are called alike: who reads an answer cannot tell which is meant."""
    for name, node, other, before in _twice(said, {name: fact.label for name, fact in facts.items()}):
        message = f"`{other}` and `{name}` are both called `{facts[name].label}`"
        label = (Label(before.span, "here too"),)
        faults.append(diagnose("duplicate-declaration", message, "say what tells them apart", node.span, label))


def _twice(
    said: Sequence[tuple[str, YamlNode]], texts: Mapping[str, str]
) -> Iterator[tuple[str, YamlNode, str, YamlNode]]:
    """Each fact of a term with the text of one of it before, which is named too; both with what says it."""
    first: dict[tuple[str, str], tuple[str, YamlNode]] = {}
    for name, node in said:
        if name in texts:
            other, before = first.setdefault((name.partition(".")[0], texts[name]), (name, node))
            if before is not node:
                yield name, node, other, before


def _also(keys: Mapping[str, YamlNode], what: str, faults: Faults) -> str:
    return read_text(keys["also"], f"`also` of {what}", faults) or "" if "also" in keys else ""


def _label(term: WrittenTerm, faults: Faults) -> str:
    node = term.keys.get("label")
    name = term.name.text
    found = read_text(node, f"the label of `{name}`", faults) if node is not None else None
    return found or name.replace("_", " ")


# --- kinds ------------------------------------------------------------------------------------------------------------


def _read_kinds(terms: Mapping[str, WrittenTerm], faults: Faults) -> dict[str, str]:
    """Each term's kind, where it has one that is declared; circles cut."""
    parents: dict[str, str] = {}
    for name, term in terms.items():
        node = term.keys.get("kind_of")
        if node is None:
            continue
        kind = node.text if isinstance(node, ScalarNode) else ""
        if kind not in terms:
            faults.append(
                diagnose(
                    "unknown-kind",
                    f"`{name}` is a kind of `{kind}`, which is not declared",
                    did_you_mean(kind, terms, f"declare `{kind}` under `terms`, or delete the line"),
                    node.span,
                )
            )
            continue
        parents[name] = kind
    for name in sorted(parents):
        circle = _chain(name, parents)
        if parents.get(circle[-1]) == name:
            node = terms[name].keys["kind_of"]
            faults.append(
                diagnose(
                    "circular-kind",
                    f"a term is a kind of itself: {' → '.join((*circle, name))}",
                    "delete one of these `kind_of` lines",
                    node.span,
                    tuple(
                        Label(terms[other].keys["kind_of"].span, f"`{other}` is a kind of `{parents[other]}`")
                        for other in circle[1:]
                    ),
                )
            )
            for other in circle:
                del parents[other]
    return parents


def _chain(name: str, parents: Mapping[str, str]) -> tuple[str, ...]:
    """The term and its kinds, nearest first; stops before a term comes again."""
    chain = [name]
    while chain[-1] in parents and parents[chain[-1]] not in chain:
        chain.append(parents[chain[-1]])
    return tuple(chain)


def _all_attributes(chain: tuple[str, ...], terms: Mapping[str, WrittenTerm]) -> tuple[str, ...]:
    """Attributes of the farthest kind first, each once."""
    return tuple(dict.fromkeys(a for kind in reversed(chain) for a in terms[kind].attributes))


def _overlay(declared: list[Written]) -> dict[str, YamlNode]:
    """Keys of all declarations, the nearest going before."""
    keys: dict[str, YamlNode] = {}
    for one in reversed(declared):
        keys.update(one.keys)
    return keys


def _check_same_type(
    fact: FactDeclaration,
    declared: list[Written],
    chain: tuple[str, ...],
    facts: Mapping[str, FactDeclaration],
    faults: Faults,
) -> None:
    attribute = fact.name.split(".")[1]
    for kind in chain[1:]:
        inherited = facts.get(f"{kind}.{attribute}")
        if inherited is not None and inherited.type.kind != fact.type.kind:
            faults.append(
                diagnose(
                    "duplicate-declaration",
                    f"the fact `{fact.name}` has another type than `{inherited.name}`, which it inherits",
                    "keep the type of the kind, or name the attribute otherwise",
                    declared[0].keys["type"].span if "type" in declared[0].keys else declared[0].name.span,
                    (Label(inherited.span, "declared here"),),
                )
            )
            return


# --- actions ----------------------------------------------------------------------------------------------------------


def _declare_actions(
    written: WrittenVocabulary,
    parents: Mapping[str, str],
    known: DeclaredTerms,
    terms: Mapping[str, Term],
    facts: Mapping[str, FactDeclaration],
    unread: Collection[str],
    faults: Faults,
) -> dict[str, ActionDeclaration]:
    verbs: dict[str, dict[str, Written]] = {}
    for name, action in written.actions.items():
        verb, _, term = name.partition(" ")
        if term in unread:
            continue
        if term in terms:
            verbs.setdefault(verb, {})[term] = action
        else:
            faults.append(
                diagnose(
                    "unknown-term",
                    f"`{term}` in the action `{name}` is not declared",
                    known.did_you_mean(term, action.name, terms, f"declare `{term}` under `terms`"),
                    action.name.span,
                )
            )
    actions: dict[str, ActionDeclaration] = {}
    chains = {term: _chain(term, parents) for term in terms}
    positions = {term: position for position, term in enumerate(terms)}
    below: dict[str, list[str]] = {}
    for term, chain in chains.items():
        for kind in chain:
            below.setdefault(kind, []).append(term)
    for verb, by_term in verbs.items():
        for term in sorted({term for kind in by_term for term in below[kind]}, key=positions.__getitem__):
            kinds = [kind for kind in chains[term] if kind in by_term]
            inherited = kinds[0] != term
            declared = _declare_action(
                verb, term, kinds, by_term, known, terms, facts, unread, [] if inherited else faults
            )
            if declared is not None:
                on = next((kind for kind in kinds if "restricts" in by_term[kind].keys), "")
                named = read_many(by_term[on].keys["restricts"]) if on else ()
                actions[declared.name] = replace(declared, restricts=_restricted(named, on, term, chains, below))
    _check_groups(written, faults)
    _check_restricted(written, actions, unread, faults)
    # Declared order of the file; inherited ones after the action they come from.
    order = {name: index for index, name in enumerate(written.actions)}
    rank = {name: _first_rank(name, parents, order) for name in actions}
    return {name: actions[name] for name in sorted(actions, key=lambda name: rank[name])}


def _first_rank(name: str, parents: Mapping[str, str], order: Mapping[str, int]) -> int:
    verb, _, term = name.partition(" ")
    return next((order[f"{verb} {kind}"] for kind in _chain(term, parents) if f"{verb} {kind}" in order), len(order))


def _declare_action(
    verb: str,
    term: str,
    kinds: list[str],
    by_term: Mapping[str, Written],
    known: DeclaredTerms,
    terms: Mapping[str, Term],
    facts: Mapping[str, FactDeclaration],
    unread: Collection[str],
    faults: Faults,
) -> ActionDeclaration | None:
    what = f"the action `{verb} {term}`"
    declared = [by_term[kind] for kind in kinds]
    keys = _overlay(declared)
    place = declared[0].name
    origin = {key: next(kind for kind in kinds if key in by_term[kind].keys) for key in keys}
    default: Literal["forbidden", "silent"] | None = None
    if "default" not in keys:
        faults.append(
            diagnose(
                "missing-key",
                f"{what} lacks `default`",
                "add `default: forbidden` for what needs a legal basis, `default: silent` otherwise",
                place.span,
            )
        )
    else:
        chosen = read_choice(keys["default"], f"the default of {what}", ("forbidden", "silent"), faults)
        default = "forbidden" if chosen == "forbidden" else "silent" if chosen == "silent" else None
    label = read_text(keys["label"], f"the label of {what}", faults) if "label" in keys else None
    if label is None:
        label = f"{verb.replace('_', ' ')} {known.labels[term]}"
    elif origin["label"] != term:
        label = label.replace(known.labels[origin["label"]], known.labels[term])
    by = read_name(keys["by"], f"`by` of {what}", faults) or "" if "by" in keys else ""
    if by in unread:
        by = ""
    if by and by not in terms:
        faults.append(
            diagnose(
                "unknown-term",
                f"`{by}`, by whom {what} is done, is not declared",
                known.did_you_mean(by, keys["by"], known.roles, "declare it as a term with `role: yes`"),
                keys["by"].span,
            )
        )
    elif by and not terms[by].role:
        faults.append(not_a_role(by, keys["by"]))
    group = read_name(keys["group"], f"the group of {what}", faults) or "" if "group" in keys else ""
    if group and origin["group"] != term:
        # Suspending a visit does not exclude resuming a call: an inherited group is one set for each sub-kind.
        group = f"{group}/{term}"
    done = _read_fact(keys, "done", ("date", "moment", "yes_no"), origin, term, what, facts, unread, faults)
    continuing = "continuing" in keys and read_yes_no(keys["continuing"], f"`continuing` of {what}", faults) is True
    if done and continuing:
        faults.append(
            diagnose(
                "misplaced-key",
                f"{what} goes on, by `continuing`, and is over once it is done, by `done`",
                "take away the one that is not so; what comes again says how often in its rule: `recurs`",
                keys["continuing"].span,
                (Label(keys["done"].span, "over with this"),),
            )
        )
    adverse = "adverse" in keys and read_yes_no(keys["adverse"], f"`adverse` of {what}", faults) is True
    if default is None:
        return None
    in_force = _read_fact(keys, "in_force", ("yes_no", "provision"), origin, term, what, facts, unread, faults)
    also = _also(keys, what, faults)
    return ActionDeclaration(
        verb, term, label, default, by, group, done, adverse, (), in_force, also, continuing, span=place.span
    )


_RECORDS = {
    "done": (
        "which records that {} was done",
        "a date, a moment or yes/no",
        "name a fact that says when, or that, it was done",
    ),
    "in_force": (
        "which says that {} is in force",
        "yes/no or a provision",
        "name a fact that says that it holds, or under what",
    ),
}


def _restricted(
    named: Sequence[YamlNode],
    on: str,
    term: str,
    chains: Mapping[str, tuple[str, ...]],
    below: Mapping[str, list[str]],
) -> tuple[str, ...]:
    """The actions that an action on `term` takes away: those that its kind `on` names, as they are for that term."""
    found: list[str] = []
    for node in named:
        name = node.text if isinstance(node, ScalarNode) else ""
        verb, _, owner = name.partition(" ")
        of_owner, own = chains.get(owner, ()), f"{verb} {term}"
        if on not in of_owner and owner not in chains[on]:  # of another thing: with all that is of its kind
            found += [f"{verb} {one}" for one in below.get(owner, [owner])]
        elif owner in chains[term]:  # of this thing itself
            found += [own] if on in of_owner else [name, own]
        elif term in of_owner:  # of this thing only where it is of a narrower kind
            found.append(name)
    return tuple(dict.fromkeys(found))


def _of_term(node: YamlNode, declared_on: str, term: str) -> str:
    """A fact written where the kind `declared_on` declares it, as it is for the sub-kind `term`."""
    text = node.text if isinstance(node, ScalarNode) else ""
    owner, _, attribute = text.partition(".")
    return f"{term}.{attribute}" if owner == declared_on else text


def _read_fact(
    keys: Mapping[str, YamlNode],
    key: str,
    kinds: tuple[str, ...],
    origin: Mapping[str, str],
    term: str,
    what: str,
    facts: Mapping[str, FactDeclaration],
    unread: Collection[str],
    faults: Faults,
) -> str:
    """The fact named under `key`, of one of `kinds`; empty where none is, or none that can be."""
    node = keys.get(key)
    if node is None:
        return ""
    role, wanted, help = _RECORDS[key]
    name = _of_term(node, origin[key], term)
    fact = facts.get(name)
    if name in unread:
        return ""
    if fact is None:
        faults.append(
            diagnose(
                "undeclared-fact",
                f"`{name}`, {role.format(what)}, is not declared",
                did_you_mean(name, facts, f"declare it as {wanted}"),
                node.span,
            )
        )
        return ""
    if fact.type.kind not in kinds:
        faults.append(
            diagnose(
                "wrong-shape",
                f"`{key}` of {what} is {wanted}, and `{name}` is not",
                help,
                node.span,
                (Label(fact.span, "declared here"),),
            )
        )
        return ""
    return name


def _check_restricted(
    written: WrittenVocabulary, actions: Mapping[str, ActionDeclaration], unread: Collection[str], faults: Faults
) -> None:
    unread = {*unread, *(written.actions.keys() - actions.keys())}
    for action in written.actions.values():
        node = action.keys.get("restricts")
        for item in read_many(node) if node is not None else ():
            name = item.text if isinstance(item, ScalarNode) else ""
            if name not in actions and name not in unread:
                faults.append(
                    diagnose(
                        "unknown-action",
                        f"`{name}`, which `{action.name.text}` restricts, is not declared",
                        did_you_mean(name, actions, "declare it under `actions`"),
                        item.span,
                    )
                )


def _check_groups(written: WrittenVocabulary, faults: Faults) -> None:
    members: dict[str, list[YamlNode]] = {}
    for action in written.actions.values():
        node = action.keys.get("group")
        if isinstance(node, ScalarNode):
            members.setdefault(node.text, []).append(node)
    for group, nodes in members.items():
        if len(nodes) == 1:
            faults.append(
                diagnose(
                    "group-of-one",
                    f"no other action is in the group `{group}`",
                    did_you_mean(group, set(members) - {group}, "actions of one group exclude each other: name two"),
                    nodes[0].span,
                )
            )
