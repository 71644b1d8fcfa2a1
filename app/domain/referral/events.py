"""What happens to a referral, in the past tense: ids, codes, amounts and dates, nothing about the person."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from app.domain.shared.events import Event
from app.domain.shared.voice import Voice


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralOffered(Event):
    """A provider was asked to serve the person."""

    name: ClassVar[str] = "referral.offered"

    referral_id: UUID
    need_id: UUID
    service_id: UUID
    provider_id: UUID
    offered_by: UUID
    offered_on: date
    expires_on: date
    transferred_from: UUID | None
    rule_versions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralAccepted(Event):
    """The provider takes it, and says when it begins."""

    name: ClassVar[str] = "referral.accepted"

    referral_id: UUID
    accepted_by: UUID
    accepted_on: date
    begins_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralDeclined(Event):
    """The provider does not take it; another may be asked."""

    name: ClassVar[str] = "referral.declined"

    referral_id: UUID
    declined_by: UUID
    reason: str
    declined_on: date
    ask_another_by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralExpired(Event):
    """The provider did not answer in time; another may be asked."""

    name: ClassVar[str] = "referral.expired"

    referral_id: UUID
    expired_on: date
    ask_another_by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitsScheduled(Event):
    """The provider has said on which days it comes."""

    name: ClassVar[str] = "referral.visits_scheduled"

    referral_id: UUID
    scheduled_by: UUID
    scheduled_on: date
    visits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralPaused(Event):
    """The service rests for a while."""

    name: ClassVar[str] = "referral.paused"

    referral_id: UUID
    paused_by: UUID
    reason: str
    paused_on: date
    expected_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralResumed(Event):
    """The service goes on."""

    name: ClassVar[str] = "referral.resumed"

    referral_id: UUID
    resumed_by: UUID
    resumed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralRevoked(Event):
    """It was ended before anybody confirmed it; what was delivered stays on record."""

    name: ClassVar[str] = "referral.revoked"

    referral_id: UUID
    revoked_by: UUID
    reason: str
    revoked_on: date
    deliveries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralTransferred(Event):
    """Another provider takes over by a referral of its own; to whom, the one before is not told."""

    name: ClassVar[str] = "referral.transferred"

    referral_id: UUID
    successor_id: UUID
    transferred_by: UUID
    reason: str
    transferred_on: date
    deliveries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonClosed(Event):
    """The person took back the consent: the provider is shown the person no more, and keeps nothing it need not."""

    name: ClassVar[str] = "referral.person_closed"

    referral_id: UUID
    consent_id: UUID
    closed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonOpened(Event):
    """The person agreed anew: from a day to a day, the provider is shown the person again."""

    name: ClassVar[str] = "referral.person_opened"

    referral_id: UUID
    consent_id: UUID
    valid_from: date
    valid_to: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralDelivered(Event):
    """The provider says what was done."""

    name: ClassVar[str] = "referral.delivered"

    referral_id: UUID
    delivered_by: UUID
    delivered_on: date
    deliveries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryConfirmed(Event):
    """The person, or a guardian, says that it was done. How content they are stays out: the provider reads events."""

    name: ClassVar[str] = "referral.confirmed"

    referral_id: UUID
    confirmed_by: UUID
    voice: Voice
    confirmed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryOverridden(Event):
    """An officer closed the referral in place of the person, and said why."""

    name: ClassVar[str] = "referral.overridden"

    referral_id: UUID
    overridden_by: UUID
    reason: str
    overridden_on: date
