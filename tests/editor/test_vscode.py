"""The extension for VS Code says the same as the language: its words, its keys, its version, its command."""

from __future__ import annotations

import json
import re
from pathlib import Path

from mutandis import __version__
from mutandis.condition.reserved import RESERVED_WORDS
from mutandis.datatypes import UNIT_IN_BASE
from mutandis.rulebook.fields.rules import RULE

FOLDER = Path(__file__).parents[2] / "tools" / "vscode"
CONDITION = json.loads((FOLDER / "syntaxes" / "condition.tmLanguage.json").read_text(encoding="utf-8"))
INJECTION = json.loads((FOLDER / "syntaxes" / "injection.tmLanguage.json").read_text(encoding="utf-8"))
PACKAGE = json.loads((FOLDER / "package.json").read_text(encoding="utf-8"))


def test_every_word_of_the_language_has_a_colour_of_its_own() -> None:
    words = [CONDITION["repository"][name]["match"] for name in ("logic", "clock", "word")]
    assert [word for word in sorted(RESERVED_WORDS) if not any(re.fullmatch(one, word) for one in words)] == []
    assert re.search(words[2], "order.number") is None


def test_every_unit_is_one_in_the_grammar() -> None:
    length = CONDITION["repository"]["length"]["match"]
    for unit in UNIT_IN_BASE:
        for text in (f"1 {unit}", f"3 {unit}s", f"1/3 per {unit}"):
            assert re.fullmatch(length, text), text
    assert re.fullmatch(length, "3 and") is None


def test_every_key_of_a_rule_that_holds_a_condition_begins_one() -> None:
    conditions = [
        field.key
        for field in RULE.fields
        if '"#/$defs/condition"' in json.dumps(field.form, default=repr)
        or '"#/$defs/expression"' in json.dumps(field.form, default=repr)
    ]
    assert {"when", "requires", "governed_by"} <= {*conditions}
    begin = INJECTION["repository"]["keyed"]["begin"]
    assert [key for key in conditions if key != "construe" and not re.match(begin, f"    {key}: a.b")] == []


def test_the_package_goes_with_the_program() -> None:
    assert (PACKAGE["version"], PACKAGE["license"]) == (__version__, "Apache-2.0")
    for grammar in PACKAGE["contributes"]["grammars"]:
        scope = json.loads((FOLDER / grammar["path"]).read_text(encoding="utf-8"))["scopeName"]
        assert scope == grammar["scopeName"]
