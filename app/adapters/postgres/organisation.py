"""Organisations, read from their table."""

from typing import Any
from uuid import UUID

from app.adapters.postgres.session import Session
from app.domain.organisation import Organisation, OrganisationKind
from app.domain.shared.errors import NotFound
from app.domain.shared.identity import Category

_COLUMNS = "id, code, kind, name, name_en, region_path, categories"
_ONE = f"SELECT {_COLUMNS} FROM organisation WHERE id = $1"
_PAGE = f"""
SELECT {_COLUMNS} FROM organisation
WHERE ($1::text IS NULL OR kind = $1) AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3
"""
_NEAREST = f"""
SELECT {_COLUMNS} FROM organisation
WHERE kind = $1 AND ($2 || '/') ^@ (region_path || '/') ORDER BY length(region_path) DESC, id LIMIT 1
"""


class PostgresOrganisations:
    """Organisations in PostgreSQL."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def get(self, organisation_id: UUID) -> Organisation:
        """One of them."""
        row = await self._session.row(_ONE, organisation_id)
        if row is None:
            raise NotFound("There is no such organisation. Check the id.")
        return _to_organisation(row)

    async def page(self, *, kind: OrganisationKind | None, after: UUID | None, limit: int) -> list[Organisation]:
        """Some of them."""
        return [_to_organisation(row) for row in await self._session.rows(_PAGE, kind, after, limit)]

    async def nearest(self, kind: OrganisationKind, *, region: str) -> Organisation:
        """The one that is responsible for a region."""
        row = await self._session.row(_NEAREST, kind, region)
        if row is None:
            raise NotFound("No organisation of this kind is responsible for the region. Ask the operator to enter one.")
        return _to_organisation(row)


def _to_organisation(row: Any) -> Organisation:
    return Organisation(
        id=row["id"],
        code=row["code"],
        kind=OrganisationKind(row["kind"]),
        name=row["name"],
        name_en=row["name_en"],
        region=row["region_path"],
        categories=frozenset(Category(number) for number in row["categories"]),
    )
