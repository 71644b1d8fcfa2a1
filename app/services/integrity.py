"""Use cases of alarms of integrity: whoever answers for the place reads one, takes it up, and says what was found."""

from uuid import UUID

from app.domain.integrity import Alarm, AlarmKind, AlarmStage, Finding
from app.services.ports.work import UnitOfWork
from app.services.read_models import Slice, View, slice_of


async def list_integrity_alarms(
    *,
    stages: tuple[AlarmStage, ...],
    kinds: tuple[AlarmKind, ...],
    after: UUID | None,
    limit: int,
    uow: UnitOfWork,
) -> Slice[Alarm]:
    """What figures ask in the caller's areas, but for what is about the caller."""
    async with uow:
        found = await uow.integrity_alarms.page(stages, kinds, whose=uow.actor, after=after, limit=limit + 1)
        return await uow.commit(slice_of(found, limit=limit))


async def get_integrity_alarm(alarm_id: UUID, *, uow: UnitOfWork) -> View[Alarm]:
    """An alarm with its figures. It names no applicant; its files are read by their own operations."""
    async with uow:
        return await uow.commit(_view(await uow.integrity_alarms.get(alarm_id), uow=uow))


async def take_up_integrity_alarm(alarm_id: UUID, *, version: int, uow: UnitOfWork) -> View[Alarm]:
    """Begin to look into it, by name.

    Raises:
        NamedInAlarm, NotYourFunction, IllegalTransition: see the domain.
    """
    async with uow:
        alarm = await uow.integrity_alarms.get(alarm_id, version=version)
        taken, event = alarm.take_up(by=uow.actor, on=uow.today)
        saved = await uow.integrity_alarms.save(taken)
        uow.record(event, about=saved)
        return await uow.commit(_view(saved, uow=uow))


async def close_integrity_alarm(alarm_id: UUID, *, version: int, finding: Finding, uow: UnitOfWork) -> View[Alarm]:
    """Say what was found. No case, certificate or grant changes by it.

    Raises:
        NamedInAlarm, NotYourFunction, IllegalTransition, NothingLookedInto, ReasonMissing: see the domain.
    """
    async with uow:
        alarm = await uow.integrity_alarms.get(alarm_id, version=version)
        closed, event = alarm.close(finding, by=uow.actor, on=uow.today)
        saved = await uow.integrity_alarms.save(closed)
        uow.record(event, about=saved)
        return await uow.commit(_view(saved, uow=uow))


def _view(alarm: Alarm, *, uow: UnitOfWork) -> View[Alarm]:
    return View(alarm, alarm.allowed_actions(uow.actor, on=uow.today))
