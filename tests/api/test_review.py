"""Reviews over HTTP: a refusal is put before the body that the law names, and what it decides is carried out."""

from typing import Any

import pytest

from tests.acting import World
from tests.api.flow import a_conclusion, case_of, concluded, drawn_for, evaluated, issued, submitted

pytestmark = [pytest.mark.anyio, pytest.mark.database]

REFUSED = {"outcome": "refused", "reason": "conditions_not_met", "text": "家庭不在最低生活保障名单内。"}
AGAINST = {"statement": "我家已列入最低生活保障名单。"}
UPHELD = {"outcome": "upheld", "text": "原决定正确。"}
CHANGED = {"outcome": "changed", "text": "家庭自一月起列入名单，应予批准。"}
SENT_BACK = {"outcome": "sent_back", "text": "事实不清，请重新办理。"}


async def a_refusal(world: World, item: str = "living_subsidy") -> tuple[dict[str, Any], dict[str, Any]]:
    """An application, and the decision that has refused one of its items."""
    application = await submitted(world)
    await world.step("civil_affairs", case_of(application, item), "decision", REFUSED)
    return application, await the_decision(world, application)


async def the_decision(world: World, application: dict[str, Any], place: int = -1) -> dict[str, Any]:
    found = await world.get("auditor", f"/v1/applications/{application['id']}/decisions")
    decision: dict[str, Any] = found["items"][place]
    return decision


async def filed(world: World, decision: dict[str, Any], who: str = "citizen", **said: str) -> dict[str, Any]:
    return await world.post(who, f"/v1/decisions/{decision['id']}/reviews", AGAINST | said)


async def heard(
    world: World, review: dict[str, Any], outcome: dict[str, str], *, who: str = "appeal_officer"
) -> dict[str, Any]:
    path = f"/v1/reviews/{review['id']}"
    await world.step(who, path, "acceptance")
    return await world.step(who, path, "decision", outcome)


async def status_of(world: World, application: dict[str, Any], item: str = "living_subsidy") -> str:
    read = await world.get("portal", f"/v1/applications/{application['id']}")
    return next(str(one["status"]) for one in read["items"] if one["code"] == item)


async def test_the_review_goes_to_the_body_that_the_decision_names(world: World) -> None:
    _, decision = await a_refusal(world)

    review = await filed(world, decision)

    assert (review["stage"], review["body"], review["capacity"]) == ("filed", "county_government", "person")
    assert review["last_day"] == decision["appeal_until"]
    assert review["late"] is False
    queue = await world.get("appeal_officer", "/v1/reviews", stage="filed")
    assert review["id"] in {one["id"] for one in queue["items"]}


@pytest.mark.parametrize(("who", "capacity"), [("portal", "portal"), ("township_officer", "staff")])
async def test_a_portal_and_a_counter_file_it_for_the_person(world: World, who: str, capacity: str) -> None:
    _, decision = await a_refusal(world)

    review = await filed(world, decision, who, **({"said_by": "person"} if capacity == "staff" else {}))

    assert (review["capacity"], review["said_by"]) == (capacity, "person" if capacity == "staff" else None)


async def test_the_body_sees_what_was_put_before_it_and_nothing_else(world: World) -> None:
    application, decision = await a_refusal(world)
    before = await world.call("appeal_officer", "GET", f"/v1/decisions/{decision['id']}")
    await filed(world, decision)

    shown = await world.get("appeal_officer", f"/v1/decisions/{decision['id']}")

    assert before.status_code == 404
    assert shown["facts"]
    assert shown["text"] == REFUSED["text"]
    for path in (f"/v1/applications/{application['id']}", case_of(application, "living_subsidy")):
        assert (await world.call("appeal_officer", "GET", path)).status_code == 403
    for who in ("prefecture_appeal_officer", "provincial_appeal_officer"):
        assert (await world.call(who, "GET", f"/v1/decisions/{decision['id']}")).status_code == 404


async def test_the_body_knows_name_and_contacts_while_the_review_is_open(world: World) -> None:
    _, decision = await a_refusal(world)
    review, person = await filed(world, decision), f"/v1/persons/{world.citizen['person_id']}"

    shown = await world.get("appeal_officer", person)
    await heard(world, review, UPHELD)

    assert shown["name"] == world.citizen["name"]
    assert (await world.call("appeal_officer", "GET", person)).status_code == 404


async def test_what_is_upheld_stays_and_the_person_learns_of_the_court(world: World) -> None:
    application, decision = await a_refusal(world)

    review = await heard(world, await filed(world, decision), UPHELD)

    result = await world.get("citizen", f"/v1/decisions/{review['result_id']}")
    assert (result["matter"], result["outcome"], result["text"]) == ("review", "upheld", UPHELD["text"])
    assert result["decided_by"]["role"] == "appeal_officer"
    assert (result["remedy"]["body"], result["remedy"]["days"]) == ("peoples_court", 15)
    assert await status_of(world, application) == "refused"


