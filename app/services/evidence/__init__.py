"""Use cases of evidence: what an application needs, what is held already, what is brought, checked and refused."""

from app.services.evidence.holdings import held_of, held_or_appearing, nothing_held
from app.services.evidence.kinds import kinds_in, known_kind
from app.services.evidence.opening import ItemNeeds, cancel_requests, need_also, needs_of, open_requests
from app.services.evidence.preview import preview_evidence
from app.services.evidence.recording import (
    Brought,
    EvidenceView,
    PersonOrApplicationNeeded,
    certificate_appears,
    get_evidence,
    record_evidence,
    verify_evidence,
)
from app.services.evidence.requests import (
    EvidenceRequestView,
    OfficeRequest,
    add_request,
    get_evidence_request,
    list_application_evidence,
    missing_evidence,
    refuse_evidence_request,
    request_evidence,
    require_not_refused,
)
from app.services.evidence.uploads import (
    Stores,
    announce_upload,
    get_evidence_content,
    get_upload,
    look_after_uploads,
    opened,
    receive_upload,
)

__all__ = [
    "Brought",
    "EvidenceRequestView",
    "EvidenceView",
    "ItemNeeds",
    "OfficeRequest",
    "PersonOrApplicationNeeded",
    "Stores",
    "add_request",
    "announce_upload",
    "cancel_requests",
    "certificate_appears",
    "get_evidence",
    "get_evidence_content",
    "get_evidence_request",
    "get_upload",
    "held_of",
    "held_or_appearing",
    "kinds_in",
    "known_kind",
    "list_application_evidence",
    "look_after_uploads",
    "missing_evidence",
    "need_also",
    "needs_of",
    "nothing_held",
    "open_requests",
    "opened",
    "preview_evidence",
    "receive_upload",
    "record_evidence",
    "refuse_evidence_request",
    "request_evidence",
    "require_not_refused",
    "verify_evidence",
]
