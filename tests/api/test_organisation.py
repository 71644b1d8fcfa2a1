"""Organisations, asked over HTTP."""

import pytest

from tests.acting import World

pytestmark = [pytest.mark.anyio, pytest.mark.database]


async def test_the_institutions_that_evaluate_say_for_which_categories(world: World) -> None:
    found = await world.get("county_officer", "/v1/organisations", kind="evaluation_institution")

    assert [one["kind"] for one in found["items"]] == ["evaluation_institution"]
    assert "physical" in found["items"][0]["categories"]
    assert "multiple" not in found["items"][0]["categories"]


async def test_every_organisation_comes_on_just_one_page(world: World) -> None:
    whole = [one["id"] for one in (await world.get("citizen", "/v1/organisations", limit=100))["items"]]
    paged: list[str] = []
    cursor = None
    while cursor is not None or not paged:
        page = await world.get("citizen", "/v1/organisations", limit=5, **({"cursor": cursor} if cursor else {}))
        paged += [one["id"] for one in page["items"]]
        cursor = page["next_cursor"]

    assert paged == whole
    assert len(set(whole)) == len(whole) > 5


async def test_a_kind_that_is_none_is_refused(world: World) -> None:
    answer = await world.call("citizen", "GET", "/v1/organisations", params={"kind": "circus"})

    assert answer.status_code == 422
