"""YAML is read strictly, with exact places, in bounded time."""

from __future__ import annotations

import time

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from mutandis.rulebook.yaml_source import (
    LIMIT_OF_BYTES,
    LIMIT_OF_DEPTH,
    MappingNode,
    ScalarNode,
    SequenceNode,
    YamlNode,
    read_yaml,
)


@pytest.fixture(params=["C parser", "pure parser"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each of PyYAML's two parsers in turn: what they read and where must not differ."""
    if request.param == "pure parser":
        monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    return str(request.param)


def only(text: str) -> MappingNode:
    read = read_yaml(text, "f.yaml")
    assert read.diagnostics == ()
    (node,) = read.documents
    assert isinstance(node, MappingNode)
    return node


def scalar(text: str, key: str = "when") -> ScalarNode:
    node = only(text).get(key)
    assert isinstance(node, ScalarNode)
    return node


def faults(data: bytes | str) -> list[tuple[str, int, int]]:
    return [(d.slug, d.span.line, d.span.column) for d in read_yaml(data, "f.yaml").diagnostics]


@pytest.mark.parametrize("written", ["108.10", "yes", "null", "~", "12:30", "2019-04-23", "1_000", "0x1F", "=", ".inf"])
def test_every_plain_scalar_is_a_string(written: str, parser: str) -> None:
    assert scalar(f"when: {written}\n").text == written


@pytest.mark.parametrize(
    ("text", "offset", "place"),
    [
        ("when: visit.on\n", 6, (1, 13)),
        ('when: "visit.on"\n', 6, (1, 14)),
        ("when: 'visit.on'\n", 6, (1, 14)),
        ("a: 한\nwhen:   visit.on\n", 0, (2, 9)),
        ("when: |\n  one\n    two\n", 4, (3, 3)),
        ("when: |\n  one\n    two\n", 6, (3, 5)),
        ("when: |-\n\n  one\n\n  two", 6, (5, 3)),
        ("when: |2\n   one\n  two\n", 1, (2, 4)),
    ],
)
def test_an_offset_in_a_text_is_found_in_the_file(text: str, offset: int, place: tuple[int, int], parser: str) -> None:
    node = scalar(text)
    assert node.origin is not None
    assert node.origin.position(offset) == place


@pytest.mark.parametrize(
    "text", ["when: >\n  one\n  two\n", "when: one\n  two\n", 'when: "a\\tb"\n', "when: 'it''s'\n", 'when: "a\n  b"\n']
)
def test_a_text_that_yaml_changes_has_no_origin(text: str, parser: str) -> None:
    assert scalar(text).origin is None


def test_spans_of_collections_end_with_their_last_member(parser: str) -> None:
    node = only("a:\n  - x\n  - {y: z}\n\n# remark\nb: [p,\n  q]\n")
    first, second = node.get("a"), node.get("b")
    assert isinstance(first, SequenceNode) and isinstance(second, SequenceNode)
    assert str(first.span) == "f.yaml:2:3" and (first.span.end_line, first.span.end_column) == (3, 11)
    assert (second.span.end_line, second.span.end_column) == (7, 5)


def test_crlf_reads_as_lf(parser: str) -> None:
    assert scalar("a: b\r\nwhen: |\r\n  x\r\n  y\r\n").text == "x\ny\n"


def test_a_file_may_hold_several_documents(parser: str) -> None:
    assert len(read_yaml("a: b\n---\nc: d\n", "f.yaml").documents) == 2


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"a: b\nk: \xe9", [("not-utf-8", 2, 4)]),
        ("a: b".encode("utf-16"), [("not-utf-8", 1, 1)]),
        (b"\xef\xbb\xbfa: b", [("byte-order-mark", 1, 1)]),
        (b"a: \x00", [("control-character", 1, 4)]),
        ("a: x\u2028y", [("control-character", 1, 5)]),
        ("a: \u202eevil", [("control-character", 1, 4)]),
        ("a: b\rc: d", [("control-character", 1, 5)]),
        ("a: \ud800", [("control-character", 1, 4)]),
        ("a:\n\tb: c\n", [("tab", 2, 1)]),
        ("%YAML 1.1\n---\na: b\n", [("yaml-directive", 1, 1)]),
        ("a: &x b\n", [("anchor-or-alias", 1, 4)]),
        ("a: *x\n", [("anchor-or-alias", 1, 4)]),
        ("a: !x b\n", [("tag", 1, 4)]),
        ("a: !!python/object:os.system {}\n", [("tag", 1, 4)]),
        ("a: 1\nb: 2\na: 3\na: 4\n", [("duplicate-key", 3, 1), ("duplicate-key", 4, 1)]),
        ("a: {<<: x}\n", [("merge-key", 1, 5)]),
        ("? [a]\n: b\n", [("wrong-shape", 1, 3)]),
        ("a: b\nccc\n", [("yaml-syntax", 2, 4)]),
        ("when: - x\n", [("yaml-syntax", 1, 7)]),
        ("a: [x,\n  y", [("yaml-syntax", 1, 4)]),
        ('rules:\n  - at: (1)\n    summary: "abc', [("yaml-syntax", 3, 14)]),
    ],
)
def test_what_is_refused_is_refused_at_its_place(
    data: bytes | str, found: list[tuple[str, int, int]], parser: str
) -> None:
    assert faults(data) == found


