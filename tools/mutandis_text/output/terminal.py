"""Shows what the text stages found on a terminal: the document as a tree, counts as a table."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from mutandis.diagnostics import Diagnostic, Severity
from mutandis_text.document import Provision, SentenceKind, Status, StatuteDocument
from mutandis_text.structure.inventory import Inventory

_COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
_LONGEST_TEXT = 96


def render_diagnostics(diagnostics: Iterable[Diagnostic], source: str, console: Console) -> None:
    """Each finding with its place, the line underlined, and what to do next."""
    lines = source.splitlines()
    for one in diagnostics:
        console.print(Text(str(one), style=_COLOURS[one.severity]), soft_wrap=not console.is_terminal)
        if 0 < one.span.line <= len(lines):
            line = lines[one.span.line - 1].replace("\t", " ")
            start = max(one.span.column - 41, 0)
            length = one.span.end_column - one.span.column if one.span.end_line == one.span.line else len(line)
            shown = line[start : start + min(100, max(console.width - 2, 50))]
            mark = min(max(length, 1), max(len(shown) - (one.span.column - 1 - start), 1))
            console.print(Text(f"  {shown}"), soft_wrap=True)
            console.print(Text("  " + " " * (one.span.column - 1 - start) + "^" * mark), soft_wrap=True)
        console.print(Text(f"  help: {one.help}"), soft_wrap=not console.is_terminal)


def document_tree(document: StatuteDocument) -> Tree:
    """Divisions, articles and what is below them, addenda last."""
    root = Tree(Text(document.head.title or document.law, style="bold"))
    articles = {article.id: article for article in document.articles}
    branches: dict[str, Tree] = {}
    placed: set[str] = set()
    for division in document.divisions:
        above = branches[division.parent] if division.parent else root
        name = f"{division.kind.value} {division.number} {division.title}"
        branches[division.id] = above.add(Text(name, style="bold"))
        for own in division.articles:
            _add(branches[division.id], articles[own])
            placed.add(own)
    for article in document.articles:
        if article.id not in placed:
            _add(root, article)
    for addenda in document.addenda:
        name = addenda.instrument.raw if addenda.instrument else "no instrument named"
        branch = root.add(Text(f"{addenda.id}  {name}", style="bold"))
        _add_sentences(branch, addenda.body)
        for child in addenda.body.children:
            _add(branch, child)
    return root


def inventory_table(inventory: Inventory) -> Table:
    """The counts, one row each."""
    table = Table(title=inventory.law)
    for name in ("", "live", "deleted", "moved", "in addenda"):
        table.add_column(name, justify="left" if not name else "right")
    row = inventory.articles
    added = inventory.in_addenda
    table.add_row("articles", str(row["live"]), str(row["deleted"]), str(row["moved"]), str(added["articles"]))
    for name, count in inventory.counts.items():
        gone = inventory.deleted_parts.get(name)
        table.add_row(name.replace("_", " "), str(count), "" if gone is None else str(gone), "", str(added[name]))
    table.add_row("addenda", str(inventory.addenda), "", "", "")
    return table


def _add(tree: Tree, node: Provision) -> None:
    label = Text(node.id, style="bold" if node.heading else "")
    if node.heading:
        label.append(f"  {node.heading}")
    if node.status is not Status.LIVE:
        label.append(f"  {node.status.value}", style="dim")
    branch = tree.add(label)
    _add_sentences(branch, node)
    for child in node.children:
        _add(branch, child)


def _add_sentences(branch: Tree, node: Provision) -> None:
    for index, sentence in enumerate(node.sentences):
        text = sentence.text if len(sentence.text) <= _LONGEST_TEXT else f"{sentence.text[:_LONGEST_TEXT]} …"
        lead = node.list_lead is not None and node.list_lead.sentence == index and len(node.sentences) > 1
        kind = "" if sentence.kind is SentenceKind.MAIN else f"{sentence.kind.value}: "
        branch.add(Text(f"{kind}{text}{'  ← list' if lead else ''}", style="dim"))
