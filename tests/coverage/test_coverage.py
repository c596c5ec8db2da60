"""Coverage: what became of every provision, and what cases try in both directions."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from tests.link.books import article, source_of

from mutandis.citation import parse_citation
from mutandis.link.linker import link
from mutandis.link.standings import account_for_provisions
from mutandis.rulebook.lock import Lock, LockedProvision
from mutandis_tools.commands.coverage import tried_cases
from mutandis_tools.coverage.exercise import Exercise, Part, TriedCase, exercise_parts
from mutandis_tools.coverage.provisions import chapter_title, tally
from mutandis_tools.names import Names
from mutandis_tools.opening import open_rulebook
from mutandis_tools.report.coverage_text import coverage_text

LIBRARY = Path(__file__).parents[1] / "library"


def _locked(*ids: str) -> Lock:
    provisions = tuple(
        LockedProvision(id, "live", "0" * 16, "-", "-", "-", "=", citation=parse_citation(id)) for id in ids
    )
    return Lock("statute", "", provisions)


def _standings(*ids: str) -> dict[str, str]:
    articles = open_rulebook(LIBRARY).source.articles
    return {str(p.citation): p.standing for p in account_for_provisions(articles, {"statute": _locked(*ids)})}


def test_a_provision_has_the_standing_of_the_rule_that_stands_there() -> None:
    assert _standings("statute/1(1)", "statute/1(1)2", "statute/1(1) proviso", "statute/1(4)", "statute/3 latter") == {
        "statute/1(1)": "encoded",
        "statute/1(1)2": "encoded",
        "statute/1(1) proviso": "encoded",
        "statute/1(4)": "not_modelled",
        "statute/3 latter": "stated",
    }


def test_a_subparagraph_that_no_rule_names_is_open_though_its_paragraph_is_encoded() -> None:
    assert _standings("statute/1(1)", "statute/1(1)3", "statute/9") == {
        "statute/1(1)": "encoded",
        "statute/1(1)3": "unaccounted",
        "statute/9": "unaccounted",
    }


def test_what_is_not_modelled_accounts_for_all_inside_it() -> None:
    assert _standings("statute/1(4)", "statute/1(4)2") == {
        "statute/1(4)": "not_modelled",
        "statute/1(4)2": "not_modelled",
    }


def test_an_article_with_paragraphs_is_not_counted_itself() -> None:
    assert _standings("statute/1", "statute/1(1)") == {"statute/1(1)": "encoded"}


def test_the_main_sentence_is_the_place_itself() -> None:
    assert _standings("statute/2") == {"statute/2": "encoded"}


def test_tallies_add_up_by_law_and_by_article() -> None:
    provisions = account_for_provisions(open_rulebook(LIBRARY).source.articles, {})
    (law,) = tally(provisions, "law")
    assert law.total == len(provisions) == sum(row.total for row in tally(provisions, "article"))
    assert (law.accounted, dict(law.counts)["not_modelled"]) == (law.total, 1)


def test_a_folder_is_a_chapter_by_its_number_or_its_words() -> None:
    assert chapter_title("05-visits-and-letters") == "Chapter 5: Visits and letters"
    assert chapter_title("money-and-valuables") == "Money and valuables"


# --- exercise ---------------------------------------------------------------------------------------------------------


def _exercises(*cases: TriedCase) -> dict[Part, Exercise]:
    opened = open_rulebook(LIBRARY)
    program = opened.linked.program
    assert program is not None
    tried = cases or tried_cases(opened, program)
    return {e.part: e for e in exercise_parts(opened.source.articles, program, tried)}


def _part(found: dict[Part, Exercise], kind: str, place: str) -> Exercise:
    (one,) = [e for part, e in found.items() if part.kind == kind and part.place == place]
    return one


ADULT = {"reader.class": "adult", "reader.fees_owed": 0, "book.rare": False}
DAY = dt.date(2020, 3, 1)
BEFORE = dt.date(2009, 12, 31)


def test_a_ground_holds_in_one_case_and_not_in_another() -> None:
    child = {**ADULT, "reader.class": "child"}
    found = _exercises(TriedCase("adult", ("lend book",), ADULT, DAY), TriedCase("child", ("lend book",), child, DAY))
    first = _part(found, "ground", "statute/1(1)1")
    assert (first.held, first.not_held, first.is_complete) == (("adult",), ("child",), True)


def test_what_is_not_known_is_not_tried() -> None:
    found = _exercises(TriedCase("open", ("lend book",), {"reader.fees_owed": 0}, DAY))
    ground = _part(found, "ground", "statute/1(1)1")
    assert (ground.held, ground.not_held) == ((), ())


def test_an_action_that_is_not_asked_about_is_not_tried() -> None:
    found = _exercises(TriedCase("repair", ("repair book",), {"book.damaged": True}, DAY))
    assert _part(found, "rule", "statute/3 main").held == ("repair",)
    assert _part(found, "rule", "statute/1(1)").held == ()


def test_a_construal_is_tried_by_the_norm_that_is_read_under_it() -> None:
    found = _exercises(TriedCase("map", ("lend map",), {"reader.class": "adult", "reader.fees_owed": 0}, DAY))
    construal = _part(found, "construal", "statute/2 main")
    assert (construal.held, construal.part.detail) == (("map",), "book")
    # The provision applied is tried as well: it was read, with a map in the place of a book.
    assert _part(found, "ground", "statute/1(1)1").held == ("map",)


def test_a_requirement_is_tried_only_by_a_norm_that_speaks() -> None:
    long = {**ADULT, "loan.length": 31}
    guest = {**long, "reader.class": "guest"}
    found = _exercises(TriedCase("long", ("lend book",), long, DAY), TriedCase("guest", ("lend book",), guest, DAY))
    requirement = _part(found, "requirement", "statute/1(1)")
    assert (requirement.held, requirement.not_held) == ((), ("long",))


def test_exclusion_and_penalty_are_tried_in_both_directions_by_the_shipped_cases() -> None:
    found = _exercises()
    assert _part(found, "exclusion", "statute/1(2) proviso").not_held
    assert not _part(found, "exclusion", "statute/1(2) proviso").held
    assert _part(found, "penalty", "statute/1(3)").is_complete


def test_a_rule_that_only_states_is_not_there_to_be_tried() -> None:
    assert not [part for part in _exercises() if part.place == "statute/3 latter"]


def test_a_definition_whose_wording_is_not_held_is_tried_where_it_is_in_force() -> None:
    rules = """\
  - {at: (1), summary: The ill are calm., define: inmate.calm, when: inmate.ill, since: 2010-01-01}
  - {at: (1), id: act/1(1)#earlier, summary: Not held., define: inmate.calm, not_held: replaced, until: 2010-01-01}
  - {at: (2), summary: A calm inmate's visit may be stopped., may: suspend visit, by: warden, when: inmate.calm}
"""
    source = source_of(article("1", rules))
    program = link(source).program
    assert program is not None
    tried = [TriedCase(str(day.year), ("suspend visit",), {"inmate.ill": True}, day) for day in (BEFORE, DAY)]
    parts = exercise_parts(source.articles, program, tried)
    (found,) = [e for e in parts if e.part.kind == "rule" and "earlier" in e.part.rule]
    assert (found.held, found.not_held) == (("2009",), ("2020",))


def test_a_part_not_tried_is_told_with_the_words_of_the_fact_that_it_gives() -> None:
    source = source_of(
        article("1", "  - {at: (1), summary: The ill are calm., define: inmate.calm, when: inmate.ill}\n")
    )
    exercise = Exercise(Part("rule", "act/1(1)#define inmate.calm", "act/1(1)"), True, ("a case",), ())
    told = coverage_text((), [exercise], (), Names(source.laws, source.vocabulary), list_untried=True)
    assert "".join(piece.text for piece in told[-1]).strip() == (
        "Act Art. 1 (1)  rule define inmate calm  no case where it does not hold"
    )
