"""Rounds of the survey: opened with everybody listed, assigned, recorded person by person, counted and closed."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.api.dependencies import may, ports_of
from app.api.idempotency import CREATED, Command, keyed
from app.api.openapi import operation
from app.api.pagination import Cursor, Limit, Page, page_of, position_of
from app.api.preconditions import ExpectedVersion, etag_of
from app.api.texts import Told
from app.api.v1.report import First, Last, Place
from app.api.v1.schemas.job import JobRead
from app.api.v1.schemas.survey import (
    SurveyAssignmentCreate,
    SurveyAssignmentRead,
    SurveyProgressOfRead,
    SurveyReachRead,
    SurveyRoundCreate,
    SurveyRoundRead,
    SurveyRoundSummary,
)
from app.api.v1.schemas.survey_entry import SurveyEntryRead, SurveyImportCreate, SurveyResultCreate
from app.domain.assessment import InstrumentNotFound
from app.domain.job.reading import ColumnsMissing, InputUnreadable
from app.domain.organisation import OwnerNotSuitable
from app.domain.shared.region import RegionNotFound
from app.domain.shared.transitions import NotYourFunction
from app.domain.survey import (
    Difference,
    NotOfThisSurvey,
    RoundDatesImpossible,
    RoundNotRunning,
    RoundStage,
    RoundUnderWay,
    SurveyStage,
)
from app.services import survey
from app.services.ports.survey import WantedEntries
from app.services.ports.work import UnitOfWork
from app.services.report import AreaNotYours, Period, PeriodImpossible
from app.services.survey import RoundView

router = APIRouter(tags=["Surveys"])


@router.post(
    "/survey-rounds",
    response_model=SurveyRoundRead,
    status_code=CREATED,
    **operation(
        "open_survey_round",
        keyed=True,
        refusals=(RegionNotFound, InstrumentNotFound, NotYourFunction, RoundDatesImpossible, RoundUnderWay),
        links={"get_survey_round": "round_id"},
    ),
)
async def open_survey_round(
    asked: SurveyRoundCreate, *, command: Annotated[Command, keyed("open_survey_round")], request: Request
) -> Response:
    """Begin a round of the survey in an area, and list everybody of its population there (动态更新).

    Holders come from the register of certificates, the uncertified from the ledger that they agreed to be on. Answers
    are compared with the last round of the same place and population.
    """
    return await command.run(
        partial(survey.open_survey_round, asked.to_opening(), instruments=ports_of(request).instruments),
        SurveyRoundRead.of_view,
        status=CREATED,
        location=_location,
    )


@router.get("/survey-rounds", **operation("list_survey_rounds", found=False))
async def list_survey_rounds(
    uow: Annotated[UnitOfWork, may("list_survey_rounds")],
    *,
    stage: Annotated[list[RoundStage] | None, Query(max_length=10, description="Only these stages.")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[SurveyRoundSummary]:
    """List the rounds that lie in the caller's areas, or around them."""
    stages = tuple(stage or RoundStage)
    found = await survey.list_survey_rounds(stages=stages, after=position_of(cursor), limit=limit, uow=uow)
    return page_of(found, SurveyRoundSummary.of)


@router.get("/survey-rounds/{round_id}", **operation("get_survey_round"))
async def get_survey_round(
    round_id: UUID, *, uow: Annotated[UnitOfWork, may("get_survey_round")], told: Told, response: Response
) -> SurveyRoundRead:
    """Read a round: how many people stand where, and what is otherwise than in the round before.

    Figures are those of the caller's areas.
    """
    view = await survey.get_survey_round(round_id, uow=uow)
    response.headers["ETag"] = etag_of(view.version)
    return SurveyRoundRead.of_view(view, told)


@router.post(
    "/survey-rounds/{round_id}/assignments",
    response_model=SurveyAssignmentRead,
    **operation(
        "assign_survey",
        keyed=True,
        found=True,
        refusals=(RegionNotFound, AreaNotYours, OwnerNotSuitable, RoundNotRunning),
    ),
)
async def assign_survey(
    round_id: UUID, *, asked: SurveyAssignmentCreate, command: Annotated[Command, keyed("assign_survey")]
) -> Response:
    """Let an association or a federation survey whoever in an area was not surveyed yet."""
    use_case = partial(survey.assign_survey, round_id, region_code=asked.region_code, owner_id=asked.owner_id)
    return await command.run(use_case, SurveyAssignmentRead.of)


@router.post(
    "/survey-rounds/{round_id}/closure",
    response_model=SurveyRoundRead,
    **operation("close_survey_round", keyed=True, versioned=True),
)
async def close_survey_round(
    round_id: UUID, *, version: ExpectedVersion, command: Annotated[Command, keyed("close_survey_round")]
) -> Response:
    """End a round; whoever was not surveyed stays listed as that."""
    return await command.run(partial(survey.close_survey_round, round_id, version=version), SurveyRoundRead.of_view)


