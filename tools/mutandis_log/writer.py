"""Appending for many threads: what waits is put on record together, so that all of it waits for the disk once."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future
from typing import Final

from mutandis_log.entry import Draft, Entry, UnreadableEntryError
from mutandis_log.log import DecisionLog, LogUnavailableError

MOST_WAITING: Final = 10_000
"""How many drafts may wait to be put on record; who comes then is told so."""
_AT_ONCE: Final = 500
_LOOKED_FOR_ROOM: Final = 1.0
"""So many seconds what was found of the room for another decision is held to be so."""
_LEAST_ROOM: Final = 32_768
"""So many bytes there must be room for; more where one of the entries last put on record was longer."""

_TOO_MANY: Final = "the decision log cannot keep up: too many decisions wait for it"

_Waiting = tuple[tuple[Draft, ...], "Future[list[Entry]]"]


class Writer:
    """A thread that appends to a log. A future is done once its entries are on the disk, or fails if they are not."""

    def __init__(self, log: DecisionLog, most_waiting: int = MOST_WAITING) -> None:
        self.log = log
        self._waiting: queue.Queue[_Waiting | None] = queue.Queue(most_waiting)
        self._room = _LEAST_ROOM
        self._looking = threading.Lock()
        self._looked: tuple[float, LogUnavailableError | None] = (-_LOOKED_FOR_ROOM, None)
        self._thread = threading.Thread(target=self._run, name="decision log", daemon=True)
        self._thread.start()

    def append(self, drafts: Sequence[Draft]) -> Future[list[Entry]]:
        """Have these put on record, all or none. Raises `LogUnavailableError` where too many wait."""
        future: Future[list[Entry]] = Future()
        try:
            self._waiting.put_nowait((tuple(drafts), future))
        except queue.Full:
            raise LogUnavailableError(_TOO_MANY) from None
        return future

    def check(self) -> None:
        """Raises `LogUnavailableError` where a decision could not be put on record now, as on a full disk."""
        if self._waiting.full():
            raise LogUnavailableError(_TOO_MANY)
        with self._looking:  # one looks for all who ask
            looked, fault = self._looked
            if time.monotonic() - looked >= _LOOKED_FOR_ROOM:
                try:
                    self.log.check_room(self._room)
                    fault = None
                except LogUnavailableError as error:
                    fault = error
                self._looked = (time.monotonic(), fault)
        if fault is not None:
            raise LogUnavailableError(str(fault))

    def close(self) -> None:
        """Put on record what waits, and end."""
        self._waiting.put(None)
        self._thread.join()
        self.log.close()

    def _run(self) -> None:
        ended = False
        while not ended:
            first = self._waiting.get()
            if first is None:
                return
            together = [first]
            count = len(first[0])
            while count < _AT_ONCE:
                try:
                    another = self._waiting.get_nowait()
                except queue.Empty:
                    break
                if another is None:
                    ended = True
                    break
                together.append(another)
                count += len(another[0])
            self._append(together)

    def _append(self, together: list[_Waiting]) -> None:
        try:
            entries = self.log.append(*(draft for drafts, _ in together for draft in drafts))
        except UnreadableEntryError as error:
            # Under somebody's key stands what is no entry: the others shall not wait for that.
            if len(together) == 1:
                together[0][1].set_exception(error)
            else:
                for one in together:
                    self._append([one])
            return
        except Exception as error:  # whatever it is, those who wait are told; the next ones try again
            for _, future in together:
                future.set_exception(error)
            return
        drafted = [draft for drafts, _ in together for draft in drafts]
        fresh = [d for d, entry in zip(drafted, entries, strict=True) if not entry.is_earlier]
        if fresh:  # there was room for these, which is as good as having looked
            self._room = max(_LEAST_ROOM, *(sum(len(text.encode()) for text in d.says.values()) for d in fresh))
            self._looked = (time.monotonic(), None)
        place = 0
        for drafts, future in together:
            future.set_result(entries[place : place + len(drafts)])
            place += len(drafts)
