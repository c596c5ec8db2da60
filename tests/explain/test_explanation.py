"""An explanation goes from the verdict down to each fact, and reads as the law is cited."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from tests.evaluate.books import book, rule
from tests.shipped import shipped

from mutandis.api import Rulebook
from mutandis.datatypes import DAYS, HOURS, MONTHS, DataType
from mutandis.explain import Explanation, as_markdown, as_text, explain, explain_value, value_as_text
from mutandis.explain.naming import place_of, value_in_words
from mutandis.explain.phrase import Phrases
from mutandis.values import UNKNOWN, Duration, OpenList, Period

LIBRARY = Path(__file__).parents[1] / "library"
DAY = dt.date(2020, 3, 1)


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return Rulebook.load(LIBRARY)


def explained(rulebook: Rulebook, action: str, said: dict[str, object]) -> Explanation:
    facts = rulebook.read(said)
    return explain(rulebook.decide(action, facts, at=DAY, holidays=()), rulebook.program, facts, at=DAY)


def test_a_permission_is_explained_by_its_ground_its_requirement_and_its_limit(rulebook: Rulebook) -> None:
    explanation = explained(
        rulebook, "lend book", {"reader": {"class": "adult", "fees_owed": "0 won"}, "loan": {"length": "10 days"}}
    )
    assert as_text(explanation) == (
        "lend the book: permitted\n"
        "  Statute Art. 1 (1) 1 applies: may. Books are lent to readers on two grounds.\n"
        "    ground Statute Art. 1 (1) 1: the class of the reader is adult reader: yes\n"
        "    limit, Statute Art. 1 (1): days of the loan at most 30 days; it is 10 days (the tightest)\n"
        "  no longer matters, as Statute Art. 1 (1) applies either way: book rare\n"
    )


def test_what_gives_way_is_shown_with_what_it_gives_way_to(rulebook: Rulebook) -> None:
    explanation = explained(
        rulebook,
        "lend book",
        {"reader": {"class": "adult", "fees_owed": "10001 won"}, "loan": {"length": "10 days"}},
    )
    (ban,) = explanation.deciding
    assert (ban.place.short, ban.direction, ban.role) == ("Statute Art. 1 (1), proviso", "must_not", "decides")
    (beaten,) = [n for n in explanation.others if n.status == "beaten"]
    assert [(place.id, how) for place, how in beaten.beaten_by] == [("statute/1(1) proviso", "despite")]
    assert "gives way to Statute Art. 1 (1), proviso (despite)" in as_text(explanation)


def test_an_applied_provision_is_shown_with_its_chain_and_what_is_construed(rulebook: Rulebook) -> None:
    explanation = explained(
        rulebook, "lend map", {"reader": {"class": "adult", "fees_owed": "0 won"}, "loan": {"length": "10 days"}}
    )
    (norm,) = explanation.deciding
    (chain,) = norm.chains
    assert chain.text == "Statute Art. 2 → Statute Art. 1 (1)"
    assert chain.construals == (("book", "map"),)
    assert "by Statute Art. 2 → Statute Art. 1 (1) (reads book as map)" in as_text(explanation)


def test_a_finding_names_the_role_and_an_unknown_fact_is_not_known(rulebook: Rulebook) -> None:
    explanation = explained(rulebook, "repair book", {})
    text = as_text(explanation)
    possible = "required or silent (not regulated)"
    assert text.startswith(f"repair the book: undetermined: not settled; still possible: {possible}")
    assert "it is not known whether book damaged, which is for the librarian to find" in text
    assert "still to be known: whether book damaged, for Statute Art. 3" in text


def test_a_duty_shows_its_deadline_its_breach_and_its_penalty(rulebook: Rulebook) -> None:
    explanation = explained(
        rulebook,
        "return book",
        {"book": {"lent_on": "2020-01-15", "asked_for_by_another": True, "returned_on": "none"}},
    )
    text = as_text(explanation)
    assert "deadline: by 2020-02-24 (passed)" in text
    assert "breach of Statute Art. 1 (2): by 2020-02-24" in text
    assert "penalty, Statute Art. 1 (3): fine of up to 5000 won" in text
    assert "note, Statute Art. 1 (2): The statute does not say whether the day of lending counts." in text


def test_a_presumption_is_said_to_be_one(rulebook: Rulebook) -> None:
    text = as_text(explained(rulebook, "return book", {"book.lent_on": "2020-01-15"}), whole=True)
    assert "book asked for by another: yes (presumed)" in text


def test_by_default_the_nearest_permission_and_what_it_lacks_are_named(rulebook: Rulebook) -> None:
    text = as_text(explained(rulebook, "lend book", {"reader": {"class": "guest", "fees_owed": "0 won"}}))
    assert text.startswith("lend the book: forbidden by default: nothing encoded permits it\n")
    assert "not encoded, Statute Art. 1 (4): the form of the library card" in text
    assert "nearest: Statute Art. 1 (1)" in text
    assert "not met: no ground holds" in text


def test_markdown_escapes_what_a_drafter_or_a_caller_wrote(rulebook: Rulebook) -> None:
    explanation = explained(
        rulebook, "lend book", {"reader": {"class": "adult", "fees_owed": "0 won"}, "loan": {"length": "10 days"}}
    )
    markdown = as_markdown(explanation)
    assert markdown.startswith("## lend the book: permitted\n\n- Statute Art. 1 (1) 1 applies")
    assert "(the tightest)" in markdown


def test_places_are_cited_in_full_and_in_short(rulebook: Rulebook) -> None:
    place = place_of(rulebook.program, "statute/1(1)2")
    assert (place.long, place.short) == ("Statute of the Library, Article 1 (1) 2", "Statute Art. 1 (1) 2")
    outside = place_of(rulebook.program, "ext:probation-act/85")
    assert outside.short == "Probation Act Art. 85"
    assert place_of(rulebook.program, "ext:fire-and-gas-act").short == "Fire and Gas Act"
    assert place_of(rulebook.program, "no citation at all").long == "no citation at all"


@pytest.mark.parametrize(
    ("value", "type_", "words"),
    [
        (True, None, "yes"),
        (None, None, "none"),
        (UNKNOWN, None, "not known"),
        (8, DAYS, "8 days"),
        (120, HOURS, "2 hours"),
        (24, MONTHS, "2 years"),
        (Duration(1, "months"), None, "1 month"),
        (200, DataType("money", currency="won"), "200 won"),
        (frozenset({"b", "a"}), None, "a, b"),
        (dt.date(2020, 2, 29), None, "2020-02-29"),
        (dt.datetime(2020, 2, 29, 9), None, "2020-02-29T09:00"),
        (Period(dt.date(2020, 1, 1), None), None, "2020-01-01 to an open end"),
        (OpenList(({},)), None, "1 or more"),
        (({}, {}), None, "2"),
    ],
)
def test_values_are_written_as_a_person_writes_them(value: object, type_: DataType | None, words: str) -> None:
    assert value_in_words(value, type_) == words


def test_no_name_that_linking_made_and_no_value_as_it_is_written_reaches_a_reader() -> None:
    phrases = Phrases(shipped().vocabulary, shipped().laws)
    place = "Juvenile Decree Addenda of No. 25116, Art. 3 (2)"
    trigger = "§trigger of juvenile-decree/addenda-25116/3(2)#define executive.term_ends_on"
    assert phrases.statement(trigger) == f"{place} applies"
    assert phrases.statement("§grounds of use arms: act/101(1)#use arms") == "a ground of Act Art. 101 (1) holds"
    limit = "§requirements of act/51(2)#limits put_female_officer_in_charge_of female_session"
    assert phrases.statement(limit) == "what Act Art. 51 (2) requires is met"
    kind = phrases.declared("§facility.kind as of act/87")
    assert value_in_words("institution_branch", None, kind) == "branch of a correctional institution"
    moved = {"facility.kind": "treatment_custody_facility", "treatment_custody_facility.transferred_under": "act/37(2)"}
    facts, today = shipped().read(moved), dt.date(2023, 6, 1)
    told = value_as_text(explain_value("inmate.within_definition", shipped().program, facts, at=today))
    assert "treatment and custody facility" in told
    assert not re.search(r"§|[a-z]_[a-z]", told)


def test_a_definition_that_did_not_reach_is_shown_with_what_fails_beside_the_fact_that_it_is_of() -> None:
    rules = book(
        rule("(1)", "may: do thing", "when: [it.read, it.due <= 2020-01-31]"),
        rule("(2)", "define: it.read", "when: [it.a, it.b]"),
        rule("(3)", "define: it.read", "when: it.c", "until: 2010-01-01"),
        rule("(4)", "define: it.due", "as: 2020-01-01", "when: it.d"),
    )
    facts = rules.read({"it": {"a": True, "b": False, "c": False, "d": True}})
    text = as_text(explain(rules.decide("do thing", facts, at=DAY), rules.program, facts, at=DAY), whole=True)
    assert "    it read: no (follows)\n      Act Art. 1 (2) does not reach\n        it b: no\n" in text, text
    assert "Act Art. 1 (3)" not in text  # a wording of another time


def test_a_definition_whose_grounds_are_not_known_is_not_said_to_have_none() -> None:
    facts: dict[str, object] = {"confinement.cell": "suppression_cell", "confinement.purpose_unattained": False}
    text = as_text(explained(shipped(), "end confinement", facts))
    after = text.partition("Act Art. 96 (1) does not reach")[2].splitlines()[1:3]
    assert "force or equipment did not achieve its purpose: no" in after[0]
    assert "no ground holds" not in after[1]


def test_of_what_a_label_asks_only_the_article_is_left_out() -> None:
    phrases = Phrases(shipped().program.vocabulary, {})
    assert phrases.told("transfer.necessary_for") == "what makes the transfer necessary"
    assert phrases.told("fellow_inmate.held_upon") == "what the fellow inmate is held upon"
    assert phrases.told("fellow_inmate.born_on") == "day of birth of the fellow inmate"


PARTIES = """terms:
  party:
    label: party
    role: yes
    attributes:
      standing: {type: one of, values: {not_any: none, full: full standing}, presume: full, question: Which standing?}
  crowd: {label: crowd, attributes: {members: {type: list of party, question: Who?}}}
  street: {label: street}
