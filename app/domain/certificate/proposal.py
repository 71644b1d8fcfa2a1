"""What the passing of days, or a reported death, suggests for a certificate: work for a human, and done by nothing."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self
from uuid import UUID

from app.domain.certificate.refusals import CancellationGround
from app.domain.certificate.rules import GROUNDS
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


class ProposalReason(StrEnum):
    """Why something is proposed."""

    DEATH = "death"
    """上报死亡: it is told that the holder has died."""
    NOT_MIGRATED = "not_migrated"
    """The household register has moved away, and the certificate was not migrated."""
    NOT_RENEWED = "not_renewed"
    """It has expired, and was not renewed."""


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
    reported_dead_on: date | None = None
    """Since when it is told that the holder has died; None where it is not, or is looked into already."""

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
    reason: ProposalReason
    since: date
    """The day from which the months were counted, or on which the death was told first."""
    rule: str

    @property
    def id(self) -> UUID:
        """By which the list is ordered."""
        return self.certificate_id


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalRules:
    """After how many months a place looks into it, and on which grounds it cancels; None where it has no such rule.

    Source: of months, local guides; no rule of the whole country was found. Of a death, 残疾人证管理办法 (2017): the
    certificate of whoever has died is cancelled.
    """

    migration_freeze_months: Ruled[int] | None
    migration_cancel_months: Ruled[int] | None
    expiry_freeze_months: Ruled[int] | None
    cancellation_grounds: Ruled[tuple[str, ...]] | None

    @classmethod
    def of(cls, rules: RulesInForce) -> Self:
        """Read those that the place has."""

        def months(subject: str) -> Ruled[int] | None:
            return rules.months(subject) if rules.has(subject) else None

        return cls(
            migration_freeze_months=months(MIGRATION_FREEZE),
            migration_cancel_months=months(MIGRATION_CANCEL),
            expiry_freeze_months=months(EXPIRY_FREEZE),
            cancellation_grounds=rules.texts(GROUNDS) if rules.has(GROUNDS) else None,
        )

    def proposal(self, held: Holding, *, on: date) -> Proposal | None:
        """What is due for a certificate on a day; the heaviest of it, and no freeze of what is frozen.

        Whoever is reported dead comes before all that days bring: no freeze is proposed of what is to be cancelled.
        """
        moved, expired = ProposalReason.NOT_MIGRATED, ProposalReason.NOT_RENEWED
        due = (
            self._of_death(held),
            _due(held, ProposedAction.CANCEL, moved, since=held.moved_on, months=self.migration_cancel_months, on=on),
            _due(held, ProposedAction.FREEZE, moved, since=held.moved_on, months=self.migration_freeze_months, on=on),
            _due(held, ProposedAction.FREEZE, expired, since=held.valid_until, months=self.expiry_freeze_months, on=on),
        )
        return next((proposal for proposal in due if proposal is not None), None)

    def _of_death(self, held: Holding) -> Proposal | None:
        grounds, told_on = self.cancellation_grounds, held.reported_dead_on
        if told_on is None or grounds is None or CancellationGround.DEATH not in grounds.value:
            return None
        return _proposal(held, ProposedAction.CANCEL, ProposalReason.DEATH, since=told_on, rule=grounds.reference)


def _due(
    held: Holding,
    action: ProposedAction,
    reason: ProposalReason,
    *,
    since: date | None,
    months: Ruled[int] | None,
    on: date,
) -> Proposal | None:
    is_done = action is ProposedAction.FREEZE and held.status is CertificateStatus.FROZEN
    if since is None or months is None or is_done or on <= months_after(since, months.value):
        return None
    return _proposal(held, action, reason, since=since, rule=months.reference)


def _proposal(held: Holding, action: ProposedAction, reason: ProposalReason, *, since: date, rule: str) -> Proposal:
    return Proposal(
        certificate_id=held.certificate_id,
        person_id=held.person_id,
        region=held.region,
        action=action,
        reason=reason,
        since=since,
        rule=rule,
    )
