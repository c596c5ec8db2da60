"""What the service answers where it cannot answer: problem details (RFC 9457) with the engine's own diagnostics.

`type` is `urn:mutandis:problem:` and a name of the table below. `diagnostics` have what is wrong and what to do. A
missing fact is no problem: it is an outcome.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from fastapi import HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException as PlainHTTPException

from mutandis.diagnostics import CaseError, Diagnostic
from mutandis.suggest import did_you_mean

_SHOWN = 40
MOST_TOLD = 100
"""Of so many faults of one request, or one case, each is told; of the others how many there are."""
MEDIA_TYPE = "application/problem+json"

PROBLEMS: Mapping[str, tuple[int, str]] = {
    "unreadable": (400, "the request is no JSON that can be read"),
    "unauthenticated": (401, "who asks is not known"),
    "not-allowed": (403, "whoever asks may not do this"),
    "not-found": (404, "there is nothing here"),
    "no-rulebook": (404, "no such rulebook is loaded"),
    "no-provision": (404, "the rulebook has no such provision, action or fact"),
    "wrong-method": (405, "this is asked in another way"),
    "unfinished": (408, "the request did not come to its end"),
    "no-rule-files": (409, "a bundle has no rule files"),
    "key-used": (409, "the idempotency key was used for another question"),
    "too-large": (413, "the request is too large"),
    "wrong-media-type": (415, "questions are asked in JSON"),
    "wrong-request": (422, "the request is not what is asked for here"),
    "wrong-case": (422, "the rulebook does not have what the case says or asks"),
    "too-many": (429, "too many requests"),
    "failed": (500, "the service failed"),
    "not-ready": (503, "decisions cannot be put on record now, so none is given"),
    "log-unavailable": (503, "the decision cannot be put on record, so it is not given"),
    "too-slow": (503, "the answer takes longer than this service allows"),
}
"""Every kind of problem: its status and its title."""


class ProblemError(HTTPException):
    """A request that is answered with a problem. `help` says what to do."""

    def __init__(
        self,
        kind: str,
        detail: str,
        help: str = "",
        diagnostics: Iterable[Mapping[str, object]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(PROBLEMS[kind][0], detail, dict(headers or {}))
        self.kind = kind
        self.help = help
        self.diagnostics = tuple(diagnostics)

    def as_data(self) -> dict[str, object]:
        """The problem's members, in JSON's own types."""
        status, title = PROBLEMS[self.kind]
        data: dict[str, object] = {"type": f"urn:mutandis:problem:{self.kind}", "title": title, "status": status}
        data["detail"] = self.detail
        if self.help:
            data["help"] = self.help
        if self.diagnostics:
            data["diagnostics"] = list(self.diagnostics)
        return data

    def response(self) -> Response:
        """The answer."""
        return Response(
            json.dumps(self.as_data(), ensure_ascii=True), self.status_code, headers=self.headers, media_type=MEDIA_TYPE
        )


def wrong_case(error: CaseError) -> ProblemError:
    """Facts that the vocabulary does not allow, or a question about what the rulebook does not have."""
    told = [diagnostic_data(one) for one in error.diagnostics[:MOST_TOLD]]
    first = error.diagnostics[0]
    return ProblemError("wrong-case", f"{first.message}{_and_more(error.diagnostics)}", first.help, told)


def _and_more(faults: Sequence[object]) -> str:
    return f", and {len(faults) - 1:,} more" if len(faults) > 1 else ""


def diagnostic_data(one: Diagnostic) -> dict[str, object]:
    """A diagnostic in JSON's own types; of a request there are no places in files."""
    return {"code": one.code, "slug": one.slug, "message": one.message, "help": one.help}


def wrong_request(error: RequestValidationError, known: Mapping[str, Iterable[str]]) -> ProblemError:
    """A request with members that are missing, unknown, or of another kind; `known` has the members there may be."""
    faults = error.errors()
    told = [_request_fault(one, known) for one in faults[:MOST_TOLD]]
    return ProblemError("wrong-request", f"{told[0]['message']}{_and_more(faults)}", str(told[0]["help"]), told)


