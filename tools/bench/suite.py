"""What is measured: each part of the report is one function from nothing to rows."""

from __future__ import annotations

import tempfile
import threading
import time
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench import ours
from bench.measure import Contestant, Timing, compare, start_ups, timing
from bench.peers import MAKERS, cedar, datalogic
from bench.policy import Answer, Case, decide_by_hand, functions_by_hand, make_cases, wide_case
from mutandis.api import Rulebook
from mutandis.decide import asked as questions
from mutandis.decide import limits
from mutandis.decide.json_text import as_json
from mutandis.facts import Facts
from mutandis.link.linker import link
from mutandis.rulebook.case_file import CaseFile
from mutandis.rulebook.load import load_text
from mutandis_tools.casebook.ask import decide_case
from mutandis_tools.opening import open_rulebook, read_case_facts

HAND = "hand-written function"
ACTION = "grant release_0"
ONE_FACT = "inmate.ground_3"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the report: its rows, what stands beside them, and engines that were not there."""

    title: str
    unit: str
    rows: tuple[Timing, ...]
    remarks: tuple[str, ...] = ()
    absent: tuple[str, ...] = field(default=())


def _disagreements(decide: Callable[[Any], Answer], inputs: Sequence[Any], cases: Sequence[Case]) -> tuple[int, int]:
    verdicts = citations = 0
    for given, case in zip(inputs, cases, strict=True):
        verdict, cited = decide(given)
        expected, places = decide_by_hand(case)
        verdicts += verdict != expected
        citations += cited != places
    return verdicts, citations


def against_peers(count: int) -> Part:
    """One article, `count` cases, every engine; each verdict is checked against the function written by hand."""
    cases = make_cases(count)
    book = ours.rulebook(1)
    stated = [ours.stated_facts(case) for case in cases]
    facts = [book.read(raw) for raw in stated]
    full = ours.full_decision(book)
    contestants = [
        Contestant(HAND, decide_by_hand, cases),
        Contestant("mutandis, full decision", full, facts),
        Contestant(
            "mutandis, full decision, prepared",
            ours.in_full(book.prepare(ACTION, trusted=True)),
            [read.native for read in facts],
        ),
        Contestant("mutandis, facts checked each time", full, stated),
    ]
    remarks: list[str] = []
    absent: list[str] = []
    wrong, uncited = _disagreements(lambda f: ours.answer(full(f)), facts, cases)
    assert not wrong and not uncited, "mutandis decides otherwise than the function written by hand"
    remarks.append(f"mutandis: {wrong} verdicts and {uncited} citations differ over {count} cases")
    for name, make in MAKERS:
        try:
            peer = make()
        except ModuleNotFoundError as missing:
            absent.append(f"{name} ({missing.name} is not installed)")
            continue
        few = 400 if "openfisca" in name else count
        inputs = [peer.prepare(case) for case in cases[:few]]
        wrong, uncited = _disagreements(peer.decide, inputs, cases[:few])
        remarks.append(f"{name}: {wrong} verdicts and {uncited} citations differ over {few} cases")
        contestants.append(Contestant(name, peer.decide, inputs))
    return Part("One article", "µs", tuple(compare(contestants)), tuple(remarks), tuple(absent))


def figures_not_met_before(count: int) -> Part:
    """The same, with the limits of every case worked out anew: nothing is remembered of figures met before."""
    cases = make_cases(count)
    book = ours.rulebook(1)
    facts = [book.read(ours.stated_facts(case)) for case in cases]
    remembered, limits.MOST_LIMITS = limits.MOST_LIMITS, 0
    try:
        rows = compare(
            [
                Contestant(HAND, decide_by_hand, cases),
                Contestant("mutandis, full decision", ours.full_decision(book), facts),
            ]
        )
    finally:
        limits.MOST_LIMITS = remembered
    return Part("One article, figures not met before", "µs", tuple(rows))


def one_among_many(articles: int, count: int) -> Part:
    """The same decision with `articles` loaded."""
    cases = make_cases(count)
    one, many = ours.rulebook(1), ours.rulebook(articles)
    stated = [ours.stated_facts(case) for case in cases]
    contestants = [
        Contestant("mutandis, 1 article", ours.full_decision(one), [one.read(raw) for raw in stated]),
        Contestant(f"mutandis, {articles} articles", ours.full_decision(many), [many.read(raw) for raw in stated]),
    ]
    absent: list[str] = []
    try:
        for peer in (cedar(1), cedar(articles)):
            contestants.append(Contestant(peer.name, peer.decide, [peer.prepare(case) for case in cases[:100]]))
    except ModuleNotFoundError as missing:
        absent.append(f"cedarpy ({missing.name} is not installed)")
    return Part(f"One of {articles} articles", "µs", tuple(compare(contestants)), absent=tuple(absent))


def all_of_many(articles: int, own: bool) -> Part:
    """Deciding over all of `articles`; with `own`, articles that have no fact in common."""
    cases = make_cases(20)
    functions = functions_by_hand(articles, own)
    book = ours.rulebook(articles, own)
    facts = [book.read(ours.stated_facts(case, articles, own)) for case in cases]
    wide = [wide_case(case, articles, own) for case in cases]
    assess = book.assess

    def by_hand(case: dict[str, object]) -> int:
        return sum([len(function(case)[1]) for function in functions])

    def by_mutandis(given: Facts) -> int:
        return sum([len(decision.citations) for decision in assess(given)])

    differ = sum(by_hand(case) != by_mutandis(given) for case, given in zip(wide, facts, strict=True))
    assert not differ, "mutandis cites otherwise than the functions written by hand"
    remarks = [f"mutandis: the number of citations differs in {differ} of {len(cases)} cases"]
    contestants = [
        Contestant(f"{articles} functions by hand", by_hand, wide),
        Contestant(f"mutandis, assess all {articles} actions", by_mutandis, facts),
    ]
    absent: list[str] = []
    try:
        # Its rules name the same few facts every time, which is the easiest it can be made.
        rules = [datalogic() for _ in range(articles)]
        inputs = [rules[0].prepare(case) for case in cases]

        def by_datalogic(case: Any) -> int:
            return sum([len(rule.decide(case)[1]) for rule in rules])

        contestants.append(Contestant(f"datalogic-py, {articles} rules", by_datalogic, inputs))
    except ModuleNotFoundError as missing:
        absent.append(f"datalogic-py ({missing.name} is not installed)")
    title = f"All of {articles} articles, {'no fact in common' if own else 'ten facts in common'}"
    return Part(title, "µs", tuple(compare(contestants)), tuple(remarks), tuple(absent))


def with_a_fact_missing(count: int) -> Part:
    """The three-valued path: the same cases with one ground not given."""
    cases = make_cases(count)
    book = ours.rulebook(1)
    full = ours.full_decision(book)
    stated = [ours.stated_facts(case) for case in cases]
    known = [book.read(raw) for raw in stated]
    missing = [book.read({name: value for name, value in raw.items() if name != ONE_FACT}) for raw in stated]
    rows = compare([Contestant("all facts known", full, known), Contestant("one ground not given", full, missing)])
    return Part("A fact missing", "µs", tuple(rows))


def tables(rows: int) -> Part:
    """One table of the shipped Act 77, with what one would write by hand for Polars."""
    from bench.tables import act_77  # Polars is an extra

    rows_of, remarks = act_77(rows)
    return Part(f"A table of {rows} rows, the shipped Act 77", "ns a row", rows_of, remarks)


def parquet(rows: int) -> Part:
    """A file of cases of the shipped Act 77, with what it takes to read it."""
    from bench.tables import parquet as timings  # Polars is an extra

    return Part(f"A file of {rows} rows, the shipped Act 77", "ns a row", timings(rows))


def shipped_rulebook() -> Part:
    """The shipped rulebook on its own cases: a decision in full, and assessing a case over all actions."""
    opened = open_rulebook(None)
    assert opened.linked.program is not None
    book = Rulebook(opened.linked.program)
    asked = [case for case in opened.cases.cases if case.ask.question == "decide"]
    matters = [(case, read_case_facts(opened.source, book.program, case).facts) for case in asked]

    def decide(matter: tuple[CaseFile, Facts]) -> object:
        decision = decide_case(book, *matter)
        return decision.verdict, decision.citations, decision.limits, decision.breaches, decision.missing

    def tell(matter: tuple[CaseFile, Facts]) -> object:
        return as_json(decide_case(book, *matter))

    def tell_anew(matter: tuple[CaseFile, Facts]) -> object:
        remembered, questions.MOST_ASKED = questions.MOST_ASKED, 0
        try:
            return tell(matter)
        finally:
            questions.MOST_ASKED = remembered

    def assess(matter: tuple[CaseFile, Facts]) -> object:
        case, facts = matter
        return book.assess(facts, at=case.at, law_as_of=case.law_as_of)

    for matter in matters:
        decide(matter)
    # Few enough for every one to be remembered, and none was asked before it is told anew; all are compiled by then.
    few = matters[:: len(matters) // 200]
    for matter in few * (Rulebook.often + 1):
        tell_anew(matter)
    rows = compare(
        [
            Contestant(f"a decision, mean of {len(matters)} cases", decide, matters),
            Contestant(f"the whole as JSON text, mean of {len(few)} cases", tell_anew, few),
            Contestant("the same, asked before", tell, few),
            Contestant("all actions assessed, mean of 50 cases", assess, matters[:: len(matters) // 50][:50]),
        ]
    )
    actions = sum(1 for component in book.program.components.values() if component.norms)
    return Part("The shipped rulebook", "µs", tuple(rows), (f"{actions} actions have norms",))


def start_up() -> Part:
    """Whole processes: a bare interpreter, importing the library, loading a bundle of the shipped rulebook."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rulebook.bundle"
        path.write_bytes(Rulebook.load().to_bundle())
        load = f"from mutandis import Rulebook; book = Rulebook.load_bundle({str(path)!r})"
        facts = "{'inmate.class': 'sentenced', 'kin.relation': 'spouse', 'kin.died': True}"
        decide = f"; book.decide('grant temporary_release', {facts})"
        rows = start_ups(
            [
                ("python, import json", "import json"),
                ("python, import mutandis", "import mutandis"),
                ("python, load the bundle", load),
                ("python, load the bundle, decide once", load + decide),
                ("python, load from YAML", "from mutandis import Rulebook; Rulebook.load()"),
            ]
        )
    return Part("Start-up", "ms", tuple(rows))


