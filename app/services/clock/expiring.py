"""What follows from the passing of days: limits run out with what the rules say, and a changed calendar moves the rest.

Each clock is looked at in a transaction of its own, in which nobody acts. It is held there, so two workers do not both
draw the consequence; one that is killed has drawn none.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Protocol, Self
from uuid import UUID

from app.domain.application import CaseKind
from app.domain.clock import Clock, OnExpiry
from app.domain.shared.errors import DomainError, StaleVersion, Unavailable
from app.services.application import follow_benefit_case, follow_certificate_case
from app.services.benefit import deem_benefit_granted
from app.services.confirmation import lapse_confirmation
from app.services.correction import lapse_correction
from app.services.delivery_finding import check_deliveries
from app.services.ports.caller import TryAgain
from app.services.ports.clock import ClockKeeper, Pointer
from app.services.ports.work import UnitOfWork
from app.services.referral import expire_referral

AT_ONCE = 100
MOST_ROUNDS = 20
"""One consequence may set off a limit that has run out as well; so many follow one another at most."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What came of a round: how many clocks have changed, and which gave way or broke, for the next round."""

    done: int = 0
    failed: tuple[UUID, ...] = ()

    def and_then(self, later: Self) -> Self:
        """Both rounds together; what failed in the later one counts."""
        return replace(self, done=self.done + later.done, failed=later.failed)


class UseCase(Protocol):
    """What is done with one clock, offer or report; True where it has changed."""

    def __call__(self, key: UUID, /, *, uow: UnitOfWork) -> Awaitable[bool]: ...


async def expire_due(keeper: ClockKeeper, *, test_clock_id: UUID | None = None) -> Kept:
    """Let every clock run out whose last day has passed; of one sandbox client, where its test clock is named."""
    kept = Kept()
    for _ in range(MOST_ROUNDS):
        found = all_of(lambda after: keeper.due(test_clock_id=test_clock_id, after=after, limit=AT_ONCE))
        done = await each(expire_clock, found, what="expire_clock", keeper=keeper)
        kept = kept.and_then(done)
        if not done.done:
            break
    return kept


async def expire_unanswered(keeper: ClockKeeper, *, test_clock_id: UUID | None = None) -> Kept:
    """Let every offer expire that a provider has not answered in time, so that somebody else can be asked."""
    found = all_of(lambda after: keeper.unanswered(test_clock_id=test_clock_id, after=after, limit=AT_ONCE))
    return await each(expire_referral, found, what="expire_referral", keeper=keeper)


async def check_recorded(keeper: ClockKeeper, *, test_clock_id: UUID | None = None) -> Kept:
    """Hold what providers have newly recorded to the other records; what does not fit, humans look at."""
    found = all_of(lambda after: keeper.unchecked(test_clock_id=test_clock_id, after=after, limit=AT_ONCE))
    return await each(check_deliveries, found, what="check_deliveries", keeper=keeper)


async def recompute_outdated(keeper: ClockKeeper) -> Kept:
    """Reckon every open clock anew whose calendar has changed."""
    found = all_of(lambda after: keeper.outdated(after=after, limit=AT_ONCE))
    return await each(recompute_clock, found, what="recompute_clock", keeper=keeper)


async def expire_clock(clock_id: UUID, *, uow: UnitOfWork) -> bool:
    """Let one clock run out, and draw what follows; False where somebody else has, or it is not due any more."""
    async with uow:
        clock = await uow.case_clocks.take(clock_id)
        if clock is None or not clock.is_due(uow.today):
            return False
        expired, event = clock.expire(on=uow.today)
        saved = await uow.case_clocks.save(expired)
        uow.record(event, about=saved)
        await _CONSEQUENCES[saved.limit.on_expiry](saved, uow=uow)
        return await uow.commit(True)  # noqa: FBT003 - the result, which commit hands on


