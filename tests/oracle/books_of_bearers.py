"""Books about whom is asked about (S48): what others must or may do falls away, but not what it removes."""

from __future__ import annotations

from typing import Any

OF_BEARERS: dict[str, tuple[str, str, dict[str, Any], str, str]] = {
    "the duty of another is none": (
        "- {at: act/1(1), must: tell fox, by: clerk}",
        "tell fox",
        {},
        "warden",
        "silent",
    ),
    "a ban binds whom it does not name": (
        "- {at: act/1(1), must_not: tell fox, by: clerk}",
        "tell fox",
        {},
        "warden",
        "forbidden",
    ),
    "a ban that the permission of another goes before stands": (
        """
- {at: act/1(1), must_not: tell fox}
- {at: act/1(2), may: tell fox, by: clerk, despite: act/1(1)}
""",
        "tell fox",
        {},
        "warden",
        "forbidden",
    ),
    "a ground of a ban that the permission of another goes before stands": (
        """
- {at: act/1(1), must_not: tell fox, grounds: {1: it.a, 2: it.b}}
- {at: act/1(2), may: tell fox, by: clerk, despite: act/1(1)1}
""",
        "tell fox",
        {"it.a": True},
        "warden",
        "forbidden",
    ),
    "what the duty of another takes the place of is gone": (
        """
- {at: act/1(1), may: keep fox}
- {at: act/1(2), must: keep fox, by: clerk, instead_of: act/1(1)}
""",
        "keep fox",
        {},
        "warden",
        "forbidden_by_default",
    ),
    "an exemption that the duty of another overcomes is gone": (
        """
- {at: act/1(1), need_not: tell fox}
- {at: act/1(2), must: tell fox, by: clerk, despite: act/1(1)}
- {at: act/1(3), must: tell fox, by: warden}
""",
        "tell fox",
        {},
        "warden",
        "required",
    ),
    "whether a provision applies is the same whoever is asked about": (
        """
- {at: act/1(1), must: tell fox, by: clerk}
- {at: act/1(2), must_not: sell fox, when: act/1(1) applies}
""",
        "sell fox",
        {},
        "warden",
        "forbidden",
    ),
    "who is read as several may be any of them": (
        """
- {at: act/1(1), apply: act/2(1), construe: {warden: [warden, clerk]}}
- {at: act/2(1), may: burn cat, by: warden}
""",
        "burn cat",
        {},
        "clerk",
        "permitted",
    ),
    "what the duty of another bans stays banned": (
        "- {at: act/1(1), must: keep fox, by: warden}",
        "burn fox",
        {},
        "clerk",
        "forbidden",
    ),
}
"""By what it is about: the book, the action, facts besides the usual ones, who is asked about, and the verdict."""
