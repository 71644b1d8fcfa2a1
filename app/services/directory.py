"""Use cases of the public directory: what is offered, for everybody to read and to carry elsewhere."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from hashlib import md5
from typing import Generic, TypeVar
from uuid import UUID

from app.domain.catalogue import Location, ServiceType, Taxonomy, service_types, taxonomies
from app.domain.entitlement import AgeSpan, age_span, entitlements
from app.domain.organisation import Organisation
from app.domain.shared.errors import NotFound
from app.domain.shared.region import Region, code_of
from app.services.directory_terms import Sought, filed
from app.services.ports.catalogue import Offered
from app.services.ports.directory import Filed, Modified, Providing
from app.services.ports.work import UnitOfWork

ItemT = TypeVar("ItemT")
MOST_SERVICES = 200
"""Of one organisation that are shown with it; all of them are under `list_directory_services`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A service with all that a directory says of it."""

    offered: Offered
    provider: Providing
    kind: ServiceType | None
    """None where the rules no longer know such a service."""
    ages: AgeSpan
    """Of whom the rules let have it."""
    terms: tuple[Taxonomy, ...]
    regions: Mapping[str, Region]
    """Those that it names, by their paths."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedAt:
    """A service at one of its places."""

    listed: Listed
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderWithServices:
    """Who offers services, and the first of them."""

    provider: Providing
    services: tuple[Listed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageAsked:
    """Which page is asked for, the first of which is 1, and how many items a page has at most."""

    number: int
    size: int

    @property
    def first(self) -> int:
        """How many items stand before it."""
        return (self.number - 1) * self.size


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedPage(Generic[ItemT]):
    """A page of a list that others count in pages."""

    items: tuple[ItemT, ...]
    asked: PageAsked
    total: int


async def list_directory_services(asked: PageAsked, *, sought: Sought, uow: UnitOfWork) -> NumberedPage[Listed]:
    """The services that are offered at present, page by page."""
    async with uow:
        found, total = await uow.directory.services(filed(sought, uow=uow), first=asked.first, limit=asked.size)
        listed = await _listed(found, uow=uow)
        return await uow.commit(NumberedPage(items=listed, asked=asked, total=total))


async def list_modified_services(asked: PageAsked, *, sought: Sought, uow: UnitOfWork) -> NumberedPage[Modified]:
    """Which services are offered at present, and no more of them than when they were changed."""
    async with uow:
        found, total = await uow.directory.modified(filed(sought, uow=uow), first=asked.first, limit=asked.size)
        return await uow.commit(NumberedPage(items=tuple(found), asked=asked, total=total))


async def get_directory_service(service_id: UUID, *, uow: UnitOfWork) -> Listed:
    """One service.

    Raises:
        NotFound: there is none.
    """
    async with uow:
        offered = (await uow.services.get_many({service_id})).get(service_id)
        if offered is None or not offered.service.is_confirmed:
            raise NotFound("There is no such service. Look it up under /v1/hsds/services.")
        (listed,) = await _listed([offered], uow=uow)
        return await uow.commit(listed)


async def list_directory_organizations(asked: PageAsked, *, sought: Sought, uow: UnitOfWork) -> NumberedPage[Providing]:
    """The organisations that offer something at present, page by page; the words are those of their names."""
    async with uow:
        found, total = await uow.directory.providers(filed(sought, uow=uow), first=asked.first, limit=asked.size)
        return await uow.commit(NumberedPage(items=tuple(found), asked=asked, total=total))


async def get_directory_organization(organisation_id: UUID, *, uow: UnitOfWork) -> ProviderWithServices:
    """An organisation that offers something, with its services.

    Raises:
        NotFound: there is none, or it offers nothing at present.
    """
    async with uow:
        found, _ = await uow.directory.services(Filed(organisation_id=organisation_id), first=0, limit=MOST_SERVICES)
        if not found:
            raise NotFound("No such organisation offers anything at present. Check the id.")
        services = await _listed(found, uow=uow)
        return await uow.commit(ProviderWithServices(provider=services[0].provider, services=services))


async def list_directory_places(asked: PageAsked, *, sought: Sought, uow: UnitOfWork) -> NumberedPage[ListedAt]:
    """The services at each of their places, page by page."""
    async with uow:
        found, total = await uow.directory.places(filed(sought, uow=uow), first=asked.first, limit=asked.size)
        listed = {one.offered.id: one for one in await _listed({one.id: one for one, _ in found}.values(), uow=uow)}
        items = tuple(ListedAt(listed=listed[one.id], location=one.service.locations[at]) for one, at in found)
        return await uow.commit(NumberedPage(items=items, asked=asked, total=total))


async def get_directory_place(key: UUID, *, uow: UnitOfWork) -> ListedAt:
    """A service at one of its places.

    Raises:
        NotFound: there is none.
    """
    async with uow:
        offered = await uow.directory.at_place(key)
        (listed,) = await _listed([offered], uow=uow)
        location = next(one for one in offered.service.locations if id_at(offered.id, one.id) == key)
        return await uow.commit(ListedAt(listed=listed, location=location))


def id_at(service_id: UUID, location_id: UUID) -> UUID:
    """The id of a service at one of its places, which follows from both: the store makes it in the same way."""
    return UUID(hex=md5(f"{service_id}/{location_id}".encode(), usedforsecurity=False).hexdigest())


async def _listed(found: Collection[Offered], *, uow: UnitOfWork) -> tuple[Listed, ...]:
    organisations = await uow.organisations.get_many({offered.service.organisation_id for offered in found})
    return tuple(
        _one(offered, organisation=organisations[offered.service.organisation_id], uow=uow) for offered in found
    )


def _one(offered: Offered, *, organisation: Organisation, uow: UnitOfWork) -> Listed:
    service = offered.service
    rules = uow.rulebook.at(service.region, uow.today)
    entitled = entitlements(rules).get(service.code)
    return Listed(
        offered=offered,
        provider=Providing(organisation=organisation, kind=service.provider_kind),
        kind=service_types(rules).get(service.code),
        ages=age_span(entitled.criteria.root) if entitled else AgeSpan(None, None),
        terms=tuple(term for term in taxonomies(rules) if service.code in term.services),
        regions={path: uow.regions.by_code(code_of(path)) for path in {*service.serves, *service.regions}},
    )
