"""Which offices answer for the items of a package in a place."""

from app.domain.application import Owner, Package
from app.domain.organisation import OrganisationKind
from app.domain.shared.region import Level, area_at
from app.services.ports.work import UnitOfWork


async def owners_of(package: Package, region: str, *, uow: UnitOfWork) -> dict[str, Owner]:
    """The organisation that answers for each item of a package there.

    Raises:
        NoOneResponsible: for one of them there is none.
    """
    places = {
        item.code: (OrganisationKind(item.lead.kind), area_at(region, Level(item.lead.level))) for item in package.items
    }
    found = await uow.organisations.responsible(set(places.values()))
    return {code: found[place] for code, place in places.items()}
