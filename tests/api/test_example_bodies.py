"""The bodies that the description shows as examples are taken as they are."""

from typing import Any

import pytest

from app.api.openapi.bodies import BODIES
from app.domain.shared.authz import OPERATIONS
from tests.acting import World

pytestmark = [pytest.mark.anyio, pytest.mark.database]


def body_of(operation: str, world: World | None = None) -> dict[str, Any]:
    """The example, for the citizen of a world instead of the one that all readers see."""
    body = dict(BODIES[operation])
    if world is not None and "applicant" in body:
        known = {name: world.citizen[name] for name in ("name", "citizen_number")}
        body["applicant"] = {**body["applicant"], **known}
    return body


async def test_each_is_of_an_operation_that_there_is() -> None:
    assert BODIES.keys() - OPERATIONS.keys() == {"grant_token"}


async def test_what_a_portal_asks_and_applies_for_is_taken(world: World) -> None:
    outlook = await world.post("portal", "/v1/eligibility-checks", body_of("check_eligibility"))
    sent = await world.post("portal", "/v1/applications", body_of("submit_application", world))
    path = f"/v1/applications/{sent['id']}/items"
    grown = await world.call("portal", "POST", path, json=body_of("add_item"), version='"1"')
    found = await world.post("portal", "/v1/application-searches", body_of("search_applications"))

    assert outlook["items"]
    assert (sent["ignored_answers"], grown.status_code) == ([], 200)
    assert [one["id"] for one in found["applications"]] == [sent["id"]]


async def test_what_a_portal_begins_and_saves_can_be_handed_in(world: World) -> None:
    begun = await world.post("portal", "/v1/application-drafts", body_of("start_draft", world))
    path = f"/v1/application-drafts/{begun['id']}"

    saved = await world.call("portal", "PUT", path, json=body_of("save_draft", world), version='"1"')

    assert saved.json()["missing"] == []
    sent = await world.call("portal", "POST", f"{path}/submission", version='"2"')
    assert sent.status_code == 201


async def test_an_officer_puts_somebody_on_record_with_a_guardian_and_a_consent(world: World) -> None:
    person = f"/v1/persons/{world.citizen['person_id']}"
    receiver = (await world.get("citizen", "/v1/organisations", kind="provider"))["items"][0]["id"]
    consent = {**body_of("give_consent"), "receiver_id": receiver}
    guardian = {**body_of("record_guardianship"), "guardian_id": world.opened["guardian"]["person_id"]}

    given = await world.post("citizen", f"{person}/consents", consent)
    recorded = await world.step("township_officer", person, "guardianships", guardian)

    assert given["stage"] == "given"
    assert recorded["guardianships"][0]["acting"] == "guardian"
