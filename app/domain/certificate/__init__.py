"""Disability certificates (残疾人证): the business that leads to one, the certificate itself, and its verification."""

from app.domain.certificate.case import CertificateCase
from app.domain.certificate.certificate import (
    Certificate,
    CertificateStatus,
    CertificateVersion,
    standing_on,
    valid_until,
)
from app.domain.certificate.conclusion import (
    DesignatedInstitution,
    EvaluationConclusion,
    EvaluationDateImpossible,
    GuardianProof,
    GuardianProofMissing,
    InconsistentConclusion,
    NotTheDesignatedInstitution,
    TooFewDoctors,
)
from app.domain.certificate.grading import AdaptiveBehaviour, Grading, Measure, Measurements
from app.domain.certificate.notice import Notice
from app.domain.certificate.refusals import (
    CertificateHeld,
    NoticeStillRunning,
    ReasonContradictsConclusion,
    RefusalReason,
    StandardNotMet,
)
from app.domain.certificate.rules import CertificateRules
from app.domain.certificate.stages import LIFECYCLE, Action, Business, Stage
from app.domain.certificate.verification import (
    CertificateFacts,
    ClaimMissing,
    Claims,
    Disclosure,
    DisclosureLevel,
    Outcome,
    VerificationResult,
    verification_outcome,
)

__all__ = [
    "LIFECYCLE",
    "Action",
    "AdaptiveBehaviour",
    "Business",
    "Certificate",
    "CertificateCase",
    "CertificateFacts",
    "CertificateHeld",
    "CertificateRules",
    "CertificateStatus",
    "CertificateVersion",
    "ClaimMissing",
    "Claims",
    "DesignatedInstitution",
    "Disclosure",
    "DisclosureLevel",
    "EvaluationConclusion",
    "EvaluationDateImpossible",
    "Grading",
    "GuardianProof",
    "GuardianProofMissing",
    "InconsistentConclusion",
    "Measure",
    "Measurements",
    "NotTheDesignatedInstitution",
    "Notice",
    "NoticeStillRunning",
    "Outcome",
    "ReasonContradictsConclusion",
    "RefusalReason",
    "Stage",
    "StandardNotMet",
    "TooFewDoctors",
    "VerificationResult",
    "standing_on",
    "valid_until",
    "verification_outcome",
]
