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
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from mutandis.api import Rulebook
from mutandis.backends.solver.action import Lowering, provisions_of
from mutandis.diagnostics import Diagnostic, Severity
from mutandis.ir.component import lower_component
from mutandis.link.linker import link
from mutandis_tools.comparison.answers import Answer, Asked, Decider, answer_of, differing
from mutandis_tools.comparison.dependence import Reads
from mutandis_tools.comparison.drawn import drawn_cases
from mutandis_tools.comparison.renaming import Renaming, find_renaming
from mutandis_tools.comparison.searched import near_to
from mutandis_tools.comparison.semantic import compare_meaning
from mutandis_tools.comparison.variables import case_about, versions_of
from mutandis_tools.comparison.witness import Witness
from mutandis_tools.location import locate_rulebook
from mutandis_tools.opening import open_located
from mutants.operators import Mutant
from mutants.run import Bench


@dataclass
class Compared:
    """What was said of one mutant: how many actions of each standing, cases shown and tried, and what does not hold.

    `refused` where the rulebook does not link with it, so that `diff` has nothing to say.
    """

    mutant: str
    refused: bool = False
    standings: Counter[str] = field(default_factory=Counter)
    witnesses: int = 0
    tried: int = 0
    faults: list[str] = field(default_factory=list)


class Doubter:
    """One law of a rulebook, and what `diff` says of faults planted in it."""

    def __init__(self, bench: Bench, cases: int) -> None:
        self.bench, self.cases = bench, cases
        program = link(bench.source, bench.locks).program
        assert program is not None  # as the bench has found
        self.old = Rulebook(program)

    def compared(self, mutant: Mutant) -> Compared:
        """Plant it, compare, and doubt every answer."""
        found = Compared(f"{mutant.file}:{mutant.line}: {mutant.kind}: {mutant.was}  ->  {mutant.became}")
        planted = self.bench.planted(mutant)
        linked = None if isinstance(planted, Diagnostic) else link(planted, self.bench.locks)
        if isinstance(planted, Diagnostic) or linked is None or linked.program is None or _broken(linked.diagnostics):
            found.refused = True
            return found
        new, words = Rulebook(linked.program), planted.vocabulary
        renaming = find_renaming(self.bench.source.articles, planted.articles, words, words)
        for one in compare_meaning(self.old, new, renaming=renaming).actions:
            found.standings[one.standing] += 1
            decider = Decider(self.old, new, one.action, renaming)
            for witness in one.witnesses:
                found.witnesses += 1
                if witness.aspect not in differing(*_by_interpreter(decider, witness)):
                    found.faults.append(f"not confirmed: {one.action}: {witness.aspect} in {witness.case}")
            if one.standing == "proved":
                for case in self._cases(decider, mutant):
                    found.tried += 1
                    if differing(*decider.answers(case)):
                        found.faults.append(f"falsely proved: {one.action}: {case}")
                        break
        return found

    def _cases(self, decider: Decider, mutant: Mutant) -> Iterator[Asked]:
        """Complete cases about one action, spread over the versions of the law."""
        programs = decider.old.program, decider.new.program
        days = versions_of([Reads(program) for program in programs], decider.action)
        provisions, rng = provisions_of(programs), random.Random(f"{mutant.file} {mutant.line} {decider.action}")
        for day in days:
            on = dt.date.max if day is None else day
            case = case_about(programs, decider.action, (on, on), provisions)
            outcomes = [
                Lowering(program, on, case, names).outcome(decider.action)
                for program, names in zip(programs, (decider.renaming.facts, Renaming().facts), strict=True)
            ]
            near = near_to(lower_component(p, p.components[decider.action], on, deadlines=True) for p in programs)
            for value_of in drawn_cases(case, outcomes, near, -(-self.cases // len(days)), rng):
                yield replace(Asked(*case.read_case(value_of)), law_as_of=day)


def _broken(diagnostics: tuple[Diagnostic, ...]) -> bool:
    return any(one.severity is Severity.ERROR for one in diagnostics)


def _by_interpreter(decider: Decider, witness: Witness) -> tuple[Answer, Answer]:
    case, place = witness.case, decider.renaming.old_place
    named_before = {new: old for old, new in decider.renaming.facts.items()}
    before = {named_before.get(name, name): value for name, value in case.facts.items()}
    old, new = (
        book.decide(
            decider.action, facts, at=case.at, law_as_of=case.law_as_of, holidays=(), trusted=True, reference=True
        )
        for book, facts in ((decider.old, before), (decider.new, case.facts))
    )
    return answer_of(old), answer_of(new, place)


def main() -> None:
    """Plant faults one by one and doubt what `diff` says of each. Ends with 1 where anything does not hold."""
    parser = argparse.ArgumentParser(prog="python -m mutants.compared", description=main.__doc__)
    parser.add_argument("law", help="the law in whose rules faults are planted")
    parser.add_argument("--count", type=int, default=100, help="how many")
    parser.add_argument("--cases", type=int, default=1000, help="how many cases of each action said to be the same")
    parser.add_argument("--seed", type=int, default=1, help="which ones")
    parser.add_argument("--alone", action="store_true", help="leave out the other laws: faster, if none is needed")
    parser.add_argument("--rulebook", type=Path, default=None, help="the rulebook's folder")
    parser.add_argument("--saved", type=Path, help="where a line for each fault is kept: the next run goes on there")
    parser.add_argument("--seconds", type=float, default=0, help="stop after so long; 0: go on to the end")
    asked = parser.parse_args()
    started = time.monotonic()
    bench = Bench(open_located(locate_rulebook(asked.rulebook)), asked.law, None, alone=asked.alone)
    doubter = Doubter(bench, asked.cases)
    kept = asked.saved.read_text(encoding="utf-8").splitlines() if asked.saved and asked.saved.exists() else []
    done = [Compared(**{**one, "standings": Counter(one["standings"])}) for one in map(json.loads, kept)]
    seen = {one.mutant for one in done}
    for mutant in bench.mutants(asked.seed)[: asked.count]:
        if asked.seconds and time.monotonic() - started > asked.seconds:
            break
        name = f"{mutant.file}:{mutant.line}: {mutant.kind}: {mutant.was}  ->  {mutant.became}"
        if name in seen:
            continue
        done.append(doubter.compared(mutant))
        for fault in done[-1].faults:
            print(f"{done[-1].mutant}: {fault}", flush=True)
        if asked.saved:
            with asked.saved.open("a", encoding="utf-8") as saved:
                saved.write(json.dumps(vars(done[-1]), ensure_ascii=False) + "\n")
    told = sum((one.standings for one in done), Counter[str]())
    faults = sum(len(one.faults) for one in done)
    print(
        f"{len(done)} faults planted, {sum(one.refused for one in done)} refused by `check`; actions: {dict(told)}; "
        f"{sum(one.witnesses for one in done)} cases shown, all but the faults told above confirmed; "
        f"{sum(one.tried for one in done):,} cases tried of what was proved; {faults} answers do not hold"
    )
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