@router.post(
    "/survey-rounds/{round_id}/imports",
    status_code=CREATED,
    response_model=JobRead,
    **operation(
        "import_survey",
        keyed=True,
        found=True,
        refusals=(InputUnreadable, ColumnsMissing, RoundNotRunning),
        links={"get_job": "job_id"},
    ),
)
async def import_survey(
    round_id: UUID, *, asked: SurveyImportCreate, command: Annotated[Command, keyed("import_survey")]
) -> Response:
    """Take the results of a round over from a table, by a job that records it row by row.

    Columns are `citizen_number`, `outcome`, `assessed_on` and `answers` (`item=answer; item=answer, answer`), in
    English or Chinese. Each row's result says what came of it and what is otherwise than in the round before, or what
    its problem is. With `dry_run` nothing is written.
    """
    return await command.run(
        partial(survey.import_survey, round_id, asked.to_order()),
        JobRead.of_view,
        status=CREATED,
        location=lambda view: f"/v1/jobs/{view.id}",
    )


@router.get("/survey-rounds/{round_id}/entries", **operation("list_survey_entries"))
async def list_survey_entries(
    round_id: UUID,
    *,
    uow: Annotated[UnitOfWork, may("list_survey_entries")],
    told: Told,
    stage: Annotated[list[SurveyStage] | None, Query(max_length=10, description="Only these stages.")] = None,
    difference: Annotated[
        Difference | None, Query(description="Only those who are otherwise so than in the round before.")
    ] = None,
    owner_id: Annotated[UUID | None, Query(description="Only those whom this organisation surveys.")] = None,
    person_id: Annotated[UUID | None, Query(description="Only this person.")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[SurveyEntryRead]:
    """List the people of a round in the caller's areas, by name."""
    wanted = WantedEntries(
        round_id=round_id,
        stages=tuple(stage or SurveyStage),
        difference=difference,
        owner_id=owner_id,
        person_id=person_id,
    )
    found = await survey.list_survey_entries(wanted, after=position_of(cursor), limit=limit, uow=uow)
    return page_of(found, lambda view: SurveyEntryRead.of_view(view, told))


@router.get("/survey-work", **operation("list_survey_work", found=False))
async def list_survey_work(
    uow: Annotated[UnitOfWork, may("list_survey_work")], *, told: Told, cursor: Cursor = None, limit: Limit = 50
) -> Page[SurveyEntryRead]:
    """List whom the caller is still to survey: the people of open rounds for whom the caller answers today.

    Who that is follows from the roster on the day of asking: it changes with it, and with absences, by itself.
    """
    found = await survey.list_survey_work(after=position_of(cursor), limit=limit, uow=uow)
    return page_of(found, lambda view: SurveyEntryRead.of_view(view, told))


@router.get("/survey-rounds/{round_id}/progress", **operation("list_survey_progress"))
async def list_survey_progress(
    round_id: UUID,
    *,
    uow: Annotated[UnitOfWork, may("list_survey_progress")],
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[SurveyProgressOfRead]:
    """Tell how far a round is by commissioner, of the caller's areas; first those for whom nobody answers."""
    found = await survey.list_survey_progress(round_id, after=position_of(cursor), limit=limit, uow=uow)
    return page_of(found, SurveyProgressOfRead.of)


@router.get("/survey-entries/{survey_id}", **operation("get_survey_entry"))
async def get_survey_entry(
    survey_id: UUID, *, uow: Annotated[UnitOfWork, may("get_survey_entry")], told: Told, response: Response
) -> SurveyEntryRead:
    """Read how one person stands in a round, and what may be reported."""
    view = await survey.get_survey_entry(survey_id, uow=uow)
    response.headers["ETag"] = etag_of(view.version)
    return SurveyEntryRead.of_view(view, told)


@router.post(
    "/survey-entries/{survey_id}/result",
    response_model=SurveyEntryRead,
    **operation("record_survey_entry", keyed=True, versioned=True, refusals=(NotOfThisSurvey, RoundNotRunning)),
)
async def record_survey_entry(
    survey_id: UUID,
    *,
    asked: SurveyResultCreate,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("record_survey_entry")],
) -> Response:
    """Record what came of somebody: the assessment in which the person answered, or why there is none.

    Whoever was not reached, or refused, may be surveyed later. Nothing follows by itself from a report that somebody
    has died or moved: that is another business, and a human's.
    """
    use_case = partial(
        survey.record_survey_entry,
        survey_id,
        version=version,
        outcome=asked.outcome,
        assessment_id=asked.assessment_id,
    )
    return await command.run(use_case, SurveyEntryRead.of_view)


@router.get(
    "/reports/survey-coverage",
    **operation("report_survey_coverage", found=True, refusals=(RegionNotFound, AreaNotYours, PeriodImpossible)),
)
async def report_survey_coverage(
    uow: Annotated[UnitOfWork, may("report_survey_coverage")],
    *,
    first: First,
    last: Last,
    region: Place = None,
) -> SurveyReachRead:
    """Tell how far the rounds that began in some days have reached: holders and uncertified people apart."""
    period = Period(first=first, last=last)
    return SurveyReachRead.of(await survey.report_survey_coverage(period, region_code=region, uow=uow))


def _location(view: RoundView) -> str:
    return f"/v1/survey-rounds/{view.id}"
