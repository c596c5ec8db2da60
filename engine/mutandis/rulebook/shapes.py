"""What a node of a file must look like: a text, a name, a date, a mapping with these keys.

Each function takes a node and says what it holds, or appends a diagnostic at the node and returns None (an empty tuple
where many are read). `what` is the thing in the drafter's words, used in the message: "the fact `visit.length`".
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TypeVar

from mutandis.calendar.written import DAY_WRITTEN, how_to_write_day
from mutandis.citation import Citation, CitationError, CitationRange, parse_citation, parse_citation_range
from mutandis.diagnostic_codes import diagnose
from mutandis.diagnostics import Diagnostic, Label
from mutandis.rulebook.fields.table import Table
from mutandis.rulebook.layout import SPECIAL_SPACE
from mutandis.rulebook.meant import as_citations, as_name
from mutandis.rulebook.yaml_source import MappingNode, ScalarNode, SequenceNode, YamlNode
from mutandis.source import Span
from mutandis.suggest import nearest_names, suggest

Faults = list[Diagnostic]
T = TypeVar("T")

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_INTEGER = re.compile(r"-?\d{1,15}")


_UNSPACED = re.compile(r"(?P<key>[a-z_]+):(?P<rest>\S.*)")
_SAYS_NOTHING = re.compile(r"-?\d+(?:[.,]\d+)*|yes|no|true|false", re.IGNORECASE)
_FEWEST_WORDS = 3
"""Words that make a sentence: what follows ` #` after fewer is taken for a comment."""


def describe(node: YamlNode) -> str:
    """What a node is, for a message."""
    match node:
        case ScalarNode(text=""):
            return "nothing"
        case ScalarNode(text=text):
            return f"`{shorten(text)}`"
        case SequenceNode():
            return "a list"
        case MappingNode():
            return "a mapping"


def shorten(text: str) -> str:
    """At most 60 characters of `text` on one line."""
    flat = " ".join(text.split())
    return flat if len(flat) <= 60 else f"{flat[:59]}…"


def wrong_shape(node: YamlNode, what: str, wanted: str, help: str, faults: Faults) -> None:
    """Record that `what` should be `wanted`, unless it is told already that what belongs to it stands beside it."""
    if not (isinstance(node, ScalarNode) and node.told):
        faults.append(diagnose("wrong-shape", f"{what} is {wanted}, not {describe(node)}", help, node.span))


def read_mapping(node: YamlNode, what: str, faults: Faults) -> MappingNode | None:
    """The node as a mapping."""
    if isinstance(node, MappingNode):
        return node
    wrong_shape(node, what, "a mapping of keys to values", "write `key: value` lines", faults)
    return None


NOTHING_MEANT: Mapping[str, str] = {}
NOWHERE_ELSE: Mapping[str, Table] = {}


def check_keys(
    mapping: MappingNode,
    what: str,
    table: Table,
    faults: Faults,
    meant: Mapping[str, str] = NOTHING_MEANT,
    elsewhere: Mapping[str, Table] = NOWHERE_ELSE,
) -> frozenset[str]:
    """Every key is in the table, and no needed one is missing. Returns the keys that unknown ones may stand for.

    `meant` has keys by other words for them. A required key that another word stands for is not told to be missing.
    `elsewhere` has the tables of what stands around and inside, by what it is called: "the article".
    """
    instead: set[str] = set()
    told: set[Span] = set()
    for (key, value), above in zip(mapping.entries, _empty_above(mapping, table), strict=True):
        if key.text in table.keys:
            continue
        if above is None:
            fault, names = _unknown_key(key, value, mapping, what, table.keys, meant, elsewhere)
            faults.append(fault)
            instead.update(names)
        elif above.span not in told:
            message = f"`{shorten(key.text)}` stands beside `{above.text}`, not under it"
            help = f"indent what belongs to `{above.text}`"
            faults.append(
                diagnose("unknown-key", message, help, key.span, (Label(above.span, "nothing stands under it"),))
            )
            told.add(above.span)
    for name in table.needed:
        if mapping.get(name) is None and name not in instead:
            # An opening line is shown, not the whole mapping.
            place = mapping.entries[0][0].span if mapping.entries else mapping.span
            faults.append(diagnose("missing-key", f"{what} lacks `{name}`", f"add `{name}: …`", place))
    return frozenset(instead)


def read_keys(
    mapping: MappingNode,
    what: str,
    table: Table,
    faults: Faults,
    meant: Mapping[str, str] = NOTHING_MEANT,
    elsewhere: Mapping[str, Table] = NOWHERE_ELSE,
) -> MappingNode:
    """The mapping as it may be read on, its keys checked: what is told of a key is not told again of what it lacks."""
    check_keys(mapping, what, table, faults, meant, elsewhere)
    return recovered(mapping, table, meant, elsewhere)


def knows_all_keys(mapping: MappingNode, table: Table) -> bool:
    """True where every key is one of the table's: else that key is what is wrong."""
    return all(key.text in table.keys for key, _ in mapping.entries)


