"""`mutandis check --deep`: which actions are asked about, and what is said of them."""

from __future__ import annotations

from collections.abc import Collection

from mutandis.api import Rulebook
from mutandis.backends.solver.terms import NoSolverError
from mutandis_tools.commands.common import check_action, ready_or_stop
from mutandis_tools.deep.findings import DeepReport
from mutandis_tools.opening import Opened
from mutandis_tools.terminal import progress, stop


def deep_check(opened: Opened, actions: Collection[str], files: Collection[str]) -> DeepReport:
    """The deep check of the rulebook, of the actions named, or of those that the files say something about."""
    for action in actions:
        check_action(action, opened)
    book: Rulebook = ready_or_stop(opened).rulebook
    chosen: Collection[str] | None = actions or None
    if files:
        rules = {rule.id for a in opened.source.articles if a.span.file in files for rule in a.rules}
        if not rules:
            stop("there are no rules in what is to be checked", "name a file of rules, a folder, or `--action`")
        components = book.program.components
        chosen = [name for name, one in components.items() if any(norm.rule in rules for norm in one.norms)]
    # Imported here: who checks without the solver does not wait for it.
    from mutandis_tools.deep.check import check_deeply

    try:
        with progress("asked about") as tell:
            return check_deeply(book, actions=chosen, told=tell, keep=True)
    except NoSolverError as missing:
        stop(str(missing))
