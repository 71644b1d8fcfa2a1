"""The catalogue of services: rows to services and back."""

from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from app.adapters.postgres.session import Session
from app.domain.catalogue import Family, Service
from app.domain.organisation import OrganisationKind
from app.domain.shared.errors import NotFound
from app.domain.shared.wording import Wording
from app.services.ports.catalogue import Offered

_TYPE = TypeAdapter(Service)
_SELECT = """
SELECT s.detail::text AS detail, o.name, o.name_en, o.kind
FROM service s JOIN organisation o ON o.id = s.organisation_id
WHERE"""
_GET = f"{_SELECT} s.id = ANY ($1)"
_MEETING = f"{_SELECT} s.meets @> ARRAY[$1] AND s.status = 'active' ORDER BY s.id"
_PAGE = f"""
{_SELECT} s.status = 'active' AND ($1::text IS NULL OR s.family = $1) AND ($2::text IS NULL OR s.meets @> ARRAY[$2])
    AND ($3::text IS NULL OR s.serves = '{{}}' OR EXISTS (
        SELECT FROM unnest(s.serves) area WHERE ($3 || '/') ^@ (area || '/')))
    AND ($4::uuid IS NULL OR s.id > $4)
ORDER BY s.id LIMIT $5
"""


class PostgresServices:
    """The services of the catalogue in PostgreSQL."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def get(self, service_id: UUID) -> Offered:
        """One of them."""
        found = await self.get_many({service_id})
        if service_id not in found:
            raise NotFound("There is no such service. Look it up under /v1/services.")
        return found[service_id]

    async def get_many(self, service_ids: set[UUID]) -> dict[UUID, Offered]:
        """Those of them that there are."""
        rows = await self._session.rows(_GET, list(service_ids))
        return {offered.id: offered for offered in map(_to_offered, rows)}

    async def that_meet(self, need: str) -> list[Offered]:
        """All that are offered at present and meet a need."""
        return [_to_offered(row) for row in await self._session.rows(_MEETING, need)]

    async def page(
        self, *, family: Family | None, need: str | None, region: str | None, after: UUID | None, limit: int
    ) -> list[Offered]:
        """Some of those that are offered."""
        return [_to_offered(row) for row in await self._session.rows(_PAGE, family, need, region, after, limit)]


def _to_offered(row: Any) -> Offered:
    return Offered(
        service=to_service(row["detail"]),
        provider=Wording(zh=row["name"], en=row["name_en"]),
        provider_is=OrganisationKind(row["kind"]),
    )


def to_service(detail: str | dict[str, Any]) -> Service:
    """The service that a row holds."""
    return _TYPE.validate_json(detail) if isinstance(detail, str) else _TYPE.validate_python(detail)


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
