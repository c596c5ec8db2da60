"""`mutandis serve` tells what stands in its way before it says that it serves."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from tests.service.conftest import LIBRARY
from typer.testing import CliRunner, Result

from mutandis_tools.main import build_app


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUTANDIS_CACHE", "off")


def _serve(*arguments: object) -> Result:
    return CliRunner().invoke(build_app("serve"), ["serve", *map(str, arguments)])


def test_a_port_that_is_taken_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        told = _serve("-r", LIBRARY, "--port", taken.getsockname()[1])
    assert told.exit_code == 2
    assert "already in use" in told.output and "listening" not in told.output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("-r", "nowhere"), "there is no rulebook folder `nowhere`"),
        (("-r", f"a@2020-02-31={LIBRARY}"), "there is no day `2020-02-31`"),
        (("-r", LIBRARY, "--authenticate", "nothing:at_all"), "names no function that tells who asks"),
        (("-r", LIBRARY, "--log", "no-such-folder/decisions.sqlite"), "the decision log cannot be used"),
    ],
)
def test_what_the_service_cannot_begin_with_is_told(arguments: tuple[object, ...], words: str) -> None:
    told = _serve(*arguments)
    assert told.exit_code == 2
    assert words in " ".join(told.output.split())  # where a line breaks depends on where the folder lies


def test_a_rulebook_with_errors_serves_nobody(tmp_path: Path) -> None:
    rulebook = tmp_path / "library"
    for path in LIBRARY.rglob("*.yaml"):
        copy = rulebook / path.relative_to(LIBRARY)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(path.read_text(encoding="utf-8").replace("loan.length", "loan.lenght"), encoding="utf-8")
    told = _serve("-r", rulebook)
    assert told.exit_code == 2 and "has errors" in told.output and "loan.lenght" in told.output
