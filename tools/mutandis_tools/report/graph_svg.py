"""A view of the graph as SVG, drawn without any program but this one.

The view is a tree, so its drawing needs no layout engine: a column for each depth, every node level with the middle of
what hangs on it. The standard library writes the XML, and so escapes every label.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from mutandis.dataclass import dataclass
from mutandis.graph import NodeKind
from mutandis_tools.report.graph_view import GraphView
from mutandis_tools.report.lines import printable, width

_LETTER, _ROW, _HEIGHT, _PAD, _GAP = 7.2, 40.0, 26.0, 10.0, 150.0
_FILLS: dict[NodeKind, str] = {
    "provision": "#eef3fb",
    "fact": "#f4f9ee",
    "action": "#fdf3e3",
    "external": "#f3f3f3",
    "delegate": "#f3f3f3",
}


@dataclass(frozen=True, slots=True)
class _Box:
    x: float
    y: float
    width: float


def graph_svg(view: GraphView) -> str:
    """The drawing, as one SVG document."""
    boxes = _place(view)
    total = max(box.x + box.width for box in boxes.values()) + _PAD
    height = max(box.y for box in boxes.values()) + _HEIGHT + _PAD
    root = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {total:.0f} {height:.0f}",
            "width": f"{total:.0f}",
            "height": f"{height:.0f}",
            "font-family": "sans-serif",
            "font-size": "12",
            "role": "img",
        },
    )
    ET.SubElement(root, "title").text = printable(view.label(view.root))
    marker = {"viewBox": "0 0 8 8", "refX": "8", "refY": "4", "markerWidth": "7", "markerHeight": "7"}
    definitions = ET.SubElement(root, "defs")
    tip = ET.SubElement(definitions, "marker", {"id": "tip", "orient": "auto-start-reverse", **marker})
    ET.SubElement(tip, "path", {"d": "M0,0 L8,4 L0,8 z", "fill": "#667"})
    for step in view.edges:
        near, far = boxes[step.near], boxes[step.far]
        _draw_edge(root, near, far, step.words, forward=step.edge.source == step.near)
    for node in view.nodes:
        box = boxes[node.id]
        frame = {"x": f"{box.x:.1f}", "y": f"{box.y:.1f}", "width": f"{box.width:.1f}", "height": f"{_HEIGHT:.0f}"}
        corner = "13" if node.kind == "fact" else "4"
        ET.SubElement(root, "rect", {**frame, "rx": corner, "fill": _FILLS[node.kind], "stroke": "#889"})
        _text(root, box.x + box.width / 2, box.y + 17, node.label, "#112", "12")
    return ET.tostring(root, encoding="unicode") + "\n"


def _place(view: GraphView) -> dict[str, _Box]:
    """A box for every node: a column for each depth, as wide as its widest label."""
    depths = {node.id: node.depth for node in view.nodes}
    widths = {node.id: width(printable(node.label)) * _LETTER + 2 * _PAD for node in view.nodes}
    columns: list[float] = []
    x = _PAD
    for depth in range(max(depths.values()) + 1):
        columns.append(x)
        x += max(widths[node] for node, d in depths.items() if d == depth) + _GAP
    rows: dict[str, float] = {}
    bottom = 0.0
    # Children first, without recursion: a chain of references may be long.
    pending = [(view.root, False)]
    while pending:
        node, is_entered = pending.pop()
        children = [step.far for step in view.children(node)]
        if is_entered:
            rows[node] = (rows[children[0]] + rows[children[-1]]) / 2
        elif children:
            pending.append((node, True))
            pending.extend((child, False) for child in reversed(children))
        else:
            rows[node] = bottom
            bottom += 1
    return {node: _Box(columns[depths[node]], _PAD + rows[node] * _ROW, widths[node]) for node in rows}


def _draw_edge(root: ET.Element, near: _Box, far: _Box, words: str, *, forward: bool) -> None:
    x1, y1 = near.x + near.width, near.y + _HEIGHT / 2
    x2, y2 = far.x, far.y + _HEIGHT / 2
    middle = x2 - _GAP / 2
    path = f"M{x1:.1f},{y1:.1f} C{middle:.1f},{y1:.1f} {middle:.1f},{y2:.1f} {x2:.1f},{y2:.1f}"
    end = {"marker-end" if forward else "marker-start": "url(#tip)"}
    ET.SubElement(root, "path", {"d": path, "fill": "none", "stroke": "#889", **end})
    _text(root, x2 - _GAP / 2 + 14, y2 - 5, words, "#556", "10")


def _text(root: ET.Element, x: float, y: float, text: str, fill: str, size: str) -> None:
    where = {"x": f"{x:.1f}", "y": f"{y:.1f}", "text-anchor": "middle", "fill": fill, "font-size": size}
    ET.SubElement(root, "text", where).text = printable(text)
