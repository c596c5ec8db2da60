"""What became of articles as a whole: merged, split off, moved to another law, numbered anew, repealed."""

from __future__ import annotations

import pytest
from tests.evaluate.books import LAW, VOCABULARY

from mutandis.rulebook.load import load_text
from mutandis.rulebook.model import Source
from mutandis_tools.comparison.declarations import compare_declarations
from mutandis_tools.comparison.renaming import find_renaming

DO = "summary: It is done on A., may: do thing, when: it.a"
KEEP = "summary: It is kept on B., may: keep thing, when: it.b"
BURN = "summary: It is burned on C., may: burn thing, when: it.c"
TELL = "summary: It is told on D., must: tell thing, when: it.d"
DECREE = LAW.replace("law: act", "law: decree").replace("rank: 1", "rank: 2")

Articles = dict[str, tuple[str, tuple[str, ...]]]
"""By law and number: the heading, and rules, each with the number of its paragraph."""


def _source(articles: Articles) -> Source:
    files = {"act/law.yaml": LAW, "vocabulary.yaml": VOCABULARY, "decree/law.yaml": DECREE}
    files["decree/001-purpose.yaml"] = (
        "law: decree\narticle: 1\ntitle: Purpose\nrules: []\nnot_modelled: {main: a purpose}\n"
    )
    for name, (title, rules) in articles.items():
        law, _, number = name.partition("/")
        lines = "".join(f"  - {{at: ({at}), {rule}}}\n" for at, rule in enumerate(rules, 1))
        files[f"{law}/{int(number):03}-article.yaml"] = (
            f"law: {law}\narticle: {number}\ntitle: {title}\nrules:\n{lines}"
        )
    source = load_text(files)
    assert not source.diagnostics, source.diagnostics
    return source


def _told(old: Source, new: Source) -> list[tuple[str, str]]:
    renaming = find_renaming(old.articles, new.articles, old.vocabulary, new.vocabulary)
    found = compare_declarations(old, new, (), (), renaming)
    return [(one.kind, one.text) for one in found if one.about == "article"]


