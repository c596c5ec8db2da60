"""Reading the body of a request: within a bound of depth, and strictly.

A name given twice, a number that is none (`NaN`), half of a surrogate pair: what JSON readers let pass or disagree
about is refused, so that a case says one thing to everybody.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute
from pydantic import ValidationError

from mutandis.suggest import did_you_mean
from mutandis_service.models import QUESTIONS
from mutandis_service.problems import ProblemError
from mutandis_service.service import KEY, asking, has_key_in_order

_SHOWN = 60


def read_json(body: bytes, deepest: int) -> Any:
    """What the bytes say. Raises `ProblemError` for what is no JSON, or JSON that can be read in two ways."""
    try:
        read = _DECODER.decode(body.decode("utf-8-sig"))  # some programs begin texts with a mark of the byte order
    except RecursionError:
        raise _too_deep(deepest) from None
    except UnicodeDecodeError:
        raise ProblemError("unreadable", "the body is no text in UTF-8", "send JSON in UTF-8") from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        message = f"the body is no JSON: {error.msg[:1].lower()}{error.msg[1:]}, {where}"
        raise ProblemError("unreadable", message, "check quotes, commas and brackets there") from None
    except ValueError:  # a number of thousands of digits
        raise ProblemError("unreadable", "the body has a number that is too long", "no fact is as large") from None
    if body.count(b"[") + body.count(b"{") > deepest and _depth(read) > deepest:
        raise _too_deep(deepest)
    if b"\\u" in body:
        _refuse_half_pairs(read)
    return read


def _too_deep(deepest: int) -> ProblemError:
    return ProblemError("unreadable", f"the body is nested deeper than {deepest}", "no case needs that: see /docs")


def in_one_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object of some members. Raises `ProblemError` where a name stands there twice."""
    found = dict(pairs)
    if len(found) != len(pairs):
        twice = next(name for name, times in Counter(name for name, _ in pairs).items() if times > 1)
        raise ProblemError("unreadable", f"`{twice[:_SHOWN]}` stands twice in one object", "keep one of the two")
    return found


def _constant(name: str) -> object:
    raise ProblemError("unreadable", f"`{name}` is no number of JSON", "leave out what is not known")


_DECODER = json.JSONDecoder(object_pairs_hook=in_one_object, parse_constant=_constant)


def _depth(value: object) -> int:
    deepest, left = 0, [(value, 1)]
    while left:
        one, depth = left.pop()
        if isinstance(one, dict | list):
            deepest = max(deepest, depth)
            left.extend((inner, depth + 1) for inner in (one.values() if isinstance(one, dict) else one))
    return deepest


def _refuse_half_pairs(value: object) -> None:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise ProblemError("unreadable", "the body has half of a surrogate pair", "write the whole character") from None


class StrictRoute(APIRoute):
    """A route whose bodies are read by `read_json`.

    A question that is in order goes straight to what answers it, with the model that the path has in `QUESTIONS` and
    with who asks; whatever is wrong with one is found and told by the framework, which takes twice as long for both.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler of the framework, given requests that read strictly."""
        handle = super().get_route_handler()

        known = [one.alias for one in self.dependant.query_params]
        model = QUESTIONS.get(self.path)

        async def strictly(request: Request) -> Response:
            if self.path.startswith("/v1/"):
                _refuse_other_parameters(request, known)
            if request.method == "POST" and not _says_json(request):
                help_ = "say `Content-Type: application/json`; with curl, `--json`"
                raise ProblemError("wrong-media-type", "the request does not say that it is JSON", help_)
            packed = request.headers.get("content-encoding", "identity").strip().lower()
            if request.method == "POST" and packed != "identity":
                detail = f"the body is packed as `{packed[:_SHOWN]}`, which this service does not unpack"
                raise ProblemError("wrong-media-type", detail, "send it without Content-Encoding")
            strict = _StrictRequest(request.scope, request.receive)
            if model is None or not has_key_in_order(request) or not await strict.body():
                return await handle(strict)
            try:
                asked = model.model_validate(await strict.json())
            except ValidationError:
                return await handle(strict)
            answer: Response = await self.endpoint(asked, await asking(strict, request.headers.get(KEY, "")))
            return answer

        return strictly


def _refuse_other_parameters(request: Request, known: Sequence[str]) -> None:
    """Raise `ProblemError` for a parameter in the address that this path does not have, or that stands there twice."""
    names = [name for name, _ in request.query_params.multi_items()]
    for name in names:
        shown = f"`{name[:_SHOWN]}`"
        if name not in known:
            help_ = did_you_mean(name, known, "leave it out" if known else "say it in the body, or leave it out")
            raise ProblemError("wrong-request", f"`{request.url.path}` has no parameter {shown}", help_)
        if names.count(name) > 1:
            raise ProblemError("wrong-request", f"{shown} stands twice in the address", "keep one of the two")


def _says_json(request: Request) -> bool:
    """True for a request that says that it is JSON, and for one without a body, which need not say what it is."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    is_json = kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json"))
    has_body = "transfer-encoding" in request.headers or request.headers.get("content-length", "0") != "0"
    return is_json or not has_body


class _StrictRequest(Request):
    async def json(self) -> Any:
        return read_json(await self.body(), self.app.state.service.settings.deepest)
