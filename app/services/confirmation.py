"""Use cases of confirmations: a second person says yes and the item goes on, or no and it is taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from app.domain.application import Application, CaseKind
from app.domain.confirmation import Confirmation, ConfirmationStage, SecondParty, TakenDown
from app.domain.shared.access import Role
from app.domain.shared.authz import PERSON_FIELDS, PersonField
from app.domain.shared.errors import NotFound
from app.domain.shared.events import Event
from app.domain.shared.voice import Capacity, Word
from app.services.application import follow_benefit_case, follow_certificate_case, take_back_item
from app.services.ports.work import UnitOfWork
from app.services.read_models import Slice, View, slice_of
from app.services.second_party import household_of_age
from app.services.yielding import yielding

SHOWN = ("confirmation",)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmationView(View[Confirmation]):
    """A confirmation as one caller sees it."""

    is_followed: bool
    """Whether the caller may know of the whole application, and not of this alone."""
    shows_household: bool
    """Whether the caller is shown who lives with the person, and so who may say it."""


async def list_confirmations(
    *, stages: tuple[ConfirmationStage, ...], after: UUID | None, limit: int, uow: UnitOfWork
) -> Slice[ConfirmationView]:
    """What waits for the caller's word, or for somebody's for whom the caller applies; for offices, in their areas."""
    async with uow:
        found = await uow.confirmations.page(stages, whose=uow.actor, after=after, limit=limit + 1)
        page = slice_of(found, limit=limit)
        shown = tuple(_view(one, uow) for one in await _still_asked(page.items, uow=uow))
        uow.accessed(*(view.of.person_id for view in shown), disclosed=SHOWN)
        return await uow.commit(Slice(shown, page.after))


async def list_application_confirmations(application_id: UUID, *, uow: UnitOfWork) -> tuple[ConfirmationView, ...]:
    """All of an application, the oldest first."""
    async with uow:
        application = await uow.applications.get(application_id)
        found = await uow.confirmations.of_application(application.id)
        uow.accessed(application.person_id, disclosed=SHOWN)
        return await uow.commit(tuple(_view(confirmation, uow) for confirmation in found))


async def get_confirmation(confirmation_id: UUID, *, uow: UnitOfWork) -> ConfirmationView:
    """One, with what it is about; that it was shown is written down."""
    async with uow:
        confirmation = await uow.confirmations.get(confirmation_id)
        if not await _still_asked((confirmation,), uow=uow):
            raise NotFound("There is no such confirmation. Check the id.")
        return await _shown(confirmation, uow=uow)


async def give_confirmation(
    confirmation_id: UUID, *, version: int, taken_down: TakenDown | None, uow: UnitOfWork
) -> ConfirmationView:
    """Say yes, as the second person or on that person's word; the item goes on to its first step.

    Raises:
        NotTheSecondParty, OwnCase, WordMissing, SecondPartyUnknown, ProofNotSeen: see the domain.
    """
    async with uow:
        asked = await uow.confirmations.get(confirmation_id, version=version)
        given, event = asked.confirm(
            by=uow.actor, on=uow.today, known=await _known(asked, uow=uow), taken_down=taken_down
        )
        saved = await _said(given, event, uow=uow)
        await _go_on(await uow.applications.get(saved.application_id), saved.item, uow=uow)
        return await _shown(saved, uow=uow)


async def decline_confirmation(
    confirmation_id: UUID, *, version: int, taken_down: TakenDown | None, uow: UnitOfWork
) -> ConfirmationView:
    """Say no; the item is taken back by that, and the others go on. Raises what `give_confirmation` raises."""
    async with uow:
        asked = await uow.confirmations.get(confirmation_id, version=version)
        declined, event = asked.decline(
            by=uow.actor, on=uow.today, known=await _known(asked, uow=uow), taken_down=taken_down
        )
        saved = await _said(declined, event, uow=uow)
        application = await uow.applications.get(saved.application_id)
        with yielding():
            await take_back_item(saved.item, application, word=Word(Capacity.SECOND_PARTY), uow=uow)
        return await _shown(saved, uow=uow)


async def lapse_confirmation(application: Application, item: str, *, uow: UnitOfWork) -> None:
    """Let a case rest whose second word has not come in time, inside somebody else's unit of work."""
    confirmation = await uow.confirmations.open_of(application.item(item).case_id)
    if confirmation is None:
        return
    lapsed, event = confirmation.lapse(on=uow.today)
    uow.record(event, about=await uow.confirmations.save(lapsed))
    if application.item(item).case_kind is CaseKind.CERTIFICATE:
        certificate, rested = (await uow.certificate_cases.get(lapsed.case_id)).rest(on=uow.today)
        kept = await uow.certificate_cases.save(certificate)
        uow.record(rested, about=kept)
        await follow_certificate_case(kept, uow=uow)
    else:
        benefit, fact = (await uow.benefit_cases.get(lapsed.case_id)).rest(on=uow.today)
        saved = await uow.benefit_cases.save(benefit)
        uow.record(fact, about=saved)
        await follow_benefit_case(saved, uow=uow)