@pytest.mark.parametrize(
    ("written", "column"),
    [
        ("a is b: c", 13),
        ("[a] is b", 7),
        ("{a} is b", 7),
        ("* 3", 7),
        ("> 5", 7),
        ("@x", 7),
        ("`x`", 7),
        ("%x", 7),
        ('"a" is b', 7),
        ("'a' is b", 7),
    ],
)
def test_a_sign_that_broke_a_condition_is_named(written: str, column: int, parser: str) -> None:
    (fault,) = read_yaml(f"when: {written}\nby: warden\n", "f.yaml").diagnostics
    assert (fault.slug, fault.span.line, fault.span.column) == ("broken-condition", 1, column)
    assert "`|`" in fault.help


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("as: {when: x is one of [b, c], value: 3}\n", 24),
        ("when: [a is one of [b, c], d]\n", 20),
        ("q: {question: Is it {term}?}\n", 21),
        ("q: {a: b: c}\n", 9),
    ],
)
def test_a_text_that_brackets_around_it_broke_is_pointed_at(text: str, column: int, parser: str) -> None:
    (fault,) = read_yaml(text, "f.yaml").diagnostics
    assert (fault.slug, fault.span.line, fault.span.column) == ("broken-condition", 1, column)
    assert "quotes" in fault.help


def test_a_file_that_cannot_be_read_yields_no_documents(parser: str) -> None:
    assert read_yaml("a: b\n---\na: *x\n", "f.yaml").documents == ()


def test_depth_is_bounded_exactly(parser: str) -> None:
    assert faults("[" * LIMIT_OF_DEPTH + "]" * LIMIT_OF_DEPTH) == []
    assert [slug for slug, _, _ in faults("[" * (LIMIT_OF_DEPTH + 1))] == ["nested-too-deeply"]


@pytest.mark.parametrize(
    "hostile",
    ["[" * 900_000, "{a: " * 200_000, "- " * 400_000, "? " * 400_000, "a: '" + "x" * 900_000, "\t" * 900_000],
)
def test_a_hostile_file_is_refused_quickly(hostile: str) -> None:
    began = time.monotonic()
    assert 1 <= len(read_yaml(hostile, "f.yaml").diagnostics) <= 20
    # A guard against quadratic reading, not a measurement: the C parser takes some hundredths of this.
    assert time.monotonic() - began < 20


def test_a_long_file_is_refused_unread() -> None:
    assert faults(b"a" * (LIMIT_OF_BYTES + 1)) == [("file-too-long", 1, 1)]


def plain(node: YamlNode) -> object:
    match node:
        case ScalarNode(text=text):
            return text
        case SequenceNode(items=items):
            return [plain(item) for item in items]
        case MappingNode(entries=entries):
            return {key.text: plain(value) for key, value in entries}


words = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=12)
trees = st.recursive(
    words, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3), max_leaves=8
)


@settings(max_examples=60, deadline=None)
@given(trees)
def test_what_yaml_writes_is_read_back(tree: object) -> None:
    text = yaml.safe_dump({"root": tree}, allow_unicode=True, default_style='"')
    read = read_yaml(text, "f.yaml")
    if not read.diagnostics:
        assert plain(read.documents[0]) == {"root": tree}
    else:
        assert {d.slug for d in read.diagnostics} <= {"control-character", "merge-key"}


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=200) | st.text(alphabet="ab:-[]{}#&*!|>'\"%@`,? \n", max_size=60))
def test_nothing_makes_the_reader_raise(data: bytes | str) -> None:
    read = read_yaml(data, "f.yaml")
    assert read.documents == () or all(d.slug in ("duplicate-key", "merge-key") for d in read.diagnostics)
