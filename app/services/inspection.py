"""Use cases of inspections: the lot falls on records of deliveries, and an officer says what was found."""

from uuid import UUID

from app.domain.inspection import Inspected, Inspection, InspectionStage, Result
from app.services.ports.work import UnitOfWork
from app.services.read_models import Slice, View, slice_of

SHOWN = ("inspection",)
DUE = "inspection.due"


async def list_inspections(
    stages: tuple[InspectionStage, ...], *, after: UUID | None, limit: int, uow: UnitOfWork
) -> Slice[View[Inspection]]:
    """The inspections of the caller's areas."""
    async with uow:
        found = await uow.inspections.page(stages, whose=uow.actor, after=after, limit=limit + 1)
        page = slice_of(found, limit=limit)
        uow.accessed(*(inspection.person_id for inspection in page.items), disclosed=SHOWN)
        return await uow.commit(Slice(tuple(_view(inspection, uow=uow) for inspection in page.items), page.after))


async def get_inspection(inspection_id: UUID, *, uow: UnitOfWork) -> View[Inspection]:
    """An inspection, and what the caller may do to it."""
    async with uow:
        return await _shown(await uow.inspections.get(inspection_id), uow=uow)


async def record_inspection(inspection_id: UUID, result: Result, *, version: int, uow: UnitOfWork) -> View[Inspection]:
    """Say what was found, by name. No record of a delivery changes by it.

    Raises:
        OwnCase, NotIndependent: the caller is concerned, has referred the person, or serves the provider.
    """
    async with uow:
        inspection = await uow.inspections.get(inspection_id, version=version)
        ended, event = inspection.record(result, by=uow.actor, on=uow.today)
        saved = await uow.inspections.save(ended)
        uow.record(event, about=saved)
        return await _shown(saved, uow=uow)


def open_inspection(inspected: Inspected, *, draw_id: UUID, uow: UnitOfWork) -> None:
    """Ask the officers of the place to look, where the lot fell on a record."""
    due = uow.rulebook.at(inspected.region, uow.today).working_days(DUE)
    inspection, event = Inspection.open(
        inspected,
        inspection_id=uow.new_id(),
        draw_id=draw_id,
        at=uow.real_now,
        due_on=uow.calendar(inspected.region).last_day_of(due.value, after=uow.today),
        rule_versions=(due.reference,),
    )
    uow.inspections.add(inspection)
    uow.record(event, about=inspection)


def _view(inspection: Inspection, *, uow: UnitOfWork) -> View[Inspection]:
    return View(inspection, inspection.allowed_actions(uow.actor, on=uow.today))


async def _shown(inspection: Inspection, *, uow: UnitOfWork) -> View[Inspection]:
    uow.accessed(inspection.person_id, disclosed=SHOWN)
    return await uow.commit(_view(inspection, uow=uow))
