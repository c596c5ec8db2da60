"""Rules as their files say them: places, effects, conditions, orders, ids, and what is refused."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.rulebook.texts import LAW, VOCABULARY, faults, faults_of, load, rule, rules

from mutandis.condition.tree import And, Or, Truth
from mutandis.rulebook.law import ALWAYS, Interval

WHEN = "    when: visit.in_progress\n"
MAY = "    may: suspend visit\n"


# --- places -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "keys", "cited"),
    [
        ("main", ["1", "1-2"], ["act/1.1", "act/1.1-2"]),
        ("proviso", ["2"], ["act/1.2"]),
        ("(1)", ["2"], ["act/1(1)2"]),
        ("(1) proviso", ["1"], ["act/1(1)1"]),
        ("(2) latter", ["main", "1"], ["act/1(2) latter", "act/1(2)1"]),
        ("(1)4", ["(a)", "(b)"], ["act/1(1)4(a)", "act/1(1)4(b)"]),
    ],
)
def test_a_numbered_ground_is_cited_as_the_law_numbers_it(at: str, keys: list[str], cited: list[str]) -> None:
    grounds = "".join(f"      {key}: visit.in_progress\n" for key in keys)
    (read,) = rules(f"  - at: {at}\n    summary: A rule.\n{MAY}    grounds:\n{grounds}")
    assert [str(ground.citation) for ground in read.grounds] == cited


def test_grounds_nest_to_items_and_carry_their_own_force() -> None:
    read = rule(
        MAY + "    grounds:\n      1:\n        when: inmate.class is sentenced\n        since: 2019-04-23\n"
        "        unless: inmate.age < 20\n        grounds:\n          (a): visit.in_progress\n"
        "          (b): {grounds: {(i): visit.in_progress}}\n"
    )
    (ground,) = read.grounds
    assert ground.force == Interval(dt.date(2019, 4, 23), None) and ground.unless is not None
    assert [str(g.citation) for g in ground.grounds] == ["act/1(1)1(a)", "act/1(1)1(b)"]
    assert str(ground.grounds[1].grounds[0].citation) == "act/1(1)1(b)(i)"


@pytest.mark.parametrize("key", ["one", "1.2", "a"])
def test_a_ground_is_numbered_or_main(key: str) -> None:
    assert faults_of(f"{MAY}    grounds:\n      {key}: visit.in_progress\n") == [("bad-citation", "9:7")]


@pytest.mark.parametrize(
    ("at", "effect", "help"),
    [
        ("(1)", "    define: visit.lawful\n    as:\n      KEY: visit.in_progress\n", "write `(a)`"),
        ("(1)", MAY + "    requires:\n      KEY: visit.in_progress\n", "write `(a)`"),
        ("(a)", MAY + "    grounds:\n      KEY: visit.in_progress\n", "number them as the law does: `(1)`"),
        ("(a)(1)", MAY + "    grounds:\n      KEY: visit.in_progress\n", "write `(A)`"),
    ],
)
def test_letters_are_told_how_they_are_written(at: str, effect: str, help: str) -> None:
    key = "A" if at == "(a)(1)" else "a"
    (told,) = load(f"  - at: {at}\n    summary: A rule.\n" + effect.replace("KEY", key)).diagnostics
    assert (told.slug, told.help is not None and told.help.startswith(help)) == ("bad-citation", True), told.help


def test_a_proviso_of_one_ground_is_told_where_it_is_written() -> None:
    unless = "unless: {at: (1)2 proviso, when: inmate.age < 20}"
    grounds = f"    grounds:\n      1: visit.in_progress\n      2: {{when: visit.in_progress, {unless}}}\n"
    (told,) = load(f"  - at: (1)\n    summary: A rule.\n{MAY}{grounds}").diagnostics
    assert told.message == "`unless` of the ground `2` is a condition, not a mapping"
    assert told.help is not None
    assert told.help.endswith("what has its own place is a rule there, of `when` and `despite: (1)2` alone")


def test_a_rule_stands_in_its_own_article() -> None:
    assert faults(load("  - at: 2(1)\n    summary: A rule.\n" + MAY)) == [("bad-citation", "5:9")]


# --- conditions -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        "    when:\n      - visit.in_progress\n      - inmate.age > 20\n",
        "    when: [visit.in_progress, inmate.age > 20]\n",
        "    when:\n      all:\n        - visit.in_progress\n        - inmate.age > 20\n",
        "    when:\n      - all: [visit.in_progress]\n      - inmate.age > 20\n",
        "    when:\n      - visit.in_progress\n      - |\n        inmate.age\n          > 20\n",
    ],
)
def test_a_list_of_conditions_is_a_tuple_of_what_must_all_hold(written: str) -> None:
    assert (
        rule(MAY + written).when == rule(MAY + "    when:\n      - visit.in_progress\n      - inmate.age > 20\n").when
    )
    assert len(rule(MAY + written).when) == 2


def test_any_is_one_condition_of_alternatives() -> None:
    (read,) = rule(MAY + "    when:\n      any:\n        - visit.in_progress\n        - [inmate.age > 20]\n").when
    assert isinstance(read, Or) and len(read.operands) == 2


def test_an_and_written_out_is_one_condition() -> None:
    (read,) = rule(MAY + "    when: visit.in_progress and inmate.age > 20\n").when
    assert isinstance(read, And)


def test_a_guard_in_when_serves_every_other_part_of_the_rule() -> None:
    read = rule(
        MAY + "    when:\n      - visit.announced_on is present\n      - visit.announced_on < today\n"
        "    grounds:\n      1: visit.announced_on > 2020-01-01\n"
        "    requires: visit.announced_on < today\n    deadline: by visit.announced_on + 2 days\n"
    )
    assert read.deadline is not None and read.deadline.relation == "by"


def test_without_the_guard_the_optional_fact_is_a_fault() -> None:
    assert faults_of(f"{MAY}    when: visit.announced_on < today\n") == [("unguarded-optional-fact", "8:11")]


def test_a_fault_in_a_block_condition_is_found_in_its_own_line() -> None:
    found = faults_of(f"{MAY}    when: |\n      visit.in_progress\n        and visit.in_progres\n")
    assert found == [("unknown-name", "10:13")]


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("    when: >\n      visit.in_progress\n", ("folded-condition", "8:11")),
        ("    when: visit.in_progress\n      and inmate.age > 20\n", ("folded-condition", "8:11")),
        ('    when: "visit.\\x69n_progress"\n', ("folded-condition", "8:11")),
        ("    when: visit.in_progress and # a remark\n", ("broken-condition", "8:33")),
        ("    when: {visit.in_progress}\n", ("broken-condition", "8:11")),
        ("    when:\n      - visit.in_progress: yes\n", ("wrong-shape", "9:9")),
        ("    requires:\n      visit.in_progress: yes\n", ("wrong-shape", "9:7")),
        ("    when: []\n", ("wrong-shape", "8:11")),
        ("    when:\n", ("wrong-shape", "8:10")),
        ("    grounds: visit.in_progress\n", ("wrong-shape", "8:14")),
        ("    grounds: {1: {label: first}}\n", ("missing-key", "8:15")),
        ("    unless: {at: proviso}\n", ("missing-key", "8:14")),
        ("    deadline: soon\n", ("wrong-shape", "8:15")),
        ("    deadline: by inmate.age\n", ("type-mismatch", "8:18")),
        ("    since: 2020-01-02\n    until: 2020-01-02\n", ("bad-date", "9:12")),
        ("    by: [warden, guard]\n", ("unknown-term", "8:18")),
        ("    to: call\n", ("not-a-role", "8:9")),
        ("    despite: article 2\n", ("bad-citation", "8:14")),
        ("    inferred: it must be so\n", ("misplaced-key", "8:5")),
        ("    not_held: as enacted\n", ("missing-key", "8:5")),
        ("    milder: maybe\n", ("wrong-shape", "8:13")),
        ("    as: yes\n", ("misplaced-key", "8:5")),
        ("    construe: {visit: call}\n", ("misplaced-key", "8:5")),
        ("    penalty: {any: [fine]}\n", ("misplaced-key", "8:5")),
        ("    when: visit.length > 2 hours\n", ("misplaced-parameter", "8:11")),
    ],
)
def test_a_faulty_key_is_found_at_its_place(written: str, found: tuple[str, str]) -> None:
    assert faults_of(MAY + written) == [found]


def test_a_parameter_may_say_when_a_limit_bites() -> None:
    assert len(rule("    limits: suspend visit\n    when: visit.length > 2 hours\n").when) == 1


# --- unless, requires, deadline ---------------------------------------------------------------------------------------


def test_unless_has_the_place_of_the_rule_or_its_own() -> None:
    own = rule(MAY + "    unless: visit.in_progress\n").unless
    placed = rule(MAY + "    unless: {at: (1) proviso, grounds: {2: visit.in_progress}}\n").unless
    several = rule(MAY + "    unless:\n      - {at: (1) proviso, when: visit.in_progress}\n"
                   "      - {at: (2), when: inmate.age > 3}\n").unless  # fmt: skip
    assert [str(e.citation) for e in own] == ["act/1(1)"]
    assert [str(e.citation) for e in placed] == ["act/1(1) proviso"]
    assert str(placed[0].grounds[0].citation) == "act/1(1)2"
    assert [str(e.citation) for e in several] == ["act/1(1) proviso", "act/1(2)"]


def test_requirements_in_a_list_have_the_rules_place_and_numbered_ones_their_own() -> None:
    listed = rule(MAY + "    requires: [visit.in_progress, visit.length <= 1 hour]\n").requires
    numbered = rule(MAY + "    requires:\n      1: visit.in_progress\n      2: [visit.in_progress, inmate.age > 2]\n")
    assert [str(r.citation) for r in listed] == ["act/1(1)", "act/1(1)"]
    assert [str(r.citation) for r in numbered.requires] == ["act/1(1)1", "act/1(1)2"]
    assert isinstance(numbered.requires[1].condition, And)


@pytest.mark.parametrize(
    ("written", "relation", "words", "clock"),
    [
        ("without_delay", "words", "without_delay", ""),
        ("by today + 3 days", "by", "", "civil"),
        ("by today", "by", "", ""),
        ("on today + 3 days", "on", "", ""),
        ("{by: today + 3 days, clock: as it falls}", "by", "", ""),
        ("on visit.due_on", "on", "", ""),
        ("before now + 5 hours", "before", "", ""),
        ("{by: today + 3 days, clock: civil}", "by", "", "civil"),
    ],
)
def test_deadlines_are_dates_moments_or_the_laws_words(written: str, relation: str, words: str, clock: str) -> None:
    deadline = rule(f"    must: inform inmate\n    deadline: {written}\n").deadline
    assert deadline is not None
    assert (deadline.relation, deadline.words, deadline.clock) == (relation, words, clock)


# --- effects ----------------------------------------------------------------------------------------------------------


def test_a_list_of_actions_means_each_and_any_means_one() -> None:
    each = rule("    must: [inform inmate, suspend call]\n")
    one = rule("    must: {any: [inform inmate, suspend call]}\n")
    assert (each.actions, each.any_of) == (("inform inmate", "suspend call"), False)
    assert (one.actions, one.any_of) == (("inform inmate", "suspend call"), True)
    assert one.id == "act/1(1)#inform inmate or suspend call"


def test_a_yes_no_fact_defined_without_a_value_is_true() -> None:
    (entry,) = rule(f"    define: visit.lawful\n{WHEN}").entries
    assert entry.value == Truth(True) and entry.when is None


@pytest.mark.parametrize("written", ["yes", "true", "visit.in_progress", "{when: inmate.age > 2, value: no}"])
def test_a_definition_gives_values_of_the_facts_type(written: str) -> None:
    (entry,) = rule(f"    define: visit.lawful\n    as: {written}\n").entries
    assert entry.value.type is not None and entry.value.type.kind == "yes_no"


def test_numbered_values_are_cited_as_subparagraphs() -> None:
    read = rule(
        "    define: visit.due_on\n    as:\n      1: {when: visit.in_progress, value: today}\n      2: today + 1 day\n"
    )
    assert [(str(e.citation), e.when is None) for e in read.entries] == [("act/1(1)1", False), ("act/1(1)2", True)]


def test_deem_reads_an_enumerated_value() -> None:
    read = rule(f"    deem: inmate.class\n    as: sentenced\n    within: [120, 127 to 129]\n{WHEN}")
    assert (read.target, read.id) == ("inmate.class", "act/1(1)#deem inmate.class")
    assert [str(r) for r in read.within] == ["act/120", "act/127 to act/129"]


def test_apply_tells_the_rulebook_from_what_lies_outside() -> None:
    read = rule("    apply: [2(4) to 2(6), 3, ext:criminal-act/12]\n")
    assert [str(r) for r in read.apply] == ["act/2(4) to act/2(6)", "act/3"]
    assert [str(c) for c in read.external] == ["ext:criminal-act/12"]
    assert read.id == "act/1(1)#apply 2(4) to 2(6), 3, ext:criminal-act/12"


def test_construals_are_names_lists_citations_or_a_condition() -> None:
    read = rule(
        "    apply: 2\n    construe:\n      visit: call\n      sentenced: [unsentenced, death_row]\n"
        "      2(1): 3(1)\n      suspend visit: suspend call\n"
        "      visit.lawful: case falls under 4(1)\n      ext:a-act/1: ext:b-act/2\n"
    )
    lines = {c.source: (c.targets, c.condition is not None) for c in read.construe}
    assert lines == {
        "visit": (("call",), False),
        "sentenced": (("unsentenced", "death_row"), False),
        "act/2(1)": (("act/3(1)",), False),
        "suspend visit": (("suspend call",), False),
        "visit.lawful": ((), True),
        "ext:a-act/1": (("ext:b-act/2",), False),
    }


@pytest.mark.parametrize(("written", "value"), [("yes", True), ("true", True), ("no", False), ("false", False)])
def test_a_yes_no_fact_is_construed_as_holding_or_not(written: str, value: bool) -> None:
    read = rule(f"    apply: 2\n    construe: {{visit.in_progress: {written}}}\n")
    (construal,) = read.construe
    assert isinstance(construal.condition, Truth) and construal.condition.value is value


def test_a_construed_name_that_nobody_declared_is_found_on_either_side() -> None:
    assert faults_of("    apply: 2\n    construe: {vist: call}\n") == [("unknown-term", "8:16")]
    assert faults_of("    apply: 2\n    construe: {visit: cal}\n") == [("unknown-term", "8:23")]


def test_a_penalty_stands_alone_or_beside_what_it_punishes() -> None:
    alone = rule("    penalty: {of: 2(1), any: [imprisonment_with_labour up to 2 years, warning]}\n")
    beside = rule(f"    must_not: suspend visit\n    penalty: fine up to 20000000 won\n{WHEN}")
    assert alone.penalty is not None and beside.penalty is not None
    assert [(o.kind, o.ceiling is not None) for o in alone.penalty.options] == [
        ("imprisonment_with_labour", True),
        ("warning", False),
    ]
    assert (alone.effect, beside.effect) == ("penalty", "must_not")
    assert beside.penalty.options[0].text == "fine up to 20000000 won"


def test_a_rule_with_despite_alone_disapplies() -> None:
    read = rule(f"    despite: [2(1)2, 3]\n    inferred: the text is silent\n{WHEN}")
    assert (read.effect, read.id) == ("disapply", "act/1(1)#disapply 2(1)2, 3")
    assert read.orders[0].inferred == "the text is silent"


def test_wording_not_held_is_opaque_until_its_day() -> None:
    read = rule(f"{MAY}    not_held: as enacted in 2007\n    until: 2019-04-23\n    milder: yes\n")
    assert (read.opaque, read.milder, read.force.until) == ("as enacted in 2007", True, dt.date(2019, 4, 23))


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("    by: warden\n", ("effects-not-one", "5:5")),
        (MAY + "    must: inform inmate\n", ("effects-not-one", "8:5")),
        ("    may: suspend\n", ("unknown-action", "7:10")),
        ("    may: stop visit\n", ("unknown-action", "7:10")),
        ("    may: suspend vist\n", ("unknown-term", "7:10")),
        ("    may: {all: [suspend visit]}\n", ("wrong-shape", "7:10")),
        ("    define: visit.lawfull\n", ("undeclared-fact", "7:13")),
        ("    define: visit.due_on\n", ("missing-key", "7:13")),
        ("    define: visit.due_on\n    as: {when: visit.in_progress}\n", ("missing-key", "8:10")),
        ("    define: visit.due_on\n    as: inmate.age\n", ("type-mismatch", "8:9")),
        ("    penalty: {any: [fine]}\n", ("missing-key", "7:14")),
        ("    penalty: {of: 2, any: [fine up to]}\n", ("wrong-shape", "7:28")),
        ("    must_not: suspend visit\n    requires: visit.in_progress\n", ("misplaced-key", "8:5")),
        ("    must_not: suspend visit\n    penalty: {rule: other, any: [fine]}\n", ("misplaced-key", "8:15")),
        ("    penalty: {of: 2, rule: [other], any: [fine]}\n", ("wrong-shape", "7:28")),
    ],
)
def test_a_faulty_effect_is_found_at_its_place(written: str, found: tuple[str, str]) -> None:
    assert faults_of(written) == [found]


NO_MANNER = "a prohibition has no manner of doing: put it under `when` or `unless`"


@pytest.mark.parametrize(
    ("more", "message", "help"),
    [
        ("", "`requires` does not go with `must_not`", NO_MANNER),
        (
            "    deadline: visit.due_on\n",
            "`requires` and `deadline` do not go with `must_not`",
            f"of `requires`: {NO_MANNER}",
        ),
    ],
)
def test_where_a_misplaced_key_belongs_is_told_whatever_else_is_wrong(more: str, message: str, help: str) -> None:
    written = f"    must_not: suspend visit\n    requires: visit.in_progress\n{more}"
    found = load(f"  - at: (1)\n    summary: A rule.\n{written}").diagnostics
    assert [(one.message, one.help) for one in found if one.slug == "misplaced-key"] == [(message, help)]


# --- ids --------------------------------------------------------------------------------------------------------------


def test_rules_of_one_place_and_object_are_told_apart_by_what_differs() -> None:
    read = rules(
        "  - at: (1)\n    summary: A.\n    may: suspend visit\n    until: 2019-04-23\n"
        "  - at: (1)\n    summary: B.\n    may: suspend visit\n    since: 2019-04-23\n"
        "  - at: (2)\n    summary: C.\n    must: inform inmate\n    to: inmate\n"
        "  - at: (2)\n    summary: D.\n    may: inform inmate\n    to: inmate\n"
        "  - at: (3)\n    summary: E.\n    may: suspend visit\n    id: first\n"
    )
    assert [r.id for r in read] == [
        "act/1(1)#suspend visit until 2019-04-23",
        "act/1(1)#suspend visit since 2019-04-23",
        "act/1(2)#inform inmate [must]",
        "act/1(2)#inform inmate [may]",
        "act/1(3)#first",
    ]
    assert read[0].force == Interval(None, dt.date(2019, 4, 23)) and read[4].force == ALWAYS


def test_two_rules_with_one_id_are_refused_and_never_numbered_silently() -> None:
    text = "  - at: (1)\n    summary: A.\n    may: suspend visit\n"
    assert faults(load(text + text + WHEN)) == [("duplicate-rule", "8:5")]


def test_ids_do_not_depend_on_the_order_of_rules() -> None:
    parts = [
        "  - at: (1)\n    summary: A.\n    may: suspend visit\n",
        "  - at: (1)\n    summary: B.\n    must: suspend visit\n",
        "  - at: (1)\n    summary: C.\n    may: suspend call\n",
    ]
    assert {r.id for r in rules("".join(parts))} == {r.id for r in rules("".join(reversed(parts)))}


# --- articles ---------------------------------------------------------------------------------------------------------


def test_an_article_says_what_is_not_modelled_and_why() -> None:
    text = "law: act\narticle: 16-2\ntitle: Visits\nnot_modelled:\n  (2): left to the Minister\n  main: purpose\n"
    source = load(**{"act/016.yaml": text})
    assert [(str(c), why) for c, why in source.articles[0].not_modelled] == [
        ("act/16-2(2)", "left to the Minister"),
        ("act/16-2 main", "purpose"),
    ]


def test_an_article_says_what_of_its_text_is_left_out_and_why() -> None:
    excused = (
        "excused:\n  - {at: (1), quantity: 3 phase, reason: 'there is nothing to count'}\n"
        "  - at: (2) proviso\n    reference: [9, 95(4) to 95(6)]\n    reason: it says where the visit was granted\n"
    )
    source = load(**{"act/016.yaml": f"law: act\narticle: 16-2\ntitle: Visits\nrules: []\n{excused}"})
    assert [(str(e.at), e.quantity, [str(r) for r in e.references], e.reason) for e in source.articles[0].excused] == [
        ("act/16-2(1)", "3 phase", [], "there is nothing to count"),
        ("act/16-2(2) proviso", "", ["act/9", "act/95(4) to act/95(6)"], "it says where the visit was granted"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("law: act\narticle: 2\ntitle: A\n", ("missing-key", "1:1")),
        ("law: act\narticle: 2\ntitle: A\nrules: []\nexcused: {(1): x}\n", ("wrong-shape", "5:10")),
        ("law: act\narticle: 2\ntitle: A\nrules: []\nexcused: [{at: (1), reason: x}]\n", ("missing-key", "5:12")),
        (
            "law: act\narticle: 2\ntitle: A\nrules: []\nexcused: [{at: (1), quantity: 1, reference: 9, reason: x}]\n",
            ("wrong-shape", "5:12"),
        ),
        ("law: act\narticle: 2\ntitle: A\nrules: []\nexcused: [{at: (1), quantity: 1 day}]\n", ("missing-key", "5:12")),
        (
            "law: act\narticle: 2\ntitle: A\nrules: []\nexcused: [{at: (1), reference: two, reason: x}]\n",
            ("bad-citation", "5:32"),
        ),
        ("law: act\narticle: two\ntitle: A\nrules: []\n", ("bad-citation", "2:10")),
        ("law: act\narticle: 2(1)\ntitle: A\nrules: []\n", ("bad-citation", "2:10")),
        ("law: decree\narticle: 2\ntitle: A\nrules: []\n", ("wrong-law", "1:6")),
        ("law: act\narticle: 2\ntitle: A\nrules: {}\n", ("wrong-shape", "4:8")),
        ("law: act\narticle: 2\ntitle: A\nnot_modelled: {two: x}\n", ("bad-citation", "4:16")),
        ("- law: act\n", ("wrong-shape", "1:1")),
        ("---\n---\n", ("empty-file", "1:1")),
    ],
)
def test_a_faulty_article_is_found_at_its_place(text: str, found: tuple[str, str]) -> None:
    assert faults(load(**{"act/002.yaml": text})) == [found]


def test_every_fault_of_every_file_is_told_at_once() -> None:
    source = load(
        "  - at: (1)\n    summary: A.\n    may: suspend vist\n    bye: warden\n    when: visit.in_progres\n",
        **{"act/002.yaml": "law: act\narticle: 2\ntitle: [A]\nrules: []\n", "decree/law.yaml": LAW},
    )
    assert [slug for slug, _ in faults(source)] == [
        "unknown-term",
        "unknown-key",
        "unknown-name",
        "wrong-shape",
        "wrong-law",
    ]


def test_what_a_broken_vocabulary_would_have_declared_is_not_missed_again() -> None:
    source = load(MAY.join(["  - at: (1)\n    summary: A.\n", WHEN]), vocabulary=VOCABULARY.replace("role", "rôle", 1))
    assert [slug for slug, _ in faults(source)] == ["unknown-key"]


def test_a_vocabulary_file_that_does_not_read_is_the_only_fault_told() -> None:
    source = load(
        MAY.join(["  - at: (1)\n    summary: A.\n", WHEN]),
        **{"vocabulary.yaml": "terms:\n  minister: *x\n"},
        vocabulary=VOCABULARY.replace("kind_of: contact", "kind_of: meeting").replace("by: warden", "by: minister"),
    )
    assert faults(source) == [("anchor-or-alias", "2:13")]
