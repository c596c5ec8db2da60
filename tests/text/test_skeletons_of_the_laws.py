"""A file can be begun for every article of the three laws: it checks as it is, and filled in it is a rule file.

A run with MUTANDIS_EXAMPLES set begins each article by the command itself, in a copy of the rulebook without its file
and in a rulebook of the law's dates and words alone; otherwise a few are begun so.
"""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from tests.shipped import shipped_source
from tests.text.official_texts import LAWS, official_text, texts_folder
from typer.testing import CliRunner

from mutandis.resources import rulebook_folder
from mutandis.rulebook.load import load_text
from mutandis.rulebook.model import Rule
from mutandis_text.document import Provision, ProvisionKind, StatuteDocument
from mutandis_tools.amendment.case_stubs import print_case_stubs
from mutandis_tools.amendment.hints import Hints, find_article, gather_hints
from mutandis_tools.amendment.skeleton import print_skeleton
from mutandis_tools.commands.new import folder_of
from mutandis_tools.main import build_app

_BOOK = Path(str(rulebook_folder()))
_TO_FILL_IN = {
    ("MUT015", "empty"),
    ("MUT015", "not nothing"),
    ("MUT028", "is not a citation"),  # what a penalty or a clause for a whole law is about
    ("MUT040", "`…` cannot stand here"),
}


@cache
def _hints(law: str) -> Hints:
    return gather_hints(official_text(law), shipped_source().vocabulary)


def _articles(document: StatuteDocument) -> list[Provision]:
    found = list(document.articles)
    for addendum in document.addenda:
        found += [one for one in addendum.body.children if one.kind is ProvisionKind.ARTICLE] or [addendum.body]
    return found


def _words() -> dict[str, str]:
    """The vocabularies, and the laws that have one, of the rulebook without its rules."""
    files = [path for path in _BOOK.rglob("*.yaml") if path.name in ("vocabulary.yaml", "law.yaml")]
    return {path.relative_to(_BOOK).as_posix(): path.read_text(encoding="utf-8") for path in files}


def _filled_in(skeleton: str) -> str:
    head, brackets, body = skeleton.partition("rules: []\n")
    assert brackets
    return head + "rules:\n" + re.sub(r"(?m)^( *)# ", r"\1", body.partition("a comment.\n")[2])


@pytest.mark.parametrize("law", LAWS)
def test_the_skeletons_of_all_articles_check(law: str) -> None:
    hints, files = _hints(law), _words()
    known = load_text(files).diagnostics
    for article in _articles(hints.document):
        assert find_article(hints.document, article.id.removeprefix(f"{law}/")) is article
        files[f"{law}/all/{article.id.replace('/', '-')}.yaml"] = print_skeleton(article, hints)
        files[f"{law}/cases/{article.id.replace('/', '-')}.yaml"] = print_case_stubs(article, hints)
    read = load_text(files)
    assert read.diagnostics == known
    assert {f"{one.law}/{one.number}" for one in read.articles} == {one.id for one in _articles(hints.document)}


@pytest.mark.parametrize("law", LAWS)
def test_with_the_signs_of_comments_taken_away_only_what_was_left_open_is_wrong(law: str) -> None:
    hints, files = _hints(law), _words()
    known = set(load_text(files).diagnostics)
    for article in _articles(hints.document):
        name = f"{law}/all/{article.id.replace('/', '-')}.yaml"
        files[name] = _filled_in(print_skeleton(article, hints))
    told = [one for one in load_text(files).diagnostics if one not in known]
    assert [
        (one.code, one.message, files[one.span.file].splitlines()[one.span.line - 1])
        for one in told
        if not any(one.code == code and words in one.message for code, words in _TO_FILL_IN)
    ] == []
    assert told


def _suggestions(skeleton: str) -> list[tuple[str, str, str, str, dict[str, str]]]:
    """Place, effect, action, bearer and keys of each rule that the skeleton begins, but those for earlier wordings."""
    found = []
    for begun in _filled_in(skeleton).split("  - at: ")[1:]:
        keys = dict(re.findall(r"(?m)^    (\w+):(?: ([^#\n]+))?", begun))
        effect = next((one for one in keys if one in _EFFECTS), "disapply")
        if "not_held" not in keys:
            found.append(
                (begun.partition("\n")[0], effect, keys.get(effect, "").strip(), keys.get("by", "").strip(), keys)
            )
    return found


_EFFECTS = {"may", "must", "must_not", "need_not", "limits", "define", "deem", "apply", "penalty", "delegate", "states"}


