"""Use cases of applications that are there: reading, listing, taking back."""

from datetime import date
from uuid import UUID

from app.domain.application import Application, CaseKind
from app.services.clock import keep_time
from app.services.evidence import cancel_requests
from app.services.party import institution_is_not_needed
from app.services.ports.application import ApplicationLine
from app.services.ports.work import UnitOfWork
from app.services.read_models import Slice, View, slice_of


async def get_application(application_id: UUID, *, uow: UnitOfWork) -> View[Application]:
    """An application with its items; that it was shown is written down."""
    async with uow:
        application = await uow.applications.get(application_id)
        uow.accessed(application.person_id, disclosed=("application",))
        return await uow.commit(_view(application, uow))


async def list_applications(
    *, is_finished: bool | None, submitted_on: date | None = None, after: UUID | None, limit: int, uow: UnitOfWork
) -> Slice[ApplicationLine]:
    """The applications of the caller's areas, or those that the caller is a party to."""
    async with uow:
        found = await uow.applications.page(
            is_finished=is_finished, submitted_on=submitted_on, whose=uow.actor, after=after, limit=limit + 1
        )
        page = slice_of(found, limit=limit)
        uow.accessed(*(line.person_id for line in page.items), disclosed=("application",))
        return await uow.commit(page)


async def withdraw_application(application_id: UUID, *, version: int, uow: UnitOfWork) -> View[Application]:
    """Take back all that is not decided yet; what is decided stays as it is."""
    async with uow:
        application = await uow.applications.get(application_id, version=version)
        withdrawn, event = application.withdraw(by=uow.actor, on=uow.today)
        for item in application.open_items:
            if item.case_kind is CaseKind.CERTIFICATE:
                case, fact = (await uow.certificate_cases.get(item.case_id)).withdraw(by=uow.actor, on=uow.today)
                uow.record(fact, about=await uow.certificate_cases.save(case))
                institution_is_not_needed(case, uow=uow)
                await keep_time(case, application, uow=uow)
            else:
                benefit, done = (await uow.benefit_cases.get(item.case_id)).withdraw(by=uow.actor, on=uow.today)
                uow.record(done, about=await uow.benefit_cases.save(benefit))
                await keep_time(benefit, application, uow=uow)
        saved = await uow.applications.save(withdrawn)
        uow.record(event, about=saved)
        await cancel_requests(saved, uow=uow)
        uow.accessed(saved.person_id, disclosed=("application",))
        return await uow.commit(_view(saved, uow))


def _view(application: Application, uow: UnitOfWork) -> View[Application]:
    return View(application, application.allowed_actions(uow.actor, on=uow.today))
