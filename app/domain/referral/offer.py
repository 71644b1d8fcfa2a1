"""What a provider is asked for, and who may ask."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.domain.referral.appointment import Appointment
from app.domain.referral.change import Task
from app.domain.referral.stages import ReferralAction, ReferralStage
from app.domain.shared.access import Principal, has_function, organisation_of
from app.domain.shared.authz import OPERATIONS
from app.domain.shared.errors import DutiesNotSeparated
from app.domain.shared.quantity import Quantity
from app.domain.shared.transitions import Done, NotYourFunction


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Who is to be served with what, by whom, how much of it, over which days, and by which step of which plan."""

    person_id: UUID
    region: str
    need_id: UUID
    service_id: UUID
    provider_id: UUID
    planned: Quantity | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    tasks: tuple[Task, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    plan_id: UUID | None = None
    plan_item_id: UUID | None = None
    application_id: UUID | None = None
    transferred_from: UUID | None = None
    """The referral that this one goes on with."""
    consent_purpose: str | None = None
    """For which purpose the person must have agreed that the provider is told; None where the law suffices."""


def offering(by: Principal, offer: Offer, *, on: date) -> Done[ReferralStage, ReferralAction]:
    """The first step of a referral.

    Raises:
        NotYourFunction: the caller has no appointment for this in the place of the person.
        DutiesNotSeparated: the person is the caller.
    """
    roles = OPERATIONS["make_referral"].roles
    if not has_function(by, roles, region=offer.region):
        raise NotYourFunction(
            "Only commissioners and officers refer people, each in their own area. Pass it on to one of them.",
            roles=", ".join(sorted(roles)),
        )
    if by.is_concerned(offer.person_id):
        raise DutiesNotSeparated("Nobody refers themselves. Another officer must.")
    own = organisation_of(by, roles, region=offer.region)
    return Done(action=ReferralAction.OFFER, stage=ReferralStage.OFFERED, on=on, by=by.id, organisation_id=own)
