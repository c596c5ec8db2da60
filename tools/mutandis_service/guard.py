"""What stands before every request: bodies within bounds, and an answer even where the service fails."""

from __future__ import annotations

import logging

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mutandis_service.problems import ProblemError

log = logging.getLogger("mutandis.service")


class Guard:
    """Refuses bodies of more than so many bytes before they are read; tells a failure as a problem.

    What an exception says may hold facts of a case: the program's log has its type, and with `show_cases` its words
    and trace.
    """

    def __init__(self, app: ASGIApp, most_bytes: int, show_cases: bool) -> None:
        self._app = app
        self._most = most_bytes
        self._show_cases = show_cases

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its body counted."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        stated = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
        if stated.isdigit() and int(stated) > self._most:
            await self._too_large().response()(scope, receive, send)
            return
        taken, has_begun = 0, False

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self._most:
                raise self._too_large()
            return message

        async def sent(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            await self._app(scope, counted, sent)
        except Exception as error:
            told = error if self._show_cases else None
            log.error("%s %s failed: %s", scope["method"], scope["path"], type(error).__name__, exc_info=told)
            if has_begun:
                raise
            problem = ProblemError("failed", "the fault is the service's", "report it with what was asked")
            await problem.response()(scope, receive, send)

    def _too_large(self) -> ProblemError:
        return ProblemError(
            "too-large", f"a request has at most {self._most:,} bytes", "ask about fewer cases at a time"
        )
