"""Entries on the ledger of disabled people without a certificate, as they travel."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, JsonValue

from app.api.texts import Teller
from app.api.v1.schemas.actions import ActionRead
from app.api.v1.schemas.application import Items
from app.api.v1.schemas.consent import TellingRead
from app.api.v1.schemas.person import ContactRead
from app.api.v1.schemas.speech import SaidBy
from app.api.v1.schemas.told_as import ToldAs, ToldAsRead
from app.api.v1.schemas.types import CitizenNumberText, Code, Count, Input, LegalDate, LongText, Output, Version
from app.api.v1.schemas.words import WordsRead
from app.domain.shared.channel import Channel
from app.domain.shared.identity import CitizenNumber
from app.domain.shared.region import code_of
from app.domain.shared.voice import Voice
from app.domain.uncertified_entry import (
    MOST_CONTACTS,
    ClosingGround,
    Contact,
    ContactOutcome,
    EntryStage,
    LedgerTerms,
    Report,
    UncertifiedReason,
)
from app.services.uncertified_conversion import Conversion
from app.services.uncertified_entry import EntryView, TakenOff

ReasonCode = Annotated[Code, Field(description="One of GET /v1/uncertified-terms.", examples=["not_aware"])]
Needs = Annotated[
    list[Code],
    Field(max_length=20, description="Coded needs, as the person names them.", examples=[["long_term_care"]]),
]
Told = Annotated[LongText | None, Field(description="What the person was told of certificates and services.")]
Words = Annotated[LongText | None, Field(description="What the person says, in the person's words. No diagnosis.")]
NextContact = Annotated[
    LegalDate | None, Field(description="The last day of the next contact; as late as the rules allow, if not given.")
]
Way = Annotated[Channel, Field(description="By which way the two spoke.")]


class UncertifiedEntryCreate(Input):
    """That somebody, who has just agreed to it, is put on the ledger."""

    reason: ReasonCode
    needs: Needs = Field(default_factory=list)
    words: Words = None
    told: Told = None
    said_by: SaidBy = None
    channel: Way = Channel.HOME_VISIT
    owner_id: Annotated[
        UUID | None,
        Field(description="Which federation or association answers for it; the caller's own, if not given."),
    ] = None
    next_contact_on: NextContact = None

    def to_report(self) -> Report:
        """What is reported of the first contact."""
        return Report(
            channel=self.channel,
            told=self.told or "",
            words=self.words or "",
            reason=self.reason,
            needs=tuple(dict.fromkeys(self.needs)),
            next_contact_on=self.next_contact_on,
        )


class UncertifiedContactCreate(Input):
    """A contact with somebody on the ledger, or an attempt at one."""

    contacted_on: Annotated[LegalDate | None, Field(description="The day of the contact; today, if not given.")] = None
    outcome: ContactOutcome = ContactOutcome.REACHED
    channel: Way = Channel.HOME_VISIT
    told: Told = None
    words: Words = None
    reason: Annotated[ReasonCode | None, Field(description="Where it is another reason now.")] = None
    needs: Annotated[Needs | None, Field(description="Where they are others now.")] = None
    next_contact_on: NextContact = None

    def to_report(self) -> Report:
        """What is reported of the contact."""
        return Report(
            channel=self.channel,
            outcome=self.outcome,
            told=self.told or "",
            words=self.words or "",
            on=self.contacted_on,
            reason=self.reason,
            needs=None if self.needs is None else tuple(dict.fromkeys(self.needs)),
            next_contact_on=self.next_contact_on,
        )


class UncertifiedHandoverCreate(Input):
    """That another organisation answers for an entry."""

    owner_id: Annotated[UUID, Field(description="A federation or an association that serves the person's place.")]


class UncertifiedConversionCreate(Input):
    """What is applied for, and what is not on record yet."""

    package_code: Annotated[Code, Field(description="From /v1/packages.", examples=["disability_services"])]
    items: Items
    channel: Channel = Channel.HOME_VISIT
    citizen_number: Annotated[
        CitizenNumberText | None, Field(description="Where none is on record; it is put there with the application.")
    ] = None
    answers: Annotated[
        dict[Code, JsonValue],
        Field(max_length=100, description="Answers to the form, over those that are filled in from the record."),
    ] = Field(default_factory=dict)
    withheld_evidence: Annotated[
        list[Code],
        Field(max_length=50, description="Kinds of evidence that the person does not want to be fetched or used."),
    ] = Field(default_factory=list)

    def to_conversion(self) -> Conversion:
        """The request in the use case's words."""
        return Conversion(
            package_code=self.package_code,
            items=tuple(dict.fromkeys(self.items)),
            channel=self.channel,
            citizen_number=CitizenNumber.parse(self.citizen_number, pointer="/citizen_number")
            if self.citizen_number
            else None,
            answers=self.answers,
            withheld_evidence=tuple(dict.fromkeys(self.withheld_evidence)),
        )


