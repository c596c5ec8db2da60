"""References as JSON, as a graph, and as a page a person can read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable

from mutandis_text.document import StatuteDocument, walk_units
from mutandis_text.references.find import Leftover, Reference, ReferenceReport
from mutandis_text.references.kinds import ReferenceKind

_DOING = {
    ReferenceKind.CITES: "cites",
    ReferenceKind.UNDER: "acts under",
    ReferenceKind.NOTWITHSTANDING: "holds notwithstanding",
    ReferenceKind.PROVISO: "speaks of the proviso",
    ReferenceKind.MUTATIS_MUTANDIS: "applies mutatis mutandis",
    ReferenceKind.DEFINITION: "defines",
    ReferenceKind.DELEGATION: "delegates to",
    ReferenceKind.DEEMING: "deems under",
    ReferenceKind.EXCLUDING: "leaves out",
}


def reference_json(reference: Reference, *, details: bool = False) -> dict[str, object]:
    """One reference as the schema `text-references` has it; with `details`, also place, construals and words."""
    shown: dict[str, object] = {
        "from": reference.origin,
        "to": list(reference.targets),
        "kind": reference.kind.value,
        "raw": reference.raw,
        "line": reference.span.line,
        "target": reference.target.value,
        "broken": reference.broken,
        "earlier": reference.earlier,
    }
    if details:
        shown["column"] = reference.span.column
        shown["start"] = reference.extent.start
        shown["end"] = reference.extent.end
        shown["construals"] = _construals_json(reference)
        shown["words"] = reference.words or None
    return shown


def leftover_json(leftover: Leftover) -> dict[str, object]:
    """One word that is no reference, with the reason."""
    return {
        "raw": leftover.raw,
        "line": leftover.span.line,
        "column": leftover.span.column,
        "why": leftover.why,
        "explained": leftover.explained,
    }


def reference_graph(document: StatuteDocument, report: ReferenceReport) -> dict[str, object]:
    """Nodes (everything that has an id, and what is referred to outside) and one edge for each target."""
    titles = {article.id: article.heading for article in document.articles}
    units = walk_units(document, annexes=True)
    nodes = {unit.id: {"id": unit.id, "kind": unit.kind, "title": titles.get(unit.id)} for unit in units}
    edges: list[dict[str, object]] = []
    for reference in report.references:
        # What an earlier wording said is no edge to what stands under its number today.
        for target in reference.targets if not reference.earlier else ():
            if target not in nodes:
                nodes[target] = {"id": target, "kind": _kind_of(target, report.law, nodes), "title": None}
            edges.append(
                {
                    "from": reference.origin,
                    "to": target,
                    "kind": reference.kind.value,
                    "raw": reference.raw,
                    "line": reference.span.line,
                    "broken": reference.broken,
                    "construals": _construals_json(reference),
                }
            )
    return {"law": report.law, "nodes": list(nodes.values()), "edges": edges}


def _kind_of(target: str, law: str, nodes: Container[str]) -> str:
    """What a target is that has no node of its own."""
    if target.startswith("ext:"):
        return "outside"
    if target == law:
        return "law"
    base, _, sentence = target.rpartition(" ")
    return sentence if sentence == "former" and base in nodes else "missing"


def reference_page(document: StatuteDocument, report: ReferenceReport) -> str:
    """A Markdown page: what is broken, what is applied mutatis mutandis, then article by article both ways."""
    lines = [f"# {_title(document)}: cross-references", ""]
    counts = ", ".join(f"{sum(r.kind is kind for r in report.references)} {kind.value}" for kind in ReferenceKind)
    lines += [f"{len(report.references)} references: {counts}.", ""]
    lines += ["## Broken", ""]
    lines += [f"- `{r.origin}` (line {r.span.line}), {_quote(r.raw)}: {r.broken}" for r in report.broken] or ["None."]
    lines += ["", "## Applied mutatis mutandis", ""]
    lines += _mutatis_lines(report) or ["None."]
    lines += ["", "## Not references", ""]
    lines += [f"- line {one.span.line}, {_quote(one.raw.strip())}: {one.why}" for one in report.leftovers] or ["None."]
    lines += ["", "## Article by article", ""]
    lines += _article_lines(document, report)
    return "\n".join(lines).rstrip() + "\n"


def _article_lines(document: StatuteDocument, report: ReferenceReport) -> list[str]:
    out: dict[str, list[Reference]] = defaultdict(list)
    back: dict[str, list[tuple[str, Reference]]] = defaultdict(list)
    for reference in report.references:
        out[_article_of(reference.origin)].append(reference)
        for target in reference.targets if not reference.earlier else ():
            if not target.startswith("ext:") and target != report.law:
                back[_article_of(target)].append((target, reference))
    roots = [(article.id, article.heading or "") for article in document.articles]
    roots += [(addendum.id, "addenda") for addendum in document.addenda]
    lines: list[str] = []
    for name, heading in roots:
        own = [r for root in _with_parts(name, out) for r in out[root]]
        others = [pair for root in _with_parts(name, back) for pair in back[root]]
        others = [(target, r) for target, r in others if _article_of(r.origin) != _article_of(target)]
        if not own and not others:
            continue
        lines += [f"### {name} {heading}".rstrip(), ""]
        lines += [f"- `{r.origin}` {_DOING[r.kind]} {_targets(r)}" for r in own]
        lines += [f"- referred to by `{r.origin}` ({r.kind.value}): `{target}`" for target, r in others]
        lines.append("")
    return lines


def _with_parts(name: str, known: Iterable[str]) -> list[str]:
    """An addendum's own id and those of its articles; of an article only itself."""
    return [name, *(other for other in known if other.startswith(f"{name}/"))]


def _mutatis_lines(report: ReferenceReport) -> list[str]:
    lines: list[str] = []
    for reference in report.references:
        if reference.kind is not ReferenceKind.MUTATIS_MUTANDIS:
            continue
        lines.append(f"- `{reference.origin}`: {_targets(reference)}")
        for pair in reference.construals:
            sources, targets = (" / ".join(map(_quote, words)) for words in (pair.sources, pair.targets))
            lines.append(f"  - {sources} read as {targets}")
    return lines


def _construals_json(reference: Reference) -> list[dict[str, list[str]]]:
    return [{"source": list(pair.sources), "target": list(pair.targets)} for pair in reference.construals]


def _targets(reference: Reference) -> str:
    if reference.kind is ReferenceKind.DEFINITION:
        return _quote(reference.words) if reference.words else "a term"
    shown = ", ".join(f"`{target}`" for target in reference.targets)
    shown += " (as it stood earlier)" if reference.earlier else ""
    return f"{shown} (broken: {reference.broken})" if reference.broken else shown


def _quote(words: str) -> str:
    return f"“{words}”"


def _article_of(name: str) -> str:
    """`act/77` of `act/77(1)2 proviso`; an addendum's article keeps its own id."""
    head = name.partition(" ")[0].partition("(")[0]
    return head.partition(".")[0]


def _title(document: StatuteDocument) -> str:
    return document.head.title or document.law
