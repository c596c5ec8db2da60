"""A JSON Schema as a page to read: every kind of part with its keys, what each means, and which must be there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def schema_page(text: str) -> str:
    """The schema in `text` as Markdown: the file itself first, then the parts it is made of, in the schema's order."""
    schema: dict[str, Any] = json.loads(text)
    parts: dict[str, Any] = schema.get("$defs", {})
    lines = [f"## {schema['title']}", "", schema.get("description", ""), "", *_keys(schema, parts)]
    for name, part in parts.items():
        lines += [f"### {schema['title']}: {name.replace('_', ' ')}", ""]
        if description := part.get("description"):
            lines += [description, ""]
        if "properties" in part:
            lines += _keys(part, parts)
        else:
            lines += [f"Written as {_form(part)}.", ""]
    return "\n".join(lines)


def _keys(part: Mapping[str, Any], parts: Mapping[str, Any]) -> list[str]:
    required = set(part.get("required", ()))
    rows = [
        f"| `{key}` | {'yes' if key in required else ''} | {_form(value)} | {_meaning(value, parts)} |"
        for key, value in part.get("properties", {}).items()
    ]
    if not rows:
        return []
    return ["| key | needed | written as | meaning |", "|---|---|---|---|", *rows, ""]


def _form(part: Mapping[str, Any]) -> str:
    if reference := part.get("$ref"):
        return str(reference).rpartition("/")[2].replace("_", " ")
    if "const" in part:
        return f"`{part['const']}`"
    if "enum" in part:
        return ", ".join(f"`{value}`" for value in part["enum"])
    for choice in ("anyOf", "oneOf"):
        if choice in part:
            return " or ".join(dict.fromkeys(_form(one) for one in part[choice]))
    match part.get("type"):
        case "array":
            return f"list of {_form(part['items'])}" if "items" in part else "list"
        case "object":
            inner = part.get("additionalProperties")
            return f"mapping to {_form(inner)}" if isinstance(inner, dict) else "mapping"
        case "string":
            return "text"
        case list() as kinds:
            return " or ".join("text" if kind == "string" else str(kind) for kind in kinds)
        case None:
            return "anything"
        case kind:
            return str(kind)


def _meaning(value: Mapping[str, Any], parts: Mapping[str, Any]) -> str:
    """The key's own description, or that of the part it is written as."""
    named = parts.get(str(value.get("$ref", "")).rpartition("/")[2], {})
    text = str(value.get("description") or named.get("description") or value.get("items", {}).get("description", ""))
    return text.replace("|", "\\|").replace("\n", " ")
