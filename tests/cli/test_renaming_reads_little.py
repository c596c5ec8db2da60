"""A renaming is held against the rulebook as it was; the whole is read and linked again only where that may differ."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.cli.conftest import LIBRARY

from mutandis.diagnostics import Severity
from mutandis.rulebook.rereading import Rereading
from mutandis_tools.location import Location
from mutandis_tools.opening import Opened, find_faults, open_located, open_over
from mutandis_tools.renaming.facts import rename_fact
from mutandis_tools.renaming.made import Renaming, RenamingError
from mutandis_tools.renaming.names import rename_action, rename_term

_LAW = "law: act\ntitle: Act\nshort: Act\nrank: 1\n"
_WORDS = """\
terms:
  person: {role: yes, label: person}
  visit:
    label: visit
    attributes:
      cut: {type: yes/no, question: Is the visit cut short?}
  call:
    label: call
    attributes:
      cut: {type: yes/no, question: Is the call cut short?}
  letter:
    label: letter
    attributes:
      cut: {type: yes/no, question: Is the letter cut short?}
actions:
  stop visit: {label: stop the visit, default: forbidden, by: person}
  stop call: {label: stop the call, default: forbidden, by: person}
  stop letter: {label: stop the letter, default: forbidden, by: person}
"""
_VISITS = """\
law: act
article: 1
title: Visits
rules:
  - at: (1)
    summary: A visit may be stopped.
    may: stop visit
    by: person
    when: visit.cut
"""
_CALLS = """\
law: act
article: 2
title: Calls
rules:
  - at: (1)
    summary: Article 1 applies to calls.
    apply: 1
    construe: {visit: call}
"""
_LETTERS = _VISITS.replace("article: 1", "article: 3").replace("visit", "letter").replace("Visits", "Letters")


@pytest.fixture
def book(tmp_path: Path) -> Opened:
    """Visits, calls as visits, and letters; each can be stopped, and cut."""
    files = {"law": _LAW, "vocabulary": _WORDS, "001": _VISITS, "002": _CALLS, "003": _LETTERS}
    (tmp_path / "act").mkdir()
    for name, text in files.items():
        (tmp_path / "act" / f"{name}.yaml").write_text(text, encoding="utf-8")
    opened = open_located(Location(tmp_path, "named"))
    assert not [one for one in find_faults(opened) if one.severity is Severity.ERROR]
    return opened


def rename(opened: Opened, old: str, new: str, read: list[Mapping[str, str]]) -> Renaming:
    """A fact, an action or a term under another name; `read` gets the texts with which the whole was read again."""
    again = Rereading()

    def reading(over: Mapping[str, str]) -> Opened:
        read.append(over)
        return open_over(opened, over, again)

    kind = rename_fact if "." in old else rename_action if " " in old else rename_term
    return kind(opened, old, new, reading, again)


@pytest.mark.parametrize(
    ("old", "new"), [("letter.cut", "letter.shortened"), ("stop letter", "end letter"), ("letter", "parcel")]
)
def test_what_nobody_joins_with_others_is_not_read_again(book: Opened, old: str, new: str) -> None:
    read: list[Mapping[str, str]] = []
    made = rename(book, old, new, read)
    assert set(made.texts) == {"act/vocabulary.yaml", "act/003.yaml"} and not read
    assert not [one for one in find_faults(open_over(book, made.texts, Rereading())) if one.severity is Severity.ERROR]


@pytest.mark.parametrize(
    ("old", "new"),
    [("visit.cut", "visit.over"), ("call.cut", "call.over"), ("stop visit", "end visit"), ("stop call", "end call")],
)
def test_what_a_clause_construes_by_its_name_is_refused_as_before(book: Opened, old: str, new: str) -> None:
    read: list[Mapping[str, str]] = []
    with pytest.raises(RenamingError, match="the rulebook would not read"):
        rename(book, old, new, read)
    assert len(read) == 1


def test_a_term_that_a_clause_construes_has_its_new_name_there(book: Opened) -> None:
    read: list[Mapping[str, str]] = []
    made = rename(book, "visit", "meeting", read)
    assert "construe: {meeting: call}" in made.texts["act/002.yaml"] and not read


def test_a_name_that_somebody_says_already_is_read_again(book: Opened) -> None:
    text = _CALLS.replace("{visit: call}", "{visit: call, parcel: call}")
    said = open_over(book, {"act/002.yaml": text}, Rereading())
    read: list[Mapping[str, str]] = []
    rename(said, "letter", "parcel", read)
    assert len(read) == 1


def test_whatever_is_renamed_in_the_library_reads_as_it_did() -> None:
    opened = open_located(Location(LIBRARY, "named"))
    vocabulary = opened.source.vocabulary
    names = [(one, f"{one.partition('.')[0]}.named_otherwise") for one in vocabulary.facts]
    names += [(one, f"named_otherwise {one.partition(' ')[2]}") for one in vocabulary.actions]
    names += [(one, "named_otherwise") for one in vocabulary.terms]
    without = 0
    for old, new in names:
        read: list[Mapping[str, str]] = []
        try:
            made = rename(opened, old, new, read)
        except RenamingError:
            continue
        then = open_over(opened, made.texts, Rereading())
        assert not [one for one in find_faults(then) if one.severity is Severity.ERROR], old
        without += not read
    assert without > len(names) // 2
