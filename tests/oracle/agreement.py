"""The engine held against the oracle: a random book through the whole pipeline, random cases, both asked.

Every fact known: the verdict, the places that decide, what is breached, the penalties and the due days are the
oracle's. Facts open: what the engine says can be reached takes in the verdict of every completion (`narrow` where it
does not, a fault), and nothing else where the open facts are few (`wide`, told apart: sound, but more than is true).
"""

from __future__ import annotations

import datetime as dt
import itertools
import random
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from tests.oracle.books import ANIMALS, Book, actions_about, files, make_book

from mutandis import UNKNOWN, Rulebook
from mutandis.diagnostics import Severity
from mutandis.link.linker import link
from mutandis.oracle import Answer, NoAnswer, Oracle, Wording
from mutandis.rulebook.load import load_text
from mutandis.rulebook.rereading import Rereading
from mutandis.values import Period

DAY = dt.date(2020, 3, 2)
DATES = [dt.date(2019, 12, 30), dt.date(2020, 1, 31), dt.date(2020, 2, 1), dt.date(2020, 2, 29), dt.date(2020, 3, 5)]
YES_NO = (True, False)
SUSPENDED = ((), ((dt.date(2020, 2, 1), dt.date(2020, 2, 28)),))
PARTS: list[dict[str, object]] = [{"ok": ok, "size": size} for ok in YES_NO for size in (0, 1, 3)]
PARTS += [{"ok": True, "size": 1, "fit": False}, {"ok": False, "size": 1, "load": 3}]  # nothing is presumed of these
HOLIDAYS = [dt.date(2019, 12, 28) + n * dt.timedelta(days=1) for n in range(80)]
TIMES = [dt.datetime(2020, 2, 1), dt.datetime(2020, 2, 29, 9, 30), dt.datetime(2020, 3, 2, 8)]
STATED: dict[str, Sequence[Any]] = {
    **dict.fromkeys(("it.a", "it.b", "it.c", "it.presumed"), YES_NO),
    **{f"{animal}.wild": YES_NO for animal in ANIMALS},
    **{f"{animal}.muted": YES_NO for animal in ANIMALS},
    **{f"{animal}.told_on": (None, *DATES) for animal in ANIMALS},
    "it.kind": ("u", "v", "w"),
    "it.marks": (frozenset(), frozenset({"old"}), frozenset({"worn"}), frozenset({"old", "worn"})),
    "it.count": range(5),
    "it.most": (None, *range(5)),
    "it.sum": (0, 250, 251),
    "it.began": DATES,
    "it.stay": (None, *(Period(a, b, spans) for a, b in itertools.combinations(DATES, 2) for spans in SUSPENDED)),
    **dict.fromkeys(("it.ended", "it.away_from", "it.away_until"), (None, *DATES)),
    "it.service": (None, *(Period(a, b) for a, b in itertools.combinations(DATES, 2))),
    "it.filed": DATES,
    "it.born": (dt.date(2001, 2, 28), dt.date(2001, 3, 1), dt.date(2004, 2, 29), dt.date(2020, 2, 3)),
    "it.heard_at": TIMES,
    "it.fee": (0, 2, 3, Fraction(5, 2)),
    "it.used": range(10),
    "it.basis": (None, "act/1(1)", "act/2(1)", "act/1(2)1"),
    "it.parts": [tuple(many) for n in range(3) for many in itertools.combinations(PARTS, n)],
    "how.days": range(10),
    "how.number": range(7),
    "how.heard": YES_NO,
}
"""What each stated fact may be, in run-time values."""
GIVEN: dict[str, Sequence[Any]] = {
    **dict.fromkeys(("it.flag", "it.mark", "part.good"), YES_NO),
    "it.share": range(5),
    "it.sort": ("u", "v", "w"),
    "it.due": DATES,
}
"""What a definition may give a fact, in run-time values."""
WHOLE = [
    name
    for name, values in STATED.items()
    if len(values) <= 10 and name not in ("it.sum", "it.began", "it.basis") and "told" not in name
]
"""Facts that can be nothing else, so that a completion is one of these."""


_MEMBER = re.compile(r"(.*)\[(.*)\]\.(.*)")
OF_MEMBERS: dict[str, Sequence[Any]] = {
    **dict.fromkeys(("ok", "fit"), YES_NO),
    **dict.fromkeys(("size", "load"), range(4)),
}
"""What an attribute of a list member that no definition gives may be."""


