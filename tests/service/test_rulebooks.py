"""Several rulebooks and versions side by side: which one a question means, and new ones while others are asked."""

from __future__ import annotations

import datetime as dt
import shutil
import threading
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from tests.service.conftest import ADULT, LIBRARY, Serve

from mutandis import Rulebook, __version__
from mutandis_service.rulebooks import NoSuchVersionError, Rulebooks, Version
from mutandis_tools.location import NoRulebookError

MOST_WAITED = 240
LEND: dict[str, Any] = {"action": "lend book", "at": "2020-03-01", "facts": ADULT}


@pytest.fixture(scope="module")
def amended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library's rulebook with a loan of a week at most."""
    folder = tmp_path_factory.mktemp("amended") / "library"
    shutil.copytree(LIBRARY, folder)
    rules = folder / "statute/lending/001-lending.yaml"
    written = rules.read_text(encoding="utf-8")
    assert "30 days" in written
    rules.write_text(written.replace("30 days", "7 days"), encoding="utf-8")
    return folder


@pytest.fixture
def both(serve: Serve, amended: Path, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    monkeypatch.setenv("MUTANDIS_CACHE", "off")
    return serve(rulebooks=(f"library@2020-01-01={LIBRARY}", f"library@2021-01-01={amended}"))


def _verdict(client: TestClient, **which: str) -> str:
    answer = client.post("/v1/decide", json={**LEND, **which})
    assert answer.status_code == 200, answer.text
    verdict: str = answer.json()["verdict"]
    return verdict


def test_a_version_is_named_by_day_hash_or_law(both: TestClient) -> None:
    old, new = both.get("/v1/rulebooks").json()["rulebooks"]
    assert (old["name"], old["known_from"], new["known_from"]) == ("library", "2020-01-01", "2021-01-01")
    assert _verdict(both) == _verdict(both, rulebook="library") == _verdict(both, rulebook="statute") == "forbidden"
    assert _verdict(both, rulebook=old["hash"]) == _verdict(both, rulebook=old["hash"][:10]) == "permitted"
    assert _verdict(both, rulebook="library@2020-01-01") == "permitted"
    assert _verdict(both, known_on="2020-12-31") == "permitted"
    assert _verdict(both, known_on="2021-01-01") == "forbidden"
    before = both.post("/v1/decide", json={**LEND, "known_on": "2019-12-31"})
    assert (before.status_code, before.json()["help"]) == (404, "the first is known from 2020-01-01")


@pytest.mark.parametrize("by_hash", [False, True])
def test_a_version_that_is_named_is_the_one_known_on_a_day_that_is_named_too(both: TestClient, by_hash: bool) -> None:
    old = both.get("/v1/rulebooks").json()["rulebooks"][0]["hash"] if by_hash else "library@2020-01-01"
    assert _verdict(both, rulebook=old, known_on="2020-12-31") == "permitted"
    answer = both.post("/v1/decide", json={**LEND, "rulebook": old, "known_on": "2021-01-01"})
    told = f"`{old}` was not the version known on 2021-01-01: that was `library@2021-01-01`"
    assert (answer.status_code, answer.json()["detail"]) == (404, told)


def test_a_hash_that_several_names_have_is_that_of_one_known_on_the_day(amended: Path) -> None:
    rulebooks = Rulebooks.of((f"a@2020-01-01={LIBRARY}", f"a@2022-01-01={amended}", f"b={LIBRARY}"))
    first, later, other = rulebooks.current
    assert first.hash == other.hash != later.hash
    for day, known in ((dt.date(2021, 1, 1), first), (dt.date(2023, 1, 1), other), (dt.date(2019, 1, 1), other)):
        assert rulebooks.choose(first.hash, day) is known
    with pytest.raises(NoSuchVersionError, match=r"was not the version known on 2021-01-01: that was `a@2020-01-01`"):
        rulebooks.choose(later.hash, dt.date(2021, 1, 1))
    several = Rulebooks.of(
        (f"a@2020-01-01={LIBRARY}", f"a@2021-01-01={amended}", f"b={LIBRARY}", f"b@2021-01-01={amended}")
    )
    told = r"not the version known on 2022-01-01: that was `a@2021-01-01`, of another rulebook `b@2021-01-01`$"
    with pytest.raises(NoSuchVersionError, match=told):
        several.choose(first.hash, dt.date(2022, 1, 1))
    assert rulebooks.choose(first.hash) is first
    assert rulebooks.choose(first.hash, may_ask=lambda version: version.name == "b") is other


def test_two_versions_are_compared_in_rules_actions_and_cases(both: TestClient) -> None:
    answer = both.get("/v1/diff", params={"old": "library@2020-01-01", "new": "library"}).json()
    assert "lend book" in answer["actions"]
    assert [(one["provision"], one["change"]) for one in answer["rules"]] == [
        ("statute/1(1)", "changed"),
        ("statute/1(2)", "changed"),
    ]
    assert answer["rules"][0]["reaches"]
    assert any(one["case"] == "An adult asks for a book for ten days" for one in answer["cases"])


def test_two_bundles_are_compared_in_what_they_declare_and_on_which_actions(
    serve: Serve, amended: Path, tmp_path: Path
) -> None:
    for name, folder in (("old", LIBRARY), ("new", amended)):
        (tmp_path / f"{name}.bundle").write_bytes(Rulebook.load(folder).to_bundle())
    client = serve(rulebooks=(str(tmp_path / "old.bundle"), str(tmp_path / "new.bundle")))
    answer = client.get("/v1/diff", params={"old": "old", "new": "new"}).json()
    assert "lend book" in answer["actions"] and answer["declarations"] == []
    assert answer["rules"] is None and answer["cases"] is None
    graph = client.get("/v1/graph", params={"node": "lend book", "rulebook": "new"})
    assert (graph.status_code, graph.json()["type"]) == (409, "urn:mutandis:problem:no-rule-files")


def test_a_new_bundle_is_taken_up_and_no_request_is_lost(serve: Serve, amended: Path, tmp_path: Path) -> None:
    bundle = tmp_path / "library.bundle"
    old, new = Rulebook.load(LIBRARY), Rulebook.load(amended)
    bundle.write_bytes(old.to_bundle())
    client = serve(rulebooks=(str(bundle),), watch=0.05)
    hashes: list[str] = []
    failed: list[str] = []
    by_old, by_new, enough = threading.Event(), threading.Event(), threading.Event()

    def ask() -> None:
        while not enough.is_set():
            answer = client.post("/v1/decide", json=LEND)
            if answer.status_code != 200:
                failed.append(answer.text)
            hashes.append(answer.json().get("content_hash", ""))
            (by_new if hashes[-1] == new.content_hash else by_old).set()

    fresh = tmp_path / "fresh"
    fresh.write_bytes(new.to_bundle())
    asking = threading.Thread(target=ask)
    asking.start()
    try:
        # The new bundle comes once the old one has answered, however long a busy machine takes over either.
        assert by_old.wait(MOST_WAITED)
        fresh.replace(bundle)
        assert by_new.wait(MOST_WAITED)
    finally:
        enough.set()
        asking.join()
    assert not failed
    assert set(hashes) == {old.content_hash, new.content_hash}
    assert hashes == sorted(hashes, key=[old.content_hash, new.content_hash].index)


def test_what_cannot_be_loaded_again_stays_as_it_was_and_is_told(serve: Serve, tmp_path: Path) -> None:
    bundle = tmp_path / "library.bundle"
    bundle.write_bytes(Rulebook.load(LIBRARY).to_bundle())
    client = serve(rulebooks=(f"library={bundle}",), watch=0)
    bundle.write_bytes(b"nothing of the kind")
    came = client.post("/v1/reload").json()
    assert came["changed"] == [] and came["failed"][0]["name"] == "library"
    assert _verdict(client) == "permitted"


def test_a_version_is_warm_before_it_answers(amended: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bundle = tmp_path / "library.bundle"
    bundle.write_bytes(Rulebook.load(LIBRARY).to_bundle())
    loaded = Rulebooks.of([f"library={bundle}"])
    old = loaded.current[0].hash
    answering: list[str] = []
    monkeypatch.setattr(Version, "warm", lambda _: answering.append(loaded.current[0].hash))
    loaded.warm()
    bundle.write_bytes(Rulebook.load(amended).to_bundle())
    assert loaded.reload().changed
    assert answering == [old, old] and loaded.current[0].hash != old


def test_health_and_readiness_say_what_answers(client: TestClient) -> None:
    assert client.get("/health").json() == {"status": "ok", "program": __version__}
    ready = client.get("/ready").json()
    assert ready["status"] == "ready" and ready["rulebooks"][0].startswith("library ")


@pytest.mark.parametrize("written", ["no-such-folder", "library@2020-02-31=x", "a@2020-01-01=no-such-folder"])
def test_a_rulebook_that_there_is_not_is_told_at_the_start(written: str) -> None:
    with pytest.raises(NoRulebookError):
        Rulebooks.of([written])


def test_two_rulebooks_of_one_name_are_told_at_the_start() -> None:
    with pytest.raises(NoRulebookError, match="two rulebooks are called `library`"):
        Rulebooks.of([str(LIBRARY), str(LIBRARY)])
