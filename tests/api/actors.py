"""Accounts of every role in every relation to one person; their tokens have all scopes, so the gate alone bounds."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import asyncpg

from app.domain.shared.access import BY_PARTY, Role
from app.domain.shared.authz import OPERATIONS, Scope
from app.domain.shared.region import contains
from app.sandbox.authority import sandbox_id
from app.services.ports.tokens import Claims, Tokens

VILLAGE = "65/6523/652301/652301104/652301104201"
PLACES = {
    "the own village": VILLAGE,
    "the township above": "65/6523/652301/652301104",
    "the county above": "65/6523/652301",
    "another township": "65/6523/652301/652301105",
    "another county": "65/6523/652302",
}
ODD_PLACES = {
    "a village whose code begins alike": "65/6523/652301/652301104/65230110420",
    "a part of the village": f"{VILLAGE}/652301104201001",
}
ALL_SCOPES = frozenset(scope.value for scope in Scope)
LIFETIME_SECONDS = 3600
FOUNDED_ON = date(2020, 1, 1)


@dataclass(frozen=True)
class Actor:
    """Somebody who asks: which role, from where, and whether that reaches the person of the scene."""

    role: Role
    where: str
    reaches: bool
    account_id: UUID
    also: frozenset[Role] = frozenset()
    """Roles that the account holds where the person is, beside the one that it asks with."""

    def __str__(self) -> str:
        return f"{self.role} of {self.where}"


@dataclass
class Register:
    """Writes accounts and mints their tokens."""

    superuser: asyncpg.Connection
    tokens: Tokens
    client_id: UUID
    minted: dict[tuple[UUID, frozenset[Role]], str] = field(default_factory=dict)

    async def account(self, *, person_id: UUID | None = None) -> UUID:
        """An account without any appointment."""
        key = uuid4()
        await self.superuser.execute(
            "INSERT INTO account (id, kind, name, person_id) VALUES ($1, 'test', 'actor', $2)", key, person_id
        )
        return key

    async def appoint(self, account_id: UUID, role: Role, *, region: str, organisation: str) -> None:
        """Give an account a role for a region, from long ago and for ever."""
        await self.superuser.execute(
            "INSERT INTO membership (id, account_id, organisation_id, role, region_path, valid_from) "
            "VALUES ($1, $2, $3, $4, $5, $6)",
            uuid4(),
            account_id,
            sandbox_id("organisation", organisation),
            role.value,
            region,
            FOUNDED_ON,
        )

    def token_of(self, actor: Actor, operation: str) -> str:
        """The actor's token, with every role besides that has no say in the operation."""
        roles = frozenset({actor.role}) | (actor.also - OPERATIONS[operation].roles)
        if (known := (actor.account_id, roles)) not in self.minted:
            self.minted[known] = self.token(actor.account_id, *roles)
        return self.minted[known]

    def token(self, account_id: UUID, *roles: Role, **changes: Any) -> str:
        """A token for all scopes."""
        at = datetime.now(UTC)
        told: dict[str, Any] = {
            "subject": account_id,
            "client_id": self.client_id,
            "roles": frozenset(roles),
            "scopes": ALL_SCOPES,
            "token_id": uuid4().hex,
        }
        return self.tokens.mint(Claims(**(told | changes)), at=at, lifetime_seconds=LIFETIME_SECONDS)

    async def officer(self, role: Role, where: str) -> Actor:
        """Somebody who reaches by area."""
        region = (PLACES | ODD_PLACES)[where]
        key = await self.account()
        await self.appoint(key, role, region=region, organisation="county_federation")
        reaches = contains(region, VILLAGE)
        return Actor(role, where, reaches, key)

    async def torn(self, role: Role) -> Actor:
        """Somebody who holds the role elsewhere, and here every other role that reaches by area."""
        key = await self.account()
        await self.appoint(key, role, region=PLACES["another county"], organisation="neighbour_federation")
        others = frozenset(Role) - BY_PARTY - {role}
        for other in others:
            await self.appoint(key, other, region=VILLAGE, organisation="county_federation")
        return Actor(role, "another county, and of all other roles here", reaches=False, account_id=key, also=others)

    async def member(self, role: Role, organisation: str, *, reaches: bool) -> Actor:
        """Somebody of an organisation whose region contains the village, which by itself opens nothing."""
        key = await self.account()
        await self.appoint(key, role, region=VILLAGE, organisation=organisation)
        return Actor(role, organisation, reaches, key)


def area_roles() -> Iterator[Role]:
    """Roles that reach by area."""
    return (role for role in Role if role not in BY_PARTY)