def loading(sizes: tuple[int, ...]) -> Part:
    """Reading, checking and linking YAML: time for one article at several sizes."""
    rows = []
    base: list[float] = []
    link(load_text(ours.article_files(2)))  # what reading imports and prepares once is no part of it
    for size in sizes:
        files = ours.article_files(size)
        start = time.perf_counter()
        linked = link(load_text(files))
        each = (time.perf_counter() - start) / size * 1e3
        assert linked.program is not None
        base = base or [each]
        rows.append(timing(f"{size} articles, for each", [each], base))
    return Part("Loading from YAML", "ms", tuple(rows))


def first_decisions(actions: int) -> Part:
    """The first decision on each of many actions of one rulebook: its code is made, its shape worked out."""
    book = ours.rulebook(actions)
    facts = book.read(ours.stated_facts(make_cases(1)[0], actions))
    times = []
    for n in range(actions):
        start = time.perf_counter()
        book.decide(f"grant release_{n}", facts)
        times.append((time.perf_counter() - start) * 1e3)
    rows = (
        timing("of a process, which imports what deciding takes", times[:1], times[:1]),
        timing("of a further action", times[1:], times[1:]),
    )
    return Part("First decision on an action", "ms", rows)


def large(articles: int, count: int) -> Part:
    """A rulebook of `articles`: first decision, cost of a decision, memory, and eight threads at once."""
    cases = make_cases(count)
    one = ours.rulebook(1)
    held = []
    for size in (articles // 10, articles):
        tracemalloc.start()
        book = ours.rulebook(size)
        held.append(f"{tracemalloc.get_traced_memory()[0] / size / 1024:.0f} KiB an article at {size}")
        tracemalloc.stop()
    stated = [ours.stated_facts(case) for case in cases]
    facts = [book.read(raw) for raw in stated]
    rows = compare(
        [
            Contestant("mutandis, 1 article", ours.full_decision(one), [one.read(raw) for raw in stated]),
            Contestant(f"mutandis, {articles} articles", ours.full_decision(book), facts),
        ]
    )
    others = [book.read(raw | _asked(raw, 1)) for raw in stated]
    expected = [ours.answer(book.decide("grant release_1", given)) for given in others]
    agreed: list[bool] = []

    def work() -> None:
        answers = [ours.answer(book.decide("grant release_1", given)) for given in others]
        agreed.append(answers == expected)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    same = len(agreed) == len(threads) and all(agreed)
    remarks = (
        f"memory that the allocator holds once it is loaded: {', '.join(held)}",
        f"eight threads deciding on it: {'the answers of one' if same else 'DIFFERENT ANSWERS'}",
    )
    return Part(f"{articles} articles, at scale", "µs", tuple(rows), remarks)


def _asked(facts: dict[str, Any], n: int) -> dict[str, Any]:
    return {
        f"release_{n}.days_asked": facts["release_0.days_asked"],
        f"release_{n}.days_used": facts["release_0.days_used"],
    }
