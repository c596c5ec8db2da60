"""From files to a `Source`: laws, vocabulary and articles, with everything found wrong on the way.

A rulebook is a folder with `vocabulary.yaml` and a folder for each law: `law.yaml`, `vocabulary.yaml`,
`divisions.yaml` where it has one, and rule files in folders of any depth. `cases/` and `text.lock` are no part of it,
nor is a folder in it that is a rulebook of its own. Files are read in the order of their names, and the result does not
depend on any other order. No link leads out of the folder.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources.abc import Traversable
from pathlib import Path

from mutandis.calendar.days_off import UNKNOWN_HOLIDAYS, DaysOff
from mutandis.citation import Citation
from mutandis.collector import uncollected
from mutandis.dataclass import dataclass, replace
from mutandis.diagnostic_codes import diagnose
from mutandis.diagnostics import Diagnostic, Label, Severity, sort_diagnostics
from mutandis.resources import is_rulebook_of_its_own
from mutandis.rulebook.article_file import empty_file
from mutandis.rulebook.calendar_file import is_calendar_file, read_calendar
from mutandis.rulebook.division_file import lay_over, read_divisions
from mutandis.rulebook.law import Law
from mutandis.rulebook.law_file import read_law
from mutandis.rulebook.model import Article, Source
from mutandis.rulebook.presumed import mark_presumed
from mutandis.rulebook.rereading import Rereading
from mutandis.rulebook.shapes import Faults
from mutandis.rulebook.vocabulary import build_vocabulary
from mutandis.rulebook.vocabulary_file import WrittenVocabulary, merge_vocabularies, read_vocabulary_file
from mutandis.rulebook.yaml_source import LIMIT_OF_BYTES, MappingNode, YamlFile, YamlNode
from mutandis.source import Span
from mutandis.suggest import did_you_mean
from mutandis.vocabulary import Vocabulary

ECHOES = frozenset(
    {
        "unknown-kind",
        "unknown-name",
        "unknown-choice",
        "unknown-term",
        "unknown-action",
        "undeclared-fact",
        "not-a-role",
        "type-mismatch",
        "unit-mismatch",
    }
)
"""What may only be an echo where a vocabulary file could not be read in full."""
# Folders within folders beyond this are not read; the format itself needs two.
_DEEPEST_FOLDER = 8
_OF_A_LAW = re.compile(rb"^law: *([a-z][a-z0-9-]*)\s*$", re.MULTILINE)
_RULES_OR_CASES = re.compile(rb"^(?:article|rules|case|ask):", re.MULTILINE)
_FILES_OF_A_LAW = ("law.yaml", "vocabulary.yaml", "divisions.yaml")


def load_source(root: Traversable, again: Rereading | None = None, over: Mapping[str, str] | None = None) -> Source:
    """The rulebook in the folder `root`; file names in it are relative to that folder.

    `again` has what files were read as before, and takes what they are read as now. `over` has texts that stand in the
    place of those on the disk, or beside them.

    Raises `FileNotFoundError` if there is no such folder.
    """
    if not root.is_dir():
        raise FileNotFoundError(f"there is no rulebook folder {root}")
    files: dict[str, bytes | str] = {}
    faults: Faults = []
    for name, entry in walk_rulebook(root, faults):
        if is_rulebook_file(name):
            with entry.open("rb") as stream:
                # One byte more than is allowed is enough to know that a file is too long.
                files[name] = stream.read(LIMIT_OF_BYTES + 1)
        elif "/" not in name and name.endswith((".yaml", ".yml")):
            with entry.open("rb") as stream:
                faults.extend(_find_misplaced(name, stream.read(LIMIT_OF_BYTES)))
    files.update({name: text for name, text in (over or {}).items() if is_rulebook_file(name)})
    return _load(files, faults, again or Rereading())


def _find_misplaced(name: str, content: bytes) -> Iterator[Diagnostic]:
    """A file of rules or cases that lies beside the folders of the laws, where none is read; others are nobody's."""
    if _OF_A_LAW.search(content) is None or _RULES_OR_CASES.search(content) is None:
        return
    law = _OF_A_LAW.search(content)
    shown = law[1].decode() if law is not None else ""
    yield diagnose(
        "wrong-law",
        f"the file says it is of `{shown}`, but stands beside the folders of the laws, where nothing is read",
        f"move it into `{shown}`, a file of cases into `{shown}/cases`",
        Span(name, 1, 1, 1, 1),
    )


