"""Certificate cases and what is said at their steps, as they travel."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.actions import ActionRead
from app.api.v1.schemas.conclusion import ConclusionRead
from app.api.v1.schemas.evaluation import AssignmentRead, DeclineRead, DeclineSaidRead, EvaluationSignedRead
from app.api.v1.schemas.plain_text import Text
from app.api.v1.schemas.told_as import ToldAs, ToldAsRead
from app.api.v1.schemas.types import (
    Input,
    LongText,
    Output,
    Version,
)
from app.domain.certificate import (
    Business,
    CancellationGround,
    CertificateCase,
    GuardianProof,
    NoticeSheet,
    RefusalReason,
    Relation,
    ResidencePermit,
    Stage,
)
from app.domain.shared.identity import Category, Grade
from app.domain.shared.region import code_of
from app.services.read_models import View


class CaseSummary(Output):
    """A case in a list."""

    id: UUID
    person_id: UUID
    application_id: UUID | None
    region_code: str
    business: Business
    stage: Stage
    submitted_at: datetime
    version: Version

    @classmethod
    def of(cls, case: CertificateCase) -> Self:
        """The case as a line."""
        return cls(
            id=case.id,
            person_id=case.person_id,
            application_id=case.application_id,
            region_code=code_of(case.region),
            business=case.business,
            stage=case.stage,
            submitted_at=case.submitted_at,
            version=case.version,
        )


class NoticeRead(Output):
    """The public notice of a conclusion."""

    posted_on: date
    last_day: Annotated[date, Field(description="The last day on which the public may object; it counts whole.")]


class NoticeSheetRead(Output):
    """What is put up in the village or the community; what the rules of the place do not name is empty."""

    name: Annotated[str | None, Field(max_length=10, description="Masked; wholly, where the category tells too much.")]
    village_code: str | None
    category: Category | None
    grade: Grade | None
    last_day: Annotated[
        date | None,
        Field(description="The last day on which the public may object; empty, like all else, while it is not up."),
    ]

    @classmethod
    def of(cls, sheet: NoticeSheet) -> Self:
        """The sheet as it travels."""
        return cls(
            name=sheet.name,
            village_code=code_of(sheet.village) if sheet.village else None,
            category=sheet.category,
            grade=sheet.grade,
            last_day=sheet.last_day,
        )


class ObjectionRead(Output):
    """What the public has said against a conclusion, and what was found."""

    text: Annotated[str, Field(max_length=2000)]
    recorded_on: date
    finding: Annotated[str, Field(max_length=2000, description="Empty while it is being looked into.")]


class CaseRefusalRead(Output):
    """Why no certificate is issued, and how to turn against it."""

    reason: RefusalReason
    text: Annotated[str, Field(max_length=2000)]
    appeal_body: Annotated[str, Field(max_length=64, description="Code of the body that hears the appeal.")]
    appeal_days: Annotated[int, Field(ge=0, le=365)]
    appeal_unit: Annotated[str, Field(max_length=32, description="`working_days` or `calendar_days`.")]


class ExemptionRead(Output):
    """Why a case was accepted although a rule bars it in principle."""

    bar: Annotated[str, Field(max_length=64, description="The code of the refusal that the reason has lifted.")]
    text: Annotated[str, Field(max_length=2000)]
    granted_on: date


class CaseRead(CaseSummary):
    """A case whole, with what the caller may do next and, for the rest, why not."""

    accepting_region_code: Annotated[
        str | None, Field(description="Where it is accepted, if elsewhere than where it is approved.")
    ]
    ground: Annotated[CancellationGround | None, Field(description="Why a certificate is to be cancelled.")]
    exemption: ExemptionRead | None

    institution_id: UUID | None
    assignment: Annotated[AssignmentRead | None, Field(description="How the institution was chosen.")]
    declines: Annotated[
        list[DeclineRead], Field(max_length=100, description="Who was asked before and has declined, in that order.")
    ]
    decline_said: Annotated[
        DeclineSaidRead | None, Field(description="A first word of the institution's that waits for a second.")
    ]
    evaluation_signed: Annotated[
        EvaluationSignedRead | None, Field(description="A conclusion that waits for the signatures of other doctors.")
    ]
    conclusion: ConclusionRead | None
    notice: NoticeRead | None
    objections: Annotated[
        list[ObjectionRead], Field(max_length=100, description="For those at work on the case; empty for all others.")
    ]
    refusal: CaseRefusalRead | None
    certificate_id: UUID | None
    rule_versions: Annotated[list[str], Field(max_length=100, description="The rules that its decisions have used.")]
    actions: Annotated[list[ActionRead], Field(max_length=20)]
    told_as: ToldAs

    @classmethod
    def of_view(cls, view: View[CertificateCase], teller: Teller) -> Self:
        """The case as one caller sees it."""
        case = view.of
        return cls(
            **vars(CaseSummary.of(case)),
            accepting_region_code=code_of(case.accepting_region) if case.accepting_region else None,
            ground=case.ground,
            exemption=_exemption(case),
            institution_id=case.institution.id if case.institution else None,
            assignment=AssignmentRead.of(case.choice) if case.choice else None,
            declines=DeclineRead.of_turns(case),
            decline_said=DeclineSaidRead.of(case.said) if case.said else None,
            evaluation_signed=EvaluationSignedRead.of(case.signed) if case.signed else None,
            conclusion=ConclusionRead.of(case, teller) if case.conclusion else None,
            notice=NoticeRead(posted_on=case.notice.posted_on, last_day=case.notice.last_day) if case.notice else None,
            objections=_objections(view),
            refusal=_refusal(case),
            certificate_id=case.certificate_id,
            rule_versions=list(case.rule_versions),
            actions=[ActionRead.of(action, teller) for action in view.actions],
            told_as=ToldAsRead.of(case.person_id, teller),
        )


class AcceptanceCreate(Input):
    """That the materials are complete."""

    guardian_proof: Annotated[GuardianProof, Field(description="Whether a guardian's proof was shown.")] = (
        GuardianProof.NOT_SHOWN
    )
    residence_permit: Annotated[
        ResidencePermit,
        Field(description="Whether a valid residence permit was shown; needed where it is accepted at the residence."),
    ] = ResidencePermit.NOT_SHOWN
    exemption: Annotated[
        str,
        Text.lines(0, 2000),
        Field(
            description="The reason for accepting it although a rule bars it in principle, such as within a year of a "
            "cancellation. Not needed, and not kept, where nothing bars it."
        ),
    ] = ""


class CaseRefusalCreate(Input):
    """Why no certificate is issued, in words that the person can answer."""

    reason: RefusalReason
    text: LongText


class CancellationCreate(Input):
    """That the certificate is cancelled, in words that the person can answer."""

    text: LongText


class ObjectionCreate(Input):
    """What somebody says against the conclusion. Leave out who it was."""

    text: LongText


class ObjectionDismissalCreate(Input):
    """What was found, where the objection is not so."""

    finding: LongText


class RelationCreate(Input):
    """How the caller is related to the person."""

    relation: Relation


def _objections(view: View[CertificateCase]) -> list[ObjectionRead]:
    """What was objected, for who may do something to the case other than taking it back."""
    at_work = any(one.reason_code != "not_your_function" and one.action != "withdraw" for one in view.actions)
    return [
        ObjectionRead(text=one.text, recorded_on=one.recorded_on, finding=one.finding)
        for one in (view.of.objections if at_work else ())
    ]


def _exemption(case: CertificateCase) -> ExemptionRead | None:
    if case.exemption is None:
        return None
    return ExemptionRead(bar=case.exemption.bar, text=case.exemption.text, granted_on=case.exemption.on)


def _refusal(case: CertificateCase) -> CaseRefusalRead | None:
    if case.refusal is None:
        return None
    appeal = case.refusal.appeal
    return CaseRefusalRead(
        reason=case.refusal.reason,
        text=case.refusal.text,
        appeal_body=appeal.body,
        appeal_days=appeal.days,
        appeal_unit=appeal.unit,
    )
