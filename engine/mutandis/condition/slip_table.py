"""Ways of writing a condition that the language does not have, each with what to write instead."""

from __future__ import annotations

import re
from typing import Final

from mutandis.condition.names import SAY_WHEN
from mutandis.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Slip:
    """A way of writing that the language does not have: `pattern` spans the place where the parser stopped.

    The group `here`, if the pattern has one, is what gets underlined. `help` may use the groups (`\\g<name>`).
    """

    pattern: re.Pattern[str]
    help: str


def _slip(pattern: str, help: str) -> Slip:
    return Slip(re.compile(pattern), help)


_NAME_ALONE = "name the fact alone, with its term before a full stop: `dog.leashed`"

SLIPS: Final = (
    _slip(
        r"[\u00a0\u2000-\u200b\u202f\u3000]",
        "a space of a special kind stands here (copied from elsewhere?): type an ordinary one",
    ),
    _slip(r"[\u00ad\u200c\u200d\u2060]", "a sign that does not show stands here (copied from elsewhere?): delete it"),
    _slip(
        r"(?P<here>(?<![<>!])={1,3})\s*(yes|no|true|false)\b",
        "a yes/no fact stands by itself: write `term.fact`, or `not term.fact`",
    ),
    _slip(r"(?P<here>\[\s*\])", "an empty list holds nothing: name the values, or leave the condition out"),
    _slip(r"(?P<here>,)\s*[,\])]", "a comma too many: leave it out"),
    _slip(r"->|→", "a fact is written with its term before a full stop: `term.fact`"),
    _slip(r"[a-z_](?P<here>\[)\s*[\"']", "a fact is written with its term before a full stop: `term.fact`"),
    _slip(r"∧", "write `and`"),
    _slip(r"∨", "write `or`"),
    _slip(r"¬", "write `not`"),
    _slip(r"[<>]\s+=", "write `<=` or `>=`, without a space in it"),
    _slip(r"[<>]=?\s+[<>]=?", "compare once: `<`, `<=`, `>` or `>=`"),
    _slip(r"\b(and|or)\s+(?P<here>[<>]=?)", "compare two things at a time: `a <= x and x <= b`"),
    _slip(r"(?P<here>//|/\*|--).*", "a comment begins with ` #`, outside the condition"),
    _slip(r"=<", "write `<=`"),
    _slip(r"=>", "write `>=`"),
    _slip(r"!=|<>|≠", "write `is not`"),
    _slip(r"(?<![<>])={1,3}", "write `is` for equality"),
    _slip(r"[≥≧]", "write `>=`"),
    _slip(r"[≤≦]", "write `<=`"),
    _slip(r"&{1,2}", "write `and`"),
    _slip(r"\|{1,2}", "write `or`"),
    _slip(r"!", "write `not`"),
    _slip(r"×", "write `*`"),
    _slip(r"[·・ㆍ]", "write `and`; a product is written with `*`"),
    _slip(r"[−–—]", "write `-`, the plain hyphen"),
    _slip(r"\w(?P<here>['’]s)\b", "a fact is written with its term before a full stop: `term.fact`"),
    _slip(
        r"[“”„‘’'「」『』]",
        'a text stands in straight double quotes ("…"); names and values of facts stand without any',
    ),
    _slip(
        r"\b(?P<here>(?=\w*[A-Z])"
        r"(?i:and|or|not|is|if|then|else|one|of|any|every|no|within|none|present|today|case|falls|under))\b",
        "words of the language are written in small letters",
    ),
    _slip(r"(?P<here>\band/or\b|(?<=\band)/)", "write `or`: it holds where both hold, too"),
    _slip(r"\b(?P<here>xor)\b", "write `(a and not b) or (b and not a)`"),
    _slip(r"\b(?P<here>but|plus)\b", "write `and`"),
    _slip(r"\b(?P<here>nor)\b", "write `and not`"),
    _slip(r"^\s*(?P<here>neither)\b\s*[\w.]*", "write `not a and not b`"),
    _slip(r"(?P<here>(?<!is )(?<!is not )\beither)\b\s*[\w.]*", "leave `either` out: `a or b`"),
    _slip(
        r"\b(?P<here>(shall|must|may|should|will|can)( not)?)\b",
        "a condition states what is so, not what ought to be: name the fact alone, "
        "and say `must` or `may` as the rule's effect",
    ),
    _slip(r"^\s*(?P<here>unless|except)\b\s*[\w.]*", "write `not (…)`, or give the rule an `unless`"),
    _slip(r"^\s*(?P<here>else)\s*$", SAY_WHEN),
    _slip(r"\b(?P<here>otherwise)\b", "write `if a then b else c`"),
    _slip(r"\b(?P<here>unless|except)\b", "write `and not (…)`, or give the rule an `unless` with its own place"),
    _slip(
        r"\b(?P<here>(isn|doesn|aren)(['’]?t)?)\b", "write `is not`, `does not fall under`, or `not` before the whole"
    ),
    _slip(
        r"\b(any|every|no)\s+[\w.]+\s+(?P<here>has|have|where|is)\b",
        "give the member a name: `any m in L has (m.fact)`",
    ),
    _slip(
        r"(?P<here>\bis\s+(not\s+)?(in|among|any of|either|within\s+\[)(?!\w))\s*\[?\w*",
        "write `is one of [a, b]`, or `is not one of [a, b]`",
    ),
    _slip(r"(?P<here>\bis\s+neither)\b\s*\w*", "write `is not one of [a, b]`"),
    _slip(r"(?P<here>(\bis\s+(not\s+)?)?\bequals?\b(\s+to\b)?)\s*\S?", "write `is`, or `is not`"),
    _slip(r"(?P<here>\bis\s+(older|younger|newer)\s+than)\b", "compare with a day: `x + 1 year < today`"),
    _slip(
        r"\bis\s+[0-9][\w-]*\s*([a-z]+\s+)?(?P<here>to|~|\.{2,3})\s*[0-9]",
        "write both ends: `a <= x and x <= b`",
    ),
    _slip(
        r"\b[0-9]+\s+(hundred|thousand|million|billion|trillion)\b(\s+[a-z]+)?",
        "write the number in digits: `1000000 won`",
    ),
    _slip(r"\b(?P<here>(business|banking|work|office)\s+days?)\b", "write `working days`"),
    _slip(
        r"\bthe\s+end\s+of\s+the\s+(?P<unit>month|quarter|half-year|year)\s+(?P<here>after|before|following|preceding)\b",
        r"write `the end of the \g<unit> following that of x` (`preceding that of`), or a length: "
        "`the end of 1 month after x`",
    ),
    _slip(
        r"\b(?P<here>the\s+(first|last)\s+day\s+of)\b",
        "write `the end of the month of x`; the day after it is the first of the next month",
    ),
    _slip(
        r"\b(?P<here>(following|next|preceding|previous|current|same|calendar|fiscal|tax)\s+(?P<unit>month|quarter|year))\b",
        r"write `the end of the \g<unit> of x`, `following that of x` or `preceding that of x`: that of the calendar",
    ),
    _slip(r"\b(?P<here>half\s+year)\b", "write `the end of the half-year of x`"),
    _slip(r"\b(?P<here>calendar\s+days?)\b", "write `days`: they run on over days off"),
    _slip(r"\b(?P<here>((an?|one)\s+)?fortnight)\b", "write `2 weeks`"),
    _slip(r"(?P<here>\bin)\s+[0-9]", "write both ends: `a <= x and x <= b`"),
    _slip(r"(?P<here>\bin)\s*[\[(]", "write `is one of [a, b]`, or `is not one of [a, b]`"),
    _slip(r"(?P<here>\bis\s+(not\s+)?one)\s*\[", "write `is one of [a, b]`"),
    _slip(
        r"\bis\s+(not\s+)?one\s+of\s+(?P<here>[\w.]+|[^\[\s])",
        "the values stand in square brackets: `is one of [a, b]`",
    ),
    _slip(r"\bis\s+(yes|no|true)(?!\w)", "a yes/no fact stands by itself: write `term.fact`, or `not term.fact`"),
    _slip(r"\b(is\s+)?not\s+(less|earlier|fewer|lower|smaller|shorter|younger)\s+than\b", "write `>=`"),
    _slip(
        r"\b(is\s+)?not\s+(more|greater|later|higher|longer|bigger|older)\s+than\b|\bdoes\s+not\s+exceed\b",
        "write `<=`",
    ),
    _slip(r"\bis\s+(less|earlier|fewer|lower|smaller|shorter)\s+than\b", "write `<`"),
    _slip(r"\bis\s+(more|greater|later|higher|longer|bigger)\s+than\b|\bexceeds\b|(?<!not )\bexceeding\b", "write `>`"),
    _slip(r"[\w.)]\s+(?P<here>on\s+or\s+after|from)\s+[0-9]{4}-[0-9]{2}-[0-9]{2}(?!\s+to\b)", "write `>=`"),
    _slip(r"[\w.)]\s+(?P<here>on\s+or\s+before)\b", "write `<=`"),
    _slip(r"[\w.)]\s+(?P<here>on\s+or\s+after)\b", "write `>=`"),
    _slip(r"\b[a-z_]+\.[a-z_]+\s+(?P<here>before)\b", "write `<` to put one date before another"),
    _slip(r"\b[a-z_]+\.[a-z_]+\s+(?P<here>after)\b", "write `>` to put one date after another"),
    _slip(r"[\w.)]\s+(?P<here>from)\s+\S+(\s+[a-z]+)?\s+(to|until)\b", "write both ends: `a <= x and x <= b`"),
    _slip(
        r"[\w.)]\s+(?P<here>[0-9]+(\s+[a-z]+)?\s+or\s+(more|over|older|later|above))\b", "write `>=` before the value"
    ),
    _slip(
        r"[\w.)]\s+(?P<here>[0-9]+(\s+[a-z]+)?\s+or\s+(less|fewer|under|earlier|below))\b",
        "write `<=` before the value",
    ),
    _slip(
        r"^\s*(?P<here>at\s+least)\s+[0-9]+(\s+(minute|hour|day|week|month|year|won)s?)?"
        r"\s+[a-z_]+\.[a-z_]+\s*$",
        "say first what is bounded: `x >= 40`",
    ),
    _slip(
        r"^\s*(?P<here>at\s+most)\s+[0-9]+(\s+(minute|hour|day|week|month|year|won)s?)?"
        r"\s+[a-z_]+\.[a-z_]+\s*$",
        "say first what is bounded: `x <= 40`",
    ),
    _slip(r"(?<!the )\b(?P<here>(number|total)\s+of)\b", "write `the \\g<here>`"),
    _slip(r"[a-z_](?P<here>\.{2,})[a-z_]", "one full stop stands between term and fact: `dog.leashed`"),
    _slip(r"(?P<here>\bapplies)\s+[\w/]*[0-9(]", "the place stands before it: `1(2) applies`"),
    _slip(r"\bunder\s+(?P<here>\")", "a citation stands without quotes: `97(1)2`"),
    _slip(
        r"(?P<here>\bis\s+at\s+least)\b\s*[0-9]*\s*\w*",
        "write `>=`; `at least` counts the members of a list: `at least 3 m in L where (…)`",
    ),
    _slip(
        r"(?P<here>\bis\s+at\s+most)\b\s*[0-9]*\s*\w*",
        "write `<=`; `at most` counts the members of a list: `at most 3 m in L where (…)`",
    ),
    _slip(r"(?P<here>\bis\s+(before|earlier))\b\s*\S?", "write `<` to put one date before another"),
    _slip(r"(?P<here>\bis\s+(after|later))\b\s*\S?", "write `>` to put one date after another"),
    _slip(r"\b[0-9]+\s+[a-z]+\s+(?P<here>ago)\b", "count back from today: `today - 1 year`"),
    _slip(r"(?P<here>\b(is\s+)?between)\b\s*\S*", "write both ends: `a <= x and x <= b`"),
    _slip(r"[\w.)]\s+(?P<here>at\s+least)\b(?=\s*[0-9])", "write `>=`"),
    _slip(r"[\w.)]\s+(?P<here>at\s+most|up\s+to|no\s+more\s+than|not\s+exceeding)\b", "write `<=`"),
    _slip(r"[\w.)]\s+(?P<here>no\s+(less|fewer)\s+than)\b", "write `>=`"),
    _slip(
        r"^\s*(?P<here>at\s+(most|least)|up\s+to|no\s+(more|less)\s+than)\s+[0-9]+\s+(minute|hour|day|week|month|year|won)s?\b",
        "say what is bounded: `term.fact <= 2 hours`",
    ),
    _slip(r"\b(?P<here>(more|greater|longer|later)\s+than|over|above)\b", "write `>`"),
    _slip(r"\b(?P<here>(less|fewer|shorter|earlier)\s+than|below)\b", "write `<`"),
    _slip(r"\b(?P<here>exists?)\b", "write `is present`"),
    _slip(
        r"\bwithin\s+[0-9]+\s+[a-z]+\s+(?P<here>of|from|since)\b", "write `after` or `before`: `within 3 days after X`"
    ),
    _slip(r"(?<!is )(?<!is not )(?<!falls )(?<!fall )\b(?P<here>within)\b", "write `is within 3 days after X`"),
    _slip(r"(?P<here>\b(the\s+)?(last|past|next))\s+[0-9]", "write `is within 12 months before today`, or `after`"),
    _slip(
        r"\b(?P<here>(minutes|hours|days|weeks|months|years)\s+(since|until|between))\b",
        "compare with a day: `x + 3 days <= today`, or `today is within 3 days after x`",
    ),
    _slip(r"\b(?P<here>age)\s+of\b", "compare with the day of birth: `x.born_on + 14 years <= today`"),
    _slip(r"\b(?P<here>average|mean)\s+of\b", "there is no average: compare `the total of m.x for m in L`"),
    _slip(r"[\w.)]\s+(?P<here>since|until|till)\b", "compare dates: `x >= 2020-01-01`, `x < y`"),
    _slip(
        r"^\s*(?P<here>when|where|provided(?:\s+that)?|only\s+if|as\s+long\s+as)\s+[a-z_]+\.[a-z_]+",
        "leave `\\g<here>` out: the key says it already",
    ),
    _slip(r"^\s*(?P<here>an?|any|every)\s+[a-z_]+\s+(which|that|who|whose)\b", _NAME_ALONE),
    _slip(r"\b(?P<here>which|that|who|whose)\b", _NAME_ALONE),
    _slip(
        r"\b(?P<here>provided(\s+that)?|only\s+(if|when)|whenever|when|while|as\s+long\s+as)\b",
        "write `and`, or put what must hold too in an item of its own",
    ),
    _slip(
        r"(?<![.\w])(?P<here>(does\s+not\s+)?holds?)\b",
        "a yes/no fact stands by itself: write `term.fact`, or `not term.fact`",
    ),
    _slip(
        r"(?P<here>\b(one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty))\s+"
        r"(minute|hour|day|week|month|year|won)s?\b",
        "write the number in digits: `2 hours`",
    ),
    _slip(
        r"\b(?P<here>(half|(a\s+)?(quarter|third)\s+of)\s+an?)\s+(hour|day|week|month|year)\b",
        "write it in the smaller unit: `30 minutes`",
    ),
    _slip(
        r"\b(?P<here>(least|most|exactly)\s+(one|two|three))\s+of\b",
        "write out what may hold together: `(a and not b) or (b and not a)`",
    ),
    _slip(
        r"^\s*(?P<here>(any|all|one|some)\s+of)\b\s*[(\[]?", "write `a or b`, or a list under `any:` (`all:` for `and`)"
    ),
    _slip(
        r"\b(?P<here>contains?|includes?)\b",
        "of a fact of several values write `is v`; of a list `any m in L has (…)`",
    ),
    _slip(r"\b(?P<here>matches|like|starts|ends)\b", "values are compared as a whole: `is a`, `is one of [a, b]`"),
    _slip(
        r"\b(least|most|exactly)\s+[0-9]+\s+(?P<here>of)\s+[\w.]*",
        "give the members a name: `at least 3 m in L where (…)`",
    ),
    _slip(
        r"\b(?P<here>all|each|some|for\s+all)\s+(\w+\s+in\b|[a-z_]+\.[a-z_]+)",
        "lists are asked with `any`, `every` or `no`: `every m in L has (…)`",
    ),
    _slip(
        r"\b(any|every|no)\s+\w+\s+in\s+[\w.]+\s+(?P<here>have|where|with|such|is)\b",
        "write `any m in L has (…)`: `has` after `any`, `every` and `no`",
    ),
    _slip(
        r"\b(least|most|exactly)\s+[0-9]+\s+\w+\s+in\s+[\w.]+\s+(?P<here>has|have|with|such)\b",
        "write `at least 3 m in L where (…)`: `where` after a number",
    ),
    _slip(
        r"\bin\s+[\w.]+\s+(?:has|where)\s+(?P<here>[^(\s])",
        "what is said of the members stands in parentheses: `has (…)`, `where (…)`",
    ),
    _slip(r"\b(?P<unit>won)\s+(?P<number>[0-9]+)", r"write the sum with its currency after it: `\g<number> \g<unit>`"),
    _slip(
        r"\b(?P<one>[0-9]+\s+(minute|hour|day|week|month|year)s?)\s+(and\s+)?"
        r"(?P<here>[0-9]+\s+(minute|hour|day|week|month|year)s?)\b",
        r"add the two: `\g<one> + \g<here>`",
    ),
    _slip(r"\b[0-9]+e[0-9]+\b|\b0[xb][0-9a-f]+\b", "write the number in plain digits: `1000`"),
    _slip(r"\b[0-9]{1,3}(,[0-9]{3})+\b", "write the number without commas: `20000000 won`"),
    _slip(
        r"\b(?P<here>[0-9]{1,3}([. ][0-9]{3})+)\s+[a-z]+", "write the number without points or blanks: `20000000 won`"
    ),
    _slip(r"\b[0-9]+,[0-9]+\b", "numbers are exact: write a fraction, such as 5/2 for two and a half"),
    _slip(
        r"\b[A-Z]{3}\s+[0-9][0-9.,]*", "write the sum with its currency after it, as the vocabulary names it: `500 won`"
    ),
    _slip(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\s+[0-9]{1,2}:[0-9]{2}", "put a T before the hour: `2020-03-01T10:00`"),
    _slip(
        r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]*[0-9Z]?",
        "write a moment as `2020-03-01T10:00`: hours and minutes with two digits each, nothing after them",
    ),
    _slip(
        r"\b([0-9]{4}[-./][0-9]{1,2}[-./][0-9]{1,2}|[0-9]{1,2}[-./][0-9]{1,2}[-./][0-9]{4})\b",
        "write a date as `2020-03-01`: year, month, day",
    ),
    _slip(
        r"\b([0-9]{1,2}\s+)?(?P<here>January|February|March|April|May|June|July|August|September|October|November"
        r"|December)(\s+[0-9]{1,4})?\b",
        "write a date as `2020-03-01`: year, month, day",
    ),
    _slip(r"\b[0-9]+\.[0-9]+", "numbers are exact: write a fraction, such as 3/2 for one and a half"),
    _slip(r"(?<![0-9])[0-9]+\s*%", "write the share as a fraction, such as 1/2 for half"),
    _slip(r"[₩$€£]\s*[0-9]+", "write the sum with its currency after it: `20000000 won`"),
    _slip(
        r"\b[0-9]+\s+(?P<here>working\s+days?)\b",
        "working days are counted from a day: `the end of 3 working days after x`, `is within 3 working days before x`",
    ),
    _slip(
        r"\bis\s+(not\s+)?(an?\s+)?(?P<here>(Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)s?)\b",
        "days of the week are written in small letters: `x is a saturday`",
    ),
    _slip(
        r"\b[Ii]s\s+(not\s+)?a\s+(?P<here>\w+)",
        "a date is a `monday` to `sunday`, a `holiday`, a `day off` or a `working day`; a value stands without `a`",
    ),
    _slip(
        r"\b(?P<number>[0-9]+)(?P<unit>minutes?|hours?|days?|weeks?|months?|years?|won)\b",
        r"put a space between the number and its unit: `\g<number> \g<unit>`",
    ),
    _slip(r"\b[0-9]+\s*[kKmM]\b", "write the number in full: `50000 won`"),
    _slip(r"\b[0-9]{1,2}:[0-9]{2}\b", "write a length as `2 hours`, a moment as `2020-03-01T10:00`"),
    _slip(
        r"\b[0-9]+\s*(?!(?:and|or|then|else|to|for|is|after|before|falls|does|applies)\b)(?P<here>[A-Za-z]+)",
        r"`\g<here>` is not a unit: units of time and currencies are written in small letters",
    ),
    _slip(
        r"\bunder\s+(?P<here>(Article|Articles|Art|article|paragraph|subparagraph|the)\b)",
        "cite by numbers alone: `97(1)2`, `(1)2` in the same article, `act/97(1)2` from another law",
    ),
    _slip(r"§+", "cite by numbers alone: `97(1)2`, `(1)2` in the same article, `act/97(1)2` from another law"),
    _slip(
        r"(?<!case )(?<!not )(?P<here>\bfalls?\s+under\b)",
        "say what falls under it: `case falls under 97(1)2`, or a fact that holds a provision",
    ),
    _slip(
        r"\bunder\s+(?P<here>[\w/.()-]*[0-9)]\s+\(?[0-9]+\)?)",
        "a citation has no spaces inside: `97(1)2`",
    ),
    _slip(
        r"(?P<here>\bfalls?\s+(within|in|into|not)\b)",
        "write `falls under`, or `does not fall under`",
    ),
    _slip(
        r"[-+*/]\s*(?P<here>(the\s+(smaller|larger|earlier|later)\s+of|round\s+(up|down|half))\b)",
        "put it into parentheses: `x - (the smaller of a and b)`, `x + (round up a to 1)`",
    ),
    _slip(
        r"\bround\s+(?P<here>(?!up\b|down\b|half\b)(?:[a-z_][\w.]*|\S))",
        "say how, and to what: `round down X to 10 won`, `round half to even X to 1`",
    ),
    _slip(r"\b(?P<here>round)\(", "say how, and to what: `round down X to 10 won`, `round half to even X to 1`"),
    _slip(
        r"\bround(ed|ing)\b(\s+(up|down))?",
        "say how, and to what: `round down X to 10 won`, `round half to even X to 1`",
    ),
    _slip(r"\bto\s+(?P<here>the\s+nearest)\b", "the nearest is `round half up X to 10 won`, or `round half to even`"),
    _slip(r"\b(?P<here>floor|ceil|ceiling|trunc)\s*\(", "write `round down X to 1`, `round up X to 1`"),
    _slip(
        r"\bthe\s+(?P<here>greater|greatest|higher|highest|largest|maximum|more|most|lesser|lower|lowest|smallest|minimum"
        r"|least|less)\s+of\b",
        "write `the larger of a and b`, `the smaller of a and b`; of dates `the later of`, `the earlier of`",
    ),
    _slip(r"\b(today|now)(?P<here>\s*\()", "`today` and `now` stand without parentheses"),
    _slip(r"\b(?P<here>(max|min|maximum|minimum))\s*\(", "write `the larger of a and b`, `the smaller of a and b`"),
    _slip(r"\b(?P<here>(count|len|length|size))\s*\(", "write `the number of L`, L being a list"),
    _slip(r"\b(?P<here>sum)\s*\(", "write `the total of m.x for m in L`"),
    _slip(r"\b(?P<here>[a-z_]+)\(", "a condition calls no functions: the reference of conditions lists what it has"),
    _slip(
        r"[\w.]\s+(?P<here>has|have|had|was|were|are|being|been|did)\b",
        "a fact is one name, with its term before a full stop: `dog.has_bitten`",
    ),
    _slip(
        r"^\s*(?P<here>the)\s+[a-z_]+\s+(is|has|was|are)\b",
        _NAME_ALONE,
    ),
    _slip(
        r"(?<![.\w])(?P<here>yes|no|true|false)\s+[a-z_]+\.[a-z_]+",
        "a yes/no fact stands by itself: write `term.fact`, or `not term.fact`",
    ),
    _slip(
        r"\b(?P<here>the\s+(?!(?:number|total|end|smaller|larger|earlier|later)\b)[a-z_]\w*)(?!\w*\s+of\b)",
        _NAME_ALONE,
    ),
    _slip(
        r"[0-9]\s+(minute|hour|day|week|month|year)s?\s+(?P<here>before|after|from)\b",
        "count from the day: `today - 3 months`, `x + 3 days`",
    ),
    _slip(r"\$\{?", "name the fact alone, `term.fact`: a condition has no templates"),
    _slip(r"[{}]", "group with round parentheses"),
    _slip(r"(?P<here>\.)\s*$", "a condition ends without a full stop"),
    _slip(r",", "join with `and`; conditions of which all must hold can also stand below each other, each after `- `"),
    _slip(r"、", "values are parted by a plain comma, conditions joined with `and`"),
    _slip(r"…", "write the condition out in full"),
    _slip(
        r"[^\x00-\x7f]+",
        "a condition has no such sign; names are lower-case letters, digits and underscores (a-z, 0-9, _)",
    ),
    _slip(
        r"[:;#?~\\]", "a condition has no such sign; put a further condition in an item of its own, or join with `and`"
    ),
)
"""Ways of writing that the language does not have, the telling ones before the general ones."""