def _empty_above(mapping: MappingNode, table: Table) -> list[ScalarNode | None]:
    """For each key that is not in the table the one without a value under which it may have been meant to stand."""
    found: list[ScalarNode | None] = []
    above: ScalarNode | None = None
    for key, value in mapping.entries:
        if key.text in table.keys:
            above = key if isinstance(value, ScalarNode) and not value.text and value.style == "plain" else None
        found.append(None if key.text in table.keys else above)
    return found


def _with_told(mapping: MappingNode, table: Table) -> MappingNode:
    """The mapping, each value marked of which `check_keys` tells what is wrong: an empty one that what belongs under it
    stands beside it, one that a comma cut off that the key behind it is its rest."""
    told = {above.span for above in _empty_above(mapping, table) if above is not None}
    told |= {
        before.span
        for (before, _), (key, value) in pairwise(mapping.entries)
        if key.text not in table.keys and cut_off(key, value)
    }
    if not told:
        return mapping
    marked = [
        (key, value._replace(told=True) if isinstance(value, ScalarNode) and key.span in told else value)
        for key, value in mapping.entries
    ]
    return MappingNode(tuple(marked), mapping.span)


def listed_twice(mapping: MappingNode) -> Iterator[Diagnostic]:
    """Texts that stand twice in a list below one of the keys, or under two of its numbers."""
    for key, value in mapping.entries:
        if isinstance(value, SequenceNode):
            listed: Sequence[YamlNode] = value.items
        elif isinstance(value, MappingNode):
            yield from listed_twice(value)
            numbered = [one.text.isdigit() for one, _ in value.entries]
            listed = [one for _, one in value.entries] if numbered and all(numbered) else []
        else:
            continue
        first: dict[str, Span] = {}
        for one in listed:
            if isinstance(one, ScalarNode) and one.text and first.setdefault(one.text.strip(), one.span) != one.span:
                message = f"`{shorten(one.text)}` stands twice under `{shorten(key.text)}`"
                label = Label(first[one.text.strip()], "the other is here")
                yield diagnose("duplicate-declaration", message, "keep one of them", one.span, (label,))


def recovered(
    mapping: MappingNode,
    table: Table,
    meant: Mapping[str, str] = NOTHING_MEANT,
    elsewhere: Mapping[str, Table] = NOWHERE_ELSE,
) -> MappingNode:
    """The mapping with each unknown key under the one key that it may stand for, where that is not given.

    The unknown key is an error that `check_keys` tells; read this way, nothing is told that follows from it alone. A
    key that belongs elsewhere, or under the empty one above it, stands for none.
    """
    if knows_all_keys(mapping, table):
        return mapping
    entries = []
    for (key, value), above in zip(_with_told(mapping, table).entries, _empty_above(mapping, table), strict=True):
        names: tuple[str, ...] = ()
        is_of_others = as_name(key.text) not in meant and any(key.text in one.keys for one in elsewhere.values())
        if key.text not in table.keys and above is None and not is_of_others:
            names = _names_meant(key.text, mapping, table.keys, meant)
        is_one = len(names) == 1 and mapping.get(names[0]) is None
        entries.append((key._replace(text=names[0]) if is_one else key, value))
    return MappingNode(tuple(entries), mapping.span)


def _names_meant(text: str, mapping: MappingNode, known: Collection[str], meant: Mapping[str, str]) -> tuple[str, ...]:
    """The keys that `text` may stand for; those that are given already only where there is no other."""
    words = text.split()
    name = as_name(words[0] if len(set(words)) == 1 else text)  # `may may` is `may`
    known_as = name if name in known else meant.get(name)
    names = tuple(known_as.split()) if known_as is not None else nearest_names(text, known)
    return tuple(one for one in names if mapping.get(one) is None) or names


