"""Rules, cases and findings as records of JSON's own types, and back.

Expressions and the parts of rules are written as bundles write them, without their places; what the tools point to (an
article, a rule, a case, its facts, a finding) keeps its place. `Articles` and `StoredCases` decode what is looked at.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, overload

from mutandis.bundle.container import Container
from mutandis.bundle.records import decode
from mutandis.bundle.written import encode
from mutandis.citation import CitationRange, parse_citation, parse_citation_range
from mutandis.diagnostics import Diagnostic, Label, Severity
from mutandis.rulebook.case_file import CaseFile, CasesRead
from mutandis.rulebook.case_question import Ask, Expectation, ExpectedLimit
from mutandis.rulebook.model import Article, Excuse
from mutandis.source import NOWHERE, Span

# --- findings ---------------------------------------------------------------------------------------------------------


def finding_record(found: Diagnostic) -> object:
    """A diagnostic, with its places in full."""
    labels = [[list(label.span), label.text] for label in found.labels]
    severity = found.severity.value
    return [found.code, found.slug, severity, found.message, found.help, list(found.span), labels, found.provision]


def finding_of(record: Any) -> Diagnostic:
    """The diagnostic that was written so."""
    code, slug, severity, message, help, span, labels, provision = record
    read = tuple(Label(Span(*place), text) for place, text in labels)
    return Diagnostic(code, slug, Severity(severity), message, help, Span(*span), read, provision)


# --- files ------------------------------------------------------------------------------------------------------------


class Texts(Mapping[str, str]):
    """The texts of files below a folder, by their names in it, each read when it is looked at."""

    __slots__ = ("_names", "_root")

    def __init__(self, root: Path, names: Iterable[str]) -> None:
        self._root = root
        self._names = dict.fromkeys(names)

    def __getitem__(self, name: str) -> str:
        if name not in self._names:
            raise KeyError(name)
        try:
            text = (self._root / name).read_bytes().decode("utf-8", errors="replace")
        except OSError:  # taken away while the program runs: a finding is then shown without its line
            return ""
        return text.replace("\r\n", "\n")

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


# --- articles ---------------------------------------------------------------------------------------------------------


def article_sections(articles: Iterable[Article]) -> dict[str, dict[str, object]]:
    """The articles as a section of records by law and number."""
    return {"articles": {f"{a.law}/{a.number}": _article_record(a) for a in articles}}


def _article_record(article: Article) -> object:
    file = article.span.file
    rules = [[encode(rule), _place(rule.span)] for rule in article.rules]
    gaps = [[str(place), reason] for place, reason in article.not_modelled]
    excused = [
        [str(one.at), one.quantity, [str(cited) for cited in one.references], one.reason, _place(one.span)]
        for one in article.excused
    ]
    return [article.law, article.number, article.title, file, _place(article.span), rules, gaps, excused]


class Articles(Sequence[Article]):
    """The articles of a rulebook in their order, each decoded when it is first looked at."""

    __slots__ = ("_container", "_names", "_read")

    def __init__(self, container: Container) -> None:
        self._container = container
        self._names = container.names("articles")
        self._read: dict[str, Article] = {}

    def find(self, law: str, number: str) -> Article | None:
        """The article with this number; None where the rulebook has none."""
        name = f"{law}/{number}"
        return self._of(name) if name in self._names else None

    def __len__(self) -> int:
        return len(self._names)

    @overload
    def __getitem__(self, index: int) -> Article: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Article]: ...

    def __getitem__(self, index: int | slice) -> Article | Sequence[Article]:
        if isinstance(index, slice):
            return tuple(self._of(name) for name in self._names[index])
        return self._of(self._names[index])

    def __iter__(self) -> Iterator[Article]:
        return map(self._of, self._names)

    def _of(self, name: str) -> Article:
        found = self._read.get(name)
        if found is None:
            found = self._read[name] = _article_of(self._container.record("articles", name))
        return found


def _article_of(record: Any) -> Article:
    law, number, title, file, place, rules, gaps, excused = record
    read = tuple(replace(decode(rule), span=_span(file, where)) for rule, where in rules)
    gaps_read = tuple((parse_citation(citation), reason) for citation, reason in gaps)
    excuses = tuple(
        Excuse(parse_citation(at), quantity, tuple(map(parse_citation_range, cited)), reason, _span(file, where))
        for at, quantity, cited, reason, where in excused
    )
    return Article(law, number, title, read, gaps_read, excuses, _span(file, place))


# --- cases ------------------------------------------------------------------------------------------------------------


def case_sections(cases: CasesRead) -> dict[str, dict[str, object]]:
    """The cases by the files they stand in, their names, and what is wrong with those that do not read."""
    by_file: dict[str, list[object]] = {}
    for case in cases.cases:
        by_file.setdefault(case.span.file, []).append(_case_record(case))
    named = [[case.name, case.span.file] for case in cases.cases]
    faults = [finding_record(fault) for fault in cases.diagnostics]
    return {"whole": {"named": named, "faults": faults, "texts": list(cases.files)}, "files": {**by_file}}


class StoredCases:
    """The cases of a rulebook that was kept: their names are known, those of a file are decoded when looked at."""

    __slots__ = ("_fetch", "_fetched", "_read", "_root")

    def __init__(self, fetch: Callable[[], Container], root: Path) -> None:
        self._fetch = fetch
        self._fetched: Container | None = None
        self._root = root
        self._read: dict[str, tuple[CaseFile, ...]] = {}

    @property
    def _container(self) -> Container:
        if self._fetched is None:
            self._fetched = self._fetch()
        return self._fetched

    @property
    def named(self) -> tuple[tuple[str, str], ...]:
        """The name of each case, and the file it stands in."""
        listed: Any = self._container.record("whole", "named")
        return tuple((name, file) for name, file in listed)

    def of_names(self, wanted: Collection[str]) -> tuple[CaseFile, ...]:
        """The cases with these names."""
        files = dict.fromkeys(file for name, file in self.named if name in wanted)
        return tuple(case for file in files for case in self._of(file) if case.name in wanted)

    def of_file(self, file: str) -> tuple[CaseFile, ...]:
        """The cases of a file; none where it has none."""
        return self._of(file) if file in self._container.names("files") else ()

    @property
    def cases(self) -> tuple[CaseFile, ...]:
        """All cases."""
        return tuple(case for file in self._container.names("files") for case in self._of(file))

    @property
    def files(self) -> Mapping[str, str]:
        """The texts of the files that cases stand in, read or not."""
        listed: Any = self._container.record("whole", "texts")
        return Texts(self._root, listed)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What is wrong with those that do not read."""
        listed: Any = self._container.record("whole", "faults")
        return tuple(map(finding_of, listed))

    def _of(self, file: str) -> tuple[CaseFile, ...]:
        found = self._read.get(file)
        if found is None:
            records: Any = self._container.record("files", file)
            ranges: dict[str, CitationRange] = {}
            read: list[CaseFile] = []
            earlier: dict[str, CaseFile] = {}
            for record in records:
                read.append(_case_of(record, file, ranges, earlier))
                earlier.setdefault(read[-1].name, read[-1])
            found = self._read[file] = tuple(read)
        return found


