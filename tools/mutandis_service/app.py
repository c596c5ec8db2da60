"""The application: routes, the limits around them, and what each question is answered with."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Annotated, Any, TypeVar

from fastapi import Depends, FastAPI, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware

from mutandis import __version__
from mutandis.decide.result import Decision
from mutandis.diagnostics import CaseError
from mutandis_log.entry import Draft
from mutandis_service import answers, recording, views
from mutandis_service.callers import Authenticate
from mutandis_service.guard import Guard
from mutandis_service.models import (
    QUESTIONS,
    AssessQuestion,
    BatchQuestion,
    DecideQuestion,
    ExplainQuestion,
    ExplainValueQuestion,
    Name,
    NextQuestion,
    ValueQuestion,
    WhenQuestion,
    WhenValueQuestion,
    WhyNotQuestion,
    WhyNotValueQuestion,
)
from mutandis_service.observing import Observed
from mutandis_service.openapi import DOCUMENTED, describe
from mutandis_service.problems import (
    ProblemError,
    answer_case_error,
    answer_http,
    answer_problem,
    wrong_request,
)
from mutandis_service.reading import StrictRoute
from mutandis_service.rulebooks import Rulebooks
from mutandis_service.service import Asking, Service, asking
from mutandis_service.settings import Settings

Route = TypeVar("Route", bound=Callable[..., Any])

SEARCHING = 0.8
"""The part of the time for one answer that a search may take; the rest is for telling what it found."""

Ask = Annotated[Asking, Depends(asking)]
RulebookQuery = Annotated[Name, Query(description="Which rulebook; without it, the first.")]


def create_app(
    settings: Settings | None = None,
    *,
    authenticate: Authenticate | None = None,
    rulebooks: Rulebooks | None = None,
) -> FastAPI:
    """The service as an ASGI application. Rulebooks are loaded here, before anything is asked.

    `authenticate` tells who asks, in place of the settings' keys. Raises `NoRulebookError`, `RulebookError` for
    rulebooks that are not there or cannot be used, `MutandisError` for a file of keys that is none.
    """
    service = Service.of(settings or Settings(), authenticate, rulebooks)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        watching = asyncio.create_task(service.watch())
        if service.settings.reload_on_hup:
            loop = asyncio.get_running_loop()
            loop.add_signal_handler(signal.SIGHUP, lambda: loop.run_in_executor(None, service.reload))
        yield
        watching.cancel()
        service.close()

    app = FastAPI(
        title="Mutandis",
        summary="Decisions by statutes, with the provision behind every word.",
        version=__version__,
        lifespan=lifespan,
        redirect_slashes=False,
        generate_unique_id_function=lambda route: route.name,
        openapi_tags=[
            {"name": "questions", "description": "Questions about a case."},
            {"name": "rulebooks", "description": "What is loaded."},
            {"name": "service", "description": "The service itself."},
        ],
    )
    app.state.service = service
    app.router.route_class = StrictRoute
    limits = service.settings
    app.add_middleware(Guard, most_bytes=limits.most_bytes, seconds=limits.seconds, show_cases=limits.show_cases)
    if limits.origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=limits.origins,
            allow_methods=["GET", "POST"],
            allow_headers=["Authorization", "Content-Type", "Idempotency-Key", "X-API-Key"],
            expose_headers=["Idempotency-Replayed", "Mutandis-Record", "Mutandis-Rulebook", "Retry-After"],
        )
    if service.metrics is not None or service.traces is not None:
        app.add_middleware(Observed, metrics=service.metrics, traces=service.traces)
    _add_handlers(app)
    _add_questions(app)
    _add_views(app)
    _add_service(app)
    describe(app)
    return app


def _add_handlers(app: FastAPI) -> None:
    known = {path: model.model_fields for path, model in QUESTIONS.items()}

    async def answer_wrong_request(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)  # registered for these
        here = {request.url.path: known[request.url.path]} if request.url.path in known else known
        return wrong_request(error, here).response()

    app.add_exception_handler(ProblemError, answer_problem)
    app.add_exception_handler(CaseError, answer_case_error)
    app.add_exception_handler(RequestValidationError, answer_wrong_request)
    app.add_exception_handler(HTTPException, answer_http)


def _json(text: str, ask: Asking) -> Response:
    return Response(text.encode(), media_type="application/json", headers=ask.headers)


def _data(value: object, ask: Asking) -> Response:
    return JSONResponse(value, headers=ask.headers)


def _add_questions(app: FastAPI) -> None:
    def question(path: str) -> Callable[[Route], Route]:
        return app.post(path, tags=["questions"], **DOCUMENTED[path])

    @question("/v1/decide")
    async def decide(asked: DecideQuestion, ask: Ask) -> Response:
        """Whether an action may, must or must not be done in a case, with every provision the answer rests on.

        A fact that is left out is not known: the verdict is then `undetermined` where it matters, `missing` names
        what would settle it, and the status is 200 all the same.
        """
        version = ask.choose(asked)
        if ask.service.writer is None:

            def decide_only(over: object) -> str:
                decision = answers.decide(version, asked)
                ask.count(version, [decision])
                return answers.decision_text(decision, asked.parts)

            return _json(await ask.answer(decide_only), ask)

        def work(over: object) -> tuple[Decision, Draft]:
            decision = answers.decide(version, asked)
            return decision, recording.draft_of_decision(
                version, asked, decision, asked.facts, asked.at, ask.caller.name, ask.key
            )

        decision, draft = await ask.answer(work)
        (entry,) = await ask.keep([draft])
        ask.count(version, [decision])
        return _json(answers.told_text(entry, decision, asked.parts), ask)

    @question("/v1/assess")
    async def assess(asked: AssessQuestion, ask: Ask) -> Response:
        """Everything that binds in a case, over all actions: a decision for each that the law speaks to."""
        version, asker = ask.choose(asked), ask.caller.name

        def work(over: object) -> tuple[str, Draft | None]:
            found = answers.assess(version, asked)
            ask.count(version, found)
            text = f"[{','.join(answers.decision_text(d, asked.parts) for d in found)}]"
            if ask.service.writer is None:
                return text, None
            return text, recording.draft_of_assessment(version, asked, found, asker, ask.key)

        text, draft = await ask.answer(work, long=True)
        if draft is not None:
            (entry,) = await ask.keep([draft])
            if entry.is_earlier:
                text = answers.text_on_record(entry, asked.parts)
        return _json(text, ask)

    @question("/v1/next-question")
    async def ask_next(asked: NextQuestion, ask: Ask) -> Response:
        """The question whose answer settles most, for a form that asks one thing at a time."""
        version = ask.choose(asked)
        return _json(await ask.answer(lambda over: answers.next_question_text(version, asked), long=True), ask)

    @question("/v1/why-not")
    async def ask_why_not(asked: WhyNotQuestion, ask: Ask) -> Response:
        """The fewest facts that would have to be different for another verdict; each result was decided again.

        A search that takes too long ends with what it has found; `searched_to` says up to how many facts it changed.
        """
        version = ask.choose(asked)
        seconds = ask.service.settings.seconds * SEARCHING
        return _json(await ask.answer(lambda over: answers.why_not_text(version, asked, seconds), long=True), ask)

    @question("/v1/when")
    async def ask_when(asked: WhenQuestion, ask: Ask) -> Response:
        """From when, and until when, each verdict holds on these facts, by the law of each day or of `law_as_of`."""
        version = ask.choose(asked)
        return _json(await ask.answer(lambda over: answers.when_text(version, asked), long=True), ask)

    @question("/v1/explain")
    async def explain(asked: ExplainQuestion, ask: Ask) -> Response:
        """The tree from the verdict down to each fact: every norm about the action, and why it applies or not."""
        version = ask.choose(asked)
        return _json(await ask.answer(lambda over: answers.explanation_text(version, asked), long=True), ask)

    @question("/v1/value")
    async def value(asked: ValueQuestion, ask: Ask) -> Response:
        """What a fact comes to in a case, above all one that rules derive, and the provisions that give it."""
        version = ask.choose(asked)
        return _json(await ask.answer(lambda over: answers.value_text(version, asked)), ask)

    @question("/v1/value/why-not")
    async def ask_why_not_value(asked: WhyNotValueQuestion, ask: Ask) -> Response:
        """The fewest facts that would have to be different for another value of the fact; of a yes/no fact, the other.

        A search that takes too long ends with what it has found; `searched_to` says up to how many facts it changed.
        """
        version = ask.choose(asked)
        seconds = ask.service.settings.seconds * SEARCHING
        return _json(await ask.answer(lambda over: answers.why_not_value_text(version, asked, seconds), long=True), ask)

    @question("/v1/value/when")
    async def ask_when_value(asked: WhenValueQuestion, ask: Ask) -> Response:
        """From when, and until when, the fact has each value on the other facts of the case."""
        version = ask.choose(asked)
        return _json(await ask.answer(lambda over: answers.when_value_text(version, asked), long=True), ask)

    @question("/v1/value/explain")
    async def explain_value(asked: ExplainValueQuestion, ask: Ask) -> Response:
        """The tree from the value down to each fact: every definition of it, and why it applies or not."""
        version = ask.choose(asked)
        return _json(await ask.answer(lambda over: answers.value_explanation_text(version, asked), long=True), ask)

    @question("/v1/batch")
    async def batch(asked: BatchQuestion, ask: Ask) -> Response:
        """One action in many cases. A case that is wrong is told in its place and stops no other."""
        version, most = ask.choose(asked), ask.service.settings.most_cases
        if len(asked.cases) > most:
            detail = f"a batch has at most {most:,} cases, this one has {len(asked.cases):,}"
            raise ProblemError("wrong-request", detail, "ask in several batches")

        def work(over: Any) -> tuple[list[Decision | ProblemError], list[Draft]]:
            found = answers.batch(version, asked, over)
            return found, recording.drafts_of_batch(version, asked, found, ask.caller.name, ask.key)

        def decide_only(over: Any) -> str:
            found = answers.batch(version, asked, over)
            ask.count(version, found)
            return answers.batch_text(asked, found)

        if ask.service.writer is None:
            return _json(await ask.answer(decide_only, long=True), ask)
        found, drafts = await ask.answer(work, long=True)
        entries = await ask.keep(drafts) if drafts else []
        ask.count(version, found)
        return _json(answers.batch_text(asked, found, entries), ask)


def _asked(description: str, example: str) -> Any:
    """What an address says after `?`, with an example about the rulebook that ships."""
    return Query(description=description, openapi_examples={"shipped": {"value": example}})


def _add_views(app: FastAPI) -> None:
    def view(path: str) -> Callable[[Route], Route]:
        return app.get(path, tags=["rulebooks"], **DOCUMENTED[path])

    @view("/v1/rulebooks")
    async def list_rulebooks(ask: Ask) -> Any:
        """The loaded rulebooks and versions, the one that is meant without a name first."""
        seen = [v for v in ask.service.rulebooks.current if ask.may_ask(v)]
        return {"rulebooks": [views.version_data(version) for version in seen]}

    @view("/v1/actions")
    async def list_actions(
        ask: Ask,
        rulebook: RulebookQuery = "",
        search: Annotated[Name, _asked("Only actions whose name or label has this in it.", "temporary release")] = "",
    ) -> Response:
        """The actions of a rulebook, by name."""
        version = ask.choose_named(rulebook)
        return _data({"actions": views.actions_data(version, search)}, ask)

    @view("/v1/find")
    async def find(
        ask: Ask,
        words: Annotated[Name, _asked("A person's own words.", "visit friend")],
        rulebook: RulebookQuery = "",
        most: Annotated[int, Query(ge=1, le=50, description="At most so many actions, and facts.")] = 8,
    ) -> Response:
        """The actions and facts that a person's own words speak of, best first."""
        version = ask.choose_named(rulebook)
        return _data(await ask.answer(lambda over: views.found_data(version, words, most), long=True), ask)

    @view("/v1/form")
    async def form(
        ask: Ask,
        action: Annotated[Name, _asked("An action.", "grant temporary_release")],
        rulebook: RulebookQuery = "",
    ) -> Response:
        """The facts an answer about an action can turn on: what a form asks for."""
        version = ask.choose_named(rulebook)
        return _data(await ask.answer(lambda over: views.form_data(version, action), long=True), ask)

    @view("/v1/graph")
    async def graph(
        ask: Ask,
        node: Annotated[Name, _asked("A provision, an action or a derived fact.", "act/77(2)")],
        rulebook: RulebookQuery = "",
        reverse: Annotated[bool, Query(description="What depends on it, not what it depends on.")] = False,
        depth: Annotated[int | None, Query(ge=1, le=100, description="At most so many steps away.")] = None,
    ) -> Response:
        """What a provision depends on, or what depends on it."""
        version = ask.choose_named(rulebook)
        return _data(await ask.answer(lambda over: views.graph_data(version, node, reverse, depth), long=True), ask)

    @view("/v1/diff")
    async def diff(
        ask: Ask,
        old: Annotated[Name, _asked("A loaded rulebook: name, `name@day` or hash.", "rulebook")],
        new: Annotated[Name, _asked("Another, or a later version of it.", "rulebook")],
    ) -> Response:
        """How two loaded versions differ: declarations, touched actions, and with files at hand rules and cases."""
        before, after = ask.choose_named(old), ask.choose_named(new)
        return _data(await ask.answer(lambda over: views.difference_data(before, after), long=True), ask)