def load_text(files: Mapping[str, str], again: Rereading | None = None) -> Source:
    """The rulebook of these texts, by file name (`vocabulary.yaml`, `act/law.yaml`, `act/042-visit.yaml`)."""
    return _load({name: text for name, text in files.items() if is_rulebook_file(name)}, [], again or Rereading())


def is_rulebook_file(name: str) -> bool:
    """True for the files a rulebook is read from, by their name in its folder."""
    parts = name.split("/")
    if not parts[-1].endswith((".yaml", ".yml")) or any(part.startswith(".") for part in parts):
        return False
    return name == "vocabulary.yaml" or (len(parts) > 1 and "cases" not in parts[1:-1])


def walk_rulebook(root: Traversable, faults: Faults) -> Iterator[tuple[str, Traversable]]:
    """Every file in the folder `root` with its name in it, in the order of names; links that lead out are faults."""
    return _walk(root, "", root, 0, faults)


def _walk(
    folder: Traversable, prefix: str, root: Traversable, depth: int, faults: Faults
) -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        name = f"{prefix}{entry.name}"
        if not _is_text(name):
            shown = name.encode("utf-8", "backslashreplace").decode("utf-8")
            message = f"the file name `{shown}` is not UTF-8"
            help_ = "give the file a name in UTF-8, best of small letters, digits and hyphens"
            faults.append(diagnose("not-utf-8", message, help_, Span(shown, 1, 1, 1, 1)))
            continue
        if _leads_out(entry, root):
            faults.append(
                diagnose(
                    "link-out-of-rulebook",
                    f"`{name}` is a link to a folder, or to a file outside the rulebook",
                    "copy into the rulebook what it points to",
                    Span(name, 1, 1, 1, 1),
                )
            )
            continue
        if entry.is_dir():
            if depth < _DEEPEST_FOLDER and not (depth == 0 and is_rulebook_of_its_own(entry)):
                yield from _walk(entry, f"{name}/", root, depth + 1, faults)
        elif entry.is_file():
            yield name, entry


def _leads_out(entry: Traversable, root: Traversable) -> bool:
    """True for a link that is not to a file in the folder; a linked folder could lead round in a circle."""
    if not (isinstance(entry, Path) and isinstance(root, Path) and entry.is_symlink()):
        return False
    try:
        return entry.is_dir() or not entry.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):  # a link to itself leads nowhere
        return True


