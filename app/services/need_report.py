"""Use cases of needs that a village cannot meet: reported to the township, escalated to the city, answered."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.domain.assessment import NeedRules
from app.domain.need_report import NeedReport, NeedReportOutcome, NeedReportStage, NeedReportTerms
from app.services.ports.work import UnitOfWork
from app.services.read_models import Slice, View, slice_of

SHOWN = ("need_report",)


@dataclass(frozen=True, slots=True)
class NeedReportView(View[NeedReport]):
    """A report as one caller sees it."""

    on: date = date.min


async def report_need(person_id: UUID, need: str, words: str, *, uow: UnitOfWork) -> NeedReportView:
    """Report a need to the township.

    Raises:
        UnknownNeed: the catalogue knows no such need.
        NeedReportOpen: the same need of the person is on its way already.
    """
    async with uow:
        person = await uow.persons.get(person_id)
        rules = uow.rulebook.at(person.region, uow.today)
        NeedRules.of(rules).code_of(need)
        drafted = NeedReport(
            id=uow.new_id(),
            person_id=person.id,
            region=person.region,
            need=need,
            words=words,
            reported_by=uow.actor.id,
            reported_on=uow.today,
            due_on=uow.today,
        )
        report, event = NeedReport.report(
            drafted, terms=NeedReportTerms.of(rules), calendar=uow.calendar(person.region)
        )
        uow.need_reports.add(report)
        uow.record(event, about=report)
        return await _shown(report, uow=uow)


async def list_need_reports(
    stages: tuple[NeedReportStage, ...], *, due_by: date | None, after: UUID | None, limit: int, uow: UnitOfWork
) -> Slice[NeedReportView]:
    """Needs on their way in the caller's areas, or the caller's own."""
    async with uow:
        found = await uow.need_reports.page(stages, due_by=due_by, whose=uow.actor, after=after, limit=limit + 1)
        page = slice_of(found, limit=limit)
        uow.accessed(*(report.person_id for report in page.items), disclosed=SHOWN)
        return await uow.commit(Slice(tuple(_view(report, uow=uow) for report in page.items), page.after))


async def get_need_report(report_id: UUID, *, uow: UnitOfWork) -> NeedReportView:
    """A report, who has it and until when."""
    async with uow:
        return await _shown(await uow.need_reports.get(report_id), uow=uow)


async def escalate_need_report(report_id: UUID, *, version: int, uow: UnitOfWork) -> NeedReportView:
    """Pass on to the city what the township cannot meet."""
    async with uow:
        report = await uow.need_reports.get(report_id, version=version)
        terms = NeedReportTerms.of(uow.rulebook.at(report.region, uow.today))
        escalated, event = report.escalate(
            by=uow.actor, on=uow.today, terms=terms, calendar=uow.calendar(report.region)
        )
        saved = await uow.need_reports.save(escalated)
        uow.record(event, about=saved)
        return await _shown(saved, uow=uow)


async def answer_need_report(
    report_id: UUID, outcome: NeedReportOutcome, answer: str, *, version: int, uow: UnitOfWork
) -> NeedReportView:
    """End it with what came of it and what the person is told."""
    async with uow:
        report = await uow.need_reports.get(report_id, version=version)
        answered, event = report.answer_with(outcome, answer, by=uow.actor, on=uow.today)
        saved = await uow.need_reports.save(answered)
        uow.record(event, about=saved)
        return await _shown(saved, uow=uow)


def _view(report: NeedReport, *, uow: UnitOfWork) -> NeedReportView:
    return NeedReportView(report, report.allowed_actions(uow.actor, on=uow.today), uow.today)


async def _shown(report: NeedReport, *, uow: UnitOfWork) -> NeedReportView:
    uow.accessed(report.person_id, disclosed=SHOWN)
    return await uow.commit(_view(report, uow=uow))
