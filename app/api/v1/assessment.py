"""Instruments and assessments: the answers go in, the service scores, and needs are proposed."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response

from app.api.caching import reference, unless_known
from app.api.dependencies import may, ports_of
from app.api.idempotency import Command, keyed
from app.api.openapi import operation
from app.api.pagination import Cursor, Limit, Page, page_of, position_of
from app.api.preconditions import etag_of
from app.api.texts import Told
from app.api.v1.schemas.assessment import (
    AssessmentCorrectionCreate,
    AssessmentCreate,
    AssessmentRead,
)
from app.api.v1.schemas.instrument import InstrumentRead, InstrumentsRead, InstrumentSummary
from app.api.v1.schemas.types import Code
from app.domain.assessment import (
    AnswerNotInInstrument,
    AssessmentDateImpossible,
    AssessmentHeld,
    CorrectedBefore,
    InstrumentNotFound,
    InstrumentNotSuitable,
    Purpose,
)
from app.services import assessment
from app.services.assessment import Assessed
from app.services.ports.work import UnitOfWork

router = APIRouter(prefix="/assessments", tags=["Assessments"])
persons_router = APIRouter(tags=["Assessments"])
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
        refusals=(
            AssessmentHeld,
            InstrumentNotFound,
            InstrumentNotSuitable,
            AnswerNotInInstrument,
            AssessmentDateImpossible,
        ),
        links={"get_assessment": "assessment_id"},
    ),
)
async def record_assessment(
    asked: AssessmentCreate, *, command: Annotated[Command, keyed("record_assessment")], request: Request
) -> Response:
    """Score and sign answers; the needs that they may mean are proposed with it.

    What is held and still counts is not asked again: look at the person's assessments first.
    """
    instruments = ports_of(request).instruments
    return await command.run(
        partial(assessment.record_assessment, asked.to_report(), instruments=instruments),
        AssessmentRead.of,
        status=201,
        location=_location,
    )


@router.post(
    "/{assessment_id}/correction",
    response_model=AssessmentRead,
    status_code=201,
    **operation(
        "correct_assessment",
        keyed=True,
        found=True,
        refusals=(CorrectedBefore, AnswerNotInInstrument),
        links={"get_assessment": "assessment_id"},
    ),
)
async def correct_assessment(
    assessment_id: UUID,
    *,
    asked: AssessmentCorrectionCreate,
    command: Annotated[Command, keyed("correct_assessment")],
    request: Request,
) -> Response:
    """Sign a new assessment in the place of one that is wrong; the old one stays as it was."""
    instruments = ports_of(request).instruments
    return await command.run(
        partial(assessment.correct_assessment, assessment_id, asked.to_rewritten(), instruments=instruments),
        AssessmentRead.of,
        status=201,
        location=_location,
    )


@persons_router.get("/persons/{person_id}/assessments", **operation("list_assessments"))
async def list_assessments(
    person_id: UUID,
    *,
    uow: Annotated[UnitOfWork, may("list_assessments")],
    request: Request,
    told: Told,
    serves: Annotated[
        Purpose | None, Query(description="Only those that may be relied on today for this purpose.")
    ] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[AssessmentRead]:
    """List a person's assessments, and with `serves` what need not be asked again."""
    found = await assessment.list_assessments(
        person_id,
        serves=serves,
        after=position_of(cursor),
        limit=limit,
        instruments=ports_of(request).instruments,
        uow=uow,
    )
    return page_of(found, partial(AssessmentRead.of, told=told))


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
