"""Use cases of offers to people: an office looks and sends, the person accepts or declines, an office takes back."""

from dataclasses import dataclass, field
from uuid import UUID

from app.domain.application import (
    Channel,
    Draft,
    Package,
    asked,
    kept_until,
    shown_in_place,
)
from app.domain.assessment import NeedStage
from app.domain.catalogue import service_types
from app.domain.offer import Offer, OfferRules, OfferStage, UnwantedReason
from app.domain.person import Person
from app.domain.shared.access import BY_PARTY, Role
from app.domain.shared.voice import Voice
from app.services.applicant import applicant_on_record, contacts_on_record
from app.services.offering import due_now
from app.services.ports.draft import DraftContent
from app.services.ports.work import UnitOfWork
from app.services.read_models import Slice, View, slice_of
from app.services.word import word_given

DISCLOSED = ("offer", "economic_status")
"""An offer says why it is due, and by that what the registers hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the person says to an offer, and by which way it came."""

    channel: Channel
    said_by: Voice | None = None
    reason: UnwantedReason | None = None
    words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class OfferView(View[Offer]):
    """An offer as one caller sees it; to an office also whether the rules find it due today."""

    still_due: bool | None = None


async def list_offers(
    *, stages: tuple[OfferStage, ...], person_id: UUID | None, after: UUID | None, limit: int, uow: UnitOfWork
) -> Slice[OfferView]:
    """What is to be sent in the caller's areas, with the reasons; or what was offered to the caller."""
    async with uow:
        found = await uow.offers.page(stages, person_id=person_id, whose=uow.actor, after=after, limit=limit + 1)
        page = slice_of([_view(offer, uow=uow) for offer in found], limit=limit)
        uow.accessed(*(view.of.person_id for view in page.items), disclosed=DISCLOSED)
        return await uow.commit(page)


async def get_offer(offer_id: UUID, *, uow: UnitOfWork) -> OfferView:
    """An offer with its reasons; an office is also told whether it is due still."""
    async with uow:
        offer = await uow.offers.get(offer_id)
        return await _shown(offer, uow=uow)


async def send_offer(offer_id: UUID, *, version: int, uow: UnitOfWork) -> OfferView:
    """Offer it to the person, once the rules still find it due.

    Raises:
        OfferOutdated: they do not. NotYourFunction, OwnCase, IllegalTransition, OfferRunOut: see the domain.
    """
    async with uow:
        offer = await uow.offers.get(offer_id, version=version)
        due = {one.item for one in await due_now(offer.person_id, uow=uow)}
        rules = OfferRules.of(uow.rulebook.at(offer.region, uow.today))
        sent, event = offer.send(by=uow.actor, on=uow.today, due=due, rules=rules)
        saved = await uow.offers.save(sent)
        uow.record(event, about=saved)
        return await _shown(saved, uow=uow)


async def accept_offer(offer_id: UUID, *, version: int, answer: Answer, uow: UnitOfWork) -> OfferView:
    """Begin the application that the person wants: an ordinary draft of the caller, with what is held in it.

    Nothing is applied for until the draft is submitted, and a human decides on it as on any other. A single service is
    not applied for: the office sees that it is wanted, and for which confirmed need it can be looked for.

    Raises:
        NotThePerson, NotYourFunction, WordMissing, IllegalTransition, OfferRunOut: see the domain.
    """
    async with uow:
        offer = await uow.offers.get(offer_id, version=version)
        word = await word_given(offer.person_id, region=offer.region, said_by=answer.said_by, uow=uow)
        draft_id = None if offer.package_code is None else uow.new_id()
        accepted, event = offer.accept(
            by=uow.actor,
            on=uow.today,
            word=word,
            channel=answer.channel,
            draft_id=draft_id,
            need_id=await _need_of(offer, uow=uow),
        )
        if draft_id is not None:
            await _begin(accepted, draft_id, answer.channel, uow=uow)
        saved = await uow.offers.save(accepted)
        uow.record(event, about=saved)
        return await _shown(saved, uow=uow)