class UncertifiedClosureCreate(Input):
    """Why an entry ends."""

    ground: ClosingGround


class UncertifiedContactRead(Output):
    """A contact, or an attempt at one."""

    contacted_on: date
    by: Annotated[UUID, Field(description="The account of whoever spoke with the person.")]
    channel: Channel
    outcome: ContactOutcome
    told: Annotated[str, Field(max_length=2000, description="What the person was told.")]
    words: Annotated[str, Field(max_length=2000, description="What the person said.")]

    @classmethod
    def of(cls, contact: Contact) -> Self:
        """The contact as it travels."""
        return cls(
            contacted_on=contact.on,
            by=contact.by,
            channel=contact.channel,
            outcome=contact.outcome,
            told=contact.told,
            words=contact.words,
        )


class UncertifiedEntryRead(Output):
    """An entry on the ledger: whom it is about, why there is no certificate, who answers, and when one speaks next."""

    id: UUID
    person_id: UUID
    name: Annotated[str | None, Field(max_length=100)]
    person_contacts: Annotated[list[ContactRead], Field(max_length=20, description="How the person may be reached.")]
    region_code: Annotated[str, Field(max_length=12)]
    reason: Annotated[str, Field(max_length=64, description="Why there is no certificate, as a code.")]
    reason_text: Annotated[str | None, Field(max_length=200, description="The same in words.")]
    hint_text: Annotated[str | None, Field(max_length=1000, description="What can be said or done about it.")]
    needs: Annotated[list[str], Field(max_length=20, description="Coded needs, as the person names them.")]
    owner_id: Annotated[UUID, Field(description="The organisation that answers for it.")]
    owner_text: Annotated[str | None, Field(max_length=200)]
    voice: Annotated[Voice, Field(description="Whose word it was that the person may be on the ledger.")]
    channel: Annotated[Channel, Field(description="By which way that word came.")]
    opened_by: Annotated[UUID, Field(description="Who took it down.")]
    opened_on: date
    next_contact_on: Annotated[date, Field(description="The last day of the next contact.")]
    is_overdue: Annotated[bool, Field(description="Whether that day has passed while it is open.")]
    contacts: Annotated[list[UncertifiedContactRead], Field(max_length=MOST_CONTACTS, description="The latest last.")]
    stage: EntryStage
    ground: Annotated[ClosingGround | None, Field(description="Why it was closed; null unless it was.")]
    closed_on: date | None
    application_path: Annotated[
        str | None, Field(max_length=100, description="The application that it has led to; null before.")
    ]
    rule_versions: Annotated[list[str], Field(max_length=20)]
    explanation: Annotated[str, Field(max_length=1000, description="How it stands, in plain words.")]
    version: Version
    actions: Annotated[list[ActionRead], Field(max_length=20)]
    told_as: ToldAs

    @classmethod
    def of_view(cls, view: EntryView, teller: Teller) -> Self:
        """The entry as one caller sees it."""
        entry, person = view.of, view.person
        days = {"next_contact_on": entry.next_contact_on, "closed_on": entry.closed_on}
        return cls(
            id=entry.id,
            person_id=entry.person_id,
            name=person.name_on(view.on) if person else None,
            person_contacts=ContactRead.all_of(person, view.on) if person else [],
            region_code=code_of(entry.region),
            reason=entry.reason,
            reason_text=teller.word(view.reason.wording) if view.reason else None,
            hint_text=teller.word(view.reason.hint) if view.reason else None,
            needs=list(entry.needs),
            owner_id=entry.owner_id,
            owner_text=teller.word(view.owner_name) if view.owner_name else None,
            voice=entry.voice,
            channel=entry.channel,
            opened_by=entry.opened_by,
            opened_on=entry.opened_on,
            next_contact_on=entry.next_contact_on,
            is_overdue=entry.is_overdue(view.on),
            contacts=[UncertifiedContactRead.of(contact) for contact in entry.contacts],
            stage=entry.stage,
            ground=entry.ground,
            closed_on=entry.closed_on,
            application_path=f"/v1/applications/{entry.converted_to}" if entry.converted_to else None,
            rule_versions=list(entry.rule_versions),
            explanation=teller.say(f"uncertified_entry.{entry.stage}", days),
            version=view.version,
            actions=[ActionRead.of(action, teller) for action in view.actions],
            told_as=ToldAsRead.of(entry.person_id, teller),
        )