def _add_service(app: FastAPI) -> None:
    @app.post("/v1/reload", tags=["service"], **DOCUMENTED["/v1/reload"])
    async def reload(ask: Ask) -> Any:
        """Load the rulebooks again. What is being answered is answered by the version it began with."""
        ask.must("reload")
        came = await asyncio.to_thread(ask.service.reload)
        failed = [{"name": named.told, "reason": reason} for named, reason in came.failed]
        return {"changed": [views.version_data(version) for version in came.changed], "failed": failed}

    @app.get("/metrics", tags=["service"], **DOCUMENTED["/metrics"])
    async def metrics(ask: Ask) -> Response:
        """Figures for Prometheus, kept with `--metrics`: requests by path and status, times, decisions by verdict."""
        ask.must("metrics")
        if ask.service.metrics is None:
            raise ProblemError("not-found", "this service keeps no figures", "start it with --metrics")
        text, media_type = ask.service.metrics.text()
        return Response(text, media_type=media_type)

    @app.get("/", include_in_schema=False)
    async def begin() -> Response:
        return RedirectResponse("/docs")

    @app.get("/health", tags=["service"], **DOCUMENTED["/health"])
    async def health(request: Request) -> Any:
        """That the service runs. Nobody has to say who asks."""
        return {"status": "ok", "program": __version__}

    @app.get("/ready", tags=["service"], **DOCUMENTED["/ready"])
    async def ready(request: Request) -> Any:
        """That the service answers, by which rulebooks, and that what it decides can be put on record."""
        service: Service = request.app.state.service
        await service.check_log()
        told = [f"{version.named.told} {version.hash[:12]}" for version in service.rulebooks.current]
        return {"status": "ready", "program": __version__, "rulebooks": told}
