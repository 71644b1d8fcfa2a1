"""Evidence: what an application needs to be shown, what shows it, and the person's say in it."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response

from app.api.dependencies import may
from app.api.idempotency import Command, keyed
from app.api.openapi import operation
from app.api.preconditions import ExpectedVersion, etag_of
from app.api.texts import Told
from app.api.v1.schemas.evidence import (
    ApplicationEvidenceRead,
    EvidenceCreate,
    EvidenceRead,
    EvidenceRequestCreate,
    EvidenceRequestRead,
)
from app.api.v1.schemas.evidence_preview import EvidencePreviewCreate, EvidencePreviewRead
from app.domain.application import ItemNotFound, ItemNotInPackage, NothingChosen, PackageNotFound
from app.domain.evidence import (
    EvidenceAlreadyHeld,
    EvidenceAlreadyRequested,
    EvidenceDatesImpossible,
    EvidenceKindUnknown,
    EvidenceNotOfThisKind,
    EvidenceOriginImpossible,
    EvidenceRefused,
    UploadInfected,
    UploadNotReady,
    UploadNotScanned,
)
from app.domain.shared.transitions import NotYourFunction, OwnCase
from app.domain.shared.voice import NotThePerson
from app.services import evidence
from app.services.evidence import EvidenceRequestView, EvidenceView, PersonOrApplicationNeeded
from app.services.ports.work import UnitOfWork

router = APIRouter(tags=["Evidence"])
step = partial(operation, keyed=True, versioned=True)


@router.get("/applications/{application_id}/evidence", **operation("list_application_evidence"))
async def list_application_evidence(
    application_id: UUID, *, uow: Annotated[UnitOfWork, may("list_application_evidence")], told: Told
) -> ApplicationEvidenceRead:
    """List all that an application needs to be shown: what is held, what is missing, and who gets to see it.

    A portal is told how each request stands, and of the evidence itself only what came through it.
    """
    return ApplicationEvidenceRead.of(await evidence.list_application_evidence(application_id, uow=uow), told)


@router.post(
    "/evidence-previews",
    **operation("preview_evidence", found=True, refusals=(PackageNotFound, ItemNotInPackage, NothingChosen)),
)
async def preview_evidence(
    asked: EvidencePreviewCreate, uow: Annotated[UnitOfWork, may("preview_evidence")], told: Told
) -> EvidencePreviewRead:
    """Show what an application would share with whom, before it is sent. What the person does not want is withheld.

    Nothing is kept and nothing is sent by this, but that it was looked at is written down.
    """
    return EvidencePreviewRead.of(await evidence.preview_evidence(asked.to_asked(), uow=uow), told)


@router.post(
    "/evidence-requests",
    response_model=EvidenceRequestRead,
    status_code=201,
    **operation(
        "request_evidence",
        keyed=True,
        found=True,
        refusals=(
            *(EvidenceAlreadyHeld, EvidenceAlreadyRequested, EvidenceRefused, EvidenceKindUnknown),
            *(ItemNotFound, NotYourFunction),
        ),
        links={"get_evidence_request": "request_id"},
    ),
)
async def request_evidence(
    asked: EvidenceRequestCreate, *, command: Annotated[Command, keyed("request_evidence")]
) -> Response:
    """Ask, as an office, for something that the package does not list. What is held is not asked for."""
    use_case = partial(evidence.request_evidence, asked.to_request())
    return await command.run(use_case, EvidenceRequestRead.of_view, status=201, location=_location_of_request)


@router.get("/evidence-requests/{request_id}", **operation("get_evidence_request"))
async def get_evidence_request(
    request_id: UUID, *, uow: Annotated[UnitOfWork, may("get_evidence_request")], response: Response, told: Told
) -> EvidenceRequestRead:
    """Read a request: what would be shared with whom, before it is."""
    view = await evidence.get_evidence_request(request_id, uow=uow)
    response.headers["ETag"] = etag_of(view.version)
    return EvidenceRequestRead.of_view(view, told)


@router.post(
    "/evidence-requests/{request_id}/refusal",
    response_model=EvidenceRequestRead,
    **step("refuse_evidence_request", refusals=(NotThePerson,)),
)
async def refuse_evidence_request(
    request_id: UUID, *, version: ExpectedVersion, command: Annotated[Command, keyed("refuse_evidence_request")]
) -> Response:
    """Say that the person does not want it to be fetched, given or used. No item is refused by that."""
    use_case = partial(evidence.refuse_evidence_request, request_id, version=version)
    return await command.run(use_case, EvidenceRequestRead.of_view)


@router.post(
    "/evidence",
    response_model=EvidenceRead,
    status_code=201,
    **operation(
        "record_evidence",
        keyed=True,
        found=True,
        refusals=(
            *(EvidenceKindUnknown, EvidenceDatesImpossible, EvidenceOriginImpossible, PersonOrApplicationNeeded),
            *(EvidenceNotOfThisKind, EvidenceRefused, NotYourFunction, OwnCase),
            *(UploadInfected, UploadNotReady, UploadNotScanned),
        ),
        links={"get_evidence": "evidence_id"},
    ),
)
async def record_evidence(asked: EvidenceCreate, *, command: Annotated[Command, keyed("record_evidence")]) -> Response:
    """Bring evidence. Every open request of the person that it settles, in all applications, is settled with it."""
    use_case = partial(evidence.record_evidence, asked.to_brought())
    return await command.run(use_case, EvidenceRead.of_view, status=201, location=_location_of_evidence)


@router.get("/evidence/{evidence_id}", **operation("get_evidence"))
async def get_evidence(
    evidence_id: UUID, *, uow: Annotated[UnitOfWork, may("get_evidence")], response: Response, told: Told
) -> EvidenceRead:
    """Read what is on record of a piece of evidence."""
    view = await evidence.get_evidence(evidence_id, uow=uow)
    response.headers["ETag"] = etag_of(view.version)
    return EvidenceRead.of_view(view, told)


@router.post(
    "/evidence/{evidence_id}/verification",
    response_model=EvidenceRead,
    **step("verify_evidence", refusals=(NotYourFunction, OwnCase)),
)
async def verify_evidence(
    evidence_id: UUID, *, version: ExpectedVersion, command: Annotated[Command, keyed("verify_evidence")]
) -> Response:
    """Find an upload to agree with its original, shown at a counter: class C becomes B, by a named officer."""
    return await command.run(partial(evidence.verify_evidence, evidence_id, version=version), EvidenceRead.of_view)


def _location_of_request(view: EvidenceRequestView) -> str:
    return f"/v1/evidence-requests/{view.id}"


def _location_of_evidence(view: EvidenceView) -> str:
    return f"/v1/evidence/{view.id}"
