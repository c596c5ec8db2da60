"""Writes a law's `law.yaml` from its official text: titles, rank, parent, and every instrument with its days."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mutandis_text.document import StatuteDocument
from mutandis_text.references.law_context import read_law_context
from mutandis_text.time.instruments import InstrumentRecord

_SMALL_WORDS = frozenset(
    ("a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with")
)

NO_TITLE = "(the title)"
"""What stands for the title where the text has none."""


def print_law_yaml(document: StatuteDocument, instruments: Sequence[InstrumentRecord]) -> str:
    """The text of the file; an instrument whose day of promulgation is not told is left out, with a comment."""
    context = read_law_context(document.law, document.head.title, ())
    lines = [
        f"law: {document.law}",
        f"title: {_quote(title_case(document.head.title) or NO_TITLE)}",
        f"short: {_quote(title_case(document.law.replace('-', ' ')))}",
        f"rank: {2 if context.is_decree and document.head.title else 1}",
    ]
    if context.parent:
        lines.append(f"parent: ext:{context.parent}")
    lines.append("instruments:" if instruments else "instruments: []")
    for record in instruments:
        lines.extend(_instrument_lines(document.law, record))
    return "\n".join(lines) + "\n"


def keep_what_is_held(text: str, held: str) -> tuple[str, tuple[str, ...]]:
    """A new file with what the one before has and no text tells, and what of that was not there by itself.

    That is how the law is called and ranked (`short`, `rank`, `parent`, `cited_by`), and instruments that the head does
    not print any longer, as it does not those before a whole amendment. They are found by line, as this module writes
    them.
    """
    kept: list[str] = []
    head, _, listed = text.partition("instruments:")
    head_held, _, listed_held = held.partition("instruments:")
    for match in re.finditer(r"(?m)^(short|rank|parent|cited_by): *\S.*$", head_held):
        own = re.search(rf"(?m)^{match[1]}:.*$", head)
        if own is None:
            head += f"{match[0]}\n"
        else:
            head = head.replace(own[0], match[0])
        kept += [f"`{match[1]}`"] if own is None or own[0] != match[0].rstrip() else []
    ids = {name for name, _ in _entries(listed)}
    earlier = [(name, entry) for name, entry in _entries(listed_held) if name not in ids]
    kept += [name for name, _ in earlier]
    if earlier:
        listed = "\n" + "".join(entry for _, entry in earlier) + listed.partition("\n")[2]
    return f"{head}instruments:{listed}", tuple(kept)


def _entries(listed: str) -> list[tuple[str, str]]:
    """The id and the lines of each instrument."""
    entries = re.split(r"(?m)^(?=  - id: )", listed)[1:]
    return [(entry.partition("\n")[0].removeprefix("  - id: ").strip().strip("\"'"), entry) for entry in entries]


def title_case(title: str) -> str:
    """A title in capitals as a title in mixed letters; one that is mixed already stays.

    >>> title_case("ACT ON EXECUTION OF SENTENCES")
    'Act on Execution of Sentences'
    """
    words = " ".join(title.split())
    if not (words.isupper() or words.islower()):
        return words
    cased = [word if word in _SMALL_WORDS else _capital(word) for word in words.lower().split(" ")]
    return " ".join([_capital(cased[0]), *cased[1:]]) if cased else ""


def _capital(word: str) -> str:
    # The first letter only: a bracket or quotation mark may stand before it, a second letter never is the first.
    start = next((at for at, char in enumerate(word) if char.isalpha()), 0)
    return word[:start] + word[start : start + 1].upper() + word[start + 1 :]


def _instrument_lines(law: str, record: InstrumentRecord) -> Iterator[str]:
    if record.promulgated is None:
        yield f"  # {record.id}: the text does not tell its day of promulgation"
        return
    yield f"  - id: {_quote(record.id)}"
    yield f"    promulgated: {record.promulgated.isoformat()}"
    if record.enforced is not None:
        yield f"    enforced: {record.enforced.isoformat()}"
    parts: list[str] = []
    notes = list(record.notes)
    for part in record.parts:
        if part.on is None:
            continue
        told = [name.removeprefix(f"{law}/") for name in part.provisions]
        annexes = [name for name in told if name[:1].isalpha()]
        if annexes:
            # A rule file cites none of them.
            notes.append(f"Enforced on {part.on.isoformat()}: {', '.join(annexes)}.")
        # In quotation marks: another YAML reader would make of 1.10 the number 1.1, of `on` a truth value.
        named = ", ".join(f'"{name}"' for name in told if name not in annexes)
        parts += [f"      - provisions: [{named}]", f'        "on": {part.on.isoformat()}'] if named else []
    if parts:
        yield "    enforced_parts:"
        yield from parts
    if notes:
        yield f"    note: {_quote(' '.join(notes))}"


def _quote(text: str) -> str:
    """The text as a YAML scalar: plain where that is safe, else in double quotes."""
    if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9 .,;()'/-]*", text):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
