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
    "repealed": (
        {"act/1": OLD["act/1"], "act/3": OLD["act/3"]},
        [("removed", "act/2 (Keeping) is gone")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", AMENDMENTS)
def test_what_became_of_an_article_is_told(name: str) -> None:
    amended, told = AMENDMENTS[name]
    old, new = _source(OLD), _source(amended)
    renaming = find_renaming(old.articles, new.articles, old.vocabulary, new.vocabulary)
    found = [one for one in compare_declarations(old, new, (), (), renaming) if one.about == "article"]
    assert [(one.kind, one.text) for one in found] == told


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


def test_of_a_law_that_one_alone_has_no_article_is_told() -> None:
    nothing = load_text({"act/law.yaml": LAW, "vocabulary.yaml": VOCABULARY})
    for sides in ((nothing, _source(OLD)), (_source(OLD), nothing)):
        assert [one for one in compare_declarations(*sides, (), ()) if one.about == "article"] == []
