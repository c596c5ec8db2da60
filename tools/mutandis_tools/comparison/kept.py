"""What comparisons of actions found before: of an action that an amendment cannot reach nothing is asked again."""

from __future__ import annotations

import datetime as dt

from mutandis.backends.solver.action import provisions_of
from mutandis.bundle.records import RecordError
from mutandis.link.program import Program
from mutandis_tools.comparison.dependence import Node, Reads
from mutandis_tools.comparison.records import depended_on, difference_of, difference_record
from mutandis_tools.comparison.renaming import Renaming
from mutandis_tools.comparison.semantic import Effort, SubjectDifference
from mutandis_tools.store.proofs import Proofs


class KeptDifferences:
    """What was found of actions and facts of two programs, by a hash of all that both decide or give them by."""

    __slots__ = ("_asked", "_proofs", "_provisions", "_reads", "_renaming")

    def __init__(
        self, old: Program, new: Program, renaming: Renaming, effort: Effort, days: tuple[dt.date, dt.date] | None
    ) -> None:
        self._proofs = Proofs("differences")
        self._reads = Reads(old), Reads(new)
        self._provisions = provisions_of((old, new))
        self._renaming = renaming
        told = [day.isoformat() for day in days or ()]
        # Who counts as whom, where it is asked about one bearer.
        kinds = [{name: term.kind_of for name, term in one.vocabulary.terms.items() if term.role} for one in (old, new)]
        self._asked = [dict(renaming.places), dict(renaming.facts), effort.steps, effort.cases, told, kinds]

    def fetch(self, subject: Node) -> SubjectDifference | None:
        """What was found of the action or fact; None where it was not asked about as it is."""
        kept = self._proofs.fetch(self._key(subject))
        return None if kept is None else difference_of(subject, kept)

    def keep(self, found: SubjectDifference) -> None:
        """Keep what was found; what has no record is found again."""
        try:
            self._proofs.keep(self._key(found.subject), difference_record(found))
        except RecordError:
            return

    def save(self) -> None:
        """Write it."""
        self._proofs.save()

    def _key(self, subject: Node) -> str:
        kind, name = subject
        called = self._renaming.old_fact(name) if kind == "fact" else name
        sides = zip(self._reads, ((kind, called), subject), strict=True)
        return self._proofs.key(name, [depended_on(reads, one, self._provisions) for reads, one in sides], self._asked)
