"""The Python that the pages show is checked as a user's own: `mypy --strict`, without this project's settings."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.docs.pages import PAGES, ROOT

_PYTHON = re.compile(r"^(?:<!-- file: (?P<file>\S+\.py) -->\n)?```python\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


def _snippets(page: str) -> dict[str, str]:
    """The Python blocks of a page, by the file that each stands for; those that no run names are numbered."""
    found = _PYTHON.finditer((ROOT / page).read_text(encoding="utf-8"))
    return {one["file"] or f"snippet_{number}.py": one["text"] for number, one in enumerate(found, 1)}


_WITH_PYTHON = [page for page in PAGES if _snippets(page)]


def test_the_pages_show_python() -> None:
    assert {"docs/embedding.md", "docs/tables.md", "docs/service.md"} <= set(_WITH_PYTHON)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What was checked for one page is not checked again for the next."""
    return tmp_path_factory.mktemp("mypy")


@pytest.mark.parametrize("page", _WITH_PYTHON)
def test_every_snippet_is_typed_as_strictly_as_a_user_may_check_it(tmp_path: Path, cache: Path, page: str) -> None:
    for name, text in _snippets(page).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    places = os.pathsep.join((str(ROOT / "engine"), str(ROOT / "tools")))
    # Of an installed package mypy tells no fault, nor is any told here of the sources that stand for it.
    as_installed = ["--follow-imports", "silent", "--config-file", os.devnull, "--cache-dir", str(cache)]
    command = [sys.executable, "-m", "mypy", "--strict", *as_installed]
    done = subprocess.run(
        [*command, *sorted(_snippets(page))],
        cwd=tmp_path,
        env={**os.environ, "MYPYPATH": places},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
