"""Use cases of consents: a person agrees that an organisation is told something, and may take it back at any time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.domain.consent import (
    HOW_TO_CONSENT,
    Consent,
    ConsentInForce,
    ConsentMissing,
    ConsentRules,
    Sharing,
    SharingPurpose,
    known_purpose,
    purposes,
)
from app.domain.organisation import Organisation
from app.domain.person import Person
from app.domain.referral import PersonClosed, PersonOpened
from app.domain.shared.authz import PersonField
from app.domain.shared.channel import Channel
from app.domain.shared.receipt_validity import good_until
from app.domain.shared.region import NATIONAL
from app.domain.shared.voice import Voice
from app.domain.shared.wording import Wording
from app.services.ports.receipt import Receipt
from app.services.ports.work import UnitOfWork
from app.services.read_models import Slice, View, slice_of
from app.services.word import word_given

SHOWN = ("consent",)
RECEIPT = "consent"
RECEIPT_OF_WITHDRAWAL = "consent_withdrawal"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRequest:
    """What somebody agrees to."""

    receiver_id: UUID
    purpose: str
    fields: frozenset[PersonField]
    valid_from: date | None = None
    valid_to: date | None = None
    said_by: Voice | None = None
    """Whose word it was, where an officer takes it down."""
    channel: Channel = Channel.COUNTER
    """By which way an officer was told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentView(View[Consent]):
    """A consent as one caller sees it, with who is told and what for."""

    on: date
    receiver: Organisation
    purpose: SharingPurpose | None
    """None where the rules no longer know it."""

    @property
    def receiver_name(self) -> Wording:
        """What the receiver is called."""
        return Wording(zh=self.receiver.name, en=self.receiver.name_en)


async def list_sharing_purposes(*, region_code: str | None, uow: UnitOfWork) -> tuple[SharingPurpose, ...]:
    """For which purposes data go to others in a place, or in the whole country.

    Raises:
        RegionNotFound: there is no such place.
    """
    async with uow:
        place = uow.regions.by_code(region_code).path if region_code else NATIONAL
        return await uow.commit(tuple(purposes(uow.rulebook.at(place, uow.today)).values()))


async def give_consent(person_id: UUID, asked: ConsentRequest, *, uow: UnitOfWork) -> ConsentView:
    """Put on record that the person, or a guardian, agrees; a receipt of it is there from this moment on.

    Raises:
        PurposeUnknown, ConsentInForce: see the domain, as for all that may not be agreed to.
        NotThePerson, NotYourFunction, WordMissing, OwnCase, GuardianConsentNeeded: whose word it is.
    """
    async with uow:
        person = await uow.persons.get(person_id)
        rules = uow.rulebook.at(person.region, uow.today)
        purpose = known_purpose(asked.purpose, rules)
        purpose.require_asked()
        word = await word_given(person.id, region=person.region, said_by=asked.said_by, uow=uow)
        known = await uow.organisations.get_many({asked.receiver_id})
        receiver = known.get(asked.receiver_id)
        consent, event = Consent.give(
            _sharing(asked, person, purpose=purpose, receiver=receiver, uow=uow),
            word,
            consent_id=uow.new_id(),
            by=uow.actor,
            on=uow.today,
            rules=ConsentRules.of(rules, purpose=purpose.code),
            channel=asked.channel,
        )
        await _require_none_in_force(consent, uow=uow)
        uow.consents.add(consent)
        uow.record(event, about=consent)
        await _tell_it_opens(consent, uow=uow)
        until = uow.calendar(consent.region).end_of(consent.valid_to)
        await _give_receipt(consent, kind=RECEIPT, until=until, uow=uow)
        return await _shown(consent, uow=uow)


async def withdraw_consent(consent_id: UUID, *, version: int, said_by: Voice | None, uow: UnitOfWork) -> ConsentView:
    """Take a consent back: whoever relied on it is refused at the next read.

    Raises:
        NotThePerson, NotYourFunction, WordMissing, OwnCase, GuardianConsentNeeded: whose word it is.
    """
    async with uow:
        consent = await uow.consents.get(consent_id, version=version)
        person = await uow.persons.get(consent.person_id)
        word = await word_given(person.id, region=consent.region, said_by=said_by, uow=uow)
        withdrawn, event = consent.withdraw(
            word,
            age=person.age_on(uow.today),
            by=uow.actor,
            on=uow.today,
            rules=ConsentRules.of(uow.rulebook.at(consent.region, consent.valid_from), purpose=consent.purpose),
        )
        saved = await uow.consents.save(withdrawn)
        uow.record(event, about=saved)
        await _tell_it_closes(saved, uow=uow)
        uow.receipts.withdraw(saved.id, at=uow.real_now, kind=RECEIPT)
        until = good_until(uow.now, uow.rulebook.at(consent.region, uow.today))
        await _give_receipt(saved, kind=RECEIPT_OF_WITHDRAWAL, until=until, uow=uow)
        return await _shown(saved, uow=uow)


