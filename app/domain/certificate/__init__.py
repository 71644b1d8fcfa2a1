"""Disability certificates (残疾人证): the business done on one, the certificate itself, and its verification."""

from app.domain.certificate.business import BusinessRules, Exemption, FreezeReason, Numbering, Validity
from app.domain.certificate.case import CertificateCase
from app.domain.certificate.certificate import Certificate, CertificateVersion
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
from app.domain.certificate.opening import BarRules, require_open
from app.domain.certificate.proposal import Holding, Proposal, ProposalRules, ProposedAction
from app.domain.certificate.refusals import (
    BarredAfterCancellation,
    CancellationGround,
    CancellationUnderWay,
    CertificateElsewhere,
    CertificateHeld,
    CertificateNotHeld,
    CertificateStandsOtherwise,
    GroundNotInForce,
    NotConcludedUnmet,
    NoticeStillRunning,
    ReasonContradictsConclusion,
    RefusalReason,
    ReissuedBefore,
    RenewalNotOpen,
    StandardNotMet,
)
from app.domain.certificate.rules import CertificateRules
from app.domain.certificate.stages import Action, Business, Stage
from app.domain.certificate.standing import CertificateStatus, standing_on, valid_until
from app.domain.certificate.steps import STANDING, CertificateAction
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
from app.domain.certificate.way import LIFECYCLE, WHOLE, Ending, Evaluation, Way

__all__ = [
    "LIFECYCLE",
    "STANDING",
    "WHOLE",
    "Action",
    "AdaptiveBehaviour",
    "BarRules",
    "BarredAfterCancellation",
    "Business",
    "BusinessRules",
    "CancellationGround",
    "CancellationUnderWay",
    "Certificate",
    "CertificateAction",
    "CertificateCase",
    "CertificateElsewhere",
    "CertificateFacts",
    "CertificateHeld",
    "CertificateNotHeld",
    "CertificateRules",
    "CertificateStandsOtherwise",
    "CertificateStatus",
    "CertificateVersion",
    "ClaimMissing",
    "Claims",
    "DesignatedInstitution",
    "Disclosure",
    "DisclosureLevel",
    "Ending",
    "Evaluation",
    "EvaluationConclusion",
    "EvaluationDateImpossible",
    "Exemption",
    "FreezeReason",
    "Grading",
    "GroundNotInForce",
    "GuardianProof",
    "GuardianProofMissing",
    "Holding",
    "InconsistentConclusion",
    "Measure",
    "Measurements",
    "NotConcludedUnmet",
    "NotTheDesignatedInstitution",
    "Notice",
    "NoticeStillRunning",
    "Numbering",
    "Outcome",
    "Proposal",
    "ProposalRules",
    "ProposedAction",
    "ReasonContradictsConclusion",
    "RefusalReason",
    "ReissuedBefore",
    "RenewalNotOpen",
    "Stage",
    "StandardNotMet",
    "TooFewDoctors",
    "Validity",
    "VerificationResult",
    "Way",
    "require_open",
    "standing_on",
    "valid_until",
    "verification_outcome",
]
