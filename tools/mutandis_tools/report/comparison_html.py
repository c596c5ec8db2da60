"""A comparison of two rulebooks as one HTML page for a pull request or a desk: no script, no outside file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from mutandis_tools.report.lines import Line, Piece

_STYLE = """
body { font: 11pt/1.45 "Noto Sans", "Segoe UI", Helvetica, Arial, sans-serif; color: #111; max-width: 70rem;
  margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 17pt; line-height: 1.2 }
h2 { font-size: 13pt; margin: 1.6rem 0 .4rem; padding-top: .4rem; border-top: 1.5pt solid #111; break-after: avoid }
p { margin: .1rem 0; padding-left: calc(var(--depth) * .55rem); overflow-wrap: anywhere; break-inside: avoid }
p.top { margin-top: .7rem }
.strong, .place { font-weight: 600 } .place { color: #0b3d66 } .quiet { color: #555 }
.good { color: #0b5323; font-weight: 600 } .bad { color: #8c1d18; font-weight: 600 }
.open { color: #7a4b00; font-weight: 600 } .fact { font-family: ui-monospace, Menlo, monospace }
footer { margin-top: 2rem; font-size: 9pt; color: #555 }
@media print { body { margin: 0; max-width: none } }
"""


def comparison_html(title: str, lines: Iterable[Line]) -> str:
    """The page. Everything that comes from a rulebook is escaped."""
    told = list(_body(lines)) or ["<p>Nothing is otherwise.</p>"]
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
            f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>",
            f"<h1>{escape(title)}</h1>",
            *told,
            "<footer>Each case shown was decided by both. What was proved, and what was only searched, is said so."
            "</footer></body></html>\n",
        ]
    )


def _body(lines: Iterable[Line]) -> Iterator[str]:
    for one in lines:
        if not one:
            continue
        if one[0].style == "heading":
            yield f"<h2>{escape(one[0].text)}</h2>"
            continue
        text = "".join(piece.text for piece in one)
        depth = len(text) - len(text.lstrip())
        top = ' class="top"' if depth == 2 else ""  # what the reports indent by two begins something
        yield f'<p{top} style="--depth: {depth}">{"".join(map(_piece, one)).strip()}</p>'


def _piece(piece: Piece) -> str:
    text = escape(piece.text)
    return f'<span class="{piece.style}">{text}</span>' if piece.style and piece.text.strip() else text
