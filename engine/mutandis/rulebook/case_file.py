"""Reading case files: what happened, what is asked, what is expected.

A case file holds one case per YAML document. Facts are kept as written, with their places: what their values mean is
for the reader of facts, which knows the vocabulary. Provisions are made absolute in the case's law.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING

from mutandis.calendar.written import MOMENT_WRITTEN
from mutandis.citation import CitationRange
from mutandis.collector import uncollected
from mutandis.dataclass import dataclass
from mutandis.diagnostic_codes import diagnose
from mutandis.diagnostics import Diagnostic, Label, sort_diagnostics
from mutandis.rulebook.case_question import (
    ACTION_KEYS,
    Ask,
    Expectation,
    cited_by,
    expected_names,
    read_ask,
    read_expectation,
    text_at,
)
from mutandis.rulebook.fields.case import ASK, CASE_FILE, EXPECT
from mutandis.rulebook.meant import KEYS_OF_CASES
from mutandis.rulebook.shapes import (
    Faults,
    comma_in_braces,
    cut_off,
    listed_twice,
    no_colon,
    read_date,
    read_keys,
    read_many,
    read_mapping,
    read_ranges,
    read_text,
)
from mutandis.rulebook.yaml_source import (
    LIMIT_OF_BYTES,
    MappingNode,
    ScalarNode,
    SequenceNode,
    YamlFile,
    YamlNode,
    read_yaml,
)
from mutandis.source import NOWHERE, Span
from mutandis.suggest import did_you_mean

if TYPE_CHECKING:
    from mutandis.rulebook.rereading import Rereading


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One case. `facts` are texts, lists and mappings as written, names nested or dotted as the file has them.

    `at` is a date, or a moment where the case gives a time. `places` says where each fact stands, by dotted name,
    members of a list as `confinement.extensions[2].period`; `names` says where its name does. `cited` are the
    provisions that the case tests or expects, each with its place; `expected` the names of roles, facts and actions
    that it expects, each with the key it stands under (`by`, `missing`, …) and its place. `after` is the case from
    which it goes on, whose facts are among its own.
    """

    name: str
    law: str
    tests: tuple[CitationRange, ...]
    at: dt.date | None
    law_as_of: dt.date | None
    facts: dict[str, object]
    ask: Ask
    expect: Expectation
    note: str = ""
    holidays: tuple[dt.date, ...] | None = None
    places: dict[str, Span] = field(default_factory=dict, compare=False)
    names: dict[str, Span] = field(default_factory=dict, compare=False)
    cited: tuple[tuple[CitationRange, Span], ...] = field(default=(), compare=False)
    expected: tuple[tuple[str, str, Span], ...] = field(default=(), compare=False)
    span: Span = field(default=NOWHERE, compare=False)
    after: CaseFile | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class CasesRead:
    """The cases that could be read, in the order of files and documents, and what is wrong with the others."""

    cases: tuple[CaseFile, ...]
    diagnostics: tuple[Diagnostic, ...]
    files: dict[str, str]


@uncollected
def load_cases(root: Traversable, again: Rereading | None = None, over: Mapping[str, str] | None = None) -> CasesRead:
    """All cases of the rulebook in the folder `root`: `<law>/cases/*.yaml`, folders of any depth.

    `again` has what files were read as before, and takes what they are read as now. `over` has texts that stand in the
    place of those on the disk, or beside them.
    """
    # Imported here: reading one case file takes nothing of what reads rules.
    from mutandis.rulebook.load import walk_rulebook

    reading = read_cases if again is None else again.cases
    faults: Faults = []
    found: dict[str, bytes | str] = {}
    for name, entry in walk_rulebook(root, faults):
        if is_case_file(name):
            with entry.open("rb") as stream:
                found[name] = stream.read(LIMIT_OF_BYTES + 1)
    found.update({name: text for name, text in (over or {}).items() if is_case_file(name)})
    cases: list[CaseFile] = []
    files: dict[str, str] = {}
    for name in sorted(found, key=lambda one: one.split("/")):
        read = reading(found[name], name)
        cases.extend(read.cases)
        faults.extend(read.diagnostics)
        files.update(read.files)
    return CasesRead(tuple(cases), sort_diagnostics(faults), files)


