"""A norm whose expressions are replaced has every one replaced, those of its bounds too."""

from __future__ import annotations

from tests.evaluate.books import book, rule

from mutandis.condition import tree as t
from mutandis.link.linked_parts import map_norm
from mutandis.link.reads import of_component
from mutandis.link.rewriting import rewrite


def test_the_limit_of_a_bound_is_replaced_with_what_it_bounds() -> None:
    program = book(rule("(1)", "may: do thing", "requires: how.level <= it.mark")).program
    component = program.components["do thing"]

    def other(node: t.Expression) -> t.Expression | None:
        return t.Fact("it.count", type=node.type) if isinstance(node, t.Fact) and node.name == "it.mark" else None

    (norm,) = component.norms
    mapped = map_norm(norm, lambda node: rewrite(node, other))
    (requirement,) = mapped.requires
    assert requirement.bound is not None
    assert isinstance(requirement.bound.limit, t.Fact) and requirement.bound.limit.name == "it.count"
    read = {one.name for expression in of_component(component) for one in t.walk(expression) if isinstance(one, t.Fact)}
    assert "it.mark" in read and map_norm(norm, lambda node: node) is norm
