"""Certificates and what is done to them, as they travel."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.actions import ActionRead
from app.api.v1.schemas.death_report import ToldRead
from app.api.v1.schemas.told_as import ToldAs, ToldAsRead
from app.api.v1.schemas.types import (
    Input,
    LongText,
    Output,
    Version,
)
from app.domain.certificate import (
    CancellationGround,
    Certificate,
    CertificateStatus,
    FreezeReason,
    ProposalReason,
    ProposedAction,
)
from app.domain.shared.identity import Category, Grade
from app.domain.shared.region import code_of
from app.services.certificate.proposal import Proposed
from app.services.read_models import View


class CertificateVersionRead(Output):
    """What the card says; the number is masked."""

    version: Version
    number: Annotated[str, Field(max_length=24, description="Masked.")]
    category: Category
    grade: Grade
    components: Annotated[dict[str, Grade], Field(description="The grade of each category that was found, by name.")]
    issued_on: date
    valid_until: Annotated[date, Field(description="The last day of validity.")]
    status: CertificateStatus
    status_since: Annotated[date | None, Field(description="Since when it stands so; empty since its issue.")]
    status_reason: Annotated[
        str | None,
        Field(
            max_length=64,
            description="Why: the reason of a freeze, the ground of a cancellation, the business that replaced it, "
            "or `register_import`.",
        ),
    ]


class CertificateRead(Output):
    """A certificate through its life; the last version counts."""

    id: UUID
    person_id: UUID
    region_code: str
    accepting_organisation_id: UUID
    approving_organisation_id: UUID
    versions: Annotated[list[CertificateVersionRead], Field(max_length=100)]
    version: Version
    actions: Annotated[list[ActionRead], Field(max_length=20)]
    told_as: ToldAs

    @classmethod
    def of_view(cls, view: View[Certificate], teller: Teller) -> Self:
        """The certificate as one caller sees it."""
        certificate = view.of
        versions = [
            CertificateVersionRead(
                version=version.version,
                number=version.number.masked(),
                category=version.category,
                grade=version.grade,
                components={category.slug: grade for category, grade in version.components.items()},
                issued_on=version.issued_on,
                valid_until=version.valid_until,
                status=version.status,
                status_since=version.status_since,
                status_reason=version.status_reason,
            )
            for version in certificate.versions
        ]
        return cls(
            id=certificate.id,
            person_id=certificate.person_id,
            region_code=code_of(certificate.region),
            accepting_organisation_id=certificate.accepting_organisation_id,
            approving_organisation_id=certificate.approving_organisation_id,
            versions=versions,
            version=certificate.version,
            actions=[ActionRead.of(action, teller) for action in view.actions],
            told_as=ToldAsRead.of(certificate.person_id, teller),
        )


class CertificateProposalRead(Output):
    """What days, or a reported death, propose for a certificate; a human looks into it, and decides."""

    certificate_id: UUID
    person_id: UUID
    region_code: str
    action: ProposedAction
    reason: ProposalReason
    since: Annotated[
        date, Field(description="The day from which the months were counted, or since when the death is told.")
    ]
    rule: Annotated[str, Field(max_length=200, description="The rule of the place that proposes it.")]
    evidence: Annotated[
        list[ToldRead], Field(max_length=100, description="What says that the holder has died; else empty.")
    ]
    asked_of: Annotated[
        UUID | None,
        Field(description="The officer of the county who is asked; null unless a death is told, or where nobody can."),
    ]
    asked_name: Annotated[str | None, Field(max_length=200, description="What colleagues call that officer.")]

    @classmethod
    def of(cls, proposed: Proposed) -> Self:
        """The proposal as it travels."""
        proposal = proposed.of
        return cls(
            certificate_id=proposal.certificate_id,
            person_id=proposal.person_id,
            region_code=code_of(proposal.region),
            action=proposal.action,
            reason=proposal.reason,
            since=proposal.since,
            rule=proposal.rule,
            evidence=ToldRead.all_of(proposed.report),
            asked_of=proposed.asked_of,
            asked_name=proposed.asked_name,
        )


class FreezeCreate(Input):
    """Why a certificate is frozen, by a code and in words that the person can answer."""

    reason: FreezeReason
    text: LongText


class UnfreezingCreate(Input):
    """Why a certificate may be relied on again."""

    text: LongText


class CancellationOpen(Input):
    """On which ground an office looks into the cancellation of a certificate."""

    ground: Annotated[CancellationGround, Field(description="One that the rules of the place name.")]
