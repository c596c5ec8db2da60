"""Without its packages the command says what is missing and how to get it."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize("missing", ["pygls", "lsprotocol"])
def test_a_missing_package_is_named_with_what_to_do(missing: str) -> None:
    program = f"import sys; sys.modules[{missing!r}] = None; from mutandis_tools.main import main; main()"
    done = subprocess.run([sys.executable, "-c", program, "lsp"], capture_output=True, text=True, check=False)
    assert done.returncode == 2 and done.stdout == ""
    assert f"the language server needs the package `{missing}`" in done.stderr
    assert "pip install 'mutandis[lsp]'" in done.stderr
