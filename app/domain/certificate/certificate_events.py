"""What happens to a certificate, in the past tense: ids, codes and dates, nothing about the person.

Neither category nor grade stands in an event: they are health data, and events go out to others.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from app.domain.certificate.stages import Business
from app.domain.shared.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateFirstIssued(Event):
    """A person holds a certificate for the first time."""

    name: ClassVar[str] = "certificate.first_issued"

    certificate_id: UUID
    case_id: UUID
    issued_on: date
    valid_until: date
    rule_versions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateReplaced(Event):
    """Another card stands in the place of the one before, from this day on."""

    name: ClassVar[str] = "certificate.replaced"

    certificate_id: UUID
    case_id: UUID
    business: Business
    issued_on: date
    valid_until: date
    rule_versions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateCancelled(Event):
    """A certificate is no longer in force; only a review that lifts the decision restores it."""

    name: ClassVar[str] = "certificate.cancelled"

    certificate_id: UUID
    case_id: UUID
    cancelled_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateFrozen(Event):
    """A certificate is not to be relied on for a time; why stays with the certificate and in the decision."""

    name: ClassVar[str] = "certificate.frozen"

    certificate_id: UUID
    frozen_by: UUID
    frozen_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateUnfrozen(Event):
    """A certificate may be relied on again."""

    name: ClassVar[str] = "certificate.unfrozen"

    certificate_id: UUID
    unfrozen_by: UUID
    unfrozen_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateRestored(Event):
    """A review has lifted the decision that froze or cancelled a certificate, which stands as before."""

    name: ClassVar[str] = "certificate.restored"

    certificate_id: UUID
    review_decision: UUID
    restored_on: date