def is_case_file(name: str) -> bool:
    """True for the name of a case file in the rulebook's folder."""
    parts = name.split("/")
    return len(parts) > 2 and parts[1] == "cases" and parts[-1].endswith((".yaml", ".yml"))


def read_cases(data: bytes | str, file: str) -> CasesRead:
    """The cases in one file's content; `file` names it in spans."""
    return cases_of(read_yaml(data, file), file)


def cases_of(yaml_file: YamlFile, file: str) -> CasesRead:
    """The cases in the documents of `file`."""
    faults: Faults = list(yaml_file.diagnostics)
    cases: list[CaseFile] = []
    names: dict[str, Span] = {}
    documents = [n for n in yaml_file.documents if not (isinstance(n, ScalarNode) and not n.text)]
    # A file of comments is begun and holds no case yet; one with nothing at all is forgotten.
    if not documents and not faults and not yaml_file.text.lstrip().startswith("#"):
        from mutandis.rulebook.article_file import empty_file

        faults.append(empty_file(file, "write `case`, `law`, `facts` and `ask`"))
    for node in documents:
        case = _read_case(node, cases, faults)
        if case is None:
            continue
        first = names.setdefault(case.name, case.span)
        if first is not case.span:
            faults.append(
                diagnose(
                    "duplicate-declaration",
                    f"two cases of the file are named `{case.name}`",
                    "say in the name what tells them apart",
                    case.span,
                    (Label(first, "the other is here"),),
                )
            )
        cases.append(case)
    return CasesRead(tuple(cases), sort_diagnostics(faults), {file: yaml_file.text})


def _read_case(node: YamlNode, earlier: Sequence[CaseFile], faults: Faults) -> CaseFile | None:
    mapping = read_mapping(node, "a case", faults)
    if mapping is None:
        return None
    before = len(faults)
    mapping = read_keys(mapping, "a case", CASE_FILE, faults, KEYS_OF_CASES, {"`ask`": ASK, "`expect`": EXPECT})
    faults.extend(listed_twice(mapping))
    law = text_at(mapping, "law", faults)
    if not law:
        return None  # every citation of the case is read inside its law
    tests, at_node, as_of, facts_node, ask_node, expect_node, holidays = (
        mapping.get(key) for key in ("tests", "at", "law_as_of", "facts", "ask", "expect", "holidays")
    )
    ask = read_ask(ask_node, faults) if ask_node is not None else None
    facts, places, names = read_written_facts(facts_node, faults) if facts_node is not None else ({}, {}, {})
    after_node, case_node = mapping.get("after"), mapping.get("case")
    after = _read_after(after_node, earlier, faults) if after_node is not None else None
    if after is not None:
        facts, places, names = _known_before(after, facts, places, names)
    case = CaseFile(
        name=text_at(mapping, "case", faults),
        law=law,
        tests=read_ranges(tests, "`tests`", law, "", faults) if tests is not None else (),
        at=_read_at(at_node, faults) if at_node is not None else None,
        law_as_of=read_date(as_of, "`law_as_of`", faults) if as_of is not None else None,
        facts=facts,
        ask=ask or Ask("assess", ""),
        expect=read_expectation(expect_node, law, ask, faults) if expect_node is not None else Expectation(),
        note=text_at(mapping, "note", faults),
        holidays=tuple(_read_days(holidays, faults)) if holidays is not None else None,
        places=places,
        names=names,
        cited=tuple(cited_by(mapping, law)),
        expected=tuple(expected_names(expect_node)),
        span=case_node.span if case_node is not None else mapping.span,
        after=after,
    )
    return case if len(faults) == before else None


