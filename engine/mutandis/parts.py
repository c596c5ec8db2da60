"""The parts of a node: found, walked and changed by one table of the fields that hold them, whatever the tree."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from operator import is_
from typing import Any, TypeVar

from mutandis.dataclass import replace

Fields = Mapping[type, tuple[str, ...]]
"""The fields of each kind of node that hold nodes, in their order: one, none, or a tuple of them or of such tuples."""
_N = TypeVar("_N")


def parts_of(node: object, fields: Fields) -> tuple[Any, ...]:
    """The nodes directly under `node`, in order."""
    names = fields.get(type(node))
    if names is None:
        return ()
    found: list[Any] = []
    for name in names:
        _gather(getattr(node, name), found)
    return tuple(found)


def _gather(part: Any, found: list[Any]) -> None:
    if type(part) is tuple:
        for one in part:
            _gather(one, found)
    elif part is not None:
        found.append(part)


def walk(node: _N, fields: Fields) -> Iterator[_N]:
    """`node` and every node under it, outermost first."""
    yield node
    for part in parts_of(node, fields):
        yield from walk(part, fields)


def with_parts(node: _N, fields: Fields, change: Callable[[Any], Any]) -> _N:
    """`node` with `change` made to each node directly under it, in order; itself where each stays as it is."""
    changed: dict[str, object] = {}
    for name in fields.get(type(node), ()):
        part = getattr(node, name)
        new = _changed(part, change)
        if new is not part:
            changed[name] = new
    return replace(node, **changed) if changed else node  # type: ignore[type-var]  # a node is a dataclass


def _changed(part: Any, change: Callable[[Any], Any]) -> Any:
    if type(part) is tuple:
        new = tuple([_changed(one, change) for one in part])
        return part if all(map(is_, new, part)) else new
    return None if part is None else change(part)
