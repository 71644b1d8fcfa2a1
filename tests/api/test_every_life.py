"""Every table of steps, walked over HTTP: for each stage, step and role the answer is what the rows of both tables say.

A real case of each kind, with all that belongs to it, is stored at one stage after the other, as only this test may.
Each request is then rehearsed, so that the next one finds the same. What the row lets pass may still be refused by a
named condition of the rule; what it does not, never passes. Whoever has no function in an operation is refused before
the case is looked at, and asks at the first stage only.
"""

import json
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import product
from types import MappingProxyType
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import pytest
from pydantic import SecretStr

from app.adapters.postgres import gate
from app.adapters.postgres.database import Database
from app.adapters.postgres.roles import OWNER
from app.adapters.postgres.unit_of_work import PostgresUnitOfWork
from app.domain.benefit import Route
from app.domain.certificate import Business, CancellationGround
from app.domain.certificate.way import Ending, Way
from app.domain.shared.access import BY_PARTY, Principal, Role
from app.domain.shared.authz import OPERATIONS
from app.services.ports.caller import Caller, by_itself
from tests.api.actors import Actor
from tests.api.rolls import no_roll_open
from tests.api.stage import Stage
from tests.lives import LIVES, Table, every_table, life_of
from tests.working import own_database

pytestmark = [pytest.mark.anyio, pytest.mark.database]


@dataclass(frozen=True)
class Kept:
    """Where cases of a kind are kept, and which of the scene it is."""

    repository: str
    field: str


KEPT: Mapping[str, Kept] = MappingProxyType(
    {
        "certificate case": Kept("certificate_cases", "certificate_case"),
        "benefit case": Kept("benefit_cases", "benefit_case"),
        "consent": Kept("consents", "consent_id"),
        "correction": Kept("corrections", "correction_id"),
        "evidence request": Kept("evidence_requests", "request_id"),
        "inspection": Kept("inspections", "inspection_id"),
        "complaint": Kept("complaints", "complaint_id"),
        "complaint question": Kept("complaint_questions", "question_id"),
        "delivery finding": Kept("delivery_findings", "delivery_finding_id"),
        "harm report": Kept("harm_reports", "harm_report_id"),
        "need report": Kept("need_reports", "need_report_id"),
        "waiting entry": Kept("waiting_entries", "waiting_entry_id"),
        "integrity alarm": Kept("integrity_alarms", "alarm_id"),
        "need": Kept("needs", "need_id"),
        "offer": Kept("offers", "offer_id"),
        "payment roll": Kept("payment_rolls", "roll_id"),
        "person duplicate": Kept("person_duplicates", "duplicate_id"),
        "plan": Kept("plans", "plan_id"),
        "project": Kept("projects", "project_id"),
        "beneficiary": Kept("beneficiaries", "beneficiary_id"),
        "recheck": Kept("rechecks", "recheck_id"),
        "referral": Kept("referrals", "referral_id"),
        "register discrepancy": Kept("register_discrepancies", "discrepancy_id"),
        "register import": Kept("register_imports", "import_id"),
        "review": Kept("reviews", "review_id"),
        "survey finding": Kept("survey_findings", "finding_id"),
        "uncertified entry": Kept("uncertified_entries", "entry_id"),
    }
)
BUILT: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "benefit case": ("granted", "done"),
        "beneficiary": ("ending", "ended_on"),
        "certificate case": ("objections",),
        "payment roll": ("totals",),
        "person duplicate": ("done",),
        "referral": ("done", "begins_on", "deliveries"),
    }
)
"""What a case has at a stage beside it, and takes from the builders: a grant, the day of acceptance, objections."""
ASKED_BEFORE = {
    "accept_certificate_case": {"certificate_held", "renewal_not_open"},
    "issue_certificate": {"certificate_held", "renewal_not_open"},
}
"""What is looked at before the table is asked: the person of the scene holds a certificate, and a new one."""
LEFT_OUT = {
    "application": "its status follows from its items, and is not stored for itself",
    "certificate": "its status is that of its last version, and follows from the day",
    "confirmation": "the case that waits for it would have to be put where it stands, too",
    "draw": "it is written once, at the end of its way, and never changed",
    "draft": "it is one account's own, and its stages end it",
    "evidence": "its class is how it came, and no stage of a case",
    "job": "it is one account's own, and goes on by itself",
    "project change": "it is part of a project, and is asked for anew at each of its stages",
    "service of the catalogue": "all clients of a sandbox share the scene's, and nobody changes it",
    "survey round": "it is open or closed by a human's word, and nothing else moves it",
    "survey entry": "the round that it belongs to would have to be put where it stands, too",
}
"""Kinds that cannot be put at a stage by storing it. `tests/domain/test_every_life.py` walks their tables, and those of
benefits that the scene has not applied for: its clocks would not be theirs."""
NO_CANCELLATION_OPEN = """
UPDATE certificate_case SET stage = 'withdrawn' WHERE person_id = $1 AND business = 'cancellation' AND id <> $2
"""
ONLY_BY_A_REVIEW = {"grant_anew"}
SAID: Mapping[str, Mapping[str, dict[str, Any]]] = MappingProxyType(
    {
        "agree_plan": {"agree": {"answer": "agree"}, "decline": {"answer": "decline"}},
        "decide_benefit_case": {
            "grant": {"outcome": "granted", "text": "同意发放。"},
            "refuse": {"outcome": "refused", "reason": "conditions_not_met", "text": "不符合条件。"},
        },
        "decide_recheck": {
            "confirm": {"verdict": "confirmed"},
            "stop": {"verdict": "stopped", "text": "户籍已迁出", "ceased_on": "2026-11-20"},
            "correct": {"verdict": "corrected", "text": "月份有误", "first_month": "2026-11-01"},
        },
        "decide_review": {
            "uphold": {"outcome": "upheld", "text": "事实清楚。"},
            "change": {"outcome": "changed", "text": "应予给予。"},
            "send_back": {"outcome": "sent_back", "text": "事实不清。"},
        },
        "settle_survey_finding": {
            "mend": {"settlement": "mended", "text": "已更正。"},
            "confirm": {"settlement": "confirmed", "text": "已核实。"},
        },
        "settle_register_discrepancy": {
            "take": {"settlement": "taken", "text": "已核对原证。"},
            "keep": {"settlement": "kept", "text": "导入信息有误。"},
        },
    }
)
"""What is said for a step where one operation does several."""
COUNTY = "the county above"
BY_THE_ROW = {"not_your_function", "illegal_transition"}


