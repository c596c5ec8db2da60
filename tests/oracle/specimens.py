"""Small rulebooks on which evaluation once went wrong, each an article beside one law and one vocabulary.

A specimen says the rules of meaning it is about (`spec`), why the answer is what it is, and the answer: `expect` (any
of these verdicts), `cites`, or `reachable` where facts are open.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "specimens"
LAW = "law: act\ntitle: The Act\nshort: Act\nrank: 1\ninstruments: []\n"
VOCABULARY = """
terms:
  it:
    label: it
    attributes:
      a: {type: yes/no, question: A?}
      d: {type: yes/no, question: D?}
      limit: {type: count, optional: yes, question: Limit?}
      have: {type: count, question: How many?}
      top: {type: count, question: Derived?}
      stay: {type: period, question: Stay?}
  pet: {label: pet, attributes: {x: {type: yes/no, question: X?}}}
  cat: {kind_of: pet, label: cat}
  dog: {kind_of: pet, label: dog}
  fox: {kind_of: pet, label: fox}
  how:
    label: how
    attributes:
      days: {type: duration, unit: days, parameter: yes, max: 60, question: For how long?}
      ok: {type: yes/no, parameter: yes, question: Ok?}
actions:
  do pet: {label: do, default: forbidden}
  tell pet: {label: tell, default: silent}
  keep pet: {label: keep, default: forbidden, group: disposal}
  burn pet: {label: burn, default: silent, group: disposal}
  sell pet: {label: sell, default: silent, group: disposal}
"""


def specimens() -> dict[str, Mapping[str, Any]]:
    """Every specimen, by name."""
    return {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.yaml"))}


def files(article: str) -> dict[str, str]:
    """The rulebook of one article: its rules as they stand in a specimen."""
    rules = "".join(f"  {line}\n" for line in article.splitlines())
    return {
        "act/law.yaml": LAW,
        "act/vocabulary.yaml": VOCABULARY,
        "act/001-article.yaml": f"law: act\narticle: 1\ntitle: An article\nrules:\n{rules}",
    }
