"""Instruments and assessments: the answers go in, the service scores, and needs are proposed."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response

from app.api.caching import reference, unless_known
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
from app.domain.assessment import (
    AnswerNotInInstrument,
    AssessmentDateImpossible,
    InstrumentNotFound,
    InstrumentNotSuitable,
)
from app.services import assessment
from app.services.assessment import Assessed
from app.services.ports.work import UnitOfWork

router = APIRouter(prefix="/assessments", tags=["Assessments"])
instruments_router = APIRouter(prefix="/instruments", tags=["Instruments"])


@instruments_router.get("", response_model=InstrumentsRead, **reference("list_instruments"))
async def list_instruments(
    uow: Annotated[UnitOfWork, may("list_instruments")], request: Request, told: Told
) -> Response:
    """List the instruments of assessment with their versions."""
    found = await assessment.list_instruments(instruments=ports_of(request).instruments, uow=uow)
    shown = InstrumentsRead(items=[InstrumentSummary.of(instrument, told) for instrument in found])
    return unless_known(request, shown, language=told.language)


@instruments_router.get(
    "/{code}", response_model=InstrumentRead, **reference("get_instrument", found=True, refusals=(InstrumentNotFound,))
)
async def get_instrument(
    code: Annotated[Code, Path()],
    *,
    uow: Annotated[UnitOfWork, may("get_instrument")],
    request: Request,
    told: Told,
    version: Annotated[str | None, Query(max_length=32, description="The version in use today unless given.")] = None,
) -> Response:
    """Read an instrument with its questions, what the answers are worth, and its bands."""
    instruments = ports_of(request).instruments
    found = await assessment.get_instrument(code, version=version, instruments=instruments, uow=uow)
    return unless_known(request, InstrumentRead.of_whole(found, told), language=told.language)


@router.post(
    "",
    response_model=AssessmentRead,
    status_code=201,
    **operation(
        "record_assessment",
        keyed=True,
        found=True,
        refusals=(InstrumentNotFound, InstrumentNotSuitable, AnswerNotInInstrument, AssessmentDateImpossible),
        links={"get_assessment": "assessment_id"},
    ),
)
async def record_assessment(
    asked: AssessmentCreate, *, command: Annotated[Command, keyed("record_assessment")], request: Request
) -> Response:
    """Score and sign answers; the needs that they may mean are proposed with it."""
    instruments = ports_of(request).instruments
    return await command.run(
        partial(assessment.record_assessment, asked.to_report(), instruments=instruments),
        AssessmentRead.of,
        status=201,
        location=_location,
    )


@router.get("/{assessment_id}", **operation("get_assessment"))
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
