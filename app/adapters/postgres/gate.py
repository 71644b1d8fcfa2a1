"""Confirms a caller in the caller's own transaction: account, client, token, appointments; and what may be seen."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import asyncpg

from app.domain.shared.access import BY_PARTY, Membership, Principal, Role
from app.domain.shared.authz import OPERATIONS, Reach, acting_in
from app.domain.shared.errors import Forbidden
from app.services.ports.caller import NOBODY as NOBODY_ID
from app.services.ports.caller import Caller, CallerUnknown

Admit = Callable[[asyncpg.Connection, Caller], Awaitable["Admission"]]
"""How a transaction is entered."""
NOBODY = str(NOBODY_ID)
STEP_IN = """
SELECT set_config('yian.' || name, value, true)
FROM unnest($1::text[], $2::text[]) AS setting (name, value)
"""
ENTER = """
SELECT person_id, clock_id, clock_offset, revision, memberships, wards FROM enter($1, $2, $3, $4, $5, $6, $7)
"""
PLACE = """
SELECT coalesce(max(offset_seconds), 0) AS clock_offset, (SELECT max(id) FROM rule) AS revision,
       ((now() + make_interval(secs => coalesce(max(offset_seconds), 0))) AT TIME ZONE 'Asia/Shanghai')::date AS today
FROM clock WHERE id = $1
"""


@dataclass(frozen=True, slots=True)
class Admission:
    """A confirmed caller, the clock that the caller's business runs by, and the newest rule on record."""

    actor: Principal
    clock_id: UUID | None
    clock_offset_seconds: int
    revision: int | None


def asked_roles(caller: Caller) -> frozenset[Role]:
    """The caller's claimed roles that may do this operation at all."""
    return caller.roles & OPERATIONS[caller.operation].roles


async def enter(connection: asyncpg.Connection, caller: Caller) -> Admission:
    """Confirm the caller and set what row-level security lets this transaction see.

    Raises:
        CallerUnknown: account or client is closed, or the token was revoked.
        Forbidden: none of the claimed roles is held at present.
    """
    wanted = asked_roles(caller)
    operation = OPERATIONS[caller.operation]
    row = await connection.fetchrow(
        ENTER,
        caller.subject,
        caller.client_id,
        caller.token_id,
        list(wanted),
        list(wanted - BY_PARTY),
        operation.reach if wanted - {Role.CITIZEN} else Reach.CASES,  # the own person is found without looking further
        list(acting_in(operation)),
    )
    if row is None:
        raise CallerUnknown("The token is no longer honoured. Sign in again.")
    memberships = tuple(_membership(held) for held in row["memberships"])
    roles = frozenset(membership.role for membership in memberships)
    if row["person_id"] is not None:
        roles |= wanted & {Role.CITIZEN}
    if not roles:
        raise Forbidden("You hold no appointment for this at present. Ask your organisation's administrator.")
    actor = Principal(
        id=caller.subject,
        client_id=caller.client_id,
        roles=roles,
        scopes=caller.scopes,
        memberships=memberships,
        person_id=row["person_id"],
        purpose=caller.purpose,
        wards=frozenset(UUID(ward) for ward in row["wards"]["all"]),
        acts_for=frozenset(UUID(ward) for ward in row["wards"]["acts_for"]),
    )
    return Admission(actor, row["clock_id"], row["clock_offset"], row["revision"])


def by_itself(*, region: str, test_clock_id: UUID | None) -> Admit:
    """A way in for what nobody does, because a day has passed: into one place, and at the time of one clock."""

    async def admit(connection: asyncpg.Connection, caller: Caller) -> Admission:
        row = await connection.fetchrow(PLACE, test_clock_id)
        await step_in(connection, reach=Reach.CASES, areas=f'{{"{region}/"}}', today=str(row["today"]))
        actor = Principal(id=caller.subject, client_id=caller.client_id, roles=frozenset(), scopes=frozenset())
        return Admission(actor, test_clock_id, row["clock_offset"], row["revision"])

    return admit


async def visit(connection: asyncpg.Connection, caller: Caller) -> Admission:
    """A way in for everybody, without a token: to what is published, in real time. Row-level security shows nobody."""
    row = await connection.fetchrow(PLACE, None)
    await step_in(connection, reach="published", today=str(row["today"]))
    actor = Principal(id=caller.subject, client_id=caller.client_id, roles=frozenset(), scopes=frozenset())
    return Admission(actor, None, row["clock_offset"], row["revision"])


async def step_in(connection: asyncpg.Connection, **settings: str) -> None:
    """Set what row-level security asks where nobody calls: what a day brings, the sandbox itself, or a test."""
    told = {"areas": "{}", "parties": "{}", "actor": NOBODY, "client": NOBODY, "today": str(date.min), **settings}
    await connection.execute(STEP_IN, list(told), list(told.values()))


def _membership(held: dict[str, str]) -> Membership:
    return Membership(
        organisation_id=UUID(held["organisation_id"]),
        role=Role(held["role"]),
        region=held["region"],
        valid_from=date.fromisoformat(held["valid_from"]),
        valid_to=date.fromisoformat(held["valid_to"]) if held["valid_to"] else None,
    )
