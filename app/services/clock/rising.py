"""What is not taken up in time rises to the next level by itself, with a clock of its own and the same least data."""

from uuid import UUID

from app.domain.complaint import ComplaintTerms
from app.domain.harm_report import HarmTerms
from app.domain.need_report import NeedReportTerms
from app.domain.organisation import OrganisationKind
from app.domain.shared.region import area_at
from app.services.clock.expiring import AT_ONCE, Kept, all_of, each
from app.services.ports.clock import ClockKeeper
from app.services.ports.work import UnitOfWork


async def raise_overdue(keeper: ClockKeeper, *, test_clock_id: UUID | None = None) -> Kept:
    """Let every report rise that nobody has taken up in time; of one sandbox client, where its clock is named."""
    harm = all_of(lambda after: keeper.overdue_harm(test_clock_id=test_clock_id, after=after, limit=AT_ONCE))
    needs = all_of(lambda after: keeper.overdue_needs(test_clock_id=test_clock_id, after=after, limit=AT_ONCE))
    complaints = all_of(
        lambda after: keeper.overdue_complaints(test_clock_id=test_clock_id, after=after, limit=AT_ONCE)
    )
    raised = await each(raise_harm_report, harm, what="raise_harm_report", keeper=keeper)
    also = await each(raise_need_report, needs, what="raise_need_report", keeper=keeper)
    risen = await each(raise_complaint, complaints, what="raise_complaint", keeper=keeper)
    return Kept(raised.done + also.done + risen.done, (*raised.failed, *also.failed, *risen.failed))


async def raise_complaint(complaint_id: UUID, *, uow: UnitOfWork) -> bool:
    """Have the federation of the next level see to one; False where somebody has it in hand, or it has risen before."""
    async with uow:
        complaint = await uow.complaints.take(complaint_id)
        if complaint is None:
            return False
        terms = ComplaintTerms.of(uow.rulebook.at(complaint.region, uow.today))
        place = (OrganisationKind.FEDERATION, area_at(complaint.region, terms.raise_to.value))
        body = (await uow.organisations.of_places({place})).get(place)
        risen = complaint.rise(
            to=body.id if body else None, on=uow.today, terms=terms, calendar=uow.calendar(complaint.region)
        )
        if risen is None:
            return False
        uow.record(risen[1], about=await uow.complaints.save(risen[0]))
        return await uow.commit(True)  # noqa: FBT003 - the result, which commit hands on


async def raise_need_report(report_id: UUID, *, uow: UnitOfWork) -> bool:
    """Give one to the city; False where somebody has it in hand, or it is not overdue any more."""
    async with uow:
        report = await uow.need_reports.take(report_id)
        if report is None:
            return False
        terms = NeedReportTerms.of(uow.rulebook.at(report.region, uow.today))
        risen = report.rise(on=uow.today, terms=terms, calendar=uow.calendar(report.region))
        if risen is None:
            return False
        uow.record(risen[1], about=await uow.need_reports.save(risen[0]))
        return await uow.commit(True)  # noqa: FBT003 - the result, which commit hands on


async def raise_harm_report(report_id: UUID, *, uow: UnitOfWork) -> bool:
    """Have the body of the next level act too; False where somebody has taken it in, or it has risen before."""
    async with uow:
        report = await uow.harm_reports.take(report_id)
        if report is None:
            return False
        # whom the law protects was settled when it was reported; how high it rises does not depend on the age
        terms = HarmTerms.of(uow.rulebook.at(report.region, uow.today), age=None)
        place = (terms.body_kind, area_at(report.region, terms.raise_level))
        body = (await uow.organisations.of_places({place})).get(place)
        risen = report.rise(to=body.id if body else None, at=uow.now, terms=terms)
        if risen is None:
            return False
        uow.record(risen[1], about=(await uow.harm_reports.save(risen[0])).unnamed)
        return await uow.commit(True)  # noqa: FBT003 - the result, which commit hands on
