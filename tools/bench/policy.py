"""The policy that every engine decides: Act 77 (1) simplified, and the seeded cases it is decided on.

Permitted on any of six grounds for a sentenced inmate with an excellent record who has served a third of the term, up
to 20 days a year. `decide_by_hand` is the yardstick: what a programmer would write, and what every engine must agree
with.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from sys import intern
from types import FunctionType
from typing import TypedDict

GROUNDS = ("ground_1", "ground_2", "ground_3", "ground_4", "ground_5", "ground_6")
OWN = ("days_asked", "days_used")
"""What every article of a rulebook of many has for itself."""
Answer = tuple[str, list[str]]


class Case(TypedDict):
    """One case, flat: what a caller has in hand."""

    inmate_class: str
    days_served: int
    term_days: int
    record_excellent: bool
    ground_1: bool
    ground_2: bool
    ground_3: bool
    ground_4: bool
    ground_5: bool
    ground_6: bool
    days_asked: int
    days_used: int


def make_cases(count: int, seed: int = 77) -> list[Case]:
    """`count` cases, the same for the same seed: two in five permitted, one in five asked too long, two not at all."""
    rng = random.Random(seed)
    cases: list[Case] = []
    for _ in range(count):
        term = rng.randrange(200, 7000)
        near = rng.random() < 0.8
        held = [rng.random() < 0.3 for _ in GROUNDS]
        cases.append(
            Case(
                inmate_class="sentenced" if rng.random() < 0.9 else rng.choice(["unsentenced", "death_row"]),
                days_served=term // 3 + rng.randrange(0, 200) if near else rng.randrange(0, term // 3 + 1),
                term_days=term,
                record_excellent=rng.random() < 0.9,
                ground_1=held[0],
                ground_2=held[1],
                ground_3=held[2],
                ground_4=held[3],
                ground_5=held[4],
                ground_6=held[5],
                days_asked=rng.randrange(1, 15),
                days_used=rng.randrange(0, 20),
            )
        )
    return cases


def decide_by_hand(case: Case) -> Answer:
    """The verdict and the subparagraphs that hold."""
    if (
        case["inmate_class"] != "sentenced"
        or not case["record_excellent"]
        or case["days_served"] * 3 < case["term_days"]
    ):
        return "forbidden_by_default", []
    cited = []
    if case["ground_1"]:
        cited.append("act/77(1)1")
    if case["ground_2"]:
        cited.append("act/77(1)2")
    if case["ground_3"]:
        cited.append("act/77(1)3")
    if case["ground_4"]:
        cited.append("act/77(1)4")
    if case["ground_5"]:
        cited.append("act/77(1)5")
    if case["ground_6"]:
        cited.append("act/77(1)6")
    if not cited:
        return "forbidden_by_default", []
    if case["days_used"] + case["days_asked"] > 20:
        return "forbidden", cited
    return "permitted", cited


def wide_case(case: Case, articles: int, own: bool) -> dict[str, object]:
    """The case for many articles: every article has days of its own, and with `own` everything else too."""
    names = tuple(case) if own else OWN
    flat: dict[str, object] = dict(case)
    return flat | {intern(f"{name}_{n}"): flat[name] for n in range(articles) for name in names}


def functions_by_hand(articles: int, own: bool) -> list[Callable[[dict[str, object]], Answer]]:
    """One function an article, each with code of its own that reads the names of its own article."""
    code = decide_by_hand.__code__
    functions: list[Callable[[dict[str, object]], Answer]] = []
    for n in range(articles):
        named = {name: intern(f"{name}_{n}") for name in (Case.__annotations__ if own else OWN)}
        constants = tuple(named.get(c, c) if isinstance(c, str) else c for c in code.co_consts)
        functions.append(FunctionType(code.replace(co_consts=constants), {}, f"article_{n}"))
    return functions
