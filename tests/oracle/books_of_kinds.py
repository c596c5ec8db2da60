"""Books about rules read of sub-kinds, as those of `books_by_hand`: whether one applies, asked by a rule of a kind."""

from __future__ import annotations

from typing import Any

_ASKING = """
- {at: act/1(1), must_not: tell beast, when: beast.wild}
- {at: act/1(2), may: keep beast, when: act/1(1) applies}
"""
_OF_A_CLAUSE = """
- {at: act/1(1), must_not: tell beast, when: beast.wild}
- {at: act/1(2), apply: act/2(1), when: act/1(1) applies}
- {at: act/2(1), may: keep beast}
- {at: act/2(2), must_not: keep beast, despite: act/2(1)}
"""
_EXEMPTING = """
- {at: act/1(1), must: mute beast, unless: {at: act/1(1) proviso, when: beast.wild}}
- {at: act/1(2), may: keep beast, when: act/1(1) proviso applies}
"""
_KEPT_AWAY = """
- {at: act/1(1), must_not: mute beast, unless: {at: act/1(1) proviso, when: beast.wild}}
- {at: act/1(2), may: keep beast, when: act/1(1) proviso applies}
"""
_ON_GROUNDS = """
- {at: act/1(1), must_not: tell beast, grounds: {1: beast.wild, 2: it.b}}
- {at: act/1(2), may: keep beast, when: act/1(1)1 applies}
"""
_OF_NO_KIND = """
- {at: act/1(1), must_not: tell beast, when: beast.wild}
- {at: act/1(2), define: it.flag, when: act/1(1) applies}
- {at: act/1(3), may: keep beast, when: it.flag}
"""
_OF_A_NARROWER = """
- {at: act/1(1), must_not: tell cat, when: cat.wild}
- {at: act/1(2), may: keep beast, when: act/1(1) applies}
"""
_OF_SEVERAL = """
- {at: act/1(1), must_not: [tell dog, tell cat], when: dog.wild}
- {at: act/1(2), may: keep cat, when: act/1(1) applies}
"""
_BY_A_SUB_KIND = """
- {at: act/1(1), must_not: tell beast, grounds: {1: beast.wild, 2: it.b}}
- {at: act/1(2), may: keep fox, when: case falls under act/1(1)}
- {at: act/1(3), may: burn fox, when: case falls under act/1(1)1}
"""
_THROUGH_ANOTHER = """
- {at: act/1(1), must_not: tell beast, when: beast.wild}
- {at: act/1(2), must_not: mute beast, when: case falls under act/1(1)}
- {at: act/1(3), may: keep fox, when: case falls under act/1(2)}
"""
_BY_ANOTHER_THING = """
- {at: act/1(1), must_not: tell fox, when: beast.wild}
- {at: act/1(2), may: keep fox, when: case falls under act/1(1)}
"""
_WILD_FOX: dict[str, Any] = {
    "fox.wild": True,
    "cat.wild": False,
    "dog.wild": False,
    "pet.wild": False,
    "beast.wild": False,
}
_WILD_CAT: dict[str, Any] = {**_WILD_FOX, "fox.wild": False, "cat.wild": True}
_WILD_BEAST: dict[str, Any] = {**_WILD_FOX, "fox.wild": False, "beast.wild": True}

OF_KINDS: dict[str, tuple[str, str, dict[str, Any], str]] = {
    "of a sub-kind it is asked whether a rule applies to that": (
        _ASKING,
        "keep cat",
        _WILD_FOX,
        "forbidden_by_default",
    ),
    "of a sub-kind the rule applies to it": (_ASKING, "keep fox", _WILD_FOX, "permitted"),
    "of a kind it is not asked of its sub-kinds": (_ASKING, "keep beast", _WILD_FOX, "forbidden_by_default"),
    "of a kind the rule applies to it": (_ASKING, "keep beast", _WILD_BEAST, "permitted"),
    "a clause asks of the sub-kind that it is read of": (_OF_A_CLAUSE, "keep cat", _WILD_FOX, "forbidden"),
    "an exemption is asked of the sub-kind": (_EXEMPTING, "keep cat", _WILD_FOX, "forbidden_by_default"),
    "an exemption of the sub-kind applies": (_EXEMPTING, "keep fox", _WILD_FOX, "permitted"),
    "what a proviso keeps away is asked of the sub-kind": (_KEPT_AWAY, "keep cat", _WILD_FOX, "forbidden_by_default"),
    "what a proviso keeps away of the sub-kind": (_KEPT_AWAY, "keep fox", _WILD_FOX, "permitted"),
    "a ground is asked of the sub-kind": (_ON_GROUNDS, "keep cat", _WILD_FOX, "forbidden_by_default"),
    "a ground of the sub-kind applies": (_ON_GROUNDS, "keep fox", _WILD_FOX, "permitted"),
    "what is about no kind asks of all": (_OF_NO_KIND, "keep cat", _WILD_FOX, "permitted"),
    "a rule of a narrower kind is asked by one of a wider": (_OF_A_NARROWER, "keep beast", _WILD_CAT, "permitted"),
    "what a rule says of another kind beside is asked as ever": (
        _OF_SEVERAL,
        "keep cat",
        {**_WILD_FOX, "dog.wild": True},
        "permitted",
    ),
    "a sub-kind asks whether a case falls under the rule of itself": (
        _BY_A_SUB_KIND,
        "keep fox",
        _WILD_FOX,
        "permitted",
    ),
    "the kind does not fall under it for the sub-kind": (
        _BY_A_SUB_KIND,
        "keep fox",
        _WILD_BEAST,
        "forbidden_by_default",
    ),
    "a ground is one of the sub-kind": (_BY_A_SUB_KIND, "burn fox", _WILD_FOX, "permitted"),
    "what that asks in turn is asked of the sub-kind": (_THROUGH_ANOTHER, "keep fox", _WILD_FOX, "permitted"),
    "what a rule about the sub-kind says of the kind is read of the kind": (
        _BY_ANOTHER_THING,
        "keep fox",
        _WILD_BEAST,
        "permitted",
    ),
}
