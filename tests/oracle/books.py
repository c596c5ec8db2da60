"""Random rulebooks as a person would write them: files of YAML over one vocabulary, with everything a rule may say.

A book is a list of rules as plain mappings, each with the article it stands in, so that it can be cut down rule by rule
and key by key. Everything comes from one `random.Random`: a seed is a book.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
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
      used: {type: duration, unit: days, min: 0, max: 9, question: How long?}
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


_MARK = re.compile(r"<(\d+)(!?)>")


def make_book(rng: random.Random) -> Book:
    """A random book of two to nine rules."""
    return _Maker(rng).book()


class _Maker:
    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.animals = rng.sample(ANIMALS[:3], rng.choice((1, 1, 2))) + (["pet"] if rng.random() < 0.15 else [])
        self.places: list[tuple[str, str, str]] = []
        self.now = 0

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def book(self) -> Book:
        for law, article in (("act", "1"), ("act", "2"), ("decree", "1")):
            for paragraph in range(1, self.rng.choice((1, 2, 2, 3, 3)) + 1):
                self.places.append((law, article, f"({paragraph})"))
                if self.chance(0.2):
                    self.places.append((law, article, f"({paragraph}) proviso"))
        self.rng.shuffle(self.places)
        self.places = self.places[: self.rng.randint(2, 9)]
        book: Book = []
        for n, place in enumerate(self.places):
            self.now = n
            book.append(self.rule(n, place))
            if self.chance(0.08):
                book.append(self.rule(n, place))
        for n, rule in enumerate(book):
            rule["id"] = f"rule {n}"
            if "apply" in rule and self.chance(0.3):
                self.apply_a_part(rule, book)
        if self.chance(0.4):
            self.settle_earlier_wording(book)
        found = sorted(self.settle_references(book), key=lambda rule: (rule["law"], rule["article"], rule["at"]))
        if self.chance(0.3):
            self.presume(found)
        return found

    def presume(self, book: Book) -> None:
        """Some rules as transitional clauses, whose event is presumed to be under the law applied (S49)."""
        for rule in book:
            if rule.get("governed_by") == "it.began":
                if self.chance(0.7):
                    rule["presume"] = "under this law"
            elif "define" not in rule and "penalty" not in rule and self.chance(0.3):
                day = self.rng.choice(("2018-01-01", "2020-02-01", "2020-03-02", "2020-03-10"))
                dated = f"it.began {self.rng.choice(('<', '<=', '>', '>='))} {day}"
                when = rule.get("when", [])
                rule["when"] = [*(when if isinstance(when, list) else [when]), dated]
                rule["presume"] = "under this law"

    # --- rules ---

    def rule(self, n: int, place: tuple[str, str, str]) -> Rule:
        law, article, at = place
        rule: Rule = {"law": law, "article": article, "at": at, "summary": "A rule."}
        makers: list[tuple[int, Callable[[Rule, int], None]]] = [
            (58, self.norm),
            (6, self.limit),
            (12, self.definition),
            (3, self.fiction),
            (13, self.clause),
            (5, self.disapplication),
            (3, self.member_definition),
        ]
        maker = self.rng.choices([one for _, one in makers], [weight for weight, _ in makers])[0]
        maker(rule, n)
        return rule

    def norm(self, rule: Rule, n: int) -> None:
        effect = self.rng.choice(("may", "may", "may", "must", "must", "must_not", "must_not", "need_not"))
        rule[effect] = self.actions(effect)
        if self.chance(0.15):
            rule["by"] = self.rng.choice(("warden", "clerk"))
        if self.chance(0.15):
            rule["to"] = self.rng.choice(("warden", "clerk"))
        self.conditions(rule, n)
        needs = [one for one in self.flat(rule[effect]) if not one.startswith(("do", "keep", "burn", "bar", "mute"))]
        if (effect == "must" and self.chance(0.4)) or (effect == "may" and not needs and self.chance(0.5)):
            rule["requires"] = self.requirements()
        if effect == "must" and self.chance(0.12):
            rule["deadline"] = self.rng.choice(
                ("by it.began + 1 month", "before it.began + 20 days", "on 2020-03-10", "without_delay")
            )
        self.orders(rule, n, 0.55)

    def actions(self, effect: str) -> Any:
        about = self.rng.choice(self.animals)
        known = actions_about(about)
        if effect in ("may", "must") and self.chance(0.12):
            several = self.rng.sample(known, 2)
            return {"any": several} if effect == "must" and self.chance(0.6) else several
        return self.rng.choice(known)

    @staticmethod
    def flat(actions: Any) -> list[str]:
        return [actions] if isinstance(actions, str) else actions if isinstance(actions, list) else actions["any"]

    def limit(self, rule: Rule, n: int) -> None:
        known = [
            one for animal in self.animals for one in actions_about(animal) if one[:2] in ("do", "ke", "bu", "ba", "mu")
        ]
        rule["limits"] = self.rng.choice(known)
        if self.chance(0.5):
            rule["when"] = self.condition()
        if self.chance(0.25):
            rule["unless"] = self.exclusion(rule)
        rule["requires"] = self.requirements()
        self.orders(rule, n, 0.3)

    def definition(self, rule: Rule, n: int) -> None:
        fact, values = self.rng.choice(
            (
                ("it.flag", ("yes", "no", "it.a", "not it.b", "it.kind is u")),
                ("it.mark", ("yes", "no", "it.c or it.a", "it.count >= 2")),
                ("it.share", ("it.count", "it.count + 1", "2", "if it.a then 1 else 3")),
                ("it.sort", ("u", "v", "it.kind")),
                ("it.due", ("it.began + 1 month", "2020-03-01", "it.began - 10 days")),
            )
        )
        rule["define"] = fact
        shape = self.rng.random()
        if fact == "it.flag" and shape < 0.3:
            pass
        elif shape < 0.6:
            rule["as"] = self.rng.choice(values)
        elif shape < 0.8:
            rule["as"] = [{"when": self.condition(), "value": self.rng.choice(values)} for _ in range(2)]
        else:
            rule["as"] = {
                str(k): {"when": self.condition(), "value": self.rng.choice(values)}
                for k in range(1, self.rng.randint(2, 4))
            }
        if shape < 0.6 or self.chance(0.3):
            self.conditions(rule, n)
        self.orders(rule, n, 0.2)

    def member_definition(self, rule: Rule, n: int) -> None:
        rule["define"] = "part.good"
        rule["when"] = self.rng.choice(
            ("part.ok", "part.size >= 2", "part.ok or it.a", "not part.ok and part.size < 2")
        )

    def fiction(self, rule: Rule, n: int) -> None:
        fact, value = self.rng.choice((("it.a", "yes"), ("it.b", "no"), ("it.kind", "u"), ("it.count", "4")))
        rule["deem"] = fact
        rule["as"] = value
        rule["when"] = self.rng.choice((self.plain(), f"not {self.plain()}"))
        if self.chance(0.4):
            rule["within"] = self.cite(*self.rng.choice(self.places))
        if self.chance(0.2):  # what is presumed ends with an event (S49)
            rule["deem"], rule["as"], rule["presume"] = "it.presumed", "yes", "not yet"
            rule["when"] = f"it.ended is present and it.ended {self.rng.choice(('<', '<='))} today"

    def clause(self, rule: Rule, n: int) -> None:
        rule["apply"] = self.targets(rule)
        construe: dict[str, Any] = {}
        for source in self.rng.sample(self.animals, self.rng.choice((1, 1, len(self.animals)))):
            others = [one for one in ANIMALS[:3] if one != source]
            construe[source] = self.rng.choice(others) if self.chance(0.75) else others
        if self.chance(0.3):
            construe["u"] = self.rng.choice(("v", "w", ["v", "w"]))
        if self.chance(0.3):
            fact = self.rng.choice(("it.a", "it.b"))
            construe[fact] = self.rng.choice(("it.c", "it.presumed", self.condition()))
        if self.chance(0.15):
            construe["warden"] = "clerk"
        if self.chance(0.1):
            first, second = self.rng.sample(self.places, 2)
            construe[self.cite(*first)] = self.cite(*second)
        rule["construe"] = construe
        self.conditions(rule, n, fewer=True)
        if "unless" not in rule and self.chance(0.2):
            rule["unless"] = self.exclusion(rule)
        self.orders(rule, n, 0.2)

    def targets(self, rule: Rule) -> Any:
        own = (rule["law"], rule["article"], rule["at"])
        others = [place for place in self.places if place != own]
        chosen = self.rng.sample(others, min(len(others), self.rng.choice((1, 1, 2, 3))))
        cited = [self.cite(*place) for place in chosen]
        return cited[0] if len(cited) == 1 else cited

    def apply_a_part(self, clause: Rule, book: Book) -> None:
        """Of a place that the clause applies, one ground, its proviso, or the main sentence."""
        cited = [clause["apply"]] if isinstance(clause["apply"], str) else clause["apply"]
        n = self.rng.randrange(len(cited))
        at = [rule for rule in book if f"{rule['law']}/{rule['article']}{rule['at']}" == cited[n]]
        parts = sorted({part for rule in at for part in citations_in(rule)} - {cited[n]})
        if "proviso" not in cited[n] and all(rule["at"][-1] == ")" for rule in at):
            parts.append(f"{cited[n]} main")
        if parts:
            clause["apply"] = [*cited[:n], self.rng.choice(parts), *cited[n + 1 :]]

    def disapplication(self, rule: Rule, n: int) -> None:
        rule["despite"] = self.target(rule)
        rule["when"] = self.condition()
        if self.chance(0.3):
            rule["unless"] = self.exclusion(rule)

    # --- what a rule depends on ---

    def conditions(self, rule: Rule, n: int, fewer: bool = False) -> None:
        if self.chance(0.45):
            rule["when"] = self.condition() if self.chance(0.8) else [self.condition(), self.condition()]
        if self.chance(0.12 if fewer else 0.35):
            rule["grounds"] = self.grounds()
        if self.chance(0.12 if fewer else 0.3):
            rule["unless"] = self.exclusion(rule)
            if self.chance(0.1):
                rule["unless"] = [rule["unless"], {"when": self.condition()}]
        if self.chance(0.12):
            rule[self.rng.choice(("since", "until"))] = self.rng.choice(("2018-01-01", "2020-01-01", "2020-03-10"))
            if self.chance(0.4):
                rule["governed_by"] = self.rng.choice(("it.began", "it.began + 1 month"))

    def grounds(self) -> dict[str, Any]:
        grounds: dict[str, Any] = {}
        for key in range(1, self.rng.randint(2, 4)):
            ground: Any = self.condition()
            if self.chance(0.2):
                ground = {"when": ground}
                if self.chance(0.5):
                    ground["unless"] = self.condition()
                if self.chance(0.4):
                    ground["grounds"] = {"(a)": self.condition(), "(b)": self.condition()}
                if self.chance(0.2):
                    ground["since"] = "2020-01-01"
            grounds[str(key)] = ground
        if self.chance(0.15):
            grounds = {"main": self.condition(), **grounds}
        return grounds

    def exclusion(self, rule: Rule) -> Any:
        if self.chance(0.3):
            return self.condition()
        out: dict[str, Any] = {}
        if self.chance(0.75) and "proviso" not in rule["at"]:
            out["at"] = f"{rule['at']} proviso"
        out["when"] = self.condition()
        if self.chance(0.2):
            out["grounds"] = {"1": self.condition(), "2": self.condition()}
        if self.chance(0.1):
            out["until"] = "2020-03-10"
        return out

    def requirements(self) -> Any:
        made = [self.requirement() for _ in range(self.rng.choice((1, 1, 2)))]
        if len(made) > 1 and self.chance(0.3):
            return {str(k + 1): one for k, one in enumerate(made)}
        return made[0] if len(made) == 1 else made

    def requirement(self) -> str:
        return self.rng.choice(
            (
                "how.heard",
                "how.days <= 5 days",
                "how.days < 4 days",
                "how.days >= 2 days",
                "it.used + how.days <= 8 days",
                "how.number + it.count <= 4",
                "2 * how.number <= 5",
                "how.number >= it.count",
                "how.heard or it.a",
                self.condition(),
            )
        )

    # --- order ---

    def orders(self, rule: Rule, n: int, share: float) -> None:
        if len(self.places) > 1 and self.chance(share):
            relation = self.rng.choices(("despite", "subject_to", "instead_of"), (6, 2, 3))[0]
            rule[relation] = self.target(rule)
            rule["inferred"] = "so it is"

    def target(self, rule: Rule) -> Any:
        draw = self.rng.random()
        if draw < 0.06:
            law, article, _ = self.rng.choice(self.other_places())
            return f"{law}/{article}"
        mark = f"<{self.now}!>"
        return [mark, mark] if draw < 0.15 else mark

    @staticmethod
    def cite(law: str, article: str, at: str) -> str:
        return f"{law}/{article}{at}"

    # --- conditions ---

    def condition(self, depth: int = 2) -> str:
        draw = self.rng.random()
        if depth and draw < 0.14:
            return f"{self.group(depth)} and {self.group(depth)}"
        if depth and draw < 0.28:
            return f"({self.group(depth)}) or ({self.group(depth)})"
        if depth and draw < 0.38:
            return f"not ({self.condition(depth - 1)})"
        if depth and draw < 0.41:
            return f"if {self.plain()} then {self.atom()} else {self.atom()}"
        return self.atom()

    def group(self, depth: int) -> str:
        return f"({self.condition(depth - 1)})"

    def plain(self) -> str:
        """A condition on what is stated."""
        animal = self.rng.choice(self.animals)
        return self.rng.choice(
            ("it.a", "it.b", "it.c", f"{animal}.wild", "it.kind is u", "it.count >= 2", "it.presumed")
        )

    def atom(self) -> str:
        draw = self.rng.random()
        if draw < 0.45:
            return self.plain()
        if draw < 0.6:
            return self.rng.choice(("it.flag", "it.mark", "it.share >= 2", "it.sort is u", "it.due <= today"))
        if draw < 0.72:
            return self.reference()
        return self.rng.choice(
            (
                "it.kind is not u",
                "it.kind is one of [u, v]",
                "it.kind is not one of [u, w]",
                "it.kind falls under act/9.1",
                "it.marks is old",
                "it.marks is one of [old, worn]",
                "it.count < 3",
                "it.count + it.count > 3",
                "it.most is present and it.most < it.count",
                "it.most is none or it.most >= 2",
                "it.sum * 2 <= 500 won",
                "it.began + 1 month <= today",
                "it.began is a saturday",
                "it.began is not a day off",
                "it.ended is present and it.ended is within 3 working days after it.began",
                "today <= the end of 5 working days after it.began",
                "it.ended is present and it.ended is within 20 days after it.began",
                "it.ended is none",
                "it.ended is present and it.ended - it.began <= 10 days",
                "it.began + fraction(1/3, from it.began to it.began + 11 days, round up) <= 2020-02-10",
                "it.used * 2 <= 7 days",
                "it.used + 2 days > 5 days",
                "it.basis falls under act/1",
                "any p in it.parts has (p.ok)",
                "every p in it.parts has (p.size >= 1)",
                "no p in it.parts has (p.good)",
                "any p in it.parts has (p.good and p.size < 3)",
                "at least 2 p in it.parts where (p.ok or it.a)",
                "exactly 1 p in it.parts where (p.size > 1)",
                "at most 1 p in it.parts where (p.good)",
                "(the number of it.parts) >= 2",
                "(the total of p.size for p in it.parts) <= 3",
                "(the total of p.size for p in it.parts where (p.ok)) >= 2",
            )
        )

    def other_places(self) -> list[tuple[str, str, str]]:
        """Places to speak of: mostly those before, so that few books run in a circle."""
        before, own = self.places[: self.now], self.places[self.now]
        return before if before and self.chance(0.8) else [one for one in self.places if one != own] or self.places

    def reference(self) -> str:
        return f"<{self.now}> applies" if self.chance(0.35) else f"case falls under <{self.now}>"

    def settle_references(self, book: Book) -> Book:
        """The marks of references and orders, each by what it was written in, made into citations that there are.

        Every fifth order names what excludes what a clause brings, or a ground of that.
        """
        cited: list[list[str]] = [[] for _ in self.places]
        excluding: list[list[str]] = [[] for _ in self.places]
        for rule in book:
            n = self.places.index((rule["law"], rule["article"], rule["at"]))
            cited[n] += list(citations_in(rule))
            if "apply" in rule:
                excluding[n] += list(citations_in({**rule, "grounds": {}}))[1:]

        def settle(data: Any) -> Any:
            if isinstance(data, dict):
                return {key: settle(value) for key, value in data.items()}
            if isinstance(data, list):
                return [settle(one) for one in data]
            return _MARK.sub(pick, data)

        def pick(mark: re.Match[str]) -> str:
            now = int(mark.group(1))
            of_clauses = [one for n, place in enumerate(excluding) if n != now for one in place]
            if mark.group(2) and of_clauses and self.chance(0.2):
                return self.rng.choice(of_clauses)
            before = [one for place in cited[:now] for one in place]
            others = [one for n, place in enumerate(cited) if n != now for one in place]
            choice = before if before and self.chance(0.8) else others or cited[now]
            return self.rng.choice(choice)

        return [settle(rule) for rule in book]

    # --- wording ---

    def settle_earlier_wording(self, book: Book) -> None:
        """Beside one rule, its earlier wording: held and maybe milder, or not held."""
        effects = ("may", "must", "must_not", "need_not", "define", "deem")
        rules = [rule for rule in book if any(key in rule for key in effects)]
        if not rules:
            return
        rule = self.rng.choice(rules)
        day = self.rng.choice(("2018-01-01", "2020-03-01", "2020-03-10"))
        for key in ("since", "until", "governed_by"):
            rule.pop(key, None)
        effect = next(key for key in effects if key in rule)
        known = ("as",) if effect in ("define", "deem") and self.chance(0.5) and "as" in rule else ()
        earlier: Rule = {key: rule[key] for key in ("law", "article", "at", "summary", effect, *known)}
        earlier |= {"id": f"{rule['id']} before", "until": day}
        rule["since"] = day
        if self.chance(0.5) or ("as" not in earlier and effect in ("define", "deem")):
            earlier["not_held"] = "an earlier wording"
            if self.chance(0.3):
                earlier["when"] = self.condition()
        else:
            self.conditions(earlier, 0)
            earlier |= {"until": day}
            earlier.pop("since", None)
        for one in (rule, earlier) if self.chance(0.6) else ():
            one["governed_by"] = "it.began"
            if self.chance(0.6) and "not_held" not in earlier:
                one["milder"] = "yes"
        book.append(earlier)
