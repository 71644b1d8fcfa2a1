"""Use cases of clocks that people ask for: what is so on a day, which limits have run out, and more time."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from app.domain.application import Application
from app.domain.clock import Clock, ClockState, Day, Standing, days_of, standing_of
from app.domain.shared.announced import announced_days
from app.domain.shared.errors import Unprocessable
from app.services.ports.work import UnitOfWork
from app.services.read_models import Slice, slice_of

FURTHEST = timedelta(days=366)
"""How far ahead one may ask what would be so."""


class TooFarAhead(Unprocessable):
    """The day that is asked about lies further ahead than any limit."""

    code = "too_far_ahead"
    title = "That day lies too far ahead"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockView:
    """A clock on a day: how it stands, and each day of it by itself."""

    clock: Clock
    standing: Standing
    days: tuple[Day, ...]

    @property
    def version(self) -> int:
        """The version of the clock, whatever the day."""
        return self.clock.version


@dataclass(frozen=True, slots=True, kw_only=True)
class ClocksView:
    """All clocks of an application on a day."""

    application: Application
    on: date
    today: date
    clocks: tuple[ClockView, ...]


async def list_application_clocks(
    application_id: UUID, *, on: date | None, item: str | None, uow: UnitOfWork
) -> ClocksView:
    """The clocks of an application as they stood or will stand at the end of a day, if nothing more is done.

    Raises:
        ItemNotFound: the application has no such item.
        TooFarAhead: the day lies more than a year ahead.
    """
    async with uow:
        application = await uow.applications.get(application_id)
        if item is not None:
            application.item(item)
        day = on or uow.today
        if day - uow.today > FURTHEST:
            raise TooFarAhead(f"Ask for a day until {uow.today + FURTHEST}.", pointer="query/as_of")
        clocks = await uow.case_clocks.of_application(application_id)
        asked = [clock for clock in clocks if item is None or clock.subject.item == item]
        uow.accessed(application.person_id, disclosed=("clocks",))
        shown = tuple(_view(clock, day, uow=uow) for clock in asked if clock.started_on <= day)
        return await uow.commit(ClocksView(application=application, on=day, today=uow.today, clocks=shown))


async def list_case_clocks(
    *, states: tuple[ClockState, ...], after: UUID | None, limit: int, uow: UnitOfWork
) -> Slice[Clock]:
    """Limits that run, or have run out, in the caller's areas: the list of whoever supervises offices."""
    async with uow:
        found = await uow.case_clocks.page(states, whose=uow.actor, after=after, limit=limit + 1)
        page = slice_of(found, limit=limit)
        uow.accessed(*(clock.person_id for clock in page.items), disclosed=("clocks",))
        return await uow.commit(page)


async def get_case_clock(clock_id: UUID, *, uow: UnitOfWork) -> ClockView:
    """One limit as it stands today, with every day of it."""
    async with uow:
        clock = await uow.case_clocks.get(clock_id)
        uow.accessed(clock.person_id, disclosed=("clocks",))
        return await uow.commit(_view(clock, uow.today, uow=uow))


async def extend_case_clock(clock_id: UUID, *, version: int, reason: str, uow: UnitOfWork) -> ClockView:
    """Give the office longer, once, for a reason that the person is told."""
    async with uow:
        clock = await uow.case_clocks.get(clock_id, version=version)
        longer, event = clock.extend(by=uow.actor, on=uow.today, reason=reason, calendar=uow.calendar(clock.region))
        saved = await uow.case_clocks.save(longer)
        uow.record(event, about=saved)
        uow.accessed(saved.person_id, disclosed=("clocks",))
        return await uow.commit(_view(saved, uow.today, uow=uow))


def _view(clock: Clock, on: date, *, uow: UnitOfWork) -> ClockView:
    calendar = uow.calendar(clock.region)
    standing = standing_of(clock, on, calendar)
    announced = announced_days(uow.rulebook, clock.region)
    return ClockView(clock=clock, standing=standing, days=days_of(standing, calendar, announced))
