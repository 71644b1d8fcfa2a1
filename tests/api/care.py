"""The main job's second half, as tests need it: assessed, confirmed, planned, matched, referred, delivered."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from tests.acting import World
from tests.api.flow import an_application, case_of, issued, submitted

INDEPENDENT = dict.fromkeys(("eating", "dressing", "bed_transfer", "toileting", "indoor_walking", "bathing"), "met")


def a_report(world: World, *, answers: dict[str, str] | None = None, **changes: Any) -> dict[str, Any]:
    """What a commissioner brings home from somebody who cannot wash without help."""
    return {
        "person_id": world.citizen["person_id"],
        "instrument": "self_care_six",
        "method": "home_visit",
        "purpose": "needs",
        "answers": INDEPENDENT | {"bathing": "not_met"} if answers is None else answers,
        "anew": "condition_changed",
        **changes,
    }


async def assessed(world: World, **changes: Any) -> dict[str, Any]:
    return await world.post("commissioner", "/v1/assessments", a_report(world, **changes))


async def confirmed(world: World, need: dict[str, Any], who: str = "commissioner") -> dict[str, Any]:
    """A need that somebody has confirmed."""
    return await world.post(who, f"/v1/needs/{need['id']}/confirmation", version=f'"{need["version"]}"')


async def a_confirmed_need(world: World, code: str = "home_care", **changes: Any) -> dict[str, Any]:
    """A need of this code, out of an assessment of somebody who cannot wash without help."""
    assessment = await assessed(world, **changes)
    return await confirmed(world, next(need for need in assessment["needs"] if need["code"] == code))


async def applied(world: World) -> dict[str, Any]:
    """An application for the certificate alone."""
    answers = an_application(world)["answers"]
    asked = {name: answer for name, answer in answers.items() if name not in {"benefits_received", "long_term_care"}}
    return await submitted(world, items=("certificate",), answers=asked)


async def certified(world: World) -> dict[str, Any]:
    """This world's citizen with a certificate in force: physical, first grade. Gives the application."""
    application = await applied(world)
    await issued(world, case_of(application, "certificate"))
    return application


async def today(world: World) -> date:
    """The legal day by the clock of this world."""
    return date.fromisoformat((await world.get("portal", "/v1/sandbox/clock"))["today"])


async def service_for(world: World, need: dict[str, Any], **wishes: Any) -> dict[str, Any]:
    """The service that fits a need best."""
    matches = await world.post("commissioner", "/v1/matches", {"need_id": need["id"], **wishes})
    service: dict[str, Any] = matches["ranked"][0]["service"]
    return service


async def a_plan(world: World, need: dict[str, Any], service: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A plan with all four parts: forty hours of one service for one need."""
    item, first = str(uuid4()), await today(world)
    last = first + timedelta(days=90)
    duty = {"organisation_id": service["organisation_id"], "what": "每周上门两次", "due_on": str(last)}
    return {
        "person_id": world.citizen["person_id"],
        "starts_on": str(first),
        "review_on": str(first + timedelta(days=60)),
        "ends_on": str(last),
        "assessment_ids": [evidence["assessment_id"] for evidence in need["evidence"]],
        "path": [
            {
                "id": item,
                "need_id": need["id"],
                "service_id": service["id"],
                "quantity": {"amount": 40, "unit": "hour"},
                "rhythm": "weekly",
                "starts_on": str(first),
                "ends_on": str(last),
                "duties": [duty],
            }
        ],
        "supervision": [{"kind": "visit", "organisation_id": service["organisation_id"], "first_on": str(last)}],
        "goals": [{"statement": "能够安全洗浴", "measure": "每周洗浴两次", "due_on": str(last), "item_ids": [item]}],
        **changes,
    }


async def agreed(world: World, plan: dict[str, Any]) -> dict[str, Any]:
    """A draft to which the person has agreed."""
    return await world.step("citizen", f"/v1/plans/{plan['id']}", "agreement", {"opinion": "同意"})


async def in_force(world: World, plan: dict[str, Any], who: str = "township_officer") -> dict[str, Any]:
    """A plan drawn up, agreed to and approved."""
    drafted = await world.post("commissioner", "/v1/plans", plan)
    await agreed(world, drafted)
    return await world.step(who, f"/v1/plans/{drafted['id']}", "approval")


def a_consent(receiver_id: str, **changes: Any) -> dict[str, Any]:
    """That somebody who gives a service may be told name and contacts."""
    return {"receiver_id": receiver_id, "purpose": "service_delivery", "fields": ["name", "contacts"], **changes}


async def consented(world: World, receiver_id: str, **changes: Any) -> dict[str, Any]:
    """The consent of this world's citizen that a provider is told; the one that there is, where there is one."""
    path = f"/v1/persons/{world.citizen['person_id']}/consents"
    held: list[dict[str, Any]] = (await world.get("citizen", path))["items"]
    for consent in held:
        if consent["receiver_id"] == receiver_id and consent["is_in_force"]:
            return consent
    return await world.post("citizen", path, a_consent(receiver_id, **changes))


async def referred(world: World, need: dict[str, Any], service: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A provider that was asked, once the person has agreed that it is told."""
    await consented(world, service["organisation_id"])
    asked = {"need_id": need["id"], "service_id": service["id"], **changes}
    return await world.post("commissioner", "/v1/referrals", asked)


async def a_waiting_entry(world: World, **changes: Any) -> dict[str, Any]:
    """A need of its own on the list of the service that fits it best."""
    answers = INDEPENDENT | {"indoor_walking": "not_met"}
    assessment = await assessed(world, answers=answers)
    need = await confirmed(world, assessment["needs"][0])
    service = await service_for(world, need)
    asked = {"service_id": service["id"], **changes}
    return await world.post("commissioner", f"/v1/needs/{need['id']}/waiting-entries", asked)


def service_of(referral: dict[str, Any]) -> dict[str, Any]:
    """The service that a referral is about, as far as another referral needs it."""
    return {"id": referral["service_id"], "organisation_id": referral["provider_id"]}


async def service_of_another(world: World, referral: dict[str, Any]) -> str:
    """A service of another provider for the same need, who may be told of the person."""
    found = (await world.get("commissioner", "/v1/services", need="home_care"))["items"]
    other: dict[str, Any] = next(one for one in found if one["organisation_id"] != referral["provider_id"])
    await consented(world, other["organisation_id"])
    await world.post("other_provider", f"/v1/services/{other['id']}/capacity", {"maximum": 9, "available": 9})
    return str(other["id"])


async def accepted(world: World, referral: dict[str, Any]) -> dict[str, Any]:
    """A referral that the provider has taken on."""
    begins = {"begins_on": str(await today(world))}
    return await world.step("provider", f"/v1/referrals/{referral['id']}", "acceptance", begins)


async def delivered(world: World, referral: dict[str, Any], *, hours: int = 2) -> dict[str, Any]:
    """A referral of which something was delivered today."""
    record = {"on": str(await today(world)), "quantity": {"amount": hours, "unit": "hour"}}
    return await world.step("provider", f"/v1/referrals/{referral['id']}", "delivery", {"deliveries": [record]})
