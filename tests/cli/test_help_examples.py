"""Every example that the program's help prints runs, word for word, where a person has the rulebook in a folder."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.test_program import PROGRAM, commands_with_help
from tests.text.official_texts import texts_folder

from mutandis import Rulebook
from mutandis.resources import rulebook_folder
from mutandis_log import DecisionLog, Draft

GOES_ON = {
    "ask": "waits at a terminal for its answers",
    "serve": "serves until it is ended",
    "lsp": "serves until it is ended",
}
"""The commands whose example does not end by itself."""
EXAMPLES = {one.name: one.epilog.removeprefix("Example: ") for one in commands_with_help() if one.name not in GOES_ON}
FINDS = dict.fromkeys(("impact", "replay"), "answers are otherwise under the amended rulebook")
"""The commands whose example ends with 1, and what it has found."""
_SETTLED = {"inmate.class": "sentenced", "kin.relation": "spouse", "kin.died": True, "temporary_release.days": "4 days"}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all that the examples name: the rulebook under `main`, its amendment, rows, a log."""
    place = tmp_path_factory.mktemp("examples") / "place"
    shutil.copytree(Path(str(rulebook_folder())), place / "rulebook")
    for command in (["init", "-q", "-b", "main"], ["add", "rulebook"], ["commit", "-q", "-m", "Rules"]):
        named = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org"]
        subprocess.run(["git", *named, *command], cwd=place, check=True)
    amended = place / "amended"
    shutil.copytree(place / "rulebook", amended)
    article = amended / "act" / "temporary-release" / "077-temporary-release.yaml"
    article.write_text(
        article.read_text().replace("temporary_release.days < 5 days", "temporary_release.days < 3 days")
    )
    columns, values = ",".join(_SETTLED), "sentenced,spouse,yes,4 days"
    (place / "register.csv").write_text(f"{columns}\n{values}\n")
    rulebook, action, at = Rulebook.load(place / "rulebook"), "grant temporary_release", dt.date(2020, 3, 1)
    question = {"action": action, "at": at.isoformat(), "law_as_of": None, "by": "warden", "holidays": None}
    record = rulebook.record(action, _SETTLED, at=at, by="warden")
    log = DecisionLog(str(place / "decisions.sqlite"))
    log.append(Draft.of_decision(rulebook.decide(action, _SETTLED, at=at, by="warden"), record.facts, question))
    return place


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_the_example_of_the_help_runs_as_it_is_printed(name: str, place: Path, tmp_path: Path) -> None:
    here = tmp_path / "here"
    shutil.copytree(place, here)
    shutil.copytree(here / "amended", tmp_path / "before" / "rulebook")
    if "act.txt" in EXAMPLES[name]:
        official = texts_folder() / "act.txt"
        if not official.is_file():
            pytest.skip("the official text of the Act is not here")
        for copy in ("act.txt", "act-2026.txt"):
            shutil.copy(official, here / copy)
    program = tmp_path / "bin" / "mutandis"
    program.parent.mkdir()
    program.write_text(f"#!{sys.executable}\n{PROGRAM[2]}\n")
    program.chmod(0o755)
    settings = {key: value for key, value in os.environ.items() if key != "MUTANDIS_RULEBOOK"}
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    settings |= {"PATH": path, "XDG_CACHE_HOME": str(place.with_name("kept"))}
    done = subprocess.run(
        ["bash", "-c", EXAMPLES[name]], cwd=here, env=settings, capture_output=True, text=True, check=False
    )
    assert done.returncode == int(name in FINDS), done.stderr
