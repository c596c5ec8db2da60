"""Every question that can be asked of the service is answered as the engine answers it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

import fastapi.routing
import jsonschema
import pytest
from fastapi.testclient import TestClient
from tests.service.conftest import ADULT, LIBRARY, Serve

from mutandis import Rulebook, as_data, as_json
from mutandis.explain import as_text, explain, explain_value, value_as_text
from mutandis.questions import when_value
from mutandis.questions.when import when
from mutandis.resources import rulebook_folder
from mutandis_service import Settings, create_app, program
from mutandis_service.models import QUESTIONS
from mutandis_service.settings import VARIABLE

AT = dt.date(2020, 3, 1)
LEND: dict[str, Any] = {"action": "lend book", "at": "2020-03-01", "facts": ADULT}


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return Rulebook.load(LIBRARY)


def test_a_decision_is_the_engines_own_byte_for_byte(client: TestClient, book: Rulebook) -> None:
    answer = client.post("/v1/decide", json={**LEND, "by": "librarian"})
    assert answer.status_code == 200
    assert answer.text == as_json(book.decide("lend book", ADULT, at=AT, by="librarian"))
    assert answer.headers["mutandis-rulebook"] == book.content_hash


def test_a_missing_fact_is_an_outcome_and_no_fault(client: TestClient) -> None:
    answer = client.post("/v1/decide", json={"action": "lend book", "facts": {"reader": {"fees_owed": "0 won"}}})
    told = answer.json()
    assert (answer.status_code, told["verdict"]) == (200, "undetermined")
    assert "reader.class" in told["missing"]


def test_all_dates_reach_the_engine(client: TestClient, book: Rulebook) -> None:
    facts = {"book": {"lent_on": "2020-01-15", "asked_for_by_another": True, "returned_on": None}}
    asked = {"action": "return book", "at": "2020-02-24T10:00", "law_as_of": "2020-01-01", "facts": facts}
    holidays = ["2020-02-24"]
    expected = book.decide(
        "return book",
        facts,
        at=dt.datetime(2020, 2, 24, 10),
        law_as_of=dt.date(2020, 1, 1),
        holidays=[dt.date(2020, 2, 24)],
    )
    answer = client.post("/v1/decide", json={**asked, "holidays": holidays})
    assert answer.text == as_json(expected)
    assert answer.json() != client.post("/v1/decide", json=asked).json()


def test_parts_of_a_decision_are_told_alone(client: TestClient) -> None:
    answer = client.post("/v1/decide", json={**LEND, "parts": ["citations", "missing"]}).json()
    assert list(answer) == ["action", "verdict", "missing", "content_hash", "citations"]
    assert answer["citations"] == ["statute/1(1)1"]


def test_an_assessment_has_every_action_that_is_settled_and_on_demand_the_others(
    client: TestClient, book: Rulebook
) -> None:
    asked = {"facts": ADULT, "at": "2020-03-01"}
    whole = [as_data(d) for d in book.assess(ADULT, at=AT)]
    assert client.post("/v1/assess", json={**asked, "open": True}).json() == whole
    settled = client.post("/v1/assess", json=asked).json()
    assert settled == [d for d in json.loads(json.dumps(whole)) if d["verdict"] != "undetermined"]


def test_the_next_question_is_the_one_that_settles_most(client: TestClient) -> None:
    asked = {"action": "lend book", "at": "2020-03-01", "facts": {"reader.fees_owed": "0 won"}}
    answer = client.post("/v1/next-question", json=asked).json()
    assert answer["question"]["fact"] == "reader.class"
    assert {c["value"] for c in answer["question"]["choices"]} >= {"adult", "child"}
    later = client.post("/v1/next-question", json={**asked, "asked": ["reader.class"]}).json()
    assert later["question"] is None or later["question"]["fact"] != "reader.class"


def test_why_not_tells_the_smallest_change_and_what_it_gives(client: TestClient) -> None:
    facts = {"reader": {"class": "child", "fees_owed": "0 won"}, "book": {"rare": True}, "loan": {"length": "3 days"}}
    answer = client.post("/v1/why-not", json={"action": "lend book", "at": "2020-03-01", "facts": facts}).json()
    (change,) = answer["results"][0]["changes"]
    assert (change["fact"], change["before"], change["after"]) == ("book.rare", True, False)
    assert answer["results"][0]["verdict"] == "permitted"


@pytest.mark.parametrize(
    ("said", "before", "after"),
    [
        ({"loan.length": "50 days", "reader.fees_owed": "0 won"}, "50 days", "30 days"),
        ({"loan.length": "5 days", "reader.fees_owed": "90000 won"}, "90000 won", "10000 won"),
    ],
)
def test_a_change_is_told_as_facts_take_it(client: TestClient, said: dict[str, str], before: str, after: str) -> None:
    asked = {"action": "lend book", "at": "2020-03-01", "facts": {"reader.class": "adult", "book.rare": False, **said}}
    (change,) = client.post("/v1/why-not", json=asked).json()["results"][0]["changes"]
    assert (change["before"], change["after"]) == (before, after)
    mended = {**asked, "facts": {**asked["facts"], change["fact"]: change["after"]}}  # type: ignore[dict-item]
    assert client.post("/v1/decide", json=mended).json()["verdict"] == "permitted"


def test_what_an_answer_would_leave_is_told_for_values_as_facts_take_them(client: TestClient) -> None:
    asked = {"action": "lend book", "facts": {"reader.class": "adult", "loan.length": "5 days"}}
    question = client.post("/v1/next-question", json=asked).json()["question"]
    assert [one["value"] for one in question["outcomes"]] == ["10000 won", "10001 won"]


@pytest.mark.parametrize(
    "path",
    ["form?action=lend+book", "actions", "find?words=book", "graph?node=statute/1(1)", "diff?old=library&new=library"],
)
def test_what_is_seen_of_a_rulebook_says_which_it_is(client: TestClient, book: Rulebook, path: str) -> None:
    assert client.get(f"/v1/{path}").headers["Mutandis-Rulebook"] == book.content_hash


def test_when_tells_all_time_as_the_engine_does(client: TestClient, book: Rulebook) -> None:
    facts = {"book": {"lent_on": "2020-01-15", "asked_for_by_another": True, "returned_on": None}}
    answer = client.post("/v1/when", json={"action": "return book", "facts": facts})
    assert answer.text == as_json(when(book, "return book", book.read(facts)))
    spells = answer.json()["spells"]
    assert spells[0]["first"] is None and spells[-1]["last"] is None
    assert len({one["verdict"] for one in spells}) > 1
    fixed = client.post("/v1/when", json={"action": "return book", "facts": facts, "law_as_of": "2020-01-01"})
    assert fixed.text == as_json(when(book, "return book", book.read(facts), law_as_of=dt.date(2020, 1, 1)))


def test_actions_and_facts_are_found_by_a_persons_own_words(client: TestClient, book: Rulebook) -> None:
    answer = client.get("/v1/find", params={"words": "lend a rare book", "most": 3})
    assert answer.json() == json.loads(json.dumps(as_data(book.find("lend a rare book", 3))))
    assert answer.json()["actions"][0]["action"] == "lend book"
    assert client.get("/v1/find", params={"words": "zzz"}).json() == {"actions": [], "facts": []}
    assert client.get("/v1/find").status_code == 422


def test_an_explanation_comes_as_data_and_in_words(client: TestClient, book: Rulebook) -> None:
    facts = book.read(ADULT)
    tree = explain(book.decide("lend book", facts, at=AT), book.program, facts, at=AT)
    assert client.post("/v1/explain", json=LEND).text == as_json(tree)
    told = client.post("/v1/explain", json={**LEND, "form": "text", "brief": True}).json()
    assert told == {"text": as_text(tree)}
    assert client.post("/v1/explain", json={**LEND, "form": "markdown"}).json()["text"] != told["text"]


def test_a_wrong_case_of_a_batch_is_told_in_its_place_and_stops_no_other(client: TestClient) -> None:
    cases = [
        {"id": "a", "facts": ADULT},
        {"id": "b", "facts": {"reader.clas": "adult"}},
        {"facts": {**ADULT, "loan": {"length": "31 days"}}},
        {"id": "d", "at": "2019-01-01", "facts": ADULT},
    ]
    answer = client.post("/v1/batch", json={"action": "lend book", "at": "2020-03-01", "cases": cases}).json()
    assert [one["id"] for one in answer["results"]] == ["a", "b", 2, "d"]
    assert answer["results"][0]["decision"]["citations"] == ["statute/1(1)1"]
    assert answer["results"][1]["problem"]["diagnostics"][0]["help"] == "did you mean `reader.class`?"
    assert answer["results"][2]["decision"]["verdict"] == "forbidden"
    assert sum(answer["counts"].values()) == 4 and answer["counts"]["error"] == 1


def test_the_form_of_an_action_is_the_schema_of_its_facts(client: TestClient, book: Rulebook) -> None:
    answer = client.get("/v1/form", params={"action": "lend book"}).json()
    assert answer["schema"] == json.loads(json.dumps(book.facts_schema("lend book")))
    jsonschema.validate(ADULT, answer["schema"])
    assert [one["name"] for one in answer["facts"]] == [one.name for one in book.facts_of("lend book")]


def test_actions_are_listed_and_searched(client: TestClient, book: Rulebook) -> None:
    every = client.get("/v1/actions").json()["actions"]
    assert [one["action"] for one in every] == sorted(book.program.components)
    found = client.get("/v1/actions", params={"search": "RETURN"}).json()["actions"]
    assert found and all("return" in (one["action"] + one["label"]).lower() for one in found)


def test_the_graph_is_followed_in_both_directions(client: TestClient) -> None:
    down = client.get("/v1/graph", params={"node": "lend map"}).json()
    assert down["root"] == "lend map" and {"from", "to", "kind", "words"} == set(down["edges"][0])
    up = client.get("/v1/graph", params={"node": "1(1)", "reverse": True, "depth": 1}).json()
    assert up["root"] == "statute/1(1)"
    unknown = client.get("/v1/graph", params={"node": "lend bok"})
    assert (unknown.status_code, unknown.json()["help"]) == (404, "did you mean `lend book`?")


@pytest.mark.parametrize("path", QUESTIONS)
def test_the_example_of_every_question_is_one(path: str) -> None:
    examples: Any = QUESTIONS[path].model_config["json_schema_extra"]
    for example in examples["examples"]:
        QUESTIONS[path].model_validate(example)


def _views() -> Iterator[tuple[str, dict[str, Any]]]:
    """The paths that are got with something asked in their address, and the example of each part of it."""
    for path, told in create_app(Settings(rulebooks=(str(LIBRARY),))).openapi()["paths"].items():
        asked = [one for one in told.get("get", {}).get("parameters", ()) if "examples" in one or one["required"]]
        if asked:
            yield (
                path,
                {one["name"]: next(iter(one["examples"].values()))["value"] for one in asked if "examples" in one},
            )
            assert all("examples" in one for one in asked if one["required"])


def test_the_examples_of_what_is_asked_in_an_address_are_about_the_rulebook_that_ships(serve: Serve) -> None:
    client = serve(rulebooks=(f"rulebook={rulebook_folder()}",), seconds=600.0)
    views = dict(_views())
    assert views.keys() == {"/v1/actions", "/v1/find", "/v1/form", "/v1/graph", "/v1/diff"}
    for path, example in views.items():
        answer = client.get(path, params=example)
        assert answer.status_code == 200, answer.text
        assert path == "/v1/diff" or answer.json().get("actions", True), path


TAX = LIBRARY.parent / "fixtures" / "tax"
MARRIED: dict[str, Any] = {
    "taxpayer": {"income": "24050 dollars", "legally_married": True, "files_alone": True, "houses_child": True}
}


def test_the_value_of_a_fact_is_asked_for_as_a_verdict_is(serve: Serve) -> None:
    client, book = serve(rulebooks=(f"tax={TAX}",)), Rulebook.load(TAX)
    facts = {"taxpayer": {**MARRIED["taxpayer"], "apart_for": "5 months"}}
    asked = {"fact": "taxpayer.status", "at": "2022-01-10", "facts": facts}
    at = dt.date(2022, 1, 10)
    assert client.post("/v1/value", json=asked).text == as_json(book.value("taxpayer.status", facts, at=at))
    answer = client.post("/v1/value/why-not", json={**asked, "wanted": "single"}).json()
    assert (answer["value"]["value"], answer["wanted"]) == ("married", "single")
    assert answer["results"][0]["changes"][0]["fact"] == "taxpayer.legally_married"
    assert answer["results"][0]["value"]["value"] == "single"
    assert client.post("/v1/value/why-not", json=asked).json()["wanted"] == "unknown"
    told = client.post("/v1/value/when", json=asked)
    assert told.text == as_json(when_value(book, "taxpayer.status", book.read(facts), around=at))
    tree = explain_value("taxpayer.status", book.program, book.read(facts), at=at)
    assert client.post("/v1/value/explain", json=asked).text == as_json(tree)
    assert client.post("/v1/value/explain", json={**asked, "form": "text"}).json() == {"text": value_as_text(tree)}
    for path in ("", "/why-not", "/when", "/explain"):
        assert client.post(f"/v1/value{path}", json={**asked, "fact": "taxpayer.stats"}).status_code == 422
    assert client.post("/v1/value/why-not", json={**asked, "wanted": "widowed"}).status_code == 422


def test_a_question_in_order_takes_no_way_through_the_framework(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    async def never(**_: object) -> None:
        raise AssertionError("the framework was asked")

    client = serve()
    monkeypatch.setattr(fastapi.routing, "solve_dependencies", never)
    assert client.post("/v1/decide", json=LEND).status_code == 200
    assert client.post("/v1/decide", json={**LEND, "facts": "none"}).status_code == 500  # it tells what is wrong


def test_a_service_that_is_started_is_warm(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def assess(_: Rulebook, facts: object) -> None:
        asked.append(facts)

    monkeypatch.setenv(VARIABLE, Settings(rulebooks=(f"library={LIBRARY}",)).as_text())
    monkeypatch.setattr(Rulebook, "assess", assess)
    service = program.app().state.service
    assert (len(asked), service.rulebooks.is_warm) == (1, True)
