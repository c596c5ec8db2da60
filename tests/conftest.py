"""Every commit is tried on the same cases, however long they take; a run with MUTANDIS_EXAMPLES set draws anew.

Rulebooks compile at once: most tests ask a question once, and what runs everywhere else after a few is what they try.

Whoever compares or proves has the garbage collector look through everything, and here everything is 25,000 tests and
what they share: that is put aside when it is there (half of the time of a run went into looking through it).
"""

from __future__ import annotations

import gc
import os

from hypothesis import HealthCheck, settings

from mutandis import Rulebook

settings.register_profile("commit", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
if "MUTANDIS_EXAMPLES" not in os.environ:
    settings.load_profile("commit")

Rulebook.often = 0


def pytest_collection_finish() -> None:
    """The tests are gathered, and stay to the end. The rest is looked through less often, but not as seldom as the
    program does: what solvers leave would take ever new memory.
    """
    gc.set_threshold(20_000, 20, 20)
    gc.collect()
    gc.freeze()
