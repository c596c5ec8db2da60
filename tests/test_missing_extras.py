"""A package whose extra is not installed says what to install, not the module that is missing alone."""

from __future__ import annotations

import subprocess
import sys

import pytest

from mutandis.extras import attribute_of


@pytest.mark.parametrize(
    ("package", "name", "absent", "extra"),
    [
        ("mutandis_log", "DecisionLog", "sqlalchemy", "log"),
        ("mutandis_service", "create_app", "fastapi", "serve"),
    ],
)
def test_without_its_extra_a_package_says_what_to_install(package: str, name: str, absent: str, extra: str) -> None:
    # In a program of its own: what is half imported stays with no other test.
    program = f"import sys; sys.modules[{absent!r}] = None; from {package} import {name}"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert run.returncode == 1
    told = run.stderr.strip().splitlines()[-1]
    assert told.startswith("mutandis.errors.MutandisError: ")
    assert told.endswith(f" needs {absent}, which is not installed: `pip install 'mutandis[{extra}]'`")


def test_a_module_of_ours_that_is_missing_is_no_extra() -> None:
    homes = {"Draft": "mutandis_log.nowhere"}
    with pytest.raises(ModuleNotFoundError, match=r"mutandis_log\.nowhere"):
        attribute_of("mutandis_log", homes, "Draft", "the decision log", "log")
