"""Use cases of applications that are there: reading, listing, taking back."""

from datetime import date
from uuid import UUID

from app.domain.application import (
    Application,
    CaseKind,
    Item,
    PublicStatus,
    status_of_benefit,
    status_of_certificate,
)
from app.domain.benefit import Stage
from app.domain.shared.voice import Voice, Word
from app.services.application.progress import stop_waiting
from app.services.clock import keep_time
from app.services.evidence import cancel_requests
from app.services.party import institution_is_not_needed
from app.services.ports.application import ApplicationLine
from app.services.ports.work import UnitOfWork
from app.services.read_models import Slice, View, slice_of
from app.services.word import word_given
from app.services.yielding import yielding


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


async def withdraw_application(
    application_id: UUID, *, version: int, said_by: Voice | None, uow: UnitOfWork
) -> View[Application]:
    """Take back all that is not decided yet; what is decided stays as it is."""
    async with uow:
        application = await uow.applications.get(application_id, version=version)
        word = await word_given(application.person_id, region=application.region, said_by=said_by, uow=uow)
        withdrawn, event = application.withdraw(by=uow.actor, on=uow.today, word=word)
        for item in application.open_items:
            await _take_back(item, application, word=word, uow=uow)
        saved = await uow.applications.save(withdrawn)
        uow.record(event, about=saved)
        await cancel_requests(saved, uow=uow)
        await stop_waiting(application, saved, uow=uow)
        return await _shown(saved, uow=uow)


async def withdraw_item(
    application_id: UUID, *, item: str, version: int, said_by: Voice | None, uow: UnitOfWork
) -> View[Application]:
    """Take one item back or, where it was granted, want no more of it; the others stay as they are.

    What was granted stays granted and stops with this month. Items that waited for what is taken back cannot begin by
    themselves any more, and the person is asked about them.

    Raises:
        ItemNotFound: the application has no such item.
        IllegalTransition: it was refused or taken back; or it is a certificate, which is cancelled by other business.
    """
    async with uow:
        application = await uow.applications.get(application_id, version=version)
        application.item(item)
        word = await word_given(application.person_id, region=application.region, said_by=said_by, uow=uow)
        return await _shown(await take_back_item(item, application, word=word, uow=uow), uow=uow)


async def take_back_item(code: str, application: Application, *, word: Word, uow: UnitOfWork) -> Application:
    """Take one item back, inside a unit of work that somebody else has opened; the application after that."""
    item = application.item(code)
    status = await _take_back(item, application, word=word, uow=uow)
    if status is item.status:
        return application
    progressed, told = application.item_progressed(code, status)
    saved = await uow.applications.save(progressed)
    for event in told:
        uow.record(event, about=saved)
    await cancel_requests(saved, uow=uow)
    await stop_waiting(application, saved, uow=uow)
    return saved


async def _take_back(item: Item, application: Application, *, word: Word, uow: UnitOfWork) -> PublicStatus:
    """Take back what carries an item, or give up what it has granted; how the item stands then."""
    if item.case_kind is CaseKind.CERTIFICATE:
        case, fact = (await uow.certificate_cases.get(item.case_id)).withdraw(by=uow.actor, on=uow.today, word=word)
        with yielding():
            uow.record(fact, about=await uow.certificate_cases.save(case))
        institution_is_not_needed(case, uow=uow)
        await keep_time(case, application, uow=uow)
        return status_of_certificate(case.stage)
    held = await uow.benefit_cases.get(item.case_id)
    end = held.give_up if held.stage is Stage.GRANTED else held.withdraw
    benefit, done = end(by=uow.actor, on=uow.today, word=word)
    with yielding():
        uow.record(done, about=await uow.benefit_cases.save(benefit))
    await keep_time(benefit, application, uow=uow)
    return status_of_benefit(benefit.stage)


async def _shown(application: Application, *, uow: UnitOfWork) -> View[Application]:
    uow.accessed(application.person_id, disclosed=("application",))
    return await uow.commit(_view(application, uow))


def _view(application: Application, uow: UnitOfWork) -> View[Application]:
    return View(application, application.allowed_actions(uow.actor, on=uow.today))
