"""The catalogue of services: rows to services and back."""

from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from app.adapters.postgres.session import Session
from app.domain.catalogue import Family, Service
from app.domain.shared.errors import NotFound

_TYPE = TypeAdapter(Service)
_SELECT = "SELECT detail::text AS detail, version FROM service WHERE"
_GET = f"{_SELECT} id = ANY ($1)"
_MEETING = f"{_SELECT} meets @> ARRAY[$1] AND status = 'active' ORDER BY id"
_PAGE = f"""
{_SELECT} status = 'active' AND ($1::text IS NULL OR family = $1) AND ($2::text IS NULL OR meets @> ARRAY[$2])
    AND ($3::text IS NULL OR serves = '{{}}' OR EXISTS (
        SELECT FROM unnest(serves) area WHERE ($3 || '/') ^@ (area || '/')))
    AND ($4::uuid IS NULL OR id > $4)
ORDER BY id LIMIT $5
"""


class PostgresServices:
    """The services of the catalogue in PostgreSQL."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def get(self, service_id: UUID) -> Service:
        """One of them."""
        found = await self.get_many([service_id])
        if service_id not in found:
            raise NotFound("There is no such service. Look it up under /v1/services.")
        return found[service_id]

    async def get_many(self, service_ids: list[UUID]) -> dict[UUID, Service]:
        """Those of them that there are."""
        rows = await self._session.rows(_GET, service_ids)
        return {service.id: service for service in map(to_service, rows)}

    async def that_meet(self, need: str) -> list[Service]:
        """All that are offered at present and meet a need."""
        return [to_service(row) for row in await self._session.rows(_MEETING, need)]

    async def page(
        self, *, family: Family | None, need: str | None, region: str | None, after: UUID | None, limit: int
    ) -> list[Service]:
        """Some of those that are offered."""
        return [to_service(row) for row in await self._session.rows(_PAGE, family, need, region, after, limit)]


def to_service(row: Any) -> Service:
    """The service that a row holds."""
    return _TYPE.validate_json(row["detail"])


def to_row(service: Service) -> dict[str, Any]:
    """The row of a service: columns for what is searched, and the whole beside them."""
    return {
        "id": service.id,
        "organisation_id": service.organisation_id,
        "code": service.code,
        "family": service.family,
        "region_path": service.region,
        "meets": sorted(service.meets),
        "serves": list(service.serves),
        "status": service.status,
        "detail": _TYPE.dump_python(service, mode="json"),
        "version": service.version,
    }
