"""Evidence and requests for it, as they travel."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.actions import ActionRead
from app.api.v1.schemas.told_as import ToldAs, ToldAsRead
from app.api.v1.schemas.types import Code, Input, LegalDate, LongText, Output, Version
from app.api.v1.schemas.wording import CodedRead, Text
from app.domain.evidence import (
    Content,
    Evidence,
    EvidenceKind,
    EvidenceOrigin,
    EvidenceReason,
    EvidenceRequestStage,
    EvidenceSource,
)
from app.domain.organisation import Organisation
from app.domain.person import FactSource
from app.domain.shared.region import code_of
from app.domain.shared.voice import Voice
from app.services.evidence import Brought, EvidenceRequestView, EvidenceView, OfficeRequest

KindCode = Annotated[Code, Field(description="Kind of evidence, from the `evidence` of a package.", examples=["photo"])]
HeldBy = Annotated[
    str | None, Field(max_length=64, description="Whose register holds it, or which earlier item gives it.")
]
ValidUntil = Annotated[
    date | None, Field(description="The last day on which it may be relied on; null where no end is known.")
]
Assurance = Annotated[FactSource, Field(description="How sure it is (国办函〔2016〕108号: A, B, C, D).")]


class EvidenceCreate(Input):
    """What somebody brings: a file, a paper shown at a counter, a declaration, a look into a register."""

    kind: KindCode
    origin: Annotated[EvidenceOrigin, Field(description="In which way it comes; its class follows from that.")]
    application_id: Annotated[UUID | None, Field(description="The application that it is brought for.")] = None
    person_id: Annotated[UUID | None, Field(description="Whom it is about, where there is no application.")] = None
    issued_on: Annotated[LegalDate | None, Field(description="The day on which it was made.")] = None
    valid_until: Annotated[LegalDate | None, Field(description="The last day that it names itself.")] = None
    supersedes: Annotated[UUID | None, Field(description="The evidence that it takes the place of.")] = None
    upload_id: Annotated[UUID | None, Field(description="Your own upload that becomes its file.")] = None

    def to_brought(self) -> Brought:
        """What is brought, in the words of the use case."""
        return Brought(
            kind=self.kind,
            origin=self.origin,
            application_id=self.application_id,
            person_id=self.person_id,
            issued_on=self.issued_on,
            valid_until=self.valid_until,
            supersedes=self.supersedes,
            upload_id=self.upload_id,
        )


class EvidenceRequestCreate(Input):
    """What an office asks for besides what the package lists, and why."""

    application_id: UUID
    kind: KindCode
    items: Annotated[list[Code], Field(min_length=1, max_length=20, description="The items that need it.")]
    text: Annotated[LongText, Field(description="Why, in plain words for the person.")]

    def to_request(self) -> OfficeRequest:
        """The request in the words of the use case."""
        items = tuple(dict.fromkeys(self.items))
        return OfficeRequest(application_id=self.application_id, kind=self.kind, items=items, text=self.text)


class EvidenceContentRead(Output):
    """A file, by what it is. It is read by itself, where the caller may."""

    digest: Annotated[str, Field(max_length=64, description="SHA-256 in lower-case hexadecimal.")]
    size: Annotated[int, Field(ge=1, le=2**31 - 1, description="In octets.")]
    media_type: Annotated[str, Field(max_length=100, examples=["application/pdf"])]

    @classmethod
    def of(cls, content: Content) -> Self:
        """The file as it travels."""
        return cls(digest=content.digest, size=content.size, media_type=content.media_type)


class EvidenceSummary(Output):
    """What is on record of a piece of evidence, beside the request that it answers."""

    id: UUID
    assurance: Assurance
    origin: EvidenceOrigin
    issued_on: Annotated[date | None, Field(description="The day on which it was made; null where it is not known.")]
    valid_until: ValidUntil
    recorded_on: Annotated[date, Field(description="The day on which it came on record.")]

    @classmethod
    def of(cls, evidence: Evidence) -> Self:
        """The evidence as a line."""
        return cls(
            id=evidence.id,
            assurance=evidence.assurance,
            origin=evidence.origin,
            issued_on=evidence.issued_on,
            valid_until=evidence.valid_until,
            recorded_on=evidence.recorded_on,
        )


class ReceivingOfficeRead(Output):
    """An office that is shown what is given, because it answers for an item that needs it."""

    id: UUID
    name: Annotated[str, Field(max_length=200, description="What it is called, in the language of the answer.")]

    @classmethod
    def of(cls, organisation: Organisation, told: Teller) -> Self:
        """The office as it travels."""
        return cls(id=organisation.id, name=told.word(_Names(organisation)))


class EvidenceRequestRead(Output):
    """A request: what is to be shown, for which items, why, from whom, who gets to see it, and how it stands."""

    id: UUID
    person_id: UUID
    application_id: UUID
    kind: KindCode
    text: Text
    items: Annotated[list[str], Field(max_length=20, description="The items that need it.")]
    source: Annotated[EvidenceSource, Field(description="From whom it is asked.")]
    held_by: HeldBy
    assurance: Assurance
    why: EvidenceReason
    reason: Annotated[str | None, Field(max_length=2000, description="The office's words; null where a package asks.")]
    asked_on: Annotated[date, Field(description="The day on which it was asked for.")]
    stage: EvidenceRequestStage
    evidence: Annotated[EvidenceSummary | None, Field(description="What is held of this kind; null where nothing is.")]
    missing: Annotated[CodedRead | None, Field(description="Why it is not settled; null where it is.")]
    shared_with: Annotated[
        list[ReceivingOfficeRead], Field(max_length=20, description="Who is shown what is given, and nobody else.")
    ]
    refusal_means: Annotated[
        str, Field(max_length=500, description="What it means for the items if the person refuses. It refuses nothing.")
    ]
    refused_by: Annotated[
        Voice | None, Field(description="Who has refused; null where nobody did, or where an office has passed it on.")
    ]
    version: Version
    actions: Annotated[list[ActionRead], Field(max_length=10)]
    told_as: ToldAs

    @classmethod
    def of_view(cls, view: EvidenceRequestView, told: Teller) -> Self:
        """The request as one caller sees it."""
        request = view.of
        return cls(
            id=request.id,
            person_id=request.person_id,
            application_id=request.application_id,
            kind=request.kind,
            text=_name(request.kind, view.kind, told),
            items=list(request.items),
            source=request.source,
            held_by=request.held_by,
            assurance=request.assurance,
            why=request.why,
            reason=request.text or None,
            asked_on=request.asked_on,
            stage=request.stage,
            evidence=EvidenceSummary.of(view.evidence) if view.evidence else None,
            missing=CodedRead(code=view.lack, text=told.say(f"evidence.lack.{view.lack}")) if view.lack else None,
            shared_with=[ReceivingOfficeRead.of(office, told) for office in view.shared_with],
            refusal_means=told.say(f"evidence.refusal.{request.source}", {"items": request.items}),
            refused_by=request.voice,
            version=request.version,
            actions=[ActionRead.of(action, told) for action in view.actions],
            told_as=ToldAsRead.of(request.person_id, told),
        )


class ApplicationEvidenceRead(Output):
    """Everything that an application needs to be shown, each thing once, and how each stands."""

    items: Annotated[list[EvidenceRequestRead], Field(max_length=200)]

    @classmethod
    def of(cls, views: tuple[EvidenceRequestView, ...], told: Teller) -> Self:
        """All of them as one caller sees them."""
        return cls(items=[EvidenceRequestRead.of_view(view, told) for view in views])


class EvidenceRead(Output):
    """A piece of evidence: what it shows, where it comes from, how sure it is, and until when."""

    id: UUID
    person_id: UUID
    application_id: Annotated[UUID | None, Field(description="The application that it first came for, if any.")]
    region_code: Annotated[str, Field(max_length=12)]
    kind: KindCode
    text: Text
    origin: EvidenceOrigin
    assurance: Assurance
    held_by: HeldBy
    organisation_id: Annotated[UUID | None, Field(description="The organisation that made it, if it is known here.")]
    issued_on: Annotated[date | None, Field(description="The day on which it was made; null where it is not known.")]
    valid_until: ValidUntil
    content: Annotated[EvidenceContentRead | None, Field(description="The file; null where there is none.")]
    supersedes: Annotated[UUID | None, Field(description="The evidence whose place it takes.")]
    recorded_on: Annotated[date, Field(description="The day on which it came on record.")]
    recorded_for: Annotated[UUID | None, Field(description="The organisation that recorded it; null for a person.")]
    verified_on: Annotated[date | None, Field(description="When it was compared with its original; null if never.")]
    settled: Annotated[
        list[UUID], Field(max_length=200, description="The requests that were settled by this very call.")
    ]
    version: Version
    actions: Annotated[list[ActionRead], Field(max_length=10)]

    @classmethod
    def of_view(cls, view: EvidenceView, told: Teller) -> Self:
        """The evidence as one caller sees it."""
        evidence = view.of
        return cls(
            id=evidence.id,
            person_id=evidence.person_id,
            application_id=evidence.application_id,
            region_code=code_of(evidence.region),
            kind=evidence.kind,
            text=_name(evidence.kind, view.kind, told),
            origin=evidence.origin,
            assurance=evidence.assurance,
            held_by=evidence.held_by,
            organisation_id=evidence.organisation_id,
            issued_on=evidence.issued_on,
            valid_until=evidence.valid_until,
            content=EvidenceContentRead.of(evidence.content) if evidence.content else None,
            supersedes=evidence.supersedes,
            recorded_on=evidence.recorded_on,
            recorded_for=evidence.recorded_for,
            verified_on=evidence.done[-1].on if evidence.done else None,
            settled=[request.id for request in view.settled],
            version=evidence.version,
            actions=[ActionRead.of(action, told) for action in view.actions],
        )


class _Names:
    """An organisation's names, as words in two languages."""

    def __init__(self, organisation: Organisation) -> None:
        self.zh, self.en = organisation.name, organisation.name_en


def _name(code: str, kind: EvidenceKind | None, told: Teller) -> str:
    """What a kind is called; one that has left the lists shows its code."""
    return told.word(kind.wording) if kind else code