async def decline_offer(offer_id: UUID, *, version: int, answer: Answer, uow: UnitOfWork) -> OfferView:
    """Remember that the person does not want it. No reason is owed, and nothing else follows."""
    async with uow:
        offer = await uow.offers.get(offer_id, version=version)
        word = await word_given(offer.person_id, region=offer.region, said_by=answer.said_by, uow=uow)
        declined, event = offer.decline(
            by=uow.actor,
            on=uow.today,
            word=word,
            channel=answer.channel,
            reason=answer.reason,
            words=answer.words,
        )
        saved = await uow.offers.save(declined)
        uow.record(event, about=saved)
        return await _shown(saved, uow=uow)


async def withdraw_offer(offer_id: UUID, *, version: int, text: str, uow: UnitOfWork) -> OfferView:
    """Take an offer back, with a word to the person why."""
    async with uow:
        offer = await uow.offers.get(offer_id, version=version)
        withdrawn, event = offer.withdraw(by=uow.actor, on=uow.today, words=text)
        saved = await uow.offers.save(withdrawn)
        uow.record(event, about=saved)
        return await _shown(saved, uow=uow)


async def _shown(offer: Offer, *, uow: UnitOfWork) -> OfferView:
    is_office = bool(uow.actor.roles - BY_PARTY)
    is_open = offer.stage in {OfferStage.MADE, OfferStage.SENT}
    still = None
    if is_office and is_open:
        still = offer.item in {one.item for one in await due_now(offer.person_id, uow=uow)}
    uow.accessed(offer.person_id, disclosed=DISCLOSED)
    return await uow.commit(_view(offer, still_due=still, uow=uow))


def _view(offer: Offer, *, still_due: bool | None = None, uow: UnitOfWork) -> OfferView:
    return OfferView(offer, offer.allowed_actions(uow.actor, on=uow.today), still_due)


async def _need_of(offer: Offer, *, uow: UnitOfWork) -> UUID | None:
    """The confirmed need that a single service meets, where there is one."""
    if not offer.is_for_service:
        return None
    meets = service_types(uow.rulebook.at(offer.region, uow.today))[offer.item].meets
    needs = await uow.needs.of_person(offer.person_id)
    return next((one.id for one in needs if one.stage is NeedStage.CONFIRMED and one.code.item in meets), None)


async def _begin(offer: Offer, draft_id: UUID, channel: Channel, *, uow: UnitOfWork) -> None:
    person = await uow.persons.get(offer.person_id)
    uow.drafts.add(_draft(offer, draft_id, uow=uow), _content(offer, person, channel, uow=uow))
    uow.accessed(offer.person_id, disclosed=("draft",))


def _package_of(offer: Offer) -> str:
    assert offer.package_code is not None  # a single service is not applied for
    return offer.package_code


def _draft(offer: Offer, draft_id: UUID, *, uow: UnitOfWork) -> Draft:
    rules = uow.rulebook.at(offer.region, uow.today)
    return Draft(
        id=draft_id,
        actor_id=uow.actor.id,
        client_id=uow.actor.client_id,
        person_id=uow.actor.person_id if uow.actor.has(Role.CITIZEN) else None,
        package_code=_package_of(offer),
        region=offer.region,
        started_at=uow.now,
        expires_on=kept_until(rules, calendar=uow.calendar(offer.region)),
    )


def _content(offer: Offer, person: Person, channel: Channel, *, uow: UnitOfWork) -> DraftContent:
    form = Package.of(_package_of(offer), uow.rulebook.at(offer.region, uow.today)).chosen([offer.item]).form
    is_own = uow.actor.has(Role.CITIZEN) and uow.actor.person_id == person.id
    return DraftContent(
        items=(offer.item,),
        source_number=f"offer-{offer.id}",
        channel=channel,
        applicant=None if is_own else applicant_on_record(person, on=uow.today),
        answers=asked(form, shown_in_place(form, contacts_on_record(person, on=uow.today))),
    )
