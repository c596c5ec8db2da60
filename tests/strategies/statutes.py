"""Generated statutes: a random structure, the text a publisher would print of it, and what a reader must find."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import strategies as st

LAW = "gen"
_WORDS = ("lamp", "keeper", "tower", "harbor", "signal", "fog", "oil", "boat", "pier", "bell", "tide", "night", "rope")
_MONTHS = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "Jun.", "Jul.", "Aug.", "Sep.", "Oct.", "Nov.", "Dec.")


@dataclass(frozen=True, slots=True)
class ExpectedProvision:
    """What must be read: the id, kind, status, and the sentences as (kind, text)."""

    id: str
    kind: str
    status: str
    sentences: tuple[tuple[str, str], ...] = ()
    list_sentence: int | None = None


@dataclass(frozen=True, slots=True)
class GeneratedStatute:
    """The printed text and everything in it that is cited, in reading order."""

    text: str
    provisions: tuple[ExpectedProvision, ...]
    divisions: tuple[str, ...]
    addenda: tuple[str, ...]


@dataclass(slots=True)
class _Printer:
    draw: st.DrawFn
    lines: list[str] = field(default_factory=list)
    provisions: list[ExpectedProvision] = field(default_factory=list)
    divisions: list[str] = field(default_factory=list)
    addenda: list[str] = field(default_factory=list)

    def flip(self) -> bool:
        return self.draw(st.booleans())

    def upto(self, most: int, least: int = 0) -> int:
        return self.draw(st.integers(least, most))

    def words(self) -> str:
        return " ".join(self.draw(st.lists(st.sampled_from(_WORDS), min_size=2, max_size=6)))

    def date(self) -> str:
        return f"{self.draw(st.sampled_from(_MONTHS))} {self.upto(28, 1)}, {self.upto(2020, 1990)}"

    def annotation(self) -> str:
        if not self.flip():
            return ""
        verb = self.draw(st.sampled_from(("Amended", "Newly Inserted")))
        how = f"by Act No. {self.upto(19999, 1)}, {self.date()}" if self.flip() else f"on {self.date()}; {self.date()}"
        return f" <{verb} {how}>"

    def numbers(self, most: int) -> list[str]:
        """Numbers in a row, some with branches."""
        numbers: list[str] = []
        for number in range(1, self.upto(most, 1) + 1):
            numbers.append(str(number))
            if self.upto(5) == 0:
                numbers += [f"{number}-{branch}" for branch in range(2, self.upto(3, 2) + 1)]
        return numbers

    def wording(self, own: str, kind: str, prefix: str, depth: int) -> None:
        """The sentences of one provision, then the list that hangs on one of them."""
        main = f"The {self.words()} shall {self.words()}"
        extras = self.upto(2) if kind != "subitem" else 0
        proviso, latter = extras >= 1 and self.flip(), extras == 2
        has_list = depth > 0 and self.upto(2) == 0
        owner = self.upto(1) if proviso and has_list else 0
        announce = " in any of the following cases"
        sentences = [("main", main + (announce if has_list and owner == 0 else ""))]
        if proviso:
            text = f"Provided, That the {self.words()} may {self.words()}"
            sentences.append(("proviso", text + (announce if has_list and owner == 1 else "")))
        if latter:
            sentences.append(("latter", f"In such cases, the {self.words()} shall {self.words()}"))
        ended: list[tuple[str, str]] = []
        for index, (sort, text) in enumerate(sentences):
            last = index == len(sentences) - 1
            colon = has_list if last else sentences[index + 1][0] == "proviso"
            ended.append((sort, text + (":" if colon else ".")))
        self.provisions.append(ExpectedProvision(own, kind, "live", tuple(ended), owner if has_list else None))
        for sort, text in ended[1:]:
            self.provisions.append(ExpectedProvision(f"{own} {sort}", sort, "live", ((sort, text),)))
        self.lines.append(prefix + " ".join(text for _, text in ended) + self.annotation())
        if has_list:
            self.members(own, kind)

    def members(self, own: str, kind: str) -> None:
        if kind == "item":
            for number in ("i", "ii", "iii")[: self.upto(3, 1)]:
                self.wording(f"{own}({number})", "subitem", f"({number}) ", 0)
        elif kind == "subparagraph":
            for number in ("a", "b", "c")[: self.upto(3, 1)]:
                self.wording(f"{own}({number})", "item", f"({number}) ", 1)
        else:
            for number in self.numbers(4):
                sign = number if own.endswith(")") else f".{number}"
                if self.upto(8) == 0:
                    self.provisions.append(ExpectedProvision(f"{own}{sign}", "subparagraph", "deleted"))
                    self.lines.append(f"{number}. Deleted; <by Act No. {self.upto(19999, 1)}, {self.date()}>")
                else:
                    self.wording(f"{own}{sign}", "subparagraph", f"{number}. ", 1)

    def article(self, stem: str, number: str, *, body: bool) -> None:
        own = f"{stem}/{number}"
        space = "\u00a0" if body and self.flip() else ""
        gap = " " if self.flip() else ""
        if body and self.upto(7) == 0:
            self.provisions.append(ExpectedProvision(own, "article", "deleted"))
            self.lines.append(f"{space}Article {number} Deleted. <{self.date()}>")
            return
        heading = f"{space}Article {number}{gap}({self.words().title()})"
        if self.flip():
            self.lines.append(heading)
            self.wording(own, "article", "", 1)
        else:
            self.lines.append(heading)
            self.provisions.append(ExpectedProvision(own, "article", "live"))
            for paragraph in self.numbers(4):
                if self.upto(8) == 0:
                    self.provisions.append(ExpectedProvision(f"{own}({paragraph})", "paragraph", "deleted"))
                    self.lines.append(f"({paragraph}) Deleted. <by Act No. {self.upto(19999, 1)}, {self.date()}>")
                else:
                    self.wording(f"{own}({paragraph})", "paragraph", f"({paragraph}) ", 1)
        if body and self.flip():
            self.lines.append(f"[This Article Wholly Amended on {self.date()}]")


@st.composite
def statutes(draw: st.DrawFn) -> GeneratedStatute:
    """A statute with divisions, articles, addenda; every choice of the publisher's typography is drawn."""
    out = _Printer(draw)
    instruments = draw(st.lists(st.integers(100, 19999), min_size=1, max_size=4, unique=True))
    title = f"{out.words().upper()} ACT"
    head = [f"Act No. {number}, {out.date()}" for number in instruments]
    if out.flip():
        out.lines += ["Law Viewer", "", title, "", f"Wholly Amended by {head[0]}", "", *head[1:]]
    else:
        out.lines += [title, ", Amended by ".join(head)]
    numbers = out.numbers(7)
    chapter = section = 0
    for number in numbers:
        if out.upto(3) == 0:
            chapter, section = chapter + 1, 0
            out.divisions.append(f"{LAW}/chapter-{chapter}")
            out.lines.append(
                f"CHAPTER {('I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X')[(chapter - 1) % 10]} "
                f"{out.words().upper()}"
                if chapter <= 10
                else f"CHAPTER {chapter} {out.words().upper()}"
            )
        if chapter and out.upto(4) == 0:
            section += 1
            out.divisions.append(f"{LAW}/chapter-{chapter}/section-{section}")
            out.lines.append(f"SECTION {section} {out.words().title()}")
        out.article(LAW, number, body=True)
    for instrument in instruments:
        own = f"{LAW}/addenda-{instrument}"
        out.addenda.append(own)
        if out.flip():
            out.lines.append(f"ADDENDUM <Act No. {instrument}, {out.date()}>")
            out.wording(own, "addenda", "", 0)
        else:
            out.lines.append(f"ADDENDA <Act No. {instrument}, {out.date()}>")
            out.provisions.append(ExpectedProvision(own, "addenda", "live"))
            for article in range(1, out.upto(3, 1) + 1):
                out.article(own, str(article), body=False)
            if out.flip():
                out.lines.append("Articles 11 through 13 Omitted.")
    ending = draw(st.sampled_from(("\n", "\r\n", "\n\n")))
    return GeneratedStatute(ending.join(out.lines), tuple(out.provisions), tuple(out.divisions), tuple(out.addenda))
