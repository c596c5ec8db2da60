"""Books about penalties on which engine or oracle once went wrong, or might have: what is threatened, and for what."""

from __future__ import annotations

from typing import Any

OF_PENALTIES: dict[str, tuple[str, str, dict[str, Any], set[str]]] = {
    "a penalty for a ground is due on that ground alone": (
        """
- {at: act/1(1), must_not: tell fox, grounds: {1: it.a, 2: it.b}}
- {at: act/2(1), penalty: {of: act/1(1)1, any: [warning]}}
- {at: act/2(2), penalty: {of: act/1(1)2, any: [warning]}}
""",
        "tell fox",
        {"it.a": True},
        {"act/2(1) for act/1(1)"},
    ),
    "a penalty for one rule at a place is none for another there": (
        """
- {at: act/1(1), must_not: tell fox, when: it.a}
- {at: act/1(1), must_not: tell fox}
- {at: act/2(1), penalty: {of: act/1(1), rule: rule 0, any: [warning]}}
""",
        "tell fox",
        {},
        set(),
    ),
    "a penalty for a ground of one rule at a place": (
        """
- {at: act/1(1), must_not: tell fox, grounds: {1: {when: it.c, grounds: {(a): it.a}}, 2: it.b}}
- {at: act/1(1), must_not: tell fox, grounds: {1: it.a}}
- {at: act/2(1), penalty: {of: act/1(1)1, rule: rule 1, any: [warning]}}
- {at: act/2(2), penalty: {of: act/1(1)1(a), rule: rule 0, any: [warning]}}
- {at: act/2(3), penalty: {of: act/1(1)2, rule: rule 0, any: [warning]}}
""",
        "tell fox",
        {"it.a": True, "it.c": True},
        {"act/2(1) for act/1(1)", "act/2(2) for act/1(1)"},
    ),
    "what stands in the place of a penalty and is none leaves it": (
        """
- {at: act/1(1), must_not: tell fox, instead_of: act/2(1)}
- {at: act/2(1), penalty: {of: act/1(1), any: [warning]}}
""",
        "tell fox",
        {},
        {"act/2(1) for act/1(1)"},
    ),
    "what takes a right away bans at its place, and on none of its grounds": (
        """
- {at: act/1(1), must: mute fox, grounds: {1: it.a, 2: it.b}}
- {at: act/2(1), penalty: {of: act/1(1), any: [warning]}}
- {at: act/2(2), penalty: {of: act/1(1)1, any: [warning]}}
""",
        "tell fox",
        {"it.a": True},
        {"act/2(1) for act/1(1)"},
    ),
    "a penalty that is disapplied threatens nothing": (
        """
- {at: act/1(1), must_not: tell fox}
- {at: act/2(1), penalty: {of: act/1(1), any: [warning]}}
- {at: act/2(2), despite: act/2(1)}
""",
        "tell fox",
        {},
        set(),
    ),
    "what disapplies a penalty may be disapplied": (
        """
- {at: act/1(1), must_not: tell fox}
- {at: act/2(1), penalty: {of: act/1(1), any: [warning]}}
- {at: act/2(2), despite: act/2(1)}
- {at: act/2(3), despite: act/2(2)}
""",
        "tell fox",
        {},
        {"act/2(1) for act/1(1)"},
    ),
    "what a clause brings is not punished": (
        """
- {at: act/1(1), must_not: tell fox, penalty: warning}
- {at: act/1(2), apply: act/1(1), construe: {fox: cat}}
- {at: act/2(1), penalty: {of: 'act/1', any: [warning]}}
""",
        "tell cat",
        {},
        set(),
    ),
    "a duty that is met is not punished": (
        """
- {at: act/1(1), must: keep fox, requires: it.a, penalty: warning}
""",
        "keep fox",
        {"it.a": True},
        set(),
    ),
    "a duty that is breached is punished": (
        """
- {at: act/1(1), must: keep fox, requires: it.a, penalty: warning}
""",
        "keep fox",
        {"it.a": False},
        {"act/1(1) for act/1(1)"},
    ),
    "who goes beyond what an exemption left of a duty breaks no duty": (
        """
- {at: act/1(1), must: keep fox, requires: it.a, penalty: warning}
- {at: act/1(2), need_not: keep fox, despite: act/1(1)}
- {at: act/2(1), penalty: {of: act/1(1), any: [warning]}}
""",
        "keep fox",
        {"it.a": False},
        set(),
    ),
    "of rules that differ on a fact what is punished under each of its values": (
        """
- {at: act/1(1), must_not: tell fox, when: it.flag}
- {at: act/1(2), must_not: tell fox}
- {at: act/2(1), penalty: {of: 'act/1', any: [warning]}}
- {at: act/2(2), define: it.flag, as: yes}
- {at: act/2(3), define: it.flag, as: no}
""",
        "tell fox",
        {},
        {"act/2(1) for act/1(2)"},
    ),
    "a fiction that a penalty alone reads": (
        """
- {at: act/1(1), must_not: sell cat}
- {at: act/2(1), penalty: {of: act/1(1), any: [warning]}, unless: {when: it.b}}
- {at: act/2(2), deem: it.b, as: no}
""",
        "sell cat",
        {"it.b": True},
        {"act/2(1) for act/1(1)"},
    ),
    "what is restricted under a place is punished there, whatever clause applies it too": (
        """
- {at: act/1(2), apply: act/2(1)}
- {at: act/2(1), must: {any: bar pet}, penalty: warning}
""",
        "do cat",
        {"it.basis": "act/2(1)"},
        {"act/2(1) for act/2(1)"},
    ),
    "what is restricted under a place is punished as each rule there is": (
        """
- {at: act/2(1), may: bar pet}
- {at: act/2(1), must: {any: bar pet}, penalty: warning}
- {at: act/2(2), penalty: {of: act/2(1), rule: rule 0, any: [bar]}}
""",
        "do cat",
        {"it.basis": "act/2(1)"},
        {"act/2(1) for act/2(1)", "act/2(2) for act/2(1)"},
    ),
    "the penalty of a wording that is out of force is none for what is still restricted": (
        """
- {at: act/2(1), must: {any: bar pet}, until: 2019-01-01, penalty: warning}
- {at: act/2(1), must: {any: bar pet}, since: 2019-01-01}
""",
        "do cat",
        {"it.basis": "act/2(1)"},
        set(),
    ),
    "the penalty of the wording in force is one for what is restricted": (
        """
- {at: act/2(1), must: {any: bar pet}, until: 2019-01-01}
- {at: act/2(1), must: {any: bar pet}, since: 2019-01-01, penalty: warning}
""",
        "do cat",
        {"it.basis": "act/2(1)"},
        {"act/2(1) for act/2(1)"},
    ),
    "a ban that follows from a duty is punished with what the duty's place is": (
        """
- {at: act/1(1), must: keep fox}
- {at: act/2(1), penalty: {of: act/1(1), any: [warning]}}
""",
        "burn fox",
        {},
        {"act/2(1) for act/1(1)"},
    ),
}
"""By what it is about: the book, the action, facts besides the usual ones, and each penalty with what it is for."""
