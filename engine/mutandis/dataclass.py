"""Dataclasses that cost next to nothing to define: their methods are written when the first instance is made.

`dataclass` is the standard library's, with its fields, its equality and its `replace`; type checkers see that one. What
differs is when the work is done. The standard one compiles six methods for each class, most of a millisecond, and a
command that defines two hundred makes instances of a few dozen. Here `__init__` is compiled for the first instance, and
the rest reads the fields through one getter each. An instance of a frozen class is also made in half the time: its
slots are filled by their descriptors.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, fields
from functools import cache
from operator import attrgetter
from reprlib import recursive_repr
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
    from dataclasses import replace as replace
else:
    import dataclasses

    def dataclass(
        *, frozen: bool = False, slots: bool = False, eq: bool = True, kw_only: bool = False
    ) -> Callable[[type], type]:
        """A decorator like the standard library's, which also serves a class without slots."""
        if not slots:
            return dataclasses.dataclass(frozen=frozen, eq=eq, kw_only=kw_only)

        def define(kind: type) -> type:
            # The fields, the slots, `replace` and `match`: what takes no compiling. A class that says nothing of itself
            # would be given its signature to say, for which the whole of `inspect` is asked.
            kind.__doc__ = kind.__doc__ or kind.__name__
            written = _without_annotations(kind)
            made = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True, kw_only=kw_only)(kind)
            for name, annotation in written.items():
                made.__annotations__[name] = made.__dataclass_fields__[name].type = annotation
            for name, method in _methods(made, frozen, eq).items():
                if kind.__dict__.get(name) is None:
                    setattr(made, name, method)
            return made

        return define

    def replace(record: object, /, **changes: object) -> object:
        """The standard library's, where what is copied is found out once for a class."""
        kind = record.__class__
        copied = _COPIED.get(kind)
        if copied is None:
            names = [field.name for field in fields(kind) if field.init]
            copied = _COPIED[kind] = names, _key(names)
        names, values = copied
        return kind(**dict(zip(names, values(record), strict=True), **changes))


_COPIED: dict[type, tuple[list[str], Callable[[object], tuple[object, ...]]]] = {}


def _without_annotations(kind: type) -> dict[str, str]:
    """The annotations of a class, taken from it where all are of fields: the standard library looks each through, as
    text, three times for what is none."""
    written: dict[str, str] = kind.__dict__.get("__annotations__", {})  # noqa: RUF063 - `inspect` costs more
    if any(type(one) is not str or "Var" in one or "KW_ONLY" in one for one in written.values()):
        return {}
    kind.__annotations__ = dict.fromkeys(written, object)
    return written


def _methods(kind: type, frozen: bool, eq: bool) -> dict[str, object]:
    key = _key([field.name for field in fields(kind) if field.compare])
    methods: dict[str, object] = {"__init__": _first_init(kind), "__repr__": _repr}
    if eq:
        methods |= {"__eq__": _equality(key), "__hash__": _hash(key) if frozen else None}
    if frozen:
        methods |= {"__setattr__": _assign, "__delattr__": _delete, "__getstate__": _state, "__setstate__": _restore}
    return methods


def _first_init(kind: type) -> Callable[..., None]:
    """The `__init__` that writes the one that takes its place."""

    def __init__(self: object, *given: object, **named: object) -> None:
        init = _init(kind)
        kind.__init__ = init  # type: ignore[misc]
        init(self, *given, **named)

    return __init__


def _init(kind: type) -> Callable[..., None]:
    """The `__init__` of the class: a line for each field, which fills its slot.

    Classes with fields of the same sorts have one code, under the names of their own fields.
    """
    places = [field for field in fields(kind) if field.init and not field.kw_only]
    named = [field for field in fields(kind) if field.init and field.kw_only]
    given = {field.name: f"_{number}" for number, field in enumerate((*places, *named))}
    space: dict[str, Any] = {"_MISSING": MISSING}
    body: list[str] = []
    for number, field in enumerate(fields(kind)):
        value = given.get(field.name)
        if field.default_factory is not MISSING:
            space[f"_make{number}"] = field.default_factory
            made = f"_make{number}()"
            value = f"{made} if {value} is _MISSING else {value}" if value else made
        elif value is None:
            if field.default is MISSING:
                continue
            value, space[f"_default{number}"] = f"_default{number}", field.default
        space[f"_fill{number}"] = getattr(kind, field.name).__set__
        body.append(f" _fill{number}(self, {value})")
    if hasattr(kind, "__post_init__"):
        body.append(" self.__post_init__()")
    listed = [given[field.name] for field in named]
    parameters = ", ".join(("self", *(given[field.name] for field in places), *(("*", *listed) if named else ())))
    written = _code("\n".join((f"def __init__({parameters}):", *(body or [" pass"]))))
    code = written.replace(co_varnames=("self", *given), co_qualname=f"{kind.__qualname__}.__init__")
    init = FunctionType(code, space, "__init__", tuple(field.default for field in places if _has_default(field)))
    init.__kwdefaults__ = {field.name: field.default for field in named if _has_default(field)}
    return init


@cache
def _code(written: str) -> CodeType:
    """The code of one function."""
    return next(one for one in compile(written, "<dataclass>", "exec").co_consts if isinstance(one, CodeType))


def _has_default(field: Field[Any]) -> bool:
    return field.default is not MISSING or field.default_factory is not MISSING


def _key(names: list[str]) -> Callable[[object], tuple[object, ...]]:
    """What two instances are compared by, and what a frozen one is hashed by."""
    if len(names) > 1:
        return attrgetter(*names)
    if names:
        only = attrgetter(names[0])
        return lambda one: (only(one),)
    return lambda one: ()


def _equality(key: Callable[[object], tuple[object, ...]]) -> Callable[[object, object], bool]:
    def __eq__(self: object, other: object) -> bool:
        return key(self) == key(other) if other.__class__ is self.__class__ else NotImplemented

    return __eq__


def _hash(key: Callable[[object], tuple[object, ...]]) -> Callable[[object], int]:
    def __hash__(self: object) -> int:
        return hash(key(self))

    return __hash__


@recursive_repr()
def _repr(self: Any) -> str:
    shown = ", ".join(f"{field.name}={getattr(self, field.name)!r}" for field in fields(self) if field.repr)
    return f"{self.__class__.__qualname__}({shown})"


def _assign(self: object, name: str, value: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _delete(self: object, name: str) -> NoReturn:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[object]:
    return [getattr(self, field.name) for field in fields(self)]


def _restore(self: Any, state: list[object]) -> None:
    for field, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)