OLD: Articles = {"act/1": ("Doing", (DO,)), "act/2": ("Keeping", (KEEP, BURN)), "act/3": ("Telling", (TELL,))}
AMENDMENTS: dict[str, tuple[Articles, list[tuple[str, str]]]] = {
    "merged": (
        {"act/1": ("Doing", (DO, KEEP, BURN)), "act/3": OLD["act/3"]},
        [("removed", "act/2 (Keeping) is gone: its rules stand in act/1 now")],
    ),
    "merged, and its number taken": (
        {"act/1": ("Doing", (DO, KEEP, BURN)), "act/2": OLD["act/3"]},
        [
            ("changed", "act/3 (Telling) is act/2 now"),
            ("removed", "act/2 (Keeping) is gone: its rules stand in act/1 now"),
        ],
    ),
    "merged in part": (
        {"act/1": ("Doing", (DO, BURN)), "act/3": OLD["act/3"]},
        [("removed", "act/2 (Keeping) is gone: some of its rules stand in act/1 now")],
    ),
    "merged into one of its heading": (
        {"act/1": ("Doing", (DO,)), "act/3": ("Telling", (TELL, KEEP, BURN))},
        [("removed", "act/2 (Keeping) is gone: its rules stand in act/3 now")],
    ),
    "split up": (
        {"act/1": OLD["act/1"], "act/3": ("Telling", (TELL, KEEP)), "act/4": ("Burning", (BURN,))},
        [
            ("removed", "act/2 (Keeping) is gone: its rules stand in act/3 and act/4 now"),
            ("added", "act/4 (Burning) is new, with rules that stood in act/2"),
        ],
    ),
    "split off": (
        {**OLD, "act/2": ("Keeping", (KEEP,)), "act/4": ("Burning", (BURN,))},
        [("added", "act/4 (Burning) is new, with rules that stood in act/2")],
    ),
    "moved to another law": (
        {"act/1": OLD["act/1"], "act/3": OLD["act/3"], "decree/7": ("Of keeping", (KEEP, BURN))},
        [
            ("removed", "act/2 (Keeping) is gone: its rules stand in decree/7 now"),
            ("added", "decree/7 (Of keeping) is new, with rules that stood in act/2"),
        ],
    ),
    "numbered anew": (
        {"act/1": OLD["act/1"], "act/4": OLD["act/2"], "act/5": OLD["act/3"]},
        [("changed", "act/2 (Keeping) is act/4 now"), ("changed", "act/3 (Telling) is act/5 now")],
    ),
    "numbered anew under another heading, its number that of one that is gone": (
        {"act/1": OLD["act/1"], "act/3": ("Custody", (KEEP, BURN))},
        [
            ("changed", "act/2 (Keeping) is act/3 now"),
            ("changed", "act/3 is headed “Custody”, was “Keeping”"),
            ("removed", "act/3 (Telling) is gone"),
        ],
    ),
    "its rules under the heading and number of another": (
        {"act/1": OLD["act/1"], "act/3": ("Telling", (KEEP, BURN))},
        [("removed", "act/2 (Keeping) is gone: its rules stand in act/3 now")],
    ),
    "repealed": (
        {"act/1": OLD["act/1"], "act/3": OLD["act/3"]},
        [("removed", "act/2 (Keeping) is gone")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", AMENDMENTS)
def test_what_became_of_an_article_is_told(name: str) -> None:
    amended, told = AMENDMENTS[name]
    old, new = _source(OLD), _source(amended)
    assert _told(old, new) == told


def test_what_an_article_says_in_place_of_rules_is_the_same_under_its_new_number() -> None:
    article = "law: act\narticle: {}\ntitle: Keeping\nrules:\n  - {{at: (1), {}}}\nnot_modelled: {{(2): a purpose}}\n"
    books = [
        load_text({"act/law.yaml": LAW, "vocabulary.yaml": VOCABULARY, "act/002-a.yaml": article.format(number, KEEP)})
        for number in (2, 4)
    ]
    old, new = books
    assert not new.diagnostics, new.diagnostics
    renaming = find_renaming(old.articles, new.articles, old.vocabulary, new.vocabulary)
    (change,) = compare_declarations(old, new, (), (), renaming)
    assert (change.part, change.was, change.now) == ("number", "act/2", "act/4")


def test_articles_under_one_heading_are_told_apart_by_their_rules() -> None:
    texts = (DO, KEEP, TELL)
    old, new = (
        _source({f"act/{number}": ("Same", (one,)) for number, one in enumerate(rules, 1)})
        for rules in (texts, (BURN, *texts))
    )
    assert _told(old, new) == [
        ("changed", "act/1 (Same) is act/2 now"),
        ("changed", "act/2 (Same) is act/3 now"),
        ("changed", "act/3 (Same) is act/4 now"),
        ("added", "act/1 (Same) is new"),
    ]


def test_of_two_that_went_into_one_of_their_heading_neither_is_that_one() -> None:
    old = _source({"act/1": ("Same", (DO,)), "act/2": ("Same", (KEEP,)), "act/3": OLD["act/3"]})
    new = _source({"act/3": OLD["act/3"], "act/5": ("Same", (DO, KEEP))})
    assert _told(old, new) == [
        ("removed", "act/1 (Same) is gone: its rules stand in act/5 now"),
        ("removed", "act/2 (Same) is gone: its rules stand in act/5 now"),
        ("added", "act/5 (Same) is new, with rules that stood in act/1 and act/2"),
    ]


def test_an_article_without_rules_is_known_by_its_heading() -> None:
    def source(*headings: str) -> Source:
        files = {"act/law.yaml": LAW, "vocabulary.yaml": VOCABULARY}
        for number, heading in enumerate(headings, 1):
            text = f"law: act\narticle: {number}\ntitle: {heading}\nrules: []\nnot_modelled: {{main: a preface}}\n"
            files[f"act/{number:03}-article.yaml"] = text
        return load_text(files)

    assert _told(source("Purpose", "Scope"), source("Oil", "Purpose", "Scope")) == [
        ("changed", "act/1 (Purpose) is act/2 now"),
        ("changed", "act/2 (Scope) is act/3 now"),
        ("added", "act/1 (Oil) is new"),
    ]
    assert _told(source("Scope", "Scope"), source("Oil", "Scope", "Scope")) == [
        ("changed", "act/1 is headed “Oil”, was “Scope”"),
        ("added", "act/3 (Scope) is new"),
    ]


def test_of_a_law_that_one_alone_has_no_article_is_told() -> None:
    nothing = load_text({"act/law.yaml": LAW, "vocabulary.yaml": VOCABULARY})
    for sides in ((nothing, _source(OLD)), (_source(OLD), nothing)):
        assert [one for one in compare_declarations(*sides, (), ()) if one.about == "article"] == []


def test_the_last_article_of_a_law_that_is_there_still_is_told_to_be_gone() -> None:
    """The decree has an article in both."""
    alone: Articles = {"act/1": OLD["act/1"]}
    assert _told(_source(alone), _source({})) == [("removed", "act/1 (Doing) is gone")]
    assert _told(_source({}), _source(alone)) == [("added", "act/1 (Doing) is new")]
