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
from dataclasses import dataclass as standard_dataclass
from dataclasses import field as standard_field
from functools import cache
from itertools import pairwise
from operator import attrgetter
from reprlib import recursive_repr
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
    from dataclasses import replace as replace  # noqa: TID251
else:

    def dataclass(
        *, frozen: bool = False, slots: bool = False, eq: bool = True, kw_only: bool = False
    ) -> Callable[[type], type]:
        """A decorator like the standard library's, which also serves a class without slots."""
        if not slots:
            return standard_dataclass(frozen=frozen, eq=eq, kw_only=kw_only)

        def define(kind: type) -> type:
            def __init__(self: object, *given: object, **named: object) -> None:
                made.__init__ = _init(made)  # takes the place of this one
                made.__init__(self, *given, **named)

            space = _space(kind, kw_only)
            compared = [one.name for one in space["__dataclass_fields__"].values() if one.compare]
            for name, method in {"__init__": __init__, **_methods(compared, frozen, eq)}.items():
                if space.get(name) is None:
                    space[name] = method
            made = type(kind)(kind.__name__, kind.__bases__, space)
            made.__qualname__ = kind.__qualname__
            return made

        return define

    def replace(record: object, /, **changes: object) -> object:
        """The standard library's, where what is copied is found out once for a class."""
        kind = record.__class__
        copied = _COPIED.get(kind)
        if copied is None:
            copied = _COPIED[kind] = _copied(kind)
        values, place_of, named = copied
        given = list(values(record))
        for name, value in changes.items():
            if name not in place_of:
                raise TypeError(f"{kind.__qualname__} has no field {name} that could be given")
            given[place_of[name]] = value
        if not named:
            return kind(*given)
        return kind(*given[: -len(named)], **dict(zip(named, given[-len(named) :], strict=True)))


def _copied(kind: type) -> _Copied:
    places = [field.name for field in fields(kind) if field.init and not field.kw_only]
    named = [field.name for field in fields(kind) if field.init and field.kw_only]
    names = [*places, *named]
    return _key(names), {name: place for place, name in enumerate(names)}, named


_Copied = tuple[Callable[[object], tuple[object, ...]], dict[str, int], list[str]]
"""What reads the fields that are given to a new record, where each stands among these, and those given by name."""
_COPIED: dict[type, _Copied] = {}


@standard_dataclass(init=False, repr=False, eq=False)
class _Standard:
    field: int


# What the standard library has of every class and of every field, taken from one that it made: of a field whatever one
# that is new does not have yet, by whichever name this version of Python calls it.
_PARAMS = _Standard.__dict__["__dataclass_params__"]
_MADE, _NEW = _Standard.__dict__["__dataclass_fields__"]["field"], standard_field()
_MARKS = tuple(
    (slot, getattr(_MADE, slot))
    for slot in Field.__slots__
    if slot not in ("name", "type", "kw_only") and getattr(_MADE, slot) is not getattr(_NEW, slot)
)


def _space(kind: type, kw_only: bool) -> dict[str, Any]:
    """What is in the class made again with slots for its fields: those of its bases, and what it annotates itself.

    The standard library does the same in three times the time: it looks for more kinds of annotations than we write.
    """
    space: dict[str, Any] = dict(kind.__dict__)
    found: dict[str, Field[Any]] = {}
    for base in reversed(kind.__mro__[1:]):
        found.update(getattr(base, "__dataclass_fields__", {}))
    inherited = frozenset(found)
    for name, annotation in kind.__annotations__.items():
        if str(annotation).removeprefix("typing.").startswith("ClassVar"):
            continue
        default = space.pop(name, MISSING)
        one: Any = default if isinstance(default, Field) else standard_field(default=default)
        if type(one.default).__hash__ is None:
            raise TypeError(f"{kind.__qualname__}: the default of {name} can be changed, and all would share it")
        one.name, one.type = name, annotation
        for mark, value in _MARKS:
            setattr(one, mark, value)
        one.kw_only = kw_only if one.kw_only is MISSING else one.kw_only
        found[name] = one
    for left in ("__dict__", "__weakref__"):  # these belong to the class as it was
        space.pop(left, None)
    space["__doc__"] = kind.__doc__ or kind.__name__
    space["__slots__"] = tuple(name for name in found if name not in inherited)
    space["__dataclass_fields__"], space["__dataclass_params__"] = found, _PARAMS
    space.setdefault("__match_args__", tuple(one.name for one in found.values() if one.init and not one.kw_only))
    return space


def _methods(compared: list[str], frozen: bool, eq: bool) -> dict[str, object]:
    key = _key(compared)
    methods: dict[str, object] = {"__repr__": _repr, "__replace__": _replaced}
    if eq:
        methods |= {"__eq__": _equality(key), "__hash__": _hash(key) if frozen else None}
    if frozen:
        methods |= {"__setattr__": _assign, "__delattr__": _delete, "__getstate__": _state, "__setstate__": _restore}
    return methods


def _init(kind: type) -> Callable[..., None]:
    """The `__init__` of the class: a line for each field, which fills its slot.

    Classes with fields of the same sorts have one code, under the names of their own fields.
    """
    places = [field for field in fields(kind) if field.init and not field.kw_only]
    named = [field for field in fields(kind) if field.init and field.kw_only]
    for field, following in pairwise(places):
        if _has_default(field) and not _has_default(following):
            raise TypeError(f"{kind.__qualname__}: {following.name} has no default, and follows a field that has")
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


def _replaced(self: Any, /, **changes: object) -> object:
    """What `copy.replace` calls, from Python 3.13 on."""
    return replace(self, **changes)


def _assign(self: object, name: str, value: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _delete(self: object, name: str) -> NoReturn:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[object]:
    return [getattr(self, field.name) for field in fields(self)]


def _restore(self: Any, state: list[object]) -> None:
    for field, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)
