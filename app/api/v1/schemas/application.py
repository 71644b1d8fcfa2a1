"""Applications, as they travel."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, JsonValue

from app.api.texts import Teller
from app.api.v1.schemas.actions import ActionRead
from app.api.v1.schemas.platform import (
    Digest,
    MatterCodeText,
    OwnerCode,
    PlatformNameCreate,
    SourceNumber,
    names_of,
)
from app.api.v1.schemas.told_as import ToldAs, ToldAsRead
from app.api.v1.schemas.types import (
    CitizenNumberText,
    Code,
    Count,
    Input,
    LegalDate,
    Output,
    PersonName,
    RegionCode,
    Version,
)
from app.domain.application import (
    Application,
    CaseKind,
    Channel,
    Item,
    PublicStatus,
    told,
    told_of,
    told_of_item,
)
from app.domain.shared.identity import CitizenNumber, Sex
from app.domain.shared.reason import Reason
from app.domain.shared.region import code_of
from app.services.application import Applicant, Request
from app.services.ports.application import ApplicationLine, ItemLine
from app.services.read_models import View

Items = Annotated[list[Code], Field(min_length=1, max_length=20, description="Codes of the items that are asked for.")]
Explanation = Annotated[str, Field(max_length=1000, description="How it stands, in plain words.")]
NextAction = Annotated[str, Field(max_length=1000, description="What happens next, and who does it.")]
PromisedUntil = Annotated[
    date | None,
    Field(description="Last day promised at submission, by the critical path; null where nothing is promised."),
]

SuggestionsPath = Annotated[
    str, Field(max_length=100, description="Where what may be due besides, and is not asked for, can be read.")
]


class ApplicantCreate(Input):
    """Who the application is for."""

    name: PersonName
    citizen_number: CitizenNumberText
    region_code: Annotated[
        RegionCode, Field(description="Where the person lives; of somebody on record, the record counts.")
    ]
    registration_region_code: Annotated[
        RegionCode | None, Field(description="Place of household registration; where the person lives, if not given.")
    ] = None
    birth_date: Annotated[LegalDate | None, Field(description="Compared with the identity number.")] = None
    sex: Annotated[Sex | None, Field(description="GB/T 2261.1; compared with the identity number.")] = None

    def to_applicant(self) -> Applicant:
        """The applicant in the domain's words."""
        return Applicant(
            name=self.name,
            citizen_number=CitizenNumber.parse(self.citizen_number, pointer="/applicant/citizen_number"),
            region_code=self.region_code,
            registration_region_code=self.registration_region_code or self.region_code,
            birth_date=self.birth_date,
            sex=self.sex,
        )


class ApplicationCreate(Input):
    """One application for everything that is asked for."""

    package_code: Annotated[Code, Field(description="From /v1/packages.")]
    items: Items
    source_number: SourceNumber
    channel: Channel = Channel.PORTAL
    applicant: ApplicantCreate
    answers: Annotated[
        dict[Code, JsonValue],
        Field(max_length=100, description="Answers to the package's form; its JSON Schema is at /v1/packages/{code}."),
    ] = Field(default_factory=dict)
    platform_names: Annotated[
        list[PlatformNameCreate], Field(max_length=20, description="What the platform calls the items, where it does.")
    ] = Field(default_factory=list)
    withheld_evidence: Annotated[
        list[Code],
        Field(max_length=50, description="Kinds of evidence that the person does not want to be fetched or used."),
    ] = Field(default_factory=list)

    def to_request(self, *, digest: str | None = None) -> Request:
        """The request in the domain's words; `digest` is that of the body as it was sent."""
        return Request(
            package_code=self.package_code,
            items=tuple(dict.fromkeys(self.items)),
            source_number=self.source_number,
            channel=self.channel,
            applicant=self.applicant.to_applicant(),
            answers=self.answers,
            platform_names=names_of(self.platform_names),
            digest=digest,
            withheld_evidence=tuple(dict.fromkeys(self.withheld_evidence)),
        )