def test_what_is_suggested_is_mostly_what_was_written() -> None:
    """The finished rules are the measure: what is begun for a place is among what the rules there say."""
    rules: dict[tuple[str, str, str], list[Rule]] = {}
    for one in shipped_source().articles:
        for rule in one.rules:
            rules.setdefault((one.law, one.number, rule.at.place.strip() or "main"), []).append(rule)
    tried = {"effect": 0, "action": 0, "by": 0}
    right = dict(tried)
    timed: dict[str, set[tuple[str, str, str]]] = {"deadline": set(), "recurs": set(), "unless": set()}
    begun = {key: set[tuple[str, str, str]]() for key in timed}
    for place, at_place in rules.items():
        for rule in at_place:
            if rule.force.until is None:
                for key in timed:
                    timed[key] |= {place} if getattr(rule, key) else set()
    for law in LAWS:
        for article in _articles(official_text(law)):
            number = article.id.removeprefix(f"{law}/")
            for at, effect, action, by, keys in _suggestions(print_skeleton(article, _hints(law))):
                held = rules.get((law, number, at), [])
                for key in begun:
                    begun[key] |= {(law, number, at)} if key in keys else set()
                for key, said, written in (
                    ("effect", effect, {rule.effect for rule in held}),
                    ("action", action, {one for rule in held for one in rule.actions}),
                    ("by", by, {one for rule in held for one in rule.by}),
                ):
                    if said and written:
                        tried[key] += 1
                        right[key] += said in written
    assert tried["effect"] > 700 and tried["action"] > 200 and tried["by"] > 350
    assert all(right[key] > 0.8 * tried[key] for key in tried), (right, tried)
    assert right["by"] > 450 and tried["by"] - right["by"] < 10, (right, tried)
    found = {key: (len(begun[key] & timed[key]), len(timed[key]), len(begun[key] - timed[key])) for key in timed}
    assert found["deadline"] >= (52, 0, 0) and found["recurs"] >= (21, 0, 0) and found["unless"] >= (20, 0, 0), found
    assert all(wrong < 10 for _, _, wrong in found.values()), found


def test_a_new_article_goes_where_its_neighbours_stand() -> None:
    held = {f"{one.law}/{one.number}": one.span.file.rpartition("/")[0] for one in shipped_source().articles}
    for law in LAWS:
        document = official_text(law)
        for article in document.articles[::4]:
            if article.id not in held:
                continue
            others = tuple(one for one in shipped_source().articles if f"{one.law}/{one.number}" != article.id)
            folder = folder_of(document, article.id, replace(shipped_source(), articles=others))
            order = [one.id for one in document.articles]
            at = order.index(article.id)
            near = {held.get(one, "") for one in order[max(at - 4, 0) : at + 5] if one != article.id}
            assert f"{law}/{folder}" in near, article.id


_FEW = {"act": ("41", "addenda-8728/4"), "juvenile-decree": ("4",), "probation-decree": ("19-2",)}


@pytest.mark.parametrize("law", LAWS)
def test_the_command_begins_articles_in_the_rulebook_and_in_an_empty_one(
    law: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUTANDIS_CACHE", "off")
    document = official_text(law)
    everything = "MUTANDIS_EXAMPLES" in os.environ
    numbers = [one.id.removeprefix(f"{law}/") for one in _articles(document)] if everything else _FEW[law]
    held = {(one.law, one.number): one.span.file for one in shipped_source().articles if one.law == law}
    text = texts_folder() / f"{law}.txt"
    small = tmp_path / "small"
    for name, content in _words().items():
        (small / name).parent.mkdir(parents=True, exist_ok=True)
        (small / name).write_text(content, encoding="utf-8")
    # Cases say nothing of how a file is begun.
    shutil.copytree(_BOOK, tmp_path / "whole", ignore=shutil.ignore_patterns("cases"))

    def begin(book: Path, number: str) -> Path:
        result = CliRunner().invoke(build_app(), ["new", "article", law, number, "--text", str(text), "-r", str(book)])
        assert result.exit_code == 0, result.output
        written = Path(result.stdout.split("\n")[0])
        assert written.is_file()
        checked = CliRunner().invoke(build_app(), ["check", str(book)])
        # Words alone cite articles that have no file yet.
        assert checked.exit_code == 0 or book == small, (number, checked.output)
        assert written.name not in checked.output, checked.output
        return written

    for number in numbers:
        begin(small, number)
        if (law, number) in held:
            path = tmp_path / "whole" / held[law, number]
            kept = path.read_text(encoding="utf-8")
            path.unlink()
            begin(tmp_path / "whole", number).unlink()
            path.write_text(kept, encoding="utf-8")
