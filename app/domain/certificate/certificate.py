"""The certificate that a person holds: a lineage of immutable versions, of which the last one counts."""

from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Self, TypeAlias
from uuid import UUID

from app.domain.certificate.business import BusinessRules, FreezeReason
from app.domain.certificate.card import CertificateVersion, first_version, next_version
from app.domain.certificate.case import CertificateCase
from app.domain.certificate.certificate_events import (
    CertificateCancelled,
    CertificateFirstIssued,
    CertificateFrozen,
    CertificateReplaced,
    CertificateRestored,
    CertificateUnfrozen,
)
from app.domain.certificate.refusals import IssuedSince
from app.domain.certificate.rules import CertificateRules
from app.domain.certificate.stages import Action, Business, Stage
from app.domain.certificate.standing import CertificateStatus
from app.domain.certificate.steps import CERTIFICATE_LIFECYCLE, CertificateAction
from app.domain.shared.access import Principal
from app.domain.shared.errors import IllegalTransition
from app.domain.shared.identity import CitizenNumber
from app.domain.shared.transitions import Allowed, Done

CertificateStep: TypeAlias = Done[CertificateStatus, CertificateAction]

AMENDED = "register_import"
"""Why a card is replaced that another register had otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """A person's disability certificate (残疾人证) through its life; its last version counts.

    `version` counts up with every change, of the status too.

    Source: 残疾人证管理办法 (2017), arts. 5, 19-24, for what may follow on what.
    """

    id: UUID
    person_id: UUID
    region: str
    accepting_organisation_id: UUID
    approving_organisation_id: UUID
    versions: tuple[CertificateVersion, ...]
    application_id: UUID | None = None
    done: tuple[CertificateStep, ...] = ()
    """What has been done to it since it was read; the decisions keep who did what before."""
    version: int = 1

    @classmethod
    def first_issue(
        cls, case: CertificateCase, *, citizen_number: CitizenNumber, on: date, rules: CertificateRules
    ) -> tuple[Self, CertificateFirstIssued]:
        """The certificate of a case that has just been issued.

        Source: 残疾人证管理办法 (2017), art. 5: identity number, category and grade; art. 19: ten years.

        Raises:
            IllegalTransition: the case is not issued.
        """
        if case.stage is not Stage.ISSUED or case.certificate_id is None:
            raise IllegalTransition("The case is not issued, so there is no certificate yet.", stage=case.stage.value)
        first = first_version(case, citizen_number, on=on, rules=rules)
        certificate = cls(
            id=case.certificate_id,
            person_id=case.person_id,
            region=case.region,
            accepting_organisation_id=case.organisation_of(Action.ACCEPT),
            approving_organisation_id=case.organisation_of(Action.APPROVE),
            versions=(first,),
            application_id=case.application_id,
        )
        return certificate, CertificateFirstIssued(
            certificate_id=certificate.id,
            case_id=case.id,
            issued_on=on,
            valid_until=first.valid_until,
            rule_versions=(rules.validity_years.reference,),
        )

    @property
    def current(self) -> CertificateVersion:
        """The version that counts."""
        return self.versions[-1]

    @property
    def lost_on(self) -> tuple[date, ...]:
        """The days on which a card was issued in the place of a lost one."""
        return tuple(after.issued_on for before, after in pairwise(self.versions) if after.is_reissue_of(before))

    @property
    def stage(self) -> CertificateStatus:
        """How it is stored to stand, whatever the day."""
        return self.current.status

    def allowed_actions(self, by: Principal, *, on: date) -> tuple[Allowed, ...]:
        """What the caller may do to it on a day and, for the rest, why not."""
        return CERTIFICATE_LIFECYCLE.answers(
            lambda action: CERTIFICATE_LIFECYCLE.step(self.seen_on(on), action, by=by, on=on)
        )

    def freeze(self, *, by: Principal, on: date, reason: FreezeReason) -> tuple[Self, CertificateFrozen]:
        """Let it not be relied on for a time (冻结); the words for the person stand in the decision.

        Raises:
            IllegalTransition: it is frozen, or has ended.
            NotYourFunction, OwnCase: see `Lifecycle.step`.
        """
        frozen = self._stepped(CertificateAction.FREEZE, by=by, on=on, reason=reason.value)
        return frozen, CertificateFrozen(certificate_id=self.id, frozen_by=by.id, frozen_on=on)

    def unfreeze(self, *, by: Principal, on: date) -> tuple[Self, CertificateUnfrozen]:
        """Let it be relied on again (解除冻结).

        Raises:
            IllegalTransition: it is not frozen.
            NotYourFunction, OwnCase: see `Lifecycle.step`.
        """
        unfrozen = self._stepped(CertificateAction.UNFREEZE, by=by, on=on)
        return unfrozen, CertificateUnfrozen(certificate_id=self.id, unfrozen_by=by.id, unfrozen_on=on)

    def restore(
        self, *, on: date, review_decision: UUID, newest: Self | None = None
    ) -> tuple[Self, CertificateRestored]:
        """Stand as before, because a review has lifted the decision that froze or cancelled it.

        Raises:
            IllegalTransition: it is neither frozen nor cancelled.
            IssuedSince: another one was issued to the person since, and has not ended.
        """
        if newest is not None and newest.id != self.id and newest.status_on(on) is not CertificateStatus.CANCELLED:
            raise IssuedSince(
                "The person holds a certificate that was issued since, and one person has one. Have that one cancelled "
                "first, then decide this review; or uphold the decision, because nothing is lost by it."
            )
        step = CERTIFICATE_LIFECYCLE.step_by_itself(self, CertificateAction.RESTORE, on=on)
        restored = self._standing(step.stage, since=None, reason=None)
        return restored, CertificateRestored(certificate_id=self.id, review_decision=review_decision, restored_on=on)

    def reissue(
        self,
        case: CertificateCase,
        *,
        citizen_number: CitizenNumber,
        on: date,
        rules: CertificateRules,
        business: BusinessRules,
    ) -> tuple[Self, CertificateReplaced]:
        """The next version, of a case that has just been issued: renewed, replaced, migrated or changed.

        What doctors have found anew stands on it; otherwise it says what the one before said. A migration carries it to
        the place where the case was handled.

        Raises:
            IllegalTransition: the case is not issued.
            StandardNotMet: the doctors found that the standard is not met.
            InvalidCertificateNumber: the suffix has come to its end.
        """
        if case.stage is not Stage.ISSUED:
            raise IllegalTransition("The case is not issued, so nothing is replaced yet.", stage=case.stage.value)
        CERTIFICATE_LIFECYCLE.opened(self.status_on(on), CertificateAction.REPLACE)
        after = next_version(self.current, case, citizen_number=citizen_number, on=on, rules=rules, business=business)
        before = self._standing(CertificateStatus.REPLACED, since=on, reason=case.business.value).versions
        replaced = replace(self._managed_by(case), versions=(*before, after))
        return replaced, CertificateReplaced(
            certificate_id=self.id,
            case_id=case.id,
            business=case.business,
            issued_on=on,
            valid_until=after.valid_until,
            rule_versions=(business.reference, rules.validity_years.reference),
        )

    def amend(self, card: CertificateVersion, *, on: date) -> Self:
        """The same certificate as another register has it, of which an officer has found that it is right.

        What has happened is the discrepancy's to tell, which was settled so; no second event says it again.

        Raises:
            IllegalTransition: it is frozen or has ended, and nothing is amended.
        """
        CERTIFICATE_LIFECYCLE.opened(self.status_on(on), CertificateAction.REPLACE)
        before = self._standing(CertificateStatus.REPLACED, since=on, reason=AMENDED).versions
        return replace(self, versions=(*before, card))

    def cancel(self, case: CertificateCase, *, on: date) -> tuple[Self, CertificateCancelled]:
        """The certificate after a case has cancelled it (注销).

        Raises:
            IllegalTransition: the case has not come to that.
        """
        if case.stage is not Stage.CANCELLED or case.ground is None:
            raise IllegalTransition("The case has cancelled nothing yet.", stage=case.stage.value)
        step = CERTIFICATE_LIFECYCLE.opened(self.status_on(on), CertificateAction.CANCEL)
        cancelled = self._standing(step.target, since=on, reason=case.ground.value)
        return cancelled, CertificateCancelled(certificate_id=self.id, case_id=case.id, cancelled_on=on)

    def status_on(self, on: date) -> CertificateStatus:
        """How the certificate stands on a day."""
        return self.current.status_on(on)

    def seen_on(self, on: date) -> "Standing":
        """The certificate as its table sees it on a day."""
        return Standing(self, on)

    def _managed_by(self, case: CertificateCase) -> Self:
        """The certificate where the case was handled, if it was migrated there; otherwise where it was."""
        if case.business is not Business.MIGRATION:
            return self
        return replace(
            self,
            region=case.region,
            accepting_organisation_id=case.organisation_of(Action.ACCEPT),
            approving_organisation_id=case.organisation_of(Action.APPROVE),
        )

    def _stepped(self, action: CertificateAction, *, by: Principal, on: date, reason: str | None = None) -> Self:
        step = CERTIFICATE_LIFECYCLE.step(self.seen_on(on), action, by=by, on=on)
        stepped = self._standing(step.stage, since=on if reason else None, reason=reason)
        return replace(stepped, done=(*self.done, step))

    def _standing(self, status: CertificateStatus, *, since: date | None, reason: str | None) -> Self:
        current = replace(self.current, status=status, status_since=since, status_reason=reason)
        return replace(self, versions=(*self.versions[:-1], current))


@dataclass(frozen=True, slots=True)
class Standing:
    """A certificate as its table sees it on a day: one that has expired by then stands as expired."""

    certificate: Certificate
    on: date

    @property
    def person_id(self) -> UUID:
        """Whose it is."""
        return self.certificate.person_id

    @property
    def region(self) -> str:
        """The path of the place that manages it."""
        return self.certificate.region

    @property
    def stage(self) -> CertificateStatus:
        """How it stands on the day."""
        return self.certificate.status_on(self.on)

    @property
    def done(self) -> tuple[CertificateStep, ...]:
        """Nothing that was done before bars anything now."""
        return ()
