"""Use cases of what is said in a provider's name: what waits for its word, and that it confirms or declines."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from app.domain.catalogue import ListingStage, Service, allowed_actions, confirm, decline
from app.domain.shared.access import BY_PARTY, Principal
from app.domain.shared.authz import OPERATIONS
from app.domain.shared.errors import Conflict, NotFound, StaleVersion
from app.domain.shared.events import Event
from app.domain.shared.region import contains
from app.domain.shared.transitions import Allowed
from app.services.ports.catalogue import Offered
from app.services.ports.work import UnitOfWork
from app.services.read_models import Slice, slice_of

CONCERNED: Final = OPERATIONS["get_service_listing"].roles
"""Who sees what is not confirmed: the provider in whose name it stands, and federations of its area."""


class ServiceShared(Conflict):
    """A sandbox shares the service with all of its clients, so that nobody changes it for the others."""

    code = "service_shared"
    title = "All sandbox clients share this service"


@dataclass(frozen=True, slots=True)
class ListingView:
    """A service of the catalogue as one caller sees it, with what may be done to it next."""

    offered: Offered
    actions: tuple[Allowed, ...]

    @property
    def id(self) -> UUID:
        """The service's id."""
        return self.offered.id

    @property
    def version(self) -> int:
        """The service's version, which is its ETag."""
        return self.offered.service.version


async def list_service_listings(
    stages: tuple[ListingStage, ...], *, after: UUID | None, limit: int, uow: UnitOfWork
) -> Slice[ListingView]:
    """What the catalogue says in the name of the caller's organisations, or in the caller's areas."""
    async with uow:
        found = await uow.services.listings(stages, whose=uow.actor, after=after, limit=limit + 1)
        page = slice_of(found, limit=limit)
        return await uow.commit(Slice(tuple(_view(one, uow=uow) for one in page.items), page.after))


async def get_service_listing(service_id: UUID, *, uow: UnitOfWork) -> ListingView:
    """One service with its provider's word.

    Raises:
        NotFound: there is none that concerns the caller.
    """
    async with uow:
        return await uow.commit(_view(await _found(service_id, uow=uow), uow=uow))


async def confirm_service(service_id: UUID, *, version: int, uow: UnitOfWork) -> ListingView:
    """The provider stands by the service as it has read it.

    Raises:
        NotFound: another organisation offers it.
        StaleVersion: what is said of it was changed since.
        IllegalTransition: it is confirmed already.
        ServiceShared: a sandbox shares it.
    """
    async with uow:
        offered = await _own(service_id, version=version, uow=uow)
        confirmed, event = confirm(offered.service, by=uow.actor, on=uow.today)
        return await _answered(confirmed, event, uow=uow)


async def decline_service(service_id: UUID, reason: str, *, version: int, uow: UnitOfWork) -> ListingView:
    """The provider does not stand by the service, and says why.

    Raises:
        NotFound: another organisation offers it.
        StaleVersion: what is said of it was changed since.
        IllegalTransition: it is declined already.
        ServiceShared: a sandbox shares it.
    """
    async with uow:
        offered = await _own(service_id, version=version, uow=uow)
        declined, event = decline(offered.service, reason, by=uow.actor, on=uow.today)
        return await _answered(declined, event, uow=uow)


def concerns(service: Service, by: Principal) -> bool:
    """Say whether somebody knows of a service that is not confirmed."""
    return any(
        own.organisation_id == service.organisation_id if own.role in BY_PARTY else contains(own.region, service.region)
        for own in by.memberships
        if own.role in CONCERNED
    )


async def _found(service_id: UUID, *, uow: UnitOfWork) -> Offered:
    offered = (await uow.services.get_many({service_id})).get(service_id)
    if offered is None or not concerns(offered.service, uow.actor):
        raise NotFound("There is no such service of yours. Look it up under /v1/service-listings.")
    return offered


async def _own(service_id: UUID, *, version: int, uow: UnitOfWork) -> Offered:
    offered = await _found(service_id, uow=uow)
    if offered.service.version != version:
        raise StaleVersion
    if not await uow.services.own({service_id}):
        raise ServiceShared(
            "Every sandbox client sees this service. Bring one of your own in by a table, and try there."
        )
    return offered


async def _answered(service: Service, event: Event, *, uow: UnitOfWork) -> ListingView:
    await uow.services.change_many([service], at=uow.now)
    uow.record(event, about=service)
    return await uow.commit(_view(await uow.services.get(service.id), uow=uow))


def _view(offered: Offered, *, uow: UnitOfWork) -> ListingView:
    return ListingView(offered, allowed_actions(offered.service, uow.actor, on=uow.today))
