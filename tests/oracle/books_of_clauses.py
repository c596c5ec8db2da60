"""Books about clauses on which engine or oracle once went wrong, cut down by hand, as those of `books_by_hand`."""

from __future__ import annotations

import datetime as dt
from typing import Any

OF_CLAUSES: dict[str, tuple[str, str, dict[str, Any], str]] = {
    "the event that governs a clause chooses among its grounds, before": (
        """
- {at: act/1(1), may: keep cat}
- {at: act/2(1), apply: act/1(1), construe: {cat: fox}, governed_by: it.began,
   grounds: {1: {when: it.c, since: 2020-03-01}}}
""",
        "keep fox",
        {"it.c": True, "it.began": dt.date(2020, 2, 1)},
        "forbidden_by_default",
    ),
    "the event that governs a clause chooses among its grounds, after": (
        """
- {at: act/1(1), may: keep cat}
- {at: act/2(1), apply: act/1(1), construe: {cat: fox}, governed_by: it.began,
   grounds: {1: {when: it.c, since: 2020-03-01}}}
""",
        "keep fox",
        {"it.c": True, "it.began": dt.date(2020, 4, 1)},
        "permitted",
    ),
    "the event that governs a rule chooses among the grounds of a clause too, before": (
        """
- {at: act/1(1), may: keep cat, governed_by: it.began}
- {at: act/2(1), apply: act/1(1), construe: {cat: fox}, grounds: {1: {when: it.c, since: 2020-03-01}}}
""",
        "keep fox",
        {"it.c": True, "it.began": dt.date(2020, 2, 1)},
        "forbidden_by_default",
    ),
    "the event that governs a rule chooses among the grounds of a clause too, after": (
        """
- {at: act/1(1), may: keep cat, governed_by: it.began}
- {at: act/2(1), apply: act/1(1), construe: {cat: fox}, grounds: {1: {when: it.c, since: 2020-03-01}}}
""",
        "keep fox",
        {"it.c": True, "it.began": dt.date(2020, 4, 1)},
        "permitted",
    ),
    "what one clause brings stays when the same by another is replaced": (
        """
- {at: act/1(1), apply: act/1(2)}
- {at: act/1(2), apply: decree/1(1), construe: {fox: cat}}
- {at: act/2(1), must: keep fox, instead_of: act/1(1)}
- {at: decree/1(1), may: keep fox}
""",
        "keep cat",
        {},
        "permitted",
    ),
    "a rule that replaces itself by one clause stays by another": (
        """
- {at: act/1(1), apply: decree/1(2), construe: {cat: fox}}
- {at: act/1(3), apply: act/1(1)}
- {at: decree/1(2), must_not: tell cat, instead_of: act/1(3)}
""",
        "tell fox",
        {},
        "forbidden",
    ),
    "a term of a condition that is read as several has a reading for each": (
        """
- {at: act/2(2), apply: decree/1(2), construe: {cat: fox, dog: [cat, fox]}}
- {at: decree/1(2), must_not: tell cat, unless: {when: dog.wild}}
""",
        "tell fox",
        {"cat.wild": True, "fox.wild": False},
        "forbidden",
    ),
    "two conditions never hold of different ones of several": (
        """
- {at: act/2(2), apply: decree/1(2), construe: {dog: [cat, fox]}}
- {at: decree/1(2), must_not: tell beast, when: [dog.wild, dog.muted]}
""",
        "tell beast",
        {"cat.wild": True, "fox.wild": False, "fox.muted": True},
        "silent",
    ),
    "what a clause asks itself of several is asked of each": (
        """
- {at: act/2(2), apply: decree/1(2), construe: {dog: [cat, fox]}, when: [dog.wild, not dog.muted]}
- {at: decree/1(2), must_not: tell beast}
""",
        "tell beast",
        {"cat.wild": True, "cat.muted": True, "fox.wild": True},
        "forbidden",
    ),
    "a case falls under what asks about several where it does for one of them": (
        """
- {at: act/2(2), apply: decree/1(1), construe: {dog: [cat, fox]}}
- {at: decree/1(1), must_not: tell beast, when: case falls under decree/1(2)}
- {at: decree/1(2), may: keep beast, when: [dog.wild, dog.muted]}
""",
        "tell beast",
        {"cat.wild": True, "fox.wild": False, "fox.muted": True},
        "silent",
    ),
    "what disapplies because of one of several disapplies that one's": (
        """
- {at: act/1(2), may: sell cat}
- {at: act/1(3), despite: act/1(2), when: cat.wild}
- {at: decree/1(1), apply: [act/1(3), act/1(2)], construe: {cat: [dog, fox]}}
""",
        "sell fox",
        {"dog.wild": True, "fox.wild": False},
        "permitted",
    ),
    "a ground of a clause is read with its own construals": (
        """
- {at: act/1(1), may: sell fox, when: act/2(1)1 applies and case falls under act/2(1)1}
- at: act/2(1)
  apply: act/2(3)
  construe: {u: v, dog: [cat, fox]}
  grounds: {1: 'it.kind is not one of [u, w] and dog.muted'}
- {at: act/2(3), define: it.due, as: 2020-03-01}
""",
        "sell fox",
        {"it.kind": "u", "cat.muted": True, "dog.muted": False},
        "permitted",
    ),
    "what a proviso keeps away of a definition is asked apart of each reading of it": (
        """
- {at: act/1(1), define: it.share, as: 1, grounds: {1: cat.old, 2: cat.wild}, unless: {at: (1) proviso, when: it.a}}
- {at: act/2(1), apply: [act/1(1), act/2(2)], construe: {cat: dog}}
- {at: act/2(2), must: sell cat, when: act/1(1) proviso applies}
""",
        "sell cat",
        {"it.a": True, "cat.old": True, "cat.wild": True, "dog.old": False, "dog.wild": False},
        "required",
    ),
    "of a set each reading of several has a set of its own": (
        """
- {at: decree/1(1), must: {any: keep dog}}
- {at: decree/1(2), apply: decree/1(1), construe: {dog: [cat, fox]}}
""",
        "burn cat",
        {},
        "forbidden",
    ),
    "what is taken of several is taken in the whole of a set": (
        """
- {at: decree/1(1), must: {any: [keep dog, burn dog]}}
- {at: decree/1(2), apply: decree/1(1), construe: {dog: [cat, fox]}}
""",
        "sell cat",
        {},
        "forbidden",
    ),
    "a clause goes before no other action of the rule that it brings": (
        """
- {at: act/1(2), may: [mute fox, tell fox]}
- {at: decree/1(2), apply: act/1(2), construe: {fox: cat}, despite: act/1(2)}
""",
        "tell cat",
        {"cat.muted": True},
        "forbidden",
    ),
    "a clause that takes the place of a rule leaves the sub-kinds of its own reading": (
        """
- {at: act/1(1), may: tell beast}
- {at: act/2(1), apply: act/1(1), construe: {beast: pet}, instead_of: act/1(1)}
""",
        "tell cat",
        {},
        "permitted",
    ),
    "what a rule has a citation of itself read as is the rule as it stands": (
        """
- {at: act/1(1), may: burn fox, when: not (case falls under act/2(2)), grounds: {1: it.a}}
- {at: act/2(1), apply: act/1(1), construe: {fox: cat, act/2(2): act/1(1)}}
- {at: act/2(2), must_not: keep dog, when: it.b}
""",
        "burn cat",
        {"it.a": True, "it.b": True},
        "permitted",
    ),
    "a ground of a clause gives way alone": (
        """
- {at: act/1(1), must_not: tell fox}
- {at: act/2(1), apply: act/1(1), construe: {fox: cat}, grounds: {1: it.a, 2: it.b}}
- {at: act/2(2), may: tell cat, despite: act/2(1)1}
""",
        "tell cat",
        {"it.a": True},
        "permitted",
    ),
    "what takes the place of a ground of a clause leaves the other": (
        """
- {at: act/1(1), must_not: tell fox}
- {at: act/2(1), apply: act/1(1), construe: {fox: cat}, grounds: {1: it.a, 2: it.b}}
- {at: act/2(2), may: sell cat, instead_of: act/2(1)1, when: it.a}
""",
        "tell cat",
        {"it.a": True, "it.b": True},
        "forbidden",
    ),
    "what takes the place of a ground of a clause takes what is brought on it": (
        """
- {at: act/1(1), must_not: tell fox}
- {at: act/2(1), apply: act/1(1), construe: {fox: cat}, grounds: {1: it.a, 2: it.b}}
- {at: act/2(2), may: sell cat, instead_of: act/2(1)1}
""",
        "tell cat",
        {"it.a": True},
        "silent",
    ),
    "a definition brought on a ground of a clause gives way with the ground": (
        """
- {at: act/1(1), define: it.flag, as: yes}
- {at: act/2(1), apply: act/1(1), construe: {it.flag: it.mark}, grounds: {1: it.a, 2: it.b}}
- {at: act/2(2), despite: act/2(1)1}
- {at: act/2(3), must: tell cat, when: it.mark}
""",
        "tell cat",
        {"it.a": True},
        "silent",
    ),
    "a duty brought on a ground of a clause that gave way exempts from nothing": (
        """
- {at: act/1(1), must: tell fox, unless: {at: (1) proviso, when: it.c}}
- {at: act/2(1), apply: act/1(1), construe: {fox: cat}, grounds: {1: it.a, 2: it.b}}
- {at: act/2(2), must: tell cat, instead_of: act/2(1)1}
""",
        "tell cat",
        {"it.a": True, "it.c": True},
        "required",
    ),
    "an order about a ground of a clause keeps rank away from what the clause brings": (
        """
- {at: act/1(1), must_not: tell fox}
- {at: act/2(1), apply: act/1(1), construe: {fox: cat}, grounds: {1: it.a, 2: it.b}}
- {at: decree/1(1), may: tell cat, despite: act/2(1)1}
""",
        "tell cat",
        {"it.b": True},
        "conflict",
    ),
    "a clause that applies the main sentence of another leaves its proviso": (
        """
- {at: act/1(1), need_not: sell dog}
- {at: act/1(2), apply: act/2(2) main}
- {at: act/2(2), apply: act/1(1), construe: {dog: cat}, unless: {at: (2) proviso, when: it.a}}
""",
        "sell cat",
        {"it.a": True},
        "exempt",
    ),
    "a clause has what another applies read as another place": (
        """
- {at: act/1(1), must: tell fox}
- {at: act/1(2), must_not: tell fox}
- {at: act/2(1), apply: act/1(1)}
- {at: act/2(2), apply: act/2(1), construe: {fox: cat, act/1(1): act/1(2)}}
""",
        "tell cat",
        {},
        "forbidden",
    ),
    "of each kind what a rule says of that kind takes the place": (
        """
- {at: act/1(1), must_not: tell beast}
- {at: act/1(2), may: tell beast, when: beast.wild, instead_of: act/1(1)}
""",
        "tell cat",
        {"cat.wild": False, "dog.wild": True},
        "forbidden",
    ),
    "of each action what a rule says of that action takes the place": (
        """
- {at: act/1(1), must: [tell cat, sell cat]}
- {at: act/1(2), may: [tell cat, sell cat], instead_of: act/1(1)}
- {at: act/1(3), must_not: tell cat, despite: act/1(2)}
""",
        "tell cat",
        {},
        "conflict",
    ),
    "what a rule on a kind refers to is read of the sub-kind": (
        """
- {at: act/2(3), may: keep pet, when: case falls under decree/1(1)}
- {at: decree/1(1), must_not: burn pet, when: pet.wild}
""",
        "keep cat",
        {"cat.wild": True, "pet.wild": False},
        "permitted",
    ),
    "what a clause asks of a kind is asked of the sub-kind": (
        """
- {at: act/1(1), apply: act/1(2), construe: {fox: pet}, when: pet.wild}
- {at: act/1(2), must_not: tell fox}
""",
        "tell cat",
        {"cat.wild": True, "pet.wild": False},
        "forbidden",
    ),
    "a ground inside a ground gives way alone": (
        """
- {at: act/1(1), must_not: tell cat, grounds: {1: {grounds: {(a): it.a, (b): it.b}}}}
- {at: act/2(2), may: tell cat, despite: act/1(1)1(a)}
""",
        "tell cat",
        {"it.a": True},
        "permitted",
    ),
    "a ground holds by what stands inside it": (
        """
- {at: act/1(1), must_not: tell cat, grounds: {1: {grounds: {(a): it.a, (b): it.b}}}}
- {at: act/2(2), may: sell cat, instead_of: act/1(1)1(a)}
""",
        "tell cat",
        {"it.a": True, "it.b": True},
        "forbidden",
    ),
    "a duty of which the ground inside a ground gave way exempts from nothing": (
        """
- at: act/1(1)
  must: tell cat
  grounds: {1: {grounds: {(a): it.a, (b): it.b}}}
  unless: {at: (1) proviso, when: it.c}
- {at: act/2(2), must: tell cat, instead_of: act/1(1)1(a)}
""",
        "tell cat",
        {"it.a": True, "it.c": True},
        "required",
    ),
    "what a rule refers to in the range of a clause is of the clause's time": (
        """
- {at: act/1(1), must: tell cat, when: case falls under act/1(2)1}
- {at: act/1(2), may: keep dog, grounds: {1: it.a}, since: 2020-02-01}
- {at: act/2(1), apply: [act/1(1), act/1(2)], construe: {cat: fox}, governed_by: it.began}
""",
        "tell fox",
        {"it.a": True, "it.began": dt.date(2020, 1, 31)},
        "silent",
    ),
    "what a clause refers to, and that in turn, is read with its construals": (
        """
- {at: act/1(1), may: keep dog, when: it.kind is u}
- {at: act/1(2), may: keep fox, when: case falls under act/1(1)}
- {at: act/1(3), must: tell cat}
- {at: act/2(1), apply: act/1(3), construe: {cat: fox, u: w}, when: case falls under act/1(2)}
""",
        "tell fox",
        {"it.kind": "w"},
        "required",
    ),
    "what takes the place of a restriction puts the rights at its own place before it": (
        """
- {at: act/1(2), may: mute dog}
- {at: act/1(3), may: burn dog, when: it.a, instead_of: act/1(2)}
- {at: act/1(3), may: sell dog}
""",
        "sell dog",
        {"it.a": False, "dog.muted": True},
        "permitted",
    ),
    "a reference to more than a clause applies means its instance of what it does": (
        """
- {at: act/1(3), may: keep cat, when: case falls under decree/1(3)}
- {at: act/2(2), apply: [decree/1(3) proviso, act/1(3)], construe: {cat: dog}}
- {at: decree/1(3), must_not: sell fox, when: it.a}
- {at: decree/1(3) proviso, define: it.flag, when: cat.wild}
""",
        "keep dog",
        {"dog.wild": True, "cat.wild": False},
        "permitted",
    ),
    "and what the clause does not apply as it stands": (
        """
- {at: act/1(3), may: keep cat, when: case falls under decree/1(3)}
- {at: act/2(2), apply: [decree/1(3) proviso, act/1(3)], construe: {cat: dog}}
- {at: decree/1(3), must_not: sell fox, when: cat.wild}
- {at: decree/1(3) proviso, define: it.flag, when: cat.wild}
""",
        "keep dog",
        {"cat.wild": True, "dog.wild": False},
        "permitted",
    ),
    "but not what it does": (
        """
- {at: act/1(3), may: keep cat, when: case falls under decree/1(3)}
- {at: act/2(2), apply: [decree/1(3) proviso, act/1(3)], construe: {cat: dog}}
- {at: decree/1(3) proviso, define: it.flag, when: cat.wild}
""",
        "keep dog",
        {"cat.wild": True, "dog.wild": False},
        "forbidden_by_default",
    ),
    "a rule that a clause applies in part is meant so by what refers to the whole": (
        """
- {at: act/1(3), may: keep cat, when: case falls under decree/1(3)}
- {at: act/2(2), apply: [decree/1(3)1, act/1(3)], construe: {cat: dog}}
- {at: decree/1(3), must_not: sell cat, grounds: {1: it.a, 2: it.b}}
""",
        "keep dog",
        {"it.a": False, "it.b": True},
        "forbidden_by_default",
    ),
    "a part that a clause does not apply is meant as it stands": (
        """
- {at: act/1(3), may: keep cat, when: case falls under decree/1(3)2}
- {at: act/2(2), apply: [decree/1(3)1, act/1(3)], construe: {cat: dog}}
- {at: decree/1(3), must_not: sell cat, grounds: {1: it.a, 2: it.b}}
""",
        "keep dog",
        {"it.a": False, "it.b": True},
        "permitted",
    ),
    "whether more applies than a clause does is asked of its instance": (
        """
- {at: act/1(3), may: keep cat, when: decree/1(3) applies}
- {at: act/2(2), apply: [decree/1(3) proviso, act/1(3)], construe: {cat: dog}}
- {at: decree/1(3) proviso, must_not: sell cat, when: cat.wild}
""",
        "keep dog",
        {"dog.wild": True, "cat.wild": False},
        "permitted",
    ),
    "and of what stands outside": (
        """
- {at: act/1(3), may: keep cat, when: decree/1(3) applies}
- {at: act/2(2), apply: [decree/1(3) proviso, act/1(3)], construe: {cat: dog}}
- {at: decree/1(3), must_not: sell fox, when: it.a}
- {at: decree/1(3) proviso, must_not: sell cat, when: cat.wild}
""",
        "keep dog",
        {"it.a": True, "cat.wild": False, "dog.wild": False},
        "permitted",
    ),
    "but of no rule that has an instance": (
        """
- {at: act/1(3), may: keep cat, when: decree/1(3) applies}
- {at: act/2(2), apply: [decree/1(3) proviso, act/1(3)], construe: {cat: dog}}
- {at: decree/1(3), must_not: sell fox, when: it.a}
- {at: decree/1(3) proviso, must_not: sell cat, when: cat.wild}
""",
        "keep dog",
        {"cat.wild": True, "dog.wild": False},
        "forbidden_by_default",
    ),
    "an order onto an exclusion stands beside one onto the rule, which orders nothing": (
        """
- {at: act/1(1), must_not: keep dog, unless: {at: (1) proviso, when: it.a}}
- {at: act/2(1), may: sell dog, despite: [act/1(1), act/1(1) proviso]}
""",
        "keep dog",
        {"it.a": True},
        "forbidden",
    ),
    "one that names the rule names no exclusion of it alone": (
        """
- {at: act/1(1), must_not: keep dog, unless: {at: (1) proviso, when: it.a}}
- {at: act/2(1), may: sell dog, despite: act/1(1)}
""",
        "keep dog",
        {"it.a": True},
        "forbidden_by_default",
    ),
    "an order of a clause onto an exclusion stands beside one of the rule onto its rule": (
        """
- {at: act/1(1), must_not: keep dog, unless: {at: (1) proviso, when: it.a}}
- {at: act/1(1) proviso, may: sell cat, despite: act/1(1)}
- {at: act/2(1), apply: act/1(1) proviso, construe: {cat: dog}, despite: act/1(1) proviso}
""",
        "keep dog",
        {"it.a": True},
        "forbidden",
    ),
    "an exclusion of a clause exempts from the duty that it brings, and applies then": (
        """
- {at: act/1(3), must: keep cat, when: it.b}
- {at: act/2(1), must: tell fox, when: decree/1(1) proviso applies}
- {at: decree/1(1), apply: act/1(3), construe: {cat: dog}, unless: {at: (1) proviso, when: it.a}}
""",
        "tell fox",
        {"it.a": True, "it.b": True},
        "required",
    ),
    "and does not apply where there is no duty to be exempted from": (
        """
- {at: act/1(3), must: keep cat, when: it.b}
- {at: act/2(1), must: tell fox, when: decree/1(1) proviso applies}
- {at: decree/1(1), apply: act/1(3), construe: {cat: dog}, unless: {at: (1) proviso, when: it.a}}
""",
        "tell fox",
        {"it.a": True, "it.b": False},
        "silent",
    ),
    "an exclusion of a clause that keeps nothing away does not apply": (
        """
- {at: act/1(3), may: keep cat, until: 2019-01-01}
- {at: act/2(1), must: tell fox, when: decree/1(1) proviso applies}
- at: decree/1(1)
  apply: act/1(3)
  construe: {cat: dog}
  since: 2019-06-01
  unless: {at: (1) proviso, when: it.a}
""",
        "tell fox",
        {"it.a": True},
        "silent",
    ),
    "a clause that another brings does not apply as it stands by what that one brings": (
        """
- {at: act/1(3), must: keep cat, when: cat.wild}
- {at: act/2(1), must: tell dog, when: decree/1(1) applies}
- {at: act/2(2), apply: decree/1(1), construe: {dog: fox}}
- {at: decree/1(1), apply: act/1(3), construe: {cat: dog}}
""",
        "tell dog",
        {"fox.wild": True, "dog.wild": False},
        "silent",
    ),
    "but that one does": (
        """
- {at: act/1(3), must: keep cat, when: cat.wild}
- {at: act/2(1), must: tell dog, when: act/2(2) applies}
- {at: act/2(2), apply: decree/1(1), construe: {dog: fox}}
- {at: decree/1(1), apply: act/1(3), construe: {cat: dog}}
""",
        "tell dog",
        {"fox.wild": True, "dog.wild": False},
        "required",
    ),
    "a clause read as several applies, for a rule without a choice, by what it brings of one of them": (
        """
- {at: act/1(3), must: keep cat, when: cat.wild}
- {at: act/2(1), must: tell beast, when: decree/1(1) applies}
- {at: act/2(2), apply: [decree/1(1), act/2(1)], construe: {dog: [cat, fox]}}
- {at: decree/1(1), apply: act/1(3), construe: {cat: dog}}
""",
        "tell beast",
        {"cat.wild": False, "fox.wild": True, "dog.wild": False},
        "required",
    ),
    "a case falls under what a clause asks about where it does of one of several that it has read": (
        """
- {at: act/1(2), must_not: sell dog, grounds: {2: not (dog.wild)}}
- {at: act/2(1), apply: decree/1(2), construe: {dog: [cat, fox]}, when: case falls under act/1(2)2,
   unless: {when: it.a}}
- {at: decree/1(2), must: mute beast}
""",
        "mute pet",
        {"it.a": True, "cat.wild": True, "dog.wild": True, "fox.wild": False},
        "permitted",
    ),
    "what excludes a clause keeps no case from falling under what it applies": (
        """
- {at: act/2(1), must: sell fox, grounds: {3: case falls under decree/1(2)}}
- {at: decree/1(1), apply: [decree/1(2), act/2(1)], construe: {fox: dog}, unless: {when: it.a}}
- {at: decree/1(2), must: keep cat, when: it.b}
""",
        "sell dog",
        {"it.a": True, "it.b": True},
        "exempt",
    ),
    "what disapplies the proviso of a clause lets a definition that it brings apply": (
        """
- {at: act/1(1), must: tell fox, grounds: {1: act/2(1) proviso applies}}
- {at: act/2(1) proviso, define: it.share, as: it.count + 1}
- {at: act/2(2), apply: [act/2(1) proviso, act/1(1)], construe: {fox: dog}, unless: {at: (2) proviso, when: it.a}}
- {at: decree/1(2), despite: act/2(2) proviso}
""",
        "tell dog",
        {"it.a": True, "it.count": 3},
        "required",
    ),
}
