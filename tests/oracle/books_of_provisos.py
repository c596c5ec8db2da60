"""Books about what excludes and exempts on which engine or oracle once went wrong, as those of `books_by_hand`."""

from __future__ import annotations

from typing import Any

_OF_ITSELF = """
- {at: act/2(1), must: keep dog, when: it.a}
- {at: act/1(3), must: keep cat, unless: {at: act/2(1), when: act/2(1) applies}}
- {at: act/1(2), must_not: burn cat, when: it.b, unless: {at: act/2(1), when: act/2(1) applies}}
- {at: act/2(2), must: tell fox, when: act/2(1) applies}
"""

OF_PROVISOS: dict[str, tuple[str, str, dict[str, Any], str]] = {
    "what excludes a duty where a rule stands may ask whether that applies": (
        _OF_ITSELF,
        "keep cat",
        {"it.a": True},
        "forbidden_by_default",
    ),
    "what excludes a ban where a rule stands may ask whether that applies": (
        _OF_ITSELF,
        "burn cat",
        {"it.a": False, "it.b": True},
        "forbidden",
    ),
    "what asks whether the rule at its own place applies is no part of it": (
        _OF_ITSELF,
        "tell fox",
        {"it.a": False, "it.b": True},
        "silent",
    ),
    "a clause does not apply where its own exclusion exempts": (
        """
- {at: act/1(3), must: keep cat}
- {at: act/2(1), must: tell fox, when: decree/1(1) applies}
- {at: decree/1(1), apply: act/1(3), construe: {cat: dog}, unless: {at: (1) proviso, when: it.a}}
""",
        "tell fox",
        {"it.a": True},
        "silent",
    ),
    "what a clause excludes of a duty and of a right applies where it keeps either away": (
        """
- {at: act/1(2), may: burn cat, when: it.c}
- {at: act/1(3), must: keep cat, when: it.b}
- {at: act/2(1), must: tell fox, when: decree/1(1) proviso applies}
- {at: decree/1(1), apply: act/1(2) to 1(3), construe: {cat: dog}, unless: {at: (1) proviso, when: it.a}}
""",
        "tell fox",
        {"it.a": True, "it.b": False, "it.c": True},
        "required",
    ),
    "an order onto a range in which a clause has a provision read as its own leaves what the clause brings": (
        """
- {at: act/1(1), must_not: burn dog, instead_of: decree/1(1) to decree/1(2)}
- {at: act/2(1), must: sell dog, instead_of: decree/1(2) proviso}
- {at: decree/1(1), must_not: sell pet}
- {at: decree/1(2), apply: ["decree/1(1)", "act/1(1)"], construe: {"decree/1(1)": "decree/1(2)"},
   unless: {at: (2) proviso, when: it.a}}
""",
        "sell pet",
        {"it.a": True},
        "forbidden",
    ),
    "an exclusion of a clause that another brings applies through that one": (
        """
- {at: act/1(3), must: keep cat}
- {at: act/2(1), must: tell fox, when: act/2(2) applies}
- {at: act/2(2), apply: decree/1(1), construe: {dog: fox}}
- {at: decree/1(1), apply: act/1(3), construe: {cat: dog}, unless: {at: (1) proviso, when: dog.wild}}
""",
        "tell fox",
        {"fox.wild": True, "dog.wild": False},
        "required",
    ),
    "an exclusion of the duty itself applies at no clause's exclusion": (
        """
- {at: act/1(3), must: keep cat, unless: {at: (3) proviso, when: it.b}}
- {at: act/2(1), must: tell fox, when: decree/1(1) proviso applies}
- {at: decree/1(1), apply: act/1(3), construe: {cat: dog}, unless: {at: (1) proviso, when: it.a}}
""",
        "tell fox",
        {"it.a": False, "it.b": True},
        "silent",
    ),
    "an order that names the proviso of a clause speaks of what the clause brings, and rank is silent": (
        """
- {at: act/1(3), must: sell cat}
- {at: decree/1(1), apply: act/1(3), construe: {cat: fox}, unless: {at: (1) proviso, grounds: {2: it.b}}}
- {at: act/2(3), must: keep fox, subject_to: decree/1(1) proviso}
""",
        "keep fox",
        {"it.b": False},
        "conflict",
    ),
    "so does one that names a ground of it": (
        """
- {at: act/1(3), may: do cat}
- {at: decree/1(1), apply: act/1(3), construe: {cat: fox}, unless: {at: (1) proviso, grounds: {2: it.b}}}
- {at: act/2(3), must_not: do fox, despite: decree/1(1)2}
""",
        "do fox",
        {"it.b": False},
        "conflict",
    ),
    "what names a ground of a proviso alone fells neither that nor the exemption on it": (
        """
- {at: act/1(1), must: keep cat, unless: {at: (1) proviso, grounds: {1: it.b, 2: it.a}}}
- {at: act/2(3), must: keep cat, despite: act/1(1)2}
""",
        "keep cat",
        {"it.a": True, "it.b": False},
        "conflict",
    ),
    "the main sentence of an article takes in no ground of a proviso": (
        """
- {at: act/1(1), apply: act/2 main, construe: {fox: cat}}
- {at: act/2(2) proviso, may: mute fox, grounds: {1: it.a}}
""",
        "sell cat",
        {"it.a": True, "cat.muted": True},
        "silent",
    ),
    "a fiction goes before another where it reaches": (
        """
- {at: act/1(1), deem: it.a, as: "yes", when: it.b}
- {at: act/1(2), deem: it.a, as: "no", when: it.c, instead_of: act/1(1), within: act/2}
- {at: act/2(1), must: sell cat, when: it.a}
""",
        "sell cat",
        {"it.a": False, "it.b": True, "it.c": True},
        "silent",
    ),
    "and not elsewhere": (
        """
- {at: act/1(1), deem: it.a, as: "yes", when: it.b}
- {at: act/1(2), deem: it.a, as: "no", when: it.c, instead_of: act/1(1), within: act/2}
- {at: act/2(1), must_not: tell dog, when: it.a}
- {at: decree/1(1), must: sell cat, when: it.a}
""",
        "sell cat",
        {"it.a": False, "it.b": True, "it.c": True},
        "required",
    ),
    "what goes before a fiction that goes before another counts where it reaches itself": (
        """
- {at: act/1(1), deem: it.a, as: "yes", when: it.b}
- {at: act/1(2), deem: it.a, as: "no", when: it.c, despite: act/1(1)}
- {at: act/1(3), deem: it.a, as: "yes", when: it.c, despite: act/1(2), within: act/2}
- {at: act/2(1), must: sell cat, when: it.a}
- {at: decree/1(1), must: sell fox, when: it.a}
""",
        "sell fox",
        {"it.a": False, "it.b": True, "it.c": True},
        "silent",
    ),
    "a fiction that gives way within some provisions applies": (
        """
- {at: act/1(1), deem: it.a, as: "yes", when: it.b}
- {at: act/1(2), deem: it.a, as: "no", when: it.c, despite: act/1(1), within: act/2}
- {at: act/2(1), must_not: tell dog, when: it.a}
- {at: decree/1(1), must: sell fox, when: act/1(1) applies}
""",
        "sell fox",
        {"it.a": False, "it.b": True, "it.c": True},
        "required",
    ),
    "what exempts is read where the duty stands, as what excludes is": (
        """
- {at: act/2(1) proviso, deem: it.a, as: "yes", when: it.b, within: act/2(2) proviso}
- {at: act/2(2), must: burn dog, unless: {at: (2) proviso, when: it.a}}
""",
        "burn dog",
        {"it.a": False, "it.b": True},
        "required",
    ),
    "of a ground of a norm and of a definition at one place the norm is asked alone": (
        """
- {at: act/2(2), may: bar dog, grounds: {1: it.b}}
- {at: act/2(2), define: it.due, as: 2020-03-01, grounds: {1: it.a}}
- {at: decree/1(2), must: tell fox, when: act/2(2)1 applies}
""",
        "tell fox",
        {"it.a": True, "it.b": False},
        "silent",
    ),
    "what disapplies a number in a proviso to a duty leaves the exemption as it is": (
        """
- {at: act/1(1), must: tell pet, unless: {at: (1) proviso, grounds: {2: it.a}}}
- {at: act/1(2), despite: act/1(1)2}
""",
        "tell pet",
        {"it.a": True},
        "exempt",
    ),
    "a duty fells no exclusion of a limit, in what it asks about it either": (
        """
- {at: act/1(1), must: mute cat, grounds: {1: it.a, 2: act/1(2) proviso applies}, despite: act/1(2) proviso}
- {at: act/1(2), limits: mute cat, unless: {at: (2) proviso, when: it.b}}
""",
        "mute cat",
        {"it.a": True, "it.b": True},
        "required",
    ),
    "what disapplies the article it stands in leaves what excludes a clause at its own place": (
        """
- {at: act/1(1), despite: act/1}
- {at: act/1(1), apply: act/2, construe: {cat: dog}, unless: it.a}
- {at: act/2(1), may: keep cat}
""",
        "keep dog",
        {"it.a": True},
        "forbidden_by_default",
    ),
    "where a duty stands beside a definition, the duty alone is asked whether it applies": (
        """
- {at: act/1(2), must_not: mute cat, unless: {when: act/2(1) proviso applies}}
- {at: act/2(1), must: mute cat, until: 2018-01-01, not_held: an earlier wording}
- {at: act/2(1) proviso, must: burn cat, unless: {when: it.presumed}}
- {at: act/2(1) proviso, define: it.share, as: it.count}
""",
        "mute cat",
        {"it.presumed": True},
        "forbidden",
    ),
}
