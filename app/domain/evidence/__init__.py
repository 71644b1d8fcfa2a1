"""Evidence: what must be shown for an application, what shows it, how sure that is, and until when it holds."""

from app.domain.evidence.events import ApplicationEvidenceRequested
from app.domain.evidence.evidence import Content, Evidence, EvidenceAction, EvidenceOrigin, Finding, Whose
from app.domain.evidence.holding import Holding
from app.domain.evidence.kind import CERTIFICATE_RECORD, EvidenceKind, EvidenceSource
from app.domain.evidence.missing import EvidenceLack, Missing, lack_of, missing
from app.domain.evidence.refusals import (
    EvidenceAlreadyHeld,
    EvidenceAlreadyRequested,
    EvidenceDatesImpossible,
    EvidenceKindUnknown,
    EvidenceNotOfThisKind,
    EvidenceOriginImpossible,
    EvidenceRefused,
)
from app.domain.evidence.request import Asked, EvidenceReason, EvidenceRequest, EvidenceRequestStage, RequestAction
from app.domain.evidence.rules import EvidenceRules
from app.domain.evidence.upload import (
    Announcement,
    MediaTypeNotTaken,
    Upload,
    UploadDiffers,
    UploadInfected,
    UploadNotReady,
    UploadNotScanned,
    UploadPurpose,
    UploadRules,
    UploadStage,
    UploadTooLarge,
    Verdict,
)

__all__ = [
    "CERTIFICATE_RECORD",
    "Announcement",
    "ApplicationEvidenceRequested",
    "Asked",
    "Content",
    "Evidence",
    "EvidenceAction",
    "EvidenceAlreadyHeld",
    "EvidenceAlreadyRequested",
    "EvidenceDatesImpossible",
    "EvidenceKind",
    "EvidenceKindUnknown",
    "EvidenceLack",
    "EvidenceNotOfThisKind",
    "EvidenceOrigin",
    "EvidenceOriginImpossible",
    "EvidenceReason",
    "EvidenceRefused",
    "EvidenceRequest",
    "EvidenceRequestStage",
    "EvidenceRules",
    "EvidenceSource",
    "Finding",
    "Holding",
    "MediaTypeNotTaken",
    "Missing",
    "RequestAction",
    "Upload",
    "UploadDiffers",
    "UploadInfected",
    "UploadNotReady",
    "UploadNotScanned",
    "UploadPurpose",
    "UploadRules",
    "UploadStage",
    "UploadTooLarge",
    "Verdict",
    "Whose",
    "lack_of",
    "missing",
]
