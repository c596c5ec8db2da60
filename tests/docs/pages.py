"""Pages whose examples are run: the files they show are written, the commands they show are run, the output compared.

In a page, `<!-- file: NAME -->` before a fenced block makes the block a file; `<!-- run -->` before a `console` block
runs each line that begins with `$ ` and expects what follows it. What a run is expected to say is rewritten by

    python tests/docs/pages.py

and every changed line is then read by a person.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = (
    "README.md",
    "docs/tutorial.md",
    "docs/embedding.md",
    "docs/tables.md",
    "docs/service.md",
    "docs/log.md",
    "docs/text/amending.md",
)

_BLOCK = re.compile(
    r"^<!-- (?P<mark>file: (?P<file>\S+)|run) -->\n```\w*\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
# What follows from the content of the whole rulebook changes with every rule and is no part of an example.
_HASH = re.compile(r"(rulebook|Rulebook) (`?)[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Block:
    """One marked block: a file to write (`file` is its name), or commands to run."""

    file: str
    text: str
    start: int
    end: int


def blocks_of(page: str) -> tuple[Block, ...]:
    """The marked blocks of a page, in order."""
    return tuple(
        Block(found["file"] or "", found["text"], found.start("text"), found.end("text"))
        for found in _BLOCK.finditer(page)
    )


def commands_of(text: str) -> list[tuple[str, str]]:
    """Each command of a console block with the output written under it."""
    found: list[tuple[str, str]] = []
    for line in text.splitlines(keepends=True):
        if line.startswith("$ "):
            found.append((line[2:].rstrip("\n"), ""))
        elif found:
            command, output = found[-1]
            found[-1] = (command, output + line)
    return found


def run_command(command: str, folder: Path) -> str:
    """What a command prints, standard output and errors together; trailing blanks are no part of a page."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    settings = {**os.environ, "PATH": path, "NO_COLOR": "1", "COLUMNS": "100", "PYTHONIOENCODING": "utf-8"}
    settings.pop("MUTANDIS_RULEBOOK", None)
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    shown = "\n".join(line.rstrip() for line in done.stdout.splitlines())
    return shown.rstrip("\n") + "\n" if shown.strip() else ""


def masked(output: str) -> str:
    """Output without what no page can know beforehand."""
    return _HASH.sub(r"\1 \2............", output.rstrip("\n"))


def replay(page: str, folder: Path) -> list[tuple[str, str, str]]:
    """Every command of the page, run in order in `folder`: the command, what the page says, what it printed."""
    found: list[tuple[str, str, str]] = []
    for block in blocks_of(page):
        if block.file:
            path = folder / block.file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, encoding="utf-8")
        else:
            found.extend((command, said, run_command(command, folder)) for command, said in commands_of(block.text))
    return found


def _rewritten(page: str, folder: Path) -> str:
    printed = iter(replay(page, folder))
    text = page
    shift = 0
    for block in blocks_of(page):
        if block.file:
            continue
        lines: list[str] = []
        for command, said in commands_of(block.text):
            _, _, output = next(printed)
            lines += [f"$ {command}\n", output if masked(output) != masked(said) else said]
            if not "".join(lines).endswith("\n\n") and command != commands_of(block.text)[-1][0]:
                lines.append("\n")
        new = "".join(lines)
        text = text[: block.start + shift] + new + text[block.end + shift :]
        shift += len(new) - (block.end - block.start)
    return text


def main() -> None:
    """Rewrite the outputs of every page."""
    for name in PAGES:
        path = ROOT / name
        with tempfile.TemporaryDirectory() as folder:
            old = path.read_text(encoding="utf-8")
            new = _rewritten(old, Path(folder))
            if new != old:
                path.write_text(new, encoding="utf-8")
                print(f"rewrote {name}")


if __name__ == "__main__":
    main()