@dataclass(frozen=True)
class Case:
    """A question: the facts, those left open among them, and its dates."""

    action: str
    facts: Mapping[str, Any]
    open: tuple[str, ...]
    at: dt.date
    law_as_of: dt.date | None
    holidays: tuple[dt.date, ...] = ()
    by: str | None = None

    @property
    def stated(self) -> dict[str, Any]:
        """The facts, those that are open said to be unknown (so that nothing is presumed of them)."""
        return _with(self.facts, dict.fromkeys(self.open, UNKNOWN))


def _with(facts: Mapping[str, Any], values: Mapping[str, object]) -> dict[str, Any]:
    """The facts with these values; `it.parts[0].ok` is the attribute of a member."""
    found = dict(facts)
    for name, value in values.items():
        if match := _MEMBER.fullmatch(name):
            of, index, attribute = match[1], int(match[2]), match[3]
            found[of] = tuple({**one, attribute: value} if n == index else one for n, one in enumerate(found[of]))
        else:
            found[name] = value
    return found


def make_case(rng: random.Random, book: Book) -> Case:
    """A random case; in every other one some facts are open."""
    text = str(book)
    about = {word for word in text.replace("'", " ").split() if word in ANIMALS}
    animal = rng.choice(sorted(about) or ["cat"])
    named = [f"{verb} {term}" for term in about for verb in ("do", "tell", "keep", "burn", "sell", "bar", "mute")]
    spoken = sorted(action for action in actions_about(animal) if action in named and action in text)
    action = rng.choice(spoken or actions_about(animal)) if rng.random() < 0.8 else rng.choice(actions_about(animal))
    facts = {name: rng.choice(values) for name, values in STATED.items()}
    read = [name for name in WHOLE if name in text] or WHOLE
    number = min(rng.choice((0, 0, 0, 1, 1, 2, 3)), len(read))
    law_as_of = rng.choice((None, None, None, dt.date(2019, 6, 1), dt.date(2014, 1, 1)))
    open_ = tuple(rng.sample(read, number))
    for name in GIVEN:
        defined = f"'define': '{name}'" in text or f"'it.flag': '{name}'" in text  # by its own rule, or read as it
        if not defined and name.startswith("it."):
            facts[name] = rng.choice(GIVEN[name])
    if "presume" in text and rng.random() < 0.6:
        del facts["it.began"]  # of which clauses presume something then
    if "not yet" in text and rng.random() < 0.6:
        del facts["it.ended"], facts["it.presumed"]
        open_ = tuple(name for name in open_ if name not in ("it.ended", "it.presumed"))
    if facts["it.parts"] and "it.parts" in text and rng.random() < 0.4:
        open_ = (*open_[:2], f"it.parts[0].{rng.choice(list(OF_MEMBERS))}")
    at = rng.choice(TIMES) if re.search(r"\bnow\b", text) else DAY
    holidays = tuple(rng.sample(HOLIDAYS, rng.choice((0, 0, 2, 5))))
    by = rng.choice((None, "warden", "clerk")) if "'by'" in text else None
    return Case(action, facts, open_, at, law_as_of, holidays, by)


@dataclass(frozen=True)
class Difference:
    """Where they differ, with what each says: `verdict`, `cites`, `breaches`, `penalties`, `due`, `narrow`, `wide`."""

    kind: str
    case: Case
    oracle: object
    engine: object


_READ = Rereading()
"""What books have in common, their vocabulary and laws, is read once."""


def load(book: Book) -> tuple[Rulebook, Oracle] | None:
    """The book, from YAML through the whole pipeline, as engine and as oracle; None where loading refuses it."""
    source = load_text(files(book), _READ)
    linked = link(source, {})
    found = (*source.diagnostics, *linked.diagnostics)
    if linked.program is None or any(one.severity is Severity.ERROR for one in found):
        return None
    return Rulebook(linked.program), Oracle(source)


