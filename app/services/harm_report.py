"""Use cases of reports of suspected harm: reported at once, taken in by the body that must act, answered."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from app.domain.harm_report import HarmReport, HarmStage, HarmTerms, Suspicion
from app.domain.shared.access import has_function
from app.domain.shared.authz import OPERATIONS
from app.domain.shared.errors import NotFound
from app.domain.shared.region import Level, area_at
from app.services.ports.work import UnitOfWork
from app.services.read_models import Slice, View, slice_of

SHOWN = ("harm_report",)


@dataclass(frozen=True, slots=True)
class HarmView(View[HarmReport]):
    """A report as one caller sees it."""

    at: datetime = field(kw_only=True)


async def report_harm(suspicion: Suspicion, *, uow: UnitOfWork) -> HarmView:
    """Report a suspicion to the body that must act for the person; nobody else is asked first.

    Raises:
        NoOneResponsible: no such body is entered for the county.
    """
    async with uow:
        person = await uow.persons.get(suspicion.person_id)
        terms = HarmTerms.of(uow.rulebook.at(person.region, uow.today), age=person.age_on(uow.today))
        place = (terms.body_kind, area_at(person.region, terms.body_level))
        body = (await uow.organisations.responsible({place}))[place]
        report, event = HarmReport.report(
            suspicion,
            report_id=uow.new_id(),
            body_id=body.id,
            region=area_at(person.region, Level.COUNTY),
            by=uow.actor,
            at=uow.now,
            terms=terms,
        )
        uow.harm_reports.add(report)
        uow.record(event, about=report.unnamed)
        return await _shown(report, uow=uow)


async def list_harm_reports(
    stages: tuple[HarmStage, ...], *, after: UUID | None, limit: int, uow: UnitOfWork
) -> Slice[HarmView]:
    """Reports that the caller's body acts upon."""
    async with uow:
        found = await uow.harm_reports.page(stages, whose=uow.actor, after=after, limit=limit + 1)
        page = slice_of(found, limit=limit)
        uow.accessed(*(report.person_id for report in page.items), disclosed=SHOWN)
        return await uow.commit(Slice(tuple(_view(report, uow=uow) for report in page.items), page.after))


async def get_harm_report(report_id: UUID, *, uow: UnitOfWork) -> HarmView:
    """A report, for the body that acts and for whoever reported it; for others of the county there is none.

    Raises:
        NotFound: there is none that is the caller's.
    """
    async with uow:
        report = await uow.harm_reports.get(report_id)
        is_own = report.reported_by == uow.actor.id
        if not is_own and not has_function(uow.actor, OPERATIONS["list_harm_reports"].roles, region=report.region):
            raise NotFound("There is no such harm report. Check the id.")
        return await _shown(report, uow=uow)


async def receive_harm_report(report_id: UUID, *, version: int, uow: UnitOfWork) -> HarmView:
    """Take it in: from now on the body acts."""
    async with uow:
        report = await uow.harm_reports.get(report_id, version=version)
        received, event = report.receive(by=uow.actor, on=uow.today)
        saved = await uow.harm_reports.save(received)
        uow.record(event, about=saved.unnamed)
        return await _shown(saved, uow=uow)


async def close_harm_report(report_id: UUID, answer: str, *, version: int, uow: UnitOfWork) -> HarmView:
    """End it with what the reporter is told."""
    async with uow:
        report = await uow.harm_reports.get(report_id, version=version)
        closed, event = report.close(answer, by=uow.actor, on=uow.today)
        saved = await uow.harm_reports.save(closed)
        uow.record(event, about=saved.unnamed)
        return await _shown(saved, uow=uow)


def _view(report: HarmReport, *, uow: UnitOfWork) -> HarmView:
    return HarmView(report, report.allowed_actions(uow.actor, on=uow.today), at=uow.now)


async def _shown(report: HarmReport, *, uow: UnitOfWork) -> HarmView:
    uow.accessed(report.person_id, disclosed=SHOWN)
    return await uow.commit(_view(report, uow=uow))
