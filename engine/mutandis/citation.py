"""Citing provisions: parsing and printing, one place for both.

A citation's id is what rule files, locks and decisions write: `act/77(1)2`, `act/107.4`, `act/96(2) proviso`,
`code/12(a)(1)(A)`, `juvenile-decree/30-4(2) latter`, `act/addenda-14281/2`, `probation-decree/3(1)4(a)`,
`ext:probation-act/85`. Inside a law the law's name may be left out, inside an article the article's too
(`(1) proviso`, `main`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from functools import lru_cache, total_ordering
from typing import Literal

from mutandis.dataclass import dataclass, replace
from mutandis.errors import MutandisError

_ID = re.compile(
    r"""^(?:(?P<law>ext:[a-z0-9-]+|[a-z][a-z0-9-]*)/)??
        (?P<article>addenda-\d+(?:-\d+)?(?:/\d+(?:-\d+)?)?|\d+(?:-\d+)*)?
        (?:\((?P<letter>[a-z]{1,2})\)
           (?:\((?P<number>\d+(?:-\d+)*)\))?
           (?:\((?P<capital>[A-Z]{1,2})\))?
           (?:\((?P<roman>[ivx]+)\))?
          |(?:\((?P<paragraph>\d+(?:-\d+)*)\))?
           (?:(?P<dot>\.)?(?P<subparagraph>\d+(?:-\d+)*))?
           (?:\((?P<item>[a-z]{1,2})\))?
           (?:\((?P<subitem>[ivx]+)\))?)
        (?:(?:^|\s+)(?P<sentence>main|former|latter|proviso))?$""",
    re.VERBOSE,
)
_EXTERNAL = re.compile(r"^ext:[a-z0-9-]+(?:/[A-Za-z0-9().\- ]+)?$")


Listed = Mapping[str, tuple[str, ...]]
"""The provisions of each law; of a law whose text is not at hand none, and any may be in it."""


class CitationError(MutandisError, ValueError):
    """A text that is no citation."""


_SENTENCES = {"": 0, "main": 1, "former": 2, "latter": 3, "proviso": 4}
_SMALL = frozenset(("a", "an", "and", "by", "for", "in", "of", "on", "or", "the", "to", "under"))
_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")

Key = tuple[int, ...]
CitedBy = Literal["", "article", "section"]
"""What a law calls its articles: `Art. 77`, `§ 12`; empty, where nobody said, for articles."""


def _key_of(part: str) -> Key:
    """A part's place among its like: nothing, then numbers with their branches (16, 16-2), then letters (b, z, aa)."""
    if not part:
        return ()
    if part[0].isdigit():
        return (0, *map(int, part.split("-")))
    return (1, len(part), *map(ord, part))


def article_number(article: str) -> Key:
    """The numbers of an article, in the order of the law: `16-2` as `(16, 2)`, `addenda-14281/2` as `(14281, 2)`."""
    return tuple(map(int, article.removeprefix("addenda-").replace("/", "-").split("-")))


