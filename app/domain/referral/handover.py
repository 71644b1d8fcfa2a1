"""What another provider is asked for when it takes over: what is left, the open tasks, and the visits to come."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from app.domain.referral.appointment import from_then_on
from app.domain.referral.offer import Offer
from app.domain.referral.referral import Referral
from app.domain.referral.refusals import AlreadyTheProvider, NothingLeft
from app.domain.shared.quantity import Quantity


def handed_over(referral: Referral, *, service_id: UUID, provider_id: UUID, purpose: str | None, on: date) -> Offer:
    """The offer to the next provider; what was delivered stays with the one before.

    Raises:
        AlreadyTheProvider: it is the provider's already.
        NothingLeft: all that was planned was delivered.
    """
    if provider_id == referral.provider_id:
        raise AlreadyTheProvider("This provider has it already. Choose a service of another.", pointer="/service_id")
    return Offer(
        person_id=referral.person_id,
        region=referral.region,
        need_id=referral.need_id,
        service_id=service_id,
        provider_id=provider_id,
        planned=_left(referral),
        starts_on=referral.starts_on and max(referral.starts_on, on),
        ends_on=referral.ends_on,
        tasks=tuple(task for task in referral.tasks if on <= task.due_on),
        appointments=from_then_on(on, referral.appointments),
        plan_id=referral.plan_id,
        plan_item_id=referral.plan_item_id,
        application_id=referral.application_id,
        transferred_from=referral.id,
        consent_purpose=purpose,
    )


def _left(referral: Referral) -> Quantity | None:
    if referral.planned is None:
        return None
    left = referral.planned.amount - referral.delivered_amount
    if left < 1:
        raise NothingLeft("All that was planned was delivered. Let the person confirm it instead.")
    return replace(referral.planned, amount=left)