def _is_text(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


# --- assembling -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Read:
    """One file, read."""

    name: str
    yaml_file: YamlFile

    @property
    def law(self) -> str:
        return self.name.split("/")[0] if "/" in self.name and self.kind != "calendar" else ""

    @property
    def kind(self) -> str:
        if is_calendar_file(self.name):
            return "calendar"
        last = self.name.split("/")[1:]
        return last[0] if len(last) == 1 and last[0] in _FILES_OF_A_LAW else "rules"


@uncollected
def _load(files: Mapping[str, bytes | str], faults: Faults, again: Rereading) -> Source:
    read = [_Read(name, again.yaml(files[name], name)) for name in sorted(files)]
    for one in read:
        faults.extend(one.yaml_file.diagnostics)
    laws = _load_laws([one for one in read if one.kind == "law.yaml"], faults)
    _check_folders(read, laws, faults)
    days_off = _load_calendar([one for one in read if one.kind == "calendar"], faults)
    vocabulary_faults: Faults = []
    declaring = [one for one in read if one.name == "vocabulary.yaml" or one.kind == "vocabulary.yaml"]
    again.declare({one.name: one.yaml_file.text for one in declaring})
    vocabulary = _load_vocabulary(declaring, vocabulary_faults)
    division_faults: Faults = []
    vocabulary = _load_divisions([one for one in read if one.kind == "divisions.yaml"], vocabulary, division_faults)
    articles, rule_faults = _load_articles(
        [one for one in read if one.name != "vocabulary.yaml" and one.kind == "rules"], vocabulary, again
    )
    vocabulary = _mark_derived(vocabulary, articles)
    articles = mark_presumed(articles, vocabulary, rule_faults)
    laws = {law.id: _cited_by_section(law, articles) for law in laws.values()}
    readable = not any(one.yaml_file.diagnostics for one in read if one.name.endswith("vocabulary.yaml"))
    complete = readable and not any(d.severity is Severity.ERROR for d in vocabulary_faults)
    faults.extend(fault for fault in vocabulary_faults if readable or fault.slug not in ECHOES)
    faults.extend(fault for fault in (*division_faults, *rule_faults) if complete or fault.slug not in ECHOES)
    if not any(fault.severity is Severity.ERROR for fault in (*faults, *division_faults, *rule_faults)):
        faults.extend(_find_missing_questions(vocabulary))  # a rule that could not be read may define them
    return Source(
        laws,
        vocabulary,
        articles,
        sort_diagnostics(faults),
        {one.name: one.yaml_file.text for one in read},
        _hash({one.name: one.yaml_file.text for one in read}),
        days_off,
    )


def _hash(texts: Mapping[str, str]) -> str:
    """SHA-256 over the sorted names and the texts with LF line ends, each with its length before it."""
    digest = hashlib.sha256()
    for name in sorted(texts):
        for part in (name.encode(), texts[name].encode("utf-8", "surrogatepass")):
            digest.update(f"{len(part)}:".encode())
            digest.update(part)
    return digest.hexdigest()


def _single_document(one: _Read, what: str, faults: Faults) -> YamlNode | None:
    documents = one.yaml_file.documents
    if len(documents) > 1:
        faults.append(diagnose("wrong-shape", f"{what} is one document", "delete the `---` lines", documents[1].span))
    if not documents and not one.yaml_file.diagnostics:
        faults.append(empty_file(one.name, f"write {what}"))
    return documents[0] if documents else None


def _load_laws(read: Iterable[_Read], faults: Faults) -> dict[str, Law]:
    laws: dict[str, Law] = {}
    parents: dict[str, Span] = {}
    for one in read:
        node = _single_document(one, "a law file", faults)
        law = read_law(node, one.law, faults) if node is not None else None
        if law is not None:
            laws[law.id] = law
            parent = node.get("parent") if isinstance(node, MappingNode) else None
            parents[law.id] = parent.span if parent is not None else law.span
    for law in laws.values():
        if law.parent and not law.parent.startswith("ext:") and law.parent not in laws:
            faults.append(
                diagnose(
                    "unknown-value",
                    f"the parent of `{law.id}`, `{law.parent}`, is not a law of the rulebook",
                    did_you_mean(law.parent, set(laws) - {law.id}, "a parent is the folder's name of another law"),
                    parents[law.id],
                )
            )
        elif law.parent in laws and laws[law.parent].rank >= law.rank:
            of = "itself" if law.parent == law.id else f"`{law.parent}`, which is of rank {laws[law.parent].rank}"
            faults.append(
                diagnose(
                    "unknown-value",
                    f"the parent of `{law.id}`, which is of rank {law.rank}, is {of}",
                    "name the law that it carries out, which has a lower number; an act has no parent",
                    parents[law.id],
                )
            )
    return laws


def _cited_by_section(law: Law, articles: Iterable[Article]) -> Law:
    """A law whose paragraphs are letters has sections, unless it says what it has."""
    lettered = (rule.at.is_lettered for article in articles if article.law == law.id for rule in article.rules)
    return replace(law, cited_by="section") if not law.cited_by and any(lettered) else law


def _load_calendar(read: Iterable[_Read], faults: Faults) -> DaysOff:
    """The rulebook's calendar; without one, holidays are not known."""
    found: list[DaysOff] = []
    for one in read:
        node = _single_document(one, "a calendar file", faults)
        told: Faults = []
        calendar = read_calendar(node, one.name, told) if node is not None else None
        # Of a file that was not read in full it is not known which kinds of holiday have no day.
        full = not one.yaml_file.diagnostics
        faults.extend(fault for fault in told if full or fault.slug != "holiday-without-days")
        if calendar is not None and found:
            message = f"the rulebook has two calendars, `{found[0].name}` and `{calendar.name}`"
            faults.append(diagnose("duplicate-declaration", message, "keep one", Span(one.name, 1, 1, 1, 1)))
        elif calendar is not None:
            found.append(calendar)
    return found[0] if found else UNKNOWN_HOLIDAYS


def _check_folders(read: Iterable[_Read], laws: Mapping[str, Law], faults: Faults) -> None:
    """Every folder with rule files is a law's."""
    have = {one.law for one in read if one.kind == "law.yaml"}
    for law in sorted({one.law for one in read if one.law} - have - set(laws)):
        faults.append(
            diagnose(
                "missing-key",
                f"the folder `{law}` has no `law.yaml`",
                "add one with `law`, `title`, `short` and `rank`",
                Span(f"{law}/law.yaml", 1, 1, 1, 1),
            )
        )


def _load_vocabulary(read: Iterable[_Read], faults: Faults) -> Vocabulary:
    written: list[WrittenVocabulary] = []
    # The shared file goes first, then the laws' by name.
    for one in sorted(read, key=lambda file: (file.law, file.name)):
        node = _single_document(one, "a vocabulary file", faults)
        if node is not None:
            written.append(read_vocabulary_file(node, faults))
    return build_vocabulary(merge_vocabularies(written, faults), faults)


def _load_divisions(read: Iterable[_Read], vocabulary: Vocabulary, faults: Faults) -> Vocabulary:
    """The vocabulary with the divisions that the laws' files name for its actions."""
    nodes = [_single_document(one, "a divisions file", faults) for one in read]
    return lay_over(vocabulary, [m for node in nodes if node is not None for m in read_divisions(node, faults)], faults)


def _load_articles(
    read: Iterable[_Read], vocabulary: Vocabulary, again: Rereading
) -> tuple[tuple[Article, ...], list[Diagnostic]]:
    faults: list[Diagnostic] = []
    articles: dict[Citation, Article] = {}
    for one in read:
        if one.yaml_file.diagnostics and not one.yaml_file.documents:
            continue
        found = again.articles(one.yaml_file, one.name, one.law, vocabulary)
        faults.extend(found.diagnostics)
        for article in found.articles:
            first = articles.setdefault(article.citation, article)
            if first is not article:
                faults.append(
                    diagnose(
                        "two-in-one-place",
                        f"article {article.number} is written twice",
                        "put its rules under one heading",
                        Span(one.name, article.span.line, article.span.column, article.span.line, article.span.column),
                        (Label(first.span, "the other is here"),),
                        str(article.citation),
                    )
                )
    return tuple(articles[citation] for citation in sorted(articles)), faults


def _mark_derived(vocabulary: Vocabulary, articles: Iterable[Article]) -> Vocabulary:
    """The vocabulary with the facts that rules define marked so."""
    targets = {rule.target for article in articles for rule in article.rules if rule.effect == "define"}
    if not targets:
        return vocabulary
    facts = {name: replace(fact, derived=True) if name in targets else fact for name, fact in vocabulary.facts.items()}
    terms = {
        name: replace(term, attributes=tuple(facts.get(fact.name, fact) for fact in term.attributes))
        for name, term in vocabulary.terms.items()
    }
    return Vocabulary(terms, facts, vocabulary.actions)


def _find_missing_questions(vocabulary: Vocabulary) -> Iterator[Diagnostic]:
    """Facts a person would have to be asked for, and cannot be. Members of lists are not asked one by one."""
    members = {fact.type.term for fact in vocabulary.facts.values() if fact.type.term}
    for term in vocabulary.terms.values():
        for fact in term.attributes:
            if fact.question or term.name in members:
                continue
            attribute = fact.name.split(".")[1]
            names = [f"{kind}.{attribute}" for kind in vocabulary.sub_kinds(term.name)]
            if not any(name in vocabulary.facts and vocabulary.facts[name].derived for name in names):
                yield diagnose(
                    "missing-question",
                    f"the fact `{fact.name}` has no question",
                    "add `question: …`, as a person would be asked in an interview",
                    fact.span,
                )
