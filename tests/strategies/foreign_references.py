"""Sentences of made-up statutes that name provisions of other laws, each with what it names."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

_LAWS = {
    "the Ship Act": "ship-act",
    "the Harbor Safety Act": "harbor-safety-act",
    "the Civil Act": "civil-act",
    "the Act on the Promotion of Reading and Writing": "act-on-the-promotion-of-reading-and-writing",
    "the Act on Special Cases concerning Wrecks": "act-on-special-cases-concerning-wrecks",
    "the Enforcement Decree of the Ship Act": "enforcement-decree-of-the-ship-act",
    "the Wreck Removal Control Act": "wreck-removal-control-act",
}
_GLOSSES = ("Felling", "Penalty Provisions", "Theft of Wood, etc.", "Special Cases of Punishment", "Joint Penalty")


@dataclass(frozen=True, slots=True)
class Named:
    """A sentence without its full stop, and the ids it names: of other laws, and of the law `lamp` itself."""

    words: str
    foreign: frozenset[str]
    own: frozenset[str] = frozenset()


def _article(number: int, gloss: str) -> str:
    return f"{number} ({gloss})" if gloss else str(number)


@st.composite
def _places(draw: st.DrawFn) -> tuple[str, tuple[str, ...]]:
    """What is named of a law, and the places as ids have them."""
    number, more, paragraph, entry = (draw(st.integers(1, most)) for most in (6, 3, 3, 4))
    gloss = draw(st.sampled_from(("", "", *_GLOSSES)))
    own = _article(number, gloss)
    branch = draw(st.sampled_from(("", "-2")))
    last = number + more
    others = [_article(one, draw(st.sampled_from(_GLOSSES))) for one in (last, last + 2)]
    return draw(
        st.sampled_from(
            (
                (f"Article {own}", (f"{number}",)),
                (f"Article {number}{branch}", (f"{number}{branch}",)),
                (f"Article {number} ({paragraph})", (f"{number}({paragraph})",)),
                (f"Article {own} ({paragraph})", (f"{number}({paragraph})",)),
                (f"Article {number} ({paragraph}) {entry}", (f"{number}({paragraph}){entry}",)),
                (f"paragraph ({paragraph}) of Article {own}", (f"{number}({paragraph})",)),
                (f"subparagraph {entry} of Article {number}", (f"{number}.{entry}",)),
                (f"the proviso to Article {number} ({paragraph})", (f"{number}({paragraph}) proviso",)),
                (f"the main sentence of Article {number} ({paragraph})", (f"{number}({paragraph})",)),
                (f"the main sentence of paragraph ({paragraph}) of Article {number}", (f"{number}({paragraph})",)),
                (f"the former part of Article {number} ({paragraph})", (f"{number}({paragraph}) former",)),
                (f"the latter part of Article {number} ({paragraph})", (f"{number}({paragraph}) latter",)),
                (f"Articles {number} and {last}", (f"{number}", f"{last}")),
                (f"Article {number} or {last}", (f"{number}", f"{last}")),
                (f"Articles {number} through {last}", tuple(str(one) for one in range(number, last + 1))),
                (f"Article {number} (1) and (3)", (f"{number}(1)", f"{number}(3)")),
                (f"Article {number} (1) through (3)", (f"{number}(1)", f"{number}(2)", f"{number}(3)")),
                (
                    f"Article {own}, {others[0]} or {others[1]}",
                    (f"{number}", f"{last}", f"{last + 2}"),
                ),
                (f"Article {own} and Article {others[0]}", (f"{number}", f"{last}")),
                (f"Articles {number} (1), {last} (2) and (3)", (f"{number}(1)", f"{last}(2)", f"{last}(3)")),
            )
        )
    )


@st.composite
def _foreign(draw: st.DrawFn) -> tuple[str, frozenset[str], str]:
    """A phrase, the ids it names, and the law's name in ids."""
    words, places = draw(_places())
    law = draw(st.sampled_from(sorted(_LAWS)))
    gloss = draw(
        st.sampled_from(("", "", " (including cases applied mutatis mutandis)", " and the rules made under it"))
    )
    return f"{words} of {law}{gloss}", frozenset(f"ext:{_LAWS[law]}/{place}" for place in places), _LAWS[law]


@st.composite
def named_provisions(draw: st.DrawFn) -> Named:
    """A sentence that names provisions of one other law or of two, and perhaps of this one."""
    number_of_same = draw(st.integers(1, 9))
    first, foreign, law = draw(_foreign())
    second, others, _ = draw(_foreign())
    kind = "Decree" if "decree" in law else "Act"
    same = frozenset((f"ext:{law}/{number_of_same}(2)",))
    number = draw(st.integers(1, 5))
    here = f"Article {number} (1) of this Act"
    own = frozenset((f"lamp/{number}(1)",))
    nothing: frozenset[str] = frozenset()
    words, foreign_ids, own_ids = draw(
        st.sampled_from(
            (
                (f"Whoever violates {first} shall not keep a lamp", foreign, nothing),
                (f"Notwithstanding {first}, a keeper may rest", foreign, nothing),
                (f"A keeper shall rest pursuant to {first} and report within the limit of 20 hours", foreign, nothing),
                (f"{first[0].upper()}{first[1:]} shall apply mutatis mutandis to lamps", foreign, nothing),
                (f"A person under {first} or a person under {second} is a keeper", foreign | others, nothing),
                (
                    f"A person who is punished under {first} for a crime under {second} is none",
                    foreign | others,
                    nothing,
                ),
                (f"A keeper under {here} falls under {first}", foreign, own),
                (f"{first[0].upper()}{first[1:]} and {second} shall apply", foreign | others, nothing),
                (f"A keeper under {here} and {first} may rest", foreign, own),
                (
                    f"A case under {first} is none under Article {number_of_same} (2) of the same {kind}",
                    foreign | same,
                    nothing,
                ),
                (f"A case under {first} and a case under {here} are told alike", foreign, own),
                (f"Except as otherwise provided for in {first}, {here} shall apply", foreign, own),
                (f'A lamp under {first} (hereinafter referred to as "small lamp") may rest', foreign, nothing),
            )
        )
    )
    return Named(words, foreign_ids, own_ids)
