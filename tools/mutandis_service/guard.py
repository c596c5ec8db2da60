"""What stands before every request: bodies within bounds, and an answer even where the service fails."""

from __future__ import annotations

import asyncio
import logging

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mutandis_service.problems import ProblemError

log = logging.getLogger("mutandis.service")


def _without_body(send: Send) -> Send:
    async def sent(message: Message) -> None:
        await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

    return sent


class Guard:
    """Refuses bodies of more than so many bytes before they are read, and those that do not come to their end within so
    many seconds; tells a failure as a problem.

    What an exception says may hold facts of a case: the program's log has its type, and with `show_cases` its words
    and trace.
    """

    def __init__(self, app: ASGIApp, most_bytes: int, seconds: float, show_cases: bool) -> None:
        self._app = app
        self._most = most_bytes
        self._seconds = seconds
        self._show_cases = show_cases

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its body counted."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["method"] == "HEAD":  # asked as GET is, and answered without a body
            scope, send = {**scope, "method": "GET"}, _without_body(send)
        stated = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
        if stated.isdigit() and int(stated) > self._most:
            await self._too_large().response()(scope, receive, send)
            return
        taken, has_begun, is_whole = 0, False, False
        end = asyncio.get_running_loop().time() + self._seconds

        async def counted() -> Message:
            nonlocal taken, is_whole
            if is_whole:  # what comes now is only that the caller has gone
                return await receive()
            try:
                async with asyncio.timeout_at(end):
                    message = await receive()
            except TimeoutError:
                detail = f"the request did not come to its end within {self._seconds:g} s"
                raise ProblemError("unfinished", detail, "send it whole") from None
            is_whole = not message.get("more_body", False)
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
