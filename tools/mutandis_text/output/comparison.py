"""A comparison for the terminal, as Markdown for a review, as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.text import Text

from mutandis_text.comparison.compare import ChangeOf, Comparison, ProvisionChange
from mutandis_text.comparison.word_difference import WordEdit, join_words

_STYLE = {
    ChangeOf.INSERTED: "green",
    ChangeOf.DELETED: "red",
    ChangeOf.MOVED: "magenta",
    ChangeOf.RENUMBERED: "magenta",
    ChangeOf.REWORDED: "yellow",
    ChangeOf.HEADING: "cyan",
    ChangeOf.ANNOTATION: "dim",
}
_AROUND = 8
"""Words kept on either side of a difference; enough to find the place."""


def count_changes(comparison: Comparison) -> dict[str, int]:
    """How many provisions are unchanged and how many changed in each way; a provision can count twice."""
    counts = Counter(change.value for one in comparison.changes for change in one.changes)
    return {"unchanged": comparison.unchanged, **{kind.value: counts[kind.value] for kind in ChangeOf}}


def comparison_json(comparison: Comparison) -> dict[str, object]:
    """The JSON form (`schemas/text-check.schema.json`)."""
    return {
        "law": comparison.law,
        "counts": count_changes(comparison),
        "changes": [_change_json(change) for change in comparison.changes],
    }


def comparison_text(comparison: Comparison) -> RenderableType:
    """The comparison for the terminal."""
    parts: list[RenderableType] = [Text(_summary(comparison), style="bold")]
    for change in comparison.changes:
        line = Text(_name(change), style="bold")
        for kind in change.changes:
            line.append(f"  {kind.value}", style=_STYLE[kind])
        if change.follows:
            line.append("  (with the provision it stands in)", style="dim")
        parts.append(line)
        if change.edits:
            parts.append(_edits_text(change.edits))
        if change.rules:
            parts.append(Text(f"    rules: {', '.join(change.rules)}"))
        if change.referred_by and not change.follows:
            parts.append(Text(f"    referred to by: {', '.join(change.referred_by)}", style="dim"))
    if not comparison.has_words and any(ChangeOf.REWORDED in c.changes for c in comparison.changes):
        parts.append(Text("Give the older text with --old to see the words that changed.", style="dim"))
    return Group(*parts)


def comparison_markdown(comparison: Comparison) -> str:
    """The comparison as a list to work through."""
    lines = [f"# {comparison.law}: what the newer text changed", "", _summary(comparison), ""]
    for kind in ChangeOf:
        found = [c for c in comparison.changes if c.changes[0] is kind and not c.follows]
        if not found:
            continue
        lines += [f"## {kind.value.capitalize()}", ""]
        for change in found:
            others = "".join(f", {other.value}" for other in change.changes[1:])
            lines.append(f"- [ ] `{_name(change)}`{others}")
            lines += [f"  - {_edits_markdown(change.edits)}"] if change.edits else []
            lines += [f"  - rules: {_code(change.rules)}"] if change.rules else []
            lines += [f"  - referred to by: {_code(change.referred_by)}"] if change.referred_by else []
        lines.append("")
    following = [change for change in comparison.changes if change.follows]
    if following:
        lines += [f"{len(following)} provisions were renumbered with the provision they stand in.", ""]
    return "\n".join(lines).rstrip() + "\n"


def _summary(comparison: Comparison) -> str:
    counts = count_changes(comparison)
    return ", ".join(f"{count} {name}" for name, count in counts.items() if count or name == "unchanged")


def _name(change: ProvisionChange) -> str:
    if change.old and change.new and change.old != change.new:
        return f"{change.old} → {change.new}"
    return change.id


def _change_json(change: ProvisionChange) -> dict[str, object]:
    return {
        "old": change.old,
        "new": change.new,
        "changes": [kind.value for kind in change.changes],
        "follows": change.follows,
        "words": [{"kind": e.kind, "old": join_words(e.old), "new": join_words(e.new)} for e in change.edits],
        "rules": list(change.rules),
        "referred_by": list(change.referred_by),
    }


def _edits_text(edits: Iterable[WordEdit]) -> Text:
    line = Text("    ")
    for edit in edits:
        if edit.kind == "kept":
            line.append(f"{_shorten(edit.old)} ")
            continue
        if edit.old:
            line.append(f"[-{join_words(edit.old)}-]", style="red")
        if edit.new:
            line.append(f"{{+{join_words(edit.new)}+}}", style="green")
        line.append(" ")
    return line


def _edits_markdown(edits: Iterable[WordEdit]) -> str:
    parts: list[str] = []
    for edit in edits:
        if edit.kind == "kept":
            parts.append(_shorten(edit.old))
            continue
        parts += [f"~~{join_words(edit.old)}~~"] if edit.old else []
        parts += [f"**{join_words(edit.new)}**"] if edit.new else []
    return " ".join(parts)


def _shorten(words: tuple[str, ...]) -> str:
    if len(words) <= 2 * _AROUND:
        return join_words(words)
    return f"{join_words(words[:_AROUND])} … {join_words(words[-_AROUND:])}"


def _code(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