@total_ordering
@dataclass(frozen=True, slots=True)
class Citation:
    """One provision. Parts that the place does not have are empty strings; numbers keep their branches (`16-2`).

    `sentence` is `main`, `former`, `latter`, `proviso`, or empty for the whole provision. An external provision has
    `law` `ext:<name>` and its own text in `article`. Order is the order of the law.

    A statute that begins with letters, `(a)(1)(A)(i)`, has the letter in `paragraph`, and all of its parts in brackets.
    """

    law: str
    article: str
    paragraph: str = ""
    subparagraph: str = ""
    item: str = ""
    subitem: str = ""
    sentence: str = ""
    _order: tuple[object, ...] | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def is_lettered(self) -> bool:
        """True where the place begins with a letter: `(a)(1)(A)`."""
        return self.paragraph[:1].isalpha()

    @property
    def is_external(self) -> bool:
        """True for a provision outside the rulebook (`ext:…`)."""
        return self.law.startswith("ext:")

    def __str__(self) -> str:
        place = self.place
        return f"{self.law}/{self.article}{place}" if self.article else self.law

    @property
    def place(self) -> str:
        """The part after the article: `(1)2 proviso`, `.4`, ` main`; empty for the article."""
        if self.is_external:
            return ""
        text = f"({self.paragraph})" if self.paragraph else ""
        if self.subparagraph and self.is_lettered:
            text += f"({self.subparagraph})"
        elif self.subparagraph:
            text += self.subparagraph if self.paragraph else f".{self.subparagraph}"
        text += f"({self.item})" if self.item else ""
        text += f"({self.subitem})" if self.subitem else ""
        return f"{text} {self.sentence}" if self.sentence else text

    def covers(self, other: Citation) -> bool:
        """True if `other` is this provision or stands inside it (a paragraph covers its proviso and subparagraphs).

        A sentence covers itself; `main` covers places without another sentence, those of subparagraphs too, whichever
        sentence these hang on (`is_of`).
        """
        if not isinstance(other, Citation):
            raise CitationError(f"`{str(other)[:40]}` is not a citation")
        if self.law != other.law or self.article != other.article:
            return False
        for mine, theirs in (
            (self.paragraph, other.paragraph),
            (self.subparagraph, other.subparagraph),
            (self.item, other.item),
            (self.subitem, other.subitem),
        ):
            if mine and mine != theirs:
                return False
        if not self.sentence:
            return True
        if self.sentence == "main":
            return other.sentence in ("", "main")
        return self.sentence == other.sentence

    def is_of(self, rule: Citation) -> bool:
        """False of a main sentence, of a rule in another one: what is numbered there hangs on that (43 (4) proviso)."""
        return self.sentence != "main" or rule.sentence in ("", "main")

    def without_sentence(self) -> Citation:
        """The provision the sentence belongs to."""
        return replace(self, sentence="")

    def article_citation(self) -> Citation:
        """The whole article."""
        return Citation(self.law, self.article)

    def sort_key(self) -> tuple[object, ...]:
        """The order of the law: articles by number, addenda after them, sentences in reading order."""
        if self._order is None:  # worked out once: the places of a rulebook are sorted many times
            object.__setattr__(self, "_order", self._find_order())
        return self._order or ()

    def article_order(self) -> tuple[object, ...]:
        """The order of articles: that of the law, without what tells places within an article apart."""
        return self.sort_key()[:3]

    def _find_order(self) -> tuple[object, ...]:
        if self.is_external:
            return (self.law, 2, (), self.article, (), (), (), 0, 0)
        return (
            self.law,
            1 if self.article.startswith("addenda-") else 0,
            article_number(self.article),
            "",
            _key_of(self.paragraph),
            _key_of(self.subparagraph),
            _key_of(self.item),
            _ROMAN.index(self.subitem) if self.subitem in _ROMAN else 99,
            _SENTENCES[self.sentence],
        )

    def __lt__(self, other: Citation) -> bool:
        return self.sort_key() < other.sort_key()


def plain_place(citation: Citation) -> Citation:
    """The place without `main` or `former`: the first sentence is cited as the place itself."""
    return replace(citation, sentence="") if citation.sentence in ("main", "former") else citation


def parse_citation(text: str, *, law: str = "", article: str = "") -> Citation:
    """The citation written as `text`, read inside `law` and `article` where it leaves them out.

    Raises `CitationError` if it is none.

    >>> str(parse_citation("77(1)2", law="act"))
    'act/77(1)2'
    >>> str(parse_citation("(1) proviso", law="act", article="28"))
    'act/28(1) proviso'
    """
    if not (isinstance(text, str) and isinstance(law, str) and isinstance(article, str)):
        wrong = next(one for one in (text, law, article) if not isinstance(one, str))
        raise CitationError(f"`{str(wrong)[:40]}` is not a citation")
    return _parse(text, law, article)


@lru_cache(maxsize=1 << 16)
def _parse(text: str, law: str, article: str) -> Citation:
    text = text.strip()
    if _EXTERNAL.match(text):
        name, _, rest = text.partition("/")
        return Citation(name, rest)
    match = _ID.match(text)
    if not text or match is None:
        raise CitationError(f"`{text}` is not a citation")
    part = match.groupdict(default="")
    if part["letter"]:
        lettered = {"paragraph": "letter", "subparagraph": "number", "item": "capital", "subitem": "roman"}
        part |= {name: part[written] for name, written in lettered.items()} | {"dot": "."}
    if part["subparagraph"] and not part["dot"] and not part["paragraph"] and part["article"]:
        raise CitationError(f"`{text}` is not a citation")
    if part["subitem"] and not part["item"]:
        raise CitationError(f"`{text}` is not a citation")
    if not part["article"] and not article:
        raise CitationError(f"`{text}` does not say which article")
    if not part["law"] and not law:
        raise CitationError(f"`{text}` does not say which law")
    if part["law"] and not part["article"]:
        raise CitationError(f"`{text}` does not say which article")
    return Citation(
        part["law"] or law,
        part["article"] or article,
        part["paragraph"],
        part["subparagraph"],
        part["item"],
        part["subitem"],
        part["sentence"],
    )


