"""The provider's word: what an office enters in a provider's name is nobody's offer before that provider says so.

Source: 民法典 (2020) art. 171: what is done in another's name without a power binds that other once it is ratified.
That it holds for entries of a catalogue is an assumption of ours.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from app.domain.catalogue.service import Service, ServiceStatus
from app.domain.catalogue.stages import LIFECYCLE, ListingAction, ListingStage
from app.domain.shared.access import Principal
from app.domain.shared.errors import Conflict
from app.domain.shared.events import Event
from app.domain.shared.transitions import Allowed

_OFFICES_WORD = frozenset({"waiting_days", "status"})
"""What an office may say of a service without asking: how long one waits, and that it is closed."""


class ServiceNotConfirmed(Conflict):
    """An office has entered the service, and its provider does not stand by it, or has not answered yet."""

    code = "service_not_confirmed"
    title = "The provider has not confirmed this service"


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceConfirmed(Event):
    """A provider stands by what the catalogue says in its name."""

    name: ClassVar[str] = "catalogue.service_confirmed"

    service_id: UUID
    organisation_id: UUID
    confirmed_by: UUID
    confirmed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceDeclined(Event):
    """A provider does not stand by what the catalogue says in its name."""

    name: ClassVar[str] = "catalogue.service_declined"

    service_id: UUID
    organisation_id: UUID
    declined_by: UUID
    declined_on: date


def stage_of_new(organisation_id: UUID, *, speaking: Collection[UUID]) -> ListingStage:
    """Where a service stands that an office enters: it waits for a provider who can answer for itself."""
    return ListingStage.PROPOSED if organisation_id in speaking else ListingStage.CONFIRMED


def needs_word(held: Service, said: Mapping[str, Any]) -> bool:
    """Say whether what an office changes is what is offered, and not how long one waits or that it is closed.

    A service that is opened again is offered again.
    """
    names = {name for name, value in said.items() if getattr(held, name) != value}
    return bool(names - _OFFICES_WORD) or ("status" in names and said["status"] is ServiceStatus.ACTIVE)


def proposed_anew(service: Service, *, on: date) -> Service:
    """The service as it waits for its provider's word once more."""
    step = LIFECYCLE.step_by_itself(service, ListingAction.PROPOSE, on=on)
    return replace(service, stage=step.stage, done=(*service.done, step), declined_because="")


def confirm(service: Service, *, by: Principal, on: date) -> tuple[Service, ServiceConfirmed]:
    """The provider stands by what is said in its name; from now on people are shown it.

    Raises:
        IllegalTransition: it is confirmed already.
    """
    step = LIFECYCLE.step(service, ListingAction.CONFIRM, by=by, on=on)
    confirmed = replace(
        service, stage=step.stage, done=(*service.done, step), declined_because="", version=service.version + 1
    )
    return confirmed, ServiceConfirmed(
        service_id=service.id, organisation_id=service.organisation_id, confirmed_by=by.id, confirmed_on=on
    )


def decline(service: Service, reason: str, *, by: Principal, on: date) -> tuple[Service, ServiceDeclined]:
    """The provider does not stand by it, or no more. What is under way goes on; nobody else is shown it.

    Raises:
        IllegalTransition: it is declined already.
    """
    step = LIFECYCLE.step(service, ListingAction.DECLINE, by=by, on=on)
    declined = replace(
        service, stage=step.stage, done=(*service.done, step), declined_because=reason, version=service.version + 1
    )
    return declined, ServiceDeclined(
        service_id=service.id, organisation_id=service.organisation_id, declined_by=by.id, declined_on=on
    )


def allowed_actions(service: Service, by: Principal, *, on: date) -> tuple[Allowed, ...]:
    """What the caller may do with it and, for the rest, why not."""
    return LIFECYCLE.answers(lambda action: LIFECYCLE.step(service, action, by=by, on=on))


def require_confirmed(service: Service) -> None:
    """Hold whatever is begun anew with a service to its provider's word.

    Raises:
        ServiceNotConfirmed: the provider has not answered, or does not stand by it.
    """
    if not service.is_confirmed:
        raise ServiceNotConfirmed(
            "An office has entered this service, and its provider has not confirmed it. Choose another, or ask there.",
            stage=service.stage.value,
        )
