"""Looks again at running grants, as they travel."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.actions import ActionRead
from app.api.v1.schemas.benefit import GrantRead
from app.api.v1.schemas.eligibility import ReasonRead
from app.api.v1.schemas.told_as import ToldAs, ToldAsRead
from app.api.v1.schemas.types import Input, LegalDate, LongText, Output, RegionCode, Version
from app.domain.benefit import Finding
from app.domain.recheck import Recheck, RecheckStage, Trigger
from app.domain.shared.region import code_of
from app.services.recheck import RecheckView, Ruling, Verdict


class RecheckCreate(Input):
    """What has changed for somebody who has a running grant."""

    case_id: Annotated[UUID, Field(description="The benefit case that was granted.")]
    trigger: Annotated[Trigger, Field(description="What has changed.", examples=["registration_moved"])]
    text: Annotated[LongText, Field(description="What is known of it, in words.")]


class RecheckScanCreate(Input):
    """The place whose running grants are gone through."""

    region_code: RegionCode


class RulingCreate(Input):
    """What becomes of the grant. Stopping and correcting say why, so that the person can answer it."""

    verdict: Annotated[Verdict, Field(description="Whether it goes on, ends, or is due for other months.")]
    text: Annotated[LongText | None, Field(description="In plain words, for the person.")] = None
    ceased_on: Annotated[
        LegalDate | None,
        Field(description="To stop: the first day on which a condition was not met. Its month is the last one."),
    ] = None
    first_month: Annotated[
        LegalDate | None, Field(description="To correct: any day of the first month, from that of the application on.")
    ] = None
    last_month: Annotated[
        LegalDate | None, Field(description="To correct: any day of the last month; leave it out where it goes on.")
    ] = None
    recovers_overpaid: Annotated[
        bool, Field(description="Whether what was paid for months that were not due is claimed back.")
    ] = False

    def to_ruling(self) -> Ruling:
        """The ruling in the words of the use case."""
        return Ruling(
            verdict=self.verdict,
            text=self.text or "",
            ceased_on=self.ceased_on,
            first_month=self.first_month,
            last_month=self.last_month,
            recovers_overpaid=self.recovers_overpaid,
        )


class RecheckSummary(Output):
    """A look again in a list."""

    id: UUID
    person_id: UUID
    application_id: UUID
    case_id: UUID
    region_code: str
    item: str
    trigger: Annotated[Trigger, Field(description="Why somebody is to look.")]
    stage: RecheckStage
    opened_on: Annotated[date, Field(description="The day on which it was asked for.")]
    due_on: date
    version: Version

    @classmethod
    def of(cls, recheck: Recheck) -> Self:
        """The look as a line."""
        return cls(
            id=recheck.id,
            person_id=recheck.person_id,
            application_id=recheck.application_id,
            case_id=recheck.case_id,
            region_code=code_of(recheck.region),
            item=recheck.item,
            trigger=recheck.trigger,
            stage=recheck.stage,
            opened_on=recheck.opened_on,
            due_on=recheck.due_on,
            version=recheck.version,
        )


class RecheckRead(RecheckSummary):
    """A look again at a running grant. Money goes on until a human has decided."""

    told: Annotated[str, Field(max_length=2000, description="What whoever reported it has said.")]
    explanation: str
    words: Annotated[str, Field(max_length=2000, description="What the office says to the person.")]
    grant: Annotated[GrantRead | None, Field(description="The grant as it stands; null where it may not be known.")]
    finding: Annotated[
        Finding | None, Field(description="What the rules say now; for staff, while it is open. It decides nothing.")
    ]
    reasons: Annotated[list[ReasonRead], Field(max_length=50)]
    ceased_on: Annotated[
        date | None,
        Field(description="The first day without a condition: as it was decided or, while open, as records tell."),
    ]
    actions: Annotated[list[ActionRead], Field(max_length=20)]
    told_as: ToldAs

    @classmethod
    def of_view(cls, view: RecheckView, teller: Teller) -> Self:
        """The look as one caller sees it."""
        recheck, proposal = view.of, view.proposal
        return cls(
            **dict(RecheckSummary.of(recheck)),
            told=recheck.told,
            explanation=_explained(view, teller),
            words=recheck.words,
            grant=GrantRead.of(view.grant) if view.grant else None,
            finding=proposal.finding if proposal else None,
            reasons=[ReasonRead.of(reason, teller) for reason in proposal.reasons] if proposal else [],
            ceased_on=recheck.ceased_on or view.ceased_on,
            actions=[ActionRead.of(action, teller) for action in view.actions],
            told_as=ToldAsRead.of(recheck.person_id, teller),
        )


def _explained(view: RecheckView, teller: Teller) -> str:
    """How it stands in words; whoever has moved is told where to apply, so that no month is missing."""
    stage, last = view.of.stage, view.grant.last_month if view.grant else None
    moved = stage is RecheckStage.STOPPED and view.of.trigger is Trigger.REGISTRATION_MOVED
    code = "recheck.moved" if moved else f"recheck.{stage}"
    months = {"last_month": f"{last:%Y-%m}" if last else "", "due_on": str(view.of.due_on)}
    return teller.say(code, months)
