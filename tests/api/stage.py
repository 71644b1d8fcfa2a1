"""A scene with everybody who may step onto it: each role from each place and side of one person's case."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import asyncpg
import httpx
from fastapi import FastAPI

from app.api.pagination import cursor_of
from app.api.v1.schemas.event import key_of
from app.domain.shared.access import BY_PARTY, Role
from app.domain.shared.authz import OPERATIONS
from app.domain.shared.region import contains
from app.sandbox.authority import sandbox_id
from app.services.ports.event import Place
from tests.acting import World, open_world
from tests.api.actors import ODD_PLACES, PLACES, Actor, Register, area_roles
from tests.api.probes import Probe, Scene, a_scene, of_document

LISTS = {
    "list_applications": "application_id",
    "list_certificate_cases": "certificate_case",
    "list_benefit_cases": "benefit_case",
    "list_case_clocks": "clock_id",
    "list_draws": "draw_id",
    "list_confirmations": "confirmation_id",
    "list_decisions": "decision_id",
    "list_reviews": "review_id",
    "list_plans": "plan_id",
    "list_referrals": "referral_id",
    "list_delivery_findings": "delivery_finding_id",
    "list_inspections": "inspection_id",
    "list_complaints": "complaint_id",
    "list_complaint_questions": "question_id",
    "list_ratings": "rating_id",
    "list_payment_rolls": "roll_id",
    "list_rechecks": "recheck_id",
    "list_offers": "offer_id",
    "list_uncertified_entries": "entry_id",
    "list_roster": "person_id",
    "list_harm_reports": "harm_report_id",
    "list_need_reports": "need_report_id",
    "list_waiting_entries": "waiting_entry_id",
    "list_beneficiaries": "beneficiary_id",
    "list_home_visits": "visit_id",
    "list_gaps": "person_id",
    "list_register_discrepancies": "discrepancy_id",
    "list_register_imports": "import_id",
    "list_survey_findings": "finding_id",
    "list_person_duplicates": "duplicate_id",
    "list_integrity_alarms": "alarm_id",
    "list_drafts": "draft_id",
    "list_events": "application_id",
}
"""Operations that list things of all people, and the field of the scene that one of the items is."""
AT_THE_EDGE = (Role.TOWNSHIP_OFFICER, Role.COUNTY_OFFICER, Role.AUDITOR)
"""Who also asks from places that a careless comparison of codes would take for the right ones."""
OWNERS = dict.fromkeys(("job_id", "upload_id", "draft_id"), "the submitting system")
"""What is one account's own: nobody else knows of it, whatever their role and place."""
OF_COUNTY = dict.fromkeys(
    (
        "roll_id",
        "import_id",
        "alarm_id",
        "harm_report_id",
        "complaint_id",
        "question_id",
        "draft_payment_roll",
        "scan_rechecks",
        "announce_project",
    ),
    "65/6523/652301",
)
OF_COUNTY |= {"service_listing_id": "65/6523/652301/652301104"}
"""What belongs to a whole county, or to the whole township for which it is offered: a part of it opens nothing."""
SEEN_BELOW = {"project_id": "65/6523/652301"}
"""What is for a whole place: whoever works in a part of it knows of it, and does there what is their function."""
OF_THE_BODY = {"get_harm_report": OPERATIONS["list_harm_reports"].roles}
"""What others than these know of only where they have brought it about, which none of them here has."""
INTAKE = {"submit_application": {"outside_your_area", "not_yourself"}, "register_person": {"outside_your_area"}}
INTAKE |= {"draft_payment_roll": {"not_your_function"}, "scan_rechecks": {"not_your_function"}}
INTAKE |= {"announce_project": {"not_your_function"}}
INTAKE |= {"propose_assignment": {"not_your_function"}}
INTAKE |= {"state_capacity": {"not_your_service"}}
INTAKE |= {"open_survey_round": {"not_your_function"}}
INTAKE |= {"start_draft": {"not_your_function"}}
INTAKE |= {key: {"not_your_function"} for key in ("report_gaps", "propose_groups", "list_groups", "adopt_groups")}
INTAKE |= {key: {"not_your_function"} for key in ("assign_commissioners", "plan_visits", "list_plan_obligations")}
INTAKE |= {"list_unserved_people": {"not_your_function"}}
INTAKE |= {key: {"not_your_function"} for key in ("list_past_roster", "export_roster", "list_archive_gaps")}
INTAKE |= {key: {"not_your_function"} for key in ("report_archive_gaps", "list_association_archives")}
"""Operations that take a person in, and what is said to who may not take in this one."""
FREE = {"start_draft": {Role.PORTAL, Role.CITIZEN}}
"""Who else than a portal may take in anybody: a draft asks for no person."""


@dataclass
class Stage:
    """The scene, all who may step onto it, and how each operation is asked."""

    api: httpx.AsyncClient
    scene: Scene
    register: Register
    actors: list[Actor]
    probes: dict[str, Probe]

    async def ask(self, probe: Probe, token: str | None, *, scene: Scene | None = None) -> httpx.Response:
        """The probe's request, with this token or none."""
        method, path, request = probe.sent(scene or self.scene)
        if token is not None:
            request["headers"]["Authorization"] = f"Bearer {token}"
        return await self.api.request(method, path, **request)

    async def ask_as(self, actor: Actor, probe: Probe, *, scene: Scene | None = None) -> httpx.Response:
        """The same as somebody."""
        return await self.ask(probe, self.register.token_of(actor, probe.operation), scene=scene)

    def somebody_for(self, operation: str) -> Actor:
        """An actor who gets through."""
        return next(one for one in self.actors if one.role in OPERATIONS[operation].roles and one.reaches)


