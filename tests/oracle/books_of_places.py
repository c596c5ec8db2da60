"""Books about places and parts of rules on which engine or oracle once went wrong, as those of `books_by_hand`."""

from __future__ import annotations

import datetime as dt
from typing import Any

OF_PLACES: dict[str, tuple[str, str, dict[str, Any], str]] = {
    "a rule about two kinds that have a sub-kind in common is disapplied for both": (
        """
- {at: act/2(1), must: [mute pet, mute beast], when: case falls under act/2(2)1}
- {at: act/2(2), grounds: {1: it.a}, despite: act/2}
""",
        "mute cat",
        {"it.a": True},
        "forbidden_by_default",
    ),
    "a rule about two kinds that have a sub-kind in common asks of it as either": (
        """
- {at: act/2(1), must_not: [tell pet, tell beast], when: beast.wild, grounds: {1: it.a, 2: it.b}}
""",
        "tell cat",
        {"it.a": True, "cat.wild": True, "beast.wild": False, "pet.wild": False},
        "forbidden",
    ),
    "a stretch of paragraphs in which an order stands does not mean what else stands at its place": (
        """
- {at: act/2(1), must: burn cat}
- {at: act/2(1), must_not: tell fox, instead_of: act/2(1) to act/2(3)}
- {at: act/2(2), may: do dog}
- {at: act/2(3), may: do fox}
""",
        "burn cat",
        {},
        "required",
    ),
    "a stretch of paragraphs in which an order stands means the others": (
        """
- {at: act/2(1), must: burn cat}
- {at: act/2(1), must_not: tell fox, instead_of: act/2(1) to act/2(3)}
- {at: act/2(2), may: do dog}
- {at: act/2(3), may: do fox}
""",
        "do fox",
        {},
        "forbidden_by_default",
    ),
    "an order that names exactly its place means what else stands there": (
        """
- {at: act/2(1), must: burn cat}
- {at: act/2(1), must_not: tell fox, instead_of: act/2(1)}
""",
        "burn cat",
        {},
        "forbidden_by_default",
    ),
    "what fells an exclusion alone puts no right before a restriction": (
        """
- {at: decree/1(1), may: [mute cat, sell cat], unless: {at: (1) proviso, when: it.a}}
- {at: decree/1(3), must: sell cat, despite: decree/1(1) proviso}
""",
        "sell cat",
        {"cat.muted": True},
        "forbidden",
    ),
    "a limit that goes before another puts no right before a restriction": (
        """
- {at: act/1(2), may: bar dog}
- {at: act/1(2), limits: do dog, requires: how.heard}
- {at: act/1(3), limits: do dog, requires: how.heard, despite: act/1(2)}
- {at: act/1(3), may: do dog}
""",
        "do dog",
        {"it.basis": "act/1(2)"},
        "forbidden",
    ),
    "what takes the place of a restriction does so for the rights there, whatever it is about": (
        """
- {at: act/1(2), may: mute dog}
- {at: act/1(3), may: tell fox, when: it.a, instead_of: act/1(2)}
- {at: act/1(3), may: sell dog}
""",
        "sell dog",
        {"it.a": False, "dog.muted": True},
        "permitted",
    ),
    "what disapplies the proviso of a definition lets it give its value": (
        """
- {at: act/1(2), must: bar dog, when: it.flag}
- {at: act/2(1), define: it.flag, unless: {at: (1) proviso, when: it.b}}
- {at: decree/1(3), despite: act/2(1) proviso}
""",
        "bar dog",
        {"it.b": True},
        "required",
    ),
    "a definition in place of the proviso of another lets it give its value": (
        """
- {at: act/2(1), define: it.flag, as: 'yes', unless: {at: (1) proviso, when: it.a}}
- {at: act/2(2), define: it.flag, as: it.c, instead_of: act/2(1) proviso}
- {at: decree/1(3), must: bar cat, when: not (act/2(1) proviso applies) and it.flag}
""",
        "bar cat",
        {"it.a": True, "it.c": True},
        "required",
    ),
    "a definition that goes before another leaves what excludes that": (
        """
- {at: act/2(1), define: it.flag, as: 'yes', unless: {at: (1) proviso, when: it.a}}
- {at: act/2(2), define: it.flag, as: 'no', despite: act/2(1) proviso}
- {at: decree/1(3), must: bar cat, when: act/2(1) proviso applies and not it.flag}
""",
        "bar cat",
        {"it.a": True},
        "required",
    ),
    "what a limit requires is read where the limit stands": (
        """
- {at: act/1(1), deem: it.count, as: 4, within: decree/1(3)}
- {at: act/2(1), may: burn fox}
- {at: act/2(2), must: keep fox}
- {at: decree/1(3), limits: burn fox, requires: how.number + it.count <= 4}
""",
        "keep fox",
        {"it.count": 0, "how.number": 3},
        "required",
    ),
    "what a permission that goes before a ground requires is read where the permission stands": (
        """
- {at: act/1(1), deem: it.count, as: 4, within: act/2(3)}
- {at: act/2(2), must_not: burn fox, grounds: {1: it.b}}
- {at: act/2(3), may: burn fox, despite: act/2(2)1, requires: it.count <= 1}
- {at: decree/1(3), must: mute fox, when: act/2(2)1 applies}
""",
        "mute fox",
        {"it.b": True, "it.count": 0},
        "required",
    ),
    "a case falls under a clause at a proviso by its grounds, whatever number they have": (
        """
- {at: act/2(1) proviso, apply: act/2(3), grounds: {1: it.a}}
- {at: act/2(3), must: bar dog, when: case falls under act/2(1) proviso}
""",
        "bar dog",
        {"it.a": True},
        "required",
    ),
    "what excludes a duty of which one of several suffices applies where it holds": (
        """
- {at: act/1(2) proviso, may: burn cat, when: act/2(2) proviso applies}
- {at: act/2(2), must: {any: [do fox, tell fox]}, unless: {at: (2) proviso, when: it.c}}
""",
        "burn cat",
        {"it.c": True},
        "permitted",
    ),
    "a rule at a proviso that its own exclusion keeps away does not make the proviso apply": (
        """
- {at: act/1(1), must: bar dog, unless: decree/1(1) proviso applies}
- {at: decree/1(1), need_not: tell dog, unless: {at: (1) proviso, when: it.a}}
- {at: decree/1(1) proviso, despite: decree/1(1), unless: {grounds: {2: it.c}}}
""",
        "bar dog",
        {"it.a": False, "it.c": True},
        "required",
    ),
    "what follows from a right rests on the grounds that nothing goes before": (
        """
- {at: act/1(1), may: keep dog, to: clerk, grounds: {1: it.a, 2: it.b}}
- {at: act/2(1), may: burn dog, despite: act/1(1)1}
""",
        "burn dog",
        {"it.a": True, "it.b": False},
        "permitted",
    ),
    "and holds on another": (
        """
- {at: act/1(1), may: keep dog, to: clerk, grounds: {1: it.a, 2: it.b}}
- {at: act/2(1), may: burn dog, despite: act/1(1)1}
""",
        "burn dog",
        {"it.a": True, "it.b": True},
        "conflict",
    ),
    "of the clause that brings the right as well": (
        """
- {at: act/1(1), may: keep cat, to: clerk}
- {at: act/1(2), apply: act/1(1), construe: {cat: dog}, grounds: {1: it.a, 2: it.b}}
- {at: act/2(1), may: burn dog, despite: act/1(2)1}
""",
        "burn dog",
        {"it.a": True, "it.b": False},
        "permitted",
    ),
    "an exclusion that is felled in a right keeps nothing away that follows from it": (
        """
- {at: act/2(1), may: burn dog, despite: decree/1(1) proviso}
- {at: decree/1(1), may: keep dog, to: clerk, unless: {at: (1) proviso, when: it.a}}
""",
        "burn dog",
        {"it.a": True},
        "conflict",
    ),
    "a definition applies on a ground of its own, whatever its proviso defines": (
        """
- {at: act/1(1), must: tell cat, unless: {when: decree/1(1)1 applies}}
- {at: decree/1(1), define: it.share, as: it.count, when: it.a, grounds: {1: it.b}}
- {at: decree/1(1) proviso, define: it.due, as: it.began}
""",
        "tell cat",
        {"it.a": False, "it.b": True},
        "required",
    ),
    "and gives its value there": (
        """
- {at: act/1(1), must: tell cat, unless: {when: decree/1(1)1 applies}}
- {at: decree/1(1), define: it.share, as: it.count, when: it.a, grounds: {1: it.b}}
- {at: decree/1(1) proviso, define: it.due, as: it.began}
""",
        "tell cat",
        {"it.a": True, "it.b": True},
        "exempt",
    ),
    "what a case falls under is compared, too": (
        """
- {at: act/2(2), must_not: keep cat, unless: {when: case falls under decree/1(3)}, governed_by: it.began}
- {at: decree/1(3), must: mute fox, governed_by: it.began, milder: 'yes'}
""",
        "keep cat",
        {},
        "forbidden",
    ),
    "and so is what applies elsewhere": (
        """
- {at: act/2(2), must_not: sell cat, when: decree/1(3) applies, governed_by: it.began}
- {at: decree/1(3), must: mute fox, governed_by: it.began, milder: 'yes'}
""",
        "sell cat",
        {},
        "silent",
    ),
    "and what disapplies": (
        """
- {at: act/2(2), may: keep cat, governed_by: it.began}
- {at: decree/1(3), despite: act/2(2), governed_by: it.began, milder: 'yes'}
""",
        "keep cat",
        {},
        "permitted",
    ),
    "what refers to a clause out of its own words reads these once": (
        """
- at: act/1(1)
  apply: act/1(2)
  construe: {fox: dog, it.b: it.presumed or fox.wild}
  when: case falls under decree/1(2)1
  unless: {at: (1) proviso, when: it.b}
- {at: act/1(2), must_not: tell fox}
- {at: decree/1(2), must_not: keep fox, grounds: {1: case falls under act/1(1) proviso}}
""",
        "tell dog",
        {"dog.wild": True, "fox.wild": False},
        "silent",
    ),
    "a main sentence has no ground of its proviso": (
        """
- {at: act/2(1) proviso, must_not: sell dog, grounds: {1: it.a}}
- {at: decree/1(2), apply: act/2(1) main, construe: {dog: cat}}
""",
        "sell cat",
        {"it.a": True},
        "silent",
    ),
    "and whoever goes before it leaves the proviso alone": (
        """
- {at: act/2(1) proviso, must_not: keep dog, grounds: {1: it.a}}
- {at: decree/1(2), may: keep dog, despite: act/2(1) main}
""",
        "keep dog",
        {"it.a": True},
        "forbidden",
    ),
    "nor does a case fall under it by one": (
        """
- {at: act/2(1), must: keep dog, when: it.b}
- {at: act/2(1) proviso, must_not: sell dog, grounds: {1: it.a}}
- {at: decree/1(2), may: tell dog, when: case falls under act/2(1) main}
- {at: decree/1(3), must_not: tell dog, despite: decree/1(2)}
- {at: decree/1(4), despite: decree/1(3), when: not case falls under act/2(1) main and not act/2(1) main applies}
""",
        "tell dog",
        {"it.a": True},
        "silent",
    ),
    "of a definition, too": (
        """
- {at: act/2(1) proviso, define: it.flag, grounds: {1: it.a}}
- {at: decree/1(2), despite: act/2(1) main}
- {at: decree/1(3), must: tell dog, when: it.flag}
- {at: decree/1(4), apply: decree/1(3), construe: {dog: fox}, unless: {when: act/2(1) main applies}}
""",
        "tell fox",
        {"it.a": True},
        "required",
    ),
    "what a clause brings on no day restricts nothing": (
        """
- {at: act/1(2), apply: act/2(1), construe: {cat: dog}, since: 2020-03-10}
- {at: act/2(1), may: bar cat, until: 2018-01-01}
""",
        "do dog",
        {"it.basis": "act/2(1)"},
        "forbidden_by_default",
    ),
    "a month from the last of a month ends with the next": (
        """
- {at: decree/1(1), must_not: sell cat, when: it.began is not a day off}
- {at: decree/1(2), deem: it.began, as: it.began + 1 month}
""",
        "sell cat",
        {"it.began": dt.date(2020, 2, 29)},
        "forbidden",
    ),
    "a deadline so long after an event is the end of that period, whose first day may count": (
        """
- {at: act/1(1), must: tell cat, deadline: by it.filed + 10 days}
""",
        "tell cat",
        {"it.filed": dt.date(2020, 1, 20), "cat.told_on": dt.date(2020, 1, 30)},
        "required",
    ),
    "half a term of months is taken by the calendar": (
        """
- at: act/1(1)
  must_not: sell cat
  when: it.began + fraction(1/2, from it.began to it.began + 59 days, round up) is 2020-02-01
""",
        "sell cat",
        {"it.began": dt.date(2020, 1, 1)},
        "forbidden",
    ),
    "a ground of an exclusion gives way alone": (
        """
- {at: act/1(1), may: sell dog, unless: {at: act/1(2), grounds: {1: it.a, 2: it.b}}}
- {at: act/1(3), despite: act/1(2)2, when: it.c}
""",
        "sell dog",
        {"it.b": True, "it.c": True},
        "permitted",
    ),
    "a ground of an exclusion that nothing names stands": (
        """
- {at: act/1(1), may: sell dog, unless: {at: act/1(2), grounds: {1: it.a, 2: it.b}}}
- {at: act/1(3), despite: act/1(2)2, when: it.c}
""",
        "sell dog",
        {"it.a": True, "it.b": True, "it.c": True},
        "silent",
    ),
    "a ground of an exclusion of a definition gives way alone": (
        """
- {at: act/1(1), define: it.flag, unless: {at: act/1(2), grounds: {1: it.a, 2: it.b}}}
- {at: act/1(3), despite: act/1(2)2, when: it.c}
- {at: act/1(4), must: bar dog, when: it.flag}
""",
        "bar dog",
        {"it.b": True, "it.c": True},
        "required",
    ),
    "a ground of an exclusion of a duty gives way alone, and the other exempts": (
        """
- {at: act/1(1), must: bar dog, unless: {at: act/1(2), grounds: {1: it.a, 2: it.b}}}
- {at: act/1(3), despite: act/1(2)2, when: it.c}
""",
        "bar dog",
        {"it.a": True, "it.c": True},
        "forbidden_by_default",
    ),
    "a right that replaces what a restriction replaces in another reading does not go before the restriction": (
        """
- {at: act/1(2), may: tell fox, instead_of: act/1(3)}
- {at: act/1(3), apply: act/2(2), construe: {fox: dog}}
- {at: act/2(2) proviso, must: mute fox, instead_of: decree/1(1)}
- {at: decree/1(1), must: tell fox}
""",
        "tell fox",
        {},
        "forbidden",
    ),
    "a ground of a clause is one of the clause alone, and not of the ban beside it": (
        """
- {at: act/1(1), penalty: {of: act/2(1), any: warning}}
- {at: act/2(1), must_not: do fox}
- {at: act/2(1), apply: act/1(1), grounds: {1: it.a}}
- {at: decree/1(1), must: tell fox, unless: {when: act/2(1)1 applies}}
""",
        "tell fox",
        {"it.a": True},
        "required",
    ),
    "a ground of a clause is one of the clause alone, and not of the definition beside it": (
        """
- {at: act/1(1), define: it.flag, when: it.b}
- {at: act/2(1), define: it.mark}
- {at: act/2(1), apply: act/1(1), construe: {it.flag: it.mark}, grounds: {1: it.a}}
- {at: decree/1(1), must: tell fox, unless: {when: act/2(1)1 applies}}
""",
        "tell fox",
        {"it.a": True},
        "required",
    ),
    "a numbered value applies whatever becomes of the duty in whose proviso a requirement has its number": (
        """
- {at: act/1(1), may: sell fox, when: decree/1(2)1 applies}
- {at: decree/1(2), define: it.flag, as: {1: {value: yes}}}
- {at: decree/1(2) proviso, must: burn pet, when: it.b, requires: {1: it.a}}
""",
        "sell fox",
        {},
        "permitted",
    ),
    "a range of paragraphs lists no proviso of one of them": (
        """
- {at: act/1(2), apply: act/2(3)2, construe: {decree/1(2) proviso: decree/1(3)}}
- {at: act/2(3), apply: decree/1(1), grounds: {2: it.mark}, instead_of: decree/1(1) to decree/1(2)}
- {at: decree/1(1), limits: bar cat}
- {at: decree/1(2) proviso, may: do cat}
- {at: decree/1(3), must_not: burn cat}
""",
        "do cat",
        {"it.mark": True},
        "forbidden_by_default",
    ),
    "a definition whose range lists a place that a clause reads as another is ordered otherwise through the clause": (
        """
- {at: act/1(1), apply: act/2(1), construe: {decree/1(1): decree/1(3)}}
- {at: act/2(1), define: it.flag, when: it.a, despite: decree/1(1) to decree/1(2)}
- {at: decree/1(1), define: it.flag, as: no}
- {at: decree/1(2), may: keep cat}
- {at: decree/1(3), define: it.flag, as: no, when: it.a}
- {at: decree/1(4), must: tell cat, when: it.flag}
""",
        "tell cat",
        {"it.a": True},
        "required",
    ),
    "an exclusion of a penalty that asks whether its own place applies is no part of it": (
        """
- {at: act/2(1), must_not: do cat, when: act/2(2) proviso applies}
- {at: act/2(2), penalty: {of: act/2(1), any: warning}, unless: {at: act/2(2) proviso, when: act/2(2) proviso applies}}
- {at: act/2(2) proviso, must: mute cat}
""",
        "do cat",
        {},
        "forbidden",
    ),
}