def _unknown_key(
    key: ScalarNode,
    value: YamlNode,
    mapping: MappingNode,
    what: str,
    known: Collection[str],
    meant: Mapping[str, str],
    elsewhere: Mapping[str, Table],
) -> tuple[Diagnostic, tuple[str, ...]]:
    """What is wrong with a key, and the keys that may have been meant."""
    if isinstance(value, ScalarNode) and not value.text:
        if (match := _UNSPACED.fullmatch(key.text)) is not None:
            message = f"`{match['key']}:` has no space after its colon"
            help = f"write `{match['key']}: {match['rest']}`"
            return diagnose("unknown-key", message, help, key.span), (match["key"],)
        if cut_off(key, value):
            first = mapping.entries[0][0] is key
            began = key.text.split()[:1]  # `{of 1(2), any: […]}` lacks no `of`
            names = tuple(one for one in began if first and one in known)
            return diagnose("unknown-key", *(no_colon(key) if first else comma_in_braces(key)), key.span), names
    plain = re.sub(SPECIAL_SPACE, "", key.text)
    if plain in known and plain != key.text:
        message = f"a space of a special kind stands at `{plain}`"
        return diagnose("unknown-key", message, "delete it (copied from elsewhere?)", key.span), (plain,)
    message = f"{what} has no key `{shorten(key.text)}`"
    if as_name(key.text) not in meant:
        whose = next((whose for whose, table in elsewhere.items() if key.text in table.keys), None)
        if whose is not None:
            return diagnose("unknown-key", message, f"`{key.text}` is a key of {whose}: write it there", key.span), ()
    names = _names_meant(key.text, mapping, known, meant)
    return diagnose("unknown-key", message, suggest(names, f"the keys are {', '.join(sorted(known))}"), key.span), names


def cut_off(key: ScalarNode, value: YamlNode) -> bool:
    """True for a key of nothing: in `{question: Is it A, or B?}` the comma ends the text, and a key follows."""
    return (
        isinstance(value, ScalarNode)
        and not value.text
        and (" " in key.text.strip() or re.match(r"\d{3}\b", key.text) is not None)
    )


def comma_in_braces(key: ScalarNode) -> tuple[str, str]:
    """The message and the help for a key that a comma made."""
    message = f"a comma inside `{{…}}` makes a key of `{shorten(key.text)}`"
    if re.match(r"\d{3}\b", key.text):
        return message, "write numbers without commas"
    return message, "put the text before it and this into one pair of quotes"


def no_colon(key: ScalarNode) -> tuple[str, str]:
    """The message and the help for the first of braces, which nothing parts into a key and a value."""
    return f"`{shorten(key.text)}` has no `: ` in it", "write `key: value`, with a colon and a space"


def read_text(node: YamlNode, what: str, faults: Faults) -> str | None:
    """A text with a letter or a digit in it (`~` is none); line breaks in it become spaces."""
    if isinstance(node, ScalarNode) and any(map(str.isalnum, node.text)):
        words = node.text.split()
        if node.comment and len(words) >= _FEWEST_WORDS:
            faults.append(
                diagnose(
                    "broken-condition",
                    f"YAML broke this text: ` #` begins a comment, and {what} ends before it",
                    "put the text into quotes, or the comment on a line of its own",
                    Span(node.span.file, node.span.end_line, node.comment, node.span.end_line, node.comment + 1),
                )
            )
        return " ".join(words)
    wrong_shape(node, what, "a text", "write a few words", faults)
    return None


def read_sentence(node: YamlNode, what: str, faults: Faults) -> str | None:
    """A text that says something: not a number, `yes` or `no` alone."""
    if isinstance(node, ScalarNode) and _SAYS_NOTHING.fullmatch(node.text.strip()):
        wrong_shape(node, what, "a sentence", "say it in words", faults)
        return None
    return read_text(node, what, faults)


def read_yes_no(node: YamlNode, what: str, faults: Faults) -> bool | None:
    """`yes` or `no`."""
    if isinstance(node, ScalarNode) and node.text in ("yes", "no"):
        return node.text == "yes"
    wrong_shape(node, what, "`yes` or `no`", "write `yes` or `no`", faults)
    return None


def read_integer(node: YamlNode, what: str, faults: Faults) -> int | None:
    """A whole number."""
    if isinstance(node, ScalarNode) and _INTEGER.fullmatch(node.text):
        return int(node.text)
    wrong_shape(node, what, "a whole number", "write digits only, e.g. `3`", faults)
    return None


def read_choice(node: YamlNode, what: str, allowed: Sequence[str], faults: Faults) -> str | None:
    """One of the words `allowed`."""
    if isinstance(node, ScalarNode) and node.text in allowed:
        return node.text
    otherwise = f"it is one of {', '.join(allowed)}"
    faults.append(
        diagnose(
            "unknown-value",
            f"{what} cannot be {describe(node)}",
            suggest(near_choice(node.text, allowed), otherwise) if isinstance(node, ScalarNode) else otherwise,
            node.span,
        )
    )
    return None


def near_choice(text: str, allowed: Collection[str]) -> tuple[str, ...]:
    """The words of `allowed` that `text` may stand for: the same with blanks or hyphens, else the nearest."""
    name = as_name(text)
    return (name,) if name in allowed else nearest_names(text, allowed)


