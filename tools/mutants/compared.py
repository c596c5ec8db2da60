"""`PYTHONPATH=tools python -m mutants.compared LAW`: whether what `diff` says of planted faults holds.

Every case that it shows is decided anew by the interpreter, under both rulebooks; of every action of which it says
that no case comes out otherwise, random complete cases are decided by both.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import islice, takewhile
from pathlib import Path

from mutandis.api import Rulebook
from mutandis.backends.solver.action import provisions_of
from mutandis.backends.solver.search import small_heap
from mutandis.diagnostics import Diagnostic, Severity
from mutandis.link.linker import link
from mutandis.link.program import Program
from mutandis.rulebook.model import Article, Source
from mutandis_tools.comparison.answers import ASPECTS, Answer, Asked, Decider, answer_of, differing
from mutandis_tools.comparison.dependence import Reads, decided_by
from mutandis_tools.comparison.drawn import as_drawn, claimed, drawn_cases
from mutandis_tools.comparison.renaming import find_renaming
from mutandis_tools.comparison.searched import cases_at_corners, near_to
from mutandis_tools.comparison.semantic import AskedAbout, Effort, SubjectDifference, compare_meaning
from mutandis_tools.comparison.variables import versions_of
from mutandis_tools.comparison.witness import Witness
from mutandis_tools.location import locate_rulebook
from mutandis_tools.opening import open_located
from mutants.operators import Mutant
from mutants.run import Planter

SEARCHED = 100
"""How many cases are tried where nothing is proved: what is only searched is not claimed, and not doubted."""


BATCH = 50
"""After so many comparisons what is left of them is looked for."""


@dataclass
class Compared:
    """What was said of faults planted together: how many actions of each standing, cases shown and tried, and what
    does not hold.

    `refused` are those with which the rulebook does not link, so that `diff` has nothing to say; they are not planted.
    """

    planted: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    standings: Counter[str] = field(default_factory=Counter)
    proved: list[str] = field(default_factory=list)
    witnesses: int = 0
    tried: int = 0
    faults: list[str] = field(default_factory=list)


class Doubter:
    """One law of a rulebook, and what `diff` says of faults planted in it."""

    def __init__(self, planter: Planter, cases: int) -> None:
        """Raises `ValueError` where the rulebook does not link before anything is planted."""
        self.planter, self.cases = planter, cases
        program = link(planter.source, planter.locks).program
        if program is None:
            raise ValueError("before anything is planted: nothing links")
        self.old = Rulebook(program)

    def compared(self, mutants: Sequence[Mutant]) -> Compared:
        """Plant them, each in a file of its own, compare, and doubt every answer."""
        found = Compared()
        articles: dict[str, tuple[Article, ...]] = {}
        for mutant in mutants:
            read = self.planter.read(mutant)
            if not isinstance(read, Diagnostic):
                articles[mutant.file] = read
        planted, program = self._linked(articles)
        for mutant in mutants:
            (found.planted if mutant.file in articles else found.refused).append(name_of(mutant))
        if program is None:
            return found
        new, words = Rulebook(program), planted.vocabulary
        renaming = find_renaming(self.planter.source.articles, planted.articles, words, words)
        doubt = _Doubt(found, (self.old.program, program), self.cases, " ".join(found.planted))
        compare_meaning(self.old, new, renaming=renaming, effort=Effort(cases=SEARCHED), doubt=doubt)
        return found

    def _linked(self, articles: dict[str, tuple[Article, ...]]) -> tuple[Source, Program | None]:
        """The rulebook with these files, as many as link: what is refused is taken out of them."""
        while articles:
            planted = self.planter.with_articles(articles)
            linked = link(planted, self.planter.locks)
            errors = [one for one in linked.diagnostics if one.severity is Severity.ERROR]
            if linked.program is not None and not errors:
                return planted, linked.program
            named = {one.span.file for one in errors if one.span is not None} & set(articles)
            for file in named or set(articles):
                del articles[file]
        return self.planter.source, None


class _Doubt:
    """Doubts one answer after another, of those about two programs, and writes down in `found` what does not hold."""

    def __init__(self, found: Compared, programs: tuple[Program, Program], count: int, seed: str) -> None:
        self._found, self._count, self._seed = found, count, seed
        self._programs = programs
        self._reads = [Reads(program) for program in programs]

    @cached_property
    def _provisions(self) -> tuple[str, ...]:
        return provisions_of(self._programs)

    def __call__(self, said: SubjectDifference, decider: Decider, asked: Sequence[AskedAbout]) -> None:
        """Decide what is shown by the interpreter; try what is said to be the same on random complete cases."""
        found = self._found
        found.standings[said.standing] += 1
        for witness in said.witnesses:
            found.witnesses += 1
            if witness.aspect not in differing(*_by_interpreter(decider, witness)):
                found.faults.append(f"not confirmed: {said.name}: {witness.aspect} in {witness.case}")
        if said.standing != "proved":
            return
        found.proved.append(said.name)
        is_claimed = {"value"} if decider.subject[0] == "fact" else {*ASPECTS}
        tried = self._at_corners(decider) if decider.subject[0] == "fact" else self._drawn(decider, asked)
        for case, claim in tried:
            found.tried += 1
            if is_claimed.intersection(differing(*decider.answers(case))) and claim() is not None:
                found.faults.append(f"falsely proved: {said.name}: {case}")
                break

    def _at_corners(self, decider: Decider) -> Iterator[tuple[Asked, Callable[[], object]]]:
        """Complete cases about the value of a fact, spread over the versions of the law: of others nothing is said."""
        sides = list(zip(self._reads, (decider.old_subject, decider.subject), strict=True))
        days = versions_of(sides)
        for day in days:
            on = dt.date.max if day is None else day
            lowered = [(reader.program, one) for reader, subject in sides for one in decided_by(reader, subject, on)]
            corners = cases_at_corners(
                lowered, -(-self._count // len(days)), f"{self._seed} {decider.subject[1]}", self._provisions
            )
            yield from ((replace(case, law_as_of=day), lambda: True) for case in corners)

    def _drawn(self, decider: Decider, asked: Sequence[AskedAbout]) -> Iterator[tuple[Asked, Callable[[], object]]]:
        """Complete cases about an action, spread over the versions asked about, and what tells whether it is about one.

        Working out that in terms costs ten times what deciding the case does, so only a case that is decided otherwise
        is looked at.
        """
        rng = random.Random(f"{self._seed} {decider.subject[1]}")
        for version in asked:
            outcomes = version.questions.outcomes
            on = dt.date.max if version.day is None else version.day
            sides = zip(self._reads, (decider.old_subject, decider.subject), strict=True)
            near = near_to(one for reader, subject in sides for one in decided_by(reader, subject, on))
            for drawn in drawn_cases(version.case, outcomes, near, -(-self._count // len(asked)), rng):
                case = Asked(*version.case.read_case(as_drawn(drawn)))
                yield replace(case, law_as_of=version.day), partial(claimed, version.case, outcomes, drawn)


def name_of(mutant: Mutant) -> str:
    """Where it is and what it changes."""
    return f"{mutant.file}:{mutant.line}: {mutant.kind}: {mutant.was}  ->  {mutant.became}"


def in_groups(mutants: Iterable[Mutant], size: int) -> Iterator[list[Mutant]]:
    """So many at a time, no two in one file; the order is kept but for those that have to wait."""
    waiting = list(mutants)
    while waiting:
        group: dict[str, Mutant] = {}
        later: list[Mutant] = []
        for number, mutant in enumerate(waiting):
            if len(group) == size:
                later += waiting[number:]
                break
            if mutant.file in group:
                later.append(mutant)
            else:
                group[mutant.file] = mutant
        yield list(group.values())
        waiting = later


def _by_interpreter(decider: Decider, witness: Witness) -> tuple[Answer, Answer]:
    case, place, (kind, name) = witness.case, decider.renaming.old_place, decider.subject
    if kind == "fact":  # the interpreter decides about actions
        return decider.answers(case)
    before = decider.renaming.facts_before(case.facts)
    old, new = (
        book.decide(
            name, facts, at=case.at, law_as_of=case.law_as_of, by=case.by, holidays=(), trusted=True, reference=True
        )
        for book, facts in ((decider.old, before), (decider.new, case.facts))
    )
    return answer_of(old), answer_of(new, place)


def main() -> None:
    """Plant faults one by one and doubt what `diff` says of each. Ends with 1 where anything does not hold."""
    Rulebook.often = 0  # what is compiled is held against what is walked
    parser = argparse.ArgumentParser(prog="python -m mutants.compared", description=main.__doc__)
    parser.add_argument("law", help="the law in whose rules faults are planted")
    parser.add_argument("--count", type=int, default=100, help="how many")
    parser.add_argument("--cases", type=int, default=1000, help="how many cases of each action said to be the same")
    parser.add_argument("--together", type=int, default=1, help="how many are planted at once, each in another file")
    parser.add_argument("--seed", type=int, default=1, help="which ones")
    parser.add_argument("--alone", action="store_true", help="leave out the other laws: faster, if none is needed")
    parser.add_argument("--rulebook", type=Path, default=None, help="the rulebook's folder")
    parser.add_argument("--saved", type=Path, help="where a line for each fault is kept: the next run goes on there")
    parser.add_argument("--seconds", type=float, default=0, help="stop after so long; 0: go on to the end")
    asked = parser.parse_args()
    started = time.monotonic()
    planter = Planter(open_located(locate_rulebook(asked.rulebook)), asked.law, alone=asked.alone)
    doubter = Doubter(planter, asked.cases)
    kept = asked.saved.read_text(encoding="utf-8").splitlines() if asked.saved and asked.saved.exists() else []
    done = [Compared(**{**one, "standings": Counter(one["standings"])}) for one in map(json.loads, kept)]
    seen = {name for one in done for name in (*one.planted, *one.refused)}
    chosen = [one for one in planter.mutants(asked.seed)[: asked.count] if name_of(one) not in seen]
    groups = in_groups(chosen, asked.together)

    def has_time(*_: object) -> bool:
        return not asked.seconds or time.monotonic() - started <= asked.seconds

    while has_time() and (batch := list(islice(groups, BATCH))):
        with small_heap():  # what none of them changes is not looked through for each
            for group in takewhile(has_time, batch):
                done.append(doubter.compared(group))
                for fault in done[-1].faults:
                    print(fault, *done[-1].planted, sep="\n  ", flush=True)
                if asked.saved:
                    with asked.saved.open("a", encoding="utf-8") as saved:
                        saved.write(json.dumps(vars(done[-1]), ensure_ascii=False) + "\n")
    told = sum((one.standings for one in done), Counter[str]())
    faults = sum(len(one.faults) for one in done)
    refused = sum(len(one.refused) for one in done)
    print(
        f"{sum(len(one.planted) for one in done):,} faults planted, {refused:,} refused by `check`; "
        f"actions: {dict(told)}; "
        f"{sum(one.witnesses for one in done)} cases shown, all but the faults told above confirmed; "
        f"{sum(one.tried for one in done):,} cases tried of what was proved; {faults} answers do not hold"
    )
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
