"""A decision as Markdown, for a file or a memorandum."""

from __future__ import annotations

import re
from collections.abc import Mapping

from mutandis.decide.result import Decision
from mutandis_tools.names import Names
from mutandis_tools.report.decision_outline import Item, outline_decision
from mutandis_tools.report.lines import printable

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!&])")


def escape_markdown(text: str) -> str:
    """`text` so that Markdown shows it as it is: one line, no markup, no HTML.

    >>> escape_markdown("a <b> *c*")
    'a \\\\<b\\\\> \\\\*c\\\\*'
    """
    return _SPECIAL.sub(r"\\\1", printable(text))


def decision_markdown(
    decision: Decision,
    names: Names,
    title: str = "",
    everything: bool = False,
    facts: Mapping[str, object] | None = None,
) -> str:
    """The whole decision; the title (or the action) is a heading of the second level."""
    outline = outline_decision(decision, names, everything, facts)
    lines = [f"## {escape_markdown(title or outline.action)}", ""]
    lines += [f"**{escape_markdown(outline.action)}: {escape_markdown(outline.answer)}**", ""]
    if outline.explanation:
        lines += [escape_markdown(outline.explanation), ""]
    for section in outline.sections:
        lines += [f"### {section.title}", ""]
        for item in section.items:
            lines.extend(_item(item))
        lines.append("")
    if outline.standing:
        lines += [f"Presumed: {escape_markdown(outline.standing)}.", ""]
    if outline.handled_by:
        lines += [f"Handled by: {escape_markdown(outline.handled_by)}", ""]
    lines += [f"Rulebook `{outline.content_hash[:12]}`.", ""]
    return "\n".join(lines)


def _item(item: Item) -> list[str]:
    text = f": {escape_markdown(item.text)}" if item.text else ""
    return [f"- **{escape_markdown(item.head)}**{text}", *(f"  - {escape_markdown(one)}" for one in item.more)]
