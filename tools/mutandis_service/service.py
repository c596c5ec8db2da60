"""What stands behind the routes: the rulebooks, who asks, the limits, and one request with all of them."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, TypeVar

import anyio
from fastapi import Header, Request

from mutandis.calendar.written import read_day
from mutandis.dataclass import dataclass
from mutandis.decide.result import Decision
from mutandis.diagnostics import MutandisError
from mutandis_log.entry import Draft, Entry
from mutandis_service.callers import ANYBODY, Authenticate, Caller, RateLimit, anybody, by_key, named_authentication
from mutandis_service.models import Which
from mutandis_service.observing import Metrics, Traces
from mutandis_service.problems import ProblemError
from mutandis_service.recording import check_same_question
from mutandis_service.rulebooks import NoSuchVersionError, Reloaded, Rulebooks, Version
from mutandis_service.settings import Settings

if TYPE_CHECKING:
    from mutandis_log import Writer

log = logging.getLogger("mutandis.service")
T = TypeVar("T")

LONG_AT_ONCE = 4
"""How many long answers are worked out at a time; others wait, within their time."""
SHORT_BODY = 16_384
"""A case in so few bytes is decided at once; a longer one beside the others, as it may take its time."""


@dataclass(slots=True)
class Service:
    """The service: what it was started with, what it has loaded, and what it remembers of who asked."""

    settings: Settings
    rulebooks: Rulebooks
    authenticate: Authenticate
    rate: RateLimit
    writer: Writer | None = None
    metrics: Metrics | None = None
    traces: Traces | None = None
    _long: anyio.CapacityLimiter | None = field(default=None, repr=False)

    @classmethod
    def of(cls, settings: Settings, authenticate: Authenticate | None, rulebooks: Rulebooks | None) -> Service:
        """The service with its rulebooks loaded."""
        if authenticate is None:
            if settings.authenticate:
                authenticate = named_authentication(settings.authenticate)
            else:
                authenticate = by_key(Path(settings.keys)) if settings.keys else anybody
        loaded = rulebooks or Rulebooks.of(settings.rulebooks)
        metrics = Metrics() if settings.metrics else None
        traces = Traces() if settings.traces else None
        rate = RateLimit(settings.rate)
        service = cls(settings, loaded, authenticate, rate, _writer_of(settings), metrics, traces)
        service._tell_loaded()
        return service

    def _tell_loaded(self) -> None:
        if self.metrics is not None:
            self.metrics.loaded((version.named.told, version.hash) for version in self.rulebooks.current)

    def part(self, name: str) -> AbstractContextManager[None]:
        """What spans a part of an answer, where traces are made."""
        return nullcontext() if self.traces is None else self.traces.part(name)

    @property
    def long(self) -> anyio.CapacityLimiter:
        """What lets so many long answers through at a time; it belongs to a running loop."""
        if self._long is None:
            self._long = anyio.CapacityLimiter(LONG_AT_ONCE)
        return self._long

    def reload(self, only_changed_bundles: bool = False) -> Reloaded:
        """Load the rulebooks again, and tell the program's log what came of it."""
        came = self.rulebooks.reload(only_changed_bundles)
        for version in came.changed:
            log.info("now answering by %s", version.told)
        if came.changed:
            self._tell_loaded()
        for named, reason in came.failed:
            log.error("%s could not be loaded again and stays as it was: %s", named.told, reason)
        return came

    def close(self) -> None:
        """Put on record what waits to be."""
        if self.writer is not None:
            self.writer.close()

    async def check_log(self) -> None:
        """Raises `ProblemError` where a decision could not be put on record now."""
        if self.writer is None:
            return
        try:
            await asyncio.wait_for(asyncio.to_thread(self.writer.check), self.settings.seconds)
        except (MutandisError, TimeoutError) as error:
            words = str(error) or f"the decision log does not answer within {self.settings.seconds:g} s"
            raise ProblemError("not-ready", words, "make room for the log", headers={"Retry-After": "5"}) from None

    async def watch(self) -> None:
        """Look for new bundles in the places of those that are loaded, for as long as the service runs."""
        while self.settings.watch:
            await asyncio.sleep(self.settings.watch)
            try:
                await asyncio.to_thread(self.reload, True)
            except Exception as error:  # the next bundle is looked for all the same
                log.error("looking for new bundles failed: %s", type(error).__name__, exc_info=error)