def is_name(text: str) -> bool:
    """True for a lower-case word of letters, digits and underscores."""
    return _NAME.fullmatch(text) is not None


def read_name(node: YamlNode, what: str, faults: Faults) -> str | None:
    """A lower-case name."""
    if isinstance(node, ScalarNode) and is_name(node.text):
        return node.text
    meant = as_name(node.text) if isinstance(node, ScalarNode) else ""
    instead = f"write `{meant}`; " if is_name(meant) else ""
    faults.append(
        diagnose(
            "bad-name",
            f"{what} cannot be named {describe(node)}",
            f"{instead}a name is lower-case letters, digits and underscores, and begins with a letter",
            node.span,
        )
    )
    return None


def read_date(node: YamlNode, what: str, faults: Faults) -> dt.date | None:
    """A date, `2019-04-23`."""
    if isinstance(node, ScalarNode) and DAY_WRITTEN.fullmatch(node.text):
        try:
            return dt.date.fromisoformat(node.text)
        except ValueError:
            faults.append(
                diagnose("bad-date", f"{what}: there is no day {node.text}", "check month and day", node.span)
            )
            return None
    help = how_to_write_day(node.text if isinstance(node, ScalarNode) else "")
    faults.append(diagnose("bad-date", f"{what} is a date, not {describe(node)}", help, node.span))
    return None


def read_citation(node: YamlNode, what: str, law: str, article: str, faults: Faults) -> Citation | None:
    """One provision, read inside `law` and `article`."""
    return _cited(node, what, lambda text: parse_citation(text, law=law, article=article), law, article, faults)


def read_citation_range(node: YamlNode, what: str, law: str, article: str, faults: Faults) -> CitationRange | None:
    """A provision or a range of them, read inside `law` and `article`."""
    return _cited(node, what, lambda text: parse_citation_range(text, law=law, article=article), law, article, faults)


def _cited(node: YamlNode, what: str, parse: Callable[[str], T], law: str, article: str, faults: Faults) -> T | None:
    if not isinstance(node, ScalarNode):
        wrong_shape(node, what, "a citation", "write it as `77(1)2` or `act/77(1)2`", faults)
        return None
    try:
        return parse(node.text)
    except CitationError as error:
        meant = as_citations(node.text, law, article)
        help = "write it as `77(1)2`, `(1) proviso`, `95(4) to 95(6)` or, of another law, `act/77`"
        first, _, last = node.text.partition(" to ")
        if str(error).endswith("runs backwards"):
            help = f"write `{last.strip()} to {first.strip()}`"
        if meant and node.text.strip() not in meant:
            help = f"write `{meant[0]}`" if len(meant) == 1 else f"write a list: `[{', '.join(meant)}]`"
        faults.append(diagnose("bad-citation", f"{what}: {error}", help, node.span))
        return None


def read_many(node: YamlNode) -> tuple[YamlNode, ...]:
    """The members of a list, or the node itself where one stands alone."""
    return node.items if isinstance(node, SequenceNode) else (node,)


def read_some(node: YamlNode, what: str, faults: Faults) -> tuple[YamlNode, ...]:
    """The members of a list that has some, or the node itself where one stands alone."""
    found = read_many(node)
    if not found:
        faults.append(
            diagnose("wrong-shape", f"{what} is an empty list", "name something, or delete the key", node.span)
        )
    return found


def read_ranges(node: YamlNode, what: str, law: str, article: str, faults: Faults) -> tuple[CitationRange, ...]:
    """One citation or range, or a list of them, each named once."""
    found: dict[CitationRange, YamlNode] = {}
    for item in read_many(node):
        cited = read_citation_range(item, what, law, article, faults)
        if cited in found and _text(found[cited]) != _text(item):  # the same words twice are told with the rule
            first = (Label(found[cited].span, "here first"),)
            message = f"{what} names {cited} twice"
            faults.append(diagnose("duplicate-declaration", message, "take one of them out", item.span, first))
        elif cited is not None:
            found.setdefault(cited, item)
    return tuple(found)


def _text(node: YamlNode) -> str:
    return node.text.strip() if isinstance(node, ScalarNode) else ""


def spans_of_ranges(node: YamlNode, law: str, article: str) -> tuple[tuple[CitationRange, Span], ...]:
    """Where a citation, or each of a list of them, stands; what is none is told elsewhere."""
    found = []
    for item in read_many(node):
        if isinstance(item, ScalarNode):
            try:
                found.append((parse_citation_range(item.text, law=law, article=article), item.span))
            except CitationError:
                continue
    return tuple(found)
