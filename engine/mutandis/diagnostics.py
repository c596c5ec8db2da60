"""What is wrong with a rulebook or a case, told so that a person can mend it.

A diagnostic has a stable code and slug from the table in `diagnostic_codes`, one line of message, a help line with the
next step, a primary span, further labelled spans and the provision. Stages gather diagnostics and return them; nobody
raises one across a stage except at the library's edge (`RulebookError`, `CaseError`).
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from mutandis.dataclass import dataclass, replace
from mutandis.errors import MutandisError as MutandisError
from mutandis.source import NOWHERE, Span


class Severity(StrEnum):
    """How bad: an error stops a load, a warning fails `check`, a note is shown."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Label:
    """A further place that matters, with what is there."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. `message` is one line, lower case, no full stop; `help` says what to do next."""

    code: str
    slug: str
    severity: Severity
    message: str
    help: str
    span: Span = NOWHERE
    labels: tuple[Label, ...] = ()
    provision: str = ""

    def __str__(self) -> str:
        place = f"{self.span}: " if self.span != NOWHERE else ""
        return f"{place}{self.severity.value} {self.code} {self.slug}: {self.message}"


def sort_diagnostics(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """By file and position, then code and message; equal ones once."""
    return tuple(
        sorted(set(diagnostics), key=lambda d: (d.span, d.code, d.message, d.help, d.provision, str(d.labels)))
    )


OF_A_NAME = frozenset(
    {
        *("unknown-name", "unknown-term", "unknown-action", "undeclared-fact", "unknown-choice", "not-a-role"),
        *("dangling-citation", "unknown-fact", "unknown-question", "value-not-listed", "unit-mismatch"),
    }
)
"""Of a name that nothing declares, or of one that is no role: alike wherever it stands."""


def gather_alike(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Diagnostics in their order, as one with all its places those of one name that is not declared, or is no role, and
    those of one provision that there is not.
    """
    found: dict[object, Diagnostic] = {}
    for one in diagnostics:
        # By the name that the message begins with: `owner`, by whom one action is done and by whom another.
        name = one.message.split("`")[1] if one.message.startswith("`") else one.message
        key = (one.slug, name, one.help) if one.slug in OF_A_NAME else one
        first = found.get(key)
        more = () if first is None else (*first.labels, Label(one.span, "and here"))
        found[key] = one if first is None else replace(first, labels=more)
    return tuple(found.values())


class DiagnosedError(MutandisError):
    """An error that carries the diagnostics that explain it, by file and position; as text, one a line."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = sort_diagnostics(diagnostics)
        super().__init__("\n".join(str(d) for d in self.diagnostics))


class RulebookError(DiagnosedError):
    """A rulebook cannot be used as it stands: `diagnostics` has everything wrong in its files, with place and help."""


class CaseError(DiagnosedError):
    """A case, or a question, is not what the vocabulary allows: `diagnostics` has everything wrong in it at once."""


class ContradictionError(CaseError):
    """A case states facts that follow otherwise from its others: `by_fact` has each that is stated, and why not."""

    def __init__(self, by_fact: Iterable[tuple[str, Diagnostic]]) -> None:
        self.by_fact = tuple(by_fact)
        super().__init__(diagnostic for _, diagnostic in self.by_fact)
