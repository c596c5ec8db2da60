"""What can be seen of the loaded rulebooks: which there are, their actions, forms and graph, and how two differ."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from mutandis.decide.result import as_data
from mutandis.diagnostic_codes import diagnose
from mutandis.diagnostics import CaseError
from mutandis.graph import Graph, dependencies
from mutandis.questions.facts_of import facts_data
from mutandis.questions.find import Finder
from mutandis.suggest import did_you_mean
from mutandis_service.problems import ProblemError
from mutandis_service.rulebooks import Version
from mutandis_tools.comparison.dependence import touched_by_amendment
from mutandis_tools.report.comparison_text import comparison_data
from mutandis_tools.report.graph_view import view_of
from mutandis_tools.rulebook_difference import compare_rulebooks
from mutandis_tools.rulebook_graph import NoNodeError, find_node, graph_of, impact

_REMEMBERED = 8
"""How many graphs, finders and comparisons are remembered: as many as there are rulebooks at hand, and some more."""


def version_data(version: Version) -> dict[str, object]:
    """A version: its name, since when it is known, its hash, its laws and how many actions it speaks of."""
    book = version.rulebook
    known_from = version.named.known_from
    return {
        "name": version.name,
        "known_from": None if known_from is None else known_from.isoformat(),
        "hash": version.hash,
        "laws": [{"id": law.id, "title": law.title} for law in book.laws.values()],
        "actions": len(book.program.components),
        "has_rule_files": not version.named.location.is_bundle,
    }


def actions_data(version: Version, search: str = "") -> list[dict[str, object]]:
    """The actions, those whose name or label has `search` in it, by name."""
    declared, components = version.rulebook.vocabulary.actions, version.rulebook.program.components
    wanted = search.lower()
    found: list[dict[str, object]] = []
    for name in sorted(components):
        action = declared.get(name)
        label = action.label if action is not None else ""
        if wanted in name.lower() or wanted in label.lower():
            by = sorted({role for norm in components[name].norms for role in norm.by})
            default = action.default if action is not None else "silent"
            found.append({"action": name, "label": label, "default": default, "by": by})
    return found


@lru_cache(_REMEMBERED)
def _finder(version: Version) -> Finder:
    return Finder(version.rulebook.program)


def found_data(version: Version, words: str, most: int) -> object:
    """The actions and facts that the words speak of, best first, up to `most` of each."""
    return as_data(_finder(version).find(words, most))


def form_data(version: Version, action: str) -> dict[str, object]:
    """The facts an answer about an action can turn on: as a JSON Schema, and one by one for a form."""
    book = version.rulebook
    if action not in book.program.components:
        help_ = did_you_mean(action, book.program.components, "ask about an action of the vocabulary")
        raise CaseError([diagnose("unknown-question", f"the rulebook has no action `{action}`", help_)])
    return {"schema": book.facts_schema(action), "facts": facts_data(book.facts_of(action))}


@lru_cache(_REMEMBERED)
def _graph(version: Version) -> Graph:
    return graph_of(version.opened)


def graph_data(version: Version, node: str, reverse: bool, depth: int | None) -> dict[str, object]:
    """What a provision, action or derived fact depends on, or with `reverse` what depends on it, as nodes and edges."""
    _with_files(version)
    try:
        root, whole = find_node(node, _graph(version), version.rulebook.laws, version.rulebook.vocabulary)
    except NoNodeError as error:
        raise ProblemError("no-provision", str(error), error.help) from error
    routes = impact(whole, root) if reverse else dependencies(whole, root)
    view = view_of(whole, root, routes, version.opened.names, depth)
    return {
        "root": root,
        "nodes": [as_data(one) for one in view.nodes],
        "edges": [
            {"from": e.edge.source, "to": e.edge.target, "kind": e.edge.kind, "words": e.words} for e in view.edges
        ],
        "left_out": view.left_out,
    }


def _with_files(version: Version) -> None:
    if version.named.location.is_bundle:
        raise ProblemError(
            "no-rule-files", f"`{version.named.told}` is a bundle, which has no rule files", "load its folder"
        )


@lru_cache(_REMEMBERED)
def difference_data(old: Version, new: Version) -> dict[str, Any]:
    """How two versions differ: in what they declare and on which actions; with the files of both at hand, also in
    which rules, what those reach, and how the rulebooks' own cases come out (else null)."""
    found = compare_rulebooks(old.opened, new.opened, (old.rulebook, new.rulebook), lambda _: None)
    told: dict[str, Any] = comparison_data(found, new.rulebook.vocabulary)
    if old.named.location.is_bundle or new.named.location.is_bundle:
        told |= {"rules": None, "cases": None}
    touched = touched_by_amendment(old.rulebook.program, new.rulebook.program, {})
    actions = sorted(name for kind, name in touched if kind == "action")
    return {"old": version_data(old), "new": version_data(new), "actions": actions, **told}
