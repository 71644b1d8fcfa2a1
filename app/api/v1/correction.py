"""Corrections: an office says once and completely what is missing, and the person answers."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response

from app.api.dependencies import may
from app.api.idempotency import Command, keyed
from app.api.openapi import operation
from app.api.preconditions import ExpectedVersion, etag_of
from app.api.texts import Told
from app.api.v1.schemas.correction import (
    CorrectionAnswerCreate,
    CorrectionCreate,
    CorrectionList,
    CorrectionRead,
)
from app.domain.application import AnswersNotRight, ItemNotFound
from app.domain.correction import Correction, CorrectionNotComplete, NothingAnswered, NotWantedHere
from app.domain.evidence import EvidenceAlreadyHeld, EvidenceKindUnknown, EvidenceRefused
from app.domain.shared.transitions import StepTakenBefore
from app.services import correction
from app.services.ports.work import UnitOfWork
from app.services.read_models import View

router = APIRouter(tags=["Corrections"])


@router.post(
    "/corrections",
    response_model=CorrectionRead,
    status_code=201,
    **operation(
        "ask_correction",
        keyed=True,
        refusals=(
            *(StepTakenBefore, CorrectionNotComplete, NotWantedHere, ItemNotFound),
            *(EvidenceAlreadyHeld, EvidenceKindUnknown, EvidenceRefused),
        ),
        links={"get_correction": "correction_id", "answer_correction": "correction_id"},
    ),
)
async def ask_correction(asked: CorrectionCreate, command: Annotated[Command, keyed("ask_correction")]) -> Response:
    """Tell the person everything that is missing, once; the item waits for the answer."""
    return await command.run(
        lambda *, uow: correction.ask_correction(asked.to_request(), uow=uow),
        CorrectionRead.of_view,
        status=201,
        location=_location,
    )


@router.get("/corrections/{correction_id}", **operation("get_correction"))
async def get_correction(
    correction_id: UUID, *, uow: Annotated[UnitOfWork, may("get_correction")], told: Told, response: Response
) -> CorrectionRead:
    """Read what is missing, by when it is answered, and what has been."""
    view = await correction.get_correction(correction_id, uow=uow)
    response.headers["ETag"] = etag_of(view.version)
    return CorrectionRead.of_view(view, told)


@router.get("/applications/{application_id}/corrections", **operation("list_application_corrections"))
async def list_application_corrections(
    application_id: UUID, *, uow: Annotated[UnitOfWork, may("list_application_corrections")], told: Told
) -> CorrectionList:
    """List what offices have found missing in an application."""
    views = await correction.list_application_corrections(application_id, uow=uow)
    return CorrectionList(items=[CorrectionRead.of_view(view, told) for view in views])


@router.post(
    "/corrections/{correction_id}/answer",
    response_model=CorrectionRead,
    **operation("answer_correction", keyed=True, versioned=True, refusals=(AnswersNotRight, NothingAnswered)),
)
async def answer_correction(
    correction_id: UUID,
    asked: CorrectionAnswerCreate,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("answer_correction")],
) -> Response:
    """Answer what is missing, wholly or in part; evidence is brought beforehand and seen here."""
    return await command.run(
        lambda *, uow: correction.answer_correction(correction_id, asked.answers, version=version, uow=uow),
        CorrectionRead.of_view,
    )


def _location(view: View[Correction]) -> str:
    return f"/v1/corrections/{view.id}"
