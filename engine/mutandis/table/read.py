"""The columns of a table read as facts: what `facts` reads of one case, read once per distinct value of a column.

A null is not known. None stands in a column `<fact>.none`, as a declared sentinel, or is written `none` where a column
has words. What the vocabulary does not allow is told with its column, value, count and first rows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import polars as pl

from mutandis.backends.columns.spans import USUAL_DAYS, USUAL_NUMBERS
from mutandis.backends.columns.terms import LARGEST, none_of, sort_of, unknown_of
from mutandis.citation import Listed
from mutandis.datatypes import UNIT_IN_BASE
from mutandis.diagnostic_codes import diagnose
from mutandis.diagnostics import Diagnostic
from mutandis.facts.adjoining import extended, find_apart, misfit_of
from mutandis.facts.read import MOST_MEMBERS, read_facts
from mutandis.facts.written import Misfit, read_value
from mutandis.suggest import did_you_mean
from mutandis.table.facts import BadValue, TableFacts
from mutandis.table.named import NONE_SUFFIX, meant, twice
from mutandis.values import UNKNOWN
from mutandis.vocabulary import FactDeclaration, Vocabulary

FIRST_ROWS = 5
"""Of how many rows with a value that is not allowed the numbers are told."""
_FAR = "beyond the calendar"
_TRUTHS = {"True": True, "TRUE": True, "False": False, "FALSE": False}
"""How other programs write truths in columns of text: pandas and Python, spreadsheets."""


def read_table(
    frame: pl.DataFrame,
    vocabulary: Vocabulary,
    derived: Mapping[str, object],
    none: object = None,
    provisions: Listed | None = None,
    clock: object = None,
) -> tuple[TableFacts, list[Diagnostic]]:
    """The table as facts, and what is wrong with its columns themselves.

    A column is a fact by its name (`inmate.class`), or a term with a field for each of its facts. Others are left alone
    if no term of the vocabulary is in their name. `none` is the sentinel for none: one value, or one per fact.
    `provisions` are those that a fact may name, of each law; `clock` is the column that has the clock, if one has it.
    """
    return _Table(frame, vocabulary, derived, none, provisions, clock).read()


def is_of_days(series: pl.Series) -> bool:
    """True for moments that are all midnight, which is how pandas has days."""
    if not isinstance(series.dtype, pl.Datetime) or series.dtype.time_zone is not None:
        return False
    return bool((series.dt.truncate("1d") == series).all())


class _Table:
    def __init__(
        self,
        frame: pl.DataFrame,
        vocabulary: Vocabulary,
        derived: Mapping[str, object],
        none: object,
        provisions: Listed | None,
        clock: object,
    ) -> None:
        self.given = frame
        self.clock = clock
        self.vocabulary = vocabulary
        self.derived = derived
        self.none = none
        self.provisions = provisions
        self.columns: dict[str, pl.Series] = {}
        self.faults: list[Diagnostic] = []
        self.facts = TableFacts(frame)
        self.members: dict[tuple[str, str], object] = {}
        self.spans: dict[str, tuple[Any, Any]] = {}

    def read(self) -> tuple[TableFacts, list[Diagnostic]]:
        if isinstance(self.none, Mapping):
            for name in [name for name in self.none if name not in self.vocabulary.facts]:
                help_ = did_you_mean(str(name), self.vocabulary.facts, "name a fact of the vocabulary")
                self._fault("unknown-fact", f"the vocabulary has no fact `{name}`, of which none is declared", help_)
        stated: dict[str, pl.Series] = {}
        said_none: dict[str, pl.Series] = {}
        for series in self.given.iter_columns():
            if series.name == self.clock and series.name not in self.vocabulary.facts:
                continue
            self._gather(series.name, series, stated, said_none)
        for name, series in stated.items():
            self._read(name, series, said_none.pop(name, None))
        for name, series in said_none.items():  # a fact that is none or not known throughout
            self._read(name, pl.Series(name, [None] * len(series)), series)
        height = self.given.height
        empty = pl.DataFrame({"|": pl.zeros(height, pl.UInt8, eager=True)})
        self.facts.frame = pl.DataFrame(list(self.columns.values())) if self.columns else empty
        self.facts.stated = [name for name in self.columns if name in self.vocabulary.facts]
        for name in self.facts.stated:
            column = self.columns[name]
            if column.null_count():
                self.facts.holed.add(name)
            if column.dtype in (pl.Date, pl.Int64) and not _is_usual(self.spans.get(name) or _span(column)):
                self.facts.unusual.add(name)
            self._check_extensions(name)
        return self.facts, self.faults

    def _check_extensions(self, name: str) -> None:
        """Rows are bad in which a member of the list `name` does not adjoin what it extends (S51)."""
        what = extended(name, self.vocabulary)
        if what is None:
            return
        known: dict[tuple[int, int], Misfit | None] = {}
        found: list[Misfit | None] = []
        asked = [fact for fact in (name, what[0]) if fact in self.columns]
        for case in self.facts.cases(pl.int_range(self.given.height, eager=True), asked):
            key = (id(case.get(name)), id(case.get(what[0])))  # rows of one value share it
            if key not in known:
                known[key] = next((misfit_of(one) for one in find_apart(case, name, self.vocabulary)), None)
            found.append(known[key])
        for fault in dict.fromkeys(one for one in found if one is not None):
            self._bad(name, name, pl.Series([one == fault for one in found], dtype=pl.Boolean), fault)

    def _gather(
        self, name: str, series: pl.Series, stated: dict[str, pl.Series], said_none: dict[str, pl.Series]
    ) -> None:
        facts, terms = self.vocabulary.facts, self.vocabulary.terms
        if name in facts:
            if name in stated:
                self._fault("fact-given-twice", f"column `{name}` is given twice", "keep one of the two")
            stated[name] = series
        elif name.endswith(NONE_SUFFIX) and name.removesuffix(NONE_SUFFIX) in facts:
            truths = _truths(series)
            if isinstance(truths, str):
                message = f"column `{name}` says where there is none, and has {truths}"
                self._fault("wrong-fact-type", message, "make it true or false")
            else:
                said_none[name.removesuffix(NONE_SUFFIX)] = truths
        elif name in terms and isinstance(series.dtype, pl.Struct):
            for part in series.struct.fields:
                self._gather(f"{name}.{part}", series.struct.field(part), stated, said_none)
        elif again := twice(name, facts):
            self._fault("fact-given-twice", f"column `{again}` is given twice", "keep one of the two")
        elif name.partition(".")[0] in terms:
            known = self.vocabulary.facts_about(name.partition(".")[0])
            rest = "name columns by facts of the vocabulary, others without a dot and not as a term is named"
            help_ = did_you_mean(name, known, rest)
            self._fault("unknown-fact", f"the vocabulary has no fact `{name}`, which a column is named", help_)
        elif fact := meant(name, self.given.columns, facts):
            message = f"column `{name}` is no fact, and would be left alone; the fact is `{fact}`"
            self._fault("unknown-fact", message, f"name the column `{fact}`, or give it a name of its own")

    def _fault(self, slug: str, message: str, help_: str) -> None:
        self.faults.append(diagnose(slug, message, help_))

    # --- one column ---------------------------------------------------------------------------------------------------

    def _read(self, name: str, series: pl.Series, is_none: pl.Series | None) -> None:
        declared = self.vocabulary.facts[name]
        sentinel = self.none.get(name) if isinstance(self.none, Mapping) else self.none
        if sentinel is not None and declared.type.optional:
            series, is_none = self._without(name, series, sentinel, is_none)
        elif sentinel is not None and isinstance(self.none, Mapping):
            self._fault("none-not-allowed", f"`{name}` cannot be none", "declare no value that stands for it")
        if is_none is not None and not is_none.any():
            is_none = None
        if is_none is not None:
            if not declared.type.optional:
                self._none_not_allowed(name, declared, is_none)
                is_none = None
            else:
                series = self._nulled(series, is_none)
        if series.null_count() == len(series) and is_none is None:
            return
        if declared.type.kind == "date" and is_of_days(series):
            series = series.cast(pl.Date)
        try:
            plain = self._plain(name, declared, series)
        except (ValueError, OverflowError):  # days beyond the calendar
            plain = None
        if plain is not None:
            self.columns[name] = plain.alias(name)
        else:
            is_none = self._read_values(name, declared, series, is_none)
        if is_none is not None:
            self.facts.nones.append(name)
            self.columns[none_of(name)] = is_none.fill_null(False).alias(none_of(name))

    def _without(
        self, name: str, series: pl.Series, sentinel: object, is_none: pl.Series | None
    ) -> tuple[pl.Series, pl.Series | None]:
        same = _as_in(series, sentinel)
        if same is None:
            if isinstance(self.none, Mapping):
                message = f"`{_shown(sentinel)}` cannot stand for none in column `{name}`, which has {series.dtype}"
                self._fault("wrong-fact-type", message, "declare a value of the column's own type")
            return series, is_none  # one for all columns occurs in those of its type
        hit = (series == same).fill_null(False)
        if not hit.any():
            return series, is_none
        return self._nulled(series, hit), hit if is_none is None else is_none.fill_null(False) | hit

    def _nulled(self, series: pl.Series, where: pl.Series) -> pl.Series:
        frame = pl.DataFrame({"value": series, "where": where.fill_null(False)})
        return frame.select(pl.when(~pl.col("where")).then(pl.col("value")))["value"]

    def _none_not_allowed(self, name: str, declared: FactDeclaration, is_none: pl.Series) -> None:
        fault = read_value(name, declared, None)
        assert isinstance(fault, Misfit)  # it is not optional
        self._bad(name, "none", is_none.fill_null(False), fault)

    def _plain(self, name: str, declared: FactDeclaration, series: pl.Series) -> pl.Series | None:
        """The column as it is, where its type says that every value is allowed."""
        type_ = declared.type
        match type_.kind:
            case "yes_no" if series.dtype == pl.Boolean:
                return series
            case "date" if series.dtype == pl.Date:
                return series if self._spans(name, _span(series), dt.date.min, dt.date.max) else None
            case "moment" if isinstance(series.dtype, pl.Datetime) and series.dtype.time_zone is None:
                inside = _within(_span(series), dt.datetime.min, dt.datetime.max)
                return series.cast(pl.Datetime("us")) if inside else None
            case "count" | "number" | "money" if series.dtype.is_integer():
                low = declared.minimum if declared.minimum is not None or type_.kind != "count" else 0
                return self._number(name, series, 1, low, declared.maximum)
            case "duration" if series.dtype.is_integer():
                family, size = UNIT_IN_BASE.get(declared.unit.removesuffix("s"), (None, 1))
                if family != type_.family:
                    return None
                return self._number(name, series, size, declared.minimum or 0, declared.maximum)
            case _:
                return None

    def _number(self, name: str, series: pl.Series, size: int, low: int | None, high: int | None) -> pl.Series | None:
        """A column of whole numbers of `size` each; None where one is out of the bounds of the fact or of a column."""
        least, most = _span(series)
        span = (None, None) if least is None else (least * size, most * size)
        low, high = max(-LARGEST, -LARGEST if low is None else low), min(LARGEST, LARGEST if high is None else high)
        if not self._spans(name, span, low, high):
            return None
        return series.cast(pl.Int64) if size == 1 else series.cast(pl.Int64) * size

    def _spans(self, name: str, span: tuple[Any, Any], low: object, high: object) -> bool:
        """True for a column whose values lie within bounds, which is remembered of it."""
        inside = _within(span, low, high)
        if inside:
            self.spans[name] = span
        return inside

    def _read_values(
        self, name: str, declared: FactDeclaration, series: pl.Series, is_none: pl.Series | None
    ) -> pl.Series | None:
        """Read each distinct value once. Gives back where it is none."""
        codes, values = self._codes(series)
        natives = [self._one(name, declared, value) for value in values]
        faults = {code: read for code, read in enumerate(natives) if isinstance(read, Misfit)}
        for code, fault in faults.items():
            self._bad(name, _shown(values[code]), (codes == code).fill_null(False), fault)
            natives[code] = UNKNOWN
        nones = [code for code, read in enumerate(natives) if read is None]
        if nones:
            hit = codes.is_in(nones).fill_null(False)
            is_none = hit if is_none is None else is_none | hit
        if said := [k for k, v in enumerate(natives) if v is UNKNOWN]:
            # Said to be unknown is not what is presumed, or derived, where nothing is said, of the fact or by a clause.
            unknown = codes.is_in(said).fill_null(False)
            if declared.has_presumption or name in self.derived:
                self._by_row(unknown)
            self.facts.exact[name] = codes, natives
            self.facts.unknowns.append(name)
            self.columns[unknown_of(name)] = unknown.alias(unknown_of(name))
        sort = sort_of(declared.type)
        known = [None if read is UNKNOWN else read for read in natives]
        if sort in ("truth", "date", "moment", "number"):
            if sort == "number":
                parts = [k for k, v in enumerate(known) if v is not None and not is_whole(v)]
                if parts:
                    self._by_row(codes.is_in(parts).fill_null(False))
                    self.facts.exact[name] = codes, natives
                    known = [v if is_whole(v) else None for v in known]
            types: dict[str, Any] = {
                "truth": pl.Boolean,
                "date": pl.Date,
                "moment": pl.Datetime("us"),
                "number": pl.Int64,
            }
            self.columns[name] = pl.Series(name, known, dtype=types[sort]).gather(codes).alias(name)
            return is_none
        # What is none or unknown has no word.
        kept = [code for code, read in enumerate(known) if read is not None]
        places = {code: place for place, code in enumerate(kept)}
        self.facts.words[name] = [known[code] for code in kept]
        if len(kept) < len(known):
            codes = pl.Series(name, [places.get(k) for k in range(len(known))], dtype=pl.UInt32).gather(codes)
        self.columns[name] = codes.alias(name)
        return is_none

    def _one(self, name: str, declared: FactDeclaration, value: object) -> object:
        if declared.type.kind == "yes_no" and isinstance(value, str):
            value = _as_truth(value)
        if declared.type.kind != "list":
            return _nested_meant(declared, value, read_value(name, declared, value, self.provisions))
        apart = declared.type.open or extended(name, self.vocabulary) is not None
        if isinstance(value, list) and len(value) <= MOST_MEMBERS and not apart:
            members = [self._member(name, member) for member in value]
            if None not in members:
                return tuple(members)
        read = read_facts({name: value}, self.vocabulary, provisions=self.provisions)
        if read.diagnostics:
            first = read.diagnostics[0]
            return _nested_meant(declared, value, Misfit(first.slug, first.message, first.help))
        return read.facts[name]

    def _member(self, name: str, member: object) -> object:
        """A member of a list, read once for all lists that have one like it; None for one that is not allowed."""
        key = name, repr(member)
        if key not in self.members:
            read = read_facts({name: [member]}, self.vocabulary, provisions=self.provisions)
            listed: Any = read.facts.get(name)
            self.members[key] = None if read.diagnostics else listed[0]
        return self.members[key]

    def _codes(self, series: pl.Series) -> tuple[pl.Series, list[Any]]:
        """The distinct values of a column, and for each row which it has."""
        dtype = series.dtype
        if isinstance(dtype, pl.Enum):
            return series.to_physical(), dtype.categories.to_list()
        if dtype == pl.String or isinstance(dtype, pl.Categorical):
            words = series.cast(pl.String)
            distinct = words.drop_nulls().unique()
            return words.cast(pl.Enum(distinct)).to_physical().cast(pl.UInt32), distinct.to_list()
        if dtype.is_nested() or dtype == pl.Object:
            return self._codes_of_nested(series)
        distinct = series.drop_nulls().unique(maintain_order=True)
        right = pl.DataFrame({"value": distinct, "code": pl.int_range(len(distinct), dtype=pl.UInt32, eager=True)})
        joined = series.alias("value").to_frame().join(right, on="value", how="left", maintain_order="left")
        return joined["code"], _listed(distinct)

    def _codes_of_nested(self, series: pl.Series) -> tuple[pl.Series, list[Any]]:
        seen: dict[str, int] = {}
        values: list[Any] = []
        codes: list[int | None] = []
        for value in _listed(series):
            if value is None:
                codes.append(None)
                continue
            value = _without_nulls(value)
            key = repr(value)
            if key not in seen:
                seen[key] = len(values)
                values.append(value)
            codes.append(seen[key])
        return pl.Series(codes, dtype=pl.UInt32), values

    def _by_row(self, where: pl.Series) -> None:
        self.facts.by_row = where if self.facts.by_row is None else self.facts.by_row | where

    def _bad(self, name: str, value: str, where: pl.Series, fault: Misfit) -> None:
        rows = where.arg_true()
        if not len(rows):
            return  # a word that a column could have, and that no row has
        first = tuple(rows.head(FIRST_ROWS).to_list())
        self.facts.bad.append(BadValue(name, value, len(rows), first, fault.slug, fault.message, fault.help))
        self.facts.is_bad = where if self.facts.is_bad is None else self.facts.is_bad | where


def _as_truth(text: str) -> bool | str:
    """A truth as other programs write it; any other text as it is."""
    return _TRUTHS.get(text.strip(), text)


def _truths(series: pl.Series) -> pl.Series | str:
    """A column of truths, be they texts as a case file and CSV have them; or else what it has."""
    if series.dtype in (pl.Boolean, pl.Null):
        return series.cast(pl.Boolean)
    if series.dtype != pl.String and not isinstance(series.dtype, pl.Categorical | pl.Enum):
        return str(series.dtype)
    known: dict[str, bool | None] = {}
    for text in series.cast(pl.String).drop_nulls().unique().sort():
        read = read_value("", None, _as_truth(text))
        if isinstance(read, Misfit):
            return f"`{_shown(text)}`"
        known[text] = read if isinstance(read, bool) else None
    return series.cast(pl.String).replace_strict(known, return_dtype=pl.Boolean)


def _span(column: pl.Series) -> tuple[Any, Any]:
    """The least and the greatest value of a column; None twice where it has none."""
    return column.min(), column.max()


def _within(span: tuple[Any, Any], low: object, high: object) -> bool:
    return span[0] is None or bool(span[0] >= low and span[1] <= high)


def _is_usual(span: tuple[Any, Any]) -> bool:
    """True for a span of days or numbers of a usual size."""
    if isinstance(span[0], dt.date):
        return _within((span[0].toordinal(), span[1].toordinal()), *USUAL_DAYS)
    return _within(span, *USUAL_NUMBERS)


def is_whole(value: object) -> bool:
    """True for a number that a column holds."""
    return isinstance(value, int) and abs(value) <= LARGEST


def _without_nulls(value: Any) -> Any:
    """A nested value whose fields that are not known are left out."""
    if isinstance(value, dict):
        return {key: _without_nulls(v) for key, v in value.items() if v is not None}
    return [_without_nulls(v) for v in value] if isinstance(value, list) else value


def _listed(series: pl.Series) -> list[Any]:
    """The values of a column; what is beyond the calendar of dates as text, which is no day."""
    try:
        return series.to_list()
    except (ValueError, OverflowError):
        if len(series) > 1:
            return [value for row in range(len(series)) for value in _listed(series.slice(row, 1))]
        return (
            series.cast(pl.String).to_list() if series.dtype.is_temporal() and series.dtype != pl.Duration else [_FAR]
        )


def _nested_meant(declared: FactDeclaration, value: object, read: object) -> object:
    """What was read; of a list or period that stands as text, which a column of text cannot hold, how to give it."""
    if not (isinstance(read, Misfit) and isinstance(value, str) and declared.type.kind in ("list", "period")):
        return read
    help_ = "text cannot hold it: give the column nested values, as Parquet has them, or the case as a case file"
    return Misfit(read.slug, read.message, help_)


def _shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= 40 else f"{text[:37]}..."


def _as_in(series: pl.Series, sentinel: object) -> pl.Series | None:
    """A declared value as a column would have it, as text or as its own type; None where it could not have it."""
    if series.dtype.is_nested() or series.dtype == pl.Object:
        return None
    try:
        if isinstance(sentinel, str) and series.dtype == pl.Date:
            return pl.Series([sentinel]).str.to_date("%Y-%m-%d")
        if isinstance(sentinel, str) and isinstance(series.dtype, pl.Datetime):
            return pl.Series([sentinel]).str.to_datetime("%Y-%m-%dT%H:%M", time_unit=series.dtype.time_unit)
        if series.dtype == pl.String:
            return pl.Series([str(sentinel)])
        return pl.Series([sentinel]).cast(series.dtype)
    except (pl.exceptions.PolarsError, TypeError):
        return None
