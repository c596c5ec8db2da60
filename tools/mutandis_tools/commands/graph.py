"""`mutandis graph`: what a provision depends on, and what depends on it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from mutandis.graph import dependencies
from mutandis_tools.commands.common import ReadRulebookOption, with_files_or_stop
from mutandis_tools.report.graph_svg import graph_svg
from mutandis_tools.report.graph_text import graph_dot, graph_mermaid, graph_tree
from mutandis_tools.report.graph_view import view_of
from mutandis_tools.rulebook_graph import NoNodeError, find_node, graph_of, impact
from mutandis_tools.terminal import show, stop, text_columns, working, write


class Format(StrEnum):
    """How a graph is written."""

    TEXT = "text"
    MERMAID = "mermaid"
    DOT = "dot"
    SVG = "svg"


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("graph", epilog="Example: mutandis graph 'act/95(1)' --reverse --format svg > impact.svg")(graph)


def graph(
    provision: Annotated[
        str,
        typer.Argument(
            metavar="PROVISION", help="A provision (`act/77(1)`), an action or a derived fact.", show_default=False
        ),
    ],
    format_: Annotated[Format, typer.Option("--format", help="How to write it.")] = Format.TEXT,
    reverse: Annotated[bool, typer.Option("--reverse", help="What depends on it, not what it depends on.")] = False,
    depth: Annotated[
        int | None, typer.Option("--depth", min=1, metavar="N", help="Only what is at most so many steps away.")
    ] = None,
    rulebook: ReadRulebookOption = None,
) -> None:
    """Show what a provision depends on or, with `--reverse`, what depends on it: what an amendment would reach."""
    opened = with_files_or_stop(rulebook)
    with working("drawing the graph"):
        whole = graph_of(opened)
    try:
        root, whole = find_node(provision, whole, opened.source.laws, opened.source.vocabulary)
    except NoNodeError as error:
        if provision in opened.source.vocabulary.facts:
            stop(f"`{provision}` is a fact that cases state: no provision gives it", "name a provision or an action")
        stop(str(error), error.help)
    routes = impact(whole, root) if reverse else dependencies(whole, root)
    view = view_of(whole, root, routes, opened.names, depth)
    match format_:
        case Format.TEXT:
            show(graph_tree(view, text_columns()))
        case Format.MERMAID:
            write(graph_mermaid(view))
        case Format.DOT:
            write(graph_dot(view))
        case Format.SVG:
            write(graph_svg(view))
