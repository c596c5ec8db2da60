"""Who may ask what: keys, their rulebooks and rights, and a program's own authentication."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fastapi import HTTPException, Request
from fastapi.testclient import TestClient
from tests.service.conftest import ADULT, LIBRARY, Serve
from typer.testing import CliRunner

from mutandis.diagnostics import MutandisError
from mutandis_service import Caller
from mutandis_service.callers import RateLimit, add_key, read_keys, remove_key
from mutandis_service.problems import ProblemError
from mutandis_tools.main import build_app

LEND: dict[str, Any] = {"action": "lend book", "facts": ADULT}


def _status(client: TestClient, path: str = "/v1/decide", **headers: str) -> int:
    return client.post(path, json=LEND if path == "/v1/decide" else None, headers=headers).status_code


def test_a_key_is_told_once_and_kept_as_a_hash(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    key = add_key(path, "office", (), ())
    assert key not in path.read_text(encoding="utf-8")
    assert path.stat().st_mode & 0o077 == 0
    caller = read_keys(path).caller_of(key)
    assert caller == Caller("office", None, frozenset({"ask"}))
    assert read_keys(path).caller_of(key[:-1]) is None and read_keys(path).caller_of("") is None
    with pytest.raises(MutandisError, match="already"):
        add_key(path, "office", (), ())
    remove_key(path, "office")
    assert read_keys(path).caller_of(key) is None
    with pytest.raises(MutandisError, match="no key"):
        remove_key(path, "office")


def test_for_keys_in_no_folder_the_folder_is_told(tmp_path: Path) -> None:
    path = tmp_path / "none" / "keys.json"
    with pytest.raises(MutandisError, match=r"there is no folder `.*none` for the keys in `keys\.json`"):
        add_key(path, "office", (), ())
    with pytest.raises(MutandisError, match="there is no folder"):
        remove_key(path, "office")


def test_without_a_key_nothing_is_told_but_health(serve: Serve, tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    key = add_key(path, "office", (), ())
    client = serve(keys=str(path))
    answer = client.post("/v1/decide", json=LEND)
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert _status(client, Authorization="Bearer wrong") == 401
    assert _status(client, Authorization=f"Bearer {key}") == _status(client, **{"X-API-Key": key}) == 200
    assert client.get("/v1/rulebooks").status_code == 401
    assert client.get("/health").status_code == client.get("/ready").status_code == 200
    assert _status(client, "/v1/reload", Authorization=f"Bearer {key}") == 403
    remove_key(path, "office")
    assert _status(client, Authorization=f"Bearer {key}") == 401


def test_a_key_is_for_its_rulebooks(serve: Serve, tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    mine = {"Authorization": f"Bearer {add_key(path, 'mine', ('mine',), ('ask', 'reload'))}"}
    client = serve(keys=str(path), rulebooks=(f"other={LIBRARY}", f"mine={LIBRARY}"))
    asked = {**LEND, "rulebook": "mine"}
    assert client.post("/v1/decide", json=asked, headers=mine).status_code == 200
    answer = client.post("/v1/decide", json=LEND, headers=mine)
    assert (answer.status_code, answer.json()["help"]) == (403, "it may ask: mine")
    for wanted, offered in (("nobody's", "there are: mine; a hash"), ("othr", "there are: mine; a hash")):
        unknown = client.post("/v1/decide", json={**LEND, "rulebook": wanted}, headers=mine)
        assert unknown.status_code == 404 and unknown.json()["help"].startswith(offered)
    by_law = client.post("/v1/decide", json={**LEND, "rulebook": "statute"}, headers=mine)
    assert by_law.status_code == 200
    listed = client.get("/v1/rulebooks", headers=mine).json()["rulebooks"]
    assert [one["name"] for one in listed] == ["mine"]
    assert client.post("/v1/reload", headers=mine).status_code == 200


def test_a_program_tells_callers_in_its_own_way(serve: Serve) -> None:
    async def by_header(request: Request) -> Caller:
        if request.headers.get("x-clerk") != "kim":
            raise HTTPException(401, "no clerk of ours")
        return Caller("kim")

    client = serve(authenticate=by_header)
    refused = client.post("/v1/decide", json=LEND)
    assert (refused.status_code, refused.json()["detail"]) == (401, "no clerk of ours")
    assert _status(client, **{"X-Clerk": "kim"}) == 200


def test_requests_are_counted_for_each_caller() -> None:
    now = [0.0]
    limit = RateLimit(2.0, lambda: now[0])
    for _ in range(4):
        limit.take("a")
    with pytest.raises(ProblemError):
        limit.take("a")
    limit.take("b")
    now[0] = 0.5
    limit.take("a")
    with pytest.raises(ProblemError):
        limit.take("a")


def test_keys_are_made_on_the_command_line(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    done = CliRunner().invoke(build_app(), ["keys", str(path), "office", "-r", "korea", "--may", "ask"])
    caller = read_keys(path).caller_of(done.stdout.strip())
    assert caller == Caller("office", frozenset({"korea"}), frozenset({"ask"}))
    assert CliRunner().invoke(build_app(), ["keys", str(path), "other", "--may", "everything"]).exit_code == 2
    path.write_text(json.dumps({"key": []}), encoding="utf-8")
    assert CliRunner().invoke(build_app(), ["keys", str(path), "other"]).exit_code == 2
