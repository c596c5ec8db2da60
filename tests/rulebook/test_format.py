"""The canonical layout: conditions in one form, everything else as it was, nothing lost, nothing changed twice."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rulebook.texts import load

from mutandis.rulebook.format import format_file

HEAD = "law: act\narticle: 1\ntitle: Visits\nrules:\n  - at: (1)\n    summary: A.\n    may: suspend visit\n"


def formatted(keys: str) -> str:
    done = format_file(HEAD + keys, "f.yaml")
    assert done.diagnostics == ()
    assert done.text.startswith(HEAD)
    assert format_file(done.text, "f.yaml").text == done.text
    return done.text.removeprefix(HEAD)


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("    when: ((visit.in_progress))\n", "    when: visit.in_progress\n"),
        ("    when: inmate.age>20   # why\n", "    when: inmate.age > 20   # why\n"),
        ("    when: 'inmate.age>20' # why\n", "    when: inmate.age > 20 # why\n"),
        ("    when: [inmate.age>20, not(a.b)]\n", "    when: [inmate.age > 20, not a.b]\n"),
        ("    when: | # why\n      inmate.age\n        >20\n    by: warden\n",
         "    when: inmate.age > 20 # why\n    by: warden\n"),
        ("    when:\n      # first\n      - inmate.age>20\n\n\n      - any: [(a.b), c.d]   # last\n",
         "    when:\n      # first\n      - inmate.age > 20\n\n      - any: [a.b, c.d]   # last\n"),
        ("    grounds:\n      1: (a.b)\n      2: {when: (c.d), unless: (e.f), grounds: {(a): (g.h)}}\n",
         "    grounds:\n      1: a.b\n      2: {when: c.d, unless: e.f, grounds: {(a): g.h}}\n"),
        ("    unless: {at: (1) proviso, when: (a.b)}\n", "    unless: {at: (1) proviso, when: a.b}\n"),
        ("    unless:\n      - at: (2)\n        when: (a.b)\n", "    unless:\n      - at: (2)\n        when: a.b\n"),
        ("    requires:\n      2: (a.b)\n", "    requires:\n      2: a.b\n"),
        ("    deadline: by  a.b+2 days\n", "    deadline: by a.b + 2 days\n"),
        ("    deadline: {by: a.b+2 days, clock: civil}\n", "    deadline: {by: a.b + 2 days, clock: civil}\n"),
        ("    deadline: without_delay\n", "    deadline: without_delay\n"),
        ("    penalty: [fine up to  200 won, warning]\n", "    penalty: [fine up to 200 won, warning]\n"),
        ("    as: {when: (a.b), value: 1+1}\n", "    as: {when: a.b, value: 1 + 1}\n"),
        ("    as: yes\n", "    as: yes\n"),
        ("    construe: {visit: call, a.b: (c.d), 2: 3(1)}\n", "    construe: {visit: call, a.b: c.d, 2: 3(1)}\n"),
        ("    note: a  >b\n    despite: (1)\n", "    note: a  >b\n    despite: (1)\n"),
        ("    when: a.b   \n\n\n\n", "    when: a.b\n"),
        ("    when: ['a.b is one of [c,d]']\n", "    when: ['a.b is one of [c, d]']\n"),
    ],
)  # fmt: skip
def test_conditions_are_written_canonically_and_the_rest_stays(written: str, canonical: str) -> None:
    assert formatted(written) == canonical


LONG = " and ".join(f"visit.a_long_name_number_{n}" for n in range(6))


def test_a_long_condition_is_broken_at_its_outermost_and() -> None:
    lines = formatted(f"    when: {LONG} # why\n    by: warden\n").split("\n")
    assert lines[0] == "    when: | # why"
    assert lines[1] == "      visit.a_long_name_number_0"
    assert lines[2:7] == [f"      and visit.a_long_name_number_{n}" for n in range(1, 6)]
    assert lines[7] == "    by: warden"


def test_a_long_condition_in_a_list_is_indented_under_its_dash() -> None:
    lines = formatted(f"    when:\n      - {LONG}\n").split("\n")
    assert lines[1:3] == ["      - |", "        visit.a_long_name_number_0"]


def test_a_long_deadline_keeps_its_first_word_in_the_first_line() -> None:
    assert formatted("    deadline: |\n      by   a.b\n      + 2 days\n") == "    deadline: by a.b + 2 days\n"


def test_a_long_condition_without_and_stays_on_its_line() -> None:
    written = f"    when: every x in a.b has (x.{'c' * 130})\n"
    assert formatted(written) == written


@pytest.mark.parametrize(
    "keys", ["    when: a.b and\n", "    when: >\n      a.b\n", "    when: *x\n", "    when: a.b\n    when: a.b\n"]
)
def test_a_file_that_does_not_read_is_left_alone(keys: str) -> None:
    done = format_file(HEAD + keys, "f.yaml")
    assert done.text == HEAD + keys
    assert len(done.diagnostics) == 1


def test_several_documents_are_formatted_each() -> None:
    text = HEAD + "    when: (a.b)\n---\n" + HEAD + "    when: (c.d)\n"
    assert format_file(text, "f.yaml").text == text.replace("(a.b)", "a.b").replace("(c.d)", "c.d")


def test_other_files_are_only_tidied() -> None:
    assert format_file("\n\nterms:   \r\n  a: {label: (b)}\n\n\n\nactions: {}", "v.yaml").text == (
        "terms:\n  a: {label: (b)}\n\nactions: {}\n"
    )


ATOMS = ("visit.in_progress", "inmate.age>20", "inmate.class is sentenced", "inmate.class is one of [sentenced]")
conditions = st.recursive(
    st.sampled_from(ATOMS),
    lambda inner: (
        st.builds("({} {} {})".format, inner, st.sampled_from(["and", "or"]), inner)
        | st.builds("not ({})".format, inner)
    ),
    max_leaves=12,
)
STYLES = ("when: {}", "when: '{}'", "when: |\n      {}", "when:\n      - {}", "grounds:\n      1: {}", "requires: {}")


@settings(max_examples=60, deadline=None)
@given(conditions, st.sampled_from(STYLES))
def test_formatting_changes_no_meaning_and_nothing_twice(condition: str, style: str) -> None:
    keys = f"    {style.format(condition)} # remark\n" if "|" not in style else f"    {style.format(condition)}\n"
    after = formatted(keys)
    body = HEAD.split("rules:\n")[1]
    before_rules, after_rules = (load(body + text).articles[0].rules for text in (keys, after))
    assert before_rules[0].when == after_rules[0].when
    assert before_rules[0].grounds == after_rules[0].grounds
    assert before_rules[0].requires == after_rules[0].requires
    assert ("# remark" in after) == ("# remark" in keys)