async def _said(confirmation: Confirmation, event: Event, *, uow: UnitOfWork) -> Confirmation:
    """Keep what was said; who was asked for this alone then goes on where the case is."""
    saved = await uow.confirmations.save(confirmation)
    if not _is_followed(saved, uow):
        await uow.confirmations.carry_out(saved.id)
    uow.record(event, about=saved)
    return saved


async def _go_on(application: Application, item: str, *, uow: UnitOfWork) -> None:
    """The first step is open now, or the item waits for another as it would have from the start."""
    case_id = application.item(item).case_id
    if application.item(item).case_kind is CaseKind.CERTIFICATE:
        certificate, event = (await uow.certificate_cases.get(case_id)).confirm(on=uow.today)
        with yielding():
            saved = await uow.certificate_cases.save(certificate)
        uow.record(event, about=saved)
        await follow_certificate_case(saved, uow=uow)
        return
    benefit, confirmed = (await uow.benefit_cases.get(case_id)).confirm(on=uow.today)
    events: list[Event] = [confirmed]
    if application.waits_for_nothing(application.item(item)):
        benefit, released = benefit.release(on=uow.today)
        events.append(released)
    with yielding():
        kept = await uow.benefit_cases.save(benefit)
    for fact in events:
        uow.record(fact, about=kept)
    await follow_benefit_case(kept, uow=uow)


async def _known(confirmation: Confirmation, *, uow: UnitOfWork) -> tuple[UUID, ...]:
    """Whose word it may be today; a guardian with a token of their own has been looked up by then."""
    if confirmation.whom is SecondParty.HOUSEHOLD_MEMBER:
        return await household_of_age(confirmation.person_id, uow=uow)
    if uow.actor.has(Role.CITIZEN):
        return ()
    return (await uow.persons.get(confirmation.person_id)).legal_guardians_on(uow.today)


async def _still_asked(found: Sequence[Confirmation], *, uow: UnitOfWork) -> tuple[Confirmation, ...]:
    """Those that are still the caller's: who was asked as of a household is asked until moving out of it."""
    asked_in = {one.person_id for one in found if not _is_followed(one, uow)}
    grown = {person_id: await household_of_age(person_id, uow=uow) for person_id in asked_in}
    return tuple(one for one in found if one.person_id not in asked_in or uow.actor.person_id in grown[one.person_id])


async def _shown(confirmation: Confirmation, *, uow: UnitOfWork) -> ConfirmationView:
    uow.accessed(confirmation.person_id, disclosed=SHOWN)
    return await uow.commit(_view(confirmation, uow))


def _view(confirmation: Confirmation, uow: UnitOfWork) -> ConfirmationView:
    actions = confirmation.allowed_actions(uow.actor, on=uow.today)
    is_followed = _is_followed(confirmation, uow)
    fields = frozenset[PersonField]().union(*(PERSON_FIELDS.get(role, frozenset()) for role in uow.actor.roles))
    shows_household = is_followed and PersonField.HOUSEHOLD in fields
    return ConfirmationView(confirmation, actions, is_followed=is_followed, shows_household=shows_household)


def _is_followed(confirmation: Confirmation, uow: UnitOfWork) -> bool:
    """Say whether the caller may know of the whole: all but a citizen who is neither the person nor the guardian."""
    is_own = confirmation.person_id in {uow.actor.person_id, *uow.actor.acts_for}
    return is_own or not uow.actor.has(Role.CITIZEN)