async def get_consent(consent_id: UUID, *, uow: UnitOfWork) -> ConsentView:
    """A consent, and what the caller may do to it."""
    async with uow:
        return await _shown(await uow.consents.get(consent_id), uow=uow)


async def list_consents(person_id: UUID, *, after: UUID | None, limit: int, uow: UnitOfWork) -> Slice[ConsentView]:
    """A person's consents, those that were taken back or have run out included; a provider is shown those to it."""
    async with uow:
        found = await uow.consents.page(person_id, whose=uow.actor, after=after, limit=limit + 1)
        page = slice_of(found, limit=limit)
        receivers = await uow.organisations.get_many({consent.receiver_id for consent in page.items})
        if not found:
            await uow.facts.place_of(person_id)  # nothing is said of somebody whom the caller may not know of
        uow.accessed(person_id, disclosed=SHOWN)
        shown = tuple(_view(consent, receivers=receivers, uow=uow) for consent in page.items)
        return await uow.commit(Slice(shown, page.after))


async def require_consent(purpose: str | None, *, person_id: UUID, receiver_id: UUID, uow: UnitOfWork) -> None:
    """Hold somebody's being told of a person to a consent that is in force today; None where the law suffices.

    Source: 个人信息保护法 (2021) arts. 13, 23, 29. That the person has agreed to a plan is no such consent (art. 14).

    Raises:
        ConsentMissing: the person has not agreed to it, or no longer does.
    """
    if purpose is None:
        return
    today = uow.today
    found = await uow.consents.meeting(person_id, receiver_id=receiver_id, purpose=purpose, first=today, last=today)
    if found is None:
        raise ConsentMissing(
            f"The person has not agreed that this organisation is told, for {purpose}. {HOW_TO_CONSENT}. Statutory "
            "services go on without it.",
            purpose=purpose,
            receiver_id=str(receiver_id),
        )


def _sharing(
    asked: ConsentRequest, person: Person, *, purpose: SharingPurpose, receiver: Organisation | None, uow: UnitOfWork
) -> Sharing:
    return Sharing(
        person_id=person.id,
        region=person.region,
        age=person.age_on(uow.today),
        receiver_id=asked.receiver_id,
        receiver_kind=receiver.kind if receiver else None,
        purpose=purpose,
        fields=asked.fields,
        valid_from=asked.valid_from,
        valid_to=asked.valid_to,
    )


async def _require_none_in_force(consent: Consent, *, uow: UnitOfWork) -> None:
    held = await uow.consents.meeting(
        consent.person_id,
        receiver_id=consent.receiver_id,
        purpose=consent.purpose,
        first=consent.valid_from,
        last=consent.valid_to,
    )
    if held is not None:
        raise ConsentInForce(
            f"There is a consent to this until {held.valid_to}. Take it back first, to agree to something else.",
            consent_id=str(held.id),
        )


async def _tell_it_opens(consent: Consent, *, uow: UnitOfWork) -> None:
    """Tell the provider, which follows its referrals and not the consent, that the person is shown for them."""
    for referral in await uow.referrals.resting_on(consent):
        opened = PersonOpened(
            referral_id=referral.id,
            consent_id=consent.id,
            valid_from=consent.valid_from,
            valid_to=consent.valid_to,
        )
        uow.record(opened, about=referral)


async def _tell_it_closes(consent: Consent, *, uow: UnitOfWork) -> None:
    """Tell the provider that the person is shown for them no more.

    Source: 个人信息保护法 (2021) art. 47: who relied on the consent deletes what it need not keep.
    """
    for referral in await uow.referrals.resting_on(consent):
        closed = PersonClosed(referral_id=referral.id, consent_id=consent.id, closed_on=uow.today)
        uow.record(closed, about=referral)


async def _give_receipt(consent: Consent, *, kind: str, until: datetime, uow: UnitOfWork) -> None:
    """Put on record that there is a receipt, to be had at any time."""
    receipt = Receipt(
        id=uow.new_id(),
        kind=kind,
        outcome=consent.stage,
        checked_at=uow.now,
        issued_at=uow.now,
        expires_at=until,
    )
    await uow.receipts.register(receipt, subject_id=consent.id)


async def _shown(consent: Consent, *, uow: UnitOfWork) -> ConsentView:
    """What the caller sees; that it was shown is written down."""
    receivers = await uow.organisations.get_many({consent.receiver_id})
    uow.accessed(consent.person_id, disclosed=SHOWN)
    return await uow.commit(_view(consent, receivers=receivers, uow=uow))


def _view(consent: Consent, *, receivers: Mapping[UUID, Organisation], uow: UnitOfWork) -> ConsentView:
    known = purposes(uow.rulebook.at(consent.region, consent.valid_from))
    return ConsentView(
        consent,
        consent.allowed_actions(uow.actor, on=uow.today),
        on=uow.today,
        receiver=receivers[consent.receiver_id],
        purpose=known.get(consent.purpose),
    )