actions:
  use street: {label: use the street, default: forbidden, by: party}
  bar street: {label: bar the street, default: forbidden, by: party}
"""


def test_a_word_that_is_presumed_is_told_by_its_label() -> None:
    rules = (
        rule("(1)", "may: use street", "when: party.standing is full"),
        rule("(2)", "may: bar street", "when: (1) applies and every p in crowd.members has (p.standing is full)"),
    )
    explanation = explained(book(*rules, vocabulary=PARTIES), "bar street", {"crowd": {"members": [{}]}})
    presumed = [line.partition("presumed: ")[2] for line in as_text(explanation).splitlines() if "presumed: " in line]
    assert presumed == [
        "standing of the party: full standing",
        "standing of the party, members of the crowd, no. 1: full standing",
    ]


def test_who_makes_the_rest_is_called_by_its_label_and_what_is_none_is_not_said_twice() -> None:
    facts: dict[str, object] = {
        "inmate.class": "sentenced",
        "visit.with_appointed_counsel": False,
        "visit.with_prospective_counsel": False,
        "visit.needed_for_security_or_order": True,
    }
    said = as_text(explained(shipped(), "listen_to visit", facts))
    assert "left to others, Act Art. 41 (6): Presidential Decree; " in said
    none = as_text(explained(shipped(), "execute disciplinary_action", {}), whole=True)
    assert "the execution has been broken off for the time being: no (presumed)\n" in none
    assert "(none)" not in none
