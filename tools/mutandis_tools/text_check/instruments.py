"""What the `instruments` of a law say of enforcement: that is where the enforcement clauses of addenda are written."""

from __future__ import annotations

import datetime as dt
import re
from fractions import Fraction

from mutandis.citation import Citation, CitationRange
from mutandis.dataclass import dataclass
from mutandis.datatypes import UNIT_IN_BASE
from mutandis.rulebook.law import Instrument, Law
from mutandis_tools.text_check.parts import Number

_ADDENDA = re.compile(r"addenda-(\d+(?:-\d+)?)")
_LONGEST = 36
"""No statute waits longer for its enforcement, in months."""


@dataclass(frozen=True, slots=True)
class Enforcement:
    """The instruments of one law."""

    instruments: tuple[Instrument, ...]

    @classmethod
    def of(cls, law: Law) -> Enforcement:
        """Those of `law`."""
        return cls(law.instruments)

    def numbers(self, place: Citation) -> set[Number]:
        """The dates on which an instrument, and parts of it, took effect, and how long after promulgation that was.

        None for a place that is not in the addenda of one of the instruments.
        """
        made = self._instrument(place)
        if made is None:
            return set()
        found: set[Number] = {("date", Fraction(day.toordinal())) for day in made.days}
        for day in made.days:
            found.add(("days", Fraction((day - made.promulgated).days)))
            months = _months_between(made.promulgated, day)
            if months is not None and months <= _LONGEST:
                found.add((UNIT_IN_BASE["month"][0], Fraction(months)))
        return found

    def parts(self, place: Citation) -> tuple[CitationRange, ...]:
        """The provisions to which the instrument gave a day of their own."""
        made = self._instrument(place)
        return tuple(provisions for provisions, _ in made.enforced_parts) if made is not None else ()

    def _instrument(self, place: Citation) -> Instrument | None:
        number = _ADDENDA.match(place.article)
        if number is None:
            return None
        return next((one for one in self.instruments if one.id.endswith(f"No. {number[1]}")), None)


def _months_between(promulgated: dt.date, enforced: dt.date) -> int | None:
    """The whole months that passed when a law took effect: on the day with the same number, or the day after it."""
    months = (enforced.year - promulgated.year) * 12 + enforced.month - promulgated.month
    return months if 0 <= enforced.day - promulgated.day <= 1 else None
