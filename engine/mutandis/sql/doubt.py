"""What a query cannot work out: rows in which it may matter are told, and left; all others are decided without it."""

from __future__ import annotations

from collections.abc import Iterable

from mutandis.backends.columns.nodes import Maker, X, is_lit, walk


class Doubt:
    """Tells of `tops`, expressions over columns that no table has, where their value may hang on one of these.

    What is told is true or false, never null: where it is false, the value is that of `without`, whatever such a column
    would have.
    """

    def __init__(self, maker: Maker, tops: Iterable[X]) -> None:
        self.maker = maker
        self._without: dict[X, X] = {}
        self._where: dict[X, X] = {}
        for x in walk(list(tops)):
            self._read(x)

    def without(self, x: X) -> X:
        """The expression with null for each such column."""
        return self._without[x]

    def where(self, many: Iterable[X]) -> X:
        """Where the value of one of the expressions may hang on such a column."""
        return self.maker.any_of(*[self._where[x] for x in many])

    def _read(self, x: X) -> None:
        match x.op:
            case "truth_of":  # what is found elsewhere, and what it waits for
                self._without[x], self._where[x] = self.maker.null, self.maker.true
            case "waits_of":
                self._without[x], self._where[x] = self.maker.settled, self.maker.true
            case _:
                self._without[x] = self.maker.over(x, tuple(self._without[a] for a in x.args))
                self._where[x] = self._of(x)

    def _of(self, x: X) -> X:
        m, mine = self.maker, [self._where[a] for a in x.args]
        if all(is_lit(one, False) for one in mine):
            return m.false
        args = [self._without[a] for a in x.args]
        match x.op:
            case "and" | "or":  # one that is sure to decide does so, whatever the others are
                decides = m.fails if x.op == "and" else m.holds
                sure = [m.all_of(m.negate(where), decides(a)) for where, a in zip(mine, args, strict=True)]
                return m.all_of(m.any_of(*mine), m.negate(m.any_of(*sure)))
            case "case":
                chosen = m.case(m.holds(args[0]), mine[1], mine[2])
                return m.any_of(mine[0], chosen)
            case "digit" if len(args) == 2:  # what waits is asked of what is not known alone
                return m.any_of(mine[0], m.all_of(m.is_null(args[0]), mine[1]))
        return m.any_of(*mine)
