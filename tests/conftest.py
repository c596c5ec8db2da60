"""Every commit is tried on the same cases; a run with MUTANDIS_EXAMPLES set draws anew."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("commit", derandomize=True)
if "MUTANDIS_EXAMPLES" not in os.environ:
    settings.load_profile("commit")