def _read_after(node: YamlNode, earlier: Sequence[CaseFile], faults: Faults) -> CaseFile | None:
    name = read_text(node, "`after`", faults)
    found = next((case for case in earlier if case.name == name), None)
    if name is not None and found is None:
        help = did_you_mean(name, [case.name for case in earlier], "name a case that stands above and reads")
        faults.append(diagnose("no-case-before", f"no case above is named `{name}`", help, node.span))
    return found


def _known_before(
    after: CaseFile, facts: dict[str, object], places: dict[str, Span], names: dict[str, Span]
) -> tuple[dict[str, object], dict[str, Span], dict[str, Span]]:
    """The facts of a case that goes on from another, by dotted names, with their places: its own over those known.

    What is said of a term as a whole, that there is none, ends what was said of it in part, and the other way round.
    """
    own = by_dotted_name(facts)
    terms = {name.partition(".")[0] for name in own}
    kept = {
        name: value
        for name, value in by_dotted_name(after.facts).items()
        if not {name, name.partition(".")[0]} & own.keys() and name not in terms
    }

    def with_kept(own: dict[str, Span], known: dict[str, Span]) -> dict[str, Span]:
        return {name: span for name, span in known.items() if name.partition("[")[0] in kept} | own

    return kept | own, with_kept(places, after.places), with_kept(names, after.names)


def actions_expected(case: CaseFile) -> tuple[str, ...]:
    """The actions that a case which asks for an assessment expects something of, once each."""
    listed = (one for key, listed in case.expect.lists if key in ACTION_KEYS for one in listed)
    return tuple(dict.fromkeys(listed))


def by_dotted_name(facts: Mapping[str, object]) -> dict[str, object]:
    """Facts as written, each under its dotted name: a term has attributes; what a dotted name has is a period."""
    found: dict[str, object] = {}
    for name, value in facts.items():
        if isinstance(value, Mapping) and "." not in name:
            found.update((f"{name}.{attribute}", one) for attribute, one in value.items())
        else:
            found[name] = value
    return found


def _read_at(node: YamlNode, faults: Faults) -> dt.date | None:
    """A date, or a moment."""
    if isinstance(node, ScalarNode) and MOMENT_WRITTEN.fullmatch(node.text):
        try:
            return dt.datetime.fromisoformat(node.text)
        except ValueError:
            faults.append(diagnose("bad-date", f"`at`: there is no {node.text}", "check day and time", node.span))
            return None
    return read_date(node, "`at`", faults)


def _read_days(node: YamlNode, faults: Faults) -> Iterator[dt.date]:
    for item in read_many(node):
        day = read_date(item, "a holiday", faults)
        if day is not None:
            yield day


# --- facts ------------------------------------------------------------------------------------------------------------


def read_written_facts(node: YamlNode, faults: Faults) -> tuple[dict[str, object], dict[str, Span], dict[str, Span]]:
    """Facts as a file has them, where the value of each stands, by dotted name, and where the name."""
    mapping = read_mapping(node, "`facts`", faults)
    written = _Written({}, {}, faults)
    return ({} if mapping is None else written.read_entries(mapping, "")), written.places, written.names


@dataclass(frozen=True, slots=True)
class _Written:
    places: dict[str, Span]
    names: dict[str, Span]
    faults: Faults

    def read(self, node: YamlNode, name: str, place: Span) -> object:
        self.places[name] = node.span if isinstance(node, ScalarNode) and node.text else place
        self.names[name] = place
        match node:
            case ScalarNode(text=text):
                return text
            case SequenceNode(items=items):
                return [self.read(item, f"{name}[{n}]", item.span) for n, item in enumerate(items, 1)]
            case MappingNode():
                return self.read_entries(node, f"{name}.")

    def read_entries(self, mapping: MappingNode, before: str) -> dict[str, object]:
        read: dict[str, object] = {}
        for key, value in mapping.entries:
            if cut_off(key, value):
                told = no_colon(key) if key is mapping.entries[0][0] else comma_in_braces(key)
                self.faults.append(diagnose("unknown-key", *told, key.span))
            else:
                read[key.text] = self.read(value, before + key.text, key.span)
        return read
