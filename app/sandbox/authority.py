"""The sandbox's organisations, staff and portals, written to the database as they stand in authority.yaml."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import asyncpg
import yaml
from sqlmodel import SQLModel

from app.adapters.postgres import statements
from app.adapters.postgres.organisation import NOBODYS
from app.adapters.postgres.tables import AccountRow, ClientRow, MembershipRow, OrganisationRow
from app.domain.shared.access import Role
from app.domain.shared.authz import OPERATIONS, Scope
from app.domain.shared.identity import OrganisationCode
from app.domain.shared.region import path_of

FOUNDED_ON = date(2020, 1, 1)
_NAMESPACE = uuid5(NAMESPACE_URL, "urn:yian:sandbox")


def sandbox_id(kind: str, key: str) -> UUID:
    """The same id for the same thing in every sandbox, so that examples keep working."""
    return uuid5(_NAMESPACE, f"{kind}/{key}")


def scopes_of(role: Role) -> frozenset[str]:
    """All that a role can use a token for."""
    scopes = {operation.scope for operation in OPERATIONS.values() if role in operation.roles}
    detail = {Scope.CERTIFICATES_VERIFY_DETAIL} if role is Role.CIVIL_AFFAIRS else set()
    return frozenset(scopes | detail)


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One account of the sandbox: the name of its token, its role, and where it serves."""

    token: str
    role: Role
    organisation: str
    region: str

    @property
    def account_id(self) -> UUID:
        """The account's id."""
        return sandbox_id("account", self.token)


def read_authority() -> dict[str, Any]:
    """The authority as written."""
    authority: dict[str, Any] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))
    return authority


@cache
def posts() -> tuple[Post, ...]:
    """All staff and portals; each client that is opened asks for them."""
    authority = read_authority()
    staff = (
        Post(
            token=entry.get("token", entry["role"]),
            role=Role(entry["role"]),
            organisation=entry["organisation"],
            region=path_of(entry["region"]),
        )
        for entry in authority["staff"]
    )
    portals = (
        Post(token=entry["key"], role=Role.PORTAL, organisation=entry["organisation"], region=path_of(entry["region"]))
        for entry in authority["portals"]
    )
    return (*staff, *portals)


async def write_authority(connection: asyncpg.Connection) -> None:
    """Write what is not there yet; run again, it changes nothing."""
    organisations = [_organisation(entry, number) for number, entry in enumerate(read_authority()["organisations"])]
    await _insert_missing(connection, OrganisationRow, organisations)
    staffed = posts()
    await _insert_missing(
        connection, AccountRow, [account_row(post.account_id, post.role, post.token) for post in staffed]
    )
    await _insert_missing(connection, MembershipRow, [membership_row(post) for post in staffed])
    portals = [post for post in staffed if post.role is Role.PORTAL]
    await _insert_missing(connection, ClientRow, [client_row(post.account_id, post.token) for post in portals])


def account_row(account_id: UUID, role: Role, name: str, *, person_id: UUID | None = None) -> dict[str, Any]:
    """A row of an account that may act."""
    return {"id": account_id, "kind": role.value, "name": name, "person_id": person_id, "disabled_at": None}


def membership_row(post: Post, account_id: UUID | None = None) -> dict[str, Any]:
    """A row of an appointment, of the post's own account or of another one like it."""
    account = account_id or post.account_id
    return {
        "id": sandbox_id("membership", str(account)),
        "account_id": account,
        "organisation_id": sandbox_id("organisation", post.organisation),
        "role": post.role.value,
        "region_path": post.region,
        "valid_from": FOUNDED_ON,
        "valid_to": None,
    }


def client_row(
    account_id: UUID, name: str, *, secret_digest: bytes | None = None, clock_id: UUID | None = None
) -> dict[str, Any]:
    """A row of a client whose account has the same id."""
    return {
        "id": account_id,
        "account_id": account_id,
        "name": name,
        "secret_digest": secret_digest,
        "jwks": None,
        "scopes": sorted(scopes_of(Role.PORTAL)),
        "clock_id": clock_id,
        "disabled_at": None,
    }


def _organisation(entry: dict[str, Any], number: int) -> dict[str, Any]:
    return {
        "id": sandbox_id("organisation", entry["key"]),
        "code": OrganisationCode.of(f"13999999MB{number:07d}").value,
        "kind": entry["kind"],
        "name": entry["name"],
        "name_en": entry["name_en"],
        "region_path": path_of(entry["region"]),
        "categories": entry.get("categories", []),
        "visits_homes": entry.get("visits_homes"),
        "clock_id": NOBODYS,
    }


async def _insert_missing(connection: asyncpg.Connection, model: type[SQLModel], rows: list[dict[str, Any]]) -> None:
    sql = f"{statements.insert(model, len(rows), 1)} ON CONFLICT DO NOTHING"
    await connection.execute(sql, *statements.parameters(model, rows))