async def a_stage(app: FastAPI, api: httpx.AsyncClient, superuser: asyncpg.Connection) -> Stage:
    """The scene is played once; the tests only knock at it."""
    world = await open_world(api)
    scene = await a_scene(world)
    register = Register(superuser, app.state.ports.tokens, UUID(world.opened["client_id"]))
    actors = [await register.officer(role, where) for role in area_roles() for where in PLACES]
    actors += [await register.officer(role, where) for role in AT_THE_EDGE for where in ODD_PLACES]
    actors += [await register.torn(role) for role in area_roles()]
    actors += await _parties(register, world, await open_world(api))
    await _once_and_future_parties(superuser, scene)
    return Stage(api, scene, register, actors, of_document(app.openapi()))


async def _parties(register: Register, world: World, neighbour: World) -> list[Actor]:
    """For each role that reaches by party one who is a party, and others who only might seem so."""
    known = [
        Actor(Role.PORTAL, OWNERS["job_id"], reaches=True, account_id=UUID(world.account("portal"))),
        Actor(Role.PORTAL, "another system", reaches=False, account_id=UUID(world.account("verifying_portal"))),
        Actor(Role.PORTAL, "another's client", reaches=False, account_id=UUID(neighbour.account("portal"))),
        Actor(Role.CITIZEN, "the person", reaches=True, account_id=UUID(world.account("citizen"))),
        Actor(Role.CITIZEN, "a neighbour", reaches=False, account_id=UUID(neighbour.account("citizen"))),
        # One more doctor of the hospital would be drawn in other tests, which have no token of theirs.
        Actor(Role.EVALUATOR, "evaluation_hospital", reaches=True, account_id=UUID(world.account("fifth_evaluator"))),
    ]
    members = [
        await register.member(Role.PORTAL, "service_platform", reaches=False),
        await register.member(Role.EVALUATOR, "rehabilitation_centre", reaches=False),
        await register.member(Role.APPEAL_OFFICER, "prefecture_federation", reaches=True),
        await register.member(Role.APPEAL_OFFICER, "provincial_federation", reaches=False),
        await register.member(Role.PROVIDER, "home_care_society", reaches=True),
        await register.member(Role.PROVIDER, "rehabilitation_centre", reaches=False),
    ]
    return known + members


async def _once_and_future_parties(superuser: asyncpg.Connection, scene: Scene) -> None:
    """Let the centre have been a party to everything, and the platform become one: neither is one today."""
    centre, platform = (sandbox_id("organisation", name) for name in ("rehabilitation_centre", "service_platform"))
    days = {centre: (date(2020, 1, 1), date(2026, 1, 1)), platform: (date(2099, 1, 1), None)}
    for case in (scene.application_id, scene.certificate_case, scene.benefit_case, scene.referral_id):
        for party, (first, last) in days.items():
            for role in (Role.EVALUATOR, Role.PROVIDER, Role.PORTAL):
                await superuser.execute(
                    "INSERT INTO party (case_id, party_id, role, person_id, valid_from, valid_to) "
                    "VALUES ($1, $2, $3, $4, $5, $6)",
                    *(UUID(case), party, role, UUID(scene.person_id), first, last),
                )


def knows(actor: Actor, probe: Probe) -> bool:
    """Whether what a probe names is the actor's to know of."""
    if probe.target in OWNERS:
        return actor.where == OWNERS[probe.target]
    if actor.role not in OF_THE_BODY.get(probe.operation, Role):
        return False
    if probe.target in SEEN_BELOW and actor.role not in BY_PARTY:
        whole, area = SEEN_BELOW[probe.target], (PLACES | ODD_PLACES).get(actor.where)
        return area is not None and (contains(whole, area) or contains(area, whole))
    place = OF_COUNTY.get(probe.target or probe.operation)
    if place and actor.role not in BY_PARTY:
        return actor.reaches and actor.where in PLACES and contains(PLACES[actor.where], place)
    return actor.reaches


def is_as_the_table_says(probe: Probe, actor: Actor, answer: httpx.Response) -> bool:
    """What must come, computed from the operation's row, the actor's role and whether the actor reaches the person."""
    name, code = probe.operation, answer.json().get("code") if answer.status_code >= 400 else ""
    if actor.role not in OPERATIONS[name].roles:
        return (answer.status_code, code) == (403, "forbidden")
    reaches = knows(actor, probe)
    if name in INTAKE and not reaches and actor.role not in FREE.get(name, {Role.PORTAL}):
        return answer.status_code == 403 and code in INTAKE[name]
    if probe.target and not reaches:
        return (answer.status_code, code) == (404, "not_found")
    if probe.is_versioned:
        return (answer.status_code, code) == (412, "stale_version")
    if probe.method == "GET":
        return answer.status_code == 200
    return answer.status_code in {200, 201, 409, 422}


async def positioned(stage: Stage, probe: Probe, superuser: asyncpg.Connection) -> dict[str, str]:
    """Parameters by which a list begins with the scene, whatever else the database holds."""
    if probe.operation == "list_events":
        row = await superuser.fetchrow(
            "SELECT transaction_id, position FROM event WHERE application_id = $1 ORDER BY position LIMIT 1",
            UUID(stage.scene.application_id),
        )
        return {"limit": "100", "cursor": cursor_of(key_of(Place(row["transaction_id"], row["position"] - 1)))}
    before = UUID(int=UUID(getattr(stage.scene, LISTS[probe.operation])).int - 1)
    return {"limit": "100", "cursor": cursor_of(before)}