def load_files(texts: Mapping[str, str]) -> Rulebook:
    """The rulebook of these files, loaded as a user loads it. Raises `RulebookError`."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in texts.items():
            path = Path(folder, name)
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
        return Rulebook.load(folder)


def compare(book: Rulebook, oracle: Oracle, case: Case, *, wide: bool = False) -> Difference | None:
    """Where engine and oracle differ in a case, None where they do not or the oracle has no answer."""
    try:
        answers = list(answers_of(oracle, case))
    except NoAnswer:
        return None
    asked: dict[str, Any] = {"law_as_of": case.law_as_of, "holidays": case.holidays, "by": case.by}
    decision = book.decide(case.action, case.stated, at=case.at, trusted=True, **asked)
    # Definitions that may give several values, facts or wordings being open: that conflict is not among what is
    # reachable (S28).
    of_values = [a for a in answers if a.verdict == "conflict" and not a.decides] if len(answers) > 1 else []
    speaking = [answer for answer in answers if answer not in of_values]
    true = {answer.verdict for answer in speaking}
    said = {str(verdict) for verdict in decision.reachable}
    # Of two laws, that with the value that does not do is no better than one that permits nothing (S42).
    conditional = {"permitted", "forbidden", "forbidden_by_default"} if "conditional" in said else set()
    compared = oracle.milder and any(name.startswith("how.") for name in case.open)
    reached = said | conditional | ({"forbidden"} if compared and "forbidden_by_default" in said else set())
    if not true <= reached:
        return Difference("narrow" if case.open else "verdict", case, sorted(true), sorted(said))
    if len(answers) == 1 and said != true:
        return Difference("verdict", case, sorted(true), sorted(said))
    if wide and not said - {"conditional"} <= true:
        return Difference("wide", case, sorted(true), sorted(said))
    breaches = {breach.provision for breach in decision.breaches}
    threats = {f"{threat.provision} for {of}" for threat in decision.penalties for of in threat.of}
    cited = {place for one in decision.cited if one.role != "restores" for place in one.provisions}
    if len(answers) == 1 and answers[0].decides and cited != answers[0].decides:
        return Difference("cites", case, sorted(answers[0].decides), sorted(cited))
    due = {f"{one.provision} {one.relation} {one.due}" for one in decision.deadlines if one.due is not None}
    if len(answers) == 1 and answers[0].decides and said == {"required"} and due != answers[0].due:
        return Difference("due", case, sorted(answers[0].due), sorted(due))
    for kind, told, parts in (
        ("breaches", breaches, [answer.breaches for answer in speaking or answers]),
        ("penalties", threats, [answer.penalties for answer in speaking or answers]),
    ):
        sure = frozenset.intersection(*parts)
        # With facts open, what is told beside a settled verdict is so for certain; a permission may fail beside a ban.
        settled = len(said) == 1 and (kind == "penalties" or said == {"required"})
        # Bounds that leave an open parameter no value are breached between them: each, and one whatever the value.
        others = told - sure
        between_them = all(others & part for part in parts) and others <= frozenset.union(*parts)
        if told != sure if len(answers) == 1 else settled and bool(others) and not between_them:
            return Difference(kind, case, sorted(sure), sorted(told))
    return None


def answers_of(oracle: Oracle, case: Case) -> Iterator[Answer]:
    """The answer under every completion of the case."""
    domains = [OF_MEMBERS[name.rpartition(".")[2]] if "[" in name else STATED[name] for name in case.open]
    for values in itertools.product(*domains):
        yield from _under_each_wording(oracle, case, _with(case.facts, dict(zip(case.open, values, strict=True))), {})


def _under_each_wording(
    oracle: Oracle, case: Case, facts: Mapping[str, Any], wording: Mapping[str, bool | tuple[Any, ...]]
) -> Iterator[Answer]:
    setting = {"law_as_of": case.law_as_of, "by": case.by, "holidays": frozenset(case.holidays), "wording": wording}
    try:
        yield oracle.decide(case.action, facts, case.at, **setting)
    except Wording as not_held:
        rule, fact = not_held.args
        gave = [(), *((value,) for value in (STATED | GIVEN)[fact])] if fact else YES_NO
        for bites in gave:
            yield from _under_each_wording(oracle, case, facts, {**wording, rule: bites})


def differences(seed: int, cases: int, *, wide: bool = False) -> tuple[int, list[tuple[Book, Difference]]]:
    """How many cases of the book of this seed were compared, and where they differ."""
    rng = random.Random(seed)
    book = make_book(rng)
    loaded = load(book)
    if loaded is None:
        return 0, []
    rulebook, oracle = loaded
    found = [compare(rulebook, oracle, make_case(rng, book), wide=wide) for _ in range(cases)]
    return cases, [(book, one) for one in found if one is not None]
