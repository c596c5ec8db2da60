"""Random rulebooks as a person would write them: files of YAML over one vocabulary, with everything a rule may say.

A book is a list of rules as plain mappings, each with the article it stands in, so that it can be cut down rule by rule
and key by key. Everything comes from one `random.Random`: a seed is a book.
"""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Callable
from typing import Any

from tests.oracle.atoms import OF_FACTS, OF_TIME_AND_MEMBERS
from tests.oracle.book_files import ANIMALS, Book, Rule, actions_about, citations_in, files

__all__ = ["ANIMALS", "Book", "Rule", "actions_about", "files", "make_book"]


_MARK = re.compile(r"<(\d+)([!?]?)>")


def make_book(rng: random.Random) -> Book:
    """A random book of two to nine rules."""
    return _Maker(rng).book()


class _Maker:
    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.animals = rng.sample(ANIMALS[:3], rng.choice((1, 1, 2))) + (["pet"] if rng.random() < 0.15 else [])
        self.places: list[tuple[str, str, str]] = []
        self.of_bearers = rng.random() < 0.3
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
        for rule in book:
            if "apply" in rule and self.chance(0.3):
                self.apply_a_part(rule, book)
            elif "of" in rule.get("penalty", ()):
                self.punish(rule["penalty"], book)
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
            (2, self.statement),
            (8, self.penalty),
        ]
        maker = self.rng.choices([one for _, one in makers], [weight for weight, _ in makers])[0]
        maker(rule, n)
        return rule

    def norm(self, rule: Rule, n: int) -> None:
        effect = self.rng.choice(("may", "may", "may", "must", "must", "must_not", "must_not", "need_not"))
        rule[effect] = self.actions(effect)
        if self.chance(0.3 if self.of_bearers else 0.05):
            rule["by"] = self.rng.choice(("warden", "clerk"))
        if self.chance(0.15):
            rule["to"] = self.rng.choice(("warden", "clerk"))
        self.conditions(rule, n)
        needs = [one for one in self.flat(rule[effect]) if not one.startswith(("do", "keep", "burn", "bar", "mute"))]
        if (effect == "must" and self.chance(0.4)) or (effect == "may" and not needs and self.chance(0.5)):
            rule["requires"] = self.requirements()
        if effect == "must" and self.chance(0.12):
            rule["deadline"] = self.rng.choice(
                (
                    *("by it.began + 1 month", "before it.began + 20 days", "on 2020-03-10", "without_delay"),
                    *("by the end of 3 working days after it.began", "by it.filed + 10 days", "by it.filed + 1 month"),
                    *("by it.born + 1 month", "by the end of 1 month after it.born", "by it.heard_at + 10 days"),
                    *("by it.filed - 10 days", {"by": "it.began", "clock": "civil"}),
                    *("by the end of the month following that of it.began", "on the end of the year of it.born"),
                    {"by": "the end of the month of it.filed", "clock": "civil"},
                    *({"by": f"it.{event} + 1 month", "clock": "as it falls"} for event in ("filed", "began", "born")),
                )
            )
        if effect in ("must", "must_not") and self.chance(0.1):
            rule["penalty"] = "warning"
        if effect == "must" and self.chance(0.05):
            rule["recurs"] = "at least once a week"
        self.orders(rule, n, 0.55)

    def actions(self, effect: str) -> Any:
        about = self.rng.choice(self.animals)
        known = actions_about(about)
        if self.chance(0.05):  # kinds of which some are wider than others
            verb, kinds = self.rng.choice(("tell", "keep", "burn", "sell", "mute")), list(ANIMALS)
            return [f"{verb} {kind}" for kind in self.rng.sample(kinds, 2)]
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
            rule["when"] = (
                self.condition() if self.chance(0.8) else self.rng.choice(("how.days >= 2 days", "how.heard"))
            )
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
            (
                "part.ok",
                "part.size >= 2",
                "part.ok or it.a",
                "not part.ok and part.size < 2",
                "part.fit",
                "part.load < 2",
            )
        )

    def statement(self, rule: Rule, n: int) -> None:
        """What says nothing of actions or facts: a purpose, a delegation."""
        effect, said = self.rng.choice((("states", "a purpose"), ("delegate", "presidential_decree")))
        rule[effect] = said

    def penalty(self, rule: Rule, n: int) -> None:
        """A penalty that stands by itself; what it is for is settled when all rules are there."""
        rule["penalty"] = {"of": f"<{n}>" if self.chance(0.8) else [f"<{n}>", f"<{n}>"], "any": ["warning"]}
        self.conditions(rule, n, fewer=True)

    def punish(self, penalty: dict[str, Any], book: Book) -> None:
        """Mostly what forbids or demands, or a ground of that; of several rules at a place, sometimes one."""
        binding = [rule for rule in book if "must_not" in rule or "must" in rule]
        if binding and self.chance(0.8):
            meant = self.rng.choice(binding)
            whole, *parts = citations_in(meant)
            penalty["of"] = self.rng.choice(parts) if parts and self.chance(0.4) else whole
            if self.chance(0.2):
                penalty["rule"] = meant["id"] if self.chance(0.7) else self.rng.choice(book)["id"]

    def fiction(self, rule: Rule, n: int) -> None:
        fact, value = self.rng.choice(
            (
                *(("it.a", "yes"), ("it.b", "no"), ("it.kind", "u"), ("it.count", "4")),
                *(("it.a", "it.b"), ("it.count", "it.count + 1"), ("it.began", "it.began + 1 month")),
            )
        )
        rule["deem"] = fact
        rule["as"] = value
        rule["when"] = self.rng.choice((self.plain(), f"not {self.plain()}"))
        if self.chance(0.4):
            seeing = self.rng.sample(self.places, self.rng.choice((1, 1, min(2, len(self.places)))))
            rule["within"] = [self.cite(*place) for place in seeing]
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
            construe["warden"] = self.rng.choice(("clerk", ["warden", "clerk"]))
        if self.chance(0.15):
            keep, burn = self.rng.sample([f"{verb} {self.rng.choice(self.animals)}" for verb in ("keep", "burn")], 2)
            construe[keep] = burn
        if self.chance(0.1):
            construe["it.flag"] = "it.mark"
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
        wide = self.wider([one for one in cited if not one.startswith("/".join(own[:2]))]) if self.chance(0.1) else []
        cited = [self.rng.choice(wide)] if wide else cited
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
                rule["governed_by"] = self.rng.choice(("it.began", "it.began", "it.began + 1 month", "it.filed"))

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
            if self.chance(0.08):
                rule[self.rng.choice(("despite", "subject_to", "instead_of"))] = self.target(rule)
            rule["inferred"] = "so it is"

    def target(self, rule: Rule) -> Any:
        draw = self.rng.random()
        if draw < 0.06:
            law, article, _ = self.rng.choice(self.other_places())
            return f"{law}/{article}"
        mark = f"<{self.now}!>"
        return [mark, mark] if draw < 0.15 else mark

    def wider(self, cited: list[str]) -> list[str]:
        """Articles, and stretches of paragraphs, of which some are cited."""
        paragraphs = sorted({one.partition(")")[0] + ")" for one in cited})
        of = [one.partition("(")[0] for one in paragraphs]
        pairs = itertools.combinations(paragraphs, 2)
        ranges = [f"{a} to {b}" for a, b in pairs if a.partition("(")[0] == b.partition("(")[0]]
        return [*dict.fromkeys(of), *ranges]

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
        return self.rng.choice(OF_FACTS if draw < 0.9 else OF_TIME_AND_MEMBERS)

    def other_places(self) -> list[tuple[str, str, str]]:
        """Places to speak of: mostly those before, so that few books run in a circle."""
        before, own = self.places[: self.now], self.places[self.now]
        return before if before and self.chance(0.8) else [one for one in self.places if one != own] or self.places

    def reference(self) -> str:
        return f"<{self.now}> applies" if self.chance(0.35) else f"case falls under <{self.now}?>"

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
            wide = self.wider(choice) if mark.group(2) and self.chance(0.08) else []
            return self.rng.choice(wide or choice)

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
