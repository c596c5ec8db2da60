"""Statutes and amended copies of them, with the mutations that were made: what a comparison must find, and no more.

Every provision has words of its own, so that no two are alike by accident.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from hypothesis import strategies as st

LAW = "gen"


@dataclass(frozen=True, slots=True)
class Part:
    """An article, paragraph or subparagraph. `key` is the same in both texts, whatever its number is."""

    key: str
    text: str
    parts: tuple[Part, ...] = ()
    heading: str = ""
    annotation: str = ""


@dataclass(frozen=True, slots=True)
class Amendment:
    """Two texts and, by key, what was done: `reworded`, `inserted`, `deleted`, `moved`, `heading`, `annotation`."""

    old: str
    new: str
    done: dict[str, str]
    old_ids: dict[str, str]
    new_ids: dict[str, str]


def _sentence(key: str, version: str = "") -> str:
    """Fourteen words that no other key has; a rewording changes one of them."""
    words = [f"{key.replace('.', 'x')}w{number}" for number in range(12)]
    if version:
        words[5] = f"{version}w"
    return f"A {' '.join(words)} rests"


def _print(parts: tuple[Part, ...]) -> tuple[str, dict[str, str]]:
    lines = ["GENERATED ACT", "", "Act No. 100, Jan. 5, 2001", ""]
    ids: dict[str, str] = {}
    for a, article in enumerate(parts, 1):
        ids[article.key] = f"{LAW}/{a}"
        lines.append(f"Article {a} ({article.heading})")
        for p, paragraph in enumerate(article.parts, 1):
            ids[paragraph.key] = f"{LAW}/{a}({p})"
            ending = " in any of the following cases:" if paragraph.parts else "."
            lines.append(f"({p}) {paragraph.text}{ending}{paragraph.annotation}")
            for s, entry in enumerate(paragraph.parts, 1):
                ids[entry.key] = f"{LAW}/{a}({p}){s}"
                lines.append(f"{s}. {entry.text};{entry.annotation}")
    lines += [
        "ADDENDUM <Act No. 100, Jan. 5, 2001>",
        "This Act shall enter into force on the date of promulgation.",
    ]
    return "\n".join(lines) + "\n", ids


@st.composite
def _statutes(draw: st.DrawFn) -> tuple[Part, ...]:
    articles: list[Part] = []
    for a in range(draw(st.integers(2, 5))):
        paragraphs: list[Part] = []
        for p in range(draw(st.integers(1, 4))):
            entries = tuple(
                Part(f"a{a}p{p}s{s}", _sentence(f"a{a}p{p}s{s}")) for s in range(draw(st.sampled_from((0, 0, 2, 3))))
            )
            paragraphs.append(Part(f"a{a}p{p}", _sentence(f"a{a}p{p}"), entries))
        articles.append(Part(f"a{a}", "", tuple(paragraphs), f"Heading {chr(65 + a)}"))
    return tuple(articles)


def _below(article: Part) -> tuple[Part, ...]:
    return tuple(part for paragraph in article.parts for part in (paragraph, *paragraph.parts))


@st.composite
def amendments(draw: st.DrawFn) -> Amendment:
    """A statute and a copy with up to six mutations, each of another provision, up to two in one article."""
    old = draw(_statutes())
    new = list(old)
    done: dict[str, str] = {}
    touched = draw(st.permutations([*range(len(old)), *range(len(old))]))[: draw(st.integers(0, 6))]
    drop: list[int] = []
    # A provision deleted and another put under its number is a provision reworded: not both in one article.
    shifted: list[int] = []
    for at in touched:
        kind = draw(
            st.sampled_from(("reword", "reword entry", "insert", "delete", "delete article", "swap", "heading", "note"))
        )
        article = new[at]
        paragraphs = list(article.parts)
        which = draw(st.integers(0, len(paragraphs) - 1))
        chosen = paragraphs[which]
        if at in drop or any(part.key in done for part in (article, chosen, *chosen.parts)):
            continue
        if kind == "reword":
            paragraphs[which] = replace(chosen, text=_sentence(chosen.key, "new"))
            done[chosen.key] = "reworded"
        elif kind == "reword entry" and chosen.parts:
            entry = chosen.parts[-1]
            changed = replace(entry, text=_sentence(entry.key, "new"))
            paragraphs[which] = replace(chosen, parts=(*chosen.parts[:-1], changed))
            done[entry.key] = "reworded"
        elif kind == "insert" and at not in shifted:
            shifted.append(at)
            key = f"n{at}x{len(done)}"
            paragraphs.insert(which, Part(key, _sentence(key)))
            done[key] = "inserted"
        elif kind == "delete" and len(paragraphs) > 1 and at not in shifted:
            shifted.append(at)
            del paragraphs[which]
            done.update({part.key: "deleted" for part in (chosen, *chosen.parts)})
        elif kind == "delete article" and len(old) - len(drop) > 1 and not any(p.key in done for p in _below(article)):
            drop.append(at)
            for paragraph in paragraphs:
                done.update({part.key: "deleted" for part in (paragraph, *paragraph.parts)})
            done[article.key] = "deleted"
        elif kind == "swap" and which + 1 < len(paragraphs) and not any(p.key in done for p in _below(article)):
            paragraphs[which], paragraphs[which + 1] = paragraphs[which + 1], paragraphs[which]
            # Which of the two crossed the other is not to be known: either may be told as moved.
            done[chosen.key] = done[paragraphs[which].key] = "swapped"
        elif kind == "heading":
            article = replace(article, heading=f"{article.heading} Anew")
            done[article.key] = "heading"
        elif kind == "note":
            paragraphs[which] = replace(chosen, annotation=" <Amended by Act No. 200, Feb. 6, 2002>")
            done[chosen.key] = "annotation"
        new[at] = replace(article, parts=tuple(paragraphs))
    kept = tuple(article for at, article in enumerate(new) if at not in drop)
    old_text, old_ids = _print(old)
    new_text, new_ids = _print(kept)
    return Amendment(old_text, new_text, done, old_ids, new_ids)
