"""`python -m mutants.forked JOBS UNTIL TEST...`: plant faults in functions of what is imported already, each in a fork.

The tests are gathered once. For each fault a process is forked, in which the code of the functions is that with the
fault, and runs the tests that reach it until one fails. For every line of JOBS (`file`, `number`, `tests`, and the
`seconds` these take, as JSON) it writes one: `found`, `not found`, or `elsewhere` for a fault that is not inside a
function. No fault is begun after UNTIL, in seconds since 1970.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any, Final

import pytest

from mutants.code_operators import planted

SECONDS: Final = 10
"""Processor time after which a fault is found, besides five times what its tests take without it: it has no end."""
_VERDICTS: Final = {0: "not found", 3: "elsewhere"}
_IS_FUNCTION: Final = 0x02
"""The flag of code that has locals of its own."""


def functions_changed(old: CodeType, new: CodeType) -> list[tuple[CodeType, CodeType]] | None:
    """The functions of a module that differ, outermost first; None where something outside functions differs too."""
    if old.co_flags & _IS_FUNCTION:
        return [] if old == new else [(old, new), *_inside(old, new)]
    if _apart_from_functions(old) != _apart_from_functions(new):
        return None
    found: list[tuple[CodeType, CodeType]] = []
    for one, other in zip(_codes(old), _codes(new), strict=True):
        inner = functions_changed(one, other)
        if inner is None:
            return None
        found += inner
    return found


def _inside(old: CodeType, new: CodeType) -> Iterator[tuple[CodeType, CodeType]]:
    """The functions within a function that differ, as far as they stand in the same order."""
    ones, others = _codes(old), _codes(new)
    for one, other in zip(ones, others, strict=True) if len(ones) == len(others) else ():
        if one != other:
            yield one, other
            yield from _inside(one, other)


def _codes(code: CodeType) -> list[CodeType]:
    return [const for const in code.co_consts if isinstance(const, CodeType)]


def _apart_from_functions(code: CodeType) -> tuple[object, ...]:
    consts = tuple(None if isinstance(const, CodeType) else (type(const), const) for const in code.co_consts)
    return code.co_code, consts, code.co_names


def plant(file: str, number: int) -> bool:
    """Give every function that is changed its new code; False where the fault cannot be planted so."""
    source, path = Path(file).read_text("utf-8"), str(Path(file).resolve())
    changed = functions_changed(compile(source, path, "exec"), compile(planted(source, number), path, "exec"))
    if not changed:
        return False
    by_place = {(old.co_qualname, old.co_firstlineno): new for old, new in changed}
    is_planted = False
    for one in gc.get_objects():
        if type(one) is FunctionType and one.__code__.co_filename == path:
            new = by_place.get((one.__code__.co_qualname, one.__code__.co_firstlineno))
            if new is not None:
                try:
                    one.__code__ = new
                except ValueError:  # it closes over something else
                    return False
                is_planted = True
    return is_planted  # not where the module is imported by the tests themselves


class _Forking:
    """Runs the tests of each job in place of the tests that were gathered."""

    def __init__(self, jobs: list[str], until: float, out: Path) -> None:
        self.jobs, self.until, self.out = jobs, until, out

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """One fork for each job; the tests of the parent never run."""
        items = {item.nodeid: item for item in session.items}
        gc.collect()
        gc.freeze()  # what is there is not walked, and not copied, in each fork
        with self.out.open("w", encoding="utf-8") as out:
            for line in self.jobs:
                if time.time() > self.until:
                    break
                job = json.loads(line)
                pid = os.fork()
                if not pid:
                    os._exit(_run(session, job, [items[test] for test in job["tests"]]))
                ended = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
                out.write(_VERDICTS.get(ended, "found") + "\n")
                out.flush()
        return True


def _run(session: pytest.Session, job: dict[str, Any], items: list[pytest.Item]) -> int:
    """In a fork: plant and run until a test fails. 0: none does; 1: one does; 3: cannot be planted here."""
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    most = SECONDS + int(5 * job["seconds"])
    resource.setrlimit(resource.RLIMIT_CPU, (most, most + 10))
    gc.unfreeze()
    try:
        if not plant(job["file"], job["number"]):
            return 3
        for item, following in zip(items, [*items[1:], None], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if session.testsfailed:
                return 1
    except BaseException:  # whatever it is: without the fault it was not raised
        return 1
    return 0


def main() -> None:
    """Plant one by one, and write what came of each beside the jobs."""
    jobs, until, *tests = sys.argv[1:]
    lines = Path(jobs).read_text("utf-8").splitlines()
    forking = _Forking(lines, float(until), Path(f"{jobs}.out"))
    sys.exit(pytest.main(["-q", "-p", "no:cacheprovider", *tests], plugins=[forking]))


if __name__ == "__main__":
    main()
