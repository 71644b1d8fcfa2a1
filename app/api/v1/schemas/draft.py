"""Drafts, as they travel."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, JsonValue

from app.api.texts import Teller
from app.api.v1.schemas.actions import ActionRead
from app.api.v1.schemas.application import ApplicantCreate, Explanation, NextAction
from app.api.v1.schemas.platform import PlatformNameCreate, SourceNumber, names_of
from app.api.v1.schemas.types import Code, Input, Output, RegionCode, Version
from app.domain.application import Channel, PublicStatus, told
from app.domain.shared.identity import Sex
from app.domain.shared.region import code_of
from app.services.draft import DraftView
from app.services.ports.application import Applicant
from app.services.ports.draft import DraftContent


class DraftUpdate(Input):
    """What a draft says: anything may still be missing but your own number."""

    items: Annotated[
        list[Code],
        Field(max_length=20, description="Codes of the items that are asked for, so far."),
    ] = Field(default_factory=list)
    source_number: SourceNumber
    channel: Channel = Channel.PORTAL
    applicant: Annotated[
        ApplicantCreate | None,
        Field(description="Who it is for. Left out, it stays as entered; a citizen's own draft needs none."),
    ] = None
    answers: Annotated[
        dict[Code, JsonValue], Field(max_length=100, description="Answers so far; each must fit the form already.")
    ] = Field(default_factory=dict)
    platform_names: Annotated[
        list[PlatformNameCreate], Field(max_length=20, description="What the platform calls the items, where it does.")
    ] = Field(default_factory=list)
    withheld_evidence: Annotated[
        list[Code],
        Field(max_length=50, description="Kinds of evidence that the person does not want to be fetched or used."),
    ] = Field(default_factory=list)

    def to_content(self) -> DraftContent:
        """What is said, in the domain's words."""
        return DraftContent(
            items=tuple(dict.fromkeys(self.items)),
            source_number=self.source_number,
            channel=self.channel,
            applicant=self.applicant.to_applicant() if self.applicant else None,
            answers=self.answers,
            platform_names=names_of(self.platform_names),
            withheld_evidence=tuple(dict.fromkeys(self.withheld_evidence)),
        )


class DraftCreate(DraftUpdate):
    """An application that is begun."""

    package_code: Annotated[Code, Field(description="From /v1/packages.")]
    region_code: Annotated[RegionCode, Field(description="The place whose package is asked for.")]


class DraftApplicantRead(Output):
    """Who a draft is for; the identity number is masked."""

    name: Annotated[str, Field(max_length=100)]
    citizen_number: Annotated[str, Field(max_length=18, description="Masked.")]
    region_code: Annotated[str, Field(max_length=12)]
    registration_region_code: Annotated[str, Field(max_length=12, description="Place of household registration.")]
    birth_date: date | None
    sex: Sex | None

    @classmethod
    def of(cls, applicant: Applicant) -> Self:
        """The applicant as it travels back."""
        return cls(
            name=applicant.name,
            citizen_number=applicant.citizen_number.masked(),
            region_code=applicant.region_code,
            registration_region_code=applicant.registration_region_code,
            birth_date=applicant.birth_date,
            sex=applicant.sex,
        )


class MissingRead(Output):
    """Something that has to be put right before the draft can be submitted."""

    pointer: Annotated[str, Field(max_length=200, description="Where, as a JSON pointer.")]
    code: Annotated[str, Field(max_length=64, description="`missing`, or what is wrong.")]


class DraftRead(Output):
    """A draft, as whoever began it sees it."""

    id: Annotated[UUID, Field(description="Also the application's id, once it is submitted.")]
    person_id: Annotated[UUID | None, Field(description="The citizen who began it; null where a system or office did.")]
    package_code: str
    region_code: str
    status: PublicStatus
    explanation: Explanation
    next_action: NextAction
    started_at: datetime
    expires_on: Annotated[date, Field(description="The last day on which it is kept; each saving moves it.")]
    version: Version
    items: Annotated[list[str], Field(max_length=20)]
    source_number: Annotated[str | None, Field(description="Your own number; null once it is submitted or discarded.")]
    channel: Channel | None
    applicant: DraftApplicantRead | None
    answers: Annotated[dict[str, JsonValue], Field(description="Answers so far.")]
    withheld_evidence: Annotated[list[str], Field(max_length=50, description="Kinds that are not to be used.")]
    missing: Annotated[list[MissingRead], Field(max_length=200, description="What submitting it would still refuse.")]
    actions: Annotated[list[ActionRead], Field(max_length=20)]

    @classmethod
    def of_view(cls, view: DraftView, teller: Teller) -> Self:
        """The draft as it travels."""
        draft, content = view.draft, view.content
        about = told(draft.status, finished=0, items=len(content.items) if content else 0)
        return cls(
            id=draft.id,
            person_id=draft.person_id,
            package_code=draft.package_code,
            region_code=code_of(draft.region),
            status=draft.status,
            explanation=teller.say(about.explanation.code, dict(about.explanation.parameters)),
            next_action=teller.say(about.next_action.code, dict(about.next_action.parameters)),
            started_at=draft.started_at,
            expires_on=draft.expires_on,
            version=draft.version,
            items=list(content.items) if content else [],
            source_number=content.source_number if content else None,
            channel=content.channel if content else None,
            applicant=DraftApplicantRead.of(content.applicant) if content and content.applicant else None,
            answers=dict(content.answers) if content else {},
            withheld_evidence=list(content.withheld_evidence) if content else [],
            missing=[MissingRead(pointer=one.pointer, code=one.code) for one in view.missing],
            actions=[ActionRead.of(action, teller) for action in view.actions],
        )