@dataclass(frozen=True, slots=True)
class CitationRange:
    """First and last provision, both included; equal for a single one. `95(4) to 95(6)`, `63 to 65`."""

    first: Citation
    last: Citation

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first} to {self.last}"

    def covers(self, other: Citation) -> bool:
        """True if `other` is in the range or inside one of its members."""
        if self.first == self.last:
            return self.first.covers(other)
        if other.law != self.first.law or other.article.startswith("addenda-") != self.first.article.startswith(
            "addenda-"
        ):
            return False
        level = self._level()
        return self._key(self.first, level) <= self._key(other, level) <= self._key(self.last, level)

    def _level(self) -> int:
        for level, part in ((4, self.first.item), (3, self.first.subparagraph), (2, self.first.paragraph)):
            if part:
                return level
        return 1

    @staticmethod
    def _key(citation: Citation, level: int) -> tuple[object, ...]:
        _, _, number, _, paragraph, subparagraph, item, *_ = citation.sort_key()
        return (number, paragraph, subparagraph, item)[:level]


def parse_citation_range(text: str, *, law: str = "", article: str = "") -> CitationRange:
    """The range written as `text` (`95(4) to 95(6)`, `97(1)2 to 97(1)4`, or a single citation).

    Both ends stand at the same level of the same law. Raises `CitationError` otherwise.
    """
    head, separator, tail = text.partition(" to ")
    first = parse_citation(head, law=law, article=article)
    if not separator:
        return CitationRange(first, first)
    last = parse_citation(tail, law=first.law, article=first.article)
    level = (bool(first.paragraph), bool(first.subparagraph), bool(first.item))
    if first.law != last.law or level != (bool(last.paragraph), bool(last.subparagraph), bool(last.item)):
        raise CitationError(f"`{text}`: both ends of a range stand at the same level of the same law")
    if last < first:
        raise CitationError(f"`{text}` runs backwards")
    return CitationRange(first, last)


def _spell(citation: Citation, unit: str) -> str:
    """`Article 77 (1) 2, proviso` without the law's title; `unit` is the word for an article."""
    if citation.is_external:
        return citation.article
    if citation.article.startswith("addenda-"):
        act, _, article = citation.article.removeprefix("addenda-").partition("/")
        text = f"Addenda of No. {act}" + (f", {unit} {article}" if article else "")
    else:
        text = f"{unit} {citation.article}"
    text += f" ({citation.paragraph})" if citation.paragraph else ""
    if citation.subparagraph and citation.is_lettered:
        text += f" ({citation.subparagraph})"
    elif citation.subparagraph:
        text += f" {citation.subparagraph}" if citation.paragraph else f", subparagraph {citation.subparagraph}"
    text += f" ({citation.item})" if citation.item else ""
    text += f" ({citation.subitem})" if citation.subitem else ""
    spoken = {"main": "main sentence", "former": "former part", "latter": "latter part", "proviso": "proviso"}
    return f"{text}, {spoken[citation.sentence]}" if citation.sentence else text


def long_form(citation: Citation, title: str, cited_by: CitedBy = "") -> str:
    """The field's own form: `Act on Execution …, Article 77 (1) 2`. `title` is the law's title."""
    unit = "Section" if cited_by == "section" else "Article"
    return f"{title}, {_spell(citation, unit)}" if citation.article else title


def outside_form(citation: Citation) -> str:
    """A provision outside the rulebook, whose law is called by its id: `Probation Act Art. 55-2 (1)`, `Civil Act,
    association`."""
    words = citation.law.removeprefix("ext:").split("-")
    law = " ".join(word if word in _SMALL and i else word.capitalize() for i, word in enumerate(words))
    if not citation.article:
        return law
    if citation.article[0].isdigit():
        return f"{law} Art. {re.sub(r' *[(]', ' (', citation.article)}"
    return f"{law}, {citation.article.replace('-', ' ')}"


def short_form(citation: Citation, short_title: str, cited_by: CitedBy = "") -> str:
    """`Act Art. 77 (1) 2`, `Code § 12 (a) (1)`. `short_title` is the law's short name."""
    if not citation.article:
        return short_title
    return f"{short_title} {_spell(citation, '§' if cited_by == 'section' else 'Art.')}"
