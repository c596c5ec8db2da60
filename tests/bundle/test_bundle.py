"""Bundles: what is written is read back, and nothing else is read at all."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from tests.shipped import shipped as shipped_rulebook

from mutandis import BundleError, MutandisError, Rulebook, parse_citation
from mutandis.bundle.container import VERSION, unpack
from mutandis.bundle.program import Table
from mutandis.bundle.records import RecordError, decode
from mutandis.bundle.written import encode, pack
from mutandis.condition.render import render
from mutandis.decide.result import EXCLUDED_BY, NO_GROUND, NOT_IN_FORCE
from mutandis.explain.spoken import Spoken, conditions_of_definition

HEAVY = ("lark", "yaml", "networkx", "jsonschema")
NOT_FOR_A_VERDICT = (
    "calendar",
    "difflib",
    "mutandis.arguments",
    "mutandis.diagnostics",
    "mutandis.suggest",
    "mutandis.condition.parse",
    "mutandis.condition.render",
    "mutandis.link.linker",
    "mutandis.link.rewriting",
    "mutandis.decide.authority",
    "mutandis.decide.bearer",
    "mutandis.decide.milder",
    "mutandis.decide.payload",
    "mutandis.decide.turning",
    "mutandis.facts.adjoining",
    "mutandis.backends.explained",
    "mutandis.backends.python.functions",
    "mutandis.backends.lists",
    "mutandis.backends.numbers",
    "mutandis.backends.rounds",
    "mutandis.backends.stated",
    "mutandis.backends.times",
    "mutandis.backends.value",
    "mutandis.calendar.reckoning",
    "mutandis.decide.conflict",
    "mutandis.decide.fates",
    "mutandis.decide.limits",
    "mutandis.decide.result_parts",
    "mutandis.facts.lengths",
    "mutandis.facts.times",
    "mutandis.rulebook.model",
)
"""What tells of faults, what an answer rests on, and what only some norms, facts and questions need."""
MOST_LINES = 8_890
"""How many lines of ours a verdict imports at most (decision 235)."""


@pytest.fixture(scope="module")
def shipped() -> Rulebook:
    return shipped_rulebook()


@pytest.fixture(scope="module")
def bundle(shipped: Rulebook, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bundle") / "rulebook.bundle"
    path.write_bytes(shipped.to_bundle())
    return path


def test_a_bundle_holds_the_whole_program(shipped: Rulebook, bundle: Path) -> None:
    program, read = shipped.program, Rulebook.load_bundle(bundle).program
    assert dict(read.components) == dict(program.components)
    assert dict(read.derived) == dict(program.derived)
    assert dict(read.effective) == dict(program.effective)
    assert dict(read.laws) == dict(program.laws)
    assert dict(read.vocabulary.facts) == dict(program.vocabulary.facts)
    assert dict(read.vocabulary.terms) == dict(program.vocabulary.terms)
    assert dict(read.vocabulary.actions) == dict(program.vocabulary.actions)
    assert read.external == program.external
    assert (read.days_off.name, read.days_off.weekly) == (program.days_off.name, program.days_off.weekly) != ("", ())
    assert dict(read.days_off.days) == dict(program.days_off.days) != {}
    assert read.content_hash == program.content_hash


def test_a_bundle_written_again_has_the_same_bytes(bundle: Path) -> None:
    assert Rulebook.load_bundle(bundle).to_bundle() == bundle.read_bytes()


def test_a_bundle_decides_as_the_rulebook_does(shipped: Rulebook, bundle: Path) -> None:
    facts = {"facility.conditions_inadequate": True}
    day = dt.date(2020, 3, 2)
    read = Rulebook.load_bundle(bundle)
    assert read.decide("hold_in shared_cell", facts, at=day) == shipped.decide("hold_in shared_cell", facts, at=day)


def test_deciding_from_a_bundle_imports_no_third_party_library(bundle: Path) -> None:
    program = (
        "import sys, datetime; from mutandis import Rulebook\n"
        f"book = Rulebook.load_bundle({str(bundle)!r})\n"
        "book.decide('hold_in shared_cell', {'facility.conditions_inadequate': 'yes'}, at=datetime.date(2020, 3, 2))\n"
        # A book of its own: a norm that the first was asked about is compiled the seventh time that it is read.
        f"book = Rulebook.load_bundle({str(bundle)!r})\n"
        "book.decide('hold_in shared_cell', {'facility.conditions_inadequate': True}, trusted=True)\n"
        f"print([name for name in {HEAVY + NOT_FOR_A_VERDICT!r} if name in sys.modules])\n"
        "ours = [one.__file__ for name, one in sys.modules.items() if name.partition('.')[0] == 'mutandis']\n"
        "print(sum(len(open(file).readlines()) for file in ours if file))"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    imported, lines = ran.stdout.split("\n")[:2]
    assert imported == "[]"
    assert int(lines) <= MOST_LINES


def test_words_for_what_a_decision_says_read_no_definition_that_is_far_from_it(bundle: Path) -> None:
    program = Rulebook.load_bundle(bundle).program
    derived = program.derived
    assert isinstance(derived, Table)
    for reason in (NOT_IN_FORCE, NO_GROUND, f"{EXCLUDED_BY}act/3"):
        assert Spoken(program, "grant temporary_release").condition(reason) == reason
    assert not derived.decoded
    name = next(iter(derived))
    condition = next(conditions_of_definition(derived[name].derivations[0]))
    assert Spoken(program, fact=name).condition(render(condition)) != render(condition)
    assert len(derived.decoded) < len(derived) / 10


def test_whoever_catches_the_library_s_errors_catches_those_of_bundles_and_citations(tmp_path: Path) -> None:
    none = tmp_path / "none.bundle"
    none.write_bytes(b"{}")
    with pytest.raises(MutandisError, match="is not a bundle"):
        Rulebook.load_bundle(none)
    with pytest.raises(MutandisError, match="is not a citation"):
        parse_citation("act/§")


def test_a_truncated_bundle_is_refused(bundle: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.bundle"
    cut.write_bytes(bundle.read_bytes()[:-1])
    with pytest.raises(BundleError, match="truncated"):
        Rulebook.load_bundle(cut)


def test_an_altered_bundle_is_refused(bundle: Path, tmp_path: Path) -> None:
    data = bytearray(bundle.read_bytes())
    data[-2] ^= 1
    altered = tmp_path / "altered.bundle"
    altered.write_bytes(bytes(data))
    with pytest.raises(BundleError, match="altered"):
        Rulebook.load_bundle(altered)


def test_a_bundle_of_another_version_is_refused(bundle: Path, tmp_path: Path) -> None:
    later = tmp_path / "later.bundle"
    later.write_bytes(bundle.read_bytes().replace(f'"version":{VERSION}'.encode(), b'"version":99', 1))
    with pytest.raises(BundleError, match="format version 99"):
        Rulebook.load_bundle(later)


@pytest.mark.parametrize(
    "data", [b"", b"law: act\n", b"{}\n", b"[1]\n", b'{"format":"mutandis-bundle"}', b"\xff\xfe\n"]
)
def test_a_file_that_is_no_bundle_is_refused(data: bytes) -> None:
    with pytest.raises(BundleError):
        unpack(data, "some file")


def test_a_record_can_name_only_the_types_of_a_program() -> None:
    with pytest.raises(RecordError, match="Popen"):
        decode({"Popen": ["ls"]})
    with pytest.raises(RecordError, match="another shape"):
        decode({"Today": ["more", "than", "it", "has"]})
    with pytest.raises(RecordError, match="no record for object"):
        encode(object())


def test_a_container_gives_back_its_records() -> None:
    container = unpack(pack({"a": {"x": [1, "ä"], "y": None}, "b": {}}), "made here")
    assert container.names("a") == ("x", "y")
    assert container.record("a", "x") == [1, "ä"]
    assert container.record("a", "y") is None
    assert container.names("b") == ()


def test_a_bundle_whose_records_were_changed_has_another_content_hash(bundle: Path, tmp_path: Path) -> None:
    read = unpack(bundle.read_bytes(), "written here")
    sections = {
        section: {name: read.record(section, name) for name in read.names(section)}
        for section in (
            "components",
            "derived",
            "effective",
            "laws",
            "provisions",
            "terms",
            "facts",
            "actions",
            "whole",
        )
    }
    assert pack(sections, read.content_hash) == bundle.read_bytes()
    sections["components"]["hold_in shared_cell"] = sections["components"]["hold_in single_cell"]
    forged = tmp_path / "forged.bundle"
    written, _, body = pack(sections).partition(b"\n")
    header = json.loads(written)
    for seal in (header["seal"], json.loads(bundle.read_bytes().partition(b"\n")[0])["seal"], None):
        said = json.dumps(header | {"content_hash": read.content_hash, "seal": seal}).encode()
        forged.write_bytes(said + b"\n" + body)
        assert Rulebook.load_bundle(forged).content_hash == header["sha256"] != read.content_hash


@pytest.mark.parametrize(
    "body",
    [b"", b"x", b"9\n{}", b"2\n[]", b"4\nnull", b'16\n{"a":{"x":[0,9]}}', b'14\n{"a":{"x":[0]}}', b"99" * 40],
)
def test_a_bundle_whose_index_points_outside_is_refused(body: bytes) -> None:
    header = b'{"format":"mutandis-bundle","version":%d,"size":%d,"sha256":"%s"}\n'
    with pytest.raises(BundleError):
        unpack(header % (VERSION, len(body), sha256(body).hexdigest().encode()) + body, "some file")


@pytest.mark.parametrize("size", [b'"x"', b"NaN", b"true", b"1e3", b"[1]", b"null"])
def test_a_header_with_an_odd_size_is_refused(size: bytes) -> None:
    with pytest.raises(BundleError):
        unpack(b'{"format":"mutandis-bundle","version":%d,"size":%s}\nabc' % (VERSION, size), "some file")


def test_a_header_nested_too_deep_is_no_bundle() -> None:
    with pytest.raises(BundleError):
        unpack(b"[" * 999 + b"\n", "some file")
