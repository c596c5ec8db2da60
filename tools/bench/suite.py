"""What is measured: each part of the report is one function from nothing to rows."""

from __future__ import annotations

import tempfile
import threading
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench import ours
from bench.measure import Contestant, Timing, compare, start_ups
from bench.peers import MAKERS, cedar
from bench.policy import Answer, Case, decide_by_hand, make_cases
from mutandis.api import Rulebook
from mutandis.link.linker import link
from mutandis.rulebook.load import load_text

HAND = "hand-written function"
ONE_FACT = "inmate.ground_3"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the report: its rows, what stands beside them, and engines that were not there."""

    title: str
    unit: str
    rows: tuple[Timing, ...]
    remarks: tuple[str, ...] = ()
    absent: tuple[str, ...] = field(default=())


def _disagreements(decide: Callable[[Any], Answer], inputs: list[Any], cases: list[Case]) -> tuple[int, int]:
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
    facts = [ours.native_facts(case) for case in cases]
    full = ours.full_decision(book)
    contestants = [
        Contestant(HAND, lambda case: decide_by_hand(case), cases),
        Contestant("mutandis, full decision", full, facts),
        Contestant("mutandis, facts checked each time", lambda f: book.decide("grant release_0", f), facts),
    ]
    remarks: list[str] = []
    absent: list[str] = []
    wrong, uncited = _disagreements(lambda f: ours.answer(full(f)), facts, cases)
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


def with_many_articles(articles: int, count: int) -> Part:
    """The same decision with `articles` loaded, and deciding over all of them."""
    cases = make_cases(count)
    one, many = ours.rulebook(1), ours.rulebook(articles)
    facts = [ours.native_facts(case) for case in cases]
    full_one, full_many = ours.full_decision(one), ours.full_decision(many)
    actions = [f"grant release_{n}" for n in range(articles)]
    decide = many.decide
    wide = [ours.native_facts(case, articles) for case in cases[:20]]

    def all_of_them(given: dict[str, Any]) -> int:
        return sum(len(decide(action, given, trusted=True).citations) for action in actions)

    def all_by_hand(case: Case) -> int:
        return sum(len(decide_by_hand(case)[1]) for _ in actions)

    contestants = [
        Contestant("mutandis, 1 article", full_one, facts),
        Contestant(f"mutandis, {articles} articles", full_many, facts),
    ]
    absent: list[str] = []
    try:
        for peer in (cedar(1), cedar(articles)):
            contestants.append(Contestant(peer.name, peer.decide, [peer.prepare(case) for case in cases[:100]]))
    except ModuleNotFoundError as missing:
        absent.append(f"cedarpy ({missing.name} is not installed)")
    rows = compare(contestants)
    rows += compare(
        [
            Contestant(f"{articles} functions by hand", all_by_hand, cases[:20]),
            Contestant(f"mutandis, all {articles} actions", all_of_them, wide),
        ]
    )
    return Part(f"{articles} articles", "µs", tuple(rows), absent=tuple(absent))


def with_a_fact_missing(count: int) -> Part:
    """The three-valued path: the same cases with one ground not given."""
    cases = make_cases(count)
    full = ours.full_decision(ours.rulebook(1))
    known = [ours.native_facts(case) for case in cases]
    missing = [{name: value for name, value in facts.items() if name != ONE_FACT} for facts in known]
    rows = compare([Contestant("all facts known", full, known), Contestant("one ground not given", full, missing)])
    return Part("A fact missing", "µs", tuple(rows))


def start_up() -> Part:
    """Whole processes: a bare interpreter, importing the library, loading a bundle of the shipped rulebook."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rulebook.bundle"
        path.write_bytes(Rulebook.load().to_bundle())
        load = f"from mutandis import Rulebook; Rulebook.load_bundle({str(path)!r})"
        rows = start_ups(
            [
                ("python, import json", "import json"),
                ("python, import mutandis", "import mutandis"),
                ("python, load the bundle", load),
                ("python, load from YAML", "from mutandis import Rulebook; Rulebook.load()"),
            ]
        )
    return Part("Start-up", "ms", tuple(rows))


def loading(sizes: tuple[int, ...]) -> Part:
    """Reading, checking and linking YAML: time for one article at several sizes."""
    rows = []
    base = 0.0
    for size in sizes:
        files = ours.article_files(size)
        start = time.perf_counter()
        linked = link(load_text(files))
        each = (time.perf_counter() - start) / size * 1e3
        assert linked.program is not None
        base = base or each
        rows.append(Timing(f"{size} articles, for each", each, each, each, each / base))
    return Part("Loading from YAML", "ms", tuple(rows))


def large(articles: int, count: int) -> Part:
    """A rulebook of `articles`: first decision, cost of a decision, memory, and eight threads at once."""
    cases = make_cases(count)
    facts = [ours.native_facts(case) for case in cases]
    small = ours.full_decision(ours.rulebook(1))
    files = ours.article_files(articles)
    tracemalloc.start()
    book = ours.rulebook(articles)
    memory = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    start = time.perf_counter()
    book.decide("grant release_0", facts[0], trusted=True)
    first = (time.perf_counter() - start) * 1e3
    rows = compare(
        [
            Contestant("mutandis, 1 article", small, facts),
            Contestant(f"mutandis, {articles} articles", ours.full_decision(book), facts),
        ]
    )
    expected = [ours.answer(book.decide("grant release_1", f | _asked(f, 1), trusted=True)) for f in facts]
    agreed: list[bool] = []

    def work() -> None:
        answers = [ours.answer(book.decide("grant release_1", f | _asked(f, 1), trusted=True)) for f in facts]
        agreed.append(answers == expected)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    size = sum(len(text) for text in files.values())
    remarks = (
        f"first decision on an action (compiled on demand): {first:.1f} ms",
        f"memory of the loaded rulebook: {memory / 2**20:.0f} MiB, {memory / articles / 1024:.1f} KiB an article "
        f"({size / 2**20:.1f} MiB of YAML)",
        f"eight threads deciding on it: {'the answers of one' if all(agreed) else 'DIFFERENT ANSWERS'}",
    )
    return Part(f"{articles} articles, at scale", "µs", tuple(rows), remarks)


def _asked(facts: dict[str, Any], n: int) -> dict[str, Any]:
    return {
        f"release_{n}.days_asked": facts["release_0.days_asked"],
        f"release_{n}.days_used": facts["release_0.days_used"],
    }
