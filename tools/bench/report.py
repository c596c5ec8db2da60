"""The report: Markdown with tables, and a bar chart in SVG beside it."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from html import escape

from bench.measure import Timing
from bench.suite import Part

METHOD = """\
Every contestant decides the same seeded cases in turn, round after round, in one process; the figure is the median over
the rounds, and the ratio is the median of the ratios within rounds, to the first row of its table. Each part was
measured in several processes, {runs} here: given are the medians of their medians, `least` and `most` of all rounds,
and as `from` and `to` the least and the greatest ratio of a process. Inputs are prepared outside the timing in the form
each engine likes best. A full decision of Mutandis is asked for its verdict, citations, limits with margins, breaches
and missing facts; the peers give a bare answer with the grounds that hold. Start-up is the time of whole processes,
each new and with what it imports; none leaves anything behind for the next.

The policy is Act 77 (1) simplified: class, time served against a third of the term, record, one of six grounds, days
asked and used. Mutandis remembers limits by their figures, as days recur; the second table works every one out anew.
OPA itself is not among the peers: its binding on the package registry asks for a later Python. Regorus runs its
language.
"""


def markdown(parts: Sequence[Part], command: str, runs: int) -> str:
    """The whole page. `command` is how to make it again, `runs` in how many processes each part was measured."""
    machine = f"{platform.machine()}, {platform.system()} {platform.release()}, Python {platform.python_version()}"
    lines = ["# Performance", "", f"Made by `{command}`; do not edit by hand.", "", METHOD.format(runs=runs)]
    lines += [f"Machine: {machine}.", "", "![Time for one decision](performance.svg)", ""]
    for part in parts:
        lines += [f"## {part.title}", "", f"| | median, {part.unit} | least | most | ratio | from | to |"]
        lines += ["|---|--:|--:|--:|--:|--:|--:|", *(_row(row) for row in part.rows), ""]
        lines += [f"- {remark}" for remark in part.remarks]
        lines += [f"- not measured: {name}" for name in part.absent]
        if part.remarks or part.absent:
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _row(row: Timing) -> str:
    times = " | ".join(f"{figure:.2f}" for figure in (row.median, row.least, row.most))
    ratios = " | ".join(f"{ratio:.1f}" for ratio in (row.ratio, row.ratio_least, row.ratio_most))
    return f"| {row.name} | {times} | {ratios} |"


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
