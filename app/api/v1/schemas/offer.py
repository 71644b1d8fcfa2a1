"""Offers to people, as they travel."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.actions import ActionRead
from app.api.v1.schemas.eligibility import ReasonRead
from app.api.v1.schemas.speech import SaidBy
from app.api.v1.schemas.told_as import ToldAs, ToldAsRead
from app.api.v1.schemas.types import Input, LongText, Output, Version
from app.domain.application import Channel
from app.domain.offer import Offer, OfferStage, UnwantedReason
from app.domain.shared.region import code_of
from app.services.offer import Answer, OfferView


class AcceptanceCreate(Input):
    """That the person wants to apply for it."""

    channel: Annotated[Channel, Field(description="By which way the word came.")] = Channel.PORTAL
    said_by: SaidBy = None

    def to_answer(self) -> Answer:
        """The answer in the words of the use case."""
        return Answer(channel=self.channel, said_by=self.said_by)


class DeclineCreate(AcceptanceCreate):
    """That the person does not want it. A reason helps to put right what is wrong, and is not owed."""

    reason: Annotated[UnwantedReason | None, Field(description="Why not, if the person says so.")] = None
    words: Annotated[LongText | None, Field(description="In the person's own words.")] = None

    def to_answer(self) -> Answer:
        """The answer in the words of the use case."""
        return Answer(channel=self.channel, said_by=self.said_by, reason=self.reason, words=self.words or "")


class OfferWithdrawalCreate(Input):
    """That an offer is taken back."""

    text: Annotated[LongText, Field(description="Why, in plain words, for the person.")]


class OfferRead(Output):
    """An offer of one benefit, or of one service, to one person. It promises nothing and grants nothing."""

    id: UUID
    person_id: UUID
    region_code: str
    package_code: Annotated[str | None, Field(description="Null where a single service is due, which is no item.")]
    item: Annotated[str, Field(description="Code of the item of the package, or of the service, that is due.")]
    stage: OfferStage
    reasons: Annotated[list[ReasonRead], Field(max_length=50, description="Why the rules find it due.")]
    rule_versions: Annotated[list[str], Field(max_length=50)]
    made_on: Annotated[date, Field(description="The day on which the rules found it.")]
    sent_on: Annotated[date | None, Field(description="The day on which an office has sent it; null before that.")]
    expires_on: Annotated[date, Field(description="Last day on which it can be sent or, once sent, accepted.")]
    still_due: Annotated[
        bool | None, Field(description="Whether the rules find it due today; for offices, while it is open, else null.")
    ]
    decline_reason: UnwantedReason | None
    words: Annotated[str, Field(max_length=2000, description="What the person, or the office that took it back, said.")]
    draft_path: Annotated[
        str | None,
        Field(max_length=100, description="The draft that acceptance has begun, for whoever accepted; null before."),
    ]
    need_id: Annotated[
        UUID | None,
        Field(
            description="Of a service that is wanted, the confirmed need to look for it by; null where there is none."
        ),
    ]
    explanation: Annotated[str, Field(max_length=1000, description="How it stands, in plain words.")]
    version: Version
    actions: Annotated[list[ActionRead], Field(max_length=20)]
    told_as: ToldAs

    @classmethod
    def of_view(cls, view: OfferView, teller: Teller) -> Self:
        """The offer as one caller sees it."""
        offer = view.of
        return cls(
            id=offer.id,
            person_id=offer.person_id,
            region_code=code_of(offer.region),
            package_code=offer.package_code,
            item=offer.item,
            stage=offer.stage,
            reasons=[ReasonRead.of(reason, teller) for reason in offer.reasons],
            rule_versions=list(offer.rule_versions),
            made_on=offer.made_on,
            sent_on=offer.sent_on,
            expires_on=offer.expires_on,
            still_due=view.still_due,
            decline_reason=offer.decline_reason,
            words=offer.words,
            draft_path=f"/v1/application-drafts/{offer.draft_id}" if offer.draft_id else None,
            need_id=offer.need_id,
            explanation=teller.say(_told(offer), {"item": offer.item, "expires_on": offer.expires_on}),
            version=view.version,
            actions=[ActionRead.of(action, teller) for action in view.actions],
            told_as=ToldAsRead.of(offer.person_id, teller),
        )


def _told(offer: Offer) -> str:
    """The sentence that says how it stands; a service is wanted, and not applied for."""
    is_otherwise = offer.is_for_service and offer.stage in {OfferStage.SENT, OfferStage.ACCEPTED}
    return f"offer.{offer.stage}_service" if is_otherwise else f"offer.{offer.stage}"
