"""The slips of a legal drafter, each an edit of the rulebook in `book/`, with what `mutandis check` says of it.

A `.slips` file holds one slip after another, parted by blank lines: `#` names it, `@` the file it is made in, `-` lines
of that file that `+` lines stand in the place of; `=` alone is another condition for the first rule of the Parks Act.
The lines with `!` are what must be told, in full. `python tests/slips/slips.py` writes these anew; read every line
that changed.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mutandis.diagnostics import Diagnostic, gather_alike
from mutandis_tools.opening import find_faults, open_rulebook

HERE = Path(__file__).parent
BOOK = HERE / "book"
_RULES = "park/dogs/001-dogs.yaml"
_CONDITION = "    when: "


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip: its name, where it is made, and what stands there instead."""

    name: str
    file: str
    old: str
    new: str
    told: tuple[str, ...]
    head: tuple[str, ...]

    def made_in(self, folder: Path) -> None:
        """Make the slip in the copy of the book in `folder`."""
        path = folder / self.file
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        assert (text.count(self.old) == 1) if self.old else not text, f"{self.name}: {self.old!r} is not there once"
        path.write_text(text.replace(self.old, self.new) if self.old else self.new, encoding="utf-8", newline="")


def read_slips(path: Path) -> Iterator[Slip]:
    """The slips of a file."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = block.strip("\n").split("\n")
        if lines == [""]:
            continue
        signs: dict[str, list[str]] = {}
        for one in lines:
            signs.setdefault(one[:1], []).append(_unwritten(one[2:]))
        assert set(signs) <= set("#@-+=!"), f"{path.name}: {block}"
        old, new = signs.get("-", []), signs.get("+", [])
        if "=" in signs:
            old, new = [f"{_CONDITION}dog.leashed"], [_CONDITION + signs["="][0]]
        told = tuple(signs.get("!", []))
        head = tuple(one for one in lines if not one.startswith("!"))
        # A whole new file has no line that it takes the place of.
        text = [f"{line}\n" for line in new]
        file = signs.get("@", [_RULES])[0]
        yield Slip(signs["#"][0], file, "".join(f"{line}\n" for line in old), "".join(text), told, head)


_SIGNS = {"\\u00a0": "\u00a0", "\\u3000": "\u3000", "\\ufeff": "\ufeff", "\\r": "\r", "\\t": "\t", "\\0": "\0"}


def _unwritten(line: str) -> str:
    """The line with the signs that an editor does not show, which a `.slips` file has as escapes."""
    for written, sign in _SIGNS.items():
        line = line.replace(written, sign)
    return line


def faults_of(folder: Path) -> list[Diagnostic]:
    """What `check` says of the book; not that a fact of it is read by no rule, of which the book has some by design."""
    return [found for found in find_faults(open_rulebook(folder)) if found.slug != "unread-fact"]


def tell(slip: Slip, room: Path) -> Iterator[str]:
    """What `check` says of the book with the slip made, line by line."""
    folder = room / "book"
    shutil.copytree(BOOK, folder)
    slip.made_in(folder)
    for found in gather_alike(faults_of(folder)):
        span = found.span
        end = f"-{span.end_column}" if span.end_line == span.line else f" to {span.end_line}:{span.end_column}"
        yield f"{found.severity.value} {found.slug} {span.file}:{span.line}:{span.column}{end}"
        yield f"  {found.message}"
        yield f"  = {found.help}"
        yield from (f"  - {label.span.line}:{label.span.column} {label.text}" for label in found.labels)


def rewrite(path: Path) -> None:
    """Write what is told now into the file."""
    blocks = []
    for slip in read_slips(path):
        with tempfile.TemporaryDirectory() as room:
            told = [f"! {line}" for line in tell(slip, Path(room))]
        blocks.append("\n".join((*slip.head, *told)))
    path.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")


if __name__ == "__main__":
    for slips in sorted(HERE.glob("*.slips")):
        rewrite(slips)
