"""Use cases of the sandbox: a client of one's own, and time that can be moved on."""

from datetime import date, datetime, timedelta
from math import ceil
from uuid import UUID

from app.domain.shared.errors import Conflict, Unprocessable
from app.services.clock.expiring import check_recorded, expire_due, expire_unanswered
from app.services.clock.rising import raise_overdue
from app.services.offering import expire_offers, make_offers
from app.services.outcome import keep_outcomes
from app.services.population import keep_facts
from app.services.ports.clock import ClockKeeper
from app.services.ports.offer import OfferKeeper
from app.services.ports.sandbox import BusinessTime
from app.services.ports.work import UnitOfWork

LONGEST_LEAP = timedelta(days=366 * 11)
"""A little more than a certificate's validity, so that its end can be tried out."""


class NoTestClock(Conflict):
    """The client runs on real time."""

    code = "no_test_clock"
    title = "This client has no test clock"


class ClockRunsForward(Unprocessable):
    """A clock cannot go back, and not arbitrarily far ahead."""

    code = "clock_runs_forward"
    title = "A test clock only runs forward"


async def get_clock(*, uow: UnitOfWork) -> BusinessTime:
    """What the client's clock shows."""
    async with uow:
        return await uow.commit(BusinessTime(uow.now, uow.real_now, uow.today))


async def advance_clock_past(last_day: date, *, keeper: ClockKeeper, uow: UnitOfWork) -> BusinessTime:
    """Move the client's clock to the first instant after a legal day, unless it is there already.

    Raises:
        NoTestClock: the client runs on real time.
    """
    async with uow:
        if uow.clock_id is None:
            raise NoTestClock("Open a client of your own with POST /v1/sandbox/clients; it has a clock.")
        to = max(uow.calendar("").end_of(last_day), uow.now)
        seconds = ceil((to - uow.now).total_seconds())
        await uow.clocks.advance(uow.clock_id, seconds=seconds)
        now = uow.now + timedelta(seconds=seconds)
        time = await uow.commit(BusinessTime(now, uow.real_now, uow.calendar("").date_of(now)))
        clock_id = uow.clock_id
    await _let_run_out(clock_id, keeper=keeper)
    return time


async def advance_clock(*, to: datetime, keeper: ClockKeeper, offers: OfferKeeper, uow: UnitOfWork) -> BusinessTime:
    """Move the client's clock forward to an instant; nobody else's moves. What the day brings, it brings at once.

    Raises:
        NoTestClock: the client runs on real time.
        ClockRunsForward: the instant has passed by this clock, or lies more than eleven years ahead.
    """
    async with uow:
        if uow.clock_id is None:
            raise NoTestClock("Open a client of your own with POST /v1/sandbox/clients; it has a clock.")
        leap = to - uow.now
        if not timedelta() <= leap <= LONGEST_LEAP:
            raise ClockRunsForward("Give an instant after the clock's own, at most eleven years ahead.", pointer="/to")
        await uow.clocks.advance(uow.clock_id, seconds=ceil(leap.total_seconds()))
        time = await uow.commit(BusinessTime(to, uow.real_now, uow.calendar("").date_of(to)))
        clock_id = uow.clock_id
    await _let_run_out(clock_id, keeper=keeper)
    await expire_offers(offers, test_clock_id=clock_id)
    await make_offers(offers, test_clock_id=clock_id)
    await keep_facts(offers, test_clock_id=clock_id)
    await keep_outcomes(offers, test_clock_id=clock_id)
    return time


async def _let_run_out(clock_id: UUID, *, keeper: ClockKeeper) -> None:
    await expire_due(keeper, test_clock_id=clock_id)
    await expire_unanswered(keeper, test_clock_id=clock_id)
    await raise_overdue(keeper, test_clock_id=clock_id)
    await check_recorded(keeper, test_clock_id=clock_id)