async def test_against_the_body_that_has_no_place_here_one_turns_to_it_directly(world: World) -> None:
    _, decision = await a_refusal(world)
    review = await heard(world, await filed(world, decision), UPHELD)

    answer = await world.call("citizen", "POST", f"/v1/decisions/{review['result_id']}/reviews", json=AGAINST)

    assert (answer.status_code, answer.json()["code"]) == (409, "heard_elsewhere")


async def test_what_is_changed_goes_to_the_office_which_cannot_refuse_again(world: World) -> None:
    application, decision = await a_refusal(world)
    await issued(world, case_of(application, "certificate"))

    review = await heard(world, await filed(world, decision), CHANGED)

    case = case_of(application, "living_subsidy")
    again = await world.try_step("second_civil_affairs", case, "decision", REFUSED)
    read = await world.get("second_civil_affairs", case)
    assert review["stage"] == "changed"
    assert await status_of(world, application) == "submitted"
    assert (again.status_code, again.json()["code"]) == (409, "bound_by_review")
    assert [one["reason_code"] for one in read["actions"] if one["action"] == "refuse"] == ["bound_by_review"]


async def test_the_new_decision_names_the_old_one(world: World) -> None:
    application, decision = await a_refusal(world)
    await issued(world, case_of(application, "certificate"))
    review = await heard(world, await filed(world, decision), SENT_BACK)
    case = case_of(application, "living_subsidy")
    await world.step("township_officer", case, "acceptance")
    await world.step("township_officer", case, "initial-check", {"finding": "met"})
    await world.step("township_officer", case, "notice")
    await world.advance(days=12)
    await world.step("county_reviewer", case, "federation-check", {"finding": "met"})

    by_the_first = await world.try_step("civil_affairs", case, "decision", {"outcome": "granted"})
    await world.step("second_civil_affairs", case, "decision", {"outcome": "granted"})

    new = await the_decision(world, application)
    assert (by_the_first.status_code, by_the_first.json()["code"]) == (403, "duties_not_separated")
    assert (new["outcome"], new["replaces"]) == ("granted", decision["id"])
    assert (await world.get("auditor", f"/v1/decisions/{review['result_id']}"))["replaces"] == decision["id"]
    assert await status_of(world, application) == "granted"


async def test_what_is_sent_back_while_the_certificate_is_not_there_waits_for_it_again(world: World) -> None:
    application, decision = await a_refusal(world)

    await heard(world, await filed(world, decision), SENT_BACK)

    assert await status_of(world, application) == "waiting"
    await issued(world, case_of(application, "certificate"))
    assert await status_of(world, application) == "submitted"


async def test_a_certificate_is_evaluated_anew_by_other_doctors_and_the_subsidies_wait_again(world: World) -> None:
    application = await submitted(world)
    case = case_of(application, "certificate")
    await evaluated(world, case, meets_standard=False, category=None, grade=None)
    before = await drawn_for(world, case)
    await world.step("county_approver", case, "refusal", {"reason": "standard_not_met", "text": "未达到标准。"})
    stranded = await status_of(world, application)
    review = await filed(world, await the_decision(world, application))

    await heard(world, review, SENT_BACK, who="prefecture_appeal_officer")

    assert stranded == "action_needed"
    assert await status_of(world, application) == "waiting"
    await world.step("county_officer", case, "evaluation-assignment")
    today = (await world.get("portal", "/v1/sandbox/clock"))["today"]
    same = a_conclusion(world, doctors=before, grade=2, concluded_on=today)
    refused = await world.try_step("evaluator", case, "evaluation", same)
    assert (refused.status_code, refused.json()["code"]) == (403, "duties_not_separated")
    assert set(before).isdisjoint(await drawn_for(world, case))
    await concluded(world, case, grade=2)
    await world.step("county_officer", case, "notice")
    await world.advance(days=12)
    await world.step("county_reviewer", case, "review")
    await world.step("second_county_approver", case, "approval")
    await world.step("second_county_approver", case, "issuance")
    assert await status_of(world, application) == "submitted"
    assert await status_of(world, application, "certificate") == "granted"


async def test_no_body_changes_what_doctors_conclude(world: World) -> None:
    application = await submitted(world)
    case = case_of(application, "certificate")
    await evaluated(world, case, meets_standard=False, category=None, grade=None)
    await world.step("county_approver", case, "refusal", {"reason": "standard_not_met", "text": "未达到标准。"})
    path = f"/v1/reviews/{(await filed(world, await the_decision(world, application)))['id']}"
    await world.step("prefecture_appeal_officer", path, "acceptance")

    answer = await world.try_step("prefecture_appeal_officer", path, "decision", CHANGED)

    assert (answer.status_code, answer.json()["code"]) == (409, "only_doctors_conclude")


