"""Regions, asked over HTTP."""

import pytest

from tests.acting import World

pytestmark = [pytest.mark.anyio, pytest.mark.database]


async def test_a_misprinted_name_finds_the_town_that_is_meant(world: World) -> None:
    found = await world.get("portal", "/v1/regions", name="佃镇镇")

    assert [region["name"]["zh"] for region in found["items"]] == ["佃坝镇"]


async def test_a_county_lists_what_lies_directly_in_it_page_by_page(world: World) -> None:
    whole = (await world.get("portal", "/v1/regions", parent="652301", limit=100))["items"]
    codes: list[str] = []
    cursor = None
    while cursor is not None or not codes:
        page = await world.get(
            "portal", "/v1/regions", parent="652301", limit=7, **({"cursor": cursor} if cursor else {})
        )
        codes += [region["code"] for region in page["items"]]
        cursor = page["next_cursor"]

    assert codes == [region["code"] for region in whole]
    assert codes == sorted(set(codes))
    assert {region["level"] for region in whole} == {"township"}
    assert len(whole) >= 17


async def test_invented_villages_say_that_no_such_place_exists(world: World) -> None:
    found = await world.get("citizen", "/v1/regions", level="village", parent="652301104")

    assert found["items"]
    assert all(village["is_synthetic"] for village in found["items"])


async def test_a_code_that_is_not_yet_in_use_is_not_listed(world: World) -> None:
    found = await world.get("citizen", "/v1/regions", parent="652301", on="1950-01-01")

    assert found["items"] == []


async def test_who_has_the_answer_already_is_told_that_it_has_not_changed(world: World) -> None:
    first = await world.call("portal", "GET", "/v1/regions", params={"level": "county"})

    again = await world.call(
        "portal", "GET", "/v1/regions", params={"level": "county"}, headers={"If-None-Match": first.headers["ETag"]}
    )
    other = await world.call(
        "portal", "GET", "/v1/regions", params={"level": "province"}, headers={"If-None-Match": first.headers["ETag"]}
    )

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert other.status_code == 200


@pytest.mark.parametrize(
    "wrong", [{"parent": "12345"}, {"level": "moon"}, {"cursor": "x"}, {"limit": 101}, {"on": "1"}]
)
async def test_what_cannot_be_asked_is_a_clear_problem(world: World, wrong: dict[str, str]) -> None:
    answer = await world.call("portal", "GET", "/v1/regions", params=wrong)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == f"query/{next(iter(wrong))}"