async def recompute_clock(clock_id: UUID, *, uow: UnitOfWork) -> bool:
    """Reckon one clock by the calendar of today; True where its last day is another, which the person is told."""
    async with uow:
        clock = await uow.case_clocks.take(clock_id)
        if clock is None:
            return False
        reckoned, event = clock.recompute(uow.calendar(clock.region))
        saved = await uow.case_clocks.save(reckoned)
        if event is not None:
            uow.record(event, about=saved)
        return await uow.commit(event is not None)


async def _nothing_more(clock: Clock, *, uow: UnitOfWork) -> None:
    """That it is overdue is all: it stands in the list of whoever supervises the office."""


async def _deem_accepted(clock: Clock, *, uow: UnitOfWork) -> None:
    """Source: 行政许可法 art. 32(4): from the day on which the application, or what was still missing, came in."""
    assert clock.application_id  # the clocks of cases are set off by applications alone
    item = (await uow.applications.get(clock.application_id)).item_of(clock.subject.case_id)
    on, rules = clock.received_on, (clock.limit.rule,)
    if item.case_kind is CaseKind.CERTIFICATE:
        case = await uow.certificate_cases.get(item.case_id)
        deemed, event = case.deem_accepted(on=on, organisation_id=item.owner_id, rule_versions=rules)
        saved = await uow.certificate_cases.save(deemed)
        uow.record(event, about=saved)
        await follow_certificate_case(saved, uow=uow)
    else:
        benefit = await uow.benefit_cases.get(item.case_id)
        counted, fact = benefit.deem_accepted(on=on, organisation_id=item.owner_id, rule_versions=rules)
        kept = await uow.benefit_cases.save(counted)
        uow.record(fact, about=kept)
        await follow_benefit_case(kept, uow=uow)


async def _deem_granted(clock: Clock, *, uow: UnitOfWork) -> None:
    """Only where a rule says so, and never for a certificate: category and grade are for doctors alone."""
    case = await uow.benefit_cases.get(clock.subject.case_id)
    await deem_benefit_granted(case, rule_versions=(clock.limit.rule,), uow=uow)


async def _let_rest(clock: Clock, *, uow: UnitOfWork) -> None:
    """No answer, or no second person's word, has come in time. Nothing is refused: it goes on with it at any time."""
    assert clock.application_id  # the clocks of cases are set off by applications alone
    application = await uow.applications.get(clock.application_id)
    item = application.item_of(clock.subject.case_id)
    lapse = lapse_confirmation if item.needs_word else lapse_correction
    await lapse(application, item.code, uow=uow)


class _Consequence(Protocol):
    def __call__(self, clock: Clock, *, uow: UnitOfWork) -> Awaitable[None]: ...


_CONSEQUENCES: Mapping[OnExpiry, _Consequence] = MappingProxyType(
    {
        OnExpiry.ESCALATE: _nothing_more,
        OnExpiry.DEEMED_ACCEPTED: _deem_accepted,
        OnExpiry.DEEMED_GRANTED: _deem_granted,
        OnExpiry.INACTIVE: _let_rest,
    }
)


async def each(use_case: UseCase, found: AsyncIterator[Pointer], *, what: str, keeper: ClockKeeper) -> Kept:
    """Do it with each of them, in a transaction of its own; what gave way or broke is left to the next round."""
    done, failed = 0, []
    async for pointer in found:
        try:
            done += await use_case(pointer.id, uow=keeper.open_work(pointer, what=what))
        except (TryAgain, StaleVersion):  # somebody else was quicker
            failed.append(pointer.id)
        except Unavailable:  # the database: there is no use in trying the others
            raise
        except DomainError:  # the case is not where its clock takes it to be; others are not kept waiting for it
            failed.append(pointer.id)
    return Kept(done, tuple(failed))


async def all_of(look: Callable[[UUID | None], Awaitable[list[Pointer]]]) -> AsyncIterator[Pointer]:
    """All that a look finds, page by page."""
    after: UUID | None = None
    while page := await look(after):
        for pointer in page:
            yield pointer
        after = page[-1].id
        if len(page) < AT_ONCE:
            return
