"""What the container file copies and installs is there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from typer.main import get_command

from mutandis_tools.main import build_app

ROOT = Path(__file__).parents[2]
WRITTEN = (ROOT / "Containerfile").read_text(encoding="utf-8")


def test_everything_that_is_copied_into_the_image_is_there() -> None:
    copied = [name for line in re.findall(r"^COPY (?!--from)(.+) \S+$", WRITTEN, re.MULTILINE) for name in line.split()]
    assert {"pyproject.toml", "engine", "rulebook"} <= set(copied)
    assert all((ROOT / name).exists() for name in copied)


def test_everything_that_is_installed_and_said_to_the_program_is_known() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    (wanted,) = re.findall(r"'\.\[(.+)\]'", WRITTEN)
    assert set(wanted.split(",")) <= extras.keys()
    serve = get_command(build_app("serve"))
    options = {flag for one in serve.params for flag in one.opts}
    commands = getattr(serve, "commands", None)
    if commands is not None:
        options = {flag for one in commands["serve"].params for flag in one.opts}
    assert set(re.findall(r'"(--[a-z]+)"', WRITTEN)) <= options
