"""Consents, as they travel."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.actions import ActionRead
from app.api.v1.schemas.speech import SaidBy
from app.api.v1.schemas.told_as import ToldAs, ToldAsRead
from app.api.v1.schemas.types import Code, Input, LegalDate, Output, Version
from app.api.v1.schemas.words import WordsRead
from app.domain.consent import ConsentStage, LegalBasis, SharingPurpose, named
from app.domain.shared.authz import PersonField
from app.domain.shared.channel import Channel
from app.domain.shared.region import code_of
from app.domain.shared.voice import Voice
from app.services.consent import ConsentRequest, ConsentView

PurposeCode = Annotated[Code, Field(examples=["service_delivery"])]
Groups = Annotated[list[PersonField], Field(min_length=1, max_length=8, examples=[["name", "contacts"]])]


class ConsentCreate(Input):
    """That an organisation may be told something of the person, what for, and from when to when."""

    receiver_id: Annotated[UUID, Field(description="Who may be told; under GET /v1/organisations.")]
    purpose: Annotated[
        PurposeCode, Field(description="What for; one of GET /v1/sharing-purposes that needs a consent.")
    ]
    fields: Annotated[Groups, Field(description="Which groups of fields; of the purpose's `shares`.")]
    valid_from: Annotated[LegalDate | None, Field(description="The first day; today, if not given.")] = None
    valid_to: Annotated[
        LegalDate | None, Field(description="The last day; as late as the purpose allows, if not given.")
    ] = None
    said_by: SaidBy = None
    channel: Annotated[
        Channel, Field(description="By which way an officer was told; a person's own word comes through a portal.")
    ] = Channel.COUNTER

    def to_request(self) -> ConsentRequest:
        """The request in the use case's words."""
        return ConsentRequest(
            receiver_id=self.receiver_id,
            purpose=self.purpose,
            fields=frozenset(self.fields),
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            said_by=self.said_by,
            channel=self.channel,
        )


class ConsentRead(Output):
    """A consent: who may be told what of the person, what for, how long, and whose word it was."""

    id: UUID
    person_id: UUID
    region_code: Annotated[str, Field(max_length=12)]
    receiver_id: Annotated[UUID, Field(description="Who may be told.")]
    receiver_text: Annotated[str, Field(max_length=200, description="In the language of Content-Language.")]
    purpose: Annotated[str, Field(max_length=64, description="What for, as a code.", examples=["service_delivery"])]
    purpose_text: Annotated[str | None, Field(max_length=200, description="The same in words.")]
    fields: Annotated[Groups, Field(description="The groups of fields that may be told.")]
    valid_from: date
    valid_to: Annotated[date, Field(description="The last day on which it opens anything.")]
    is_in_force: Annotated[bool, Field(description="Whether it opens anything today.")]
    stage: ConsentStage
    withdrawn_on: Annotated[date | None, Field(description="The day on which it was taken back.")]
    voice: Annotated[Voice, Field(description="Whose word it was.")]
    channel: Channel
    assisted_by: Annotated[
        UUID | None,
        Field(description="Who took it down, or gave it in the person's place; null where the person said it."),
    ]
    rule_versions: Annotated[list[str], Field(max_length=20)]
    version: Version
    actions: Annotated[list[ActionRead], Field(max_length=20)]
    told_as: ToldAs

    @classmethod
    def of_view(cls, view: ConsentView, teller: Teller) -> Self:
        """The consent as one caller sees it."""
        consent = view.of
        return cls(
            id=consent.id,
            person_id=consent.person_id,
            region_code=code_of(consent.region),
            receiver_id=consent.receiver_id,
            receiver_text=teller.word(view.receiver_name),
            purpose=consent.purpose,
            purpose_text=teller.word(view.purpose.wording) if view.purpose else None,
            fields=[PersonField(group) for group in named(consent.fields)],
            valid_from=consent.valid_from,
            valid_to=consent.valid_to,
            is_in_force=consent.is_in_force(view.on),
            stage=consent.stage,
            withdrawn_on=consent.withdrawn_on,
            voice=consent.voice,
            channel=consent.channel,
            assisted_by=consent.assisted_by,
            rule_versions=list(consent.rule_versions),
            version=consent.version,
            actions=[ActionRead.of(action, teller) for action in view.actions],
            told_as=ToldAsRead.of(consent.person_id, teller),
        )


class TellingRead(Output):
    """What a person is told before agreeing, in Chinese and in English."""

    zh: Annotated[str, Field(max_length=1000)]
    en: Annotated[str, Field(max_length=1000)]


class SharingPurposeRead(Output):
    """A purpose for which a person's data go to others, and by what right."""

    code: Annotated[str, Field(max_length=64, examples=["service_delivery"])]
    words: Annotated[WordsRead, Field(description="What it is called.")]
    tells: Annotated[TellingRead, Field(description="What the person is to be told before agreeing.")]
    basis: LegalBasis
    needs_consent: Annotated[bool, Field(description="Whether nothing is told before the person agrees.")]
    receivers: Annotated[list[str], Field(max_length=20, description="The kinds of organisations that may be told.")]
    shares: Annotated[list[PersonField], Field(max_length=8, description="What may be told at most.")]
    source: Annotated[str, Field(max_length=500)]

    @classmethod
    def of(cls, purpose: SharingPurpose) -> Self:
        """The purpose as it travels."""
        return cls(
            code=purpose.code,
            words=WordsRead.of(purpose.wording),
            tells=TellingRead(zh=purpose.tells.zh, en=purpose.tells.en),
            basis=purpose.basis,
            needs_consent=purpose.basis.needs_consent,
            receivers=sorted(purpose.receivers),
            shares=[PersonField(group) for group in named(purpose.shares)],
            source=purpose.source,
        )


class SharingPurposeList(Output):
    """All purposes in a place; there are never many."""

    items: Annotated[list[SharingPurposeRead], Field(max_length=100)]
