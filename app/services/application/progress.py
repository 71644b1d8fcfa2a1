"""How an application follows its cases: what they have come to, and what waited for them."""

from uuid import UUID

from app.domain.application import (
    INACTIVE,
    SECOND_PARTY_PENDING,
    Application,
    PublicStatus,
    reason_of,
    status_of_benefit,
    status_of_certificate,
)
from app.domain.benefit import BenefitCase
from app.domain.certificate import CertificateCase
from app.domain.shared.events import Event
from app.services.clock import keep_time
from app.services.ports.work import UnitOfWork
from app.services.yielding import yielding

_UNCONFIRMED = frozenset({SECOND_PARTY_PENDING, INACTIVE})


async def follow_certificate_case(case: CertificateCase, *, uow: UnitOfWork) -> None:
    """Let the application know how its certificate case stands; what waited for it goes on."""
    if case.application_id is not None:
        await _follow(case, case.application_id, status_of_certificate(case.stage), uow=uow)


async def follow_benefit_case(case: BenefitCase, *, uow: UnitOfWork) -> None:
    """Let the application know how its benefit case stands."""
    await _follow(case, case.application_id, status_of_benefit(case.stage), uow=uow)


async def _follow(
    case: CertificateCase | BenefitCase, application_id: UUID, status: PublicStatus, *, uow: UnitOfWork
) -> None:
    application = await uow.applications.get(application_id)
    await keep_time(case, application, uow=uow)
    item = application.item_of(case.id)
    reason = reason_of(case.stage)
    if (item.status, item.status_reason) == (status, reason):
        return
    before = application
    application, told = application.item_progressed(item.code, status, reason=reason)
    events: list[Event] = [*told]
    for waiting in application.released_by(item.code):
        released, fact = (await uow.benefit_cases.get(waiting.case_id)).release(on=uow.today)
        with yielding():
            uow.record(fact, about=await uow.benefit_cases.save(released))
        await keep_time(released, application, uow=uow)
        application, told = application.item_progressed(waiting.code, status_of_benefit(released.stage))
        events += told
    if case.is_finished:
        await stop_waiting(before, application, uow=uow)
    with yielding():
        saved = await uow.applications.save(application)
    for event in events:
        uow.record(event, about=saved)


async def stop_waiting(before: Application, application: Application, *, uow: UnitOfWork) -> None:
    """Wait for no answer, and for no second person's word, any more in items that have ended."""
    await _close_corrections(application, uow=uow)
    for item in before.items:
        if item.status_reason in _UNCONFIRMED and application.item(item.code).is_finished:
            await _close_confirmation(item.case_id, uow=uow)


async def _close_confirmation(case_id: UUID, *, uow: UnitOfWork) -> None:
    confirmation = await uow.confirmations.open_of(case_id)
    if confirmation is not None:
        closed, event = confirmation.close(on=uow.today)
        with yielding():
            uow.record(event, about=await uow.confirmations.save(closed))


async def _close_corrections(application: Application, *, uow: UnitOfWork) -> None:
    for correction in await uow.corrections.of_application(application.id):
        if correction.is_open and application.item(correction.item).is_finished:
            closed, event = correction.close(on=uow.today)
            with yielding():
                uow.record(event, about=await uow.corrections.save(closed))
