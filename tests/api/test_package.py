"""Packages, asked over HTTP: items, steps, the one form and the evidence."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.acting import World
from tests.api.flow import ITEMS, an_application

pytestmark = [pytest.mark.anyio, pytest.mark.database]
PATH = "/v1/packages/disability_services"


async def package(world: World, *items: str, **asked: Any) -> dict[str, Any]:
    chosen = {"item": list(items)} if items else {}
    return await world.get("portal", PATH, **({"region": "652301"} | chosen | asked))


async def test_the_package_holds_five_items_and_says_what_waits_for_what(world: World) -> None:
    found = await world.get("portal", "/v1/packages", region="652301")

    (offered,) = found["items"]
    assert offered["name"]["zh"] == "残疾人服务“一件事”"
    assert {item["code"]: item["depends_on"] for item in offered["items"]} == {
        "certificate": [],
        "living_subsidy": ["certificate"],
        "nursing_subsidy": ["certificate"],
        "employment_help": ["certificate"],
        "pension_premium": ["certificate"],
    }


async def test_a_place_offers_the_package_of_the_county_above_it(world: World) -> None:
    here = await world.get("portal", "/v1/packages", region="652301104201")
    elsewhere = await world.get("portal", "/v1/packages", region="652324")

    assert [(one["code"], one["region_code"]) for one in here["items"]] == [("disability_services", "652301")]
    assert elsewhere["items"] == []


async def test_each_item_shows_its_way_and_who_decides(world: World) -> None:
    found = await package(world)

    ways = {item["code"]: item["steps"] for item in found["items"]}
    assert [step["roles"] for step in ways["living_subsidy"] if step["decides"]] == [["civil_affairs"]]
    notice = next(step for step in ways["certificate"] if step["operation"] == "post_notice")
    assert (notice["limit"]["value"], notice["limit"]["unit"]) == (5, "working_days")


async def test_form_and_evidence_are_those_of_the_chosen_items_together(world: World) -> None:
    pension = await package(world, "pension_premium")
    both = await package(world, "pension_premium", "certificate")

    assert "conditions" not in pension["form"]["properties"]
    assert {"conditions", "pension_insured"} <= both["form"]["properties"].keys()
    assert "photo" not in {one["code"] for one in pension["evidence"]}
    assert "photo" in {one["code"] for one in both["evidence"]}
    assert [item["is_chosen"] for item in both["items"]] == [True, False, False, False, True]


async def test_nobody_is_asked_for_what_a_register_holds(world: World) -> None:
    form = (await package(world))["form"]

    assert form["properties"]["economic_status"]["readOnly"]
    assert not {name for name in form["required"] if form["properties"][name].get("readOnly")}


async def test_the_form_is_a_schema_that_a_right_application_keeps(world: World) -> None:
    form = (await package(world, *ITEMS))["form"]
    Draft202012Validator.check_schema(form)
    validator = Draft202012Validator(form)
    answers = an_application(world)["answers"]

    assert validator.is_valid(answers)


@pytest.mark.parametrize(
    "wrong",
    [
        {"phone": "call me"},
        {"phone": None},
        {"business": "circus"},
        {"conditions": ["physical", "physical"]},
        {"conditions": "physical"},
        {"long_term_care": "yes"},
        {"residence_address": "  "},
        {"residence_address": "长" * 201},
        {"unheard_of": 1},
        {"applied_by": "guardian"},
        {"preferred_language": None},
        {"phone": "0994-0000000\n"},
        {"economic_status": "rich"},
    ],
)
async def test_what_the_schema_refuses_the_service_refuses_too(world: World, wrong: dict[str, Any]) -> None:
    form = (await package(world, *ITEMS))["form"]
    answers = an_application(world)["answers"] | wrong

    answer = await world.call("portal", "POST", "/v1/applications", json=an_application(world, answers=answers))

    assert not Draft202012Validator(form).is_valid(answers)
    assert (answer.status_code, answer.json()["code"]) == (422, "answers_not_right")


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("place", ["652301", "652302", "652323"])
async def test_every_field_and_option_has_words_in_the_callers_language(
    world: World, *, language: str, place: str
) -> None:
    asked: dict[str, Any] = {"headers": {"Accept-Language": language}, "params": {"region": place}}
    answer = await world.call("portal", "GET", PATH, **asked)

    fields = answer.json()["form"]["properties"].values()
    options = [option for field in fields for option in field.get("oneOf", field.get("items", {}).get("oneOf", []))]
    titles = [one["title"] for one in (*fields, *options)]
    assert answer.headers["Content-Language"] == language
    assert len(options) > 30
    assert not [title for title in titles if "." in title or "_" in title]
    assert all(title.isascii() for title in titles) == (language == "en")


async def test_the_same_package_in_another_language_is_another_answer(world: World) -> None:
    here: dict[str, Any] = {"params": {"region": "652301"}}
    first = await world.call("portal", "GET", PATH, headers={"Accept-Language": "en"}, **here)
    known = {"If-None-Match": first.headers["ETag"]}

    again = await world.call("portal", "GET", PATH, headers=known | {"Accept-Language": "en"}, **here)
    other = await world.call("portal", "GET", PATH, headers=known | {"Accept-Language": "zh-CN"}, **here)

    assert (again.status_code, other.status_code) == (304, 200)
    assert "Accept-Language" in first.headers["Vary"]


async def test_places_bundle_differently_and_the_place_must_be_named(world: World) -> None:
    everywhere = await world.get("portal", "/v1/packages")
    unnamed = await world.call("portal", "GET", PATH)

    offered = {one["region_code"]: (len(one["items"]), one["confidence"]) for one in everywhere["items"]}
    assert offered == {"652301": (5, "medium"), "652302": (3, "doubtful"), "652323": (12, "doubtful")}
    assert (unnamed.status_code, unnamed.json()["code"]) == (422, "region_needed")


async def test_a_package_is_shown_as_it_was_on_a_day(world: World) -> None:
    before, since = await package(world, on="2025-12-31"), await package(world, on="2026-01-01")
    never = await world.call("portal", "GET", PATH, params={"region": "652301", "on": "2024-01-08"})

    assert (before["version"][-2:], since["version"][-2:]) == ("#1", "#2")
    assert "allOf" not in before["form"]
    assert [one["then"]["required"] for one in since["form"]["allOf"]] == [["guardian_name"], ["guardian_relation"]]
    assert (never.status_code, never.json()["code"]) == (404, "package_not_found")


async def test_an_unknown_package_or_item_is_a_clear_problem(world: World) -> None:
    nowhere = await world.call("portal", "GET", "/v1/packages/nothing")
    elsewhere = await world.call("portal", "GET", PATH, params={"region": "652324"})
    item = await world.call("portal", "GET", PATH, params={"region": "652301", "item": "nothing"})

    assert (nowhere.status_code, nowhere.json()["code"]) == (404, "package_not_found")
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (404, "package_not_found")
    assert (item.status_code, item.json()["code"]) == (422, "item_not_in_package")
