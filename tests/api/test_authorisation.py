"""Who may do what: every role, from every place and side, asks for every operation, and the table says what must come.

Nothing is written by hand for an operation: a new one is asked for as soon as the table has it.
"""

from typing import Any
from uuid import UUID

import asyncpg
import httpx
import pytest
from fastapi import FastAPI
from structlog.testing import capture_logs

from app.domain.shared.access import BY_PARTY, Role
from app.domain.shared.authz import OPERATIONS, Scope
from app.services.ports.caller import NOBODY
from tests.acting import World
from tests.api.actors import ODD_PLACES, PLACES, Actor
from tests.api.probes import Probe
from tests.api.stage import LISTS, Stage, is_as_the_table_says, knows, positioned

pytestmark = [pytest.mark.anyio, pytest.mark.database]

TABLES = {name: name.removeprefix("list_").removesuffix("s") for name in LISTS}
TABLES |= {"list_uncertified_entries": "uncertified_entry"}
TABLES |= {"list_home_visits": "home_visit", "list_harm_reports": "harm_report", "list_need_reports": "need_report"}
TABLES |= {"list_waiting_entries": "waiting_entry"}
TABLES |= {"list_delivery_findings": "delivery_finding"}
TABLES |= {"list_inspections": "inspection", "list_beneficiaries": "beneficiary"}
TABLES |= {"list_complaints": "complaint", "list_complaint_questions": "complaint_question"}
TABLES |= dict.fromkeys(("list_roster", "list_gaps"), "person")
TABLES["list_register_discrepancies"] = "register_discrepancy"
TABLES["list_person_duplicates"] = "person_duplicate"
READS = ("get_", "list_", "search_", "match_", "prefill_", "verify_certificate", "print_receipt")
NAMES_NOBODY = {"list_payment_rolls", "get_payment_roll", "list_draws", "get_draw", "list_groups"}
NAMES_NOBODY |= {"list_register_imports", "get_register_import"}
NAMES_NOBODY |= {"list_integrity_alarms", "get_integrity_alarm"}
NAMES_NOBODY |= {"list_service_listings", "get_service_listing"}
NAMES_NOBODY |= {"list_complaint_questions", "get_complaint_question"}
NAMES_NOBODY |= {"list_survey_rounds", "get_survey_round", "list_survey_progress", "get_association_archive"}
NAMES_NOBODY |= {"list_association_archives", "list_projects", "get_project"}
NAMES_SOME = {
    "get_visit_queue",
    "list_survey_work",
    "list_plan_obligations",
    "list_unserved_people",
    "list_past_roster",
    "list_archive_gaps",
    "list_payment_lines",
    "list_drafts",
    "get_draft",
    "list_certificate_proposals",
}
"""Answers that name a person or nobody: a draft names the citizen who began it, if one did."""
ABOUT_NOBODY = {Scope.REFERENCE_READ, Scope.SANDBOX, Scope.JOBS_READ, Scope.UPLOADS_WRITE}
"""Of whom a job has shown was written down when its chunk was done."""
OF_NOBODY = "published"
"""A commitment that waits for a case is everybody's."""
RECORDED = """
SELECT actor_id, count(*) FROM access_record WHERE person_ids @> ARRAY[$1::uuid] AND operation = $2 GROUP BY actor_id
"""


def is_shown(stage: Stage, probe: Probe, answer: httpx.Response) -> bool:
    """Whether an answer shows the person of the scene."""
    if not answer.is_success or OPERATIONS[probe.operation].scope in ABOUT_NOBODY or probe.operation in NAMES_NOBODY:
        return False
    if probe.operation.startswith("search_") or probe.operation in NAMES_SOME:
        return stage.scene.person_id in answer.text
    if probe.operation in LISTS:
        return getattr(stage.scene, LISTS[probe.operation]) in answer.text
    return True


async def test_every_operation_of_the_table_is_served_and_every_guarded_route_is_in_the_table(app: FastAPI) -> None:
    guarded = {
        described["operationId"]: described["security"]
        for operations in app.openapi()["paths"].values()
        for described in operations.values()
        if described.get("security")
    }

    assert len(guarded) > 50
    assert guarded.keys() == OPERATIONS.keys()
    assert guarded == {name: [{"oauth2": [row.scope.value]}] for name, row in OPERATIONS.items()}


async def test_every_scope_opens_something() -> None:
    assert {row.scope for row in OPERATIONS.values()} | {Scope.CERTIFICATES_VERIFY_DETAIL} == set(Scope)


async def test_all_roles_and_relations_are_there(stage: Stage) -> None:
    assert {actor.role for actor in stage.actors} == set(Role)
    assert {role for role in Role if {True, False} <= {one.reaches for one in stage.actors if one.role is role}} == {
        *Role
    }
    assert stage.probes.keys() == OPERATIONS.keys()


