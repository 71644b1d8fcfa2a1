"""Use cases of the catalogue: what there is, for what, and who offers it where."""

from dataclasses import dataclass
from uuid import UUID

from app.domain.catalogue import Family, ServiceType, service_types
from app.domain.shared.errors import NotFound
from app.domain.shared.region import path_of
from app.services.listing import concerns
from app.services.ports.catalogue import Offered
from app.services.ports.work import UnitOfWork
from app.services.read_models import Slice, slice_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What services are looked for; nothing is left out by what is not said."""

    family: Family | None = None
    need: str | None = None
    region_code: str | None = None
    """Of the place in which somebody lives whom the service must take."""


@dataclass(frozen=True, slots=True)
class ServiceView:
    """A service as it is offered, and what the rules say of its kind."""

    offered: Offered
    kind: ServiceType | None
    """None where the rules no longer know such a service."""


async def list_services(sought: Sought, *, after: UUID | None, limit: int, uow: UnitOfWork) -> Slice[Offered]:
    """The services that are offered at present."""
    async with uow:
        found = await uow.services.page(
            family=sought.family,
            need=sought.need,
            region=path_of(sought.region_code) if sought.region_code else None,
            after=after,
            limit=limit + 1,
        )
        return await uow.commit(slice_of(found, limit=limit))


async def get_service(service_id: UUID, *, uow: UnitOfWork) -> ServiceView:
    """A service, with the law that it stands on; one that its provider has not confirmed only to whom it concerns.

    Raises:
        NotFound: there is none.
    """
    async with uow:
        offered = (await uow.services.get_many({service_id})).get(service_id)
        if offered is None or not (offered.service.is_confirmed or concerns(offered.service, uow.actor)):
            raise NotFound("There is no such service. Look it up under /v1/services.")
        types = service_types(uow.rulebook.at(offered.service.region, uow.today))
        return await uow.commit(ServiceView(offered, types.get(offered.service.code)))