@dataclass(frozen=True)
class Step:
    """One request, and the steps that it may be: which one follows from where the case stands."""

    operation: str
    actions: frozenset[StrEnum]
    body: str | None


def steps_of(table: Table, stage: Stage) -> list[Step]:
    """Every step of people as a request; those that are asked alike are one."""
    found: dict[tuple[str, str | None], set[StrEnum]] = {}
    for action, row in table.lifecycle.steps.items():
        if row.operation is None or action in ONLY_BY_A_REVIEW:
            continue
        _, _, request = stage.probes[row.operation].sent(stage.scene)
        body = SAID.get(row.operation, {}).get(action.value, request.get("json"))
        if body and "item" in body and table.lifecycle.noun == "certificate case":
            body = body | {"item": "certificate"}
        said = None if body is None else json.dumps(body, ensure_ascii=False, sort_keys=True)
        found.setdefault((row.operation, said), set()).add(action)
    return [Step(operation, frozenset(actions), body) for (operation, body), actions in found.items()]


def expected(table: Table, step: Step, *, stage: StrEnum, role: Role) -> tuple[int, str] | None:
    """What must come by the two tables; None where the row lets it pass, and only a condition may refuse it."""
    rows = [table.lifecycle.steps[action] for action in step.actions]
    if role not in OPERATIONS[step.operation].roles:
        return 403, "forbidden"
    if not any(role in row.roles for row in rows):
        return 403, "not_your_function"
    if not any(stage in row.sources for row in rows if role in row.roles):
        return 409, "illegal_transition"
    return None


async def as_owner(connection: Any, caller: Caller) -> gate.Admission:
    """A way in that the walls let pass, as a back-fill: also what is final is put back."""
    await gate.step_in(connection, reach="migration")
    actor = Principal(id=caller.subject, client_id=caller.client_id, roles=frozenset(), scopes=frozenset())
    return gate.Admission(actor, None, 0, await connection.fetchval("SELECT max(id) FROM rule"))


class Keeper:
    """Puts the scene's case of a kind at a stage, and back."""

    def __init__(self, database: Database, kept: Kept, key: UUID) -> None:
        self._database = database
        self._kept = kept
        self._key = key

    def _work(self) -> PostgresUnitOfWork:
        return PostgresUnitOfWork(self._database, by_itself("walk", request_id="walk"), admit=as_owner)

    async def found(self) -> Any:
        async with self._work() as work:
            return await getattr(work, self._kept.repository).get(self._key)

    async def put(self, case: Any) -> str:
        """Store it over whatever is there, and say its version as a tag."""
        async with self._work() as work:
            repository = getattr(work, self._kept.repository)
            there = await repository.get(self._key)
            saved = await repository.save(replace(case, version=there.version))
            return await work.commit(f'"{saved.version}"')


