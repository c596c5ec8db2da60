"""The file of a new article: what the wording suggests, and that it breaks nothing while nobody has filled it in."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.text.inline_statutes import read_small
from typer.testing import CliRunner

from mutandis_tools.amendment.skeleton import find_article, print_skeleton
from mutandis_tools.main import build_app

_BOOK = Path(__file__).parent / "amended" / "rulebook"


def _skeleton(body: str, number: str = "1") -> str:
    document = read_small(body)
    article = find_article(document, number)
    assert article is not None
    return print_skeleton(document, article)


@pytest.mark.parametrize(
    ("sentence", "effect"),
    [
        ("A period of watch shall not exceed 24 hours.", "limits:"),
        ("The rest after a watch shall be not more than 24 hours.", "limits:"),
        ("No watch shall exceed 24 hours.", "limits:"),
        ("A keeper shall report within 24 hours.", "must:"),
        ("A keeper shall not rest.", "must_not:"),
        ("A keeper may rest for at least eight hours after each watch.", "may:"),
    ],
)
def test_the_effect_follows_the_wording(sentence: str, effect: str) -> None:
    lines = _skeleton(f"Article 1 (Watch)\n{sentence}").splitlines()
    assert f"  #   {effect}" in lines
    assert ("  #   requires:" in lines) is (effect == "limits:")


@pytest.mark.parametrize(
    ("opening", "key"),
    [
        (
            "A keeper shall submit an application with the following documents attached thereto:",
            "requires:   # all of them",
        ),
        ("A keeper may refuse leave in any of the following cases:", "grounds:"),
    ],
)
def test_what_must_all_be_there_is_no_row_of_alternatives(opening: str, key: str) -> None:
    lines = _skeleton(f"Article 1 (Leave)\n{opening}\n1. A plan;\n2. A certificate.").splitlines()
    assert f"  #   {key}" in lines


def test_a_clause_without_a_target_is_told_in_the_skeleton() -> None:
    skeleton = _skeleton("Article 1 (Apprentices)\nThe preceding Article shall apply mutatis mutandis to apprentices.")
    assert "  #   apply:\n" in skeleton
    assert "broken reference (preceding Article): lamp/1 has no preceding Article" in skeleton


def test_an_unfilled_skeleton_breaks_no_rulebook(tmp_path: Path) -> None:
    book = tmp_path / "book"
    shutil.copytree(_BOOK, book)
    text = tmp_path / "lighthouses.txt"
    text.write_text((_BOOK.parent / "lighthouses-new.txt").read_text(encoding="utf-8"), encoding="utf-8")

    def run(*words: str | Path) -> tuple[int, str]:
        result = CliRunner().invoke(build_app(), [str(word) for word in words])
        return result.exit_code, result.output

    code, told = run("new", "article", "lighthouses", "3", "--text", text, "--rulebook", book)
    assert code == 0, told
    code, told = run("check", book)
    assert "error" not in told
    assert run("fmt", "--check", book)[0] == 0


def test_a_deleted_article_has_a_title_to_fill_in() -> None:
    lines = _skeleton(
        "Article 1 (Watch)\nA keeper shall watch.\nArticle 2 Deleted. <by Act No. 2, Feb. 6, 2002>", "2"
    ).split("\n")
    assert "title: (say it in a few words)" in lines
