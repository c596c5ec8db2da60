"""`PYTHONPATH=tools python -m bench`: measure everything and write docs/performance.md and its picture."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from bench import report, suite
from bench.measure import Timing, put_together
from bench.suite import Part

COMMAND = "pip install '.[bench]' && PYTHONPATH=tools python -m bench"

PARTS: dict[str, Callable[[int, int], Part]] = {
    "peers": lambda count, articles: suite.against_peers(count),
    "figures": lambda count, articles: suite.figures_not_met_before(count),
    "one-of-300": lambda count, articles: suite.one_among_many(300, count),
    "all-of-300": lambda count, articles: suite.all_of_many(300, own=False),
    "all-of-300-apart": lambda count, articles: suite.all_of_many(300, own=True),
    "tables": lambda count, articles: suite.tables(count * 100),
    "parquet": lambda count, articles: suite.parquet(count * 100),
    "missing": lambda count, articles: suite.with_a_fact_missing(count),
    "shipped": lambda count, articles: suite.shipped_rulebook(),
    "start-up": lambda count, articles: suite.start_up(),
    "loading": lambda count, articles: suite.loading((articles // 30, articles // 15, articles // 7, articles // 4)),
    "first": lambda count, articles: suite.first_decisions(100),
    "scale": lambda count, articles: suite.large(articles, count // 10),
}
"""Each part from the number of cases and the number of articles of a large rulebook."""


def main() -> None:
    """Run the suite, each part in processes of its own. Figures to quote come from a whole run."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=main.__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the cases, one process a part: for a look")
    parser.add_argument("--runs", type=int, default=5, help="how many processes measure each part")
    parser.add_argument("--only", choices=PARTS, help="one part, printed and not written")
    parser.add_argument("--as-json", action="store_true", help="with --only: measured in this process, as JSON")
    parser.add_argument("--out", type=Path, default=Path("docs"), help="the folder for performance.md and its picture")
    options = parser.parse_args()
    count, articles, runs = (1_000, 300, 1) if options.quick else (10_000, 3_000, options.runs)
    if options.only and options.as_json:
        print(json.dumps(asdict(PARTS[options.only](count, articles))))
        return
    names = [options.only] if options.only else list(PARTS)
    parts = [_measured(name, runs, options.quick) for name in names]
    text = report.markdown(parts, COMMAND, runs)
    if not options.only:
        options.out.mkdir(parents=True, exist_ok=True)
        (options.out / "performance.md").write_text(text, encoding="utf-8")
        picture = report.bar_chart(parts[0].rows, "One decision, one article loaded", "µs")
        (options.out / "performance.svg").write_text(picture, encoding="utf-8")
    print(text)


def _measured(name: str, runs: int, quick: bool) -> Part:
    """The part, measured in that many processes."""
    command = [sys.executable, "-m", "bench", "--only", name, "--as-json", *(["--quick"] if quick else [])]
    found = []
    for run in range(runs):
        print(f"{name}, process {run + 1} of {runs}", file=sys.stderr)
        found.append(_part(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)))
    return _as_one(found)


def _part(data: dict[str, Any]) -> Part:
    rows = tuple(Timing(**row) for row in data["rows"])
    return Part(data["title"], data["unit"], rows, tuple(data["remarks"]), tuple(data["absent"]))


def _as_one(parts: Sequence[Part]) -> Part:
    rows = tuple(put_together(runs) for runs in zip(*(part.rows for part in parts), strict=True))
    # What is counted is the same in every process; of what is measured beside the rows, each process has its own.
    remarks = tuple(dict.fromkeys(remark for part in parts for remark in part.remarks))
    return replace(parts[0], rows=rows, remarks=remarks)


if __name__ == "__main__":
    main()
