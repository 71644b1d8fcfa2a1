"""What the passing of days suggests for a certificate. It is work for a human, and nothing of it happens by itself."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self
from uuid import UUID

from app.domain.certificate.business import FreezeReason
from app.domain.certificate.standing import CertificateStatus
from app.domain.shared.region import Level, area_at
from app.domain.shared.rulebook import Ruled, RulesInForce
from app.domain.shared.span import months_after

MIGRATION_FREEZE = "certificate.migration_freeze"
MIGRATION_CANCEL = "certificate.migration_cancel"
EXPIRY_FREEZE = "certificate.expiry_freeze"


class ProposedAction(StrEnum):
    """What is proposed to the federation."""

    FREEZE = "freeze"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """A certificate as the register has it, and where its holder is registered."""

    certificate_id: UUID
    person_id: UUID
    region: str
    status: CertificateStatus
    valid_until: date
    registration_region: str
    registered_since: date | None
    """Since when the holder is registered there; None where no move is on record."""

    @property
    def id(self) -> UUID:
        """By which the list is ordered."""
        return self.certificate_id

    @property
    def moved_on(self) -> date | None:
        """When the registration moved out of the county that manages the certificate; None where it has not."""
        is_here = area_at(self.registration_region, Level.COUNTY) == area_at(self.region, Level.COUNTY)
        return None if is_here else self.registered_since


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What somebody of the county federation is asked to look into."""

    certificate_id: UUID
    person_id: UUID
    region: str
    action: ProposedAction
    reason: FreezeReason
    since: date
    """The day from which the months were counted."""
    rule: str

    @property
    def id(self) -> UUID:
        """By which the list is ordered."""
        return self.certificate_id


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalRules:
    """After how many months a place looks into it; None where it has no such rule.

    Source: local guides; no rule of the whole country was found.
    """

    migration_freeze_months: Ruled[int] | None
    migration_cancel_months: Ruled[int] | None
    expiry_freeze_months: Ruled[int] | None

    @classmethod
    def of(cls, rules: RulesInForce) -> Self:
        """Read those that the place has."""

        def months(subject: str) -> Ruled[int] | None:
            return rules.months(subject) if rules.has(subject) else None

        return cls(
            migration_freeze_months=months(MIGRATION_FREEZE),
            migration_cancel_months=months(MIGRATION_CANCEL),
            expiry_freeze_months=months(EXPIRY_FREEZE),
        )

    def proposal(self, held: Holding, *, on: date) -> Proposal | None:
        """What is due for a certificate on a day; the heaviest of it, and no freeze of what is frozen."""
        moved, expired = FreezeReason.NOT_MIGRATED, FreezeReason.NOT_RENEWED
        due = (
            _due(held, ProposedAction.CANCEL, moved, since=held.moved_on, months=self.migration_cancel_months, on=on),
            _due(held, ProposedAction.FREEZE, moved, since=held.moved_on, months=self.migration_freeze_months, on=on),
            _due(held, ProposedAction.FREEZE, expired, since=held.valid_until, months=self.expiry_freeze_months, on=on),
        )
        return next((proposal for proposal in due if proposal is not None), None)


def _due(
    held: Holding,
    action: ProposedAction,
    reason: FreezeReason,
    *,
    since: date | None,
    months: Ruled[int] | None,
    on: date,
) -> Proposal | None:
    is_done = action is ProposedAction.FREEZE and held.status is CertificateStatus.FROZEN
    if since is None or months is None or is_done or on <= months_after(since, months.value):
        return None
    return Proposal(
        certificate_id=held.certificate_id,
        person_id=held.person_id,
        region=held.region,
        action=action,
        reason=reason,
        since=since,
        rule=months.reference,
    )
