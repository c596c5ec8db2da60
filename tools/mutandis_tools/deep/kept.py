"""What deep checks found before: of an action or a definition that a change cannot reach nothing is asked again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from mutandis.bundle.records import RecordError
from mutandis.dataclass import dataclass
from mutandis_tools.comparison.dependence import Reads
from mutandis_tools.comparison.records import case_of, case_record, depended_on
from mutandis_tools.deep.findings import DeepFinding
from mutandis_tools.store.proofs import Proofs


@dataclass(slots=True)
class Found:
    """What was found of one action or definition.

    `matters` has, of the questions asked about, whether the answer does; `questions` are all that it reads.
    """

    findings: list[DeepFinding] = field(default_factory=list)
    disjoint: int = 0
    open_: str = ""
    bounds: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    matters: dict[str, bool] = field(default_factory=dict)


class KeptFindings:
    """What was found of the parts of one program, by a hash of all that decides about them."""

    __slots__ = ("_proofs", "_provisions", "_reads", "_steps")

    def __init__(self, reads: Reads, provisions: tuple[str, ...], steps: int) -> None:
        self._proofs, self._reads, self._provisions, self._steps = Proofs("deep"), reads, provisions, steps

    def fetch(self, subject: tuple[str, str], matters: Mapping[str, bool]) -> Found | None:
        """What was found; None where it was not asked about as it is, or not about each question still open."""
        kept = self._proofs.fetch(self._key(subject))
        if kept is None:
            return None
        found = _found_of(kept)
        open_ = [name for name in found.questions if name not in found.matters and not matters.get(name)]
        return None if open_ else found

    def keep(self, subject: tuple[str, str], found: Found) -> None:
        """Keep what was found; what has no record is found again."""
        try:
            self._proofs.keep(self._key(subject), _record(found))
        except RecordError:
            return

    def save(self) -> None:
        """Write it."""
        self._proofs.save()

    def _key(self, subject: tuple[str, str]) -> str:
        return self._proofs.key(list(subject), depended_on(self._reads, subject, self._provisions), self._steps)


def _record(found: Found) -> object:
    findings = [
        [f.kind, f.subject, f.provision, f.text, f.sure, f.case and case_record(f.case), list(f.cites), f.other]
        for f in found.findings
    ]
    return [findings, found.disjoint, found.open_, list(found.bounds), list(found.questions), found.matters]


def _found_of(record: Any) -> Found:
    findings, disjoint, open_, bounds, questions, matters = record
    read = [
        DeepFinding(kind, subject, provision, text, sure, None if case is None else case_of(case), tuple(cites), other)
        for kind, subject, provision, text, sure, case, cites, other in findings
    ]
    return Found(read, disjoint, open_, tuple(bounds), tuple(questions), dict(matters))
