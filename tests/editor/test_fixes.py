"""Quick fixes, tried on the slips of a drafter: with a fix applied the finding is gone and nothing new is found."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.slips.slips import BOOK, HERE, Slip, read_slips

from mutandis.diagnostics import Diagnostic, Severity
from mutandis_tools.editor.desk import Desk
from mutandis_tools.editor.edits import applied
from mutandis_tools.editor.fixes import fixes_of

SLIPS = {slip.name: slip for path in sorted(HERE.glob("*.slips")) for slip in read_slips(path)}
OF_YAML = [slip.name for slip in read_slips(HERE / "yaml.slips") if slip.told]


def made(slip: Slip, room: Path) -> Desk:
    """The book at the desk with the slip typed."""
    folder = room / "book"
    shutil.copytree(BOOK, folder)
    desk = Desk(folder)
    desk.take(*desk.read_whole({}))
    text = desk.text(slip.file)
    desk.type(slip.file, text.replace(slip.old, slip.new) if slip.old else slip.new)
    desk.take(*desk.read_whole(dict(desk.typed)))
    return desk


def found(desk: Desk, typed: dict[str, str]) -> list[Diagnostic]:
    """All that is found, but that some facts of the book are read by no rule, by design."""
    return [one for one in desk.read_whole(typed)[1] if one.slug != "unread-fact"]


def tried(desk: Desk, slip: Slip) -> Iterator[tuple[str, str, list[Diagnostic]]]:
    """Each fix: its title, the file with it, and what is then found anew."""
    before = {(one.slug, one.message) for one in found(desk, dict(desk.typed))}
    for fault in desk.faults(slip.file):
        for fix in fixes_of(desk, fault):
            typed = {**desk.typed, **{name: applied(desk.text(name), edits) for name, edits in fix.edits.items()}}
            after = found(desk, typed)
            assert (fault.slug, fault.message) not in {(one.slug, one.message) for one in after}, fix.title
            yield fix.title, typed[slip.file], [one for one in after if (one.slug, one.message) not in before]


@pytest.mark.parametrize("name", OF_YAML)
def test_a_fix_of_a_slip_in_yaml_leaves_nothing_new(name: str, tmp_path: Path) -> None:
    for title, _, new in tried(made(SLIPS[name], tmp_path), SLIPS[name]):
        assert new == [], title


@pytest.mark.parametrize(
    ("name", "title", "line"),
    [
        ("a key without a space after the colon", "Write `when: …`", "    when: dog.leashed"),
        ("no colon after a key", "Write `when: …`", "    when: dog.leashed"),
        ("a full-width colon", "Write `when: …`", "    when: dog.leashed"),
        ("is yes", "Write `dog.leashed`", "    when: dog.leashed"),
        ("is null", "Write `is none`", "    when: dog.bitten_on is none"),
        ("the article in words", "Write `article: 2`", "article: 2"),
        ("the law by its title", "Write `law: park`", "law: park"),
        ("apply of a law that is none", "Write `market`", "    apply: market/1"),
        (
            "choices for values",
            "Write `values`",
            "        values: {small: small dog, large: large dog, guide_dog: guide dog}",
        ),
        ("a right to left mark", "Take it out", "    when: dog.leashed and dog.has_bitten"),
        ("a unit beside yes/no", "Take `unit: days` out", "      quiet: {type: yes/no, question: Is the cat quiet?}"),
    ],
)
def test_a_fix_does_what_the_help_line_says(name: str, title: str, line: str, tmp_path: Path) -> None:
    fixes = {title: (text, new) for title, text, new in tried(made(SLIPS[name], tmp_path), SLIPS[name])}
    text, new = fixes[title]
    assert line in text.split("\n") and [one for one in new if one.severity is Severity.ERROR] == []
