"""The report: Markdown with tables, and a bar chart in SVG beside it."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from html import escape

from bench.measure import Timing
from bench.suite import Part

METHOD = """\
Every contestant decides the same seeded cases in turn, round after round, in one process; the figure is the median over
the rounds, `least` and `most` show the noise, and the ratio is the median of the ratios within rounds, to the first row
of its table. Inputs are prepared outside the timing in the form each engine likes best. A full decision of Mutandis is
asked for its verdict, citations, limits with margins, breaches and missing facts; the peers give a bare answer with the
grounds that hold. Start-up is the time of whole processes. Memory is what the allocator holds after loading.
"""


def markdown(parts: Sequence[Part], command: str) -> str:
    """The whole page. `command` is how to make it again."""
    machine = f"{platform.machine()}, {platform.system()} {platform.release()}, Python {platform.python_version()}"
    lines = ["# Performance", "", f"Made by `{command}`; do not edit by hand.", "", METHOD, f"Machine: {machine}.", ""]
    lines += ["![Time for one decision](performance.svg)", ""]
    for part in parts:
        lines += [f"## {part.title}", "", f"| | median, {part.unit} | least | most | ratio |", "|---|--:|--:|--:|--:|"]
        lines += [_row(row) for row in part.rows]
        lines.append("")
        lines += [f"- {remark}" for remark in part.remarks]
        lines += [f"- not measured: {name}" for name in part.absent]
        if part.remarks or part.absent:
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _row(row: Timing) -> str:
    return f"| {row.name} | {row.median:.2f} | {row.least:.2f} | {row.most:.2f} | {row.ratio:.1f} |"


def bar_chart(rows: Sequence[Timing], title: str, unit: str) -> str:
    """Horizontal bars on a logarithmic scale, one a row, as an SVG picture of its own."""
    from math import log10

    height, left, width = 26, 250, 460
    low = min(row.median for row in rows) / 2
    span = log10(max(row.median for row in rows) / low)
    bars = []
    for k, row in enumerate(rows):
        y = 46 + k * height
        length = log10(row.median / low) / span * width
        colour = "#1f5fa8" if row.name.startswith("mutandis") else "#9aa5b1"
        bars.append(
            f'<text x="{left - 8}" y="{y + 14}" text-anchor="end">{escape(row.name)}</text>'
            f'<rect x="{left}" y="{y}" width="{length:.1f}" height="18" fill="{colour}"/>'
            f'<text x="{left + length + 6:.1f}" y="{y + 14}">{row.median:.2f} {unit}</text>'
        )
    total = 60 + len(rows) * height
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="820" height="{total}" font-family="sans-serif" font-size="13">'
        f'<rect width="820" height="{total}" fill="white"/>'
        f'<text x="16" y="26" font-size="16">{escape(title)} (logarithmic scale)</text>{"".join(bars)}</svg>\n'
    )