class ItemRead(Output):
    """One item: how it stands, and what the person does next."""

    code: str
    case_id: UUID
    case_kind: CaseKind
    owner_id: Annotated[UUID, Field(description="The organisation that answers for it.")]
    owner_code: OwnerCode
    matter_code: MatterCodeText | None
    source_number: SourceNumber | None
    status: PublicStatus
    status_reason: Annotated[
        str | None,
        Field(
            max_length=64,
            description="Why it stands so, where the person should know: `correction`, `inactive`, `evaluation`, "
            "`second_party_pending`, `stranded`. The list is open; null where there is nothing to say.",
        ),
    ]
    finished: bool
    depends_on: Annotated[list[str], Field(max_length=20)]
    promised_until: PromisedUntil
    explanation: Explanation
    next_action: NextAction

    @classmethod
    def of(cls, application: Application, item: Item, teller: Teller) -> Self:
        """The item as it travels."""
        about = told_of_item(application, item)
        return cls(
            code=item.code,
            case_id=item.case_id,
            case_kind=item.case_kind,
            owner_id=item.owner_id,
            owner_code=item.owner_code,
            matter_code=item.platform.matter_code.value if item.platform.matter_code else None,
            source_number=item.platform.source_number,
            status=item.status,
            status_reason=item.status_reason,
            finished=item.is_finished,
            depends_on=list(item.depends_on),
            promised_until=item.promised_until,
            explanation=_said(about.explanation, teller),
            next_action=_said(about.next_action, teller),
        )


class ItemSummary(Output):
    """One item in a list of applications."""

    code: str
    case_id: UUID
    case_kind: CaseKind
    owner_code: OwnerCode
    matter_code: MatterCodeText | None
    source_number: SourceNumber | None
    status: PublicStatus

    @classmethod
    def of(cls, item: ItemLine) -> Self:
        """The item as it travels."""
        return cls(
            code=item.code,
            case_id=item.case_id,
            case_kind=item.case_kind,
            owner_code=item.owner_code,
            matter_code=item.matter_code,
            source_number=item.source_number,
            status=item.status,
        )


class ApplicationSummary(Output):
    """An application in a list."""

    id: UUID
    person_id: UUID
    region_code: str
    package_code: str
    source_number: str
    channel: Channel
    status: PublicStatus
    finished: bool
    submitted_at: datetime
    version: Version
    digest: Digest | None
    explanation: Explanation
    next_action: NextAction
    items: Annotated[list[ItemSummary], Field(max_length=20)]

    @classmethod
    def of(cls, line: ApplicationLine, teller: Teller) -> Self:
        """The application as a line."""
        finished = sum(item.status.is_finished for item in line.items)
        about = told(line.status, finished=finished, items=len(line.items))
        return cls(
            id=line.id,
            person_id=line.person_id,
            region_code=code_of(line.region),
            package_code=line.package_code,
            source_number=line.source_number,
            channel=line.channel,
            status=line.status,
            finished=line.is_finished,
            submitted_at=line.submitted_at,
            version=line.version,
            digest=line.digest,
            explanation=_said(about.explanation, teller),
            next_action=_said(about.next_action, teller),
            items=[ItemSummary.of(item) for item in line.items],
        )


class ApplicationRead(Output):
    """An application whole, with what the caller may do next and, for the rest, why not."""

    id: UUID
    person_id: UUID
    region_code: str
    package_code: str
    package_version: Annotated[str, Field(max_length=200, description="The rule that describes the package.")]
    source_number: str
    channel: Channel
    assisted_by: Annotated[UUID | None, Field(description="Who took it down for the person, at whichever channel.")]
    ways: Annotated[Count, Field(description="How many ways the person had so far; see its visits (最多跑一次).")]
    status: PublicStatus
    finished: bool
    submitted_at: datetime
    promised_until: PromisedUntil
    version: Version
    explanation: Explanation
    next_action: NextAction
    items: Annotated[list[ItemRead], Field(max_length=20)]
    actions: Annotated[list[ActionRead], Field(max_length=20)]
    told_as: ToldAs
    suggestions_path: SuggestionsPath

    @classmethod
    def of_view(cls, view: View[Application], teller: Teller) -> Self:
        """The application as one caller sees it."""
        application = view.of
        about = told_of(application)
        return cls(
            id=application.id,
            person_id=application.person_id,
            region_code=code_of(application.region),
            package_code=application.package_code,
            package_version=application.package_version,
            source_number=application.source_number,
            channel=application.channel,
            assisted_by=application.assisted_by,
            ways=application.ways,
            status=application.status,
            finished=application.is_finished,
            submitted_at=application.submitted_at,
            promised_until=application.promised_until,
            version=application.version,
            explanation=_said(about.explanation, teller),
            next_action=_said(about.next_action, teller),
            items=[ItemRead.of(application, item, teller) for item in application.items],
            actions=[ActionRead.of(action, teller) for action in view.actions],
            told_as=ToldAsRead.of(application.person_id, teller),
            suggestions_path=f"/v1/applications/{application.id}/suggestions",
        )


def _said(reason: Reason, teller: Teller) -> str:
    return teller.say(reason.code, reason.parameters)
