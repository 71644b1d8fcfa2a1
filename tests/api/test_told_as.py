"""Every notice carries the format and the language that its person prefers, for those who are shown them."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

from app.api.notices import tells
from tests.acting import World
from tests.api.flow import case_of, submitted
from tests.api.probes import a_scene, of_document

pytestmark = [pytest.mark.anyio, pytest.mark.database]

ROLES = ("county_officer", "civil_affairs", "commissioner", "citizen")
"""Who reads a notice: the first of these that may."""


def notices_of(app: FastAPI) -> set[str]:
    """The reading operations whose answer is one notice, or holds some."""
    document = app.openapi()
    models = {route.operation_id: route.response_model for route in _routes(app) if tells(route.response_model)}
    read = {one["operationId"] for path in document["paths"].values() for verb, one in path.items() if verb == "get"}
    return read & models.keys()


def _routes(app: FastAPI) -> Iterator[APIRoute]:
    for route in app.routes:
        yield from (one for one in getattr(route, "routes", [route]) if isinstance(one, APIRoute))


def told_of(answer: Any, person_id: str) -> list[Any]:
    """What all notices in an answer say of how to tell the person."""
    if isinstance(answer, list):
        return [one for part in answer for one in told_of(part, person_id)]
    if not isinstance(answer, dict):
        return []
    own = [answer["told_as"]] if "told_as" in answer and answer.get("person_id") == person_id else []
    return own + [one for part in answer.values() for one in told_of(part, person_id)]


async def test_every_kind_of_notice_says_how_its_person_wants_to_be_told(app: FastAPI, world: World) -> None:
    scene = await a_scene(world)
    wish = {"preferred_format": "braille", "preferred_language": "ug-CN"}
    await world.step("citizen", f"/v1/persons/{scene.person_id}", "preferences", wish)
    probes = of_document(app.openapi())

    silent, differing = [], []
    for name in sorted(notices_of(app)):
        method, path, request = probes[name].sent(scene)
        answers = [await world.call(role, method, path, **request) for role in ROLES]
        answer = next(answer for answer in answers if answer.is_success)
        told = told_of(answer.json(), scene.person_id)
        silent += [name] if not told and scene.person_id in answer.text else []
        differing += [name for one in told if one is None or (one["format"], one["language"]) != ("braille", "ug-CN")]

    assert len(notices_of(app)) > 20
    assert (silent, differing) == ([], [])


async def test_a_provider_and_a_portal_are_not_shown_how_somebody_is_told(world: World) -> None:
    scene = await a_scene(world)

    followed = await world.get("portal", f"/v1/applications/{scene.application_id}")
    referred = await world.get("provider", f"/v1/referrals/{scene.referral_id}")
    own = await world.get("citizen", f"/v1/applications/{scene.application_id}")

    assert (followed["told_as"], referred["told_as"]) == (None, None)
    assert own["told_as"]["format"] == "standard"


async def test_in_chinese_no_space_stands_between_two_sentences(world: World) -> None:
    sent = await submitted(world)
    chinese = {"Accept-Language": "zh-CN"}

    case = await world.call("township_officer", "GET", case_of(sent, "certificate"), headers=chinese)

    assert case.json()["told_as"]["text"] == "按一般方式告知。请用汉语告知。"
