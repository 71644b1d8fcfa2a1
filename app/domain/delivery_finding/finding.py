"""A finding about records of deliveries: raised by rules, settled by a named human who is not of the provider."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Self, TypeAlias
from uuid import UUID

from app.domain.delivery_finding.events import DeliveryFindingRaised, DeliveryFindingSettled
from app.domain.delivery_finding.kind import DeliveryFindingKind, DeliveryFindingOutcome, Noticed
from app.domain.delivery_finding.stages import LIFECYCLE, DeliveryFindingAction, DeliveryFindingStage
from app.domain.shared.access import Principal
from app.domain.shared.errors import DutiesNotSeparated
from app.domain.shared.refusal import require_words
from app.domain.shared.transitions import Allowed, Done

FindingStep: TypeAlias = Done[DeliveryFindingStage, DeliveryFindingAction]


class OwnDelivery(DutiesNotSeparated):
    """Somebody would look into what their own organisation has delivered."""

    code = "own_delivery"
    title = "Another organisation must look into this"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What was found, and why.

    Raises:
        ReasonMissing: there are no words.
    """

    outcome: DeliveryFindingOutcome
    words: str = field(repr=False)

    def __post_init__(self) -> None:
        """Refuse an outcome that nobody could follow."""
        require_words(self.words, "Say what was found and why, so that others can follow it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryFinding:
    """What does not fit in the records of one referral (服务记录核查). No delivery was refused or changed for it.

    None of the steps touches `version`.
    """

    id: UUID
    person_id: UUID
    region: str
    referral_id: UUID
    service_id: UUID
    provider_id: UUID
    noticed: Noticed
    raised_on: date
    raised_at: datetime
    stage: DeliveryFindingStage = DeliveryFindingStage.OPEN
    done: tuple[FindingStep, ...] = ()
    settlement: Settlement | None = None
    version: int = 1

    @property
    def application_id(self) -> None:
        """It belongs to no application."""

    @property
    def kind(self) -> DeliveryFindingKind:
        """What does not fit."""
        return self.noticed.kind

    @property
    def raised(self) -> DeliveryFindingRaised:
        """That it was raised."""
        return DeliveryFindingRaised(
            finding_id=self.id, referral_id=self.referral_id, kind=self.kind.value, raised_on=self.raised_on
        )

    def allowed_actions(self, by: Principal, *, on: date) -> tuple[Allowed, ...]:
        """What the caller may do on a day and, for the rest, why not."""
        return LIFECYCLE.answers(lambda action: self._step(action, by=by, on=on))

    def settle(self, settlement: Settlement, *, by: Principal, on: date) -> tuple[Self, DeliveryFindingSettled]:
        """Say what is behind it (核实处理).

        Raises:
            OwnCase: it is about the caller, or the caller's ward.
            OwnDelivery: the caller serves the provider.
        """
        step = self._step(DeliveryFindingAction.SETTLE, by=by, on=on)
        settled = replace(self, stage=step.stage, done=(*self.done, step), settlement=settlement)
        return settled, DeliveryFindingSettled(
            finding_id=self.id,
            referral_id=self.referral_id,
            kind=self.kind.value,
            outcome=settlement.outcome.value,
            settled_by=by.id,
            settled_on=on,
        )

    def _step(self, action: DeliveryFindingAction, *, by: Principal, on: date) -> FindingStep:
        step = LIFECYCLE.step(self, action, by=by, on=on)
        if self.provider_id in by.organisation_ids:
            raise OwnDelivery("Your own organisation has delivered this. Another one must look into it.")
        return step
