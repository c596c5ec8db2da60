"""Reading a rulebook beside another: a case file that both have in the same words is not read again."""

from __future__ import annotations

from mutandis.rulebook.case_file import CaseFile, CasesRead
from mutandis.rulebook.rereading import Rereading, content_of
from mutandis_tools.store.records import StoredCases


class KnownCases(Rereading):
    """What the case files of another rulebook were read as; what a file is read as depends on its text alone."""

    __slots__ = ("_known", "_texts")

    def __init__(self, other: CasesRead | StoredCases) -> None:
        super().__init__()
        self._texts = other.files
        self._known: dict[str, list[CaseFile]] = {}
        for case in other.cases:
            self._known.setdefault(case.span.file, []).append(case)
        for fault in other.diagnostics:
            self._known.pop(fault.span.file, None)

    def cases(self, data: bytes | str, name: str) -> CasesRead:
        """The cases of the file."""
        known, content = self._known.get(name), content_of(data)
        if known is None or content != self._texts[name]:
            return super().cases(data, name)
        return CasesRead(tuple(known), (), {name: self._texts[name]})
