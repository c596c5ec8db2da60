"""Facts that no rule reads, and limits on what nothing permits."""

from __future__ import annotations

from tests.evaluate.books import book, rule

from mutandis.link.check_unused import check_unused


def told(*rules: str) -> dict[str, str]:
    """What is told of the facts that some rule defines, and of limits, by what it is told of."""
    found = [
        d.message for d in check_unused(book(*rules).program) if " is defined by " in d.message or "limits" in d.message
    ]
    return {message.split("`")[1]: message for message in found}


def test_a_definition_that_nothing_reads_is_told_with_its_place() -> None:
    permits = rule("(1)", "may: do thing", "when: it.a")
    defines = rule("(2)", "define: it.read", "when: it.b")
    assert told(permits, defines) == {"it.read": "`it.read` is defined by act/1(2) and no rule reads it"}
    reads = rule("(1)", "may: do thing", "when: it.read")
    assert told(reads, defines) == {}


def test_what_another_definition_an_exclusion_or_a_deadline_reads_is_read() -> None:
    defines = rule("(2)", "define: it.read", "when: it.b")
    excluded = rule("(1)", "may: do thing", "when: it.a", "unless: it.read")
    assert told(excluded, defines) == {}
    due = rule("(3)", "define: it.due", "as: it.on")
    owed = rule("(1)", "must: tell thing", "when: it.a", "deadline: by it.due")
    assert told(owed, due) == {}


def test_what_a_list_variable_reads_is_read() -> None:
    def unread(*rules: str) -> set[str]:
        return {d.message.split("`")[1] for d in check_unused(book(*rules).program)}

    assert "part.good" in unread(rule("(1)", "may: do thing", "when: it.a"))
    assert "part.good" not in unread(rule("(1)", "may: do thing", "when: any x in it.parts has (x.good)"))


def test_a_limit_on_what_nothing_permits_is_told_once_for_the_action() -> None:
    limits = (
        rule("(1)", "limits: do thing", "requires: how.heard"),
        rule("(2)", "limits: do thing", "requires: how.days <= 3 days"),
    )
    assert told(*limits) == {"do thing": "act/1(1) limits `do thing`, which no rule permits or demands"}
    assert told(*limits, rule("(3)", "may: do thing", "when: it.a")) == {}


def test_a_definition_whose_place_is_asked_about_is_read() -> None:
    defines = rule("(2)", "define: it.read", "when: it.b")
    assert told(rule("(1)", "may: do thing", "when: case falls under (2)"), defines) == {}


def test_a_fiction_of_what_is_read_of_members_alone_is_told() -> None:
    def fictions(*rules: str) -> list[str]:
        return [d.provision for d in check_unused(book(*rules).program) if d.slug == "fiction-of-members"]

    deems = rule("(2)", "deem: part.good", "as: yes", "when: part.days > 2 days")
    of_members = rule("(1)", "may: do thing", "when: any x in it.parts has (x.good)")
    assert fictions(of_members, deems) == ["act/1(2)"]
    assert fictions(rule("(1)", "may: do thing", "when: part.good"), deems) == []
    assert fictions(of_members, rule("(3)", "must: tell thing", "when: part.good"), deems) == []
    assert fictions(of_members, rule("(2)", "deem: it.a", "as: yes", "when: it.b")) == []
