"""What cannot be answered is told as problem details, with what is wrong and what to do."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any

import pytest
from fastapi.testclient import TestClient
from tests.service.conftest import ADULT, Serve

from mutandis_service import answers
from mutandis_service.problems import MEDIA_TYPE, MOST_TOLD, PROBLEMS, ProblemError
from mutandis_service.reading import in_one_object

LEND: dict[str, Any] = {"action": "lend book", "at": "2020-03-01", "facts": ADULT}


def _problem(answer: Any, kind: str) -> dict[str, Any]:
    told: dict[str, Any] = answer.json()
    assert answer.headers["content-type"] == MEDIA_TYPE
    assert told["type"] == f"urn:mutandis:problem:{kind}"
    assert (answer.status_code, told["status"], told["title"]) == (PROBLEMS[kind][0], *PROBLEMS[kind])
    return told


@pytest.mark.parametrize(
    ("asked", "kind", "help_"),
    [
        ({**LEND, "action": "lend bok"}, "wrong-case", "did you mean `lend book`?"),
        ({**LEND, "facts": {"reader.clas": "adult"}}, "wrong-case", "did you mean `reader.class`?"),
        (
            {**LEND, "facts": {"reader.class": "adul"}},
            "wrong-case",
            "did you mean `adult`? (allowed: `adult`, `child`, `guest`)",
        ),
        ({**LEND, "by": "libarian"}, "wrong-case", "did you mean `librarian`?"),
        ({**LEND, "fact": {}}, "wrong-request", "did you mean `facts`?"),
        ({"facts": {}}, "wrong-request", "add it; /docs shows an example"),
        ({**LEND, "rulebook": "libary"}, "no-rulebook", "did you mean `library`?"),
        ([], "wrong-request", "/docs shows an example"),
    ],
)
def test_what_is_wrong_is_told_with_what_to_do(client: TestClient, asked: object, kind: str, help_: str) -> None:
    assert _problem(client.post("/v1/decide", json=asked), kind)["help"] == help_


def test_every_fault_of_a_case_is_told_at_once(client: TestClient) -> None:
    asked = {**LEND, "facts": {"reader.clas": "adult", "loan.length": "ten"}}
    told = _problem(client.post("/v1/decide", json=asked), "wrong-case")
    assert sorted(one["slug"] for one in told["diagnostics"]) == ["unknown-fact", "wrong-fact-type"]
    assert all(one["code"].startswith("MUT") for one in told["diagnostics"])


@pytest.mark.parametrize(
    "wrong",
    [
        {"parts": ["citatio"] * 300},
        {f"member{k}": 1 for k in range(300)},
        {"facts": {f"r{k}.x": 1 for k in range(300)}},
    ],
)
def test_of_many_faults_a_hundred_are_told(client: TestClient, wrong: dict[str, object]) -> None:
    answer = client.post("/v1/decide", json={**LEND, **wrong})
    told = answer.json()
    assert answer.status_code == 422 and told["detail"].endswith(", and 299 more")
    assert len(told["diagnostics"]) == MOST_TOLD == 100


@pytest.mark.parametrize("path", ["next-question", "why-not", "explain", "batch", "assess"])
def test_every_question_tells_facts_and_actions_that_there_are_not(client: TestClient, path: str) -> None:
    asked: dict[str, Any] = {"facts": {"reader.clas": "adult"}}
    if path == "batch":
        asked = {"cases": [{"facts": {}}]}
    if path != "assess":
        asked["action"] = "lend bok"
    _problem(client.post(f"/v1/{path}", json=asked), "wrong-case")


@pytest.mark.parametrize("written", ["2020-02-30", "yesterday", "2020-03-01T10:00+09:00", "2020-03-01T25:00", ""])
def test_dates_that_there_are_not_are_named(client: TestClient, written: str) -> None:
    told = _problem(client.post("/v1/decide", json={**LEND, "at": written}), "wrong-request")
    assert told["detail"].startswith("`at`: ") and told["diagnostics"][0]["place"] == "at"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b'{"action": "a", "action": "b"}', "`action` stands twice in one object"),
        (b'{"facts": {"reader.fees_owed": NaN}}', "`NaN` is no number of JSON"),
        (b'{"action": "\\ud800"}', "half of a surrogate pair"),
        (b'{"action": "\xff"}', "UTF-8"),
        (b'{"action": ', "line 1, column"),
        (b'{"action": ' + b"9" * 5000 + b"}", "has a number that is too long"),
        (b"[" * 200 + b"]" * 200, "nested deeper than 32"),
        (b"[" * 100_000 + b"]" * 100_000, "nested deeper than 32"),
    ],
)
def test_json_that_can_be_read_in_two_ways_is_not_read(client: TestClient, body: bytes, words: str) -> None:
    answer = client.post("/v1/decide", content=body, headers={"Content-Type": "application/json"})
    assert words in _problem(answer, "unreadable")["detail"]


def test_a_name_that_stands_twice_among_many_is_found_by_counting_each_once() -> None:
    compared = 0

    class Name(str):
        __slots__ = ()
        __hash__ = str.__hash__

        def __eq__(self, other: object) -> bool:
            nonlocal compared
            compared += 1
            return str.__eq__(self, other)

    names = [Name(k) for k in [*range(200), 199]]
    with pytest.raises(ProblemError, match="`199` stands twice"):
        in_one_object([(name, 1) for name in names])
    assert compared < 10 * len(names)


def test_a_mark_of_the_byte_order_is_no_part_of_a_question(client: TestClient) -> None:
    marked = b"\xef\xbb\xbf" + json.dumps(LEND).encode()
    answer = client.post("/v1/decide", content=marked, headers={"Content-Type": "application/json"})
    assert answer.json() == client.post("/v1/decide", json=LEND).json()


@pytest.mark.parametrize(
    ("address", "detail", "help_"),
    [
        ("/v1/actions?serch=lend", "`/v1/actions` has no parameter `serch`", "did you mean `search`?"),
        ("/v1/form?action=lend%20book&action=x", "`action` stands twice in the address", "keep one of the two"),
        ("/v1/rulebooks?all=1", "`/v1/rulebooks` has no parameter `all`", "say it in the body, or leave it out"),
    ],
)
def test_what_an_address_says_is_read_or_told(client: TestClient, address: str, detail: str, help_: str) -> None:
    told = _problem(client.get(address), "wrong-request")
    assert (told["detail"], told["help"]) == (detail, help_)


def test_a_question_is_asked_of_no_rulebook_that_its_address_names(client: TestClient) -> None:
    _problem(client.post("/v1/decide?rulebook=library", json=LEND), "wrong-request")


def test_facts_that_stand_in_a_case_of_a_batch_by_themselves_are_told(client: TestClient) -> None:
    told = _problem(client.post("/v1/batch", json={"action": "lend book", "cases": [ADULT]}), "wrong-request")
    assert told["detail"].startswith("a case of a batch has no member `cases[0].reader`")
    assert '"facts"' in told["help"]


def test_a_form_is_no_question(client: TestClient) -> None:
    answer = client.post("/v1/decide", data={"action": "lend book"})
    assert "--json" in _problem(answer, "wrong-media-type")["help"]


def test_other_paths_and_methods_are_problems_too(client: TestClient) -> None:
    _problem(client.get("/v2"), "not-found")
    answer = client.get("/v1/decide")
    assert answer.headers["allow"] == "POST"
    _problem(answer, "wrong-method")


@pytest.mark.parametrize("chunked", [False, True])
def test_a_request_that_is_too_large_is_not_read(serve: Serve, chunked: bool) -> None:
    body = json.dumps({**LEND, "facts": {"x": "x" * 2000}}).encode()
    content: Any = iter([body[:1000], body[1000:]]) if chunked else body
    answer = serve(most_bytes=1500).post("/v1/decide", content=content, headers={"Content-Type": "application/json"})
    assert "1,500 bytes" in _problem(answer, "too-large")["detail"]


@pytest.mark.parametrize("pieces", [0, 1_000])
def test_a_request_that_does_not_come_to_its_end_is_given_up(serve: Serve, pieces: int) -> None:
    app = serve(seconds=0.05).app
    sent: list[Any] = []
    left = iter(range(pieces))

    async def slowly() -> Any:
        if next(left, None) is None:
            return await asyncio.Event().wait()
        await asyncio.sleep(0.01)
        return {"type": "http.request", "body": b" ", "more_body": True}

    async def answered(message: Any) -> None:
        sent.append(message)

    headers = [(b"content-type", b"application/json")]
    scope = {"type": "http", "method": "POST", "path": "/v1/decide", "headers": headers, "query_string": b""}
    asyncio.run(app({**scope, "raw_path": b"/v1/decide", "root_path": "", "client": None}, slowly, answered))  # type: ignore[arg-type]
    assert (sent[0]["status"], json.loads(sent[1]["body"])["type"]) == (408, "urn:mutandis:problem:unfinished")
    assert next(left, 0) < 100


def test_a_batch_has_so_many_cases_at_most(serve: Serve) -> None:
    asked = {"action": "lend book", "cases": [{"facts": {}}] * 3}
    assert "at most 2 cases" in _problem(serve(most_cases=2).post("/v1/batch", json=asked), "wrong-request")["detail"]


def test_an_answer_that_takes_too_long_is_broken_off(serve: Serve) -> None:
    asked = {"action": "lend book", "cases": [{"facts": ADULT}] * 5000}
    answer = serve(seconds=0.01).post("/v1/batch", json=asked)
    _problem(answer, "too-slow")


def test_who_asks_too_often_is_told_when_to_ask_again(serve: Serve) -> None:
    client = serve(rate=0.5)
    assert client.post("/v1/decide", json=LEND).status_code == 200
    answer = client.post("/v1/decide", json=LEND)
    assert int(answer.headers["retry-after"]) >= 1
    _problem(answer, "too-many")


@pytest.mark.parametrize("show_cases", [False, True])
def test_a_failure_is_a_problem_and_tells_the_log_nothing_of_the_case_unless_asked(
    serve: Serve, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, show_cases: bool
) -> None:
    def fail(version: object, asked: Any) -> None:
        raise KeyError(asked.facts["reader"]["class"])

    monkeypatch.setattr(answers, "decide", fail)
    with caplog.at_level(logging.ERROR, "mutandis.service"):
        answer = serve(show_cases=show_cases).post("/v1/decide", json=LEND)
    assert "adult" not in answer.text
    _problem(answer, "failed")
    assert "KeyError" in caplog.text and ("adult" in caplog.text) is show_cases


@pytest.mark.parametrize(
    ("asked", "message", "help_"),
    [
        ({**LEND, "action": 5}, "`action` is a text, not 5", "give a text; /docs shows an example"),
        (
            {**LEND, "facts": [1]},
            "`facts` is an object with members, not [1]",
            "give an object with members; /docs shows an example",
        ),
        ({**LEND, "holidays": "none"}, '`holidays` is a list, not "none"', "give a list; /docs shows an example"),
        ({**LEND, "at": 20200301}, "`at` is a text, not 20200301", "give a text; /docs shows an example"),
        (
            {**LEND, "parts": ["citation"]},
            '`parts[0]` is not one of those that there are: "citation"',
            "did you mean `citations`?",
        ),
        ({**LEND, "action": "a" * 300}, "`action` has at most 200 characters", "/docs shows what there may be"),
    ],
)
def test_members_of_another_kind_are_told_in_plain_words(
    client: TestClient, asked: object, message: str, help_: str
) -> None:
    told = _problem(client.post("/v1/decide", json=asked), "wrong-request")
    assert (told["detail"], told["help"]) == (message, help_)


@pytest.mark.parametrize("written", ["2020-03-01T10:00:00Z", "2020-03-01T10:00:00.123456"])
def test_moments_that_are_none_of_a_case_are_told(client: TestClient, written: str) -> None:
    told = _problem(client.post("/v1/decide", json={**LEND, "at": written}), "wrong-request")
    help_ = "write the local time, to the second at most and without an offset, like 2020-03-01T10:00"
    assert told["detail"] == f"`at`: `{written}` is no moment; {help_}"


@pytest.mark.parametrize("length", [{}, {"content-length": "0"}])
def test_a_request_without_a_body_need_not_say_that_it_is_json(client: TestClient, length: dict[str, str]) -> None:
    def send(path: str, **headers: str) -> Any:
        request = client.build_request("POST", path)
        del request.headers["content-length"]
        request.headers.update({**length, **headers})
        return client.send(request)

    assert send("/v1/reload").json() == {"changed": [], "failed": []}
    assert _problem(send("/v1/decide"), "wrong-request")["detail"] == "the body is missing"


def test_a_body_in_parts_has_to_say_that_it_is_json(client: TestClient) -> None:
    answer = client.post("/v1/decide", content=iter([b"{}"]))
    assert answer.request.headers["transfer-encoding"] == "chunked"
    _problem(answer, "wrong-media-type")


def test_what_can_be_got_can_be_asked_for_its_head(client: TestClient) -> None:
    for path in ("/health", "/ready", "/v1/actions"):
        answer = client.head(path)
        assert (answer.status_code, answer.content) == (200, b"")
        assert int(answer.headers["content-length"]) == len(client.get(path).content)
    refused = client.head("/v1/decide")
    assert (refused.status_code, refused.headers["allow"], refused.content) == (405, "POST", b"")


def test_a_path_with_a_slip_is_told_the_one_that_is_meant(client: TestClient) -> None:
    assert _problem(client.post("/v1/decide/", json=LEND), "not-found")["help"] == "did you mean `/v1/decide`?"


def test_a_packed_body_is_refused(client: TestClient) -> None:
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    told = _problem(client.post("/v1/decide", content=b"{}", headers=headers), "wrong-media-type")
    assert told["help"] == "send it without Content-Encoding"


def test_pages_from_elsewhere_may_ask_where_they_are_let(serve: Serve) -> None:
    asked = {"Origin": "https://desk.example", "Access-Control-Request-Method": "POST"}
    headers = {**asked, "Access-Control-Request-Headers": "content-type, x-api-key"}
    _problem(serve().options("/v1/decide", headers=headers), "wrong-method")
    client = serve(origins=("https://desk.example",))
    before = client.options("/v1/decide", headers=headers)
    assert (before.status_code, before.headers["access-control-allow-origin"]) == (200, "https://desk.example")
    for body in (LEND, {**LEND, "action": "lend bok"}):
        answer = client.post("/v1/decide", json=body, headers={"Origin": "https://desk.example"})
        assert answer.headers["access-control-allow-origin"] == "https://desk.example"
    other = client.post("/v1/decide", json=LEND, headers={"Origin": "https://other.example"})
    assert "access-control-allow-origin" not in other.headers


def test_a_search_ends_within_its_time_with_what_it_found(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    owing = {**ADULT, "reader": {"class": "adult", "fees_owed": "20000 won"}}
    asked = {**LEND, "facts": owing, "wanted": "permitted"}
    assert serve().post("/v1/why-not", json=asked).json()["results"]
    monkeypatch.setattr("mutandis_service.app.SEARCHING", 0.0)
    cut = serve().post("/v1/why-not", json=asked)
    assert (cut.status_code, cut.json()["results"], cut.json()["searched_to"]) == (200, [], 0)