@pytest.fixture
async def owners(installed: Any) -> AsyncIterator[Database]:
    dsn = SecretStr(installed.server.dsn(OWNER, installed.database))
    async with own_database(installed.settings.model_copy(update={"database_url": dsn}), pool_size=2) as opened:
        yield opened


def standing(table: Table, case: Any, stage: StrEnum) -> Any:
    """The case at a stage of the table, with what it would have there."""
    built = life_of(table).at(stage)
    more = {name: getattr(built, name) for name in BUILT.get(table.lifecycle.noun, ())}
    if isinstance(table.route, Way):
        more |= {"way": table.route, "business": Business(table.name.rpartition(" ")[2])}
        more |= {"ground": CancellationGround.VOLUNTARY} if table.route.ending is Ending.CANCEL else {}
    if table.lifecycle.noun == "person duplicate":
        more |= {"kept_id": case.person_id}
    return replace(case, stage=stage, **more)


def tables() -> list[Table]:
    """One table for each kind, and for each way of certificate business that is none of the others'."""
    ways: dict[str, Table] = {}
    for table in every_table():
        if table.lifecycle.noun in KEPT and not isinstance(table.route, Route):
            ways.setdefault(table.lifecycle.diagram(), table)
    return [*ways.values(), next(table for table in every_table() if isinstance(table.route, Route))]


def everybody(stage: Stage) -> Iterator[Actor]:
    """One of each role who reaches the case; of those who reach by area, one of the whole county."""
    reaching = [actor for actor in stage.actors if actor.reaches and not actor.also]
    for role in Role:
        yield next(one for one in reaching if one.role is role and (role in BY_PARTY or one.where == COUNTY))


async def asked(
    there: httpx.AsyncClient, stage: Stage, step: Step, *, actor: Actor, table: Table, version: str
) -> httpx.Response:
    """The request of a step as somebody, at the present version."""
    method, path, request = stage.probes[step.operation].sent(stage.scene)
    headers = request["headers"] | {"Authorization": f"Bearer {stage.register.token_of(actor, step.operation)}"}
    if table.lifecycle.noun == "certificate case":
        path = path.replace("/items/living_subsidy/", "/items/certificate/")
    if "If-Match" in headers:
        headers["If-Match"] = await _tag_of(stage, path) if path.startswith("/v1/applications/") else version
    content = None if step.body is None else step.body.encode()
    return await there.request(method, path, headers=headers | {"Content-Type": "application/json"}, content=content)


async def _tag_of(stage: Stage, path: str) -> str:
    read = await stage.scene.world.call("auditor", "GET", "/".join(path.split("/")[:4]))
    return read.headers["ETag"]


def is_right(status: int, code: str | None, *, must: tuple[int, str] | None, operation: str) -> bool:
    """Whether an answer is what must come; where the row lets the step pass, a condition may still refuse it."""
    if must is None:
        return status < 500 and code not in BY_THE_ROW
    return (status, code) == must or (must[0] == status == 409 and code in ASKED_BEFORE.get(operation, ()))


def test_every_kind_is_walked_or_said_to_be_left_out() -> None:
    assert KEPT.keys() | LEFT_OUT.keys() == LIVES.keys()


@pytest.mark.parametrize("table", tables(), ids=str)
async def test_each_answer_is_what_the_rows_say(
    rehearsing: httpx.AsyncClient, stage: Stage, owners: Database, *, superuser: asyncpg.Connection, table: Table
) -> None:
    await no_roll_open(stage.scene.world)
    await superuser.execute(NO_CANCELLATION_OPEN, UUID(stage.scene.person_id), UUID(stage.scene.certificate_case))
    kept = KEPT[table.lifecycle.noun]
    keeper = Keeper(owners, kept, UUID(getattr(stage.scene, kept.field)))
    as_it_was, actors, steps = await keeper.found(), list(everybody(stage)), steps_of(table, stage)
    wrong, passed = [], 0
    try:
        for place in table.stages:
            version = await keeper.put(standing(table, as_it_was, place))
            for step, actor in product(steps, actors):
                if place is not table.stages[0] and actor.role not in OPERATIONS[step.operation].roles:
                    continue
                answer = await asked(rehearsing, stage, step, actor=actor, table=table, version=version)
                code = None if answer.is_success else answer.json()["code"]
                must = expected(table, step, stage=place, role=actor.role)
                passed += answer.is_success
                if not is_right(answer.status_code, code, must=must, operation=step.operation):
                    told = f"{place} {step.operation} {sorted(step.actions)} by {actor.role}"
                    wrong.append(f"{told}: {answer.status_code} {code}, not {must}")
    finally:
        await keeper.put(as_it_was)
    assert wrong == []
    assert passed
