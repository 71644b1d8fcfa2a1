"""Hostile input into every field of every operation: taken or refused as documented, and nothing breaks.

Each field gets some of the values and each operation some of the headers, queries and bodies, so that every one of them
is tried in many places; YIAN_TEST_HOSTILE_STRIDE=1 tries all of them everywhere.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any
from urllib.parse import quote, urlencode

import httpx
import pytest
from fastapi import FastAPI

from app.api.problems import registry
from app.domain.shared.authz import OPERATIONS
from tests.acting import open_world
from tests.api import hostile
from tests.api.probes import Probe, Scene, a_scene, of_document

pytestmark = [pytest.mark.anyio, pytest.mark.database, pytest.mark.slow]

STRIDE = int(os.environ.get("YIAN_TEST_HOSTILE_STRIDE", "8"))
"""Every how-manieth value goes into each field: 1 is all; each field begins with another one."""
SHARES = 4
"""So many tests have a share of the operations each; together it would take longer than any test may."""
UNDER_ANY_ADDRESS = {"404", "405", "400", "413"}
"""Another segment may be another address; a length that is none, or too great, is refused before there is one."""
OPEN = ("/oauth/token", "/v1/sandbox/clients", "/livez", "/readyz", "/version", "/.well-known/")


@dataclass(frozen=True)
class Attack:
    """One hostile request."""

    name: str
    operation: str
    method: str
    path: str
    headers: list[tuple[bytes, bytes]]
    content: bytes


@pytest.fixture(scope="module")
async def scene(api: httpx.AsyncClient) -> Scene:
    return await a_scene(await open_world(api))


@pytest.fixture(scope="module")
def document(app: FastAPI) -> dict[str, Any]:
    found: dict[str, Any] = app.openapi()
    return found


def test_the_corpus_is_large_enough() -> None:
    assert hostile.SIZE >= 150
    assert len(hostile.VALUES) >= 150


@pytest.mark.parametrize("share", range(SHARES))
async def test_no_value_in_any_field_breaks_anything(
    api: httpx.AsyncClient, scene: Scene, document: dict[str, Any], *, share: int
) -> None:
    probes = list(of_document(document).values())[share::SHARES]
    attacks = [attack for probe in probes for attack in in_fields(probe, scene, document)]

    assert await found_by(attacks, api, document) == []
    assert len(attacks) * STRIDE * SHARES > 10_000


async def test_no_body_header_query_or_address_breaks_anything(
    api: httpx.AsyncClient, scene: Scene, document: dict[str, Any]
) -> None:
    probes = of_document(document).values()

    attacks = [
        attack
        for number, probe in enumerate(probes)
        for attack in islice(beside_fields(probe, scene), number % STRIDE, None, STRIDE)
    ]

    assert await found_by(attacks, api, document) == []
    assert len(attacks) * STRIDE > 10_000


async def test_what_needs_no_token_is_not_broken_either(api: httpx.AsyncClient, document: dict[str, Any]) -> None:
    attacks = [attack for path in document["paths"] if path.startswith(OPEN) for attack in on_open(path, document)]

    assert await found_by(attacks, api, document) == []


async def found_by(attacks: list[Attack], api: httpx.AsyncClient, document: dict[str, Any]) -> list[str]:
    """What is wrong with the answers."""
    statuses = {
        one["operationId"]: set(one["responses"]) for ways in document["paths"].values() for one in ways.values()
    }
    wrong = []
    for attack in attacks:
        request = api.build_request(attack.method, "/", headers=attack.headers, content=attack.content)
        request.url = request.url.copy_with(raw_path=attack.path.encode("ascii"))
        answer = await api.send(request)
        if fault := fault_of(answer, statuses[attack.operation]):
            wrong.append(f"{attack.method} {attack.path[:80]} {attack.name}: {fault}")
    return wrong


def fault_of(answer: httpx.Response, documented: set[str]) -> str:
    """What is wrong with an answer to a hostile request, if anything."""
    status = str(answer.status_code)
    if answer.status_code >= 500:
        return f"{status} {answer.text[:200]}"
    if status not in documented | UNDER_ANY_ADDRESS:
        return f"{status} is not documented"
    if answer.status_code >= 400 and not answer.headers["content-type"].startswith("application/problem+json"):
        return "" if "error_description" in answer.text else f"{status} is no problem: {answer.text[:200]}"
    if answer.status_code >= 400 and answer.json()["code"] not in registry():
        return f"{answer.json()['code']} has no page"
    return ""


def in_fields(probe: Probe, scene: Scene, document: dict[str, Any]) -> Iterator[Attack]:
    method, path, sent = probe.sent(scene)
    if "json" not in sent:
        return
    described = document["paths"][probe.path][method.lower()]["requestBody"]["content"]["application/json"]
    values = list(hostile.VALUES.items())
    for number, (pointer, body) in enumerate(hostile.spoilt(sent["json"], described.get("example", {}))):
        for name, value in values[number % STRIDE :: STRIDE]:
            content = hostile.with_value(body, value)
            yield attack_of(probe, scene, name=f"{pointer} {name}", path=path, content=content)


def beside_fields(probe: Probe, scene: Scene) -> Iterator[Attack]:
    _, path, sent = probe.sent(scene)
    content = json.dumps(sent["json"]).encode() if "json" in sent else b""
    attack = partial(attack_of, probe, scene)
    good = urlencode(sent.get("params", {}))
    for name, headers in hostile.HEADERS.items():
        yield attack(name=name, path=f"{path}?{good}", content=content, instead=headers)
    for query in hostile.QUERIES:
        yield attack(name="query", path=f"{path}?{query}", content=content)
    if "{" in probe.path:
        before, _, rest = probe.path.partition("{")
        for segment in hostile.SEGMENTS:
            yield attack(name="segment", path=before + segment + rest.partition("}")[2], content=content)
    if "json" in sent:
        for name, (kind, body) in hostile.BODIES.items():
            types = [(b"content-type", (kind or "").encode())] if kind is not None else []
            yield attack(name=name, path=path, content=body, instead=types, is_typed=False)


def on_open(path: str, document: dict[str, Any]) -> Iterator[Attack]:
    for method, one in document["paths"][path].items():
        if one["operationId"] == "open_sandbox_client":
            continue  # each call makes a whole sandbox; its input is nothing but headers, which others try
        for name, headers in hostile.HEADERS.items():
            yield Attack(name, one["operationId"], method.upper(), path, headers, b"")
        for query in hostile.QUERIES:
            yield Attack("query", one["operationId"], method.upper(), f"{path}?{query}", [], b"")
        if "requestBody" in one:
            yield from in_form(path, one)


def in_form(path: str, one: dict[str, Any]) -> Iterator[Attack]:
    (kind,) = one["requestBody"]["content"]
    typed = [(b"content-type", kind.encode())]
    for field in ("grant_type", "scope", "client_id", "client_secret", "client_assertion", "client_assertion_type"):
        for name, value in hostile.TEXTS.items():
            form = {
                "grant_type": "client_credentials",
                "client_id": "x",
                "client_secret": "x",
                field: json.loads(value),
            }
            content = urlencode(form, quote_via=quote, errors="surrogatepass").encode()
            yield Attack(f"{field} {name}", one["operationId"], "POST", path, typed, content)
    for name, (media_type, body) in hostile.BODIES.items():
        headers = [(b"content-type", (media_type or "").encode())] if media_type is not None else []
        yield Attack(name, one["operationId"], "POST", path, headers, body)


def attack_of(
    probe: Probe,
    scene: Scene,
    *,
    name: str,
    path: str,
    content: bytes,
    instead: list[tuple[bytes, bytes]] | None = None,
    is_typed: bool = True,
) -> Attack:
    _, _, sent = probe.sent(scene)
    role = next(role for role in sorted(OPERATIONS[probe.operation].roles) if role in scene.world.opened["tokens"])
    usual = {b"authorization": f"Bearer {scene.world.opened['tokens'][role]}".encode()}
    usual |= {name.lower().encode(): value.encode() for name, value in sent["headers"].items()}
    if is_typed and content:
        usual[b"content-type"] = b"application/json"
    replaced = instead or []
    kept = [(name, value) for name, value in usual.items() if name not in dict(replaced)]
    return Attack(name, probe.operation, probe.method, path, kept + replaced, content)
