"""Instruments and assessments: the answers go in, the service scores, and needs are proposed."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response

from app.api.dependencies import may, ports_of
from app.api.idempotency import Command, keyed
from app.api.openapi import operation
from app.api.preconditions import etag_of
from app.api.texts import Told
from app.api.v1.schemas.assessment import (
    AssessmentCreate,
    AssessmentRead,
    InstrumentRead,
    InstrumentsRead,
    InstrumentSummary,
)
from app.api.v1.schemas.types import Code
from app.services import assessment
from app.services.assessment import Assessed
from app.services.ports.work import UnitOfWork

router = APIRouter(tags=["Assessments"])


@router.get("/instruments", **operation("list_instruments", found=False))
async def list_instruments(
    uow: Annotated[UnitOfWork, may("list_instruments")], request: Request, told: Told
) -> InstrumentsRead:
    """List the instruments of assessment with their versions."""
    found = await assessment.list_instruments(instruments=ports_of(request).instruments, uow=uow)
    return InstrumentsRead(items=[InstrumentSummary.of(instrument, told) for instrument in found])


@router.get("/instruments/{code}", **operation("get_instrument"))
async def get_instrument(
    code: Annotated[Code, Path()],
    *,
    uow: Annotated[UnitOfWork, may("get_instrument")],
    request: Request,
    told: Told,
    version: Annotated[str | None, Query(max_length=32, description="The version in use today unless given.")] = None,
) -> InstrumentRead:
    """Read an instrument with its questions, what the answers are worth, and its bands."""
    instruments = ports_of(request).instruments
    found = await assessment.get_instrument(code, version=version, instruments=instruments, uow=uow)
    return InstrumentRead.of_whole(found, told)


@router.post(
    "/assessments", response_model=AssessmentRead, status_code=201, **operation("record_assessment", keyed=True)
)
async def record_assessment(
    asked: AssessmentCreate, *, command: Annotated[Command, keyed("record_assessment")], request: Request, told: Told
) -> Response:
    """Score and sign answers; the needs that they may mean are proposed with it."""
    instruments = ports_of(request).instruments
    return await command.run(
        partial(assessment.record_assessment, asked.to_report(), instruments=instruments),
        partial(AssessmentRead.of, told=told),
        status=201,
        location=_location,
    )


@router.get("/assessments/{assessment_id}", **operation("get_assessment"))
async def get_assessment(
    assessment_id: UUID,
    *,
    uow: Annotated[UnitOfWork, may("get_assessment")],
    request: Request,
    response: Response,
    told: Told,
) -> AssessmentRead:
    """Read an assessment, and what became of the needs that were found in it."""
    found = await assessment.get_assessment(assessment_id, instruments=ports_of(request).instruments, uow=uow)
    response.headers["ETag"] = etag_of(found.version)
    return AssessmentRead.of(found, told)


def _location(assessed: Assessed) -> str:
    return f"/v1/assessments/{assessed.id}"