async def test_against_the_evaluation_there_are_two_instances_and_the_second_is_final(world: World) -> None:
    application = await submitted(world)
    case = case_of(application, "certificate")
    await evaluated(world, case, meets_standard=False, category=None, grade=None)
    await world.step("county_approver", case, "refusal", {"reason": "standard_not_met", "text": "未达到标准。"})
    first = await heard(
        world, await filed(world, await the_decision(world, application)), UPHELD, who="prefecture_appeal_officer"
    )

    second = await filed(world, {"id": first["result_id"]})
    last = await heard(world, second, UPHELD, who="provincial_appeal_officer")

    assert (first["instance"], second["instance"], second["body"]) == (1, 2, "provincial_federation")
    assert second["case_id"] == first["case_id"]
    final = await world.get("citizen", f"/v1/decisions/{last['result_id']}")
    assert final["remedy"] is None
    more = await world.call("citizen", "POST", f"/v1/decisions/{last['result_id']}/reviews", json=AGAINST)
    assert (more.status_code, more.json()["code"]) == (409, "no_appeal_open")


async def test_what_comes_late_is_taken_and_a_human_weighs_the_excuse(world: World) -> None:
    _, decision = await a_refusal(world)
    await world.advance(days=70)

    review = await filed(world, decision, excuse="住院")

    path = f"/v1/reviews/{review['id']}"
    assert review["late"] is True
    silent = await world.try_step("appeal_officer", path, "acceptance")
    assert (silent.status_code, silent.json()["code"]) == (422, "reason_missing")
    read = await world.step("appeal_officer", path, "acceptance", {"text": "住院期间不能提出，应予受理。"})
    assert read["stage"] == "accepted"


async def test_what_is_not_heard_is_a_decision_with_its_reason_and_may_be_asked_for_again(world: World) -> None:
    _, decision = await a_refusal(world)
    review = await filed(world, decision)

    refused = await world.step(
        "appeal_officer",
        f"/v1/reviews/{review['id']}",
        "non-acceptance",
        {"reason": "not_concerned", "text": "并非本人。"},
    )

    result = await world.get("citizen", f"/v1/decisions/{refused['result_id']}")
    assert (result["outcome"], result["text"]) == ("not_accepted", "并非本人。")
    assert (await filed(world, decision))["stage"] == "filed"


async def test_a_decision_is_reviewed_once(world: World) -> None:
    _, decision = await a_refusal(world)
    review = await filed(world, decision)

    twice = await world.call("citizen", "POST", f"/v1/decisions/{decision['id']}/reviews", json=AGAINST)
    await heard(world, review, UPHELD)
    after = await world.call("citizen", "POST", f"/v1/decisions/{decision['id']}/reviews", json=AGAINST)

    assert (twice.status_code, twice.json()["code"]) == (409, "review_under_way")
    assert (after.status_code, after.json()["code"]) == (409, "review_under_way")


async def test_it_is_taken_back_by_the_person_and_can_be_asked_for_again(world: World) -> None:
    _, decision = await a_refusal(world)
    review = await filed(world, decision)

    taken_back = await world.step("citizen", f"/v1/reviews/{review['id']}", "withdrawal")

    assert taken_back["stage"] == "withdrawn"
    assert (await filed(world, decision))["stage"] == "filed"


async def test_another_body_may_not_even_know_of_it(world: World) -> None:
    _, decision = await a_refusal(world)
    review = await filed(world, decision)

    answer = await world.try_step("prefecture_appeal_officer", f"/v1/reviews/{review['id']}", "acceptance")

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_a_stranger_files_nothing(world: World) -> None:
    _, decision = await a_refusal(world)

    for who in ("verifying_portal", "other_township_officer"):
        answer = await world.call(who, "POST", f"/v1/decisions/{decision['id']}/reviews", json=AGAINST)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_the_story_tells_of_the_review_and_not_of_what_was_said(world: World) -> None:
    application, decision = await a_refusal(world)
    await heard(world, await filed(world, decision), SENT_BACK)

    story = await world.get("citizen", f"/v1/applications/{application['id']}/events")

    names = [event["name"] for event in story["items"]]
    assert {"review.filed", "review.accepted", "review.decided", "benefit_case.reopened"} <= set(names)
    assert not [said for said in (AGAINST["statement"], SENT_BACK["text"]) if said in str(story)]
    assert not [event["text"] for event in story["items"] if "…" in event["text"]]


async def test_what_is_said_in_a_review_is_sealed_at_rest(world: World, superuser: Any) -> None:
    _, decision = await a_refusal(world)
    review = await filed(world, decision)

    row = await superuser.fetchrow("SELECT * FROM review WHERE id = $1", review["id"])

    assert AGAINST["statement"].encode() not in str(dict(row)).encode() + row["detail_cipher"]
