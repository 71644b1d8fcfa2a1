"""Use case of places: a provider says how many there are and how many are free."""

from uuid import UUID

from app.domain.capacity import Places, ServicePlaces, Statement
from app.services.ports.work import UnitOfWork


async def state_capacity(service_id: UUID, said: Statement, *, uow: UnitOfWork) -> Places:
    """Put on record what the provider says; the newest word counts, and the feed keeps all of them.

    Raises:
        NotYourService: another organisation offers the service.
        PlacesImpossible: so many places cannot be free.
    """
    async with uow:
        service = (await uow.services.get(service_id)).service
        own = ServicePlaces(
            id=service.id,
            organisation_id=service.organisation_id,
            region=service.region,
            held=await uow.service_places.held(service_id),
        )
        places, event = own.state(
            said, by=uow.actor.id, organisations=uow.actor.organisation_ids, at=uow.now, on=uow.today
        )
        uow.service_places.state(service_id, places)
        uow.record(event, about=own)
        return await uow.commit(places)
