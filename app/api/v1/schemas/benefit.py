"""Cases of benefits, as they travel."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.actions import ActionRead
from app.api.v1.schemas.eligibility import ReasonRead
from app.api.v1.schemas.told_as import ToldAs, ToldAsRead
from app.api.v1.schemas.types import Fen, Input, LongText, Output
from app.domain.benefit import BenefitCase, Finding, Grant, Opinion, RefusalReason, Stage
from app.domain.shared.region import code_of
from app.services.benefit import BenefitView


class BenefitSummary(Output):
    """A case in a list."""

    id: UUID
    person_id: UUID
    application_id: UUID
    region_code: str
    item: str
    stage: Stage
    submitted_at: datetime
    version: Annotated[int, Field(ge=1, le=2**31 - 1)]

    @classmethod
    def of(cls, case: BenefitCase) -> Self:
        """The case as a line."""
        return cls(
            id=case.id,
            person_id=case.person_id,
            application_id=case.application_id,
            region_code=code_of(case.region),
            item=case.item,
            stage=case.stage,
            submitted_at=case.submitted_at,
            version=case.version,
        )


class GrantRead(Output):
    """What was granted, from which month on."""

    first_month: Annotated[date, Field(description="The first day of the first month for which it is due.")]
    last_month: Annotated[date | None, Field(description="The first day of the last month; null while it goes on.")]
    amount_fen: Annotated[Fen | None, Field(description="Null where nothing is promised in money.")]
    unit: Annotated[str | None, Field(max_length=32, description="`fen_per_month` or `fen_per_year`.")]

    @classmethod
    def of(cls, grant: Grant) -> Self:
        """The grant as it travels."""
        return cls(
            first_month=grant.first_month,
            last_month=grant.last_month,
            amount_fen=grant.amount_fen,
            unit=grant.unit,
        )


class BenefitRefusalRead(Output):
    """Why it is refused, and how to turn against it."""

    reason: RefusalReason
    text: Annotated[str, Field(max_length=2000)]
    appeal_body: Annotated[str, Field(max_length=64)]
    appeal_days: Annotated[int, Field(ge=0, le=365)]
    appeal_unit: Annotated[str, Field(max_length=32)]


class ProposalRead(Output):
    """What the rules say to the facts. It decides nothing."""

    finding: Finding
    reasons: Annotated[list[ReasonRead], Field(max_length=50)]
    rule_versions: Annotated[list[str], Field(max_length=50)]


class BenefitRead(BenefitSummary):
    """A case whole, with the proposal of the rules and what the caller may do next."""

    notice_last_day: date | None
    proposal: ProposalRead | None
    deviation: Annotated[str, Field(max_length=2000, description="Why it was decided otherwise than proposed.")]
    granted: GrantRead | None
    refusal: BenefitRefusalRead | None
    rule_versions: Annotated[list[str], Field(max_length=100)]
    actions: Annotated[list[ActionRead], Field(max_length=20)]
    told_as: ToldAs

    @classmethod
    def of_view(cls, view: BenefitView, teller: Teller) -> Self:
        """The case as one caller sees it."""
        case = view.of
        return cls(
            **dict(BenefitSummary.of(case)),
            notice_last_day=case.notice_last_day,
            proposal=_proposal(view, teller),
            deviation=case.deviation,
            granted=GrantRead.of(case.granted) if case.granted else None,
            refusal=_refusal(case),
            rule_versions=list(case.rule_versions),
            actions=[ActionRead.of(action, teller) for action in view.actions],
            told_as=ToldAsRead.of(case.person_id, teller),
        )


class OpinionCreate(Input):
    """What an office found on the way. What is not in favour is said in words."""

    finding: Finding = Finding.MET
    text: Annotated[str, Field(max_length=2000)] = ""

    def to_opinion(self) -> Opinion:
        """The opinion in the domain's words."""
        return Opinion(finding=self.finding, text=self.text)


class DecisionOutcome(StrEnum):
    """How a benefit is decided."""

    GRANTED = "granted"
    REFUSED = "refused"


class DecisionCreate(Input):
    """The decision. A refusal has a reason and words; so has a grant that the rules do not propose."""

    outcome: DecisionOutcome
    reason: Annotated[RefusalReason | None, Field(description="For a refusal.")] = None
    text: Annotated[LongText | None, Field(description="In plain words that the person can answer.")] = None


def _proposal(view: BenefitView, teller: Teller) -> ProposalRead | None:
    if view.proposal is None:
        return None
    return ProposalRead(
        finding=view.proposal.finding,
        reasons=[ReasonRead.of(reason, teller) for reason in view.proposal.reasons],
        rule_versions=list(view.proposal.rule_versions),
    )


def _refusal(case: BenefitCase) -> BenefitRefusalRead | None:
    if case.refusal is None:
        return None
    appeal = case.refusal.appeal
    return BenefitRefusalRead(
        reason=case.refusal.reason,
        text=case.refusal.text,
        appeal_body=appeal.body,
        appeal_days=appeal.days,
        appeal_unit=appeal.unit,
    )