def _case_record(case: CaseFile) -> object:
    expect, ask = case.expect, case.ask
    limits = expect.limits
    holidays = None if case.holidays is None else [day.isoformat() for day in case.holidays]
    return [
        [case.name, case.law, [str(one) for one in case.tests], case.note],
        [_iso(case.at), _iso(case.law_as_of), holidays],
        case.facts,
        [ask.question, ask.subject, ask.by, _place(ask.span)],
        [
            expect.verdict,
            expect.reachable,
            expect.lists,
            None if limits is None else [[m.at, m.parameter, m.relation, m.bound, m.margin] for m in limits],
            expect.deadline,
            expect.value,
            _place(expect.span),
        ],
        {name: _place(span) for name, span in case.places.items()},
        {name: _place(span) for name, span in case.names.items()},
        [[str(cited), _place(span)] for cited, span in case.cited],
        [[key, name, _place(span)] for key, name, span in case.expected],
        _place(case.span),
        None if case.after is None else case.after.name,
    ]


def _case_of(record: Any, file: str, ranges: dict[str, CitationRange], earlier: Mapping[str, CaseFile]) -> CaseFile:
    (name, law, tests, note), (at, as_of, holidays), facts, ask, expect, places, names, cited, *last = record
    expected, place, after = last
    question, subject, by, ask_place = ask
    verdict, reachable, lists, limits, deadline, value, expect_place = expect
    for text in (*tests, *(text for text, _ in cited)):
        if text not in ranges:
            ranges[text] = parse_citation_range(text)
    return CaseFile(
        name,
        law,
        tuple([ranges[text] for text in tests]),
        _time(at),
        _time(as_of),
        facts,
        Ask(question, subject, by, _span(file, ask_place)),
        Expectation(
            verdict,
            None if reachable is None else tuple(reachable),
            tuple([(key, tuple(listed)) for key, listed in lists]),
            None if limits is None else tuple([ExpectedLimit(*limit) for limit in limits]),
            deadline,
            value,
            _span(file, expect_place),
        ),
        note,
        None if holidays is None else tuple([dt.date.fromisoformat(day) for day in holidays]),
        {fact: _span(file, where) for fact, where in places.items()},
        {fact: _span(file, where) for fact, where in names.items()},
        tuple([(ranges[text], _span(file, where)) for text, where in cited]),
        tuple([(key, name, _span(file, where)) for key, name, where in expected]),
        _span(file, place),
        None if after is None else earlier[after],
    )


# --- places and times -------------------------------------------------------------------------------------------------


def _place(span: Span) -> list[int]:
    """A place in the file that the record is of; nothing where it is nowhere."""
    return [] if span == NOWHERE else list(span[1:])


def _span(file: str, place: list[int]) -> Span:
    return Span(file, *place) if place else NOWHERE


def _iso(time: dt.date | None) -> str | None:
    return None if time is None else time.isoformat()


def _time(text: str | None) -> dt.date | None:
    if text is None:
        return None
    return dt.datetime.fromisoformat(text) if "T" in text else dt.date.fromisoformat(text)