@dataclass(frozen=True, slots=True)
class Asking:
    """One request: who asks, of which service, under which idempotency key, and the headers its answer gets."""

    service: Service
    caller: Caller
    bytes: int
    key: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def may_ask(self, version: Version) -> bool:
        """True if the caller may ask this version."""
        allowed = self.caller.rulebooks
        return allowed is None or not allowed.isdisjoint({version.name, version.named.told, version.hash})

    def must(self, right: str) -> None:
        """Raise `ProblemError` where the caller may not do this."""
        if right not in self.caller.may:
            detail = f"`{self.caller.name}` does not have the right `{right}`"
            raise ProblemError("not-allowed", detail, f"it comes with a key of `mutandis keys --may {right}`")

    def choose(self, asked: Which) -> Version:
        """The version that is asked. Raises `ProblemError` where there is none, or the caller may not ask it."""
        return self.choose_named(asked.rulebook, asked.known_on)

    def choose_named(self, wanted: str, known_on: str | None = None) -> Version:
        """The version of a name, as it was known on a day."""
        self.must("ask")
        try:
            day = None if known_on is None else read_day(known_on)
            version = self.service.rulebooks.choose(wanted, day, self.may_ask)
        except NoSuchVersionError as error:
            raise ProblemError("no-rulebook", str(error), error.help) from error
        if not self.may_ask(version):
            told = f"`{self.caller.name}` may not ask the rulebook `{version.name}`"
            raise ProblemError("not-allowed", told, f"it may ask: {', '.join(sorted(self.caller.rulebooks or ()))}")
        self.headers["Mutandis-Rulebook"] = version.hash
        return version

    async def answer(self, work: Callable[[Callable[[], bool]], T], long: bool = False) -> T:
        """What `work` gives: at once where it is short, else beside other requests and within the time there is.

        `work` is given a function that says whether time is up. Raises `ProblemError` where it is.
        """
        with self.service.part("answer"):
            return await self._answer(work, long)

    async def _answer(self, work: Callable[[Callable[[], bool]], T], long: bool) -> T:
        if not long and self.bytes <= SHORT_BODY:
            return work(lambda: False)
        seconds = self.service.settings.seconds
        end = time.monotonic() + seconds
        try:
            with anyio.fail_after(seconds):
                return await anyio.to_thread.run_sync(
                    work, lambda: time.monotonic() > end, abandon_on_cancel=True, limiter=self.service.long
                )
        except TimeoutError:
            detail = f"the answer takes longer than {seconds:g} s"
            raise ProblemError("too-slow", detail, "ask for less at a time") from None

    def count(self, version: Version, decisions: Iterable[Decision | ProblemError]) -> None:
        """Count decisions that are told, by verdict."""
        metrics = self.service.metrics
        if metrics is not None:
            for one in decisions:
                if isinstance(one, Decision):
                    metrics.decisions.labels(version.named.told, one.verdict.value).inc()

    async def keep(self, drafts: Sequence[Draft]) -> list[Entry]:
        """Put on record what is about to be told. Raises `ProblemError` where that cannot be: then nothing is told."""
        assert self.service.writer is not None  # asked for only where there is a log
        seconds = self.service.settings.seconds
        try:
            with self.service.part("record"):
                appended = asyncio.wrap_future(self.service.writer.append(drafts))
                entries = await asyncio.wait_for(appended, seconds)
        except (MutandisError, TimeoutError) as error:
            words = str(error) or f"the decision log does not answer within {seconds:g} s"
            log.error("%s", words)
            raise ProblemError("log-unavailable", words, "ask again later", headers={"Retry-After": "5"}) from None
        for entry, draft in zip(entries, drafts, strict=True):
            if entry.is_earlier:
                check_same_question(entry, draft)
                self.headers["Idempotency-Replayed"] = "true"
                self.headers["Mutandis-Rulebook"] = str(entry.question["rulebook"])
        if len(entries) == 1:
            self.headers["Mutandis-Record"] = entries[0].receipt
        return entries


def _writer_of(settings: Settings) -> Writer | None:
    if not settings.log:
        return None
    # Imported here: who keeps no log needs none of what it takes.
    from mutandis_log import DecisionLog, Writer
    from mutandis_log.entry import Seal

    return Writer(DecisionLog(settings.log, Seal.of_file(settings.seal)))


KEY: Final = "idempotency-key"
KEY_PATTERN: Final = r"^[!-~]*$"
LONGEST_KEY: Final = 200
IdempotencyKey = Annotated[
    str,
    Header(
        pattern=KEY_PATTERN,
        max_length=LONGEST_KEY,
        description="The same key again gives the answer on record again.",
    ),
]


def has_key_in_order(request: Request) -> bool:
    """True where the idempotency key that a request has, if any, is written as one is."""
    key = request.headers.get(KEY, "")
    return len(key) <= LONGEST_KEY and re.fullmatch(KEY_PATTERN, key) is not None


async def asking(request: Request, idempotency_key: IdempotencyKey = "") -> Asking:
    """The request with who asks; counted against what they may ask in a second."""
    service: Service = request.app.state.service
    told: Any = service.authenticate(request)
    caller: Caller = await told if isinstance(told, Awaitable) else told
    address = request.client.host if request.client is not None else ""
    service.rate.take(address if caller is ANYBODY else f"key {caller.name}")
    length = request.headers.get("content-length", "")
    return Asking(service, caller, int(length) if length.isdigit() else SHORT_BODY + 1, idempotency_key)
