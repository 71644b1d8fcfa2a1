"""Services, referrals to them, and who waits."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from app.domain.catalogue import Family, ProviderKind, Service
from app.domain.delivery_finding import DeliveryFinding, DeliveryFindingKind, DeliveryFindingStage, Noticed
from app.domain.referral import Delivery, Offer, Referral, ReferralRules, ReferralStage
from app.domain.referral.events import ReferralOffered
from app.domain.shared.quantity import Quantity, Unit
from app.domain.waiting import Urgency, WaitingEntry, WaitingStage
from tests.builders.assessment import NEED_ID, words
from tests.builders.people import (
    APPLICATION_ID,
    COMMISSIONER,
    COUNTY,
    MONDAY,
    NOW,
    PERSON_ID,
    PROVIDER,
    PROVIDER_ID,
    VILLAGE,
    WEEKDAYS,
)
from tests.builders.plan import ITEM_ID, PLAN_ID, SERVICE_ID
from tests.builders.rules import HERE

REFERRAL_ID = UUID(int=0x4EF)
REFERRAL_RULES = ReferralRules.of(HERE)


def an_offer(**changes: Any) -> Offer:
    settings: dict[str, Any] = {
        "person_id": PERSON_ID,
        "region": VILLAGE,
        "need_id": NEED_ID,
        "service_id": SERVICE_ID,
        "provider_id": PROVIDER_ID,
        "planned": Quantity(amount=12, unit=Unit.SESSION),
        "plan_id": PLAN_ID,
        "plan_item_id": ITEM_ID,
        "application_id": APPLICATION_ID,
    }
    return Offer(**(settings | changes))


def offered(offer: Offer | None = None, **changes: Any) -> tuple[Referral, ReferralOffered]:
    """A referral that the commissioner has just offered."""
    settings: dict[str, Any] = {
        "referral_id": REFERRAL_ID,
        "by": COMMISSIONER,
        "at": NOW,
        "on": MONDAY,
        "rules": REFERRAL_RULES,
        "calendar": WEEKDAYS,
    }
    return Referral.offer(offer or an_offer(), **(settings | changes))


def sessions(amount: int = 1, *, on: date = MONDAY) -> Delivery:
    return Delivery(on=on, quantity=Quantity(amount=amount, unit=Unit.SESSION))


DELIVERED_TO = {ReferralStage.DELIVERED, ReferralStage.CONFIRMED, ReferralStage.OVERRIDDEN}


def a_referral(stage: ReferralStage = ReferralStage.OFFERED, **changes: Any) -> Referral:
    """A referral at a stage, that went its ordinary way there as far as there is one."""
    referral = offered(an_offer(**changes))[0]
    if stage in {ReferralStage.ACCEPTED, ReferralStage.PAUSED, *DELIVERED_TO}:
        referral = referral.accept(by=PROVIDER, on=MONDAY, begins_on=MONDAY)[0]
    if stage in DELIVERED_TO:
        referral = referral.deliver(by=PROVIDER, on=MONDAY, deliveries=(sessions(),), calendar=WEEKDAYS)[0]
    return replace(referral, stage=stage)


def a_service(**changes: Any) -> Service:
    settings: dict[str, Any] = {
        "id": SERVICE_ID,
        "organisation_id": PROVIDER_ID,
        "code": "CARE-HOME",
        "family": Family.HOME_CARE,
        "name": words("居家照料"),
        "description": words("上门照料"),
        "provider_kind": ProviderKind.SOCIAL,
        "region": COUNTY,
        "meets": frozenset({"home_care"}),
    }
    return Service(**(settings | changes))


def a_finding(stage: DeliveryFindingStage = DeliveryFindingStage.OPEN, **changes: Any) -> DeliveryFinding:
    """More was recorded than was planned."""
    record = UUID(int=0xDE1)
    noticed = Noticed(kind=DeliveryFindingKind.MORE_THAN_PLANNED, deliveries=(record,), planned=12, delivered=13)
    settings: dict[str, Any] = {
        "id": UUID(int=0xF1D),
        "person_id": PERSON_ID,
        "region": VILLAGE,
        "referral_id": REFERRAL_ID,
        "service_id": SERVICE_ID,
        "provider_id": PROVIDER_ID,
        "noticed": noticed,
        "raised_on": MONDAY,
        "raised_at": NOW,
        "stage": stage,
    }
    return DeliveryFinding(**(settings | changes))


def a_waiting_entry_at(stage: WaitingStage) -> WaitingEntry:
    """A need on the list of a service."""
    return WaitingEntry(
        id=UUID(int=70),
        person_id=PERSON_ID,
        region=VILLAGE,
        need_id=UUID(int=71),
        need="home_care",
        service_id=UUID(int=1),
        since=MONDAY,
        urgency=Urgency.ROUTINE,
        stage=stage,
    )
