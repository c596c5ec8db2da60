"""The rulebook as a program uses it: load once, ask as often as you like, from any number of threads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from os import PathLike
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from mutandis.bundle.container import Container, opened
from mutandis.errors import MutandisError
from mutandis.facts import Facts

if TYPE_CHECKING:  # deciding and reading are imported when they are first asked for: a bundle opens in no time
    from mutandis.backends.columns.report import Columns
    from mutandis.backends.engine import Engine
    from mutandis.decide.question import Question
    from mutandis.decide.record import DecidedAgain, DecisionRecord
    from mutandis.decide.result import Decision
    from mutandis.decide.result_parts import FactValue
    from mutandis.facts.remembered import Remembered
    from mutandis.link.program import Program
    from mutandis.questions.facts_of import AskableFact
    from mutandis.questions.find import Found
    from mutandis.rulebook.law import Law
    from mutandis.table.batch import BatchSummary
    from mutandis.table.impact import Impact
    from mutandis.table.memory import Memories, Memory
    from mutandis.table.table import DecisionTable
    from mutandis.vocabulary import Vocabulary


class Rulebook:
    """A linked rulebook that decides cases.

    The facts of a case may be a mapping (nested or dotted, written out or Python's own values), a dataclass, a pydantic
    model, or `Facts` that `read` gave: those are not checked again. With `trusted`, facts are a dict that already holds
    run-time values under dotted names; nothing in it is checked, and it must not be changed while a decision made from
    it is in use. `at` is the clock: a date gives `today`, a moment `now` as well. `law_as_of` picks the version of the
    law, the day of `at` where it is not given.

    Every question raises `CaseError` for facts the vocabulary does not allow, and for an action, fact or role that the
    rulebook does not have.

    An action is read by walking its norms until it was read `often`, and by compiled code from then on.
    """

    often: ClassVar[int] = 6
    __slots__ = ("_container", "_engine", "_program", "_quick", "_remembered", "_tables")

    def __init__(self, program: Program | None, container: Container | None = None) -> None:
        # Invariant: one of the two is there; a bundle's program is read from its container when it is first asked for.
        self._program = program
        self._container = container
        self._engine: Engine | None = None
        self._quick: dict[str, Callable[[Mapping[str, object]], Decision]] = {}
        self._remembered: Remembered | None = None
        self._tables: Memories | None = None

    @classmethod
    def load(cls, path: str | PathLike[str] | None = None) -> Rulebook:
        """The rulebook in the folder `path`, or the one that ships; a name means one that ships beside it.

        Raises `RulebookError` with everything wrong in it, `FileNotFoundError` where there is none.
        """
        # Reading YAML needs libraries that deciding does not, so they are imported only here.
        from mutandis.link.load import load_program

        return cls(load_program(path))

    @classmethod
    def load_bundle(cls, path: str | PathLike[str]) -> Rulebook:
        """The rulebook in a bundle file, read without lark, networkx, yaml or jsonschema.

        Raises `BundleError` for a file that is no bundle, was truncated or altered, or has another format version.
        """
        return cls(None, opened(path))

    def to_bundle(self) -> bytes:
        """The bytes of a bundle of this rulebook: the same rulebook gives the same bytes."""
        from mutandis.bundle.written import bundle_of

        return bundle_of(self.program)

    @property
    def program(self) -> Program:
        """The linked program that questions are answered from."""
        if self._program is None:
            from mutandis.bundle.program import program_of

            assert self._container is not None
            self._program = program_of(self._container)
        return self._program

    def _start(self) -> Engine:
        # Two threads may both come here; each gets an engine that answers alike, and one of them stays.
        from mutandis.backends.sparing import sparing

        self._engine = engine = sparing(self.program, self.often)
        self._quick = engine.quick
        return engine

    @property
    def content_hash(self) -> str:
        """The hash of everything the rulebook says; every decision carries it."""
        return self.program.content_hash

    @property
    def laws(self) -> Mapping[str, Law]:
        """The laws, by id."""
        return self.program.laws

    @property
    def vocabulary(self) -> Vocabulary:
        """Every term, fact and action that a case may speak of."""
        return self.program.vocabulary

    def read(self, facts: object) -> Facts:
        """The facts checked once, to be asked about many times. Raises `CaseError` with everything wrong in them."""
        if type(facts) is Facts:
            return facts
        if self._remembered is not None and type(facts) is dict:
            known = self._remembered.read(facts)
            if known is not None:
                return known
        from mutandis.facts.read import read_facts
        from mutandis.facts.remembered import Remembered

        if self._remembered is None:
            self._remembered = Remembered()
        program, remembered = self.program, self._remembered
        found = read_facts(
            facts, program.vocabulary, derived=program.derived, remembered=remembered, provisions=program.provisions
        )
        if found.diagnostics:
            from mutandis.diagnostics import CaseError

            raise CaseError(found.diagnostics)
        return found.facts

    def decide(
        self,
        action: str,
        facts: object,
        *,
        at: dt.date | None = None,
        law_as_of: dt.date | None = None,
        by: str | None = None,
        holidays: Iterable[dt.date] | None = None,
        trusted: bool = False,
        reference: bool = False,
    ) -> Decision:
        """Whether `action` may, must or must not be done in the case, with everything the answer rests on.

        `by` asks about one bearer: norms of others are left out. `holidays` are all days off besides weekends, in
        place of the rulebook's calendar. `reference` decides by walking what is otherwise compiled, slowly.
        """
        native: Any = facts
        if trusted is not False and _is("trusted", trusted):
            statable = self._engine.statable if self._engine is not None else None
            plain = not statable or statable.isdisjoint(native)
        else:
            known = facts if type(facts) is Facts else self.read(facts)
            native, plain = known.native, known.plain
        if plain and at is None and by is None and law_as_of is None and holidays is None and reference is False:
            try:
                quick = self._quick.get(action)
            except TypeError:  # no name at all: told below
                quick = None
            if quick is not None:
                return quick(native)
        asked = self._about(action, at, law_as_of, by, holidays)
        if reference is not False and _is("reference", reference):
            # Only who asks for the interpreter pays for it.
            from mutandis.backends.interpret import interpreter

            return interpreter(self.program).answer(asked, native)
        return (self._engine or self._start()).answer(asked, native)

    def record(
        self,
        action: str,
        facts: object,
        *,
        at: dt.date | None = None,
        law_as_of: dt.date | None = None,
        by: str | None = None,
        holidays: Iterable[dt.date] | None = None,
    ) -> DecisionRecord:
        """The decision that `decide` gives, on record: with everything needed to decide it again.

        `record.as_data()` is plain data for a log or a file; `record.answer` the whole answer.
        """
        from mutandis import __version__
        from mutandis.decide.record import record_of
        from mutandis.facts.writing import written_facts

        read = self.read(facts)
        asked = self._about(action, at, law_as_of, by, holidays)
        decision = (self._engine or self._start()).answer(asked, read.native)
        return record_of(
            asked, written_facts(read.native, self.vocabulary, self.program.derived), decision, __version__
        )

    def decide_again(self, record: DecisionRecord | Mapping[str, object]) -> DecidedAgain:
        """The question of a record decided by this rulebook now, and where the answer is another than the recorded one.

        Raises `MutandisError` for data that is no record, `CaseError` where this rulebook has no such action, fact or
        value.
        """
        from mutandis import __version__
        from mutandis.decide.record import DecisionRecord, compare

        known = record if isinstance(record, DecisionRecord) else DecisionRecord.of_data(record)
        decision = self.decide(
            known.action, known.facts, at=known.at, law_as_of=known.law_as_of, by=known.by, holidays=known.holidays
        )
        return compare(known, decision, __version__)

    def prepare(
        self,
        action: str,
        *,
        at: dt.date | None = None,
        law_as_of: dt.date | None = None,
        by: str | None = None,
        holidays: Iterable[dt.date] | None = None,
        trusted: bool = False,
    ) -> Callable[[Any], Decision]:
        """`decide` with all but the facts settled: checked and compiled now, to be called for many cases."""
        asked = self._about(action, at, law_as_of, by, holidays)
        engine = self._engine or self._start()
        decide, decide_given = engine.prepare(asked), engine.prepare_given(asked)
        if trusted:
            statable = engine.statable
            if not statable:
                return decide
            return lambda facts: decide(facts) if statable.isdisjoint(facts) else decide_given(facts)

        def decide_checked(facts: object) -> Decision:
            known = facts if type(facts) is Facts else self.read(facts)
            return decide(known.native) if known.plain else decide_given(known.native)

        return decide_checked

    def assess(
        self,
        facts: object,
        *,
        at: dt.date | None = None,
        law_as_of: dt.date | None = None,
        by: str | None = None,
        holidays: Iterable[dt.date] | None = None,
        trusted: bool = False,
    ) -> tuple[Decision, ...]:
        """Every action that the law speaks to in the case, by name: what binds, and what is not settled."""
        native: Any = facts if trusted else self.read(facts).native
        asked = self._question(at, law_as_of, by, holidays)
        return (self._engine or self._start()).answers(asked, native)

    def decide_table(
        self,
        action: str,
        frame: object,
        *,
        at: dt.date | str | None = None,
        law_as_of: dt.date | None = None,
        by: str | None = None,
        holidays: Iterable[dt.date] | None = None,
        none: object = None,
        on_bad: Literal["raise", "error"] = "raise",
        progress: Callable[[int, int], None] | None = None,
    ) -> DecisionTable:
        """The decisions about every row of a table, as `decide` gives them one by one (extra `mutandis[columns]`).

        `frame` is a Polars table (lazy too), one that Narwhals reads (pandas, Arrow, DuckDB), or a path to Parquet or
        CSV. A column is a fact by its name, `inmate.class`, or a term with a field for each of its facts. A null is not
        known, as if it were left out; what is none stands in a column `<fact>.none`, or is a value that `none` declares
        (one, or one per fact). `at` may name a column of days or moments. Values that are not allowed, and derived
        facts stated against the other facts of their row, raise `CaseError`, each with its column, count and first
        rows; with `on_bad="error"` these rows have the verdict `error`. `progress` is called with the rows done and
        all rows.
        """
        asked = self._about(action, _day(at), law_as_of, by, holidays).about(action)
        from mutandis.arguments import check_called
        from mutandis.table.decide import decide_table

        check_called("progress", progress)
        engine, memory = self._engine or self._start(), self._memory_of(asked)
        return decide_table(engine, asked, frame, memory, at=at, none=none, on_bad=on_bad, progress=progress)

    def decide_file(
        self,
        action: str | None,
        given: str | PathLike[str],
        out: str | PathLike[str],
        *,
        at: dt.date | str | None = None,
        law_as_of: dt.date | None = None,
        by: str | None = None,
        holidays: Iterable[dt.date] | None = None,
        none: object = None,
        parts: Iterable[str] = ("verdict", "citations"),
        keep: Iterable[str] | None = None,
        open_too: bool = False,
        on_bad: Literal["raise", "error"] = "error",
        resume: bool = True,
        progress: Callable[[int, int], None] | None = None,
    ) -> BatchSummary:
        """Decide about every row of a file of cases (CSV, Parquet) into another (extra `mutandis[columns]`).

        `action` of None asks about all actions: the file then has a line for each row and action that the law speaks to
        in it, with `open_too` also for those that turn on what is not known. A line has the row's number (from 0), the
        columns `keep` (those that are no facts), and the `parts` of the decision. Memory does not grow with rows. A run
        that was broken off goes on where it was, unless `resume` is False. The rest is as for `decide_table`.
        """
        rest = _day(at), law_as_of, by, holidays
        asked = self._question(*rest) if action is None else self._about(action, *rest)
        from mutandis.arguments import check_called, check_choice, check_truth, names_of, path_of
        from mutandis.table.batch import FileOfCases, decide_file

        actions = sorted(self.program.components) if action is None else [action]
        kept = None if keep is None else names_of("keep", keep, "number")
        told = names_of("parts", parts, "verdict")
        check_choice("on_bad", on_bad, ("raise", "error"))
        check_truth("open_too", open_too)
        check_truth("resume", resume)
        check_called("progress", progress)
        files = path_of("given", given), path_of("out", out)
        file = FileOfCases(*files, at, none, told, kept, bool(open_too), on_bad, bool(resume))
        engine, questions = self._engine or self._start(), [asked.about(name) for name in actions]
        return decide_file(engine, questions, file, None if action is None else self._memory_of(questions[0]), progress)

    def impact(
        self,
        amended: Rulebook,
        population: object,
        *,
        actions: Iterable[str] | None = None,
        at: dt.date | str | None = None,
        law_as_of: dt.date | None = None,
        by: str | None = None,
        holidays: Iterable[dt.date] | None = None,
        none: object = None,
        samples: int = 3,
        progress: Callable[[int, int], None] | None = None,
    ) -> Impact:
        """What another rulebook changes for a population (extra `mutandis[columns]`): how many of its cases come out
        otherwise by it, on which action, from what to what, by which provisions, with samples.

        `population` is a table or a path, as for `decide_table`, read part by part; a column that is a fact of one of
        the two alone is read by that one. `actions` of None are all that norms speak of. Values that are not allowed
        make verdicts `error`. Raises `CaseError` for an action that neither has.
        """
        from mutandis.arguments import check_called, check_count, names_of
        from mutandis.table.impact import Asked, impact

        if not isinstance(amended, Rulebook):
            raise MutandisError(f"`amended` is a rulebook, as `Rulebook.load` gives it, not `{str(amended)[:40]}`")
        check_count("samples", samples)
        check_called("progress", progress)
        named = None if actions is None else names_of("actions", actions, next(iter(self.program.components), "act"))
        if named == ():
            raise MutandisError("`actions` names no action: leave it out for all of them")
        question, _ = [book._question(_day(at), law_as_of, by, holidays) for book in (self, amended)]
        engines = self._engine or self._start(), amended._engine or amended._start()
        return impact(*engines, population, Asked(named, question, at, none, samples), progress)

    def sql(
        self,
        action: str,
        dialect: str = "duckdb",
        *,
        table: str = "cases",
        facts: Iterable[str] | None = None,
        none: Iterable[str] = (),
        full: Iterable[str] = (),
        keep: Iterable[str] = (),
        underscores: bool = False,
        at: dt.date | str | None = None,
        law_as_of: dt.date | None = None,
        by: str | None = None,
    ) -> str:
        """The query that decides an action over a table of a database (extra `mutandis[sql]`): verdict and citations.

        The table has a column for each of `facts` (None: all that the action reads), named as it, or with `_` for `.`
        where `underscores`: truths, dates and timestamps as such, lengths as whole numbers of their unit, words as
        text; null is not known. Of the facts in `none` a column `<fact>.none` says where there is none; those in `full`
        have no null. `keep` are the columns of the result besides verdict and citations (none: the facts). `at` is the
        clock, or the column that has it. A derived fact that `facts` names is taken as given. A row has the verdict
        `error` for a value that is not allowed, and null where it is left to `decide`: where a limit on what is not
        known is asked for, rules contradict each other, a derived fact is not stated or follows otherwise, days or
        numbers are out of the usual, or what SQL cannot say may matter. Raises `MutandisError` where it always may.
        """
        asked = self._about(action, _day(at), law_as_of, by)
        from mutandis.sql.asked import AskedTable, query_of

        described = AskedTable(table, facts, none, full, keep, underscores, at)
        return query_of(self._engine or self._start(), asked, described, dialect)

    def columns(
        self, action: str, *, at: dt.date | None = None, law_as_of: dt.date | None = None, by: str | None = None
    ) -> Columns:
        """How `decide_table` decides an action: which columns it reads, which parts are expressions over them, and
        which are found on distinct combinations of what they read, and why."""
        asked = self._about(action, at, law_as_of, by)
        from mutandis.backends.columns.report import columns_of

        return columns_of((self._engine or self._start()).unit(action, by, asked.version))

    def value(
        self,
        fact: str,
        facts: object,
        *,
        at: dt.date | None = None,
        law_as_of: dt.date | None = None,
        holidays: Iterable[dt.date] | None = None,
        trusted: bool = False,
    ) -> FactValue:
        """What a fact comes to in the case, above all one that rules derive, and the provisions that give it."""
        native: Any = facts if trusted else self.read(facts).native
        from mutandis.decide.question import known_fact

        asked = self._question(at, law_as_of, None, holidays)
        return (self._engine or self._start()).value(known_fact(self.program, fact), native, asked)

    def find(self, words: str, most: int = 8) -> Found:
        """The actions and facts that a person's own words speak of, best first, up to `most` of each.

        Labels, questions and summaries of rules are looked through; words that nothing has find nothing. Whoever asks
        often, for a field to type in, keeps a `mutandis.questions.find.Finder`.
        """
        from mutandis.questions.find import Finder

        return Finder(self.program).find(words, most)

    def facts_of(self, action: str) -> tuple[AskableFact, ...]:
        """The facts and parameters that an answer about `action` can turn on, in the order of the vocabulary.

        Of the law in all its wordings and of every bearer. With types, questions, choices and owners, for a form.
        """
        from mutandis.questions.facts_of import facts_of

        self._about(action)
        return facts_of(self.program, action)

    def facts_schema(self, action: str) -> dict[str, object]:
        """A JSON Schema (2020-12) of the facts that `facts_of` names, nested as `decide` takes them."""
        from mutandis.questions.facts_of import facts_schema

        asked = self.facts_of(action)
        return facts_schema(action, self.vocabulary.actions[action].label, asked)

    def _question(
        self, at: dt.date | None, law_as_of: dt.date | None, by: str | None, holidays: Iterable[dt.date] | None
    ) -> Question:
        """What is asked besides the facts, checked; about no action in particular."""
        from mutandis.decide.question import checked

        return checked(self.program, "", at, law_as_of, by, holidays)

    def _about(
        self,
        action: object,
        at: dt.date | None = None,
        law_as_of: dt.date | None = None,
        by: str | None = None,
        holidays: Iterable[dt.date] | None = None,
    ) -> Question:
        """What is asked besides the facts about an action, checked."""
        from mutandis.decide.question import checked, known_action

        return checked(self.program, known_action(self.program, action), at, law_as_of, by, holidays)

    def _memory_of(self, question: Question) -> Memory:
        """What tables about a question share."""
        from mutandis.table.memory import Memories

        self._tables = self._tables or Memories()
        return self._tables.of(question)


def _is(argument: str, given: object) -> bool:
    """What is said of yes or no, checked."""
    if type(given) is bool:
        return given
    from mutandis.arguments import check_truth

    check_truth(argument, given)
    return bool(given)


def _day(at: dt.date | str | None) -> dt.date | None:
    return None if isinstance(at, str) else at  # the clock, if it is no column