def _request_fault(one: Mapping[str, Any], known: Mapping[str, Iterable[str]]) -> dict[str, object]:
    where, *inner = one["loc"]
    place = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in inner).lstrip(".")
    kind = one["type"]
    named = f"`{place}`" if place else f"the {where}"
    help_ = ""
    if kind == "json_invalid":
        message = f"the body is no JSON: {one['ctx']['error']}"
    elif kind == "missing":
        message, help_ = f"{named} is missing", "add it; /docs shows an example"
    elif kind == "extra_forbidden":
        members = sorted({name for group in known.values() for name in group})
        of_case = len(inner) > 1 and inner[0] == "cases"
        message = f"a {'case of a batch' if of_case else 'question'} has no member {named}"
        if of_case:
            help_ = 'write a case as {"facts": {…}}, with `id`, `at` … of its own beside them'
        else:
            help_ = did_you_mean(str(inner[-1]) if inner else "", members, "/docs shows the members there are")
    elif kind == "value_error":  # one of our own, in its own words
        message = f"{named}: {one['ctx']['error']}"
    elif kind == "model_attributes_type":
        message, help_ = f"{named} is an object with members", "/docs shows an example"
    else:
        message, help_ = _of_another_kind(named, kind, one)
    return {"place": place or str(where), "message": message, "help": help_}


_KINDS = {
    "string_type": "a text",
    "dict_type": "an object with members",
    "list_type": "a list",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
}
"""What is wanted where the framework finds something else."""
_BOUNDS = {
    "string_too_long": ("at most", "max_length", " characters"),
    "too_long": ("at most", "max_length", ""),
    "too_short": ("at least", "min_length", ""),
    "greater_than_equal": ("at least", "ge", ""),
    "less_than_equal": ("at most", "le", ""),
}


def _of_another_kind(named: str, kind: str, one: Mapping[str, Any]) -> tuple[str, str]:
    """What is wrong with the value of a member, and what to do."""
    context = one.get("ctx", {})
    if kind in _KINDS:
        return f"{named} is {_KINDS[kind]}, not {_shown(one['input'])}", f"give {_KINDS[kind]}; /docs shows an example"
    if kind in _BOUNDS:
        words, bound, of_what = _BOUNDS[kind]
        is_number = bound in ("ge", "le")
        return (
            f"{named} {'is' if is_number else 'has'} {words} {context[bound]:,}{of_what}",
            "/docs shows what there may be",
        )
    if kind == "literal_error":
        choices = re.findall(r"'([^']*)'", context["expected"])
        help_ = did_you_mean(str(one["input"]), choices, f"there are: {', '.join(choices)}")
        return f"{named} is not one of those that there are: {_shown(one['input'])}", help_
    return f"{named}: {one['msg'][:1].lower()}{one['msg'][1:]}", "/docs shows an example"


def _shown(value: object) -> str:
    """A value as the request has it, cut short."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 3]}..."


_HTTP_KINDS = {
    401: "unauthenticated",
    403: "not-allowed",
    404: "not-found",
    405: "wrong-method",
    415: "wrong-media-type",
}


async def answer_http(request: Request, error: Exception) -> Response:
    """The problem for what the framework refuses: no such path, another method."""
    assert isinstance(error, PlainHTTPException)  # registered for these
    kind = _HTTP_KINDS.get(error.status_code, "unreadable" if error.status_code < 500 else "failed")
    paths = [str(getattr(route, "path", "")) for route in request.app.routes]
    near = did_you_mean(request.url.path, paths, "/docs and /openapi.json say what there is")
    details = {
        "not-found": (f"there is no `{request.url.path}`", near),
        "wrong-method": (f"`{request.url.path}` is not asked by {request.method}", "see the Allow header, and /docs"),
    }
    detail, help_ = details.get(kind, (str(error.detail), ""))
    return ProblemError(kind, detail, help_, headers=error.headers).response()


async def answer_problem(request: Request, error: Exception) -> Response:
    """The problem as it was raised."""
    assert isinstance(error, ProblemError)  # registered for these
    return error.response()


async def answer_case_error(request: Request, error: Exception) -> Response:
    """The problem of a case that is not as the vocabulary allows."""
    assert isinstance(error, CaseError)  # registered for these
    return wrong_case(error).response()
