"""A dataclass of ours does what the standard library's does, whenever its methods are written."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import pytest

from mutandis import dataclass as own
from mutandis.dataclass import dataclass, replace

Decorator = Callable[..., Callable[[type], Any]]


def test_a_default_that_can_be_changed_and_a_field_without_one_behind_are_refused() -> None:
    with pytest.raises(TypeError, match="the default of parts can be changed"):

        @dataclass(frozen=True, slots=True)
        class Shared:
            parts: list[int] = []  # noqa: RUF012  # what is refused

    with pytest.raises(TypeError, match="late has no default"):

        @dataclass(frozen=True, slots=True)
        class Behind:
            early: int = 1
            late: int  # type: ignore[misc]  # what is refused, when the first is made

        Behind(1, 2)


def _classes(of: Decorator) -> dict[str, Any]:
    @of(frozen=True, slots=True, kw_only=True)
    class Node:
        """A node."""

        span: int = dataclasses.field(default=0, compare=False, repr=False)

    @of(frozen=True, slots=True)
    class Leaf(Node):
        """A leaf."""

        kind: ClassVar[str] = "leaf"
        name: str
        parts: tuple[object, ...] = ()
        memory: list[int] = dataclasses.field(default_factory=list, compare=False)
        unseen: int = dataclasses.field(default=7, init=False)

    @of(frozen=True, slots=True)
    class Empty:
        """Nothing."""

    @of(slots=True)
    class Open:
        """What changes."""

        first: int
        rest: list[int] = dataclasses.field(init=False)

        def __post_init__(self) -> None:
            self.rest = [self.first]

    @of(frozen=True, slots=True, eq=False)
    class Itself:
        """Equal to itself alone."""

        name: str

        def __repr__(self) -> str:
            return f"<{self.name}>"

    @of(frozen=True, slots=True)
    class Folded:
        """With an equality of its own."""

        name: str

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Folded) and self.name.lower() == other.name.lower()

        def __hash__(self) -> int:
            return hash(self.name.lower())

    return {kind.__name__: kind for kind in (Node, Leaf, Empty, Open, Itself, Folded)}


OURS, THEIRS = _classes(dataclass), _classes(dataclasses.dataclass)


def _seen(classes: dict[str, Any]) -> list[object]:
    node, leaf, empty, changing = classes["Node"], classes["Leaf"], classes["Empty"], classes["Open"]
    one, other = leaf("a", (1,), span=3), leaf(parts=(1,), name="a")
    odd = changing(2)
    return [
        [repr(x).replace("_classes.<locals>.", "") for x in (node(), one, empty(), odd, classes["Itself"]("x"))],
        one == other,
        hash(one) == hash(other) == hash(("a", (1,), 7)),
        one != leaf("b"),
        one != node(),
        one.memory is not other.memory,
        empty() == empty(),
        hash(empty()),
        odd.rest,
        odd == changing(2),
        dataclasses.replace(one, name="c").name,
        dataclasses.asdict(one),
        [(field.name, field.init) for field in dataclasses.fields(leaf)],
        leaf.__match_args__,
        classes["Itself"]("x") == classes["Itself"]("x"),
        classes["Folded"]("A") == classes["Folded"]("a"),
        hash(classes["Folded"]("A")) == hash("a"),
        copy.copy(one) == one,
        copy.deepcopy(one).span,
    ]


def test_instances_behave_as_those_of_the_standard_library() -> None:
    assert _seen(OURS) == _seen(THEIRS)


@pytest.mark.parametrize("classes", [OURS, THEIRS], ids=["ours", "theirs"])
def test_a_record_with_parts_replaced_keeps_the_rest(classes: dict[str, Any]) -> None:
    one = classes["Leaf"]("a", (1,), [2], span=3)
    other = replace(one, name="b")
    assert (other.name, other.parts, other.memory, other.span, other.unseen) == ("b", (1,), [2], 3, 7)
    assert replace(classes["Itself"]("x"), name="y").name == "y"
    assert replace(classes["Open"](1), first=2).rest == [2]
    with pytest.raises(TypeError, match="other"):
        replace(one, other=1)


@pytest.mark.parametrize("classes", [OURS, THEIRS], ids=["ours", "theirs"])
def test_what_is_wrong_is_told_alike(classes: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match=r"Leaf.__init__\(\) missing 1 required positional argument: 'name'"):
        classes["Leaf"]()
    with pytest.raises(TypeError, match="unexpected keyword argument 'unseen'"):
        classes["Leaf"]("a", unseen=1)
    leaf = classes["Leaf"]("a")
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot assign to field 'name'"):
        leaf.name = "b"
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot delete field 'name'"):
        del leaf.name
    with pytest.raises(TypeError, match="unhashable"):
        hash(classes["Open"](1))
    assert not hasattr(leaf, "__dict__")


def test_the_first_instance_writes_the_method_that_makes_the_others() -> None:
    made = _classes(dataclass)["Leaf"]
    before = made.__init__
    made("a")
    assert made.__init__ is not before
    assert made("b", span=2).span == 2


def test_a_frozen_instance_goes_to_another_process() -> None:
    script = (
        "import pickle, sys; from mutandis.source import Span; from mutandis.condition.tree import Not, Truth\n"
        "sys.stdout.buffer.write(pickle.dumps(Not(Truth(True), span=Span('f', 1, 2, 3, 4))))"
    )
    written = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True).stdout
    read = pickle.loads(written)
    assert repr(read) == "Not(operand=Truth(value=True))"
    assert (read.span.file, read.span.end_column) == ("f", 4)


def test_classes_with_fields_of_the_same_sorts_share_code_under_names_of_their_own() -> None:
    @dataclass(frozen=True, slots=True)
    class Day:
        """A day."""

        year: int
        month: int = 1

    @dataclass(frozen=True, slots=True)
    class Place:
        """A place."""

        law: str
        article: str = ""

    assert repr(Day(2020)).endswith("Day(year=2020, month=1)") and Place(article="1", law="act").article == "1"
    assert Day.__init__.__code__.co_names == Place.__init__.__code__.co_names
    assert [*inspect.signature(Place).parameters] == ["law", "article"]
    with pytest.raises(TypeError, match=r"Place.__init__\(\) missing 1 required positional argument: 'law'"):
        Place()  # type: ignore[call-arg]  # that is the fault


def test_the_standard_library_looks_at_no_class_with_slots(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the standard library was asked")

    monkeypatch.setattr(dataclasses, "_process_class", refuse)

    @dataclass(frozen=True, slots=True)
    class Base:
        """With a field that is said again below."""

        kind: str = "base"

    @dataclass(frozen=True, slots=True)
    class Sub(Base):
        """Says it again, otherwise."""

        sort: ClassVar[str] = "sub"
        kind: str = "sub"
        name: str = ""

    assert Sub.__match_args__ == tuple(one.name for one in dataclasses.fields(Sub)) == ("kind", "name")
    assert (Sub(name="a").kind, Base().kind, Sub.sort) == ("sub", "base", "sub")


def test_annotations_may_be_types_as_well_as_texts() -> None:
    space = {"__annotations__": {"name": str, "sort": ClassVar[str], "rank": int}, "sort": "place", "rank": 1}
    made: Any = dataclass(frozen=True, slots=True)(type("Place", (), space))
    assert [one.name for one in dataclasses.fields(made)] == ["name", "rank"] and made("a").rank == 1


def test_a_record_is_replaced_as_one_of_the_standard_library_is() -> None:
    @dataclass(frozen=True, slots=True)
    class Day:
        """A day."""

        year: int
        month: int = 1

    assert Day(2020).__replace__(month=2) == Day(2020, 2) == dataclasses.replace(Day(2020), month=2)  # type: ignore[attr-defined]
    (year, month) = dataclasses.fields(Day)
    assert (year.name, year.default, month.default) == ("year", dataclasses.MISSING, 1)


def test_what_the_standard_library_marks_a_field_with_is_found_and_not_named() -> None:
    assert "_field_type" not in Path(own.__file__).read_text(encoding="utf-8")
    assert len(own._MARKS) == 1
