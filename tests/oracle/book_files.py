"""What all random rulebooks have in common: the vocabulary, the laws, and how a list of rules is written as files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

VOCABULARY = """
terms:
  it:
    label: it
    attributes:
      a: {type: yes/no, question: A?}
      b: {type: yes/no, question: B?}
      c: {type: yes/no, question: C?}
      presumed: {type: yes/no, question: Presumed?, presume: no}
      kind:
        type: one of
        values: {u: {label: u, provision: act/9.1}, v: {label: v, provision: act/9.2}, w: w}
        question: Which kind?
      marks: {type: one of, several: yes, values: [old, worn], question: Which marks?}
      count: {type: count, min: 0, max: 4, question: How many?}
      most: {type: count, optional: yes, min: 0, max: 4, question: At most how many?}
      sum: {type: money, question: How much?}
      began: {type: date, question: From when?}
      ended: {type: date, optional: yes, question: Until when?}
      filed: {type: date, counting: from_midnight, question: Filed when?}
      born: {type: date, counting: age, question: Born when?}
      heard_at: {type: moment, question: Heard when?}
      fee: {type: money, unit: dollars, question: What fee?}
      used: {type: duration, unit: days, min: 0, max: 9, question: How long?}
      stay: {type: period, optional: yes, question: From when until when?}
      away_from: {type: date, optional: yes, question: Away from when?}
      away_until: {type: date, optional: yes, question: Away until when?}
      service:
        type: period
        optional: yes
        counting: both_ends
        suspended: [{from: it.away_from, until: it.away_until}, {from: it.filed, until: it.ended}]
        question: In service from when until when?
      basis: {type: provision, optional: yes, question: Under which provision?}
      parts: {type: list of part, question: Which parts?}
      flag: {type: yes/no, question: Derived?}
      mark: {type: yes/no, question: Derived too?}
      share: {type: count, question: Derived count?}
      sort: {type: one of, values: [u, v, w], question: Derived kind?}
      due: {type: date, question: Derived date?}
  part:
    label: part
    attributes:
      ok: {type: yes/no, question: Ok?}
      size: {type: count, min: 0, max: 3, question: Which size?}
      fit: {type: yes/no, presume: yes, question: Fit?}
      load: {type: count, min: 0, max: 3, presume: 1, question: Which load?}
      good: {type: yes/no, question: Derived of a member?}
  beast:
    label: beast
    attributes:
      wild: {type: yes/no, question: Wild?}
      muted: {type: yes/no, question: Muted?}
      told_on: {type: date, optional: yes, question: When was it told?}
  pet: {kind_of: beast, label: pet, attributes: {old: {type: yes/no, question: Old?}}}
  cat: {kind_of: pet, label: cat}
  dog: {kind_of: pet, label: dog}
  fox: {kind_of: beast, label: fox}
  warden: {label: warden, role: yes}
  clerk: {label: clerk, role: yes}
  how:
    label: how
    attributes:
      days: {type: duration, unit: days, parameter: yes, min: 0, max: 9, question: How many days?}
      number: {type: count, parameter: yes, min: 0, max: 6, question: How many?}
      heard: {type: yes/no, parameter: yes, question: Heard?}
actions:
  do pet: {label: do, default: forbidden, by: warden, adverse: yes}
  do fox: {label: do, default: forbidden, by: warden}
  tell beast: {label: tell, default: silent, by: clerk, done: beast.told_on}
  keep beast: {label: keep, default: forbidden, group: disposal, by: warden}
  burn beast: {label: burn, default: forbidden, group: disposal, by: clerk}
  bar pet: {label: bar, default: forbidden, by: clerk, restricts: do pet, in_force: it.basis}
  mute beast: {label: mute, default: forbidden, by: warden, restricts: [tell beast, sell beast], in_force: beast.muted}
  sell beast: {label: sell, default: silent, group: disposal, by: warden}
"""
LAWS = {
    "act": {"title": "The Act", "short": "Act", "rank": 1},
    "decree": {"title": "The Decree", "short": "Decree", "rank": 2, "parent": "act"},
}
ENFORCED = "2015-03-01"
ANIMALS = ("cat", "dog", "fox", "pet", "beast")
Rule = dict[str, Any]
Book = list[Rule]


def actions_about(animal: str) -> list[str]:
    """The actions on an animal."""
    verbs = ["tell", "keep", "burn", "sell", "mute"] + (["do"] if animal != "beast" else [])
    verbs += ["bar"] if animal in ("pet", "cat", "dog") else []
    return [f"{verb} {animal}" for verb in verbs]


def files(book: Book) -> dict[str, str]:
    """The book as files: `vocabulary.yaml`, a `law.yaml` for each law, a file for each article."""
    out = {"vocabulary.yaml": VOCABULARY}
    for law, said in LAWS.items():
        instrument = {"id": "No. 1", "promulgated": "2015-01-01", "enforced": ENFORCED}
        out[f"{law}/law.yaml"] = _yaml({"law": law, **said, "instruments": [instrument]})
    articles: dict[tuple[str, str], list[Rule]] = {}
    for rule in book:
        articles.setdefault((rule["law"], rule["article"]), []).append(rule)
    kinds = [{"at": f"9.{n}", "summary": "A kind.", "states": "what it is"} for n in (1, 2)]
    out["act/9.yaml"] = _yaml({"law": "act", "article": "9", "title": "Kinds", "rules": kinds})
    for (law, article), rules in articles.items():
        written = [{key: value for key, value in rule.items() if key not in ("law", "article")} for rule in rules]
        data = {"law": law, "article": article, "title": "An article", "rules": written}
        out[f"{law}/{article}.yaml"] = _yaml(data)
    return out


def _yaml(data: object) -> str:
    return yaml.dump(data, Dumper=_Plain, width=10**6, sort_keys=False, allow_unicode=True)


class _Plain(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]  # libyaml's, where there is one
    def ignore_aliases(self, data: object) -> bool:
        """Anchors are no part of the language."""
        return True


def citations_in(rule: Rule) -> Iterator[str]:
    """The rule's place, those of its grounds, of what excludes it and of the grounds of that."""
    whole = f"{rule['law']}/{rule['article']}{rule['at']}"
    yield whole
    if "proviso" not in rule["at"]:
        yield from (f"{whole}{number}" for number in rule.get("grounds", ()) if number != "main")
    unless = rule.get("unless")
    for one in unless if isinstance(unless, list) else [unless]:
        if isinstance(one, dict) and "at" in one:
            yield f"{rule['law']}/{rule['article']}{one['at']}"
            yield from (f"{whole}{number}" for number in one.get("grounds", ()))