class UncertifiedRemovalRead(Output):
    """That all entries of a person were erased at their word. There is nothing else to be read of them any more."""

    id: UUID
    stage: EntryStage
    taken_off_on: date
    explanation: Annotated[str, Field(max_length=1000, description="What that means, in plain words.")]

    @classmethod
    def of(cls, taken_off: TakenOff, teller: Teller) -> Self:
        """What is left, as it travels."""
        said = teller.say(f"uncertified_entry.{EntryStage.TAKEN_OFF}", {"taken_off_on": taken_off.on})
        return cls(id=taken_off.id, stage=EntryStage.TAKEN_OFF, taken_off_on=taken_off.on, explanation=said)


class UncertifiedReasonRead(Output):
    """A reason for having no certificate, and what can be said or done about it."""

    code: Annotated[str, Field(max_length=64, examples=["not_aware"])]
    words: Annotated[WordsRead, Field(description="What it is called.")]
    hint: Annotated[TellingRead, Field(description="What can be said or done about it.")]

    @classmethod
    def of(cls, reason: UncertifiedReason) -> Self:
        """The reason as it travels."""
        return cls(
            code=reason.code,
            words=WordsRead.of(reason.wording),
            hint=TellingRead(zh=reason.hint.zh, en=reason.hint.en),
        )


class UncertifiedTermsRead(Output):
    """What holds for the ledger in a place."""

    tells: Annotated[TellingRead, Field(description="What a person is told before agreeing to be on it.")]
    own_word_age_years: Annotated[Count, Field(description="Before this age a guardian agrees.")]
    contact_every_days: Annotated[Count, Field(description="Calendar days from one contact to the next at most.")]
    retry_after_days: Annotated[Count, Field(description="The same where nobody was reached.")]
    reasons: Annotated[list[UncertifiedReasonRead], Field(max_length=50)]

    @classmethod
    def of(cls, terms: LedgerTerms) -> Self:
        """The terms as they travel."""
        return cls(
            tells=TellingRead(zh=terms.tells.zh, en=terms.tells.en),
            own_word_age_years=terms.own_word_age_years.value,
            contact_every_days=terms.contact_every_days.value,
            retry_after_days=terms.retry_after_days.value,
            reasons=[UncertifiedReasonRead.of(reason) for reason in terms.reasons.values()],
        )
