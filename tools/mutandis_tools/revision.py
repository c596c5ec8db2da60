"""A rulebook as it was in a revision of git: read out beside, without touching anybody's files."""

from __future__ import annotations

import io
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


class NoRevisionError(Exception):
    """The revision cannot be read; `help` says what to do."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.help = help


@contextmanager
def at_revision(folder: Path, revision: str) -> Iterator[Path]:
    """The folder as it was in the revision, in a folder of its own for as long as it is looked at.

    Raises `NoRevisionError`.
    """
    where = folder.resolve()
    inside = _git(where, "rev-parse", "--show-prefix").decode().strip().rstrip("/")
    commit = _commit(where, revision)
    tree = f"{commit}:{inside}" if inside else commit
    try:
        packed = _git(_top(where), "archive", "--format=tar", tree)
    except NoRevisionError:
        raise NoRevisionError(
            f"`{revision}` has no folder `{inside}`", "name a revision in which the rulebook stood where it stands now"
        ) from None
    with TemporaryDirectory(prefix="mutandis-") as made:
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            if hasattr(tarfile, "data_filter"):
                archive.extractall(made, filter="data")
            else:  # before Python 3.11.4: what is no file and no folder may lead out of the folder
                archive.extractall(made, [one for one in archive if one.isfile() or one.isdir()])
        yield Path(made)


def _top(folder: Path) -> Path:
    return Path(_git(folder, "rev-parse", "--show-toplevel").decode().rstrip("\n"))


def _commit(folder: Path, revision: str) -> str:
    try:
        # `--` and `--end-of-options` keep what a person typed from being read as an option.
        return _git(folder, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}").decode().strip()
    except NoRevisionError:
        raise NoRevisionError(
            f"git knows no revision `{revision}`", "name a branch, a tag or a commit, e.g. `--git HEAD~1`"
        ) from None


def _git(folder: Path, *arguments: str) -> bytes:
    try:
        done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=False)
    except FileNotFoundError:
        raise NoRevisionError("`git` is not installed", "name a folder that holds the older rulebook") from None
    if done.returncode:
        told = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise NoRevisionError(
            f"git cannot read `{folder}`: {told[-1] if told else 'it failed'}",
            "name a rulebook's folder inside a work tree of git",
        )
    return done.stdout
