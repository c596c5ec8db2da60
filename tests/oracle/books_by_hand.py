"""Books on which engine or oracle once went wrong, cut down by hand: the rules, what is asked, facts, the verdict."""

from __future__ import annotations

import datetime as dt
from typing import Any

BOOKS: dict[str, tuple[str, str, dict[str, Any], str]] = {
    "what is applied through a further clause is not of the first clause's range": (
        """
- {at: act/1(1), apply: [act/2(1), act/2(2)], construe: {fox: cat}}
- {at: act/2(1), apply: decree/1(1), unless: it.b}
- {at: act/2(2), may: burn fox, despite: act/2(1)}
- {at: decree/1(1), despite: act/2}
""",
        "sell cat",
        {"it.b": True},
        "silent",
    ),
    "a clause asks of what it applies whether the case falls under it": (
        """
- {at: act/2(1), must_not: do fox}
- {at: decree/1(1), apply: act/2(1), construe: {fox: cat}, when: case falls under act/2(1)}
""",
        "do cat",
        {},
        "forbidden",
    ),
    "a ground of an exclusion is cited by its number in the paragraph": (
        """
- {at: act/1(1), must_not: tell dog, unless: {when: case falls under decree/1(2)1}}
- {at: decree/1(2), unless: {grounds: {1: it.c}}, despite: act/2(1)}
- {at: act/2(1), may: sell dog}
""",
        "tell dog",
        {"it.c": True},
        "silent",
    ),
    "an exclusion without a place of its own is not what its paragraph means": (
        """
- {at: act/2(1), may: do dog, unless: {when: it.a}}
- {at: act/2(3), apply: act/2(1)}
- {at: decree/1(2), must: sell dog, when: act/2(1) applies}
""",
        "sell dog",
        {"it.a": True},
        "silent",
    ),
    "a definition that is taken away gives no member its value": (
        """
- {at: act/1(1), may: sell fox, when: no p in it.parts has (p.good)}
- {at: act/1(2), despite: act/2(1)}
- {at: act/2(1), define: part.good}
""",
        "sell fox",
        {},
        "permitted",
    ),
    "a clause may ask of a member what it applies says anyway": (
        """
- {at: act/1(1), define: part.good, when: part.ok}
- {at: act/2(1), apply: [act/1(1), act/2(2)], construe: {cat: fox}, when: any p in it.parts has (p.good)}
- {at: act/2(2), must: do cat}
""",
        "do fox",
        {},
        "required",
    ),
    "a place with a norm and a definition applies when the norm does": (
        """
- {at: act/2(1), may: mute dog, when: decree/1(2) applies}
- {at: decree/1(2), define: it.mark, when: it.a}
- {at: decree/1(2), may: keep dog, when: it.b}
""",
        "mute dog",
        {"it.a": True},
        "forbidden_by_default",
    ),
    "a fiction applies where its conditions hold of the fact as stated": (
        """
- {at: act/1(2), deem: it.a, as: 'yes', when: not it.a}
- {at: decree/1(2), may: burn cat, when: act/1(2) applies and case falls under act/1(2)}
""",
        "burn cat",
        {},
        "permitted",
    ),
    "rank does not order a pair of which words name a part": (
        """
- {at: act/1(1), must_not: keep cat, unless: {at: (1) proviso, when: it.a}}
- {at: decree/1(1), must: keep cat, despite: act/1(1) proviso}
""",
        "keep cat",
        {},
        "conflict",
    ),
    "a ground applies to the kind of which it holds": (
        """
- {at: act/1(2), must: do dog, when: act/2(1)2 applies}
- {at: act/2(1), need_not: burn pet, grounds: {2: pet.wild}}
""",
        "do dog",
        {"dog.wild": True, "pet.wild": False},
        "required",
    ),
    "a ground is that of its rule alone, whatever else stands at the place": (
        """
- {at: act/1(2), must_not: keep fox, when: act/2(1)1 applies}
- {at: act/2(1), limits: burn fox}
- {at: act/2(1), may: sell fox, when: it.a, grounds: {1: it.b}}
""",
        "keep fox",
        {"it.b": True},
        "forbidden_by_default",
    ),
    "a ground that something goes before does not apply": (
        """
- {at: act/1(2), must: do dog, when: act/2(1)1 applies}
- {at: act/2(1), may: keep cat, grounds: {1: it.a, 2: it.b}}
- {at: act/2(2), must_not: keep cat, despite: act/2(1)1, when: it.c}
""",
        "do dog",
        {"it.a": True, "it.b": True, "it.c": True},
        "forbidden_by_default",
    ),
    "an exemption does not apply on a ground of the duty": (
        """
- {at: act/1(1), may: sell cat, when: not (decree/1(2)1 applies)}
- {at: decree/1(2), must: bar cat, grounds: {1: it.a}, unless: it.a}
""",
        "sell cat",
        {"it.a": True},
        "permitted",
    ),
    "nothing falls under a limit, what excludes it neither": (
        """
- {at: act/2(1), must: keep pet, when: it.b}
- {at: act/2(1), limits: keep fox, unless: {when: it.a}}
- {at: decree/1(2), may: keep pet, unless: {when: case falls under act/2(1)}}
""",
        "keep pet",
        {"it.a": True},
        "permitted",
    ),
    "what a limit says on a ground is a situation, whatever else it waits for": (
        """
- {at: act/2(1), limits: keep fox, when: it.c, grounds: {1: it.a}}
- {at: decree/1(2), must_not: keep pet, when: case falls under act/2(1)}
""",
        "keep pet",
        {"it.a": True},
        "forbidden",
    ),
    "what a clause applies has the rank of its law, of several clauses the outermost's": (
        """
- {at: act/1(2), must: tell cat}
- {at: act/2(2), apply: decree/1(2), construe: {it.b: it.c}}
- {at: decree/1(2), apply: act/1(2), construe: {cat: dog}, unless: {when: not (it.b)}}
""",
        "tell dog",
        {"it.b": True},
        "permitted",
    ),
    "a rule that a clause applies in part does not go before the clause": (
        """
- {at: act/2(1), must: burn dog, grounds: {1: it.a}, instead_of: act/2(3)}
- {at: act/2(3), apply: act/2(1)1, construe: {dog: fox}}
""",
        "sell fox",
        {"it.a": True},
        "forbidden",
    ),
    "what gives way by one clause does not by another": (
        """
- {at: act/1(1), may: keep cat}
- {at: act/1(2), apply: [act/1(1), act/2(2)], construe: {cat: dog}, subject_to: act/1(1)}
- {at: act/2(2), apply: decree/1(2), construe: {cat: dog}}
- {at: decree/1(2), limits: keep cat, requires: how.heard}
""",
        "keep dog",
        {"how.heard": False},
        "forbidden",
    ),
    "a definition goes before another where it gives a value": (
        """
- {at: act/2(1), define: it.share, as: it.count}
- {at: act/2(2), must_not: mute fox, when: act/2(1) applies}
- {at: decree/1(2), define: it.share, as: {3: {when: it.c, value: 2}}, despite: act/2(1)}
""",
        "mute fox",
        {"it.c": False, "it.count": 1},
        "forbidden",
    ),
    "what follows from a compared norm for another action is compared with it": (
        "- {at: decree/1(1), must: mute fox, governed_by: it.began, milder: 'yes'}",
        "sell fox",
        {"it.began": dt.date(2020, 3, 5)},
        "silent",
    ),
    "a case falls under a provision though something goes before its grounds or its exclusion": (
        """
- {at: act/1(1), may: sell fox, when: case falls under act/1(2) and not case falls under act/1(3)}
- {at: act/1(2), may: burn dog, grounds: {1: it.a}}
- {at: act/1(3), may: burn dog, unless: {at: (3) proviso, when: it.a}}
- {at: act/2(1), despite: [act/1(2)1, act/1(3) proviso]}
""",
        "sell fox",
        {"it.a": True},
        "permitted",
    ),
    "a proviso does not apply while something goes before it": (
        """
- {at: act/2(1), may: burn cat, grounds: {1: it.c}, unless: {at: (1) proviso, when: it.a}}
- {at: decree/1(1), may: burn cat, despite: act/2(1) proviso, when: it.b}
- {at: decree/1(3), must_not: keep cat, when: act/2(1) proviso applies}
""",
        "keep cat",
        {"it.a": True, "it.b": True, "it.c": True},
        "forbidden_by_default",
    ),
    "a proviso applies that keeps the rule away from a kind alone": (
        """
- {at: act/2(1), may: burn pet, when: pet.wild, unless: {at: (1) proviso, when: it.a}}
- {at: decree/1(3), must_not: keep fox, when: act/2(1) proviso applies}
""",
        "keep fox",
        {"it.a": True, "pet.wild": False, "dog.wild": True},
        "forbidden",
    ),
    "what only disapplies others does not apply when something takes its place": (
        """
- {at: act/1(2), must: do fox, unless: {when: decree/1(2) applies}}
- {at: act/2(2), may: sell fox, instead_of: decree/1(2)}
- {at: decree/1(1), must_not: keep dog}
- {at: decree/1(2), despite: decree/1(1)}
""",
        "do fox",
        {},
        "required",
    ),
    "what only disapplies others applies beside a definition that gives nothing": (
        """
- {at: act/2(1), must_not: sell cat, when: not (decree/1(2) applies)}
- {at: act/2(2), may: keep dog}
- {at: decree/1(2), despite: act/2(2)}
- {at: decree/1(2), define: it.share, as: {when: it.a, value: it.count}}
""",
        "sell cat",
        {},
        "silent",
    ),
    "what only disapplies others applies at the place of a clause's proviso": (
        """
- {at: act/1(1), must: do fox}
- {at: act/1(2), may: do cat, when: act/2(1) proviso applies}
- {at: act/2(1), apply: decree/1(1), construe: {dog: fox}, unless: {at: (1) proviso, when: it.a}}
- {at: act/2(1) proviso, despite: act/1(1)}
- {at: decree/1(1), may: do dog}
""",
        "do cat",
        {},
        "permitted",
    ),
    "a clause applies that brings what only disapplies others": (
        """
- {at: act/1(1), apply: act/1(2)}
- {at: act/1(2), despite: act/1(3)}
- {at: act/1(3), may: keep dog}
- {at: act/2(1), must_not: sell cat, when: act/1(1) applies}
""",
        "sell cat",
        {},
        "forbidden",
    ),
    "a weakened duty has no time that passes": (
        """
- {at: act/2(1), need_not: tell fox}
- {at: decree/1(2), must: tell fox, deadline: by 2020-02-01}
""",
        "tell fox",
        {"fox.told_on": dt.date(2020, 2, 29)},
        "permitted",
    ),
    "of values that clash nothing is breached but what is under each": (
        """
- {at: act/2(1), may: bar dog, unless: {when: it.due <= today}, requires: it.a}
- {at: decree/1(1), define: it.due, as: [{value: it.began + 1 month}, {value: it.began - 10 days}]}
""",
        "bar dog",
        {"it.began": dt.date(2020, 3, 5)},
        "conflict",
    ),
    "a clause that has a definition go before itself lets it say what it says": (
        """
- {at: act/1(1), define: it.flag}
- {at: act/2(1), must_not: sell cat, when: it.flag}
- {at: decree/1(1), apply: act/1(1), instead_of: act/1(1)}
""",
        "sell cat",
        {},
        "forbidden",
    ),
    "a definition goes before another by the words of the clause that applies it": (
        """
- {at: act/1(1), define: it.share, as: 1}
- {at: act/1(2), define: it.share, as: 2}
- {at: act/2(1), must_not: sell cat, when: it.share is 1}
- {at: decree/1(1), apply: act/1(1), despite: act/1(2), when: it.a}
""",
        "sell cat",
        {"it.a": True},
        "forbidden",
    ),
    "a ground of a clause does not apply while the definition is not in force": (
        """
- {at: act/1(1), must_not: keep dog, when: decree/1(1)2 applies}
- {at: act/2(3), define: it.due, as: it.began, until: 2018-01-01}
- {at: decree/1(1), apply: act/2(3), grounds: {2: it.a}}
""",
        "keep dog",
        {"it.a": True},
        "forbidden_by_default",
    ),
    "a definition that gives way goes before no other": (
        """
- {at: act/1(1), define: it.share, as: 1}
- {at: act/1(2), define: it.share, as: 2, despite: act/1(1)}
- {at: act/1(3), define: it.share, as: 1, despite: act/1(2), when: it.a}
- {at: act/2(1), define: it.mark, as: 'yes', when: it.share is 1, unless: {when: it.b}}
- {at: act/2(2), must_not: sell cat, when: act/1(1) applies}
""",
        "sell cat",
        {"it.a": True},
        "forbidden",
    ),
    "a definition stands again when what disapplies it is disapplied, or replaced": (
        """
- {at: act/1(1), define: it.flag}
- {at: act/1(2), despite: act/1(1)}
- {at: act/1(3), despite: act/1(2), when: it.a}
- {at: act/2(1), must_not: sell cat, when: it.flag}
- {at: act/2(2), may: sell dog, instead_of: act/1(2), when: not it.a}
""",
        "sell cat",
        {"it.a": True},
        "forbidden",
    ),
    "a definition stands again when a norm takes the place of what disapplies it": (
        """
- {at: act/1(1), define: it.flag}
- {at: act/1(2), despite: act/1(1)}
- {at: act/2(1), must_not: sell cat, when: it.flag}
- {at: act/2(2), may: sell dog, instead_of: act/1(2)}
""",
        "sell cat",
        {},
        "forbidden",
    ),
    "a part of a definition takes no precedence, a whole one does": (
        """
- {at: act/1(1), define: it.share, as: 1, subject_to: act/1(2)1}
- {at: act/1(2), define: it.share, as: 1, grounds: {1: it.a}}
- {at: act/2(1), must_not: sell cat, when: act/1(1) applies}
""",
        "sell cat",
        {"it.a": True},
        "forbidden",
    ),
    "a ground of a definition gives way alone": (
        """
- {at: act/1(1), define: it.share, as: 2, despite: act/1(2)1}
- {at: act/1(2), define: it.share, as: 3, grounds: {1: it.a, 2: it.b}}
- {at: act/2(1), must_not: sell cat, when: it.share is 2}
""",
        "sell cat",
        {"it.a": True},
        "forbidden",
    ),
    "a permission or a duty lifts a limit, never what excludes it": (
        """
- {at: act/1(1), must: do pet, despite: decree/1(2) proviso}
- {at: decree/1(2), limits: do pet, unless: {at: (2) proviso, when: it.a}, requires: how.heard}
""",
        "do pet",
        {"it.a": True, "how.heard": False},
        "required",
    ),
    "a limit goes before a ground of another": (
        """
- {at: act/1(1), limits: do pet, requires: it.b, despite: decree/1(2)1}
- {at: act/1(2), may: do pet}
- {at: decree/1(2), limits: do pet, grounds: {1: it.a}, requires: how.heard}
""",
        "do pet",
        {"it.a": True, "it.b": True, "how.heard": False},
        "permitted",
    ),
    "what a clause has a citation read as stands as it is": (
        """
- {at: act/1(1), must_not: burn cat}
- {at: act/2(2), limits: do dog, instead_of: act/1(1)}
- {at: decree/1(1), apply: [decree/1(2), act/2(2)], construe: {act/1(1): decree/1(2)}}
- {at: decree/1(2), must: bar dog}
""",
        "bar dog",
        {},
        "forbidden_by_default",
    ),
    "a clause goes before what its own words name, whatever it construes": (
        """
- {at: act/2(1), apply: act/2(2), construe: {cat: dog, act/2(2): act/2(1)}, instead_of: act/2(2)}
- {at: act/2(2), must: sell cat}
""",
        "sell cat",
        {},
        "silent",
    ),
    "a rule at the very place that an order names is meant, the rule itself is not": (
        """
- {at: act/2(1), must: sell cat}
- {at: act/2(1), may: burn dog, instead_of: act/2(1)}
""",
        "sell cat",
        {},
        "silent",
    ),
    "a case falls under a numbered value where it is given": (
        """
- {at: act/1(3), must: sell cat, when: case falls under decree/1(2)2 and not case falls under decree/1(2)1}
- {at: decree/1(2), define: it.mark, as: {1: it.a, 2: {when: it.b, value: it.c}}}
""",
        "sell cat",
        {"it.b": True, "it.c": True},
        "required",
    ),
    "an exclusion of a duty and one of the clause both exempt": (
        """
- {at: act/1(1), must: sell cat, unless: {at: (1) proviso, when: it.a}}
- {at: act/1(2), apply: act/1(1), construe: {cat: dog}, unless: {at: (2) proviso, when: it.b}}
""",
        "sell dog",
        {"it.a": True, "it.b": True},
        "exempt",
    ),
    "an exemption has no ground of the duty that it exempts from": (
        """
- {at: act/1(2), must: mute dog, subject_to: decree/1(1)1}
- {at: decree/1(1), must: mute dog, grounds: {1: it.b}, unless: {when: it.a}}
""",
        "mute dog",
        {"it.a": True, "it.b": True},
        "required",
    ),
    "a duty whose ground gave way exempts from nothing": (
        """
- {at: decree/1(2), must: mute dog, grounds: {1: it.b}, unless: {when: it.a}}
- {at: decree/1(2) proviso, must: mute dog, instead_of: decree/1(2)1}
""",
        "mute dog",
        {"it.a": True, "it.b": True},
        "required",
    ),
    "a ground of an exclusion that has the number of a ground fells no ground": (
        """
- {at: act/2(1), must_not: burn cat, grounds: {1: it.b}, unless: {grounds: {1: it.a}}}
- {at: act/2(2), may: burn cat}
- {at: decree/1(3) proviso, may: keep cat, despite: act/2(1)1}
""",
        "burn cat",
        {"it.a": False, "it.b": True},
        "conflict",
    ),
    "a rule takes the place of others at its place, and not of its own sub-kinds": (
        """
- {at: act/1(1), may: tell beast, instead_of: act/1(1)}
- {at: act/1(1), must_not: tell cat}
""",
        "tell cat",
        {},
        "permitted",
    ),
    "what disapplies a restriction puts no right at its place before it": (
        """
- {at: act/2(1), may: mute dog}
- {at: decree/1(2), despite: act/2, when: it.kind is u}
- {at: decree/1(2), must: sell dog}
""",
        "sell dog",
        {"it.kind": "v", "dog.muted": True},
        "forbidden",
    ),
    "what is presumed ends with an event that is stated": (
        """
- {at: act/1(1), must: tell cat, when: not it.presumed}
- {at: act/1(2), deem: it.presumed, as: yes, when: it.ended is present and it.ended < today, presume: not yet}
""",
        "tell cat",
        {"it.ended": dt.date(2020, 3, 1)},
        "silent",
    ),
    "what exempts from a duty that stands against a ban makes no other conflict": (
        """
- {at: act/1(3), must_not: tell cat}
- {at: act/2(1), must: tell cat}
- {at: decree/1(1), need_not: tell cat, despite: act/2(1)}
""",
        "tell cat",
        {},
        "conflict",
    ),
    "a duty goes before a ground of what exempts from it": (
        """
- {at: act/2(1), must: bar cat, despite: decree/1(2)1}
- {at: decree/1(2), need_not: bar cat, grounds: {1: it.b}}
""",
        "bar cat",
        {"it.b": True},
        "required",
    ),
}
