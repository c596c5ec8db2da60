"""What the pages show is what happens."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.docs.pages import PAGES, ROOT, masked, replay


@pytest.mark.parametrize("name", PAGES)
def test_every_command_of_the_page_prints_what_the_page_says(name: str, tmp_path: Path) -> None:
    page = (ROOT / name).read_text(encoding="utf-8")
    ran = replay(page, tmp_path)
    assert ran, f"{name} shows no command"
    for command, said, printed in ran:
        assert (command, masked(said)) == (command, masked(printed))
