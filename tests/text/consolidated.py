"""Makes the text of an amended law from the text before it, the way a publisher prints it: for tests of the desk."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass
class Consolidated:
    """The lines of a consolidated text, edited in place."""

    lines: list[str]

    @classmethod
    def of(cls, text: str) -> Consolidated:
        return cls(text.splitlines())

    @property
    def text(self) -> str:
        return "\n".join(self.lines) + "\n"

    def enact(self, instrument: str, *addenda: str) -> None:
        """Name the instrument in the head and print its addenda at the end."""
        last = max(
            at
            for at, line in enumerate(self.lines[:70])
            if re.search(r"\bNo\. \d+, [A-Z][a-z]{2}\.? ", line) and len(line) < 60 and "<" not in line
        )
        self.lines[last + 1 : last + 1] = ["", instrument]
        while not self.lines[-1].strip():
            self.lines.pop()
        self.lines += [f"{'ADDENDA' if len(addenda) > 1 else 'ADDENDUM'} <{instrument}>", *addenda]

    def article(self, number: str) -> tuple[int, int]:
        """The first line of an article and the one behind its last."""
        start = next(
            at
            for at, line in enumerate(self.lines)
            if re.match(rf"[\s\u00a0]*Article[\s\u00a0]{number}[\s\u00a0]?\(", line)
        )
        end = start + 1
        while not re.match(r"[\s\u00a0]*Articles?[\s\u00a0]\d|CHAPTER|SECTION|PART|ADDEND", self.lines[end]):
            end += 1
        return start, end

    def line(self, number: str, *labels: str) -> int:
        """The line of a paragraph `(4)`, or of a subparagraph `8.` in it."""
        at, end = self.article(number)
        for label in labels:
            at = next(one for one in range(at, end) if self.lines[one].startswith(f"{label} "))
        return at

    def insert_after(self, at: int, *lines: str) -> None:
        self.lines[at + 1 : at + 1] = lines

    def replace(self, at: int, old: str, new: str) -> None:
        assert old in self.lines[at], (old, self.lines[at])
        self.lines[at] = self.lines[at].replace(old, new)

    def annotate(self, at: int, done: str) -> None:
        line = self.lines[at]
        if line.endswith(">"):
            self.lines[at] = line[:-1] + "; " + done.partition(" by ")[2] + ">"
        else:
            self.lines[at] = f"{line} <{done}>"
