"""`PYTHONPATH=tools python -m bench`: measure everything and write docs/performance.md and its picture."""

from __future__ import annotations

import argparse
from pathlib import Path

from bench import report, suite

COMMAND = "PYTHONPATH=tools python -m bench"


def main() -> None:
    """Run the suite. `--quick` makes every part a tenth as long, for a look; figures to quote come without it."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=main.__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the cases")
    parser.add_argument("--out", type=Path, default=Path("docs"), help="the folder for performance.md and its picture")
    options = parser.parse_args()
    count = 1_000 if options.quick else 10_000
    articles = 300 if options.quick else 3_000
    parts = [
        suite.against_peers(count),
        suite.with_many_articles(300, count),
        suite.with_a_fact_missing(count),
        suite.start_up(),
        suite.loading((50, 100, 200, 400) if options.quick else (100, 200, 400, 800)),
        suite.large(articles, count // 10),
    ]
    text = report.markdown(parts, COMMAND)
    (options.out / "performance.md").write_text(text, encoding="utf-8")
    picture = report.bar_chart(parts[0].rows, "One decision, one article loaded", "µs")
    (options.out / "performance.svg").write_text(picture, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
