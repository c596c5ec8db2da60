"""Every diagnostic has a page, and fixtures that show it and do not show it.

A fixture is `fixtures/diagnostics/<slug>/bad/` and `good/`: a tiny rulebook each, checked as `mutandis check` does.
A fixture with `texts/` is compared with them too.
`good` yields nothing. `bad` yields exactly what is marked: a comment `# ^ slug` marks the column of its `^` on the line
above; what no comment can mark stands in `bad/expected.yaml`, as `slug: file line column`, several as a list. A file
that begins with `# the test lengthens this file to N bytes` is checked at that length.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from mutandis.diagnostic_codes import CODES
from mutandis.diagnostics import Diagnostic
from mutandis.link.check_unused import check_unused
from mutandis.link.linker import link
from mutandis.rulebook.case_file import load_cases
from mutandis.rulebook.load import load_source
from mutandis.rulebook.lock import check_stale, read_lock
from mutandis.rulebook.model import Source
from mutandis.rulebook.shapes import read_many
from mutandis.rulebook.yaml_source import MappingNode, ScalarNode, read_yaml
from mutandis_tools.coverage.locked_places import check_rule_places
from mutandis_tools.location import Location
from mutandis_tools.opening import Opened, read_case
from mutandis_tools.text_check.check import check_against_texts

ROOT = Path(__file__).parents[1]
FIXTURES = ROOT / "tests" / "fixtures" / "diagnostics"
PAGES = ROOT / "docs" / "diagnostics"
SLUGS = sorted(CODES)
UNUSED = ("unread-fact", "limit-on-nothing", "counting-undeclared", "fiction-of-members")

Marked = tuple[str, str, int, int]


def lengthened(folder: Path, room: Path) -> Path:
    """The fixture itself, or a copy in `room` in which files that ask for it are as long as they ask to be."""
    asked = {
        path: int(match.group(1))
        for path in folder.rglob("*.yaml")
        if not path.is_symlink()
        and (match := re.match(rb"# the test lengthens this file to (\d+) bytes\n", path.read_bytes()))
    }
    if not asked:
        return folder
    shutil.copytree(folder, room / "copy", symlinks=True)
    for path, size in asked.items():
        with (room / "copy" / path.relative_to(folder)).open("ab") as stream:
            stream.write(b"#" * (size - path.stat().st_size))
    return room / "copy"


def check(folder: Path) -> Iterable[Diagnostic]:
    """Every diagnostic of the rulebook in `folder`, of its locks and links, and of its cases and their facts."""
    source, cases = load_source(folder), load_cases(folder)
    yield from source.diagnostics
    yield from cases.diagnostics
    if source.diagnostics:
        return
    yield from lock_faults(folder, source)
    if (folder / "texts").is_dir():
        yield from check_against_texts(source, source.laws, folder / "texts")
    linked = link(source)
    yield from linked.diagnostics
    if linked.program is not None and folder.parent.name in UNUSED:  # the other fixtures declare more than they use
        yield from check_unused(linked.program)
    for case in cases.cases if linked.program is not None else ():
        yield from read_case(Opened(Location(folder, "named"), source, linked, {}, {}, cases), case).diagnostics


def lock_faults(folder: Path, source: Source) -> Iterable[Diagnostic]:
    texts = {law: folder / law / "text.lock" for law in source.laws}
    locks = {law: read_lock(path.read_text(), f"{law}/text.lock") for law, path in texts.items() if path.is_file()}
    for lock in locks.values():
        yield from (*lock.diagnostics, *check_stale(lock))
    yield from check_rule_places(source.articles, locks)


def marks(folder: Path) -> set[Marked]:
    """What the comments of the files in `folder`, and its `expected.yaml`, mark: slug, file, line, column."""
    found: set[Marked] = set()
    for path in sorted(folder.rglob("*.yaml")):
        name = path.relative_to(folder).as_posix()
        if name == "expected.yaml":
            found |= listed(path)
            continue
        marked_line = 0
        for number, line in enumerate(path.read_bytes().decode("utf-8", "replace").split("\n"), start=1):
            mark = re.fullmatch(r"\s*#\s*(\^)\s+([a-z0-9-]+)\s*", line)
            if mark is None:
                marked_line = number
            else:
                found.add((mark.group(2), name, marked_line, mark.start(1) + 1))
    return found


def listed(path: Path) -> set[Marked]:
    document = read_yaml(path.read_bytes(), path.name).documents[0]
    assert isinstance(document, MappingNode)
    found: set[Marked] = set()
    for slug, places in document.entries:
        for place in read_many(places):
            assert isinstance(place, ScalarNode)
            name, line, column = place.text.rsplit(" ", 2)
            found.add((slug.text, name, int(line), int(column)))
    return found


@pytest.mark.parametrize("slug", SLUGS)
def test_the_bad_fixture_shows_the_fault_at_the_marked_place(slug: str, tmp_path: Path) -> None:
    folder = FIXTURES / slug / "bad"
    expected = marks(folder)
    assert slug in {mark[0] for mark in expected}, f"{folder} marks no {slug}"
    shown = {(d.slug, d.span.file, d.span.line, d.span.column) for d in check(lengthened(folder, tmp_path))}
    assert shown == expected


@pytest.mark.parametrize("slug", SLUGS)
def test_the_good_fixture_shows_nothing(slug: str, tmp_path: Path) -> None:
    folder = FIXTURES / slug / "good"
    assert folder.is_dir(), f"{folder} is missing"
    assert [str(diagnostic) for diagnostic in check(lengthened(folder, tmp_path))] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_the_code_has_a_page_that_names_it(slug: str) -> None:
    page = (PAGES / f"{slug}.md").read_text(encoding="utf-8")
    code = CODES[slug]
    assert page.startswith(f"# {code.code} {slug}\n")
    assert code.title in page
    assert 10 <= page.count("\n") <= 60


def test_no_fixture_or_page_is_for_a_code_that_does_not_exist() -> None:
    assert {path.name for path in FIXTURES.iterdir()} <= set(SLUGS)
    assert {path.stem for path in PAGES.glob("*.md")} - {"README"} <= set(SLUGS)


def test_codes_are_unique_and_in_order() -> None:
    codes = [code.code for code in CODES.values()]
    assert codes == sorted(set(codes))
    assert all(re.fullmatch(r"MUT\d{3}", code) for code in codes)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) for slug in CODES)
