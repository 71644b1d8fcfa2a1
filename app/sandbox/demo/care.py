"""The second half of the story: needs assessed at home, one plan, services matched, one delivered and confirmed."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from app.sandbox.demo.actors import Actors

NOT_MET = "not_met"
SIX = ("eating", "dressing", "bed_transfer", "toileting", "indoor_walking", "bathing")
BARTHEL = {
    "feeding": "with_help",
    "bathing": "dependent",
    "grooming": "dependent",
    "dressing": "with_help",
    "bowels": "continent",
    "bladder": "occasional",
    "toileting": "with_help",
    "transfer": "major_help",
    "walking": "wheelchair",
    "stairs": "dependent",
}
NEED = "home_care"
HOURS = 20
PERIOD_DAYS = 180


def tell(actors: Actors, application: dict[str, Any]) -> dict[str, Any]:
    """Tell this half and return the referral as it ended."""
    assessments = _assess(actors, application)
    need = _confirm_need(actors)
    _explain(actors)
    match = _match(actors, need)
    plan = _plan(actors, application, assessments, need=need, match=match)
    _agree(actors, match)
    return _deliver(actors, plan, need=need, match=match)


def _assess(actors: Actors, application: dict[str, Any]) -> list[str]:
    answers = dict.fromkeys(SIX, NOT_MET) | {"eating": "met"}
    asked = {"self_care_six": answers, "barthel": BARTHEL}
    titles = {"self_care_six": "the six-item self-care test", "barthel": "the Barthel index"}
    return [
        actors.post(
            "commissioner",
            f"asks {titles[instrument]} at home; the service scores",
            "/v1/assessments",
            body={
                "person_id": actors.citizen["person_id"],
                "application_id": application["id"],
                "instrument": instrument,
                "method": "home_visit",
                "purpose": "needs",
                "answers": given,
            },
        )["id"]
        for instrument, given in asked.items()
    ]


def _confirm_need(actors: Actors) -> dict[str, Any]:
    found = actors.get(
        "commissioner",
        "reads the needs that the answers may mean",
        f"/v1/persons/{actors.citizen['person_id']}/needs",
    )
    need = next(need for need in found["items"] if need["code"] == NEED)
    return actors.step(
        "commissioner",
        "confirms one, with the person's own words beside",
        f"/v1/needs/{need['id']}/confirmation",
        body={"words": "早上起床和洗澡我一个人不行。"},
        version=need["version"],
    )


def _explain(actors: Actors) -> None:
    actors.post(
        "citizen",
        "asks what is due of the whole catalogue, and is told why, by which law, and what would turn it",
        "/v1/entitlements",
        body={"person_id": actors.citizen["person_id"], "declared_flags": {"willing_to_work": True}},
    )


def _match(actors: Actors, need: dict[str, Any]) -> dict[str, Any]:
    matched = actors.post(
        "commissioner",
        "asks which services fit, with reasons for and against",
        "/v1/matches",
        body={"need_id": need["id"], "features": ["step_free"], "languages": ["zh-CN"]},
    )
    best: dict[str, Any] = matched["ranked"][0]
    return best


def _plan(
    actors: Actors,
    application: dict[str, Any],
    assessments: list[str],
    *,
    need: dict[str, Any],
    match: dict[str, Any],
) -> dict[str, Any]:
    today = date.fromisoformat(actors.today())
    end = today + timedelta(days=PERIOD_DAYS)
    step = str(uuid4())
    provider = match["service"]["organisation_id"]
    plan = actors.post(
        "commissioner",
        "draws up the individual plan with its four parts",
        "/v1/plans",
        body={
            "person_id": actors.citizen["person_id"],
            "application_id": application["id"],
            "starts_on": today.isoformat(),
            "ends_on": end.isoformat(),
            "review_on": end.isoformat(),
            "assessment_ids": assessments,
            "path": [
                {
                    "id": step,
                    "need_id": need["id"],
                    "service_id": match["service"]["id"],
                    "quantity": {"amount": HOURS, "unit": "hour"},
                    "rhythm": "weekly",
                    "starts_on": today.isoformat(),
                    "ends_on": end.isoformat(),
                    "duties": [
                        {"organisation_id": provider, "what": "每周上门照料", "due_on": end.isoformat()},
                    ],
                }
            ],
            "supervision": [{"kind": "visit", "organisation_id": provider, "first_on": today.isoformat()}],
            "goals": [
                {
                    "statement": "每天能安全起床、每周洗澡两次",
                    "measure": "专职委员每月上门看到",
                    "due_on": end.isoformat(),
                    "item_ids": [step],
                }
            ],
        },
    )
    path = f"/v1/plans/{plan['id']}"
    actors.step("citizen", "agrees to it", f"{path}/agreement", body={"opinion": "同意，希望早上来。"})
    return actors.step("township_officer", "approves it; the one who drew it up could not", f"{path}/approval")


def _agree(actors: Actors, match: dict[str, Any]) -> None:
    """A plan is no consent: that a provider is told is agreed to by itself, and can be taken back."""
    consent = actors.post(
        "citizen",
        "agrees that this provider is told name and contacts, to give the service",
        f"/v1/persons/{actors.citizen['person_id']}/consents",
        body={
            "receiver_id": match["service"]["organisation_id"],
            "purpose": "service_delivery",
            "fields": ["name", "contacts"],
        },
    )
    actors.get("citizen", "keeps the receipt, which says how to take it back", f"/v1/consents/{consent['id']}/receipt")


def _deliver(actors: Actors, plan: dict[str, Any], *, need: dict[str, Any], match: dict[str, Any]) -> dict[str, Any]:
    referral = actors.post(
        "commissioner",
        "refers the person to the service",
        "/v1/referrals",
        body={
            "need_id": need["id"],
            "service_id": match["service"]["id"],
            "plan_id": plan["id"],
            "plan_item_id": plan["path"][0]["id"],
        },
    )
    path = f"/v1/referrals/{referral['id']}"
    today = actors.today()
    actors.step("provider", "accepts", f"{path}/acceptance", body={"begins_on": today})
    actors.get("provider", "reads whom it is to visit", f"/v1/persons/{referral['person_id']}")
    actors.let_pass(days=7)
    delivered = {"on": actors.today(), "quantity": {"amount": 2, "unit": "hour"}}
    actors.step("provider", "has been there and says so", f"{path}/delivery", body={"deliveries": [delivered]})
    confirmed = actors.step(
        "citizen",
        "confirms that it was done, and how it was",
        f"{path}/confirmation",
        body={"satisfaction": 5, "words": "来得准时。"},
    )
    actors.get(
        "citizen",
        "reads who has looked, and what for",
        f"/v1/access-records?person_id={actors.citizen['person_id']}&limit=5",
    )
    return confirmed
