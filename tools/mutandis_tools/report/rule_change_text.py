"""What is otherwise in a rule, part by part, and what that touches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mutandis.citation import Citation, parse_citation
from mutandis.rulebook.model import NOT_YET, UNDER_THIS_LAW
from mutandis_tools.comparison.edits import Edit
from mutandis_tools.comparison.rules import RuleChange
from mutandis_tools.comparison.touched import NOT_ANSWERED, Touched
from mutandis_tools.names import Names
from mutandis_tools.report.lines import Line, Piece, Style, line, printable
from mutandis_tools.report.rule_words import TAKEN_NOT_YET, part_in_words
from mutandis_tools.rulebook_difference import Comparison

CHANGE_STYLES: dict[str, Style] = {"added": "good", "removed": "bad", "changed": "open", "moved": "open"}


_MARKS = {
    ("whole_law", "yes"): "a case in which it holds is under its law as a whole",
    ("milder", "yes"): "of its wording then and now the milder counts",
    ("presumes", UNDER_THIS_LAW): "what a case does not date is presumed to be under the law applied",
    ("presumes", NOT_YET): TAKEN_NOT_YET,
}
"""What a rule is marked with, by the part and what stands there, in words."""


def rule_lines(
    change: RuleChange, found: Comparison, old: Names, new: Names, told: set[tuple[str, ...]]
) -> Iterator[Line]:
    """A rule that is otherwise: its parts as they were and are, what it reaches and touches, what carries it.

    `told` has what was told to be reached from which place, which is said once; what this one reaches is added.
    """
    names = old if change.kind == "removed" else new
    parts = f" ({', '.join(change.parts)})" if change.parts else ""
    yield line(
        "  ",
        Piece(f"{change.kind:<7} ", CHANGE_STYLES[change.kind]),
        Piece(names.provision(change.provision), "place"),
        Piece(f"{parts}: {printable(change.summary)}"),
    )
    if change in found.equal:
        yield line("          ", Piece("of equal meaning: no case comes out otherwise", "good"))
    for edit in change.edits:
        yield from _edit(edit, change.kind in ("added", "removed"), old, new)
    touched = found.touched.get(change, Touched())
    if _decides_no_verdict(change, touched):
        yield line(
            "          ", Piece("no verdict turns on it: answers only name it beside what they rest on", "quiet")
        )
    if change in found.equal or (change.kind == "changed" and set(change.parts) <= {"note", "summary"}):
        return  # nothing reaches further
    reached = found.reached.get(change, ())
    reaching = change.provision, *reached
    reached = () if reaching in told else reached
    told.add(reaching)
    parts_told = (
        ("reaches", "; ", _by_article(reached, names)),
        ("carried by", "; ", [names.provision(place) for place in touched.carried_by]),
        ("no longer carried by", "; ", [names.provision(place) for place in touched.left_by]),
        ("touches", ", ", list(dict.fromkeys(names.party(one) for one in (*touched.by, *touched.to)))),
    )
    for word, between, what in parts_told:
        if what:
            yield line("          ", Piece(f"{word} ", "quiet"), Piece(printable(between.join(what)), hangs=True))


def _decides_no_verdict(change: RuleChange, touched: Touched) -> bool:
    """True of what is left to others, and of what brings a case under a law, or under one outside: no answer that is
    compared tells it."""
    parts = {edit.part for edit in change.edits} - {"summary", "note"}
    is_whole = change.kind in ("added", "removed")
    # A fiction has its `within` too, and gives a fact.
    untold = {*NOT_ANSWERED, "delegate", *([] if touched.gives else ["within"])}
    return "delegate" in parts if is_whole else bool(parts) and parts <= untold


_MANY_PLACES = 3
"""More places of one article are told as so many of it."""


def _by_article(places: Iterable[str], names: Names) -> list[str]:
    """The places, in their order; many of one article together."""
    articles: dict[Citation, list[str]] = {}
    for place in places:
        articles.setdefault(parse_citation(place).article_citation(), []).append(place)
    told: list[str] = []
    for article, mine in articles.items():
        if len(mine) > _MANY_PLACES:
            told.append(f"{names.provision(str(article))} ({len(mine)} places)")
        else:
            told += map(names.provision, mine)
    return told


def _edit(edit: Edit, is_whole: bool, old: Names, new: Names) -> Iterator[Line]:
    """What stood there and what stands there, in words; as the rule file has it where words do not tell them apart.

    `is_whole` where all of the rule is new, or gone.
    """
    sole = edit.was is None or edit.now is None
    alone = "" if is_whole else "new " if edit.was is None else "gone "
    sides = [(word, part, names) for word, part, names in (("was ", edit.was, old), ("is  ", edit.now, new)) if part]
    said = [_MARKS.get((edit.part, part.text)) or part_in_words(part, names) for _, part, names in sides]
    are_alike = not sole and said[0] == said[1]
    for (word, part, names), words in zip(sides, said, strict=True):
        name = _part(edit.part, names)
        head = f"{name} " if word == "was " or sole else " " * (len(name) + 1)
        text = printable(" ".join((part.text if are_alike or not words else words).split()))
        aside = Piece(printable(f" ({words})"), "quiet") if are_alike and words else Piece("")
        yield line("          ", Piece(f"{head}{alone if sole else word}", "quiet"), Piece(text, hangs=True), aside)


def _part(name: str, names: Names) -> str:
    """The name of a part, with its place as a person reads it: `unless ground Act Art. 41 (1) 4`."""
    words = name.split(" ")
    if words[0] == "construe":  # what is read as what is told in its words
        return words[0]
    first = next((number for number, one in enumerate(words) if "/" in one), None)
    if first is None:
        return name.replace("_", " ")
    place = " ".join(words[first:])
    tail = " in force" if place.endswith(" in force") else ""
    return f"{' '.join((*words[:first], names.provision(place.removesuffix(tail))))}{tail}"