@pytest.mark.parametrize("operation", OPERATIONS)
async def test_each_role_may_do_what_the_table_says(
    stage: Stage, superuser: asyncpg.Connection, *, operation: str
) -> None:
    probe, person = stage.probes[operation], UUID(stage.scene.person_id)
    if operation in LISTS:
        probe = probe.asking(await positioned(stage, probe, superuser))
    before = dict(await superuser.fetch(RECORDED, person, operation))

    answers = [(actor, await stage.ask_as(actor, probe)) for actor in stage.actors]

    wrong = [(actor, got) for actor, got in answers if not is_as_the_table_says(probe, actor, got)]
    assert [f"{actor}: {got.status_code} {got.text[:200]}" for actor, got in wrong] == []
    after = dict(await superuser.fetch(RECORDED, person, operation))
    if not operation.startswith(READS):
        return
    recorded = {key: count - before.get(key, 0) for key, count in after.items() if count != before.get(key, 0)}
    assert recorded == {actor.account_id: 1 for actor, got in answers if is_shown(stage, probe, got)}


async def test_the_log_names_whoever_was_refused(world: World) -> None:
    with capture_logs() as lines:
        refused = await world.call("provider", "GET", "/v1/payment-rolls")

    told = next(line for line in lines if line["event"] == "request")
    assert (refused.status_code, told["status"], told["actor"]) == (403, 403, world.account("provider"))


@pytest.mark.parametrize("operation", [name for name in OPERATIONS if name in LISTS or name.startswith("search_")])
async def test_no_list_shows_what_lies_outside_of_the_callers_reach(
    stage: Stage, superuser: asyncpg.Connection, *, operation: str
) -> None:
    probe = stage.probes[operation]
    callers = [actor for actor in stage.actors if actor.role in OPERATIONS[operation].roles]
    queries = [{"limit": "100"}, await positioned(stage, probe, superuser)] if operation in LISTS else [{}]

    for actor in callers:
        for query in queries:
            answer = await stage.ask_as(actor, probe.asking(query) if query else probe)
            listed = [item for item in _items(answer.json()) if item.get("stage") != OF_NOBODY]
            shown = {
                UUID(item["id"] if operation == "list_events" else item.get("subject_id") or item["id"])
                for item in listed
            }
            if not actor.reaches:
                assert stage.scene.person_id not in answer.text, actor
            if actor.role not in BY_PARTY:
                regions = await superuser.fetch(_REGIONS[operation], [*shown])
                outside = {row[0] for row in regions} - {row[0] for row in regions if _within(row[0], actor)}
                assert outside == set(), actor
                assert len(regions) >= len(shown), actor


_REGIONS = {
    name: f"SELECT region_path FROM {table} WHERE id = ANY ($1)"
    for name, table in (TABLES | {"search_persons": "person", "search_applications": "application"}).items()
} | {"list_events": "SELECT region_path FROM event WHERE id = ANY ($1)"}


def _items(listed: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = listed[next(name for name in ("persons", "applications", "items") if name in listed)]
    return found


def _within(region: str, actor: Actor) -> bool:
    area = (PLACES | ODD_PLACES).get(actor.where, PLACES["another county"])
    return region == area or region.startswith(f"{area}/")


@pytest.mark.parametrize("operation", OPERATIONS)
async def test_what_one_may_not_know_looks_like_what_is_not_there(stage: Stage, *, operation: str) -> None:
    probe, nothing = stage.probes[operation], stage.scene.forgotten()
    may = [one for one in stage.actors if one.role in OPERATIONS[operation].roles]
    strangers = [one for one in may if not one.reaches and not knows(one, probe)]

    for actor in strangers if probe.target else ():
        hidden, absent = await stage.ask_as(actor, probe), await stage.ask_as(actor, probe, scene=nothing)

        assert _without_id(hidden) == _without_id(absent), actor
        assert hidden.headers.keys() == absent.headers.keys(), actor


def _without_id(answer: httpx.Response) -> tuple[int, dict[str, Any]]:
    return answer.status_code, {name: value for name, value in answer.json().items() if name != "request_id"}


async def test_the_etag_of_a_thing_is_the_same_for_everybody(stage: Stage) -> None:
    for probe in stage.probes.values():
        if probe.method == "GET" and probe.target:
            callers = [
                one for one in stage.actors if knows(one, probe) and one.role in OPERATIONS[probe.operation].roles
            ]
            tags = {(await stage.ask_as(actor, probe)).headers.get("ETag") for actor in callers}
            assert len(tags) == 1, (probe.operation, tags)


async def test_whoever_changed_something_of_a_person_was_written_down_as_having_seen_it(
    stage: Stage, superuser: asyncpg.Connection
) -> None:
    happened = await superuser.fetch(
        "SELECT name, (SELECT count(*) FROM access_record a WHERE a.request_id = e.request_id "
        "AND a.person_ids @> ARRAY[e.person_id]) AS records FROM event e WHERE person_id = $1 AND actor_id <> $2",
        UUID(stage.scene.person_id),
        NOBODY,  # what a day brings is done by nobody, and shown to nobody
    )

    assert len(happened) > 15
    assert {row["name"] for row in happened if row["records"] != 1} == set()
