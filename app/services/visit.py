"""Use cases of visits: what was seen is recorded, and shown with the application."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from app.domain.application import Application, Channel
from app.domain.shared.access import BY_PARTY
from app.domain.visit import VISITS_AT_MOST, Place, Purpose, Visit, place_of_recorder, ways_of
from app.services.ports.work import UnitOfWork

MOST_VISITS = 100
SHOWN = ("visits",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What somebody who saw the person says."""

    purpose: Purpose
    place: Place
    visited_on: date
    item: str | None = None


@dataclass(frozen=True, slots=True)
class VisitsView:
    """The visits of one application, how many ways they were, and how many there should be at most."""

    application_id: UUID
    visits: tuple[Visit, ...]
    at_most: int

    @property
    def ways(self) -> int:
        """How many ways the person had."""
        return ways_of(self.visits)


async def record_visit(application_id: UUID, seen: Seen, *, uow: UnitOfWork) -> VisitsView:
    """Write down that the person was there, or was visited at home.

    Raises:
        ItemNotFound: the application has no such item.
        NotYourFunction, VisitDayImpossible: see the domain.
    """
    async with uow:
        application = await uow.applications.get(application_id)
        if seen.item is not None:
            application.item(seen.item)
        visit = note_visit(application, seen, uow=uow)
        before = await uow.visits.of_application(application_id, limit=MOST_VISITS)
        uow.accessed(application.person_id, disclosed=SHOWN)
        return await uow.commit(_view(application, (*before, visit), uow))


async def get_application_visits(application_id: UUID, *, uow: UnitOfWork) -> VisitsView:
    """The ways that the person had for an application so far."""
    async with uow:
        application = await uow.applications.get(application_id)
        visits = await uow.visits.of_application(application_id, limit=MOST_VISITS)
        uow.accessed(application.person_id, disclosed=SHOWN)
        return await uow.commit(_view(application, tuple(visits), uow))


def note_visit(application: Application, seen: Seen, *, seen_in: str | None = None, uow: UnitOfWork) -> Visit:
    """Record a visit with another use case, in its transaction."""
    visit, event = Visit.record(
        Visit(
            id=uow.new_id(),
            application_id=application.id,
            person_id=application.person_id,
            region=application.region,
            item=seen.item,
            purpose=seen.purpose,
            place=seen.place,
            visited_on=seen.visited_on,
            organisation_id=place_of_recorder(uow.actor, region=seen_in or application.region),
            recorded_by=uow.actor.id,
        ),
        by=uow.actor,
        applied_on=uow.calendar(application.region).date_of(application.submitted_at),
        on=uow.today,
        seen_in=seen_in,
    )
    uow.visits.add(visit)
    uow.record(event, about=visit)
    return visit


def note_submission(application: Application, *, seen_in: str, uow: UnitOfWork) -> Application:
    """Count the way of who applied at a counter; by telephone, at home or through a portal nobody had to come."""
    if application.channel is Channel.COUNTER and uow.actor.roles - BY_PARTY:
        seen = Seen(purpose=Purpose.APPLICATION, place=Place.COUNTER, visited_on=uow.today)
        note_visit(application, seen, seen_in=seen_in, uow=uow)
        return replace(application, ways=1)
    return application


def _view(application: Application, visits: tuple[Visit, ...], uow: UnitOfWork) -> VisitsView:
    submitted_on = uow.calendar(application.region).date_of(application.submitted_at)
    at_most = uow.rulebook.at(application.region, submitted_on).count(VISITS_AT_MOST).value
    return VisitsView(application.id, visits, at_most)
